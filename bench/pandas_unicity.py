"""The pandas contender for tracking power: one pass over the sampled vehicles, as the definition reads.

It draws the same vehicles and points, by md5 of the seed, so that its count can be compared to the last vehicle.
"""

from __future__ import annotations

import hashlib
import json
import sys

import pandas as pd

SEED, POINTS, SAMPLE = 7, 4, 10_000


def lot(*numbers: int) -> str:
    """Give the md5 that decides the order of drawing."""
    return hashlib.md5(" ".join(map(str, (SEED, *numbers))).encode(), usedforsecurity=False).hexdigest()


def main(path: str) -> None:
    """Print how many of the sampled vehicles no other vehicle fits, and how many were sampled."""
    reads = pd.read_csv(path, parse_dates=["datetime"])
    camera = reads["camera"].astype("category").cat.codes.astype("int64") + 1
    hours = (reads["datetime"] - pd.Timestamp("1970-01-05")) // pd.Timedelta(hours=1)
    points = pd.DataFrame({"uid": reads["uid"], "cell": camera * (1 << 24) + hours}).drop_duplicates()
    size = points.groupby("uid").size()
    drawn = sorted(size[size >= POINTS].index, key=lot)[:SAMPLE]
    alone = 0
    for uid in drawn:
        own = points.loc[points["uid"] == uid, "cell"]
        chosen = sorted(own, key=lambda cell: lot(uid, cell))[:POINTS]
        holders = points[points["cell"].isin(chosen)].groupby("uid").size()
        alone += int((holders == POINTS).sum() == 1)
    print(json.dumps([alone, len(drawn)]))


if __name__ == "__main__":
    main(sys.argv[1])
