"""Borders: GeoJSON as it comes, sizes on the ellipsoid, points in areas, and areas that overlap."""

import json
import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from answerable.engine import DuckDB
from answerable.engine.spark import Spark
from answerable.errors import InputError
from answerable.programmes.forecasts import PROGRAMME
from answerable.programmes.forecasts.records import KINDS
from planting import plant, table

AXIS, SQUARED = 6378.137, 0.00669437999014  # WGS 84, in km


@pytest.fixture
def mapped(take, layouts, tmp_path):
    """Give a function that takes in the text of a map."""

    def run(text, name="beats.geojson"):
        path = tmp_path / name
        path.write_text(text)
        return take(path, own=layouts, kinds=KINDS)

    return run


def square(west, south, width=1.0, height=1.0):
    """Give the closed ring of a rectangle."""
    east, north = west + width, south + height
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def corners(areas, *, coordinates="longitude/latitude"):
    """Give the records of areas, each one polygon with its rings."""
    return [
        {"area": name, "polygon": at, "ring": ring, "vertex": vertex, "x": float(x), "y": float(y), "coordinates": coordinates}
        for at, (name, rings) in enumerate(areas, start=1)
        for ring, held in enumerate(rings, start=1)
        for vertex, (x, y) in enumerate(held, start=1)
    ]  # fmt: skip  # a table: what stands in one line belongs together


def quadrangle(south, north, width):
    """Give the size in km² of what lies between two parallels and two meridians, by integration over the ellipsoid."""
    whole, _ = quad(
        lambda angle: AXIS**2 * (1 - SQUARED) * math.cos(angle) / (1 - SQUARED * math.sin(angle) ** 2) ** 2,
        math.radians(south), math.radians(north), epsabs=1e-10, epsrel=1e-13,
    )  # fmt: skip  # what belongs together stands together
    return whole * math.radians(width)


def sizes(engine):
    """Read the computed sizes by area."""
    return dict(engine.rows("SELECT area, computed_km2 FROM area_sizes"))


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


def test_geojson_is_read_with_the_property_that_names_the_area(take, layouts, tmp_path, collection):
    """The layout says which property that is; others are not read, and each corner is a record."""
    path = tmp_path / "beats.geojson"
    path.write_text(collection([("12X", [square(0, 0)]), ("13Y", [square(1, 0)])]))
    taken = take(path, own=layouts, kinds=KINDS)
    assert (taken.source.layout, taken.source.rows_in, taken.source.kept) == ("boundaries", 10, 10)
    assert taken.rows("area, polygon, vertex, x, y", "vertex = 3") == [
        ("12X", 1, 3, 1.0, 1.0),
        ("13Y", 2, 3, 2.0, 1.0),
    ]


def test_a_json_file_that_is_a_map_is_read_as_one(take, layouts, tmp_path, collection):
    """Portals call GeoJSON .json; two features of one area are two polygons of it."""
    path = tmp_path / "beats.json"
    path.write_text(collection([("12X", [square(0, 0)]), ("12X", [square(5, 0)])]))
    assert take(path, own=layouts, kinds=KINDS).rows("DISTINCT area, polygon", "TRUE ORDER BY 2") == [
        ("12X", 1),
        ("12X", 2),
    ]


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        (None, "has no polygon"),
        ({"type": "Point", "coordinates": [0, 0]}, "is a Point, not an area"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1]]]}, "has a ring that is not closed, or of fewer than three corners"),
        ({"type": "Polygon", "coordinates": [[["a", 0], [1, 0], [1, 1], ["a", 0]]]}, "has corners that are no pairs of numbers"),
        *(
            ({"type": "Polygon", "coordinates": [[*square(3, 0)[:2], corner, *square(3, 0)[3:]]]}, "has corners that are no pairs of numbers")
            for corner in (
                [10**400, 0], [0, -(10**400)], [math.nan, 0], [0, math.inf], "31", ["3", "1"], [True, 1], [4], [], None, 4, {"0": 4, "1": 1},
            )
        ),
        *(
            ({"type": "Polygon", "coordinates": [[[one, 0], [two, 0], [two, 1], [one, 1], [one, 0]]]}, "has an edge across the meridian of 180 degrees, where it is to be cut in two")
            for one, two in ((179, -179), (-179, 179), (-180, 179), (180, -170), (-95, 90))
        ),
        ({"type": "MultiPolygon", "coordinates": [[square(0, 0)], [[[179, 0], [-179, 0], [-179, 1], [179, 0]]]]}, "has an edge across the meridian of 180 degrees, where it is to be cut in two"),
    ],
)  # fmt: skip  # a table: what stands in one line belongs together
def test_a_feature_without_a_polygon_is_set_aside(mapped, collection, geometry, reason):
    """It is one row of the account, with its number and what is wrong with it."""
    made = json.loads(collection([("12X", [square(0, 0)])]))
    made["features"].append({"type": "Feature", "properties": {"beat": "13Y"}, "geometry": geometry})
    source = mapped(json.dumps(made)).source
    assert (source.kept, source.quarantined, source.reasons) == (
        5,
        1,
        {reason: 1},
    )


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2227"}}}, "states a system of coordinates that is not longitude"),
        ({"features": [{"geometry": {"type": "Polygon", "coordinates": [square(6_050_000, 2_120_000)]}}]}, "which is no longitude and latitude"),
        ({"features": {}}, "no collection of features"),
    ],
)  # fmt: skip  # a table: what stands in one line belongs together
def test_another_system_of_coordinates_is_refused(mapped, collection, change, what):
    """What is not in degrees would be joined to the wrong areas; the error says how to convert it."""
    made = collection([("12X", [square(0, 0)])], **change)
    with pytest.raises(InputError) as refused:
        mapped(made)
    assert what in refused.value.what
    assert refused.value.do


@pytest.mark.parametrize(
    "ring",
    [
        square(-180, -90, 360, 180),
        square(179, 0),
        square(-180, 0),
        square(-90, 0, 180, 1),
        [[*one, 7] for one in square(0, 0)],
    ],
)
def test_what_ends_at_the_meridian_or_goes_round_is_taken(mapped, collection, ring):
    """An area cut at 180 degrees, a half of the earth, the whole of it, and corners with a height are areas."""
    source = mapped(collection([("12X", [ring])])).source
    assert (source.kept, source.quarantined) == (5, 0)


@pytest.mark.parametrize(
    "name",
    ["EPSG:24326", "urn:ogc:def:crs:EPSG::43260", "EPSG:4326.1", "XCRS84", 'PROJCS["a",GEOGCS["b",AUTHORITY["EPSG","4326"]],UNIT["metre",1]]'],
)  # fmt: skip  # a list of words
def test_a_system_whose_code_holds_that_of_degrees_is_another(mapped, collection, name):
    """4326 within a longer number, or within the text of a projection, is not the system of the file."""
    with pytest.raises(InputError, match="states a system of coordinates that is not longitude"):
        mapped(collection([("12X", [square(0, 0)])], crs={"type": "name", "properties": {"name": name}}))


@pytest.mark.parametrize(
    "stated",
    [
        {"properties": {"name": "EPSG:4326"}}, {"properties": {"name": "urn:ogc:def:crs:EPSG:9.8.15:4269"}},
        {"properties": {"name": "http://www.opengis.net/def/crs/EPSG/0/4258"}}, {"type": "EPSG", "properties": {"code": 4326}},
    ],
)  # fmt: skip  # a list of words
def test_the_ways_to_write_degrees_are_taken(mapped, collection, stated):
    """A short name, a URN with a version, a URL and a bare code."""
    assert mapped(collection([("12X", [square(0, 0)])], crs=stated)).source.kept == 5


def test_a_system_that_is_degrees_is_taken(take, layouts, tmp_path, collection):
    """An old file may state CRS84, which is what RFC 7946 has."""
    path = tmp_path / "beats.geojson"
    path.write_text(
        collection([("12X", [square(0, 0)])], crs={"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}})
    )
    assert take(path, own=layouts, kinds=KINDS).source.kept == 5
