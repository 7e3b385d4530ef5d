"""Coverage of intervals, computed exactly: how often an interval holds the truth, over every sample that can be drawn.

Of the samples of one size those whose intervals hold a given truth have neighbouring counts, for both bounds rise
with the count; so coverage is the probability of a run of counts. As the truth moves, the run changes only where the
truth passes a bound, and between two such places the probability rises and then falls: it is least beside a bound.
Looking beside every bound therefore finds the least coverage over all truths, not over a grid of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

__all__ = ["Bounds", "Coverage", "at", "binomial", "hypergeometric"]

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]
Bounds = tuple[Floats, Floats]
_BESIDE = 1e-10  # relative: far less than any two bounds lie apart
_GRID = 10_000
_ALL = 2_000  # logs of up to so many records are tried with every number of cases


@dataclass(frozen=True, slots=True)
class Coverage:
    """The least coverage over all truths of a range, and the mean over evenly spaced ones."""

    least: float
    mean: float


def _runs(bounds: Bounds, truths: Floats) -> tuple[Wholes, Wholes]:
    """Give the first and the last count whose interval holds each truth; the last lies below the first for none."""
    low, high = bounds
    return np.searchsorted(high, truths, side="left"), np.searchsorted(low, truths, side="right") - 1


def _endless(bounds: Bounds, size: int, shares: Floats) -> Floats:
    """Give the coverage at each share, for samples out of a log without end."""
    first, last = _runs(bounds, shares)
    chance = stats.binom.cdf(last, size, shares) - stats.binom.cdf(first - 1, size, shares)
    return np.where(last < first, 0.0, chance)


def _finite(bounds: Bounds, size: int, population: int, cases: Wholes) -> Floats:
    """Give the coverage for each number of cases in a log, for samples drawn from it without replacement."""
    log_factorial = special.gammaln(np.arange(population + 1) + 1.0)
    counts, among = np.arange(size + 1), cases[:, None]

    def log_ways(total: Wholes, chosen: Wholes) -> Floats:
        possible = (chosen >= 0) & (chosen <= total)
        part = np.where(possible, chosen, 0)
        ways = log_factorial[total] - log_factorial[part] - log_factorial[total - part]
        return np.where(possible, ways, -np.inf)

    ways = log_ways(among, counts) + log_ways(population - among, size - counts)
    chances = np.exp(ways - log_ways(np.array(population), np.array(size)))
    first, last = _runs(bounds, cases / population)
    inside = (counts >= first[:, None]) & (counts <= last[:, None])
    covered: Floats = np.where(inside, chances, 0.0).sum(axis=1)
    return covered


def binomial(bounds: Bounds, size: int, lowest: float = 0, highest: float = 1) -> Coverage:
    """Compute the coverage of intervals for a share, from samples of one size out of a log without end.

    Args:
        bounds: The lower and the upper bounds for 0, 1 ... ``size`` cases.
        size: The sample's size.
        lowest: The lowest true share.
        highest: The highest true share.
    """
    low, high = bounds
    # An interval ends at its bounds: just below the lower and just above the upper it no longer covers.
    beside = np.concatenate([low * (1 - _BESIDE), high + (1 - high) * _BESIDE, [lowest, highest]])
    beside = np.unique(beside[(beside >= lowest) & (beside <= highest)])
    even = lowest + (highest - lowest) * (np.arange(_GRID) + 0.5) / _GRID
    covered = _endless(bounds, size, even)
    return Coverage(float(min(covered.min(), _endless(bounds, size, beside).min())), float(covered.mean()))


def hypergeometric(bounds: Bounds, size: int, population: int) -> Coverage:
    """Compute the coverage of intervals for a share of a log, from samples drawn from it without replacement.

    Arguments are as in `binomial`, with the number of records in the log.
    """
    low, high = bounds
    edges = np.concatenate([np.ceil(low * population - 1e-6) - 1, np.floor(high * population + 1e-6) + 1])
    edges = np.unique(np.clip(edges, 0, population)).astype(np.int64)
    even = np.unique(np.linspace(0, population, min(population, _ALL) + 1).astype(np.int64))
    covered = _finite(bounds, size, population, even)
    least = min(covered.min(), _finite(bounds, size, population, edges).min())
    return Coverage(float(least), float(covered.mean()))


def at(bounds: Bounds, size: int, share: float, population: int | None) -> float:
    """Compute the coverage at one share, of a log without end or of one with so many records."""
    if population is None:
        return float(_endless(bounds, size, np.array([share]))[0])
    return float(_finite(bounds, size, population, np.array([round(share * population)]))[0])
