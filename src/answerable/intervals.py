"""Intervals for a share that was estimated from a sample: pure functions on counts.

Each takes whole numbers, or arrays of them, and gives bounds that are shares from 0 to 1.

- `wilson`: the score interval; near its nominal coverage on average. The default for samples.
- `clopper_pearson`: the exact binomial interval; never below its nominal coverage, and therefore wider.
- `hypergeometric`: the exact interval for a sample drawn without replacement from a log of known size.
- `clustered`: for cases that come in clusters, as the characters of a plate do.
- `rule_of_three`: the upper bound where the sample held no case.

A complete count needs none of them: it has no sampling error. Formulas and measured coverage are in
docs/method/intervals.md.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special, stats

from answerable.estimate import Interval

__all__ = [
    "clopper_pearson",
    "clopper_pearson_bounds",
    "clustered",
    "hypergeometric",
    "hypergeometric_bounds",
    "rule_of_three",
    "wilson",
    "wilson_bounds",
]

Bounds = tuple[NDArray[np.float64], NDArray[np.float64]]
_Test = Callable[[NDArray[np.int64]], NDArray[np.bool_]]

WILSON = "Wilson score interval (E. B. Wilson 1927)"
CLOPPER_PEARSON = "exact binomial interval (Clopper & Pearson 1934)"
HYPERGEOMETRIC = "exact hypergeometric interval (Buonaccorsi 1987; Wright 1991)"
CLUSTERED = "Wilson score interval on the effective sample size of the clusters (Korn & Graubard 1998)"
RULE_OF_THREE = "exact upper bound for no case in the sample; 3/n at 95 % (Hanley & Lippman-Hand 1983)"

_ROUNDING = 1e-9  # of a tail probability: far more than its computation loses, and nothing that could be seen


def _checked(
    count: ArrayLike, sample: ArrayLike, level: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    counts, samples = np.broadcast_arrays(np.asarray(count), np.asarray(sample))
    if not (np.issubdtype(counts.dtype, np.integer) and np.issubdtype(samples.dtype, np.integer)):
        raise TypeError("counts and sample sizes are whole numbers")
    if not 0 < level < 1:
        raise ValueError(f"the level lies between 0 and 1; it is {level}")
    if counts.size and (samples.min() < 1 or counts.min() < 0 or (counts > samples).any()):
        raise ValueError("a count lies from 0 to its sample size, which is at least 1")
    return counts.astype(np.int64), samples.astype(np.int64)


def wilson_bounds(count: ArrayLike, sample: ArrayLike, level: float = 0.95) -> Bounds:
    """Give Wilson's bounds for arrays of counts.

    The interval holds every share p that a score test at 1 - level does not reject: those with
    (count/n - p)^2 <= z^2 p (1 - p) / n.

    Args:
        count: Cases in each sample; an array of whole numbers of any shape.
        sample: The samples' sizes, of the same shape or one that broadcasts to it.
        level: The nominal coverage.

    Returns:
        The lower and the upper bounds, as shares, in the inputs' shape.

    Raises:
        TypeError: The counts are not whole numbers.
        ValueError: A count is not in 0 to its sample size, a sample is empty, or the level is not in 0 to 1.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, J. Am. Stat.
    Assoc. 22 (1927) 209-212.
    """
    counts, samples = _checked(count, sample, level)
    return _score(counts, samples, level)


def _score(counts: NDArray[Any], samples: NDArray[Any], level: float) -> Bounds:
    z2 = float(special.ndtri((1 + level) / 2)) ** 2
    centre = (counts + z2 / 2) / (samples + z2)
    half = np.sqrt(z2 * (counts * (samples - counts) / samples + z2 / 4)) / (samples + z2)
    # At the ends the bounds are 0 and 1 exactly; rounding would leave them beside it.
    low = np.where(counts == 0, 0.0, np.clip(centre - half, 0, 1))
    high = np.where(counts == samples, 1.0, np.clip(centre + half, 0, 1))
    return low, high


def clopper_pearson_bounds(count: ArrayLike, sample: ArrayLike, level: float = 0.95) -> Bounds:
    """Give Clopper and Pearson's bounds for arrays of counts.

    The lower bound is the share at which as many cases or more have probability (1 - level) / 2, the upper
    the share at which as many or fewer have it; both are quantiles of beta distributions.

    Arguments, results and errors are as in `wilson_bounds`.

    Source: C. J. Clopper & E. S. Pearson, The use of confidence or fiducial limits illustrated in the case of
    the binomial, Biometrika 26 (1934) 404-413.
    """
    counts, samples = _checked(count, sample, level)
    tail = (1 - level) / 2
    # The beta distribution is not defined at the ends, where the bound is 0 or 1.
    low = np.where(counts == 0, 0.0, special.betaincinv(np.maximum(counts, 1), samples - counts + 1, tail))
    misses = np.maximum(samples - counts, 1)
    high = np.where(counts == samples, 1.0, special.betaincinv(counts + 1, misses, 1 - tail))
    return low, high


def hypergeometric_bounds(
    count: ArrayLike, sample: ArrayLike, population: ArrayLike, level: float = 0.95
) -> Bounds:
    """Give exact bounds for the share of a finite population, from samples without replacement.

    The bounds are found by inverting two one-sided tests, each at (1 - level) / 2: the lower is the least
    number of cases in the population under which as many as were seen, or more, are not too improbable; the
    upper is the greatest under which as many or fewer are not. The number is found by bisection, for the
    probability moves one way with it. Coverage is never below the level. Bounds are numbers of cases divided
    by the population, so they never contradict what the sample itself shows.

    Args:
        count: Cases in each sample.
        sample: The samples' sizes.
        population: The sizes of the populations that they were drawn from.
        level: The nominal coverage.

    Raises:
        TypeError: The counts are not whole numbers.
        ValueError: As in `wilson_bounds`, or a sample is larger than its population.

    Sources: J. P. Buonaccorsi, A note on confidence intervals for proportions in finite populations, Am. Stat. 41
    (1987) 215-218; T. Wright, Exact Confidence Bounds when Sampling from Small Finite Universes (1991).
    """
    counts, samples = _checked(count, sample, level)
    sizes = np.asarray(population)
    if not np.issubdtype(sizes.dtype, np.integer):
        raise TypeError("population sizes are whole numbers")
    counts, samples, sizes = (part.astype(np.int64) for part in np.broadcast_arrays(counts, samples, sizes))
    if (samples > sizes).any():
        raise ValueError("a sample drawn without replacement is no larger than its population")
    # A probability that equals the tail but for rounding keeps its number: the wider interval is the safe one.
    tail = (1 - level) / 2 * (1 - _ROUNDING)
    # Cases seen are in the population, and cases not seen cannot exceed what was not drawn.
    least, most = counts, sizes - (samples - counts)

    def enough(cases: NDArray[np.int64]) -> NDArray[np.bool_]:
        return np.asarray(stats.hypergeom.sf(counts - 1, sizes, cases, samples) > tail)

    def too_many(cases: NDArray[np.int64]) -> NDArray[np.bool_]:
        return np.asarray(stats.hypergeom.cdf(counts, sizes, cases, samples) <= tail)

    low = _first(enough, least, most)
    # The first number that is rejected, less one; where none is rejected, the largest possible.
    high = _first(too_many, least, most + 1) - 1
    return low / sizes, high / sizes


def _first(holds: _Test, least: NDArray[np.int64], most: NDArray[np.int64]) -> NDArray[np.int64]:
    """Find by bisection the first number from ``least`` for which a test holds; ``most`` where it holds for none below."""
    low, high = least.copy(), most.copy()
    while (low < high).any():
        middle = (low + high) // 2
        found = holds(middle)
        active = low < high
        high = np.where(active & found, middle, high)
        low = np.where(active & ~found, middle + 1, low)
    return low


def _interval(bounds: Bounds, level: float, method: str) -> Interval:
    low, high = bounds
    return Interval(float(low), float(high), level, method)


def wilson(count: int, sample: int, level: float = 0.95) -> Interval:
    """Give Wilson's score interval for a share, from ``count`` cases in a sample; see `wilson_bounds`."""
    return _interval(wilson_bounds(count, sample, level), level, WILSON)


def clopper_pearson(count: int, sample: int, level: float = 0.95) -> Interval:
    """Give the exact binomial interval for a share; see `clopper_pearson_bounds`."""
    return _interval(clopper_pearson_bounds(count, sample, level), level, CLOPPER_PEARSON)


def hypergeometric(count: int, sample: int, population: int, level: float = 0.95) -> Interval:
    """Give the exact interval for a share of a population of known size; see `hypergeometric_bounds`.

    Multiplied by ``population`` its bounds are whole numbers of cases.
    """
    return _interval(hypergeometric_bounds(count, sample, population, level), level, HYPERGEOMETRIC)


def rule_of_three(sample: int, level: float = 0.95) -> Interval:
    """Give the one-sided interval from 0 for a share of which the sample held no case.

    The upper bound is the share at which no case in the sample has probability 1 - level:
    1 - (1 - level)^(1/n), which at 95 % is just under 3/n. All of the doubt stands on one side, so the bound
    is lower than that of a two-sided interval.

    Raises:
        TypeError: The sample's size is not a whole number.
        ValueError: The sample is empty, or the level is not in 0 to 1.

    Source: J. A. Hanley & A. Lippman-Hand, If nothing goes wrong, is everything all right?, JAMA 249 (1983)
    1743-1745.
    """
    _checked(0, sample, level)
    # expm1 keeps the digits that 1 - x would lose in a large sample.
    return Interval(0.0, float(-np.expm1(np.log(1 - level) / sample)), level, RULE_OF_THREE)


def clustered(
    count: float, sample: float, variance: float | None, clusters: int, level: float = 0.95
) -> Interval:
    """Give the interval for a share whose cases come in clusters, as the characters of a plate do.

    The clusters are worth as many independent cases as would give the variance that was found among them; for few
    clusters that number is reduced by the squared ratio of the normal quantile to Student's with ``clusters - 1`` degrees
    of freedom. Where the variance shows nothing (no case, every case, one cluster), they are worth one case each.
    Wilson's bounds are then taken on that number.

    Args:
        count: Cases in the sample.
        sample: The sample's size, in the unit of the cases.
        variance: The variance of the share between clusters, by linearisation of the ratio; None where it cannot be told.
        clusters: How many clusters were drawn.
        level: The nominal coverage.

    Raises:
        ValueError: There is no cluster, or the count is not in 0 to the sample's size.

    Source: E. L. Korn & B. I. Graubard, Confidence intervals for proportions with small expected number of positive
    counts estimated from survey data, Survey Methodology 24 (1998) 193-201, with Wilson's bounds in place of the exact
    ones; the variance as in W. G. Cochran, Sampling Techniques, 3rd ed. (1977), section 6.3.
    """
    if clusters < 1 or not 0 <= count <= sample or not sample:
        raise ValueError("a count lies from 0 to its sample's size, and there is at least one cluster")
    share = count / sample
    worth = float(clusters)
    if variance and 0 < share < 1 and clusters > 1:
        quantile = (1 + level) / 2
        few = special.ndtri(quantile) / special.stdtrit(clusters - 1, quantile)
        worth = min(share * (1 - share) / variance * float(few) ** 2, float(sample))
    low, high = _score(np.asarray(share * worth), np.asarray(worth), level)
    return Interval(float(low), float(high), level, CLUSTERED)
