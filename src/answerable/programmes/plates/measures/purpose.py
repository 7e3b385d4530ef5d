"""Whether a search says why it was made: what is missing, and what says little."""

from __future__ import annotations

from answerable.programmes.measure import Measure, Share

__all__ = ["MEASURES"]

_VIEW = "marked_searches"
_PRACTICE = "Practice of audits of released search logs."
_TYPED = "What a user typed is not checked by anybody: a stated reason may be untrue, and a vague one true."
_FORM = "Where a form offers a list in place of typing, its answers are not comparable with typed ones."
_PURPOSES = ("reason", "case_number", "offense_type")
_ANY_SHOWN = " OR ".join(f"{name}_state = 'present'" for name in _PURPOSES)
_ALL_BLANK = " AND ".join(f"{name}_state = 'blank'" for name in _PURPOSES)

_NO_REASON = Share(
    name="searches.no_reason",
    title="Searches with no stated reason",
    definition=(
        "Searches whose reason is empty or a placeholder (none, n/a, -, x ...), among searches whose reason was exported "
        "and not withheld."
    ),
    unit="share of searches",
    needs=("reason",),
    sentence="The log shows no reason for {counted}.",
    rule="an empty cell or one of the placeholders; any other text is a reason",
    source=_PRACTICE,
    neutral="0",
    caveats=("A search without a reason may state a purpose in another field.",),
    view=_VIEW,
    counts="reason_state = 'blank'",
)

_NO_PURPOSE = Share(
    name="searches.no_purpose",
    title="Searches with no stated purpose of any kind",
    definition=(
        "Searches whose reason, case number and offence type are all empty or a placeholder, among searches of which "
        "that can be told. Where none of the three holds a value and one was withheld or not exported, it cannot."
    ),
    unit="share of searches",
    needs=("|".join(_PURPOSES),),
    sentence="The log shows no purpose of any kind for {counted}.",
    rule="none of a reason, a case number and an offence type holds a value",
    source="The purpose element of a record of access in Cal. Civ. Code 1798.90.52, read as widely as a log allows.",
    neutral="0",
    caveats=("A search type or a filter is not read as a purpose.",),
    view=_VIEW,
    counts=_ALL_BLANK,
    known=f"({_ANY_SHOWN} OR ({_ALL_BLANK}))",
)

_NO_CASE = Share(
    name="searches.no_case_number",
    title="Searches with no case number",
    definition=(
        "Searches whose case number is empty or a placeholder, among searches whose case number was exported and not "
        "withheld."
    ),
    unit="share of searches",
    needs=("case_number",),
    sentence="The log shows no case number for {counted}.",
    rule="an empty cell or one of the placeholders; any other text is a case number",
    source=_PRACTICE,
    neutral="0",
    caveats=(
        "A case number may stand in the reason instead; searches whose reason is a number are a measure of their own.",
    ),
    view=_VIEW,
    counts="case_number_state = 'blank'",
)


def _kind_of_reason(
    *, name: str, title: str, what: str, said: str, rule: str, flag: str, caveat: str
) -> Share:
    """Make the share of stated reasons that are of one uninformative kind."""
    return Share(
        name=f"searches.{name}",
        title=title,
        definition=f"Searches whose reason {what}, among searches that state a reason.",
        unit="share of searches",
        needs=("reason",),
        sentence=f"Of the searches that state a reason, {{figure}} {said}.",
        rule=rule,
        source=_PRACTICE,
        caveats=(caveat, _TYPED),
        view=_VIEW,
        counts=flag,
        among="reason_state = 'present'",
    )


_VAGUE = _kind_of_reason(
    name="vague_reason",
    title="Searches with a vague reason",
    what="is a phrase of the vague list and nothing else",
    said="give a phrase of the vague list and nothing else",
    rule="the whole reason, whatever its case, is one of the vague list (investigation, inv, intel, suspicious ...)",
    flag="is_vague",
    caveat=_FORM,
)
_NUMBER = _kind_of_reason(
    name="number_only_reason",
    title="Searches whose reason is a number alone",
    what="holds digits and separators alone",
    said="give a number alone",
    rule="at least one digit, and nothing but digits, spaces and . / # : , ( ) -",
    flag="is_number",
    caveat="Such a number is often a case number, which the log does not say.",
)
_MASH = _kind_of_reason(
    name="keyboard_mash",
    title="Searches whose reason is a run of keys",
    what="is a run of keys that is no word",
    said="give a run of keys that is no word",
    rule="the whole reason is a run of neighbouring or repeated keys of the list, or holds one of the letters a d e f g h j k l o s u w z six times in a row",
    flag="is_mash",
    caveat="An abbreviation that looks like a run of keys would be counted; the list leaves out those that are known.",
)

MEASURES: tuple[Measure, ...] = (_NO_REASON, _NO_PURPOSE, _VAGUE, _NUMBER, _MASH, _NO_CASE)
"""The measures of purpose, in the order of the report."""
