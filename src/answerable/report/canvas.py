"""What every chart is drawn on: its two widths, its colours, and the words that it hands out as tokens.

A specification holds positions and lengths only. The words on a chart are tokens (``0``, ``1`` ...) that
`drawing` replaces after rendering: no text from a source goes through the renderer, and no size depends on
which fonts a machine has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from answerable.harmless import visible

__all__ = [
    "BAND",
    "BANDS",
    "BAR",
    "CURVES",
    "GRID",
    "HEAT",
    "INK",
    "LINE",
    "MUTED",
    "NARROW",
    "ON_HIGH",
    "ON_LOW",
    "PAPER",
    "TEXT",
    "WIDE",
    "Layer",
    "Mark",
    "Sketch",
    "Words",
    "cut",
    "frame",
    "text_width",
    "wrap",
]

WIDE, NARROW = 680, 328
"""Widths in CSS pixels: the column of a wide page, and that of a page of 360 pixels."""

INK, MUTED, BAR, LINE, GRID, BAND = "#010101", "#020202", "#030303", "#040404", "#050505", "#060606"
"""Stand-ins for the page's colours: `drawing` turns each into a class that light, dark and print colour."""

PAPER = "#070707"
"""The page's ground, for what is drawn open."""

CURVES, BANDS = (BAR, "#080808", "#090909", "#0a0a0a"), (BAND, "#0b0b0b", "#0c0c0c", "#0d0d0d")
"""Curves that share one plot, and the bands about them."""

HEAT = ("#110000", "#120000", "#130000", "#140000", "#150000", "#160000")
"""The shades of a matrix, from the least rate to the greatest."""

ON_LOW, ON_HIGH = "#0e0e0e", "#0f0f0f"
"""Text on a shade of the lower ranks, and on one of the two highest."""

_SIZE = 12  # px, of all text on a chart
_EMS = {".,:;|!'ilI": 0.34, "jftr()[]{}/\\- \u202f": 0.42, "mwMWOQ@%&<>=+": 1.0}
_EM = {character: width for characters, width in _EMS.items() for character in characters}
_LOWER, _UPPER, _SQUARE = 0.64, 0.74, "\u1100"  # from here on, most characters are as wide as they are high

TEXT = {"type": "text", "fontSize": _SIZE, "baseline": "middle"}

Layer = dict[str, Any]
"""One layer of a Vega-Lite specification."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One value to draw, with the bounds of its interval where it has one.

    ``figure`` stands beside the drawing of the interval; ``full`` states the interval too, for who cannot see it.
    """

    label: str
    value: float
    figure: str
    low: float | None = None
    high: float | None = None
    full: str = ""

    @property
    def said(self) -> str:
        """The figure in full."""
        return self.full or self.figure

    @property
    def end(self) -> float:
        """Where the drawing of the value ends: at its bar, or at its interval's upper bound."""
        return self.value if self.high is None else max(self.value, self.high)


@dataclass(frozen=True, slots=True)
class Sketch:
    """One chart at one width, in pixels: its specification, and the words that its tokens stand for.

    ``stays`` is what belongs to its left, and stays in sight where a reader scrolls it sideways: it is wider than its page.
    """

    spec: Mapping[str, Any]
    words: tuple[str, ...]
    width: int
    height: int
    stays: Sketch | None = None


@dataclass(slots=True)
class Words:
    """Gives out tokens for words."""

    words: list[str] = field(default_factory=list)

    def token(self, text: str) -> str:
        """Keep some words and give the token that stands for them."""
        self.words.append(visible(text))
        return str(len(self.words) - 1)


def text_width(text: str) -> float:
    """Estimate a text's width on a chart in px, generously: the reader's font is not known, and may be a wide one."""
    return _SIZE * sum(_EM.get(each) or _other(each) for each in text)


def _other(character: str) -> float:
    if character >= _SQUARE:
        return 1.0
    return _UPPER if character.isupper() else _LOWER


def cut(line: str, room: float) -> str:
    """Cut a line that is wider than ``room`` px, with an ellipsis."""
    if text_width(line) <= room:
        return line
    most = next(at for at in range(len(line)) if text_width(line[: at + 1] + "…") > room)
    return line[:most].rstrip() + "…"


def wrap(label: str, room: float, most: int = 2) -> list[str]:
    """Break a label into at most ``most`` lines of ``room`` px; what is longer ends in an ellipsis."""
    lines = [""]
    for word in visible(label).split():
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer) <= room or not lines[-1] or len(lines) == most:
            lines[-1] = longer
        else:
            lines.append(word)
    return [cut(line, room) for line in lines]


def frame(
    layers: list[Layer], rows: list[dict[str, Any]], size: tuple[int, int], margin: Mapping[str, int]
) -> Layer:
    """Set the frame that every chart shares: ``size`` of the plot without its margins.

    No part of it is left for the renderer to measure.
    """
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": size[0],
        "height": size[1],
        "autosize": "none",
        "padding": {"left": 0, "right": 0, "top": 0, "bottom": 0} | dict(margin),
        "background": None,
        "data": {"values": rows},
        "layer": layers,
        "config": {"aria": False, "view": {"stroke": None}},
    }
