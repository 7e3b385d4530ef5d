"""Comparisons of people, counted once for each pair of subjects: what every interval of this package starts from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Floats", "Ints", "Pairs", "count_pairs"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_MOST_CODES = 2**62  # of a cell and two subjects in one number


@dataclass(frozen=True, slots=True)
class Pairs:
    """Comparisons and errors, one entry for each pair of subjects in each cell; made by `count_pairs`.

    A cell is whatever a rate is wanted of: a group, a group by another, a kind of camera. A cell holds either
    comparisons of people with themselves (mated) or of people with others (non-mated).

    Attributes:
        first: The subjects' numbers, of shape (entries,), from 0.
        second: The subjects that they were compared with; the same numbers where the comparisons are mated.
        comparisons: How often the two were compared, at least 1.
        errors: In how many of these comparisons there was an error.
        cell: The cell of each entry, from 0; entries are sorted by it.
        subjects: How many subjects there are.
        cells: How many cells there are.
    """

    first: Ints
    second: Ints
    comparisons: Ints
    errors: Ints
    cell: Ints
    subjects: int
    cells: int

    @property
    def mated(self) -> NDArray[np.bool_]:
        """Of each cell, whether it holds comparisons of people with themselves; of shape (cells,)."""
        found = np.zeros(self.cells, dtype=np.bool_)
        found[self.cell[self.first == self.second]] = True
        return found

    @property
    def ends(self) -> Ints:
        """Where each cell's entries begin, and where the last one's end; of shape (cells + 1,)."""
        return np.searchsorted(self.cell, np.arange(self.cells + 1)).astype(np.int64)

    def totals(self) -> tuple[Ints, Ints]:
        """Give the errors and the comparisons of each cell, both of shape (cells,)."""
        return _added(self.cell, self.errors, self.cells), _added(self.cell, self.comparisons, self.cells)


def count_pairs(
    first: ArrayLike,
    second: ArrayLike,
    comparisons: ArrayLike,
    errors: ArrayLike,
    *,
    cell: ArrayLike | None = None,
    subjects: int | None = None,
    cells: int | None = None,
) -> Pairs:
    """Check counts of comparisons and add up those of the same two subjects in the same cell.

    The order of two subjects does not matter: a comparison of 3 with 7 and one of 7 with 3 are of the same pair.

    Args:
        first: The number of one subject of each entry, from 0; shape (entries,).
        second: The number of the other; equal to ``first`` where people are compared with themselves.
        comparisons: How many comparisons the entry counts.
        errors: How many of them were errors.
        cell: The cell of each entry, from 0; one cell for all where it is left out.
        subjects: How many subjects there are; the largest number and one more where it is left out. Subjects without a
            comparison change nothing.
        cells: How many cells there are, likewise.

    Raises:
        TypeError: A number is not whole.
        ValueError: The arrays differ in length, a number is negative or too large, there are more errors than
            comparisons, or a cell holds both mated and non-mated comparisons.
    """
    one, other = _whole(first, "a subject"), _whole(second, "a subject")
    made, wrong = _whole(comparisons, "a number of comparisons"), _whole(errors, "a number of errors")
    where = np.zeros(len(one), dtype=np.int64) if cell is None else _whole(cell, "a cell")
    if len({len(part) for part in (one, other, made, wrong, where)}) != 1:
        raise ValueError("subjects, comparisons, errors and cells are arrays of one length")
    if (wrong > made).any():
        raise ValueError("there are more errors than comparisons")
    people = _bounded(np.maximum(one, other), subjects, "subjects")
    kinds = _bounded(where, cells, "cells")
    kept = made > 0
    one, other, made, wrong, where = (part[kept] for part in (one, other, made, wrong, where))
    if people * people * max(kinds, 1) > _MOST_CODES:
        raise ValueError("there are too many subjects and cells to number their pairs")
    codes = (where * people + np.minimum(one, other)) * people + np.maximum(one, other)
    _, begins, entry = np.unique(codes, return_index=True, return_inverse=True)
    # The first of the two ways round stands for both, so that a table of one group by another stays one.
    counted = Pairs(
        first=one[begins],
        second=other[begins],
        comparisons=_added(entry, made, len(begins)),
        errors=_added(entry, wrong, len(begins)),
        cell=where[begins],
        subjects=people,
        cells=kinds,
    )
    others = np.bincount(counted.cell[counted.first != counted.second], minlength=kinds) > 0
    if (others & counted.mated).any():
        raise ValueError("a cell holds either comparisons of people with themselves or with others, not both")
    return counted


def _added(keys: Ints, numbers: Ints, length: int) -> Ints:
    # Sums of whole numbers below 2^53 are exact in floating point.
    return np.bincount(keys, weights=numbers, minlength=length).astype(np.int64)


def _whole(numbers: ArrayLike, what: str) -> Ints:
    found = np.atleast_1d(np.asarray(numbers))
    if found.size and not np.issubdtype(found.dtype, np.integer):
        raise TypeError(f"{what} is a whole number")
    if found.ndim != 1:
        raise ValueError("subjects, comparisons, errors and cells are arrays of one dimension")
    if found.size and found.min() < 0:
        raise ValueError(f"{what} is at least 0; one is {found.min()}")
    return found.astype(np.int64)


def _bounded(numbers: Ints, given: int | None, what: str) -> int:
    least = int(numbers.max()) + 1 if len(numbers) else 0
    if given is None:
        return least
    if given < least:
        raise ValueError(f"there are {given:,} {what}, and one has the number {least - 1:,}")
    return given
