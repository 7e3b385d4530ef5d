"""How identifying records are: the queries against brute force, and what they leave out and never say."""

import random
from dataclasses import replace
from datetime import datetime
from math import comb

import pytest

from answerable.estimate import Part
from answerable.intervals import wilson
from answerable.programmes.measure import Computation, Refusal
from answerable.programmes.plates.measures.tracking import DAYS, MEASURES, finish_retention
from answerable.programmes.plates.points import GRAINS
from answerable.programmes.plates.sql import query
from plates.tracking import (
    answer,
    brute_retention,
    brute_sampled,
    brute_unicity,
    engine_of,
    read,
    rows_of,
    traces,
    wander,
)

BY_NAME = {measure.name: measure for measure in MEASURES}
FINE = BY_NAME["reads.unicity.camera_hour"]
RETENTION = BY_NAME["reads.tracking_by_retention"]
CELLS = "SELECT plate, cell FROM points_camera_hour"


def counted(rows):
    """Give numerator and denominator of each row of the standard table."""
    return {(breakdown, label): (float(over or 0), float(under)) for breakdown, label, _, over, under in rows}


def with_widest(name, widest, **parts):
    """Write a query with another number of vehicles that are compared first."""
    return query(name, widest=widest, **parts)


@pytest.mark.parametrize("seed", range(5))
def test_the_exact_share_is_that_of_every_choice(seed):
    """For 1 to 6 points the mean over every choice is what trying them all, one by one, gives."""
    with engine_of(wander(seed)) as engine:
        found = counted(rows_of(engine, FINE))
        points = engine.rows(CELLS)
    for p in range(1, 7):
        total, eligible = brute_unicity(points, p)
        if eligible:
            assert found["every choice", str(p)] == (pytest.approx(total, abs=1e-6), eligible)
    assert 0 < found["every choice", "2"][0] < found["every choice", "2"][1]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("widest", ["0", "3", "500"])
def test_the_sample_is_counted_as_it_was_drawn(seed, widest):
    """The sampled counts are those of the same draws made by hand, however many vehicles are compared first."""
    sql = with_widest("unicity_sampled", widest, points="points_camera_hour")
    with engine_of(wander(seed, vehicles=20)) as engine:
        found = counted(rows_of(engine, FINE, seed=seed, sql=sql, sample=13))
        points = engine.rows(CELLS)
    expected = {p: brute_sampled(points, p, seed, 13) for p in range(1, 7)}
    assert {p: found["points", str(p)] for p, (_, drawn) in expected.items() if drawn} == {
        p: pair for p, pair in expected.items() if pair[1]
    }
    assert found["all", "all"] == expected[4]


@pytest.mark.parametrize(("points", "widest"), [(1, "0"), (2, "0"), (4, "0"), (4, "2"), (4, "500")])
def test_the_curve_over_retention_is_counted_as_it_was_drawn(points, widest):
    """For each number of days kept, the counts are those of the same draws made by hand among those days' reads."""
    days = ", ".join(f"({each})" for each in (0, *DAYS))
    ages = " ".join(f"WHEN age < {each} THEN {each}" for each in DAYS)
    sql = with_widest("tracking_by_retention", widest, points="points_camera_hour", days=days, ages=ages)
    rows = wander(3, vehicles=40, cameras=2, hours=23 * 24, most=160)
    rows = [row for row in rows if row["clock_time"].hour in (8, 9)]
    with engine_of(rows) as engine:
        found = counted(rows_of(engine, RETENTION, sql=sql, points=points, sample=25))
        dated = engine.rows("SELECT plate, cell, day FROM points_camera_hour")
    kept = {"all": None, "1": 1, "3": 3, "7": 7, "14": 14, "21": 21}
    expected = {label: brute_retention(dated, days, points, 7, 25) for label, days in kept.items()}
    assert {
        label: pair for (breakdown, label), pair in found.items() if breakdown in ("all", "days")
    } == expected
    assert expected["1"] != expected["21"]
    seen = {label: pair for (breakdown, label), pair in found.items() if breakdown == "vehicles seen"}
    last = max(day for _, _, day in dated)
    assert seen["3"] == (
        len({plate for plate, _, day in dated if day > last - 3}),
        len({plate for plate, _, _ in dated}),
    )


def test_the_interval_of_the_sample_holds_the_exact_share():
    """Over many seeds, the interval holds what comparing every choice gives about as often as it says, or oftener."""
    rows = wander(11, vehicles=120, cameras=3, hours=10, most=8)
    sql = with_widest("unicity_sampled", "500", points="points_camera_hour")
    with engine_of(rows) as engine:
        truth = {
            label: over / under
            for (breakdown, label), (over, under) in counted(rows_of(engine, FINE)).items()
            if breakdown == "every choice"
        }
        engine.table("kept_points", CELLS)
        engine.view("points_camera_hour", "SELECT * FROM kept_points")
        held = drawn = 0
        for seed in range(60):
            found = counted(rows_of(engine, FINE, seed=seed, sql=sql, sample=40))
            for p in ("2", "3"):
                interval = wilson(*map(int, found["points", p]))
                held += interval.low <= truth[p] <= interval.high
                drawn += 1
    assert 0.05 < truth["2"] < truth["3"] < 0.95
    assert held / drawn > 0.9


def test_no_interval_stands_where_every_choice_was_compared():
    """An exact share has no sampling interval; with too many choices the sample's share and interval take its place."""
    with engine_of(wander(2, vehicles=30)) as engine:
        exact, sampled, mixed = (
            answer(engine, FINE, points=2, choices=choices) for choices in (1_000_000, 0, 150)
        )
    assert exact.interval is None
    assert "every choice" in exact.method
    assert sampled.interval is not None
    assert (sampled.interval.low, sampled.interval.high) == pytest.approx(
        (
            wilson(int(sampled.numerator), int(sampled.denominator)).low,
            wilson(int(sampled.numerator), int(sampled.denominator)).high,
        )
    )
    assert "eligible vehicles, and their points, drawn by md5" in sampled.method
    assert [part.interval is None for part in exact.breakdowns["points"]] == [True] * 6
    assert [part.interval is None for part in sampled.breakdowns["points"]] == [False] * 6
    kinds = [part.interval is None for part in mixed.breakdowns["points"]]
    assert True in kinds
    assert kinds == sorted(kinds, reverse=True)


@pytest.mark.parametrize("choices", [0, 150, 1_000_000])
def test_the_headline_of_the_query_is_the_number(choices):
    """Whoever runs the query that is shown finds the same number in its headline, sampled or exact."""
    with engine_of(wander(2, vehicles=30)) as engine:
        for points in (1, 2, 4):
            found = counted(rows_of(engine, FINE, points=points, choices=choices))["all", "all"]
            computation = answer(engine, FINE, points=points, choices=choices)
            part = computation.breakdowns["points"][points - 1]
            assert found == (computation.numerator, computation.denominator)
            assert (part.numerator, part.denominator, part.interval) == (*found, computation.interval)


def test_too_many_choices_are_not_compared():
    """A vehicle with ten thousand shared points does not make the engine compare all their choices."""
    many = [(f"camera {number}", hour) for number in range(100) for hour in range(100)]
    rows = [read(plate, camera, hour) for plate in (1, 2) for camera, hour in many]
    with engine_of(rows) as engine:
        found = counted(rows_of(engine, FINE))
    assert comb(10_000, 2) > FINE.parameters["choices"].default
    assert [label for breakdown, label in found if breakdown == "every choice"] == ["1"]
    assert found["points", "4"] == (0, 2)


def test_eligible_vehicles_are_counted_whatever_the_number_of_reads():
    """A hundred reads in one cell are one point; six cells are six, also where two fall in one class of 61."""
    rows = [read(1, "A", 0.001 * number) for number in range(100)]
    rows += [read(2, "A", 61 * number) for number in range(6)] * 3
    rows += [read(3, "A", 0), read(3, "B", 0)]
    with engine_of(rows) as engine:
        parts = answer(engine, FINE).breakdowns["eligible vehicles"]
    assert [(part.label, part.numerator, part.denominator) for part in parts] == [
        ("1", 3, 3), ("2", 2, 3), ("3", 1, 3), ("4", 1, 3), ("5", 1, 3), ("6", 1, 3)
    ]  # fmt: skip  # a table: what stands in one line belongs together


def test_vehicles_of_one_trace_are_never_told_apart():
    """Two vehicles that were always read together fit each other, with any number of points; a third is told apart."""
    rows = [read(plate, f"camera {hour % 3}", hour) for plate in (1, 2) for hour in range(8)]
    rows += [read(3, "elsewhere", hour) for hour in range(8)]
    with engine_of(rows) as engine:
        sampled, exact = answer(engine, FINE, choices=0), answer(engine, FINE)
        kept = answer(engine, RETENTION)
    for computation in (sampled, exact):
        assert [(part.numerator, part.denominator) for part in computation.breakdowns["points"]] == [
            (1, 3)
        ] * 6
    assert (kept.numerator, kept.denominator) == (1, 3)


@pytest.mark.parametrize(
    "missing",
    [
        {"plate": None, "plate_state": "blank"},
        {"plate_state": "withheld"},
        {"camera": None},
        {"clock_time": None},
    ],
)
def test_a_read_without_plate_place_or_time_has_no_point(missing):
    """Such a read makes no vehicle eligible, and shares no point with another."""
    rows = [read(1, "A", hour) for hour in range(5)]
    lost = [read(2, "A", hour) | missing for hour in range(5)]
    with engine_of(rows + lost) as engine:
        computation = answer(engine, FINE)
    assert (computation.numerator, computation.denominator) == (1, 1)


def points_of(name, rows):
    """Give each vehicle's number of distinct points in a grain."""
    with engine_of(rows) as engine:
        return {
            plate: len(cells)
            for plate, cells in traces(engine.rows(f"SELECT plate, cell FROM points_{name}")).items()
        }


def at(plate, time, **others):
    """Plant a read at a written time."""
    return read(plate, "A", 0) | {"clock_time": datetime.fromisoformat(time)} | others


def test_an_iso_week_runs_across_the_end_of_the_year():
    """Monday 30 December 2024 and Sunday 5 January 2025 are one week; the day after is another."""
    rows = [
        at(1, "2024-12-30T00:00"),
        at(1, "2025-01-05T23:59"),
        at(2, "2025-01-05T23:59"),
        at(2, "2025-01-06T00:00"),
    ]
    assert points_of("camera_week", rows) == {1: 1, 2: 2}


def test_an_hour_and_a_day_end_at_the_full_hour_and_at_midnight():
    """The last second belongs to the hour and the day that end with it."""
    rows = [
        at(1, "2025-03-03T09:00:00"),
        at(1, "2025-03-03T09:59:59.999"),
        at(1, "2025-03-03T10:00:00"),
        at(1, "2025-03-04T00:00"),
    ]
    assert points_of("camera_hour", rows) == {1: 3}
    assert points_of("camera_day", rows) == {1: 2}


@pytest.mark.parametrize(
    ("one", "other", "squares"),
    [
        ((-122.291, 37.5), (-122.299, 37.5), 1),
        ((-122.291, 37.5), (-122.289, 37.5), 2),
        ((-0.001, 37.5), (0.001, 37.5), 2),
        ((0.29, 37.5), (0.295, 37.5), 1),
        ((-122.5, -0.001), (-122.5, 0.001), 2),
        ((-122.5, 37.009), (-122.5, 37.001), 1),
        ((-180.0, -90.0), (180.0, 90.0), 2),
    ],
)
def test_squares_run_down_from_zero_too(one, other, squares):
    """A square reaches from a hundredth of a degree up to the next, west and south of zero as well."""
    rows = [at(1, "2025-03-03T09:00", longitude=x, latitude=y) for x, y in (one, other)]
    assert points_of("square_day", rows) == {1: squares}


def test_squares_without_a_whole_coordinate_have_no_point():
    """A read with one coordinate alone is nowhere."""
    rows = [at(1, "2025-03-03T09:00", longitude=-122.5), at(1, "2025-03-03T09:00", latitude=37.5)]
    assert points_of("square_day", rows) == {}


def test_no_cell_is_negative():
    """Cells are sorted into classes by their remainder, which a negative number would not have."""
    rows = [at(1, "2025-03-03T09:00", longitude=-180.0, latitude=-90.0, zip="00000")]
    with engine_of(rows) as engine:
        least = [engine.rows(f"SELECT min(cell) FROM {grain.view}")[0][0] for grain in GRAINS]
    assert min(least) >= 0


def test_a_zip_code_is_a_place_too():
    """Two cameras of one ZIP code in one hour are one point of that grain, and two of the camera's."""
    rows = [read(1, camera, 1, zip="97401") for camera in "AB"] + [read(1, "C", 1)]
    assert points_of("zip_hour", rows) == {1: 1}
    assert points_of("camera_hour", rows) == {1: 3}


def test_the_order_of_rows_does_not_matter():
    """The same reads in another order, some of them twice, give the same rows to the last digit."""
    rows = wander(4, vehicles=40, most=20)
    shuffled = [*rows, *rows[:30]]
    random.Random(1).shuffle(shuffled)  # noqa: S311 - no secret is made
    with engine_of(rows) as one, engine_of(shuffled) as other:
        for measure in (FINE, RETENTION):
            assert rows_of(one, measure, sample=20) == rows_of(other, measure, sample=20)


def test_another_seed_draws_another_sample():
    """The seed is an input: the same gives the same, another may not."""
    with engine_of(wander(5, vehicles=60, cameras=3, hours=5)) as engine:
        found = [
            counted(rows_of(engine, FINE, seed=seed, sample=20, choices=0))["points", "2"]
            for seed in (1, 1, 2, 3, 4)
        ]
    assert found[0] == found[1]
    assert len(set(found)) > 1


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_nothing_but_counts_leaves(measure):
    """Every label is one of a fixed list: no pseudonym, no place and no time is in any output, nor in its length."""
    rows = [
        row
        | {
            "plate": 7_000_000_001 + row["plate"],
            "zip": f"9740{row['camera'][-1]}",
            "longitude": -122.5 - int(row["camera"][-1]),
            "latitude": 37.5,
        }
        for row in wander(6, vehicles=20, hours=24 * 20)
    ]
    with engine_of(rows) as engine:
        table = rows_of(engine, measure)
        computation = answer(engine, measure, points=2)
    assert {breakdown for breakdown, *_ in table} <= {
        "all", "points", "eligible vehicles", "every choice", "days", "vehicles seen"
    }  # fmt: skip  # a list of words
    labels = {"all", *map(str, range(1, 7)), *map(str, DAYS)}
    assert {label for _, label, *_ in table} <= labels
    assert isinstance(computation, Computation)
    said = repr(replace(computation, breakdowns={})) + repr(table)
    assert not [word for word in ("70000000", "camera 1", "9740", "122.5") if word in said]


def test_without_enough_points_nothing_is_said():
    """Where no vehicle has four points the measure declines, and says what would make it measurable."""
    with engine_of([read(1, "A", 0), read(2, "B", 3)]) as engine:
        refusal = answer(engine, FINE)
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "No vehicle of these records has 4 distinct points."


def test_without_a_point_retention_declines():
    """Reads without a camera have no curve."""
    with engine_of([read(1, None, 0)]) as engine:
        assert isinstance(answer(engine, RETENTION), Refusal)


def test_the_curve_reaches_as_far_as_the_records():
    """Of fifteen days, fourteen are the longest that is shown; the headline is of all fifteen."""
    rows = [read(plate, "A", 24 * day + plate) for plate in (1, 2) for day in range(15)]
    with engine_of(rows) as engine:
        computation = answer(engine, RETENTION)
    assert [part.label for part in computation.breakdowns["days"]] == ["1", "3", "7", "14"]
    assert [part.numerator for part in computation.breakdowns["days"]] == [0, 0, 2, 2]
    assert (computation.numerator, computation.denominator) == (2, 2)
    assert all(part.interval for part in computation.breakdowns["days"])


def test_a_vehicle_with_fewer_points_stays_in_the_curve():
    """The denominator is all vehicles seen: one with a single read is one that is not told from all others."""
    rows = [read(1, "A", hour) for hour in range(5)] + [read(2, "B", 0)]
    with engine_of(rows) as engine:
        computation = answer(engine, RETENTION)
    assert (computation.numerator, computation.denominator) == (1, 2)


def test_each_grain_is_a_measure():
    """Three kinds of place times three of time, and the curve."""
    assert [measure.name for measure in MEASURES] == [
        *(
            f"reads.unicity.{place}_{time}"
            for place in ("camera", "square", "zip")
            for time in ("hour", "day", "week")
        ),
        "reads.tracking_by_retention",
    ]
    assert {measure.needs for measure in MEASURES} == {
        ("plate", "camera", "read_at"), ("plate", "longitude", "latitude", "read_at"), ("plate", "zip", "read_at")
    }  # fmt: skip  # a list of words


def test_a_shorter_retention_is_a_share_of_the_same_vehicles():
    """Of 200 vehicles 50 were seen in the last week, and 8 of 10 drawn from them were told: 40 of 200, with its interval."""
    parts = {
        "days": (Part("7", 0.8, 8, 10),),
        "vehicles seen": (Part("7", 0.25, 50, 200),),
    }
    made = finish_retention(Part("all", 0.5, 50, 100), parts, {"points": 4})
    (week,) = made.breakdowns["days"]
    assert (week.value, week.numerator, week.denominator) == pytest.approx((0.2, 40, 200))
    assert week.interval.low == pytest.approx(wilson(8, 10).low / 4)
    assert week.interval.high == pytest.approx(wilson(8, 10).high / 4)
