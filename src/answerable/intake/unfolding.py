"""Unfolding: what is compressed is read only as far as a file of records would unfold."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from answerable import wording
from answerable.errors import InputError

if TYPE_CHECKING:
    from _typeshed import (
        WriteableBuffer,  # what io asks readinto to take; there is no such module at run time
    )

__all__ = ["DAMAGE", "Limits", "bounded", "check_unfolded", "damaged"]

DAMAGE = (
    OSError, EOFError, ValueError, NotImplementedError, RuntimeError,
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
)  # fmt: skip  # a list of words
# What the standard library raises on a damaged archive. Its words may quote bytes of the file: they are not passed on.


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a compressed file may unfold: bytes in all, and bytes for each compressed byte.

    Text logs seldom compress beyond 40 to 1. The ratio is looked at only once ``floor`` bytes have come out.
    """

    unfolded: int = 64 << 30
    ratio: int = 200
    floor: int = 16 << 20


def bounded(stream: IO[bytes], compressed: int, limits: Limits, name: str) -> IO[bytes]:
    """Give the bytes that unfold from some compressed ones, within limits.

    Reading it raises InputError where more comes out than they allow, or the compressed file is damaged.
    """
    return io.BufferedReader(_Bounded(stream, compressed, limits, name), 1 << 20)


class _Bounded(io.RawIOBase):
    """A stream that stops with an error once more comes out of it than the limits allow."""

    def __init__(self, stream: IO[bytes], compressed: int, limits: Limits, name: str) -> None:
        self._stream, self._compressed, self._limits, self._name = stream, max(compressed, 1), limits, name
        self._out = 0

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._stream.close()
        super().close()

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        try:
            data = self._stream.read(len(view))
        except DAMAGE as error:
            raise damaged(error, self._name) from None
        view[: len(data)] = data
        self._out += len(data)
        check_unfolded(self._out, self._compressed, self._limits, self._name)
        return len(data)


def check_unfolded(out: int, compressed: int, limits: Limits, name: str) -> None:
    """Refuse what unfolds beyond the limits.

    Raises:
        InputError: It does.
    """
    if out > limits.unfolded or (out > limits.floor and out > limits.ratio * compressed):
        raise InputError(
            f"the file unfolds to over {wording.count(out)} bytes from {wording.count(compressed)}",
            where=name,
            expected=f"at most {limits.ratio} times its compressed size and {wording.count(limits.unfolded)} bytes",
            do="If the file is what it should be, unpack it yourself and give the unpacked file.",
        )


def damaged(error: Exception, name: str) -> InputError:
    """Say that a compressed file is damaged, by the kind of the error alone."""
    return InputError(
        f"the compressed file is damaged or cut ({type(error).__name__})",
        where=name,
        expected="a whole file, compressed in a usual way",
        do="Copy or request the file again.",
    )
