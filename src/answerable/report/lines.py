"""Draws months: a line with a dot per month, or columns where the measure is a count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from answerable.months import month_short
from answerable.report.canvas import (
    BAR,
    INK,
    MUTED,
    TEXT,
    Layer,
    Mark,
    Sketch,
    Words,
    frame,
    text_width,
)
from answerable.report.scale import grid, ticks, whiskers

__all__ = ["lines"]

_HEAD, _PLOT, _FOOT, _LEFT, _RIGHT = 26, 132, 28, 46, 12  # px
_NAME = 62  # px between the middles of two named months
_TOUCHING = 14  # px between months below which dots of the usual size would touch


def lines(points: Mapping[str, Mark], months: list[str], kind: str, width: int) -> Sketch:
    """Draw the months in order; a month without records is a gap, not a zero. ``points`` has some of them."""
    words = Words()
    room = width - _LEFT - _RIGHT
    slot = room / len(months)
    steps = ticks(max(mark.end for mark in points.values()))
    x: dict[str, Any] = {"type": "quantitative", "axis": None, "field": "x"}
    x["scale"] = {"domain": [0, len(months)], "nice": False}
    y: dict[str, Any] = {"type": "quantitative", "axis": None, "field": "v"}
    y["scale"] = {"domain": [steps[0], steps[-1]], "nice": False}
    rows = _rows(points, months)
    layers: list[Layer] = [
        *grid(steps, kind, words, y, room),
        *_values(kind, slot, x, y),
        *whiskers(rows, x, y),
        _peak(points, months, words, room, y),
        _names(months, words, x, max(1, int(room / _NAME))),
    ]
    margin = {"left": _LEFT, "right": _RIGHT, "top": _HEAD, "bottom": _FOOT}
    spec = frame(layers, rows, (room, _PLOT), margin)
    return Sketch(spec, tuple(words.words), width, _HEAD + _PLOT + _FOOT)


def _rows(points: Mapping[str, Mark], months: list[str]) -> list[dict[str, Any]]:
    """Place each month; the run's number changes at each gap, where the line is broken."""
    run, rows = 0, []
    for at, month in enumerate(months):
        if month in points:
            mark = points[month]
            rows.append({"x": at + 0.5, "v": mark.value, "low": mark.low, "high": mark.high, "run": run})
        else:
            run += 1
    return rows


def _values(kind: str, slot: float, x: dict[str, Any], y: dict[str, Any]) -> list[Layer]:
    both = {"x": x, "y": y}
    if kind == "count":
        thick = max(1.5, min(34.0, slot * 0.68))
        return [{"mark": {"type": "bar", "color": BAR, "width": thick}, "encoding": both}]
    size = 38 if slot > _TOUCHING else 16
    return [
        {
            "mark": {"type": "line", "color": BAR, "strokeWidth": 2},
            "encoding": {**both, "detail": {"field": "run"}},
        },
        {"mark": {"type": "circle", "color": BAR, "size": size, "opacity": 1}, "encoding": both},
    ]


def _peak(points: Mapping[str, Mark], months: list[str], words: Words, room: int, y: dict[str, Any]) -> Layer:
    """Label the highest month with its figure: above it, or as near to that as the axis and the edge leave room for."""
    highest = max(sorted(points), key=lambda month: points[month].value)
    text = f"{month_short(highest)}: {points[highest].figure}"
    half = text_width(text) / 2
    above = (months.index(highest) + 0.5) * room / len(months)
    middle = min(max(half, above), room + _RIGHT - half)
    below = (
        at for at, month in enumerate(months) if abs((at + 0.5) * room / len(months) - middle) < half + 4
    )
    top = max(points[months[at]].end for at in below if months[at] in points)
    return {
        "data": {"values": [{"v": top, "text": words.token(text)}]},
        "mark": {**TEXT, "align": "center", "x": round(middle, 2), "dy": -14, "color": INK},
        "encoding": {"y": y, "text": {"field": "text"}},
    }


def _names(months: list[str], words: Words, x: dict[str, Any], most: int) -> Layer:
    """Name evenly spaced months below the plot, at most ``most`` of them."""
    every = -(-len(months) // most)
    named = [
        {"x": at + 0.5, "text": words.token(month_short(month))}
        for at, month in enumerate(months)
        if at % every == 0
    ]
    return {
        "data": {"values": named},
        "mark": {**TEXT, "align": "center", "color": MUTED, "y": _PLOT + 16},
        "encoding": {"x": x, "text": {"field": "text"}},
    }
