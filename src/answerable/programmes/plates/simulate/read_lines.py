"""Writes a synthetic county's reads as lines: the full table, raw reads, and the sample that was looked at anew."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from answerable.programmes.plates.simulate.chance import hashed
from answerable.programmes.plates.simulate.readings import Reader, Readings
from answerable.programmes.plates.simulate.text import (
    ArrowText,
    Clock,
    column,
    hexadecimal,
    ragged,
    side_by_side,
)

__all__ = ["RAW_READS", "READS", "VERIFIED_READS", "ReadLines"]

Whole = NDArray[np.int64]
Bytes = NDArray[np.uint8]

READS = "ID,Read Time,Plate,Plate State,Camera,Address,ZIP,Longitude,Latitude,Agency,Confidence,Deleted At\n"
RAW_READS = "zipcode|dt|location|address|device|plate_hash|lon|lat\n"
VERIFIED_READS = "ID,Read Time,Read Plate,Verified Plate,Plate State,Camera,Agency,Confidence\n"

_DAY = 86_400
_MILLION = 1_000_000


class ReadLines:
    """Writes the reads of one county, with the end of the line and without a header."""

    def __init__(self, reader: Reader) -> None:
        self._reader, self._county, self._roads = reader, reader.county, reader.roads
        last = reader.days.end + (self._county.retention + 800) * _DAY
        self._clock = Clock(reader.days.first - 2 * _DAY, last)

    @cached_property
    def _states(self) -> ArrowText:
        return pa.array([f",{issuer}," for issuer, _ in self._county.issuers])

    @cached_property
    def _sites(self) -> dict[str, ArrowText]:
        """What stands in a line for each camera, by the kind of line and its place in it."""
        roads = self._roads
        degrees = [
            (f"{one.longitude / _MILLION:.6f}", f"{one.latitude / _MILLION:.6f}") for one in roads.sites
        ]
        agencies = [roads.operator_names[one.operator] for one in roads.sites]
        whole = list(zip(roads.sites, agencies, degrees, strict=True))
        return {
            "full": pa.array(
                [f"{s.label},{s.street},{s.zone},{x},{y},{agency}," for s, agency, (x, y) in whole]
            ),
            "checked": pa.array([f"{s.label},{agency}," for s, agency, _ in whole]),
            "zone": pa.array([f"{s.zone}|" for s, _, _ in whole]),
            "raw": pa.array([f"|{s.place}|{s.street}|{s.label}|" for s, _, _ in whole]),
            "degrees": pa.array([f"|{x}|{y}\n" for _, _, (x, y) in whole]),
        }

    @cached_property
    def _hundredths(self) -> ArrowText:
        return pa.array([f"{hundredth / 100:.2f}" for hundredth in range(101)])

    def _moment(self, when: Whole) -> Bytes:
        return side_by_side(self._clock.date(when, "%Y-%m-%d"), "T", self._clock.time(when, "%H:%M:%S"), "Z")

    def _beginning(self, reads: Readings) -> ArrowText:
        return column(side_by_side(self.ids(reads.number), ",", self._moment(reads.when), ","))

    def ids(self, numbers: Whole) -> Bytes:
        """Write the IDs of some reads."""
        return hexadecimal(hashed(self._county.seed, "read id", numbers))

    def full(self, reads: Readings) -> ArrowText:
        """Write reads as lines of the full table. A read that was deleted by the end of the days says when."""
        deleted = pc.if_else(
            pa.array(reads.deleted_at <= self._reader.days.end), column(self._moment(reads.deleted_at)), ""
        )
        camera = pa.array(reads.camera)
        return pc.binary_join_element_wise(
            self._beginning(reads),
            ragged(reads.text),
            self._states.take(pa.array(reads.issuer)),
            self._sites["full"].take(camera),
            self._hundredths.take(pa.array(reads.confidence)),
            ",",
            deleted,
            "\n",
            "",
        )

    def raw(self, reads: Readings) -> ArrowText:
        """Write reads as lines of raw reads: on the local clock, with a hash of what was read if the county asks for it."""
        local, camera = self._reader.days.local(reads.when), pa.array(reads.camera)
        if self._county.raw_hashed:
            text = column(hexadecimal(hashed(self._county.seed, "plate hash", reads.text_code)))
        else:
            text = ragged(reads.text)
        clock = self._clock
        return pc.binary_join_element_wise(
            self._sites["zone"].take(camera),
            column(side_by_side(clock.date(local, "%m/%d/%Y"), " - ", clock.time(local, "%H:%M:%S"))),
            self._sites["raw"].take(camera),
            text,
            self._sites["degrees"].take(camera),
            "",
        )

    def verified(self, reads: Readings) -> ArrowText:
        """Write reads beside what somebody saw on the plate."""
        return pc.binary_join_element_wise(
            self._beginning(reads),
            ragged(reads.text),
            ",",
            ragged(reads.written),
            self._states.take(pa.array(reads.issuer)),
            self._sites["checked"].take(pa.array(reads.camera)),
            self._hundredths.take(pa.array(reads.confidence)),
            "\n",
            "",
        )
