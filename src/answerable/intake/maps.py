"""Shapefiles and GeoPackages: polygons in any system of coordinates that is stated, converted to longitude and latitude.

They are read by pyogrio and converted by pyproj, which are an extra. Nothing is fetched: where a conversion would be finer with
a grid that is not installed, it is made without, which moves a border by a few metres at most. Areas in two systems of
coordinates so end up in one. A file that does not state its system is refused: nothing in it says where its areas are.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from answerable import wording
from answerable.errors import InputError, UsageError
from answerable.intake.geojson import Feature, MapTable

__all__ = ["beside", "tables"]

_POLYGON, _MULTI = 3, 6  # the codes of well-known binary (OGC 06-103r4, table 7)
_DEGREES = "EPSG:4326"
_HEADER, _LENGTH = (
    28,
    24,
)  # of a .shp: bytes to read, and where its length stands (ESRI Shapefile Technical Description, 1998, table 1)


def beside(path: Path) -> dict[str, Path]:
    """Give the files beside a shapefile that say how its areas are called and where they lie, by their ending in small letters."""
    if path.suffix.lower() != ".shp":
        return {}
    stem = path.stem.lower()
    found = {each.suffix.lower(): each for each in sorted(path.parent.iterdir()) if each.stem.lower() == stem}
    found |= {each.suffix.lower(): each for each in sorted(path.parent.iterdir()) if each.stem == path.stem}
    return {ending: found[ending] for ending in (".dbf", ".prj") if ending in found}


def tables(path: Path, name: str) -> tuple[list[MapTable], list[str]]:
    """Give every layer of a map that has a geometry, and the names of those that have none, such as the styles that QGIS keeps.

    Args:
        path: The .shp or .gpkg file.
        name: What errors and sources call it.

    Raises:
        UsageError: pyogrio or pyproj is not installed.
        InputError: The file is no map or has no layer with a geometry, does not state its system of coordinates, or is a shapefile that
            is cut or whose .dbf is missing.
    """
    pyogrio, pyproj = _extra(name)
    _check_parts(path, name)
    try:
        listed = [(str(layer), geometry) for layer, geometry in pyogrio.list_layers(path)]
        layers = [layer for layer, geometry in listed if geometry is not None]
        systems = {layer: pyogrio.read_info(path, layer=layer)["crs"] for layer in layers}
    except (RuntimeError, ValueError, OSError) as error:
        raise InputError(
            f"the map cannot be read ({type(error).__name__})",
            where=name,
            expected="a whole shapefile (.shp with .dbf and .shx beside it) or GeoPackage",
            do="Copy or request the file again, with all of its parts.",
        ) from None
    if not layers:
        raise InputError(
            "the map has no layer with a geometry",
            where=name,
            expected="a layer of polygons",
            do="Export the areas themselves; what is here are tables without borders.",
        )
    found: list[MapTable] = []
    for layer in layers:
        label = f"{name}!{layer}" if len(layers) > 1 else name
        if not systems[layer]:
            raise InputError(
                "the map does not state its system of coordinates",
                where=label,
                expected="a .prj file beside the .shp, or a system within the GeoPackage",
                do="Ask for the .prj file, or for the areas as GeoJSON. Which system it is cannot be told from the numbers.",
            )
        try:
            transform = pyproj.Transformer.from_crs(systems[layer], _DEGREES, always_xy=True).transform
        except pyproj.exceptions.ProjError as error:
            raise InputError(
                f"the map's system of coordinates cannot be converted ({type(error).__name__})",
                where=label,
                expected="a system that PROJ knows",
                do="Convert it with ogr2ogr -t_srs EPSG:4326 -f GeoJSON areas.geojson FILE.",
            ) from None
        found.append(
            MapTable(label, partial(_features, pyogrio, path, layer, partial(_converted, transform, label)))
        )
    return found, [layer for layer, geometry in listed if geometry is None]


def _check_parts(path: Path, name: str) -> None:
    """Refuse a shapefile whose areas would be without a name, or of which the end is missing."""
    if path.suffix.lower() != ".shp":
        return
    parts = beside(path)
    if ".dbf" not in parts:
        raise InputError(
            "the shapefile's .dbf, which says how its areas are called, is missing",
            where=name,
            expected=f"{path.stem}.dbf beside it",
            do="Put the .dbf of the same name beside the .shp, or ask for all parts of the shapefile.",
        )
    for part in parts.values():
        # GDAL takes an ending in small or in capital letters, and the name as the .shp has it; another part it leaves out in silence.
        if part.stem != path.stem or part.suffix not in (part.suffix.lower(), part.suffix.upper()):
            raise InputError(
                f"a part of the shapefile, {part.name}, is written otherwise than the .shp",
                where=name,
                expected=f"{path.stem}{part.suffix.lower()}",
                do="Rename it.",
            )
    with path.open("rb") as file:
        head = file.read(_HEADER)
    (words,) = struct.unpack_from(">i", head, _LENGTH) if len(head) == _HEADER else (0,)
    size = path.stat().st_size
    if size < max(2 * words, 100):
        raise InputError(
            f"the shapefile is cut: it states {wording.count(2 * words)} bytes and has {wording.count(size)}",
            where=name,
            expected="a whole .shp",
            do="Copy or request the file again, with all of its parts.",
        )


def _extra(name: str) -> tuple[Any, Any]:
    try:
        import pyogrio  # noqa: PLC0415 - an extra, imported where it is asked for
        import pyproj  # noqa: PLC0415 - an extra too
    except ImportError:
        raise UsageError(
            "shapefiles and GeoPackages are read with pyogrio and pyproj, which are not installed",
            where=name,
            do="Run: python -m pip install 'answerable[maps]', or save the areas as GeoJSON.",
        ) from None
    network: Any = pyproj.network  # its types leave the function out
    network.set_network_enabled(active=False)  # no grid of a datum is fetched
    return pyogrio, pyproj


def _features(pyogrio: Any, path: Path, layer: str, convert: Callable[..., Any]) -> list[Feature]:  # noqa: ANN401 - a module has no type
    """Read the features of a layer, as GeoJSON has them."""
    meta, _, shapes, columns = pyogrio.raw.read(path, layer=layer, force_2d=True, datetime_as_string=True)
    fields = [str(field) for field in meta["fields"]]
    found: list[Feature] = []
    for place, shape in enumerate(shapes):
        held = {field: _plain(column[place]) for field, column in zip(fields, columns, strict=True)}
        found.append({"properties": held, "geometry": _geometry(shape, convert)})
    return found


def _converted(
    transform: Callable[..., Any], label: str, east: list[float], north: list[float]
) -> tuple[list[float], list[float]]:
    """Convert corners to degrees; where one cannot be, the file is not in the system that it states."""
    x, y = transform(east, north)
    if not all(map(math.isfinite, (*x, *y))):
        raise InputError(
            "a corner of the map cannot be converted to longitude and latitude",
            where=label,
            expected="corners within the area that the system of coordinates is made for",
            do="Check that the .prj, or the system within the GeoPackage, is that of these areas.",
        )
    return x, y


def _plain(value: Any) -> Any:  # noqa: ANN401 - a cell of any type
    """Give a cell as JSON would hold it; NaN stands for nothing."""
    plain = value.item() if hasattr(value, "item") else value
    return None if plain != plain else plain  # noqa: PLR0124 - NaN alone differs from itself


def _geometry(shape: bytes | None, convert: Callable[..., Any]) -> dict[str, Any] | None:
    """Read well-known binary; what is no polygon has its type and nothing more."""
    if not shape:
        return None
    order = "<" if shape[0] == 1 else ">"
    (kind,) = struct.unpack_from(f"{order}I", shape, 1)
    if kind == _POLYGON:
        polygon, _ = _rings(shape, 5, order, convert)
        return {"type": "Polygon", "coordinates": polygon}
    if kind != _MULTI:
        return {"type": "Point"}
    (number,) = struct.unpack_from(f"{order}I", shape, 5)
    at, polygons = 9, []
    for _ in range(number):
        inner = "<" if shape[at] == 1 else ">"
        polygon, at = _rings(shape, at + 5, inner, convert)
        polygons.append(polygon)
    return {"type": "MultiPolygon", "coordinates": polygons}


def _rings(
    shape: bytes, at: int, order: str, convert: Callable[..., Any]
) -> tuple[list[list[tuple[float, float]]], int]:
    """Read the rings of one polygon from a place on, and say where it ends."""
    (rings,) = struct.unpack_from(f"{order}I", shape, at)
    at += 4
    found: list[list[tuple[float, float]]] = []
    for _ in range(rings):
        (corners,) = struct.unpack_from(f"{order}I", shape, at)
        numbers = struct.unpack_from(f"{order}{2 * corners}d", shape, at + 4)
        at += 4 + 16 * corners
        east, north = convert(list(numbers[::2]), list(numbers[1::2]))
        found.append([(float(x), float(y)) for x, y in zip(east, north, strict=True)])
    return found, at
