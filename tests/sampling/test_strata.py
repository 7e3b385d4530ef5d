"""A rate by strata: the hypergeometric interval where there is one, and the level held for every split where there are more."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from answerable.intervals import hypergeometric
from answerable.sampling import stratified
from answerable.sampling.counting import chances


@given(st.data())
def test_one_stratum_is_the_hypergeometric_interval(data):
    """With one stratum the bounds are those of `intervals.hypergeometric`, to the record."""
    size = data.draw(st.integers(1, 3_000))
    sample = data.draw(st.integers(1, min(size, 200)))
    count = data.draw(st.integers(0, sample))
    found, plain = stratified([count], [sample], [size]), hypergeometric(count, sample, size)
    assert (found.interval.low, found.interval.high) == pytest.approx((plain.low, plain.high), abs=1e-12)


def held(samples, sizes, level=0.95):
    """Give the least coverage over every split of every number of cases, by adding up every sample."""
    outcomes = list(itertools.product(*(range(sample + 1) for sample in samples)))
    bounds = [stratified(list(outcome), list(samples), list(sizes), level) for outcome in outcomes]
    low, high = np.array([one.low for one in bounds]), np.array([one.high for one in bounds])
    least = 1.0
    for split in itertools.product(*(range(size + 1) for size in sizes)):
        joint = np.ones(1)
        for sample, size, cases in zip(samples, sizes, split, strict=True):
            drawn = stats.hypergeom.pmf(np.arange(sample + 1), size, cases, sample)
            joint = np.multiply.outer(joint, drawn).ravel()
        total = sum(split)
        least = min(least, joint[(low <= total) & (high >= total)].sum())
    return least


@pytest.mark.parametrize(
    ("samples", "sizes", "level"),
    [
        ((6, 8), (20, 30), 0.95),
        ((9, 4), (12, 50), 0.95),
        ((5, 7), (15, 25), 0.8),
        ((3, 3, 4), (7, 9, 12), 0.95),
    ],
)
def test_the_level_is_held_for_every_split(samples, sizes, level):
    """Over every split of every number of cases the interval holds the truth at its level or more, computed exactly."""
    assert held(samples, sizes, level) >= level


def test_no_case_is_bounded_by_the_thinnest_stratum():
    """Nothing in 50 of 900 and 50 of 100: the bound is that of 50 of 900, since all cases may lie there."""
    found = stratified([0, 0], [50, 50], [900, 100])
    assert found.low == 0
    assert found.high == round(hypergeometric(0, 50, 900).high * 900)
    # The effective-sample interval of 100 records would stop at 36 cases, and hold 45 in one stratum 92 % of the time.
    assert stats.hypergeom.pmf(0, 900, 45, 50) > 0.07


def test_a_stratum_drawn_whole_has_no_error():
    """Its cases are added to both bounds as they are."""
    without, beside = stratified([2], [40], [900]), stratified([2, 17], [40, 60], [900, 60])
    assert (beside.low, beside.high) == (without.low + 17, without.high + 17)
    whole = stratified([3, 17], [30, 60], [30, 60])
    assert (whole.low, whole.high, whole.value) == (20, 20, 20 / 90)


def test_cases_and_others_change_places():
    """What holds for cases holds for the others: bounds are mirrored."""
    one, other = (
        stratified([3, 1, 9], [30, 20, 40], [500, 90, 220]),
        stratified([27, 19, 31], [30, 20, 40], [500, 90, 220]),
    )
    assert (one.low, one.high) == (810 - other.high, 810 - other.low)


@settings(max_examples=25)
@given(st.data())
def test_bounds_keep_to_what_was_seen(data):
    """Bounds are whole numbers around the estimate's possible values, and never contradict the samples."""
    strata = data.draw(st.integers(2, 4))
    sizes = data.draw(st.lists(st.integers(2, 300), min_size=strata, max_size=strata))
    samples = [data.draw(st.integers(1, min(size, 20))) for size in sizes]
    counts = [data.draw(st.integers(0, sample)) for sample in samples]
    found = stratified(counts, samples, sizes)
    unseen = sum(samples) - sum(counts)
    assert sum(counts) <= found.low <= found.high <= sum(sizes) - unseen
    assert found.low <= found.number + 1e-9
    assert found.number - 1e-9 <= found.high
    assert found.interval.low == found.low / sum(sizes)


def test_five_strata_hold_the_level_where_cases_are_few():
    """1,500 worlds of five unequal strata with few cases, most of them in the thinnest: held in 95 % or more."""
    generator = np.random.default_rng(4)
    sizes, samples = np.array([4000, 2500, 600, 300, 90]), np.array([30, 30, 20, 20, 20])
    cases = np.array([90, 2, 0, 1, 2])
    drawn = generator.hypergeometric(cases, sizes - cases, samples, size=(1_500, 5))
    counts, times = np.unique(drawn, axis=0, return_counts=True)
    often = times >= 5
    assert times[often].sum() > 1_000
    total, within = 0, 0
    for count, number in zip(counts[often], times[often], strict=True):
        found = stratified(count, samples, sizes)
        within += number * (found.low <= cases.sum() <= found.high)
        total += number
    # Outcomes that came seldom are taken as not held, and Monte Carlo error is allowed for.
    assert within / total >= 0.95 - 2 * np.sqrt(0.05 * 0.95 / total)


def test_probabilities_are_those_of_scipy():
    """The fast hypergeometric probabilities agree with scipy's, for large logs too."""
    numbers, cases = np.arange(0, 61)[None, :], np.array([0, 3, 400, 50_000, 999_990])[:, None]
    exact = stats.hypergeom.pmf(numbers, 1_000_000, cases, 60)
    assert chances(numbers, 60, 1_000_000, cases) == pytest.approx(exact, rel=1e-6, abs=1e-300)


@pytest.mark.parametrize(
    ("given", "error", "match"),
    [
        (([1.5], [10], [20], 0.95), TypeError, "whole numbers"),
        (([1, 2], [10], [20], 0.95), ValueError, "same length"),
        (([1], [10], [5], 0.95), ValueError, "count lies"),
        (([11], [10], [50], 0.95), ValueError, "count lies"),
        (([1, 0], [10, 0], [50, 40], 0.95), ValueError, "nothing was drawn"),
        (([0], [0], [0], 0.95), ValueError, "no record"),
        (([1], [10], [20], 1.0), ValueError, "level"),
    ],
)
def test_what_cannot_be_is_refused(given, error, match):
    """Counts that are none, strata of different number, and a stratum that nothing was drawn from are said."""
    with pytest.raises(error, match=match):
        stratified(*given)
