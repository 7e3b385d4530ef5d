"""Taking in: from files to records, with every row accounted for."""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from answerable.engine import DuckDB
from answerable.engine.dialect import literal
from answerable.engine.reader import SparkReader
from answerable.errors import LayoutError
from answerable.intake.accounting import Overlap, Source
from answerable.intake.census import census, turned
from answerable.intake.containers import Item, expand, no_table
from answerable.intake.duplicates import Repeat, find_repeats, overlaps, positions, rule
from answerable.intake.faults import Set
from answerable.intake.kinds import RecordKind
from answerable.intake.layouts import Layout
from answerable.intake.matrices import summing_rows
from answerable.intake.notices import notices
from answerable.intake.opening import Opened, open_item
from answerable.intake.pseudonyms import install
from answerable.intake.spread import install_on_spark
from answerable.intake.staging import PARQUET, Staged, stage

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
    *,
    log: str = "",
    remote: Sequence[Item] = (),
) -> tuple[list[Opened], list[str], list[str]]:
    """Open every table under some paths: those to read, names given again, names left out.

    Args:
        paths: Files and folders.
        layouts: The layouts to choose from.
        known: Keys of the tables that the case holds already.
        progress: Told of each file.
        log: The label of the log that all of the tables are part of.
        remote: Files that are not on this machine, besides.

    Raises:
        InputError: A file cannot be read, or no layout (or more than one) fits a table. Every table that no
            layout fits is named, not the first alone.
    """
    paths = list(paths)
    items, left_out = expand(paths)
    items += remote
    seen = set(known)
    opened: list[Opened] = []
    repeated: list[str] = []
    wrong: list[LayoutError] = []
    for step, item in enumerate(items, start=1):
        progress(f"Opening {item.name}", step, len(items))
        tables, unmatched = open_item(item, layouts)
        wrong += [one.error for one in unmatched]
        fresh = [replace(table, log=log) for table in tables if table.key not in seen]
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
    old: Sequence[tuple[Source, Sequence[Path]]],
    folder: Path,
    progress: Progress = lambda *_: None,
    spark: SparkReader | None = None,
) -> Taken:
    """Write the records of opened tables under ``folder``, as ``records/``, ``quarantine/`` and ``set-aside/``.

    A record that repeats one of its own log is set aside. One that a source of another log holds too stays, in a file of
    its own (``shared/``): each log can then be read whole, and all logs together hold each record once.

    Args:
        engine: Where the SQL runs, with joins as written; it may read the sources and write the folder.
        opened: The tables.
        kinds: The record kinds that layouts may give.
        key: The case's key.
        timezone: The local zone, or empty.
        old: Sources that the case has already, each with its record files.
        folder: A new, empty folder.
        progress: Told of each step.
        spark: Reads the tables that are not on this machine.

    Raises:
        InputError: A source cannot be read as records.
    """
    install(engine, key)
    if spark:
        install_on_spark(spark, key)
    for name in ("records", "shared", "quarantine", "set-aside", "staging"):
        (folder / name).mkdir(parents=True)
    first = max((source.number for source, _ in old), default=0) + 1
    staged: list[Staged] = []
    for number, table in enumerate(opened, start=first):
        progress(f"Reading {table.name}", number - first + 1, len(opened))
        kind = next(kind for kind in kinds if kind.name == table.layout.kind)
        path = folder / "staging" / f"{number:04}.parquet"
        staged.append(stage(engine, table, kind, number=number, timezone=timezone, path=path, spark=spark))
    within: list[Repeat] = []
    between: list[Repeat] = []
    for kind in kinds:
        new = [one for one in staged if one.plan.kind is kind]
        if new:
            progress("Looking for duplicates", len(opened), len(opened))
            earlier = [(source, path) for source, paths in old if source.kind == kind.name for path in paths]
            found = _repeats(engine, kind, earlier, new)
            within, between = within + found[0], between + found[1]
    own: dict[int, tuple[list[Repeat], list[Repeat]]] = {one.plan.number: ([], []) for one in staged}
    for place, repeats in enumerate((within, between)):
        for repeat in repeats:
            if repeat.source in own:
                own[repeat.source][place].append(repeat)
    sources = [_settle(engine, one, *own[one.plan.number], folder) for one in staged]
    (folder / "staging").rmdir()
    fresh = [repeat for repeat in (*within, *between) if repeat.source in own]
    return Taken(tuple(sources), tuple(overlaps(fresh)))


def _repeats(
    engine: DuckDB, kind: RecordKind, old: Sequence[tuple[Source, Path]], new: Sequence[Staged]
) -> tuple[list[Repeat], list[Repeat]]:
    """Find the new records that repeat one of their own log, and of the others those that another log holds."""
    within: list[Repeat] = []
    logs = dict.fromkeys([*(source.log for source, _ in old), *(one.opened.log for one in new)])
    skip: dict[int, list[int]] = {one.plan.number: list(one.unreadable) for one in new}
    for log in logs:
        files = [(source.number, path) for source, path in old if source.log == log]
        files += [(one.plan.number, one.path) for one in new if one.opened.log == log]
        within += find_repeats(engine, kind, files, skip)
    if len(logs) == 1:
        return within, []
    for repeat in within:
        skip.setdefault(repeat.source, []).append(repeat.position)
    every = [(source.number, path) for source, path in old]
    every += [(one.plan.number, one.path) for one in new]
    return within, find_repeats(engine, kind, every, skip)


def _settle(
    engine: DuckDB, staged: Staged, repeats: Sequence[Repeat], shared: Sequence[Repeat], folder: Path
) -> Source:
    """Write a source's final records and what was set aside, and make its account.

    Args:
        engine: Where the SQL runs.
        staged: The source.
        repeats: Records that repeat one of their own log.
        shared: Records that another log holds too.
        folder: Where everything is written.
    """
    number, opened, kind = staged.plan.number, staged.opened, staged.plan.kind
    name = f"{number:04}"
    path = folder / "records" / f"{name}.parquet"
    gone = sorted({*staged.unreadable, *(one.position for one in repeats)})
    also = sorted(one.position for one in shared)
    paths = [path]
    if gone or also:
        _pick(engine, staged, "NOT IN", [*gone, *also], path)
        if also:
            paths.append(folder / "shared" / f"{name}.parquet")
            _pick(engine, staged, "IN", also, paths[1])
        staged.path.unlink()
    else:
        staged.path.replace(path)
    wide = opened.layout.wide is not None  # a record is then known by its line and its column
    _write(
        folder / "quarantine" / f"{name}.csv",
        ("file", "line", "reason", "raw text", *(["records", "column"] if wide else [])),
        (
            (opened.name, one.line, one.reason, one.raw, *([one.records, one.column] if wide else []))
            for one in staged.set_aside
        ),
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
        ("file", "line", "field", "raw text", *(["column"] if wide else [])),
        (
            (opened.name, one.line, kind.field(one.field).label, one.raw, *([one.column] if wide else []))
            for one in cells
        ),
    )
    kept = staged.written - len(gone)
    states, first, last, broken = census(engine, staged, paths)
    folded, skipped = turned(engine, staged, paths)
    return Source(
        number=number,
        name=opened.name,
        log=opened.log,
        shared=len(also),
        sha256=opened.sha256,
        beside=opened.beside,
        size=opened.size,
        layout=opened.layout.name,
        kind=kind.name,
        rows_in=staged.rows_in,
        kept=kept,
        duplicates=len(repeats),
        duplicates_differing=sum(one.differs for one in repeats),
        quarantined=staged.quarantined,
        reasons=_reasons(staged.set_aside),
        duplicate_rule=rule(kind, staged.plan.filled),
        first=first,
        last=last,
        clock=staged.plan.clock,
        folded=folded,
        skipped=skipped,
        bad_cells={name: count for name, count in broken.items() if count},
        states=states,
        notices=(
            *notices(staged, repeats, cells, broken=broken, folded=folded, skipped=skipped),
            *summing_rows(engine, opened, kind, paths),
        ),
    )


def _pick(engine: DuckDB, staged: Staged, which: str, places: Sequence[int], path: Path) -> None:
    """Write the staged records that stand, or do not stand, at some positions."""
    positions(engine, "picked", places)
    engine.execute(
        f"COPY (SELECT {', '.join(staged.plan.kind.columns())} "
        f"FROM read_parquet({literal(str(staged.path))}, file_row_number = true) "
        f"WHERE file_row_number {which} (FROM picked)) TO {literal(str(path))} ({PARQUET})"
    )


def _reasons(set_aside: Iterable[Set]) -> dict[str, int]:
    """Count the records set aside by reason."""
    counted: Counter[str] = Counter()
    for one in set_aside:
        counted[_group(one)] += one.records
    return dict(sorted(counted.items()))


def _group(one: Set) -> str:
    """Reduce a reason to its kind: how many cells a ragged row has differs from row to row."""
    return "has too few or too many cells" if " cells where the " in one.reason else one.reason


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
