"""Times the simulation of urns beside plain loops written from the published description, and prints the shares of all.

    .venv/bin/python bench/urns.py

The first loop is Python and its standard library, the second calls NumPy for each draw, as public scripts do.
"""

from __future__ import annotations

import argparse
import math
import random
import statistics
import time
from collections.abc import Callable

import numpy as np
from tables import table

from answerable.hindsight import simulate_urns

_PRIOR, _RATES, _DRAWS, _DECAY = (609.0, 379.0), (3.68511, 2.816466), 1_000, 0.01


def _poisson(mean: float) -> int:
    """Draw a Poisson number by multiplying (D. E. Knuth)."""
    limit, number, product = math.exp(-mean), 0, random.random()  # noqa: S311 - a simulation, no secret
    while product > limit:
        number += 1
        product *= random.random()  # noqa: S311 - a simulation, no secret
    return number


def _plain(runs: int, decay: float) -> list[float]:
    """Run the urn, one draw at a time: choose an area by its share, let counts fade, add what was found."""
    shares = []
    for _ in range(runs):
        urn = list(_PRIOR)
        for _ in range(_DRAWS):
            area = 0 if random.random() < urn[0] / (urn[0] + urn[1]) else 1  # noqa: S311 - a simulation, no secret
            found = _poisson(_RATES[area])
            urn = [count * (1 - decay) for count in urn]
            urn[area] += found
        shares.append(urn[0] / sum(urn))
    return shares


def _by_numpy(runs: int, decay: float) -> list[float]:
    generator = np.random.default_rng(1)
    shares = []
    for _ in range(runs):
        urn = np.array(_PRIOR)
        for _ in range(_DRAWS):
            area = generator.choice(2, p=urn / urn.sum())
            found = generator.poisson(_RATES[area])
            urn *= 1 - decay
            urn[area] += found
        shares.append(float(urn[0] / urn.sum()))
    return shares


def _ours(runs: int, decay: float) -> list[float]:
    found = simulate_urns(_PRIOR, _RATES, draws=_DRAWS, runs=runs, decay=decay, seed=1)
    return [float(found.mean[-1, 0])]


def _timed(simulate: Callable[[int, float], list[float]], runs: int, decay: float) -> tuple[float, float]:
    began = time.perf_counter()
    shares = simulate(runs, decay)
    return time.perf_counter() - began, statistics.fmean(shares)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time the simulation of urns beside plain loops.")
    parser.add_argument("--runs", type=int, nargs="+", default=[200, 2_000])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    random.seed(1)
    rows = []
    for runs in options.runs:
        taken: dict[str, list[tuple[float, float]]] = {
            "answerable": [],
            "plain Python": [],
            "NumPy for each draw": [],
        }
        for _ in range(options.rounds):
            for name, simulate in zip(taken, (_ours, _plain, _by_numpy), strict=True):
                taken[name].append(_timed(simulate, runs, _DECAY))
        ours = statistics.median(seconds for seconds, _ in taken["answerable"])
        for name, some in taken.items():
            seconds = statistics.median(each for each, _ in some)
            rows.append((name, f"{runs:,}", f"{seconds:.3f}", f"{seconds / ours:.0f}", f"{some[0][1]:.3f}"))
    print(f"{_DRAWS:,} draws, decay {_DECAY}, Poisson counts; medians of {options.rounds} rounds.\n")
    print("\n".join(table(("", "runs", "seconds", "times ours", "mean share"), rows)))


if __name__ == "__main__":
    main()
