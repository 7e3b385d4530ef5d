"""Known truths from which lists are drawn: how many records there are, and how they come to be on lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

__all__ = ["Table", "Truth", "independent", "kinds", "paired"]

Table = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Truth:
    """A set of records and the chances of each combination of lists, entry 0 being that of none.

    ``unlisted`` records more can be on no list at all. A share ``split`` of the records on several lists is not
    recognised on one of them, and so stands in the table twice; a share ``merged`` of those on the first list only is
    taken for one that is on the second only.
    """

    name: str
    total: int
    chances: tuple[float, ...]
    unlisted: int = 0
    split: float = 0
    merged: float = 0
    lists: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lists", len(self.chances).bit_length() - 1)

    def draw(self, generator: np.random.Generator) -> tuple[Table, int]:
        """Draw a table, without the records on no list, and give their number beside it."""
        table = generator.multinomial(self.total, self.chances)
        missed = int(table[0]) + self.unlisted
        table[0] = 0
        if self.split:
            self._split(table, generator)
        if self.merged:
            wrong = min(generator.binomial(table[1], self.merged), table[2])
            table[1], table[2], table[3] = table[1] - wrong, table[2] - wrong, table[3] + wrong
        return table, missed

    def _split(self, table: Table, generator: np.random.Generator) -> None:
        for cell in range(len(table)):
            first = cell & -cell
            if cell == first:
                continue  # on one list or none
            lost = generator.binomial(table[cell], self.split)
            table[cell] -= lost
            table[first] += lost
            table[cell ^ first] += lost


def _marks(lists: int) -> NDArray[np.int64]:
    return (np.arange(2**lists)[:, None] >> np.arange(lists)) & 1


def independent(total: int, *shares: float, name: str = "", **more: float) -> Truth:
    """Lists that hold these shares of the records, independently of each other."""
    return kinds(total, [(1, shares)], name=name or "independent", **more)


def kinds(total: int, parts: Sequence[tuple[float, Sequence[float]]], name: str, **more: float) -> Truth:
    """Records of several kinds: the weight of each, and the shares of it that the lists hold, independently."""
    marks = _marks(len(parts[0][1]))
    chances = sum(
        weight * np.where(marks == 1, shares, 1 - np.asarray(shares)).prod(axis=1) for weight, shares in parts
    )
    return Truth(name, total, tuple(np.asarray(chances).tolist()), **more)  # type: ignore[arg-type]  # its own fields


def paired(total: int, shares: Sequence[float], odds: Mapping[tuple[int, ...], float], name: str) -> Truth:
    """Lists of which some depend on each other.

    ``odds`` gives, for sets of lists, the factor by which being on all but one of them multiplies the odds of being on
    that one; ``shares`` are those of a record that is on no other list.
    """
    marks = _marks(len(shares))
    logs = marks @ np.log(np.asarray(shares) / (1 - np.asarray(shares)))
    for some, factor in odds.items():
        logs = logs + np.log(factor) * marks[:, list(some)].all(axis=1)
    chances = np.exp(logs)
    return Truth(name, total, tuple((chances / chances.sum()).tolist()))
