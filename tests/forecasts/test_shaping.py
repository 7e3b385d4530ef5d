"""Borders become shapes that a page can show: alike from both sides, turned the right way, no finer than can be seen, and none is lost."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.programmes.forecasts import shaping
from answerable.programmes.forecasts.shaping import (
    Corners,
    cover,
    fit,
    fitted_rings,
    lattice,
    project,
    side,
    traced,
)
from answerable.programmes.forecasts.thinning import Borders


def corners(*rings, holes=()):
    """Lay rings out, each of an area of its own but holes, which are of the area before."""
    area = np.cumsum([place not in holes for place in range(len(rings))]) - 1
    number = [len(ring) for ring in rings]
    x, y = np.array([corner for ring in rings for corner in ring], dtype=float).T
    return Corners(
        np.repeat(area, number),
        np.repeat(np.arange(len(rings)), number),
        np.repeat([place in holes for place in range(len(rings))], number),
        x,
        y,
    )


def enclosed(ring):
    """Twice what a ring encloses, above 0 where it runs as an outer one."""
    x, y = np.array(ring).reshape(-1, 2).T
    return int((x * np.roll(y, -1) - np.roll(x, -1) * y).sum())


def square(x, y, size=1.0):
    """A square by its corner."""
    return [(x, y), (x + size, y), (x + size, y + size), (x, y + size)]


def wavy(chance, number=400):
    """A border of many corners from one side of the drawing to the other."""
    return list(
        zip(np.linspace(0, 10, number), 5 + 0.02 * chance.standard_normal(number).cumsum(), strict=True)
    )


def test_the_aspect_is_kept():
    """Both axes have one scale, whichever side is the longer."""
    for wide, high in ((10, 1), (1, 10), (3, 3)):
        into = fit(np.array([0.0, wide]), np.array([5.0, 5.0 + high]))
        assert into.width / into.height == pytest.approx(wide / high, rel=0.02)
        assert into.width <= shaping.STEPS[0]
        assert into.height <= shaping.STEPS[1]


def test_degrees_are_narrower_away_from_the_equator():
    """At 60 degrees a degree of longitude is half as long as one of latitude; north is up; the meridian of 180 degrees parts nothing."""
    x, y = project(np.array([10.0, 11.0]), np.array([59.5, 60.5]))
    assert np.diff(x)[0] / -np.diff(y)[0] == pytest.approx(0.5)
    x, _ = project(np.array([179.5, -179.5]), np.array([0.0, 0.0]))
    assert np.diff(x)[0] == pytest.approx(1)


def test_a_border_in_common_stays_in_common():
    """Two areas that meet along four hundred corners meet along the same few afterwards."""
    chance = np.random.default_rng(5)
    border = wavy(chance)
    upper, lower = [*border, (10, 10), (0, 10)], [(0, 0), (10, 0), *border[::-1]]
    made = fitted_rings(corners(upper, lower), fit(np.array([0.0, 10.0]), np.array([0.0, 10.0])))
    one, two = (set(zip(ring[::2], ring[1::2], strict=True)) for _, ring in made)
    assert 10 < len(one & two) < 300
    assert len(one - two) == len(two - one) == 2
    sizes = [enclosed(ring) for _, ring in made]
    assert sum(sizes) == 2 * 1_040 * 1_040  # no gap between them, and no overlap


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=3, max_size=40))
def test_a_thinned_border_lies_near_the_whole_one(path):
    """No corner that is left out lies further from what is left than it may, whatever the ring."""
    at = np.array(path, dtype=np.int64)
    (thin,) = Borders(at, np.zeros(len(at), dtype=np.int64)).thinned(2)
    ends = np.roll(thin, -1, axis=0)
    for point in at:
        along, whole = ends - thin, ((ends - thin) ** 2).sum(axis=1)
        share = np.clip(((point - thin) * along).sum(axis=1) / np.maximum(whole, 1), 0, 1)
        assert np.hypot(*(thin + share[:, None] * along - point).T).min() <= 2 + 1e-9


def test_rings_run_the_way_that_fills_them():
    """An outer ring runs one way and its hole the other, however the file has them, from the same corner."""
    for turn in (1, -1):
        made = fitted_rings(
            corners(square(0, 0, 10)[::turn], square(3, 3, 4)[::turn], holes=(1,)), fit(np.array([0, 10.0]), np.array([0, 10.0]))
        )  # fmt: skip  # what belongs together stands together
        (area, outer), (same, hole) = made
        assert area == same == 0
        assert enclosed(outer) > 0 > enclosed(hole)
        assert outer[:2] == (0, 0)


def test_no_area_vanishes():
    """One that is smaller than a pixel is drawn as a square of two steps; a hole of that size is left out."""
    tiny, large = square(9.9999, 0.00001, 0.00001), square(0, 0, 10)
    made = fitted_rings(
        corners(large, square(5, 5, 0.00001), tiny, holes=(1,)), fit(np.array([0, 10.0]), np.array([0, 10.0]))
    )
    assert [area for area, _ in made] == [0, 1]
    assert enclosed(made[1][1]) == 8


def test_too_many_corners_are_no_shapes(monkeypatch):
    """Where the coarsest has more corners than a page should hold, there are none; where it has not, the finest that fits is taken."""
    into = fit(np.array([0, 10.0]), np.array([0, 10.0]))
    ring = [*wavy(np.random.default_rng(2)), (10, 0), (0, 0)]
    fine = fitted_rings(corners(ring), into)[0][1]
    monkeypatch.setattr(shaping, "MOST_CORNERS", len(fine) // 2 - 1)
    assert len(fitted_rings(corners(ring), into)[0][1]) < len(fine)
    monkeypatch.setattr(shaping, "MOST_CORNERS", 4)
    assert fitted_rings(corners(ring), into) is None


def test_squares_cover_what_borders_enclose():
    """The squares of an L with a hole are those whose middle lies in it, and each is told with its area."""
    bent = [(0, 0), (10, 0), (10, 4), (4, 4), (4, 10), (0, 10)]
    found = cover(
        corners(bent, square(1, 1, 2), square(6, 6, 4), holes=(1,)),
        fit(np.array([0, 10.0]), np.array([0, 10.0])),
        104,
    )
    held = {place: set() for place in (0, 1)}
    for area, column, row in zip(*found, strict=True):
        held[int(area)].add((int(column), int(row)))
    inside = {(column, row) for column in range(10) for row in range(10) if column < 4 or row < 4}
    assert held[0] == inside - {(column, row) for column in (1, 2) for row in (1, 2)}
    assert held[1] == {(column, row) for column in range(6, 10) for row in range(6, 10)}


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=30))
def test_cells_taken_together_enclose_as_much_as_one_by_one(cells):
    """The outline of cells has their size, whatever holes and corners it has, and the same cells give the same outline."""
    rings = traced(cells, 3, 2)
    assert sum(map(enclosed, rings)) == 2 * 6 * len(cells)
    assert rings == traced(sorted(cells, reverse=True), 3, 2)


@given(st.integers(1, 3_000), st.integers(1, 3_000), st.integers(1, 4_000))
def test_squares_are_never_too_many(width, height, most):
    """However a drawing is shaped, so many squares cover it at the most, and their sides are even."""
    found = side(width, height, most)
    assert -(-width // found) * -(-height // found) <= most
    assert found % 2 == 0


def test_a_lattice_is_found_and_what_is_none_is_not():
    """Places in equal steps lie on its lines, gaps and roundings notwithstanding; places that lie anyhow lie on none."""
    lines, step = lattice(np.array([1.0, 1.2, 1.6, 1.2001, 2.0]))
    assert lines.tolist() == [0, 1, 3, 1, 5]
    assert step == pytest.approx(0.2, rel=0.01)
    assert lattice(np.array([3.0, 3.0]))[0].tolist() == [0, 0]
    assert lattice(np.random.default_rng(1).random(50)) is None
