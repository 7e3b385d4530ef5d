"""Intervals of a rate by strata, put to designs of which every sample's probability is known."""

from __future__ import annotations

import itertools
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from answerable.intervals import hypergeometric_bounds
from answerable.sampling import stratified

__all__ = ["FEW", "LEVEL", "NAMES", "SMALL", "Held", "Split", "every_split", "one_split"]

LEVEL = 0.95
_ENOUGH = 0.995  # of the probability that is gone through; what is left counts as not held
_MOST = 6_000  # samples of a split that are gone through

NAMES = ("exact", "Korn and Graubard", "simultaneous")

# Samples and sizes of strata small enough for every split of every number of cases.
SMALL = (
    ((6, 8), (20, 30)),
    ((10, 5), (15, 60)),
    ((12, 12), (24, 80)),
    ((4, 4, 5), (8, 12, 20)),
    ((5, 3, 3), (9, 14, 18)),
)


@dataclass(frozen=True, slots=True)
class Split:
    """Strata of a log with known cases."""

    name: str
    samples: tuple[int, ...]
    sizes: tuple[int, ...]
    cases: tuple[int, ...]


FEW = (
    Split("in proportion, cases spread", (36, 18, 6), (6000, 3000, 1000), (60, 30, 10)),
    Split("in proportion, cases in the largest", (36, 18, 6), (6000, 3000, 1000), (100, 0, 0)),
    Split("in proportion, cases in the smallest", (36, 18, 6), (6000, 3000, 1000), (0, 0, 100)),
    Split("equal, cases spread", (20, 20, 20), (6000, 3000, 1000), (120, 60, 20)),
    Split("equal, cases in the largest", (20, 20, 20), (6000, 3000, 1000), (300, 0, 0)),
    Split("equal, cases in the smallest", (20, 20, 20), (6000, 3000, 1000), (0, 0, 300)),
    Split("the larger holds them", (50, 50), (900, 100), (45, 0)),
    Split("a thin stratum holds them", (60, 10), (500, 4500), (5, 180)),
    Split("a rich small stratum, a poor large one", (60, 60), (200, 20_000), (120, 100)),
)


@dataclass(frozen=True, slots=True)
class Held:
    """Coverage and mean width, in shares, of each interval by its name."""

    held: dict[str, float]
    width: dict[str, float]


def _korn_graubard(
    counts: NDArray[np.int64], samples: NDArray[np.int64], sizes: NDArray[np.int64]
) -> tuple[float, float]:
    """Give Clopper and Pearson's bounds on the effective sample size, as Korn and Graubard have it."""
    shares, weights = counts / samples, sizes / sizes.sum()
    rate, size = float(weights @ shares), float(samples.sum())
    spread = shares * (1 - shares) / np.maximum(samples - 1, 1) * (1 - samples / sizes)
    variance = float((weights**2) @ spread)
    worth = size
    if variance > 0:
        freedom = size - len(samples)
        few = special.ndtri((1 + LEVEL) / 2) / special.stdtrit(freedom, (1 + LEVEL) / 2)
        worth = min(rate * (1 - rate) / variance * few**2, size)
    tail, events = (1 - LEVEL) / 2, rate * worth
    low = special.betaincinv(events, worth - events + 1, tail) if rate > 0 else 0.0
    high = special.betaincinv(events + 1, worth - events, 1 - tail) if rate < 1 else 1.0
    return float(low), float(high)


def _simultaneous(
    counts: NDArray[np.int64], samples: NDArray[np.int64], sizes: NDArray[np.int64]
) -> tuple[float, float]:
    """Give the sums of each stratum's own exact bounds, at a level that all of them hold at once (Wright 1991)."""
    low, high = hypergeometric_bounds(counts, samples, sizes, LEVEL ** (1 / len(samples)))
    return float(low @ sizes / sizes.sum()), float(high @ sizes / sizes.sum())


def _bounds(
    counts: tuple[int, ...], samples: tuple[int, ...], sizes: tuple[int, ...]
) -> list[tuple[float, float]]:
    arrays = tuple(np.array(part) for part in (counts, samples, sizes))
    own = stratified(*arrays, level=LEVEL).interval
    return [(own.low, own.high), _korn_graubard(*arrays), _simultaneous(*arrays)]


def _all(
    outcomes: list[tuple[int, ...]], samples: tuple[int, ...], sizes: tuple[int, ...]
) -> NDArray[np.float64]:
    """Give all bounds of outcomes, of shape (outcomes, intervals, 2)."""
    with ProcessPoolExecutor() as pool:
        return np.array(list(pool.map(partial(_bounds, samples=samples, sizes=sizes), outcomes, chunksize=8)))


def every_split(
    samples: tuple[int, ...], sizes: tuple[int, ...]
) -> tuple[dict[str, float], dict[str, float]]:
    """Give the least and the mean coverage of each interval over every split of every number of cases."""
    outcomes = list(itertools.product(*(range(size + 1) for size in samples)))
    bounds = _all(outcomes, samples, sizes)
    drawn = [
        stats.hypergeom.pmf(np.arange(sample + 1), size, np.arange(size + 1)[:, None], sample)
        for sample, size in zip(samples, sizes, strict=True)
    ]
    found = []
    for cases in itertools.product(*(range(size + 1) for size in sizes)):
        joint = np.ones(1)
        for table, number in zip(drawn, cases, strict=True):
            joint = np.multiply.outer(joint, table[number]).ravel()
        truth = sum(cases) / sum(sizes)
        within = (bounds[:, :, 0] <= truth + 1e-12) & (truth - 1e-12 <= bounds[:, :, 1])
        found.append(joint @ within)
    every = np.array(found)
    least, mean = every.min(axis=0), every.mean(axis=0)
    return dict(zip(NAMES, least, strict=True)), dict(zip(NAMES, mean, strict=True))


def one_split(split: Split) -> Held:
    """Give the coverage of each interval for one truth, over the likeliest samples; the others count as not held."""
    drawn = [
        stats.hypergeom.pmf(np.arange(sample + 1), size, number, sample)
        for sample, size, number in zip(split.samples, split.sizes, split.cases, strict=True)
    ]
    joint = np.ones(1)
    for table in drawn:
        joint = np.multiply.outer(joint, table).ravel()
    order = np.argsort(-joint)
    number = min(int(np.searchsorted(np.cumsum(joint[order]), _ENOUGH)) + 1, _MOST)
    shape = tuple(len(table) for table in drawn)
    outcomes = [tuple(int(part) for part in np.unravel_index(at, shape)) for at in order[:number]]
    bounds = _all(outcomes, split.samples, split.sizes)
    truth = sum(split.cases) / sum(split.sizes)
    chances = joint[order[:number]]
    within = (bounds[:, :, 0] <= truth + 1e-12) & (truth - 1e-12 <= bounds[:, :, 1])
    width = chances @ (bounds[:, :, 1] - bounds[:, :, 0]) / chances.sum()
    return Held(dict(zip(NAMES, chances @ within, strict=True)), dict(zip(NAMES, width, strict=True)))
