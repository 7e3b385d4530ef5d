"""Searches of a gallery: how often they return somebody else, how often they miss, and which contradict themselves."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from answerable import wording
from answerable.programmes.faces.operating import THRESHOLD, judged, missed, returned
from answerable.programmes.faces.records import GROUPS
from answerable.programmes.faces.searches import (
    Searches,
    broken,
    computed,
    left_out,
    none,
    pooled,
    searches,
    share,
    unjudged,
)
from answerable.programmes.faces.sql import query
from answerable.programmes.measure import (
    Columns,
    Computation,
    Measure,
    Parameter,
    Query,
    Refusal,
    Share,
    Tabled,
)

__all__ = ["MEASURES"]

_Parameters = Mapping[str, float]
_ISO = "ISO/IEC 19795-1; P. Grother, M. Ngan & K. Hanaoka, Face Recognition Vendor Test part 2: Identification, NIST IR 8271 (2019)."
_RANKS = (1, 2, 5, 10, 20, 50)
_RETURNED = (
    "a candidate counts if the list holds it, at or above the stated threshold where one is stated: the list itself holds those at or above "
    "the threshold that the search was made with"
)
_SEARCHES = query("searches_1n", groups=", ".join(GROUPS))


def _false_positive(columns: Columns, parameters: _Parameters, seed: int) -> Computation | Refusal:
    del seed
    every = searches(columns, mated=False)
    if not len(every):
        return none(columns, mated=False)
    at = judged(every, parameters["threshold"])
    if isinstance(at, Refusal):
        return at
    found, said = at
    counts = returned(found, parameters["threshold"])
    return computed(
        share("all", counts, found.cluster),
        broken(found, counts),
        *left_out(columns),
        *said,
        *pooled(found),
    )


def _false_negative(columns: Columns, parameters: _Parameters, seed: int) -> Computation | Refusal:
    del seed
    place, threshold = parameters["rank"], parameters["threshold"]
    every = searches(columns, mated=True)
    if not len(every):
        return none(columns, mated=True)
    at = judged(every, threshold)
    if isinstance(at, Refusal):
        return at
    found, said = at
    lost = missed(found, place, threshold)
    by_rank = tuple(share(str(each), missed(found, each, threshold), found.cluster) for each in _RANKS)
    return computed(
        share("all", lost, found.cluster),
        {"rank": by_rank} | broken(found, lost),
        *left_out(columns),
        *said,
        *_short(found, place),
        *unjudged(found),
        *pooled(found),
    )


def _short(found: Searches, place: float) -> tuple[str, ...]:
    """Say where the lists that were made without a threshold are shorter than the rank that is asked for."""
    longest = found.candidates[np.isnan(found.threshold)].max(
        initial=np.inf if not np.isnan(found.threshold).any() else 0
    )
    if longest >= place:
        return ()
    return (
        f"No list without a threshold holds more than {wording.plural(int(longest), 'candidate')}: a mate further down counts as missed.",
    )


_FPIR = Tabled(
    name="candidates.fpir",
    title="Searches of people not in the gallery that return somebody",
    definition=(
        "The false positive identification rate, FPIR(N, T): searches whose mate is not in the gallery that returned at least one candidate at or "
        "above the threshold, among searches whose mate is not in the gallery. Unless a threshold is stated, it is that with which each list was made."
    ),
    unit="share of searches",
    needs=("search", "in_gallery"),
    sentence="Of the searches of people who are not in the gallery, {figure} returned somebody.",
    rule=_RETURNED,
    source=_ISO,
    parameters={"threshold": THRESHOLD},
    caveats=(
        "A list without a threshold always returns somebody: unless one is stated, the rate is then 1, and says nothing of the algorithm.",
    ),
    sql=_SEARCHES,
    finish=_false_positive,
)
_FNIR = Tabled(
    name="candidates.fnir",
    title="Searches that miss a person who is in the gallery",
    definition=(
        "The false negative identification rate, FNIR(N, R, T): searches whose mate is in the gallery and not at rank {rank} or better at or above the "
        "threshold, among searches whose mate is in the gallery. Unless a threshold is stated it is the rate of an investigation, in which somebody looks at the first {rank} "
        "of the list whatever their scores (T = 0). The breakdown gives other ranks."
    ),
    unit="share of searches",
    needs=("search", "in_gallery"),
    sentence="Of the searches of people who are in the gallery, {figure} do not have them at rank {rank} or better.",
    rule=f"the mate's rank is more than {{rank}}, or the list does not hold it; {_RETURNED}",
    source=_ISO,
    parameters={
        "rank": Parameter(1, "rank", "How far down the list a mate may stand.", 1, 100_000),
        "threshold": THRESHOLD,
    },
    sql=_SEARCHES,
    finish=_false_negative,
)
_CONTRADICTING = Query(
    name="candidates.contradicting",
    title="Searches that contradict themselves",
    definition=(
        "Searches whose lines contradict each other, among all searches: on whether the mate is in the gallery, on the ranks, on the scores, "
        "on the threshold or on the person searched for. A search is by one system, of one gallery of one size. The breakdown says in which way; "
        "one search may do so in several. None of them is in any other rate of searches."
    ),
    unit="share of searches",
    needs=("search",),
    sentence="Of the searches, {figure} contradict themselves.",
    rule=(
        "a candidate is below the threshold if its score is less than that of its list; scores out of order are those higher than one at a better rank"
    ),
    source="The practice of audits.",
    neutral="0",
    caveats=(
        "A gallery that holds several pictures of one person may list them at several ranks: that is no contradiction, and is not counted. One rank "
        "with two scores is counted, whoever is listed there.",
    ),
    sql=query("contradictions_1n"),
)
_UNJUDGED = Share(
    name="candidates.not_judged",
    title="Candidates of whom it is not said whether they are the mate",
    definition="Lines with a rank that do not say whether the candidate is the person searched for, among lines with a rank.",
    unit="share of candidates",
    needs=("rank",),
    sentence="Of the candidates, {figure} are not said to be the person searched for or another.",
    source=_ISO,
    neutral="0",
    view="base_candidates",
    counts="is_the_mate IS NULL",
    among="rank IS NOT NULL",
    by=("gallery", "system"),
)

MEASURES: tuple[Measure, ...] = (_UNJUDGED, _CONTRADICTING, _FPIR, _FNIR)
"""The measures of rates by rank, and of lists that are not sound, in the order of the report."""
