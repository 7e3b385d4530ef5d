"""How often intervals and tests of comparisons that share people are right, measured on drawn files of known truth."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special
from subjects_tried import LEVEL, TRIED, see
from subjects_truths import Design, Generator, centre, drawn_together

from answerable.biometrics import (
    Pairs,
    compare,
    count_pairs,
    permutation_test,
    rate_intervals,
    replicates,
    simultaneous,
)

__all__ = [
    "OURS",
    "Covered",
    "Groups",
    "Rejected",
    "beside",
    "chosen",
    "family",
    "gaps",
    "permuted",
    "powers",
]

OURS = "shipped"
_SEED = 20_240_702
_TOGETHER = 100  # files reckoned at once


@dataclass(frozen=True, slots=True)
class Covered:
    """How often an interval held the truth, how often the truth was above it, and its median width as a ratio of its limits."""

    held: float
    above: float
    width: float
    draws: int

    @property
    def error(self) -> float:
        """The Monte Carlo error of the coverage; of none or all, what one draw more on the other side would give."""
        share = min(max(self.held, 1 / (self.draws + 2)), 1 - 1 / (self.draws + 2))
        return math.sqrt(share * (1 - share) / self.draws)


def chosen(design: Design, draws: int) -> Covered:
    """Measure the shipped interval."""
    generator, truth = np.random.default_rng(_SEED), design.true_rate
    low, high = [], []
    for _ in range(draws // _TOGETHER):
        found = rate_intervals(drawn_together([design] * _TOGETHER, generator), LEVEL)
        low.append(found.low)
        high.append(found.high)
    return _covered(np.concatenate(low), np.concatenate(high), truth)


def _covered(low: NDArray[np.float64], high: NDArray[np.float64], truth: float) -> Covered:
    with np.errstate(divide="ignore"):
        width = float(np.median(high / low))
    return Covered(
        float(np.mean((low <= truth) & (truth <= high))), float(np.mean(truth > high)), width, len(low)
    )


def beside(design: Design, draws: int) -> dict[str, Covered]:
    """Measure every interval that was tried, and the shipped one, on the same files: those with an error."""
    generator, truth = np.random.default_rng(_SEED), design.true_rate
    first, second = design.ends()
    made = np.full((design.people, design.people), float(design.each))
    np.fill_diagonal(made, 0.0)
    bounds: dict[str, list[tuple[float, float]]] = {name: [] for name in (OURS, *TRIED)}
    for _ in range(draws):
        errors = design.draw(generator)
        if not errors.any():
            continue
        table = np.zeros_like(made)
        table[first, second] = table[second, first] = errors
        ours = rate_intervals(count_pairs(first, second, np.full(len(first), design.each), errors), LEVEL)
        bounds[OURS].append((float(ours.low[0]), float(ours.high[0])))
        seen = see(table, made, generator)
        for name, make in TRIED.items():
            bounds[name].append(make(seen))
    return {name: _covered(*np.asarray(found).T, truth) for name, found in bounds.items()}


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups of so many people whose rates are these multiples of a rate; comparisons are within groups unless ``across``."""

    width: float
    rate: float
    sizes: tuple[int, ...]
    each: int
    multiples: tuple[float, ...] = ()
    mated: bool = False
    across: bool = False
    own: float = 1.0  # times the odds of an error of two people of one group, where ``across``

    def draw(self, generator: Generator) -> tuple[Pairs, NDArray[np.int64]]:
        """Draw one file: a cell for each group, or one cell of all where ``across``; and the group of each person."""
        group = np.repeat(np.arange(len(self.sizes)), self.sizes)
        effect = self.width * generator.standard_normal(len(group))
        middles = np.array(
            [
                centre(self.rate * multiple, self.width * math.sqrt(1 if self.mated else 2))
                for multiple in self.multiples or (1.0,) * len(self.sizes)
            ]
        )
        if self.mated:
            first = second = np.arange(len(group))
            logits = middles[group] + effect
        else:
            first, second = np.triu_indices(len(group), 1)
            if not self.across:
                same = group[first] == group[second]
                first, second = first[same], second[same]
            logits = (middles[group[first]] + middles[group[second]]) / 2 + effect[first] + effect[second]
            logits = logits + math.log(self.own) * (group[first] == group[second])
        errors = generator.binomial(self.each, special.expit(logits))
        cell = np.zeros(len(first), dtype=np.int64) if self.across else group[first]
        return count_pairs(first, second, np.full(len(first), self.each), errors, cell=cell), group


@dataclass(frozen=True, slots=True)
class Rejected:
    """How often each of several tests found a difference, by name, out of so many draws."""

    shares: dict[str, float]
    draws: int

    def error(self, name: str) -> float:
        """The Monte Carlo error of a share."""
        share = min(max(self.shares[name], 1 / (self.draws + 2)), 1 - 1 / (self.draws + 2))
        return math.sqrt(share * (1 - share) / self.draws)


def family(groups: Groups, reference: int | None, draws: int) -> Rejected:
    """Measure how often a single interval misses 1, and how often some simultaneous interval or Holm's test does."""
    generator = np.random.default_rng(_SEED)
    single, some, stepped, each = [], [], [], []
    for number in range(draws):
        counts, group = groups.draw(generator)
        found = simultaneous(counts, reference, number=500, seed=number, strata=group)
        alone = compare(rate_intervals(counts), reference)
        single.append(np.mean((alone.low > 1) | (alone.high < 1)))
        some.append(found.survives.any())
        stepped.append(found.survives_stepwise.any())
        each.append(1 - found.each)
    shares = {"single": single, "simultaneous": some, "Holm": stepped, "level": each}
    return Rejected({name: float(np.mean(found)) for name, found in shares.items()}, draws)


def permuted(groups: Groups, draws: int) -> Rejected:
    """Measure how often the permutation test is at or under 5 %."""
    generator = np.random.default_rng(_SEED)
    found = []
    for number in range(draws):
        counts, group = groups.draw(generator)
        found.append(permutation_test(counts, group, number=199, seed=number).p <= 1 - LEVEL)
    return Rejected({"permutation": float(np.mean(found))}, draws)


def gaps(groups: Groups, draws: int) -> Rejected:
    """Measure how often percentile intervals of the largest rate less the smallest hold 0, and of the largest over it 1."""
    generator = np.random.default_rng(_SEED)
    held = []
    for number in range(draws):
        counts, group = groups.draw(generator)
        rates = replicates(counts, 399, number, group).rates
        held.append(np.quantile(np.ptp(rates, axis=1), (1 - LEVEL) / 2) <= 0)
    return Rejected({"gap": float(np.mean(held))}, draws)


def powers(groups: Groups, draws: int) -> Rejected:
    """Measure how often the ratio of the second group to the first is seen to be over 1, with the spread known."""
    generator = np.random.default_rng(_SEED)
    found = []
    for _ in range(draws):
        counts, _group = groups.draw(generator)
        ratio = compare(rate_intervals(counts, LEVEL, groups.width), 0)
        found.append(ratio.low[0] > 1)
    return Rejected({"power": float(np.mean(found))}, draws)
