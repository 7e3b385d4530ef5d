"""What each subject contributes to a rate, and the variance of the rate that follows from it.

A rate of comparisons moves as a whole when one of its subjects is left out, for all comparisons of that subject go with it.
These moves, and not the rows, are what the doubt about a rate is measured by.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from answerable.biometrics.pairs import Floats, Ints, Pairs

__all__ = ["Contributions", "contributions"]

_MATED, _NON_MATED = 1, 2


@dataclass(frozen=True, slots=True)
class Contributions:
    """The rates of all cells and what moves them; every array has shape (cells,) unless said otherwise.

    A cell without comparisons has the rate nan and the variance infinity.

    Attributes:
        rate: Errors divided by comparisons.
        errors: The errors.
        comparisons: The comparisons.
        apart: To how many errors on different pairs of people the errors amount: their sum, squared, over the sum of their
            squares. Of mated comparisons the errors themselves.
        rest_apart: The same of the comparisons without an error.
        people: How many subjects have a comparison.
        weighing: As how many subjects with equal shares of the comparisons they weigh: squares^3 / cubes^2.
        order: How many people a comparison has: 1 where it is mated, 2 where not.
        alone: Whether one person takes part in every comparison.
        variance: The variance of the rate; infinite where nothing shows it.
        between: The part of it that comes from differences between subjects.
        freedom: Satterthwaite's degrees of freedom of the variance.
        squares: The sum of the squared shares of the comparisons that the subjects take part in.
        cubes: The sum of the cubes of these shares.
        pair_squares: The sum of the squared shares of the comparisons of two people; 0 where mated.
        moves: By how much the rate falls when a subject is left out; sparse, of shape (cells, subjects).
        pair_moves: What two people have between them, which counts in the moves of both; sparse, of shape (cells, pairs).
    """

    rate: Floats
    errors: Ints
    comparisons: Ints
    apart: Floats
    rest_apart: Floats
    people: Ints
    weighing: Floats
    order: Ints
    alone: NDArray[np.bool_]
    variance: Floats
    between: Floats
    freedom: Floats
    squares: Floats
    cubes: Floats
    pair_squares: Floats
    moves: sparse.csr_array
    pair_moves: sparse.csr_array

    def covariance(self) -> Floats:
        """Give the covariances of the rates of all cells, of shape (cells, cells); the diagonal is ``variance``.

        Cells depend on each other where the same people take part in both.
        """
        shared = (self.moves @ self.moves.T - self.pair_moves @ self.pair_moves.T).toarray()
        np.fill_diagonal(shared, self.variance)
        return np.asarray(shared, dtype=np.float64)


class _Parts:
    """The subjects that take part in each cell, and sums over them."""

    def __init__(self, counts: Pairs) -> None:
        self._counts = counts
        self._twice = counts.first != counts.second
        keys = np.concatenate(
            [
                counts.cell * counts.subjects + counts.first,
                (counts.cell * counts.subjects + counts.second)[self._twice],
            ]
        )
        found, self._entry = np.unique(keys, return_inverse=True)
        self.cell, self.subject = np.divmod(found, max(counts.subjects, 1))
        self._found = found

    def of_each(self, numbers: NDArray[np.generic]) -> Floats:
        """Add numbers, given for each pair, up for each subject of each cell."""
        both = np.concatenate([numbers, numbers[self._twice]])
        return np.asarray(np.bincount(self._entry, weights=both, minlength=len(self.cell)), dtype=np.float64)

    def at(self, subject: Ints, numbers: Floats) -> Floats:
        """Look up, for each pair, the number of one of its subjects."""
        found: Floats = numbers[
            np.searchsorted(self._found, self._counts.cell * self._counts.subjects + subject)
        ]
        return found

    def over_subjects(self, numbers: Floats) -> Floats:
        """Add numbers, given for each subject of each cell, up for each cell."""
        return np.asarray(
            np.bincount(self.cell, weights=numbers, minlength=self._counts.cells), dtype=np.float64
        )

    def over_pairs(self, numbers: Floats) -> Floats:
        """Add numbers, given for each pair, up for each cell."""
        return np.asarray(
            np.bincount(self._counts.cell, weights=numbers, minlength=self._counts.cells), dtype=np.float64
        )


def contributions(counts: Pairs) -> Contributions:
    """Compute what each subject contributes to each cell's rate, and the variances of the rates.

    Leaving subject i out lowers the rate by (e_i - rate m_i)/(m - m_i), where e_i and m_i are its errors and comparisons
    and m is the number of all comparisons. The sum of the squares of these is the jackknife's variance. Of non-mated
    comparisons it counts what two people have between them twice, once for each, and that is taken off once. What
    is left is, for a full table of equally many comparisons of each pair of S people, the unbiased variance of a U-statistic
    times 1 - 4/(S - 2)^2. It is not let fall below what it would be if pairs did not depend on each other.

    The variance is a sum of squares, so its own doubt shows in their spread: the degrees of freedom are twice its square,
    divided by its own variance.

    Args:
        counts: The comparisons.

    Sources: W. Hoeffding, A class of statistics with asymptotically normal distribution, Ann. Math. Stat. 19 (1948)
    293-325; P. M. Aronow, C. Samii & V. A. Assenova, Cluster-robust variance estimation for dyadic data, Polit. Anal. 23
    (2015) 564-577, for what is taken off; B. Efron & C. Stein, The jackknife estimate of variance, Ann. Stat. 9 (1981)
    586-596; F. E. Satterthwaite, An approximate distribution of estimates of variance components, Biometrics Bull. 2
    (1946) 110-114.
    """
    parts = _Parts(counts)
    wrong, made = counts.totals()
    mated = counts.mated
    people = np.bincount(parts.cell, minlength=counts.cells)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = wrong / made
        surplus = counts.errors - rate[counts.cell] * counts.comparisons
        own = parts.of_each(counts.comparisons)
        left = made[parts.cell] - own
        moves = np.where(left > 0, parts.of_each(surplus) / left, 0.0)
        lefts = parts.at(counts.first, left) * parts.at(counts.second, left)
        pair_moves = np.where((counts.first != counts.second) & (lefts > 0), surplus / np.sqrt(lefts), 0.0)
        shares = own / made[parts.cell]
        pair_shares = np.where(counts.first != counts.second, counts.comparisons / made[counts.cell], 0.0)
        unshared = np.where(mated, rate * (1 - rate) / made, parts.over_pairs(surplus**2) / made**2)
        jackknife = parts.over_subjects(moves**2)
        variance = np.maximum(jackknife - parts.over_pairs(pair_moves**2), unshared)
        between = np.maximum(np.where(mated, variance - unshared, jackknife - 2 * unshared), 0.0)
        spread = (
            np.maximum(parts.over_subjects(moves**4) - jackknife**2 / people, 0.0) * people / (people - 1)
        )
        freedom = np.where(spread > 0, 2 * variance**2 / spread, np.inf)
        squares, cubes = parts.over_subjects(shares**2), parts.over_subjects(shares**3)
        weighing = np.nan_to_num(squares**3 / cubes**2)
    alone = np.zeros(counts.cells, dtype=np.bool_)
    alone[parts.cell[left == 0]] = True
    return Contributions(
        rate=rate,
        errors=wrong,
        comparisons=made,
        apart=_apart(wrong, counts.errors, counts, parts),
        rest_apart=_apart(made - wrong, counts.comparisons - counts.errors, counts, parts),
        people=people,
        weighing=weighing,
        order=np.where(mated, _MATED, _NON_MATED),
        alone=alone,
        variance=np.where(alone | (made == 0), np.inf, variance),
        between=np.nan_to_num(between),
        freedom=np.clip(freedom, 1.0, np.maximum(weighing - 1.0, 1.0)),
        squares=squares,
        cubes=cubes,
        pair_squares=parts.over_pairs(pair_shares**2),
        moves=sparse.csr_array((moves, (parts.cell, parts.subject)), shape=(counts.cells, counts.subjects)),
        pair_moves=_by_pair(pair_moves, counts),
    )


def _apart(total: Ints, numbers: Ints, counts: Pairs, parts: _Parts) -> Floats:
    squares = parts.over_pairs(numbers.astype(np.float64) ** 2)
    return np.where(counts.mated, total, total.astype(np.float64) ** 2 / np.maximum(squares, 1.0))


def _by_pair(numbers: Floats, counts: Pairs) -> sparse.csr_array:
    if counts.cells == 1:  # there each pair is one entry already
        return sparse.csr_array(numbers[None, :])
    low, high = np.minimum(counts.first, counts.second), np.maximum(counts.first, counts.second)
    found, pair = np.unique(low * counts.subjects + high, return_inverse=True)
    return sparse.csr_array((numbers, (counts.cell, pair)), shape=(counts.cells, len(found)))
