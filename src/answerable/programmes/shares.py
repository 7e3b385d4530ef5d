"""Counting shares: the SQL that is shown for each, and one scan that counts all of them together.

The two give the same numbers, part by part and in the same order; tests/programmes/test_run.py holds them to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from answerable.engine import Engine
from answerable.engine.dialect import identifier, literal
from answerable.estimate import Part

__all__ = ["Counted", "CountedShare", "count_together", "standalone_sql"]

# Breakdowns that are read in the order of their labels; others are shown with the largest part first.
_IN_ORDER = frozenset({"day", "hour", "month", "weekday", "year"})
# Breakdowns that are counted in one grouping. Any other has a scan of its own: a grouping by everything at once
# would have as many groups as there are combinations.
_TOGETHER = ("agency", "month")


@dataclass(frozen=True, slots=True)
class CountedShare:
    """A share made ready to count: conditions with parameters filled in and unusable rows left out.

    A condition is a tuple of SQL conditions that must all hold; none of them is a row that always does.

    Attributes:
        counts: What must hold besides for a row to be in the numerator.
        among: What must hold for a row to be in the denominator.
        settled: What must hold for a row of which it can be told whether it counts, whatever ``among`` says.
        by: The columns to break down by, each with the label for rows that have no value there.
    """

    counts: str
    among: tuple[str, ...]
    settled: tuple[str, ...]
    by: Mapping[str, str]

    @property
    def numerator(self) -> tuple[str, ...]:
        """What must hold for a row to be in the numerator."""
        return (*self.among, self.counts)


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted: the headline, the settled rows, and the parts of each breakdown in the order to show them."""

    numerator: int
    denominator: int
    settled: int
    breakdowns: Mapping[str, tuple[Part, ...]]


def standalone_sql(view: str, share: CountedShare) -> str:
    """Write the query that anyone can run against a case's views to get one share with its breakdowns."""
    labels = "".join(
        f"    coalesce(CAST({identifier(column)} AS STRING), {literal(absent)}) AS {identifier(column)},\n"
        for column, absent in share.by.items()
    )
    parts = "".join(
        f"  UNION ALL\n"
        f"  SELECT {place}, {literal(column)}, {identifier(column)}, sum(counted), count(*)\n"
        f"  FROM rows_among GROUP BY {identifier(column)}\n"
        for place, column in enumerate(share.by, start=1)
    )
    in_order = ", ".join(literal(column) for column in share.by if column in _IN_ORDER)
    chronological = f"CASE WHEN breakdown IN ({in_order}) THEN label END NULLS FIRST, " if in_order else ""
    return (
        "WITH rows_among AS (\n"
        f"  SELECT\n{labels}"
        f"    CASE WHEN {share.counts} THEN 1 ELSE 0 END AS counted\n"
        f"  FROM {identifier(view)}\n"
        f"  WHERE {_all_of(share.among)}\n"
        "),\n"
        "parts AS (\n"
        "  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label,\n"
        "    coalesce(sum(counted), 0) AS numerator, count(*) AS denominator\n"
        f"  FROM rows_among\n{parts}"
        ")\n"
        "SELECT breakdown, label, numerator * 1e0 / nullif(denominator, 0) AS value, numerator, denominator\n"
        "FROM parts\n"
        f"ORDER BY place, {chronological}denominator DESC NULLS LAST, label NULLS LAST"
    )


def count_together(engine: Engine, view: str, shares: Sequence[CountedShare]) -> list[Counted]:
    """Count shares over one view in as few scans as their breakdowns allow.

    Args:
        engine: Where the view is.
        view: The view's name; it has one row per record.
        shares: What to count.

    Returns:
        One result for each share, in the order given.
    """
    used = dict.fromkeys(column for share in shares for column in share.by)
    together = tuple(column for column in _TOGETHER if column in used)
    main = _scan(engine, view, shares, together)
    scans = dict.fromkeys(together, main)
    for column in used:
        if column not in together:
            scans[column] = _scan(engine, view, [share for share in shares if column in share.by], (column,))
    counted = []
    for share in shares:
        numerator, denominator = main.total(share)
        breakdowns = {column: scans[column].parts(share, column) for column in share.by}
        counted.append(Counted(numerator, denominator, main.count(share.settled), breakdowns))
    return counted


def _scan(engine: Engine, view: str, shares: Sequence[CountedShare], by: tuple[str, ...]) -> _Scan:
    """Count every condition of some shares, each once, grouped by some columns.

    Shares have parts of their conditions in common: each part is evaluated once for a row, and then combined.
    """
    conditions = dict.fromkeys(
        each for share in shares for each in (share.numerator, share.among, share.settled)
    )
    parts = {part: f"p{place}" for place, part in enumerate(dict.fromkeys(sum(conditions, ())))}
    keys = [f"CAST({identifier(column)} AS STRING) AS k{place}" for place, column in enumerate(by)]
    counts = [
        f"count(*) FILTER (WHERE {_all_of(tuple(parts[part] for part in each))}) AS n{place}"
        for place, each in enumerate(conditions)
    ]
    columns = [*map(identifier, by), *(f"({part}) AS {name}" for part, name in parts.items())]
    rows = f"(SELECT {', '.join(columns) or '1'} FROM {identifier(view)}) AS conditions"
    grouped = f" GROUP BY {', '.join(identifier(column) for column in by)}" if by else ""
    found = engine.columns(f"SELECT {', '.join(keys + counts)} FROM {rows}{grouped}")
    return _Scan(
        keys={column: np.ma.asarray(found[f"k{place}"]) for place, column in enumerate(by)},
        counts={
            each: np.asarray(found[f"n{place}"], dtype=np.int64) for place, each in enumerate(conditions)
        },
        places={},
    )


def _all_of(conditions: tuple[str, ...]) -> str:
    """Write that all of some conditions hold."""
    return " AND ".join(f"({each})" for each in conditions) or "TRUE"


@dataclass(frozen=True, slots=True)
class _Scan:
    """The groups of one scan: a key per column and group, and a count per condition and group."""

    keys: Mapping[str, Any]
    counts: Mapping[tuple[str, ...], NDArray[np.int64]]
    places: dict[tuple[str, str], tuple[list[str], NDArray[np.intp]]]

    def total(self, share: CountedShare) -> tuple[int, int]:
        """Add up the numerator and the denominator over all groups."""
        return self.count(share.numerator), self.count(share.among)

    def count(self, condition: tuple[str, ...]) -> int:
        """Add up one condition over all groups."""
        return int(self.counts[condition].sum())

    def parts(self, share: CountedShare, column: str) -> tuple[Part, ...]:
        """Add up one share by one column; parts with nothing in the denominator are not shown."""
        labels, place = self._labels(column, share.by[column])
        sums = np.zeros((2, len(labels)), dtype=np.int64)
        np.add.at(sums[0], place, self.counts[share.numerator])
        np.add.at(sums[1], place, self.counts[share.among])
        numerators, denominators = sums.tolist()
        rows = [(label, n, d) for label, n, d in zip(labels, numerators, denominators, strict=True) if d]
        if column not in _IN_ORDER:
            rows.sort(key=lambda row: -row[2])  # a stable sort: equal parts stay in the order of their labels
        return tuple(Part(label, n / d, n, d) for label, n, d in rows)

    def _labels(self, column: str, absent: str) -> tuple[list[str], NDArray[np.intp]]:
        """Give the sorted labels of a column, and the place of each group's label among them."""
        if (column, absent) not in self.places:
            texts = self.keys[column].astype(object).filled(absent)
            labels, place = np.unique(texts.astype(str), return_inverse=True)
            self.places[column, absent] = labels.tolist(), place
        return self.places[column, absent]
