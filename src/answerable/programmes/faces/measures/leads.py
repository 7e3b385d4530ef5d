"""What a lead from a search is worth, by a model made of the observed rates."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from answerable import wording
from answerable.biometrics import Leads, leads, wrong_candidates
from answerable.biometrics.wrong_leads import LINEAR, SAME_RATES
from answerable.estimate import Part
from answerable.programmes.faces.leading import INSTEAD, Made, Rates, made_in, of_gallery, wrong_of_each
from answerable.programmes.faces.records import GROUPS
from answerable.programmes.faces.searches import left_out, none, of_systems, searches, unjudged
from answerable.programmes.faces.sql import query
from answerable.programmes.measure import Columns, Computation, Measure, Parameter, Refusal, Tabled

__all__ = ["MEASURES", "PREVALENCES"]

_Parameters = Mapping[str, float]
PREVALENCES = (0.001, 0.002, 0.005, *(hundredth / 100 for hundredth in range(1, 100)), 0.995, 0.998, 0.999)
"""The shares of searches of people in the gallery for which the model is given."""


def _made_of(columns: Columns, gallery: float) -> Made | Refusal:
    """Give the searches that the model is made of, or why there are none."""
    others, mates = searches(columns, mated=False), searches(columns, mated=True)
    if not len(others):
        return none(columns, mated=False)
    if not len(mates):
        return none(columns, mated=True)
    if refusal := of_systems(others, mates):
        return refusal
    made = of_gallery(others, mates, gallery)
    if isinstance(made, Made) and not (made.others.candidates.any() or made.mates.candidates.any()):
        return Refusal(reason="No search returned anybody.", ask_for="Ask for searches at a lower threshold.")
    return made


def _lead(columns: Columns, parameters: _Parameters, seed: int) -> Computation | Refusal:
    del seed
    made = _made_of(columns, parameters["gallery"])
    if isinstance(made, Refusal):
        return made
    found = made_in(made)
    if isinstance(found, Refusal):
        return found
    rates, observed = found
    volume, prevalence = parameters["searches"], parameters["prevalence"]

    def model(share: ArrayLike) -> Leads:
        # Where no mate was missed there is no share to state, and none that counts: it is multiplied by an FNIR of 0.
        return leads(volume, share, rates.fpir, rates.fnir, rates.instead)

    at = model(prevalence)
    if not at.wrong + at.right:
        return Refusal(
            reason="At the stated share of searches of people in the gallery no lead is to be expected.",
            ask_for="State a share between 0 and 1, or ask for searches at a lower threshold.",
        )
    chance = model(np.array(PREVALENCES)).chance_wrong
    value = float(at.chance_wrong.value)
    candidates, of_each, said = _wrong_candidates(made, volume, prevalence)
    breakdowns = {
        "chance that a lead is wrong, by prevalence": tuple(
            Part(f"{share:g}", float(value), None, None)
            for share, value in zip(PREVALENCES, chance.value.tolist(), strict=True)
        ),
        f"of {volume:,.0f} searches": (
            Part("expected wrong leads", float(at.wrong), None, None),
            Part("expected right leads", float(at.right), None, None),
            *candidates,
        ),
        "rates that it is made of": observed,
        "the same rates in the larger gallery, by the model of independence": rates.parts
        if rates.assumptions
        else (),
        "wrong candidates of a search": of_each,
    }
    return Computation(
        value=value,
        numerator=None,
        denominator=None,
        method="a model: it has no sampling interval; the rates that it is made of have theirs",
        breakdowns={name: parts for name, parts in breakdowns.items() if parts},
        caveats=(
            *made.said,
            *(each for each in at.assumptions if each != SAME_RATES or not rates.assumptions),
            *rates.assumptions,
            *_stated(rates, observed),
            *said,
            *unjudged(made.mates),
            *left_out(columns),
        ),
        sentence=_sentence(prevalence, made.gallery, value),
    )


def _sentence(prevalence: float, gallery: float | None, value: float) -> str:
    """Say the chance, of which gallery it is; empty where no size is recorded."""
    if gallery is None:
        return ""
    return (
        f"If {wording.quantity(prevalence)} of the searches of a gallery of {gallery:,.0f} are of people who are in it, a lead is wrong with a chance of "
        f"{wording.quantity(value)}, by a model."
    )


def _stated(rates: Rates, observed: tuple[Part, ...]) -> tuple[str, ...]:
    """Say which probability is stated of a mated search that misses its mate."""
    instead = next((part for part in observed if part.label == INSTEAD), None)
    if rates.instead is None:
        return ()
    seen = (
        "In the lists no mated search misses its mate."
        if instead is None
        else "In the lists, of the mated searches whose mate is not their first candidate, "
        f"{wording.share(instead.numerator or 0, instead.denominator or 0)} return somebody else."
    )
    if rates.assumptions:
        return (f"The stated probability is by the model, {wording.quantity(rates.instead)}. {seen}",)
    return (f"The stated probability is what the lists show. {seen}",)


def _wrong_candidates(
    made: Made, volume: float, prevalence: float
) -> tuple[tuple[Part, ...], tuple[Part, ...], tuple[str, ...]]:
    """Give the expected number of wrong candidates, what a search of each kind returned of them, and what has to be said."""
    if made.size is None or made.gallery is None:
        return (), (), ()
    of_each = wrong_of_each(made)
    if of_each is None:
        return (
            (),
            (),
            (
                "Lists are as long as lists get, and may be cut: how many wrong candidates are to be expected does not follow from them.",
            ),
        )
    without, of_mate = (part.value or 0.0 for part in of_each)
    # The mate is one of the gallery, so that a search of somebody in it meets one person fewer who is not the one searched for.
    fewer = max(made.size - 1, 1)
    modelled = [
        wrong_candidates(volume * (1 - prevalence), 0, min(without / made.size, 1), made.gallery),
        wrong_candidates(volume * prevalence, 1, min(of_mate / fewer, 1), made.gallery),
    ]
    return (
        (Part("expected wrong candidates", float(sum(each.value for each in modelled)), None, None),),
        of_each,
        (
            "Expected wrong candidates: every candidate at or above the lists' threshold counts, several of one search too; in a search of somebody in the "
            "gallery all but the best mate, other pictures of that person among them.",
            LINEAR,
        ),
    )


_WRONG = Tabled(
    name="candidates.wrong_lead",
    title="Chance that a lead is wrong, by a model",
    needs=("search", "in_gallery"),
    sql=query("searches_1n", groups=", ".join(GROUPS)),
    finish=_lead,
    kind="quantity",
    definition=(
        "Of the leads that searches like these give, one a search at most, the share that is wrong, if {prevalence} of the searches are of people who "
        "are in the gallery. It is a model made of the observed rates; how many searches are of people in the gallery is seldom known, so "
        "the breakdown gives it for many shares. The rates are those of searches of a gallery of the stated size, or go on from the nearest smaller one by "
        "the model of independence; unless a size is stated, they are those of the largest gallery searched."
    ),
    unit="probability",
    sentence="If {prevalence} of the searches are of people who are in the gallery, a lead is wrong with a chance of {value}, by a model.",
    source=(
        "Bayes's rule on FPIR, FNIR and the share of missed mated searches that return somebody else; from one size of gallery to another, P. Grother & P. J. "
        "Phillips, Models of large population recognition performance, Proc. IEEE CVPR 2 (2004) 68-75."
    ),
    parameters={
        "prevalence": Parameter(
            0.5, "share of searches", "The share of searches whose person is in the gallery.", 0, 1
        ),
        "searches": Parameter(1_000, "searches", "The volume for which leads are counted.", 1, 1e9),
        "gallery": Parameter(
            0,
            "people or pictures",
            "The size of the gallery that is searched. At 0, the default, it is the largest of which the lists hold searches of both kinds.",
            0,
            1e9,
        ),
    },
    caveats=("It is said of leads as the lists give them, before anybody reviewed them.",),
)
MEASURES: tuple[Measure, ...] = (_WRONG,)
"""The measure of what a lead is worth."""
