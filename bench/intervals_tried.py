"""The intervals as functions of a sample's size: the bounds for every count that such a sample can hold."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from covering import Bounds

from answerable.intervals import clopper_pearson_bounds, hypergeometric_bounds, rule_of_three, wilson_bounds

__all__ = ["LEVEL", "Make", "exact", "finite", "rule", "score"]

LEVEL = 0.95
Make = Callable[[int], Bounds]


def score(size: int, level: float = LEVEL) -> Bounds:
    """Give Wilson's bounds."""
    return wilson_bounds(np.arange(size + 1), size, level)


def exact(size: int, level: float = LEVEL) -> Bounds:
    """Give the exact binomial bounds."""
    return clopper_pearson_bounds(np.arange(size + 1), size, level)


def finite(size: int, population: int, level: float = LEVEL) -> Bounds:
    """Give the hypergeometric bounds."""
    return hypergeometric_bounds(np.arange(size + 1), size, population, level)


def rule(size: int, level: float = LEVEL, others: Make | None = None) -> Bounds:
    """Give the rule of three's bounds for no case; for any other count all there is, or another interval's bounds."""
    low, high = others(size) if others else (np.zeros(size + 1), np.ones(size + 1))
    return low, np.concatenate([[rule_of_three(size, level).high], high[1:]])
