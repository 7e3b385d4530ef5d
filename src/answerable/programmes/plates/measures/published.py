"""What programmes publish of themselves: portals' figures and hotlists' figures, and how they compare with the logs."""

from __future__ import annotations

from answerable.programmes.measure import Measure, Parameter, Query, Share
from answerable.programmes.plates.sql import query

__all__ = ["MEASURES"]

_PRACTICE = "Practice of collecting what agencies' transparency portals state."
_STATED = "A portal states what its agency, or the system, chose to show; nothing here checks it but the logs of the case."

_PER_READ = Query(
    name="portals.hits_per_read",
    title="Hits per 1,000 reads, as portals state them",
    definition=(
        "The median over portals of hits for each 1,000 reads of the last 30 days, among portals that state both and more than 0 reads. "
        "The breakdown gives the quantiles, the ratio of all together, and every portal that is left out with the reason."
    ),
    unit="hits per 1,000 reads",
    kind="quantity",
    needs=("reads", "hits"),
    sentence="Half of the {d} portals that state both reads and hits have {value} hits per 1,000 reads or fewer.",
    rule="A quantile is the smallest number that at least that share of portals does not exceed.",
    source=_PRACTICE,
    caveats=(_STATED, "A read that matches several hotlists may be counted as several hits."),
    sql=query("portal_hits_per_read"),
)

_RETENTION = Query(
    name="portals.retention",
    title="Retention, as portals state it",
    definition="The median over portals of the days for which reads are said to be kept, among portals that state a number of days.",
    unit="days",
    kind="quantity",
    needs=("retention",),
    sentence="Half of the {d} portals that state a retention state {value} days or fewer.",
    rule="A quantile is the smallest number that at least that share of portals does not exceed.",
    source=_PRACTICE,
    caveats=(_STATED, "What is stated is a setting, or a policy; what is kept is another measure."),
    sql=query("portal_retention"),
)

_BEYOND = Share(
    name="portals.retention_beyond",
    title="Portals that state a retention beyond {days} days",
    definition="Portals that state a retention of more than {days} days, among portals that state a number of days.",
    unit="share of portals",
    needs=("retention",),
    sentence="Of the portals that state a retention, {figure} state more than {days} days.",
    rule="more than {days} days; exactly {days} is within",
    source=_PRACTICE,
    parameters={"days": Parameter(30, "days", "The retention beyond which a portal is counted.", 0, 36_500)},
    caveats=(_STATED,),
    view="portals",
    counts="retention > {days}",
    among="retention IS NOT NULL",
    by=(),
)

_PUBLIC = Share(
    name="portals.public_audit",
    title="Portals that publish their searches",
    definition="Portals that let their searches be downloaded, among portals of which that is recorded.",
    unit="share of portals",
    needs=("public_audit",),
    sentence="Of the portals of which it is recorded, {figure} publish their searches.",
    rule="the mark is not 0",
    source=_PRACTICE,
    caveats=("What is published may lack users, plates or reasons.",),
    view="portals",
    counts="public_audit > 0",
    among="public_audit IS NOT NULL",
    by=(),
)


def _against(name: str, things: str, view: str, time: str, also: str) -> Query:
    """Make the share of portals whose figure agrees with a log."""
    return Query(
        name=f"portals.{name}_in_log",
        title=f"Portals whose {things} agree with the log",
        definition=(
            f"Portals whose number of {things} in 30 days differs from the log's by at most {{percent}} %, among portals whose "
            "organisation is named in the log and whose 30 days the log covers whole. The breakdown gives both numbers."
        ),
        unit="share of portals",
        needs=(name, "agency"),
        also=(also,),
        sentence=f"Of the portals that can be set against the log, {{figure}} state a number of {things} within {{percent}} % of it.",
        rule="at most {percent} % of the larger number; the 30 × 24 hours up to the portal's last update, else up to when it was read",
        source="Answerable's own definition.",
        neutral="1",
        parameters={"percent": Parameter(1, "per cent", "By how much the numbers may differ.", 0, 100)},
        caveats=(
            "The portal's clock and its 30 days are the system's own: figures may be of other hours than the log's.",
            f"The log may lack {things} that the portal counts, and the other way round: neither is taken to be right.",
        ),
        sql=query(
            "portal_against_log", what=things[0].upper() + things[1:], stated=name, view=view, time=time
        ),
    )


_ALERTS_CONFIRMED = Query(
    name="hotlists.confirmed",
    title="Alerts that were confirmed, as reported",
    definition="Confirmed alerts, among alerts, over the rows that report both. By hotlist, organisation and month.",
    unit="share of alerts",
    needs=("alerts", "confirmed"),
    sentence="Of the alerts that are reported with their confirmations, {figure} were confirmed.",
    rule="rows that report both numbers, and no more confirmed alerts than alerts",
    source="The statistics that statutes ask for: Ark. Code 12-12-1805, for instance.",
    caveats=("What is reported was counted by the agency that reports it.",),
    sql=query("hotlist_confirmed"),
)

MEASURES: tuple[Measure, ...] = (
    _PER_READ, _RETENTION, _BEYOND, _PUBLIC,
    _against("searches", "searches", "base_searches", "searched_at", "searches"),
    _against("reads", "reads", "base_reads", "read_at", "reads"),
    _against("hits", "hits", "base_hits", "alerted_at", "hits"),
    _ALERTS_CONFIRMED,
)  # fmt: skip  # a table: what stands in one line belongs together
"""The measures of what is published, in the order of the report."""
