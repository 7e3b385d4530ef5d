"""Worlds with known truths for the other intervals of audit samples: clusters, doubt, word lists, agreement, stopped plans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from answerable.agreement import Agreement, cohens_kappa, fleiss_kappa, gwets_ac1, percent_agreement
from answerable.intervals import (
    clopper_pearson,
    clustered,
    hypergeometric,
    hypergeometric_bounds,
    wilson_bounds,
)
from answerable.sampling import SequentialPlan, conclude, doubtful, rogan_gladen
from answerable.sampling import clustered as by_clusters
from answerable.sampling.paths import walk

__all__ = [
    "LEVEL",
    "Kinds",
    "Population",
    "agreed",
    "both_held",
    "error",
    "plan_held",
    "recall_held",
    "rogan_gladen_held",
    "users_held",
]

LEVEL = 0.95
_SEED = 20260116


def error(share: float, draws: int) -> float:
    """Give the Monte Carlo error of a share."""
    return float(np.sqrt(max(share * (1 - share), 1 / draws) / draws))


@dataclass(frozen=True, slots=True)
class Population:
    """Clusters of a log: how many, how many are drawn, how their sizes spread, the rate and how alike a cluster's records are."""

    clusters: int
    drawn: int
    spread: float
    rate: float
    alike: float


def users_held(population: Population, draws: int) -> tuple[float, float, float]:
    """Give the coverage of the shipped interval, its mean width, and the coverage of Wilson's on effective clusters."""
    generator = np.random.default_rng(
        [
            _SEED,
            *(int(1_000 * part) for part in (population.spread, population.rate, population.alike)),
            population.clusters,
        ]
    )
    held = beside = width = 0.0
    number, each = population.clusters, 25
    for _ in range(draws // each):
        sizes = np.full(number, 20)
        if population.spread:
            sizes = np.maximum(
                1, np.round(10 * np.exp(generator.normal(0, population.spread, number)))
            ).astype(int)
        scale = 1 / population.alike - 1
        cases = generator.binomial(
            sizes, generator.beta(population.rate * scale, (1 - population.rate) * scale, number)
        )
        truth = cases.sum() / sizes.sum()
        for _ in range(each):
            some = generator.choice(number, population.drawn, replace=False)
            counts, records = cases[some], sizes[some]
            own = by_clusters(counts, records, number, int(sizes.sum()), LEVEL).interval
            rate = counts.sum() / records.sum()
            left = 1 - population.drawn / number
            variance = (
                left
                * population.drawn
                / (population.drawn - 1)
                * float(((counts - rate * records) ** 2).sum())
                / records.sum() ** 2
            )
            other = clustered(int(counts.sum()), int(records.sum()), variance, population.drawn, LEVEL)
            held += own.low <= truth <= own.high
            beside += other.low <= truth <= other.high
            width += own.high - own.low
    return held / draws, width / draws, beside / draws


def both_held(cases: int, unclear: int, sample: int, population: int) -> tuple[float, float]:
    """Give how often best and worst truth are both within the interval, and how often it holds the rate where all unclear are left out.

    Both are computed over every sample.
    """
    held = beside = 0.0
    rest = population - cases - unclear
    for found in range(min(cases, sample) + 1):
        doubt = np.arange(min(unclear, sample - found) + 1)
        chances = stats.multivariate_hypergeom.pmf(
            np.column_stack([np.full(len(doubt), found), doubt, sample - found - doubt]),
            [cases, unclear, rest],
            sample,
        )
        for number, chance in zip(doubt.tolist(), chances.tolist(), strict=True):
            if chance < 1e-9:
                continue
            span = doubtful(found, number, sample, population, LEVEL)
            held += chance * (span.low <= cases and cases + unclear <= span.high)
            judged = sample - number
            if judged:
                plain = hypergeometric(found, judged, population, LEVEL)
                beside += chance * (plain.low <= (cases + unclear) / population <= plain.high)
    return held, beside


def recall_held(flagged: tuple[int, int, int], unflagged: tuple[int, int, int]) -> tuple[float, float, float]:
    """Give the coverage of recall's interval by exact parts, of the same by Wilson's, and of a rectangle of exact ones.

    Each of the two arguments is cases, records drawn and records. Computed over every pair of samples.
    """
    truth = flagged[0] / (flagged[0] + unflagged[0])
    chances, exact, score, wide, found = [], [], [], [], []
    for cases, sample, size in (flagged, unflagged):
        numbers = np.arange(sample + 1)
        chances.append(stats.hypergeom.pmf(numbers, size, cases, sample))
        exact.append([bound * size for bound in hypergeometric_bounds(numbers, sample, size, LEVEL)])
        score.append([bound * size for bound in wilson_bounds(numbers, sample, LEVEL)])
        wide.append([bound * size for bound in hypergeometric_bounds(numbers, sample, size, LEVEL**0.5)])
        found.append(numbers / sample * size)
    joint = np.multiply.outer(chances[0], chances[1])
    a, b = found[0][:, None], found[1][None, :]
    held = []
    for bounds in (exact, score):
        (low, high), (fewer, more) = (
            [bound[:, None] for bound in bounds[0]],
            [bound[None, :] for bound in bounds[1]],
        )
        # Odds of recall are within the bounds where a - o b is no further from 0 than its parts allow.
        odds = truth / (1 - truth)
        distance = a - odds * b
        below = np.sqrt((a - low) ** 2 + (odds * (more - b)) ** 2)
        above = np.sqrt((high - a) ** 2 + (odds * (b - fewer)) ** 2)
        held.append(float(joint[(distance <= below + 1e-9) & (-distance <= above + 1e-9)].sum()))
    (low, high), (fewer, more) = (
        [bound[:, None] for bound in wide[0]],
        [bound[None, :] for bound in wide[1]],
    )
    with np.errstate(invalid="ignore"):
        lowest, highest = low / (low + more), high / (high + fewer)
    inside = (np.nan_to_num(lowest) <= truth + 1e-9) & (truth - 1e-9 <= np.nan_to_num(highest, nan=1.0))
    return held[0], held[1], float(joint[inside].sum())


def rogan_gladen_held(
    rate: float,
    quality: tuple[float, float],
    sizes: tuple[int, int, int],
    draws: int,
    *,
    complete: bool = False,
) -> tuple[float, float]:
    """Give the coverage of Lang and Reiczigel's interval and of the plain one, over drawn worlds."""
    generator = np.random.default_rng(
        [_SEED, int(rate * 10_000), *sizes, int(quality[0] * 1_000), int(quality[1] * 1_000)]
    )
    found, spared = quality
    flagged = rate * found + (1 - rate) * (1 - spared)
    held = plain = 0.0
    quantile = float(special.ndtri((1 + LEVEL) / 2))
    for _ in range(draws):
        positive = round(flagged * sizes[0]) if complete else generator.binomial(sizes[0], flagged)
        right, left = generator.binomial(sizes[1], found), generator.binomial(sizes[2], spared)
        if right / sizes[1] + left / sizes[2] <= 1:
            continue
        own = rogan_gladen(
            (positive, sizes[0]), (right, sizes[1]), (left, sizes[2]), complete=complete, level=LEVEL
        )
        held += own.interval.low <= rate <= own.interval.high
        gain, share = own.sensitivity + own.specificity - 1, own.flagged
        variance = (
            (0 if complete else share * (1 - share) / sizes[0])
            + own.sensitivity * (1 - own.sensitivity) / sizes[1] * own.raw**2
            + own.specificity * (1 - own.specificity) / sizes[2] * (1 - own.raw) ** 2
        ) / gain**2
        plain += abs(own.raw - rate) <= quantile * variance**0.5
    return held / draws, plain / draws


@dataclass(frozen=True, slots=True)
class Kinds:
    """Kinds of items: how often each comes, and how often a rater puts it into each of two categories."""

    name: str
    weights: tuple[float, ...]
    ratings: tuple[tuple[float, float], ...]


def agreed(
    kinds: Kinds, items: int, raters: int, draws: int, missing: float = 0.0
) -> dict[str, tuple[float, float, float]]:
    """Give, by coefficient, how often its interval holds it, how often Gwet's own does, and how often it is undefined."""
    generator = np.random.default_rng(
        [_SEED, items, raters, int(100 * missing), int(1000 * kinds.weights[-1])]
    )
    weights, ratings = np.array(kinds.weights), np.array(kinds.ratings)
    shares = weights @ ratings
    observed = float(weights @ (ratings**2).sum(axis=1))
    by_chance = {
        "percent": 0.0,
        "Fleiss": float(shares @ shares),
        "AC1": float((shares * (1 - shares)).sum()),
    }
    truths = {name: (observed - chance) / (1 - chance) for name, chance in by_chance.items()}
    measures = {"percent": percent_agreement, "Fleiss": fleiss_kappa, "AC1": gwets_ac1}
    counts = {name: np.zeros(3) for name in (*measures, "Cohen")}
    for _ in range(draws):
        kind = generator.choice(len(weights), items, p=weights)
        given = np.full(items, raters) if not missing else generator.binomial(raters, 1 - missing, items)
        tallies = generator.multinomial(given, ratings[kind])
        for name, measure in measures.items():
            counts[name] += _hits(measure, tallies, truths[name])
        if raters == 2 and not missing:
            counts["Cohen"] += _cohen(generator, tallies, truths["Fleiss"])
    return {name: (part[0] / draws, part[1] / draws, part[2] / draws) for name, part in counts.items()}


def _hits(measure: Callable[..., Agreement], tallies: NDArray[np.int64], truth: float) -> NDArray[np.float64]:
    try:
        found = measure(tallies, LEVEL)
    except ValueError:
        return np.array([0.0, 0.0, 1.0])
    reach = float(special.stdtrit(found.items - 1, (1 + LEVEL) / 2)) * found.error
    return np.array(
        [found.interval.low <= truth <= found.interval.high, abs(found.value - truth) <= reach, 0.0]
    )


def _cohen(generator: np.random.Generator, tallies: NDArray[np.int64], truth: float) -> NDArray[np.float64]:
    """Judge Cohen's kappa: which of two raters said what is drawn anew."""
    split = tallies[:, 0] == 1
    first = np.where(split, generator.integers(0, 2, len(tallies)), (tallies[:, 1] == 2).astype(int))
    second = np.where(split, 1 - first, first)
    table = np.zeros((2, 2), dtype=int)
    np.add.at(table, (first, second), 1)
    try:
        _, interval = cohens_kappa(table, LEVEL)
    except ValueError:
        return np.array([0.0, 0.0, 1.0])
    return np.array([interval.low <= truth <= interval.high, 0.0, 0.0])


def plan_held(plan: SequentialPlan, rates: int) -> tuple[float, float, float, float]:
    """Give least and mean coverage after a plan stopped, ours and that of the interval for a fixed sample, over true rates.

    Computed over every outcome; in a log of known size rates are every number of cases to a third of it, at most ``rates``.
    """
    bounds, plain = {}, {}
    for at, size in enumerate(plan.looks):
        for count in range(size + 1):
            if plan.accept[at] < count < plan.reject[at] or count <= max((-1, *plan.accept[:at])):
                continue
            if at and count > plan.reject[at - 1] - 1 + size - plan.looks[at - 1]:
                continue
            found = conclude(plan, size, count, LEVEL)
            bounds[at, count] = (found.interval.low, found.interval.high)
            fixed = (
                clopper_pearson(count, size, LEVEL)
                if plan.population is None
                else hypergeometric(count, size, plan.population, LEVEL)
            )
            plain[at, count] = (fixed.low, fixed.high)
    population = plan.population or 1
    truths = (
        np.linspace(0, 1 / 3, rates + 1)[1:]
        if plan.population is None
        else np.unique(np.linspace(0, plan.population // 3, rates).astype(int))
    )
    every = []
    for truth in truths.tolist():
        walked, held, beside = walk(plan.paths(), truth), 0.0, 0.0
        for at, size in enumerate(plan.looks):
            chances = _at(plan, truth, at, walked.before[at])
            for count in range(size + 1):
                if (at, count) in bounds and chances[count] > 0:
                    low, high = bounds[at, count]
                    held += chances[count] * (low - 1e-9 <= truth / population <= high + 1e-9)
                    low, high = plain[at, count]
                    beside += chances[count] * (low - 1e-9 <= truth / population <= high + 1e-9)
        every.append((held, beside))
    table = np.array(every)
    return (*table.min(axis=0), *table.mean(axis=0))


def _at(plan: SequentialPlan, truth: float, at: int, before: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the probabilities of each number of cases by a look, among paths that came so far."""
    earlier = plan.looks[at - 1] if at else 0
    drawn = plan.looks[at] - earlier
    after = np.zeros(plan.looks[at] + 1)
    for count in np.flatnonzero(before).tolist():
        new = np.arange(drawn + 1)
        if plan.population is None:
            steps = stats.binom.pmf(new, drawn, truth)
        else:
            steps = stats.hypergeom.pmf(new, plan.population - earlier, max(int(truth) - count, 0), drawn)
        after[count : count + drawn + 1] += before[count] * steps
    return after
