"""Faults: rows of a staged source that are no records, and cells that hold no value of their field.

Nothing is lost: each is kept with its line, what it holds and what is wrong with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from answerable.engine import DuckDB
from answerable.engine.dialect import literal
from answerable.errors import ClockError
from answerable.intake.clocks import shape
from answerable.intake.columns import Plan
from answerable.intake.kinds import CellState
from answerable.intake.layouts import normal
from answerable.intake.opening import Opened
from answerable.intake.states import state_of
from answerable.intake.tables import Row

__all__ = ["EARLIEST", "LATEST", "BadCell", "Set", "bad_cells", "unreadable_rows"]

EARLIEST, LATEST = "0001-01-02", "9999-12-30"  # a day within what a calendar of four digits can say


@dataclass(frozen=True, slots=True)
class Set:
    """One row set aside: its line (0 where the file has none), the reason, and its raw text.

    ``records`` is how many records it would have made, and ``column`` where in the line it stands: both are of wide tables.
    """

    line: int
    reason: str
    raw: str
    records: int = 1
    column: str = ""


@dataclass(frozen=True, slots=True)
class BadCell:
    """One cell that holds something which is no value of its field; its row is kept, and the field has no value."""

    line: int
    field: str
    raw: str
    position: int
    column: str = ""


def unreadable_rows(
    engine: DuckDB, opened: Opened, plan: Plan, path: Path, written: int
) -> tuple[tuple[int, ...], list[Set]]:
    """Find the staged rows that are not records: the header again, nothing at all, or an unreadable time."""
    time = plan.kind.time
    # What the layout says of every row makes no record of a row that holds nothing.
    blank = " AND ".join(f"{name}_state = 'blank'" for name in plan.places)
    where = f"({blank})"
    if time in plan.places:
        where = (
            f"({time} IS NULL AND ({time}_state = 'present' OR {where})) "
            f"OR {time} NOT BETWEEN TIMESTAMP {literal(EARLIEST)} AND TIMESTAMP {literal(LATEST)}"
        )
    positions = tuple(
        row[0]
        for row in engine.rows(
            f"SELECT file_row_number FROM read_parquet({literal(str(path))}, file_row_number = true) WHERE {where} ORDER BY 1"
        )
    )
    if not positions:
        return (), []
    found: list[Set] = []
    unreadable_times = 0
    for _, row in opened.pick(set(positions)):
        reason = _reason(row, opened, plan)
        unreadable_times += reason.startswith("its time")
        found.append(Set(row.line, reason, row.raw, row.records, row.column))
    if unreadable_times * 2 > written:
        raise ClockError(
            f"column {opened.header[plan.places[time][0]]!r} holds {unreadable_times:,} times of {written:,} that cannot be read",
            where=opened.name,
            expected="one form, and one order of day and month, over the whole column",
            do="Run `answerable inspect` on the file; state the order of day and month in a layout file.",
        )
    return positions, found


def bad_cells(
    engine: DuckDB, opened: Opened, plan: Plan, path: Path, passed: frozenset[int]
) -> tuple[BadCell, ...]:
    """Find cells that hold something which is no value of their field: a latitude of 999, "-Infinity days"."""
    fields = [field for field in plan.kind.fields if field.parsed and field.name in plan.places]
    conditions = {
        field.name: f"({field.name}_state = 'present' AND {field.parsed} IS NULL)"
        for field in fields
        if field.name != plan.kind.time
    }
    # A range whose clock cannot be set against the record's own is left empty in every row, which is no fault of a cell.
    conditions = {name: sql for name, sql in conditions.items() if plan.comparable(name)}
    if not conditions:
        return ()
    rows = engine.rows(
        f"SELECT file_row_number, {', '.join(conditions.values())} "
        f"FROM read_parquet({literal(str(path))}, file_row_number = true) WHERE {' OR '.join(conditions.values())}"
    )
    bad = {
        position: [name for name, is_bad in zip(conditions, flags, strict=True) if is_bad]
        for position, *flags in rows
        if position not in passed
    }
    if not bad:
        return ()
    found: list[BadCell] = []
    for position, row in opened.pick(bad):
        for name in bad[position]:
            raw = " ".join(row.cells[place] for place in plan.places[name])
            found.append(
                BadCell(row.line, name, shape(raw) if plan.kind.sealed else raw, position, row.column)
            )
    return tuple(found)


def _reason(row: Row, opened: Opened, plan: Plan) -> str:
    same = [normal(cell) for cell in row.cells] == [normal(cell) for cell in opened.header]
    if same and opened.layout.header:
        return "repeats the header"
    if not any(cell.strip() for cell in row.cells):
        return "holds nothing"
    if plan.kind.time not in plan.places:
        return "holds only placeholders"
    time = plan.kind.field(plan.kind.time)
    cell = " ".join(row.cells[place] for place in plan.places[time.name])
    if state_of(cell, time) is not CellState.PRESENT:
        return "holds only placeholders"
    return "its time cannot be read in the form of its column"
