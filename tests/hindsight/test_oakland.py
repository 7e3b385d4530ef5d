"""A released replication of forecasts for Oakland, 2011: an independent count's figures come out to the printed digits."""

import csv

import numpy as np
import pytest

from answerable.hindsight import (
    auc,
    by_scores,
    compare,
    concentration,
    hit_rate,
    last_period,
    pai,
    pei_star,
    predicted_over_observed,
    rated,
    rolling,
)


@pytest.fixture(scope="module")
def oakland(shared_data):
    """Give forecasts, outcomes and dates, areas by days."""
    read = []
    for name in ("forecasts", "outcomes"):
        path = shared_data / "forecasts" / f"oakland-2011-{name}.csv"
        if not path.is_file():
            pytest.skip(f"{path.name} is not among the released files")
        with path.open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        read.append(np.array([[float(cell) for cell in row[1:]] for row in rows]))
    return *read, np.array(head[1:], dtype="M8[D]")


def test_the_independent_count(oakland):
    """At 20 cells a day: 721 of 2,323 events, PAI 10.2579 pooled and 9.955 as a mean of days, 52 cells ever and 5 always flagged."""
    forecasts, outcomes, _ = oakland
    assert forecasts.shape == (661, 368)
    found = by_scores(forecasts, outcomes, 20)
    assert (found.total.expected, found.total.settled, found.events.sum()) == (721, True, 2_323)
    assert round(hit_rate(found).pooled.expected, 5) == 0.31037
    assert round(pai(found).pooled.expected, 4) == 10.2579
    assert round(pai(found).mean.expected, 3) == 9.955
    assert pai(found).undefined == 10
    spread = concentration(scores=forecasts, k=20)
    assert (spread.ever, spread.always) == ((52, 52), (5, 5))
    assert round(auc(forecasts, outcomes).pooled, 5) == 0.86887
    assert round(predicted_over_observed(found).pooled.expected, 4) == 1.0177
    assert any("equals the hit rate" in note for note in pei_star(found).notes)


def test_events_where_none_was_expected(oakland):
    """168 events fell on cells and days with a forecast of 0, so that there is no log score, and it is said."""
    found = rated(*oakland[:2])
    assert found.impossible == 168
    assert found.log_score is None


def test_days_are_in_order_and_baselines_are_named(oakland):
    """On the file's own dates the forecast catches more than the day before would have; against the year's count ties matter."""
    forecasts, outcomes, dates = oakland
    last, year = compare(
        by_scores(forecasts, outcomes, 20), outcomes, [last_period("day"), rolling(365, "day")], periods=dates
    )
    assert (last.forecast.expected, last.events, last.periods, last.set_apart) == (720, 2_318, 367, 1)
    assert last.verdict == "forecast"
    assert year.short == 364
    assert year.caught.least < year.caught.expected < year.caught.most
    assert "the count of the last 365 days" in year.sentence
