"""Draws a curve: values over a number, with their intervals, labelled at chosen marks.

Many values are a line with a band for their intervals, few are dots with whiskers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, product
from typing import Any

from answerable.programmes.section import Reference
from answerable.report.across import Across
from answerable.report.canvas import (
    BAND,
    BAR,
    GRID,
    INK,
    LINE,
    MUTED,
    TEXT,
    Layer,
    Mark,
    Sketch,
    Words,
    cut,
    frame,
    text_width,
    wrap,
)
from answerable.report.labels import Box, Placed, place
from answerable.report.scale import grid, ticks, whiskers

__all__ = ["curve"]

_HEAD, _ROW, _FOOT, _LEFT = 24, 18, 28, 46  # px; a row above the head per reference
_TALL, _RIGHT = 150, 12  # px of the plot's height, and beside it
_TALL_SHARES, _RIGHT_SHARES = 210, 26  # the same of shares, whose axis has a name at its very end
_FEW = 24  # up to so many values are dots of their own
_DOT = 5  # px that a dot and its halo reach
_NEAR = 13  # px above or below a dot in which a label would be read as that dot's
_PIECE = 4  # px of a line that are taken together where labels look for room
_APART = 10  # px between the names of two marks
_ENOUGH = 3  # labels in full; where fewer have room, the percentages are left to the axis
_LEADING = 15  # px between the lines of the name of an axis
_BESIDE = 6  # px between a reference's rule and its label


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where values lie in px: x from the left, y from the top."""

    across: Across
    room: int
    right: int
    tall: int
    top: float

    def x(self, at: float) -> float:
        return self.room * (at - self.across.low) / (self.across.high - self.across.low)

    def y(self, value: float) -> float:
        return self.tall * (1 - value / self.top)

    def back(self, placed: Placed) -> tuple[float, float]:
        """Give the values that lie at a place in px."""
        across = self.across
        at = across.low + placed.x / self.room * (across.high - across.low)
        return at, self.top * (1 - placed.y / self.tall)


def curve(
    points: Mapping[float, Mark], gaps: Sequence[float], kind: str, across: Across, width: int
) -> Sketch:
    """Draw values over an axis.

    Args:
        points: The values in the order of the axis.
        gaps: Where on the axis there should be a value and is none: the line is broken there.
        kind: The kind of the estimate.
        across: The axis.
        width: In px.
    """
    words = Words()
    right, tall = (_RIGHT_SHARES, _TALL_SHARES) if across.shares else (_RIGHT, _TALL)
    room = width - _LEFT - right
    steps = ticks(1.0 if across.shares else max(mark.end for mark in points.values()))
    plot = _Plot(across, room, right, tall, steps[-1])
    references = [each for each in across.references if across.low <= each.at <= across.high]
    rows = _rows(points, gaps)
    x = _channel("x", across.low, across.high)
    y = _channel("v", 0, steps[-1])
    few = len(points) <= _FEW
    below = wrap(across.unit, room + _LEFT) if across.shares else []
    layers: list[Layer] = [
        *_marks(steps if across.shares else across.marks, plot, words, x),
        *_titles(across.up, below, plot, words),
        *grid(steps, kind, words, y, room),
        *_references(references, plot, words, x),
        *([] if few else _band(rows, x, y)),
        _line(x, y, 1.25 if few else 2),
        *(whiskers(rows, x, y) if few else ()),
        _dots(rows, across, x, y, few=few),
        _labels(_placed(points, rows, references, plot, few=few), plot, words, x, y),
    ]
    head, foot = _HEAD + _ROW * len(references), _FOOT + _LEADING * len(below)
    margin = {"left": _LEFT, "right": right, "top": head, "bottom": foot}
    spec = frame(layers, rows, (room, tall), margin)
    return Sketch(spec, tuple(words.words), width, head + tall + foot)


def _channel(field: str, low: float, high: float) -> dict[str, Any]:
    scale = {"domain": [low, high], "nice": False, "zero": False}
    return {"type": "quantitative", "axis": None, "field": field, "scale": scale}


def _rows(points: Mapping[float, Mark], gaps: Sequence[float]) -> list[dict[str, Any]]:
    """Place each value; the run's number changes at each gap, where the line is broken."""
    return [
        {"x": at, "v": mark.value, "low": mark.low, "high": mark.high, "run": sum(gap < at for gap in gaps)}
        for at, mark in points.items()
    ]


def _titles(above: str, below: Sequence[str], plot: _Plot, words: Words) -> Iterator[Layer]:
    """Name the axes within the drawing: the values above it, the axis across below it."""
    places = [(above, -_LEFT, -_HEAD + 8, "left")] if above else []
    places += [(line, plot.room, plot.tall + 35 + _LEADING * at, "right") for at, line in enumerate(below)]
    for line, left, down, align in places:
        mark = {**TEXT, "align": align, "color": INK, "x": left, "y": down}
        values = [{"text": words.token(cut(line, plot.room + _LEFT))}]
        yield {"data": {"values": values}, "mark": mark, "encoding": {"text": {"field": "text"}}}


def _marks(wanted: Sequence[float], plot: _Plot, words: Words, x: dict[str, Any]) -> list[Layer]:
    """Draw a rule at each mark, and name below it as many as there is room for."""
    across = plot.across
    marks = [at for at in wanted if across.low <= at <= across.high]
    named: list[tuple[float, float]] = []
    names = []
    for at in marks:
        half = text_width(across.name(at)) / 2
        middle = min(max(plot.x(at), half - _LEFT), plot.room + plot.right - half)
        if all(middle + half + _APART <= left or middle - half >= right + _APART for left, right in named):
            named.append((middle - half, middle + half))
            names.append({"x": plot.back(Placed("", middle, 0))[0], "text": words.token(across.name(at))})
    rule = {"type": "rule", "color": GRID, "y": 0, "y2": plot.tall}
    text = {**TEXT, "align": "center", "color": MUTED, "y": plot.tall + 16}
    return [
        {"data": {"values": [{"x": at} for at in marks]}, "mark": rule, "encoding": {"x": x}},
        {"data": {"values": names}, "mark": text, "encoding": {"x": x, "text": {"field": "text"}}},
    ]


def _references(
    references: Sequence[Reference], plot: _Plot, words: Words, x: dict[str, Any]
) -> Iterator[Layer]:
    """Draw a dashed rule for each reference, with its label in a row of its own above the plot."""
    for row, each in enumerate(sorted(references, key=lambda one: one.at)):
        y = _ROW * (row - len(references)) - _HEAD + _ROW / 2
        at, edge = plot.x(each.at), plot.room + plot.right
        text = cut(each.label, edge + _LEFT)
        wide = text_width(text)
        top = y - _ROW / 2 + 2
        if at + _BESIDE + wide <= edge:
            left = at + _BESIDE
        elif at - _BESIDE - wide >= -_LEFT:
            left = at - _BESIDE - wide
        else:  # on a narrow page it has no room on either side of its rule, which then begins beneath it
            left, top = edge - wide, y + _ROW / 2
        label = {**TEXT, "align": "left", "color": INK, "x": round(left, 2), "y": y}
        rule = {"type": "rule", "color": LINE, "strokeDash": [4, 3], "y": top, "y2": plot.tall}
        yield {"data": {"values": [{"x": each.at}]}, "mark": rule, "encoding": {"x": x}}
        yield {
            "data": {"values": [{"text": words.token(text)}]},
            "mark": label,
            "encoding": {"text": {"field": "text"}},
        }


def _band(rows: list[dict[str, Any]], x: dict[str, Any], y: dict[str, Any]) -> list[Layer]:
    held = [row for row in rows if row["high"] is not None]
    if not held:
        return []
    fill: Layer = {
        "data": {"values": held},
        "mark": {"type": "area", "color": BAND},
        "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, "detail": {"field": "run"}},
    }
    edges: list[Layer] = [
        {
            "data": {"values": held},
            "mark": {"type": "line", "color": BAR, "strokeWidth": 0.75},
            "encoding": {"x": x, "y": {**y, "field": bound}, "detail": {"field": "run"}},
        }
        for bound in ("low", "high")
    ]
    return [fill, *edges]


def _line(x: dict[str, Any], y: dict[str, Any], thick: float) -> Layer:
    return {
        "mark": {"type": "line", "color": BAR, "strokeWidth": thick},
        "encoding": {"x": x, "y": y, "detail": {"field": "run"}},
    }


def _dots(
    rows: list[dict[str, Any]], across: Across, x: dict[str, Any], y: dict[str, Any], *, few: bool
) -> Layer:
    """Draw a dot for each of few values; of many, at the marks and where a value stands alone between two gaps."""
    runs = [row["run"] for row in rows]
    dots = [row for row in rows if few or row["x"] in across.marks or runs.count(row["run"]) == 1]
    mark = {"type": "circle", "color": BAR, "size": 38, "opacity": 1}
    return {"data": {"values": dots}, "mark": mark, "encoding": {"x": x, "y": y}}


def _placed(
    points: Mapping[float, Mark],
    rows: list[dict[str, Any]],
    references: Sequence[Reference],
    plot: _Plot,
    *,
    few: bool,
) -> list[Placed]:
    """Place the marks' figures: in full, or without the percentage where more of them have room so.

    Where no figure has room beside its own dot alone, one is placed that says which mark it belongs to.
    """
    marks = [at for at in plot.across.marks if at in points]
    dots = points if few else marks
    hard = [*_solid(rows, plot), *(_dot(at, points[at].value, plot, _DOT) for at in dots)]
    doubts = list(_doubts(rows, plot, _DOT if few else _PIECE / 2))
    # A rule of a reference may run through a label that has no other place; so may a band, and the foot of the plot.
    soft = [Box(plot.x(one.at) - 1, -_HEAD, plot.x(one.at) + 1, plot.tall) for one in references]
    soft += [Box(0, plot.tall - 2, plot.room + plot.right, plot.tall + 8), *([] if few else doubts)]
    whiskered = doubts if few else []
    top = 2 if plot.across.shares else 2 - _HEAD  # above the plot of shares stands the name of the values
    within = Box(2, top, plot.room + plot.right, plot.tall + 7)

    texts = {at: plot.across.labels(at, points[at].figure) for at in marks}

    def tried(ways: slice) -> list[Placed]:
        placed: list[Placed] = []
        for at in marks:
            # Above or below another dot a label would be read as that one's.
            others = [_dot(one, points[one].value, plot, _NEAR) for one in dots if one != at]
            taken = [*hard, *whiskered, *others, *(each.box for each in placed)]
            wishes = (Placed(text, plot.x(at), plot.y(points[at].value)) for text in texts[at][ways])
            placed += islice((found for wish in wishes for found in place(wish, taken, soft, within)), 1)
        return placed

    def named() -> Iterator[Placed]:
        for way, at in product((0, 1), marks):
            text = texts[at][way]
            wish = Placed(f"{plot.across.name(at)}: {text}", plot.x(at), plot.y(points[at].value))
            yield from place(wish, hard, [*soft, *whiskered], within)

    if plot.across.shares:
        return tried(slice(None))  # each as fully as it has room
    long, brief = tried(slice(1)), tried(slice(1, 2))
    found = brief if len(brief) > len(long) + 1 or len(long) < min(_ENOUGH, len(brief)) else long
    return found or list(islice(named(), 1))


def _dot(at: float, value: float, plot: _Plot, reach: float) -> Box:
    x, y = plot.x(at), plot.y(value)
    return Box(x - _DOT, y - reach, x + _DOT, y + reach)


def _doubts(rows: list[dict[str, Any]], plot: _Plot, reach: float) -> Iterator[Box]:
    """Cover each interval, ``reach`` px to either side."""
    for row in rows:
        if row["high"] is not None:
            at = plot.x(row["x"])
            yield Box(at - reach, plot.y(row["high"]) - 2, at + reach, plot.y(row["low"]) + 2)


def _solid(rows: list[dict[str, Any]], plot: _Plot) -> Iterator[Box]:
    """Cover the line with small boxes."""
    for one, two in pairwise(rows):
        if one["run"] != two["run"]:
            continue
        start, end = plot.x(one["x"]), plot.x(two["x"])
        pieces = max(1, round((end - start) / _PIECE))
        for piece in range(pieces):
            shares = (piece / pieces, (piece + 1) / pieces)
            left, right = (start + (end - start) * share for share in shares)
            heights = [plot.y(one["v"] + (two["v"] - one["v"]) * share) for share in shares]
            yield Box(left, min(heights) - 1, right, max(heights) + 1)


def _labels(
    placed: Sequence[Placed], plot: _Plot, words: Words, x: dict[str, Any], y: dict[str, Any]
) -> Layer:
    values = []
    for each in placed:
        at, value = plot.back(each)
        values.append({"x": at, "v": value, "text": words.token(each.text)})
    return {
        "data": {"values": values},
        "mark": {**TEXT, "align": "center", "color": INK},
        "encoding": {"x": x, "y": y, "text": {"field": "text"}},
    }
