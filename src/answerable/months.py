"""Calendar words: months and dates as a reader says them."""

from __future__ import annotations

import re

__all__ = ["MONTH", "day", "month_name", "month_short", "months_between"]

MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])\Z")
_DAY = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])-([0-3][0-9])")
_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip  # twelve words
_MOST = 1200  # a hundred years: a mistyped year must not make an endless chart


def month_name(month: str) -> str:
    """Write ``2025-06`` as ``June 2025``; anything else is returned as it is."""
    return f"{_NAMES[int(month[5:]) - 1]} {month[:4]}" if MONTH.match(month) else month


def month_short(month: str) -> str:
    """Write ``2025-06`` as ``Jun 2025``; anything else is returned as it is."""
    return f"{_NAMES[int(month[5:]) - 1][:3]} {month[:4]}" if MONTH.match(month) else month


def day(iso: str) -> str:
    """Write the date of an ISO 8601 text as ``18 June 2025``; anything else is returned as it is."""
    found = _DAY.match(iso)
    if not found:
        return iso
    return f"{int(found[3])} {_NAMES[int(found[2]) - 1]} {found[1]}"


def months_between(first: str, last: str) -> list[str]:
    """List the months from ``first`` to ``last``, both included; a span over a hundred years is cut."""
    start, end = (int(each[:4]) * 12 + int(each[5:]) - 1 for each in (first, last))
    return [f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(max(start, end - _MOST + 1), end + 1)]
