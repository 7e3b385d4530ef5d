"""Our contender of bench/subjects.py: intervals of all cells and joint replicates of a file of comparisons; prints the seconds."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np

from answerable.biometrics import count_pairs, rate_intervals, replicates


def main(path: Path, number: int, *, by_group: bool) -> None:
    """Count, give the intervals and draw the replicates, each timed by itself."""
    file = np.load(path)
    first, second, errors, group = (file[name] for name in ("first", "second", "errors", "group"))
    start = time.perf_counter()
    kinds = int(group.max()) + 1
    cell = group[first] * kinds + group[second] if by_group else None
    counts = count_pairs(first, second, np.ones_like(first), errors, cell=cell)
    counted = time.perf_counter()
    rates = rate_intervals(counts)
    bounded = time.perf_counter()
    drawn = replicates(counts, number, seed=1, strata=group if by_group else None) if number else None
    print(
        json.dumps(
            {
                "count": counted - start,
                "intervals": bounded - counted,
                "replicates": time.perf_counter() - bounded,
                "cells": int((rates.comparisons > 0).sum()),
                "rate": rates.rate[0],
                "low": rates.low[0],
                "high": rates.high[0],
                "spread": float(drawn.rates[:, 0].std()) if drawn else None,
            }
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), by_group=sys.argv[3] == "groups")
