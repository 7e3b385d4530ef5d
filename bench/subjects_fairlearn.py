"""The fairlearn contender of bench/subjects.py: rates by group with bootstrapped rows. It runs in its own environment."""

from __future__ import annotations

import json
import sys
import time

import numpy as np
from fairlearn.metrics import MetricFrame, false_positive_rate


def main(path: str, number: int, rows: int) -> None:
    """Print the seconds without a bootstrap and with one of so many replicates, on the first rows."""
    file = np.load(path)
    first, second, errors, group = (
        file[name][:rows] if name != "group" else file[name]
        for name in ("first", "second", "errors", "group")
    )
    kinds = int(group.max()) + 1
    cell = group[first] * kinds + group[second]
    given = {
        "metrics": false_positive_rate,
        "y_true": np.zeros_like(errors),
        "y_pred": errors,
        "sensitive_features": cell,
    }
    start = time.perf_counter()
    MetricFrame(**given)
    plain = time.perf_counter()
    MetricFrame(**given, n_boot=number, ci_quantiles=[0.025, 0.975], random_state=1)
    print(json.dumps({"plain": plain - start, "boot": time.perf_counter() - plain, "rows": len(errors)}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
