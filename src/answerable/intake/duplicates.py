"""Duplicates: records that repeat another, within a file or across files, by a rule that is named.

Where a record has the system's own ID, two records with one ID in one minute are one record: the minute keeps apart
two systems that both number from 1. Where it has none, two records are one when every column that is read is the same;
but of a kind that says by which fields a record is known (`RecordKind.named_by`), when these are the same, and where one
of them is not there, never. The first in the order of sources and rows is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from answerable import wording
from answerable.engine import DuckDB
from answerable.engine.dialect import literal
from answerable.intake.accounting import Overlap
from answerable.intake.kinds import RecordKind, Role

__all__ = ["BY_CELLS", "BY_ID", "BY_NOTHING", "Repeat", "find_repeats", "overlaps", "positions", "rule"]

BY_ID, BY_CELLS = "the record's own ID and minute", "every column that is read"
BY_NOTHING = "none: the export does not hold what tells one record from another"


def rule(kind: RecordKind, exported: Collection[str]) -> str:
    """Name the rule by which a source's repeated records are sought.

    Args:
        kind: The record kind.
        exported: The fields that the source fills.
    """
    if any(field.role is Role.KEY and field.name in exported for field in kind.fields):
        return BY_ID
    if not kind.named_by:
        return BY_CELLS
    if set(kind.named_by) <= set(exported):
        return f"the record's {wording.listing([kind.field(name).label for name in kind.named_by])}"
    return BY_NOTHING


@dataclass(frozen=True, slots=True)
class Repeat:
    """One record set aside: where it stands, the source whose record it repeats, and whether any cell differs."""

    source: int
    position: int
    of: int
    differs: bool


def find_repeats(
    engine: DuckDB, kind: RecordKind, files: Sequence[tuple[int, Path]], skip: Mapping[int, Sequence[int]]
) -> list[Repeat]:
    """Find every record of the newer files that repeats an earlier one.

    Args:
        engine: Where the SQL runs.
        kind: The record kind of all the files.
        files: Source number and Parquet file, in the order in which sources come first; an earlier source may have
            more than one.
        skip: Positions to pass over, by source: rows that are not records.
    """
    parts = []
    for number, path in files:
        condition = ""
        if passed := skip.get(number):
            positions(engine, f"passed_{number}", passed)
            condition = f" WHERE file_row_number NOT IN (FROM passed_{number})"
        parts.append(
            f"SELECT *, file_row_number AS position FROM read_parquet({literal(str(path))}, file_row_number = true){condition}"
        )
    engine.view("all_staged", " UNION ALL BY NAME ".join(parts))
    key = next((field.name for field in kind.fields if field.role is Role.KEY), None)
    repeats: list[Repeat] = []
    contents = _fingerprint(kind)
    if key and _any(engine, f"SELECT 1 FROM all_staged WHERE {key} IS NOT NULL LIMIT 1"):
        # Hashes are counted before texts: equal counts prove that no ID comes twice, in a quarter of the memory.
        total, distinct = engine.rows(
            f"SELECT count(*), count(DISTINCT hash({key})) FROM all_staged WHERE {key} IS NOT NULL"
        )[0]
        if total != distinct:
            mark = f"concat({key}, chr(31), date_trunc('minute', {kind.time}))" if kind.time else key
            engine.table(
                "repeated",
                f"SELECT {mark} AS mark FROM all_staged WHERE {key} IS NOT NULL GROUP BY 1 HAVING count(*) > 1",
            )
            repeats += _ranked(
                engine,
                f"SELECT source, position, {mark} AS mark, {contents} AS contents FROM all_staged WHERE {key} IS NOT NULL AND {mark} IN (FROM repeated)",
            )
    if kind.named_by:
        repeats += _by_names(engine, kind, f"{key} IS NULL" if key else "TRUE", contents)
    elif not key or _any(engine, f"SELECT 1 FROM all_staged WHERE {key} IS NULL LIMIT 1"):
        condition = f"WHERE {key} IS NULL" if key else ""
        engine.table("marks", f"SELECT source, position, {contents} AS mark FROM all_staged {condition}")
        engine.table("repeated", "SELECT mark FROM marks GROUP BY 1 HAVING count(*) > 1")
        repeats += _ranked(
            engine, "SELECT source, position, mark, mark AS contents FROM marks WHERE mark IN (FROM repeated)"
        )
        engine.execute("DROP TABLE marks")
    return sorted(repeats, key=lambda one: (one.source, one.position))


def _by_names(engine: DuckDB, kind: RecordKind, unnumbered: str, contents: str) -> list[Repeat]:
    """Find the repeats among rows without an ID that hold a value in each field by which a record is known."""
    columns = [
        column
        for name in kind.named_by
        for column in kind.field(name).columns()
        if not column.endswith(("_state", "_local"))
    ]
    whole = " AND ".join([unnumbered, *(f"{column} IS NOT NULL" for column in columns)])
    mark = f"concat_ws(chr(31), {', '.join(f'CAST({column} AS VARCHAR)' for column in columns)})"
    # As with IDs: equal counts of hashes prove that no record comes twice.
    total, distinct = engine.rows(
        f"SELECT count(*), count(DISTINCT hash({', '.join(columns)})) FROM all_staged WHERE {whole}"
    )[0]
    if total == distinct:
        return []
    engine.table(
        "repeated", f"SELECT {mark} AS mark FROM all_staged WHERE {whole} GROUP BY 1 HAVING count(*) > 1"
    )
    return _ranked(
        engine,
        f"SELECT source, position, {mark} AS mark, {contents} AS contents FROM all_staged WHERE {whole} AND {mark} IN (FROM repeated)",
    )


def positions(engine: DuckDB, table: str, places: Sequence[int]) -> None:
    """Put rows' positions in a table of the engine: a long list within a query would be sought through for each row."""
    engine.register("places", pa.table({"position": pa.array(places, pa.int64())}))
    engine.table(table, "SELECT position FROM places")
    engine.unregister("places")


def _any(engine: DuckDB, sql: str) -> bool:
    return bool(engine.rows(sql))


def _fingerprint(kind: RecordKind) -> str:
    """Give SQL for a hash of all that a record holds: its stored columns, not its place."""
    names = [name for name in kind.columns() if name not in ("source", "clock", "month")]
    cells = ", ".join(f"coalesce(CAST({name} AS VARCHAR), chr(30))" for name in names)
    return f"md5(concat_ws(chr(31), {cells}))"


def _ranked(engine: DuckDB, sql: str) -> list[Repeat]:
    rows = engine.rows(
        f"""SELECT source, position, first_value(source) OVER first, contents <> first_value(contents) OVER first, row_number() OVER first
        FROM ({sql}) WINDOW first AS (PARTITION BY mark ORDER BY source, position)"""
    )
    return [
        Repeat(source, position, of, bool(differs))
        for source, position, of, differs, rank in rows
        if rank > 1
    ]


def overlaps(repeats: Sequence[Repeat]) -> list[Overlap]:
    """Count the records that each pair of sources shares."""
    shared: dict[tuple[int, int], int] = {}
    for one in repeats:
        if one.of != one.source:
            shared[one.of, one.source] = shared.get((one.of, one.source), 0) + 1
    return [Overlap(*pair, number) for pair, number in sorted(shared.items())]
