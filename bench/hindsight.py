"""Times the comparison of forecasts with five baselines at growing sizes, each in a process of its own, with its peak memory.

    .venv/bin/python bench/hindsight.py                                   small sizes, for trying
    .venv/bin/python bench/hindsight.py --sizes 1000x1000 10000x1000      areas x days; the table of docs/method/forecasts.md

Making the town is timed by itself and not counted in the comparison; its memory is part of the peak.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tables import table
from timing import run

_BASELINES, _FLAGS, _HISTORY = 5, 0.01, 365


def _one(areas: int, days: int, replicates: int) -> None:
    """Make a town, compare and print the seconds."""
    import time  # noqa: PLC0415 - the parent loads nothing, so that a child's peak memory is its own

    import numpy as np  # noqa: PLC0415 - as above

    from answerable.hindsight import by_scores, compare, last_period, long_run, rolling, uniform, weights  # noqa: PLC0415 - as above

    began = time.perf_counter()
    generator = np.random.default_rng(0)
    rates = generator.gamma(0.3, size=(areas, 1)) * 0.02
    outcomes = generator.poisson(rates, (areas, days)).astype(np.int32)
    history = generator.poisson(rates, (areas, _HISTORY)).astype(np.int32)
    scores = rates * generator.gamma(5, 0.2, (areas, days))
    made = time.perf_counter()
    forecast = by_scores(scores, outcomes, max(int(_FLAGS * areas), 1), draws=100)
    counted = time.perf_counter()
    baselines = [
        last_period("day"),
        rolling(365, "day"),
        long_run("day"),
        weights(rates[:, 0], "the population"),
        uniform(),
    ]
    found = compare(forecast, outcomes, baselines, history=history, replicates=replicates)
    ended = time.perf_counter()
    taken = {
        "made": made - began,
        "counted": counted - made,
        "compared": ended - counted,
        "events": found[0].events,
    }
    print(json.dumps(taken))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time the comparison of forecasts with five baselines.")
    parser.add_argument("--sizes", nargs="+", default=["500x200", "1000x400"], help="areas x days")
    parser.add_argument("--replicates", type=int, default=1_000)
    parser.add_argument(
        "--rounds", type=int, default=3, help="how often each size is run; the median is printed"
    )
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        _one(*(int(part) for part in options.one.split("x")), options.replicates)
        return
    rows = []
    for size in options.sizes:
        areas, days = (int(part) for part in size.split("x"))
        command = (sys.executable, Path(__file__), "--one", size, "--replicates", str(options.replicates))
        runs = [run(command) for _ in range(options.rounds)]
        found = [json.loads(one.printed) for one in runs]
        seconds = sorted(one["counted"] + one["compared"] for one in found)
        rows.append(
            (
                f"{areas:,}",
                f"{days:,}",
                f"{found[0]['events']:,}",
                f"{seconds[len(seconds) // 2]:.1f}",
                f"{seconds[0]:.1f} to {seconds[-1]:.1f}",
                f"{max(one.peak for one in runs) / 1e6:,.0f}",
            )
        )
    print(
        f"{_BASELINES} baselines, {options.replicates:,} replicates, 100 orders of tied areas, {options.rounds} rounds.\n"
    )
    head = ("areas", "days", "events", "seconds", "from, to", "peak memory, MB")
    print("\n".join(table(head, rows, right=True)))


if __name__ == "__main__":
    main()
