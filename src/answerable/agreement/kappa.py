"""How far two raters agree beyond what their own shares of decisions would give by chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from answerable.estimate import Interval

__all__ = ["FEW", "KAPPA", "cohens_kappa"]

FEW = 30
"""Items below which the interval of `cohens_kappa` is too narrow: it is a large-sample one."""

KAPPA = "Cohen's kappa with its large-sample interval (J. Cohen 1960; J. L. Fleiss, J. Cohen & B. S. Everitt 1969)"


def cohens_kappa(table: ArrayLike, level: float = 0.95) -> tuple[float, Interval]:
    """Give Cohen's kappa of two raters, with an interval.

    The interval is a large-sample one, cut at -1 and 1: of fewer than `FEW` items it is too narrow.

    Args:
        table: A square table of whole numbers: items that the first rater put into the row's category and the second into
            the column's.
        level: The interval's nominal level.

    Raises:
        ValueError: The table is not square, holds nothing, or both raters put every item into one category: agreement by
            chance is then certain, and kappa is not defined.
    """
    counts = np.asarray(table, dtype=np.float64)
    total = counts.sum()
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or total <= 0 or (counts < 0).any():  # noqa: PLR2004 - rows and columns
        raise ValueError("a square table of counts with at least one item is needed")
    shares = counts / total
    first, second = shares.sum(axis=1), shares.sum(axis=0)
    agreed, by_chance = float(np.trace(shares)), float(first @ second)
    if by_chance >= 1:
        raise ValueError("both raters put every item into one category")
    kappa = (agreed - by_chance) / (1 - by_chance)
    # Fleiss, Cohen & Everitt, Psychological Bulletin 72 (1969), 323-327, equation 13.
    same = np.diag(shares) @ (1 - (first + second) * (1 - kappa)) ** 2
    crossed = shares * (second[:, None] + first[None, :]) ** 2
    other = (1 - kappa) ** 2 * (crossed.sum() - np.trace(crossed))
    variance = (same + other - (kappa - by_chance * (1 - kappa)) ** 2) / (total * (1 - by_chance) ** 2)
    reach = float(stats.norm.isf((1 - level) / 2)) * float(np.sqrt(max(variance, 0.0)))
    return kappa, Interval(
        low=max(-1.0, kappa - reach), high=min(1.0, kappa + reach), level=level, method=KAPPA
    )
