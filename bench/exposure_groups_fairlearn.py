"""The fairlearn contender of bench/exposure_groups.py: one MetricFrame. It runs in its own environment."""

from __future__ import annotations

import json
import sys
import time

import numpy as np
from fairlearn.metrics import MetricFrame, selection_rate


def main(path: str) -> None:
    """Print selection rates, their ratios to the largest group's, and the seconds that they took."""
    file = np.load(path)
    group, flagged = file["group"], file["flagged"]
    start = time.process_time()
    frame = MetricFrame(metrics=selection_rate, y_true=flagged, y_pred=flagged, sensitive_features=group)
    rates = frame.by_group.to_numpy()
    ratios = rates / rates[np.bincount(group).argmax()]
    seconds = time.process_time() - start
    print(json.dumps({"rates": rates.tolist(), "ratios": ratios.tolist(), "seconds": seconds}))


if __name__ == "__main__":
    main(sys.argv[1])
