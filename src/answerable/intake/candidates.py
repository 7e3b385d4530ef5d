"""Candidates: the tables that one file may hold, before a layout is chosen for them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO

from answerable import wording
from answerable.errors import InputError
from answerable.intake import hdf5, maps
from answerable.intake.arrays import npy_table
from answerable.intake.columnar import ColumnarTable
from answerable.intake.containers import ARRAYS, BOOKS, COLUMNAR, HDF5, JSON, LAYERS, MAPS, Item, check_book
from answerable.intake.geojson import geojson_table, is_map
from answerable.intake.headers import find_header
from answerable.intake.headless import DELIMITERS
from answerable.intake.layouts import Layout
from answerable.intake.preflight import Look, file_sha256, look
from answerable.intake.tables import BookTable, JsonTable, Row, Table, TextTable, sheets

__all__ = ["Candidate", "candidates", "first_rows"]

_HEADER_WITHIN = 20  # rows in which the header must stand


@dataclass(frozen=True, slots=True)
class Candidate:
    """One table of a file.

    Attributes:
        name: The table's name, as in `Source`.
        table: Reads its rows with care.
        look: What the bytes showed, for text.
        notices: What a reader should know of the file.
        beside: The hashes of files beside it that are part of it: of a shapefile, those of its .dbf and .prj.
    """

    name: str
    table: Table
    look: Look | None = None
    notices: tuple[str, ...] = ()
    beside: str = ""


def first_rows(table: Table) -> list[Row]:
    """Give the rows among which a header must stand."""
    return list(islice(table.rows(), _HEADER_WITHIN))


def candidates(item: Item, layouts: Sequence[Layout]) -> Iterator[Candidate]:
    """Give every table of one file.

    Args:
        item: The file.
        layouts: Those with a header, by which the delimiter of text is found.

    Raises:
        InputError: The file cannot be read.
        UsageError: It needs an extra that is not installed.
    """
    if item.suffix in BOOKS:
        check_book(item)
        names = sheets(item.open, item.name)
        for sheet in names:
            name = f"{item.name}!{sheet}" if len(names) > 1 else item.name
            yield Candidate(name, BookTable(item.open, item.name, sheet))
    elif item.suffix in COLUMNAR:
        yield Candidate(item.name, ColumnarTable(item.path, item.name, item.remote))
    elif item.suffix in (*MAPS, *LAYERS) or (item.suffix == ".json" and is_map(item.open)):
        yield from _map(item)
    elif item.suffix in JSON:
        yield Candidate(item.name, JsonTable(item.open, item.name, item.suffix != ".json"))
    elif item.suffix in ARRAYS:
        yield Candidate(item.name, npy_table(item.open, item.name, item.array))
    elif item.suffix in HDF5:
        for table in hdf5.tables(item.path, item.name):
            yield Candidate(table.name, table)
    else:
        yield _text(item, layouts)


def _map(item: Item) -> Iterator[Candidate]:
    if item.suffix in LAYERS:
        layers, others = maps.tables(item.path, item.name)
        files = maps.beside(item.path)
        hashes = {ending: file_sha256(path) for ending, path in files.items()}
        # The table of a shapefile's attributes is a file of its own, and is named by its hash.
        notices = [
            f"The names of its areas stand in {path.name}, whose SHA-256 is {hashes[ending]}."
            for ending, path in files.items()
            if ending == ".dbf"
        ]
        if others:
            notices.append(
                f"{wording.plural(len(others), 'layer')} of the map {'has' if len(others) == 1 else 'have'} no geometry and {'is' if len(others) == 1 else 'are'} passed over: {wording.listing(others)}."
            )
        for layer in layers:
            yield Candidate(layer.name, layer, notices=tuple(notices), beside=" ".join(hashes.values()))
    else:
        yield Candidate(item.name, geojson_table(item.open, item.name))


def _text(item: Item, layouts: Sequence[Layout]) -> Candidate:
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
    return Candidate(item.name, table, seen, tuple(notices))


def _delimiter(opener: Callable[[], IO[bytes]], encoding: str, layouts: Sequence[Layout]) -> str:
    """Choose the delimiter under which a header fits; failing that, the one that gives most columns."""
    with opener() as stream:
        start = stream.read(1 << 16)
    most = (0, ",")
    for delimiter in DELIMITERS:
        rows = first_rows(TextTable(lambda: io.BytesIO(start), encoding, delimiter))
        if find_header(rows, layouts) is not None:
            return delimiter
        most = max(
            most, (max((len(row.cells) for row in rows), default=0), delimiter), key=lambda pair: pair[0]
        )
    return most[1]
