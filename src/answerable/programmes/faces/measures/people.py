"""Error rates over all people, with intervals that know who was compared: for files that record the subjects."""

from __future__ import annotations

from answerable.programmes.faces.measures.groups import FMR, RULE, rates_of
from answerable.programmes.faces.sql import query
from answerable.programmes.measure import Measure, Tabled

__all__ = ["MEASURES"]

_EVERYBODY = "'everybody'"  # one group of all
_SOURCE = "ISO/IEC 19795-1, for the rates; docs/method/groups-and-subjects.md, for the intervals."


def _over_people(name: str, title: str, *, mated: bool, which: str, kind: str, says: str) -> Tabled:
    return Tabled(
        name=f"comparisons.{name}",
        title=title,
        definition=(
            f"{which}, among {kind} comparisons with a score, of a file that records who was compared. The interval is over people: "
            "comparisons share them, and do not count as independent."
        ),
        unit=f"share of {kind} comparisons",
        needs=("score", "subject_1", "subject_2"),
        sentence=f"Of the {kind} comparisons, {{figure}} {says}, by an interval over people.",
        rule=RULE,
        source=_SOURCE,
        parameters={"fmr": FMR},
        sql=query("group_pairs", group_1=_EVERYBODY, group_2=_EVERYBODY),
        finish=rates_of(mated=mated),
    )


MEASURES: tuple[Measure, ...] = (
    _over_people(
        "fnmr_over_people",
        "False non-match rate, with an interval over people",
        mated=True,
        which="Mated comparisons below the threshold",
        kind="mated",
        says="do not match",
    ),
    _over_people(
        "fmr_over_people",
        "False match rate, with an interval over people",
        mated=False,
        which="Non-mated comparisons at or above the threshold",
        kind="non-mated",
        says="match",
    ),
)
"""The rates over people, in the order of the report."""
