"""When searches were made: hours, weekdays, each account's own pattern, and days without any."""

from __future__ import annotations

from answerable.programmes.measure import Measure, Parameter, Query
from answerable.programmes.plates.sql import query

__all__ = ["MEASURES"]

_PRACTICE = "Practice of audits of access logs."
_SHIFTS = "Agencies work in shifts: a search at night is ordinary for a night shift, and the log does not show shifts."

_ZONE = "Where an export states no zone, its times were read in the zone that the audit was given."

_OFF_HOURS = Query(
    name="searches.off_hours",
    title="Searches in the night hours",
    definition=(
        "Searches made from {from_hour}:00 until before {to_hour}:00 local time, among searches with a local time. "
        "Where the first hour is the later one, the span runs past midnight. The breakdown counts every hour."
    ),
    unit="share of searches",
    needs=("searched_at",),
    sentence="{counted} were made from {from_hour}:00 until before {to_hour}:00 local time.",
    rule="local hour at or after {from_hour}:00 and before {to_hour}:00",
    source=_PRACTICE,
    parameters={
        "from_hour": Parameter(22, "o'clock", "The first hour that is counted.", 0, 23),
        "to_hour": Parameter(6, "o'clock", "The first hour that is no longer counted.", 0, 24),
    },
    caveats=(_SHIFTS, _ZONE),
    clock=True,
    sql=query("off_hours"),
)

_WEEKEND = Query(
    name="searches.weekend",
    title="Searches at the weekend",
    definition=(
        "Searches made on a Saturday or Sunday, local time, among searches with a local time. "
        "The breakdown counts every weekday."
    ),
    unit="share of searches",
    needs=("searched_at",),
    sentence="{counted} were made on a Saturday or Sunday, local time.",
    rule="from Saturday 00:00 until before Monday 00:00, local time",
    source=_PRACTICE + " Weekdays as in ISO 8601.",
    neutral="2 of 7 days, 28.6 %, if every day were alike",
    caveats=(_SHIFTS, _ZONE),
    clock=True,
    sql=query("weekend"),
)

_OUTSIDE = Query(
    name="searches.outside_own_pattern",
    title="Searches outside the account's own weekly pattern",
    definition=(
        "The week is cut into 28 blocks of six hours, local time. A search is outside its account's own pattern "
        "where the account made fewer than {percent} % of all its searches in that block of the week. "
        "Among searches by accounts with at least {least} searches, which is what a pattern takes."
    ),
    unit="share of searches",
    needs=("user_name|user_id", "searched_at"),
    sentence=(
        "Of the searches by accounts with at least {least} searches, {figure} fell in a six-hour block of the week in "
        "which the same account made fewer than {percent} % of its searches."
    ),
    rule="fewer than {percent} % of the account's searches in the block; accounts with at least {least} searches",
    source="Answerable's own definition: an account is compared with itself, never with another.",
    parameters={
        "percent": Parameter(
            1.0, "per cent", "Below what share of its account's searches a block is rare.", 0, 100
        ),
        "least": Parameter(50, "searches", "How many searches an account needs to have a pattern.", 1, 1e9),
    },
    caveats=(
        "Some searches of every account fall in rare blocks: compare over time, or between organisations, not with 0.",
        _ZONE,
        "A change of shift, a call-out or overtime also falls outside a pattern.",
        "Searches by accounts with fewer searches than the pattern takes are not counted on either side.",
    ),
    clock=True,
    sql=query("outside_own_pattern"),
)

_GAPS = Query(
    name="searches.gap_days",
    title="Days without any search",
    definition=(
        "Calendar days with no search at all, between the first day with a search and the last, by the clock of the "
        "records. The breakdown lists the ten longest runs of such days."
    ),
    unit="days",
    kind="count",
    needs=("searched_at",),
    sentence="{n} of the {d} days from the first search to the last hold no search.",
    rule="calendar days by the clock of the records, all sources together",
    source=_PRACTICE,
    caveats=(
        "A day without a search may be a quiet day, or one that was not exported: the log does not say which.",
    ),
    sql=query("gap_days"),
)

MEASURES: tuple[Measure, ...] = (_OFF_HOURS, _WEEKEND, _OUTSIDE, _GAPS)
"""The measures of rhythm, in the order of the report."""
