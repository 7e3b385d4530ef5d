"""Poisson log-linear models of a table of lists: existence, fit, and the profile likelihood of the number missed."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special, stats

__all__ = ["Pair", "design", "exists", "fit", "profile"]

Floats = NDArray[np.float64]
Pair = tuple[int, int]

_MOST_STEPS = 100
_SETTLED = 1e-10  # of the deviance, relative: far below what moves a selection or a bound
_LEAST_ROOM = 1e-6  # in the linear programme, whose solutions are ratios of small whole numbers
_FARTHEST = 1_000  # times the records seen: an upper bound beyond it bounds nothing
_NEAR = 1e-7  # of a bound, relative: less than a record in ten million
_LEAST_STEP = 1e-8  # of Newton's: a deviance that does not fall within it has settled


def design(lists: int, pairs: Sequence[Pair]) -> Floats:
    """Give the design matrix of all 2^lists cells: a constant, one column for each list and one for each pair.

    Cell number c holds the records that are on list j where bit j of c is 1; cell 0 is that of no list. Its row
    is 1 followed by zeros, so that the constant is the logarithm of the number missed.
    """
    cells = np.arange(2**lists)
    on = [(cells >> one) & 1 for one in range(lists)]
    columns = [np.ones(len(cells)), *on, *(on[one] * on[other] for one, other in pairs)]
    return np.column_stack(columns).astype(np.float64)


def exists(counts: Floats, matrix: Floats) -> bool:
    """Tell whether the maximum likelihood estimates of a model exist: whether none of them runs off to infinity.

    They do exactly where some table without a zero has the same margins as the observed one. Only the
    pattern of zeros matters, so that a table of zeros and ones with this pattern stands for the observed one; a
    linear programme finds the most that can be put into the emptiest cell.

    Args:
        counts: The observed counts, of shape (cells,), without the cell of no list.
        matrix: The rows of `design` for these cells.

    Source: S. E. Fienberg & A. Rinaldo, Maximum likelihood estimation in log-linear models, Ann. Stat. 40 (2012)
    996-1023.
    """
    pattern = (counts > 0).astype(np.float64)
    if pattern.all():
        return True
    # The unknowns are the cells' excess over the emptiest one, and that one, which is to be as large as can be.
    margins = np.column_stack([matrix.T, matrix.sum(axis=0)])
    aim = np.zeros(len(counts) + 1)
    aim[-1] = -1.0
    solved = optimize.linprog(aim, A_eq=margins, b_eq=matrix.T @ pattern, method="highs")
    return bool(solved.status == 0 and -solved.fun > _LEAST_ROOM)


def _deviance(counts: Floats, expected: Floats) -> float:
    return float(
        2 * (special.xlogy(counts, counts) - special.xlogy(counts, expected) - counts + expected).sum()
    )


def _step(counts: Floats, expected: Floats, matrix: Floats) -> Floats:
    """Give Newton's step; where expected counts that have run to 0 leave it undetermined, the shortest one."""
    information = matrix.T @ (expected[:, None] * matrix)
    score = matrix.T @ (counts - expected)
    try:
        step = np.linalg.solve(information, score)
    except np.linalg.LinAlgError:
        step = np.linalg.lstsq(information, score, rcond=None)[0]
    return np.asarray(step, dtype=np.float64)


def fit(counts: Floats, matrix: Floats, start: Floats | None = None) -> tuple[Floats, float]:
    """Fit a Poisson log-linear model by Newton's method, and give its coefficients and its deviance.

    A step is halved until the deviance does not rise. Where the estimates exist the method converges on them; whether
    they do `exists` tells.

    Args:
        counts: Counts of shape (cells,); they need not be whole.
        matrix: The model's design, of shape (cells, coefficients).
        start: Coefficients to begin with, such as those of a table that differs little.
    """
    if start is None:
        weight = np.sqrt(counts + 0.5)
        start = np.linalg.lstsq(matrix * weight[:, None], weight * np.log(counts + 0.5), rcond=None)[0]
    beta = start
    expected = np.exp(matrix @ beta)
    deviance = _deviance(counts, expected)
    for _ in range(_MOST_STEPS):
        step = _step(counts, expected, matrix)
        share = 1.0
        while True:
            with np.errstate(over="ignore", invalid="ignore"):
                expected = np.exp(matrix @ (beta + share * step))
                lower = _deviance(counts, expected)
            if lower <= deviance or share < _LEAST_STEP:
                break
            share /= 2
        fallen = deviance - lower
        if not fallen > 0:
            break
        beta, deviance = beta + share * step, lower
        if fallen <= _SETTLED * (1 + deviance):
            break
    return beta, deviance


def profile(counts: Floats, matrix: Floats, estimate: float, level: float) -> tuple[float, float]:
    """Give the bounds of the number missed by the profile likelihood.

    They hold every number missed whose likelihood, at the coefficients that suit it best, is not below the greatest by
    more than half the chi-squared quantile with one degree of freedom. They are rounded outwards to whole numbers: a
    number of records is whole.

    Args:
        counts: The observed counts, of shape (cells,), without the cell of no list.
        matrix: The model's design, with the row of the cell of no list first.
        estimate: The fitted number missed, near which the likelihood is greatest.
        level: The nominal coverage.

    Returns:
        The lower and the upper bound; the upper is infinite where no number up to 1,000 times those seen is
        excluded.

    Source: R. M. Cormack, Interval estimation for mark-recapture studies of closed populations, Biometrics 48 (1992)
    567-576.
    """
    beta: Floats | None = None

    def likelihood(missed: float) -> float:
        nonlocal beta
        table = np.concatenate([[missed], counts])
        beta, _ = fit(table, matrix, beta)
        log_expected = matrix @ beta
        shares = log_expected - np.logaddexp.reduce(log_expected)
        ways = special.gammaln(table.sum() + 1) - special.gammaln(missed + 1)
        return float(ways + (table * shares).sum())

    # The search is along the logarithm: the likelihood is far from symmetric in the number itself.
    found = optimize.minimize_scalar(
        lambda log: -likelihood(math.expm1(log)),
        bounds=(math.log1p(estimate / 3), math.log1p(3 * estimate + 3)),
        method="bounded",
        options={"xatol": _NEAR},
    )
    beta = None  # without a record missed the fit lies far from the others, and may run to the edge
    at_none = likelihood(0.0)
    beta = None
    peak, greatest = max(
        (math.expm1(float(found.x)), -float(found.fun)), (0.0, at_none), key=lambda one: one[1]
    )
    least = greatest - float(stats.chi2.ppf(level, 1)) / 2

    def above(missed: float) -> float:
        return likelihood(missed) - least

    low = 0.0 if at_none >= least else optimize.brentq(above, 0.0, peak, rtol=_NEAR)
    farthest = _FARTHEST * float(counts.sum())
    high = max(2 * peak, 5.0)
    while above(high) > 0:
        if high > farthest:
            return math.floor(low), math.inf
        high *= 2
    return math.floor(low), math.ceil(float(optimize.brentq(above, peak, high, rtol=_NEAR)))
