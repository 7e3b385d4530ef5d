"""When a synthetic town's searches are made: fewer at weekends, a known share of them off hours."""

from __future__ import annotations

import hashlib
from collections.abc import Container
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from answerable.programmes.plates.simulate.town import Town

__all__ = ["Schedule"]

Whole = NDArray[np.int64]

_HOUR = 3600
# Windows of the local day (start, length in seconds). None touches an hour that a change of clocks skips or repeats.
_EARLY, _WORK, _LATE = (7 * _HOUR // 2, 2 * _HOUR), (7 * _HOUR, 12 * _HOUR), (45 * _HOUR // 2, 3 * _HOUR // 2)
_SATURDAY = 5


class Schedule:
    """The times of a town's searches. Searches are numbered in the order in which they were made.

    Within a window of the day searches are spaced apart, so no two share a second unless a day has more
    searches than seconds (`crowded`).
    """

    def __init__(self, town: Town) -> None:
        self.town = town
        days = town.days()
        weights = np.array([6 if day.weekday() >= _SATURDAY else 10 for day in days], np.int64)
        gap = (len(days) - town.gap_days) // 2
        weights[gap : gap + town.gap_days] = 0
        total = int(weights.sum())
        # The first searches of each day, with the end of the last day.
        self.firsts: Whole = np.array(
            [0, *(town.rows * int(sum_) // total for sum_ in np.cumsum(weights))], np.int64
        )
        off = np.array([round(int(first) * town.off_hours) for first in self.firsts], np.int64)
        self._off = np.diff(off)
        self._count = np.diff(self.firsts)
        zone = ZoneInfo(town.timezone)
        noons = [datetime.combine(day, time(12), zone) for day in days]
        midnights = [datetime.combine(day, time(0), UTC) for day in days]
        self._midnight = np.array([round(at.timestamp()) for at in midnights], np.int64)
        self.offsets: Whole = np.array(
            [round((at.utcoffset() or timedelta()).total_seconds()) for at in noons], np.int64
        )
        self.weekend = np.array([day.weekday() >= _SATURDAY for day in days])
        starts = town.month_starts()
        self.months: list[tuple[int, int]] = [
            (int(self.firsts[(a - town.start).days]), int(self.firsts[(b - town.start).days]))
            for a, b in pairwise(starts)
        ]

    @property
    def crowded(self) -> bool:
        """Say whether some day has more searches than its seconds can tell apart."""
        early = self._off * 4 // 7
        on = self._count - self._off
        return bool(
            (early > _EARLY[1]).any() or (on > _WORK[1]).any() or (self._off - early > _LATE[1]).any()
        )

    def times(self, numbers: Whole) -> tuple[Whole, Whole, NDArray[np.bool_]]:
        """Give the searches' times (UTC, in milliseconds), local days, and whether they are off hours."""
        numbers = np.minimum(numbers, max(self.town.rows - 1, 0))  # past the last search, its time
        day = np.clip(np.searchsorted(self.firsts, numbers, side="right") - 1, 0, len(self._count) - 1)
        place = numbers - self.firsts[day]
        off, count = self._off[day], self._count[day]
        early = off * 4 // 7
        on = count - off
        is_early, is_late = place < early, place >= early + on
        start = np.select([is_early, is_late], [_EARLY[0], _LATE[0]], _WORK[0])
        length = np.select([is_early, is_late], [_EARLY[1], _LATE[1]], _WORK[1])
        within = np.select([is_early, is_late], [place, place - early - on], place - early)
        size = np.maximum(np.select([is_early, is_late], [early, off - early], on), 1)
        slot = within * length // size
        width = np.maximum((within + 1) * length // size - slot, 1)
        key = int.from_bytes(hashlib.sha256(f"{self.town.seed}/time".encode()).digest()[:4], "little")
        jitter = (numbers * 2654435761 + key) % 2**31
        second = start + slot + jitter % width
        local = self._midnight[day] + second
        return (local - self.offsets[day]) * 1000 + jitter // 7 % 1000, day, is_early | is_late

    def spread(self, searches: int, days: int, place: int, taken: Container[int]) -> list[int]:
        """Choose the numbers of searches evenly spread over some days, for the follower at a place in the list.

        The first and the last are at least ``days`` x 24 h apart. The list is empty where the log has no room.
        """
        begin = min(place % 5, max(len(self._count) - days - 1, 0))
        chosen: list[int] = []
        for k in range(searches):
            day = begin + days * k // (searches - 1)
            if day >= len(self._count):
                return []
            # Later in its day than the one before, so that the whole spread is no shorter than asked for.
            number = int(self.firsts[day] + self._count[day] * (k + 1) // (searches + 2))
            number = max(number, chosen[-1] + 1 if chosen else 0)
            while number in taken:
                number += 1
            if number >= self.town.rows:
                return []
            chosen.append(number)
        return chosen
