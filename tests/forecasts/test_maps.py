"""Shapefiles and GeoPackages: read with their attributes, converted to degrees, refused where they do not say where they are."""

import shutil
import struct
import sys

import numpy as np
import pyogrio
import pyproj
import pytest

from answerable import audit
from answerable.errors import InputError, UsageError
from answerable.programmes.forecasts.records import KINDS

EAST, NORTH = 6_050_000.0, 2_120_000.0  # in feet of California's third zone: in Oakland
FEET, DEGREES = "EPSG:2227", "EPSG:4326"


def polygon(west, south, width):
    """Write a square as well-known binary."""
    ring = [
        (west, south),
        (west, south + width),
        (west + width, south + width),
        (west + width, south),
        (west, south),
    ]
    return struct.pack("<BIII", 1, 3, 1, len(ring)) + b"".join(struct.pack("<2d", *corner) for corner in ring)


def several(*polygons):
    """Write several polygons as one, in well-known binary."""
    return struct.pack("<BII", 1, 6, len(polygons)) + b"".join(polygons)


@pytest.fixture
def written(tmp_path):
    """Give a function that writes a map of two areas."""

    def write(name, crs=FEET, layer=None):
        shapes = [
            several(polygon(EAST, NORTH, 3_280.84), polygon(EAST + 9_000, NORTH, 3_280.84)),
            polygon(EAST, NORTH + 9_000, 3_280.84),
        ]
        options = {"layer": layer} if layer else {}
        pyogrio.raw.write(
            tmp_path / name,
            np.array(shapes, dtype=object),
            [np.array(["12X", "13Y"], dtype=object), np.array([1.5, np.nan])],
            ["beat", "pay"],
            geometry_type="MultiPolygon" if name.endswith("gpkg") else "Polygon",
            promote_to_multi=name.endswith("gpkg"),
            crs=crs,
            append=(tmp_path / name).exists(),
            **options,
        )
        return tmp_path / name

    return write


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
@pytest.mark.parametrize("name", ["beats.shp", "beats.gpkg"])
def test_feet_become_degrees(take, layouts, written, name):
    """Corners lie where PROJ says, and squares of a kilometre have a square kilometre."""
    taken = take(written(name), own=layouts, kinds=KINDS)
    assert (taken.source.layout, taken.source.kept, taken.source.quarantined) == ("boundaries", 15, 0)
    west, south = pyproj.Transformer.from_crs(FEET, DEGREES, always_xy=True).transform(EAST, NORTH)
    corner = f"abs(x - {west!r}) < 1e-9 AND abs(y - {south!r}) < 1e-9"
    assert taken.rows("area, vertex", f"{corner} ORDER BY vertex") == [("12X", 1), ("12X", 5)]
    assert taken.rows("DISTINCT area, polygon", "TRUE ORDER BY 2") == [("12X", 1), ("12X", 2), ("13Y", 3)]


def test_a_shapefiles_areas_are_measured(measured, written):
    """The names of the areas stand in a file beside it, which is named by its hash and not listed as left out."""
    folder = written("beats.shp").parent
    found = measured(folder / "beats.shp")
    assert found["boundaries.records"].value == 15
    assert (found["boundaries.zero_size"].numerator, found["boundaries.overlapping"].numerator) == (0, 0)


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
@pytest.mark.parametrize("name", ["beats.shp", "beats.gpkg"])
def test_a_map_without_its_system_is_refused(take, layouts, written, name):
    """Nothing in the numbers says whether they are feet of one zone or of another."""
    with pytest.raises(InputError, match="does not state its system of coordinates") as refused:
        take(written(name, crs=None), own=layouts, kinds=KINDS)
    assert ".prj" in refused.value.do


def test_layers_in_two_systems_are_both_in_degrees(take, layouts, written):
    """Each layer is a table, converted from its own system: none is mixed with another."""
    written("two.gpkg", layer="one")
    path = written("two.gpkg", crs="EPSG:2228", layer="two")
    taken = take(path, own=layouts, kinds=KINDS)
    assert [source.name for source in taken.sources] == ["two.gpkg!one", "two.gpkg!two"]
    assert taken.rows("bool_and(abs(x) <= 180 AND abs(y) <= 90)") == [(True,)]


def test_a_layer_without_a_geometry_is_passed_over(take, layouts, written):
    """QGIS keeps its styles as a layer; the areas beside it are read, and the notice names what was passed over."""
    path = written("beats.gpkg", layer="beats")
    pyogrio.raw.write(
        path, None, [np.array(["red"], dtype=object)], ["styleName"],
        geometry_type=None, crs=None, layer="layer_styles", append=True,
    )  # fmt: skip  # what belongs together stands together
    source = take(path, own=layouts, kinds=KINDS).source
    assert (source.name, source.kept) == ("beats.gpkg", 15)
    assert "1 layer of the map has no geometry and is passed over: layer_styles." in source.notices


def test_a_map_of_tables_alone_is_refused(take, layouts, tmp_path):
    """Where no layer has a geometry, nothing is left to read."""
    path = tmp_path / "styles.gpkg"
    pyogrio.raw.write(
        path, None, [np.array(["red"], dtype=object)], ["styleName"],
        geometry_type=None, crs=None, layer="layer_styles",
    )  # fmt: skip  # what belongs together stands together
    with pytest.raises(InputError, match="no layer with a geometry"):
        take(path, own=layouts, kinds=KINDS)


@pytest.mark.parametrize("part", [".dbf", ".prj"])
def test_a_shapefile_with_another_part_is_no_repeat(take, layouts, written, part):
    """Borders that are called otherwise, or lie elsewhere, are read; a shapefile given again whole is not."""
    path = written("beats.shp")
    folders = [path.parent / name for name in ("one", "two", "again")]
    for folder in folders:
        folder.mkdir()
        for each in path.parent.glob("beats.*"):
            shutil.copy2(each, folder / each.name)
    changed = folders[1] / f"beats{part}"
    old, new = (b"12X", b"77Z") if part == ".dbf" else (b"FALSE_EASTING", b"false_easting")
    text = changed.read_bytes()
    changed.write_bytes(text.replace(old, new) if old in text else text + b" ")
    taken = take(*(folder / path.name for folder in folders), own=layouts, kinds=KINDS)
    assert len(taken.sources) == 2
    assert taken.repeated == [path.name]
    first, second = taken.sources
    assert first.sha256 == second.sha256
    assert first.key != second.key


def test_a_shapefile_that_a_case_holds_is_known_by_all_its_parts(written):
    """Given again to its case it is not read again; with another .dbf it is."""
    path = written("beats.shp")
    case = path.parent / "case"
    audit([path], case, as_of="2026-01-01")
    assert len(audit([path], case, as_of="2026-01-01").sources) == 1
    names = path.with_suffix(".dbf")
    names.write_bytes(names.read_bytes().replace(b"12X", b"77Z"))
    assert len(audit([path], case, as_of="2026-01-01").sources) == 2


def test_a_shapefile_without_its_names_is_refused(take, layouts, written):
    """The .dbf says how the areas are called: without it every border would be nobody's."""
    path = written("beats.shp")
    path.with_suffix(".dbf").unlink()
    with pytest.raises(InputError, match=r"\.dbf, which says how its areas are called, is missing"):
        take(path, own=layouts, kinds=KINDS)


def test_the_case_of_an_ending_does_not_matter(take, layouts, written):
    """Old exports have endings in capitals."""
    path = written("beats.shp")
    for ending in (".dbf", ".prj"):
        path.with_suffix(ending).rename(path.with_suffix(ending.upper()))
    taken = take(path, own=layouts, kinds=KINDS)
    assert taken.rows("DISTINCT area", "TRUE ORDER BY 1") == [("12X",), ("13Y",)]
    assert any("stand in beats.DBF, whose SHA-256 is" in notice for notice in taken.source.notices)


@pytest.mark.parametrize("name", ["beats.Dbf", "Beats.dbf"])
def test_a_part_that_would_be_left_out_in_silence_is_refused(take, layouts, written, name):
    """What reads the map passes over a part written otherwise, and the areas would have no names."""
    path = written("beats.shp")
    path.with_suffix(".dbf").rename(path.parent / name)
    with pytest.raises(InputError, match="is written otherwise than the") as refused:
        take(path, own=layouts, kinds=KINDS)
    assert refused.value.expected == "beats.dbf"


@pytest.mark.parametrize("left", [-60, 20, 0])
def test_a_shapefile_that_is_cut_says_so(take, layouts, written, left):
    """Its length stands in its header: a polygon that is not there any more is not a feature without one."""
    path = written("beats.shp")
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(InputError, match="the shapefile is cut: it states"):
        take(path, own=layouts, kinds=KINDS)


def test_a_map_across_the_meridian_of_180_degrees_is_set_aside(take, layouts, tmp_path):
    """In metres it is in one piece, and in degrees its corners lie at both ends of the earth; the area beside it is read."""
    path = tmp_path / "beats.shp"
    shapes = np.array([polygon(-500_000.0, 0.0, 1e6), polygon(2e6, 0.0, 1e5)], dtype=object)
    names = [np.array(["12X", "13Y"], dtype=object)]
    pyogrio.raw.write(path, shapes, names, ["beat"], geometry_type="Polygon", crs="EPSG:3832")
    shifted = "+proj=merc +lon_0=180 +datum=WGS84"
    path.with_suffix(".prj").write_text(pyproj.CRS(shifted).to_wkt("WKT1_ESRI"))
    source = take(path, own=layouts, kinds=KINDS).source
    assert source.reasons == {
        "has an edge across the meridian of 180 degrees, where it is to be cut in two": 1
    }
    assert source.kept == 5


def test_a_corner_that_cannot_be_converted_is_said(take, layouts, tmp_path):
    """Numbers for which the stated system has no place are in another one."""
    path = tmp_path / "beats.shp"
    shapes = np.array(
        [polygon(1e9, 1e9, 1e3)], dtype=object
    )  # beyond the edge of a projection of half the earth
    pyogrio.raw.write(
        path, shapes, [np.array(["12X"], dtype=object)], ["beat"], geometry_type="Polygon", crs="EPSG:3408"
    )
    with pytest.raises(InputError, match="cannot be converted to longitude and latitude"):
        take(path, own=layouts, kinds=KINDS)


def test_a_damaged_map_is_refused(take, layouts, tmp_path):
    """What is no map says so, in our words."""
    path = tmp_path / "beats.gpkg"
    path.write_bytes(b"no map")
    with pytest.raises(InputError, match="the map cannot be read"):
        take(path, own=layouts, kinds=KINDS)


def test_without_the_extra_the_way_to_have_it_is_said(take, layouts, written, monkeypatch):
    """The sentence names the extra, and GeoJSON, which needs none."""
    path = written("beats.shp")
    monkeypatch.setitem(sys.modules, "pyogrio", None)
    with pytest.raises(UsageError, match="not installed") as refused:
        take(path, own=layouts, kinds=KINDS)
    assert "answerable[maps]" in refused.value.do
    assert "GeoJSON" in refused.value.do
