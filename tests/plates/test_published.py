"""Portals: ratios over those that state both, and their figures beside the logs of the case."""

from datetime import datetime, timedelta

import pytest

from answerable.estimate import NotMeasurable
from answerable.programmes.plates import PROGRAMME

READ = datetime.fromisoformat("2024-04-26T17:00")
MEASURES = {measure.name: measure for measure in PROGRAMME.measures}


def portal(agency, **figures):
    """Give one portal's figures."""
    return {"agency": agency, "accessed_at": READ, "updated_at": READ} | figures


def run(runner, name, **parameters):
    """Run a measure by its name."""
    return runner.run(MEASURES[name], **parameters)


def test_a_ratio_is_over_portals_that_state_both(records):
    """Three portals have a ratio; one states no hits, one no reads, one 0 reads, and each is listed with the reason."""
    runner = records(
        portals=[
            portal("A", reads=1000, hits=1), portal("B", reads=1000, hits=0), portal("C", reads=4000, hits=20),
            portal("D", reads=500), portal("E", hits=5), portal("F", reads=0, hits=3),
        ]
    )  # fmt: skip  # a table: what stands in one line belongs together
    found = run(runner, "portals.hits_per_read")
    assert (found.value, found.denominator) == (1, 3)
    assert [(part.value, part.numerator, part.denominator) for part in found.breakdowns["pooled"]] == [
        (3.5, 21, 6000)
    ]
    assert [part.label for part in found.breakdowns["left out"]] == [
        "D: states no hits", "E: states no reads", "F: states reads as 0",
    ]  # fmt: skip  # a table: what stands in one line belongs together


def test_retention_is_that_which_is_a_number(records):
    """The median and the census are over portals that state a number of days."""
    runner = records(
        portals=[
            portal("A", retention=30.0),
            portal("B", retention=30.0),
            portal("C", retention=365.0),
            portal("D"),
        ]
    )
    found = run(runner, "portals.retention")
    assert (found.value, found.denominator) == (30, 3)
    beyond = run(runner, "portals.retention_beyond")
    assert (beyond.numerator, beyond.denominator) == (1, 3)
    assert run(runner, "portals.retention_beyond", days=365).numerator == 0


def searches(agency, *days):
    """Give searches so many days before the portal was updated."""
    return [{"agency": agency, "searched_at": READ - timedelta(days=each), "user_name": 1} for each in days]


@pytest.mark.parametrize(("said", "percent", "agrees"), [(3, 1, 1), (4, 1, 0), (4, 25, 1)])
def test_a_portal_is_set_against_the_same_thirty_days_of_the_log(records, said, percent, agrees):
    """Three searches lie within 30 days: the one to the second 30 days before is outside, the one at the end inside."""
    runner = records(
        portals=[portal("Alder OR PD", searches=said), portal("Nobody OR PD", searches=9)],
        searches=[*searches("alder or pd ", 0, 1, 29.9, 30, 60), *searches("Birch OR PD", -1)],
    )
    found = run(runner, "portals.searches_in_log", percent=percent)
    assert (found.numerator, found.denominator) == (agrees, 1)
    held = {part.label: part.value for part in found.breakdowns["held by the log"]}
    assert held == {"Alder OR PD, to 2024-04-26": 3}


def test_a_log_that_does_not_cover_the_thirty_days_is_not_compared(records):
    """What the log does not hold cannot contradict a portal."""
    runner = records(portals=[portal("Alder OR PD", searches=3)], searches=searches("Alder OR PD", 1, 29))
    assert isinstance(run(runner, "portals.searches_in_log"), NotMeasurable)


def test_reported_alerts_and_confirmations(records):
    """Rows that report both count; more confirmations than alerts are no figure."""
    first = datetime.fromisoformat("2024-01-01")
    rows = [
        {"period": first, "hotlist": "stolen", "alerts": 10, "confirmed": 4},
        {"period": first, "hotlist": "wanted", "alerts": 5},
        {"period": first, "hotlist": "custom", "alerts": 2, "confirmed": 3},
        {"period": first, "hotlist": "stolen", "alerts": 0, "confirmed": 0},
    ]
    found = run(records(hotlists=rows), "hotlists.confirmed")
    assert (found.numerator, found.denominator) == (4, 10)
