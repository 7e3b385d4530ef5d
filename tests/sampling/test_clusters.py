"""A rate from whole clusters: the variance of the ratio, few clusters, and what was drawn."""

import numpy as np
import pytest
from scipy import special, stats

from answerable.intervals import clopper_pearson
from answerable.sampling import clustered, with_certain


def test_the_interval_by_hand():
    """Four clusters of 60: jackknife variance, worth, and the exact binomial bounds on it, worked out beside."""
    cases, sizes = np.array([2, 0, 5, 1]), np.array([10, 12, 20, 8])
    rate = 8 / 50
    without = (8 - cases) / (50 - sizes)
    variance = (1 - 4 / 60) * 3 / 4 * ((without - rate) ** 2).sum()
    alike = 50**2 / (sizes**2).sum()
    few = stats.norm.ppf(0.975) / stats.t.ppf(0.975, alike - 1)
    worth = rate * (1 - rate) / variance * few**2
    found = clustered(cases, sizes, 60, 800)
    assert found.value == rate
    assert found.interval.low == pytest.approx(
        special.betaincinv(rate * worth, worth * (1 - rate) + 1, 0.025)
    )
    assert found.interval.high == pytest.approx(
        special.betaincinv(rate * worth + 1, worth * (1 - rate), 0.975)
    )
    assert found.low == np.floor(found.interval.low * 800)
    assert found.high == np.ceil(found.interval.high * 800)


def test_without_a_case_each_cluster_counts_once():
    """Twelve clusters of equal size without a case are worth twelve records, less what they rule out themselves."""
    found = clustered([0] * 12, [20] * 12, 60, 1200)
    assert found.interval.low == 0
    assert found.interval.high == pytest.approx(clopper_pearson(0, 12).high)
    assert clustered([0] * 59, [20] * 59, 60, 1200).high <= 20


def test_every_cluster_is_the_whole_log():
    """Where every cluster was drawn the rate is known."""
    found = clustered([1, 2], [10, 20], 2, 30)
    assert (found.low, found.high, found.value) == (3, 3, 0.1)


def test_the_level_is_near_where_clusters_are_of_a_size():
    """30 of 200 clusters of 20 records, rate 10 per cent, correlation 0.1: 95 per cent less little, over 2,000 samples."""
    generator = np.random.default_rng(8)
    held = 0
    for _ in range(40):
        chances = generator.beta(0.1 * 9, 0.9 * 9, 200)
        cases = generator.binomial(20, chances)
        for _ in range(50):
            drawn = generator.choice(200, 30, replace=False)
            found = clustered(cases[drawn], np.full(30, 20), 200, 4000)
            held += found.low <= cases.sum() <= found.high
    assert held / 2_000 >= 0.93


def test_clusters_taken_for_certain_are_known():
    """Both bounds rise by their cases, and the interval is as wide in records as without them."""
    rest = clustered([2, 0, 5, 1], [10, 12, 20, 8], 60, 800)
    found = with_certain(rest, 90, 200)
    assert (found.low, found.high, found.population) == (rest.low + 90, rest.high + 90, 1_000)
    assert found.value == pytest.approx((0.16 * 800 + 90) / 1_000)
    assert found.interval.high * 1_000 == pytest.approx(rest.interval.high * 800 + 90)
    assert "known" in found.interval.method
    with pytest.raises(ValueError, match="count lies"):
        with_certain(rest, 201, 200)


def test_taking_large_clusters_for_certain_keeps_the_level():
    """Three of 120 users hold 40 per cent of the log and nearly all cases: chance alone misses them, and so holds far too seldom."""
    generator = np.random.default_rng(12)
    sizes = np.concatenate([[400, 300, 300], np.full(117, 13)])
    cases = np.concatenate([[200, 150, 150], generator.binomial(13, generator.beta(0.5, 9.5, 117))])
    beside = certain = 0
    for _ in range(1_000):
        some = generator.choice(120, 30, replace=False)
        left = clustered(cases[some], sizes[some], 120, int(sizes.sum()))
        beside += left.low <= cases.sum() <= left.high
        some = 3 + generator.choice(117, 27, replace=False)
        rest = clustered(cases[some], sizes[some], 117, int(sizes[3:].sum()))
        found = with_certain(rest, int(cases[:3].sum()), int(sizes[:3].sum()))
        certain += found.low <= cases.sum() <= found.high
    assert certain / 1_000 >= 0.93
    assert beside / 1_000 < 0.7


@pytest.mark.parametrize(
    ("given", "error", "match"),
    [
        (([1.5], [10], 3, 50), TypeError, "whole numbers"),
        (([1], [10, 5], 3, 50), ValueError, "same length"),
        (([11], [10], 3, 50), ValueError, "count lies"),
        (([1, 1], [10, 0], 3, 50), ValueError, "count lies"),
        (([1], [10], 3, 50), ValueError, "at least two"),
        (([1, 1], [10, 5], 1, 50), ValueError, "holds at least"),
        (([1, 1], [10, 5], 4, 16), ValueError, "holds at least"),
        (([1, 1], [10, 5], 2, 50), ValueError, "every cluster"),
    ],
)
def test_what_cannot_be_is_refused(given, error, match):
    """Counts over their clusters, one cluster alone, and more than the log holds are said."""
    with pytest.raises(error, match=match):
        clustered(*given)


def test_the_level_is_checked():
    """A level of 1 is refused."""
    with pytest.raises(ValueError, match="level"):
        clustered([1, 1], [10, 5], 4, 100, level=1.0)
