"""Takes DET curves and the points on them from estimates, with a table of them at the powers of ten."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from answerable.estimate import Estimate, Part
from answerable.harmless import visible
from answerable.programmes.section import Chart
from answerable.report.canvas import NARROW, WIDE
from answerable.report.det import MOST_CURVES, Corner, Point, Trade, det
from answerable.report.figures import part_value
from answerable.report.panel import Panel, Tabled, cell, mark_of
from answerable.report.probit import rate_text

__all__ = ["as_shares", "at_decades", "det_panels", "det_table", "is_trade", "marked_parts"]

_DECADES = tuple(float(f"1e{power}") for power in range(-9, 0))


def as_shares(estimate: Estimate, chart: Chart) -> Estimate:
    """Read the parts of a curve as the shares that they are, whatever kind the measure itself is of."""
    return replace(estimate, kind="share", unit=chart.axis)


def is_trade(chart: Chart, breakdown: str) -> bool:
    """Tell whether a ``det`` draws a breakdown: its own, or one whose name goes on after a colon."""
    return breakdown == chart.breakdown or breakdown.startswith(f"{chart.breakdown}: ")


def _shown(chart: Chart, estimates: Sequence[Estimate]) -> list[Estimate]:
    """Keep the measures that are drawn in place of the others, where one of them has a curve."""
    first = [
        each
        for each in estimates
        if each.measure in chart.instead and any(is_trade(chart, name) for name in each.breakdowns)
    ]
    return first or [each for each in estimates if each.measure not in chart.instead]


def det_panels(chart: Chart, given: Sequence[Estimate]) -> tuple[Panel, ...]:
    """Draw all curves in one plot; nothing to draw gives no panel."""
    estimates = _shown(chart, given)
    every = [(name, parts, estimate) for name, parts, estimate in _curves(chart, estimates)]
    if not every:
        return ()
    shown = every[:MOST_CURVES]
    trades = [Trade(name, _corners(parts)) for name, parts, _ in shown]
    points = list(_points(chart, estimates))
    names = (_begun(chart.across), _begun(chart.axis))
    wide, narrow = (det(trades, points, names, width) for width in (WIDE, NARROW))
    note = f"The first {len(shown)} of {len(every)} curves are drawn." if len(every) > len(shown) else ""
    said = [f"{point.mark.label}: {point.mark.said}" for point in points]
    for name, parts, estimate in shown:
        own = as_shares(estimate, chart)
        at = "; ".join(f"{rate_text(rate)}: {own.part_figure(part)}" for rate, part in at_decades(parts))
        said.append(
            f"{name + ', ' if len(shown) > 1 else ''}{chart.axis} at a {chart.across} of at most {at or 'no round rate'}"
        )
    return (Panel(wide, narrow, visible(f"{'. '.join(said)}. {note}".strip()), "", note),)


def det_table(chart: Chart, estimates: Sequence[Estimate]) -> Tabled | None:
    """Set the curves side by side at the powers of ten, each figure in full; None where there is nothing to set."""
    shown = list(_curves(chart, _shown(chart, estimates)))
    held = [dict(at_decades(parts)) for _, parts, _ in shown]
    rates = sorted({rate for each in held for rate in each})
    if not rates:
        return None
    rows = [
        (
            rate_text(rate),
            tuple(
                cell(each.get(rate), as_shares(estimate, chart))
                for each, (*_, estimate) in zip(held, shown, strict=True)
            ),
        )
        for rate in rates
    ]
    head = tuple(name if len(shown) > 1 else _begun(chart.axis) for name, *_ in shown)
    return Tabled(head, tuple(rows), f"{_begun(chart.across)}, at most")


def at_decades(parts: Sequence[Part]) -> list[tuple[float, Part]]:
    """Give the part that holds at each power of ten: that of the greatest rate across that is not above it.

    A power of ten below the least rate across that is not 0 says what 0 says, and is left out.
    """
    known = [(at, part) for part in parts if (at := _rate(part)) is not None and part_value(part) is not None]
    least = min((at for at, _ in known if at > 0), default=math.inf)
    found = []
    for rate in _DECADES:
        if rate >= least:
            reached = max(at for at, _ in known if at <= rate)
            lowest = min(
                (part for at, part in known if at == reached), key=lambda part: part_value(part) or 0.0
            )
            found.append((rate, lowest))
    return found


def marked_parts(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Give the parts of a long curve that say most: those that hold at the powers of ten."""
    return tuple(dict.fromkeys(part for _, part in reversed(at_decades(parts))))


def _curves(chart: Chart, estimates: Sequence[Estimate]) -> Iterator[tuple[str, tuple[Part, ...], Estimate]]:
    """Give each curve's name, parts and estimate."""
    titled = len([each for each in estimates if any(is_trade(chart, name) for name in each.breakdowns)]) > 1
    for estimate in estimates:
        for name, parts in estimate.breakdowns.items():
            if is_trade(chart, name) and _corners(parts):
                own = name.removeprefix(chart.breakdown).removeprefix(": ")
                yield (
                    ", ".join(filter(None, (estimate.title if titled or not own else "", own))),
                    parts,
                    estimate,
                )


def _corners(parts: Sequence[Part]) -> tuple[Corner, ...]:
    """Give the least rate up for each rate across: between two corners the curve lies at the former's."""
    found: dict[float, Corner] = {}
    for part in parts:
        across, up = _rate(part), part_value(part)
        if across is None or up is None or not 0 <= up <= 1:
            continue
        if across not in found or up < found[across].up:
            interval = part.interval
            bounds = (interval.low, interval.high) if interval else (None, None)
            found[across] = Corner(across, up, *bounds)
    return tuple(found[across] for across in sorted(found))


def _rate(part: Part) -> float | None:
    """Read the rate that a part's label is: a number from 0 to 1, or None."""
    try:
        rate = float(part.label)
    except ValueError:
        return None
    return rate if 0 <= rate <= 1 else None


def _points(chart: Chart, estimates: Sequence[Estimate]) -> Iterator[Point]:
    """Give the points: measures without a curve that state the rate across as a parameter."""
    for estimate in estimates:
        target = estimate.parameters.get(chart.target)
        drawn = any(is_trade(chart, name) for name in estimate.breakdowns)
        if not isinstance(target, int | float) or (drawn and estimate.measure not in chart.instead):
            continue
        whole = Part(
            f"At {rate_text(target)}",
            estimate.value,
            estimate.numerator,
            estimate.denominator,
            estimate.interval,
        )
        yield Point(float(target), mark_of(whole, estimate.value, as_shares(estimate, chart)))


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
