"""Opening: from a file to a table under a known layout, with what was seen on the way."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from answerable import wording
from answerable.engine.hadoop import RemoteFile
from answerable.errors import InputError, LayoutError
from answerable.intake.arrays import ArrayTable
from answerable.intake.candidates import Candidate, candidates, first_rows
from answerable.intake.columnar import ColumnarTable
from answerable.intake.containers import Item, table_key
from answerable.intake.headers import find_header, likeliest, showable
from answerable.intake.headless import Shape, choose_headless, shape_of, unnamed
from answerable.intake.layouts import Layout, choose
from answerable.intake.preflight import Look, file_sha256, stream_sha256
from answerable.intake.spaced import SpacedTable
from answerable.intake.tables import EXCEL_ROWS, OLD_EXCEL_ROWS, Row, Table, TextTable
from answerable.intake.wide import WideTable, unfold

__all__ = ["Opened", "Unmatched", "open_item"]

_SAMPLE = 2_000  # rows looked at to learn how times are written


@dataclass(frozen=True, slots=True)
class Opened:
    """One table of records, its layout chosen and nothing yet read into the case.

    Attributes:
        name: The source's name, as in `Source`.
        path: The file on disk.
        sha256: Of the file on disk.
        size: Its size in bytes.
        layout: The layout that fits.
        header: The header row's cells; the columns' places where the layout is of files without one.
        before: Rows before the first record: the header, and what stands above it.
        table: Reads the rows with care.
        look: What the bytes showed, for text.
        fast: True where the engine may read the file itself.
        sample: The first records.
        notices: What a reader should know.
        beside: The hashes of files beside it that are part of it.
        log: The label of the log that it is part of.
        remote: The file, where it is not on a disk of this machine.
    """

    name: str
    path: Path
    sha256: str
    size: int
    layout: Layout
    header: tuple[str, ...]
    before: int
    table: Table
    look: Look | None
    fast: bool
    sample: tuple[Row, ...]
    notices: tuple[str, ...] = ()
    beside: str = ""
    log: str = ""
    remote: RemoteFile | None = None

    @property
    def key(self) -> str:
        """What tells the table from others that the case holds: its file's hash, its place within it, and what belongs to it."""
        return table_key(self.sha256, self.name, self.beside)

    @property
    def counted(self) -> int:
        """How many records there are, by a count that parses none; 0 where nothing counts them so."""
        wide = self.table if isinstance(self.table, WideTable) else None
        table, periods = (wide.inner, wide.periods) if wide else (self.table, 1)
        if isinstance(table, ColumnarTable | ArrayTable):
            return table.records * periods
        return (self.look.records - self.layout.header) * periods if self.look else 0

    @property
    def may_hold_names(self) -> bool:
        """Say whether a header may stand where the layout says that there is none; in an array of numbers none can."""
        return not self.layout.header and not isinstance(self.table, ArrayTable)

    @property
    def delimiter(self) -> str:
        """The character between cells, for text."""
        table = self.table.inner if isinstance(self.table, WideTable) else self.table
        return table.delimiter if isinstance(table, TextTable | SpacedTable) else ""

    def pick(self, places: Collection[int]) -> Iterator[tuple[int, Row]]:
        """Give the records at some places among the sound ones, from 0, each with its place, in their order."""
        if isinstance(self.table, ArrayTable):  # every row of an array is sound
            yield from self.table.pick(places)
            return
        sound = (row for row in self.records() if not row.fault)
        yield from ((place, row) for place, row in enumerate(sound) if place in places)

    def records(self) -> Iterator[Row]:
        """Give every row after the header, sound or at fault, in order."""
        return islice(self.table.rows(len(self.header)), self.before, None)


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A table whose header no layout fits, or more than one: what `inspect` explains.

    A cell of ``header`` that may be no column's name is given by its place, as `showable` says; it is empty where the
    table has none, or the user named a layout of such. ``shape`` is there where the first row reads as a record.
    """

    name: str
    header: tuple[str, ...]
    error: LayoutError
    shape: Shape | None = None


def _sha256(item: Item) -> str:
    """Hash the file that holds an item, as it is stored."""
    return stream_sha256(item.remote.stream()) if item.remote else file_sha256(item.path)


@dataclass(frozen=True, slots=True)
class _Match:
    """The layout of a table, its header or the places that stand for one, and how many rows are no records."""

    layout: Layout
    table: Table
    header: tuple[str, ...]
    above: int
    before: int

    @property
    def width(self) -> int:
        """How many columns the file itself has."""
        return len(self.table.header if isinstance(self.table, WideTable) else self.header)

    def sample(self) -> tuple[Row, ...]:
        """Give the first records that are sound."""
        rows = islice(self.table.rows(len(self.header)), self.before, self.before + _SAMPLE)
        return tuple(row for row in rows if not row.fault)

    def notices(self) -> Iterator[str]:
        if self.above:
            one = self.above == 1
            yield f"{wording.plural(self.above, 'row')} above the header {'is' if one else 'are'} not records and {'was' if one else 'were'} passed over."


def _match(candidate: Candidate, rows: Sequence[Row], layouts: Sequence[Layout]) -> _Match | Unmatched:
    """Find the layout of a table: one whose header stands in its first rows, or one without a header that was named."""
    name, table = candidate.name, candidate.table
    headed = [layout for layout in layouts if layout.header]
    at = find_header(rows, headed)
    if at is None:
        try:
            headless = choose_headless(table, layouts, where=name)
        except LayoutError as error:
            return Unmatched(name, (), error)
        if headless:
            layout = headless.layout
            return _Match(layout, headless.table, layout.places, 0, headless.before)
    shape = shape_of(table, layouts) if at is None else None
    if isinstance(table, ArrayTable) and not table.names:
        return Unmatched(name, (), unnamed(table, shape, where=name), shape)
    top = likeliest(rows, headed) if at is None else at
    cells = showable(rows, top, headed) if at is None else rows[top].cells
    header = tuple(cell.strip("\ufeff") for cell in cells)
    try:
        layout = choose(header, headed, where=f"{name}, line {rows[top].line}" if rows[top].line else name)
    except LayoutError as error:
        if shape:
            error = LayoutError(
                error.what,
                where=error.where,
                expected=error.expected,
                do=f"{error.do} If its first row is a record, the file has no header: name a layout without one {shape.do}.",
            )
        return Unmatched(name, header, error, shape)
    while header and not header[-1].strip():
        header = header[:-1]
    above = at or 0
    if layout.wide:
        wide = unfold(table, header, layout, above + 1)
        return _Match(layout, wide, wide.unfolded, above, 1)
    return _Match(layout, table, header, above, above + 1)


def _is_regular(item: Item, table: Table, seen: Look | None) -> bool:
    """Say whether the engine may read the file itself; Spark's workers do not split text at runs of blanks, nor unfold."""
    if isinstance(table, WideTable):
        return not item.remote and _is_regular(item, table.inner, seen)
    if isinstance(table, ColumnarTable | ArrayTable):
        return True
    return bool(seen and seen.regular and item.plain) and not (item.remote and isinstance(table, SpacedTable))


def open_item(item: Item, layouts: Sequence[Layout]) -> tuple[list[Opened], list[Unmatched]]:
    """Open every table of one file.

    A sheet without any rows is passed over. The layouts are tried on each of the first 20 rows.

    Raises:
        InputError: The file cannot be read at all, or holds no rows.
    """
    opened: list[Opened] = []
    unmatched: list[Unmatched] = []
    sha256 = ""
    headed = [layout for layout in layouts if layout.header]
    for candidate in candidates(item, headed):
        rows = first_rows(candidate.table)
        if not rows:
            continue
        seen = candidate.look
        sha256 = sha256 or (seen.sha256 if seen and item.plain else _sha256(item))
        found = _match(candidate, rows, layouts)
        if isinstance(found, Unmatched):
            unmatched.append(found)
            continue
        opened.append(
            Opened(
                name=candidate.name,
                path=item.path,
                sha256=sha256,
                size=item.size,
                layout=found.layout,
                header=found.header,
                before=found.before,
                table=found.table,
                look=seen,
                fast=not found.above
                and (not found.layout.header or found.width == len(rows[0].cells))
                and _is_regular(item, found.table, seen),
                sample=found.sample(),
                notices=(*candidate.notices, *found.notices()),
                beside=candidate.beside,
                remote=item.remote,
            )
        )
    if not opened and not unmatched:
        raise InputError(
            "the file holds no rows",
            where=item.name,
            expected="a header and records",
            do="Check that the file is whole.",
        )
    return opened, unmatched


def probably_cut(rows: int, *, header: bool = True) -> str:
    """Say that a table of so many records was probably cut at a spreadsheet's limit, or nothing."""
    for limit in (EXCEL_ROWS, OLD_EXCEL_ROWS):
        if limit - 3 <= rows + header <= limit:
            return f"The table has {wording.count(rows)} records: {'with its header ' if header else ''}that is Excel's limit of {wording.count(limit)} rows, so it was probably cut there."
    return ""
