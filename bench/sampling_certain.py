"""How often the interval of whole clusters holds the truth where the large ones are all taken, and where they are left to chance.

    .venv/bin/python bench/sampling_certain.py

It writes its part of docs/method/sampling.md. The draws are seeded, so that the table is the same each time.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import marked
import numpy as np
from sampling_worlds import LEVEL, Population
from tables import table

from answerable.sampling import Whole, clustered, with_certain

_SEED = 20_261_201
_DRAWS, _EACH = 4_000, 25  # samples in all, and of one log
_LARGE = 5  # times the mean of the clusters' sizes: more is large

WORLDS = tuple(
    Population(number, drawn, spread, rate, alike)
    for spread in (1.0, 1.5)
    for number, drawn in ((60, 12), (200, 30), (1_000, 60))
    for rate, alike in ((0.02, 0.1), (0.1, 0.05), (0.1, 0.3), (0.4, 0.3))
)
"""Those of `bench/sampling_coverage.py` whose clusters differ in size."""


def held(population: Population, draws: int = _DRAWS) -> tuple[list[float], list[float]]:
    """Give coverage and mean width with the large clusters taken, both with all left to chance, and how many are taken, as means and errors.

    The errors are those of the means of logs, since samples of one log are alike. As many clusters are judged either way; where all those of a sample are large, or all but one, two of the others are drawn beside.
    """
    generator = np.random.default_rng(
        [
            _SEED,
            *(int(1_000 * part) for part in (population.spread, population.rate, population.alike)),
            population.clusters,
        ]
    )
    number, logs = population.clusters, []
    scale = 1 / population.alike - 1
    for _ in range(draws // _EACH):
        sizes = np.maximum(1, np.round(10 * np.exp(generator.normal(0, population.spread, number)))).astype(
            int
        )
        cases = generator.binomial(
            sizes, generator.beta(population.rate * scale, (1 - population.rate) * scale, number)
        )
        large = sizes > _LARGE * sizes.mean()
        others, certain = np.flatnonzero(~large), int(large.sum())
        truth, totals = cases.sum() / sizes.sum(), np.zeros(5)
        for _ in range(_EACH):
            some = generator.choice(others, max(2, population.drawn - certain), replace=False)
            rest = clustered(cases[some], sizes[some], len(others), int(sizes[others].sum()), LEVEL)
            taken = with_certain(rest, int(cases[large].sum()), int(sizes[large].sum()))
            some = generator.choice(number, population.drawn, replace=False)
            left = clustered(cases[some], sizes[some], number, int(sizes.sum()), LEVEL)
            totals += (*_measured(taken, truth), *_measured(left, truth), certain)
        logs.append(totals / _EACH)
    found = np.array(logs)
    return found.mean(axis=0).tolist(), (found.std(axis=0, ddof=1) / math.sqrt(len(found))).tolist()


def _measured(found: Whole, truth: float) -> tuple[float, float]:
    """Say whether an interval holds the truth, as 0 or 1, and how wide it is."""
    low, high = found.interval.low, found.interval.high
    return float(low - 1e-12 <= truth <= high + 1e-12), high - low


def _rows() -> Iterator[tuple[str, ...]]:
    for world in WORLDS:
        (share, width, beside, wider, certain), errors = held(world)
        yield (
            f"{world.spread:g}",
            f"{world.drawn} of {world.clusters:,}",
            f"{100 * world.rate:g}",
            f"{world.alike:g}",
            f"{certain:.1f}",
            f"{_per_cent(share)} ± {100 * errors[0]:.1f}",
            f"{100 * width:.1f}",
            f"{_per_cent(beside)} ± {100 * errors[2]:.1f}",
            f"{100 * wider:.1f}",
        )


def _per_cent(share: float) -> str:
    """Give a per cent with one decimal, rounded down: no coverage is shown as more than it is."""
    return f"{math.floor(share * 1_000 + 1e-6) / 10:.1f}"


def main() -> None:
    """Measure, and write the part of the page."""
    head = (
        "spread", "clusters", "rate, %", "alike", "large", "large taken: coverage", "width, points", "all by chance: coverage",
        "width, points",
    )  # fmt: skip  # a table: what stands in one line belongs together
    text = "\n".join(table(head, list(_rows()), right=True))
    marked.write("method/sampling.md", "bench/sampling_certain.py", f"{text}\n")


if __name__ == "__main__":
    main()
