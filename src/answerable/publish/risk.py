"""Risk: how many rows of a table are told apart by some of its columns, as estimates.

The definition is k-anonymity's: see `groups`. A cell without a value is a value of its own, one for blank, one for
withheld: it is the same as its like and as no other. A row without a value in any of the columns has nothing to be joined
by, and is counted apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from answerable import wording
from answerable.estimate import Estimate, NotMeasurable, Part
from answerable.intake import RecordKind, Role
from answerable.publish.groups import Groups, combined, group
from answerable.publish.ladders import FINER, TO_THE_SECOND, Column

__all__ = ["SOURCE", "Chosen", "Exposure", "exposure", "grouped"]

SOURCE = "k-anonymity: Samarati and Sweeney 1998; Sweeney 2002"
_JOINS = "whoever holds another log of these {things} could join them"

Chosen = Sequence[tuple[Column, int]]
"""Columns, each with the rung that it is published on."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """How far some columns tell the rows of a table apart.

    Attributes:
        columns: The columns as they are called.
        values: How many different combinations the rows hold.
        alone: The rows that are the only one with their values.
        under: The rows that share their values with fewer than k - 1 others; its breakdown is by size of group.
        apart: Rows without a value in any of the columns.
    """

    columns: tuple[str, ...]
    values: int
    alone: Estimate | NotMeasurable
    under: Estimate | NotMeasurable
    apart: int

    @property
    def at_risk(self) -> int:
        """The rows that share their values with fewer than k - 1 others."""
        return int(self.under.numerator or 0) if isinstance(self.under, Estimate) else 0

    @property
    def rows(self) -> int:
        """The rows that hold a value in at least one of the columns."""
        return int(self.under.denominator or 0) if isinstance(self.under, Estimate) else 0


def grouped(chosen: Chosen) -> Groups:
    """Group a table's rows by columns; there is at least one."""
    held: NDArray[np.bool_] = np.any([each.held(rung) for each, rung in chosen], axis=0)
    parts = [(each.codes(rung), each.ladder[rung].below) for each, rung in chosen]
    return group(combined(parts, held.size), held)


def exposure(kind: RecordKind, chosen: Chosen, k: int, *, to_the_second: bool = False) -> Exposure:
    """Measure how far columns tell the rows apart.

    Args:
        kind: What a row is.
        chosen: The columns, each on its rung.
        k: The size from which a group is taken to hide a row.
        to_the_second: The columns' times are taken to the second, and are called so.
    """
    groups = grouped(chosen)
    labels = tuple(_called(each, rung, to_the_second=to_the_second) for each, rung in chosen)
    together = wording.listing(list(labels), most=len(labels))
    title = f"told apart by {together}"
    if not groups.rows:
        alone, under = (
            NotMeasurable(
                measure=name,
                title=f"Rows {title}",
                reason=f"No row holds a value in {together}.",
                ask_for="There is nothing here to join another table by.",
                missing=tuple(each.field for each, _ in chosen),
            )
            for name in ("release.alone", "release.under_k")
        )
        return Exposure(labels, 0, alone, under, groups.apart)
    single, few, rows = groups.alone, groups.under(k), groups.rows
    without = wording.plural(groups.apart, "row")
    shared: dict[str, Any] = {  # what both estimates have in common
        "kind": "share",
        "denominator": rows,
        "unit": "share of rows",
        "sql": _sql(kind, chosen, k, to_the_second=to_the_second),
        "parameters": {"k": k},
        "caveats": (f"The denominator leaves out {without} without any of them.",) if groups.apart else (),
        "breakdowns": {"size of group": tuple(Part(label, n / rows, n, rows) for label, n in groups.bands())},
        "left_out": groups.apart,
    }
    joins = f": {_JOINS.format(things=kind.things)}" if single and to_the_second else ""
    return Exposure(
        labels,
        int(groups.sizes.size),
        Estimate(
            measure="release.alone",
            title=f"Rows {title} from every other",
            value=single / rows,
            numerator=single,
            rule="no other row holds the same values, where two blank cells are the same and two withheld ones are",
            sentence=f"{wording.share(single, rows, 'rows')} {'is' if single == 1 else 'are'} the only row with their {together}{joins}.",
            **shared,
        ),
        Estimate(
            measure="release.under_k",
            title=f"Rows {title} from all but few others",
            value=few / rows,
            numerator=few,
            rule=f"fewer than {k} rows, the row itself among them, hold the same values",
            sentence=f"{wording.share(few, rows, 'rows')} share their {together} with fewer than {wording.plural(k - 1, 'other')}.",
            **shared,
        ),
        groups.apart,
    )


def _called(each: Column, rung: int, *, to_the_second: bool) -> str:
    if each.role is Role.TIME:
        grain = each.ladder[rung].label
        return f"{each.label} {TO_THE_SECOND if to_the_second and grain == FINER else grain}"
    return each.label if not rung else f"{each.label} ({each.ladder[rung].label})"


def _sql(kind: RecordKind, chosen: Chosen, k: int, *, to_the_second: bool) -> str:
    """Give a query that counts the same from the records of a case, for columns as they stand; else nothing."""
    if any(rung and not (to_the_second and each.role is Role.TIME) for each, rung in chosen):
        return ""
    columns: list[str] = []
    values: list[str] = []
    for each, _ in chosen:
        *names, state = kind.field(each.field).columns()
        if each.role is Role.TIME:
            time = f"coalesce({names[1]}, {names[0]})"
            names = [f"date_trunc('second', {time})" if to_the_second else time]
        columns += [*names, state]
        values += names
    anything = " OR ".join(f"{value} IS NOT NULL" for value in values)
    return (
        f"SELECT count(CASE WHEN size = 1 THEN 1 END) AS alone, count(CASE WHEN size < {k} THEN 1 END) AS under_k, count(*) AS of_rows\n"
        f"FROM (\n  SELECT count(*) OVER (PARTITION BY {', '.join(columns)}) AS size\n  FROM {kind.plural} WHERE {anything}\n) AS sized"
    )
