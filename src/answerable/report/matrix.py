"""Draws a matrix of rates: a cell for each pair of groups, shaded by the logarithm of its rate, with the rate written in it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from answerable.report.canvas import (
    HEAT,
    LINE,
    MUTED,
    NARROW,
    ON_HIGH,
    ON_LOW,
    PAPER,
    Layer,
    Sketch,
    Words,
    frame,
    text_width,
    wrap,
)
from answerable.report.texts import Text, written

__all__ = ["Cell", "matrix", "shade"]

_LINE, _PAD, _GAP = 15, 5, 2  # px: between lines of text, beside the text of a cell, between cells
_MOST_NAMES, _LEAST_NAMES, _NARROW_NAMES = 132, 34, 84  # px of the column of names
_WIDEST, _LOWEST = 150, 34  # px of a cell: its greatest width, its least height
_SLIM = 42  # px of a cell's least width where it scrolls
_UPRIGHT = 118  # px of names that are set upright
_SPAN = 10.0  # the shades span a factor of ten at least, so that rates which differ by little look alike
_HIGH = len(HEAT) - 2  # from this shade on a cell has the text of high shades
_SCROLLED = 2  # of a cell's texts, the one that a narrow page that scrolls makes room for
_TIGHT = 0.88  # of a text's generous width, what the last resort needs


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known of one pair of groups.

    Attributes:
        rate: The rate; 0 where there was no error.
        texts: What may be written in the cell, each as lines: the fullest first. All cells of a matrix are written in the same
            way, the fullest that all of them have room for.
    """

    rate: float
    texts: tuple[tuple[str, ...], ...]


def shade(rate: float, rates: Sequence[float]) -> int | None:
    """Give the rank of a rate's shade among all rates on a logarithmic scale; None for a rate of 0, which has no shade."""
    if rate <= 0:
        return None
    logs = [math.log10(each) for each in rates if each > 0]
    wider = max(0.0, math.log10(_SPAN) - (max(logs) - min(logs))) / 2
    low, high = min(logs) - wider, max(logs) + wider
    return min(int(len(HEAT) * (math.log10(rate) - low) / (high - low) + 1e-9), len(HEAT) - 1)


@dataclass(frozen=True, slots=True)
class _Grid:
    """How large the cells are and where they begin, in px, and which of their texts they hold."""

    left: int
    head: int
    wide: float
    high: float
    text: int
    upright: bool


def matrix(groups: Sequence[str], cells: Mapping[tuple[int, int], Cell], unit: str, width: int) -> Sketch:
    """Draw a symmetric matrix. A narrow one may be wider than ``width``: it scrolls within its own box, beside the groups' names.

    Args:
        groups: The groups' names.
        cells: The cells by the places of both groups, the lower first; a pair of which nothing is known is left out.
        unit: What the last of the cells' texts is in, which is said where that is shown.
        width: In px.
    """
    words, number = Words(), len(groups)
    grid = _grid(groups, cells, width)
    rates = [cell.rate for cell in cells.values()]
    boxes: dict[tuple[str, bool], list[dict[str, float]]] = {}
    texts: list[Text] = []
    for row in range(number):
        for column in range(number):
            cell = cells.get((min(row, column), max(row, column)))
            x, y = (column + 0.5) * grid.wide, (row + 0.5) * grid.high
            rank = shade(cell.rate, rates) if cell else None
            if cell:
                fill = PAPER if rank is None else HEAT[rank]
                boxes.setdefault((fill, row == column), []).append(_box(x, y, grid))
            paint = MUTED if cell is None else ON_HIGH if rank is not None and rank >= _HIGH else ON_LOW
            lines = cell.texts[grid.text] if cell else ("–",)
            for at, line in enumerate(lines):
                down = y + _LINE * (at - (len(lines) - 1) / 2)
                texts.append(Text(line, x, down, "center", paint))
    size = (math.ceil(grid.wide * number), math.ceil(grid.high * number))
    names = written([*_rows(groups, grid), *_unit_text(unit, cells, grid)], words)
    layers = [_boxes(key, values) for key, values in boxes.items()]
    layers += written([*texts, *_columns(groups, grid)], words)
    down = grid.head + size[1]
    if grid.left + size[0] > width:  # the names stay in sight while the cells scroll
        beside = Sketch(_framed(names, grid, (0, size[1]), 0), tuple(words.words), grid.left, down)
        cells_alone = frame(layers, [{}], size, {"top": grid.head})
        return Sketch(cells_alone, tuple(words.words), size[0], down, beside)
    spec = _framed([*layers, *names], grid, size, width - grid.left - size[0])
    return Sketch(spec, tuple(words.words), width, down)


def _framed(layers: list[Layer], grid: _Grid, size: tuple[int, int], right: int) -> Layer:
    return frame(layers, [{}], size, {"left": grid.left, "top": grid.head, "right": right})


def _unit_text(unit: str, cells: Mapping[tuple[int, int], Cell], grid: _Grid) -> Iterator[Text]:
    """Say what the cells are in, where they do not say it themselves."""
    if grid.text == len(next(iter(cells.values())).texts) - 1:
        yield Text(unit, -10, -12, "right", MUTED)


def _grid(groups: Sequence[str], cells: Mapping[tuple[int, int], Cell], width: int) -> _Grid:
    """Choose the fullest text that all cells have room for; on a narrow page cells are as wide as theirs needs."""
    longest = max(text_width(group) for group in groups)
    most = _NARROW_NAMES if width == NARROW else _MOST_NAMES
    left = math.ceil(min(most, max(_LEAST_NAMES, longest + 12)))
    wide = min((width - left - 1) / len(groups), _WIDEST)
    needs = _needs(list(cells.values()))
    text = next((at for at, need in enumerate(needs) if need <= wide), len(needs) - 1)
    if width == NARROW and text > _SCROLLED:
        text, wide = _SCROLLED, max(wide, _SLIM, needs[_SCROLLED])
    lines = max(len(cell.texts[text]) for cell in cells.values())
    upright = any("…" in line for group in groups for line in wrap(group, wide - _PAD))
    head = math.ceil(min(longest, _UPRIGHT)) + 10 if upright else 2 * _LINE + 6
    return _Grid(left, head, round(wide, 2), max(_LINE * lines + 2 * _PAD + _GAP, _LOWEST), text, upright)


def _needs(cells: Sequence[Cell]) -> list[float]:
    """Give how wide the cells must be for each of their texts."""
    ways = len(cells[0].texts)
    found = [
        max(text_width(line) for cell in cells for line in cell.texts[way]) + 2 * _PAD for way in range(ways)
    ]
    return [*found[:-1], found[-1] * _TIGHT]


def _box(x: float, y: float, grid: _Grid) -> dict[str, float]:
    half, tall = (grid.wide - _GAP) / 2, (grid.high - _GAP) / 2
    return {
        "x": round(x - half, 2),
        "x2": round(x + half, 2),
        "y": round(y - tall, 2),
        "y2": round(y + tall, 2),
    }


def _boxes(key: tuple[str, bool], values: list[dict[str, float]]) -> Layer:
    """Draw the cells of one shade: those within one group with a frame, those without a shade with a dashed edge."""
    fill, framed = key
    mark: dict[str, Any] = {"type": "rect", "fill": fill}
    if framed:
        mark |= {"stroke": LINE, "strokeWidth": 1.5}
    elif fill == PAPER:
        mark |= {"stroke": MUTED, "strokeWidth": 1}
    if fill == PAPER:
        mark |= {"strokeDash": [3, 3]}
    channels = {
        field: {"field": field, "type": "quantitative", "axis": None, "scale": None} for field in ("x", "y")
    }
    encoding = channels | {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    return {"data": {"values": values}, "mark": mark, "encoding": encoding}


def _rows(groups: Sequence[str], grid: _Grid) -> Iterator[Text]:
    """Name the rows on the left."""
    most = max(1, int((grid.high - _GAP) // _LINE))
    for row, group in enumerate(groups):
        lines = wrap(group, grid.left - 10, most)
        for at, line in enumerate(lines):
            y = (row + 0.5) * grid.high + _LINE * (at - (len(lines) - 1) / 2)
            yield Text(line, -10, y, "right")


def _columns(groups: Sequence[str], grid: _Grid) -> Iterator[Text]:
    """Name the columns above: upright where a name is wider than its column."""
    for column, group in enumerate(groups):
        x = (column + 0.5) * grid.wide
        if grid.upright:
            yield Text(wrap(group, _UPRIGHT, 1)[0], x, -8, "left", angle=270)
            continue
        lines = wrap(group, grid.wide - _PAD)
        for at, line in enumerate(lines):
            yield Text(line, x, -12 - _LINE * (len(lines) - 1 - at), "center")
