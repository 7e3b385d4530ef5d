"""What came of requests, how long their review took, and how far two reviewers agreed."""

from __future__ import annotations

from collections.abc import Mapping

from answerable import wording
from answerable.agreement import FEW, KAPPA, cohens_kappa
from answerable.estimate import Part
from answerable.intervals import CLOPPER_PEARSON, clopper_pearson
from answerable.programmes.faces.sql import query
from answerable.programmes.measure import Computation, Computed, Measure, Query, Refusal, Share
from answerable.programmes.sql import query as shared

__all__ = ["MEASURES", "finish_kappa", "finish_wrong"]

_Parts = Mapping[str, tuple[Part, ...]]
_Parameters = Mapping[str, float]
_PRACTICE = (
    "Practice of audits of face recognition; GAO-23-105607 and the statutes ask for what came of searches."
)
_WORDS = (
    "An outcome is told by its words; one that the lists of words do not know is counted on neither side."
)
_LATER = "What came to light after the log was written is not in it: a wrong person may not be known as one."
_RECORDED = "Sex, age group, region and skin tone are what the log records of the person searched for, which may be a guess from the picture."
_BY = ("sex", "age_group", "region", "skin_tone")


def finish_wrong(headline: Part | None, parts: _Parts, parameters: _Parameters) -> Computation | Refusal:
    """Put the share of wrong persons together, with exact binomial intervals.

    Args:
        headline: Outcomes that name a wrong person, among outcomes that name anybody.
        parts: The same by group.
        parameters: None.
    """
    del parameters
    if headline is None or not headline.denominator:
        return Refusal(
            reason="No outcome of these requests names an arrest, an identification or a wrong person.",
            ask_for="Ask for the outcome of each request, wrong persons among them.",
        )
    whole = _with_interval(headline)
    return Computation(
        value=whole.value or 0.0,
        numerator=whole.numerator,
        denominator=whole.denominator,
        interval=whole.interval,
        method=f"{CLOPPER_PEARSON}; it takes the known outcomes as drawn at random from all, which they are not where wrong persons come to light later",
        breakdowns={
            name: tuple(_with_interval(part) for part in each if part.denominator)
            for name, each in parts.items()
        },
    )


def _with_interval(part: Part) -> Part:
    over, under = int(part.numerator or 0), int(part.denominator or 0)
    return Part(part.label, part.value, over, under, clopper_pearson(over, under))


def finish_kappa(headline: Part | None, parts: _Parts, parameters: _Parameters) -> Computation | Refusal:
    """Give Cohen's kappa of two reviewers.

    Args:
        headline: None.
        parts: ``decisions``: how many requests both said yes to (``yes yes``), only the first (``yes no``), and so on.
        parameters: None.
    """
    del headline, parameters
    found = {part.label: int(part.numerator or 0) for part in parts.get("decisions", ())}
    table = [[found.get(f"{one} {other}", 0) for other in ("yes", "no")] for one in ("yes", "no")]
    total = sum(map(sum, table))
    if not total:
        return Refusal(
            reason="No request holds two decisions that say yes or no.",
            ask_for="Ask for the decision of each reviewer, made without sight of the other's.",
        )
    try:
        kappa, interval = cohens_kappa(table)
    except ValueError:
        return Refusal(
            reason=f"Both reviewers decided alike on all of {wording.plural(total, 'request')}, and always for the same side: chance alone would give that.",
            ask_for="Ask for the decisions on searches that gave nothing as well.",
        )
    return Computation(
        value=kappa,
        numerator=table[0][0] + table[1][1],
        denominator=total,
        interval=interval,
        method=KAPPA,
        breakdowns={"decisions": parts["decisions"]},
        caveats=(
            "Whether the second reviewer knew what the first had decided is not in the log; where they did, agreement says little.",
            *(("Of so few requests the interval is too narrow.",) if total < FEW else ()),
        ),
    )


_OUTCOMES = Query(
    name="requests.outcomes",
    title="Requests whose outcome is known",
    definition=(
        "Requests whose outcome names a wrong person, an arrest or charge, an identification or that nothing was found, among "
        "requests that were not denied, of an export that holds outcomes. The breakdowns give each class, in all and by what is recorded of the "
        "person searched for: of the requests of a group, how many ended so."
    ),
    unit="share of requests",
    needs=("outcome",),
    sentence="{counted} have an outcome that says what came of them.",
    source=_PRACTICE,
    caveats=(_WORDS, _LATER, _RECORDED),
    sql=query("request_outcomes"),
)
_WRONG = Computed(
    name="requests.wrong_person",
    title="Outcomes that name a wrong person",
    definition="Requests whose outcome names a wrong person, among requests whose outcome names a wrong person, an arrest or charge, or an identification.",
    unit="share of outcomes",
    needs=("outcome",),
    sentence="Of the outcomes that name anybody, {figure} name a wrong person.",
    source=_PRACTICE,
    neutral="0",
    caveats=(_WORDS, _LATER),
    sql=query("wrong_person"),
    finish=finish_wrong,
)
_TIME = Query(
    name="requests.review_time",
    title="Time from the request to the first decision",
    definition="The median time from a request to its first decision, in minutes, among requests that state both. The breakdown gives the quantiles.",
    unit="minutes",
    kind="quantity",
    needs=("decided_at_1",),
    sentence="Half of the {d} requests that state both times were first decided within {value} minutes.",
    rule="A quantile is the smallest number that at least that share of requests does not exceed.",
    source=_PRACTICE,
    caveats=("A decision that is dated before its request is not counted.",),
    sql=shared(
        "minutes",
        what="The time from a request to its first decision, over requests that state both",
        seconds="review_seconds",
        view="base_requests",
    ),
)
_SECOND_TIME = Query(
    name="requests.second_review_time",
    title="Time from the first decision to the second",
    definition="The median time from the first reviewer's decision to the second's, in minutes, among requests that state both. The breakdown gives the quantiles.",
    unit="minutes",
    kind="quantity",
    needs=("decided_at_1", "decided_at_2"),
    sentence="Half of the {d} requests that state both decisions' times were decided a second time within {value} minutes of the first.",
    rule="A quantile is the smallest number that at least that share of requests does not exceed.",
    source=_PRACTICE,
    caveats=(
        "A second decision that is dated before the first is not counted.",
        "A second decision within moments of the first may be no review of its own; how long a review takes is not in these records.",
    ),
    sql=shared(
        "minutes",
        what="The time from the first decision to the second, over requests that state both",
        seconds="second_seconds",
        view="base_requests",
    ),
)
_BACKWARDS = Share(
    name="requests.decided_backwards",
    title="Requests whose times run backwards",
    definition="Requests decided before they were made, or a second time before the first, among requests that state two of these times.",
    unit="share of requests",
    needs=("decided_at_1",),
    sentence="{counted} state times that run backwards.",
    source=_PRACTICE,
    neutral="0",
    caveats=("Clocks of two systems may differ: a few seconds backwards say little.",),
    view="base_requests",
    counts="coalesce(review_seconds < 0, FALSE) OR coalesce(second_seconds < 0, FALSE)",
    among="review_seconds IS NOT NULL OR second_seconds IS NOT NULL",
)
_AGREED = Share(
    name="requests.reviewers_agreed",
    title="Reviews on which both reviewers agreed",
    definition="Requests on which both reviewers decided alike, among requests on which both said yes or no.",
    unit="share of requests",
    needs=("decision_1", "decision_2"),
    sentence="Of the requests on which both reviewers decided, {figure} were decided alike.",
    source=_PRACTICE,
    caveats=("Two reviewers who always say yes agree always: see kappa.",),
    view="base_requests",
    counts="first_says = second_says",
    among="first_says IS NOT NULL AND second_says IS NOT NULL",
)
_KAPPA = Computed(
    name="requests.reviewers_kappa",
    title="Agreement of reviewers beyond chance",
    definition=(
        "Cohen's kappa: (agreed - agreed by chance) ÷ (1 - agreed by chance), where chance is what both reviewers' own shares of "
        "decisions would give. 1 is full agreement, 0 is what chance gives. Over requests on which both said yes or no."
    ),
    unit="kappa",
    kind="quantity",
    needs=("decision_1", "decision_2"),
    sentence="Over {d} requests on which both reviewers decided, kappa is {value}.",
    source=KAPPA,
    neutral="1",
    sql=query("reviewers_kappa"),
    finish=finish_kappa,
)

MEASURES: tuple[Measure, ...] = (_TIME, _SECOND_TIME, _BACKWARDS, _AGREED, _KAPPA, _OUTCOMES, _WRONG)
"""The measures of review and outcome, in the order of the report."""
