"""Error rates at thresholds, and the threshold for a wanted false match rate."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from answerable.biometrics.bounds import Rate
from answerable.biometrics.tallies import Tally
from answerable.wording import count, plural

__all__ = ["OperatingPoint", "Rates", "rates_at", "threshold_for"]

MATED, NON_MATED = "mated comparisons", "non-mated comparisons"
_WITH_FAILURES = ", failures to acquire included"
_ENOUGH = 30  # false matches: with more, what the choice of the threshold adds to the rate is under 4 %


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    """Errors at thresholds, and the rates that they make; arrays are in the thresholds' shape.

    Attributes:
        thresholds: The thresholds; a comparison is a match if its score is at least the threshold.
        fmr: The false match rate: non-mated comparisons at or above the threshold, among those that have a score.
        fnmr: The false non-match rate: mated comparisons below the threshold, among those that have a score.
        mated_failures: How many mated comparisons have no score.
        non_mated_failures: How many non-mated comparisons have none.

    Source: ISO/IEC 19795-1. There a failure to acquire is counted over attempts to acquire a sample; here over
    comparisons, for a file of scores shows no more. FAR and FRR are those of one attempt.
    """

    thresholds: NDArray[np.float64]
    fmr: Rate
    fnmr: Rate
    mated_failures: int
    non_mated_failures: int

    @property
    def far(self) -> Rate:
        """The false accept rate: non-mated comparisons that match, among all, failures included: FMR x (1 - FTA)."""
        return Rate(
            "FAR",
            self.fmr.errors_low,
            self.fmr.errors_high,
            self.fmr.comparisons + self.non_mated_failures,
            NON_MATED + _WITH_FAILURES,
        )

    @property
    def frr(self) -> Rate:
        """The false reject rate: mated comparisons that fail or do not match, among all: FTA + FNMR x (1 - FTA)."""
        low, high = self.fnmr.errors_low, self.fnmr.errors_high
        failed = self.mated_failures
        least = np.asarray(low + failed)
        most = least if low is high else np.asarray(high + failed)
        return Rate("FRR", least, most, self.fnmr.comparisons + failed, MATED + _WITH_FAILURES)

    @property
    def fta(self) -> Rate:
        """The failure-to-acquire rate: comparisons of either kind without a score, among all; one for all thresholds."""
        failed = self.mated_failures + self.non_mated_failures
        return _fixed("FTA", failed, self.fmr.comparisons + self.fnmr.comparisons + failed, "comparisons")

    @property
    def mated_fta(self) -> Rate:
        """The failure-to-acquire rate among mated comparisons, which is the one in FRR."""
        return _fixed("FTA", self.mated_failures, self.fnmr.comparisons + self.mated_failures, MATED)

    @property
    def non_mated_fta(self) -> Rate:
        """The failure-to-acquire rate among non-mated comparisons, which is the one in FAR."""
        return _fixed(
            "FTA", self.non_mated_failures, self.fmr.comparisons + self.non_mated_failures, NON_MATED
        )


def _fixed(name: str, failed: int, among: int, kind: str) -> Rate:
    errors = np.asarray(failed, dtype=np.int64)
    return Rate(name, errors, errors, among, kind)


def rates_at(scores: Tally, thresholds: ArrayLike) -> Rates:
    """Count the errors at thresholds.

    Scores without a value (NaN) are failures: they are in FAR, FRR and FTA, never in FMR or FNMR.

    Args:
        scores: The scores, counted.
        thresholds: Numbers of any shape; minus infinity accepts everything, infinity nothing.

    Returns:
        The rates. From bins they have bounds at a threshold within a bin. A rate of a kind without comparisons raises
        ValueError when it is read.

    Raises:
        ValueError: A threshold is NaN.
    """
    at = np.asarray(thresholds, dtype=np.float64)
    missed = scores.mated.below(at)
    low, high = scores.non_mated.below(at)
    fewest = np.asarray(scores.non_mated.total - high)
    most = fewest if low is high else np.asarray(scores.non_mated.total - low)
    return Rates(
        at,
        Rate("FMR", fewest, most, scores.non_mated.total, NON_MATED),
        Rate("FNMR", *missed, scores.mated.total, MATED),
        scores.mated.failures,
        scores.non_mated.failures,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OperatingPoint:
    """The lowest threshold at which the false match rate of these scores is at most the target.

    Attributes:
        asked: The false match rate that was asked for.
        threshold: A score that occurs, of either kind, or an edge of a bin; where only a threshold above every score
            of either kind reaches the target, the next number above the highest.
        rates: The rates there; its arrays hold one number.
        above_all: Whether the threshold lies above every score, so that nothing matches.
        notes: What a careful reader has to know, one sentence each.
    """

    asked: float
    threshold: float
    rates: Rates
    above_all: bool
    notes: tuple[str, ...]


def threshold_for(scores: Tally, fmr: float) -> OperatingPoint:
    """Find the lowest threshold at which the false match rate is at most ``fmr``; it is never exceeded on these scores.

    Some programs take the threshold whose rate is nearest, which may exceed the target; this one does not. Every
    threshold between two neighbouring scores gives the same rates; of these the upper end, which is a score, is
    named. From bins it is the lowest edge that keeps the target for certain.

    The threshold is fitted to these scores, and the target is kept on them. On further comparisons of the same kind the rate
    varies: if k of the n non-mated comparisons match here, its mean lies between k/(n + 1), where the threshold is a
    non-mated score, and (k + 1)/(n + 1), where it is the next number above one.

    Args:
        scores: The scores, counted.
        fmr: The false match rate asked for, the target, from 0 to 1; at 1 everything may match.

    Raises:
        ValueError: The target is out of range, there are no non-mated scores, or no edge of a bin keeps the target.
    """
    if not 0 <= fmr <= 1:
        raise ValueError(f"a target for the false match rate lies from 0 to 1; it is {fmr}")
    other = scores.non_mated
    if not other.total:
        raise ValueError(
            "no non-mated comparison has a score: no threshold can be chosen for a false match rate"
        )
    allowed = _allowed(fmr, other.total)
    if scores.exact:
        threshold = _above(scores, other.total - allowed)
    elif allowed == other.total:
        threshold = -math.inf
    else:
        kept = np.flatnonzero(other.total - other.cumulative[:-1] <= allowed)
        if not len(kept):
            left = other.total - int(other.cumulative[-2])
            raise ValueError(
                f"{plural(left, 'non-mated score')} lie at or above the last edge, {other.marks[-1]:g}, and "
                f"{count(allowed)} may match: count them with edges that reach higher"
            )
        threshold = float(other.marks[kept[0]])
    there = rates_at(scores, threshold)
    return OperatingPoint(
        asked=fmr,
        threshold=threshold,
        rates=there,
        above_all=bool((there.fmr.errors_high == 0) and (there.fnmr.errors_low == scores.mated.total)),
        notes=tuple(_notes(fmr, allowed, other.total)),
    )


def _allowed(rate: float, total: int) -> int:
    """Give the most errors whose share of a total is at most a rate, as floating-point division gives the share."""
    allowed = math.floor(rate * total)
    # The product may be rounded past a whole number, either way.
    while (allowed + 1) / total <= rate:
        allowed += 1
    while allowed / total > rate:
        allowed -= 1
    return allowed


def _above(scores: Tally, rejected: int) -> float:
    """Give the lowest score of either kind above the ``rejected``-th lowest non-mated score, or above none."""
    other = scores.non_mated
    last = -math.inf
    if rejected:
        last = float(other.marks[np.searchsorted(other.cumulative[1:], rejected, side="left")])
    threshold = min(float(other.next_above(last)), float(scores.mated.next_above(last)))
    return threshold if math.isfinite(threshold) else math.nextafter(last, math.inf)


def _notes(rate: float, allowed: int, total: int) -> list[str]:
    said = []
    if not allowed:
        said.append(
            f"No false match is allowed: {count(total)} non-mated comparisons are fewer than the {1 / rate:,.0f} of "
            "which one may match."
            if rate
            else "No false match is allowed."
        )
        said.append(
            f"With none in {count(total)} the rate may still be up to {min(1, 3 / total):.2g} (rule of 3, 95 %, "
            "independence assumed)."
        )
    if rate and allowed < _ENOUGH:
        mean = (allowed + 1) / (total + 1)
        said.append(
            f"The threshold rests on {plural(allowed, 'false match', 'false matches')} of {count(total)}: on further "
            f"comparisons of the same kind the rate is on average up to {mean:.2g}, which is {mean / rate:.2g} times "
            "what was asked for."
        )
    return said
