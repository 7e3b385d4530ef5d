"""GeoJSON: polygons of areas as rows, one a vertex, with the properties of their feature beside each.

RFC 7946 has one system of coordinates, longitude and latitude on WGS 84. A file that states another one, or whose numbers
can be no degrees, is refused: its points would be joined to the wrong areas without a sign of it.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import IO, Any

from answerable.errors import InputError
from answerable.intake.tables import Row

__all__ = ["COLUMNS", "Feature", "MapTable", "geojson_table", "is_map"]

COLUMNS = ("(id)", "(polygon)", "(ring)", "(vertex)", "(x)", "(y)", "(coordinates)")
"""What the columns are called that hold the geometry, beside those called by the features' properties."""

_DEGREES = "longitude/latitude"
_LIMIT = 1 << 30
_START = 4_096  # bytes within which a file says what it is
_FEWEST = 4  # positions of a ring: three corners and the first again (RFC 7946, section 3.1.6)
_EAST, _NORTH = 180, 90
# WGS 84, NAD 83 and ETRS 89 in degrees: within two metres of each other. The code ends what names the system, and is the whole of its last
# part: 24326 is another one, and a projected system written out in full holds the code of the degrees that it projects.
_STATED = re.compile(r"""(?<![0-9A-Za-z.])(?:CRS84h?|4326|4269|4258|4979)(?=["},\s])""")
_CONVERT = "Convert it with ogr2ogr -t_srs EPSG:4326 -f GeoJSON areas.geojson FILE, which knows the system that it is in."


def is_map(opener: Callable[[], IO[bytes]]) -> bool:
    """Say whether a .json file says in its first bytes that it is a collection of features."""
    with opener() as stream:
        start = stream.read(_START)
    return b'"FeatureCollection"' in start


Feature = Mapping[str, Any]
"""A feature as GeoJSON has it: ``properties``, ``geometry`` and perhaps ``id``."""


@dataclass(frozen=True)  # without slots, so that the features are read once
class MapTable:
    """The features of a map. A row's line is its feature's number, from 1; that of the columns' names is 0.

    Attributes:
        name: The table's name, as in `Source`.
        read: Reads the features, whose corners are in degrees.
    """

    name: str
    read: Callable[[], Sequence[Feature]]

    @cached_property
    def _features(self) -> Sequence[Feature]:
        return self.read()

    def rows(self, width: int = 0) -> Iterator[Row]:
        """Give the names of the columns, then a row for each vertex of each ring; a feature without a polygon is at fault."""
        del width
        keys: dict[str, None] = {}
        for feature in self._features:
            keys |= dict.fromkeys(_properties(feature))
        yield Row(0, [*keys, *COLUMNS], "")
        polygon = 0  # numbered through the file: an area may have several features
        for number, feature in enumerate(self._features, start=1):
            fault, polygons = _polygons(feature)
            if fault:
                yield Row(number, [], _named(feature), fault)
                continue
            held = _properties(feature)
            common = [_text(held.get(key)) for key in keys] + [_text(feature.get("id"))]
            for rings in polygons:
                polygon += 1
                for ring, corners in enumerate(rings, start=1):
                    for vertex, (x, y) in enumerate(corners, start=1):
                        self._check(number, x, y)
                        place = [str(polygon), str(ring), str(vertex), repr(x), repr(y), _DEGREES]
                        yield Row(number, [*common, *place], " ".join(place))

    def _check(self, number: int, x: float, y: float) -> None:
        if abs(x) > _EAST or abs(y) > _NORTH:
            raise InputError(
                f"feature {number} has a corner at {x:g}, {y:g}, which is no longitude and latitude",
                where=self.name,
                expected="degrees, the longitude first, as GeoJSON has them (RFC 7946, section 4)",
                do=f"The file is in projected coordinates, or its two are the wrong way round. {_CONVERT}",
            )


def geojson_table(opener: Callable[[], IO[bytes]], name: str) -> MapTable:
    """Give the table of a GeoJSON file.

    Args:
        opener: Opens it at its beginning.
        name: The table's name, as in `Source`.
    """
    return MapTable(name, lambda: _read(opener, name))


def _read(opener: Callable[[], IO[bytes]], name: str) -> list[Feature]:
    with opener() as stream:
        data = stream.read(_LIMIT + 1)
    if len(data) > _LIMIT:
        raise InputError(
            "the GeoJSON file is larger than 1 GiB",
            where=name,
            expected="the areas of one jurisdiction",
            do="Leave out the areas that no forecast is about, or simplify the borders.",
        )
    try:
        top = json.loads(data)
    except (ValueError, RecursionError) as error:
        at = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise InputError(
            "this is not JSON",
            where=f"{name}, line {at}",
            expected="a GeoJSON FeatureCollection",
            do="Check that the file is whole.",
        ) from None
    features = top.get("features") if isinstance(top, dict) else None
    if not isinstance(features, list) or not all(isinstance(each, dict) for each in features):
        raise InputError(
            "this is no collection of features",
            where=name,
            expected='a GeoJSON FeatureCollection, with a list under "features"',
            do="Export the areas as one GeoJSON file.",
        )
    stated = json.dumps(top.get("crs")) if top.get("crs") else ""
    if stated and not _STATED.search(stated):
        raise InputError(
            "the file states a system of coordinates that is not longitude and latitude on WGS 84",
            where=name,
            expected="no crs member, or that of EPSG:4326 (RFC 7946, section 4)",
            do=_CONVERT,
        )
    return features


def _properties(feature: Feature) -> dict[str, Any]:
    """Give the properties of a feature that are one value each."""
    held = feature.get("properties")
    if not isinstance(held, dict):
        return {}
    return {name: value for name, value in held.items() if not isinstance(value, dict | list)}


def _named(feature: Feature) -> str:
    return json.dumps(_properties(feature), ensure_ascii=False)


def _text(value: Any) -> str:  # noqa: ANN401 - any JSON
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if isinstance(value, str) else json.dumps(value)


def _polygons(feature: Feature) -> tuple[str, list[list[list[tuple[float, float]]]]]:
    """Give the polygons of a feature as lists of rings, or say what is wrong with it."""
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        return (
            f"is a {kind}, not an area" if kind in ("Point", "MultiPoint", "LineString") else "has no polygon"
        ), []
    try:
        raw = geometry["coordinates"]  # type: ignore[index]  # it has a type, so it is there
        polygons = [
            [[_corner(corner) for corner in ring] for ring in polygon]
            for polygon in ([raw] if kind == "Polygon" else raw)
        ]
    except (TypeError, ValueError, KeyError, OverflowError):
        return "has corners that are no pairs of numbers", []
    rings = [ring for polygon in polygons for ring in polygon]
    if not rings:
        return "has no polygon", []
    if any(len(ring) < _FEWEST or ring[0] != ring[-1] for ring in rings):
        return "has a ring that is not closed, or of fewer than three corners", []
    if any(_goes_round(one, two) for ring in rings for (one, _), (two, _) in pairwise(ring)):
        return "has an edge across the meridian of 180 degrees, where it is to be cut in two", []
    return "", polygons


def _corner(corner: Any) -> tuple[float, float]:  # noqa: ANN401 - any JSON
    """Read a corner; a height or another number after the first two is not read.

    Raises:
        ValueError: It is no list of two finite numbers: text holds no numbers, however it looks, and true is not 1.
        OverflowError: One is beyond what a computer's number holds.
    """
    if not isinstance(corner, list | tuple) or len(corner) < 2:  # noqa: PLR2004 - a pair of numbers
        raise ValueError
    pair = corner[:2]
    if any(isinstance(each, bool) or not isinstance(each, int | float) for each in pair):
        raise ValueError
    x, y = map(float, pair)
    if not (math.isfinite(x) and math.isfinite(y)):
        raise ValueError
    return x, y


def _goes_round(one: float, two: float) -> bool:
    """Say whether an edge between two longitudes would run the long way round the earth; RFC 7946 cuts it instead (section 3.1.9).

    What lies from -180 to 180 goes round on purpose.
    """
    return abs(one - two) > _EAST and not abs(one) == abs(two) == _EAST
