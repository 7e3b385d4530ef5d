"""Draws a map: the shapes of the parts of a breakdown, each part in a shade of its own, and beneath it what each shade stands for."""

from __future__ import annotations

from collections.abc import Sequence

from answerable.outlines import Outlines, Ring
from answerable.report.canvas import (
    HEAT,
    INK,
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

__all__ = ["MOST_CLASSES", "areas"]

MOST_CLASSES = len(HEAT)
"""There are no more shades than this."""

_TALL = {NARROW: 400}  # px of a map's height at the most; elsewhere `_HIGH`
_HIGH, _EDGE = 520, 1  # px, and px about the map
_ROW, _SWATCH, _GAP, _BETWEEN = (
    22,
    14,
    8,
    24,
)  # px of a row of the key, its square, beside that, and between two columns
_SEEN, _DOT = 2, 2  # px: a shape that is smaller in both directions is drawn as a square of this side
_LEADING = 16  # px between two lines
_HAIR = 0.75  # px between two shapes
_IDENTITY = {"type": "identity", "scale": 1, "translate": [0, 0]}


def areas(outlines: Outlines, key: Sequence[tuple[str, str]], unit: str, width: int) -> Sketch:
    """Draw a map.

    Args:
        outlines: The shapes.
        key: The parts in order, at most `MOST_CLASSES`: the label of each, and what is said of it.
        unit: What the shades stand for.
        width: In px.
    """
    words = Words()
    scale = min((width - 2 * _EDGE) / outlines.width, _TALL.get(width, _HIGH) / outlines.height)
    tall = round(outlines.height * scale)
    layers = [
        _shapes(
            [ring for each in outlines.shapes[label] if (ring := _scaled(each, scale))],
            HEAT[rank],
            hair=not outlines.square,
        )
        for rank, (label, _) in enumerate(key)
        if label in outlines.shapes
    ]
    named = wrap(unit, width)
    texts = [Text(line, 0, tall + 24 + _LEADING * at, "left", INK) for at, line in enumerate(named)]
    top = tall + 40 + _LEADING * (len(named) - 1)
    columns = _columns(key, width)
    rows = -(-len(key) // columns)
    for rank, (label, said) in enumerate(key):
        left = (rank // rows) * (width / columns)
        y = top + _ROW * (rank % rows) + _ROW / 2
        layers.append(_swatch(left, y, HEAT[rank]))
        room = width / columns - _SWATCH - _GAP
        texts.append(Text(cut(f"{label}: {said}", room), left + _SWATCH + _GAP, y, "left", INK))
    layers += written(texts, words)
    high = top + _ROW * rows
    spec = frame(layers, [{}], (width, high), {})
    return Sketch(spec, tuple(words.words), width, high)


def _columns(key: Sequence[tuple[str, str]], width: int) -> int:
    """Say in how many columns the key is set: as many as its longest row leaves room for, two at the most."""
    longest = max(text_width(f"{label}: {said}") for label, said in key) + _SWATCH + _GAP
    return 2 if 2 * longest + _BETWEEN <= width else 1


def _scaled(ring: Ring, scale: float) -> list[tuple[float, float]]:
    """Set a ring in px, by halves, and leave out the corners that fall on the one before or say nothing; one that vanishes stays a dot."""
    points = [
        (round(2 * scale * x) / 2 + _EDGE, round(2 * scale * y) / 2 + _EDGE)
        for x, y in zip(ring[::2], ring[1::2], strict=True)
    ]
    kept: list[tuple[float, float]] = []
    for place, point in enumerate(points):
        before = kept[-1] if kept else points[-1]
        after = points[(place + 1) % len(points)]
        turn = (point[0] - before[0]) * (after[1] - point[1]) - (point[1] - before[1]) * (after[0] - point[0])
        if turn:
            kept.append(point)
    across, down = ([point[axis] for point in kept or points] for axis in (0, 1))
    if len(kept) > 2 and max(max(across) - min(across), max(down) - min(down)) >= _SEEN:  # noqa: PLR2004 - three corners enclose something
        return kept
    x, y = min(across), min(down)
    return [(x, y), (x + _DOT, y), (x + _DOT, y + _DOT), (x, y + _DOT)] if _turns_right(ring) else []


def _turns_right(ring: Ring) -> bool:
    """Tell an outer ring from a hole."""
    x, y = ring[::2], ring[1::2]
    return sum(a * d - b * c for a, b, c, d in zip(x, y, (*x[1:], x[0]), (*y[1:], y[0]), strict=True)) > 0


def _shapes(rings: Sequence[Sequence[tuple[float, float]]], fill: str, *, hair: bool) -> Layer:
    """Draw the shapes of one shade as one path, each with a hair of the page's ground about it where shapes are told apart."""
    geometry = {
        "type": "Polygon",
        "coordinates": [[list(point) for point in (*ring, ring[0])] for ring in rings],
    }
    mark: Layer = {"type": "geoshape", "fill": fill}
    if hair:
        mark |= {"stroke": PAPER, "strokeWidth": _HAIR}
    feature = {"type": "Feature", "properties": {}, "geometry": geometry}
    return {"data": {"values": [feature]}, "projection": _IDENTITY, "mark": mark}


def _swatch(left: float, y: float, fill: str) -> Layer:
    half = _SWATCH / 2
    px = {"type": "quantitative", "axis": None, "scale": None}
    row = {"x": left, "x2": left + _SWATCH, "y": y - half, "y2": y + half}
    encoding = {
        "x": {**px, "field": "x"},
        "y": {**px, "field": "y"},
        "x2": {"field": "x2"},
        "y2": {"field": "y2"},
    }
    return {
        "data": {"values": [row]},
        "mark": {"type": "rect", "fill": fill, "stroke": MUTED, "strokeWidth": 0.5},
        "encoding": encoding,
    }
