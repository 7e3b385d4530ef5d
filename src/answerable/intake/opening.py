"""Opening: from a file to a table under a known layout, with what was seen on the way."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO

from answerable import wording
from answerable.engine.hadoop import RemoteFile
from answerable.errors import InputError, LayoutError
from answerable.intake.columnar import ColumnarTable
from answerable.intake.containers import BOOKS, COLUMNAR, JSON, Item, check_book, inside
from answerable.intake.headers import find_header, likeliest, showable
from answerable.intake.layouts import Layout, choose
from answerable.intake.preflight import Look, file_sha256, look, stream_sha256
from answerable.intake.tables import (
    EXCEL_ROWS,
    OLD_EXCEL_ROWS,
    BookTable,
    JsonTable,
    Row,
    Table,
    TextTable,
    sheets,
)

__all__ = ["Opened", "Unmatched", "open_item"]

_HEADER_WITHIN = 20  # rows in which the header must stand
_SAMPLE = 2_000  # rows looked at to learn how times are written
_DELIMITERS = (",", "\t", ";", "|")


@dataclass(frozen=True, slots=True)
class Opened:
    """One table of records, its layout chosen and nothing yet read into the case.

    Attributes:
        name: The source's name, as in `Source`.
        path: The file on disk.
        sha256: Of the file on disk.
        size: Its size in bytes.
        layout: The layout that fits.
        header: The header row's cells.
        above: Rows above the header, which are not records.
        table: Reads the rows with care.
        look: What the bytes showed, for text.
        fast: True where the engine may read the file itself.
        sample: The first records.
        notices: What a reader should know.
        key: What tells the table from others that the case holds: its file's hash and its place within it.
        log: The label of the log that it is part of.
        remote: The file, where it is not on a disk of this machine.
    """

    name: str
    path: Path
    sha256: str
    size: int
    layout: Layout
    header: tuple[str, ...]
    above: int
    table: Table
    look: Look | None
    fast: bool
    sample: tuple[Row, ...]
    notices: tuple[str, ...] = ()
    key: str = field(default="")
    log: str = ""
    remote: RemoteFile | None = None

    @property
    def counted(self) -> int:
        """How many records there are, by a count that parses none; 0 where nothing counts them so."""
        if isinstance(self.table, ColumnarTable):
            return self.table.records
        return self.look.records - 1 if self.look else 0

    @property
    def delimiter(self) -> str:
        """The character between cells, for text."""
        return self.table.delimiter if isinstance(self.table, TextTable) else ""

    def records(self) -> Iterator[Row]:
        """Give every row after the header, sound or at fault, in order."""
        return islice(self.table.rows(len(self.header)), self.above + 1, None)


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A table whose header no layout fits, or more than one: what `inspect` explains.

    A cell of ``header`` that may be no column's name is given by its place, as `showable` says.
    """

    name: str
    header: tuple[str, ...]
    error: LayoutError


def _first_rows(table: Table) -> list[Row]:
    return list(islice(table.rows(), _HEADER_WITHIN))


def _delimiter(opener: Callable[[], IO[bytes]], encoding: str, layouts: Sequence[Layout]) -> str:
    """Choose the delimiter under which a header fits; failing that, the one that gives most columns."""
    with opener() as stream:
        start = stream.read(1 << 16)
    most = (0, ",")
    for delimiter in _DELIMITERS:
        rows = _first_rows(TextTable(lambda: io.BytesIO(start), encoding, delimiter))
        if find_header(rows, layouts) is not None:
            return delimiter
        most = max(
            most, (max((len(row.cells) for row in rows), default=0), delimiter), key=lambda pair: pair[0]
        )
    return most[1]


def _candidates(item: Item, layouts: Sequence[Layout]) -> Iterator[tuple[str, Table, Look | None, list[str]]]:
    if item.suffix in BOOKS:
        check_book(item)
        names = sheets(item.open, item.name)
        for sheet in names:
            yield (
                (f"{item.name}!{sheet}" if len(names) > 1 else item.name),
                BookTable(item.open, item.name, sheet),
                None,
                [],
            )
    elif item.suffix in COLUMNAR:
        yield item.name, ColumnarTable(item.path, item.name, item.remote), None, []
    elif item.suffix in JSON:
        yield item.name, JsonTable(item.open, item.name, item.suffix != ".json"), None, []
    else:
        try:
            with item.open() as stream:
                seen = look(stream, item.name)
        except OSError as error:
            raise InputError(
                f"the file cannot be read ({error.strerror})", where=item.name, do="Check its permissions."
            ) from None
        notices = []
        if seen.invalid_at is not None and seen.encoding == "cp1252":
            notices.append(
                f"The file is not valid UTF-8 at byte {wording.count(seen.invalid_at)}; it was read as Windows-1252."
            )
        if not seen.ended:
            notices.append("The file does not end in a line break: its last row may be cut.")
        table = TextTable(item.open, seen.encoding, _delimiter(item.open, seen.encoding, layouts))
        yield item.name, table, seen, notices


def _sha256(item: Item) -> str:
    """Hash the file that holds an item, as it is stored."""
    return stream_sha256(item.remote.stream()) if item.remote else file_sha256(item.path)


def open_item(item: Item, layouts: Sequence[Layout]) -> tuple[list[Opened], list[Unmatched]]:
    """Open every table of one file.

    A sheet without any rows is passed over. The layouts are tried on each of the first 20 rows.

    Raises:
        InputError: The file cannot be read at all, or holds no rows.
    """
    opened: list[Opened] = []
    unmatched: list[Unmatched] = []
    sha256 = ""
    for name, table, seen, notices in _candidates(item, layouts):
        rows = _first_rows(table)
        if not rows:
            continue
        sha256 = sha256 or (seen.sha256 if seen and item.plain else _sha256(item))
        at = find_header(rows, layouts)
        top = likeliest(rows, layouts) if at is None else at
        cells = showable(rows, top, layouts) if at is None else rows[top].cells
        header = tuple(cell.strip("\ufeff") for cell in cells)
        try:
            layout = choose(
                header, layouts, where=f"{name}, line {rows[top].line}" if rows[top].line else name
            )
        except LayoutError as error:
            unmatched.append(Unmatched(name, header, error))
            continue
        if at:
            notices.append(
                f"{wording.plural(at, 'row')} above the header {'is' if at == 1 else 'are'} not records and {'was' if at == 1 else 'were'} passed over."
            )
        while header and not header[-1].strip():
            header = header[:-1]
        sample = tuple(
            row for row in islice(table.rows(len(header)), at or 0, (at or 0) + _SAMPLE) if not row.fault
        )[1:]
        opened.append(
            Opened(
                name=name,
                path=item.path,
                sha256=sha256,
                size=item.size,
                layout=layout,
                header=header,
                above=at or 0,
                table=table,
                look=seen,
                fast=not at
                and len(header) == len(rows[0].cells)
                and (bool(seen and seen.regular and item.plain) or isinstance(table, ColumnarTable)),
                sample=sample,
                notices=tuple(notices),
                key=f"{sha256} {inside(name)}",
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


def probably_cut(rows: int) -> str:
    """Say that a table of so many records was probably cut at a spreadsheet's limit, or nothing."""
    for limit in (EXCEL_ROWS, OLD_EXCEL_ROWS):
        if limit - 3 <= rows + 1 <= limit:
            return f"The table has {wording.count(rows)} records: with its header that is Excel's limit of {wording.count(limit)} rows, so it was probably cut there."
    return ""
