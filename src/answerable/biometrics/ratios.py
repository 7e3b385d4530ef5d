"""Ratios between the rates of groups, each with an interval that knows which people the groups share.

The interval of a ratio is made from those of its rates, so that it inherits what they know of few subjects and few errors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from answerable.biometrics.limits import limits
from answerable.biometrics.pairs import Floats, Ints
from answerable.biometrics.subjects import Rates

__all__ = ["Ratios", "compare", "contrasts", "log_limits", "p_values"]

FROM_RATES = "from the limits of the rates and their correlation (MOVER; Zou & Donner 2008)"
FROM_BOX = (
    "quotient of the rates' limits, the error shared out between them (Bonferroni), where a rate has no error"
)
NO_RATE = "none: a group has no comparison"

_STEPS = 34  # of a bisection of the logarithm of a p-value: eight digits of it
_LEAST_P = 1e-15


@dataclass(frozen=True, slots=True)
class Ratios:
    """Ratios of the rates of groups, each to that of a reference group or to the geometric mean of all.

    Attributes:
        cell: The cells that are compared, of shape (ratios,).
        ratio: Their rates over the reference; infinity where the reference is 0, nan where both are or where a group has
            no comparison.
        low: The lower limits; 0 where nothing is known from below.
        high: The upper limits; infinity where nothing is known from above.
        level: The nominal coverage of each interval by itself.
        reference: The cell that is compared with, or None for the geometric mean.
        methods: How each interval was made.
        notes: What a reader has to know of each ratio; empty where it is an ordinary number.
    """

    cell: Ints
    ratio: Floats
    low: Floats
    high: Floats
    level: float
    reference: int | None
    methods: tuple[str, ...]
    notes: tuple[str, ...]


def compare(rates: Rates, reference: int | None = None, level: float | None = None) -> Ratios:
    """Give the ratio of each cell's rate to that of a reference cell, or to the geometric mean of all.

    Each interval stands by itself at its level; where many are looked at together use `simultaneous`. The reference is chosen
    before the rates are seen: a ratio to the group that turned out best or worst has no such interval.

    Args:
        rates: The rates, made by `rate_intervals`.
        reference: The cell to compare with; None for the geometric mean of all cells that have comparisons.
        level: The nominal coverage; that of the rates where it is left out.

    Returns:
        A ratio for each cell but the reference and, for the geometric mean, those without comparisons.

    Raises:
        ValueError: There is no such cell, it has no comparison, or fewer than two cells have.

    Source: G. Y. Zou & A. Donner, Construction of confidence limits about effect measures: a general approach, Stat. Med. 27
    (2008) 1693-1702; for sums of several, G. Y. Zou, W. Huang & X. Zhang, Comput. Stat. Data Anal. 53 (2009) 1080-1085.
    """
    at = rates.level if level is None else level
    cell, weights = contrasts(rates, reference)
    low, high = log_limits(rates, weights, np.full(len(cell), at))
    ratio, notes = _estimates(rates, cell, weights, reference)
    used = weights != 0
    zero = ((rates.errors == 0)[None, :] & used).any(axis=1)
    methods = tuple(FROM_BOX if none else FROM_RATES for none in zero)
    return Ratios(cell, ratio, np.exp(low), np.exp(high), at, reference, methods, notes)


def contrasts(rates: Rates, reference: int | None) -> tuple[Ints, Floats]:
    """Give the cells to compare and, for each, the weights of the logarithms of all rates: shape (ratios, cells).

    Raises:
        ValueError: As in `compare`.
    """
    known = np.flatnonzero(rates.comparisons > 0)
    if len(known) < 2:  # noqa: PLR2004 - a ratio is of two
        raise ValueError("a ratio needs two cells with comparisons")
    if reference is None:
        weights = np.zeros((len(known), len(rates.rate)))
        weights[:, known] = -1 / len(known)
        weights[np.arange(len(known)), known] += 1
        return known, weights
    if reference not in known:
        raise ValueError(f"cell {reference} has no comparison to be compared with")
    others = known[known != reference]
    weights = np.zeros((len(others), len(rates.rate)))
    weights[np.arange(len(others)), others] = 1
    weights[:, reference] = -1
    return others, weights


def _estimates(
    rates: Rates, cell: Ints, weights: Floats, reference: int | None
) -> tuple[Floats, tuple[str, ...]]:
    used = weights != 0
    zero = (rates.errors == 0) & (rates.comparisons > 0)
    own = zero[cell]
    beside = (zero[None, :] & used & (np.arange(len(zero))[None, :] != cell[:, None])).any(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(used, weights * np.log(rates.rate)[None, :], 0.0).sum(axis=1)
    ratio = np.where(own & beside, np.nan, np.where(beside, np.inf, np.where(own, 0.0, np.exp(logs))))
    what = "the reference" if reference is not None else "another group"
    notes = tuple(
        f"Neither the group nor {what} has an error: the ratio is not defined."
        if mine and theirs
        else f"{what.capitalize()} has no error: the ratio has a lower limit only."
        if theirs
        else "The group has no error: the ratio is 0 of this sample and has an upper limit only."
        if mine
        else ""
        for mine, theirs in zip(own, beside, strict=True)
    )
    return ratio, notes


def log_limits(
    rates: Rates, weights: Floats, levels: ArrayLike, correlations: Floats | None = None
) -> tuple[Floats, Floats]:
    """Give the limits of weighted sums of the logarithms of the rates.

    Args:
        rates: The rates.
        weights: Of shape (sums, cells).
        levels: The nominal coverage of each, of shape (sums,).
        correlations: Of the rates, where they have been computed already; of shape (cells, cells).

    Returns:
        The lower and the upper limits, both of shape (sums,); infinite where nothing is known on that side.
    """
    found, used = rates.found, weights != 0
    together = _correlations(rates) if correlations is None else correlations
    zero = ((rates.errors == 0)[None, :] & used).any(axis=1)
    # With a rate of 0 there is no logarithm to reckon from: each rate then keeps to its own share of the error.
    shared = 1 - (1 - np.asarray(levels, dtype=np.float64)) / np.where(zero, used.sum(axis=1), 1)
    low, high, _ = limits(found, shared[:, None], rates.spread)
    with np.errstate(divide="ignore", invalid="ignore"):
        below, centre, above = np.log(low), np.log(found.rate)[None, :], np.log(high)
        up = np.where(weights > 0, above - centre, centre - below) * weights
        down = np.where(weights > 0, centre - below, above - centre) * weights
        reaches = [_reach(np.where(used, one, 0.0), together) for one in (down, up)]
        value = np.where(used, weights * centre, 0.0).sum(axis=1)
        least = np.where(used, weights * np.where(weights > 0, below, above), 0.0).sum(axis=1)
        most = np.where(used, weights * np.where(weights > 0, above, below), 0.0).sum(axis=1)
    return np.where(zero, least, value - reaches[0]), np.where(zero, most, value + reaches[1])


def _reach(parts: Floats, correlations: Floats) -> Floats:
    with np.errstate(invalid="ignore"):
        return np.asarray(np.sqrt(np.maximum(np.einsum("si,ij,sj->s", parts, correlations, parts), 0.0)))


def _correlations(rates: Rates) -> Floats:
    covariance = rates.found.covariance()
    deviation = np.sqrt(np.diagonal(covariance))
    with np.errstate(divide="ignore", invalid="ignore"):
        found = covariance / deviation[:, None] / deviation[None, :]
    found = np.clip(np.nan_to_num(found, posinf=0.0, neginf=0.0), -1.0, 1.0)
    np.fill_diagonal(found, 1.0)
    return np.asarray(found)


def p_values(rates: Rates, weights: Floats) -> Floats:
    """Give for each weighted sum the p-value of its being 0: 1 less the level at which its interval reaches 0.

    Args:
        rates: The rates.
        weights: Of shape (sums, cells).

    Returns:
        The p-values, of shape (sums,), not below 1e-15.
    """
    low, high = np.full(len(weights), np.log(_LEAST_P)), np.zeros(len(weights))
    together = _correlations(rates)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        least, most = log_limits(rates, weights, -np.expm1(middle), together)
        excluded: NDArray[np.bool_] = (least > 0) | (most < 0)
        high, low = np.where(excluded, middle, high), np.where(excluded, low, middle)
    return np.asarray(np.exp(high), dtype=np.float64)
