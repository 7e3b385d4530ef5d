"""Grains of time: how fine a column of times is, and the same times made coarser.

Instants are whole microseconds since 1970, as 64-bit numbers; `NONE` stands where there is no time.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["GRAINS", "NONE", "SECOND", "coarser", "grain"]

NONE = np.iinfo(np.int64).min
"""What stands where a cell holds no time."""

SECOND = 1_000_000
GRAINS = ("second", "minute", "hour", "day", "week", "month")
"""Grains from the finest to the coarsest. A week begins on Monday (ISO 8601)."""

_LENGTHS = {"second": SECOND, "minute": 60 * SECOND, "hour": 3_600 * SECOND, "day": 86_400 * SECOND}
_WEEK, _MONDAY = 7, 3  # days; 1 January 1970 was a Thursday, three days after a Monday
_ENOUGH = 5  # distinct times from which round ones are taken to have been made round


def coarser(times: NDArray[np.int64], unit: str) -> NDArray[np.int64]:
    """Give the beginning of the second, minute, hour, day, week or month that each time falls in.

    Args:
        times: Microseconds since 1970, `NONE` where there is none.
        unit: One of `GRAINS`.
    """
    if unit in _LENGTHS:
        length = _LENGTHS[unit]
        floored = times // length * length
    else:
        days = times // _LENGTHS["day"]
        if unit == "week":
            days = (days + _MONDAY) // _WEEK * _WEEK - _MONDAY
        else:
            days = (
                days.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
            )
        floored = days * _LENGTHS["day"]
    return np.where(times == NONE, NONE, floored)


def grain(times: NDArray[np.int64]) -> str:
    """Say how coarse a column of times is: the coarsest of `GRAINS` in which every time is a beginning.

    Times to the second that are all full hours have been rounded, as long as there are more than a few of them; a column
    of fewer than five distinct times is taken to be to the second. Finer times than seconds give ``second`` too.
    """
    distinct = np.unique(times[times != NONE])
    if distinct.size < _ENOUGH:
        return "second"
    whole = [unit for unit in GRAINS if np.array_equal(coarser(distinct, unit), distinct)]
    return whole[-1] if whole else "second"
