"""The errors that Answerable raises, drawn once.

    AnswerableError                 exit code
    ├── UsageError                  2   the request does not make sense
    ├── InputError                  3   a file cannot be read as records
    │   ├── LayoutError                 no layout fits, or more than one does
    │   ├── ClockError                  a time column cannot be read one way only
    │   └── PackError                   a policy pack is not valid
    ├── EngineError                 3   the disk or the memory ran out
    └── CaseError                   4   the case folder is damaged or in use

Each carries what an auditor needs to act: where, what was found, what was expected, what to do.
"""

from __future__ import annotations

__all__ = [
    "AnswerableError",
    "CaseError",
    "ClockError",
    "EngineError",
    "InputError",
    "LayoutError",
    "PackError",
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


class EngineError(AnswerableError):
    """The machine ran out of disk or memory while SQL ran."""

    exit_code = 3


class CaseError(AnswerableError):
    """The case folder is damaged, or another run is using it."""

    exit_code = 4
