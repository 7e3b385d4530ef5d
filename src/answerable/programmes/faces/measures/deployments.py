"""Live deployments: false alerts for each face seen and for each alert, and whether the published figures add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from answerable import wording
from answerable.estimate import Part
from answerable.intervals import CLOPPER_PEARSON, clopper_pearson
from answerable.programmes.faces.levels import Change, change_of_level
from answerable.programmes.faces.sql import query
from answerable.programmes.measure import Computation, Computed, Measure, Parameter, Query, Refusal, Share

__all__ = ["MEASURES", "finish_by_level", "finish_rate"]

_Parts = Mapping[str, tuple[Part, ...]]
_Parameters = Mapping[str, float]
_PRACTICE = "What agencies publish of live deployments; both denominators are in use, and differ by a factor of thousands."
_ESTIMATED = "How many faces were seen is an estimate of the agency's; how it was made is not in the records."
_CLAIMED = "Whether an alert was false is what the agency says: a person who was let go is not asked."
_CHANCE = f"{CLOPPER_PEARSON}; it takes each as independent of the others"


def _rate(parts: Sequence[Part]) -> Part:
    over, under = (
        int(sum(getattr(part, side) or 0 for part in parts)) for side in ("numerator", "denominator")
    )
    return Part("all", over / under, over, under, clopper_pearson(over, under))


def finish_rate(headline: Part | None, parts: _Parts, parameters: _Parameters) -> Computation | Refusal:
    """Give a share with its exact interval, in all and by deployment.

    Args:
        headline: The counts in all.
        parts: ``deployment``: those of each.
        parameters: None.
    """
    del parameters
    if headline is None or not headline.denominator:
        return Refusal(
            reason="No deployment has anything to count among.",
            ask_for="Ask for the figures of each deployment.",
        )
    whole = _rate([headline])
    return Computation(
        value=whole.value or 0.0,
        numerator=whole.numerator,
        denominator=whole.denominator,
        interval=whole.interval,
        method=_CHANCE,
        breakdowns=_with_intervals(parts),
    )


def _with_intervals(parts: _Parts) -> dict[str, tuple[Part, ...]]:
    def one(part: Part) -> Part:
        return replace(_rate([part]), label=part.label) if part.denominator else part

    return {name: tuple(map(one, each)) for name, each in parts.items()}


def finish_by_level(headline: Part | None, parts: _Parts, parameters: _Parameters) -> Computation | Refusal:
    """Give false alerts for each face seen, over the deployments since the last clear change in the number of faces seen.

    Args:
        headline: The counts in all.
        parts: ``deployment``: those of each, in the order of their dates.
        parameters: ``pooled``, 1 to pool across a change; ``unlikely``, the p up to which a change is taken as one.
    """
    each = [part for part in parts.get("deployment", ()) if part.denominator]
    if headline is None or not each:
        return Refusal(
            reason="No deployment states both false alerts and faces seen.",
            ask_for="Ask for the number of faces seen at each deployment, and how it was estimated.",
        )
    change = change_of_level([part.denominator or 0 for part in each])
    broken = change is not None and change.p <= parameters["unlikely"]
    apart = [each[: change.at], each[change.at :]] if change and broken else [each]
    counted = each if parameters["pooled"] else apart[-1]
    whole = _rate(counted)
    levels = tuple(replace(_rate(group), label=f"{group[0].label} to {group[-1].label}") for group in apart)
    return Computation(
        value=whole.value or 0.0,
        numerator=whole.numerator,
        denominator=whole.denominator,
        interval=whole.interval,
        method=_CHANCE,
        breakdowns=({"level of faces seen": levels} if len(apart) > 1 else {}) | _with_intervals(parts),
        caveats=(_said(apart, change, pooled=bool(parameters["pooled"])),) if change and broken else (),
    )


def _said(apart: Sequence[Sequence[Part]], change: Change, *, pooled: bool) -> str:
    before, after = (_median([part.denominator or 0 for part in group]) for group in apart)
    how = "every order tried" if change.exact else "orders drawn at random"
    done = (
        "They were pooled all the same, as was asked."
        if pooled
        else "They are not pooled: the number is of the deployments after the change. Set pooled to 1 in a policy to pool them."
    )
    return (
        f"The number of faces seen changes its level between {apart[0][-1].label} and {apart[1][0].label}: half of the deployments "
        f"had at most {wording.quantity(before)} before and {wording.quantity(after)} after (Pettitt's test, p = {change.p:.3f}, {how}). "
        f"It may have been counted in another way. {done}"
    )


def _median(numbers: Sequence[float]) -> float:
    """Give the smallest number that at least half of the numbers do not exceed."""
    return sorted(numbers)[(len(numbers) - 1) // 2]


_PER_FACE = Computed(
    name="deployments.false_per_face",
    title="False alerts for each face seen",
    definition=(
        "False alerts among faces seen, over deployments that state both. Where the number of faces seen changes its level from some "
        "deployment on, the number is of those after the last such change, and the breakdown gives both sides."
    ),
    unit="share of faces seen",
    needs=("false_alerts", "faces_seen"),
    sentence="{counted} gave a false alert.",
    rule="a change of level is taken as one where Pettitt's test gives p of at most {unlikely}",
    source=f"{_PRACTICE} A. N. Pettitt, Applied Statistics 28 (1979).",
    parameters={
        "pooled": Parameter(0, "(0 or 1)", "1 pools deployments across a change of level.", 0, 1),
        "unlikely": Parameter(0.05, "probability", "Up to which p a change of level is taken as one.", 0, 1),
    },
    caveats=(
        _ESTIMATED,
        _CLAIMED,
        "Most faces seen are of people who are on no list: a share of them is small whatever the system does.",
    ),
    sql=query("deployments", over="false_alerts", under="faces_seen", where="TRUE"),
    finish=finish_by_level,
)
_PER_ALERT = Computed(
    name="deployments.false_per_alert",
    title="Alerts that were false",
    definition="False alerts among alerts, over deployments that state both.",
    unit="share of alerts",
    needs=("false_alerts", "alerts|true_alerts"),
    sentence="{counted} were false.",
    source=_PRACTICE,
    neutral="0",
    caveats=(_CLAIMED,),
    sql=query(
        "deployments", over="false_alerts", under="coalesce(alerts, false_alerts + true_alerts)", where="TRUE"
    ),
    finish=finish_rate,
)
_ENGAGED = Computed(
    name="deployments.engaged_after_false",
    title="False alerts after which somebody was stopped",
    definition="Engagements after a false alert, among false alerts, over deployments that state both.",
    unit="share of false alerts",
    needs=("false_alert_engagements", "false_alerts"),
    sentence="{counted} led to somebody being spoken to.",
    source=_PRACTICE,
    neutral="0",
    caveats=(_CLAIMED,),
    sql=query(
        "deployments",
        over="false_alert_engagements",
        under="false_alerts",
        where="false_alert_engagements <= false_alerts",
    ),
    finish=finish_rate,
)
_ARREST = Computed(
    name="deployments.arrests_per_alert",
    title="Alerts that led to an arrest",
    definition="Arrests among alerts, over deployments that state both.",
    unit="share of alerts",
    needs=("arrests", "alerts|true_alerts"),
    sentence="{counted} led to an arrest.",
    source=_PRACTICE,
    caveats=("An arrest on the day may have come of something else than an alert.",),
    sql=query(
        "deployments",
        over="arrests",
        under="coalesce(alerts, false_alerts + true_alerts)",
        where="arrests <= coalesce(alerts, false_alerts + true_alerts)",
    ),
    finish=finish_rate,
)
_FIGURES = Share(
    name="deployments.without_figures",
    title="Deployments without figures",
    definition="Deployments that state no alerts of any kind, among all deployments.",
    unit="share of deployments",
    needs=(),
    sentence="{counted} state no alerts of any kind.",
    source=_PRACTICE,
    neutral="0",
    caveats=("A deployment at which the system failed has no figures; it was held all the same.",),
    view="base_deployments",
    counts="NOT has_figures",
    by=("agency", "location"),
)
_ARITHMETIC = Share(
    name="deployments.do_not_add_up",
    title="Deployments whose alerts do not add up",
    definition="Deployments whose false and true alerts do not make the total, among deployments that state all three.",
    unit="share of deployments",
    needs=("alerts", "false_alerts", "true_alerts"),
    sentence="Of the deployments that state all three, {figure} state false and true alerts that do not make the total.",
    rule="false + true = total",
    source="Arithmetic.",
    neutral="0",
    view="base_deployments",
    counts="false_alerts + true_alerts <> alerts",
    among="alerts IS NOT NULL AND false_alerts IS NOT NULL AND true_alerts IS NOT NULL",
    by=("agency", "location"),
)
_PUBLISHED = Query(
    name="deployments.published_rates",
    title="Published false-alert rates that the figures give",
    definition=(
        "Deployments whose published rate is what false alerts and faces seen, or alerts, give when rounded or cut to the digits "
        "published, among deployments whose published rate is a percentage and that state both. The breakdown says in which way, and "
        "counts the published rates that are no percentage."
    ),
    unit="share of deployments",
    needs=("published_rate", "false_alerts", "faces_seen"),
    sentence="Of the published rates that can be made again, {figure} are what the figures give.",
    rule="100 × false alerts ÷ faces seen (or ÷ alerts), to as many decimals as were published; a half is rounded up",
    source="Arithmetic.",
    neutral="1",
    caveats=("A rate of 0 per cent of few decimals is what any small number gives.",),
    sql=query("published_rates"),
)

MEASURES: tuple[Measure, ...] = (_PER_FACE, _PER_ALERT, _ENGAGED, _ARREST, _FIGURES, _ARITHMETIC, _PUBLISHED)
"""The measures of live deployments, in the order of the report."""
