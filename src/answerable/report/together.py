"""Draws several curves of shares in one plot, each with its name beside it; one has a band, and a dashed line says what chance would give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from answerable.report.across import share_text
from answerable.report.canvas import (
    BAND,
    BAR,
    CURVES,
    GRID,
    INK,
    LINE,
    MUTED,
    NARROW,
    Layer,
    Sketch,
    Words,
    cut,
    frame,
    wrap,
)
from answerable.report.labels import Box, Placed, place
from answerable.report.names import Leader, Name, Named, Point, Room, pieces, place_far, place_names
from answerable.report.scale import ticks
from answerable.report.texts import Text, written

__all__ = ["MOST_CURVES", "Curve", "together"]

MOST_CURVES = len(CURVES)
"""More curves than this in one plot cannot be told apart."""

_LEFT, _RIGHT, _HEAD, _FOOT, _LEADING = 46, 26, 24, 44, 15  # px about the plot, and between two lines
_TALL, _LOW = 320, 280  # px of the plot's height on a wide page and on a narrow one
_DOT = 5  # px that a dot reaches
_FARTHEST = 260  # px that the rule from a dot to its figure may cost; a line that it crosses costs more than its length
_DASHES: tuple[list[int], ...] = ([], [7, 3], [2, 3], [9, 3, 2, 3])
_EVEN = {"color": MUTED, "strokeWidth": 1, "strokeDash": [4, 3]}
_ROW, _SAMPLE, _GAP = (
    20,
    28,
    8,
)  # px of a name above the plot: its row, the piece of its line, and between them
_PX = {"type": "quantitative", "axis": None, "scale": None}


@dataclass(frozen=True, slots=True)
class Curve:
    """One curve: its name, and its values by ascending place, each place and value from 0 to 1.

    Attributes:
        name: What it is called.
        points: Place and value.
        bounds: The bounds of the values' intervals, in the same order, where there are any.
        marks: Places that have a dot, with their label, in order of importance.
    """

    name: str
    points: tuple[tuple[float, float], ...]
    bounds: tuple[tuple[float, float], ...] = ()
    marks: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where shares lie in px: x from the left, y from the top."""

    room: int
    tall: int

    def at(self, point: tuple[float, float]) -> tuple[float, float]:
        return round(self.room * point[0], 2), round(self.tall * (1 - point[1]), 2)

    @property
    def within(self) -> Box:
        """Where words may stand."""
        return Box(3, 3, self.room + _RIGHT - 2, self.tall - 3)


def together(curves: Sequence[Curve], even: str, names: tuple[str, str], width: int) -> Sketch:
    """Draw curves over one axis; both scales run from 0 to 100 %.

    Args:
        curves: From one to `MOST_CURVES`, the first of which has its band and its marks drawn.
        even: What the dashed line is called on which value and place are the same; without a name there is no such line.
        names: What the axis across shows, and what the axis up shows.
        width: In px.
    """
    words = Words()
    plot = _Plot(width - _LEFT - _RIGHT, _LOW if width == NARROW else _TALL)
    below = wrap(names[0], plot.room + _LEFT)
    paths = [[plot.at(point) for point in curve.points] for curve in curves]
    first = curves[0]
    layers = [*_grid(plot), *_even(plot, even), *_band(first, plot)]
    layers += [_line(path, number) for number, path in reversed(list(enumerate(paths)))]
    dots = [plot.at((at, dict(first.points)[at])) for at, _ in first.marks]
    wanted = [
        Name(curve.name, path, CURVES[number])
        for number, (curve, path) in enumerate(zip(curves, paths, strict=True))
    ]
    if even:
        wanted.append(Name(even, [plot.at((0.0, 0.0)), plot.at((1.0, 1.0))], MUTED))
    around = [Box(x - _DOT, y - _DOT, x + _DOT, y + _DOT) for x, y in dots]
    placed, leaders = place_names(wanted, around, plot.within)
    named = [placed[number] for number in sorted(placed)]
    told, figures = _figures(first, dots, wanted, named, plot)
    layers += [_leader(each) for each in (*leaders, *figures)]
    layers += _dots(told)
    texts = [*_axes(plot, names[1], below), *(text for each in named for text in each.texts)]
    keyed = [number for number in range(len(wanted)) if number not in placed]
    for row, number in enumerate(
        keyed
    ):  # a name without a place in the plot stands above it, beside a piece of its line
        y = _ROW * (row - len(keyed)) - _HEAD + _ROW / 2
        layers.append(_sample(number, len(curves), y))
        texts.append(
            Text(cut(wanted[number].text, width - _SAMPLE - _GAP), _SAMPLE + _GAP - _LEFT, y, "left")
        )
    layers += written(texts, words)
    head = _HEAD + _ROW * len(keyed)
    foot = _FOOT + _LEADING * (len(below) - 1)
    margin = {"left": _LEFT, "right": _RIGHT, "top": head, "bottom": foot}
    spec = frame(layers, [{}], (plot.room, plot.tall), margin)
    return Sketch(spec, tuple(words.words), width, head + plot.tall + foot)


def _xy(values: Sequence[tuple[float, float]]) -> list[dict[str, float]]:
    return [{"x": x, "y": y, "at": at} for at, (x, y) in enumerate(values)]


def _encoding(*more: str) -> dict[str, Any]:
    return {"x": {**_PX, "field": "x"}, "y": {**_PX, "field": "y"}} | {each: {"field": each} for each in more}


def _grid(plot: _Plot) -> Iterator[Layer]:
    """Draw a rule at each tick of both axes."""
    across = [plot.at((tick, 0.0))[0] for tick in ticks(1.0)]
    up = [plot.at((0.0, tick))[1] for tick in ticks(1.0)]
    rows = [{"x": x, "y": 0.0, "x2": x, "y2": plot.tall} for x in across]
    rows += [{"x": 0.0, "y": y, "x2": plot.room, "y2": y} for y in up]
    yield {
        "data": {"values": rows},
        "mark": {"type": "rule", "color": GRID},
        "encoding": _encoding("x2", "y2"),
    }


def _axes(plot: _Plot, up: str, below: Sequence[str]) -> Iterator[Text]:
    """Name the ticks, and the axes within the drawing."""
    for tick in ticks(1.0):
        yield Text(share_text(tick), plot.at((tick, 0.0))[0], plot.tall + 16, "center", MUTED)
        yield Text(share_text(tick), -8, plot.at((0.0, tick))[1], "right", MUTED)
    yield Text(cut(up, plot.room + _LEFT), -_LEFT, -_HEAD + 8, "left")
    for at, line in enumerate(below):
        yield Text(line, plot.room, plot.tall + 35 + _LEADING * at, "right")


def _even(plot: _Plot, name: str) -> Iterator[Layer]:
    if name:
        rows = _xy([plot.at((0.0, 0.0)), plot.at((1.0, 1.0))])
        yield {"data": {"values": rows}, "mark": {"type": "line", **_EVEN}, "encoding": _encoding()}


def _band(curve: Curve, plot: _Plot) -> Iterator[Layer]:
    """Fill what the intervals of a curve hold."""
    if curve.bounds:
        rows = [
            {"x": plot.at((at, 0.0))[0], "y": plot.at((at, low))[1], "y2": plot.at((at, high))[1]}
            for (at, _), (low, high) in zip(curve.points, curve.bounds, strict=True)
        ]
        yield {"data": {"values": rows}, "mark": {"type": "area", "color": BAND}, "encoding": _encoding("y2")}


def _line(path: Sequence[tuple[float, float]], number: int) -> Layer:
    """Draw a curve: one can be told from the others without colours."""
    mark = {"type": "line", **_stroke(number)}
    order = {"order": {"field": "at", "type": "quantitative"}}
    return {"data": {"values": _xy(path)}, "mark": mark, "encoding": _encoding() | order}


def _stroke(number: int) -> dict[str, Any]:
    dash = _DASHES[number]
    return {"color": CURVES[number], "strokeWidth": 2} | ({"strokeDash": dash} if dash else {})


def _sample(number: int, curves: int, y: float) -> Layer:
    """Draw a piece of a line, to stand beside its name: of a curve, or of the straight line."""
    stroke = _stroke(number) if number < curves else _EVEN
    ends = {"x": {"value": -_LEFT}, "x2": {"value": _SAMPLE - _LEFT}, "y": {"value": y}}
    return {"data": {"values": [{}]}, "mark": {"type": "rule", **stroke}, "encoding": ends}


def _dots(dots: Sequence[tuple[float, float]]) -> Iterator[Layer]:
    if dots:
        mark = {"type": "circle", "color": BAR, "size": 38, "opacity": 1}
        yield {"data": {"values": _xy(dots)}, "mark": mark, "encoding": _encoding()}


def _leader(leader: Leader) -> Layer:
    """Draw a thin rule from a curve to its name."""
    (x, y), (x2, y2), color = leader
    row = {"x": x, "y": y, "x2": x2, "y2": y2}
    mark = {"type": "rule", "color": color, "strokeWidth": 1}
    return {"data": {"values": [row]}, "mark": mark, "encoding": _encoding("x2", "y2")}


def _figures(
    curve: Curve, dots: Sequence[Point], wanted: Sequence[Name], named: list[Named], plot: _Plot
) -> tuple[list[Point], list[Leader]]:
    """Label the marks of the first curve, as many as there is room for, and give the dots that have a label and the rules to them."""
    lines = [list(pieces(each.path)) for each in wanted]
    rivals = [each.path for each in wanted[1:]]
    told: list[Point] = []
    leaders: list[Leader] = []
    for (_, text), (x, y) in zip(curve.marks, dots, strict=True):
        # A label that is as near to another dot would be read as that one's.
        others = [Box(a - 13, b - 13, a + 13, b + 13) for a, b in dots if (a, b) != (x, y)]
        taken = [each.box for each in named]
        hard = [box for line in lines for box in line] + others + taken
        near = next(place(Placed(text, x, y), hard, (), plot.within), None)
        if near is not None:
            named.append(Named((text,), near.x, near.y, INK))
        else:
            room = Room(lines, [*taken, *others], [*rivals, *(ends for *ends, _ in leaders)], plot.within)
            far = place_far(Name(text, [(x, y)], INK), room, _FARTHEST)
            if far is None:
                continue
            named.append(far[0])
            leaders.append((*far[1][:2], LINE))
        told.append((x, y))
    return told, leaders
