"""How often the intervals of the number missed hold the truth: by adding probabilities for two lists, else by drawing."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray
from recapture_tried import LEVEL, by_bic, chao_log_normal, log_normal, mid_p, profile, transformed_logit
from recapture_truths import Table, Truth
from scipy import stats

from answerable.recapture import LogLinear, NotEstimable, Recapture, chao, chapman, log_linear

__all__ = ["TWO", "Drawn", "Held", "bounds_drawn", "exactly", "models_drawn", "two_drawn"]

_SEED = 20_240_701
_LEAST_CHANCE = 1e-12
Bounds = tuple[float, float]


@cache
def _ours(first: int, second: int, both: int) -> Bounds | None:
    made = chapman(first, second, both, LEVEL)
    return None if isinstance(made, NotEstimable) else (made.missed_interval.low, made.missed_interval.high)


def _where_ours(make: Callable[[int, int, int], Bounds]) -> Callable[[int, int, int], Bounds | None]:
    return cache(
        lambda first, second, both: make(first, second, both) if _ours(first, second, both) else None
    )


TWO = {
    "exact": _ours,
    "mid-p": _where_ours(mid_p),
    "log-normal": _where_ours(log_normal),
    "transformed logit": _where_ours(transformed_logit),
    "profile": _where_ours(profile),
}
"""The intervals for two lists, each given where `chapman` does not refuse."""


@dataclass(frozen=True, slots=True)
class Held:
    """An interval's coverage and mean width, among the samples that are not refused."""

    coverage: float
    width: float


def exactly(
    total: int, first: int, second: int, names: Sequence[str] = tuple(TWO)
) -> tuple[float, dict[str, Held]]:
    """Compute coverage over every overlap of two independent lists of given sizes, and the share not refused."""
    overlaps = np.arange(max(0, first + second - total), min(first, second) + 1)
    chances = stats.hypergeom.pmf(overlaps, total, first, second)
    kept = [
        (int(both), float(chance))
        for both, chance in zip(overlaps, chances, strict=True)
        if chance > _LEAST_CHANCE and _ours(first, second, int(both))
    ]
    answered = sum(chance for _, chance in kept)
    held = {}
    for name in names:
        covered = width = 0.0
        for both, chance in kept:
            low, high = TWO[name](first, second, both) or (math.nan, math.nan)
            covered += chance * (low <= total - (first + second - both) <= high)
            width += chance * (high - low)
        held[name] = Held(covered / answered, width / answered)
    return answered, held


@dataclass(slots=True)
class Drawn:
    """What was counted over drawn tables of one truth."""

    draws: int = 0
    answered: int = 0
    missed: list[int] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)
    held: dict[str, list[bool]] = field(default_factory=dict)
    widths: dict[str, list[float]] = field(default_factory=dict)

    def add(self, name: str, bounds: Bounds, missed: int) -> None:
        """Count whether an interval holds the number missed."""
        self.held.setdefault(name, []).append(bounds[0] <= missed <= bounds[1])
        self.widths.setdefault(name, []).append(bounds[1] - bounds[0])

    def estimated(self, estimate: float, missed: int) -> None:
        """Count how far an estimate lies from the truth."""
        self.ratios.append(estimate / missed if missed else math.nan)

    def coverage(self, name: str) -> float:
        """The share of the intervals that hold the truth."""
        return float(np.mean(self.held[name])) if self.held.get(name) else math.nan

    def error(self, name: str) -> float:
        """The Monte Carlo error of a coverage; one of 100 % has one too."""
        number = len(self.held.get(name, ()))
        share = (sum(self.held.get(name, ())) + 0.5) / (number + 1)
        return math.sqrt(share * (1 - share) / number) if number else math.nan

    def width(self, name: str) -> float:
        """The median width of the intervals."""
        return float(np.median(self.widths[name])) if self.widths.get(name) else math.nan

    @property
    def ratio(self) -> float:
        """The median of the estimates divided by the number missed."""
        return float(np.nanmedian(self.ratios)) if np.isfinite(self.ratios).any() else math.nan


def _tables(truth: Truth, draws: int) -> list[tuple[Table, int]]:
    # The seed is made of the truth, so that a case keeps its tables when others are added.
    generator = np.random.default_rng([_SEED, truth.total, *truth.name.encode()])
    return [truth.draw(generator) for _ in range(draws)]


def two_drawn(truth: Truth, draws: int) -> Drawn:
    """Draw two lists and put them to `chapman`."""
    drawn = Drawn(draws)
    for table, missed in _tables(truth, draws):
        drawn.missed.append(missed)
        one, other, both = (int(table[cell]) for cell in (1, 2, 3))
        made = chapman(one + both, other + both, both, LEVEL)
        if isinstance(made, Recapture):
            drawn.answered += 1
            drawn.estimated(made.missed, missed)
            drawn.add("exact", (made.missed_interval.low, made.missed_interval.high), missed)
    return drawn


def _frequencies(table: NDArray[np.int64], lists: int) -> tuple[list[int], list[int]]:
    times = np.array([cell.bit_count() for cell in range(len(table))])
    return [int(table[times == number].sum()) for number in range(1, lists + 1)], [
        int(table[1 << one]) for one in range(lists)
    ]


def bounds_drawn(truth: Truth, draws: int) -> Drawn:
    """Draw lists and put them to `chao`, with and without the records that each list alone holds."""
    drawn = Drawn(draws)
    for table, missed in _tables(truth, draws):
        drawn.missed.append(missed)
        frequencies, alone = _frequencies(table, truth.lists)
        unequal, equal = chao(frequencies, alone, LEVEL), chao(frequencies, level=LEVEL)
        if not (isinstance(unequal, Recapture) and isinstance(equal, Recapture)):
            continue
        drawn.answered += 1
        drawn.estimated(unequal.missed, missed)
        for name, made in (("unequal", unequal), ("equal", equal)):
            low, high = made.missed_interval.low, made.missed_interval.high
            drawn.add(name, (low, high), missed)
            drawn.add(f"{name}, low end", (low, math.inf), missed)
        drawn.add("log-normal", chao_log_normal(alone, frequencies[1]), missed)
    return drawn


def models_drawn(truth: Truth, draws: int) -> Drawn:
    """Draw lists and put them to `log_linear`, and to the choice by BIC."""
    drawn = Drawn(draws)
    for table, missed in _tables(truth, draws):
        drawn.missed.append(missed)
        histories = {
            format(cell, f"0{truth.lists}b")[::-1]: int(table[cell])
            for cell in range(1, len(table))
            if table[cell]
        }
        made = log_linear(histories, level=LEVEL)
        if not isinstance(made, LogLinear):
            if made.bound:
                drawn.add("bound, low end", (made.bound.missed_interval.low, math.inf), missed)
            continue
        drawn.answered += 1
        drawn.estimated(made.missed, missed)
        drawn.add("near", (made.missed_interval.low, made.missed_interval.high), missed)
        if made.chosen.interval:
            drawn.add("chosen", (made.chosen.interval.low, made.chosen.interval.high), missed)
        if isinstance(made.bound, Recapture):
            drawn.add("bound, low end", (made.bound.missed_interval.low, math.inf), missed)
        other = by_bic(histories)
        if other and other.interval:
            drawn.add("BIC", (other.interval.low, other.interval.high), missed)
    return drawn
