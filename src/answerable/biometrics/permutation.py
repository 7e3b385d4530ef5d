"""Whether groups differ at all: the labels of groups are exchanged among people, and the difference is looked at again.

A test for measures that have no interval, such as the largest rate over the smallest: it answers how often chance alone makes
them as large.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from answerable.biometrics.pairs import Floats, Ints, Pairs

__all__ = ["Permuted", "gap", "log_ratio", "permutation_test"]

_AT_ONCE = 64  # labellings counted in one multiplication
_DENSE = 0.03  # of a table's cells filled: from there on multiplying all of them is the faster way
_ROUNDING = 1e-9  # of a difference: what equal numbers added in another order may differ by

MATED = "Each person's group has nothing to do with that person's errors."
NON_MATED = (
    "A person's group has nothing to do with any comparison of that person, whether with people of the same group or of another. "
    "People who are told apart less well from those of their own group break this, even where all groups have the same rate."
)

Measure = Callable[[Floats, Floats], Floats]


@dataclass(frozen=True, slots=True)
class Permuted:
    """What a permutation test found.

    Attributes:
        measure: The difference between groups as it was found.
        p: The probability, if the null hypothesis holds, of a difference as large: (r + 1)/(n + 1).
        as_large: In how many permutations, r, it was as large.
        permutations: How many were drawn, n.
        null: The null hypothesis in words.
        rates: The rates of the groups as they were found.
    """

    measure: float
    p: float
    as_large: int
    permutations: int
    null: str
    rates: Floats


def log_ratio(errors: Floats, comparisons: Floats) -> Floats:
    """Give the logarithm of the largest rate over the smallest, half an error added to each group so that none is 0.

    Args:
        errors: Of shape (..., groups).
        comparisons: Of the same shape; a group without comparisons is left out, and where no group has any the difference is 0.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log((errors + 0.5) / (comparisons + 1))
    return _span(logs, comparisons > 0)


def gap(errors: Floats, comparisons: Floats) -> Floats:
    """Give the largest rate less the smallest; arguments as in `log_ratio`."""
    with np.errstate(divide="ignore", invalid="ignore"):
        rates = errors / comparisons
    return _span(rates, comparisons > 0)


def _span(values: Floats, known: NDArray[np.bool_]) -> Floats:
    """Give the largest of what is known less the smallest; 0 where an exchange left nothing to compare."""
    some = known.any(axis=-1)
    most = np.where(known, values, -np.inf).max(axis=-1)
    least = np.where(known, values, np.inf).min(axis=-1)
    return np.where(some, most, 0.0) - np.where(some, least, 0.0)


def permutation_test(
    counts: Pairs, groups: ArrayLike, *, measure: Measure = log_ratio, number: int = 1_999, seed: int = 0
) -> Permuted:
    """Test whether the rates of groups differ by more than chance, by exchanging the groups of people.

    A group's rate is that of comparisons between people of the group. Comparisons of people of different groups are needed too, where
    comparisons are non-mated: after an exchange they are between people of one group.

    The p-value is exact: under the null hypothesis the probability that it is at most p is at most p, whatever the numbers of
    people and errors, and however the comparisons depend on each other.

    Args:
        counts: The comparisons of all people, in one cell; mated or non-mated.
        groups: The group of each subject, from 0, shape (subjects,).
        measure: How large a difference is, from errors and comparisons of shape (..., groups).
        number: How many permutations are drawn.
        seed: Of the permutations.

    Raises:
        ValueError: There is more than one cell, not one group for each subject, fewer than two groups, no permutation
            is asked for, or non-mated comparisons are all within groups.

    Sources: M. Dwass, Modified randomization tests for nonparametric hypotheses, Ann. Math. Stat. 28 (1957) 181-187; B. Phipson &
    G. K. Smyth, Permutation p-values should never be zero, Stat. Appl. Genet. Mol. Biol. 9 (2010) 39.
    """
    labels = np.asarray(groups)
    if counts.cells != 1 or labels.shape != (counts.subjects,):
        raise ValueError("the comparisons are in one cell, and each subject has one group")
    kinds, label = np.unique(labels, return_inverse=True)
    if len(kinds) < 2 or number < 1:  # noqa: PLR2004 - a difference is between two
        raise ValueError("a test needs two groups or more and at least one permutation")
    mated = bool(counts.mated[0])
    if not mated and (label[counts.first] == label[counts.second]).all():
        raise ValueError(
            "no comparison is of people of different groups, so that groups cannot be exchanged; use `simultaneous`"
        )
    tables = [_table(counts, numbers, mated) for numbers in (counts.errors, counts.comparisons)]
    found = [_within(table, label[None, :], len(kinds)) for table in tables]
    observed = float(measure(*found)[0])
    generator = np.random.default_rng(seed)
    as_large = 0
    for begin in range(0, number, _AT_ONCE):
        rows = min(_AT_ONCE, number - begin)
        drawn = generator.permuted(np.broadcast_to(label, (rows, len(label))), axis=1)
        sizes = measure(*(_within(table, drawn, len(kinds)) for table in tables))
        as_large += int((sizes >= observed - _ROUNDING * abs(observed)).sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        rates = found[0][0] / found[1][0]
    p = (as_large + 1) / (number + 1)
    return Permuted(observed, p, as_large, number, MATED if mated else NON_MATED, rates)


def _table(counts: Pairs, numbers: Ints, mated: bool) -> Floats | sparse.csr_array:
    """Lay counts out by the two subjects, or by the one where they are mated."""
    people = counts.subjects
    if mated:
        return np.bincount(counts.first, weights=numbers, minlength=people)
    some = numbers != 0
    place = (counts.first[some], counts.second[some])
    laid = sparse.csr_array((numbers[some].astype(np.float64), place), shape=(people, people))
    return laid.toarray() if some.sum() > _DENSE * people**2 else laid


def _within(table: Floats | sparse.csr_array, labels: Ints, groups: int) -> Floats:
    """Add up what lies within each group, for each row of labels; of shape (rows, groups)."""
    members = (labels[:, None, :] == np.arange(groups)[:, None]).astype(np.float64)
    if table.ndim == 1:
        return np.asarray(members @ table)
    flat = members.reshape(-1, labels.shape[1])
    between = np.asarray((table @ flat.T).T).reshape(members.shape)
    return np.asarray(np.einsum("rgs,rgs->rg", between, members))
