"""The cimat contender of bench/subjects.py: FNMR and FMR intervals from a file of comparisons. It runs in its own environment."""

from __future__ import annotations

import contextlib
import io
import json
import sys
import time

import numpy as np
from cimat import UncertaintyEstimator


def main(path: str, number: int) -> None:
    """Print the seconds of the plug-in interval and of so many replicates of its bootstrap, and the interval of FMR."""
    file = np.load(path)
    scores: dict[int, dict[int, list[float]]] = {}
    for one, other, wrong in zip(
        *(file[name].tolist() for name in ("first", "second", "errors")), strict=True
    ):
        scores.setdefault(one, {}).setdefault(other, []).append(float(wrong))
        scores.setdefault(other, {}).setdefault(one, []).append(float(wrong))
    # It wants a mated comparison of everybody; these are never errors.
    for one, others in scores.items():
        others[one] = [1.0]
    estimator = UncertaintyEstimator(scores)
    start = time.perf_counter()
    estimator.compute_binerror_metrics(0.5)
    _, interval = estimator.get_binerror_ci(threshold=0.5)
    plugged = time.perf_counter()
    with contextlib.redirect_stderr(io.StringIO()):
        estimator.run_bootstrap(B=number)
    print(
        json.dumps(
            {
                "plug-in": plugged - start,
                "boot": time.perf_counter() - plugged,
                "low": interval[0],
                "high": interval[1],
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
