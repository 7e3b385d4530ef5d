"""The days of a synthetic county, between the local clock and UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

__all__ = ["Days"]

Whole = NDArray[np.int64]

_CHANGE = 5400  # seconds after midnight: clocks change between 01:00 and 03:00, when nothing happens


class Days:
    """The days from one to another. Nothing in them falls between 01:00 and 03:00 local time.

    Args:
        start: The first day.
        days: How many there are.
        timezone: Where.
    """

    def __init__(self, start: date, days: int, timezone: str) -> None:
        self.dates = [start + timedelta(days=number) for number in range(days + 1)]
        self._zone = ZoneInfo(timezone)
        self.starts: Whole = self._seconds(time(0))
        """Each day's local midnight in seconds since 1970, and the end of the last day."""
        self._naive = np.array(
            [round(datetime.combine(day, time(0), UTC).timestamp()) for day in self.dates], np.int64
        )
        self._before: Whole = self._naive - self.starts
        self._after: Whole = self._naive + 43_200 - self._seconds(time(12))

    def _seconds(self, at: time) -> Whole:
        moments = [datetime.combine(day, at, self._zone) for day in self.dates]
        return np.array([round(moment.timestamp()) for moment in moments], np.int64)

    @property
    def first(self) -> int:
        """The first day's midnight."""
        return int(self.starts[0])

    @property
    def end(self) -> int:
        """The midnight after the last day."""
        return int(self.starts[-1])

    @property
    def published(self) -> int:
        """The moment up to which portals give figures: the last day's midnight, so that the records go beyond it."""
        return int(self.starts[max(len(self.starts) - 2, 0)])

    def utc(self, day: Whole, second: Whole) -> Whole:
        """Give the moment at which the clock shows a second of the day."""
        offset = np.where(second < _CHANGE, self._before[day], self._after[day])
        return self._naive[day] + second - offset

    def local(self, when: Whole) -> Whole:
        """Give what the clock shows at some moments, in seconds since 1970 as if it were UTC.

        A moment before the first day or after the last is read by the nearest day's clock.
        """
        day = np.clip(np.searchsorted(self.starts, when, side="right") - 1, 0, len(self.starts) - 1)
        early = when - self.starts[day] < _CHANGE
        return when + np.where(early, self._before[day], self._after[day])

    def repeated_hour(self) -> int | None:
        """Give the moment at which the first hour begins that the clock shows twice, if there is one."""
        for place in range(len(self.dates) - 1):
            if self._before[place] > self._after[place]:
                return int(self.starts[place]) + 3600
        return None

    def months(self) -> list[tuple[str, int, int]]:
        """Give each month as ``YYYY-MM`` with the first moment and the end of its part of the days."""
        names = [f"{day:%Y-%m}" for day in self.dates[:-1]]
        firsts = [place for place, name in enumerate(names) if not place or name != names[place - 1]]
        ends = [*firsts[1:], len(names)]
        return [
            (names[first], int(self.starts[first]), int(self.starts[end]))
            for first, end in zip(firsts, ends, strict=True)
        ]
