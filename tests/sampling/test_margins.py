"""Sample sizes for telling a rate to within a margin: the smallest, counted one by one."""

from fractions import Fraction

import numpy as np
import pytest

from answerable.intervals import clopper_pearson_bounds, hypergeometric_bounds, wilson_bounds
from answerable.sampling import estimation


def first(expected, margin, bounds, limit):
    """Find the smallest sample by looking at every one."""
    rate, sizes = Fraction(str(expected)), np.arange(1, limit + 1)
    enough = np.ones(limit, dtype=bool)
    for counts in (
        [int(rate * size) for size in sizes.tolist()],
        [-int(-rate * size // 1) for size in sizes.tolist()],
    ):
        low, high = bounds(np.array(counts), sizes)
        share = np.array(counts) / sizes
        enough &= np.maximum(share - low, high - share) <= margin + 1e-12
    return int(sizes[np.argmax(enough)])


@pytest.mark.parametrize("expected", [0, 0.01, 0.1, 0.5, 0.77])
@pytest.mark.parametrize("margin", [0.05, 0.1, 0.2])
def test_the_size_is_the_smallest(expected, margin):
    """No smaller sample tells the rate to within the margin, by any of the three intervals."""
    assert estimation(expected, margin).size == first(expected, margin, clopper_pearson_bounds, 600)
    assert estimation(expected, margin, interval="wilson").size == first(expected, margin, wilson_bounds, 600)
    for population in (37, 600):
        finite = estimation(expected, margin, population=population).size
        by_hand = first(
            expected,
            margin,
            lambda counts, sizes, n=population: hypergeometric_bounds(counts, sizes, n),
            population,
        )
        assert finite == by_hand


def test_a_known_end_of_the_log_needs_fewer():
    """From 1,000 records 277 are worth Cochran's n0 = 381, and the exact interval agrees to within a few."""
    wilson = estimation(0.5, 0.05, interval="wilson")
    of_a_thousand = estimation(0.5, 0.05, interval="wilson", population=1000)
    assert wilson.size == 381
    assert of_a_thousand.size == -(-381 * 1000 // (381 + 999)) == 277
    assert of_a_thousand.high - of_a_thousand.low <= 0.1
    assert abs(estimation(0.5, 0.05, population=1000).size - 277) < 10


def test_no_case_expected_is_the_upper_bound_alone():
    """Without a case the reach is the upper bound: 1 - 0.025^(1/n) at most 0.02 from 183 records on."""
    found = estimation(0, 0.02)
    assert found.size == 183
    assert found.low == 0
    assert found.high == pytest.approx(1 - 0.025 ** (1 / 183))


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ((-0.1, 0.05), "expected rate"),
        ((0.5, 0), "margin"),
        ((0.5, 0.05, 0), "at least one"),
        ((0.5, 0.00001), "no sample"),
    ],
)
def test_what_cannot_be_told_is_refused(given, match):
    """A rate that is none, no margin, an empty log and a margin that 10 million records do not reach are said."""
    population = given[2] if len(given) == 3 else None
    with pytest.raises(ValueError, match=match):
        estimation(*given[:2], population=population)
