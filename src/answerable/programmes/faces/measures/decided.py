"""Error rates as the system was run: by its own decisions, or by the threshold that the file states."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from answerable.programmes.faces.grouping import grouped
from answerable.programmes.faces.pairing import MOST
from answerable.programmes.faces.records import GROUPS
from answerable.programmes.faces.sql import query
from answerable.programmes.measure import Columns, Computation, FinishTable, Measure, Refusal, Share, Tabled

__all__ = ["MEASURES"]

_PAIRS = [f"{name}_{side}" for name in GROUPS for side in (1, 2)]
_ISO = "ISO/IEC 19795-1, Biometric performance testing and reporting."
_AS_RUN = "A comparison without a score counts if a decision was stated, or if the threshold was: it is no match, as at a device."


def _rates(*, mated: bool) -> FinishTable:
    """Make the function of a measure of decisions, from the columns of ``decided_pairs``."""

    def finish(columns: Columns, parameters: Mapping[str, float], seed: int) -> Computation | Refusal:
        del parameters, seed
        found = grouped(columns, mated=mated)
        if isinstance(found, Refusal):
            return found
        breakdowns = {}
        for group, label in GROUPS.items():
            each = grouped(_recorded(columns, group), mated=mated)
            if not isinstance(each, Refusal) and len(each.groups) > 1:
                breakdowns[label] = each.parts()[0]
        return found.computed(breakdowns)

    return finish


def _recorded(columns: Columns, group: str) -> Columns:
    """Keep the comparisons of people of whom something is recorded, grouped by it."""
    one, two = (np.ma.masked_array(columns[f"{group}_{side}"]) for side in (1, 2))
    kept = ~(np.ma.getmaskarray(one) | np.ma.getmaskarray(two))
    return {name: np.ma.masked_array(values)[kept] for name, values in columns.items()} | {
        "group_1": one[kept],
        "group_2": two[kept],
    }


def _decided(name: str, title: str, *, mated: bool, which: str, kind: str, says: str) -> Tabled:
    return Tabled(
        name=f"comparisons.{name}",
        title=title,
        definition=(
            f"{which}, among {kind} comparisons that were decided: by the decision that the file states or, where it states none, "
            "by its threshold. The breakdowns give what is recorded of the people."
        ),
        unit=f"share of {kind} comparisons",
        needs=("decision|threshold",),
        sentence=f"Of the {kind} comparisons that the system decided, {{figure}} {says}.",
        rule="a match as the system decided; where no decision is stated, if the score is at least the stated threshold",
        source=_ISO,
        caveats=(_AS_RUN,),
        sql=query("decided_pairs", groups=", ".join(_PAIRS), ordered=", ".join(_PAIRS), most=MOST),
        finish=_rates(mated=mated),
    )


_OTHERWISE = Share(
    name="comparisons.decided_otherwise",
    title="Decisions that are not what the score and the threshold give",
    definition="Comparisons whose stated decision differs from whether the score is at least the stated threshold, among comparisons that state all three.",
    unit="share of comparisons",
    needs=("decision", "threshold", "score"),
    sentence="Of the comparisons that state a score, a threshold and a decision, {figure} are decided otherwise than these give.",
    source=_ISO,
    neutral="0",
    caveats=("A score that was rounded when it was exported may stand on the other side of the threshold.",),
    view="base_comparisons",
    counts="is_match <> (score >= threshold)",
    among="is_match IS NOT NULL AND score IS NOT NULL AND threshold IS NOT NULL",
    by=("dataset", "system"),
)

MEASURES: tuple[Measure, ...] = (
    _decided(
        "fnmr_as_decided",
        "False non-matches as the system decided",
        mated=True,
        which="Mated comparisons decided to be no match",
        kind="mated",
        says="were decided to be no match",
    ),
    _decided(
        "fmr_as_decided",
        "False matches as the system decided",
        mated=False,
        which="Non-mated comparisons decided to be a match",
        kind="non-mated",
        says="were decided to be a match",
    ),
    _OTHERWISE,
)
"""The measures of decisions, in the order of the report."""
