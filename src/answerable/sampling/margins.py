"""How many records to draw to tell a rate to within a margin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from answerable.intervals import clopper_pearson_bounds, hypergeometric, wilson_bounds
from answerable.sampling.sizes import first, shares

__all__ = ["Margin", "estimation"]

_MOST = 10_000_000  # a sample that nobody would review
_ROUNDING = 1e-9  # of a probability, and of a record
_BACK = 10  # margins that are looked at below a size that will do, each as many sizes as 1/margin

_Integers = NDArray[np.int64]
_Holds = Callable[[_Integers, _Integers], NDArray[np.bool_]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """A sample for telling a rate to within a margin.

    Attributes:
        size: Records to draw.
        low: The lower bound of the interval, were the rate in the sample the expected one as nearly as can be; a share.
        high: The upper bound.
        margin: How far a bound may lie from the rate.
        expected: The expected rate.
        level: The interval's level.
        interval: ``exact`` or ``wilson``.
        population: How many records the log holds; None where it was taken to have no end.
    """

    size: int
    low: float
    high: float
    margin: float
    expected: float
    level: float
    interval: Literal["exact", "wilson"]
    population: int | None


def estimation(
    expected: float,
    margin: float,
    *,
    level: float = 0.95,
    interval: Literal["exact", "wilson"] = "exact",
    population: int | None = None,
) -> Margin:
    """Give the smallest sample that tells a rate to within a margin, were it the expected one.

    It is the smallest n for which neither bound of the interval lies further than the margin from the rate in the sample,
    whether that holds the whole number of cases just below n times the expected rate or just above it. The exact interval
    is hypergeometric where the size of the log is given, else Clopper and Pearson's. Wilson's knows no end of the log: where
    its size is given, n0 records from a log without end are worth as many as n = n0 N / (n0 + N - 1), rounded up, from this
    one (Cochran 1977, equation 4.2), and the bounds are those at n0.

    Args:
        expected: The expected rate, a share; 0.5 asks for the largest sample.
        margin: How far either bound may lie from the rate, a share.
        level: The interval's level.
        interval: ``exact`` or ``wilson``.
        population: How many records the log holds.

    Raises:
        ValueError: The expected rate is not in 0 to 1, the margin or the level not between, the log holds nothing, or no
            sample of up to 10 million records will do.

    Source: W. G. Cochran, Sampling Techniques, 3rd ed. (1977), sections 4.4 and 4.5, with these intervals in place of the
    normal one.
    """
    shares(margin=margin, level=level)
    if not 0 <= expected <= 1:
        raise ValueError(f"the expected rate lies from 0 to 1; it is {expected}")
    if population is not None and population < 1:
        raise ValueError("the log holds at least one record")
    rate, bounds = (
        Fraction(str(expected)),
        wilson_bounds if interval == "wilson" else clopper_pearson_bounds,
    )

    def endless(counts: _Integers, sizes: _Integers) -> NDArray[np.bool_]:
        low, high = bounds(counts, sizes, level)
        return np.maximum(counts / sizes - low, high - counts / sizes) <= margin

    if population is not None and interval == "exact":
        size = _smallest(_finite(population, margin, level), rate, margin, population)
        found = hypergeometric(round(expected * size), size, population, level)
        low, high = found.low, found.high
    else:
        size = _smallest(endless, rate, margin, _MOST)
        low, high = (
            float(bound[0]) for bound in bounds(np.array([round(expected * size)]), np.array([size]), level)
        )
        if population is not None:
            size = min(-(-size * population // (size + population - 1)), population)
    return Margin(
        size=size, low=low, high=high, margin=margin, expected=expected, level=level, interval=interval,
        population=population,
    )  # fmt: skip  # what was given, as it was given


def _finite(population: int, margin: float, level: float) -> _Holds:
    """Give the test whether the hypergeometric interval stays within the margin.

    It does where the numbers of cases just outside the margin are rejected: two probabilities, in place of a search for
    each bound.
    """
    tail = (1 - level) / 2 * (1 - _ROUNDING)

    def holds(counts: _Integers, sizes: _Integers) -> NDArray[np.bool_]:
        share = counts / sizes
        below = np.ceil((share - margin) * population - _ROUNDING).astype(np.int64) - 1
        above = np.floor((share + margin) * population + _ROUNDING).astype(np.int64) + 1
        # A number that the sample itself rules out is no part of the interval.
        out = (below < counts) | (
            stats.hypergeom.sf(counts - 1, population, np.maximum(below, 0), sizes) <= tail
        )
        over = population - (sizes - counts)
        tested = stats.hypergeom.cdf(counts, population, np.minimum(above, population), sizes) <= tail
        return np.asarray(out & ((above > over) | tested))

    return holds


def _smallest(within: _Holds, rate: Fraction, margin: float, limit: int) -> int:
    """Find the smallest sample whose interval stays within the margin.

    How far the bounds reach falls with the size but for steps where the number of cases changes, each of a few parts in n.
    A size that will do is found by bisection; then every size is looked at from so far below it that reach has fallen by
    far more than a step.
    """

    def holds(sizes: _Integers) -> NDArray[np.bool_]:
        below = np.array([int(rate * size) for size in sizes.tolist()], dtype=np.int64)
        above = np.array([-int(-rate * size // 1) for size in sizes.tolist()], dtype=np.int64)
        return within(below, sizes) & within(above, sizes)

    found = first(lambda size: bool(holds(np.array([size]))[0]), 1, limit)
    sizes = np.arange(max(1, found - int(np.ceil(_BACK / margin))), found + 1)
    return int(sizes[np.argmax(holds(sizes))])
