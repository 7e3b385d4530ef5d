"""What a lead from a search is worth, by a model made of the two observed rates."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from answerable.biometrics import Leads, leads
from answerable.estimate import Part
from answerable.programmes.faces.operating import missed
from answerable.programmes.faces.records import GROUPS
from answerable.programmes.faces.searches import left_out, none, of_systems, searches, share
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
    lost = share("FNIR, rank 1", missed(mates, 1), mates.cluster)
    volume = parameters["searches"]

    def model(prevalence: ArrayLike) -> Leads:
        return leads(volume, prevalence, false.value or 0.0, lost.value or 0.0)

    if not false.numerator and not (lost.value or 0.0) < 1:
        return Refusal(reason="No search returned anybody.", ask_for="Ask for searches at a lower threshold.")
    curve = model(np.array(PREVALENCES))
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
                for share, value in zip(PREVALENCES, chance.value.tolist(), strict=True)
            ),
            f"of {volume:,.0f} searches": (
                Part("expected wrong leads", float(at.wrong), None, None),
                Part("expected right leads", float(at.right), None, None),
            ),
            "rates that it is made of": (false, lost),
        },
        caveats=(*at.assumptions, *left_out(columns)),
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
MEASURES: tuple[Measure, ...] = (_WRONG,)
"""The measure of what a lead is worth."""
