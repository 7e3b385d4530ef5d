"""Intervals: they agree with published values and with brute force, and cover the truth as often as they say."""

from fractions import Fraction
from math import ceil, comb, floor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from answerable.estimate import Interval
from answerable.intervals import (
    clopper_pearson,
    clopper_pearson_bounds,
    hypergeometric,
    hypergeometric_bounds,
    rule_of_three,
    wilson,
    wilson_bounds,
)

LEVELS = st.sampled_from([0.8, 0.9, 0.95, 0.99])


@st.composite
def samples(draw):
    """Draw a count and a sample size."""
    size = draw(st.integers(1, 5000))
    return draw(st.integers(0, size)), size


@st.composite
def finite_samples(draw, most=60):
    """Draw a count, a sample size and a population size."""
    population = draw(st.integers(1, most))
    size = draw(st.integers(1, population))
    return draw(st.integers(0, size)), size, population


@given(samples(), LEVELS)
def test_wilson_agrees_with_scipy(sample, level):
    """Wilson's interval is the one that SciPy computes."""
    ours = wilson(*sample, level)
    theirs = stats.binomtest(*sample).proportion_ci(level, method="wilson")
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@given(samples(), LEVELS)
def test_clopper_pearson_agrees_with_scipy(sample, level):
    """The exact binomial interval is the one that SciPy computes."""
    ours = clopper_pearson(*sample, level)
    theirs = stats.binomtest(*sample).proportion_ci(level, method="exact")
    # SciPy finds its bounds by a root search with a tolerance of its own.
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


def test_wilson_gives_a_published_value():
    """Newcombe (1998, table I) gives these bounds for 81 of 263, 0 of 20 and 1 of 29."""
    assert (wilson(81, 263).low, wilson(81, 263).high) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20).high == pytest.approx(0.1611, abs=5e-5)
    assert (wilson(1, 29).low, wilson(1, 29).high) == pytest.approx((0.0061, 0.1718), abs=5e-5)


def test_clopper_pearson_gives_a_published_value():
    """Newcombe (1998) gives 0.2527 to 0.3676 for 81 of 263 and 0.0009 to 0.1776 for 1 of 29."""
    assert (clopper_pearson(81, 263).low, clopper_pearson(81, 263).high) == pytest.approx(
        (0.2527, 0.3676), abs=5e-5
    )
    assert (clopper_pearson(1, 29).low, clopper_pearson(1, 29).high) == pytest.approx(
        (0.0009, 0.1776), abs=5e-5
    )


@given(finite_samples(), LEVELS)
def test_hypergeometric_agrees_with_brute_force(sample, level):
    """The bounds are those found by trying every possible number of cases, with sums of exact fractions."""
    count, size, population = sample
    tail = Fraction(1 - level) / 2 * (1 - Fraction(1, 10**9))

    def chance(cases, seen):
        return Fraction(comb(cases, seen) * comb(population - cases, size - seen), comb(population, size))

    kept = [
        cases
        for cases in range(population + 1)
        if sum(chance(cases, seen) for seen in range(count, size + 1)) > tail
        and sum(chance(cases, seen) for seen in range(count + 1)) > tail
    ]
    ours = hypergeometric(*sample, level)
    assert (round(ours.low * population), round(ours.high * population)) == (min(kept), max(kept))


@pytest.mark.parametrize("population", [17, 40])
@pytest.mark.parametrize("size", [5, 16])
def test_hypergeometric_covers_every_population(population, size):
    """Computed exactly, coverage is at least the level for every number of cases that a population can hold."""
    counts = np.arange(size + 1)
    low, high = hypergeometric_bounds(counts, size, population)
    for cases in range(population + 1):
        inside = (low <= cases / population) & (cases / population <= high)
        covered = stats.hypergeom.pmf(counts, population, cases, size)[inside].sum()
        assert covered >= 0.95 - 1e-12


@given(finite_samples(most=10_000_000))
def test_hypergeometric_never_contradicts_the_sample(sample):
    """The bounds leave room for the cases and the others that were seen, and hold a number beside the sample's share.

    The share itself need not be a possible one: 1 of 80 drawn from 81 leaves 1 or 2 of 81, and neither is 1 in 80.
    """
    count, size, population = sample
    ours = hypergeometric(*sample)
    assert count <= round(ours.low * population) <= round(ours.high * population) <= population - size + count
    expected = Fraction(count * population, size)
    assert round(ours.low * population) <= ceil(expected)
    assert round(ours.high * population) >= floor(expected)


def test_hypergeometric_of_the_whole_population_is_a_point():
    """Where everything was drawn nothing is in doubt."""
    assert hypergeometric(7, 41, 41).low == hypergeometric(7, 41, 41).high == 7 / 41


def test_hypergeometric_nears_the_binomial_interval():
    """Drawn from a very large log, the exact interval is the binomial one."""
    finite, infinite = hypergeometric(12, 200, 50_000_000), clopper_pearson(12, 200)
    assert (finite.low, finite.high) == pytest.approx((infinite.low, infinite.high), abs=1e-5)


@given(samples(), st.sampled_from([wilson, clopper_pearson]))
def test_an_interval_holds_the_share_and_stays_in_0_to_1(sample, make):
    """0 <= low <= share <= high <= 1."""
    interval = make(*sample)
    assert 0 <= interval.low <= sample[0] / sample[1] <= interval.high <= 1


@given(samples(), st.sampled_from([wilson, clopper_pearson]))
def test_an_interval_mirrors(sample, make):
    """The interval for the cases is the mirror image of the one for the others."""
    count, size = sample
    one, other = make(count, size), make(size - count, size)
    assert (one.low, one.high) == pytest.approx((1 - other.high, 1 - other.low), abs=1e-12)


@given(samples(), st.sampled_from([wilson, clopper_pearson]))
def test_a_higher_level_is_wider(sample, make):
    """A 99 % interval holds the 95 % one."""
    narrow, wide = make(*sample, 0.95), make(*sample, 0.99)
    assert wide.low <= narrow.low
    assert narrow.high <= wide.high


@given(samples())
def test_each_exact_bound_leaves_half_of_the_error_beyond_it(sample):
    """At each bound inside 0 to 1 the count that was seen, or one farther out, has probability 2.5 %."""
    count, size = sample
    interval = clopper_pearson(*sample)
    tails = []
    if count > 0:
        tails.append(stats.binom.sf(count - 1, size, interval.low))
    if count < size:
        tails.append(stats.binom.cdf(count, size, interval.high))
    assert tails == pytest.approx([0.025] * len(tails), rel=1e-6)


@given(st.integers(1, 10_000_000))
def test_the_rule_of_three_is_near_three_over_n(size):
    """The bound is under 3/n, and for large samples near it; no case has probability 5 % there."""
    interval = rule_of_three(size)
    assert interval.low == 0
    assert 0 < interval.high < 3 / size
    assert size * np.log1p(-interval.high) == pytest.approx(np.log(0.05), rel=1e-6)


@pytest.mark.parametrize(
    ("bounds", "least"),
    [(wilson_bounds, 0.93), (clopper_pearson_bounds, 0.95), (hypergeometric_bounds, 0.95)],
)
def test_coverage_of_a_known_truth(bounds, least):
    """In 20,000 simulated samples of 150 of 2,000 searches, of which 140 are cases, the interval covers as it claims."""
    draws, population, cases, size = 20_000, 2_000, 140, 150
    counts = np.random.default_rng(20240701).hypergeometric(cases, population - cases, size, draws)
    finite = (population,) if bounds is hypergeometric_bounds else ()
    low, high = bounds(counts, size, *finite)
    covered = ((low <= cases / population) & (cases / population <= high)).mean()
    error = np.sqrt(covered * (1 - covered) / draws)
    print(f"{bounds.__name__}: coverage {covered:.4f}, Monte Carlo error {error:.4f}")  # noqa: T201 - shown on failure
    assert covered + 3 * error >= least
    assert covered <= 0.995


def test_an_interval_names_its_method_and_level():
    """Each interval carries its level and the source of its construction."""
    made = [
        wilson(3, 41, 0.9),
        clopper_pearson(3, 41, 0.9),
        hypergeometric(3, 41, 99, 0.9),
        rule_of_three(41, 0.9),
    ]
    assert all(isinstance(one, Interval) and one.level == 0.9 for one in made)
    assert [year for one in made for year in ("1927", "1934", "1987", "1983") if year in one.method] == [
        "1927",
        "1934",
        "1987",
        "1983",
    ]


@pytest.mark.parametrize(
    "wrong", [(-1, 10, 0.95), (11, 10, 0.95), (0, 0, 0.95), (1, 10, 0), (1, 10, 1), (1, 10, float("nan"))]
)
@pytest.mark.parametrize("make", [wilson, clopper_pearson])
def test_impossible_counts_are_refused(make, wrong):
    """A count outside its sample, an empty sample and a level outside 0 to 1 are errors, not numbers."""
    with pytest.raises(ValueError, match="lies"):
        make(*wrong)


def test_a_sample_larger_than_its_population_is_refused():
    """Nobody can draw 11 of 10 without replacement."""
    with pytest.raises(ValueError, match="no larger than its population"):
        hypergeometric(1, 11, 10)


def test_fractional_counts_are_refused():
    """A count is a whole number."""
    with pytest.raises(TypeError, match="whole numbers"):
        wilson(1.5, 10)
