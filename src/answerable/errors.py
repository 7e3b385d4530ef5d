"""The errors that Answerable raises, drawn once.

    AnswerableError                 exit code
    ├── UsageError                  2   the request does not make sense
    ├── InputError                  3   a file cannot be read as records
    │   ├── LayoutError                 no layout fits, or more than one does
    │   ├── ClockError                  a time column cannot be read one way only
    │   ├── PackError                   a policy pack is not valid
    │   └── ReviewError                 a review form, a sheet of judgements or an answer is not valid
    ├── EngineError                 3   the disk or the memory ran out while SQL ran
    ├── StorageError                3   a disk is full, or something on it cannot be read or written
    └── CaseError                   4   the case folder is damaged or in use

Each carries what an auditor needs to act: where, what was found, what was expected, what to do.
"""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Self

__all__ = [
    "AnswerableError",
    "CaseError",
    "ClockError",
    "EngineError",
    "InputError",
    "LayoutError",
    "PackError",
    "ReviewError",
    "StorageError",
    "UsageError",
]


class AnswerableError(Exception):
    """A failure that the user can act on.

    Args:
        what: What was found, as one sentence. It never holds a value from an identifier field.
        where: The file, and the line where one is known: ``log.csv, line 12``.
        expected: What would have been right.
        do: What the user can do next.
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", expected: str = "", do: str = "") -> None:
        self.what, self.where, self.expected, self.do = what, where, expected, do
        super().__init__(str(self))

    def __str__(self) -> str:
        parts = [f"{self.where}: {self.what}" if self.where else self.what]
        if self.expected:
            parts.append(f"Expected: {self.expected}")
        if self.do:
            parts.append(f"What to do: {self.do}")
        return "\n".join(parts)


class UsageError(AnswerableError):
    """The request itself cannot be carried out."""

    exit_code = 2


class InputError(AnswerableError):
    """A file cannot be read as records."""

    exit_code = 3


class LayoutError(InputError):
    """No layout fits a file's header, or more than one does."""


class ClockError(InputError):
    """A time column cannot be read in one way only."""


class PackError(InputError):
    """A policy pack is not valid."""


class ReviewError(InputError):
    """A review form, a sheet of judgements or an answer is not valid."""


class EngineError(AnswerableError):
    """The machine ran out of disk or memory while SQL ran."""

    exit_code = 3


class StorageError(AnswerableError):
    """The operating system refused to read or write: a full disk, a missing permission, a name too long."""

    exit_code = 3

    @classmethod
    def of(cls, error: OSError, where: str | Path = "") -> Self:
        """Say an operating-system error in words, with what mends it.

        Args:
            error: The error.
            where: What was being written, where the error does not say.
        """
        if error.errno in _FULL:
            do = "Make room on the disk"
        elif error.errno in _FORBIDDEN:
            do = "Mend the permissions, or choose another folder"
        else:
            do = "Check the name and the disk"
        return cls(
            (error.strerror or type(error).__name__).lower(),
            where=str(error.filename or where),
            do=f"{do}, then run the command again; a case that was to be changed is as it was.",
        )


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


class CaseError(AnswerableError):
    """The case folder is damaged, or another run is using it."""

    exit_code = 4
