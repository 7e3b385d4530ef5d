"""Shapes of areas on a grid of whole steps: borders made as fine as a page can show and no finer, or squares where there are too many.

A step is half a pixel of the widest drawing. Corners are rounded to it one by one, and left out along whole borders: two areas with a
border in common have it in common afterwards. Nothing is drawn by chance, and the same borders give the same shapes.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answerable.outlines import Ring
from answerable.programmes.forecasts.thinning import Borders

__all__ = [
    "MOST_AREAS",
    "MOST_CORNERS",
    "MOST_SQUARES",
    "STEPS",
    "Corners",
    "Fitted",
    "cover",
    "fit",
    "fitted_rings",
    "lattice",
    "project",
    "side",
    "traced",
]

STEPS = (1_360, 1_040)
"""How many steps a drawing is wide and high, at the most: 680 × 520 px."""

MOST_AREAS, MOST_CORNERS, MOST_SQUARES = 3_000, 20_000, 3_600
"""More areas, or corners at the coarsest, are drawn as squares, and so many of these there are at the most."""

_FINER, _COARSEST = (1, 2), 4  # steps by which a border may be moved where corners are left out
_SMALLEST = 2  # steps: an area that would vanish is drawn as a square of this size
_REGULAR = 0.05  # of a step of a lattice, by which a place may lie beside it
_MOST_LINES = 1_000  # lines of a lattice along one side
_HALF_TURN, _TURN = 180, 360  # degrees

_Floats = NDArray[np.float64]
_Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Corners:
    """Corners of borders in the order in which they follow each other, arrays of shape (corners,).

    Attributes:
        area: Which area, by its number.
        ring: Which ring, numbered through all areas; a ring's corners stand together.
        is_hole: Whether the ring is a hole.
        x: How far east, in any unit; y in the same.
        y: How far down.
    """

    area: _Ints
    ring: _Ints
    is_hole: NDArray[np.bool_]
    x: _Floats
    y: _Floats


@dataclass(frozen=True, slots=True)
class Fitted:
    """How places become steps: the least x and y, steps for each unit, and how many steps there are."""

    left: float
    top: float
    scale: float
    width: int
    height: int

    def steps(self, x: _Floats, y: _Floats) -> tuple[_Floats, _Floats]:
        """Give places in steps, not rounded."""
        return (x - self.left) * self.scale, (y - self.top) * self.scale


def project(longitude: _Floats, latitude: _Floats) -> tuple[_Floats, _Floats]:
    """Lay degrees out on a plane: east by the cosine of the middle latitude, y downwards.

    An equirectangular projection, true to scale along that latitude and along every meridian (Snyder 1987, chapter 12). Places on both
    sides of the meridian of 180 degrees are laid side by side.
    """
    if len(longitude) and np.ptp(longitude) > _HALF_TURN:
        longitude = np.where(longitude < 0, longitude + _TURN, longitude)
    middle = (latitude.min() + latitude.max()) / 2 if len(latitude) else 0.0
    return longitude * math.cos(math.radians(middle)), -latitude


def fit(x: _Floats, y: _Floats) -> Fitted:
    """Fit places into the drawing, both axes by the same scale."""
    wide, high = float(np.ptp(x)), float(np.ptp(y))
    scale = min(
        (steps / reach for steps, reach in zip(STEPS, (wide, high), strict=True) if reach > 0), default=1.0
    )
    width, height = (max(_SMALLEST, math.ceil(reach * scale - 1e-9)) for reach in (wide, high))
    return Fitted(float(x.min()), float(y.min()), scale, width, height)


def fitted_rings(corners: Corners, into: Fitted) -> list[tuple[int, Ring]] | None:
    """Give each area's rings in steps, as fine as so many corners allow; None where there are too many at the coarsest."""
    x, y = into.steps(corners.x, corners.y)
    at = np.stack([np.rint(x), np.rint(y)], axis=1).astype(np.int64)
    borders = Borders(at, corners.ring)
    coarsest = _made(corners, borders, _COARSEST)
    if not _few(coarsest):  # then nothing finer need be tried
        return None
    return next(filter(_few, (_made(corners, borders, each) for each in _FINER)), coarsest)


def _few(rings: Iterable[tuple[int, Ring]]) -> bool:
    return sum(len(ring) // 2 for _, ring in rings) <= MOST_CORNERS


def _made(corners: Corners, borders: Borders, tolerance: float) -> list[tuple[int, Ring]]:
    """Give the rings that are left at one coarseness, each with its area."""
    starts = np.flatnonzero(np.diff(corners.ring, prepend=-1))
    return [
        (int(corners.area[start]), ring)
        for start, path in zip(starts, borders.thinned(tolerance), strict=True)
        if (ring := _ring(path, is_hole=bool(corners.is_hole[start])))
    ]


def _ring(at: _Ints, *, is_hole: bool) -> Ring:
    """Turn a ring the way that it is to run; a hole that has vanished is empty, and an area that has is a small square."""
    x, y = at.T
    size = int((x * np.roll(y, -1) - np.roll(x, -1) * y).sum()) if len(at) > 2 else 0  # noqa: PLR2004 - a ring has three corners
    if not size:
        return () if is_hole else _square(int(x[0]), int(y[0]))
    if (size < 0) != is_hole:
        at = at[::-1]
    first = int(np.lexsort((at[:, 1], at[:, 0]))[0])
    return tuple(np.roll(at, -first, axis=0).ravel().tolist())


def _square(x: int, y: int) -> Ring:
    x, y, more = max(x - _SMALLEST // 2, 0), max(y - _SMALLEST // 2, 0), _SMALLEST
    return (x, y, x + more, y, x + more, y + more, x, y + more)


def side(width: int, height: int, most: int) -> int:
    """Give the least side of squares, an even number of steps, of which so many at the most cover a drawing."""
    found = max(2, math.floor(math.sqrt(width * height / most)))
    found += found % 2
    while math.ceil(width / found) * math.ceil(height / found) > most:
        found += 2
    return found


def lattice(values: _Floats) -> tuple[_Ints, float] | None:
    """Give the line of a lattice on which each value lies, and how far its lines are apart; None where the values make none."""
    reach = float(np.ptp(values))
    if reach <= 0:
        return np.zeros(len(values), dtype=np.int64), 0.0
    gaps = np.diff(np.sort(values))
    step = float(gaps[gaps > reach / _MOST_LINES / 2].min(initial=reach))
    lines = (values - values.min()) / step
    if np.abs(lines - np.rint(lines)).max() > _REGULAR or lines.max() > _MOST_LINES:
        return None
    return np.rint(lines).astype(np.int64), step


def cover(corners: Corners, into: Fitted, square: int) -> tuple[_Ints, _Ints, _Ints]:
    """Give the squares whose middle lies within an area's border: the area, the column and the row of each.

    A row of middles is crossed by a ring's edges an even number of times: what lies between the first and the second, the third and the
    fourth, is inside.
    """
    x, y = (values / square - 0.5 for values in into.steps(corners.x, corners.y))
    following = np.arange(1, len(x) + 1)
    ends = np.append(np.flatnonzero(np.diff(corners.ring)), len(x) - 1)
    following[ends] = np.append(0, ends[:-1] + 1)
    low, high = np.minimum(y, y[following]), np.maximum(y, y[following])
    first, last = np.ceil(low).astype(np.int64), np.ceil(high).astype(np.int64)
    number = last - first  # a row level with the lower end is crossed, with the upper one it is not
    edge = np.repeat(np.arange(len(x)), number)
    row = np.repeat(first, number) + np.arange(len(edge)) - np.repeat(np.cumsum(number) - number, number)
    slope = (x[following] - x)[edge] / (y[following] - y)[edge]
    at = x[edge] + (row - y[edge]) * slope
    order = np.lexsort((at, row, corners.area[edge]))
    begin, end = order[::2], order[1::2]
    left, right = np.ceil(at[begin]).astype(np.int64), np.ceil(at[end]).astype(np.int64)
    number = right - left
    span = np.repeat(np.arange(len(begin)), number)
    column = np.repeat(left, number) + np.arange(len(span)) - np.repeat(np.cumsum(number) - number, number)
    return corners.area[edge[begin]][span], column, row[begin][span]


def traced(cells: Iterable[tuple[int, int]], wide: float, high: float) -> tuple[Ring, ...]:
    """Give the outline of some cells of a grid taken together, in steps: edges between two of them are left out.

    Args:
        cells: The column and the row of each.
        wide: Steps of a cell, not rounded: corners are.
        high: Likewise.
    """
    edges: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    held = set(cells)
    for column, row in sorted(held):
        corners = ((column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1))
        beside = ((column, row - 1), (column + 1, row), (column, row + 1), (column - 1, row))
        for place, other in enumerate(beside):
            if other not in held:
                edges[corners[place]].append(corners[(place + 1) % 4])
    rings = []
    for start in sorted(edges):
        while edges[start]:
            path = [start]
            while not (len(path) > 1 and path[-1] == start):
                path.append(edges[path[-1]].pop())
            rings.append(_straight(path[:-1], wide, high))
    return tuple(rings)


def _straight(path: Sequence[tuple[int, int]], wide: float, high: float) -> Ring:
    """Leave out the corners at which a path does not turn."""
    found: list[int] = []
    for place, (x, y) in enumerate(path):
        before, after = path[place - 1], path[(place + 1) % len(path)]
        if not (before[0] == x == after[0] or before[1] == y == after[1]):
            found += (round(x * wide), round(y * high))
    return tuple(found)
