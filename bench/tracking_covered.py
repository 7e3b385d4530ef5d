"""How often the interval of sampled tracking power holds the truth: the shipped query, over many seeds.

The truth is the mean over every choice of points of every vehicle, which the same measure computes exactly. The records
are small, and much in them is shared, so that the shares lie between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from answerable.engine import DuckDB
from answerable.engine.dialect import literal
from answerable.intervals import wilson
from answerable.programmes.measure import fill
from answerable.programmes.plates.measures.tracking import WIDEST
from answerable.programmes.plates.points import GRAINS
from answerable.programmes.plates.sql import query

__all__ = ["SEEDS", "Held", "held"]

SEEDS = 500
_GRAIN = GRAINS[0]
_VEHICLES, _CAMERAS, _HOURS = 400, 4, 12
_SAMPLES = (40, 200, 400)


@dataclass(frozen=True, slots=True)
class Held:
    """How many of the seeds gave an interval that holds the truth, for one number of points and size of sample."""

    points: int
    truth: float
    eligible: int
    sample: int
    share: float

    @property
    def error(self) -> float:
        """The Monte Carlo error of the share: one standard deviation at the nominal coverage."""
        return float(np.sqrt(0.95 * 0.05 / SEEDS))


def _records(engine: DuckDB) -> None:
    chance = np.random.default_rng(1)
    number = chance.integers(2, 9, _VEHICLES)
    who = np.repeat(np.arange(_VEHICLES), number)
    hour = chance.integers(0, _HOURS, len(who))
    camera = chance.integers(0, _CAMERAS, len(who))
    engine.register(
        "drawn_points", pa.table({"plate": who, "cell": camera * 100 + hour, "day": np.zeros_like(who)})
    )
    engine.table(_GRAIN.view, "SELECT * FROM drawn_points")


def _ask(engine: DuckDB, sql: str, **parameters: int) -> dict[tuple[str, str], tuple[float, float]]:
    rows = engine.rows(fill(sql, {name: literal(value) for name, value in parameters.items()}))
    return {(breakdown, label): (float(over or 0), float(under)) for breakdown, label, _, over, under in rows}


def held() -> Iterator[Held]:
    """Draw with every seed, and count the intervals that hold the truth.

    Raises:
        SystemExit: An interval holds it less often than it says, by more than five Monte Carlo errors.
    """
    exact, sampled = (
        query("unicity_exact", points=_GRAIN.view),
        query("unicity_sampled", points=_GRAIN.view, widest=WIDEST),
    )
    with DuckDB() as engine:
        _records(engine)
        truth = {
            int(label): (over / under, int(under))
            for (_, label), (over, under) in _ask(engine, exact, choices=10**7).items()
        }
        for sample in _SAMPLES:
            found = [_ask(engine, sampled, seed=seed, sample=sample, points=4) for seed in range(SEEDS)]
            for points, (share, eligible) in truth.items():
                if not 0.02 < share < 0.98:
                    continue
                intervals = (wilson(*map(int, one["points", str(points)])) for one in found)
                inside = sum(each.low <= share <= each.high for each in intervals)
                one = Held(points, share, eligible, min(sample, eligible), inside / SEEDS)
                if one.share < 0.95 - 5 * one.error:
                    raise SystemExit(
                        f"{points} points, sample {sample}: the interval holds the truth in {one.share:.3f}"
                    )
                yield one
