"""GeoJSON as it comes: the property that names the area, features without a polygon, and systems of coordinates."""

import json
import math

import pytest

from answerable.errors import InputError
from answerable.programmes.forecasts.records import KINDS
from forecasts.borders import square


@pytest.fixture
def mapped(take, layouts, tmp_path):
    """Give a function that takes in the text of a map."""

    def run(text, name="beats.geojson"):
        path = tmp_path / name
        path.write_text(text)
        return take(path, own=layouts, kinds=KINDS)

    return run


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
