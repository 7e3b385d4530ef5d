"""Takes the rates of pairs of groups from an estimate, for a matrix of them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from answerable import wording
from answerable.estimate import Estimate, Part
from answerable.harmless import visible
from answerable.programmes.section import BETWEEN, Chart
from answerable.report.canvas import NARROW, WIDE
from answerable.report.figures import part_value
from answerable.report.matrix import Cell, matrix
from answerable.report.panel import Panel

__all__ = ["MOST_GROUPS", "matrix_panels"]

MOST_GROUPS = 12
"""Of more groups, those with the most comparisons are drawn."""

_SAID = 24  # pairs that are told one by one to who cannot see them
_TWO = 2
_PERCENT = 100.0
_UNITS = (("in %", _PERCENT), ("per 10,000", 1e4), ("per million", 1e6), ("per 100 million", 1e8))
_SHORT = 0.01  # a number below which more digits are zeros than not


def matrix_panels(chart: Chart, estimates: Sequence[Estimate]) -> tuple[Panel, ...]:
    """Draw a matrix for each measure; nothing to draw gives no panel."""
    made = [
        _panel(
            estimate,
            estimate.breakdowns.get(chart.breakdown, ()),
            estimate.title if len(estimates) > 1 else "",
        )
        for estimate in estimates
    ]
    return tuple(panel for panel in made if panel)


def _panel(estimate: Estimate, parts: Sequence[Part], subtitle: str) -> Panel | None:
    named = [(names, part) for part in parts if (names := _names(part)) and part_value(part) is not None]
    if not named:
        return None
    every = list(dict.fromkeys(name for names, _ in named for name in names))
    groups = _largest(every, named)
    place = {name: at for at, name in enumerate(groups)}
    unit, scale = _unit([part_value(part) or 0.0 for _, part in named])
    cells: dict[tuple[int, int], Cell] = {}
    said = []
    for (one, other), part in named:
        if one in place and other in place:
            first, second = sorted((place[one], place[other]))
            cells.setdefault((first, second), _cell(part, scale))
            said.append((part_value(part) or 0.0, f"{part.label}: {estimate.part_figure(part)}"))
    if not cells:
        return None
    wide, narrow = (
        matrix([visible(group) for group in groups], cells, unit, width) for width in (WIDE, NARROW)
    )
    notes = []
    if len(groups) < len(every):
        notes.append(
            f"The {len(groups)} groups with the most comparisons are drawn, of {wording.count(len(every))}."
        )
    if len(parts) > len(named):
        notes.append(
            f"{wording.plural(len(parts) - len(named), 'row')} of the table, without a rate or not of two groups, are not drawn."
        )
    note = " ".join(notes)
    return Panel(wide, narrow, visible(f"{_description(said)} {note}".strip()), subtitle, note)


def _names(part: Part) -> tuple[str, str] | None:
    """Read the two groups of a label; None where it does not name two."""
    names = part.label.split(BETWEEN)
    return (names[0], names[1]) if len(names) == _TWO else None


def _largest(every: Sequence[str], named: Sequence[tuple[tuple[str, str], Part]]) -> list[str]:
    """Give the groups with the most comparisons, in the order in which they came."""
    if len(every) <= MOST_GROUPS:
        return list(every)
    sizes = dict.fromkeys(every, 0.0)
    for names, part in named:
        for name in set(names):
            sizes[name] += part.denominator or 0
    kept = sorted(every, key=lambda name: -sizes[name])[:MOST_GROUPS]
    return [name for name in every if name in kept]


def _unit(rates: Sequence[float]) -> tuple[str, float]:
    """Choose what rates are written in where there is no room for a sign: per cent, or of a larger number where they are small."""
    least = min((rate for rate in rates if rate > 0), default=1.0)
    return next((each for each in _UNITS if least * each[1] >= _SHORT), _UNITS[-1])


def _cell(part: Part, scale: float) -> Cell:
    """Write a cell in every way: rate, counts and interval; rate and counts; the counts on two lines; the rate, and without its sign."""
    rate, among = part_value(part) or 0.0, part.denominator or 0
    counts: tuple[str, ...] = ()
    if part.numerator is not None and among:
        counts = (f"{wording.count(part.numerator)} of", wording.count(among))
    one_line = (" ".join(counts),) if counts else ()
    doubt = (wording.span(part.interval.low, part.interval.high, "share"),) if part.interval else ()
    if not rate:
        none = one_line or ("0",)
        return Cell(0.0, ((*none, *doubt), none, counts or none, counts or none, ("0",)))
    figure = f"{_digits(rate, among, _PERCENT)}\u202f%"
    bare = _digits(rate, among, scale)
    return Cell(
        rate, ((figure, *one_line, *doubt), (figure, *one_line), (figure, *counts), (figure,), (bare,))
    )


def _digits(rate: float, among: float, scale: float) -> str:
    """Write the rate of a cell with two digits that are not 0, and no decimal that is finer than one case.

    Cells are compared with each other: with the digits of a report's sentences most false match rates would be ``0.1 %``.
    """
    digits = 1 - math.floor(math.log10(scale * rate))
    if among:
        digits = min(digits, math.ceil(math.log10(among / scale)))
    return f"{scale * rate:,.{max(0, digits)}f}"


def _description(said: Sequence[tuple[float, str]]) -> str:
    """Tell every pair, or of many the least and the greatest."""
    if len(said) <= _SAID:
        return "; ".join(text for _, text in said) + "."
    ordered = sorted(said, key=lambda each: each[0])
    return f"{wording.count(len(said))} pairs of groups, all in the table. Least, {ordered[0][1]}; greatest, {ordered[-1][1]}."
