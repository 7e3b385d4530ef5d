"""Plants logs by their labels, with losses, edits, clocks and ties, and compares them."""

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

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


@pytest.fixture
def compare():
    """Give a function that plants logs by their labels and returns measures across them, by default all, by their short names."""
    engines = []

    def compared(*names, **logs):
        engine = DuckDB()
        engines.append(engine)
        rows = [
            row | {"source": source} for source, given in enumerate(logs.values(), start=1) for row in given
        ]
        sources = accounts(*({"source": source, "log": label} for source, label in enumerate(logs, start=1)))
        plant(engine, replace(PROGRAMME, views=VIEWS), {"searches": table(SEARCH, rows)}, sources)
        runner = Runner(engine, PROGRAMME.kinds)
        return {name: runner.run(BY_NAME[name]) for name in names or BY_NAME}

    yield compared
    for engine in engines:
        engine.close()


def parts(estimate, breakdown):
    """Give the numerators and denominators of a breakdown by label."""
    return {part.label: (part.numerator, part.denominator) for part in estimate.breakdowns.get(breakdown, ())}
