"""The fairlearn contender of bench/group_rates.py: one MetricFrame for each threshold. It runs in its own environment."""

from __future__ import annotations

import json
import sys
import time

import numpy as np
from fairlearn.metrics import MetricFrame, false_negative_rate, false_positive_rate


def main(path: str) -> None:
    """Print the rates, group by group, and the seconds that the frames took."""
    file = np.load(path)
    scores, mated, group, thresholds = (file[name] for name in ("scores", "mated", "group", "thresholds"))
    truth = mated.astype(np.int64)
    columns: dict[str, list[list[float]]] = {"fmr": [], "fnmr": []}
    seconds = 0.0
    for threshold in thresholds:
        matches = (scores >= threshold).astype(np.int64)
        start = time.perf_counter()
        frame = MetricFrame(
            metrics={"fmr": false_positive_rate, "fnmr": false_negative_rate},
            y_true=truth,
            y_pred=matches,
            sensitive_features=group,
        )
        by_group = frame.by_group
        seconds += time.perf_counter() - start
        for kind, column in columns.items():
            column.append(by_group[kind].tolist())
    rows = {kind: np.transpose(column).tolist() for kind, column in columns.items()}
    print(json.dumps({**rows, "seconds": seconds}))


if __name__ == "__main__":
    main(sys.argv[1])
