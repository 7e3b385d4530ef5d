"""Coarsening: the smallest change to some columns that leaves few rows told apart.

A change sets each column on a rung of its ladder. It is the smaller, the less of the ladders it climbs in all (the sum of
the rungs' losses: Sweeney's precision metric) and, of two that climb as much, the more combinations of values it leaves.
Where there are few changes to choose from, all are tried in that order, as Samarati (2001) does for k-minimal
generalisations. Where there are many, the search comes down from everything left out, one rung at a time, and takes the
step that gives back most for the rows that it puts at risk (top-down specialisation: Fung, Wang and Yu 2005); what it ends at
cannot be made finer in any one column, and need not be the smallest change of all.

While searching, combinations are told apart by a 64-bit mark. What is reported is counted again from the codes.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, product

import numpy as np
from numpy.typing import NDArray

from answerable.intake import RecordKind, Role
from answerable.publish.groups import Groups, group
from answerable.publish.ladders import LEFT_OUT, Column
from answerable.publish.risk import Exposure, exposure, grouped

__all__ = ["LOOSER", "Change", "Coarsening", "Option", "Single", "coarsening"]

LOOSER = (0.01, 0.05, 0.2)
"""Limits for which the smallest change is found too, so that a publisher sees what each would cost."""

_TRIED = 600  # changes that are all tried; more are searched from above
_NEAR = 9  # decimals to which two losses are the same


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one column: ``before`` and ``after`` say how it is published."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Single:
    """What one change would do by itself: the rows still at risk."""

    change: Change
    at_risk: int


@dataclass(frozen=True, slots=True)
class Option:
    """A change that keeps the rows at risk within a limit.

    Attributes:
        limit: The share of the rows that may be at risk.
        allowed: The same as a number of rows.
        changes: The columns to change, and how; none where nothing needs to be.
        after: How far the columns that are not left out tell the rows apart once they are changed.
        loss: How much of the ladders is climbed: 1 for each column that is left out.
    """

    limit: float
    allowed: int
    changes: tuple[Change, ...]
    after: Exposure
    loss: float


@dataclass(frozen=True, slots=True)
class Coarsening:
    """How to bring the rows at risk under a limit.

    Attributes:
        before: How far the columns tell the rows apart as they stand.
        single: Each column's rungs, each tried by itself.
        least: The smallest change that was found for the limit.
        looser: The smallest changes for limits that let more rows be at risk.
        every: True where every change was tried, so that there is no smaller one.
    """

    before: Exposure
    single: tuple[Single, ...]
    least: Option
    looser: tuple[Option, ...]
    every: bool


def coarsening(
    kind: RecordKind,
    columns: Sequence[Column],
    k: int,
    limit: float,
    *,
    brief: bool = False,
    out: Collection[Role] = (),
) -> Coarsening:
    """Search for the smallest change that leaves at most a share of the rows at risk.

    Args:
        kind: What a row is.
        columns: The columns, at least one.
        k: The size from which a group is taken to hide a row.
        limit: The share of the rows that may be at risk.
        brief: Try no rung by itself and no looser limit.
        out: Roles whose columns are left out in every change.
    """
    stand = [(each, 0) for each in columns]
    before = exposure(kind, stand, k)
    limits = (limit, *(one for one in LOOSER if one > limit and not brief))
    allowed = {one: math.floor(one * before.rows) for one in limits}
    sieve = _Sieve(columns, k, out)
    every = math.prod(map(len, sieve.choices)) <= _TRIED
    if every:
        found = _least(sieve, set(allowed.values()))
    else:
        found = {each: _from_above(sieve, each) for each in allowed.values()}

    def option(share: float) -> Option:
        chosen = list(zip(columns, found[allowed[share]], strict=True))
        changes = tuple(_change(each, rung) for each, rung in chosen if rung)
        kept = [(each, rung) for each, rung in chosen if each.ladder[rung].label != LEFT_OUT] or chosen
        return Option(
            share, allowed[share], changes, exposure(kind, kept, k), sieve.loss(found[allowed[share]])
        )

    single = [
        Single(_change(each, rung), grouped([*stand[:at], (each, rung), *stand[at + 1 :]]).under(k))
        for at, each in enumerate(columns)
        for rung in range(1, len(each.ladder))
        if not brief
    ]
    return Coarsening(before, tuple(single), option(limit), tuple(option(one) for one in limits[1:]), every)


def _change(each: Column, rung: int) -> Change:
    return Change(each.label, each.ladder[0].label, each.ladder[rung].label)


class _Sieve:
    """Counts the rows at risk for many changes of the same columns."""

    def __init__(self, columns: Sequence[Column], k: int, out: Collection[Role]) -> None:
        self.columns, self._k = columns, k
        self.choices = [range(len(each.ladder))[-1 if each.role in out else 0 :] for each in columns]

    def marks(self, at: int, rung: int) -> NDArray[np.uint64]:
        """Give each row's mark in one column: 64 bits that mix well, so that their sum tells combinations apart."""
        each = self.columns[at]
        return _mixed(each.ladder[rung].codes.astype(np.uint64) + np.uint64((at + 1) << 40))[each.index]

    def total(self, rungs: Sequence[int]) -> NDArray[np.uint64]:
        """Give each row's mark for a change: the sum of its columns' marks, which wraps around as it should."""
        found = np.zeros(self.columns[0].index.size, np.uint64)
        for at, rung in enumerate(rungs):
            found += self.marks(at, rung)
        return found

    def held(self, rungs: Sequence[int]) -> NDArray[np.bool_] | None:
        """Say which rows hold a value in any column; None where all do."""
        found: NDArray[np.bool_] | None = None
        for each, rung in zip(self.columns, rungs, strict=True):
            if each.ladder[rung].values:
                held = each.held(rung)
                if held.all():
                    return None
                found = held if found is None else found | held
        return np.zeros(self.columns[0].index.size, bool) if found is None else found

    def grouped(self, rungs: Sequence[int], marks: NDArray[np.uint64] | None = None) -> Groups:
        """Group the rows for a change."""
        told = self.total(rungs) if marks is None else marks
        return group(told.view(np.int64), self.held(rungs))

    def at_risk(self, groups: Groups) -> int:
        """Count the rows at risk."""
        return groups.under(self._k)

    def loss(self, rungs: Sequence[int]) -> float:
        """Say how much of the ladders a change climbs."""
        return sum(each.ladder[rung].loss for each, rung in zip(self.columns, rungs, strict=True))


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread numbers over 64 bits (the finaliser of SplitMix64: Steele, Lea and Flood 2014); products wrap around."""
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        numbers = (numbers ^ (numbers >> np.uint64(shift))) * np.uint64(factor)
    return numbers ^ (numbers >> np.uint64(31))


def _least(sieve: _Sieve, limits: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Try every change, those that give up least first, until there is one for each limit."""
    changes = list(product(*sieve.choices))
    changes.sort(key=lambda rungs: (round(sieve.loss(rungs), _NEAR), rungs))
    found: dict[int, tuple[int, ...]] = {}
    for _, alike in groupby(changes, key=lambda rungs: round(sieve.loss(rungs), _NEAR)):
        tried = [(rungs, sieve.grouped(rungs)) for rungs in alike]
        for allowed in limits:
            within = [
                (-groups.sizes.size, rungs) for rungs, groups in tried if sieve.at_risk(groups) <= allowed
            ]
            if within and allowed not in found:
                found[allowed] = min(within)[1]
        if len(found) == len(limits):
            break
    return found  # at the latest everything is left out, which puts no row at risk


def _from_above(sieve: _Sieve, allowed: int) -> tuple[int, ...]:
    """Come down from everything left out, a rung at a time, as far as the limit lets."""
    rungs = [choice[-1] for choice in sieve.choices]
    marks = sieve.total(rungs)
    at_risk, open_columns = 0, {at for at, choice in enumerate(sieve.choices) if len(choice) > 1}
    while open_columns:
        steps = list(_steps(sieve, rungs, marks, at_risk, sorted(open_columns)))
        open_columns &= {step.at for step in steps if step.at_risk <= allowed}
        taken = min(
            (step for step in steps if step.at_risk <= allowed), key=lambda step: step.price, default=None
        )
        if taken is None:
            break
        marks = marks - sieve.marks(taken.at, rungs[taken.at]) + sieve.marks(taken.at, taken.rung)
        rungs[taken.at], at_risk = taken.rung, taken.at_risk
        if not taken.rung:
            open_columns.discard(taken.at)
    return tuple(rungs)


@dataclass(frozen=True, slots=True)
class _Step:
    at: int
    rung: int
    at_risk: int
    price: tuple[float, int]


def _steps(
    sieve: _Sieve, rungs: Sequence[int], marks: NDArray[np.uint64], at_risk: int, columns: Sequence[int]
) -> Iterator[_Step]:
    """Try each column one rung finer: what it would give back, and the rows that it would put at risk."""
    for at in columns:
        rung = rungs[at] - 1
        tried = [*rungs[:at], rung, *rungs[at + 1 :]]
        found = sieve.at_risk(
            sieve.grouped(tried, marks - sieve.marks(at, rungs[at]) + sieve.marks(at, rung))
        )
        gained = sieve.columns[at].ladder[rungs[at]].loss - sieve.columns[at].ladder[rung].loss
        yield _Step(at, rung, found, ((found - at_risk + 1) / gained, at))
