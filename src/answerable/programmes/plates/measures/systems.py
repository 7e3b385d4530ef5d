"""The logs of the system itself, and of the video hub that stands beside it."""

from __future__ import annotations

from answerable.programmes.measure import Measure, Query, Share
from answerable.programmes.plates.sql import query

__all__ = ["MEASURES"]

_PRACTICE = "Practice of audits of access logs."


def _events(
    name: str,
    title: str,
    *,
    definition: str,
    sentence: str,
    what: str,
    counts: str,
    caveats: tuple[str, ...] = (),
) -> Query:
    return Query(
        name=f"events.{name}",
        title=title,
        definition=definition,
        unit="share of system events",
        needs=("event_type", "entity_type"),
        sentence=sentence,
        rule="the words of the log, whatever their case",
        source="The event types and entity types as the vendor's log writes them.",
        caveats=caveats,
        sql=query("events_by_type", what=what, counts=counts),
    )


_DELETIONS = _events(
    "deletions",
    "System events that delete",
    definition="Events whose type is delete or remove, among events that state their type. The breakdown counts every type and entity.",
    sentence="{counted} deleted something.",
    what="deletions",
    counts="has_match(event_type, 'delete|remove')",
    caveats=("The log shows that something was deleted, not what stood in it.",),
)
_HOTLIST = _events(
    "hotlist_changes",
    "Changes to hotlist entries",
    definition="Events whose entity is a hotlist or one of its entries, among events that state their type.",
    sentence="{counted} changed a hotlist or an entry of one.",
    what="changes to hotlists",
    counts="has_match(entity_type, 'hot ?list')",
    caveats=("Whether an entry had a case behind it is not in this log.",),
)
_SHARING = _events(
    "sharing_changes",
    "Changes to sharing",
    definition="Events whose entity is a share or a network, among events that state their type.",
    sentence="{counted} changed with whom cameras are shared.",
    what="changes to sharing",
    counts="has_match(entity_type, 'shar|network')",
)
_ACCOUNTS = _events(
    "account_changes",
    "Changes to users and roles",
    definition="Events whose entity is a user, an account, a role or a permission, among events that state their type.",
    sentence="{counted} changed a user, a role or a permission.",
    what="changes to users and roles",
    counts="has_match(entity_type, 'user|account|role|permission')",
)
_USER = Share(
    name="events.user_stated",
    title="System events that name their user",
    definition="Events whose user cell holds a value, among events whose user was exported and not withheld.",
    unit="share of system events",
    needs=("user",),
    sentence="{counted} name the user who made the change.",
    rule="the cell holds a value; a blank or a placeholder is not a value",
    source=_PRACTICE,
    neutral="1",
    caveats=("Changes that the system makes by itself may carry no user.",),
    view="events",
    counts="user_state = 'present'",
    by=("month",),
)


def _videos(
    name: str,
    title: str,
    *,
    definition: str,
    sentence: str,
    needs: tuple[str, ...],
    counts: str,
    among: str,
    caveats: tuple[str, ...] = (),
    neutral: str = "",
) -> Share:
    return Share(
        name=f"videos.{name}",
        title=title,
        definition=definition,
        unit="share of uses",
        needs=needs,
        sentence=sentence,
        rule="a cell that holds a value; a blank or a placeholder is not a value",
        source=_PRACTICE,
        neutral=neutral,
        caveats=caveats,
        view="videos",
        counts=counts,
        among=among,
    )


_NO_PURPOSE = _videos(
    "no_purpose",
    "Uses of video with no stated purpose",
    definition="Uses with neither an incident number nor a note, among uses in which neither was withheld.",
    sentence="Of the uses of which it can be told, {figure} state neither an incident number nor a note.",
    needs=("incident", "notes"),
    counts="incident_state = 'blank' AND notes_state = 'blank'",
    among="incident_state NOT IN ('withheld', 'not exported') AND notes_state NOT IN ('withheld', 'not exported')",
    caveats=("Watching a live camera from a control room may need no incident.",),
    neutral="0",
)
_OUTSIDE = _videos(
    "other_organisations",
    "Uses of another organisation's cameras",
    definition="Uses by a user of another organisation than the one whose camera or recording it is, among uses that state both.",
    sentence="Of the uses that state both organisations, {figure} were of another organisation's cameras or recordings.",
    needs=("agency", "object_agency"),
    counts="lower(trim(agency)) <> lower(trim(object_agency))",
    among="agency IS NOT NULL AND object_agency IS NOT NULL",
    caveats=("Two spellings of one organisation count as two.",),
)
_EXPORTED = _videos(
    "exports",
    "Uses that took a recording out",
    definition="Uses whose operation is an export, a download or a share, among uses that state their operation.",
    sentence="Of the uses that state their operation, {figure} exported, downloaded or shared something.",
    needs=("operation",),
    counts="has_match(lower(operation), 'export|download|share')",
    among="operation IS NOT NULL",
    caveats=("What became of a recording outside the hub is not in its log.",),
)
_DURATION = Query(
    name="videos.duration",
    title="Length of a use of video",
    definition="The median length of a use in seconds, among uses that state one. The breakdown gives the quantiles.",
    unit="seconds",
    kind="quantity",
    needs=("duration",),
    sentence="Half of the {d} uses that state their length lasted {value} seconds or less.",
    rule="A quantile is the smallest number that at least that share of uses does not exceed.",
    source=_PRACTICE,
    sql=query("video_duration"),
)

MEASURES: tuple[Measure, ...] = (
    _DELETIONS, _HOTLIST, _SHARING, _ACCOUNTS, _USER, _NO_PURPOSE, _OUTSIDE, _EXPORTED, _DURATION,
)  # fmt: skip  # a table: what stands in one line belongs together
"""The measures of system events and of video, in the order of the report."""
