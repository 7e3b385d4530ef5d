"""Turns a section's charts into sketches: which values are drawn, in which form, at which widths."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from answerable import wording
from answerable.estimate import Estimate, NotMeasurable, Part
from answerable.harmless import visible
from answerable.months import MONTH, month_short, months_between
from answerable.programmes.section import Chart
from answerable.report.across import Across, share_text
from answerable.report.bars import bars
from answerable.report.canvas import NARROW, WIDE, Mark
from answerable.report.compared import compared_panels, compared_table
from answerable.report.curves import curve
from answerable.report.figures import interval_text, part_value, short_figure
from answerable.report.lines import lines
from answerable.report.mapped import area_panels, area_table, missing_map
from answerable.report.pairs import matrix_panels
from answerable.report.panel import Panel, Tabled, cell, mark_of, marks_of
from answerable.report.ratios import dot_panels
from answerable.report.trades import det_panels, det_table

__all__ = [
    "ALL_BARS",
    "MOST_BARS",
    "Panel",
    "Tabled",
    "at_marks",
    "drawable",
    "missing_map",
    "panels",
    "place_on_axis",
    "scale_of",
]

ALL_BARS, MOST_BARS = 24, 12
"""Up to 24 parts (the hours of a day) are all drawn; of more, the first 12."""

_NUMBER = re.compile(r"\d{1,15}(\.\d{1,15})?")
_FEW = 12  # values of a curve, none of them at a mark, that are all marked
_PAD = 0.05  # of the axis, before its first and after its last value, where it does not begin at zero


def drawable(chart: Chart, estimates: Mapping[str, Estimate | NotMeasurable]) -> tuple[Estimate, ...]:
    """Pick the measured estimates that a chart asks for, in its order."""
    found = (estimates.get(name) for name in chart.measures)
    return tuple(each for each in found if isinstance(each, Estimate))


def panels(chart: Chart, estimates: tuple[Estimate, ...]) -> tuple[Panel, ...]:
    """Sketch a chart from the estimates that it draws; nothing to draw gives no panel."""
    if chart.form == "months":
        return _months(chart.breakdown or "month", estimates)
    if drawn := _OTHERS.get(chart.form):
        return drawn(chart, estimates)
    if chart.form == "measures":
        return _bars([_headline(estimate) for estimate in estimates])
    several = len(estimates) > 1
    return tuple(
        panel
        for estimate in estimates
        for panel in _bars(marks_of(estimate, chart.breakdown), estimate.title if several else "")
    )


def _headline(estimate: Estimate) -> Mark:
    interval = estimate.interval
    low, high = (interval.low, interval.high) if interval else (None, None)
    return Mark(estimate.title, estimate.value, short_figure(estimate), low, high, estimate.figure)


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
        points = {mark.label: mark for mark in marks_of(estimate, breakdown) if MONTH.match(mark.label)}
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
    if made := _TABLES.get(chart.form):
        return made(chart, estimates)
    if chart.form != "curve":
        return None
    held = [(estimate, points) for estimate in estimates if (points := _points(chart, estimate)[0])]
    if not held:
        return None
    across = _across(chart, [points for _, points in held])
    rows = [
        (across.name(at), tuple(_at(chart, estimate, at) for estimate, _ in held))
        for at in sorted(across.marks)
        if any(at in points for _, points in held)
    ]
    head = chart.across if chart.shares else f"{chart.across}s"
    return Tabled(tuple(estimate.title for estimate, _ in held), tuple(rows), head) if rows else None


def _at(chart: Chart, estimate: Estimate, at: float) -> tuple[str, str]:
    """Give the figure of a curve at a mark, and its interval."""
    part = next((one for one in estimate.breakdowns[chart.breakdown] if place_on_axis(one) == at), None)
    value = part_value(part) if part else None
    if chart.shares and part and value is not None and not part.denominator:
        doubt = part.interval
        return share_text(value), interval_text(
            replace(part, denominator=1), replace(estimate, kind="share"), "Interval"
        ) if doubt else ""
    return cell(part, estimate)


def _points(chart: Chart, estimate: Estimate) -> tuple[dict[float, Mark], list[float]]:
    """Give the values of a curve in the order of its axis, and the places where a value is wanting."""
    found: dict[float, Mark] = {}
    gaps = []
    for part in estimate.breakdowns.get(chart.breakdown, ()):
        at, value = place_on_axis(part), part_value(part)
        if at is not None and value is None:
            gaps.append(at)
        elif at is not None and value is not None:
            found.setdefault(at, _written(chart, part, mark_of(part, value, estimate)))
    return dict(sorted(found.items())), gaps


def _written(chart: Chart, part: Part, mark: Mark) -> Mark:
    """Write a share that is among nothing as a percentage, where a curve is one of shares."""
    if not chart.shares or part.denominator:
        return mark
    return replace(mark, figure=share_text(mark.value), full=share_text(mark.value))


def _across(chart: Chart, drawn: Sequence[Mapping[float, Mark]]) -> Across:
    """Span the axis that the panels share: from zero, unless the values begin far from it."""
    every = sorted({at for points in drawn for at in points})
    low, high = every[0], every[-1]
    pad = _PAD * (high - low) or 1.0
    low, high = (0.0, high) if high and low <= high / 10 else (low - pad, high + pad)
    if chart.shares:
        low, high = 0.0, 1.0
    marks = tuple(at for at in dict.fromkeys(chart.marks) if at in every)
    if not marks:
        marks = tuple(every) if len(every) <= _FEW else (every[-1], every[0])
    up, label = (_begun(chart.axis), chart.label) if chart.shares else ("", "")
    unit = _begun(chart.across) if chart.shares else chart.across
    return Across(low, high, unit, marks, chart.references, up, label)


def _curves(chart: Chart, estimates: tuple[Estimate, ...]) -> tuple[Panel, ...]:
    """Draw one panel per measure, all over the same axis."""
    found = [(estimate, *_points(chart, estimate)) for estimate in estimates]
    series = [each for each in found if each[1]]
    if not series:
        return ()
    across = _across(chart, [points for _, points, _ in series])
    made = []
    for estimate, points, gaps in series:
        said = [f"{across.name(at)}: {points[at].said}" for at in sorted(across.marks) if at in points]
        text = f"{wording.plural(len(points), 'value')} from {across.name(min(points))} to {across.name(max(points))}. "
        text += f"{'; '.join(said)}."
        kind = "share" if chart.shares else estimate.kind
        wide, narrow = (curve(points, gaps, kind, across, width) for width in (WIDE, NARROW))
        made.append(Panel(wide, narrow, visible(text), estimate.title if len(series) > 1 else ""))
    return tuple(made)


def scale_of(chart: Chart, number: int) -> str:
    """Say how the scales of a chart of so many panels are to be read."""
    if chart.form == "curve" and chart.shares:
        return f"Across: the {chart.across}. Both scales run from 0 to 100\u202f%."
    if chart.form == "curve" and number > 1:
        return (
            f"Each panel has a scale of its own, which starts at zero; all share the axis of {chart.across}s."
        )
    if chart.signed:
        return "Bars begin at zero: to the right is more, to the left is less."
    return _SCALES.get(chart.form, "The scale starts at zero.").format(axis=chart.axis, across=chart.across)


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


_OTHERS: Mapping[str, Callable[[Chart, tuple[Estimate, ...]], tuple[Panel, ...]]] = {
    "areas": area_panels,
    "curve": _curves,
    "curves": compared_panels,
    "det": det_panels,
    "dots": dot_panels,
    "matrix": matrix_panels,
}
"""The forms that have a function of their own."""

_TABLES: Mapping[str, Callable[[Chart, tuple[Estimate, ...]], Tabled | None]] = {
    "areas": area_table,
    "curves": compared_table,
    "det": det_table,
}
"""The forms whose table has a function of its own."""

_SCALES = {
    "areas": "Shades stand for classes and not for a scale; no name, no street and no place on the earth is drawn.",
    "curves": "Across: the {across}. Both scales run from 0 to 100\u202f%.",
    "det": (
        "Across: the {across}. Both scales are those of the normal distribution, on which 0 and 100\u202f% have no place: a rate of 0 lies on "
        "the edge. The band holds the intervals of the {axis} at each threshold; on the dashed line both rates are equal."
    ),
    "matrix": (
        "Shades lie on a logarithmic scale of a factor of ten at least; a cell with a dashed edge has no shade and no error. Cells with a "
        "frame are of two people of one group. Each pair of two groups stands twice."
    ),
    "dots": (
        "The scale is logarithmic: half lies as far from 1 as twice. A filled dot has an interval, an open one has none; an interval with "
        "the head of an arrow goes on."
    ),
}
