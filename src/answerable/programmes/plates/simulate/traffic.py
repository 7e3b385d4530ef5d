"""A synthetic county's traffic: people who drive to work and at weekends, and vehicles that pass through once.

Every pass of a camera that gives a read is one whole number that holds its second, vehicle and camera, in this
order, so that to sort the numbers is to sort the reads by time. That is all that is kept: 8 bytes per read.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from answerable.programmes.plates.simulate.calendar_days import Days
from answerable.programmes.plates.simulate.chance import below, classes, hashed, pick, thresholds
from answerable.programmes.plates.simulate.county import MOST_READ, County
from answerable.programmes.plates.simulate.roads import Roads

__all__ = ["Traffic"]

Whole = NDArray[np.int64]
Hashed = NDArray[np.uint64]
Flag = NDArray[np.bool_]

_HOUR = 3600
_CAMERA_BITS, _VEHICLE_BITS = 10, 26
_AT_ONCE = 2_000  # residents whose ways are drawn at a time
_MOST_DAYS, _MOST_ON_A_WAY = 2048, 512
_SATURDAY = 5
_HABITS, _GOING = (0.3, 0.3), (0.92, 0.5, 0.12)  # daily and frequent drivers, and the rest; how often they go
_WEEKEND = 0.5  # times, at weekends
_NIGHT_WORK = 0.06
# Windows of leaving and of coming back (start, length in seconds), by day and for those who work at night.
_LEAVE, _RETURN = (25 * _HOUR // 4, 5 * _HOUR // 2), (63 * _HOUR // 4, 11 * _HOUR // 4)
_NIGHT_LEAVE, _NIGHT_RETURN = (41 * _HOUR // 2, 2 * _HOUR), (9 * _HOUR // 2, 3 * _HOUR // 2)
_OUTING, _STAY = (9 * _HOUR, 10 * _HOUR), (_HOUR, 2 * _HOUR)
_EARLIER_OR_LATER = 900  # seconds by which a day's way differs from the habit
_STOPS = 20  # seconds that a pass may be later, for traffic lights
_QUIET = (_HOUR, 3 * _HOUR)  # nobody passes through while clocks may change


def _within(bits: Hashed, window: tuple[int, int]) -> Whole:
    start, length = window
    return start + pick(bits, length)


class Traffic:
    """The reads of one county as they happened, before anything is misread.

    ``keys`` is sorted: one whole number per read. Residents come first among the vehicles' numbers.
    """

    def __init__(self, county: County, roads: Roads, days: Days) -> None:
        self._county, self._roads, self._days = county, roads, days
        wanted = county.reads - round(county.reads * county.through)
        resident, self.residents = self._resident_keys(wanted)
        self.through = county.reads - len(resident)
        if self.vehicles >= MOST_READ:
            raise ValueError(
                f"there are fewer than {MOST_READ} vehicles; this county would have {self.vehicles}"
            )
        self.keys: Whole = np.concatenate([resident, self._through_keys()])
        del resident  # as large as all the rest
        self.keys.sort()

    @property
    def vehicles(self) -> int:
        """How many vehicles there are: those that live here, and those that pass through."""
        return self.residents + self.through

    def unpack(self, keys: Whole) -> tuple[Whole, Whole, Whole]:
        """Give the moments, vehicles and cameras of some reads."""
        rest, camera = keys >> _CAMERA_BITS, keys & ((1 << _CAMERA_BITS) - 1)
        return (rest >> _VEHICLE_BITS) + self._days.first, rest & ((1 << _VEHICLE_BITS) - 1), camera

    def before(self, moment: int) -> int:
        """Give how many reads were made before a moment."""
        past = max(moment - self._days.first, 0)
        return int(np.searchsorted(self.keys, np.int64(past) << (_CAMERA_BITS + _VEHICLE_BITS)))

    def _pack(self, when: Whole, vehicle: Whole, camera: Whole) -> Whole:
        return (((when - self._days.first) << _VEHICLE_BITS | vehicle) << _CAMERA_BITS) | camera

    def _bits(self, stream: str, numbers: Whole) -> Hashed:
        return hashed(self._county.seed, stream, numbers)

    def _resident_keys(self, wanted: int) -> tuple[Whole, int]:
        """Draw residents until their reads come to at most the number wanted and one more would exceed it."""
        parts: list[Whole] = []
        total, first = 0, 0
        while total < wanted:
            keys = self._ways(np.arange(first, first + _AT_ONCE))
            if not len(keys):
                raise ValueError(
                    "hardly anybody is read in this county: give it more cameras, days or captured passes"
                )
            _, vehicle, _ = self.unpack(keys)
            reads = np.bincount(vehicle - first, minlength=_AT_ONCE)
            room = int(np.searchsorted(total + np.cumsum(reads), wanted, side="right"))
            parts.append(keys[vehicle < first + room])
            total, first = total + int(reads.sum()), first + room
            if room < _AT_ONCE:
                break
        return (np.concatenate(parts) if parts else np.zeros(0, np.int64)), first

    def _ways(self, vehicles: Whole) -> Whole:
        """Give the reads of some residents: out and back, on the days on which they go."""
        bits, roads = self._bits, self._roads
        commutes = roads.commutes
        if not len(commutes):
            raise ValueError("no way in this county leads past a camera")
        commute = commutes[pick(bits("commute", vehicles), len(commutes))]
        habit = classes(bits("habit", vehicles), _HABITS)
        night = below(bits("night work", vehicles), _NIGHT_WORK)
        leave = np.where(
            night, _within(bits("leave", vehicles), _NIGHT_LEAVE), _within(bits("leave", vehicles), _LEAVE)
        )
        back = np.where(
            night, _within(bits("back", vehicles), _NIGHT_RETURN), _within(bits("back", vehicles), _RETURN)
        )
        weekend = np.array([_is_weekend(day) for day in self._days.dates[:-1]])
        going = thresholds([*_GOING, *(share * _WEEKEND for share in _GOING)])
        day = np.tile(np.arange(len(weekend)), len(vehicles))
        who = np.repeat(np.arange(len(vehicles)), len(weekend))
        slot = vehicles[who] * _MOST_DAYS + day
        goes = below(bits("goes", slot), going[habit[who] + len(_GOING) * weekend[day]])
        who, day, slot = who[goes], day[goes], slot[goes]
        outing = weekend[day]
        home, work = commute[who] // roads.nodes, commute[who] % roads.nodes
        goal = np.where(outing, pick(bits("outing", slot), roads.nodes), work)
        out = np.where(
            outing, _within(bits("outing time", slot), _OUTING), leave[who] + self._shift("out", slot)
        )
        stay = _within(bits("stay", slot), _STAY)
        returns = np.where(outing, out + stay, back[who] + self._shift("in", slot))
        way = np.concatenate([home * roads.nodes + goal, goal * roads.nodes + home])
        leg = np.concatenate([slot * 2, slot * 2 + 1])
        started, twice = np.concatenate([out, returns]), np.concatenate([day, day])
        return self._read(way, leg, twice, started, np.tile(vehicles[who], 2))

    def _shift(self, stream: str, slot: Whole) -> Whole:
        return pick(self._bits(f"shift {stream}", slot), 2 * _EARLIER_OR_LATER) - _EARLIER_OR_LATER

    def _read(self, way: Whole, leg: Whole, day: Whole, started: Whole, vehicle: Whole) -> Whole:
        """Give the reads on some ways: one for each camera passed, unless it missed the vehicle."""
        counts, cameras, offsets = self._roads.passes
        times = counts[way]
        on = np.repeat(np.arange(len(way)), times)
        place = np.arange(len(on)) - np.repeat(np.cumsum(times) - times, times)
        bits = self._bits("pass", leg[on] * _MOST_ON_A_WAY + place)
        read = below(bits, self._county.captured) & ~self._silent(day[on], cameras[way[on], place])
        on, place = on[read], place[read]
        late = (bits[read] % np.uint64(_STOPS)).astype(np.int64)
        second = started[on] + offsets[way[on], place] + late
        return self._pack(self._days.utc(day[on], second), vehicle[on], cameras[way[on], place])

    def _silent(self, day: Whole, camera: Whole) -> Flag:
        """Say which passes were at a camera on days on which it read nothing."""
        if self._roads.silent is None:
            return np.zeros(len(day), np.bool_)
        silent, days = self._roads.silent
        mute: Flag = (camera == silent) & (day >= days.start) & (day < days.stop)
        return mute

    def _through_keys(self) -> Whole:
        """Draw the vehicles that pass through: one camera each, at any hour but the quiet ones."""
        numbers = np.arange(self.residents, self.vehicles)
        day = pick(self._bits("through day", numbers), self._county.days)
        second = pick(self._bits("through time", numbers), 24 * _HOUR - (_QUIET[1] - _QUIET[0]))
        second += np.where(second < _QUIET[0], 0, _QUIET[1] - _QUIET[0])
        camera = pick(self._bits("through camera", numbers), self._county.cameras)
        # What a silent camera would have seen is seen by the next one.
        camera = (camera + self._silent(day, camera)) % self._county.cameras
        return self._pack(self._days.utc(day, second), numbers, camera)


def _is_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY
