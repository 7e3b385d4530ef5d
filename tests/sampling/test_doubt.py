"""Unclear answers between best and worst, and the most that is consistent with nothing found."""

import numpy as np
import pytest
from scipy import stats

from answerable.intervals import hypergeometric
from answerable.sampling import doubtful, either, most_consistent, simple, stratified


def test_the_interval_goes_from_the_best_to_the_worst():
    """3 cases and 4 unclear of 60: from the lower bound of 3 to the upper bound of 7, in share and in number."""
    found = doubtful(3, 4, 60, 2000)
    low, high = hypergeometric(3, 60, 2000), hypergeometric(7, 60, 2000)
    assert (found.interval.low, found.interval.high) == (low.low, high.high)
    assert (found.low, found.high) == (round(low.low * 2000), round(high.high * 2000))
    assert (found.best.number, found.worst.number) == (100, pytest.approx(7 / 60 * 2000))


def test_without_doubt_it_is_the_plain_interval():
    """No unclear record leaves the hypergeometric interval as it is."""
    assert doubtful(3, 0, 60, 2000).interval.low == simple(3, 60, 2000).interval.low
    assert doubtful(3, 0, 60, 2000).interval.high == simple(3, 60, 2000).interval.high


@pytest.mark.parametrize(("cases", "unclear"), [(0, 0), (10, 20), (2, 190), (150, 30), (0, 400)])
def test_best_and_worst_are_both_held_at_the_level(cases, unclear):
    """Over every sample of 40 from 400, best and worst truth are within the interval at once in 95 per cent or more."""
    sample, population = 40, 400
    held = 0.0
    for found in range(min(sample, cases) + 1):
        for doubt in range(min(sample - found, unclear) + 1):
            chance = stats.multivariate_hypergeom.pmf(
                [found, doubt, sample - found - doubt], [cases, unclear, population - cases - unclear], sample
            )
            if chance > 1e-12:
                span = doubtful(found, doubt, sample, population)
                held += chance * (span.low <= cases and cases + unclear <= span.high)
    assert held >= 0.95


def test_estimates_by_strata_join_the_same_way():
    """Two stratified estimates, with and without the unclear, give one span; estimates of two logs do not."""
    best, worst = stratified([1, 2], [30, 30], [500, 200]), stratified([3, 2], [30, 30], [500, 200])
    joined = either(best, worst, 2)
    assert (joined.low, joined.high) == (best.low, worst.high)
    with pytest.raises(ValueError, match="one log"):
        either(best, stratified([3, 2], [30, 30], [500, 201]), 2)
    with pytest.raises(ValueError, match="no rate smaller"):
        either(worst, best, 2)


def test_the_most_that_is_consistent_with_nothing_found():
    """59 of 10,000 without a case: the largest number of cases under which that is over 5 per cent likely, by counting."""
    found = most_consistent(59, 10_000)
    chances = stats.hypergeom.pmf(0, 10_000, np.arange(1, 800), 59)
    assert found.number == int(np.flatnonzero(chances > 0.05)[-1]) + 1
    assert found.rate == found.number / 10_000
    assert most_consistent(100, 100).number == 0
    assert most_consistent(60, 500, found=2).number == round(hypergeometric(2, 60, 500, 0.9).high * 500)


@pytest.mark.parametrize(
    ("call", "match"),
    [
        (lambda: doubtful(3, 60, 60, 100), "no more than the sample"),
        (lambda: doubtful(3, -1, 60, 100), "no more than the sample"),
        (lambda: most_consistent(10, 100, confidence=0.4), "one-sided"),
        (lambda: simple(3, 60, 50), "no larger than its population"),
    ],
)
def test_what_cannot_be_is_refused(call, match):
    """More answers than records, a confidence that bounds nothing, and a sample over its log are said."""
    with pytest.raises(ValueError, match=match):
        call()
