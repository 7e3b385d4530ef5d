"""How far the error rates of groups lie apart: each measure in use, by its own definition, from counts.

Every rate divides by its own kind of comparison: FMR by a group's non-mated comparisons, FNMR by its mated ones. Where a group
has no error some measures are not defined; they then say so, and give what can be said: how much they are at least.

No measure here has a bootstrap interval. Each has its neutral value at the edge of what it can be, and percentiles of its
replicates cover that value never. What chance alone would give is answered by `permutation_test`, and bounds that hold are
those of `simultaneous`. Measures that join FMR and FNMR are in `answerable.biometrics.joined`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize

from answerable.biometrics.pairs import Floats
from answerable.biometrics.subjects import Rates

__all__ = [
    "Differential",
    "GroupRates",
    "differentials",
    "geometric_mean",
    "gini",
    "group_rates",
    "groups_of",
    "undefined",
]

_NO_ERROR = "No group has an error: the measure is not defined, and nothing shows a difference."
_ZERO = (
    "{zero} of {groups} groups have no error: the measure is not defined. It is at least {least:.4g} if each of their rates lies "
    "at or under its upper limit."
)


@dataclass(frozen=True, slots=True)
class GroupRates:
    """The errors of groups in one kind of comparison; made by `group_rates` or `groups_of`.

    Attributes:
        errors: The errors of each group, of shape (groups,).
        comparisons: The comparisons of each group, of the kind that can have such an error.
        upper: An upper limit of each rate; it is asked for where a group has no error.
    """

    errors: Floats
    comparisons: Floats
    upper: Floats

    @property
    def rates(self) -> Floats:
        """Errors divided by comparisons."""
        return np.asarray(self.errors / self.comparisons)

    @property
    def zero(self) -> NDArray[np.bool_]:
        """Whether each group has no error."""
        return np.asarray(self.errors == 0)


@dataclass(frozen=True, slots=True)
class Differential:
    """A measure of how far the rates of groups lie apart.

    Attributes:
        name: The measure's name, with its convention where there are several.
        definition: Its formula in words.
        value: The number; None where it is not defined, and then ``note`` says why.
        at_least: The number; or, where it is not defined, what it is at least.
        neutral: What it is where no rate differs.
        note: Why there is no value; empty where there is one.
    """

    name: str
    definition: str
    value: float | None
    at_least: float
    neutral: float
    note: str = ""


def group_rates(errors: ArrayLike, comparisons: ArrayLike, upper: ArrayLike | None = None) -> GroupRates:
    """Check the counts of groups.

    Args:
        errors: The errors of each group, of shape (groups,).
        comparisons: How many comparisons of the kind that can have such an error each group has.
        upper: An upper limit of each rate. Where it is left out it is that of the rule of three at 95 %, which assumes that
            comparisons do not depend on each other; `groups_of` takes those of `rate_intervals`, which does not.

    Raises:
        ValueError: There are fewer than two groups, a group has no comparison or more errors than comparisons, or there
            is not one upper limit over 0 for each.
    """
    wrong, made = np.asarray(errors, dtype=np.float64), np.asarray(comparisons, dtype=np.float64)
    if wrong.ndim != 1 or wrong.shape != made.shape or len(wrong) < 2:  # noqa: PLR2004 - a difference is between two
        raise ValueError("errors and comparisons are those of two groups or more, one number for each")
    if not ((wrong >= 0) & (wrong <= made) & (made > 0)).all():
        raise ValueError("each group has at least one comparison, and no more errors than comparisons")
    limit = -np.expm1(np.log(0.05) / made) if upper is None else np.asarray(upper, dtype=np.float64)
    if limit.shape != made.shape or not (limit > 0).all():
        raise ValueError("each rate has an upper limit over 0")
    return GroupRates(wrong, made, limit)


def groups_of(rates: Rates) -> GroupRates:
    """Take the groups, with their upper limits, from rates with subject-level intervals; empty cells are left out.

    Raises:
        ValueError: Fewer than two cells have comparisons.
    """
    known = rates.comparisons > 0
    return group_rates(rates.errors[known], rates.comparisons[known], rates.high[known])


def geometric_mean(rates: Floats) -> float:
    """Give the geometric mean; 0 where a rate is 0."""
    return float(np.exp(np.log(rates).mean())) if (rates > 0).all() else 0.0


def gini(rates: ArrayLike) -> float:
    """Give the Gini coefficient: half the mean absolute difference over the mean, sum_ij |x_i - x_j| / (2 n^2 mean).

    0 where all rates are equal; (n - 1)/n where one group has all errors.

    Raises:
        ValueError: All rates are 0, where it is not defined.
    """
    found = np.asarray(rates, dtype=np.float64)
    if not found.any():
        raise ValueError("the Gini coefficient of rates that are all 0 is not defined")
    return float(np.abs(found[:, None] - found[None, :]).mean() / (2 * found.mean()))


def undefined(groups: GroupRates, least: float) -> str:
    """Say why a measure has no value where some groups have no error, and what it is at least."""
    if groups.zero.all():
        return _NO_ERROR
    return _ZERO.format(zero=int(groups.zero.sum()), groups=len(groups.errors), least=least)


def differentials(groups: GroupRates) -> tuple[Differential, ...]:
    """Give every measure of the differences between the rates of groups.

    They are, in this order: largest over smallest; largest over arithmetic mean; largest over geometric mean; mean absolute
    decimal logarithm of each rate over the geometric mean; Gini coefficient; mean absolute difference over the mean, which
    is twice that and goes by the same name in places.

    Source: P. Grother, Face Recognition Vendor Test part 8: Summarizing demographic differentials, NIST IR 8429 (2022).
    """
    none = groups.zero.all()
    shares = (1.0, 0.0) if none else (groups.rates.max() / groups.rates.mean(), gini(groups.rates))
    return (
        _logarithmic(groups, "max/min", "largest rate ÷ smallest", _over_smallest, 1.0),
        _arithmetic(groups, "max/arithmetic mean", "largest rate ÷ arithmetic mean", shares[0], 1.0),
        _logarithmic(groups, "max/geometric mean", "largest rate ÷ geometric mean", _over_geometric, 1.0),
        _logarithmic(groups, "mean log deviation", "mean |log10(rate ÷ geometric mean)|", _deviation, 0.0),
        _arithmetic(groups, "Gini coefficient", "sum_ij |x_i − x_j| ÷ (2 n² mean)", shares[1], 0.0),
        _arithmetic(
            groups,
            "relative mean absolute difference",
            "sum_ij |x_i − x_j| ÷ (n² mean): twice the Gini coefficient, by whose name it goes in places",
            2 * shares[1],
            0.0,
        ),
    )


def _arithmetic(groups: GroupRates, name: str, definition: str, value: float, neutral: float) -> Differential:
    """Make a measure that divides by the arithmetic mean: it is defined as soon as one group has an error."""
    if groups.zero.all():
        return Differential(name, definition, None, neutral, neutral, _NO_ERROR)
    return Differential(name, definition, float(value), float(value), neutral)


def _logarithmic(
    groups: GroupRates, name: str, definition: str, measure: Callable[[GroupRates], float], neutral: float
) -> Differential:
    """Make a measure of the rates' logarithms: defined where every group has an error, bounded from below where some have."""
    if groups.zero.all():
        return Differential(name, definition, None, neutral, neutral, _NO_ERROR)
    found = measure(groups)
    if groups.zero.any():
        return Differential(name, definition, None, found, neutral, undefined(groups, found))
    return Differential(name, definition, found, found, neutral)


def _over_smallest(groups: GroupRates) -> float:
    """Give the largest rate over the smallest, or the least that it can be with rates of 0 at or under their limits."""
    rates = groups.rates[~groups.zero]
    smallest = min(rates.min(), groups.upper[groups.zero].min(initial=np.inf))
    return float(rates.max() / smallest)


def _over_geometric(groups: GroupRates) -> float:
    """Give the largest rate over the geometric mean, or the least that it can be, likewise."""
    rates = groups.rates
    raised = np.where(groups.zero, np.minimum(groups.upper, rates.max()), rates)
    return float(rates.max()) / geometric_mean(raised)


def _deviation(groups: GroupRates) -> float:
    """Give the mean absolute decimal logarithm over the geometric mean, or the least that it can be, likewise.

    The least is that of a linear programme in the logarithms x: the mean of t, where t_i is at least x_i - mean(x) and
    mean(x) - x_i.
    """
    number = len(groups.errors)
    logs = np.log10(np.where(groups.zero, groups.upper, groups.rates))
    centred = np.eye(number) - 1 / number
    solved = optimize.linprog(
        np.repeat([0.0, 1 / number], number),
        A_ub=np.block([[centred, -np.eye(number)], [-centred, -np.eye(number)]]),
        b_ub=np.zeros(2 * number),
        bounds=[(None if zero else log, log) for zero, log in zip(groups.zero, logs, strict=True)]
        + [(0, None)] * number,
        method="highs",
    )
    return float(solved.fun)
