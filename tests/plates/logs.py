"""Logs of the same searches to plant: what each holds, lacks and says differently, and how to read what is measured of them."""

import random
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from answerable.engine import DuckDB
from answerable.programmes.plates import PROGRAMME
from answerable.programmes.plates.matching import VIEWS
from answerable.programmes.plates.measures.completeness import MEASURES
from answerable.programmes.plates.records import SEARCH
from answerable.programmes.run import Runner
from planting import accounts, plant, table

BY_NAME = {measure.name.removeprefix("searches.logs."): measure for measure in MEASURES}
START = datetime.fromisoformat("2025-03-03T00:00")
DAYS = 20


def made(number, seed=1, **cells):
    """Make different searches of five organisations over some days, in the order of their times."""
    drawn = random.Random(seed)  # noqa: S311 - planted data is drawn from a seed
    seconds = sorted(drawn.sample(range(DAYS * 86_400), number))
    return [
        {
            "id": f"{seed}-{place}",
            "searched_at": START + timedelta(seconds=second),
            "agency": f"Town {drawn.randrange(5)} OR PD",
            "search_type": drawn.choice(["lookup", "lookup - Mobile", "convoy"]),
            "networks": drawn.randrange(1, 400),
            "reason": f"reason {place}",
            "user_name": 1 + drawn.randrange(9),
            "plate": 1 + place,
            **cells,
        }
        for place, second in enumerate(seconds)
    ]


def without(rows, *fields):
    """Give rows whose log does not export some fields."""
    return [
        {name: value for name, value in row.items() if name not in fields}
        | {f"{field}_state": "not exported" for field in fields}
        for row in rows
    ]


def later(rows, seconds):
    """Give rows whose clock is ahead."""
    return [row | {"searched_at": row["searched_at"] + timedelta(seconds=seconds)} for row in rows]


@contextmanager
def planted(**logs):
    """Plant logs by their labels, and give the engine that holds what the measures across logs read."""
    rows = [row | {"source": source} for source, given in enumerate(logs.values(), start=1) for row in given]
    sources = accounts(*({"source": source, "log": label} for source, label in enumerate(logs, start=1)))
    with DuckDB() as engine:
        # What other measures read is left out: this is done many times.
        plant(engine, replace(PROGRAMME, views=VIEWS), {"searches": table(SEARCH, rows)}, sources)
        yield engine


def compare(*names, **logs):
    """Plant logs by their labels, and return measures across them, by default all, by their short names."""
    with planted(**logs) as engine:
        runner = Runner(engine, PROGRAMME.kinds)
        return {name: runner.run(BY_NAME[name]) for name in names or BY_NAME}


def parts(estimate, breakdown):
    """Give the numerators and denominators of a breakdown by label."""
    return {part.label: (part.numerator, part.denominator) for part in estimate.breakdowns.get(breakdown, ())}
