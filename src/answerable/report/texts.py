"""Sets many words of a drawing at their places in px, in few layers: each layer costs the renderer some milliseconds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from answerable.report.canvas import INK, TEXT, Layer, Words

__all__ = ["Text", "written"]


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text: ``x`` and ``y`` in px from the plot's upper left corner, and how it is set there."""

    text: str
    x: float
    y: float
    align: str
    color: str = INK
    angle: int = 0


def written(texts: Iterable[Text], words: Words) -> list[Layer]:
    """Make a layer of all texts that are set alike."""
    alike: dict[tuple[str, str, int], list[dict[str, Any]]] = {}
    for each in texts:
        row = {"x": round(each.x, 2), "y": round(each.y, 2), "text": words.token(each.text)}
        alike.setdefault((each.align, each.color, each.angle), []).append(row)
    px = {"type": "quantitative", "axis": None, "scale": None}
    encoding = {"x": {**px, "field": "x"}, "y": {**px, "field": "y"}, "text": {"field": "text"}}
    return [
        {
            "data": {"values": rows},
            "mark": {**TEXT, "align": align, "color": color} | ({"angle": angle} if angle else {}),
            "encoding": encoding,
        }
        for (align, color, angle), rows in alike.items()
    ]
