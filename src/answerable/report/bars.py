"""Draws horizontal bars with their labels, figures and intervals."""

from __future__ import annotations

import math
from typing import Any

from answerable.report.canvas import (
    BAR,
    INK,
    LINE,
    MUTED,
    NARROW,
    TEXT,
    Layer,
    Mark,
    Sketch,
    Words,
    frame,
    text_width,
    wrap,
)

__all__ = ["bars"]

_LABELS = 232  # the width of the column of labels on a wide page
_FIGURES = 168  # least room to the right of the longest bar for its figure
_GAP = 7  # between a bar and its figure
_LEADING = 15


def bars(marks: list[Mark], width: int) -> Sketch:
    """Draw bars: on a wide page the label stands beside its bar, on a narrow one above it."""
    words, narrow = Words(), width == NARROW
    left = 0 if narrow else _LABELS
    lines = [wrap(mark.label, width if narrow else _LABELS - 12) for mark in marks]
    most = max(map(len, lines))
    step = (40 if narrow else 26) + _LEADING * (most - 1)
    shift = {
        "yOffset": _LEADING * most + 9 - step / 2 if narrow else 0
    }  # from the middle of the row to the bar's
    ends = [end for mark in marks for end in (mark.value, mark.low, mark.end) if end is not None]
    domain = [min(0, *ends), max(0, *ends) or 1]
    x = {"type": "quantitative", "axis": None, "scale": {"domain": domain, "nice": False}}
    rows = [
        {"row": row, "v": mark.value, "end": max(mark.end, 0), "low": mark.low, "high": mark.high, "figure": words.token(mark.figure)}
        for row, mark in enumerate(marks)
    ]  # fmt: skip  # a table: what stands in one line belongs together
    layers: list[Layer] = [
        {
            "mark": {"type": "bar", "height": 11 if narrow else 13, "color": BAR, **shift},
            "encoding": {"x": {**x, "field": "v"}},
        },
        {
            "mark": {**TEXT, "align": "left", "dx": _GAP, "color": INK, **shift},
            "encoding": {"x": {**x, "field": "end"}, "text": {"field": "figure"}},
        },
        *_labels(lines, words, left, 8 - step / 2 if narrow else None),
    ]
    if any(mark.high is not None for mark in marks):
        layers += _intervals(x, shift)
    if narrow and domain[0] < 0:
        layers.append(_zero(x, shift))
    y = {"field": "row", "type": "ordinal", "axis": None, "scale": {"paddingInner": 0, "paddingOuter": 0}}
    for layer in layers:
        layer["encoding"] |= {"y": y}
    height = step * len(marks)
    if not narrow:  # where labels stand above the bars, a rule would cross them
        layers.append(_baseline(height, x))
    right = max(_FIGURES, *(_GAP + math.ceil(text_width(mark.figure)) for mark in marks))
    spec = frame(layers, rows, (width - left - right, height), {"left": left, "right": right})
    return Sketch(spec, tuple(words.words), width, height)


def _labels(lines: list[list[str]], words: Words, left: int, top: float | None) -> list[Layer]:
    """Set the labels line by line: from ``top`` down to the bar, or about the row's middle where it is None."""
    most = max(map(len, lines))
    placed = [
        {
            "row": row,
            "text": words.token(text),
            "at": at + (most - len(label) if top is not None else (1 - len(label)) / 2),
        }
        for row, label in enumerate(lines)
        for at, text in enumerate(label)
    ]
    return [
        {
            "data": {"values": [each for each in placed if each["at"] == at]},
            "mark": {
                **TEXT,
                "align": "left",
                "color": INK,
                "x": -left,
                "yOffset": _LEADING * at + (top or 0),
            },
            "encoding": {"text": {"field": "text"}},
        }
        for at in sorted({float(str(each["at"])) for each in placed})
    ]


def _intervals(x: dict[str, Any], shift: dict[str, float]) -> list[Layer]:
    rule: Layer = {
        "mark": {"type": "rule", "color": LINE, "strokeWidth": 1.5, **shift},
        "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}},
    }
    ends: list[Layer] = [
        {
            "mark": {"type": "tick", "color": LINE, "size": 8, "thickness": 1.5, **shift},
            "encoding": {"x": {**x, "field": bound}},
        }
        for bound in ("low", "high")
    ]
    return [rule, *ends]


def _zero(x: dict[str, Any], shift: dict[str, float]) -> Layer:
    """Mark the place at each bar from which bars go either way, where one line through all would cross the labels."""
    mark = {"type": "tick", "color": MUTED, "size": 20, "thickness": 1, **shift}
    return {"mark": mark, "encoding": {"x": {**x, "datum": 0}}}


def _baseline(height: int, x: dict[str, Any]) -> Layer:
    """Draw the line at 0, from which bars go either way."""
    return {
        "data": {"values": [{"x": 0}]},
        "mark": {"type": "rule", "color": MUTED, "strokeWidth": 1},
        "encoding": {"x": {**x, "field": "x"}, "y": {"value": 0}, "y2": {"value": height}},
    }
