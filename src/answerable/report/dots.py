"""Draws ratios about 1 as dots with their intervals, on a logarithmic scale: half lies as far from 1 as twice."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from answerable.report.canvas import (
    BAR,
    GRID,
    LINE,
    MUTED,
    NARROW,
    PAPER,
    Layer,
    Sketch,
    Words,
    cut,
    frame,
    text_width,
    wrap,
)
from answerable.report.texts import Text, written

__all__ = ["Ratio", "Span", "dots", "span"]

_LABELS = 190  # px of the column of labels on a wide page, at most
_GAP, _EDGE = 14, 10  # px beside labels and figures, and beside the plot
_STEP, _NARROW_STEP, _LEADING, _HEAD, _FOOT = 34, 50, 15, 26, 28  # px
_DOWN = 12  # px from the middle of a row of a narrow page to its dot, below its words
_APART = 10  # px between the names of two ticks
_TICKS = {
    1.25: (1.1, 1.25), 1.5: (1.25, 1.5), 2.0: (1.5, 2), 5.0: (2, 5), 10.0: (2, 5, 10), 20.0: (2, 5, 20), 50.0: (5, 50),
    100.0: (10, 100), 1000.0: (10, 100, 1000),
}  # fmt: skip  # a table: how far a scale may reach each way, and what it names
_ROUND = len("0.001")  # characters of a quotient that is named as it is
_ROOM = 1.04  # of the scale, with what lies beyond its last tick


@dataclass(frozen=True, slots=True)
class Ratio:
    """One row: its label, its ratio, its interval where it has one, and what is written beside it.

    ``value`` is None where no ratio could be told.
    """

    label: str
    value: float | None
    figure: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """The scale: from 1 divided by ``reach`` to 1 times ``reach``, in logarithms."""

    reach: float

    @property
    def ticks(self) -> list[float]:
        """The ratios that are named, ascending."""
        away = _TICKS[self.reach]
        return sorted((*(1 / each for each in away), 1.0, *away))

    @property
    def domain(self) -> list[float]:
        """The ends of the scale, as logarithms."""
        end = round(math.log10(self.reach) * _ROOM, 6)
        return [-end, end]

    def holds(self, ratio: float) -> bool:
        """Tell whether a ratio lies on the scale."""
        return ratio > 0 and abs(math.log10(ratio)) <= self.domain[1]

    def at(self, ratio: float) -> float:
        """Give the logarithm of a ratio; what lies beyond the scale lies at its end."""
        low, high = self.domain
        return round(min(max(math.log10(ratio), low), high), 6) if ratio > 0 else low


def span(ratios: Sequence[Ratio]) -> Span:
    """Choose the least scale that holds every ratio and interval, up to a thousand times either way."""
    ends = [end for each in ratios for end in (each.value, each.low, each.high) if end]
    furthest = max((max(end, 1 / end) for end in ends), default=1.0)
    return Span(next((reach for reach in _TICKS if furthest <= reach), max(_TICKS)))


def dots(ratios: Sequence[Ratio], scale: Span, line: str, width: int) -> Sketch:
    """Draw the ratios one below the other.

    Args:
        ratios: The rows.
        scale: The scale, which several panels may share.
        line: What the line at 1 is; empty to leave it without a name.
        width: In px. On a wide page the words stand beside their rows, on a narrow one above them.
    """
    words, narrow = Words(), width == NARROW
    step = _NARROW_STEP if narrow else _STEP
    figures = 0 if narrow else _GAP + math.ceil(max(text_width(each.figure) for each in ratios))
    labels = min(_LABELS, _GAP + math.ceil(max(text_width(each.label) for each in ratios)))
    left, right = (0 if narrow else labels) + _EDGE, figures + _EDGE
    room, tall = width - left - right, step * len(ratios)
    x: dict[str, Any] = {"type": "quantitative", "axis": None, "field": "x"}
    x["scale"] = {"domain": scale.domain, "nice": False, "zero": False}
    middles = [step * (at + 0.5) for at in range(len(ratios))]
    rows = [
        {"y": middle + (_DOWN if narrow else 0), "ratio": each}
        for each, middle in zip(ratios, middles, strict=True)
    ]
    layers = [
        *_grid(scale, x, tall),
        *_intervals(rows, scale, x),
        *_dots(rows, scale, x),
    ]
    texts = list(_names(scale, line, (room, tall)))
    for each, middle in zip(ratios, middles, strict=True):
        if narrow:
            held = width - text_width(each.figure) - _GAP
            texts.append(Text(wrap(each.label, held, 1)[0], -_EDGE, middle - 9, "left"))
            texts.append(Text(each.figure, room + _EDGE, middle - 9, "right"))
            continue
        lines = wrap(each.label, labels - _GAP + 1)
        texts += [
            Text(text, -left, middle + _LEADING * (at - (len(lines) - 1) / 2), "left")
            for at, text in enumerate(lines)
        ]
        texts.append(Text(each.figure, room + _EDGE + _GAP, middle, "left"))
    layers += written(texts, words)
    margin = {"left": left, "right": right, "top": _HEAD, "bottom": _FOOT}
    return Sketch(frame(layers, [{}], (room, tall), margin), tuple(words.words), width, _HEAD + tall + _FOOT)


def _grid(scale: Span, x: dict[str, Any], tall: int) -> Iterator[Layer]:
    """Draw a rule at each tick, the one at 1 strong."""
    for one in (False, True):
        ticks = [{"x": scale.at(tick)} for tick in scale.ticks if (tick == 1) is one]
        mark = {"type": "rule", "color": LINE if one else GRID, "y": -6 if one else 0, "y2": tall}
        yield {"data": {"values": ticks}, "mark": mark, "encoding": {"x": x}}


def _names(scale: Span, line: str, size: tuple[int, int]) -> Iterator[Text]:
    """Name as many ticks as have room below the plot, and the line at 1 above it."""
    room, tall = size
    low, high = scale.domain
    taken: list[tuple[float, float]] = []
    for tick in sorted(scale.ticks, key=lambda each: (each != 1, -abs(math.log10(each)))):
        middle = room * (scale.at(tick) - low) / (high - low)
        half = text_width(_tick(tick)) / 2
        if all(middle + half + _APART <= one or middle - half - _APART >= other for one, other in taken):
            taken.append((middle - half, middle + half))
            yield Text(_tick(tick), middle, tall + 15, "center", MUTED)
    if line:
        yield Text(cut(line, room), room / 2, -16, "center", MUTED)


def _tick(ratio: float) -> str:
    """Name a tick: ``2``, ``0.5``, and one divided by a number where the quotient is not round: ``1/1.5``."""
    if ratio >= 1:
        return f"{ratio:,g}"
    return f"{ratio:g}" if len(f"{ratio:g}") <= _ROUND else f"1/{1 / ratio:g}"


def _intervals(rows: list[dict[str, Any]], scale: Span, x: dict[str, Any]) -> Iterator[Layer]:
    """Draw each interval with a tick at an end that lies on the scale, and the head of an arrow at one that does not."""
    held: list[dict[str, float]] = []
    ends: dict[str, list[dict[str, float]]] = {"tick": [], "triangle-left": [], "triangle-right": []}
    for row in rows:
        low, high = row["ratio"].low, row["ratio"].high
        if low is None or high is None:
            continue
        held.append({"y": row["y"], "x": scale.at(low), "high": scale.at(high)})
        for bound, arrow in ((low, "triangle-left"), (high, "triangle-right")):
            ends["tick" if scale.holds(bound) else arrow].append({"y": row["y"], "x": scale.at(bound)})
    y = _down()
    if held:
        rule = {"type": "rule", "color": LINE, "strokeWidth": 1.5}
        yield {"data": {"values": held}, "mark": rule, "encoding": {"x": x, "x2": {"field": "high"}, "y": y}}
    for shape, values in ends.items():
        if values and shape == "tick":
            mark: dict[str, Any] = {
                "type": "tick",
                "orient": "vertical",
                "color": LINE,
                "size": 9,
                "thickness": 1.5,
            }
        else:
            mark = {"type": "point", "shape": shape, "fill": LINE, "strokeWidth": 0, "size": 60, "opacity": 1}
        if values:
            yield {"data": {"values": values}, "mark": mark, "encoding": {"x": x, "y": y}}


def _dots(rows: list[dict[str, Any]], scale: Span, x: dict[str, Any]) -> Iterator[Layer]:
    """Draw a dot for each ratio on the scale: filled where it has an interval, open where it has none."""
    for is_open in (False, True):
        values = [
            {"x": scale.at(ratio.value), "y": row["y"]}
            for row in rows
            if (ratio := row["ratio"]).value is not None
            and scale.holds(ratio.value)
            and (ratio.low is None) is is_open
        ]
        fill = (
            {"fill": PAPER, "stroke": BAR, "strokeWidth": 2} if is_open else {"fill": BAR, "strokeWidth": 0}
        )
        mark = {"type": "point", "shape": "circle", "size": 62, "opacity": 1, **fill}
        if values:
            yield {"data": {"values": values}, "mark": mark, "encoding": {"x": x, "y": _down()}}


def _down() -> dict[str, Any]:
    return {"type": "quantitative", "axis": None, "field": "y", "scale": None}
