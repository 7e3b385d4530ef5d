"""What the log of requests shows of the process: who asked, on what basis, who reviewed, what was issued."""

from __future__ import annotations

from typing import Any

from answerable.engine.dialect import literal
from answerable.programmes.faces.records import REQUEST
from answerable.programmes.faces.sql import query
from answerable.programmes.measure import Measure, Parameter, Query, Share

__all__ = ["MEASURES"]

_VIEW = "base_requests"
_BY = ("agency", "month")
_STATUTES = (
    "The fields that Maryland Code, Criminal Procedure 2-502 to 2-510, Revised Code of Washington 43.386 and the FBI's rules for its "
    "photo service ask a request to show."
)
_ANSWERS = "An answer that is neither a clear yes nor a clear no is not counted on either side."
_WRITTEN = "A log shows what was written down; what was not written down may have been done all the same."
_NOT_DENIED = "coalesce(NOT is_denied, TRUE)"


def _completeness() -> Query:
    """Make the share of fields that requests state, by field."""
    fields = [field for field in REQUEST.fields if field.name != REQUEST.time]
    counted = ",\n    ".join(
        f"count(*) FILTER (WHERE {field.name}_state = 'present') AS {field.name}_n, "
        f"count(*) FILTER (WHERE {field.name}_state NOT IN ('not exported', 'withheld')) AS {field.name}_d"
        for field in fields
    )
    cells = "\n  UNION ALL\n  ".join(
        f"SELECT {place} AS place, {literal(field.label)} AS field, {field.name}_n AS numerator, {field.name}_d AS denominator FROM counted"
        for place, field in enumerate(fields, start=1)
    )
    return Query(
        name="requests.completeness",
        title="Fields of the request log that are filled in",
        definition=(
            "Cells that hold a value, among the cells of every field that was exported and not withheld. The breakdown gives each field, and "
            "lists those that the export does not hold at all."
        ),
        unit="share of cells",
        needs=(),
        sentence="{counted} of the fields that were exported hold a value.",
        rule="a placeholder such as n/a counts as blank",
        source=_STATUTES,
        caveats=(
            "Not every field applies to every request: one that was denied has no reviewer.",
            "A field that was not exported is listed, and is in no denominator.",
        ),
        sql=f"""-- How many cells of each field hold a value, among those that were exported and not withheld.
WITH counted AS (
  SELECT {counted}
  FROM requests
),
cells AS (
  {cells}
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, sum(numerator) AS numerator, sum(denominator) AS denominator
  FROM cells
  UNION ALL
  SELECT place, CASE WHEN denominator > 0 THEN 'field' ELSE 'not exported' END, field, numerator,
    CASE WHEN denominator > 0 THEN denominator END
  FROM cells
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place""",
    )


def _share(name: str, title: str, **texts: Any) -> Share:  # noqa: ANN401 - whatever a Share is made of
    """Make one share of requests, by organisation and month."""
    settings: dict[str, Any] = {
        "unit": "share of requests",
        "rule": "",
        "source": _STATUTES,
        "caveats": (_WRITTEN,),
        "view": _VIEW,
        "by": _BY,
    }
    return Share(name=f"requests.{name}", title=title, **(settings | texts))


_TRAINED = _share(
    "trained_before",
    "Requests by somebody trained before asking",
    definition="Requests whose requester's training is dated on or before the request, among requests of an export that holds training dates.",
    needs=("trained_at",),
    sentence="{counted} are by somebody whose training is dated on or before the request.",
    rule="a training dated after the request, and none, is not before it",
    counts="trained_at IS NOT NULL AND trained_at <= requested_at",
    neutral="1",
)
_TRAINED_LATELY = _share(
    "trained_within",
    "Requests by somebody trained within {days} days",
    definition="Requests whose requester was last trained at most {days} × 24 hours before the request, among requests of an export that holds training dates.",
    needs=("trained_at",),
    sentence="{counted} are by somebody trained at most {days} × 24 hours before the request.",
    rule="at most {days} × 24 h from the training to the request, and not after it",
    parameters={"days": Parameter(365, "days", "How long a training counts.", 1, 36_500)},
    counts="trained_at IS NOT NULL AND trained_at <= requested_at AND seconds_between(trained_at, requested_at) <= {days} * 86400",
    neutral="1",
)
_APPROVED = _share(
    "approved_by_another",
    "Requests that somebody else approved",
    definition="Requests that name a supervisor who is not the requester, among requests of an export that holds both.",
    needs=("supervisor", "requester"),
    sentence="{counted} name a supervisor who is not the requester.",
    counts="supervisor IS NOT NULL AND requester IS NOT NULL AND supervisor <> requester",
    neutral="1",
)
_BASIS = _share(
    "offence_stated",
    "Requests that state an offence or a legal basis",
    definition="Requests that state an offence or a legal basis, among requests of an export that holds either.",
    needs=("offense|legal_basis",),
    sentence="{counted} state an offence or a legal basis.",
    counts="offense_state = 'present' OR legal_basis_state = 'present'",
    known=(
        "offense_state = 'present' OR legal_basis_state = 'present' OR (offense_state <> 'withheld' AND legal_basis_state <> 'withheld')"
    ),
    neutral="1",
)
_CASE = _share(
    "case_stated",
    "Requests that state a case number",
    definition="Requests that state a case number, among requests whose case number was exported and not withheld.",
    needs=("case_number",),
    sentence="{counted} state a case number.",
    counts="case_number IS NOT NULL",
    neutral="1",
)
_EDITED = _share(
    "edited",
    "Requests whose picture was edited",
    definition="Requests whose picture is said to have been edited before the search, among requests that say whether it was.",
    needs=("probe_edited",),
    sentence="Of the requests that say whether the picture was edited, {figure} say that it was.",
    caveats=(_ANSWERS,),
    counts="is_edited",
    among="is_edited IS NOT NULL",
)
_TWO = _share(
    "two_reviewers",
    "Searches that two people reviewed",
    definition="Requests that name two different reviewers, among requests that were not denied and returned candidates.",
    needs=("reviewer_1", "reviewer_2"),
    sentence="Of the requests that returned candidates, {figure} name two different reviewers.",
    rule="not denied, and not said to have returned no candidate",
    counts="reviewer_1 IS NOT NULL AND reviewer_2 IS NOT NULL AND reviewer_1 <> reviewer_2",
    among=f"{_NOT_DENIED} AND coalesce(candidates > 0, TRUE)",
    neutral="1",
)
_OWN = _share(
    "reviewed_by_requester",
    "Searches that the requester reviewed",
    definition="Requests whose first reviewer is the requester, among requests that name both.",
    needs=("reviewer_1", "requester"),
    sentence="Of the requests that name requester and reviewer, {figure} name the same person as both.",
    counts="reviewer_1 = requester",
    among="reviewer_1 IS NOT NULL AND requester IS NOT NULL",
    caveats=(
        "A pseudonym is of a name as it is written: a person who is written in two ways is two.",
        _WRITTEN,
    ),
    neutral="0",
)
_BEYOND = _share(
    "candidates_beyond",
    "Searches that returned more than {most} candidates",
    definition="Requests that returned more than {most} candidates, among requests that say how many were returned.",
    needs=("candidates",),
    sentence="Of the requests that say how many candidates were returned, {figure} returned more than {most}.",
    rule="more than {most} candidates; exactly {most} is within",
    source="The FBI's Next Generation Identification Interstate Photo System returns 2 to 50 candidates, 20 unless asked otherwise.",
    parameters={"most": Parameter(50, "candidates", "The longest list that is within.", 1, 1e6)},
    counts="candidates > {most}",
    among="candidates IS NOT NULL",
    neutral="0",
)
_REVIEWED = Query(
    name="requests.candidates_reviewed",
    title="Candidates that a person looked at",
    definition="Candidates that are said to have been reviewed, among the candidates returned, over requests that state both.",
    unit="share of candidates",
    needs=("candidates", "reviewed"),
    sentence="Of the candidates returned by requests that state both numbers, {figure} were reviewed.",
    rule="a request that states more reviewed than returned is left out, and counted",
    source="FBI practice: all candidates are compared.",
    neutral="1",
    caveats=(_WRITTEN,),
    sql=query("candidates_reviewed"),
)
_LEAD = _share(
    "leads",
    "Requests from which a lead was issued",
    definition="Requests from which a lead was issued, among requests that say whether one was.",
    needs=("lead",),
    sentence="Of the requests that say whether a lead was issued, {figure} say that one was.",
    caveats=(_ANSWERS,),
    counts="has_lead",
    among="has_lead IS NOT NULL",
    by=("agency", "month", "sex", "age_group", "region", "skin_tone"),
)
_CORROBORATED = _share(
    "corroborated",
    "Leads with independent corroboration",
    definition="Leads for which independent corroboration is recorded, among leads that say whether there was any.",
    needs=("lead", "corroborated"),
    unit="share of leads",
    sentence="Of the leads that say whether other evidence supported them, {figure} say that it did.",
    caveats=(_ANSWERS, _WRITTEN),
    counts="is_corroborated",
    among="has_lead AND is_corroborated IS NOT NULL",
    neutral="1",
)
_CORROBORATION_SAID = _share(
    "corroboration_recorded",
    "Leads that say whether they were corroborated",
    definition="Leads that say whether independent evidence supported them, among leads of an export that holds the field.",
    needs=("lead", "corroborated"),
    unit="share of leads",
    sentence="Of the leads, {figure} say whether other evidence supported them.",
    counts="is_corroborated IS NOT NULL",
    among="has_lead",
    neutral="1",
)
_SOLE = _share(
    "sole_basis",
    "Actions on a face search alone",
    definition="Requests whose search is recorded as the only basis of the action, among requests that say whether it was.",
    needs=("sole_basis",),
    sentence="Of the requests that say what the action rested on, {figure} say that it rested on the search alone.",
    caveats=(_ANSWERS, _WRITTEN),
    counts="is_sole",
    among="is_sole IS NOT NULL",
    neutral="0",
)
_DISCLOSED = _share(
    "disclosed",
    "Leads disclosed to the defence",
    definition="Leads whose search is recorded as disclosed, among leads that say whether it was.",
    needs=("lead", "disclosed"),
    unit="share of leads",
    sentence="Of the leads that say whether the search was disclosed, {figure} say that it was.",
    caveats=(_ANSWERS, "Disclosure is owed where a charge follows; the log does not show where one did."),
    counts="is_disclosed",
    among="has_lead AND is_disclosed IS NOT NULL",
)
_DENIED = _share(
    "denied",
    "Requests that were denied",
    definition="Requests that were denied, among requests that say whether they were.",
    needs=("denied",),
    sentence="Of the requests that say whether they were denied, {figure} were.",
    caveats=(_ANSWERS,),
    counts="is_denied",
    among="is_denied IS NOT NULL",
    by=("agency", "month", "sex", "age_group", "region", "skin_tone"),
)
_DENIAL = _share(
    "denials_explained",
    "Denials that state a reason",
    definition="Denied requests that state a reason for the denial, among denied requests.",
    needs=("denied", "denial_reason"),
    unit="share of denials",
    sentence="Of the requests that were denied, {figure} state a reason.",
    counts="denial_reason_state = 'present'",
    among="is_denied",
    neutral="1",
)

MEASURES: tuple[Measure, ...] = (
    _completeness(),
    _BASIS,
    _CASE,
    _TRAINED,
    _TRAINED_LATELY,
    _APPROVED,
    _EDITED,
    _BEYOND,
    _REVIEWED,
    _TWO,
    _OWN,
    _LEAD,
    _CORROBORATION_SAID,
    _CORROBORATED,
    _SOLE,
    _DISCLOSED,
    _DENIED,
    _DENIAL,
)
"""The measures of the process, in the order of the report."""
