"""The table of which records are on which lists: read, checked, and counted in the ways that estimates need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import SupportsIndex

import numpy as np
from numpy.typing import NDArray

from answerable.recapture.results import whole

__all__ = ["Table", "table"]


@dataclass(frozen=True, slots=True)
class Table:
    """How many records stand in each combination of lists.

    ``counts`` has 2^t entries; entry c counts the records on just those lists j for which bit j of c is 1. Entry 0 is 0:
    a record on no list cannot be counted. ``names`` are the lists'.
    """

    counts: NDArray[np.int64]
    names: tuple[str, ...]

    @property
    def seen(self) -> int:
        """How many records there are."""
        return int(self.counts.sum())

    def _on(self) -> NDArray[np.bool_]:
        marks = (np.arange(len(self.counts))[:, None] >> np.arange(len(self.names))) & 1
        return marks.astype(np.bool_)

    @property
    def sizes(self) -> list[int]:
        """How many records each list holds."""
        return [int(self.counts[column].sum()) for column in self._on().T]

    @property
    def alone(self) -> list[int]:
        """How many records each list alone holds."""
        return [int(self.counts[1 << one]) for one in range(len(self.names))]

    @property
    def frequencies(self) -> list[int]:
        """How many records are on exactly 1, 2 ... t lists."""
        times = self._on().sum(axis=1)
        return [int(self.counts[times == number].sum()) for number in range(1, len(self.names) + 1)]


def table(histories: Mapping[str, SupportsIndex], names: Sequence[str] = ()) -> Table:
    """Read a table of histories.

    Args:
        histories: How many records have each history: a text of one 1 or 0 for each list, in the lists' order, such as
            ``101`` for the records on the first and the third of three lists. A history left out has none.
        names: The lists' names; ``list 1``, ``list 2`` and so on where none are given.

    Raises:
        TypeError: A count is not a whole number.
        ValueError: A count is negative, histories are not of 1 and 0 or of unequal length, records are on no list,
            or there is not one name for each list.
    """
    if not histories:
        raise ValueError("a table of lists has at least one history")
    lists = len(next(iter(histories)))
    counts = np.zeros(2**lists, dtype=np.int64)
    for history, number in histories.items():
        if len(history) != lists or set(history) - set("01") or not history:
            raise ValueError(f"a history is one 1 or 0 for each of {lists} lists; it is {history!r}")
        counts[sum(1 << one for one, mark in enumerate(history) if mark == "1")] = whole(
            number, f"the number of records with history {history}"
        )
    if counts[0]:
        raise ValueError("records on no list cannot be counted: that is what is estimated")
    if names and (len(names) != lists or len(set(names)) != lists):
        raise ValueError(f"each of {lists} lists has a name of its own; the names are {', '.join(names)}")
    return Table(counts, tuple(names) or tuple(f"list {one + 1}" for one in range(lists)))
