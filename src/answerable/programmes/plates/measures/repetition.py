"""The same plate searched for again by the same account."""

from __future__ import annotations

from answerable.programmes.measure import Measure, Parameter, Query
from answerable.programmes.plates.sql import query

__all__ = ["MEASURES"]

_REPEATED = Query(
    name="searches.repeated_plate",
    title="Searches for a plate that the same account kept searching for",
    definition=(
        "Searches that belong to a pair of an account and a plate with at least {times} searches, the first and the "
        "last at least {days} × 24 hours apart, among searches with an account and a whole plate. "
        "The breakdown counts the pairs, the accounts and the searches per pair."
    ),
    unit="share of searches",
    needs=("user_name|user_id", "plate", "searched_at"),
    sentence=(
        "Of the searches for a whole plate by an account, {figure} were for one that the same account searched for at "
        "least {times} times over at least {days} × 24 hours."
    ),
    rule="at least {times} searches, and at least {days} × 24 h from the first to the last",
    source="Practice of audits of released search logs: three or more times over 14 days or more.",
    parameters={
        "times": Parameter(3, "searches", "How many searches for one plate make it repeated.", 2, 1e9),
        "days": Parameter(14, "days", "How far apart the first and the last must be.", 0, 36500),
    },
    caveats=(
        "A long investigation also searches for one plate again; the log does not show which it was.",
        "Plates with a wildcard, withheld or blank are not counted on either side.",
        "An account is told by the name or number that the export gives; where it is a name, namesakes are one.",
        "One person may hold several accounts, and one account may be used by several people.",
    ),
    sql=query("repeated_plate"),
)

MEASURES: tuple[Measure, ...] = (_REPEATED,)
"""The measures of repetition."""
