"""Writes the reads of a synthetic city as one Parquet file, as `base_reads` holds them, and prints how many there are.

It runs in a process of its own, for the reason that is given in making.py. Every vehicle has a home, a place of work,
an hour at which it leaves and a number of reads from a heavy-tailed distribution. Two reads in three are on the way
between the two, mostly at the same hours; a quarter are near home at any hour, and the rest anywhere. The city grows
with its reads: 50,000 for each camera and 25 for each vehicle on average, over 180 days. Nothing in it is real.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.random import Generator
from numpy.typing import NDArray

DAYS, STEPS = 180, 15  # of records, and in how many steps they are written
_START = np.datetime64("2025-01-01T00:00:00", "s").astype(np.int64)
_FIELDS = ("plate", "camera", "zip", "longitude", "latitude", "agency", "read_at")

Wholes = NDArray[np.int64]


class City:
    """A city's cameras and vehicles.

    Args:
        rows: About how many reads it leaves.
        chance: Where its randomness comes from.
    """

    def __init__(self, rows: int, chance: Generator) -> None:
        self.side = max(4, round((rows / 50_000) ** 0.5))
        vehicles = max(10, rows // 25)
        weight = chance.lognormal(0, 1.3, vehicles)
        self.left = chance.poisson(weight / weight.sum() * rows)
        self.home = chance.integers(0, self.side, (2, vehicles))
        away = np.rint(chance.normal(0, self.side / 4, (2, vehicles))).astype(np.int64)
        self.work = np.clip(self.home + away, 0, self.side - 1)
        self.leaves = chance.normal(7.8, 1.0, vehicles)
        # Pseudonyms are spread over 60 bits, as those of a case are.
        step = (1 << 60) // vehicles
        self.pseudonym = chance.permutation(vehicles) * step + chance.integers(0, step, vehicles)
        self._chance = chance

    def reads(self, first: int, days: int, steps_left: int) -> pa.Table:
        """Draw the reads of some days, in order of time."""
        chance = self._chance
        number = chance.binomial(self.left, 1 / steps_left)
        self.left -= number
        who = np.repeat(np.arange(len(number)), number)
        total = len(who)
        kind = chance.random(total)
        commutes, is_far = kind < 0.65, kind >= 0.9
        on_the_way = np.rint(chance.random(total) * 3) / 3
        way = np.rint(self.home[:, who] + (self.work - self.home)[:, who] * on_the_way).astype(np.int64)
        nearby = np.clip(self.home[:, who] + chance.integers(-2, 3, (2, total)), 0, self.side - 1)
        anywhere = chance.integers(0, self.side, (2, total))
        x, y = np.where(commutes, way, np.where(is_far, anywhere, nearby))
        back = np.where(chance.random(total) < 0.5, 9.3, 0)
        hour = np.where(
            commutes,
            self.leaves[who] + back + chance.normal(0, 0.4, total),
            chance.normal(14, 4.5, total) % 24,
        )
        day = first + chance.integers(0, days, total)
        time = _START + day * 86_400 + (np.clip(hour, 0, 23.999) * 3_600).astype(np.int64)
        order = np.argsort(time, kind="stable")
        return self._table(self.pseudonym[who][order], x[order], y[order], time[order])

    def _table(self, pseudonym: Wholes, x: Wholes, y: Wholes, time: Wholes) -> pa.Table:
        cameras = self.side**2
        code = pa.array((y * self.side + x).astype(np.int32))
        zips = [
            f"{90_000 + place // self.side // 4 * 100 + place % self.side // 4:05d}"
            for place in range(cameras)
        ]
        when = pa.array(time * 1_000_000, pa.timestamp("us"))
        columns = {
            "plate": pa.array(pseudonym),
            "camera": _coded(code, [f"Camera {place:06d}" for place in range(cameras)]),
            "zip": _coded(code, zips),
            "longitude": pa.array(-118.5 + x * 0.006),
            "latitude": pa.array(33.9 + y * 0.005),
            "agency": _same("Redmarsh CA PD", len(code)),
            "read_at": when,
            "clock_time": when,
        }
        states = {f"{field}_state": _same("present", len(code)) for field in _FIELDS}
        return pa.table(columns | states | {"clock": _same("local", len(code))})


def _coded(codes: pa.Array, words: list[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(codes, pa.array(words)).cast(pa.string())


def _same(word: str, rows: int) -> pa.Array:
    return _coded(pa.array(np.zeros(rows, np.int32)), [word])


def main(rows: int, path: Path) -> None:
    """Write a city's reads, and print their number."""
    city = City(rows, np.random.default_rng(5))
    written, writer = 0, None
    for step in range(STEPS):
        table = city.reads(step * DAYS // STEPS, DAYS // STEPS, STEPS - step)
        writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table, row_group_size=500_000)
        written += len(table)
    if writer:
        writer.close()
    print(written)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
