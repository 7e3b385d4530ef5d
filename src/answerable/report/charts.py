"""Turns a section's charts into sketches: which values are drawn, in which form, at which widths."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from answerable import wording
from answerable.estimate import Estimate, NotMeasurable, Part
from answerable.months import MONTH, month_short, months_between
from answerable.programmes.section import Chart
from answerable.report.bars import bars
from answerable.report.canvas import NARROW, WIDE, Mark, Sketch
from answerable.report.curves import Across, curve
from answerable.report.figures import interval_text, part_figure, part_value, short_figure
from answerable.report.harmless import visible
from answerable.report.lines import lines

__all__ = ["ALL_BARS", "MOST_BARS", "Panel", "Tabled", "at_marks", "drawable", "panels", "place_on_axis"]

ALL_BARS, MOST_BARS = 24, 12
"""Up to 24 parts (the hours of a day) are all drawn; of more, the first 12."""

_NUMBER = re.compile(r"\d{1,15}(\.\d{1,15})?")
_FEW = 12  # values of a curve, none of them at a mark, that are all marked
_PAD = 0.05  # of the axis, before its first and after its last value, where it does not begin at zero


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


@dataclass(frozen=True, slots=True)
class Tabled:
    """The values of a curve at its marks, as a table: a column per measure, a row per mark, a figure and its doubt in each."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def drawable(chart: Chart, estimates: Mapping[str, Estimate | NotMeasurable]) -> tuple[Estimate, ...]:
    """Pick the measured estimates that a chart asks for, in its order."""
    found = (estimates.get(name) for name in chart.measures)
    return tuple(each for each in found if isinstance(each, Estimate))


def panels(chart: Chart, estimates: tuple[Estimate, ...]) -> tuple[Panel, ...]:
    """Sketch a chart from the estimates that it draws; nothing to draw gives no panel."""
    if chart.form == "months":
        return _months(chart.breakdown or "month", estimates)
    if chart.form == "curve":
        return _curves(chart, estimates)
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
    return Mark(estimate.title, estimate.value, short_figure(estimate), low, high, estimate.figure)


def _mark(part: Part, value: float, estimate: Estimate) -> Mark:
    interval = part.interval
    low, high = (interval.low, interval.high) if interval else (None, None)
    return Mark(part.label, value, part_figure(part, estimate), low, high, estimate.part_figure(part))


def _marks(estimate: Estimate, breakdown: str) -> list[Mark]:
    return [
        _mark(part, value, estimate)
        for part in estimate.breakdowns.get(breakdown, ())
        if (value := part_value(part)) is not None
    ]


def _bars(marks: list[Mark], subtitle: str = "") -> tuple[Panel, ...]:
    if not marks:
        return ()
    shown = marks if len(marks) <= ALL_BARS else marks[:MOST_BARS]
    left = len(marks) - len(shown)
    note = f"The first {len(shown)} of {wording.count(len(marks))} are drawn." if left else ""
    description = "; ".join(f"{mark.label}: {mark.said}" for mark in shown)
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
            said = "; ".join(f"{month_short(month)}: {mark.said}" for month, mark in points.items())
            wide, narrow = (lines(points, months, estimate.kind, width) for width in (WIDE, NARROW))
            made.append(Panel(wide, narrow, visible(said) + ".", estimate.title if len(series) > 1 else ""))
    return tuple(made)


def place_on_axis(part: Part) -> float | None:
    """Read where on a curve's axis a part lies: the plain number that its label is, or None."""
    return float(part.label) if _NUMBER.fullmatch(part.label) else None


def at_marks(chart: Chart, estimates: tuple[Estimate, ...]) -> Tabled | None:
    """Set a curve's measures side by side at its marks, each figure in full; None where there is nothing to set."""
    held = [(estimate, points) for estimate in estimates if (points := _points(estimate, chart.breakdown)[0])]
    if not held:
        return None
    across = _across(chart, [points for _, points in held])
    rows = [
        (across.name(at), tuple(_cell(estimate, chart.breakdown, at) for estimate, _ in held))
        for at in sorted(across.marks)
        if any(at in points for _, points in held)
    ]
    return Tabled(tuple(estimate.title for estimate, _ in held), tuple(rows)) if rows else None


def _cell(estimate: Estimate, breakdown: str, at: float) -> tuple[str, str]:
    """Give a figure, and its interval with its level where it has one."""
    part = next((one for one in estimate.breakdowns[breakdown] if place_on_axis(one) == at), None)
    if part is None or part_value(part) is None:
        return "–", ""
    return part_figure(part, estimate), interval_text(part, estimate, "Interval") if part.interval else ""


def _points(estimate: Estimate, breakdown: str) -> tuple[dict[float, Mark], list[float]]:
    """Give the values of a curve in the order of its axis, and the places where a value is wanting."""
    found: dict[float, Mark] = {}
    gaps = []
    for part in estimate.breakdowns.get(breakdown, ()):
        at, value = place_on_axis(part), part_value(part)
        if at is not None and value is None:
            gaps.append(at)
        elif at is not None and value is not None:
            found.setdefault(at, _mark(part, value, estimate))
    return dict(sorted(found.items())), gaps


def _across(chart: Chart, drawn: Sequence[Mapping[float, Mark]]) -> Across:
    """Span the axis that the panels share: from zero, unless the values begin far from it."""
    every = sorted({at for points in drawn for at in points})
    low, high = every[0], every[-1]
    pad = _PAD * (high - low) or 1.0
    low, high = (0.0, high) if high and low <= high / 10 else (low - pad, high + pad)
    marks = tuple(at for at in dict.fromkeys(chart.marks) if at in every)
    if not marks:
        marks = tuple(every) if len(every) <= _FEW else (every[-1], every[0])
    return Across(low, high, chart.across, marks, chart.references)


def _curves(chart: Chart, estimates: tuple[Estimate, ...]) -> tuple[Panel, ...]:
    """Draw one panel per measure, all over the same axis."""
    found = [(estimate, *_points(estimate, chart.breakdown)) for estimate in estimates]
    series = [each for each in found if each[1]]
    if not series:
        return ()
    across = _across(chart, [points for _, points, _ in series])
    made = []
    for estimate, points, gaps in series:
        said = [f"{across.name(at)}: {points[at].said}" for at in sorted(across.marks) if at in points]
        text = f"{wording.plural(len(points), 'value')} from {across.name(min(points))} to {across.name(max(points))}. "
        text += f"{'; '.join(said)}."
        wide, narrow = (curve(points, gaps, estimate.kind, across, width) for width in (WIDE, NARROW))
        made.append(Panel(wide, narrow, visible(text), estimate.title if len(series) > 1 else ""))
    return tuple(made)
