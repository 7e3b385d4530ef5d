"""Writes the figures of estimates and of their parts, as tables and charts show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from answerable import wording
from answerable.estimate import COMPLETE_COUNT, Estimate, Interval, Part

__all__ = [
    "ABSENT",
    "breakdown_title",
    "counted",
    "doubt",
    "interval_head",
    "interval_text",
    "method",
    "part_figure",
    "part_value",
    "short_figure",
    "value_text",
]

ABSENT = "not measurable"


def part_value(part: Part) -> float | None:
    """Give a part's value; for a share that was left to be divided, numerator over denominator."""
    if part.value is not None:
        return part.value
    if part.numerator is None or not part.denominator:
        return None
    return part.numerator / part.denominator


def part_figure(part: Part, estimate: Estimate) -> str:
    """Write a part's number with its denominator, and its interval left to the drawing: ``3 of 41 (7 %)``, ``1,204``."""
    return estimate.part_figure(replace(part, interval=None))


def short_figure(estimate: Estimate) -> str:
    """Write an estimate's number with its denominator, and its interval left to the drawing."""
    return replace(estimate, interval=None).figure


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
    kind = _kind(estimate, estimate.denominator)
    text = f"{wording.interval(interval.low, interval.high, interval.level, kind)} ({interval.method})"
    return text if estimate.method == COMPLETE_COUNT else f"{text}; {estimate.method}"


def method(estimate: Estimate, interval: Interval | None) -> str:
    """Name how a number was made, and its interval where it has one: a number with an interval is no complete count."""
    made = [estimate.method] if interval is None or estimate.method != COMPLETE_COUNT else []
    return "; ".join([*made, *([interval.method] if interval else [])])


def interval_head(parts: Sequence[Part | Estimate]) -> str:
    """Head the column of the intervals of some parts, or of some estimates: ``95 % interval``, or ``Interval`` where levels differ; empty where no part has one."""
    levels = {part.interval.level for part in parts if part.interval}
    if not levels:
        return ""
    return f"{100 * levels.pop():g}\u202f% interval" if len(levels) == 1 else "Interval"


def interval_text(part: Part | Estimate, estimate: Estimate, head: str) -> str:
    """Write the interval of a part, or of the estimate itself, beneath such a head; a dash where it was counted whole."""
    found = part.interval
    if found is None:
        return "–"
    kind = _kind(estimate, part.denominator)
    if head == "Interval":
        return wording.interval(found.low, found.high, found.level, kind)
    return wording.span(found.low, found.high, kind)


def _kind(estimate: Estimate, denominator: float | None) -> str:
    """Give the kind by which a bound is written: a part of a share that is among nothing is a plain number."""
    return "quantity" if estimate.kind == "share" and not denominator else estimate.kind


def breakdown_title(name: str) -> str:
    """Write a breakdown's name as a heading: ``By search type``."""
    return f"By {name.replace('_', ' ')}"
