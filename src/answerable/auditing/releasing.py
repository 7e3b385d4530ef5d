"""Checking a table before it is published: read like a source of a case, but into no case.

The records lie in a temporary folder that only this user can read, with identifiers replaced under a random key that is
never written down, and go when the check ends.
"""

from __future__ import annotations

import math
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from answerable import wording
from answerable.auditing.known import KINDS, all_layouts
from answerable.engine import DuckDB
from answerable.engine.dialect import literal
from answerable.errors import InputError, StorageError, UsageError
from answerable.intake import Layout, RecordKind, Role, open_all
from answerable.intake.columns import check_timezone
from answerable.intake.duplicates import find_repeats
from answerable.intake.opening import Opened, probably_cut
from answerable.intake.pseudonyms import install
from answerable.intake.staging import Staged, stage
from answerable.intake.take import Progress
from answerable.publish import (
    Column,
    Part,
    ReleaseCheck,
    Table,
    coarsening,
    column,
    comparison,
    exposure,
    read_table,
)

__all__ = ["release_check"]

_KEY_BYTES = 32
_LEAST_K = 2
_STABLE = (Role.IDENTIFIER, Role.KEY)  # one value for one user, thing or record, wherever it stands


@dataclass(frozen=True, slots=True)
class _Read:
    """A table, and the account of how it was read."""

    table: Table
    layouts: tuple[str, ...]
    repeated: int
    unread: int
    notices: tuple[str, ...]


def _quiet(_what: str, _step: int, _of: int) -> None:
    """Tell nobody."""


def release_check(
    file: str | Path,
    *others: str | Path,
    k: int = 5,
    limit: float = 0.001,
    layout: Sequence[str | Path] = (),
    timezone: str = "",
    progress: Progress = _quiet,
) -> ReleaseCheck:
    """Say, before a table is published, how many of its rows could be joined to another, and what would prevent it.

    Nothing is published, written or kept, and no cell is in what is returned: counts, and names of columns.

    Args:
        file: The table: a file, or a folder or archive of files of one kind of record.
        others: Other tables, published or held by others, to lay beside it one by one.
        k: The number of rows that must be the same for one of them to be hidden among them.
        limit: The share of the rows that may be at risk, from 0 to 1.
        layout: Layouts to ask first; see `audit`.
        timezone: The zone of times that state none, an IANA name: needed where another table's times are in UTC.
        progress: Told of each step.

    Raises:
        UsageError: An argument makes no sense.
        InputError: A file cannot be read as records, or its records have no time.
        StorageError: The temporary folder is full or cannot be written.
    """
    if k < _LEAST_K:
        raise UsageError(
            f"k is {k}",
            expected="a whole number from 2 on",
            do="Give the number of rows among which one is hidden.",
        )
    if not 0 <= limit <= 1 or math.isnan(limit):
        raise UsageError(
            f"the limit is {limit:g}",
            expected="a share from 0 to 1, such as 0.001",
            do="Write 1 in 1,000 rows as 0.001.",
        )
    check_timezone(timezone)
    layouts = all_layouts(layout)
    steps = len(others) + 2
    progress("Reading the table", 1, steps)
    with _reader(layouts, timezone) as read:
        found = read(Path(file))
        others_read = []
        for step, other in enumerate(others, start=2):
            progress("Reading another table", step, steps)
            others_read.append(read(Path(other)))
    progress("Counting", steps, steps)
    return _checked(found, others_read, k, limit)


def _checked(read: _Read, others: Sequence[_Read], k: int, limit: float) -> ReleaseCheck:
    table = read.table
    valued = [cells for cells in table.cells.values() if cells.valued.any()]
    columns = [column(cells, k) for cells in valued or table.cells.values()]
    headline = _headline(table, columns)
    to_the_second = [(each, each.to_the_second) for each in headline]
    together = coarsening(table.kind, columns, k, limit, brief=True, out=_STABLE)
    return ReleaseCheck(
        file=table.label,
        layouts=read.layouts,
        records=table.kind.things,
        rows=table.rows,
        repeated=read.repeated,
        unread=read.unread,
        k=k,
        limit=limit,
        headline=exposure(table.kind, to_the_second, k, to_the_second=True),
        by_column=tuple(exposure(table.kind, [(each, 0)], k) for each in columns),
        together=together.before,
        coarsening=coarsening(table.kind, headline, k, limit),
        coarsening_together=together,
        stable=tuple(each.label for each in columns if each.role in _STABLE and each.ladder[0].values),
        comparisons=tuple(comparison(table, other.table) for other in others),
        notices=(
            *read.notices,
            *(f"{other.table.label}: {notice}" for other in others for notice in other.notices),
        ),
    )


def _headline(table: Table, columns: Sequence[Column]) -> list[Column]:
    """Give the columns by which logs have been joined: the time, the first text that users type, the first count.

    Of a kind of record that has neither text nor count, the time stands with the bodies, categories and places that its
    rows show. A column without any value is none of them.
    """
    shown = [each for each in columns if each.ladder[0].values]
    time = [each for each in shown if each.field == table.kind.time]
    first = [
        next((each for each in shown if each.role is role), None) for role in (Role.FREE_TEXT, Role.COUNT)
    ]
    others = [each for each in first if each is not None]
    instead = [each for each in shown if each.role in (Role.ORGANISATION, Role.CATEGORY, Role.PLACE)]
    return [*time, *(others or instead)] or list(columns)


@contextmanager
def _reader(layouts: Sequence[Layout], timezone: str) -> Iterator[_Reader]:
    try:
        folder = Path(tempfile.mkdtemp(prefix="answerable-"))
    except OSError as error:
        raise StorageError.of(error, tempfile.gettempdir()) from None
    try:
        yield _Reader(folder, layouts, timezone, secrets.token_bytes(_KEY_BYTES))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads tables under one key, so that equal identifiers are equal in all of them."""

    folder: Path
    layouts: Sequence[Layout]
    timezone: str
    key: bytes

    def __call__(self, path: Path) -> _Read:
        """Read one table.

        Raises:
            InputError: It cannot be read as records of one kind, with a time.
        """
        opened, _, left_out = open_all([path], self.layouts)
        kind = _only_kind(opened, path)
        with DuckDB(
            [self.folder, *{one.path for one in opened}],
            scratch=self.folder / "scratch",
            joins_as_written=True,
        ) as engine:
            install(engine, self.key)
            staged = [
                stage(
                    engine,
                    one,
                    kind,
                    number=number,
                    timezone=self.timezone,
                    path=self.folder / f"{number:04}.parquet",
                )
                for number, one in enumerate(opened, start=1)
            ]
            repeated = _repeated(engine, kind, staged)
        parts = [Part(one.path, [*one.unreadable, *repeated[one.plan.number]]) for one in staged]
        table = read_table(path.name or str(path), kind, parts)
        for one in staged:
            one.path.unlink()
        if not table.rows:
            raise InputError(
                "no row can be read as a record",
                where=str(path),
                expected="at least one record",
                do="Run `answerable inspect` on the file.",
            )
        return _Read(
            table,
            tuple(dict.fromkeys(one.layout.title for one in opened)),
            sum(map(len, repeated.values())),
            sum(len(one.set_aside) for one in staged),
            (*_notices(staged), *(f"{name} is not a table and was left out." for name in left_out)),
        )


def _only_kind(opened: Sequence[Opened], path: Path) -> RecordKind:
    kinds = {one.layout.kind for one in opened}
    if len(kinds) > 1:
        raise InputError(
            f"the tables hold records of {len(kinds)} kinds: {wording.listing(sorted(kinds))}",
            where=str(path),
            expected="one table, or several of one kind",
            do="Name one of them.",
        )
    kind = next(kind for kind in KINDS if kind.name in kinds)
    if not kind.time:
        raise InputError(
            f"{kind.things} have no time",
            where=str(path),
            expected="records with a time",
            do="Only records that state when something happened can be checked so.",
        )
    return kind


def _repeated(engine: DuckDB, kind: RecordKind, staged: Sequence[Staged]) -> dict[int, list[int]]:
    """Give the positions, by source, of records that repeat the ID of another.

    Rows without an ID that are alike in every column are not repeats here: in a coarsened release they hide each other.
    """
    found: dict[int, list[int]] = {one.plan.number: [] for one in staged}
    keys = [field.name for field in kind.fields if field.role is Role.KEY]
    if not any(key in one.plan.places for key in keys for one in staged):
        return found
    files = [(one.plan.number, one.path) for one in staged]
    repeats = find_repeats(engine, kind, files, {one.plan.number: one.unreadable for one in staged})
    without = {number: set[int]() for number, _ in files}
    for number, path in files if repeats else ():
        read = f"read_parquet({literal(str(path))}, file_row_number = true)"
        without[number] = {
            row[0] for row in engine.rows(f"SELECT file_row_number FROM {read} WHERE {keys[0]} IS NULL")
        }
    for one in repeats:
        if one.position not in without[one.source]:
            found[one.source].append(one.position)
    return found


def _notices(staged: Sequence[Staged]) -> Iterator[str]:
    for one in staged:
        cut = probably_cut(one.rows_in)
        for notice in (*one.opened.notices, *([cut] if cut else [])):
            yield f"{one.opened.name}: {notice}" if len(staged) > 1 else notice
