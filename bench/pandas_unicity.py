"""The pandas contenders for tracking power: for each sampled vehicle, who else holds the points drawn from it?

The plain form asks every vehicle's group, as the definition reads, and for the first vehicles alone where a number is
given; the other looks up the drawn cells first. Both draw vehicles and points by the same md5 as the measure, so that
their counts can be compared to the last vehicle.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time

import pandas as pd

SEED, MOST, SAMPLE = 7, 6, 10_000


def lot(*numbers: int) -> str:
    """Give the md5 that decides the order of drawing."""
    return hashlib.md5(" ".join(map(str, (SEED, *numbers))).encode(), usedforsecurity=False).hexdigest()


def main(path: str, plain_vehicles: int) -> None:
    """Print, for 1 to 6 points, how many of the sampled no other fits and how many were sampled; and the seconds taken."""
    reads = pd.read_csv(path, parse_dates=["datetime"])
    camera = reads["camera"].astype("category").cat.codes.astype("int64") + 1
    hours = (reads["datetime"] - pd.Timestamp("1970-01-05")) // pd.Timedelta(hours=1)
    points = pd.DataFrame({"uid": reads["uid"], "cell": camera * (1 << 24) + hours}).drop_duplicates()
    size = points.groupby("uid").size()
    found, start = [], time.perf_counter()
    for p in range(1, MOST + 1):
        drawn = sorted(size[size >= p].index, key=lot)[: plain_vehicles or SAMPLE]
        alone = sum(is_alone(points, uid, p, plain=bool(plain_vehicles)) for uid in drawn)
        found.append([alone, len(drawn)])
    print(json.dumps([found, time.perf_counter() - start]))


def is_alone(points: pd.DataFrame, uid: int, p: int, *, plain: bool) -> bool:
    """Say whether nobody else holds the first p points drawn."""
    own = points.loc[points["uid"] == uid, "cell"]
    chosen = sorted(own, key=lambda cell: lot(uid, cell))[:p]
    if plain:
        holders = points.groupby("uid")["cell"].apply(lambda cells: set(chosen) <= set(cells))
        return bool(holders.sum() == 1)
    held = points[points["cell"].isin(chosen)].groupby("uid").size()
    return bool((held == p).sum() == 1)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
