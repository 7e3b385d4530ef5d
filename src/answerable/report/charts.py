"""Turns a section's charts into sketches: which values are drawn, in which form, at which widths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from answerable import wording
from answerable.estimate import Estimate, NotMeasurable
from answerable.months import MONTH, month_short, months_between
from answerable.programmes.section import Chart
from answerable.report.bars import bars
from answerable.report.canvas import NARROW, WIDE, Mark, Sketch
from answerable.report.figures import part_figure, part_value, short_figure
from answerable.report.harmless import visible
from answerable.report.lines import lines

__all__ = ["ALL_BARS", "MOST_BARS", "Panel", "drawable", "panels"]

ALL_BARS, MOST_BARS = 24, 12
"""Up to 24 parts (the hours of a day) are all drawn; of more, the first 12."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One drawing within a figure, at both widths, with its description for those who cannot see it.

    ``note`` says how many bars are not drawn, where not all are; ``subtitle`` names the panel where a
    figure has more than one.
    """

    wide: Sketch
    narrow: Sketch
    description: str
    subtitle: str = ""
    note: str = ""


def drawable(chart: Chart, estimates: Mapping[str, Estimate | NotMeasurable]) -> tuple[Estimate, ...]:
    """Pick the measured estimates that a chart asks for, in its order."""
    found = (estimates.get(name) for name in chart.measures)
    return tuple(each for each in found if isinstance(each, Estimate))


def panels(chart: Chart, estimates: tuple[Estimate, ...]) -> tuple[Panel, ...]:
    """Sketch a chart from the estimates that it draws; nothing to draw gives no panel."""
    if chart.form == "months":
        return _months(chart.breakdown or "month", estimates)
    if chart.form == "measures":
        return _bars([_headline(estimate) for estimate in estimates])
    several = len(estimates) > 1
    return tuple(
        panel
        for estimate in estimates
        for panel in _bars(_marks(estimate, chart.breakdown), estimate.title if several else "")
    )


def _headline(estimate: Estimate) -> Mark:
    interval = estimate.interval
    low, high = (interval.low, interval.high) if interval else (None, None)
    return Mark(estimate.title, estimate.value, short_figure(estimate), low, high)


def _marks(estimate: Estimate, breakdown: str) -> list[Mark]:
    return [
        Mark(part.label, value, part_figure(part, estimate))
        for part in estimate.breakdowns.get(breakdown, ())
        if (value := part_value(part)) is not None
    ]


def _bars(marks: list[Mark], subtitle: str = "") -> tuple[Panel, ...]:
    if not marks:
        return ()
    shown = marks if len(marks) <= ALL_BARS else marks[:MOST_BARS]
    left = len(marks) - len(shown)
    note = f"The first {len(shown)} of {wording.count(len(marks))} are drawn." if left else ""
    description = "; ".join(f"{mark.label}: {mark.figure}" for mark in shown)
    description = visible(f"{description}. {note}".strip())
    return (Panel(bars(shown, WIDE), bars(shown, NARROW), description, subtitle, note),)


def _months(breakdown: str, estimates: tuple[Estimate, ...]) -> tuple[Panel, ...]:
    """Draw one panel per measure, all over the same months."""
    series = []
    for estimate in estimates:
        points = {mark.label: mark for mark in _marks(estimate, breakdown) if MONTH.match(mark.label)}
        if points:
            series.append((estimate, points))
    if not series:
        return ()
    labels = [label for _, points in series for label in points]
    months = months_between(min(labels), max(labels))
    made = []
    for estimate, found in series:
        points = {month: found[month] for month in months if month in found}
        if points:
            said = "; ".join(f"{month_short(month)}: {mark.figure}" for month, mark in points.items())
            wide, narrow = (lines(points, months, estimate.kind, width) for width in (WIDE, NARROW))
            made.append(Panel(wide, narrow, visible(said) + ".", estimate.title if len(series) > 1 else ""))
    return tuple(made)
