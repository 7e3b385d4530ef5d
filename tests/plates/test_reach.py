"""How far searches reached, on small tables where the truth is known."""

from datetime import datetime, timedelta

import pytest

from answerable.programmes.plates.measures.reach import MEASURES

BY_NAME = {measure.name.removeprefix("searches."): measure for measure in MEASURES}
NOON = datetime.fromisoformat("2025-03-31T12:00")
DAY = timedelta(days=1)


def _parts(estimate, breakdown):
    return {part.label: part for part in estimate.breakdowns[breakdown]}


def _counts(estimate, breakdown):
    return {part.label: (part.numerator, part.denominator) for part in estimate.breakdowns[breakdown]}


def test_the_median_is_the_smallest_number_that_half_do_not_exceed(searches):
    """Of 1, 2, 3 and 100 networks the median is 2, and a blank is not a number."""
    rows = [{"networks": n} for n in (3, 1, 100, 2, None)]
    estimate = searches(rows).run(BY_NAME["networks_per_search"])
    assert estimate.value == 2
    assert estimate.denominator == 4
    values = {label: part.value for label, part in _parts(estimate, "distribution").items()}
    assert values == {
        "least": 1, "lower quartile": 1, "median": 2, "upper quartile": 3, "90th percentile": 100, "most": 100,
    }  # fmt: skip  # a table: what stands in one line belongs together


def test_the_median_is_given_by_month(searches):
    """Each month has a median of its own."""
    rows = [
        {"devices": devices, "searched_at": datetime.fromisoformat(f"2025-{month:02}-05")}
        for month, devices in ((3, 10), (3, 20), (3, 30), (4, 7))
    ]
    estimate = searches(rows).run(BY_NAME["devices_per_search"])
    assert estimate.value == 10
    assert {label: part.value for label, part in _parts(estimate, "month").items()} == {
        "2025-03": 20,
        "2025-04": 7,
    }


def test_a_search_is_wide_against_the_widest_of_its_own_month(searches):
    """Ninety of a hundred is wide, eighty-nine is not, and ten is wide where the month's widest is ten."""
    rows = [
        {"networks": networks, "searched_at": datetime.fromisoformat(f"2025-{month:02}-05")}
        for month, networks in ((3, 100), (3, 90), (3, 89), (4, 10), (4, 1))
    ]
    estimate = searches(rows).run(BY_NAME["network_wide"])
    assert (estimate.numerator, estimate.denominator) == (3, 5)
    assert _counts(estimate, "month") == {"2025-03": (2, 3), "2025-04": (1, 2)}


def test_a_search_of_no_known_month_has_no_yardstick(searches):
    """Where the time was withheld the month is not known, and the search is on neither side."""
    rows = [
        {"networks": 10},
        {"networks": 10, "searched_at": None, "searched_at_state": "withheld", "month": None},
    ]
    estimate = searches(rows).run(BY_NAME["network_wide"])
    assert (estimate.numerator, estimate.denominator) == (1, 1)


def test_the_share_that_counts_as_wide_can_be_set(searches):
    """At 100 % only the month's widest searches count."""
    rows = [{"networks": networks} for networks in (100, 100, 99)]
    assert searches(rows).run(BY_NAME["network_wide"], percent=100).numerator == 2


def test_cameras_stand_in_where_networks_were_not_recorded(searches):
    """A search without a number of networks is compared by its cameras; one without either is left out."""
    rows = [
        {"networks": 5, "devices": 1},
        {"networks": None, "devices": 50},
        {"networks": None, "devices": 10},
        {"networks": None, "devices": None},
    ]
    estimate = searches(rows).run(BY_NAME["network_wide"])
    assert (estimate.numerator, estimate.denominator) == (2, 3)


def test_federal_and_inactive_count_searches_that_name_an_organisation(searches):
    """A search that names no organisation is on neither side."""
    rows = [
        {"agency": agency}
        for agency in ("FBI", "Springfield OR PD", "Springfield OR PD", "Old Town OR PD [Inactive]", None)
    ]
    runner = searches(rows)
    federal, inactive = (runner.run(BY_NAME[name]) for name in ("federal", "inactive"))
    assert (federal.numerator, federal.denominator) == (1, 4)
    assert (inactive.numerator, inactive.denominator) == (1, 4)


def test_out_of_state_is_measured_against_the_state_most_often_seen(searches):
    """Two of six searches with a known state are of another state; one organisation's state is unknown."""
    agencies = ["A OR PD"] * 4 + ["B TX PD", "C WA SO", "Nowhere PD"]
    estimate = searches([{"agency": agency} for agency in agencies]).run(BY_NAME["out_of_state"])
    assert (estimate.numerator, estimate.denominator) == (2, 6)
    assert _counts(estimate, "state in the name") == {
        "OR (the state most often seen)": (4, 7),
        "another state": (2, 7),
        "unknown: the name does not say": (1, 7),
    }
    assert _counts(estimate, "other state") == {"TX": (1, 6), "WA": (1, 6)}


def test_of_two_states_seen_equally_often_the_first_in_the_alphabet_is_taken(searches):
    """A tie is settled by a rule, so that the same records give the same number."""
    estimate = searches([{"agency": "B TX PD"}, {"agency": "A OR PD"}]).run(BY_NAME["out_of_state"])
    assert "OR (the state most often seen)" in _parts(estimate, "state in the name")


@pytest.mark.parametrize(
    ("back", "beyond"),
    [
        (30 * DAY, 0),
        (30 * DAY + timedelta(seconds=1), 1),
        (30 * DAY - timedelta(seconds=1), 0),
        (31 * DAY, 1),
    ],
)
def test_exactly_thirty_days_is_not_beyond_thirty_days(searches, back, beyond):
    """The boundary is more than 30 x 24 h, to the second."""
    rows = [{"searched_at": NOON, "frame_start": NOON - back, "frame_end": NOON}]
    assert searches(rows).run(BY_NAME["lookback_beyond"]).numerator == beyond


def test_other_ways_of_counting_days_are_shown_beside_the_rule(searches):
    """Ten hours over the limit counts by elapsed time and by the calendar, not by rounding or completed days."""
    rows = [
        {"searched_at": NOON, "frame_start": NOON - 30 * DAY - timedelta(hours=hours), "frame_end": NOON}
        for hours in (0, 10, 13, 24, 36)
    ]
    estimate = searches(rows).run(BY_NAME["lookback_beyond"])
    assert [part.numerator for part in estimate.breakdowns["rule"]] == [4, 3, 2, 3]
    assert all(part.denominator == 5 for part in estimate.breakdowns["rule"])


def test_the_limit_of_the_look_back_can_be_set(searches):
    """With a limit of 21 days, a look-back of 22 days is beyond it, and the rule says so."""
    rows = [
        {"searched_at": NOON, "frame_start": NOON - days * DAY, "frame_end": NOON, "agency": "A OR PD"}
        for days in (20, 22)
    ]
    estimate = searches(rows).run(BY_NAME["lookback_beyond"], days=21)
    assert estimate.numerator == 1
    assert "21 × 24" in estimate.rule
    assert _counts(estimate, "agency") == {"A OR PD": (1, 2)}


def test_the_look_back_is_given_in_days_to_the_minute(searches):
    """Of 1, 7.5 and 30 days the median is 7.5."""
    rows = [
        {"searched_at": NOON, "frame_start": NOON - days * DAY, "frame_end": NOON} for days in (1, 7.5, 30)
    ] + [{"searched_at": NOON, "frame_start": None, "frame_end": None}]
    estimate = searches(rows).run(BY_NAME["lookback"])
    assert (estimate.value, estimate.denominator) == (7.5, 3)
