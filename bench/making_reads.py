"""Writes the reads and the hits of a synthetic city as Parquet files, as a case holds them, and prints how many reads there are.

It runs in a process of its own, for the reason that is given in making.py. Every vehicle has a home, a place of work,
an hour at which it leaves and a number of reads from a heavy-tailed distribution. Two reads in three are on the way
between the two, mostly at the same hours; a quarter are near home at any hour, and the rest anywhere. The city grows
with its reads: 50,000 for each camera and 25 for each vehicle on average, over 180 days. Reads are deleted after 30
days, one in fifty of them late, and one in 500 gives a hit, mostly within seconds. Nothing in it is real.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.random import Generator
from numpy.typing import NDArray

from answerable.intake.kinds import RecordKind
from answerable.programmes.plates.records import HIT, READ

DAYS, STEPS = 180, 15  # of records, and in how many steps they are written
_START = np.datetime64("2025-01-01T00:00:00", "s").astype(np.int64)
_DELETED, _LATE = 30, 0.02  # days after which a read is deleted, and the share that is deleted later
_HITS = 500  # reads for each hit
_HOTLISTS = ("Stolen vehicles", "Stolen plates", "Wanted persons", "Missing persons", "Agency's own list")
_OUTCOMES = ("Vehicle recovered", "Arrest made", "Unable to locate", "Misread", "Released with a warning")
_TYPES = {
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "VARCHAR": pa.string(),
    "TIMESTAMP": pa.timestamp("us"),
}

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
        return self._reads(self.pseudonym[who][order], x[order], y[order], time[order])

    def hits(self, reads: pa.Table) -> pa.Table:
        """Draw the hits of some reads: most come within a minute, one in twenty by a look-back of up to 180 days."""
        chance = self._chance
        chosen = reads.take(np.sort(chance.choice(len(reads), len(reads) // _HITS, replace=False)))
        total = len(chosen)
        later = np.where(
            chance.random(total) < 0.05,
            chance.integers(0, DAYS * 86_400, total),
            chance.integers(1, 60, total),
        )
        read_at = chosen["read_at"].to_numpy().astype("datetime64[s]").astype(np.int64)
        words = {
            "hotlist": (_HOTLISTS, (0.35, 0.25, 0.2, 0.05, 0.15)),
            "confirmed": (("Yes", "No", ""), (0.6, 0.3, 0.1)),
            "stop": (("Yes", "No"), (0.3, 0.7)),
            "outcome": (_OUTCOMES, (0.1, 0.1, 0.4, 0.2, 0.2)),
        }
        columns = {name: chosen[name] for name in ("plate", "camera", "agency", "read_at", "month")}
        columns["alerted_at"] = _times(read_at + later)
        for name, (all_words, shares) in words.items():
            columns[name] = _coded(pa.array(chance.choice(len(all_words), total, p=shares)), list(all_words))
        return _whole(HIT, columns, total)

    def _reads(self, pseudonym: Wholes, x: Wholes, y: Wholes, time: Wholes) -> pa.Table:
        cameras = self.side**2
        code = pa.array((y * self.side + x).astype(np.int32))
        zips = [
            f"{90_000 + place // self.side // 4 * 100 + place % self.side // 4:05d}"
            for place in range(cameras)
        ]
        total = len(time)
        late = np.where(self._chance.random(total) < _LATE, self._chance.integers(1, 90, total), 0)
        months = time.astype("datetime64[s]").astype("datetime64[M]")
        first = months.min()
        columns = {
            "plate": pa.array(pseudonym),
            "camera": _coded(code, [f"Camera {place:06d}" for place in range(cameras)]),
            "zip": _coded(code, zips),
            "longitude": pa.array(-118.5 + x * 0.006),
            "latitude": pa.array(33.9 + y * 0.005),
            "agency": _coded(
                pa.array((x % 7).astype(np.int32)), [f"Redmarsh {letter} PD" for letter in "ABCDEFG"]
            ),
            "month": _coded(
                pa.array((months - first).astype(np.int32)), [str(first + step) for step in range(DAYS // 28)]
            ),
            "read_at": _times(time),
            "deleted_at": _times(time + (_DELETED + late) * 86_400),
        }
        return _whole(READ, columns, total)


def _times(seconds: Wholes) -> pa.Array:
    return pa.array(seconds * 1_000_000, pa.timestamp("us"))


def _whole(kind: RecordKind, columns: dict[str, pa.Array], rows: int) -> pa.Table:
    """Fill the columns of a record kind: those that are not given were not exported."""
    filled = {"source": pa.array(np.ones(rows, np.int32)), "clock": _same("local", rows)} | columns
    for field in kind.fields:
        filled[f"{field.name}_state"] = _same("present" if field.name in columns else "not_exported", rows)
    types = kind.columns()
    return pa.table({name: filled.get(name, pa.nulls(rows, _TYPES[types[name]])) for name in types})


def _coded(codes: pa.Array, words: list[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(codes, pa.array(words)).cast(pa.string())


def _same(word: str, rows: int) -> pa.Array:
    return _coded(pa.array(np.zeros(rows, np.int32)), [word])


def main(rows: int, folder: Path) -> None:
    """Write a city's reads and hits, and print how many reads there are."""
    city = City(rows, np.random.default_rng(5))
    written = 0
    writers: dict[str, pq.ParquetWriter] = {}
    for step in range(STEPS):
        reads = city.reads(step * DAYS // STEPS, DAYS // STEPS, STEPS - step)
        for name, records in (("reads", reads), ("hits", city.hits(reads))):
            if name not in writers:
                writers[name] = pq.ParquetWriter(
                    folder / f"{name}.parquet", records.schema, compression="zstd"
                )
            writers[name].write_table(records, row_group_size=500_000)
        written += len(reads)
    for writer in writers.values():
        writer.close()
    print(written)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
