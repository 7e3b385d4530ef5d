"""Matrices: what only a table with a column a day can have wrong, a date that stands twice and a row that adds up the others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from answerable import wording
from answerable.engine import DuckDB
from answerable.engine.dialect import literal
from answerable.errors import LayoutError
from answerable.intake.clocks import dated
from answerable.intake.columns import Plan
from answerable.intake.kinds import RecordKind, Role
from answerable.intake.opening import Opened
from answerable.intake.wide import WideTable

__all__ = ["check_dates", "summing_rows"]

_SUMS = ("total", "totals", "grand total", "subtotal", "sum", "all", "all areas", "overall")


def check_dates(engine: DuckDB, opened: Opened, plan: Plan) -> None:
    """Refuse a header that holds one date in two columns, however each is written: a cell would have two records.

    Raises:
        LayoutError: It does.
    """
    table, wide = opened.table, opened.layout.wide
    if not isinstance(table, WideTable) or wide is None or wide.label not in plan.clocks:
        return
    names = [(at, dated(table.header[at])) for at in table.labels]
    listed = ", ".join(f"({at}, {literal(name)})" for at, name in names)
    read = plan.clocks[wide.label].parse_sql("name")
    columns: dict[object, list[str]] = {}
    for at, date in engine.rows(
        f"SELECT place, {read} FROM (VALUES {listed}) AS labels(place, name) ORDER BY place"
    ):
        if date is not None:
            columns.setdefault(date, []).append(table.header[at].strip())
    if twice := [repr(name) for several in columns.values() if len(several) > 1 for name in several]:
        raise LayoutError(
            f"the header has columns of the same date: {wording.listing(twice)}",
            where=opened.name,
            expected="each date once",
            do="Rename or remove the repeated column; it is not guessed which one is meant.",
        )


def summing_rows(engine: DuckDB, opened: Opened, kind: RecordKind, paths: Sequence[Path]) -> tuple[str, ...]:
    """Say, a sentence a field, how many rows of a matrix are called as a sum of the others would be: they are taken in as any other.

    Args:
        engine: Where the records are read.
        opened: The table.
        kind: Its record kind.
        paths: Its records.
    """
    table, said = opened.table, []
    if not isinstance(table, WideTable):
        return ()
    read = f"read_parquet([{', '.join(literal(str(path)) for path in paths)}])"
    words = ", ".join(map(literal, _SUMS))
    filled = opened.layout.find(opened.header)
    for field in kind.fields:
        if field.role is not Role.PLACE or field.name not in filled:
            continue
        name = f"lower(trim({field.name}))"
        found = dict(
            engine.rows(
                f"SELECT {name}, count(*) FROM {read} WHERE {name} IN ({words}) GROUP BY 1 ORDER BY 1"
            )
        )
        rows = -(-sum(found.values()) // table.periods)
        if rows:
            said.append(
                f"{wording.plural(rows, 'row')} {'has' if rows == 1 else 'have'} {wording.listing([repr(name) for name in found], joiner='or')} for {field.label} and {'is' if rows == 1 else 'are'} counted as any other: take out what adds up the others."
            )
    return tuple(said)
