"""Intervals for a sum over days that were tried and not chosen, each for many worlds at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import special

from answerable.hindsight.blocks import block_sums

__all__ = ["TRIED", "bounds"]

Floats = NDArray[np.float64]

TRIED = (
    "weeks, percentiles",
    "weeks, widened",
    "moving weeks, percentiles",
    "moving weeks, widened",
    "four weeks, percentiles",
    "four weeks, widened",
    "moving four weeks, widened",
)


def bounds(name: str, daily: Floats, level: float, replicates: int, seed: int) -> tuple[Floats, Floats]:
    """Give the bounds of each world's sum by the interval of this name, each of shape (worlds,)."""
    length = 28 if "four" in name else 7
    sums, _ = block_sums(daily, length)
    blocks, days, totals = sums.shape[1], daily.shape[1], daily.sum(axis=1)
    generator = np.random.default_rng(seed)
    if "moving" in name:
        upto = np.cumsum(np.pad(daily, ((0, 0), (1, 0))), axis=1)
        parts = upto[:, length:] - upto[:, :-length]
        drawn = days // length
        weights = generator.multinomial(drawn, np.full(parts.shape[1], 1 / parts.shape[1]), size=replicates)
        replicas = parts @ weights.T.astype(np.float64) * (days / (drawn * length))
        # Moving blocks hold the first and last days too seldom: their mean is moved to the sum.
        replicas += (totals - replicas.mean(axis=1))[:, None]
    else:
        weights = generator.multinomial(blocks, np.full(blocks, 1 / blocks), size=replicates)
        replicas = sums @ weights.T.astype(np.float64)
    quantile = (1 + level) / 2
    low, high = np.quantile(replicas, [1 - quantile, quantile], axis=1)
    if "widened" not in name:
        return low, high
    times = np.sqrt(blocks / (blocks - 1)) * special.stdtrit(blocks - 1, quantile) / special.ndtri(quantile)
    return totals + times * (low - totals), totals + times * (high - totals)
