"""Tables: rows of text cells with their line numbers, from text, workbooks and JSON, read with care.

This is the reader that may be slow and must lose nothing: it takes ragged rows, stray quotes, NUL bytes and
files cut in mid-row, and gives each as a fault with its line and raw text. Where a text file is regular,
`answerable.intake.staging` lets the engine read it instead, and checks that both count the same rows.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import IO, Any, Protocol

import python_calamine

from answerable.errors import InputError
from answerable.intake.preflight import LONGEST_LINE

__all__ = ["BookTable", "JsonTable", "Row", "Table", "TextTable", "lines", "sheets"]

EXCEL_ROWS = 1_048_576
OLD_EXCEL_ROWS = 65_536
_LONGEST_RECORD = 64  # lines that one record may run over before a stray quote is suspected
_OPEN_QUOTE = "its quotes do not close (the row may be cut)"
_JSON_LIMIT = 1 << 30
csv.field_size_limit(1 << 26)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its first line in the file (from 1), its cells, its raw text, and what is wrong with it.

    ``records`` is how many records stand in a row at fault: several in one of a wide table. ``column`` is the column that
    a record of one stands under.
    """

    line: int
    cells: list[str]
    raw: str
    fault: str = ""
    records: int = 1
    column: str = ""


class Table(Protocol):
    """A table of rows. ``width`` is the header's number of columns, 0 while it is not known."""

    def rows(self, width: int = 0) -> Iterator[Row]:
        """Give every row, the header included, in order. Empty lines are not rows."""


@dataclass(frozen=True, slots=True)
class TextTable:
    """Delimited text. ``whose`` says what a row's number of cells is held against: the header, or the layout."""

    open: Callable[[], IO[bytes]]
    encoding: str
    delimiter: str
    whose: str = "header"

    def _parse(self, text: str) -> list[str] | None:
        """Split one record into cells; None where its quotes do not make one record."""
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=self.delimiter, strict=True))
        except csv.Error:
            return None
        return rows[0] if len(rows) == 1 else None

    def rows(self, width: int = 0) -> Iterator[Row]:
        """Give every row; a record whose quotes do not close is given back one line at a time."""
        with io.TextIOWrapper(self.open(), encoding=self.encoding, errors="replace", newline="") as stream:
            numbered = enumerate(lines(stream), start=1)
            held: list[tuple[int, str]] = []  # lines read ahead and given back
            while True:
                number, first = held.pop(0) if held else next(numbered, (0, ""))
                if not number:
                    return
                if not first.strip("\r\n\x1a"):
                    continue
                text = first
                ahead: list[tuple[int, str]] = []
                while text.count('"') % 2 and len(ahead) < _LONGEST_RECORD:
                    more = held.pop(0) if held else next(numbered, None)
                    if more is None:
                        break
                    ahead.append(more)
                    text += more[1]
                row = self._judge(number, text, width)
                if row.fault == _OPEN_QUOTE and ahead:
                    # A stray quote: the first line stands alone, and what it swallowed is read again.
                    held = ahead + held
                    row = self._judge(number, first, width)
                yield row

    def _judge(self, line: int, text: str, width: int) -> Row:
        raw = text.rstrip("\r\n")
        if "\0" in text:
            return Row(line, [], raw, "holds a NUL byte")
        cells = self._parse(_joined(raw))
        if cells is None:
            return Row(line, [], raw, _OPEN_QUOTE)
        cut = "" if text.endswith(("\n", "\r")) else " (the file may be cut here)"
        return _fitted(line, cells, raw, width, note=cut, whose=self.whose)


def _fitted(
    line: int, cells: list[str], raw: str, width: int, *, note: str = "", whose: str = "header"
) -> Row:
    """Give a row with as many cells as the header or layout has; blank ones beyond them (trailing delimiters) are let go."""
    if width and len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        cells = cells[:width]
    if width and len(cells) != width:
        return Row(line, cells, raw, f"has {len(cells)} cells where the {whose} has {width}{note}")
    return Row(line, cells, raw)


def _joined(raw: str) -> str:
    # A line break inside quotes is a newline, whichever system wrote it.
    return raw.replace("\r\n", "\n").replace("\r", "\n")


def lines(stream: io.TextIOWrapper) -> Iterator[str]:
    r"""Give lines that end with \n, \r\n or a lone \r (old spreadsheets write the last)."""
    for line in stream:
        yield from [line] if "\r" not in line[:-2] else line.replace("\r\n", "\n").splitlines(keepends=True)


def _cell(value: Any) -> str:  # noqa: ANN401 - a workbook's cell is of any type
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "milliseconds" if value.microsecond else "seconds")
    return str(value)


@dataclass(frozen=True, slots=True)
class BookTable:
    """One sheet of an Excel workbook. Dates become text in the form 2025-06-18 00:02:04."""

    open: Callable[[], IO[bytes]]
    name: str
    sheet: str

    def rows(self, width: int = 0) -> Iterator[Row]:
        """Give every row of the sheet that holds anything."""
        with _as_workbook(self.name), self.open() as stream:
            book = python_calamine.load_workbook(io.BytesIO(stream.read()))
            table = book.get_sheet_by_name(self.sheet).to_python(skip_empty_area=False)
        for line, values in enumerate(table, start=1):
            cells = [_cell(value) for value in values]
            cells += [""] * (width - len(cells))
            if any(cell.strip() for cell in cells):
                yield _fitted(line, cells, "\t".join(cells), width)


def sheets(opener: Callable[[], IO[bytes]], name: str) -> list[str]:
    """Give the names of a workbook's sheets.

    Raises:
        InputError: The file is not a workbook.
    """
    with _as_workbook(name), opener() as stream:
        return list(python_calamine.load_workbook(io.BytesIO(stream.read())).sheet_names)


@contextmanager
def _as_workbook(name: str) -> Iterator[None]:
    """Turn what the reader of workbooks raises into one error; its own words may quote a cell."""
    try:
        yield
    except (python_calamine.CalamineError, python_calamine.WorksheetNotFound, ValueError, OSError) as error:
        raise InputError(
            f"the workbook cannot be read ({type(error).__name__})",
            where=name,
            expected="a whole .xlsx file",
            do="Save it again as .xlsx, or as .csv.",
        ) from None


@dataclass(frozen=True)  # without slots, so that what is learnt of the keys can be kept
class JsonTable:
    """JSON objects: one a line, or an array of them, at the top or under any key (as portals publish them)."""

    open: Callable[[], IO[bytes]]
    name: str
    by_line: bool

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        """Every key met in the objects, in the order in which they first come."""
        keys: dict[str, None] = {}
        for _, found in self._objects():
            if isinstance(found, dict):
                keys |= dict.fromkeys(found)
        return tuple(keys)

    def rows(self, width: int = 0) -> Iterator[Row]:
        """Give a header row made of every key met, then one row an object; the line is the object's number."""
        keys = self._keys
        yield Row(0, list(keys), "")
        for number, found in self._objects():
            try:
                raw = found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)
            except RecursionError:
                yield Row(number, [], "", "is nested too deeply")
                continue
            if not isinstance(found, dict):
                yield Row(number, [], raw, "is not a JSON object")
                continue
            values = (found.get(key) for key in keys)
            cells = [
                "" if value is None else value if isinstance(value, str) else json.dumps(value)
                for value in values
            ]
            yield _fitted(number, cells, raw, width)

    def _objects(self) -> Iterator[tuple[int, Any]]:
        with self.open() as stream:
            if self.by_line:
                for number, line in self._lines(stream):
                    if line.strip():
                        try:
                            yield number, json.loads(line)
                        except (
                            ValueError,
                            RecursionError,
                        ):  # what is no JSON, no text, or a number without end
                            yield number, line.decode("utf-8", "replace").strip()
                return
            data = stream.read(_JSON_LIMIT + 1)
        if len(data) > _JSON_LIMIT:
            raise InputError(
                "the JSON file is larger than 1 GiB",
                where=self.name,
                expected="one object a line for large files",
                do="Convert it to .jsonl or .csv.",
            )
        try:
            top = json.loads(data)
        except (ValueError, RecursionError) as error:
            at = error.lineno if isinstance(error, json.JSONDecodeError) else 1
            raise InputError(
                "this is not JSON",
                where=f"{self.name}, line {at}",
                expected="a JSON array of objects, or one object a line in .jsonl",
                do="Check that the file is whole.",
            ) from None
        yield from enumerate(_longest_list(top), start=1)

    def _lines(self, stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
        """Give the lines with their numbers; one without end is refused before it fills the memory."""
        for number in count(1):
            line = stream.readline(LONGEST_LINE + 1)
            if not line:
                return
            if len(line) > LONGEST_LINE:
                raise InputError(
                    f"the line is longer than {LONGEST_LINE >> 20} MiB",
                    where=f"{self.name}, line {number}",
                    expected="one JSON object a line",
                    do="Check that the file is what its name says; an array of objects is named .json.",
                )
            yield number, line


def _longest_list(node: Any) -> list[Any]:  # noqa: ANN401 - any JSON
    """Find the longest list of objects in a JSON document: that is the table."""
    best: list[Any] = []
    stack = [node]
    while stack:
        here = stack.pop()
        if isinstance(here, list):
            if len(here) > len(best) and any(isinstance(one, dict) for one in here):
                best = here
            stack += [one for one in here if isinstance(one, list | dict)]
        elif isinstance(here, dict):
            stack += [one for one in here.values() if isinstance(one, list | dict)]
    return best
