"""NumPy's .npy format, read as a stream: a header that says what the bytes are, and then the bytes.

The format is that of numpy.lib.format (NEP 1), versions 1.0 to 3.0. It is read here rather than with numpy.load, so
that a member of an archive is never held whole, a file that ends too soon says where, and an array of Python objects is
refused by its header: nothing is ever unpickled.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import IO, Any

import numpy as np

from answerable import wording
from answerable.errors import InputError

__all__ = ["Stored", "chunks", "read_header"]

_MAGIC = b"\x93NUMPY"
_LENGTHS = {b"\1\0": 2, b"\2\0": 4, b"\3\0": 4}  # bytes that hold the header's length, by version
_LONGEST_HEADER = 10_000  # as numpy's own reader allows
_COPY = "Copy or request the file again."


@dataclass(frozen=True, slots=True)
class Stored:
    """What a .npy file says of its array.

    Attributes:
        dtype: The type of an element.
        shape: The length of each dimension.
        by_column: True where the elements of a column stand together (Fortran's order), not those of a row.
        start: The byte at which the first element stands.
    """

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    by_column: bool
    start: int


def read_header(stream: IO[bytes], name: str) -> Stored:
    """Read the header at the beginning of a .npy file.

    Raises:
        InputError: There is none, or it does not describe an array.
    """
    start = stream.read(len(_MAGIC) + 2)
    size = _LENGTHS.get(start[len(_MAGIC) :], 0)
    if not start.startswith(_MAGIC) or not size:
        raise _no_npy(name, "it does not begin as one")
    length = int.from_bytes(stream.read(size), "little")
    if length > _LONGEST_HEADER:
        raise _no_npy(name, f"its header is {wording.count(length)} bytes long")
    text = stream.read(length)
    try:
        said = ast.literal_eval(text.decode("utf-8" if start[len(_MAGIC)] > 2 else "latin-1").strip())  # noqa: PLR2004 - the version since which names are in UTF-8
        dtype = np.lib.format.descr_to_dtype(said["descr"])
        shape, by_column = tuple(said["shape"]), bool(said["fortran_order"])
    except (ValueError, TypeError, KeyError, SyntaxError, RecursionError, MemoryError):
        raise _no_npy(name, "its header does not say what it holds") from None
    if len(text) < length or not all(type(each) is int and each >= 0 for each in shape):
        raise _no_npy(name, "its header does not say what it holds")
    return Stored(dtype, shape, by_column, len(start) + size + length)


def _no_npy(name: str, why: str) -> InputError:
    return InputError(
        f"this is not a .npy file: {why}",
        where=name,
        expected="an array as numpy.save writes it",
        do="Save the array again with numpy.save or numpy.savez.",
    )


def chunks(opener: Callable[[], IO[bytes]], array: Stored, name: str, step: int) -> Iterator[np.ndarray]:
    """Give an array's rows in order, some thousand at a time.

    Args:
        opener: Opens the file at its beginning.
        array: What its header says: one or two dimensions.
        name: What errors call it.
        step: Rows at a time.

    Raises:
        InputError: The file ends before its array does, or goes on behind it.
    """
    rows, *columns = array.shape
    if array.by_column and columns and columns[0] > 1:
        yield from _from_columns(opener, array, name, step)
        return
    with opener() as stream:
        _skip(stream, array.start)
        width = array.dtype.itemsize * (columns[0] if columns else 1)
        for at in range(0, rows, step):
            yield _read(stream, min(step, rows - at), width, array, name=name, at=at).reshape(-1, *columns)
        _check_end(stream, array, name)


def _from_columns(
    opener: Callable[[], IO[bytes]], array: Stored, name: str, step: int
) -> Iterator[np.ndarray]:
    """Put rows together from columns that stand one behind the other, each read by a stream of its own."""
    rows, width = array.shape
    with ExitStack() as held:
        streams = [held.enter_context(opener()) for _ in range(width)]
        for place, stream in enumerate(streams):
            _skip(stream, array.start + place * rows * array.dtype.itemsize)
        for at in range(0, rows, step):
            count = min(step, rows - at)
            each = [_read(stream, count, array.dtype.itemsize, array, name=name, at=at) for stream in streams]
            yield np.column_stack(each)
        _check_end(streams[-1], array, name)


def _read(stream: IO[bytes], rows: int, width: int, array: Stored, *, name: str, at: int) -> np.ndarray:
    data = stream.read(rows * width)
    if len(data) < rows * width:
        raise InputError(
            f"the file ends within element {wording.count(at + len(data) // width + 1)} of {wording.count(array.shape[0])}",
            where=name,
            expected="as many elements as its header says",
            do=_COPY,
        )
    return np.frombuffer(data, array.dtype)


def _skip(stream: IO[bytes], size: int) -> None:
    if stream.seekable():
        stream.seek(size)
        return
    while size > 0 and (data := stream.read(min(size, 1 << 20))):
        size -= len(data)


def _check_end(stream: IO[bytes], array: Stored, name: str) -> None:
    if stream.read(1):
        raise InputError(
            f"the file goes on behind its array of {wording.plural(array.shape[0], 'element')}",
            where=name,
            expected="one array in a .npy file",
            do="Save several arrays with numpy.savez; each is then read.",
        )
