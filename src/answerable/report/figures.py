"""Writes the figures of estimates and of their parts, as tables and charts show them."""

from __future__ import annotations

from answerable import wording
from answerable.estimate import COMPLETE_COUNT, Estimate, Part

__all__ = [
    "ABSENT",
    "breakdown_title",
    "counted",
    "doubt",
    "part_figure",
    "part_value",
    "short_figure",
    "value_text",
]

ABSENT = "not measurable"
_LEVEL = 100


def part_value(part: Part) -> float | None:
    """Give a part's value; for a share that was left to be divided, numerator over denominator."""
    if part.value is not None:
        return part.value
    if part.numerator is None or not part.denominator:
        return None
    return part.numerator / part.denominator


def part_figure(part: Part, estimate: Estimate) -> str:
    """Write a part's number in full: ``3 of 41 (7 %)``, ``1,204`` or ``12.5``."""
    value = part_value(part)
    if estimate.kind == "share" and part.denominator and part.numerator is not None:
        return wording.share(part.numerator, part.denominator)
    if value is None:
        return f"{wording.count(part.numerator or 0)} of 0" if estimate.kind == "share" else ABSENT
    return wording.count(value) if estimate.kind == "count" else wording.quantity(value)


def short_figure(estimate: Estimate) -> str:
    """Write an estimate's number with its denominator, and its interval left to the drawing."""
    if estimate.kind == "share" and estimate.denominator:
        return wording.share(estimate.numerator or 0, estimate.denominator)
    return wording.count(estimate.value) if estimate.kind == "count" else wording.quantity(estimate.value)


def counted(value: float | None) -> str:
    """Write a numerator or denominator for a table; a dash where there is none."""
    if value is None:
        return "–"
    return wording.quantity(value)


def value_text(kind: str, value: float | None, denominator: float | None) -> str:
    """Write the value column of a table: ``7 %`` beside its numerator and denominator, ``12.5``, ``1,204``."""
    if value is None:
        return ABSENT
    if kind == "share" and denominator:
        return wording.percent(value, denominator)
    # A part of a share that is among nothing is a plain number (so many pairs, say), never a percentage.
    return wording.count(value) if kind == "count" else wording.quantity(value)


def doubt(estimate: Estimate) -> str:
    """Write the doubt: the interval with its method, or that a complete count has none."""
    interval = estimate.interval
    if interval is None:
        return estimate.method
    if estimate.kind == "share":
        span = f"{_LEVEL * interval.low:.1f} to {_LEVEL * interval.high:.1f}\u202f%"
    else:
        span = f"{wording.quantity(interval.low)} to {wording.quantity(interval.high)}"
    text = f"{_LEVEL * interval.level:g}\u202f% interval {span} ({interval.method})"
    return text if estimate.method == COMPLETE_COUNT else f"{text}; {estimate.method}"


def breakdown_title(name: str) -> str:
    """Write a breakdown's name as a heading: ``By search type``."""
    return f"By {name.replace('_', ' ')}"
