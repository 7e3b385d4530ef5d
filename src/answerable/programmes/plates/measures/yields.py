"""What reads gave: hits, confirmed hits, stops and useful outcomes."""

from __future__ import annotations

from answerable.programmes.measure import Measure, Query, Share
from answerable.programmes.plates.sql import query

__all__ = ["MEASURES"]

_PRACTICE = "Practice of audits of plate readers and of the reports that statutes ask for."
_VIEW = "base_hits"
_BY = ("hotlist", "camera", "agency", "month")
_BOTH = "months in which the case holds both reads and hits; where both name cameras, cameras with reads in the month"
_ANSWERS = "An answer that is neither a clear yes nor a clear no is not counted on either side."

_PER_READ = Query(
    name="hits.per_read",
    title="Hits per 1,000 reads",
    definition=(
        "Hits for each 1,000 reads, over the months in which the case holds both. Where both logs name cameras, only hits at a "
        "camera with reads in the same month count. The breakdown lists what is left out, and why."
    ),
    unit="hits per 1,000 reads",
    kind="quantity",
    needs=(),
    also=("reads",),
    sentence="Over the months that hold both, {n} hits came of {d} reads: {value} per 1,000 reads.",
    rule=_BOTH,
    source=_PRACTICE,
    caveats=(
        "One read can give several hits, one for each hotlist that it is on.",
        "A hit is an alert of the system: whether it was right is another measure.",
    ),
    sql=query(
        "hits_per_read",
        what="Hits",
        which="TRUE",
        value="hits * 1e3 / nullif(seen, 0)",
        numerator="hits",
        denominator="seen",
    ),
)

_PER_USEFUL = Query(
    name="hits.reads_per_useful_outcome",
    title="Reads per useful outcome",
    definition=(
        "Reads for each hit whose outcome names a result (an arrest, a recovery, a person found ...), over the months in which the "
        "case holds both reads and hits."
    ),
    unit="reads per useful outcome",
    kind="quantity",
    needs=("outcome",),
    also=("reads",),
    sentence="{n} reads gave {d} hits whose outcome names a result: one for every {value} reads.",
    rule=f"{_BOTH}; where no outcome names a result there is no number",
    source=_PRACTICE,
    caveats=(
        "An outcome is told by its words; one that the lists of words do not know is not counted as useful.",
        "What came of a hit after the log was written is not in it.",
    ),
    sql=query(
        "hits_per_read",
        what="Useful outcomes",
        which="is_useful",
        value="seen * 1e0 / nullif(hits, 0)",
        numerator="seen",
        denominator="hits",
    ),
)


def _share(
    name: str,
    title: str,
    *,
    definition: str,
    needs: str,
    sentence: str,
    counts: str,
    among: str,
    caveats: tuple[str, ...] = (),
) -> Share:
    """Make one share of hits, by hotlist, camera, organisation and month."""
    return Share(
        name=f"hits.{name}",
        title=title,
        definition=definition,
        unit="share of hits",
        needs=(needs,),
        sentence=sentence,
        rule="yes and no as the words of the log say them, whatever their case",
        source=_PRACTICE,
        caveats=caveats,
        view=_VIEW,
        counts=counts,
        among=among,
        by=_BY,
    )


_CONFIRMED = _share(
    "confirmed",
    "Hits that a person confirmed",
    definition="Hits whose confirmation says yes, among hits whose confirmation says yes or no.",
    needs="confirmed",
    sentence="Of the hits that say whether a person confirmed them, {figure} were confirmed.",
    counts="is_confirmed",
    among="is_confirmed IS NOT NULL",
    caveats=(
        _ANSWERS,
        "A hit that is not confirmed was a misread, a stale entry of the list, or a plate of another state.",
    ),
)
_CHECKED = _share(
    "confirmation_recorded",
    "Hits that say whether they were confirmed",
    definition="Hits whose confirmation says yes or no, among hits whose confirmation was exported and not withheld.",
    needs="confirmed",
    sentence="{counted} say whether a person confirmed them.",
    counts="is_confirmed IS NOT NULL",
    among="TRUE",
)
_STOPPED = _share(
    "stopped",
    "Hits that led to a stop",
    definition="Hits for which a stop is recorded, among hits that say whether a vehicle was stopped.",
    needs="stop",
    sentence="Of the hits that say whether a vehicle was stopped, {figure} led to a stop.",
    counts="is_stopped",
    among="is_stopped IS NOT NULL",
    caveats=(_ANSWERS,),
)
_STOPPED_WRONGLY = _share(
    "stopped_unconfirmed",
    "Stops on hits that were not confirmed",
    definition="Hits whose confirmation says no, among hits for which a stop is recorded and whose confirmation says yes or no.",
    needs="stop",
    sentence="Of the stops on hits that say whether they were confirmed, {figure} were on a hit that was not.",
    counts="NOT is_confirmed",
    among="is_stopped AND is_confirmed IS NOT NULL",
    caveats=("The log does not show whether the confirmation came before the stop or after it.",),
)
_USEFUL = _share(
    "useful",
    "Hits whose outcome names a result",
    definition="Hits whose outcome names a result (an arrest, a recovery, a person found ...), among hits whose outcome says that there was one or none.",
    needs="outcome",
    sentence="Of the hits whose outcome is clear, {figure} name a result.",
    counts="is_useful",
    among="is_useful IS NOT NULL",
    caveats=(
        "An outcome that the lists of words do not know is not counted on either side.",
        "The log holds what was written, not what was later found.",
    ),
)

MEASURES: tuple[Measure, ...] = (
    _PER_READ,
    _CHECKED,
    _CONFIRMED,
    _STOPPED,
    _STOPPED_WRONGLY,
    _USEFUL,
    _PER_USEFUL,
)
"""The measures of yield, in the order of the report."""
