"""The census of a source's records: cell states, the first and last time, cells without a value, turned clocks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from answerable.engine import DuckDB
from answerable.engine.dialect import literal
from answerable.intake.staging import Staged

__all__ = ["census", "turned"]


def _read(paths: Sequence[Path]) -> str:
    return f"read_parquet([{', '.join(literal(str(path)) for path in paths)}])"


def turned(engine: DuckDB, staged: Staged, paths: Sequence[Path]) -> tuple[int, int]:
    """Count records whose local time, written without a zone, came twice or never was as clocks were set.

    In the first case the export does not say which of two instants it was, in the second the time is not one of the
    zone that was named. Where instants are written, neither can happen.
    """
    plan, time = staged.plan, staged.plan.kind.time
    clock = plan.clocks.get(time)
    if not (plan.timezone and clock and clock.forms and not clock.utc):
        return 0, 0
    zone = literal(plan.timezone)

    def local(shift: str) -> str:
        return f"timezone({zone}, timezone('UTC', {time}{shift}))"

    hour = "INTERVAL 1 HOUR"
    twice = f"{local(f' + {hour}')} = {time}_local OR {local(f' - {hour}')} = {time}_local"
    never = f"{local('')} <> {time}_local"
    ((folded, skipped),) = engine.rows(
        f"SELECT count(*) FILTER (WHERE {twice}), count(*) FILTER (WHERE {never}) FROM {_read(paths)}"
    )
    return int(folded), int(skipped)


def census(
    engine: DuckDB, staged: Staged, paths: Sequence[Path]
) -> tuple[dict[str, dict[str, int]], str, str, dict[str, int]]:
    """Count cell states per field, the first and last time, and present cells whose value could not be read."""
    kind = staged.plan.kind
    exported = [field for field in kind.fields if field.name in staged.plan.filled]
    wanted = [f"{field.name}_state" for field in exported]
    read = _read(paths)
    rows = engine.rows(f"SELECT {', '.join(wanted)}, count(*) FROM {read} GROUP BY ALL")
    states: dict[str, dict[str, int]] = {field.name: {} for field in exported}
    for *cells, count in rows:
        for field, cell in zip(exported, cells, strict=True):
            states[field.name][cell] = states[field.name].get(cell, 0) + count
    states = {name: dict(sorted(counts.items())) for name, counts in states.items()}
    kept = sum(count for *_, count in rows)
    states |= {field.name: {"not exported": kept} for field in kind.fields if field not in exported}
    values = {field.name: field.parsed for field in exported if field.parsed and field.name != kind.time}
    counts = "".join(
        f", count(*) FILTER (WHERE {field}_state = 'present' AND {value} IS NULL)"
        for field, value in values.items()
    )
    time = f"coalesce({kind.time}_local, {kind.time})" if kind.time else "CAST(NULL AS TIMESTAMP)"
    low, high, *broken = engine.rows(f"SELECT min({time}), max({time}){counts} FROM {read}")[0]
    return (
        states,
        low.isoformat(" ") if low else "",
        high.isoformat(" ") if high else "",
        dict(zip(values, broken, strict=True)),
    )
