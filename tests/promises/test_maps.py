"""A map of flags shows what was, by classes: no name of an area, no place on the earth, and nothing of a day to come."""

import csv
import json
import re
from datetime import date, timedelta

import pytest

from answerable import audit
from promises.seeking import unpacked

DAYS, LATER = 14, 30
START = date(2025, 1, 6)
NAMES = [f"Quail Hollow {number:02d}" for number in range(12)]
WEST, SOUTH = -122.3125, 37.75  # in steps of a 512th, so that a move of them is exact
OUTPUTS = ("findings.json", "measures.csv", "findings.xlsx")


def _day(number):
    return (START + timedelta(days=number)).isoformat()


def _write(path, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def _corners(place, step):
    """The corners of one of twelve boxes, in four columns and three rows."""
    row, column = divmod(place, 4)
    return [
        ((column + right) * step, (row + up) * step) for right, up in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
    ]


def _flagged(place, number):
    """Twelve areas: the first is flagged every day, the next less often; those from the eighth on never."""
    return number < DAYS and place < 8 and number % (1 + place) == 0


def town(folder, *, names=NAMES, later=(), west=WEST, south=SOUTH, metres=False):
    """Write forecasts, outcomes and borders of twelve areas, audit them, and give the case.

    Args:
        folder: Where they are written.
        names: What the areas are called, in alphabetical order.
        later: Areas that are flagged on days after the last outcome.
        west: Where the first box lies.
        south: Likewise.
        metres: Whether borders are in metres.
    """
    folder.mkdir(parents=True)
    days = range(DAYS + (LATER if later else 0))
    rows = [
        (
            name,
            _day(number),
            "yes" if _flagged(place, number) or (number >= DAYS and place in later) else "no",
        )
        for place, name in enumerate(names)
        for number in days
    ]
    outcomes = [(name, f"{_day(number)} 12:00:00", 1) for name in names for number in range(DAYS)]
    paths = [
        _write(folder / "forecasts.csv", [("area", "period", "flag", "score"), *((*row, 1) for row in rows)]),
        _write(folder / "outcomes.csv", [("area", "occurred_at", "number"), *outcomes]),
    ]
    if metres:
        corners = [
            (name, 1, 1, corner + 1, west + x, south + y, "metres")
            for place, name in enumerate(names)
            for corner, (x, y) in enumerate(_corners(place, 256))
        ]
        head = ("area", "polygon", "ring", "vertex", "x", "y", "coordinates")
        paths.append(_write(folder / "borders.csv", [head, *corners]))
    else:
        features = [
            {"type": "Feature", "properties": {"area": name},
             "geometry": {"type": "Polygon", "coordinates": [[[west + x, south + y] for x, y in _corners(place, 1 / 512)]]}}
            for place, name in enumerate(names)
        ]  # fmt: skip  # a table: what stands in one line belongs together
        paths.append(folder / "borders.geojson")
        paths[-1].write_text(
            json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8"
        )
    return audit(paths, folder / "case")


def figure(case):
    """The figure of the map, with its drawings, its note and its table."""
    figures = case.report.read_text("utf-8").split("<figure>")[1:]
    return next(each for each in figures if "Shades stand for classes" in each).split("</figure>")[0]


def drawings(case):
    """The two drawings of the map."""
    found = re.findall(r"<svg.*?</svg>", figure(case), re.DOTALL)
    assert len(found) == 2
    return found


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """Twelve areas in degrees, audited; some are flagged for days to come."""
    return town(tmp_path_factory.mktemp("mapped") / "town", later=(3, 10, 11))


def test_the_map_is_drawn(case):
    """There is something to look through: one path a class, and numbers of areas."""
    for svg in drawings(case):
        assert len(set(re.findall(r"f-heat-\d", svg))) == 6
        assert "in no period: 4 areas" in svg


def test_no_area_is_named(case):
    """No name of an area stands in the figure, whole or in part, in any attribute, title or description."""
    assert not re.search(r"quail|hollow", figure(case), re.IGNORECASE)


def test_nothing_of_a_place_on_the_earth_stands_in_it(case):
    """No number of a drawing is a coordinate of the source, or lies beyond the drawing; no word is of a place."""
    every = {
        round(number, digits)
        for place in range(12)
        for x, y in _corners(place, 1 / 512)
        for number in (WEST + x, -(WEST + x), SOUTH + y)
        for digits in (3, 6)
    }
    for svg in drawings(case):
        paths = " ".join(re.findall(r' d="([^"]*)"', svg))
        numbers = {float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", paths)}
        assert not numbers & every
        assert max(map(abs, numbers)) <= 680
        # Shapes lie on halves of a pixel: nothing finer is left of where their corners were.
        assert all(float(number * 2).is_integer() for number in numbers)


def test_a_town_elsewhere_has_the_same_map(tmp_path, case):
    """Moved along its parallel, or in metres to the north and the east, a town has the same drawings to the last byte."""
    assert drawings(town(tmp_path / "east", later=(3, 10, 11), west=WEST + 8)) == drawings(case)
    here = town(tmp_path / "here", west=0, south=0, metres=True)
    there = town(tmp_path / "there", west=65_536, south=4_194_304, metres=True)
    assert drawings(here) == drawings(there)


def test_areas_of_other_names_have_the_same_map(tmp_path, case):
    """What areas are called changes nothing in the drawings."""
    others = [f"beat {number:04d}" for number in range(12)]
    assert drawings(town(tmp_path / "town", names=others, later=(3, 10, 11))) == drawings(case)


def test_days_to_come_are_not_on_the_map(tmp_path, case):
    """Flags for days after the last outcome change neither drawing nor table, and none of those days is named."""
    assert figure(town(tmp_path / "town")) == figure(case)
    for number in range(DAYS, DAYS + LATER):
        assert _day(number) not in figure(case)
    assert not re.search(r"\d{4}-\d\d-\d\d", figure(case))


def test_the_shapes_stand_in_the_report_alone(case):
    """No other file that is handed out holds them: neither findings, nor measures, nor the workbook."""
    shapes = case.measures["forecasts.never_flagged"].outlines.shapes
    rings = [ring for of_class in shapes.values() for ring in of_class]
    assert len(rings) == 12
    written = [joint.join(map(str, ring)) for ring in rings for joint in (",", ", ", " ", ";")]
    for name in OUTPUTS:
        data = (case.report.parent / name).read_bytes()
        texts = [part.decode("utf-8", "replace") for _, part in unpacked(name, data)]
        assert not [text for text in texts if '"outlines":' in text or '"shapes":' in text], name
        assert not [each for each in written if any(each in text for text in texts)], name


def test_there_is_no_tile_no_link_and_no_hint(case):
    """Nothing is fetched, nothing can be hovered over, and nothing can be followed: one title and one description for each drawing."""
    for svg in drawings(case):
        assert set(re.findall(r"<(\w+)", svg)) <= {"svg", "title", "desc", "path", "text", "g"}
        assert svg.count("<title") == svg.count("<desc") == 1
        assert not re.search(r"https?:(?!//www\.w3\.org)|href|url\(|data-", svg)
