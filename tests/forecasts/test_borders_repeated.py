"""Borders that are given more than once: polygons that repeat or overlap, two sources of one area, two systems of coordinates."""

import pytest

from answerable.engine.spark import Spark
from answerable.programmes.forecasts import PROGRAMME
from forecasts.borders import corners, quadrangle, sizes, square
from planting import plant, table

BACKWARDS = [
    [1, 0],
    [0, 0],
    [0, 1],
    [1, 1],
    [1, 0],
]  # the square at the origin, from another corner and the other way round


@pytest.mark.parametrize("again", [square(0, 0), BACKWARDS])
def test_a_polygon_that_repeats_another_of_its_area_counts_once(planted, again):
    """One square drawn twice has the size of one, holds a point once, and overlaps nothing."""
    areas = [("a", [square(0, 0)]), ("a", [again]), ("a", [square(3, 0)])]
    rows = [{"id": "in", "longitude": 0.5, "latitude": 0.25}]
    engine = planted({"boundary corner": corners(areas), "outcome": rows})
    assert sizes(engine)["a"] == pytest.approx(2 * quadrangle(0, 1, 1), rel=1e-8)
    assert engine.rows("SELECT area_known FROM base_outcomes") == [("by point",)]
    assert engine.rows("SELECT * FROM area_overlaps") == []


def test_the_same_border_of_two_areas_is_no_repeat(planted):
    """A polygon counts once within its area; another area keeps its own."""
    engine = planted({"boundary corner": corners([("a", [square(0, 0)]), ("b", [square(0, 0)])])})
    assert sizes(engine)["a"] == sizes(engine)["b"] == pytest.approx(quadrangle(0, 1, 1), rel=1e-8)


@pytest.mark.parametrize(
    ("two", "overlaps"),
    [(square(1, 0), False), (square(5, 5), False), (square(0.5, 0.5), True), (square(0.25, 0.25, 0.5, 0.5), True)],
)  # fmt: skip  # a table: what stands in one line belongs together
def test_polygons_of_one_area_that_overlap_are_reported(planted, two, overlaps):
    """A piece that two polygons of an area share is in no polygon twice: the area is said to overlap itself."""
    engine = planted({"boundary corner": corners([("a", [square(0, 0)]), ("a", [two])])})
    assert engine.rows("SELECT * FROM area_overlaps") == ([("a", "a")] if overlaps else [])


def test_a_border_in_two_sources_counts_once_and_is_said(planted):
    """The border of the first source is taken, also where that of the second differs in its last digits; the area is reported."""
    first = corners([("a", [square(0, 0)]), ("b", [square(2, 0)])])
    second = [row | {"source": 2, "x": row["x"] + 1e-9} for row in corners([("a", [square(0, 0)])])]
    engine = planted({"boundary corner": first + second})
    assert sizes(engine) == pytest.approx(dict.fromkeys("ab", quadrangle(0, 1, 1)), rel=1e-8)
    assert engine.rows("SELECT * FROM area_overlaps") == [("a", "a")]


@pytest.mark.spark
def test_spark_counts_borders_as_duckdb_does(planted, kinds):
    """Repeated polygons, polygons of one area that overlap, and a border in two sources are the same on the second engine."""
    first = corners(
        [("a", [square(0, 0)]), ("a", [BACKWARDS]), ("b", [square(2, 0)]), ("b", [square(2.5, 0)])]
    )
    rows = [*first, *(row | {"source": 2} for row in corners([("c", [square(9, 0)]), ("a", [square(0, 0)])]))]
    duckdb = planted({"boundary corner": rows})
    spark = Spark()
    plant(spark, PROGRAMME, {"boundaries": table(kinds["boundary corner"], rows)})
    asked = "SELECT area_1, area_2 FROM area_overlaps ORDER BY area_1"
    assert duckdb.rows(asked) == spark.rows(asked) == [("a", "a"), ("b", "b")]
    assert sizes(spark) == pytest.approx(sizes(duckdb), rel=1e-9)
    spark.close()


def test_a_border_in_degrees_and_in_metres_is_measured_once(planted):
    """Two systems of one area serve points of either; its size is that in degrees, and neither overlaps the other."""
    metres = corners([("a", [square(0, 0, 2000, 2000)])], coordinates="metres")
    degrees = [row | {"source": 2} for row in corners([("a", [square(0, 0)])])]
    engine = planted({"boundary corner": [*metres, *degrees]})
    assert sizes(engine)["a"] == pytest.approx(quadrangle(0, 1, 1), rel=1e-8)
    assert engine.rows("SELECT * FROM area_overlaps") == []
