"""One drawing of a figure at both widths, the table beside it, and the marks that parts of a breakdown make."""

from __future__ import annotations

from dataclasses import dataclass

from answerable.estimate import Estimate, Part
from answerable.report.canvas import Mark, Sketch
from answerable.report.figures import interval_text, part_figure, part_value

__all__ = ["Panel", "Tabled", "cell", "mark_of", "marks_of"]


@dataclass(frozen=True, slots=True)
class Panel:
    """One drawing within a figure, at both widths, with its description for those who cannot see it.

    ``note`` says what is not drawn, where not all is; ``subtitle`` names the panel where a figure has more than one.
    """

    wide: Sketch
    narrow: Sketch
    description: str
    subtitle: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tabled:
    """The values of a figure as a table: of a curve a column per measure, a row per mark, a figure and its doubt in each.

    ``across`` heads the column of the rows' names.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    across: str = ""
    caption: str = "The same, at the marks"


def mark_of(part: Part, value: float, estimate: Estimate) -> Mark:
    """Make the mark of one part."""
    interval = part.interval
    low, high = (interval.low, interval.high) if interval else (None, None)
    return Mark(part.label, value, part_figure(part, estimate), low, high, estimate.part_figure(part))


def marks_of(estimate: Estimate, breakdown: str) -> list[Mark]:
    """Make the marks of the parts of a breakdown that have a value, in their order."""
    return [
        mark_of(part, value, estimate)
        for part in estimate.breakdowns.get(breakdown, ())
        if (value := part_value(part)) is not None
    ]


def cell(part: Part | None, estimate: Estimate) -> tuple[str, str]:
    """Give the figure of a part, and its interval with its level where it has one; a dash where there is no value."""
    if part is None or part_value(part) is None:
        return "–", ""
    return part_figure(part, estimate), interval_text(part, estimate, "Interval") if part.interval else ""
