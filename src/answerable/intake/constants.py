"""Constants: what a layout says of every row, and the export does not.

A constant goes through the same states and parsing as a cell. What holds of one row holds of all, so one that is no
value of its field is refused before a row is read, and not set aside once a row.
"""

from __future__ import annotations

from collections.abc import Iterator

from answerable.engine import DuckDB
from answerable.engine.dialect import literal
from answerable.errors import LayoutError
from answerable.intake.columns import Plan, select_sql
from answerable.intake.faults import EARLIEST, LATEST
from answerable.intake.kinds import CellState, RecordKind, Role
from answerable.intake.layouts import Layout

__all__ = ["check_constants", "layout_notices"]

_UNSAID = (Role.IDENTIFIER, Role.FREE_TEXT)


def check_constants(engine: DuckDB, plan: Plan, layout: Layout) -> None:
    """Hold that each constant is a value of its field, or says that there is none.

    Args:
        engine: Where the SQL runs, with the case's key installed.
        plan: How the source's cells become columns.
        layout: Where the constants stand.

    Raises:
        LayoutError: One is neither: it is out of its field's bounds, say, or a time in no known form.
    """
    parsed = {name: plan.kind.field(name).parsed for name in plan.constants}
    wanted = {name: column for name, column in parsed.items() if column and plan.comparable(name)}
    if not wanted:
        return
    places = sorted({place for each in plan.places.values() for place in each})
    one_row = f"(SELECT {', '.join(f'CAST(NULL AS VARCHAR) AS c{place}' for place in places)})"
    values = {name: _within(plan, name, column) for name, column in wanted.items()}
    columns = ", ".join(f"{name}_state, {value}" for name, value in values.items())
    (row,) = engine.rows(f"SELECT {columns} FROM ({select_sql(plan, one_row)}) AS one_row")
    for name, state, value in zip(wanted, row[::2], row[1::2], strict=True):
        if state == CellState.PRESENT and value is None:
            field = plan.kind.field(name)
            bounds = f" from {field.low:g} to {field.high:g}" if field.role is Role.NUMBER else ""
            raise LayoutError(
                f"constants.{name} is {plan.constants[name]!r}",
                where=str(layout.path),
                expected=f"a {field.role.value}{bounds}, as a column of {field.label} holds it",
                do="Correct the layout file; docs/how-to/new-layout.md shows one.",
            )


def _within(plan: Plan, name: str, column: str) -> str:
    """Give SQL for a parsed value that is NULL where no record can have it: a time beyond the calendar."""
    if plan.kind.field(name).role is not Role.TIME:
        return column
    return f"CASE WHEN {column} BETWEEN TIMESTAMP {literal(EARLIEST)} AND TIMESTAMP {literal(LATEST)} THEN {column} END"


def layout_notices(layout: Layout, kind: RecordKind) -> Iterator[str]:
    """Give what a reader should know of the records because the layout says it, one sentence each."""
    for name, text in layout.constants.items():
        field = kind.field(name)
        value = "the same" if field.role in _UNSAID else repr(text)
        yield f"In every record, {field.label} is {value}: the layout {layout.name} says so, not the export."
    for field in kind.fields:
        if field.name in layout.negated:
            yield f"The {field.label} is stored with its sign turned: the layout {layout.name} says that in the export a lower number is more alike."
