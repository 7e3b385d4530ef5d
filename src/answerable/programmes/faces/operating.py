"""Searches at a threshold: which can be judged at it, and which threshold keeps a false positive identification rate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answerable import wording
from answerable.programmes.faces.searches import Numbers, Searches, of_systems
from answerable.programmes.measure import Parameter, Refusal

__all__ = [
    "AS_MADE",
    "THRESHOLD",
    "Thresholds",
    "cut_lists",
    "floor_of",
    "is_cut",
    "is_stated",
    "judged",
    "missed",
    "returned",
    "thresholds",
    "with_scores",
]

AS_MADE = -1e9
"""The value of the parameter ``threshold`` at which none is stated: each list counts as it was made."""

THRESHOLD = Parameter(
    AS_MADE,
    "on the scale of scores",
    "From which score on a candidate counts. At the least number, the default, none is stated: every candidate that a list holds counts.",
    AS_MADE,
    1e9,
)


def is_stated(threshold: float) -> bool:
    """Tell whether a threshold is stated, or the lists count as they were made."""
    return threshold > AS_MADE


def floor_of(*found: Searches) -> float:
    """Give the highest threshold that a list was made with: below it the lists show nothing. Minus infinity where none is recorded."""
    stated = np.concatenate([each.threshold for each in found])
    stated = stated[~np.isnan(stated)]
    return float(stated.max()) if len(stated) else -np.inf


def judged(found: Searches, threshold: float) -> tuple[Searches, tuple[str, ...]] | Refusal:
    """Give the searches that can be judged at a threshold, and say which cannot; refuse where the lists do not reach so low.

    Args:
        found: The searches.
        threshold: The threshold; nothing is asked of the lists where none is stated.
    """
    if not is_stated(threshold):
        return found, ()
    if refusal := of_systems(found):
        return refusal
    floor = floor_of(found)
    if threshold < floor:
        return Refusal(
            reason=(
                f"The stated threshold, {threshold:g}, is lower than that of the lists, of which some hold only candidates at {floor:g} or above: "
                "what lies between the two is not in them."
            ),
            ask_for=f"State a threshold of {floor:g} or more, or ask for lists that were made with a lower one.",
        )
    kept, said = with_scores(found)
    if not len(kept):
        return Refusal(
            reason="No search can be judged at a threshold: the candidates have no scores.",
            ask_for="Ask for the score of each candidate.",
        )
    return kept, said


def with_scores(found: Searches) -> tuple[Searches, tuple[str, ...]]:
    """Leave out searches of which a candidate has no score, and say how many they are."""
    scored = found.without_score == 0
    out = int((~scored).sum())
    if not out:
        return found, ()
    among = wording.plural(len(found), "search", "searches")
    return found.only(scored), (
        f"{wording.count(out)} of {among} list a candidate without a score, cannot be judged at a threshold, and are left out.",
    )


def returned(found: Searches, threshold: float) -> NDArray[np.bool_]:
    """Tell which searches without a mate return a candidate at or above a threshold; as made, any candidate."""
    if not is_stated(threshold):
        return found.candidates > 0
    return found.top_score >= threshold  # no candidate has no score: NaN is at no threshold


def missed(found: Searches, place: float, threshold: float = AS_MADE) -> NDArray[np.bool_]:
    """Tell which searches do not have their mate at a place or better, at or above a threshold."""
    there = found.place <= place  # a mate that is not in the list has no place
    return ~(there & (found.mate_score >= threshold)) if is_stated(threshold) else ~there


@dataclass(frozen=True, slots=True, eq=False)
class Thresholds:
    """The thresholds that candidate lists can be judged at, and how many searches without a mate return somebody at each.

    Attributes:
        marks: The scores of best candidates and of mates at the lists' own threshold or above, ascending.
        above: How many searches without a mate return a candidate at each of them or above.
        number: How many such searches there are.
        floor: What the lists were made with; no lower threshold can be told.
        at_floor: How many return a candidate at that.
    """

    marks: Numbers
    above: NDArray[np.int64]
    number: int
    floor: float
    at_floor: int

    def lowest(self, rate: float) -> float:
        """Give the lowest threshold at which at most a share of searches without a mate returns a candidate.

        It is conservative: what it achieves is at most what was asked for. Between two neighbouring scores, of either kind, every
        threshold gives the same; the upper of the two is named. Where no score is high enough it is the number next above the highest.

        Args:
            rate: The share that is asked for.

        Source: as `answerable.biometrics.threshold_for`, for searches in place of comparisons.
        """
        allowed = np.floor(rate * self.number * (1 + 1e-12))
        if np.isfinite(self.floor) and self.at_floor <= allowed:
            return self.floor
        kept = self.above <= allowed
        if kept.any():
            return float(self.marks[np.argmax(kept)])
        return float(np.nextafter(self.marks[-1], np.inf))


def thresholds(others: Searches, mates: Searches) -> Thresholds:
    """Find the thresholds that lists can be judged at; one of the candidates that decide has a score.

    Args:
        others: Searches without a mate, of which every candidate has a score.
        mates: Searches with one, likewise.
    """
    held = np.sort(others.top_score[~np.isnan(others.top_score)])
    floor = floor_of(others, mates)
    marks = np.unique(np.concatenate([held, mates.mate_score[~np.isnan(mates.mate_score)]]))
    marks = marks[marks >= floor]
    above = len(held) - np.searchsorted(held, marks)
    return Thresholds(marks, above, len(others), floor, len(held) - int(np.searchsorted(held, floor)))


def is_cut(found: Searches, among: NDArray[np.bool_] | None = None) -> bool:
    """Tell whether some lists were probably cut at a length: several are as long as the longest, and more than are one shorter.

    Args:
        found: The searches, among which the longest list is sought.
        among: Those of them of which it is asked; all where none are given. A list that goes on below the stated threshold is not cut above it.
    """
    longest = float(found.candidates.max(initial=0.0))
    full = found.candidates == longest
    reached = full & (found.returned >= longest) & (True if among is None else among)
    shorter = (
        int((found.candidates == longest - 1).sum()) if longest > 1 else 0
    )  # of lists of one nothing tells
    return bool(reached.any()) and int(full.sum()) > max(1, shorter)


def cut_lists(found: Searches) -> tuple[str, ...]:
    """Say how many lists were probably cut at a length, so that candidates beyond it are not counted."""
    if not is_cut(found):
        return ()
    longest = int(found.candidates.max())
    full = int(((found.candidates == longest) & (found.returned >= longest)).sum())
    return (
        f"{wording.count(full)} of {wording.plural(len(found), 'list', 'lists')} hold {wording.plural(longest, 'candidate')}, the most that any holds: "
        "if lists are cut at that length, candidates beyond it are not counted, and the number is too low.",
    )
