"""The scale of values on an upright axis: round steps from zero, each with its rule and its label."""

from __future__ import annotations

import math
from typing import Any

from answerable import wording
from answerable.report.canvas import GRID, LINE, MUTED, TEXT, Layer, Words

__all__ = ["grid", "ticks", "whiskers"]

_THOUSAND = 1000


def ticks(top: float) -> list[float]:
    """Choose two to four round steps from zero that reach ``top``: 0, 2, 4."""
    if top <= 0:
        return [0.0, 1.0]
    unit = 10.0 ** math.floor(math.log10(top / 2))
    step = next(unit * factor for factor in (1, 2, 2.5, 5, 10, 20) if unit * factor * 4 >= top)
    return [step * at for at in range(math.ceil(top / step - 1e-9) + 1)]


def grid(steps: list[float], kind: str, words: Words, y: dict[str, Any], room: int) -> list[Layer]:
    """Draw a rule and a label at each step; ``room`` is the plot's width, ``y`` the encoding of the values."""
    marks = {"values": [{"v": value, "text": words.token(_label(value, kind))} for value in steps]}
    label = {**TEXT, "align": "right", "x": -8, "color": MUTED}
    return [
        {"data": marks, "mark": {"type": "rule", "color": GRID, "x": 0, "x2": room}, "encoding": {"y": y}},
        {"data": marks, "mark": label, "encoding": {"y": y, "text": {"field": "text"}}},
    ]


def whiskers(rows: list[dict[str, Any]], x: dict[str, Any], y: dict[str, Any]) -> list[Layer]:
    """Draw the interval of each row that has one, from ``low`` to ``high``, with a tick at either end."""
    held = {"values": [row for row in rows if row["high"] is not None]}
    if not held["values"]:
        return []
    paint = {"color": LINE, "strokeWidth": 1.5}
    ends = {"type": "tick", "color": LINE, "orient": "horizontal", "size": 7, "thickness": 1.5}
    return [
        {
            "data": held,
            "mark": {"type": "rule", **paint},
            "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
        },
        *(
            {"data": held, "mark": ends, "encoding": {"x": x, "y": {**y, "field": bound}}}
            for bound in ("low", "high")
        ),
    ]


def _label(value: float, kind: str) -> str:
    if kind == "share":
        return f"{100 * value:.3g}\u202f%"
    return f"{value:.3g}" if value < _THOUSAND else wording.count(value)
