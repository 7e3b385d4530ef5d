"""Mated and non-mated scores side by side, counted once: what every error rate is computed from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from answerable.biometrics.bounds import Bounds, Counts
from answerable.biometrics.scores import Scores, scored

__all__ = ["PolarityError", "Tally", "auc", "tally"]


class PolarityError(ValueError):
    """Mated comparisons score lower than non-mated ones, so that higher cannot mean more alike.

    Args:
        area: The area under the ROC, less than one half.
    """

    def __init__(self, area: float) -> None:
        self.area = area
        super().__init__(area)

    def __str__(self) -> str:
        return (
            f"mated comparisons score lower than non-mated ones (area under the ROC {self.area:.6g}, less than a "
            "half), so higher does not mean more alike, or the two kinds were exchanged. If the numbers are "
            "distances, negate them (negate=True); if it is known that higher means more alike, say so "
            "(polarity_stated=True)"
        )


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """The scores of mated and of non-mated comparisons, where a higher score means more alike.

    A comparison is a match at a threshold T if its score is at least T. Tallies add up, part by part.

    Where one kind is known exactly and the other in bins, the first is counted in the bins of the second.

    Args:
        mated: The scores of mated comparisons: of two samples of the same subject.
        non_mated: The scores of non-mated comparisons: of samples of two subjects.
        polarity_stated: That higher means more alike is known from the system's documentation. It is then not put to
            the test, which a small part of the comparisons can fail by chance.

    Raises:
        PolarityError: The area under the ROC is under one half.
        ValueError: The two were counted in different bins.

    Source: ISO/IEC 19795-1, Biometric performance testing and reporting, for the terms.
    """

    mated: Scores
    non_mated: Scores
    polarity_stated: bool = False

    def __post_init__(self) -> None:
        if self.mated.exact != self.non_mated.exact:
            binned = self.non_mated if self.mated.exact else self.mated
            object.__setattr__(self, "mated", self.mated.into(binned.marks))
            object.__setattr__(self, "non_mated", self.non_mated.into(binned.marks))
        elif not self.exact:
            self.mated.into(self.non_mated.marks)
        if not self.polarity_stated and self.mated.total and self.non_mated.total:
            area = auc(self).value
            if area < 1 / 2:
                raise PolarityError(area)

    @property
    def exact(self) -> bool:
        """Whether each score is known, not only its bin."""
        return self.mated.exact

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.mated + other.mated,
            self.non_mated + other.non_mated,
            polarity_stated=self.polarity_stated and other.polarity_stated,
        )

    def need_both(self, what: str) -> None:
        """Check that there are scores of both kinds.

        Raises:
            ValueError: There are none of one kind; the sentence says that ``what`` is not measurable.
        """
        for kind, scores in (("mated", self.mated), ("non-mated", self.non_mated)):
            if not scores.total:
                raise ValueError(f"no {kind} comparison has a score: {what} is not measurable")


def tally(
    mated: ArrayLike | Scores,
    non_mated: ArrayLike | Scores,
    *,
    negate: bool = False,
    polarity_stated: bool = False,
) -> Tally:
    """Count the scores of mated and of non-mated comparisons, exactly where they are given as arrays.

    Args:
        mated: Scores of mated comparisons: one dimension of numbers, NaN where a comparison has no score;
            or counts, as `counted`, `binned` and `from_bins` make them.
        non_mated: The same of non-mated comparisons.
        negate: The numbers are distances: higher means less alike. Their signs are changed, and every threshold is
            then one of the negated numbers.
        polarity_stated: As in `Tally`.

    Raises:
        PolarityError: Mated comparisons score lower than non-mated ones.
        TypeError: Scores are not numbers.
        ValueError: Scores are infinite, not one-dimensional, or were counted in different bins.
    """
    sides = [part if isinstance(part, Scores) else scored(part) for part in (mated, non_mated)]
    if negate:
        sides = [side.negated() for side in sides]
    return Tally(sides[0], sides[1], polarity_stated=polarity_stated)


def auc(scores: Tally) -> Bounds:
    """Give the area under the ROC: the chance that a mated comparison scores higher than a non-mated one, ties counted half.

    The two comparisons are drawn at random. It equals the statistic of Mann and Whitney divided by the number of
    pairs. From bins it has bounds: pairs in one bin may stand either way.

    Raises:
        ValueError: There are no scores of one kind.

    Source: D. Bamber, The area above the ordinal dominance graph and the area below the receiver operating
    characteristic graph, J. Math. Psychol. 12 (1975) 387-415.
    """
    scores.need_both("the area under the ROC")
    mated, other = scores.mated, scores.non_mated
    pairs = mated.total * other.total
    if not scores.exact:
        below = np.concatenate([[0], other.cumulative])
        low = _sum(mated.counts, below[:-1], pairs)
        return Bounds(low / pairs, _sum(mated.counts, below[1:], pairs) / pairs)
    # Twice the wins, so that ties count 1; the smaller set of scores is looked up in the larger.
    if len(mated.marks) <= len(other.marks):
        below = other.cumulative[np.searchsorted(other.marks, mated.marks, side="left")]
        below = below + other.cumulative[np.searchsorted(other.marks, mated.marks, side="right")]
        area = _sum(mated.counts, below, 2 * pairs) / (2 * pairs)
    else:
        below = mated.cumulative[np.searchsorted(mated.marks, other.marks, side="left")]
        below = below + mated.cumulative[np.searchsorted(mated.marks, other.marks, side="right")]
        area = (2 * pairs - _sum(other.counts, below, 2 * pairs)) / (2 * pairs)
    return Bounds(area, area)


def _sum(counts: Counts, times: Counts, most: int) -> int:
    """Add products of counts that come to ``most`` at the most: in whole numbers of any size."""
    if most <= np.iinfo(np.int64).max:
        return int(counts @ times)
    return sum(count * number for count, number in zip(counts.tolist(), times.tolist(), strict=True))
