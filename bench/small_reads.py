"""Writes a month of reads as CSV, for peers that read no Parquet: a small city, or a smaller one in which much is shared."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np

HEAD = ("uid", "camera", "lat", "lng", "datetime")


def main(rows: int, vehicles: int, cameras: int, path: Path) -> None:
    """Write about so many reads in January 2025; vehicles keep to a few cameras, busy hours and days."""
    chance = np.random.default_rng(3)
    weight = chance.lognormal(0, 1.0 if rows >= 10_000 else 0.1, vehicles)
    who = chance.choice(vehicles, rows, p=weight / weight.sum())
    haunts = chance.integers(0, cameras, (vehicles, 4))
    camera = np.where(
        chance.random(rows) < 0.8, haunts[who, chance.integers(0, 4, rows)], chance.integers(0, cameras, rows)
    )
    hour = np.clip(np.rint(chance.normal(np.where(chance.random(rows) < 0.5, 8, 17), 2)), 0, 23).astype(int)
    day = chance.integers(1, 5 if rows < 10_000 else 32, rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        for each in zip(who, camera, day, hour, strict=True):
            uid, place, date, time = map(int, each)
            writer.writerow(
                (
                    uid,
                    f"Camera {place:04d}",
                    40 + place // 100 / 100,
                    -100 - place % 100 / 100,
                    f"2025-01-{date:02d}T{time:02d}:30:00",
                )
            )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
