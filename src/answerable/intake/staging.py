"""Staging: one source's records written as Parquet, already pseudonymised, beside an account of what was not.

A regular text file is read by the engine itself, in parallel; everything else goes through the careful reader.
Both give the same records in the same order (a test holds this), and the count of the engine's rows is held
against the count made from the bytes alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow as pa

from answerable.engine import DuckDB
from answerable.engine.dialect import identifier, literal
from answerable.engine.reader import SparkReader
from answerable.errors import InputError, LayoutError
from answerable.intake.arrays import ArrayTable
from answerable.intake.clocks import FORMS, Clock, Form, detect, ends, settle_order, shape
from answerable.intake.columns import Plan, select_sql
from answerable.intake.constants import check_constants
from answerable.intake.faults import BadCell, Set, bad_cells, unreadable_rows
from answerable.intake.frequent import forget, learn
from answerable.intake.headless import named_columns
from answerable.intake.kinds import CellState, RecordKind, Role
from answerable.intake.layouts import normal
from answerable.intake.matrices import check_dates
from answerable.intake.opening import Opened
from answerable.intake.relations import relation, streamed
from answerable.intake.spread import spread
from answerable.intake.states import has_a_shape, like_value, state_of

__all__ = ["PARQUET", "Staged", "stage"]

PARQUET = "FORMAT parquet, COMPRESSION snappy"
_BATCH = 16_384
_LONGEST_SHAPE = 500
_STREAM = "careful_rows"
_NO_TIME = Clock((Form(".*", "%Y-%m-%d %H:%M:%S", False),))  # where every time is blank or withheld


@dataclass(frozen=True, slots=True)
class Staged:
    """One source staged.

    Attributes:
        opened: The source.
        plan: How it was read.
        path: The Parquet file.
        written: Records in the Parquet file, including the unreadable ones.
        set_aside: Rows that could not be read, in the order of their lines.
        unreadable: Positions in the Parquet file (from 0) of rows among those.
        cells: Cells of the other rows that could not be read.
    """

    opened: Opened
    plan: Plan
    path: Path
    written: int
    set_aside: tuple[Set, ...]
    unreadable: tuple[int, ...]
    cells: tuple[BadCell, ...] = ()

    @property
    def rows_in(self) -> int:
        """Records after the header: those written, and those that could not even be split into cells."""
        return self.written + self.quarantined - len(self.unreadable)

    @property
    def quarantined(self) -> int:
        """Records that could not be read."""
        return sum(one.records for one in self.set_aside)


def stage(
    engine: DuckDB,
    opened: Opened,
    kind: RecordKind,
    *,
    number: int,
    timezone: str,
    path: Path,
    spark: SparkReader | None = None,
) -> Staged:
    """Write one source's records to a Parquet file.

    A source that is not on this machine is read by ``spark``.

    Raises:
        ClockError: A time column cannot be read in one way.
        LayoutError: What the layout says of every row is no value, the file has a header and the layout none, or a header of dates holds
            one of them twice.
    """
    plan = _plan(opened, kind, number, timezone)
    check_constants(engine, plan, opened.layout)
    check_dates(engine, opened, plan)
    faults: list[Set] = []
    if spark and opened.remote and not isinstance(opened.table, ArrayTable):
        sound = opened.fast and spread(engine, spark, opened, plan, path, form=PARQUET)
    else:
        sound = opened.fast and _fast(engine, opened, plan, path)
    if not sound:
        faults = _careful(engine, opened, plan, path)
    written = int(engine.rows(f"SELECT count(*) FROM read_parquet({literal(str(path))})")[0][0])
    unreadable, found = unreadable_rows(engine, opened, plan, path, written)
    set_aside = sorted([*faults, *found], key=lambda one: one.line)
    if kind.sealed:
        set_aside = [replace(one, raw=shape(one.raw, _LONGEST_SHAPE)) for one in set_aside]
    cells = bad_cells(engine, opened, plan, path, frozenset(unreadable))
    return Staged(opened, plan, path, written, tuple(set_aside), unreadable, cells)


def _cells(opened: Opened, places: Sequence[int], kind: RecordKind, name: str) -> list[str]:
    """Give a field's sample cells that hold a value."""
    field = kind.field(name)
    joined = (" ".join(row.cells[place] for place in places) for row in opened.sample)
    heads = [normal(opened.header[place]) for place in places]
    return [
        cell
        for cell in joined
        if state_of(cell, field) is CellState.PRESENT and normal(cell) != "".join(heads)
    ]


def _plan(opened: Opened, kind: RecordKind, number: int, timezone: str) -> Plan:
    """Learn from the header and the sample how the source's cells become columns."""
    layout = opened.layout
    places, constants = layout.find(opened.header), layout.constants
    _check_first_row(opened, kind, places)
    clocks: dict[str, Clock] = {}
    mark = "\n"
    for field in kind.fields:
        if field.name not in {*places, *constants} or field.role not in (Role.TIME, Role.TIME_RANGE):
            continue
        at = places.get(field.name, ())
        if field.name in constants:
            text = constants[field.name]
            mark = " to " if field.role is Role.TIME_RANGE and " to " in text else mark
            cells = text.split(mark) if field.role is Role.TIME_RANGE else [text]
            cells = cells if state_of(text, field) is CellState.PRESENT else []
        elif field.role is Role.TIME_RANGE and len(at) == 1:
            whole = _cells(opened, at, kind, field.name)
            mark = " to " if sum(" to " in cell for cell in whole) * 2 > len(whole) else "\n"
            cells = [part for cell in whole for part in cell.split(mark)]
        elif field.role is Role.TIME_RANGE:
            cells = [cell for place in at for cell in _cells(opened, (place,), kind, field.name)]
        else:
            cells = _cells(opened, at, kind, field.name)
        column = opened.header[at[0]] if at else f"constants.{field.name}"
        forms = detect(cells, column=column, where=opened.name if at else str(layout.path))
        if forms:
            slashed = any(form.slashed for form in forms)
            order = _order(opened, at, column, cells) if slashed else ""
            clocks[field.name] = Clock(forms, order, layout.zone == "UTC")
    _check_counts(opened, kind, places)
    if kind.time:
        clocks.setdefault(kind.time, _NO_TIME)
    for field in kind.fields:
        if field.role is Role.TIME and field.name in {*places, *constants} and field.name not in clocks:
            # Nothing in the sample (few reads are deleted, few alerts confirmed): any form that tells its own order.
            utc = bool(kind.time) and clocks[kind.time].utc
            clocks[field.name] = Clock(tuple(form for form in FORMS if form.utc == utc and not form.slashed))
    return Plan(number, kind, places, clocks, timezone, mark, constants=constants, negated=layout.negated)


def _check_first_row(opened: Opened, kind: RecordKind, places: Mapping[str, Sequence[int]]) -> None:
    """Refuse a header under a layout without one: it would be taken in as a record."""
    if opened.may_hold_names and named_columns(opened.sample, kind, places):
        raise LayoutError(
            f"the first row names columns, and the layout {opened.layout.name} is of files without a header",
            where=f"{opened.name}, line {opened.sample[0].line}",
            expected="a record in the first row, as in the others",
            do="Write a layout that names these columns (`answerable inspect` without --layout drafts one), or take the row out.",
        )


def _check_counts(opened: Opened, kind: RecordKind, places: Mapping[str, Sequence[int]]) -> None:
    """Refuse a column of numbers that holds words: names may then stand where organisations are expected."""
    for field in kind.fields:
        if field.name in places and has_a_shape(field):
            cells = _cells(opened, places[field.name], kind, field.name)
            words = [cell for cell in cells if not like_value(cell, field)]
            if len(words) * 2 > len(cells):
                raise InputError(
                    f"column {opened.header[places[field.name][0]]!r} does not hold numbers: cells look like {shape(words[0])!r}",
                    where=opened.name,
                    expected={Role.COUNT: "whole numbers", Role.DURATION: "hours, minutes and seconds"}.get(
                        field.role, "numbers"
                    ),
                    do="Check that the header stands over its own columns; if it does, list the column under ignored in a layout file."
                    if opened.layout.header
                    else "Check the place of the field in the layout file.",
                )


def _order(opened: Opened, places: Sequence[int], column: str, constant: Sequence[str]) -> str:
    """Settle day and month over the whole column, or for the constant that stands for one.

    Where the layout declares the order, rows that contradict it fail to parse and are seen then; the column
    is read ahead only where nothing is declared.
    """
    declared = opened.layout.order
    if not places:
        return settle_order(
            *_largest(constant), declared=declared, column=column, where=str(opened.layout.path)
        )
    sample = [cell for place in places for row in opened.sample if "/" in (cell := row.cells[place])]
    if (
        declared
        and settle_order(*_largest(sample), declared=declared, column=column, where=opened.name) == declared
    ):
        return declared
    rows = (row for row in opened.records() if not row.fault)
    first, second = _largest(cell for row in rows for place in places if "/" in (cell := row.cells[place]))
    return settle_order(first, second, declared=declared, column=column, where=opened.name)


def _largest(cells: Iterator[str] | Sequence[str]) -> tuple[int, int]:
    first = second = 0
    for cell in cells:
        for part in ends(cell):
            if date := re.match("([0-9]{1,2})/([0-9]{1,2})/", part.strip()):
                first, second = max(first, int(date[1])), max(second, int(date[2]))
    return first, second


def _copy(engine: DuckDB, sql: str, path: Path) -> None:
    engine.execute(f"COPY ({sql}) TO {literal(str(path))} ({PARQUET})")


def _fast(engine: DuckDB, opened: Opened, plan: Plan, path: Path) -> bool:
    """Let the engine read a regular file; False where it cannot, or counts otherwise than the bytes do."""
    ahead = plan
    try:
        with relation(engine, opened) as cells:
            ahead = learn(engine, plan, cells, opened.counted)
        with relation(engine, opened) as cells:
            _copy(engine, select_sql(ahead, cells), path)
    except (duckdb.InvalidInputException, duckdb.ConversionException):
        return False  # an irregular row: the careful reader says which, and why
    finally:
        forget(engine, ahead)
    written = engine.rows(f"SELECT count(*) FROM read_parquet({literal(str(path))})")[0][0]
    return bool(written == opened.counted)


def _careful(engine: DuckDB, opened: Opened, plan: Plan, path: Path) -> list[Set]:
    faults: list[Set] = []
    width = len(opened.header)
    schema = pa.schema([(f"c{at}", pa.string()) for at in range(width)])

    def batches() -> Iterator[pa.RecordBatch]:
        rows = opened.records()
        while chunk := list(islice(rows, _BATCH)):
            faults.extend(
                Set(row.line, row.fault, row.raw, row.records, row.column) for row in chunk if row.fault
            )
            sound = [row.cells for row in chunk if not row.fault]
            cells = list(zip(*sound, strict=True)) if sound else [()] * width
            yield pa.record_batch(
                [pa.array([_storable(cell) for cell in column], pa.string()) for column in cells], schema
            )

    try:
        with streamed(engine, _STREAM, schema, batches()):
            _copy(engine, select_sql(plan, identifier(_STREAM)), path)
    except duckdb.IOException:
        raise
    except duckdb.Error as error:
        # The engine's own words may quote a cell; only their kind is passed on.
        raise InputError(
            f"the rows cannot be read ({type(error).__name__})",
            where=opened.name,
            do="Run `answerable inspect` on the file.",
        ) from None
    return faults


def _storable(cell: str) -> str:
    # A lone surrogate (from broken UTF-16 or JSON escapes) cannot be stored as text.
    return cell.encode("utf-8", "replace").decode("utf-8")
