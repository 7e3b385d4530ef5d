"""Pairing: columns of two tables as codes that can be compared, and the rows whose key comes once in each table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from answerable.intake import Role
from answerable.publish.groups import combined
from answerable.publish.table import ABSENT, Cells, Table
from answerable.publish.times import GRAINS, NONE, SECOND, coarser, grain

__all__ = ["Clock", "Codes", "Pairs", "by_chance", "joint", "pairs", "shared"]

_HOUR, _DAY = 3_600, 86_400
_MOVES = {  # seconds by which the other clock is moved, both ways: no interval that people's days repeat by
    "second": (_HOUR + 7, 2 * _HOUR + 13),
    "minute": (_HOUR + 120, 2 * _HOUR + 180),
    "hour": (25 * _HOUR, 51 * _HOUR),
    "day": (8 * _DAY, 15 * _DAY),
    "week": (35 * _DAY, 63 * _DAY),
}

Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]
"""The places of rows of the first table, in order, and of the rows of the second that go with them."""


@dataclass(frozen=True, slots=True)
class Codes:
    """A column's codes in both tables, comparable with each other, and which rows hold a value.

    Attributes:
        label: How the outputs call the column.
        role: The part that it plays.
        here: The first table's codes.
        there: The second's.
        held_here: Which rows of the first hold a value.
        held_there: Which of the second do.
    """

    label: str
    role: Role
    here: NDArray[np.int64]
    there: NDArray[np.int64]
    held_here: NDArray[np.bool_]
    held_there: NDArray[np.bool_]

    @classmethod
    def of(cls, here: Cells, there: Cells) -> Codes:
        """Code one column of two tables."""
        return cls(here.field.label, here.field.role, *joint(here, there), here.valued, there.valued)

    @property
    def in_common(self) -> bool:
        """Say whether the two tables share any value of the column."""
        return bool(np.intersect1d(self.here[self.held_here], self.there[self.held_there]).size)

    def agreement(self, rows: Pairs) -> tuple[int, int]:
        """Count the pairs of rows that hold the same value, and those that hold one in both tables."""
        both = self.held_here[rows[0]] & self.held_there[rows[1]]
        return int((both & (self.here[rows[0]] == self.there[rows[1]])).sum()), int(both.sum())

    def one_sided(self, rows: Pairs) -> bool:
        """Say whether any pair of rows holds a value in one table and none in the other."""
        return bool((self.held_here[rows[0]] != self.held_there[rows[1]]).any())


@dataclass(frozen=True, slots=True)
class Clock:
    """The times of both tables in whole seconds, made as coarse as the coarser of them.

    Attributes:
        label: How the outputs call the time, with its grain.
        grains: How fine each table's times are.
        here: The first table's times, `NONE` where there is none.
        there: The second's.
    """

    label: str
    grains: tuple[str, str]
    here: NDArray[np.int64]
    there: NDArray[np.int64]

    @classmethod
    def of(cls, one: Table, other: Table) -> Clock | str:
        """Set two tables' times beside each other, or say why that cannot be."""
        first, second = one.cells.get(one.kind.time), other.cells.get(other.kind.time)
        label = one.kind.field(one.kind.time).label
        if first is None or second is None or not (first.valued.any() and second.valued.any()):
            return f"{label}: without a value in one of the two"
        if len(one.clocks | other.clocks) > 1 and "unknown" in one.clocks | other.clocks:
            return f"{label}: in UTC in one of the two, and in a zone that is not stated in the other; say which with --timezone"
        grains = (grain(first.instants), grain(second.instants))
        unit = max(grains, key=GRAINS.index)
        here, there = (_seconds(coarser(each.instants, unit)) for each in (first, second))
        return cls(f"{label} to the {unit}", grains, here, there)

    @property
    def unit(self) -> str:
        """The coarser of the two grains."""
        return max(self.grains, key=GRAINS.index)

    def codes(self) -> Codes:
        """Give the times as a column's codes."""
        return Codes(self.label, Role.TIME, self.here, self.there, self.here != NONE, self.there != NONE)


def _seconds(times: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.where(times == NONE, NONE, times // SECOND)


def shared(one: Table, other: Table) -> list[tuple[Cells, Cells]]:
    """Give the columns that two tables both export, the times of their records apart."""
    return [
        (cells, other.cells[name])
        for name, cells in one.cells.items()
        if name in other.cells
        and name not in (one.kind.time, other.kind.time)
        and [part.distinct.type for part in cells.parts]
        == [part.distinct.type for part in other.cells[name].parts]
    ]


def joint(one: Cells, two: Cells) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give codes that are equal, across two tables, exactly where cells hold the same value or are absent alike."""
    rows, parts = one.states.size, []
    for here, there in zip(one.parts, two.parts, strict=True):
        both = pa.concat_arrays([here.distinct, there.distinct]).dictionary_encode()
        places = np.append(both.indices.to_numpy(zero_copy_only=False).astype(np.int64), -1)
        moved = np.where(there.index < 0, -1, there.index.astype(np.int64) + len(here.distinct))
        index = np.concatenate([here.index.astype(np.int64), moved])
        parts.append((places[index] + 1, len(both.dictionary) + 1))
    codes = combined(parts, rows + two.states.size)
    if len(parts) > 1:
        codes = np.unique(codes, return_inverse=True)[1].astype(np.int64)
    valued = np.concatenate([one.valued, two.valued])
    absent = np.concatenate([one.absent, two.absent])
    codes = np.where(valued, codes + len(ABSENT), absent)
    return codes[:rows], codes[rows:]


def pairs(key: Sequence[Codes], clock: Clock | None, *, by: int = 0) -> Pairs:
    """Give the rows of two tables that are the same in a key that comes once in each of them.

    Args:
        key: The columns, besides the time.
        clock: The times, if they are part of the key: a row without one joins none.
        by: Seconds by which the second table's clock is moved.
    """
    if clock is None:
        held_here = np.any([each.held_here for each in key], axis=0)
        held_there = np.any([each.held_there for each in key], axis=0)
        return _once_in_both(*_rest(key), held_here, held_there)
    # Codes of times begin so early, and end so late, that no moved one falls outside.
    held_here, held_there = clock.here != NONE, clock.there != NONE
    start = int(min(clock.here[held_here].min(), clock.there[held_there].min())) - 100 * _DAY
    size = int(max(clock.here.max(), clock.there.max())) + 100 * _DAY - start
    here, there = _rest(key) if key else (np.zeros_like(clock.here), np.zeros_like(clock.there))
    return _once_in_both(
        here * size + (clock.here - start), there * size + (clock.there + by - start), held_here, held_there
    )


def by_chance(key: Sequence[Codes], clock: Clock | None) -> float | None:
    """Count the rows that would join by chance: those that still do when the second table's clock is moved.

    None where there is no clock to move, or none that moving would set apart.
    """
    if clock is None or clock.unit not in _MOVES:
        return None
    moves = [sign * by for by in _MOVES[clock.unit] for sign in (1, -1)]
    return sum(pairs(key, clock, by=by)[0].size for by in moves) / len(moves)


def _rest(key: Sequence[Codes]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give one code for each row's values in the key, numbered from 0 over both tables."""
    rows = key[0].here.size
    parts = [np.concatenate([each.here, each.there]) for each in key]
    codes = combined([(part, int(part.max()) + 1) for part in parts], parts[0].size)
    codes = np.unique(codes, return_inverse=True)[1].astype(np.int64)
    return codes[:rows], codes[rows:]


def _once_in_both(
    here: NDArray[np.int64],
    there: NDArray[np.int64],
    held_here: NDArray[np.bool_],
    held_there: NDArray[np.bool_],
) -> Pairs:
    (codes_here, at_here), (codes_there, at_there) = _once(here, held_here), _once(there, held_there)
    _, first, second = np.intersect1d(codes_here, codes_there, assume_unique=True, return_indices=True)
    order = np.argsort(at_here[first], kind="stable")
    return at_here[first][order], at_there[second][order]


def _once(codes: NDArray[np.int64], held: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    places = np.flatnonzero(held)
    distinct, first, counts = np.unique(codes[places], return_index=True, return_counts=True)
    return distinct[counts == 1], places[first[counts == 1]]
