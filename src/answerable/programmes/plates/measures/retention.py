"""How long reads are kept, and what keeping them for less would have cost."""

from __future__ import annotations

from answerable.programmes.measure import Measure, Parameter, Query
from answerable.programmes.plates.sql import query
from answerable.programmes.sql import query as shared

__all__ = ["MEASURES"]

_LIMITS = (
    "Retention limits in state law count days; whole calendar days are ours where only dates can be compared."
)
_HELD = "A read is held at a date unless its deletion is recorded on or before it."
_EXPORT = "An export may hold less than the system does: what it lacks may still be kept."
_DATE = (
    "The age is at the date of the audit. Where the reads were exported earlier, name that date with --as-of."
)

_OLDEST = Query(
    name="reads.oldest",
    title="Age of the oldest read",
    definition="Calendar days from the oldest read that was held at the date of the audit to that date, by source and organisation.",
    unit="days",
    kind="quantity",
    needs=("read_at",),
    dated=True,
    sentence="At the date of the audit the oldest read that the records hold was {value} days old.",
    rule="calendar days by the clock of the records",
    source=_LIMITS,
    caveats=(_HELD, _DATE, _EXPORT),
    sql=query("oldest"),
)

_OLDER = Query(
    name="reads.older_than",
    title="Reads kept for longer than {days} days",
    definition="Reads older than {days} calendar days at the date of the audit, among all reads that were held then.",
    unit="share of reads",
    needs=("read_at",),
    dated=True,
    sentence="Of the reads that were held at the date of the audit, {figure} were older than {days} days.",
    rule="more than {days} calendar days; exactly {days} days is within",
    source=_LIMITS,
    neutral="0 past the limit that applies",
    parameters={"days": Parameter(30, "days", "The age beyond which a read is counted.", 0, 36_500)},
    caveats=(
        _HELD,
        _DATE,
        _EXPORT,
        "Some laws let reads be kept for longer where there was a hit or a case; the log does not show which those are.",
    ),
    sql=query("older_than"),
)

_LATE = Query(
    name="reads.deleted_late",
    title="Reads deleted later than {days} days",
    definition="Reads deleted more than {days} × 24 hours after they were read, among reads whose deletion is recorded.",
    unit="share of reads",
    needs=("deleted_at", "read_at"),
    sentence="Of the reads whose deletion is recorded, {figure} were deleted more than {days} × 24 hours after they were read.",
    rule="more than {days} × 24 h from the read to its deletion; exactly {days} × 24 h is within",
    source=_LIMITS,
    neutral="0 past the limit that applies",
    parameters={"days": Parameter(30, "days", "The age beyond which a deletion is late.", 0, 36_500)},
    caveats=("A read whose deletion is dated before it was read is not counted on either side.",),
    sql=query("deleted_late"),
)

_AGE = Query(
    name="hits.age",
    title="Time from the read to the alert",
    definition="The median time from the read to the alert, in minutes, among hits that state both. The breakdown gives the quantiles.",
    unit="minutes",
    kind="quantity",
    needs=("read_at", "alerted_at"),
    sentence="Half of the {d} hits that state both times came {value} minutes after the read or sooner.",
    rule="A quantile is the smallest number that at least that share of hits does not exceed.",
    source="Answerable's own definition, from the two times of an alert.",
    caveats=("A hit whose alert is dated before its read is not counted.",),
    sql=shared(
        "minutes",
        what="The time from the read to the alert, over hits that state both",
        seconds="age",
        view="base_hits",
    ),
)


def _cost(
    name: str,
    title: str,
    *,
    things: str,
    definition: str,
    sentence: str,
    needs: tuple[str, ...],
    caveat: str,
    **parts: str,
) -> Query:
    """Make what keeping reads for d days would have cost, for d from 1 to 365."""
    return Query(
        name=name,
        title=title,
        definition=f"{definition} The breakdown gives every d from 1 to 365 days: what keeping reads for d days would have cost.",
        unit=f"share of {things}",
        needs=needs,
        sentence=sentence,
        rule="more than {days} × 24 h; exactly {days} × 24 h is within",
        source="Answerable's own definition: the share of uses that a retention of d days would have left without their data.",
        parameters={"days": Parameter(30, "days", "The retention that is tried.", 1, 365)},
        caveats=(
            caveat,
            "Data that was already deleted could not be used: at and beyond the retention in force, nothing is left to count.",
        ),
        sql=query("cost_of_retention", **parts),
    )


_HIT_COST = _cost(
    "hits.cost_of_retention",
    "Confirmed hits that used older reads",
    things="confirmed hits",
    definition="Confirmed hits whose alert came more than {days} × 24 hours after the read, among confirmed hits that state both times.",
    sentence="Of the confirmed hits that state both times, {figure} used a read older than {days} × 24 hours.",
    needs=("read_at", "alerted_at", "confirmed"),
    caveat="Most hits come in the seconds after a read; such a hit needs no stored read at all.",
    what="Confirmed hits",
    view="base_hits",
    age="age",
    which="is_confirmed",
)
_SEARCH_COST = _cost(
    "searches.cost_of_retention",
    "Look-backs that asked for older reads",
    things="searches",
    definition="Searches whose time frame began more than {days} × 24 hours before the search, among searches that record when their time frame began.",
    sentence="Of the searches that record when their time frame began, {figure} asked for reads older than {days} × 24 hours.",
    needs=("frame", "searched_at"),
    caveat="A time frame shows what a search asked for; it does not show that reads so old were there, or of use.",
    what="Look-backs",
    view="base_searches",
    age="seconds_between(frame_start, searched_at)",
    which="TRUE",
)

MEASURES: tuple[Measure, ...] = (_OLDEST, _OLDER, _LATE, _AGE, _HIT_COST, _SEARCH_COST)
"""The measures of retention, in the order of the report."""
