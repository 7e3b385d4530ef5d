"""Writes columns of numbers, codes and times as text, a whole column at a time.

Text of one width is made as a matrix of bytes, one row per cell, which is then handed to Arrow as it stands.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import IO, Any, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

__all__ = [
    "ArrowText",
    "Clock",
    "column",
    "digits",
    "hexadecimal",
    "letters",
    "ragged",
    "repeated",
    "side_by_side",
    "write_lines",
]

ArrowText: TypeAlias = Any
"""A column, or a table, of text in Arrow, whose package ships no type information to name it by."""

Bytes = NDArray[np.uint8]
Whole = NDArray[np.int64]

_ALPHANUMERIC = np.frombuffer(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", np.uint8)
_HEX_PAIRS = np.frombuffer("".join(f"{byte:02x}" for byte in range(256)).encode(), np.uint8).reshape(256, 2)
_DAY = 86400


def column(matrix: Bytes) -> ArrowText:
    """Hand a matrix (cells, width) of bytes to Arrow as a column of text."""
    cells, width = matrix.shape
    offsets = np.arange(cells + 1, dtype=np.int32) * np.int32(width)
    return pa.StringArray.from_buffers(
        cells, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(matrix))
    )


def ragged(matrix: Bytes) -> ArrowText:
    """Hand a matrix of bytes to Arrow as a column of text of different lengths: bytes of 0 are left out."""
    shown = matrix != 0
    offsets = np.concatenate([[0], np.cumsum(shown.sum(axis=1))]).astype(np.int32)
    return pa.StringArray.from_buffers(len(matrix), pa.py_buffer(offsets), pa.py_buffer(matrix[shown]))


def write_lines(file: IO[bytes], lines: ArrowText) -> int:
    """Write a column of lines as they stand, and give their number."""
    _, offsets, text = lines.buffers()
    if len(lines):
        end = np.frombuffer(offsets, np.int32, count=lines.offset + len(lines) + 1)
        file.write(memoryview(text)[int(end[lines.offset]) : int(end[-1])])
    return len(lines)


def repeated(text: str, cells: int) -> Bytes:
    """Write one text in every cell."""
    return np.broadcast_to(np.frombuffer(text.encode(), np.uint8), (cells, len(text.encode())))


def side_by_side(*parts: Bytes | str) -> Bytes:
    """Set texts side by side, each cell beside its own; a plain text stands in every cell."""
    cells = next(len(part) for part in parts if not isinstance(part, str))
    return np.hstack([repeated(part, cells) if isinstance(part, str) else part for part in parts])


def _in_base(values: Whole, width: int, base: int) -> Bytes:
    matrix = np.empty((len(values), width), np.uint8)
    rest = values
    for place in range(width - 1, -1, -1):
        rest, digit = np.divmod(rest, base)
        matrix[:, place] = _ALPHANUMERIC[digit]
    return matrix


def digits(values: Whole, width: int) -> Bytes:
    """Write whole numbers in ``width`` decimal digits."""
    return _in_base(values, width, 10)


def letters(values: Whole, width: int) -> Bytes:
    """Write whole numbers in ``width`` digits and capitals (base 36)."""
    return _in_base(values, width, 36)


def hexadecimal(values: NDArray[np.uint64]) -> Bytes:
    """Write 64-bit numbers in 16 hexadecimal digits."""
    # The byte order is stated, so that every machine writes the same.
    as_bytes = values.astype(">u8").view(np.uint8).reshape(len(values), 8)
    return _HEX_PAIRS[as_bytes].reshape(len(values), 16)


@cache
def _table(form: str, first: datetime, count: int, step: timedelta) -> Bytes:
    texts = [(first + step * k).strftime(form).encode() for k in range(count)]
    return np.frombuffer(b"".join(texts), np.uint8).reshape(count, -1)


class Clock:
    """Writes times, by looking dates and times of day up in tables.

    Args:
        first: No time is earlier than this (seconds since 1970).
        last: No time is later.
    """

    def __init__(self, first: int, last: int) -> None:
        self._first = first // _DAY
        self._days = last // _DAY - self._first + 1

    def date(self, seconds: Whole, form: str) -> Bytes:
        """Write the dates of some times, as ``strftime`` does with ``form``."""
        start = datetime.fromtimestamp(self._first * _DAY, UTC)
        return _table(form, start, self._days, timedelta(days=1))[seconds // _DAY - self._first]

    @staticmethod
    def time(seconds: Whole, form: str) -> Bytes:
        """Write the times of day of some times, as ``strftime`` does with ``form``."""
        return _table(form, datetime(2000, 1, 1, tzinfo=UTC), _DAY, timedelta(seconds=1))[seconds % _DAY]
