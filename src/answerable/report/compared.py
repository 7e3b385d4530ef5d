"""Takes curves that share one plot from an estimate: which are drawn, what is said of the others, and a table of every value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from answerable import wording
from answerable.estimate import Estimate, Part
from answerable.harmless import visible
from answerable.programmes.section import Chart
from answerable.report.across import share_text
from answerable.report.canvas import NARROW, WIDE
from answerable.report.figures import interval_head, part_value
from answerable.report.panel import Panel, Tabled, cell
from answerable.report.together import MOST_CURVES, Curve, together
from answerable.report.trades import as_shares, is_trade

__all__ = ["compared_panels", "compared_table", "nearest"]

_ALIKE = 0.004  # of the whole: values that lie about a pixel apart at the most are drawn on top of each other


@dataclass(frozen=True, slots=True)
class _Held:
    """A curve of an estimate: its name, and its parts by the share across that their labels state."""

    name: str
    parts: dict[float, Part]
    estimate: Estimate

    @property
    def values(self) -> dict[float, float]:
        return {at: value for at, part in self.parts.items() if (value := part_value(part)) is not None}


def _held(chart: Chart, estimates: Sequence[Estimate]) -> list[_Held]:
    """Give the curves of the breakdowns whose names go on from the chart's after a colon."""
    found = []
    for estimate in estimates:
        own = as_shares(estimate, chart)
        for name, parts in estimate.breakdowns.items():
            placed = {at: part for part in parts if (at := _share(part)) is not None}
            if is_trade(chart, name) and placed:
                label = name.removeprefix(chart.breakdown).removeprefix(": ") or estimate.title
                found.append(_Held(label, dict(sorted(placed.items())), own))
    return found


def _share(part: Part) -> float | None:
    """Read the share across that a part's label is, or None."""
    try:
        at = float(part.label)
    except ValueError:
        return None
    return at if 0 <= at <= 1 else None


def compared_panels(chart: Chart, estimates: Sequence[Estimate]) -> tuple[Panel, ...]:
    """Draw all curves in one plot: the first with its intervals, then as many others as can be told apart."""
    held = _held(chart, estimates)
    rivals = [each for each in held if each.name != chart.even and len(each.values) > 1]
    if not rivals:
        return ()
    drawn, notes = _chosen(rivals)
    even = next((each.name for each in held if each.name == chart.even), "")
    curves = [_curve(each, chart if each is drawn[0] else None) for each in drawn]
    if curves[0].bounds:
        others = "; those of the others are in the table" if len(held) > 1 else ""
        head = interval_head(list(drawn[0].parts.values()))
        notes.insert(0, f"The band holds each {head} of {drawn[0].name}{others}.")
    if even:
        notes.append(
            f"The straight dashed line is {even}: on average it holds the share that it is of the whole."
        )
    names = (_begun(chart.across), _begun(chart.axis))
    wide, narrow = (together(curves, even, names, width) for width in (WIDE, NARROW))
    said = [f"{each.name}: {_told(each, chart)}" for each in held]
    note = " ".join(notes)
    return (Panel(wide, narrow, visible(f"{'. '.join(said)}. {note}"), "", note),)


def _chosen(rivals: Sequence[_Held]) -> tuple[list[_Held], list[str]]:
    """Choose the curves that are drawn, and say which are not and why."""
    drawn: list[_Held] = []
    notes: list[str] = []
    left: list[str] = []
    for each in rivals:
        twin = next((one for one in drawn if _alike(one, each)), None)
        if twin is not None:
            notes.append(f"The curve of {each.name} lies on that of {twin.name}.")
        elif len(drawn) < MOST_CURVES:
            drawn.append(each)
        else:
            left.append(each.name)
    if left:
        notes.append(f"Not drawn, and in the table: {wording.listing(left, most=len(left))}.")
    return drawn, notes


def _alike(one: _Held, other: _Held) -> bool:
    """Tell whether two curves cannot be told apart where both are drawn."""
    return one.values.keys() == other.values.keys() and all(
        abs(value - other.values[at]) <= _ALIKE for at, value in one.values.items()
    )


def _curve(held: _Held, marked: Chart | None) -> Curve:
    """Make a curve; the one that is marked has its intervals and the labels of its marks."""
    points = tuple(held.values.items())
    if marked is None:
        return Curve(held.name, points)
    known = [part.interval for at, part in held.parts.items() if at in held.values]
    bounds = tuple(
        (found.low, found.high) if found else (value, value)
        for found, (_, value) in zip(known, points, strict=True)
    )
    marks = tuple(
        (
            at,
            marked.label.replace("{at}", share_text(at)).replace("{value}", share_text(held.values[at])),
        )
        for at in nearest(marked.marks, held.values)
    )
    return Curve(held.name, points, bounds if any(known) else (), marks)


def nearest(marks: Sequence[float], places: Sequence[float] | dict[float, float]) -> list[float]:
    """Give the place that lies nearest to each mark, each once: a list of 3 % of 661 areas is of 3.03 %."""
    return list(dict.fromkeys(min(places, key=lambda at: abs(at - mark)) for mark in marks))


def _told(held: _Held, chart: Chart) -> str:
    """Tell a curve's values at the marks, each in full."""
    return "; ".join(
        f"{share_text(at)}: {held.estimate.part_figure(held.parts[at])}"
        for at in sorted(nearest(chart.marks, held.values))
    )


def compared_table(chart: Chart, estimates: Sequence[Estimate]) -> Tabled | None:
    """Set every value of every curve side by side, also of those that are not drawn, each with its interval."""
    held = _held(chart, estimates)
    places = sorted({at for each in held for at in each.values})
    if not places:
        return None
    rows = tuple(
        (share_text(at), tuple(cell(each.parts.get(at), each.estimate) for each in held)) for at in places
    )
    return Tabled(
        tuple(_begun(each.name) for each in held), rows, chart.across, "The same in numbers, every curve"
    )


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
