"""The first look at a file: every byte read once, for its hash, its encoding and an independent row count."""

from __future__ import annotations

import codecs
import hashlib
import threading
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from typing import IO

import numpy as np

from answerable.errors import InputError

__all__ = ["LONGEST_LINE", "Look", "file_sha256", "look", "stream_sha256"]

_CHUNK = 4 << 20
LONGEST_LINE = 16 << 20
"""Bytes after which a line is no record: it is refused before it fills the memory."""

_QUOTE, _NEWLINE = 34, 10
_OTHERS = bytes(set(range(256)) - {_QUOTE, _NEWLINE})


@dataclass(frozen=True, slots=True)
class Look:
    r"""What the bytes of a text show before anything parses them.

    Attributes:
        sha256: Of the bytes looked at, in hexadecimal.
        encoding: ``utf-8``, ``utf-8-sig``, ``utf-16`` or ``cp1252`` (Windows; every byte that is not UTF-8 is read so).
        size: Bytes.
        records: Lines that end outside quotes and are not empty, the header included.
        lines: Lines, whether empty, within quotes or neither.
        newline: ``\n`` or ``\r\n``.
        regular: True where the text is UTF-8, holds no NUL and no end-of-file mark of old systems, ends every line
            alike, and closes its quotes.
        ended: True where the last line ends in a line break.
        invalid_at: The first byte that is not UTF-8, or None.
    """

    sha256: str
    encoding: str
    size: int
    records: int
    newline: str
    regular: bool
    ended: bool
    invalid_at: int | None
    lines: int = 0


def file_sha256(path: Path) -> str:
    """Give a file's SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stream_sha256(stream: IO[bytes]) -> str:
    """Give a stream's SHA-256 in hexadecimal, and close it."""
    digest = hashlib.sha256()
    with stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


class _Hash(threading.Thread):
    """Hashes chunks beside the reader; hashlib lets go of the interpreter while it works."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.queue: Queue[bytes | None] = Queue(8)
        self.digest = hashlib.sha256()

    def run(self) -> None:
        while (chunk := self.queue.get()) is not None:
            self.digest.update(chunk)


class _Records:
    """Counts records by quote parity: a newline ends a record where the quotes before it are even."""

    def __init__(self) -> None:
        self.lines = 0  # every newline, within quotes or not
        self.inside = False
        self._count = 0
        self._open = False  # whether something stands after the last record's end

    def add(self, chunk: bytes) -> None:
        # Quotes and newlines alone say where records end; where they stand matters for empty lines only.
        marks = np.frombuffer(chunk.translate(None, _OTHERS), np.uint8)
        quotes = marks == _QUOTE
        inside = (
            np.bitwise_xor.accumulate(np.concatenate(([self.inside], quotes)))[1:] if marks.size else marks
        )
        ends = ~quotes & ~inside.astype(bool)
        self.lines += int(marks.size - quotes.sum())
        self._count += int(ends.sum())
        places = np.frombuffer(chunk, np.uint8)
        newlines = places == _NEWLINE
        if (newlines[1:] & newlines[:-1]).any() or (chunk.startswith(b"\n") and not self._open):
            at = np.flatnonzero((places == _QUOTE) | newlines)[ends]
            self._count -= int((np.diff(at, prepend=-2 if self._open else -1) == 1).sum())
        self.inside = bool(inside[-1]) if marks.size else self.inside
        self._open = self.inside or not chunk.endswith(b"\n")

    def finish(self) -> int:
        return self._count + self._open


def look(stream: IO[bytes], name: str) -> Look:
    """Read a stream to its end and say what it holds.

    Raises:
        InputError: A line is longer than 16 MiB, or the stream cannot be read.
    """
    hasher = _Hash()
    hasher.start()
    decoder = codecs.getincrementaldecoder("utf-8")()
    records = _Records()
    start, size, since_newline = b"", 0, 0
    invalid_at: int | None = None
    odd, returns, pairs = False, 0, 0
    tail = b""
    try:
        while chunk := stream.read(_CHUNK):
            start = start or chunk[:4]
            hasher.queue.put(chunk)
            odd = odd or b"\0" in chunk or b"\x1a" in chunk
            if b"\r" in chunk:
                returns += chunk.count(b"\r")
                pairs += chunk.count(b"\r\n")
            pairs += tail == b"\r" and chunk[:1] == b"\n"
            tail = chunk[-1:]
            if invalid_at is None and not (chunk.isascii() and not decoder.getstate()[0]):
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError as error:
                    invalid_at = max(size + error.start, 0)
            records.add(chunk)
            size += len(chunk)
            since_newline = (
                since_newline + len(chunk) if b"\n" not in chunk else len(chunk) - chunk.rindex(b"\n")
            )
            if since_newline > LONGEST_LINE:
                raise InputError(
                    f"a line is longer than {LONGEST_LINE >> 20} MiB (it ends after byte {size:,})",
                    where=name,
                    expected="a table with one record a line",
                    do="Check that the file is what its name says.",
                )
    except OSError as error:
        raise InputError(
            f"the file cannot be read ({error.strerror or error})",
            where=name,
            do="Copy or request the file again.",
        ) from None
    finally:
        hasher.queue.put(None)
        hasher.join()
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif start.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    else:
        encoding = "utf-8" if invalid_at is None else "cp1252"
    return Look(
        sha256=hasher.digest.hexdigest(),
        encoding=encoding,
        size=size,
        records=records.finish(),
        newline="\r\n" if returns else "\n",
        regular=returns == pairs
        and returns in (0, records.lines)
        and encoding in ("utf-8", "utf-8-sig")
        and not odd
        and not records.inside
        and invalid_at is None,
        ended=tail in (b"\n", b"\r"),
        invalid_at=invalid_at,
        lines=records.lines + (tail not in (b"\n", b"\r", b"")),
    )
