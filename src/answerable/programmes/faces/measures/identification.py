"""Searches at one threshold: misses where false positives are rare enough, and how many candidates a search returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import special

from answerable import wording
from answerable.estimate import Interval, Part
from answerable.programmes.faces.operating import (
    AS_MADE,
    THRESHOLD,
    Thresholds,
    cut_lists,
    judged,
    missed,
    thresholds,
    with_scores,
)
from answerable.programmes.faces.records import GROUPS
from answerable.programmes.faces.searches import (
    SAME_GALLERY,
    Searches,
    broken,
    computed,
    left_out,
    none,
    of_systems,
    parted,
    pooled,
    searches,
    share,
)
from answerable.programmes.faces.sql import query
from answerable.programmes.measure import Columns, Computation, Measure, Parameter, Refusal, Tabled

__all__ = ["MEASURES"]

_Parameters = Mapping[str, float]
_NIST = "P. Grother, M. Ngan & K. Hanaoka, Face Recognition Vendor Test part 2: Identification, NIST IR 8271 (2019)."
_TARGETS = (0.3, 0.1, 0.03, 0.01, 0.003, 0.001)
_POINTS = 40  # of a drawn curve
_THIRTY = 30
_JOINED = "interval of FNIR joined with that of the threshold (Woodruff 1952; Zou & Donner 2008), each by Wilson on the effective sample of people"
_PARTS = "The breakdowns by size, gallery, system and group take the threshold as given; on further searches the FPIR may be above what was asked for."
_MEAN = "normal interval on the logarithm of the mean, with the variance between people (Cochran 1977, section 6.3)"


def _at_rate(columns: Columns, parameters: _Parameters, seed: int) -> Computation | Refusal:
    """Give the misses at the lowest threshold that keeps a rate of false positives, and at others."""
    del seed
    found = _both(columns)
    if isinstance(found, Refusal):
        return found
    others, mates, said = found
    at, place, rate = thresholds(others, mates), parameters["rank"], parameters["fpir"]
    chosen = at.lowest(rate)
    positive = np.asarray(others.top_score >= chosen)
    false = share("FPIR", positive, others.cluster)
    head = _missed_at(at, others, mates, rate, place)
    targets = [each for each in _TARGETS if each * len(others) >= 1]
    breakdowns = {
        "rates at the threshold": (false, replace(head, label="FNIR")),
        "threshold": (
            Part(f"for an FPIR of at most {rate:g}", chosen, None, None),
            *(Part(f"at most {each:g}", at.lowest(each), None, None) for each in targets),
        ),
        "target FPIR": tuple(_missed_at(at, others, mates, each, place) for each in targets),
        "FPIR at the threshold of the target": tuple(
            share(f"{each:g}", others.top_score >= at.lowest(each), others.cluster) for each in targets
        ),
        "FPIR by gallery size": broken(others, positive).get("gallery size", ()),
        "DET curve": _curve(at, others, mates, place),
    }
    made = computed(
        head,
        {name: parts for name, parts in breakdowns.items() if parts}
        | broken(mates, missed(mates, place, chosen)),
        *left_out(columns),
        *said,
        *_notes(false, rate),
        *_at_floor(chosen, at.floor),
        *_mixed(others),
        _PARTS,
    )
    return replace(made, method=f"{_JOINED}; the clusters are the people searched for")


def _missed_at(at: Thresholds, others: Searches, mates: Searches, rate: float, place: float) -> Part:
    """Give the misses at the threshold for a rate, with an interval that knows that the threshold was chosen on these searches.

    The interval of FPIR at that threshold says between which thresholds the right one lies; how far the misses move between them is
    joined with their own interval by the squares of both distances. Where no search returns anybody, no higher end is known.

    Sources: R. S. Woodruff, Confidence intervals for medians and other position measures, JASA 47 (1952) 635-646; G. Y. Zou & A. Donner,
    Construction of confidence limits about effect measures, Stat. Med. 27 (2008) 1693-1702.
    """
    chosen = at.lowest(rate)
    own = share(f"{rate:g}", missed(mates, place, chosen), mates.cluster)
    around = share("", others.top_score >= chosen, others.cluster).interval
    if own.interval is None or around is None:
        return own
    value = own.value or 0.0
    least = float(missed(mates, place, at.lowest(around.high)).mean())
    most = float(missed(mates, place, at.lowest(around.low)).mean()) if around.low > 0 else 1.0
    low = value - np.hypot(value - own.interval.low, value - least)
    high = value + np.hypot(own.interval.high - value, most - value)
    return replace(own, interval=Interval(max(float(low), 0.0), min(float(high), 1.0), 0.95, _JOINED))


def _both(columns: Columns) -> tuple[Searches, Searches, tuple[str, ...]] | Refusal:
    """Give the searches without and with a mate that can be judged at a threshold, or why there is none."""
    others, mates = searches(columns, mated=False), searches(columns, mated=True)
    for mated, each in ((False, others), (True, mates)):
        if not len(each):
            return none(columns, mated=mated)
    if refusal := of_systems(others, mates):
        return refusal
    (others, said), (mates, also) = with_scores(others), with_scores(mates)
    if (
        not len(others)
        or not len(mates)
        or (np.isnan(others.top_score).all() and np.isnan(mates.mate_score).all())
    ):
        return Refusal(
            reason="No threshold can be chosen: no candidate that would decide has a score.",
            ask_for="Ask for the score of each candidate, and for searches at a lower threshold.",
        )
    return (
        others,
        mates,
        (*(f"Without a mate: {text}" for text in said), *(f"With a mate: {text}" for text in also)),
    )


def _curve(at: Thresholds, others: Searches, mates: Searches, place: float) -> tuple[Part, ...]:
    """Give FNIR against FPIR: labels are the FPIR achieved, values the FNIR with their intervals."""
    held = max(at.at_floor, 1)
    counts = {0, *np.unique(np.geomspace(1, held, _POINTS).astype(int)).tolist()}
    counts |= {int(each * len(others) * (1 + 1e-12)) for each in _TARGETS}
    named: dict[float, Part] = {}
    for count in sorted(counts):
        rate = count / len(others)
        threshold = at.lowest(rate)
        if threshold not in named:
            achieved = float((others.top_score >= threshold).mean())
            named[threshold] = replace(_missed_at(at, others, mates, rate, place), label=f"{achieved:.9g}")
    return tuple(named[threshold] for threshold in sorted(named))


def _notes(false: Part, rate: float) -> tuple[str, ...]:
    positives = int(false.numerator or 0)
    if positives >= _THIRTY:
        return ()
    return (
        f"At the threshold for an FPIR of at most {rate:g}, {wording.share(positives, false.denominator or 0, 'searches')} without a mate return somebody: of fewer than 30, "
        "other searches may give quite another threshold.",
    )


def _at_floor(chosen: float, floor: float) -> tuple[str, ...]:
    if chosen > floor:
        return ()
    return (
        f"The threshold is that with which lists were made, {floor:g}: a lower one may keep the rate too, and the lists cannot show it.",
    )


def _mixed(others: Searches) -> tuple[str, ...]:
    if len(others.sizes) < 2:  # noqa: PLR2004 - a mixture is of two
        return ()
    return (
        "The FPIR is that of all galleries together, which are of several sizes: at one threshold it is higher in a larger one, as the breakdown shows.",
    )


def _selectivity(columns: Columns, parameters: _Parameters, seed: int) -> Computation | Refusal:
    del seed
    every = searches(columns, mated=False)
    if not len(every):
        return none(columns, mated=False)
    at = judged(every, parameters["threshold"])
    if isinstance(at, Refusal):
        return at
    found, said = at
    head = _mean("all", found.returned, found.cluster)
    return Computation(
        value=head.value or 0.0,
        interval=head.interval,
        method=f"{_MEAN}; no interval where no candidate is returned",
        breakdowns=parted(
            found,
            lambda label, kept: _mean(label, found.returned[kept], found.cluster[kept]),
        ),
        caveats=(*left_out(columns), *said, *cut_lists(found), *pooled(found), SAME_GALLERY),
    )


def _mean(label: str, numbers: NDArray[np.float64], cluster: NDArray[np.int64]) -> Part:
    """Give a mean number of candidates over searches, with an interval over the people searched for."""
    named, member = np.unique(cluster, return_inverse=True)
    total, mean = len(numbers), float(numbers.mean())
    interval = None
    if len(named) > 1 and mean > 0:
        residual = np.bincount(member, weights=numbers - mean) / total
        relative = np.sqrt(len(named) / (len(named) - 1) * float((residual**2).sum())) / mean
        factor = float(np.exp(special.stdtrit(len(named) - 1, 0.975) * relative))
        interval = Interval(mean / factor, mean * factor, 0.95, _MEAN)
    return Part(label, mean, float(numbers.sum()), total, interval)


_AT_RATE = Tabled(
    name="candidates.fnir_at_fpir",
    title="Searches that miss a person in the gallery, where at most a share of {fpir} of others return somebody",
    definition=(
        "FNIR(N, R, T) in identification: searches whose mate is in the gallery and not at rank {rank} or better at or above a threshold, among searches "
        "whose mate is in the gallery. The threshold is the lowest at which at most a share of {fpir} of the searches whose mate is not in the "
        "gallery return somebody (FPIR). The breakdowns give other shares, and the curve of both rates."
    ),
    unit="share of searches",
    needs=("search", "in_gallery", "score"),
    sentence=(
        "At the threshold at which a share of at most {fpir} of the searches of people not in the gallery return somebody, {figure} of those who are in it are missed."
    ),
    rule="a candidate counts at or above the threshold, and a mate at rank {rank} or better; the FPIR is at most {fpir}, not the nearest to it",
    source=f"ISO/IEC 19795-1; {_NIST}",
    parameters={
        "fpir": Parameter(
            0.01, "share of searches without a mate", "The FPIR that may not be exceeded.", 0, 1
        ),
        "rank": Parameter(
            50,
            "rank",
            "How far down the list a mate may stand: in identification the threshold decides, so that this is long.",
            1,
            100_000,
        ),
    },
    sql=query("searches_1n", groups=", ".join(GROUPS)),
    finish=_at_rate,
)
_SELECTIVITY = Tabled(
    name="candidates.selectivity",
    title="Candidates that a search of somebody not in the gallery returns",
    definition=(
        "Selectivity: the mean number of candidates at or above the threshold, over searches whose mate is not in the gallery, those that return nobody "
        "among them. It is the number of wrong candidates that somebody has to look at. Unless a threshold is stated, it is that with which each list was made."
    ),
    unit="candidates a search",
    kind="quantity",
    needs=("search", "in_gallery", "score"),
    sentence="A search of somebody who is not in the gallery returns {figure} candidates on average.",
    rule="a candidate counts at or above the stated threshold; where none is stated, if the list holds it",
    source=_NIST,
    parameters={"threshold": THRESHOLD},
    caveats=(
        "A list without a threshold holds as many candidates as it was made to hold: unless one is stated, the number is then that length.",
    ),
    sql=query("returned_1n", groups=", ".join(GROUPS), as_made=f"{AS_MADE:.1f}"),
    finish=_selectivity,
)

MEASURES: tuple[Measure, ...] = (_AT_RATE, _SELECTIVITY)
"""The measures at a threshold, in the order of the report."""
