"""Draws detection error trade-off (DET) curves: one error rate against the other, on the scales of the normal distribution.

Source: A. Martin, G. Doddington, T. Kamm, M. Ordowski & M. Przybocki, The DET curve in assessment of detection task
performance, Proc. Eurospeech (1997) 1895-1898.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from answerable.report.canvas import (
    BANDS,
    BAR,
    CURVES,
    GRID,
    LINE,
    MUTED,
    NARROW,
    Layer,
    Mark,
    Sketch,
    Words,
    cut,
    frame,
    text_width,
)
from answerable.report.det_labels import Plot, Spot, name_curves, name_equal, place_figures
from answerable.report.probit import HIGHER, Axis, decade, rate_text
from answerable.report.scale import whiskers
from answerable.report.texts import Text, written

__all__ = ["MOST_CURVES", "Corner", "Point", "Trade", "det"]

MOST_CURVES = len(CURVES)
"""More curves than this in one plot cannot be told apart."""

_HEAD, _FOOT, _LEFT, _RIGHT = 28, 48, 62, 18  # px about the plot
_ROW = 20  # px above the plot for each name that has no room in it
_TALL, _LOW = 300, 250  # px of the plot's height on a wide page and on a narrow one
_GAP = 8  # px between the names of two ticks
_SAMPLE = 28  # px of a curve beside its name above the plot
_DASHES: tuple[list[int], ...] = ([], [7, 3], [2, 3], [9, 3, 2, 3])
_ROUND = 0.1  # a rate above which an axis does not begin


@dataclass(frozen=True, slots=True)
class Corner:
    """A corner of a curve: the rate across, and the least rate up that comes with it, with its interval."""

    across: float
    up: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Trade:
    """One curve: its name where there are several, and its corners by ascending rate across, one for each."""

    name: str
    corners: tuple[Corner, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A point that a system is run at: where it lies across, and its mark up."""

    across: float
    mark: Mark


def det(trades: Sequence[Trade], points: Sequence[Point], names: tuple[str, str], width: int) -> Sketch:
    """Draw curves of errors.

    Args:
        trades: The curves, from one to `MOST_CURVES`, each with a corner at least.
        points: The points that a system is run at.
        names: What the axis across shows, and what the axis up shows.
        width: In px.
    """
    words = Words()
    plot = _plot(trades, points, width)
    x, y = plot.x.channel("x"), plot.y.channel("v")
    curves = [_rows(trade, plot) for trade in trades]
    spots = [_spot(point, plot) for point in points]
    layers = [*_grid(plot), *_equal(plot), *written(_names(plot, names), words)]
    for number, rows in enumerate(curves):
        layers += _band(rows, number, x, y, edges=len(curves) == 1)
    layers += [_line(rows, number, x, y) for number, rows in enumerate(curves)]
    layers += _dots(spots, x, y)
    figures = place_figures(spots, curves, plot)
    taken = [box for spot in spots for box in plot.dot(spot)] + [each.box for each in figures]
    several = [trade.name for trade in trades] if len(trades) > 1 else []
    named = name_curves(several, curves, plot, taken)
    taken += [box for rows in curves for box in (*plot.steps(rows), *plot.band(rows))]
    taken += [each.box for each in named]
    texts = [Text(each.text, each.x, each.y, "center") for each in (*figures, *named)]
    texts += [Text(each.text, each.x, each.y, "center", MUTED) for each in name_equal(plot, taken)]
    keyed = [] if named else several
    layers += [_sample(number, y) for number, y in enumerate(_key_rows(keyed))]
    beside = _SAMPLE + _GAP
    texts += [
        Text(cut(name, width - beside), beside - _LEFT, y, "left")
        for name, y in zip(keyed, _key_rows(keyed), strict=True)
    ]
    layers += written(texts, words)
    head = _HEAD + _ROW * len(keyed)
    margin = {"left": _LEFT, "right": _RIGHT, "top": head, "bottom": _FOOT}
    spec = frame(layers, [{}], (plot.x.length, plot.y.length), margin)
    return Sketch(spec, tuple(words.words), width, head + plot.y.length + _FOOT)


def _plot(trades: Sequence[Trade], points: Sequence[Point], width: int) -> Plot:
    """Span both axes: from the decade of the least rate that is not 0, to 50 % or as far up as curves and points go."""
    corners = [corner for trade in trades for corner in trade.corners]
    across = [corner.across for corner in corners] + [point.across for point in points]
    up = [corner.up for corner in corners] + [point.mark.value for point in points]
    # A rate of 0 up lies on the edge; its interval reaches into the plot.
    doubts = [corner.high for corner in corners if corner.high is not None]
    low_x, low_y = (
        min([_ROUND, *(decade(rate) for rate in rates if 0 < rate < 1)]) for rates in (across, [*up, *doubts])
    )
    # Across, every curve ends where everything matches, at 1: it is the points that may need more than 50 %.
    high_x, high_y = (
        next((end for end in HIGHER if max(rates, default=0.0) <= end), HIGHER[-1])
        for rates in ([point.across for point in points], up)
    )
    tall = _LOW if width == NARROW else _TALL
    return Plot(Axis(low_x, high_x, width - _LEFT - _RIGHT), Axis(low_y, high_y, tall))


def _rows(trade: Trade, plot: Plot) -> list[dict[str, Any]]:
    """Place the corners, from the left end of the axis to its right end; each holds up to the next."""
    x, y = plot.x, plot.y
    before = [corner for corner in trade.corners if corner.across <= x.low][-1:]
    inside = [corner for corner in trade.corners if x.low < corner.across < x.high]
    placed = [(x.low, each) for each in before] + [(each.across, each) for each in inside]
    placed += [(x.high, each) for each in (*before, *inside)[-1:]]
    rows: list[dict[str, Any]] = []
    run = 0
    for across, corner in placed:
        held = corner.low is not None and corner.high is not None
        if rows and held != (rows[-1]["high"] is not None):
            run += 1  # a band does not bridge what has no interval
        bounds = (
            {"low": y.at(corner.low or 0.0), "high": y.at(corner.high or 0.0)}
            if held
            else {"low": None, "high": None}
        )
        rows.append({"x": x.at(across), "v": y.at(corner.up), **bounds, "run": run})
    return rows


def _spot(point: Point, plot: Plot) -> Spot:
    mark = point.mark
    low, high = (None if bound is None else plot.y.at(bound) for bound in (mark.low, mark.high))
    texts = (f"{mark.label}: {mark.figure}", mark.figure, mark.figure.partition(" (")[0])
    return Spot(plot.x.at(point.across), plot.y.at(mark.value), low, high, texts)


def _grid(plot: Plot) -> Iterator[Layer]:
    """Draw the ticks of both axes."""
    room, tall = plot.x.length, plot.y.length
    yield {
        "data": {"values": [{"x": plot.x.at(tick)} for tick in plot.x.ticks]},
        "mark": {"type": "rule", "color": GRID, "y": 0, "y2": tall},
        "encoding": {"x": plot.x.channel("x")},
    }
    yield {
        "data": {"values": [{"v": plot.y.at(tick)} for tick in plot.y.ticks]},
        "mark": {"type": "rule", "color": GRID, "x": 0, "x2": room},
        "encoding": {"y": plot.y.channel("v")},
    }


def _names(plot: Plot, names: tuple[str, str]) -> Iterator[Text]:
    """Name the ticks, and the axes."""
    room, tall = plot.x.length, plot.y.length
    taken = math.inf
    for tick in reversed(plot.x.ticks):  # decades crowd at the lower end: the higher have their names first
        text, at = rate_text(tick), plot.x.px(plot.x.at(tick))
        if at + text_width(text) / 2 + _GAP <= taken:
            taken = at - text_width(text) / 2
            yield Text(text, at, tall + 17, "center", MUTED)
    for tick in plot.y.ticks:
        yield Text(rate_text(tick), -8, tall - plot.y.px(plot.y.at(tick)), "right", MUTED)
    yield Text(cut(names[0], room + _LEFT), room, tall + 37, "right")
    yield Text(cut(names[1], room + _LEFT), -_LEFT, -16, "left")


def _equal(plot: Plot) -> Iterator[Layer]:
    yield {
        "data": {"values": [{"x": x, "v": v} for x, v in plot.equal()]},
        "mark": {"type": "line", "color": MUTED, "strokeWidth": 0.75, "strokeDash": [4, 3]},
        "encoding": {"x": plot.x.channel("x"), "y": plot.y.channel("v")},
    }


def _band(
    rows: list[dict[str, Any]], number: int, x: dict[str, Any], y: dict[str, Any], *, edges: bool
) -> Iterator[Layer]:
    """Draw the band of a curve's intervals; of a lone curve with its edges."""
    held = [row for row in rows if row["high"] is not None]
    if not held:
        return
    both = {"x": x, "detail": {"field": "run"}}
    yield {
        "data": {"values": held},
        "mark": {"type": "area", "color": BANDS[number], "interpolate": "step-after"},
        "encoding": {**both, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
    }
    for bound in ("low", "high") if edges else ():
        yield {
            "data": {"values": held},
            "mark": {"type": "line", "color": BAR, "strokeWidth": 0.75, "interpolate": "step-after"},
            "encoding": {**both, "y": {**y, "field": bound}},
        }


def _line(rows: list[dict[str, Any]], number: int, x: dict[str, Any], y: dict[str, Any]) -> Layer:
    mark = {"type": "line", **_stroke(number), "interpolate": "step-after"}
    return {"data": {"values": rows}, "mark": mark, "encoding": {"x": x, "y": y}}


def _stroke(number: int) -> dict[str, Any]:
    """Give the paint and the dashes of a curve: one can be told from the others without colours."""
    dash = _DASHES[number]
    return {"color": CURVES[number], "strokeWidth": 2} | ({"strokeDash": dash} if dash else {})


def _dots(spots: Sequence[Spot], x: dict[str, Any], y: dict[str, Any]) -> list[Layer]:
    if not spots:
        return []
    rows = [{"x": each.x, "v": each.v, "low": each.low, "high": each.high} for each in spots]
    dot = {"type": "circle", "color": LINE, "size": 50, "opacity": 1}
    return [
        *whiskers(rows, x, y),
        {"data": {"values": rows}, "mark": dot, "encoding": {"x": x, "y": y}},
    ]


def _key_rows(names: Sequence[str]) -> list[float]:
    """Give the rows above the plot in which curves are named that have no room for their names in it."""
    return [_ROW * (number - len(names)) - _HEAD + _ROW / 2 for number in range(len(names))]


def _sample(number: int, y: float) -> Layer:
    """Draw a piece of a curve's line, to stand beside its name."""
    ends = {"x": {"value": -_LEFT}, "x2": {"value": _SAMPLE - _LEFT}, "y": {"value": y}}
    return {"data": {"values": [{}]}, "mark": {"type": "rule", **_stroke(number)}, "encoding": ends}
