"""Takes a map from an estimate: the shapes of a breakdown's parts, the key to them, and a table for who cannot see them."""

from __future__ import annotations

from collections.abc import Sequence

from answerable import wording
from answerable.estimate import Estimate
from answerable.harmless import visible
from answerable.outlines import Outlines
from answerable.programmes.section import Chart
from answerable.report.areas import MOST_CLASSES, areas
from answerable.report.canvas import NARROW, WIDE
from answerable.report.panel import Panel, Tabled, cell

__all__ = ["area_panels", "area_table", "missing_map"]


def _drawn(chart: Chart, estimates: Sequence[Estimate]) -> tuple[Estimate, Outlines] | None:
    """Give the first measure that has shapes for the chart's breakdown, or says why it has none."""
    for estimate in estimates:
        found = estimate.outlines
        if found is not None and found.breakdown == chart.breakdown:
            return estimate, found
    return None


def missing_map(chart: Chart, estimates: Sequence[Estimate]) -> str:
    """Say why no map is drawn, as a sentence; empty where one is."""
    found = _drawn(chart, estimates) if chart.form == "areas" else None
    return f"No map is drawn. {found[1].missing}" if found and found[1].missing else ""


def area_panels(chart: Chart, estimates: Sequence[Estimate]) -> tuple[Panel, ...]:
    """Draw the map; nothing to draw gives no panel."""
    found = _drawn(chart, estimates)
    if found is None or found[1].missing:
        return ()
    estimate, outlines = found
    parts = estimate.breakdowns.get(chart.breakdown, ())[:MOST_CLASSES]
    key = [(visible(part.label), wording.plural(part.numerator or 0, chart.across)) for part in parts]
    wide, narrow = (areas(outlines, key, _begun(chart.axis), width) for width in (WIDE, NARROW))
    said = []
    for label, cells in _rows(chart, estimate):
        others = (
            f"{name}: {figure}" for name, (figure, _) in zip(_columns(chart, estimate), cells, strict=True)
        )
        said.append(f"{label}, {'; '.join(others)}")
    note = " ".join(outlines.notes)
    return (Panel(wide, narrow, visible(f"{'. '.join(said)}. {note}".strip()), "", note),)


def area_table(chart: Chart, estimates: Sequence[Estimate]) -> Tabled | None:
    """Set how many lie in each class, and in a column of its own each breakdown that goes on after a colon."""
    found = _drawn(chart, estimates)
    if found is None:
        return None
    estimate, _ = found
    return Tabled(
        tuple(map(_begun, _columns(chart, estimate))),
        tuple(_rows(chart, estimate)),
        chart.breakdown,
        "The same in numbers",
    )


def _names(chart: Chart, estimate: Estimate) -> list[str]:
    return [
        name
        for name in estimate.breakdowns
        if name == chart.breakdown or name.startswith(f"{chart.breakdown}: ")
    ]


def _columns(chart: Chart, estimate: Estimate) -> list[str]:
    """Name what is counted: of the chart's own breakdown as the chart does, of another as its name ends."""
    return [
        name.removeprefix(chart.breakdown).removeprefix(": ") or f"{chart.across}s"
        for name in _names(chart, estimate)
    ]


def _rows(chart: Chart, estimate: Estimate) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    columns = [{part.label: part for part in estimate.breakdowns[name]} for name in _names(chart, estimate)]
    labels = dict.fromkeys(label for column in columns for label in column)
    return [
        (visible(label), tuple(cell(column.get(label), estimate) for column in columns)) for label in labels
    ]


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
