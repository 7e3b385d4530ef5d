"""The vertex bootstrap: people are drawn anew, and all comparisons of those drawn come with them.

Counts for each pair of subjects are enough. A replicate of every cell's rate is a weighted sum of them, so that nothing is sorted
and no row is looked at again; replicates of all cells share their people and are joint.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from answerable.biometrics.pairs import Floats, Ints, Pairs

__all__ = ["Replicates", "drawn_weights", "replicates"]

_DENSE = 0.03  # of a table's cells filled: from there on multiplying all of them is the faster way
_BLOCK = 1 << 23  # weights held at a time, 64 MiB of them


@dataclass(frozen=True, slots=True)
class Replicates:
    """Errors and comparisons of every cell in every replicate, weighted by how often their people were drawn.

    Attributes:
        errors: Of shape (replicates, cells).
        comparisons: Of the same shape; 0 where nobody who was drawn has a comparison in the cell.
    """

    errors: Floats
    comparisons: Floats

    @property
    def rates(self) -> Floats:
        """Errors divided by comparisons, of shape (replicates, cells); nan where nobody drawn has a comparison."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(self.errors / self.comparisons)

    def percentiles(self, level: float = 0.95) -> tuple[Floats, Floats]:
        """Give the percentile bounds of the cells' rates, without the replicates that have no comparison in the cell.

        They are not the default interval: of 40 people who differ strongly they cover 89 to 93 % in place of 95 %, and of
        people who do not differ they are too wide, because the bootstrap counts what two people have between them three
        times (A. B. Owen, The pigeonhole bootstrap, Ann. Appl. Stat. 1 (2007) 386-411).

        Raises:
            ValueError: The level is not in 0 to 1.
        """
        if not 0 < level < 1:
            raise ValueError(f"the level lies between 0 and 1; it is {level}")
        bounds = np.nanquantile(self.rates, [(1 - level) / 2, (1 + level) / 2], axis=0)
        return bounds[0], bounds[1]


def drawn_weights(
    subjects: int, number: int, seed: int, strata: ArrayLike | None = None
) -> Iterator[NDArray[np.float64]]:
    """Draw how often each subject is drawn, in blocks of replicates.

    As many subjects are drawn as there are, with replacement, within each stratum: w ~ Multinomial(S, 1/S). The same
    arguments give the same weights, so that replicates of several thresholds or files of the same people are joint
    where the seed is the same.

    Args:
        subjects: How many subjects there are.
        number: How many replicates.
        seed: Of the generator.
        strata: The stratum of each subject, from 0, shape (subjects,). Subjects are drawn from all where it is left out.

    Yields:
        Blocks of weights, of shape (replicates of the block, subjects).

    Raises:
        ValueError: There is not one stratum for each subject, or no replicate is asked for.
    """
    kinds = np.zeros(subjects, dtype=np.int64) if strata is None else np.asarray(strata)
    if kinds.shape != (subjects,):
        raise ValueError(f"each of {subjects:,} subjects has one stratum")
    if number < 1:
        raise ValueError(f"at least one replicate is drawn; {number} were asked for")
    generator = np.random.default_rng(seed)
    order = np.argsort(kinds, kind="stable")
    _, begins, size = np.unique(kinds[order], return_index=True, return_counts=True)
    begin_of, size_of = np.repeat(begins, size), np.repeat(size, size)
    height = max(_BLOCK // max(subjects, 1), 1)
    for begin in range(0, number, height):
        rows = min(height, number - begin)
        # Numbers are drawn one replicate after another, so that the weights do not depend on the size of a block.
        place = begin_of + (generator.random((rows, subjects)) * size_of).astype(np.int64)
        codes = order[place] + subjects * np.arange(rows)[:, None]
        counted = np.bincount(codes.ravel(), minlength=rows * subjects)
        weights = counted.reshape(rows, subjects).astype(np.float64)
        yield weights


def replicates(
    counts: Pairs, number: int = 2_000, seed: int = 0, strata: ArrayLike | None = None
) -> Replicates:
    """Draw joint replicates of the errors and comparisons of all cells.

    A comparison of subjects i and j counts w_i w_j times in a replicate, and one of a subject with itself w_i times. A
    subject that was drawn twice is not compared with its own double.

    Args:
        counts: The comparisons.
        number: How many replicates.
        seed: The same seed gives the same replicates.
        strata: The stratum of each subject, such as its group; then as many are drawn of each as there are, and no
            group is missing from a replicate.

    Raises:
        ValueError: As in `drawn_weights`.

    Sources: T. A. B. Snijders & S. P. Borgatti, Non-parametric standard errors and tests for network statistics, Connections
    22 (1999) 161-170; A. B. Owen (2007), as above.
    """
    tables = [
        _Table(counts, cell, begin, end)
        for cell, (begin, end) in enumerate(zip(counts.ends[:-1], counts.ends[1:], strict=True))
        if end > begin
    ]
    errors, comparisons = np.zeros((number, counts.cells)), np.zeros((number, counts.cells))
    done = 0
    for weights in drawn_weights(counts.subjects, number, seed, strata):
        rows = slice(done, done + len(weights))
        for table in tables:
            errors[rows, table.cell], comparisons[rows, table.cell] = table.weighted(weights)
        done += len(weights)
    return Replicates(errors, comparisons)


class _Table:
    """The counts of one cell, as tables of the subjects on one side by those on the other."""

    def __init__(self, counts: Pairs, cell: int, begin: int, end: int) -> None:
        self.cell = cell
        first, second = counts.first[begin:end], counts.second[begin:end]
        self._mated = bool(first[0] == second[0])
        self._rows, row = np.unique(first, return_inverse=True)
        self._columns, column = np.unique(second, return_inverse=True)
        shape = (len(self._rows), len(self._columns))
        self._errors = self._laid(counts.errors[begin:end], row, column, shape)
        self._comparisons = self._laid(counts.comparisons[begin:end], row, column, shape)

    def _laid(
        self, numbers: Ints, row: Ints, column: Ints, shape: tuple[int, int]
    ) -> sparse.csc_array | Floats:
        if self._mated:
            return numbers.astype(np.float64)
        some = numbers != 0
        laid = sparse.csc_array((numbers[some].astype(np.float64), (row[some], column[some])), shape=shape)
        return laid.toarray() if some.sum() > _DENSE * shape[0] * shape[1] else laid

    def weighted(self, weights: Floats) -> tuple[Floats, Floats]:
        """Give the weighted errors and comparisons of each replicate of a block, both of shape (replicates,)."""
        rows = weights[:, self._rows]
        if self._mated:
            return rows @ self._errors, rows @ self._comparisons
        columns = weights[:, self._columns]
        return self._between(rows, self._errors, columns), self._between(rows, self._comparisons, columns)

    @staticmethod
    def _between(rows: Floats, table: sparse.csc_array | Floats, columns: Floats) -> Floats:
        return np.asarray(np.einsum("ij,ij->i", np.asarray(rows @ table), columns))
