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

SEED, POINTS, SAMPLE = 7, 4, 10_000


def lot(*numbers: int) -> str:
    """Give the md5 that decides the order of drawing."""
    return hashlib.md5(" ".join(map(str, (SEED, *numbers))).encode(), usedforsecurity=False).hexdigest()


def main(path: str, plain_vehicles: int) -> None:
    """Print how many of the sampled vehicles no other vehicle fits, how many were sampled, and the seconds taken."""
    reads = pd.read_csv(path, parse_dates=["datetime"])
    camera = reads["camera"].astype("category").cat.codes.astype("int64") + 1
    hours = (reads["datetime"] - pd.Timestamp("1970-01-05")) // pd.Timedelta(hours=1)
    points = pd.DataFrame({"uid": reads["uid"], "cell": camera * (1 << 24) + hours}).drop_duplicates()
    size = points.groupby("uid").size()
    drawn = sorted(size[size >= POINTS].index, key=lot)[: plain_vehicles or SAMPLE]
    alone, start = 0, time.perf_counter()
    for uid in drawn:
        own = points.loc[points["uid"] == uid, "cell"]
        chosen = sorted(own, key=lambda cell: lot(uid, cell))[:POINTS]
        if plain_vehicles:
            holders = points.groupby("uid")["cell"].apply(lambda cells: set(chosen) <= set(cells))  # noqa: B023 - it is called at once
            alone += int(holders.sum() == 1)
        else:
            held = points[points["cell"].isin(chosen)].groupby("uid").size()
            alone += int((held == POINTS).sum() == 1)
    print(json.dumps([alone, len(drawn), time.perf_counter() - start]))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
