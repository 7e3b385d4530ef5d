"""What a reviewer sees of a record: never an account, a plate or a case number, and of free text the words that name nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from answerable import wording
from answerable.harmless import visible
from answerable.intake.kinds import CellState, Field, RecordKind, Role
from answerable.review.masking import masked

__all__ = ["Cell", "cells"]

_HOUR, _DAY = 3_600, 86_400


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a record as a reviewer sees it: what it is, what it holds, and how many of its words are masked."""

    label: str
    text: str
    masked: int = 0


def cells(kind: RecordKind, shows: Sequence[str], row: Mapping[str, Any], plain: str) -> tuple[Cell, ...]:
    """Give what is shown of a record.

    Args:
        kind: Its kind.
        shows: The fields to show, in order.
        row: Its stored cells, with ``clock``.
        plain: A pattern for words that name nobody.
    """
    return tuple(_cell(kind.field(name), row, plain) for name in shows)


def _cell(field: Field, row: Mapping[str, Any], plain: str) -> Cell:
    label = field.label[:1].upper() + field.label[1:]
    state = row[f"{field.name}_state"]
    if field.role in (Role.IDENTIFIER, Role.KEY):
        given = {
            CellState.PRESENT: "given (not shown)",
            CellState.WILDCARD: "given, with a wildcard (not shown)",
        }
        return Cell(label, given.get(state, state))
    if state != CellState.PRESENT:
        return Cell(label, state)
    if field.role is Role.FREE_TEXT:
        text, count = masked(row[field.name], plain)
        return Cell(label, text, count)
    write = _WRITE.get(field.role)
    return Cell(label, write(field, row) if write else visible(str(row[field.name])))


def _time(field: Field, row: Mapping[str, Any]) -> str:
    local, stored = row.get(f"{field.name}_local"), row.get(field.name)
    found = local or stored
    if not isinstance(found, datetime):
        return "cannot be read"
    zone = " UTC" if local is None and row.get("clock") == "utc" else ""
    return f"{found:%A %Y-%m-%d %H:%M}{zone}"


def _range(field: Field, row: Mapping[str, Any]) -> str:
    """Say how long a period is, and no more: its dates could tell which case it was."""
    start, end = row.get(f"{field.name}_start"), row.get(f"{field.name}_end")
    if not (isinstance(start, datetime) and isinstance(end, datetime)):
        return "cannot be read"
    seconds = (end - start).total_seconds()
    if seconds < _DAY:
        return wording.plural(round(seconds / _HOUR, 1), "hour")
    return wording.plural(round(seconds / _DAY, 1), "day")


def _number(field: Field, row: Mapping[str, Any]) -> str:
    value = row[field.name]
    if value is None:
        return "cannot be read"
    return f"{wording.quantity(value)} {field.unit}".strip()


_WRITE: Mapping[Role, Callable[[Field, Mapping[str, Any]], str]] = {
    Role.TIME: _time,
    Role.TIME_RANGE: _range,
    Role.COUNT: _number,
    Role.NUMBER: _number,
    Role.DURATION: _number,
}
