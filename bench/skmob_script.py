"""The scikit-mobility contender: the share of instances with probability 1, averaged over vehicles. It runs in its own environment.

The attack is `LocationTimeAttack`, or `LocationAttack` over cells that stand for places, on each vehicle's distinct points.
"""

from __future__ import annotations

import json
import math
import sys
import time
import warnings

import pandas as pd
import skmob
from skmob.privacy import attacks

warnings.filterwarnings("ignore")


def main(path: str, attack: str, points: int, targets: int) -> None:
    """Print the mean share over vehicles with enough points, their number, the instances tried and the seconds."""
    reads = pd.read_csv(path, parse_dates=["datetime"])
    precision = {"cells": "h", "Hour": "h", "Day": "D"}[attack]
    reads["datetime"] = reads["datetime"].dt.floor(precision)
    # Instances are read by the place of their columns, not by name, so the order matters.
    reads = reads.drop_duplicates()[["lat", "lng", "datetime", "uid"]]
    if attack == "cells":
        reads["lat"] = reads.groupby(["lat", "lng", "datetime"], sort=True).ngroup() * 1e-4
        reads["lng"] = 0.0
    traces = skmob.TrajDataFrame(reads, latitude="lat", longitude="lng", datetime="datetime", user_id="uid")
    size = reads.groupby("uid").size()
    eligible = size[size >= points].sort_values(kind="stable").index
    asked = list(eligible[:targets] if targets else eligible)
    kind = (
        attacks.LocationAttack(points)
        if attack == "cells"
        else attacks.LocationTimeAttack(points, time_precision=attack)
    )
    start = time.perf_counter()
    risks = kind.assess_risk(traces, targets=asked, force_instances=True)
    seconds = time.perf_counter() - start
    alone = risks[risks["instance_elem"] == 1].groupby("uid")["prob"].agg(lambda prob: (prob == 1).mean())
    tried = sum(math.comb(int(size[uid]), points) for uid in asked)
    print(
        json.dumps(
            {"sum": float(alone.sum()), "vehicles": len(alone), "instances": tried, "seconds": seconds}
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
