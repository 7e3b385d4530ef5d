"""What reads gave: hits only where both are reported, and answers that are clear."""

from datetime import datetime, timedelta

import pytest

from answerable.engine import DuckDB
from answerable.engine.dialect import literal
from answerable.estimate import NotMeasurable
from answerable.programmes.plates import PROGRAMME
from answerable.programmes.plates.answers import came_of_it_sql, yes_no_sql

MARCH = datetime.fromisoformat("2025-03-03T07:30")
APRIL = datetime.fromisoformat("2025-04-03T07:30")
MAY = datetime.fromisoformat("2025-05-03T07:30")
MEASURES = {measure.name: measure for measure in PROGRAMME.measures}


def reads(when, camera, number):
    """Give a number of reads of one camera."""
    return [{"read_at": when + timedelta(seconds=at), "camera": camera, "plate": at} for at in range(number)]


def hit(when, **cells):
    """Give one hit; what is not said is that it was confirmed at the bridge."""
    return {"alerted_at": when, "camera": "bridge", "hotlist": "stolen", "confirmed": "Yes"} | cells


def parts(estimate, breakdown):
    """Give a breakdown as label -> (numerator, denominator)."""
    return {part.label: (part.numerator, part.denominator) for part in estimate.breakdowns[breakdown]}


@pytest.fixture
def town(records):
    """Reads of two cameras in March and April; hits in March, April and May, two of them at a camera without reads."""
    return records(
        reads=[*reads(MARCH, "bridge", 100), *reads(MARCH, "mill", 300), *reads(APRIL, "bridge", 50)],
        hits=[
            hit(MARCH), hit(MARCH, camera="mill"), hit(APRIL, hotlist="wanted", outcome="Arrest"), hit(APRIL, camera="ghost"),
            hit(MARCH, camera="ghost"), hit(MAY), hit(APRIL, confirmed="no", outcome="No action", stop="Y"),
        ],
    )  # fmt: skip  # a table: what stands in one line belongs together


def test_hits_per_read_counts_where_both_are_reported(town):
    """Four hits of 450 reads: hits at a camera without reads, and of a month without reads, are listed and left out."""
    found = town.run(MEASURES["hits.per_read"])
    assert (found.numerator, found.denominator) == (4, 450)
    assert found.value == pytest.approx(4 / 450 * 1000)
    assert parts(found, "month") == {"2025-03": (2, 400), "2025-04": (2, 50)}
    assert parts(found, "camera") == {"mill": (1, 300), "bridge": (3, 150)}
    assert parts(found, "hotlist") == {"stolen": (3, 450), "wanted": (1, 450)}
    assert parts(found, "left out") == {
        "hits at ghost, which has no reads in the month": (2, None),
        "hits of 2025-05, a month without reads": (1, None),
    }


def test_a_camera_without_a_hit_counts_with_its_reads(town):
    """A camera whose reads gave no hit is in the denominator: it was looked at, and gave nothing."""
    found = town.run(MEASURES["hits.per_read"])
    assert sum(of for _, of in parts(found, "camera").values()) == 450


def test_without_cameras_the_months_alone_are_matched(records):
    """Where one of the logs names no camera, every hit of a common month counts."""
    runner = records(
        reads=reads(MARCH, "bridge", 10),
        hits=[{"alerted_at": MARCH, "hotlist": "stolen"}, {"alerted_at": APRIL}],
    )
    found = runner.run(MEASURES["hits.per_read"])
    assert (found.numerator, found.denominator) == (1, 10)
    assert "camera" not in found.breakdowns


def test_hits_without_reads_have_no_yield(records):
    """The measure names the records that the case lacks."""
    found = records(hits=[hit(MARCH)]).run(MEASURES["hits.per_read"])
    assert isinstance(found, NotMeasurable)
    assert found.reason == "There are no reads in this case."
    assert found.absent == ("reads",)


def test_reads_per_useful_outcome(town):
    """One arrest in 450 reads; an outcome of no action is none."""
    found = town.run(MEASURES["hits.reads_per_useful_outcome"])
    assert (found.value, found.numerator, found.denominator) == (450, 450, 1)


def test_no_useful_outcome_is_no_number(records):
    """Reads that led to nothing have no number of reads for each useful outcome: it is not infinite, and not 0."""
    runner = records(reads=reads(MARCH, "bridge", 10), hits=[hit(MARCH, outcome="no action")])
    assert isinstance(runner.run(MEASURES["hits.reads_per_useful_outcome"]), NotMeasurable)


def test_confirmed_hits_are_among_clear_answers(records):
    """An answer that is neither yes nor no counts on neither side, and is counted as not recorded."""
    runner = records(
        hits=[
            hit(MARCH),
            hit(MARCH, confirmed="pending"),
            hit(MARCH, confirmed="No"),
            hit(MARCH, confirmed=""),
        ]
    )
    confirmed, recorded = (
        runner.run(MEASURES[f"hits.{name}"]) for name in ("confirmed", "confirmation_recorded")
    )
    assert (confirmed.numerator, confirmed.denominator) == (1, 2)
    assert (recorded.numerator, recorded.denominator) == (2, 4)


def test_stops_on_hits_that_were_not_confirmed(town):
    """One stop, on a hit that the person at the screen did not confirm."""
    found = town.run(MEASURES["hits.stopped_unconfirmed"])
    assert (found.numerator, found.denominator) == (1, 1)


def test_hits_after_the_audit_are_in_no_rate(records):
    """A hit or read that is dated after the audit is counted by a measure of its own."""
    runner = records(
        as_of="2025-04-01",
        reads=[*reads(MARCH, "bridge", 9), *reads(APRIL, "bridge", 1)],
        hits=[hit(MARCH), hit(APRIL, confirmed="no")],
    )
    per_read, confirmed, later = (
        runner.run(MEASURES[f"hits.{name}"]) for name in ("per_read", "confirmed", "future")
    )
    assert (per_read.numerator, per_read.denominator) == (1, 9)
    assert (confirmed.numerator, confirmed.denominator) == (1, 1)
    assert (later.numerator, later.denominator) == (1, 2)
    assert runner.run(MEASURES["reads.future"]).numerator == 1


def answer(sql):
    """Run one expression."""
    with DuckDB() as engine:
        return engine.rows(f"SELECT {sql}")[0][0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Yes", True), ("CONFIRMED", True), ("1", True), ("no", False), ("Not Confirmed", False), ("not_confirmed", False),
        ("misread", False), ("pending", None), ("yes and no", None), ("unknown", None),
    ],
)  # fmt: skip  # a table: what stands in one line belongs together
def test_a_short_answer_is_yes_no_or_open(text, said):
    """What no list of words knows is open."""
    assert answer(yes_no_sql(literal(text))) is said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Arrest", True), ("vehicle recovered", True), ("Located person", True), ("No arrest", False), ("unable to locate", False),
        ("not located", False), ("Released", False), ("GOA", False), ("pending", None), ("arresting", None),
    ],
)  # fmt: skip  # a table: what stands in one line belongs together
def test_an_outcome_names_a_result_or_none_or_is_open(text, said):
    """A "no" before the word turns it round."""
    assert answer(came_of_it_sql(literal(text))) is said
