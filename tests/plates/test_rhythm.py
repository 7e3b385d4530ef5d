"""When searches were made, on small tables where the truth is known."""

from datetime import datetime, timedelta

import pytest

from answerable.estimate import NotMeasurable
from answerable.programmes.plates.measures.rhythm import MEASURES

BY_NAME = {measure.name.removeprefix("searches."): measure for measure in MEASURES}
MONDAY = datetime.fromisoformat("2025-03-03")


def _at(*times):
    return [{"searched_at": time, "searched_at_local": time, "clock": "local"} for time in times]


def _counts(estimate, breakdown):
    return {part.label: (part.numerator, part.denominator) for part in estimate.breakdowns[breakdown]}


def test_the_night_runs_past_midnight_and_ends_before_its_last_hour(searches):
    """22:00 and 05:59 are in the night hours; 21:59 and 06:00 are not."""
    times = [
        MONDAY.replace(hour=h, minute=m) for h, m in ((22, 0), (5, 59), (0, 0), (21, 59), (6, 0), (12, 0))
    ]
    estimate = searches(_at(*times)).run(BY_NAME["off_hours"])
    assert (estimate.numerator, estimate.denominator) == (3, 6)
    assert _counts(estimate, "hour")["22"] == (1, 6)


def test_a_span_within_one_day_does_not_wrap(searches):
    """From 1 to 5 counts 01:00 to 04:59 only."""
    times = [MONDAY.replace(hour=h) for h in (0, 1, 4, 5, 23)]
    assert searches(_at(*times)).run(BY_NAME["off_hours"], from_hour=1, to_hour=5).numerator == 2


def test_the_weekend_is_saturday_and_sunday(searches):
    """One search on each day of a week gives two of seven."""
    estimate = searches(_at(*(MONDAY + timedelta(days=day) for day in range(7)))).run(BY_NAME["weekend"])
    assert (estimate.numerator, estimate.denominator) == (2, 7)
    assert list(_counts(estimate, "weekday")) == [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]  # fmt: skip  # a table: what stands in one line belongs together


@pytest.mark.parametrize("name", ["off_hours", "weekend", "outside_own_pattern"])
def test_hours_are_not_measurable_without_a_local_clock(searches, name):
    """Where times are in UTC and nobody has stated the local zone, no hour of the day is given."""
    rows = [{"searched_at": MONDAY, "clock": "utc", "user_name": 1}]
    assert isinstance(searches(rows).run(BY_NAME[name]), NotMeasurable)


def test_a_search_is_outside_where_its_account_seldom_searches(searches):
    """One Sunday search among 199 on Monday mornings is outside; a second account is too small to have a pattern."""
    usual = [MONDAY.replace(hour=9) + timedelta(weeks=week % 4, seconds=week) for week in range(199)]
    rows = [
        {"searched_at": time, "searched_at_local": time, "clock": "local", "user_name": 1}
        for time in [*usual, MONDAY - timedelta(hours=2)]
    ]
    rows += [
        {"searched_at": time, "searched_at_local": time, "clock": "local", "user_name": 2}
        for time in [MONDAY + timedelta(hours=hour) for hour in range(0, 48, 6)]
    ]
    estimate = searches(rows).run(BY_NAME["outside_own_pattern"])
    assert (estimate.numerator, estimate.denominator) == (1, 200)
    assert _counts(estimate, "time of week")["Sunday 18 to 24"] == (1, 1)
    assert _counts(estimate, "accounts") == {"with a pattern to compare against": (1, 2)}


def test_a_block_with_exactly_the_percentage_is_not_rare(searches):
    """One of a hundred searches is not fewer than 1 %."""
    usual = [MONDAY.replace(hour=9) + timedelta(seconds=second) for second in range(99)]
    rows = [row | {"user_name": 1} for row in _at(*usual, MONDAY + timedelta(days=3))]
    runner = searches(rows)
    assert runner.run(BY_NAME["outside_own_pattern"]).numerator == 0
    assert runner.run(BY_NAME["outside_own_pattern"], percent=1.5).numerator == 1


def test_days_without_a_search_are_counted_between_the_first_and_the_last(searches):
    """Of seven days four hold no search, in one run of three and one of one."""
    days = [MONDAY + timedelta(days=day, hours=9) for day in (0, 0, 4, 6)]
    estimate = searches([{"searched_at": day} for day in days]).run(BY_NAME["gap_days"])
    assert (estimate.value, estimate.denominator) == (4, 7)
    assert [(part.label, part.value) for part in estimate.breakdowns["longest gaps"]] == [
        ("2025-03-04 to 2025-03-06", 3),
        ("2025-03-08 to 2025-03-08", 1),
    ]


def test_midnight_to_midnight_leaves_no_gap(searches):
    """Two neighbouring days have no day between them, whatever the hours."""
    rows = [{"searched_at": MONDAY}, {"searched_at": MONDAY + timedelta(hours=47, minutes=59)}]
    assert searches(rows).run(BY_NAME["gap_days"]).value == 0
