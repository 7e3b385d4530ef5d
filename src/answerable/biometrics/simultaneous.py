"""Which groups differ when all are looked at together: simultaneous intervals of their ratios, and Holm's step-down.

Of many intervals at 95 % that each stand by themselves some will miss although nothing differs. These all hold together with the
stated probability, and use that groups share people: joint replicates show how their rates move together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from answerable.biometrics.pairs import Floats, Pairs
from answerable.biometrics.ratios import Ratios, compare, contrasts, log_limits, p_values
from answerable.biometrics.subjects import STRONG, Rates, rate_intervals
from answerable.biometrics.vertex import Replicates, replicates

__all__ = ["Simultaneous", "Span", "holm", "simultaneous"]

MAXIMUM = "simultaneous: at the level at which the studentised maximum of the joint replicates keeps the family's error"
UNDEFINED = (
    "A group has no error, so that nothing bounds the ratio of the largest rate to the smallest from above."
)


@dataclass(frozen=True, slots=True)
class Span:
    """Bounds of a measure of how far all groups lie apart, from simultaneous intervals.

    They hold wherever the simultaneous intervals do, and so at least as often as their level says. ``low`` is the neutral
    value, which no difference would give, unless some difference survives.
    """

    low: float
    high: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Simultaneous:
    """Ratios of all groups, with intervals that hold together and tests that count together.

    Attributes:
        ratios: The ratios with their simultaneous intervals; the level is that of the whole family.
        each: The level of each interval by itself.
        p: Each ratio's own p-value of no difference.
        adjusted: The p-values adjusted by the studentised maximum: the smallest level of the family at which the ratio's
            simultaneous interval leaves out 1, to the fineness of the replicates.
        stepped: Holm's adjusted p-values.
        method: How the family's error is kept.
    """

    ratios: Ratios
    each: float
    p: Floats
    adjusted: Floats
    stepped: Floats
    method: str = MAXIMUM

    @property
    def survives(self) -> NDArray[np.bool_]:
        """Whether each ratio's simultaneous interval leaves out 1."""
        return np.asarray((self.ratios.low > 1) | (self.ratios.high < 1))

    @property
    def survives_stepwise(self) -> NDArray[np.bool_]:
        """Whether each ratio differs from 1 by Holm's step-down at the family's level."""
        return np.asarray(self.stepped <= 1 - self.ratios.level)

    def largest_over_smallest(self) -> Span:
        """Bound the ratio of the largest true rate to the smallest; 1 is no difference."""
        low, high = self._bounds()
        return Span(
            max(1.0, float(low.max() / high.min())),
            float(high.max() / low.min()) if low.min() > 0 else np.inf,
            "" if low.min() > 0 and np.isfinite(high.max()) else UNDEFINED,
        )

    def largest_over_mean(self) -> Span:
        """Bound the ratio of the largest true rate to the geometric mean; 1 is no difference.

        Raises:
            ValueError: The ratios are to a reference group.
        """
        if self.ratios.reference is not None:
            raise ValueError("a bound of the ratio to the geometric mean needs ratios to it")
        high = float(self.ratios.high.max())
        return Span(max(1.0, float(self.ratios.low.max())), high, "" if np.isfinite(high) else UNDEFINED)

    def _bounds(self) -> tuple[Floats, Floats]:
        low, high = self.ratios.low, self.ratios.high
        if self.ratios.reference is None:
            return low, high
        # The reference group is 1 to itself.
        return np.append(low, 1.0), np.append(high, 1.0)


def simultaneous(
    counts: Pairs,
    reference: int | None = None,
    *,
    level: float = 0.95,
    number: int = 2_000,
    seed: int = 0,
    strata: ArrayLike | None = None,
    spread: float = STRONG,
) -> Simultaneous:
    """Compare all groups with a reference, or with their geometric mean, in intervals that hold together.

    Each ratio's movement in the joint replicates is replaced by how rarely one as large happens, which puts all on one scale;
    the rarest of each replicate is the studentised maximum. The level of each interval is set so that the
    maximum stays within with the family's level; it lies between the family's own and Bonferroni's. The intervals at
    that level are those of `compare`, which replicates of few people would make too narrow. Ratios in which a rate has no
    error do not move in replicates, and get Bonferroni's level.

    Args:
        counts: The comparisons.
        reference: The cell to compare with, chosen before the rates are seen; None for the geometric mean.
        level: The probability with which all intervals hold.
        number: How many replicates.
        seed: Of the replicates.
        strata: As in `replicates`: the group of each subject, where a subject has one.
        spread: As in `rate_intervals`.

    Raises:
        ValueError: As in `compare` and `replicates`.

    Sources: R. Beran, Balanced simultaneous confidence sets, J. Am. Stat. Assoc. 83 (1988) 679-686, for the scale; P. H. Westfall &
    S. S. Young, Resampling-Based Multiple Testing (1993), for the adjusted p-values; S. Holm, A simple sequentially
    rejective multiple test procedure, Scand. J. Stat. 6 (1979) 65-70.
    """
    rates = rate_intervals(counts, level, spread)
    _, weights = contrasts(rates, reference)
    rarest, moving = _rarest(replicates(counts, number, seed, strata), rates, weights)
    family, every = 1 - level, len(weights)
    still = every - int(moving.sum())
    each = np.full(every, family / every)
    if moving.any():
        kept = family * (every - still) / every
        each[moving] = max(_largest_within(rarest, kept), kept / moving.sum())
    low, high = log_limits(rates, weights, 1 - each)
    p = p_values(rates, weights)
    plain = compare(rates, reference, level)
    joint = Ratios(
        plain.cell, plain.ratio, np.exp(low), np.exp(high), level, reference, plain.methods, plain.notes
    )
    return Simultaneous(joint, 1 - float(each.min()), p, _adjusted(p, rarest, every), holm(p))


def _rarest(drawn: Replicates, rates: Rates, weights: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Give each replicate's rarest movement as a share of replicates, and which ratios move at all."""
    moving = ~((weights != 0) & (rates.errors == 0)[None, :]).any(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        moved = np.nan_to_num(drawn.rates / rates.rate - 1)
    sizes = np.abs(moved @ weights[moving].T)
    number = len(sizes)
    order = np.argsort(np.argsort(-sizes, axis=0, kind="stable"), axis=0, kind="stable")
    return (order.min(axis=1) + 1) / number if moving.any() else np.ones(number), moving


def _largest_within(rarest: Floats, kept: float) -> float:
    """Give the largest level of each interval at which no more than a share of the replicates lies outside some of them."""
    number = len(rarest)
    levels = np.arange(1, number + 1) / number
    within = np.searchsorted(np.sort(rarest), levels + 0.5 / number) <= kept * number
    return float(levels[within].max(initial=0.0))


def _adjusted(p: Floats, rarest: Floats, every: int) -> Floats:
    """Adjust p-values by how often the rarest movement is as rare; where replicates are too few to tell, by their number."""
    seen = np.searchsorted(np.sort(rarest), p, side="right") / len(rarest)
    found = np.where(p * len(rarest) < 1, every * p, np.minimum(seen, every * p))
    order = np.argsort(p, kind="stable")
    found[order] = np.maximum.accumulate(found[order])
    return np.minimum(np.maximum(found, p), 1.0)


def holm(p: ArrayLike) -> Floats:
    """Give Holm's adjusted p-values, which keep the family's error whatever the tests have to do with each other.

    The smallest is multiplied by their number, the next by one less, and so on; none is less than one before it.

    Args:
        p: P-values, of shape (tests,).

    Raises:
        ValueError: A p-value is not in 0 to 1.

    Source: S. Holm (1979), as in `simultaneous`.
    """
    given = np.asarray(p, dtype=np.float64)
    if given.size and not ((given >= 0) & (given <= 1)).all():
        raise ValueError("a p-value lies from 0 to 1")
    order = np.argsort(given, kind="stable")
    found = np.empty_like(given)
    found[order] = np.minimum(np.maximum.accumulate(given[order] * np.arange(len(given), 0, -1)), 1.0)
    return found
