"""How often areas were flagged: classes by hand, and a map from whatever says where areas lie."""

import json
from datetime import timedelta

import numpy as np
import pytest

from answerable import audit
from answerable.estimate import Estimate
from answerable.programmes.forecasts import shaping
from answerable.programmes.forecasts.judging import OFTEN
from forecasts.judging import START, day, forecast_rows, measured, outcome_rows

DAYS = 20
FLAGS = [["yes"] * 20, ["yes"] * 4 + ["no"] * 16, ["yes"] + ["no"] * 19, ["no"] * 20]
SCORES, COUNTS = [[1.0] * DAYS] * 4, [[1] * DAYS] * 4
BORDERS = {f"A{place}": [place, 0, place + 1, 1] for place in range(4)}


def in_a_row(folder, **more):
    """Audit four areas that were flagged in every period, in a fifth, in a twentieth and in none."""
    rows = forecast_rows(SCORES, flag=FLAGS)
    return measured(folder, forecasts=rows, outcomes=outcome_rows(COUNTS), **more)["forecasts.never_flagged"]


def beside(folder, boxes, **more):
    """Audit the same with a map of boxes, each from a corner to the other in degrees."""
    features = [
        {
            "type": "Feature",
            "properties": {"area": name},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[w, s], [e, s], [e, n], [w, n], [w, s]]],
            },
        }
        for name, (w, s, e, n) in boxes.items()
    ]
    in_a_row(folder, **more)
    path = folder / "borders.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return audit([path], folder / "case").measures["forecasts.never_flagged"]


def boxes_of(estimate):
    """Give the boxes that hold each shape, by the label of the class."""
    return {
        label: sorted((min(r[::2]), min(r[1::2]), max(r[::2]), max(r[1::2])) for r in rings)
        for label, rings in estimate.outlines.shapes.items()
    }


def test_areas_and_flags_are_put_into_classes(tmp_path):
    """One area of four was never flagged; of 25 flags 20 lie in the one that always was."""
    found = in_a_row(tmp_path)
    assert (found.numerator, found.denominator) == (1, 4)
    assert found.sentence == "1 of 4 areas (25\u202f%) were flagged in none of the judged periods."
    parts = found.breakdowns[OFTEN]
    assert {part.label: part.numerator for part in parts} == {
        "in no period": 1,
        "in up to 5\u202f%": 1,
        "in over 5 to 20\u202f%": 1,
        "in over 20 to 50\u202f%": 0,
        "in over 50\u202f%, but not in all": 0,
        "in every period": 1,
    }
    flags = found.breakdowns[f"{OFTEN}: flags"]
    assert [part.numerator for part in flags] == [0, 1, 4, 0, 0, 20]
    assert {part.denominator for part in flags} == {25}


def test_ties_count_in_part_and_are_said(tmp_path):
    """Four areas that always tie for one place have a quarter of it each: none is in the class of those that were never flagged."""
    found = measured(
        tmp_path,
        forecasts=forecast_rows([[float(number % 2) for number in range(DAYS)]] * 3 + [[1.0] * DAYS]),
        outcomes=outcome_rows(COUNTS),
    )["forecasts.never_flagged"]
    assert found.numerator == 0
    assert any(caveat.startswith("In some periods areas tie for the last places") for caveat in found.caveats)


def test_where_nothing_says_where_areas_lie_there_is_no_map(tmp_path):
    """The numbers stand, and the reason is given."""
    found = in_a_row(tmp_path)
    assert found.outlines.shapes == {}
    assert found.outlines.missing == "These records do not say where the areas lie."
    assert "No map is drawn. These records do not say where the areas lie." in found.caveats


def test_a_map_is_drawn_of_borders(tmp_path):
    """Four squares side by side, the first on the left, each in its class; none has a name."""
    found = beside(tmp_path, BORDERS)
    assert boxes_of(found) == {
        "in every period": [(0, 0, 340, 340)],
        "in over 5 to 20\u202f%": [(340, 0, 680, 340)],
        "in up to 5\u202f%": [(680, 0, 1020, 340)],
        "in no period": [(1020, 0, 1360, 340)],
    }
    assert "A1" not in repr(found.outlines)


def test_what_has_no_border_is_counted(tmp_path):
    """Two of four areas have a border: the other two are not drawn, and that is said."""
    found = beside(tmp_path, {name: BORDERS[name] for name in ("A0", "A3")})
    assert found.denominator == 4
    assert set(found.outlines.shapes) == {"in every period", "in no period"}
    assert found.outlines.notes == ("2 areas of 4 are not drawn: these records do not say where they lie.",)


def test_a_map_is_drawn_of_rows_and_columns(tmp_path):
    """The first row is at the top and the first column on the left; borders come before them where there are any."""
    grid = [["area", "row", "column"], ["A0", 7, 3], ["A1", 7, 4], ["A2", 8, 3], ["A3", 9, 5]]
    found = in_a_row(tmp_path / "grid", grid=grid)
    assert boxes_of(found) == {
        "in every period": [(0, 0, 96, 96)],
        "in over 5 to 20\u202f%": [(96, 0, 192, 96)],
        "in up to 5\u202f%": [(0, 96, 96, 192)],
        "in no period": [(192, 192, 288, 288)],
    }
    assert any(
        note.startswith("Rows and columns are drawn as the records number them")
        for note in found.outlines.notes
    )
    assert boxes_of(beside(tmp_path / "both", BORDERS, grid=grid))["in every period"] == [(0, 0, 340, 340)]


def test_a_map_is_drawn_of_middles(tmp_path):
    """Middles that lie on a lattice are its cells, at the latitude's aspect; north is up."""
    middles = [
        ["area", "lat", "lon"],
        ["A0", 60.01, 10.0],
        ["A1", 60.01, 10.01],
        ["A2", 60.0, 10.0],
        ["A3", 60.0, 10.01],
    ]
    found = in_a_row(tmp_path, centroids=middles)
    ((left, top, right, bottom),) = boxes_of(found)["in every period"]
    assert (left, top) == (0, 0)
    assert (right - left) / (bottom - top) == pytest.approx(0.5, abs=0.01)


def test_a_place_that_rows_state_in_two_ways_is_none(tmp_path):
    """Of an area whose column is stated as 1 and as 9 nothing is drawn."""
    grid = [["area", "row", "column"], ["A0", 1, 1], ["A1", 1, 2], ["A2", 1, 3], ["A3", 1, 1], ["A3", 1, 9]]
    assert "in no period" not in in_a_row(tmp_path, grid=grid).outlines.shapes


def test_many_areas_are_drawn_as_squares(tmp_path, monkeypatch):
    """Beyond the most that are drawn one by one, a square has the shade of all its areas' periods together, and that is said."""
    monkeypatch.setattr(shaping, "MOST_AREAS", 3)
    monkeypatch.setattr(shaping, "MOST_SQUARES", 2)
    found = beside(tmp_path, BORDERS)
    # The first two have 24 flags of 40 periods, the others 1 of 40.
    assert boxes_of(found) == {
        "in over 50\u202f%, but not in all": [(0, 0, 680, 680)],
        "in up to 5\u202f%": [(680, 0, 1360, 680)],
    }
    assert any(note.startswith("There are too many areas to tell apart") for note in found.outlines.notes)


def test_what_is_flagged_for_days_to_come_is_nowhere(tmp_path):
    """An area that is flagged after the last outcome alone was flagged in no judged period, on the map as in the numbers."""
    rows = forecast_rows(SCORES, flag=FLAGS)
    later = [["A3", (START + timedelta(days=DAYS + number)).isoformat(), 9.0, "yes"] for number in range(30)]
    head, *outcomes = outcome_rows(COUNTS)
    plain = measured(tmp_path / "plain", forecasts=rows, outcomes=[head, *outcomes])[
        "forecasts.never_flagged"
    ]
    found = measured(tmp_path / "later", forecasts=[*rows, *later], outcomes=[head, *outcomes])[
        "forecasts.never_flagged"
    ]
    assert isinstance(found, Estimate)
    assert day(DAYS) not in repr(found)
    assert found.breakdowns == plain.breakdowns


def test_the_same_borders_give_the_same_shapes(tmp_path):
    """Whatever the order of the file, a map is the same to the last step."""
    chance = np.random.default_rng(3)
    boxes = {name: [w + 0.001 * chance.random(), s, e, n] for name, (w, s, e, n) in BORDERS.items()}
    one = beside(tmp_path / "one", boxes)
    two = beside(tmp_path / "two", dict(reversed(boxes.items())))
    assert one.outlines == two.outlines
