"""Error rates of many groups at many thresholds, counted in one pass over the comparisons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from answerable.biometrics.bounds import Counts, Rate
from answerable.biometrics.pairs import Floats
from answerable.biometrics.rates import MATED, NON_MATED, Rates
from answerable.biometrics.scores import number_array, refuse_infinite, whole_numbers

__all__ = ["RatesByGroup", "rates_by_group"]

_BLOCK = 1 << 16  # comparisons counted at once: they stay in the processor's cache


@dataclass(frozen=True, slots=True, eq=False)
class RatesByGroup:
    """Errors of groups at thresholds; made by `rates_by_group`.

    Attributes:
        thresholds: The thresholds, of shape (thresholds,), in the order in which they were given.
        false_matches: Non-mated comparisons at or above each threshold, of shape (groups, thresholds).
        false_non_matches: Mated comparisons below each threshold, likewise.
        non_mated: Non-mated comparisons of each group that have a score, of shape (groups,).
        mated: Mated comparisons of each group that have a score.
        non_mated_failures: Non-mated comparisons of each group without a score.
        mated_failures: Mated comparisons of each group without a score.

    Source: ISO/IEC 19795-1 for the rates; ISO/IEC 19795-10 for reporting them by group.
    """

    thresholds: Floats
    false_matches: Counts
    false_non_matches: Counts
    non_mated: Counts
    mated: Counts
    non_mated_failures: Counts
    mated_failures: Counts

    @property
    def fmr(self) -> Floats:
        """False matches divided by the group's non-mated comparisons, of shape (groups, thresholds); NaN where it has none."""
        return _shares(self.false_matches, self.non_mated)

    @property
    def fnmr(self) -> Floats:
        """False non-matches divided by the group's mated comparisons, of shape (groups, thresholds); NaN where it has none."""
        return _shares(self.false_non_matches, self.mated)

    def of(self, group: int) -> Rates:
        """Give the rates of one group as `rates_at` gives them, with FAR, FRR and FTA."""
        matched, missed = self.false_matches[group], self.false_non_matches[group]
        return Rates(
            self.thresholds,
            Rate("FMR", matched, matched, int(self.non_mated[group]), NON_MATED),
            Rate("FNMR", missed, missed, int(self.mated[group]), MATED),
            int(self.mated_failures[group]),
            int(self.non_mated_failures[group]),
        )


def rates_by_group(
    scores: ArrayLike,
    mated: ArrayLike,
    group: ArrayLike,
    thresholds: ArrayLike,
    *,
    groups: int | None = None,
) -> RatesByGroup:
    """Count the errors of each group at each threshold; a comparison is a match if its score is at least the threshold.

    Scores without a value (NaN) are failures to acquire: they are in FAR, FRR and FTA of `RatesByGroup.of`, never in FMR or
    FNMR. Nothing is sorted: beyond the three arrays, memory is that of the counts.

    Args:
        scores: One dimension of numbers, NaN where a comparison has no score; a higher score means more alike.
        mated: Whether each comparison is of two samples of one subject; true or false.
        group: The group of each, as whole numbers from 0. Which groups two subjects of a comparison make together is the
            caller's to say: group by group, give ``first * groups + second``.
        thresholds: One dimension of numbers in any order; minus infinity accepts everything, infinity nothing.
        groups: How many groups there are; the largest number and one more where it is left out.

    Raises:
        TypeError: Scores are not numbers, groups are not whole numbers, or ``mated`` is not true or false.
        ValueError: The arrays differ in length, a score is infinite, a threshold is NaN, or a group has a number out of range.
    """
    given, kind = number_array(scores, "scores"), np.asarray(mated)
    which = whole_numbers(group, "groups")
    at = np.atleast_1d(np.asarray(thresholds, dtype=np.float64))
    if kind.dtype != np.bool_:
        raise TypeError(f"whether comparisons are mated is true or false; an array of {kind.dtype} was given")
    if kind.shape != given.shape or which.shape != given.shape:
        raise ValueError("each score has one group and is mated or not: the three are arrays of one length")
    if at.ndim != 1 or np.isnan(at).any():
        raise ValueError("thresholds are an array of one dimension of numbers, none of them NaN")
    least = int(which.max(initial=-1)) + 1
    number = least if groups is None else groups
    if number < least:
        raise ValueError(f"there are {number:,} groups, and one has the number {least - 1:,}")
    order = np.argsort(at, kind="stable")
    counts = _counted(given, kind, which, at[order], number)
    place = np.empty(len(at), dtype=np.int64)
    place[order] = np.arange(len(at))
    # A score that reaches the k lowest thresholds is in column k, one that is missing in the last.
    below = counts[:, :, :-1].cumsum(axis=2)
    totals = below[:, :, -1]
    below = below[:, :, place]
    return RatesByGroup(
        thresholds=at,
        false_matches=totals[:, :1] - below[:, 0],
        false_non_matches=below[:, 1],
        non_mated=totals[:, 0],
        mated=totals[:, 1],
        non_mated_failures=counts[:, 0, -1],
        mated_failures=counts[:, 1, -1],
    )


def _counted(
    scores: NDArray[np.generic], mated: NDArray[np.bool_], group: Counts, thresholds: Floats, groups: int
) -> Counts:
    """Count comparisons by group, kind and how many of the ascending thresholds they reach; of shape (groups, 2, thresholds + 2)."""
    width = len(thresholds) + 2
    counts = np.zeros(groups * 2 * width, dtype=np.int64)
    infinite = 0
    for start in range(0, len(scores), _BLOCK):
        part = slice(start, start + _BLOCK)
        block = scores[part].astype(np.float64, copy=False)
        infinite += int(np.isinf(block).sum())
        reached = np.searchsorted(thresholds, block, side="right")
        reached[np.isnan(block)] = width - 1
        counts += np.bincount((group[part] * 2 + mated[part]) * width + reached, minlength=len(counts))
    refuse_infinite(infinite, len(scores))
    return counts.reshape(groups, 2, width)


def _shares(errors: Counts, comparisons: Counts) -> Floats:
    """Divide, with NaN for groups without a comparison: no rate of theirs is measurable, and 0 would be one."""
    among = np.where(comparisons > 0, comparisons, np.nan)[:, None]
    return np.asarray(errors / among)
