"""Coverage of intervals, computed exactly: how often an interval holds the truth, over every sample that can be drawn.

Of the samples of one size those whose intervals hold a given truth have neighbouring counts, for both bounds rise
with the count; so coverage is the probability of a run of counts. As the truth moves, the run changes only where the
truth passes a bound, and between two such places the probability rises and then falls: it is least beside a bound.
Looking beside every bound therefore finds the least coverage over all truths, not over a grid of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

__all__ = ["Bounds", "Coverage", "at", "binomial", "hypergeometric", "simulated"]

Floats = NDArray[np.float64]
Bounds = tuple[Floats, Floats]
_BESIDE = 1e-10  # relative: far less than any two bounds lie apart
_GRID = 10_000
_ALL = 2_000  # populations up to this size are tried with every number of cases


@dataclass(frozen=True, slots=True)
class Coverage:
    """Truths, and the coverage at each: ``beside`` next to every bound, ``even`` evenly spaced."""

    beside: tuple[Floats, Floats]
    even: tuple[Floats, Floats]

    def least(self, low: float = 0, high: float = 1) -> float | None:
        """Give the least coverage over truths in a range; None where the range is empty."""
        truths, covered = (np.concatenate(pair) for pair in zip(self.beside, self.even, strict=True))
        chosen = covered[(truths >= low) & (truths <= high)]
        return float(chosen.min()) if chosen.size else None

    def mean(self, low: float = 0, high: float = 1) -> float | None:
        """Give the mean coverage over evenly spaced truths in a range; None where the range is empty."""
        truths, covered = self.even
        chosen = covered[(truths >= low) & (truths <= high)]
        return float(chosen.mean()) if chosen.size else None


def _runs(bounds: Bounds, truths: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the first and the last count whose interval holds each truth; the last lies below the first for none."""
    low, high = bounds
    return np.searchsorted(high, truths, side="left"), np.searchsorted(low, truths, side="right") - 1


def _endless_chances(bounds: Bounds, size: int, shares: Floats) -> Floats:
    """Give the coverage at each share, for samples out of a log without end."""
    first, last = _runs(bounds, shares)
    chance = stats.binom.cdf(last, size, shares) - stats.binom.cdf(first - 1, size, shares)
    return np.where(last < first, 0.0, chance)


def _finite_chances(bounds: Bounds, size: int, population: int, cases: NDArray[np.int64]) -> Floats:
    """Give the coverage for each number of cases in a log, for samples drawn from it without replacement."""
    log_factorial = special.gammaln(np.arange(population + 1) + 1.0)
    counts, among = np.arange(size + 1), cases[:, None]

    def log_ways(total: NDArray[np.int64], chosen: NDArray[np.int64]) -> Floats:
        possible = (chosen >= 0) & (chosen <= total)
        part = np.where(possible, chosen, 0)
        ways = log_factorial[total] - log_factorial[part] - log_factorial[total - part]
        return np.where(possible, ways, -np.inf)

    ways = log_ways(among, counts) + log_ways(population - among, size - counts)
    chances = np.exp(ways - log_ways(np.array(population), np.array(size)))
    first, last = _runs(bounds, cases / population)
    inside = (counts >= first[:, None]) & (counts <= last[:, None])
    return np.where(inside, chances, 0.0).sum(axis=1)


def binomial(bounds: Bounds, size: int) -> Coverage:
    """Compute the coverage of intervals for a share, from samples of one size out of a log without end.

    Args:
        bounds: The lower and the upper bounds for 0, 1 ... ``size`` cases.
        size: The sample's size.
    """
    low, high = bounds
    # An interval ends at its bounds: just below the lower and just above the upper it no longer covers.
    beside = np.unique(np.concatenate([low * (1 - _BESIDE), high + (1 - high) * _BESIDE]))
    beside = beside[(beside > 0) & (beside < 1)]
    even = (np.arange(_GRID) + 0.5) / _GRID
    return Coverage(
        (beside, _endless_chances(bounds, size, beside)), (even, _endless_chances(bounds, size, even))
    )


def hypergeometric(bounds: Bounds, size: int, population: int) -> Coverage:
    """Compute the coverage of intervals for a share of a log, from samples drawn from it without replacement.

    Arguments are as in `binomial`, with the number of records in the log.
    """
    low, high = bounds
    edges = np.concatenate([np.ceil(low * population - 1e-6) - 1, np.floor(high * population + 1e-6) + 1])
    edges = np.unique(np.clip(edges, 0, population)).astype(np.int64)
    even = np.unique(np.linspace(0, population, min(population, _ALL) + 1).astype(np.int64))
    return Coverage(
        (edges / population, _finite_chances(bounds, size, population, edges)),
        (even / population, _finite_chances(bounds, size, population, even)),
    )


def at(bounds: Bounds, size: int, share: float, population: int | None) -> float:
    """Compute the coverage at one share, of a log without end or of one with so many records."""
    if population is None:
        return float(_endless_chances(bounds, size, np.array([share]))[0])
    return float(_finite_chances(bounds, size, population, np.array([round(share * population)]))[0])


def simulated(bounds: Bounds, draw: Callable[[int], NDArray[np.int64]], truth: float, draws: int) -> float:
    """Draw samples, and give the share of them whose interval holds the truth."""
    low, high = bounds
    counts = draw(draws)
    return float(((low[counts] <= truth) & (truth <= high[counts])).mean())
