"""Takes the ratios of groups from estimates, for a plot of dots."""

from __future__ import annotations

from collections.abc import Sequence

from answerable import wording
from answerable.estimate import Estimate, Part
from answerable.harmless import visible
from answerable.programmes.section import Chart
from answerable.report.canvas import NARROW, WIDE
from answerable.report.dots import Ratio, dots, span
from answerable.report.panel import Panel

__all__ = ["MOST_DOTS", "dot_panels"]

MOST_DOTS = 24
"""Of more parts, the first are drawn."""


def dot_panels(chart: Chart, estimates: Sequence[Estimate]) -> tuple[Panel, ...]:
    """Draw one panel per measure, all on one scale; nothing to draw gives no panel."""
    found = [(estimate, estimate.breakdowns.get(chart.breakdown, ())) for estimate in estimates]
    held = [
        (estimate, parts, [_ratio(part) for part in parts[:MOST_DOTS]])
        for estimate, parts in found
        if any(part.value is not None for part in parts[:MOST_DOTS])
    ]
    scale = span([ratio for *_, ratios in held for ratio in ratios])
    line = chart.references[0].label if chart.references else ""
    made = []
    for estimate, parts, ratios in held:
        wide, narrow = (dots(ratios, scale, line, width) for width in (WIDE, NARROW))
        left = len(parts) - len(ratios)
        note = f"The first {len(ratios)} of {wording.count(len(parts))} are drawn." if left else ""
        said = "; ".join(f"{ratio.label}: {ratio.figure}" for ratio in ratios)
        subtitle = estimate.title if len(held) > 1 else ""
        made.append(Panel(wide, narrow, visible(f"{said}. {note}".strip()), subtitle, note))
    return tuple(made)


def _ratio(part: Part) -> Ratio:
    """Make a row of a part; it says where there is no interval, and where there is no ratio."""
    interval = part.interval
    label = visible(part.label)
    if part.value is None:
        return Ratio(label, None, "no ratio can be told")
    if interval is None:
        return Ratio(label, part.value, f"{wording.quantity(part.value)}, no interval")
    figure = f"{wording.quantity(part.value)} ({wording.span(interval.low, interval.high, 'quantity')})"
    return Ratio(label, part.value, figure, interval.low, interval.high)
