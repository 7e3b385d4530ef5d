"""Joining: which rows of two tables are each other's only match, and how many would be by chance.

Two rows join where they are the same in a key, and no other row of either table is. The key is the time, to the coarser
of the two grains, with the columns that both tables export and neither withholds. A column that one of them has
rewritten (every reason replaced by one word, users given other pseudonyms) or emptied here and there would hide the rows
that a reader can still join by the rest. So several keys are tried: all such columns; those that agree in at least half of
the rows that the time alone joins; of these the ones that are blank in neither or in both; and, where both tables hold the
system's own ID, that ID alone, whatever the clocks say. The key that joins most rows, chance taken off, is used.

How many rows would join by chance is counted, not assumed: the other table's clock is moved by some intervals, after
which no row can be the same record, and the rows that still join are counted. An ID alone is believed where the rows that
it joins agree in some other column in at least half, and more than twice as often as rows beside them do: two systems that
both number from 1 share IDs, and no searches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from answerable.intake import Role
from answerable.publish.pairing import Clock, Codes, Pairs, by_chance, pairs, shared
from answerable.publish.table import Table

__all__ = ["Joined", "join"]

_HALF = 0.5
_ENOUGH = 20  # rows that the time alone joins, from which agreement is read
_DIFFERS = "differs in most rows that the time joins"
_EMPTIED = "blank in one of the two in rows that the time joins, and not in the other"
_BY_ID = "not needed where the ID joins"


@dataclass(frozen=True, slots=True)
class Joined:
    """What joins two tables.

    Attributes:
        key: The columns of the key, as they are called.
        aside: Columns that both have and that are no part of it, each with the reason.
        here: The places of the rows of the first table that join.
        there: The places of the rows of the second, in the same order.
        by_chance: How many would join by chance; None where there is no time to move.
        by_id: True where an ID joins them, and other columns bear it out.
        in_order: True where both have as many rows, and the same times in the same order: see `_in_order`.
        grains: How fine each table's times are, where both have times.
    """

    key: tuple[str, ...]
    aside: tuple[str, ...]
    here: NDArray[np.int64]
    there: NDArray[np.int64]
    by_chance: float | None = None
    by_id: bool = False
    in_order: bool = False
    grains: tuple[str, str] = ("", "")

    @property
    def beyond_chance(self) -> bool:
        """Say whether an ID joins the rows, or more rows join than twice what chance gives."""
        if self.by_id:
            return self.here.size > 0
        return self.by_chance is not None and self.here.size > 2 * self.by_chance

    @property
    def more(self) -> float:
        """The rows that join, chance taken off."""
        return self.here.size - (self.by_chance or 0)


def join(one: Table, other: Table) -> Joined:
    """Find the rows of two tables that are each other's only match."""
    candidates, aside = _candidates(one, other)
    clock = Clock.of(one, other)
    if isinstance(clock, str):
        found = [_by(candidates, None, [clock, *aside])] if candidates else []
        times = []
    else:
        found = _by_time(candidates, clock, aside)
        times = [clock.codes()]
    aside = [clock, *aside] if isinstance(clock, str) else aside
    found += _by_ids(candidates, times, aside)
    none = np.zeros(0, np.int64)
    best = max(found, key=lambda each: each.more, default=Joined((), tuple(aside), none, none))
    return (
        best
        if isinstance(clock, str)
        else replace(best, in_order=_in_order(clock, candidates), grains=clock.grains)
    )


def _candidates(one: Table, other: Table) -> tuple[list[Codes], list[str]]:
    """Give the columns that may be of the key, and the others with the reason why not."""
    candidates, aside = [], []
    for here, there in shared(one, other):
        label = here.field.label
        if here.withheld.any() or there.withheld.any():
            aside.append(f"{label}: withheld in one of the two")
        elif not (here.valued.any() and there.valued.any()):
            aside.append(f"{label}: without a value in one of the two")
        elif (codes := Codes.of(here, there)).in_common:
            candidates.append(codes)
        else:
            aside.append(f"{label}: no value in common")
    return candidates, aside


def _by_time(candidates: Sequence[Codes], clock: Clock, aside: Sequence[str]) -> list[Joined]:
    """Join by the time with all columns that may be of the key, and with fewer of them."""
    alone = pairs([], clock)
    unlike: dict[str, str] = {}  # columns that may have been rewritten, with what speaks for it
    if alone[0].size >= _ENOUGH:
        unlike = {each.label: said for each in candidates if (said := _unlike(each, alone))}
    differing = {label for label, said in unlike.items() if said == _DIFFERS}
    keys: dict[tuple[str, ...], list[Codes]] = {}
    for without in ((), differing, unlike):
        kept = [each for each in candidates if each.label not in without]
        keys.setdefault(tuple(each.label for each in kept), kept)
    return [
        _by(
            key,
            clock,
            [*aside, *(f"{label}: {said}" for label, said in unlike.items() if label not in labels)],
        )
        for labels, key in keys.items()
    ]


def _unlike(codes: Codes, rows: Pairs) -> str:
    """Say why a column would keep rows apart that the time alone joins; nothing where it would not."""
    same, both = codes.agreement(rows)
    if not both or same < _HALF * both:
        return _DIFFERS
    return _EMPTIED if codes.one_sided(rows) else ""


def _by_ids(candidates: Sequence[Codes], times: Sequence[Codes], aside: Sequence[str]) -> list[Joined]:
    """Join by the system's own ID alone, if both tables hold it and other columns bear it out."""
    ids = [each for each in candidates if each.role is Role.KEY]
    others = [each for each in (*times, *candidates) if each.role is not Role.KEY]
    if not ids:
        return []
    if not _borne_out(pairs(ids, None), others):
        return []
    said = [f"{other.label}: {_BY_ID}" for other in others]
    return [replace(_by(ids, None, [*aside, *said]), by_id=True)]


def _borne_out(rows: Pairs, others: Sequence[Codes]) -> bool:
    """Say whether joined rows agree in some column in at least half, and more than twice as often as rows beside them."""
    beside = (rows[0], np.roll(rows[1], 1))
    for each in others:
        (same, both), (same_beside, _) = each.agreement(rows), each.agreement(beside)
        if same and same >= _HALF * both and same > 2 * same_beside:
            return True
    return False


def _in_order(clock: Clock, candidates: Sequence[Codes]) -> bool:
    """Say whether two tables can be laid side by side row by row: as many rows, with the same times in the same order.

    Where many rows have one and the same time, as dates have, their order says nothing unless other columns bear it out.
    """
    if not np.array_equal(clock.here, clock.there):
        return False
    places = np.arange(clock.here.size)
    return bool(np.unique(clock.here).size > _HALF * places.size) or _borne_out((places, places), candidates)


def _by(key: Sequence[Codes], clock: Clock | None, aside: Sequence[str]) -> Joined:
    labels = tuple(each.label for each in key)
    whole = labels if clock is None else (clock.label, *labels)
    return Joined(whole, tuple(aside), *pairs(key, clock), by_chance(key, clock))
