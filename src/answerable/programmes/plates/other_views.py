"""The views that the measures of reads, hits and sharing read, made from the records.

    reads    ->  base_reads    one row per read that can be used, with its time by the clock of the records
    hits     ->  base_hits     one row per hit that can be used, with what its answers say
    shares   ->  edges         one row per sharing edge and log, with what the names of its two organisations say
             ->  latest_edges  the same, of the last log

What is dated after the audit happened in no period that the audit is of: it is counted by a measure of its own, and
stands in no view that a rate is made from.
"""

from __future__ import annotations

from answerable.programmes.plates.answers import came_of_it_sql, yes_no_sql
from answerable.programmes.plates.points import POINT_VIEWS
from answerable.programmes.plates.records import READ
from answerable.programmes.programme import View

__all__ = ["OTHER_VIEWS"]


def _in_time(kind: str, time: str) -> str:
    """Give the condition for a record that is not dated after the audit; where no date was stated, every one is."""
    return (
        f"FROM {kind} CROSS JOIN stated\n"
        f"WHERE as_of IS NULL OR {time} IS NULL OR CAST(coalesce({time}_local, {time}) AS DATE) <= as_of"
    )


def _reads_sql() -> str:
    place = "CASE WHEN longitude <> 0 OR latitude <> 0 THEN {} END AS {}"
    columns = [
        place.format(name, name) if name in ("longitude", "latitude") else name for name in READ.columns()
    ]
    return f"""-- One row per read that can be used: none that is dated after the audit. A place of 0 degrees north and 0 degrees east
-- is what a camera writes that does not know its place; it is no place.
SELECT {", ".join(columns)},
  coalesce(read_at_local, read_at) AS clock_time
{_in_time("reads", "read_at")}"""


_HITS = f"""-- One row per hit that can be used: none that is dated after the audit. An answer is TRUE, FALSE, or NULL where it is not
-- clear or not given; `age` is the time in seconds from the read to the alert.
SELECT hits.*, {yes_no_sql("confirmed")} AS is_confirmed, {yes_no_sql("stop")} AS is_stopped,
  {came_of_it_sql("outcome")} AS is_useful, seconds_between(read_at, alerted_at) AS age
{_in_time("hits", "alerted_at")}"""

_EDGES = """-- Each sharing edge of each log (each list, as it stood at one date), once a log, with what the names of its organisations
-- say.
SELECT listed.log, listed.giver, listed.receiver, givers.home_state AS giver_state,
  receivers.home_state AS receiver_state, receivers.is_federal AS receiver_is_federal,
  receivers.is_inactive AS receiver_is_inactive
FROM (SELECT log, giver, receiver FROM log_shares WHERE giver IS NOT NULL AND receiver IS NOT NULL
  GROUP BY log, giver, receiver) AS listed
LEFT JOIN agencies AS givers ON givers.agency = listed.giver
LEFT JOIN agencies AS receivers ON receivers.agency = listed.receiver"""

_LATEST = """-- The sharing edges of one log: of lists that were labelled by their dates, the last.
SELECT * FROM edges WHERE log = (SELECT max(log) FROM edges)"""

OTHER_VIEWS = (
    View("base_reads", _reads_sql()),
    *POINT_VIEWS,
    View("base_hits", _HITS),
    View("edges", _EDGES, kept=True),
    View("latest_edges", _LATEST),
)
