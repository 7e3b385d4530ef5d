"""Searches of a gallery: how often they return somebody else, how often they miss, and what a lead from them is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from answerable.biometrics import Leads, galleries, leads
from answerable.estimate import Part
from answerable.intervals import CLUSTERED, clustered
from answerable.programmes.faces.records import GROUPS
from answerable.programmes.faces.sql import query
from answerable.programmes.measure import (
    Columns,
    Computation,
    FinishTable,
    Measure,
    Parameter,
    Refusal,
    Share,
    Tabled,
)

__all__ = ["MEASURES"]

_Parameters = Mapping[str, float]
_Numbers = NDArray[np.float64]
_ISO = "ISO/IEC 19795-1; P. Grother, M. Ngan & K. Hanaoka, Face Recognition Vendor Test part 2: Identification, NIST IR 8271 (2019)."
_RANKS = (1, 2, 5, 10, 20, 50)
_PREVALENCES = (0.001, 0.002, 0.005, *(hundredth / 100 for hundredth in range(1, 100)), 0.995, 0.998, 0.999)
_RETURNED = "a candidate counts if the list holds it: at or above the threshold that the search was made with"
_SAME_GALLERY = "The interval is for other searches of the same galleries: another gallery of the same size would give another number."


@dataclass(frozen=True, slots=True)
class _Searches:
    """Searches of one kind, as arrays of one length."""

    probe: NDArray[Any]
    size: _Numbers
    rank: _Numbers
    candidates: _Numbers
    groups: Mapping[str, NDArray[Any]]

    def only(self, kept: NDArray[np.bool_]) -> _Searches:
        return _Searches(
            self.probe[kept],
            self.size[kept],
            self.rank[kept],
            self.candidates[kept],
            {name: values[kept] for name, values in self.groups.items()},
        )


def _searches(columns: Columns, *, mated: bool) -> _Searches:
    kept = np.ma.filled(columns["has_mate"], False).astype(bool) == mated

    def numbers(name: str) -> _Numbers:
        return np.asarray(np.ma.filled(np.ma.asarray(columns[name], dtype=np.float64), np.nan)[kept])

    probe = np.ma.asarray(columns["probe"])
    each = np.arange(len(kept))  # a search whose person is not recorded stands for itself
    known = np.ma.getmaskarray(probe)
    who = np.where(known, -1 - each, np.ma.filled(probe, 0))[kept]
    groups = {name: np.ma.filled(columns[name], "").astype(str)[kept] for name in GROUPS}
    return _Searches(who, numbers("gallery_size"), numbers("mate_rank"), numbers("candidates"), groups)


def _share(label: str, counts: NDArray[np.bool_], probe: NDArray[Any]) -> Part:
    """Give a share of searches with an interval over the people searched for."""
    people, who = np.unique(probe, return_inverse=True)
    sizes = np.bincount(who)
    hits = np.bincount(who, weights=counts)
    total, found = len(counts), float(counts.sum())
    share = found / total
    variance = None
    if len(people) > 1:
        residual = hits - share * sizes
        variance = float(len(people) / (len(people) - 1) * (residual**2).sum() / total**2)
    return Part(label, share, int(found), total, clustered(found, total, variance, len(people)))


def _broken(found: _Searches, counts: NDArray[np.bool_]) -> dict[str, tuple[Part, ...]]:
    """Break a share down by gallery size and by what is recorded of the people."""
    sizes = np.unique(found.size[~np.isnan(found.size)])
    parts = {
        "gallery size": tuple(
            _share(f"{size:,.0f}", counts[found.size == size], found.probe[found.size == size])
            for size in sizes.tolist()
        )
    }
    for group, values in found.groups.items():
        kinds = [kind for kind in np.unique(values).tolist() if kind]
        if kinds:
            parts[GROUPS[group]] = tuple(
                _share(kind, counts[values == kind], found.probe[values == kind]) for kind in kinds
            )
    return {label: each for label, each in parts.items() if each}


def _computed(head: Part, breakdowns: Mapping[str, tuple[Part, ...]], *caveats: str) -> Computation:
    return Computation(
        value=head.value or 0.0,
        numerator=head.numerator,
        denominator=head.denominator,
        interval=head.interval,
        method=f"{CLUSTERED}; the clusters are the people searched for",
        breakdowns=breakdowns,
        caveats=(*caveats, _SAME_GALLERY),
    )


def _none(mated: bool) -> Refusal:
    return Refusal(
        reason=f"No search is said to be of somebody who is {'' if mated else 'not '}in the gallery.",
        ask_for="Ask for each search whether its mate is in the gallery.",
    )


def _false_positive(columns: Columns, parameters: _Parameters, seed: int) -> Computation | Refusal:
    del parameters, seed
    found = _searches(columns, mated=False)
    if not len(found.probe):
        return _none(mated=False)
    returned = found.candidates > 0
    return _computed(_share("all", returned, found.probe), _broken(found, returned))


def _missed(found: _Searches, rank: float) -> NDArray[np.bool_]:
    return ~(found.rank <= rank)  # a mate that is not in the list has no rank


def _false_negative(columns: Columns, parameters: _Parameters, seed: int) -> Computation | Refusal:
    del seed
    found = _searches(columns, mated=True)
    if not len(found.probe):
        return _none(mated=True)
    missed = _missed(found, parameters["rank"])
    by_rank = tuple(_share(str(rank), _missed(found, rank), found.probe) for rank in _RANKS)
    return _computed(_share("all", missed, found.probe), {"rank": by_rank} | _broken(found, missed))


def _growth(columns: Columns, parameters: _Parameters, seed: int) -> Computation | Refusal:
    del parameters, seed
    found = _searches(columns, mated=False)
    sizes = np.unique(found.size[~np.isnan(found.size)])
    if len(sizes) < 2:  # noqa: PLR2004 - growth is from one size to another
        return Refusal(
            reason="The searches that have no mate are of fewer than two sizes of gallery.",
            ask_for="Ask for the same searches of galleries of several sizes.",
        )
    observed = [
        _share(f"{size:.0f}", found.candidates[found.size == size] > 0, found.probe[found.size == size])
        for size in sizes.tolist()
    ]
    first = observed[0]
    if not first.numerator or first.numerator == first.denominator:
        return Refusal(
            reason="In the smallest gallery no search, or every search, returned somebody else: that implies no rate to go on from.",
            ask_for="Ask for more searches of the smallest gallery.",
        )
    implied = galleries.implied_fmr(first.value or 0.0, float(sizes[0]))
    model = galleries.independence(float(implied.value), sizes)
    modelled = tuple(
        Part(f"{size:.0f}", float(value), None, None)
        for size, value in zip(sizes.tolist(), model.value.tolist(), strict=True)
    )
    last = observed[-1]
    ratio = (last.value or 0.0) / float(model.value[-1])
    return Computation(
        value=ratio,
        method="observed shares have intervals over the people searched for; the model has none",
        breakdowns={
            "observed, by gallery size": tuple(observed),
            "model of independence, by gallery size": modelled,
        },
        caveats=(
            f"The model goes on from the smallest gallery, as if each of its comparisons were wrong with a chance of {float(implied.value):.3g}.",
            *model.assumptions,
        ),
    )


def _lead(columns: Columns, parameters: _Parameters, seed: int) -> Computation | Refusal:
    del seed
    others, mates = _searches(columns, mated=False), _searches(columns, mated=True)
    if not len(others.probe):
        return _none(mated=False)
    if not len(mates.probe):
        return _none(mated=True)
    false = _share("FPIR", others.candidates > 0, others.probe)
    missed = _share("FNIR, rank 1", _missed(mates, 1), mates.probe)
    volume = parameters["searches"]

    def model(prevalence: ArrayLike) -> Leads:
        return leads(volume, prevalence, false.value or 0.0, missed.value or 0.0)

    if not false.numerator and not (missed.value or 0.0) < 1:
        return Refusal(reason="No search returned anybody.", ask_for="Ask for searches at a lower threshold.")
    curve = model(np.array(_PREVALENCES))
    chance = curve.chance_wrong
    at = model(parameters["prevalence"])
    return Computation(
        value=float(at.chance_wrong.value),
        numerator=None,
        denominator=None,
        method="a model: it has no sampling interval; the two rates that it is made of have theirs",
        breakdowns={
            "chance that a lead is wrong, by prevalence": tuple(
                Part(f"{share:g}", float(value), None, None)
                for share, value in zip(_PREVALENCES, chance.value.tolist(), strict=True)
            ),
            f"of {volume:,.0f} searches": (
                Part("expected wrong leads", float(at.wrong), None, None),
                Part("expected right leads", float(at.right), None, None),
            ),
            "rates that it is made of": (false, missed),
        },
        caveats=at.assumptions,
    )


def _tabled(name: str, title: str, finish: FinishTable, **texts: object) -> Tabled:
    settings: dict[str, Any] = {
        "needs": ("search", "in_gallery"),
        "source": _ISO,
        "sql": query("searches_1n", groups=", ".join(GROUPS)),
        "finish": finish,
    }
    return Tabled(name=f"candidates.{name}", title=title, **(settings | texts))


_FPIR = _tabled(
    "fpir",
    "Searches of people not in the gallery that return somebody",
    _false_positive,
    definition=(
        "The false positive identification rate: searches whose mate is not in the gallery that returned at least one candidate, among searches "
        "whose mate is not in the gallery."
    ),
    unit="share of searches",
    sentence="Of the searches of people who are not in the gallery, {figure} returned somebody.",
    rule=_RETURNED,
    caveats=(
        "A list without a threshold always returns somebody: the rate is then 1, and says nothing of the algorithm.",
    ),
)
_FNIR = _tabled(
    "fnir",
    "Searches that miss a person who is in the gallery",
    _false_negative,
    definition=(
        "The false negative identification rate: searches whose mate is in the gallery and not at rank {rank} or better, among searches "
        "whose mate is in the gallery. The breakdown gives other ranks."
    ),
    unit="share of searches",
    sentence="Of the searches of people who are in the gallery, {figure} do not have them at rank {rank} or better.",
    rule=f"the mate's rank is more than {{rank}}, or the list does not hold it; {_RETURNED}",
    parameters={"rank": Parameter(1, "rank", "How far down the list a mate may stand.", 1, 100_000)},
)
_GROWTH = _tabled(
    "growth",
    "False positives in the largest gallery beside a model from the smallest",
    _growth,
    kind="quantity",
    definition=(
        "The observed false positive identification rate in the largest gallery, divided by what the model of independence gives for it from the "
        "rate in the smallest. The breakdowns give both for every size."
    ),
    unit="times the model",
    sentence="In the largest gallery, searches of people who are not in it return somebody {value} times as often as the model of independence gives.",
    neutral="1",
    caveats=("The model is shown as a model: where it fails, the observed rates stand.",),
)
_WRONG = _tabled(
    "wrong_lead",
    "Chance that a lead is wrong, by a model",
    _lead,
    kind="quantity",
    definition=(
        "Of the leads that searches like these give, one a search at most, the share that is wrong, if {prevalence} of the searches are of people who "
        "are in the gallery. It is a model made of the two observed rates; how many searches are of people in the gallery is seldom known, so "
        "the breakdown gives it for many shares."
    ),
    unit="probability",
    sentence="If {prevalence} of the searches are of people who are in the gallery, a lead is wrong with a chance of {value}, by a model.",
    source="Bayes's rule on FPIR and FNIR.",
    parameters={
        "prevalence": Parameter(
            0.5, "share of searches", "The share of searches whose person is in the gallery.", 0, 1
        ),
        "searches": Parameter(1_000, "searches", "The volume for which leads are counted.", 1, 1e9),
    },
    caveats=("It is said of leads as the lists give them, before anybody reviewed them.",),
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

MEASURES: tuple[Measure, ...] = (_UNJUDGED, _FPIR, _FNIR, _GROWTH, _WRONG)
"""The measures of searches of a gallery, in the order of the report."""
