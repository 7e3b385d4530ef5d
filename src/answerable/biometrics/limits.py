"""The limits of a rate, from what each subject contributes to it: pure functions on arrays, at any level."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from answerable.biometrics.contributions import Contributions
from answerable.biometrics.pairs import Floats

__all__ = ["FEWEST_ERRORS", "few_bounds", "few_limit", "few_shape", "limits", "relative_variance"]

FEWEST_ERRORS = 10
"""With fewer errors on different pairs the spread between subjects cannot be told from them; a stated one is used."""

_LEAST_FREEDOM = 5.0  # of the quantile in the expansion, which is in powers of it and means nothing far out
_POISSON = (
    1e8  # the shape from which the negative binomial distribution is the Poisson's to all digits that count
)


def relative_variance(spread: float) -> float:
    """Give the squared coefficient of variation of log-normal rates whose logarithms have a standard deviation."""
    return float(np.expm1(spread**2))


def few_shape(found: Contributions, spread: float) -> Floats:
    """Give the shape of the negative binomial distribution of each cell's errors.

    It is 1 divided by the relative variance that the mean effect of subjects and pairs has: of a full table of S people, about
    S/4 over the relative variance of one subject's rate. The larger of the stated spread and the one found is used.
    """
    stated = relative_variance(spread) * (found.squares + found.pair_squares)
    with np.errstate(divide="ignore", invalid="ignore"):
        seen = np.nan_to_num(found.between / np.minimum(found.rate, 1 - found.rate) ** 2, posinf=0.0)
        return np.asarray(1 / np.maximum(stated, seen), dtype=np.float64)


def few_bounds(errors: ArrayLike, shape: ArrayLike, tail: ArrayLike) -> tuple[Floats, Floats]:
    """Give the bounds of the expected number of errors, from a number of errors that was seen.

    The upper bound is the expected number at which as few errors have probability ``tail``, the lower that at which
    as many have it, where errors have a negative binomial distribution: a Poisson number whose mean varies
    as a gamma distribution of this shape does. With no error the lower bound is 0.

    Args:
        errors: Errors seen, at least 0; not necessarily whole.
        shape: The shape of the gamma distribution; infinite for Poisson numbers.
        tail: The probability on each side.

    Returns:
        The lower and the upper bounds, in errors.
    """
    seen, form = np.broadcast_arrays(
        np.asarray(errors, dtype=np.float64), np.asarray(shape, dtype=np.float64)
    )
    chance = np.asarray(tail, dtype=np.float64)
    low = np.where(seen > 0, _mean_at(np.where(seen > 0, seen, 1.0), form, 1 - chance), 0.0)
    return low, _mean_at(seen + 1, form, chance)


def _mean_at(count: Floats, shape: Floats, chance: Floats) -> Floats:
    """Give the expected number at which fewer than a count have a probability."""
    finite = np.minimum(shape, _POISSON)
    share = special.betaincinv(finite, count, chance)
    poisson = special.gammaincinv(count, 1 - chance)
    return np.asarray(np.where(shape < _POISSON, finite * (1 - share) / share, poisson))


def limits(found: Contributions, level: ArrayLike, spread: float) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Give the limits of the rates of all cells.

    What has a rate over one half is treated by what is left of it, so that exchanging errors and the rest exchanges the
    limits.

    Args:
        found: What the subjects contribute.
        level: The nominal coverage; an array of shape (levels, 1) gives limits of shape (levels, cells).
        spread: The standard deviation of the logarithm of the subjects' rates that is taken for granted where errors
            are few.

    Returns:
        The lower limits, the upper limits, and of each cell whether they are those for few errors; nan for a cell without
        comparisons.
    """
    half = (
        0.5  # beyond it the rarer outcome is the one without an error; at it, the one that fewer pairs have
    )
    half = 0.5  # beyond it the rarer outcome is the one without an error; at it, either is
    most, even = found.rate > half, found.rate == half
    rarer = np.where(most, 1 - found.rate, found.rate)
    apart = np.where(most | (even & (found.rest_apart < found.apart)), found.rest_apart, found.apart)
    rare = apart < FEWEST_ERRORS
    tail = (1 - np.asarray(level, dtype=np.float64)) / 2
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        few_low, few_high = few_bounds(apart, few_shape(found, spread), tail)
        # Errors that were seen are worth as many as they are apart, and so are the comparisons.
        size = np.where(apart > 0, apart / rarer, found.comparisons)
        low, high = _many(found, rarer, 1 - tail)
        low, high = np.where(rare, few_low / size, low), np.where(rare, few_high / size, high)
    low, high = np.where(found.alone, 0.0, low), np.where(found.alone, 1.0, np.minimum(high, 1.0))
    low, high = (
        np.where(even, np.minimum(low, 1 - high), low),
        np.where(even, np.maximum(high, 1 - low), high),
    )
    none = found.comparisons == 0
    low, high = np.where(most, 1 - high, low), np.where(most, 1 - low, high)
    return np.where(none, np.nan, low), np.where(none, np.nan, high), rare


def _many(found: Contributions, rate: Floats, quantile: Floats) -> tuple[Floats, Floats]:
    """Give the limits on the logit scale, for a rate of at most one half that rests on enough errors."""
    slope = rate * (1 - rate)
    deviation = np.sqrt(found.variance) / slope
    reach = special.stdtrit(found.freedom, quantile) * deviation
    longer = reach + _lengthening(found, slope, quantile) * (1 - 2 * rate)
    centre = special.logit(rate)
    return special.expit(centre - reach), special.expit(centre + longer)


def _lengthening(found: Contributions, slope: Floats, quantile: Floats) -> Floats:
    """Give by how much the upper limit is moved up because few subjects have most of the errors.

    The distribution of a mean of skewed numbers, divided by its own standard error, has a long lower tail: to first order
    its quantile at -t lies at -t - skewness (2t^2 + 1)/6, to which the logarithm adds t^2/2 of the relative standard error of a
    single side. The skewness in a sample of few subjects is far too low; that of a log-normal distribution with the
    variance that was found stands in its place.
    """
    t = special.stdtrit(np.maximum(found.freedom, _LEAST_FREEDOM), quantile)
    deviation = np.sqrt(found.between) / slope
    relative = deviation / np.sqrt(found.squares)
    skewness = (relative**3 + 3 * relative) * found.cubes / found.squares**1.5
    moved = skewness * (2 * t**2 + 1) / 6 - deviation / found.order * t**2 / 2
    return np.asarray(np.maximum(moved, 0.0) * deviation, dtype=np.float64)


def few_limit(shape: ArrayLike, level: float = 0.95) -> Floats:
    """Give the expected number of errors at which none has probability 1 - level: 3.0 at 95 % for an infinite shape."""
    form = np.asarray(shape, dtype=np.float64)
    missed = np.log1p(-level)
    finite = np.minimum(form, _POISSON)
    return np.asarray(np.where(form < _POISSON, finite * np.expm1(-missed / finite), -missed))
