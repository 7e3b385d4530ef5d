"""Where a record stands in the file that it was read from, so that an auditor can open the original.

The case keeps no line numbers. A source that is still where it was read from (or where the user says) is read again, its rows
are counted off against what was set aside, and the row of each drawn record is told: its first line in the file, and its row
as a spreadsheet numbers them, where a cell of several lines is one row.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from answerable.intake.accounting import Source
from answerable.intake.opening import Opened

__all__ = ["Place", "places_of", "set_aside_of"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: its first line in the file, and its row in a spreadsheet, both from 1."""

    line: int
    row: int


@dataclass(frozen=True, slots=True)
class _Aside:
    """What of a source is not among its records: the lines of unreadable rows, and the places of repeated ones among the sound."""

    lines: frozenset[int]
    repeats: frozenset[int]


def set_aside_of(version: Path, source: Source) -> _Aside:
    """Read what was set aside of a source."""
    name = f"{source.number:04}.csv"
    return _Aside(
        frozenset(_numbers(version / "quarantine" / name, "line")),
        frozenset(number - 1 for number in _numbers(version / "set-aside" / name, "record")),
    )


def places_of(opened: Opened, aside: _Aside, positions: Collection[int]) -> Mapping[int, Place]:
    """Find records in their source.

    Args:
        opened: The source, opened again.
        aside: What of it is not among its records.
        positions: Their positions among its records in the case, from 0.

    Returns:
        The place of each.
    """
    places: dict[int, Place] = {}
    last = max(positions, default=-1)
    sound = kept = 0
    for row_number, row in enumerate(opened.records(), opened.before + 1):
        if row.fault:
            continue
        is_repeat = sound in aside.repeats
        sound += 1
        if is_repeat or row.line in aside.lines:
            continue
        if kept in positions:
            places[kept] = Place(row.line, row_number)
        kept += 1
        if kept > last:
            break
    return places


def _numbers(path: Path, column: str) -> Sequence[int]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [int(row[column]) for row in csv.DictReader(file)]
