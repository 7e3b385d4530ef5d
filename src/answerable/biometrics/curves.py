"""The curve of all thresholds: DET and ROC, with every corner or thinned for a drawing."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import special

from answerable.biometrics.bounds import Rate
from answerable.biometrics.rates import Rates, rates_at
from answerable.biometrics.tallies import Tally

__all__ = ["Curve", "curve", "thinned"]

_FEWEST = 2  # points of a curve: everything matches, and nothing does


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """False match rate and false non-match rate at ascending thresholds, from all matching to none.

    A DET curve plots `fmr` against `fnmr`, a ROC `fmr` against `tmr`. Between neighbouring corners of exact scores
    one of the two rates stays as it is: the curve is a flight of steps. From bins each point lies at an edge, where
    it is exact, and between two points the curve runs within the rectangle that they span.

    Attributes:
        rates: The rates at the thresholds. The last threshold is infinity.
        exact: Whether each score was known, so that the points are all the corners.
        gap: How far a part of the curve that was left out can lie from the nearest point that was kept, both axes added, in
            standard deviations of the normal distribution; None where the curve was not thinned.
    """

    rates: Rates
    exact: bool
    gap: float | None = None

    @property
    def thresholds(self) -> NDArray[np.float64]:
        """The thresholds, ascending."""
        return self.rates.thresholds

    @property
    def fmr(self) -> NDArray[np.float64]:
        """The false match rate at each threshold, descending from 1 to 0."""
        return self.rates.fmr.value

    @property
    def fnmr(self) -> NDArray[np.float64]:
        """The false non-match rate at each threshold, ascending from 0 to 1."""
        return self.rates.fnmr.value

    @property
    def tmr(self) -> NDArray[np.float64]:
        """The true match rate at each threshold: 1 - FNMR."""
        found = self.rates.fnmr
        return np.asarray((found.comparisons - found.errors) / found.comparisons)

    def probits(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Give the points in the coordinates of a DET plot: the normal distribution's quantiles of FMR and of FNMR.

        A rate of 0 or 1 has none; it is drawn at half an error, 1/(2n), from the end.

        Source: A. Martin, G. Doddington, T. Kamm, M. Ordowski & M. Przybocki, The DET curve in assessment of detection task
        performance, Proc. Eurospeech (1997) 1895-1898.
        """
        return _probit(self.rates.fmr), _probit(self.rates.fnmr)


def _probit(rate: Rate) -> NDArray[np.float64]:
    half = 1 / (2 * rate.comparisons)
    return np.asarray(special.ndtri(np.clip(rate.value, half, 1 - half)))


def curve(scores: Tally) -> Curve:
    """Give the whole curve: every corner of exact scores, or a point at every edge of bins.

    Only the kind with fewer distinct scores is walked through. Between two neighbouring ones of these the scores of
    the other kind move the curve along one axis, so that the corners lie at each of them and at the next score above it.

    Raises:
        ValueError: There are no scores of one kind.

    Sources: ISO/IEC 19795-1, for DET and ROC; T. Fawcett, An introduction to ROC analysis, Pattern Recognit. Lett. 27 (2006)
    861-874.
    """
    scores.need_both("a curve")
    if not scores.exact:
        return Curve(rates_at(scores, np.concatenate([[-np.inf], scores.mated.marks, [np.inf]])), exact=False)
    few, many = scores.mated, scores.non_mated
    if len(few.marks) > len(many.marks):
        few, many = many, few
    thresholds = np.empty(2 * len(few.marks) + 2)
    thresholds[0] = min(few.marks[0], many.marks[0])
    thresholds[1:-1:2] = few.marks
    np.minimum(np.append(few.marks[1:], np.inf), many.next_above(few.marks), out=thresholds[2:-1:2])
    thresholds[-1] = np.inf
    thresholds = thresholds[np.append(True, thresholds[1:] > thresholds[:-1])]
    made = rates_at(scores, thresholds)
    return Curve(_taken(made, _corners(made)), exact=True)


def _corners(rates: Rates) -> NDArray[np.bool_]:
    """Say which points are corners: those at which the curve does not go on in its direction."""
    straight = np.zeros(len(rates.thresholds), dtype=np.bool_)
    for errors in (rates.fmr.errors_low, rates.fnmr.errors_low):
        still = errors[1:] == errors[:-1]
        straight[1:-1] |= still[1:] & still[:-1]
    return ~straight


def _taken(rates: Rates, which: NDArray[np.bool_] | NDArray[np.intp]) -> Rates:
    def some(rate: Rate) -> Rate:
        low = rate.errors_low[which]
        high = low if rate.errors_high is rate.errors_low else rate.errors_high[which]
        return replace(rate, errors_low=low, errors_high=high)

    return replace(rates, thresholds=rates.thresholds[which], fmr=some(rates.fmr), fnmr=some(rates.fnmr))


def thinned(whole: Curve, points: int) -> Curve:
    """Leave out points of a curve that a drawing does not need.

    The curve runs one way on both axes, so the way along it is the sum of the ways on each. The points before and after
    even distances of that way are kept, in the coordinates of `Curve.probits`, with the first and the last: a step that
    is longer than those distances keeps both of its ends. ``gap`` says how far what was left out can lie from a kept point;
    it is at most half of an even distance.

    Args:
        whole: The curve.
        points: How many points may be left, at least 2.

    Raises:
        ValueError: Fewer than 2 points are asked for.
    """
    if points < _FEWEST:
        raise ValueError(f"a curve has at least {_FEWEST} points; {points} were asked for")
    if len(whole.thresholds) <= points:
        return whole
    across, up = whole.probits()
    along = (across[0] - across) + (up - up[0])
    after = np.searchsorted(along, np.linspace(0, along[-1], points // 2 + 1)[1:-1], side="left")
    kept = np.unique(np.concatenate([[0], after - 1, after, [len(along) - 1]]))
    ways = np.diff(along[kept])[np.diff(kept) > 1]
    return Curve(_taken(whole.rates, kept), whole.exact, gap=float(ways.max()) / 2 if len(ways) else 0.0)
