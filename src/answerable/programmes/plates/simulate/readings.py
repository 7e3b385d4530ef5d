"""Draws a synthetic county's reads in full: what was on the plate, what was read, when it is deleted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from answerable.programmes.plates.simulate.calendar_days import Days
from answerable.programmes.plates.simulate.chance import below, hashed, pick, thresholds
from answerable.programmes.plates.simulate.county import County
from answerable.programmes.plates.simulate.lettering import Lettering, coded
from answerable.programmes.plates.simulate.roads import Roads
from answerable.programmes.plates.simulate.traffic import Traffic

__all__ = ["BANDS", "Reader", "Readings"]

Whole = NDArray[np.int64]
Hashed = NDArray[np.uint64]
Flag = NDArray[np.bool_]
Bytes = NDArray[np.uint8]

BANDS = ("day", "night")
"""The parts of the day that misreads differ by, in the order of their numbers: night is from 20:00 to 06:00."""

_HOUR, _DAY = 3600, 86_400
_DUSK, _DAWN = 20, 6
_MOST_MISREAD = 0.5
_LATE = np.array([1, _DAY, 3 * _DAY, 10 * _DAY, 20 * _DAY], np.int64)  # the first is just beyond the boundary
_SURE, _UNSURE = (80, 20), (55, 40)  # confidence in hundredths: at least, and how many values there are
_SPARE = 2**40  # the numbers of reads that stand in no file otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """Some reads as they were drawn: one array element per read.

    ``when`` is UTC in seconds, ``hour`` the local hour, ``band`` its place in `BANDS`, ``written`` the plate and
    ``text`` what was read of it (both rows of bytes), ``wrong`` the number of characters that differ,
    ``confidence`` in hundredths, ``deleted_at`` the moment at which the read is deleted, be it after the end.
    """

    number: Whole
    when: Whole
    hour: Whole
    band: Whole
    vehicle: Whole
    camera: Whole
    operator: Whole
    issuer: Whole
    written: Bytes
    written_code: Whole
    text: Bytes
    text_code: Whole
    wrong: Whole
    confidence: Whole
    deleted_at: Whole

    def only(self, chosen: Flag | Whole) -> Readings:
        """Give some of the reads."""
        return Readings(**{name: getattr(self, name)[chosen] for name in self.__slots__})


class Reader:
    """Draws the reads of one county by their numbers, which follow their times."""

    def __init__(self, county: County, roads: Roads, days: Days, traffic: Traffic) -> None:
        self.county, self.roads, self.days, self.traffic = county, roads, days, traffic
        self.lettering = Lettering(county)

    @cached_property
    def _least(self) -> Hashed:
        """The threshold of misreads by issuer, band and camera: an array (issuers, bands, cameras)."""
        county = self.county
        by_issuer, by_camera = dict(county.misread_issuers), dict(county.misread_cameras)
        return np.array(
            [
                [
                    thresholds(
                        [
                            min(
                                county.misread
                                * by_issuer.get(issuer, 1)
                                * times
                                * by_camera.get(camera + 1, 1),
                                _MOST_MISREAD,
                            )
                            for camera in range(county.cameras)
                        ]
                    )
                    for times in (1, county.misread_night)
                ]
                for issuer, _ in county.issuers
            ]
        )

    def draw(self, first: int, end: int) -> Readings:
        """Draw the reads from one number to another."""
        when, vehicle, camera = self.traffic.unpack(self.traffic.keys[first:end])
        return self._read(np.arange(first, end), when, vehicle, camera)

    def spare(self, when: Whole, camera: Whole, place: int) -> Readings:
        """Draw reads that stand in no file otherwise, of vehicles that are seen nowhere else.

        Args:
            when: Their moments.
            camera: Their cameras' numbers.
            place: Which spare reads they are, from the first: no two calls may have numbers in common.
        """
        numbers = place + np.arange(len(when))
        return self._read(_SPARE + numbers, when, self.traffic.vehicles + numbers, camera)

    def _read(self, number: Whole, when: Whole, vehicle: Whole, camera: Whole) -> Readings:
        seed, county = self.county.seed, self.county
        hour = self.days.local(when) % _DAY // _HOUR
        band = ((hour >= _DUSK) | (hour < _DAWN)).astype(np.int64)
        issuer = self.lettering.issuers(vehicle)
        written = self.lettering.issued(vehicle, issuer)
        text, wrong = self.lettering.read(written, number, self._least[issuer, band, camera])
        bits = hashed(seed, "confidence", number)
        sure, unsure = (low + pick(bits, size) for low, size in (_SURE, _UNSURE))
        drawn = hashed(seed, "deleted", number)
        late = below(hashed(seed, "late", number), county.late)
        # In time is on the last day of the retention, now and then at its very end.
        moment = np.where(late, _LATE[pick(drawn, len(_LATE))], -pick(drawn, 24) * _HOUR)
        written_code = coded(written)
        return Readings(
            number=number,
            when=when,
            hour=hour,
            band=band,
            vehicle=vehicle,
            camera=camera,
            operator=self.roads.operators[camera],
            issuer=issuer,
            written=written,
            written_code=written_code,
            text=text,
            text_code=np.where(wrong > 0, coded(text), written_code),
            wrong=wrong,
            confidence=np.where(wrong > 0, unsure, sure),
            deleted_at=when + county.retention * _DAY + moment,
        )
