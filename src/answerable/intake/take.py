"""Taking in: from files to records, with every row accounted for."""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from answerable import wording
from answerable.engine import DuckDB
from answerable.engine.dialect import literal
from answerable.errors import LayoutError
from answerable.intake.accounting import Overlap, Source
from answerable.intake.containers import expand, no_table
from answerable.intake.duplicates import BY_CELLS, BY_ID, Repeat, find_repeats, overlaps, positions
from answerable.intake.kinds import RecordKind, Role
from answerable.intake.layouts import Layout
from answerable.intake.opening import Opened, open_item, probably_cut
from answerable.intake.pseudonyms import install
from answerable.intake.staging import PARQUET, Set, Staged, stage

__all__ = ["Progress", "Taken", "open_all", "take_in"]

Progress = Callable[[str, int, int], None]
"""Told what is being done, the step's number and how many there are."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What an intake gave.

    Attributes:
        sources: The new sources with their accounts.
        overlaps: Pairs of sources, new or old, that share records.
    """

    sources: tuple[Source, ...]
    overlaps: tuple[Overlap, ...]


def open_all(
    paths: Iterable[Path],
    layouts: Sequence[Layout],
    known: Iterable[str] = (),
    progress: Progress = lambda *_: None,
) -> tuple[list[Opened], list[str], list[str]]:
    """Open every table under some paths: those to read, names given again, names left out.

    Raises:
        InputError: A file cannot be read, or no layout (or more than one) fits a table. Every table that no
            layout fits is named, not the first alone.
    """
    paths = list(paths)
    items, left_out = expand(paths)
    seen = set(known)
    opened: list[Opened] = []
    repeated: list[str] = []
    wrong: list[LayoutError] = []
    for step, item in enumerate(items, start=1):
        progress(f"Opening {item.name}", step, len(items))
        tables, unmatched = open_item(item, layouts)
        wrong += [one.error for one in unmatched]
        fresh = [table for table in tables if table.key not in seen]
        repeated += [table.name for table in tables if table.key in seen]
        seen |= {table.key for table in fresh}
        opened += fresh
    if len(wrong) == 1:
        raise wrong[0]
    if wrong:
        raise LayoutError(f"{len(wrong)} tables fit no layout:\n" + "\n".join(str(one) for one in wrong))
    if not opened and not repeated:
        raise no_table(paths)
    return opened, repeated, left_out


def take_in(
    engine: DuckDB,
    opened: Sequence[Opened],
    kinds: Sequence[RecordKind],
    *,
    key: bytes,
    timezone: str,
    old: Sequence[tuple[Source, Path]],
    folder: Path,
    progress: Progress = lambda *_: None,
) -> Taken:
    """Write the records of opened tables under ``folder``, as ``records/``, ``quarantine/`` and ``set-aside/``.

    Args:
        engine: Where the SQL runs, with joins as written; it may read the sources and write the folder.
        opened: The tables.
        kinds: The record kinds that layouts may give.
        key: The case's key.
        timezone: The local zone, or empty.
        old: Sources that the case has already, with their record files.
        folder: A new, empty folder.
        progress: Told of each step.

    Raises:
        InputError: A source cannot be read as records.
    """
    install(engine, key)
    for name in ("records", "quarantine", "set-aside", "staging"):
        (folder / name).mkdir(parents=True)
    first = max((source.number for source, _ in old), default=0) + 1
    staged: list[Staged] = []
    for number, table in enumerate(opened, start=first):
        progress(f"Reading {table.name}", number - first + 1, len(opened))
        kind = next(kind for kind in kinds if kind.name == table.layout.kind)
        path = folder / "staging" / f"{number:04}.parquet"
        staged.append(stage(engine, table, kind, number=number, timezone=timezone, path=path))
    repeats: list[Repeat] = []
    for kind in kinds:
        files = [(source.number, path) for source, path in old if source.kind == kind.name]
        new = [one for one in staged if one.plan.kind is kind]
        if new:
            progress("Looking for duplicates", len(opened), len(opened))
            files += [(one.plan.number, one.path) for one in new]
            repeats += find_repeats(engine, kind, files, {one.plan.number: one.unreadable for one in new})
    own: dict[int, list[Repeat]] = {one.plan.number: [] for one in staged}
    for repeat in repeats:
        if repeat.source in own:
            own[repeat.source].append(repeat)
    sources = [_settle(engine, one, own[one.plan.number], folder) for one in staged]
    (folder / "staging").rmdir()
    return Taken(tuple(sources), tuple(overlaps(repeats)))


def _settle(engine: DuckDB, staged: Staged, repeats: Sequence[Repeat], folder: Path) -> Source:
    """Write a source's final records and what was set aside, and make its account."""
    number, opened, kind = staged.plan.number, staged.opened, staged.plan.kind
    name = f"{number:04}"
    path = folder / "records" / f"{name}.parquet"
    gone = sorted({*staged.unreadable, *(one.position for one in repeats)})
    if gone:
        positions(engine, "gone", gone)
        columns = ", ".join(kind.columns())
        engine.execute(
            f"COPY (SELECT {columns} FROM read_parquet({literal(str(staged.path))}, file_row_number = true) "
            f"WHERE file_row_number NOT IN (FROM gone)) TO {literal(str(path))} ({PARQUET})"
        )
        staged.path.unlink()
    else:
        staged.path.replace(path)
    _write(
        folder / "quarantine" / f"{name}.csv",
        ("file", "line", "reason", "raw text"),
        ((opened.name, one.line, one.reason, one.raw) for one in staged.set_aside),
    )
    _write(
        folder / "set-aside" / f"{name}.csv",
        ("file", "record", "repeats a record of source", "differs in some cell"),
        ((opened.name, one.position + 1, one.of, "yes" if one.differs else "no") for one in repeats),
    )
    away = set(gone)
    cells = [one for one in staged.cells if one.position not in away]
    _write(
        folder / "quarantine" / f"{name}-cells.csv",
        ("file", "line", "field", "raw text"),
        ((opened.name, one.line, kind.field(one.field).label, one.raw) for one in cells),
    )
    kept = staged.written - len(gone)
    states, first, last, broken = _census(engine, staged, path)
    notices = list(opened.notices)
    notices += [
        f"{wording.plural(count, 'cell')} of {kind.field(field).label} cannot be read and {'is' if count == 1 else 'are'} left out of its measures."
        for field, count in broken.items()
        if count
    ]
    notices += [notice] if (notice := probably_cut(staged.rows_in)) else []
    by_id = any(field.role is Role.KEY and field.name in staged.plan.places for field in kind.fields)
    if repeats and not by_id:
        notices.append(
            "The export has no ID: records that are the same in every column that is read were counted once, though two searches made alike in one instant cannot be told apart."
        )
    clock = staged.plan.clocks.get(kind.time)
    if staged.plan.timezone and clock and clock.forms and not clock.utc:
        notices.append(
            f"The times state no zone and were read as {staged.plan.timezone}, as --timezone asks. If they are in another zone, every hour and weekday is wrong by the difference."
        )
    if differ := sum(one.differs for one in repeats):
        notices.append(
            f"{wording.plural(differ, 'record')} set aside as repeated {'is' if differ == 1 else 'are'} not the same as the first in every column: see `set-aside/{name}.csv` in the case."
        )
    return Source(
        number=number,
        name=opened.name,
        sha256=opened.sha256,
        size=opened.size,
        layout=opened.layout.name,
        kind=kind.name,
        rows_in=staged.rows_in,
        kept=kept,
        duplicates=len(repeats),
        duplicates_differing=sum(one.differs for one in repeats),
        quarantined=len(staged.set_aside),
        reasons=dict(sorted(Counter(_group(one) for one in staged.set_aside).items())),
        duplicate_rule=BY_ID if by_id else BY_CELLS,
        first=first,
        last=last,
        clock=staged.plan.clock,
        states=states,
        notices=tuple(notices),
    )


def _group(one: Set) -> str:
    """Reduce a reason to its kind: how many cells a ragged row has differs from row to row."""
    return "has too few or too many cells" if one.reason.startswith("has ") else one.reason


def _write(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a file that only its owner can read; none where there are no rows."""
    listed = list(rows)
    if not listed:
        return
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows([str(cell).replace("\0", "\\0") for cell in row] for row in listed)


def _census(
    engine: DuckDB, staged: Staged, path: Path
) -> tuple[dict[str, dict[str, int]], str, str, dict[str, int]]:
    """Count cell states per field, the first and last time, and present cells whose value could not be read."""
    kind = staged.plan.kind
    exported = [field for field in kind.fields if field.name in staged.plan.places]
    wanted = [f"{field.name}_state" for field in exported]
    read = f"read_parquet({literal(str(path))})"
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
