"""Where judged areas lie, from the columns of the view ``area_outlines`` to shapes of classes: no area is named, and no place on the earth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answerable import wording
from answerable.outlines import Outlines, Ring
from answerable.programmes.forecasts import shaping
from answerable.programmes.forecasts.shaping import Corners, Fitted
from answerable.programmes.measure import Columns

__all__ = ["BESIDE", "Classes", "outlines"]

BESIDE = (
    "SELECT number, known_by, polygon, ring, corner, x, y FROM area_outlines\n"
    "ORDER BY known_by, number, polygon NULLS FIRST, ring NULLS FIRST, corner NULLS FIRST"
)
"""The query of what is drawn."""

_NOWHERE = "These records do not say where the areas lie."
_POOLED = (
    "There are too many areas to tell apart at this size: each square stands for all areas whose middle lies in it, and has the shade of "
    "all of their periods together."
)
_ROWS = "Rows and columns are drawn as the records number them, the first row at the top and the first column on the left."
_SPOTS = "The records state the middle of each area and no border: each square stands for the areas whose middle lies in it."
_IN_A_SQUARE = 3  # areas, where their middles lie anyhow: with fewer many squares would be bare
_MOST_SIDE = 96  # steps of a cell of a grid
_LEAST_SIDE = 4  # steps below which a cell is too small to be seen

_Floats = NDArray[np.float64]
_Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Classes:
    """How often each area was flagged, and the classes into which that is put.

    Attributes:
        labels: The classes' labels, in order.
        times: How often each area was flagged, by its number.
        periods: In how many periods it could have been.
        bounds: The greatest number of times of each class but the last.
    """

    labels: tuple[str, ...]
    times: _Floats
    periods: int
    bounds: tuple[float, ...]

    def of(self, times: _Floats) -> _Ints:
        """Give the class of each of some numbers of times."""
        return np.asarray(np.searchsorted(self.bounds, times))

    @property
    def of_areas(self) -> _Ints:
        """The class of each area."""
        return self.of(self.times)


def outlines(columns: Columns, classes: Classes, breakdown: str) -> Outlines:
    """Make the shapes of the classes from whatever says where areas lie: borders, rows and columns, or middles.

    Args:
        columns: As `BESIDE` returns them, with ``beside.`` before their names.
        classes: How often each area was flagged.
        breakdown: The breakdown of the classes.
    """
    known_by = np.ma.filled(columns["beside.known_by"], "").astype(str)
    area = np.ma.filled(columns["beside.number"], -1).astype(np.int64)
    ways = {
        way: rows
        for way in ("degrees", "metres", "row and column", "middle")
        if (rows := known_by == way).any()
    }
    if not ways:
        return Outlines(breakdown=breakdown, missing=_NOWHERE)
    # Borders come before rows and columns, and those before middles; of two systems of borders, the one that more areas have.
    borders = [way for way in ("degrees", "metres") if way in ways]
    way = max(borders, key=lambda each: len(np.unique(area[ways[each]]))) if borders else next(iter(ways))
    rows = ways[way]
    x, y = (_numbers(columns, name)[rows] for name in ("x", "y"))
    drawn = _Drawn(classes, area[rows], breakdown)
    if way in ("degrees", "middle"):
        x, y = shaping.project(x, y)
    if way == "metres":
        y = -y
    if not borders:
        return drawn.of_places(x, y, _ROWS if way == "row and column" else _SPOTS)
    polygon, ring = (_numbers(columns, name)[rows].astype(np.int64) for name in ("polygon", "ring"))
    changed = (np.diff(drawn.area, prepend=-1) != 0) | (np.diff(polygon, prepend=-1) != 0)
    numbers = np.cumsum(changed | (np.diff(ring, prepend=-1) != 0))
    return drawn.of_borders(Corners(drawn.area, numbers, ring > 1, x, y))


def _numbers(columns: Columns, name: str) -> _Floats:
    return np.asarray(np.ma.filled(np.ma.asarray(columns[f"beside.{name}"], dtype=np.float64), 0.0))


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """The areas that can be drawn: ``area`` has the number of the area of each row."""

    classes: Classes
    area: _Ints
    breakdown: str

    def _made(
        self, size: tuple[int, int], shapes: Sequence[list[Ring]], notes: Sequence[str], square: int = 0
    ) -> Outlines:
        left = len(self.classes.times) - len(np.unique(self.area))
        said = (
            f"{wording.plural(left, 'area')} of {wording.count(len(self.classes.times))} {'is' if left == 1 else 'are'} not drawn: these "
            f"records do not say where {'it lies' if left == 1 else 'they lie'}.",
        )
        return Outlines(
            breakdown=self.breakdown,
            width=size[0],
            height=size[1],
            shapes={
                label: tuple(rings) for label, rings in zip(self.classes.labels, shapes, strict=True) if rings
            },
            square=square,
            notes=(*notes, *(said if left else ())),
        )

    def of_borders(self, corners: Corners) -> Outlines:
        into = shaping.fit(corners.x, corners.y)
        few = len(np.unique(self.area)) <= shaping.MOST_AREAS
        rings = shaping.fitted_rings(corners, into) if few else None
        if rings is not None:
            shapes: list[list[Ring]] = [[] for _ in self.classes.labels]
            of_areas = self.classes.of_areas
            for area, ring in rings:
                shapes[of_areas[area]].append(ring)
            return self._made((into.width, into.height), shapes, ())
        square = shaping.side(into.width, into.height, shaping.MOST_SQUARES)
        covered = shaping.cover(corners, into, square)
        return self._squares(into.steps(*_middles(corners)), into, square, (_POOLED,), covered)

    def of_places(self, x: _Floats, y: _Floats, note: str) -> Outlines:
        """Draw a cell for each place of a lattice, or squares for places that lie anyhow."""
        across, down = shaping.lattice(x), shaping.lattice(y)
        if across and down:
            apart = (across[1] or down[1] or 1.0, down[1] or across[1] or 1.0)
            made = self._cells(across[0], down[0], apart, note)
            if made is not None:
                return made
        into = shaping.fit(x, y)
        square = shaping.side(
            into.width, into.height, min(shaping.MOST_SQUARES, max(1, len(x) // _IN_A_SQUARE))
        )
        return self._squares(into.steps(x, y), into, square, (note, _POOLED))

    def _cells(self, columns: _Ints, rows: _Ints, apart: tuple[float, float], note: str) -> Outlines | None:
        """Draw the cells of a lattice: one by one, or taken together by classes where there are many; None where they are too small."""
        number = (int(columns.max()) + 1, int(rows.max()) + 1)
        scale = min(
            steps / lines / gap for steps, lines, gap in zip(shaping.STEPS, number, apart, strict=True)
        )
        wide, high = (min(scale, _MOST_SIDE / max(apart)) * gap for gap in apart)
        if min(wide, high) < _LEAST_SIDE:
            return None
        size = (round(number[0] * wide), round(number[1] * high))
        ranks = self._ranks(columns, rows, number)
        few = (ranks >= 0).sum() == len(columns) <= shaping.MOST_AREAS
        shapes: list[list[Ring]] = []
        for rank in range(len(self.classes.labels)):
            cells = _cells_of(ranks, rank)
            each = [[cell] for cell in cells] if few else [cells]
            shapes.append([ring for some in each for ring in shaping.traced(some, wide, high)])
        if sum(len(ring) // 2 for rings in shapes for ring in rings) > shaping.MOST_CORNERS:
            return None
        return self._made(size, shapes, (note,), 0 if few else round(wide))

    def _squares(
        self,
        middles: tuple[_Floats, _Floats],
        into: Fitted,
        square: int,
        notes: Sequence[str],
        covered: tuple[_Ints, _Ints, _Ints] | None = None,
    ) -> Outlines:
        """Draw squares that stand for the areas whose middle lies in them; one without any is that of the area which covers its own middle."""
        size = (-(-into.width // square), -(-into.height // square))
        column, row = (
            np.clip((at // square).astype(np.int64), 0, most - 1)
            for at, most in zip(middles, size, strict=True)
        )
        ranks = self._ranks(column, row, size)
        if covered is not None:
            area, column, row = covered
            held = (column >= 0) & (column < size[0]) & (row >= 0) & (row < size[1])
            area, column, row = area[held], column[held], row[held]
            bare = ranks[column, row] < 0
            ranks[column[bare], row[bare]] = self.classes.of_areas[area[bare]]
        shapes = [
            list(shaping.traced(_cells_of(ranks, rank), square, square))
            for rank in range(len(self.classes.labels))
        ]
        return self._made((size[0] * square, size[1] * square), shapes, notes, square)

    def _ranks(self, columns: _Ints, rows: _Ints, size: tuple[int, int]) -> _Ints:
        """Give the class of each cell, that of the mean of its areas; -1 where there is none."""
        flags, number = np.zeros(size), np.zeros(size)
        np.add.at(flags, (columns, rows), self.classes.times[np.unique(self.area)])
        np.add.at(number, (columns, rows), 1)
        some = number > 0
        means = np.divide(flags, number, out=np.zeros(size), where=some)
        return np.where(some, self.classes.of(means), -1)


def _cells_of(ranks: _Ints, rank: int) -> list[tuple[int, int]]:
    """Give the column and the row of each cell of a class."""
    columns, rows = np.nonzero(ranks == rank)
    return list(zip(columns.tolist(), rows.tolist(), strict=True))


def _middles(corners: Corners) -> tuple[_Floats, _Floats]:
    """Give the middle of the box that holds each area, in the order of their numbers."""
    starts = np.flatnonzero(np.diff(corners.area, prepend=-1))
    x, y = (
        (np.minimum.reduceat(values, starts) + np.maximum.reduceat(values, starts)) / 2
        for values in (corners.x, corners.y)
    )
    return x, y
