"""How numbers are written for people: one place, so that every output agrees.

The rules are in docs/wording.md.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

__all__ = ["count", "interval", "listing", "percent", "plural", "quantity", "rate", "share", "span"]

_FINE = 1  # a quantity below which digits are counted from the first that is not 0
_SMALL = 0.01  # a share below which decimals are added
_NARROW = "\u202f"  # narrow no-break space, between a number and its per-cent sign


def count(value: float) -> str:
    """Write a whole number with thousands separated: ``4,294``."""
    return f"{value:,.0f}"


def quantity(value: float, digits: int = 2) -> str:
    """Write a measured quantity, thousands separated, with no more than ``digits`` decimals; one under 1 with three digits."""
    if float(value).is_integer():
        return count(value)
    if abs(value) < _FINE:
        return f"{value:.3g}"
    return f"{value:,.{digits}f}"


def percent(value: float, denominator: float) -> str:
    """Write a share as a percentage with as many digits as its denominator supports.

    Under 100 cases no decimal is shown, under 10,000 one, above that two: a decimal that a single
    case could not move is not printed. A share under 1 % has three from 100,000 cases, four from 1,000,000 and so on.
    A share that is neither 0 nor 1 is never printed as 0 % or 100 %.
    """
    digits = 0 if denominator < 100 else 1 if denominator < 10_000 else 2  # noqa: PLR2004 - the docstring states the rule
    if value < _SMALL and denominator >= 1:
        digits = max(digits, math.floor(math.log10(denominator)) - 2)
    # As a spreadsheet rounds what it shows: halves up, and 28.75 is a half although binary fractions fall short of it.
    hundredfold = Decimal(str(float(value))) * 100
    shown = float(hundredfold.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))
    least = 10.0**-digits
    if value > 0 and shown < least:
        return f"under {least:.{digits}f}{_NARROW}%"
    if value < 1 and shown > 100 - least / 2:
        return f"over {100 - least:.{digits}f}{_NARROW}%"
    return f"{shown:.{digits}f}{_NARROW}%"


def rate(value: float) -> str:
    """Write a share that was stated, not measured, as it was stated: ``5 %``, ``0.25 %``."""
    return f"{100 * value:g}{_NARROW}%"


def share(numerator: float, denominator: float, noun: str = "") -> str:
    """Write a share with its denominator, never a bare percentage: ``5 of 4,294 searches (0.1 %)``."""
    things = f" {noun}" if noun else ""
    if not denominator or math.isnan(denominator):
        return f"{count(numerator)} of 0{things}"
    percentage = percent(numerator / denominator, denominator)
    return f"{count(numerator)} of {count(denominator)}{things} ({percentage})"


def span(low: float, high: float, kind: str) -> str:
    """Write the bounds of an interval: ``1.5 to 19.9 %`` of a share, ``12 to 15`` of a count, ``12.4 to 14.5`` of a quantity.

    Of a share under 1 %, the upper bound has two digits that are not 0.
    """
    if kind == "share":
        digits = 1 - math.floor(math.log10(100 * high)) if 0 < high < _SMALL else 1
        return f"{100 * low:.{digits}f} to {100 * high:.{digits}f}{_NARROW}%"
    form = count if kind == "count" else quantity
    return f"{form(low)} to {form(high)}"


def interval(low: float, high: float, level: float, kind: str) -> str:
    """Write an interval with its level: ``95 % interval 1.5 to 19.9 %``."""
    return f"{100 * level:g}{_NARROW}% interval {span(low, high, kind)}"


def plural(number: float, one: str, many: str | None = None) -> str:
    """Write a number with its noun: ``1 search``, ``4,294 searches``."""
    return f"{count(number)} {one if number == 1 else many or one + 's'}"


def listing(items: list[str] | tuple[str, ...], *, joiner: str = "and", most: int = 6) -> str:
    """Write a list as prose: ``a, b and c``; a longer one than ``most`` says how many more there are."""
    items = list(items)
    if len(items) > most:
        items = [*items[:most], f"{count(len(items) - most)} more"]
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} {joiner} {items[-1]}"
