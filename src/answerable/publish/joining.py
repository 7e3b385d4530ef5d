"""Joining: which rows of two tables are each other's only match, and how many would be by chance.

Two rows join where they are the same in a key, and no other row of either table is. The key is the time, to the coarser
of the two grains, with the columns that both tables export and neither withholds. A column that one of them has
rewritten (every reason replaced by one word, users given other pseudonyms) or emptied here and there would hide the rows
that a reader can still join by the rest, so three keys are tried: all such columns, those that agree in at least half of
the rows that the time alone joins, and of these the ones that are blank in neither or in both. The key that joins most
rows, chance taken off, is used.

How many rows would join by chance is counted, not assumed: the other table's clock is moved by some intervals, after
which no row can be the same record, and the rows that still join are counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from answerable.publish.groups import combined
from answerable.publish.table import ABSENT, Cells, Table
from answerable.publish.times import GRAINS, NONE, SECOND, coarser, grain

__all__ = ["Joined", "join", "joint", "shared"]

_HALF = 0.5
_DIFFERS = "differs in most rows that the time joins"
_EMPTIED = "blank in one of the two in rows that the time joins, and not in the other"
_ENOUGH = 20  # rows that the time alone joins, from which agreement is read
_HOUR, _DAY = 3_600, 86_400
_MOVES = {  # seconds by which the other clock is moved, both ways: no interval that people's days repeat by
    "second": (_HOUR + 7, 2 * _HOUR + 13),
    "minute": (_HOUR + 120, 2 * _HOUR + 180),
    "hour": (25 * _HOUR, 51 * _HOUR),
    "day": (8 * _DAY, 15 * _DAY),
    "week": (35 * _DAY, 63 * _DAY),
}


@dataclass(frozen=True, slots=True)
class Joined:
    """What joins two tables.

    Attributes:
        key: The columns of the key, as they are called.
        aside: Columns that both have and that are no part of it, each with the reason.
        here: The places of the rows of the first table that join.
        there: The places of the rows of the second, in the same order.
        by_chance: How many would join by chance; None where there is no time to move.
        in_order: True where both have as many rows, and the same times in the same order.
        grains: How fine each table's times are, where both have times.
    """

    key: tuple[str, ...]
    aside: tuple[str, ...]
    here: NDArray[np.int64]
    there: NDArray[np.int64]
    by_chance: float | None
    in_order: bool
    grains: tuple[str, str] = ("", "")

    @property
    def beyond_chance(self) -> bool:
        """Say whether more rows join than twice what chance gives."""
        return self.here.size > 2 * (self.by_chance or 0)


@dataclass(frozen=True, slots=True)
class _Codes:
    """A column's codes in both tables, comparable with each other, and which rows hold a value."""

    label: str
    here: NDArray[np.int64]
    there: NDArray[np.int64]
    held_here: NDArray[np.bool_]
    held_there: NDArray[np.bool_]


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
        parts.append(
            (places[np.concatenate([here.index.astype(np.int64), moved])] + 1, len(both.dictionary) + 1)
        )
    codes = combined(parts, rows + two.states.size)
    if len(parts) > 1:
        codes = np.unique(codes, return_inverse=True)[1].astype(np.int64)
    valued = np.concatenate([one.valued, two.valued])
    absent = np.concatenate([one.absent, two.absent])
    codes = np.where(valued, codes + len(ABSENT), absent)
    return codes[:rows], codes[rows:]


def join(one: Table, other: Table) -> Joined:
    """Find the rows of two tables that are each other's only match."""
    candidates, aside = [], []
    for here, there in shared(one, other):
        label = here.field.label
        if here.withheld.any() or there.withheld.any():
            aside.append(f"{label}: withheld in one of the two")
        elif not (here.valued.any() and there.valued.any()):
            aside.append(f"{label}: without a value in one of the two")
        else:
            codes = _Codes(label, *joint(here, there), here.valued, there.valued)
            if np.intersect1d(codes.here[codes.held_here], codes.there[codes.held_there]).size:
                candidates.append(codes)
            else:
                aside.append(f"{label}: no value in common")
    clock = _Clock.of(one, other)
    if isinstance(clock, str):
        aside.insert(0, clock)
        return _by(candidates, aside, None, one, other)
    alone = _by([], aside, clock, one, other)
    unlike: dict[str, str] = {}  # columns that may be no part of the key, with the reason
    if alone.here.size >= _ENOUGH:
        unlike = {each.label: said for each in candidates if (said := _unlike(each, alone))}
    differing = {label for label, said in unlike.items() if said == _DIFFERS}
    keys: dict[tuple[str, ...], list[_Codes]] = {}
    for without in ((), differing, unlike):
        kept = [each for each in candidates if each.label not in without]
        keys.setdefault(tuple(each.label for each in kept), kept)
    found = [_by(key, aside, clock, one, other) for key in keys.values()]
    best = max(found, key=lambda each: each.here.size - (each.by_chance or 0))
    more = (f"{label}: {said}" for label, said in unlike.items() if label not in best.key)
    return replace(best, aside=(*best.aside, *more))


def _unlike(codes: _Codes, joined: Joined) -> str:
    """Say why a column would keep rows apart that the time alone joins; nothing where it would not."""
    held_here, held_there = codes.held_here[joined.here], codes.held_there[joined.there]
    both = held_here & held_there
    same = codes.here[joined.here] == codes.there[joined.there]
    if not both.any() or (same & both).sum() < _HALF * both.sum():
        return _DIFFERS
    return _EMPTIED if (held_here != held_there).any() else ""


@dataclass(frozen=True, slots=True)
class _Clock:
    """The times of both tables, in whole seconds, made as coarse as the coarser of them."""

    label: str
    grains: tuple[str, str]
    here: NDArray[np.int64]
    there: NDArray[np.int64]

    @property
    def unit(self) -> str:
        """The coarser of the two grains."""
        return max(self.grains, key=GRAINS.index)

    @classmethod
    def of(cls, one: Table, other: Table) -> _Clock | str:
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

    def in_order(self) -> bool:
        """Say whether both tables hold the same times in the same order, and more than one."""
        return (
            self.here.size == self.there.size
            and np.array_equal(self.here, self.there)
            and bool(np.unique(self.here).size > 1)
        )


def _seconds(times: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.where(times == NONE, NONE, times // SECOND)


def _by(
    candidates: Sequence[_Codes], aside: Sequence[str], clock: _Clock | None, one: Table, other: Table
) -> Joined:
    """Join by a key, and count what would join by chance."""
    labels = tuple(each.label for each in candidates)
    rest = combined(
        [
            (np.concatenate([each.here, each.there]), int(max(each.here.max(), each.there.max())) + 1)
            for each in candidates
        ],
        one.rows + other.rows,
    )
    rest = np.unique(rest, return_inverse=True)[1].astype(np.int64)
    here, there = rest[: one.rows], rest[one.rows :]
    if clock is None:
        none = np.zeros(0, np.int64)
        if not candidates:
            return Joined((), tuple(aside), none, none, None, False)
        some_here = np.any([each.held_here for each in candidates], axis=0)
        some_there = np.any([each.held_there for each in candidates], axis=0)
        return Joined(labels, tuple(aside), *_matches(here, there, some_here, some_there), None, False)
    # Codes of times begin at a time so early that no moved one falls before it.
    start = (
        int(min(clock.here[clock.here != NONE].min(), clock.there[clock.there != NONE].min())) - 100 * _DAY
    )
    size = int(max(clock.here.max(), clock.there.max())) + 100 * _DAY - start

    def moved(by: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        return _matches(
            here * size + (clock.here - start),
            there * size + (clock.there + by - start),
            clock.here != NONE,
            clock.there != NONE,
        )

    moves = [sign * by for by in _MOVES.get(clock.unit, ()) for sign in (1, -1)]
    chance = sum(moved(by)[0].size for by in moves) / len(moves) if moves else None
    key = (clock.label, *labels)
    return Joined(key, tuple(aside), *moved(0), chance, clock.in_order(), clock.grains)


def _matches(
    here: NDArray[np.int64], there: NDArray[np.int64], in_here: NDArray[np.bool_], in_there: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the places of the rows whose code comes once in each table."""
    (codes_here, at_here), (codes_there, at_there) = _once(here, in_here), _once(there, in_there)
    _, first, second = np.intersect1d(codes_here, codes_there, assume_unique=True, return_indices=True)
    order = np.argsort(at_here[first], kind="stable")
    return at_here[first][order], at_there[second][order]


def _once(codes: NDArray[np.int64], within: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    places = np.flatnonzero(within)
    distinct, first, counts = np.unique(codes[places], return_index=True, return_counts=True)
    return distinct[counts == 1], places[first[counts == 1]]
