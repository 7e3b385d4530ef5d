"""The equal error rate: the interval that the scores leave, and its value under each rule in use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answerable.biometrics.bounds import Bounds
from answerable.biometrics.hull import Hull, hulls
from answerable.biometrics.rates import Rates, rates_at
from answerable.biometrics.tallies import Tally

__all__ = ["EqualError", "equal_error"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EqualError:
    """Where the false match rate equals the false non-match rate, or comes nearest to it.

    Steps of the two rates seldom meet in a point. Rules differ in what they name the rate then, and differ most on few or
    tied scores. A published equal error rate says little without its rule.

    Attributes:
        interval: The bounds between which the rule of FVC2000 places it.
        fvc2000: The middle of that interval (Maio et al.).
        closest: (FMR + FNMR)/2 at the threshold with the least |FMR - FNMR|; of two such thresholds the lower.
        rocch: Where the convex hull of the curve meets FMR = FNMR; it can lie outside the interval, on either side.
        thresholds: The highest threshold at which FNMR is at most FMR, and the lowest at which it is at least FMR.
        notes: What a careful reader has to know, one sentence each.
    """

    interval: Bounds
    fvc2000: Bounds
    closest: Bounds
    rocch: Bounds
    thresholds: tuple[float, float]
    notes: tuple[str, ...]

    @property
    def span(self) -> Bounds:
        """The least and the greatest that any of the rules allows."""
        all_of_them = (self.interval, self.fvc2000, self.closest, self.rocch)
        return Bounds(min(one.low for one in all_of_them), max(one.high for one in all_of_them))


def equal_error(scores: Tally) -> EqualError:
    """Find the equal error rate under each rule.

    With t1 the highest threshold at which FNMR <= FMR and t2 the lowest at which FNMR >= FMR, the rule of FVC2000
    takes the one of the two with the lesser FMR + FNMR; the two rates there are the bounds of the interval. From
    bins each value has bounds.

    Raises:
        ValueError: There are no scores of one kind.

    Sources: D. Maio, D. Maltoni, R. Cappelli, J. L. Wayman & A. K. Jain, FVC2000: fingerprint verification
    competition, IEEE Trans. Pattern Anal. Mach. Intell. 24 (2002) 402-412; for the convex hull F. Provost & T.
    Fawcett, Robust classification for imprecise environments, Mach. Learn. 42 (2001) 203-231, and N. Brümmer & E. de
    Villiers, The BOSARIS toolkit (2013), arXiv:1304.2865.
    """
    scores.need_both("the equal error rate")
    last, first = _crossing(scores)
    before, after = rates_at(scores, last), rates_at(scores, first)
    lowest, highest = hulls(scores)
    rocch = Bounds(_on_hull(lowest), _on_hull(highest))
    notes = [] if scores.exact else ["The scores were counted in bins: the values are known by their bounds."]
    if scores.exact and _constant(scores):
        notes.append(
            "All scores are equal: they tell mated from non-mated comparisons no better than chance."
        )
    if scores.exact:
        interval, closest = _exact(before, after)
        middle = Bounds(interval.value, interval.value)
    else:
        interval, middle = _within(before, after)
        closest = middle
    return EqualError(
        interval=interval,
        fvc2000=middle,
        closest=closest,
        rocch=rocch,
        thresholds=(last, first),
        notes=tuple(notes),
    )


def _constant(scores: Tally) -> bool:
    mated, other = scores.mated.marks, scores.non_mated.marks
    return len(mated) == len(other) == 1 and mated[0] == other[0]


def _crossing(scores: Tally) -> tuple[float, float]:
    """Find the last threshold at which FNMR <= FMR and the first at which FNMR >= FMR, among all scores or edges.

    FNMR - FMR rises with the threshold, so that each is found by bisection in the scores of either kind.
    """
    mated, other = scores.mated, scores.non_mated

    def excess(threshold: float) -> int:
        # FNMR - FMR, times both totals: whole, so that equality is not lost to rounding. From bins: at an edge, exact.
        missed = int(mated.below(threshold)[1])
        matched = other.total - int(other.below(threshold)[1])
        return missed * other.total - matched * mated.total

    lasts, firsts = [], []
    for marks in (mated.marks, other.marks):
        place = _first(lambda value: excess(value) > 0, marks)
        lasts.append(float(marks[place - 1]) if place else -np.inf)
        place = _first(lambda value: excess(value) >= 0, marks)
        firsts.append(float(marks[place]) if place < len(marks) else np.inf)
    return max(lasts), min(firsts)


def _first(holds: Callable[[float], bool], marks: NDArray[np.float64]) -> int:
    """Find by bisection the first mark for which a test holds; their number where it holds for none."""
    low, high = 0, len(marks)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(float(marks[middle])) else (middle + 1, high)
    return low


def _pair(rates: Rates) -> tuple[float, float]:
    return float(rates.fmr.value), float(rates.fnmr.value)


def _exact(before: Rates, after: Rates) -> tuple[Bounds, Bounds]:
    """Give the interval of FVC2000 and the value at the least difference, from the rates on both sides of the crossing."""
    total = before.fmr.comparisons * before.fnmr.comparisons
    # In whole numbers, over the product of both totals: a tie between the two sides is not lost to rounding.
    (matched, missed), (matched_after, missed_after) = (
        (int(rates.fmr.errors) * rates.fnmr.comparisons, int(rates.fnmr.errors) * rates.fmr.comparisons)
        for rates in (before, after)
    )
    both, both_after = matched + missed, matched_after + missed_after
    low, high = (missed, matched) if both <= both_after else (matched_after, missed_after)
    nearer = both if matched - missed <= missed_after - matched_after else both_after
    return Bounds(low / total, high / total), Bounds(nearer / (2 * total), nearer / (2 * total))


def _within(before: Rates, after: Rates) -> tuple[Bounds, Bounds]:
    """Give what bounds the interval, and what bounds a mean of the two rates, where the crossing lies in a bin.

    From one edge to the other FMR falls and FNMR rises; wherever in the bin a rule looks, each lies between its
    values at the edges.
    """
    (matched, missed), (matched_after, missed_after) = _pair(before), _pair(after)
    interval = Bounds(min(matched_after, missed), max(matched, missed_after))
    return interval, Bounds((matched_after + missed) / 2, (matched + missed_after) / 2)


def _on_hull(hull: Hull) -> float:
    """Give the rate at which a hull meets FMR = FNMR."""
    fmr, fnmr = hull.fmr, hull.fnmr
    after = int(np.argmax(fnmr >= fmr))
    start, end = fmr[after - 1] - fnmr[after - 1], fnmr[after] - fmr[after]
    return float(fmr[after - 1] + start / (start + end) * (fmr[after] - fmr[after - 1]))
