"""Periods, cells and areas: half-open intervals, what came late, what is missing, and which forecast counts."""

from datetime import datetime, timedelta

import pytest

from answerable import audit
from answerable.engine import DuckDB
from answerable.programmes.forecasts import PROGRAMME
from answerable.programmes.programme import name_records
from planting import accounts

DAY = datetime.fromisoformat("2025-03-03")


def day(number, hours=0):
    """Give a time so many days and hours after the first."""
    return DAY + timedelta(days=number, hours=hours)


def daily(days, areas="ab", **more):
    """Give a forecast of each area for each of some days."""
    return [{"period": day(at), "area": area, "score": 1.0} | more for at in days for area in areas]


def cells(engine, columns, where="TRUE"):
    """Read columns of the cells, by area and period."""
    return engine.rows(f"SELECT {columns} FROM cells WHERE {where} ORDER BY area, period_start")


def test_a_period_holds_its_beginning_and_not_its_end(planted):
    """Midnight belongs to the day that begins; what comes before the first day or after the last is in none."""
    times = [day(0, -0.001), day(0), day(0, 23.999), day(1), day(2, 23), day(3)]
    outcomes = [{"area": "a", "occurred_at": at, "id": str(n)} for n, at in enumerate(times)]
    engine = planted({"forecast": daily(range(3), "a"), "outcome": outcomes})
    assert cells(engine, "incidents, outcomes") == [(2, 2), (1, 1), (1, 1)]


def test_the_last_period_ends_after_the_commonest_step(planted):
    """Days one, two, three and five: the third lasts a day like most, and a day is missing after it; so does the last."""
    engine = planted({"forecast": daily([0, 1, 2, 4], "a")})
    assert engine.rows("SELECT period_end, missing_after FROM forecast_periods ORDER BY period_start") == [
        (day(1), 0), (day(2), 0), (day(3), 1), (day(5), 0),
    ]  # fmt: skip  # a table: what stands in one line belongs together


def test_a_stated_end_counts_and_may_overlap_or_leave_a_gap(planted):
    """A shift of eight hours leaves the rest of the day to no period; one of thirty hours reaches into the next day."""
    rows = [
        {"period": day(at), "period_end": day(at, hours), "area": "a", "score": 1.0}
        for at, hours in ((0, 8), (1, 30), (2, 24))
    ]
    outcomes = [{"area": "a", "occurred_at": at} for at in (day(0, 4), day(0, 12), day(2, 3))]
    engine = planted({"forecast": rows, "outcome": outcomes})
    assert cells(engine, "incidents") == [(1,), (1,), (1,)]
    assert engine.rows("SELECT overlaps_next FROM forecast_periods ORDER BY period_start") == [
        (False,),
        (True,),
        (False,),
    ]


def test_no_outcomes_recorded_is_not_nought(planted):
    """Within the outcomes' span a cell without one has 0; before and after it the number is not known."""
    outcomes = [{"area": "a", "occurred_at": day(at)} for at in (1, 3)]
    engine = planted({"forecast": daily(range(5), "a"), "outcome": outcomes})
    assert cells(engine, "incidents, is_covered") == [
        (None, False),
        (1, True),
        (0, True),
        (1, True),
        (None, False),
    ]


def test_the_forecast_that_came_in_time_is_the_one_that_counts(planted):
    """Of several, the last issued before the period began; a cell that has none but late ones says so."""
    rows = [
        {"period": day(1), "area": "a", "score": 1.0, "issued_at": day(0, 1)},
        {"period": day(1), "area": "a", "score": 2.0, "issued_at": day(1)},
        {"period": day(1), "area": "a", "score": 9.0, "issued_at": day(1, 1)},
        {"period": day(1), "area": "b", "score": 4.0, "issued_at": day(2)},
    ]
    engine = planted({"forecast": rows})
    assert cells(engine, "score, is_late, forecasts, disagrees") == [
        (2.0, False, 3, True),
        (4.0, True, 1, False),
    ]


@pytest.mark.parametrize(
    ("word", "says"),
    [("yes", True), ("Flagged", True), ("hot-spot", True), ("1", True), ("no", False), ("0", False), ("not flagged", False), ("maybe", None)],
)  # fmt: skip  # a table: what stands in one line belongs together
def test_words_for_a_flag_are_read(planted, word, says):
    """A word that no list knows leaves it open."""
    engine = planted({"forecast": [{"period": DAY, "area": "a", "flag": word}]})
    assert cells(engine, "is_flagged") == [(says,)]


def test_types_are_held_against_their_own_outcomes(planted):
    """Where both name types, a series is about its own; where outcomes name none, about all."""
    forecasts = [
        {"period": day(at), "area": "a", "score": 1.0, "type": kind}
        for at in (0, 1)
        for kind in ("Burglary", "theft")
    ]
    times = [("burglary", 2), ("theft", 3), ("theft", 4), ("arson", 5)]
    outcomes = [{"area": "a", "occurred_at": day(0, hour), "type": kind} for kind, hour in times]
    asked = "type_key = 'theft' AND period_start = TIMESTAMP '2025-03-03'"
    assert cells(planted({"forecast": forecasts, "outcome": outcomes}), "incidents", asked) == [(2,)]
    untyped = [{name: value for name, value in row.items() if name != "type"} for row in outcomes]
    assert cells(planted({"forecast": forecasts, "outcome": untyped}), "incidents", asked) == [(4,)]


def test_an_outcome_without_a_number_is_one_and_a_blank_number_is_none(planted):
    """Where no number is exported each outcome counts one; a blank cell of an exported number is not known, and not one."""
    alone = planted({"outcome": [{"area": "a", "occurred_at": DAY}]})
    assert alone.rows("SELECT incidents FROM base_outcomes") == [(1,)]
    some = planted(
        {"outcome": [{"area": "a", "number": number, "occurred_at": DAY} for number in (0, 3, None, -1)]}
    )
    assert some.rows("SELECT incidents FROM base_outcomes ORDER BY 1 NULLS LAST") == [
        (0,),
        (3,),
        (None,),
        (None,),
    ]


def test_areas_are_one_list_whatever_names_them(planted):
    """Areas of outcomes that no forecast names stand beside areas of forecasts without an outcome."""
    engine = planted(
        {
            "forecast": daily([0, 1], "ab"),
            "outcome": [{"area": "b", "occurred_at": DAY}, {"area": "c", "occurred_at": DAY}],
            "area": [
                {"area": "a", "size_km2": 2.0, "population": 5},
                {"area": "a", "size_km2": 3.0, "population": 5},
            ],
            "patrol": [{"area": "d", "started_at": DAY, "ended_at": day(0, 3), "officers": 2}],
        }
    )
    assert engine.rows("SELECT area, in_forecasts, in_outcomes, in_patrols, size_km2, disagrees FROM areas_known ORDER BY area") == [
        ("a", True, False, False, 3.0, True), ("b", True, True, False, None, False), ("c", False, True, False, None, False),
        ("d", False, False, True, None, False),
    ]  # fmt: skip  # a table: what stands in one line belongs together
    assert engine.rows("SELECT lasted_hours, officer_hours FROM base_patrols") == [(3.0, 6.0)]


def test_shares_are_read_in_per_cent_or_in_parts_of_one(planted):
    """A file in which one share is above 1.5 is in per cent; its margins are too, where they are of shares."""
    per_cent = [{"area": "a", "population_group": "B", "share": 30.0, "margin": 4.0, "margin_of": "share"}]
    parts = [{"area": "a", "population_group": "B", "share": 0.3, "margin": 0.04, "margin_of": "share"}]
    people = [
        {"area": "a", "population_group": group, "people": number, "margin": 4, "margin_of": "people"}
        for group, number in (("A", 70), ("B", 30))
    ]
    for rows in (per_cent, parts, people):
        engine = planted({"share of a population": rows})
        asked = "SELECT group_share, share_margin FROM base_compositions WHERE population_group = 'B'"
        assert engine.rows(asked) == [(pytest.approx(0.3), pytest.approx(0.04))]


def test_the_real_tables_give_the_cells_of_the_replication(shared_data, tmp_path):
    """At 20 cells a day, 721 of 2,323 incidents lie in cells with the highest scores; equal scores in the order of the cells' numbers."""
    folder = shared_data / "forecasts"
    for name, layout in (("forecasts", "forecast-matrix"), ("outcomes", "outcome-matrix")):
        case = audit([folder / f"oakland-2011-{name}.csv"], tmp_path / "case", layout=[layout])
    measures = case.measures
    assert measures["outcomes.incidents"].value == 2_323
    assert (
        measures["forecasts.areas_without_outcomes"].numerator,
        measures["forecasts.missing_periods"].numerator,
    ) == (414, 0)
    engine = DuckDB([tmp_path])
    files = sorted((tmp_path / "case" / "current" / "records").glob("*.parquet"))
    for kind, own in zip(PROGRAMME.kinds, [[path] for path in files] + [[]] * 4, strict=True):
        name_records(engine, kind, own, own)
    engine.table("sources", accounts({}))
    engine.table("stated", "SELECT CAST(NULL AS DATE) AS as_of")
    PROGRAMME.prepare(engine)
    placed = "SELECT *, row_number() OVER (PARTITION BY period_start ORDER BY score DESC, CAST(area AS INT)) AS place FROM cells"
    asked = f"SELECT count(*), sum(incidents), sum(CASE WHEN place <= 20 THEN incidents END) FROM ({placed})"
    assert engine.rows(asked) == [(661 * 368, 2_323, 721)]
    engine.close()
