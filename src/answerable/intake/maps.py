"""Shapefiles and GeoPackages: polygons in any system of coordinates that is stated, converted to longitude and latitude.

They are read by pyogrio and converted by pyproj, which are an extra. Nothing is fetched: where a conversion would be finer with
a grid that is not installed, it is made without, which moves a border by a few metres at most. Areas in two systems of
coordinates so end up in one. A file that does not state its system is refused: nothing in it says where its areas are.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from answerable.errors import InputError, UsageError
from answerable.intake.geojson import Feature, MapTable

__all__ = ["tables"]

_POLYGON, _MULTI = 3, 6  # the codes of well-known binary (OGC 06-103r4, table 7)
_DEGREES = "EPSG:4326"


def tables(path: Path, name: str) -> Iterator[MapTable]:
    """Give every layer of a map.

    Args:
        path: The .shp or .gpkg file.
        name: What errors and sources call it.

    Raises:
        UsageError: pyogrio or pyproj is not installed.
        InputError: The file is no map, or does not state its system of coordinates.
    """
    pyogrio, pyproj = _extra(name)
    try:
        layers = [str(layer) for layer, _ in pyogrio.list_layers(path)]
        systems = {layer: pyogrio.read_info(path, layer=layer)["crs"] for layer in layers}
    except (RuntimeError, ValueError, OSError) as error:
        raise InputError(
            f"the map cannot be read ({type(error).__name__})",
            where=name,
            expected="a whole shapefile (.shp with .dbf and .shx beside it) or GeoPackage",
            do="Copy or request the file again, with all of its parts.",
        ) from None
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
            convert = pyproj.Transformer.from_crs(systems[layer], _DEGREES, always_xy=True).transform
        except pyproj.exceptions.ProjError as error:
            raise InputError(
                f"the map's system of coordinates cannot be converted ({type(error).__name__})",
                where=label,
                expected="a system that PROJ knows",
                do="Convert it with ogr2ogr -t_srs EPSG:4326 -f GeoJSON areas.geojson FILE.",
            ) from None
        yield MapTable(label, partial(_features, pyogrio, path, layer, convert))


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
