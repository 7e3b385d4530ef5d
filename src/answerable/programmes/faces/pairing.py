"""What comparisons are grouped by: the parts of the query ``group_pairs`` for one thing recorded of people, and for several together."""

from __future__ import annotations

from dataclasses import dataclass

from answerable.programmes.faces.records import GROUPS
from answerable.programmes.faces.sql import query

__all__ = [
    "ALIKE",
    "BARS",
    "DATASET",
    "EVERYBODY",
    "GROUPINGS",
    "JOINT",
    "MOST",
    "QUALITY",
    "Grouping",
    "paired",
]

MOST = "20000000"
"""Beyond so many comparisons pairs of people are not told apart: their counts would not go into the memory together."""

_USABLE = "usable_comparisons"
_KNOWN = "CASE WHEN subject_1 IS NOT NULL AND subject_2 IS NOT NULL THEN 'everybody' END"
_ANY = "|".join(f"{name}_1" for name in GROUPS)


@dataclass(frozen=True, slots=True)
class Grouping:
    """One thing that comparisons are grouped by.

    Attributes:
        name: As in a measure's name: ``sex``.
        label: In words.
        needs: The fields that must be exported.
        sql: The query of comparisons and errors of each pair of people and of their groups.
    """

    name: str
    label: str
    needs: tuple[str, ...]
    sql: str


def paired(group_1: str, group_2: str, records: str = _USABLE) -> str:
    """Give the query of comparisons and errors at a threshold, for two SQL expressions of the groups of both people."""
    return query("group_pairs", group_1=group_1, group_2=group_2, records=records, most=MOST)


def _joined(expression: str) -> str:
    """Put together what an expression gives for each thing that the file records; unknown where one of them is."""
    return " || ".join(
        f"CASE WHEN has_{name} THEN {expression.format(name=name, label=label)} ELSE '' END"
        for name, label in GROUPS.items()
    )


_RECORDED = {
    "has": ", ".join(f"count({name}_1) > 0 AS has_{name}" for name in GROUPS),
    "number": " + ".join(f"CASE WHEN has_{name} THEN 1 ELSE 0 END" for name in GROUPS),
}
_TOGETHER = query(
    "joint_groups",
    one=_joined("', ' || {name}_1"),
    two=_joined("', ' || {name}_2"),
    **_RECORDED,
)
_ALIKE = query(
    "alike",
    alike=_joined("CASE WHEN {name}_1 = {name}_2 THEN ', {label}' WHEN {name}_1 <> {name}_2 THEN '' END"),
    **_RECORDED,
)
_QUALITY = query("quarters")

GROUPINGS = tuple(
    Grouping(name, label, ("score", f"{name}_1", f"{name}_2"), paired(f"{name}_1", f"{name}_2"))
    for name, label in GROUPS.items()
)
"""What is recorded of people, one thing at a time."""

BARS = tuple(
    Grouping(
        name, label, ("mated", f"{name}_1", f"{name}_2"),
        query("group_bars", group_1=f"{name}_1", group_2=f"{name}_2"),
    )
    for name, label in GROUPS.items()
)  # fmt: skip  # what belongs together stands together
"""The same of the histograms of scores."""

JOINT = Grouping("joint_group", "joint group", ("score",), paired("group_1", "group_2", _TOGETHER))
"""All that is recorded of people, taken together: women of 18 to 39 from the North."""

EVERYBODY = Grouping(
    "everybody",
    "everybody",
    ("score", "subject_1", "subject_2"),
    paired(_KNOWN, _KNOWN),
)
"""One group of all who are recorded."""

ALIKE = Grouping("alike", "what both are alike in", ("score", _ANY), paired("alike", "alike", _ALIKE))
"""What both people of a comparison are alike in."""

DATASET = Grouping("dataset", "set of samples", ("score", "dataset"), paired("dataset", "dataset"))
"""The set of samples that a comparison is of."""

QUALITY = Grouping(
    "quality", "quality", ("score", "quality_1", "quality_2"), paired("quarter", "quarter", _QUALITY)
)
"""The quarter of mated comparisons by the lesser quality of the two samples."""
