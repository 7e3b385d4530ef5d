"""Counts the bytes of maps of how often areas were flagged, for made-up towns of more and more areas, and prints a table.

    .venv/bin/python bench/maps.py

Towns are squares in a grid, and neighbourhoods about points by lot with borders of 6 corners an area and of some 65. Ranges are over towns of
which a tenth of the areas, and all of them, were ever flagged. Both drawings are counted, the wide and the narrow one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import Voronoi
from tables import table

from answerable.programmes.forecasts.mapping import Classes, outlines
from answerable.report.areas import areas
from answerable.report.canvas import NARROW, WIDE
from answerable.report.charts import Panel
from answerable.report.drawing import draw

_AREAS, _PERIODS, _SEED = (661, 3_000, 10_000), 368, 3
_LABELS = ("in no period", "5", "20", "50", "more", "in every period")
_WEST, _SOUTH, _ACROSS, _UP, _CELL = -122.3, 37.7, 0.3, 0.2, 0.002  # degrees
_WAVES = 0.03  # of an edge, by which its corners lie beside it

_Border = NDArray[np.float64]


def _grid(number: int) -> list[_Border]:
    """Make squares in a grid."""
    side = int(np.ceil(number**0.5))
    corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1)])
    places = np.stack([np.arange(number) % side, np.arange(number) // side], axis=1)
    return [np.array((_WEST, _SOUTH)) + _CELL * (corners + place) for place in places]


def _neighbourhoods(number: int, more: int) -> list[_Border]:
    """Make areas about points by lot, with so many more corners on each edge, which two neighbours have in common."""
    chance = np.random.default_rng(_SEED)
    points = chance.random((number, 2))
    east, north = np.array([2.0, 0.0]), np.array([0.0, 2.0])
    mirrors = [points, points * (-1, 1), east + points * (-1, 1), points * (1, -1), north + points * (1, -1)]
    made = Voronoi(np.concatenate(mirrors))
    edges: dict[tuple[int, int], _Border] = {}
    borders = []
    for place in range(number):
        region = made.regions[made.point_region[place]]
        ring = []
        for one, two in zip(region, [*region[1:], region[0]], strict=True):
            key = (min(one, two), max(one, two))
            if key not in edges:
                start, end = made.vertices[list(key)]
                edge = start + (end - start) * np.linspace(0, 1, more + 2)[:, None]
                edge[1:-1] += chance.normal(0, _WAVES * np.hypot(*(end - start)), (more, 2))
                edges[key] = edge
            ring.append(edges[key][:-1] if one == key[0] else edges[key][:0:-1])
        borders.append((_WEST, _SOUTH) + np.concatenate(ring) * (_ACROSS, _UP))
    return borders


def _bytes(borders: list[_Border], share: float) -> int:
    """Draw a map of borders, a share of whose areas was ever flagged, and count its bytes."""
    chance = np.random.default_rng(len(borders))
    number = [len(border) for border in borders]
    at = np.repeat(np.arange(len(borders)), number)
    x, y = np.concatenate(borders).T
    columns = {
        "number": at,
        "known_by": np.full(len(at), "degrees"),
        "polygon": at,
        "ring": np.ones(len(at)),
        "x": x,
        "y": y,
    }
    often = np.floor(_PERIODS * chance.beta(0.4, 1, len(borders)))
    times = np.where(chance.random(len(borders)) < share, often, 0.0)
    bounds = (1e-9, 0.05 * _PERIODS, 0.2 * _PERIODS, 0.5 * _PERIODS, _PERIODS - 1e-9)
    classes = Classes(_LABELS, times, _PERIODS, bounds)
    made = outlines(
        {f"beside.{name}": np.ma.asarray(column) for name, column in columns.items()}, classes, "often"
    )
    key = [(label, "9 areas") for label in _LABELS]
    wide, narrow = (areas(made, key, "Share of the periods", width) for width in (WIDE, NARROW))
    return sum(len(str(each).encode()) for each in draw(Panel(wide, narrow, ""), "map", ""))


def main() -> None:
    """Print the table."""
    rows = []
    for number in _AREAS:
        towns = (_grid(number), _neighbourhoods(number, 0), _neighbourhoods(number, 10))
        row = [f"{number:,}"]
        for borders in towns:
            found = sorted({round(_bytes(borders, share) / 1_000) for share in (0.1, 1.0)})
            row.append(" to ".join(map(str, found)))
        rows.append(row)
    head = (
        "areas",
        "squares in a grid, kB",
        "borders of 6 corners an area, kB",
        "borders of 65 corners an area, kB",
    )
    print(*table(head, rows, right=True), sep="\n")


if __name__ == "__main__":
    main()
