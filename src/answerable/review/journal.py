"""The journal of a review: what each person did and when, one line each, never changed and never removed.

Each line is JSON and holds the SHA-256 of the line before it (the first, of the sample): a line that is changed, taken out or
put in breaks the chain from there on. A line counts once it is on the disk, and only then is it acknowledged; a line that a
killed process left half-written was never acknowledged, and is cut off before the next is written.

A server does not read all of it for every judgement: with ``keep`` it reads what was added since, as long as the last line that
it read is where it was, and all of it anew once so many seconds are over. Concluding and `answerable verify` read all of it.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

import msgspec

from answerable.errors import CaseError, StorageError
from answerable.manifest import sync

__all__ = ["Entry", "Journal", "read_chain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that was done.

    Attributes:
        n: Its number, from 1.
        at: When, in UTC, to the second: ``2026-01-15T09:30:00Z``.
        who: The name of the reviewer, or of whoever settled it.
        what: ``judged``, ``adjudicated``, ``withdrew``, ``imported`` or ``concluded``; in the trail of a served case, what was done.
        item: The item that it is about; 0 where it is about none.
        answers: The answers given, by question.
        note: What was added in words.
        via: How it came: ``command``, ``browser``, ``sheet NAME``.
        previous: The SHA-256 of the line before, in hexadecimal.
    """

    n: int
    at: str
    who: str
    what: str
    item: int = 0
    answers: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    via: str = ""
    previous: str = ""


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of a journal: its entries, where the last line begins and ends, and that line's SHA-256 (without one, the root)."""

    entries: tuple[Entry, ...]
    last: int
    whole: int
    previous: str


class Journal:
    """The journal's file.

    Args:
        path: The file; it is made with the first line.
        root: The SHA-256 that the first line holds: that of the sample.

    Attributes:
        keep: For how many seconds what was read is not read again; 0: it is, every time.
    """

    def __init__(self, path: Path, root: str) -> None:
        self.path, self.root = path, root
        self.keep = 0.0
        self._read = self._nothing = _Read((), 0, 0, root)
        self._whole_at = 0.0

    def entries(self) -> list[Entry]:
        """Read every line that counts.

        Raises:
            CaseError: A line cannot be read or the chain is broken; the message names the line.
        """
        try:
            with self.path.open("rb") as file:
                return list(self._follow(file).entries)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StorageError.of(error, self.path) from None

    def append(self, entry: Entry) -> Entry:
        """Write one line, on the disk when this returns, and give it with its number and its link.

        Raises:
            CaseError: The journal was changed.
            StorageError: The disk is full or cannot be written; the journal is as it was.
        """
        return self.extend([entry])[0]

    def extend(self, new: list[Entry]) -> list[Entry]:
        """Write several lines, all of them or none; errors as `append`."""
        try:
            is_first = not self.path.exists()
            with self.path.open("a+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                written = self._write(file, new)
            if is_first:
                sync(self.path.parent)  # so that the file itself outlasts a power cut
        except OSError as error:
            raise StorageError.of(error, self.path) from None
        return written

    def _follow(self, file: BinaryIO) -> _Read:
        """Read what was added since the last time, or all of it."""
        now = time.monotonic()
        before = self._read if now - self._whole_at < self.keep else self._nothing
        file.seek(before.last)
        data = file.read()
        own = before.whole - before.last
        if before.whole and hashlib.sha256(data[:own]).hexdigest() != before.previous:
            before, own = self._nothing, 0
            file.seek(0)
            data = file.read()
        fresh, broken, size = read_chain(data[own:], before.previous, len(before.entries))
        if broken:
            raise CaseError(
                broken,
                where=f"{self.path}, line {len(before.entries) + len(fresh) + 1}",
                expected="lines as they were written",
                do="Restore the file from a copy. Nothing is concluded from a journal that was changed.",
            )
        if not fresh:
            return before
        whole = before.whole + size
        line = data[own : own + size].splitlines(keepends=True)[-1]
        found = _Read((*before.entries, *fresh), whole - len(line), whole, hashlib.sha256(line).hexdigest())
        if not before.whole:
            self._whole_at = now
        self._read = found
        return found

    def _write(self, file: BinaryIO, new: list[Entry]) -> list[Entry]:
        read = self._follow(file)
        previous, whole = read.previous, read.whole
        lines = b""
        written: list[Entry] = []
        for number, entry in enumerate(new, len(read.entries) + 1):
            linked = replace(entry, n=number, previous=previous)
            line = msgspec.json.encode(linked) + b"\n"
            previous = hashlib.sha256(line).hexdigest()
            lines += line
            written.append(linked)
        try:
            file.truncate(whole)
            file.seek(whole)
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            file.truncate(whole)
            raise
        return written


def read_chain(data: bytes, root: str, before: int = 0) -> tuple[list[Entry], str, int]:
    """Read a journal's lines as far as their chain holds.

    Args:
        data: The file's bytes, from the beginning of a line on.
        root: The SHA-256 that its first line holds: of the line before, or of the sample.
        before: How many lines come before it.

    Returns:
        The entries, what is wrong with the first line that does not hold (empty where all do), and how many bytes are whole lines:
        what follows them was cut off while it was written, and never counted.
    """
    whole = data.rfind(b"\n") + 1
    entries: list[Entry] = []
    previous = root
    for number, line in enumerate(data[:whole].splitlines(keepends=True), before + 1):
        try:
            entry = msgspec.json.decode(line, type=Entry)
        except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError):
            return entries, "the line is no entry of a journal", whole
        if entry.n != number or entry.previous != previous:
            return (
                entries,
                "the line does not follow from the one before it: something was changed, taken out or put in",
                whole,
            )
        previous = hashlib.sha256(line).hexdigest()
        entries.append(entry)
    return entries, "", whole
