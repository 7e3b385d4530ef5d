"""How long reads are kept, to the day and to the second, and what keeping them for less would have cost."""

from datetime import datetime, timedelta

import pytest

from answerable.estimate import NotMeasurable
from answerable.programmes.plates import PROGRAMME

AUDIT = datetime.fromisoformat("2025-07-01T00:00")
MEASURES = {measure.name: measure for measure in PROGRAMME.measures}


def aged(days, **cells):
    """Give one read that was so many days old at the date of the audit."""
    return {"read_at": AUDIT - timedelta(days=days) + timedelta(hours=12), "plate": 1} | cells


def test_the_oldest_read_is_as_old_as_its_day(records):
    """Calendar days from its day to the date of the audit."""
    runner = records(as_of="2025-07-01", reads=[aged(3), aged(45, agency="A OR PD"), aged(10)])
    found = runner.run(MEASURES["reads.oldest"])
    assert (found.value, found.unit) == (45, "days")
    assert {part.label: part.value for part in found.breakdowns["agency"]} == {
        "(organisation not stated)": 10,
        "A OR PD": 45,
    }


def test_age_needs_the_date_of_the_audit(records):
    """Without it there is no age, and the measure says which option gives one."""
    found = records(reads=[aged(3)]).run(MEASURES["reads.oldest"])
    assert isinstance(found, NotMeasurable)
    assert "--as-of" in found.ask_for


@pytest.mark.parametrize(("days", "older"), [(29, 0), (30, 0), (31, 1)])
def test_exactly_the_limit_is_within(records, days, older):
    """A read of 30 days is within 30 days, and one of 31 is not."""
    found = records(as_of="2025-07-01", reads=[aged(1), aged(days)]).run(MEASURES["reads.older_than"])
    assert (found.numerator, found.denominator) == (older, 2)


def test_a_limit_of_a_pack_is_a_parameter(records):
    """21 days, as one law asks, counts what 30 days do not; the breakdown holds the usual limits."""
    runner = records(as_of="2025-07-01", reads=[aged(days) for days in (1, 25, 61, 95)])
    found = runner.run(MEASURES["reads.older_than"], days=21)
    assert (found.numerator, found.denominator) == (3, 4)
    assert [(part.label, part.numerator) for part in found.breakdowns["days"]] == [
        ("30", 2), ("60", 2), ("90", 1), ("180", 0), ("365", 0),
    ]  # fmt: skip  # a table: what stands in one line belongs together


def test_a_deleted_read_is_not_held(records):
    """A read whose deletion is on or before the date of the audit is not held then; one deleted later is."""
    reads = [aged(100, deleted_at=AUDIT), aged(40, deleted_at=AUDIT + timedelta(days=1)), aged(2)]
    found = records(as_of="2025-07-01", reads=reads).run(MEASURES["reads.older_than"])
    assert (found.numerator, found.denominator) == (1, 2)


def test_late_deletion_is_by_the_second(records):
    """30 × 24 hours to the second is in time, a second more is late; a deletion before its read is no deletion."""
    month = timedelta(days=30)
    reads = [
        aged(90, deleted_at=aged(90)["read_at"] + gap)
        for gap in (month, month + timedelta(seconds=1), timedelta(days=-1))
    ]
    found = records(reads=[*reads, aged(1)]).run(MEASURES["reads.deleted_late"])
    assert (found.numerator, found.denominator) == (1, 2)


def hit(days, confirmed="yes", seconds=0):
    """Give one hit whose alert came so long after the read."""
    return {
        "alerted_at": AUDIT,
        "read_at": AUDIT - timedelta(days=days, seconds=seconds),
        "confirmed": confirmed,
        "plate": 1,
    }


def test_the_cost_of_a_retention_is_what_used_older_reads(records):
    """Of four confirmed hits one used a read older than 30 days; the curve falls from day to day and ends with the oldest."""
    runner = records(hits=[hit(0), hit(7), hit(30), hit(30, seconds=1), hit(200, confirmed="no")])
    found = runner.run(MEASURES["hits.cost_of_retention"])
    assert (found.numerator, found.denominator) == (1, 4)
    curve = {part.label: part.numerator for part in found.breakdowns["days"]}
    assert len(curve) == 365
    assert [curve[day] for day in ("1", "6", "7", "29", "30", "31", "365")] == [3, 3, 2, 2, 1, 0, 0]


def test_a_retention_may_be_tried(records):
    """Another number of days is a parameter; past a year the curve stands still."""
    runner = records(hits=[hit(8), hit(400)])
    assert runner.run(MEASURES["hits.cost_of_retention"], days=7).numerator == 2
    assert runner.run(MEASURES["hits.cost_of_retention"], days=365).numerator == 1


def test_look_backs_cost_by_what_they_asked_for(records):
    """A search whose time frame began 31 days before it asked for reads older than 30 days."""
    frames = [
        {"searched_at": AUDIT, "frame_start": AUDIT - timedelta(days=days), "frame_end": AUDIT}
        for days in (1, 30, 31)
    ]
    found = records(searches=frames).run(MEASURES["searches.cost_of_retention"])
    assert (found.numerator, found.denominator) == (1, 3)


def test_the_age_of_a_hit_is_in_minutes(records):
    """The median of a second, an hour and a day is 60 minutes."""
    runner = records(hits=[hit(0, seconds=1), hit(0, seconds=3600), hit(1), hit(-1)])
    found = runner.run(MEASURES["hits.age"])
    assert (found.value, found.denominator) == (60, 3)
