"""Plants reads and answers measures of tracking power from them, and the same by brute force in plain Python."""

import hashlib
import random
from collections import defaultdict
from datetime import datetime, timedelta
from itertools import combinations
from math import comb

import pyarrow as pa

from answerable.engine import DuckDB
from answerable.engine.dialect import literal
from answerable.estimate import Part
from answerable.programmes.measure import fill
from answerable.programmes.plates.points import POINT_VIEWS

START = datetime.fromisoformat("2025-03-03T00:00")  # a Monday
COLUMNS = {
    "plate": pa.int64(), "plate_state": pa.string(), "camera": pa.string(), "zip": pa.string(),
    "longitude": pa.float64(), "latitude": pa.float64(), "clock_time": pa.timestamp("us"),
}  # fmt: skip  # a table: what stands in one line belongs together


def read(plate, camera, hours, **others):
    """Plant one read, so many hours after the start."""
    time = START + timedelta(hours=hours)
    return {"plate": plate, "plate_state": "present", "camera": camera, "clock_time": time} | others


def engine_of(rows):
    """Give an engine with the views of points over some reads."""
    engine = DuckDB(threads=2)
    table = pa.table(
        {name: pa.array([row.get(name) for row in rows], kind) for name, kind in COLUMNS.items()}
    )
    engine.register("reads", table)
    engine.table("base_reads", "SELECT * FROM reads")
    for view in POINT_VIEWS:
        engine.view(view.name, view.sql)
    return engine


def filled(sql, measure, seed, parameters):
    """Fill a measure's parameters and the seed into its query."""
    values = {name: one.default for name, one in measure.parameters.items()} | parameters | {"seed": seed}
    return fill(sql, {name: literal(value) for name, value in values.items()})


def rows_of(engine, measure, seed=7, sql=None, **parameters):
    """Run a measure's query, or another in its place, and give the rows of the standard table."""
    return engine.rows(filled(sql or measure.sql, measure, seed, parameters))


def answer(engine, measure, seed=7, **parameters):
    """Answer a measure as an audit does: run the query, sort its rows into parts and finish."""
    headline, parts = None, defaultdict(list)
    for breakdown, label, value, numerator, denominator in rows_of(engine, measure, seed, **parameters):
        over, under = (None if one is None else float(one) for one in (numerator, denominator))
        part = Part(label, over / under if value is None and under else value, over, under)
        if breakdown == "all":
            headline = part
        else:
            parts[breakdown].append(part)
    values = {name: one.default for name, one in measure.parameters.items()} | parameters
    return measure.finish(headline, {name: tuple(every) for name, every in parts.items()}, values)


def wander(seed, vehicles=12, cameras=4, hours=6, most=9):
    """Plant the reads of vehicles that wander among few cameras and hours, so that points are often shared."""
    chance = random.Random(seed)  # noqa: S311 - no secret is made
    return [
        read(plate, f"camera {chance.randrange(cameras)}", chance.randrange(hours) + chance.random() * 0.9)
        for plate in range(1, vehicles + 1)
        for _ in range(chance.randint(1, most))
    ]


def traces(points):
    """Gather each vehicle's distinct points."""
    found = defaultdict(set)
    for plate, cell in points:
        found[plate].add(cell)
    return found


def brute_unicity(points, p):
    """Give the sum over eligible vehicles of the share of choices of p points that fit no other, and their number."""
    every = traces(points)
    eligible = {plate: trace for plate, trace in every.items() if len(trace) >= p}
    total = sum(
        sum(
            not any(set(chosen) <= trace for other, trace in every.items() if other != plate)
            for chosen in combinations(sorted(own), p)
        )
        / comb(len(own), p)
        for plate, own in eligible.items()
    )
    return total, len(eligible)


def brute_sampled(points, p, seed, sample):
    """Draw vehicles and points by md5 as the query does, and count those that no other vehicle fits."""
    every = traces(points)
    eligible = (plate for plate in every if len(every[plate]) >= p)
    drawn = sorted(eligible, key=lambda plate: _lot(seed, plate))[:sample]
    alone = 0
    for plate in drawn:
        chosen = set(sorted(every[plate], key=lambda cell: _lot(seed, plate, cell))[:p])
        alone += not any(chosen <= trace for other, trace in every.items() if other != plate)
    return alone, len(drawn)


def brute_retention(dated, days, p, seed, sample):
    """Draw vehicles and their points of the last days by md5, and count those that no other vehicle fits."""
    last = max(day for _, _, day in dated)
    every = traces((plate, cell) for plate, cell, day in dated if days is None or day > last - days)
    drawn = sorted(every, key=lambda plate: _lot(seed, plate))[:sample]
    alone = 0
    for plate in drawn:
        chosen = set(sorted(every[plate], key=lambda cell: _lot(seed, plate, cell))[:p])
        fits = any(chosen <= trace for other, trace in every.items() if other != plate)
        alone += len(chosen) == p and not fits
    return alone, len(drawn)


def _lot(*numbers):
    """Give the md5 that the queries order by."""
    return hashlib.md5(" ".join(map(str, numbers)).encode(), usedforsecurity=False).hexdigest()
