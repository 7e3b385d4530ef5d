"""Borders as records: sizes on the ellipsoid, points in areas, and areas that overlap."""

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.engine import DuckDB
from answerable.programmes.forecasts import PROGRAMME
from answerable.programmes.forecasts.records import KINDS
from forecasts.borders import corners, quadrangle, sizes, square
from planting import plant, table


def test_the_whole_ellipsoid_has_its_published_surface(planted):
    """WGS 84 has 510,065,621.724 km² (NIMA TR8350.2, table 3.3 gives 5.10065621724E14 m²)."""
    engine = planted({"boundary corner": corners([("earth", [square(-180, -90, 360, 180)])])})
    assert sizes(engine)["earth"] == pytest.approx(510_065_621.724, abs=0.01)


@pytest.mark.parametrize(
    ("south", "height", "width"), [(0, 1, 1), (37.75, 0.002, 0.002), (-60, 5, 3), (-1, 2, 1)]
)
def test_a_quadrangle_has_the_size_of_its_integral(planted, south, height, width):
    """Between parallels and meridians the authalic projection is exact."""
    engine = planted({"boundary corner": corners([("a", [square(10, south, width, height)])])})
    assert sizes(engine)["a"] == pytest.approx(quadrangle(south, south + height, width), rel=1e-8, abs=1e-6)


def test_metres_are_planar_and_holes_are_taken_off(planted):
    """A square of 2 km with a hole of 1 km has 3 km²; two polygons of an area are added."""
    areas = [
        ("a", [square(0, 0, 2000, 2000), square(500, 500, 1000, 1000)]),
        ("a", [square(5000, 0, 1000, 1000)]),
    ]
    engine = planted({"boundary corner": corners(areas, coordinates="metres")})
    assert sizes(engine)["a"] == pytest.approx(4.0)


POLYGONS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=3, max_size=9)


PLACES = st.lists(st.tuples(st.integers(-2, 26), st.integers(-2, 26)), min_size=1, max_size=25, unique=True)


@settings(max_examples=40)
@given(polygon=POLYGONS, places=PLACES)
def test_points_are_joined_by_the_even_odd_rule(polygon, places):
    """For any ring, also one that crosses itself, a point off its corners' heights is inside as the angles around it say."""
    kinds = {kind.name: kind for kind in KINDS}
    points = [(x / 2 + 0.13, y / 2 + 0.29) for x, y in places]
    engine = DuckDB()
    rows = [{"id": str(n), "longitude": x, "latitude": y, "number": 1} for n, (x, y) in enumerate(points)]
    tables = {
        "boundaries": table(kinds["boundary corner"], corners([("a", [[*polygon, polygon[0]]])])),
        "outcomes": table(kinds["outcome"], rows),
    }
    plant(engine, PROGRAMME, tables)
    found = dict(engine.rows("SELECT CAST(id AS INT), in_area = 'a' FROM base_outcomes"))
    engine.close()
    for n, (x, y) in enumerate(points):
        # The turns of the line from the point to a corner that goes once round the ring: their parity is that of the crossings.
        ring = [*polygon, polygon[0]]
        angles = [math.atan2(b - y, a - x) for a, b in ring]
        turned = sum((two - one + math.pi) % (2 * math.pi) - math.pi for one, two in pairwise(angles))
        assert bool(found[n]) == bool(round(turned / (2 * math.pi)) % 2), (x, y)


def test_a_point_on_a_shared_border_is_in_one_area(planted):
    """Of squares side by side, a point on the line between them, or on a corner of four, belongs to one."""
    areas = [(f"{x}{y}", [square(x, y)]) for x in (0, 1) for y in (0, 1)]
    rows = [
        {"id": "edge", "longitude": 1.0, "latitude": 0.5},
        {"id": "corner", "longitude": 1.0, "latitude": 1.0},
    ]
    engine = planted({"boundary corner": corners(areas), "outcome": rows})
    assert dict(engine.rows("SELECT id, area_known FROM base_outcomes")) == {
        "edge": "by point",
        "corner": "by point",
    }


def test_what_lies_outside_or_in_a_hole_is_said(planted):
    """A stated area comes first; a point in a hole is outside, one in two areas is in several, and nothing is dropped."""
    areas = [("a", [square(0, 0, 4, 4), square(1, 1)]), ("b", [square(3, 3, 4, 4)])]
    rows = [
        {"id": "stated", "area": "z", "longitude": 0.5, "latitude": 0.5},
        {"id": "in", "longitude": 0.5, "latitude": 0.5},
        {"id": "hole", "longitude": 1.5, "latitude": 1.5},
        {"id": "both", "longitude": 3.5, "latitude": 3.5},
        {"id": "out", "longitude": 50.0, "latitude": 3.5},
        {"id": "metres", "x": 500.0, "y": 20.0},
        {"id": "nowhere"},
    ]
    engine = planted({"boundary corner": corners(areas), "outcome": rows})
    assert {row[0]: row[1:] for row in engine.rows("SELECT id, area_known, in_area FROM base_outcomes")} == {
        "stated": ("stated", "z"),
        "in": ("by point", "a"),
        "hole": ("outside every area", None),
        "both": ("in several areas", None),
        "out": ("outside every area", None),
        "metres": ("point without borders", None),
        "nowhere": ("not stated", None),
    }


@pytest.mark.parametrize(
    ("one", "two", "overlaps"),
    [
        ([square(0, 0)], [square(1, 0)], False),  # a shared border
        ([square(0, 0)], [square(1, 0.5)], False),  # a border shared in part
        ([square(0, 0)], [square(1, 1)], False),  # a shared corner
        ([square(0, 0)], [square(5, 5)], False),
        ([square(0, 0, 3, 3), square(1, 1)], [square(1, 1)], False),  # one fills the other's hole
        ([square(0, 0)], [square(0.5, 0.5)], True),
        ([square(0, 0)], [square(0, 0)], True),  # the same twice
        ([square(0, 0, 3, 3)], [square(1, 1)], True),  # one within the other
        ([square(0, 1, 3, 1)], [square(1, 0, 1, 3)], True),  # a cross: no corner of one in the other
    ],
)
def test_areas_that_overlap_are_found(planted, one, two, overlaps):
    """A shared border is no overlap; a common piece is, however the two lie."""
    engine = planted({"boundary corner": corners([("one", one), ("two", two)])})
    assert engine.rows("SELECT * FROM area_overlaps") == ([("one", "two")] if overlaps else [])
