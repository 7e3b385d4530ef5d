"""The convex hull of a DET, by pooling adjacent violators: what the scores could do at best, whatever they are mapped to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from answerable.biometrics.bounds import Counts
from answerable.biometrics.curves import curve
from answerable.biometrics.tallies import Tally

__all__ = ["Hull", "hulls"]


@dataclass(frozen=True, slots=True, eq=False)
class Hull:
    """Blocks of neighbouring scores, ascending, in which the share of mated comparisons rises from each to the next.

    Each block is a segment of the convex hull. Equal scores are in one block, whichever kind they are of.

    Attributes:
        mated: How many mated comparisons each block holds.
        non_mated: How many non-mated ones.
    """

    mated: Counts
    non_mated: Counts

    @property
    def fnmr(self) -> NDArray[np.float64]:
        """The false non-match rate at each corner of the hull, ascending from 0 to 1."""
        return _shares(self.mated)

    @property
    def fmr(self) -> NDArray[np.float64]:
        """The false match rate at each corner of the hull, descending from 1 to 0."""
        return _shares(self.non_mated[::-1])[::-1]


def _shares(counts: Counts) -> NDArray[np.float64]:
    cumulative = np.concatenate([[0], np.cumsum(counts)])
    return np.asarray(cumulative / cumulative[-1])


def hulls(scores: Tally) -> tuple[Hull, Hull]:
    """Give the hulls between which that of the scores lies: the lowest and the highest; one and the same for exact scores.

    Within a bin the scores may stand either way. The lowest hull takes all mated ones of a bin to be above its
    non-mated ones; the highest takes them as equal, for however they stand, the hull does not rise above the line
    between the bin's edges.

    Raises:
        ValueError: There are no scores of one kind.

    Sources: M. Ayer, H. D. Brunk, G. M. Ewing, W. T. Reid & E. Silverman, An empirical distribution function for
    sampling with incomplete information, Ann. Math. Stat. 26 (1955) 641-647; N. Brümmer & J. du Preez, The PAV
    algorithm optimizes binary proper scoring rules (2013), arXiv:1304.2331.
    """
    scores.need_both("a convex hull")
    rates = curve(scores).rates
    mated = np.diff(rates.fnmr.errors)
    non_mated = -np.diff(rates.fmr.errors)
    highest = _pooled(mated, non_mated)
    if scores.exact:
        return highest, highest
    apart = np.zeros((2, len(mated), 2), dtype=np.int64)
    apart[0, :, 1], apart[1, :, 0] = mated, non_mated
    return _pooled(apart[0].ravel(), apart[1].ravel()), highest


def _pooled(mated: Counts, non_mated: Counts) -> Hull:
    """Pool adjacent cells, given in ascending order of their scores, until the share of mated ones rises."""
    number = mated + non_mated
    some = number > 0
    mated, non_mated, number = mated[some], non_mated[some], number[some]
    starts = optimize.isotonic_regression(mated / number, weights=number).blocks[:-1]
    return Hull(np.add.reduceat(mated, starts), np.add.reduceat(non_mated, starts))
