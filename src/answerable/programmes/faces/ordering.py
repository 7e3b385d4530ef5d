"""Numbering people by their comparisons, and never by their pseudonyms: another case's key then gives the same numbers.

Replicates and exchanges are drawn over people in the order of their numbers. Pseudonyms are others in every case, so an order by
pseudonym would give two audits of one file intervals that differ in their last digits.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["numbered"]

_Ints = NDArray[np.int64]
_ROUNDS = 3  # how far a person's comparisons, those of whom they were compared with, and so on, are looked at
_MIX = np.uint64(0x9E3779B97F4A7C15)  # the golden ratio, as in Knuth's multiplicative hashing
_STEP = np.uint64(0xBF58476D1CE4E5B9)  # as in the finaliser of splitmix64


def numbered(first: _Ints, second: _Ints, people: int, *counts: _Ints) -> _Ints:
    """Give each person a new number, from 0, by what their comparisons are.

    People whose comparisons look alike as far as is looked keep the order in which they came: exchanging them changes nothing that
    is counted of them.

    Args:
        first: The number of the first person of each row.
        second: Of the second.
        people: How many people there are.
        counts: Whole numbers of each row: its cell, its comparisons, its errors.

    Returns:
        The new number of each person, of shape (people,).
    """
    rows = np.zeros(len(first), dtype=np.uint64)
    for column in counts:
        rows = _mixed(rows + column.astype(np.uint64))
    known = np.zeros(people, dtype=np.uint64)
    for _ in range(_ROUNDS):
        found = _mixed(known)
        # Sums that run over at 2^64 do not depend on the order of the rows, as sums of decimals would.
        np.add.at(found, first, _mixed(rows ^ known[second]))
        np.add.at(found, second, _mixed(rows + _STEP ^ known[first]))
        known = found
    place = np.empty(people, dtype=np.int64)
    place[np.argsort(known, kind="stable")] = np.arange(people)
    return place


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    spread = (numbers + _MIX) * _STEP
    return np.asarray(spread ^ (spread >> np.uint64(29)))
