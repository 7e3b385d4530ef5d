"""From the columns of the view ``tallied`` to a tally of scores, or to the reason why there is none."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from answerable import wording
from answerable.biometrics import PolarityError, Scores, Tally, counted, from_bins
from answerable.programmes.measure import Columns, Refusal

__all__ = ["QUERY", "several_systems", "sides", "tally_of", "unfit", "unnamed"]

QUERY = """-- The scores of mated and of non-mated comparisons, counted.
SELECT is_mated, edge, most, number, systems, unnamed
FROM $tallied
ORDER BY is_mated, edge NULLS FIRST"""
"""The query of what is tallied, with the view in place of ``$tallied``."""

_CHANCE = 0.5  # the area under the ROC of scores that tell nothing
_OVERLAPPING = Refusal(
    reason="The histogram's bars overlap, or end at other scores for mated than for non-mated comparisons.",
    ask_for="Ask for both histograms with the same bars, each ending where the next begins.",
)
_CONSTANT = Refusal(
    reason="All scores are the same: they tell mated from non-mated comparisons no better than chance.",
    ask_for="Ask for the scores as the system computed them, before any decision or rounding.",
)
_NONE = "Ask for comparisons of two samples of one person, and of samples of two people, with their scores."


def several_systems(columns: Columns) -> Refusal | None:
    """Refuse comparisons of more than one system: one threshold on the scores of two says nothing of either."""
    systems = int(np.ma.max(columns["systems"])) if len(columns["systems"]) else 0
    if systems < 2:  # noqa: PLR2004 - several are two or more
        return None
    return Refusal(
        reason=f"The comparisons are of {systems:,} systems, whose scores do not lie on one scale.",
        ask_for="Audit the comparisons of each system as a case of its own.",
    )


def unfit(columns: Columns) -> Refusal | None:
    """Refuse scores that no threshold can be put to, from the columns of the view ``fitness``; `tally_of` refuses the same."""
    if not len(columns["systems"]):
        return None  # no row to say anything of
    if refusal := several_systems(columns):
        return refusal
    stated = {
        name: float(np.ma.filled(np.ma.asarray(columns[name], dtype=np.float64), np.nan)[0])
        for name in ("mated_scores", "other_scores", "marks", "area", "overlapping")
    }
    if stated["overlapping"]:
        return _OVERLAPPING
    for kind, name in (("mated", "mated_scores"), ("non-mated", "other_scores")):
        if not stated[name]:
            return _none(kind)
    if stated["marks"] == 1:
        return _CONSTANT
    return _reversed(stated["area"]) if stated["area"] < _CHANCE else None


def unnamed(columns: Columns) -> tuple[str, ...]:
    """Say how many comparisons leave out which system they are of, where others name one."""
    number = int(np.ma.filled(columns["unnamed"], 0)[0]) if len(columns["unnamed"]) else 0
    if not number:
        return ()
    return (
        f"{wording.plural(number, 'row')} {'does' if number == 1 else 'do'} not say which system gave the score, and {'is' if number == 1 else 'are'} taken to be of the one that the others name.",
    )


def _none(kind: str, failures: int = 0) -> Refusal:
    failed = f", {wording.plural(failures, 'failure')} to acquire aside" if failures else ""
    return Refusal(reason=f"There is no score of a {kind} comparison{failed}.", ask_for=_NONE)


def _reversed(area: float) -> Refusal:
    return Refusal(
        reason=(
            f"Mated comparisons score lower than non-mated ones (area under the ROC {area:.3f}, under one half): "
            "the scores are distances, or the two kinds are exchanged. They are not turned round unasked."
        ),
        ask_for='If the file holds distances, say so in a layout file (negated = ["score"]) and pass it with --layout; else ask which mark stands for mated.',
    )


def sides(columns: Columns, *, bars: bool = False) -> tuple[Scores, Scores]:
    """Give the scores of mated and of non-mated comparisons.

    Scores are exact where every row holds one. Where rows hold bins, their edges are the least scores of either kind in each, and
    of a histogram's bars the ends that were given.

    Args:
        columns: As the query returns them.
        bars: Whether they are a histogram's bars.

    Raises:
        ValueError: Bars overlap, or the two kinds have other ends.
    """
    low, high = (
        np.ma.filled(np.ma.asarray(columns[name], dtype=np.float64), np.nan) for name in ("edge", "most")
    )
    number = np.ma.filled(np.ma.asarray(columns["number"], dtype=np.float64), 0).astype(np.int64)
    mated = np.ma.filled(columns["is_mated"], False).astype(bool)
    bins = ~np.isnan(low) & (low < high)
    if not bins.any():
        return counted(low[mated], number[mated]), counted(low[~mated], number[~mated])
    present = ~np.isnan(low)
    ends = high[present] if bars else [high[bins].max()]
    edges = np.unique(np.concatenate([low[present], ends]))
    if bars and (edges[np.searchsorted(edges, low[present]) + 1] != high[present]).any():
        raise ValueError("bars overlap, or those of mated and of non-mated comparisons have other ends")
    mated_scores, other = (
        _in_bins(edges, low[kind], number[kind], last_closed=not bars) for kind in (mated, ~mated)
    )
    return mated_scores, other


def _in_bins(edges: NDArray[Any], low: NDArray[Any], number: NDArray[Any], *, last_closed: bool) -> Scores:
    present = ~np.isnan(low)
    place = np.minimum(np.searchsorted(edges, low[present], side="right") - 1, len(edges) - 2)
    counts = np.bincount(place, weights=number[present], minlength=len(edges) - 1).astype(np.int64)
    return from_bins(edges, counts, failures=int(number[~present].sum()), last_closed=last_closed)


def tally_of(columns: Columns, *, bars: bool = False) -> Tally | Refusal:
    """Count the scores of both kinds, or say why no error rate can be made of them; arguments as of `sides`."""
    if refusal := several_systems(columns):
        return refusal
    try:
        mated, other = sides(columns, bars=bars)
    except ValueError:
        return _OVERLAPPING
    for kind, scores in (("mated", mated), ("non-mated", other)):
        if not scores.total:
            return _none(kind, scores.failures)
    if mated.exact and len(mated.marks) == len(other.marks) == 1 and mated.marks[0] == other.marks[0]:
        return _CONSTANT
    try:
        return Tally(mated, other)
    except PolarityError as error:
        return _reversed(error.area)
