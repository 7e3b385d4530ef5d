"""Arrays: numbers as NumPy and HDF5 store them, read as the text that every layout is written for.

An array of one dimension is one column, called by the array's name. One of two dimensions is a row a record, its
columns known by their place alone. One whose elements have named fields has a column for each. Rows come in chunks, so
that an array may be larger than the memory.

A whole number is written without a decimal point, whatever its type, so that a subject's number is the same in every
file. Any other is written with the fewest digits that give it back in the array's own type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

import numpy as np
import pyarrow as pa

from answerable import wording
from answerable.errors import InputError
from answerable.intake import npy
from answerable.intake.tables import Row

__all__ = ["ArrayTable", "make_table", "npy_table"]

_ROWS, _BYTES = 65_536, 8 << 20  # at a time
_MOST_COLUMNS = 1_000
_EXACT = 1 << 53  # below it every whole number is a double of its own
_SIZES = {"f": (2, 4, 8), "i": (1, 2, 4, 8), "u": (1, 2, 4, 8), "b": (1,)}
_KINDS = {
    "O": "Python objects, which are not unpickled",
    "S": "text",
    "U": "text",
    "c": "complex numbers",
    "M": "dates",
    "m": "spans of time",
    "V": "bytes or nested arrays",
}
_NUMBERS = "numbers (float16 to float64, int8 to uint64) or truth values"
_SAVE = "Save the column as numbers, or the whole table as .csv or .parquet."


@dataclass(frozen=True, slots=True)
class ArrayTable:
    """One array. A row's line is its number, from 1; that of the columns' names is 0.

    Attributes:
        name: The array's name, as in `Source`.
        names: What its columns are called; empty where they are known by their place.
        types: The type of each column, in the machine's own order of bytes.
        records: How many rows it has.
        chunks: Gives its rows in order, some thousand at a time, each time anew.
    """

    name: str
    names: tuple[str, ...]
    types: tuple[np.dtype[Any], ...]
    records: int
    chunks: Callable[[], Iterator[np.ndarray]]

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.types)

    def rows(self, width: int = 0) -> Iterator[Row]:
        """Give the names of the columns as a row, where they have names, then every row."""
        if self.names:
            yield Row(0, list(self.names), "")
        number = 0
        for columns in self._columns():
            for cells in zip(*map(_texts, columns), strict=True):
                number += 1
                yield _row(number, cells[: width or len(cells)])

    def pick(self, places: Iterable[int]) -> Iterator[tuple[int, Row]]:
        """Give the rows at some places, from 0, each with its place, in their order; no other is written as text."""
        wanted, at = np.sort(np.fromiter(places, np.int64)), 0
        for columns in self._columns():
            size = len(columns[0])
            here = wanted[np.searchsorted(wanted, at) : np.searchsorted(wanted, at + size)]
            cells = zip(*(_texts(column[here - at]) for column in columns), strict=True)
            yield from (
                (place, _row(place + 1, each)) for place, each in zip(here.tolist(), cells, strict=True)
            )
            at += size

    def _columns(self) -> Iterator[list[np.ndarray]]:
        for chunk in self.chunks():
            if chunk.dtype.names:
                columns = [chunk[name] for name in chunk.dtype.names]
            else:
                columns = [chunk] if chunk.ndim == 1 else [chunk[:, place] for place in range(self.width)]
            yield [_native(column) for column in columns]

    @property
    def schema(self) -> pa.Schema:
        """The types of the columns a0, a1 ... of `batches`."""
        return pa.schema([(f"a{place}", pa.from_numpy_dtype(each)) for place, each in enumerate(self.types)])

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Give every row for the engine, in columns a0, a1 ..., each of its own type.

        Raises:
            InputError: The file is damaged.
        """
        schema = self.schema
        for columns in self._columns():
            yield pa.record_batch([pa.array(column) for column in columns], schema)

    def relation(self, stream: str) -> str:
        """Give the SQL relation of the cells as text, in columns c0, c1 ..., from a relation of `batches`."""
        cells = []
        for place, each in enumerate(self.types):
            column = f"a{place}"
            written = f"CAST({column} AS VARCHAR)"
            if each.kind == "f":
                whole = f"{column} = floor({column}) AND abs({column}) < {_EXACT}"
                written = (
                    f"CASE WHEN {whole} THEN CAST(CAST({column} AS BIGINT) AS VARCHAR) "
                    f"WHEN isnan({column}) THEN 'nan' ELSE {written} END"
                )
            cells.append(f"{written} AS c{place}")
        return f"(SELECT {', '.join(cells)} FROM {stream})"


def npy_table(opener: Callable[[], IO[bytes]], name: str, column: str) -> ArrayTable:
    """Open a .npy file, or a member of an .npz, as a table.

    Args:
        opener: Opens it at its beginning.
        name: The table's name, as in `Source`.
        column: What the one column of an array of one dimension is called.

    Raises:
        InputError: It is no .npy file, or holds what is no table of numbers.
    """
    with opener() as stream:
        array = npy.read_header(stream, name)
    return make_table(
        name, column, array.dtype, array.shape, lambda step: npy.chunks(opener, array, name, step)
    )


def make_table(
    name: str,
    column: str,
    dtype: np.dtype[Any],
    shape: tuple[int, ...],
    chunks: Callable[[int], Iterator[np.ndarray]],
) -> ArrayTable:
    """Make the table of an array, once it is known to hold one.

    Args:
        name: The table's name, as in `Source`.
        column: What the one column of an array of one dimension is called.
        dtype: The type of an element.
        shape: The length of each dimension.
        chunks: Gives the rows in order, so many at a time.

    Raises:
        InputError: It holds something other than numbers, or has no dimension, or three and more.
    """
    if len(shape) not in (1, 2) or (dtype.names and len(shape) != 1):
        raise InputError(
            f"the array has {wording.plural(len(shape), 'dimension')}{' and named fields' if dtype.names else ''}",
            where=name,
            expected="one dimension (a column, or a record an element), or two (a record a row)",
            do="Save the records as a table: one row a record.",
        )
    width = len(dtype.names) if dtype.names else shape[1] if len(shape) > 1 else 1
    if not 1 <= width <= _MOST_COLUMNS:
        raise InputError(
            f"the array has {wording.plural(width, 'column')}",
            where=name,
            expected=f"from 1 to {wording.count(_MOST_COLUMNS)} columns: a row is one record",
            do="Save a matrix of scores, each sample against each, as one row a comparison: the two samples and their score.",
        )
    if dtype.names:
        types = tuple(_checked(dtype[each], name, each) for each in dtype.names)
        names = tuple(dtype.names)
    else:
        types = (_checked(dtype, name, ""),) * width
        names = (column,) if len(shape) == 1 else ()
    row = dtype.itemsize * (1 if dtype.names else width)
    step = max(1, min(_ROWS, _BYTES // row))
    return ArrayTable(name, names, types, shape[0], lambda: chunks(step))


def _checked(dtype: np.dtype[Any], name: str, field: str) -> np.dtype[Any]:
    """Give the type that a column of numbers has once it is read.

    Raises:
        InputError: It is no column of numbers.
    """
    if dtype.itemsize not in _SIZES.get(dtype.kind, ()):
        what = _KINDS.get(dtype.kind, "numbers of another size")
        raise InputError(
            f"the {f'field {field!r}' if field else 'array'} holds {what} (dtype {dtype.str if dtype.names is None else 'with fields'})",
            where=name,
            expected=_NUMBERS,
            do=_SAVE,
        )
    return _native(np.empty(0, dtype)).dtype


def _native(column: np.ndarray) -> np.ndarray:
    """Give a column in one piece and in the machine's own order of bytes; a half as the double that is written alike."""
    if column.dtype.kind == "f" and column.dtype.itemsize == 2:  # noqa: PLR2004 - two bytes: a half, which Arrow and the engine read otherwise
        found, where = np.unique(
            np.ascontiguousarray(column).view(f"{column.dtype.byteorder}u2"), return_inverse=True
        )
        written = [float(str(each)) for each in found.view(column.dtype)]
        return np.array(written, np.float64)[where]
    return np.ascontiguousarray(column, column.dtype.newbyteorder("="))


def _row(number: int, cells: Sequence[str]) -> Row:
    return Row(number, list(cells), "\t".join(cells))


def _texts(column: np.ndarray) -> list[str]:
    """Write a column's values as the engine does; a test holds the two to each other."""
    if column.dtype.kind == "b":
        return ["true" if value else "false" for value in column.tolist()]
    if column.dtype.kind != "f":
        return [str(value) for value in column.tolist()]
    short = column.dtype.itemsize == 4  # noqa: PLR2004 - four bytes: a single, which has fewer digits than a double
    digits = [float(str(value)) for value in column] if short else column.tolist()
    return [
        str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(shown)
        for value, shown in zip(column.tolist(), digits, strict=True)
    ]
