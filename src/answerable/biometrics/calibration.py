"""Cost of log-likelihood ratios: what scores lose as evidence, and how much of that is calibration."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from answerable.biometrics.bounds import Bounds, Counts
from answerable.biometrics.hull import Hull, hulls
from answerable.biometrics.scores import Scores
from answerable.biometrics.tallies import Tally

__all__ = ["cllr", "min_cllr"]

_BLOCK = 1 << 16  # scores whose loss is computed at once: they stay in the processor's cache


def cllr(scores: Tally, base: float = math.e) -> Bounds:
    """Give the cost of log-likelihood ratios, in bits.

    It is half the sum of two means: of log2(1 + exp(-s)) over mated and of log2(1 + exp(s)) over non-mated scores s.
    Evidence that always says nothing costs 1, perfect evidence 0; misleading evidence costs without limit. Scores
    are taken as logarithms of likelihood ratios: see `costs.AS_LOG_RATIOS`. Failures to acquire are in neither mean.

    Args:
        scores: The scores, counted.
        base: The base of the scores' logarithms: that of natural logarithms, 10 or 2. Natural ones are the
            convention of speaker recognition, base 10 that of forensic reports.

    Returns:
        The cost; from bins with bounds, of which the upper is infinite where mated scores lie below every edge or
        non-mated ones from the last edge on.

    Raises:
        ValueError: There are no scores of one kind, or the base is not finite and more than 1.

    Source: N. Brümmer & J. du Preez, Application-independent evaluation of speaker detection, Comput. Speech Lang.
    20 (2006) 230-275.
    """
    scores.need_both("the cost of log-likelihood ratios")
    if not 1 < base < math.inf:
        raise ValueError(f"the base of logarithms is finite and more than 1; it is {base}")
    scale = math.log(base)
    if scores.exact:
        cost = (_loss(scores.mated, -scale) + _loss(scores.non_mated, scale)) / 2
        return Bounds(cost, cost)
    # The loss of a mated score falls as the score rises; that of a non-mated one rises.
    low = _loss(scores.mated, -scale, upper=True) + _loss(scores.non_mated, scale, upper=False)
    high = _loss(scores.mated, -scale, upper=False) + _loss(scores.non_mated, scale, upper=True)
    return Bounds(low / 2, high / 2)


def _loss(scores: Scores, scale: float, *, upper: bool = False) -> float:
    """Give the mean of log2(1 + exp(scale x s)) over scores, or over the lower or the upper edges of their bins."""
    marks, counts = scores.marks, scores.counts
    if not scores.exact:
        marks = np.append(marks, np.inf) if upper else np.append(-np.inf, marks)
    total = 0.0
    for start in range(0, len(counts), _BLOCK):
        some = slice(start, start + _BLOCK)
        total += _sum(marks[some], counts[some], scale)
    return total / scores.total / math.log(2)


def _sum(marks: NDArray[np.float64], counts: Counts, scale: float) -> float:
    # A bin without scores may lie at infinity, where its loss would be infinite.
    there = counts > 0
    return float(counts[there] @ np.logaddexp(0.0, scale * marks[there]))


def min_cllr(scores: Tally) -> Bounds:
    """Give the least cost of log-likelihood ratios that any rising function of the scores has, in bits.

    The function is the one that pools adjacent violators find on these very scores, with equal scores in one block.
    A program that breaks ties so that mated scores come out above non-mated ones reports less than any function of
    the scores can have. What `cllr` lies above it is lost by calibration. It needs no assumption about the scores
    but their order.

    Raises:
        ValueError: There are no scores of one kind.

    Source: as in `cllr`; the blocks as in `hull.hulls`.
    """
    lowest, highest = hulls(scores)
    high = _least(highest)
    return Bounds(high if scores.exact else _least(lowest), high)


def _least(hull: Hull) -> float:
    """Give the cost where each block's score is the logarithm of its likelihood ratio."""
    mated, other = hull.mated / hull.mated.sum(), hull.non_mated / hull.non_mated.sum()
    both = (mated > 0) & (other > 0)  # a block of one kind alone costs nothing
    mated, other = mated[both], other[both]
    return float(mated @ np.log1p(other / mated) + other @ np.log1p(mated / other)) / (2 * math.log(2))
