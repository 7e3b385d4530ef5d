"""What a lead from a search is worth, by a model made of the observed rates."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from answerable import wording
from answerable.biometrics import Leads, leads
from answerable.estimate import Part
from answerable.programmes.faces.operating import missed
from answerable.programmes.faces.records import GROUPS
from answerable.programmes.faces.searches import left_out, none, of_systems, searches, share, unjudged
from answerable.programmes.faces.sql import query
from answerable.programmes.measure import Columns, Computation, Measure, Parameter, Refusal, Tabled

__all__ = ["MEASURES", "PREVALENCES"]

_Parameters = Mapping[str, float]
PREVALENCES = (0.001, 0.002, 0.005, *(hundredth / 100 for hundredth in range(1, 100)), 0.995, 0.998, 0.999)
"""The shares of searches of people in the gallery for which the model is given."""


def _lead(columns: Columns, parameters: _Parameters, seed: int) -> Computation | Refusal:
    del seed
    others, mates = searches(columns, mated=False), searches(columns, mated=True)
    if not len(others):
        return none(columns, mated=False)
    if not len(mates):
        return none(columns, mated=True)
    if refusal := of_systems(others, mates):
        return refusal
    false = share("FPIR", others.candidates > 0, others.cluster)
    gone = missed(mates, 1)
    lost = share("FNIR, rank 1", gone, mates.cluster)
    instead = (
        share(
            "missed mated searches that return somebody else", mates.candidates[gone] > 0, mates.cluster[gone]
        )
        if gone.any()
        else None
    )
    volume = parameters["searches"]

    def model(prevalence: ArrayLike) -> Leads:
        # Where no mate was missed there is no share to state, and none that counts: it is multiplied by an FNIR of 0.
        return leads(
            volume, prevalence, false.value or 0.0, lost.value or 0.0, instead.value if instead else None
        )

    if not (others.candidates.any() or mates.candidates.any()):
        return Refusal(reason="No search returned anybody.", ask_for="Ask for searches at a lower threshold.")
    at = model(parameters["prevalence"])
    if not at.wrong + at.right:
        return Refusal(
            reason="At the stated share of searches of people in the gallery no lead is to be expected.",
            ask_for="State a share between 0 and 1, or ask for searches at a lower threshold.",
        )
    chance = model(np.array(PREVALENCES)).chance_wrong
    return Computation(
        value=float(at.chance_wrong.value),
        numerator=None,
        denominator=None,
        method="a model: it has no sampling interval; the rates that it is made of have theirs",
        breakdowns={
            "chance that a lead is wrong, by prevalence": tuple(
                Part(f"{share:g}", float(value), None, None)
                for share, value in zip(PREVALENCES, chance.value.tolist(), strict=True)
            ),
            f"of {volume:,.0f} searches": (
                Part("expected wrong leads", float(at.wrong), None, None),
                Part("expected right leads", float(at.right), None, None),
            ),
            "rates that it is made of": (false, lost, *((instead,) if instead else ())),
        },
        caveats=(*at.assumptions, *_observed(instead), *unjudged(mates), *left_out(columns)),
    )


def _observed(instead: Part | None) -> tuple[str, ...]:
    """Say which probability is stated of a mated search that misses its mate."""
    if instead is None:
        return ()
    return (
        "The stated probability is what the lists show: of the mated searches whose mate is not their first candidate, "
        f"{wording.share(instead.numerator or 0, instead.denominator or 0)} return somebody else.",
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
        "the breakdown gives it for many shares."
    ),
    unit="probability",
    sentence="If {prevalence} of the searches are of people who are in the gallery, a lead is wrong with a chance of {value}, by a model.",
    source="Bayes's rule on FPIR, FNIR and the share of missed mated searches that return somebody else.",
    parameters={
        "prevalence": Parameter(
            0.5, "share of searches", "The share of searches whose person is in the gallery.", 0, 1
        ),
        "searches": Parameter(1_000, "searches", "The volume for which leads are counted.", 1, 1e9),
    },
    caveats=("It is said of leads as the lists give them, before anybody reviewed them.",),
)
MEASURES: tuple[Measure, ...] = (_WRONG,)
"""The measure of what a lead is worth."""
