"""Plants records, so that each measure can be held to a truth that the test wrote down."""

from datetime import datetime

import pytest

from answerable.engine import DuckDB
from answerable.programmes.plates import PROGRAMME
from planting import AsNeeded, plant, table
from quick import numbers_alone

__all__ = ["numbers_alone"]

NINE = datetime.fromisoformat("2025-03-03T09:00")


@pytest.fixture
def records():
    """Give a function that plants records of several kinds and returns a runner of measures over them."""
    engines = []

    def planted(as_of=None, sources="", **rows):
        engine = DuckDB()
        engines.append(engine)
        kinds = {kind.plural: kind for kind in PROGRAMME.kinds}
        tables = {name: table(kinds[name], given) for name, given in rows.items()}
        plant(engine, PROGRAMME, tables, sources, as_of, measures=())
        return AsNeeded(engine, PROGRAMME, dated=as_of is not None)

    yield planted
    for engine in engines:
        engine.close()


@pytest.fixture
def searches(records):
    """Give a function that plants searches and returns a runner of measures over them."""

    def planted(rows, sources=""):
        return records(sources=sources, searches=[{"searched_at": NINE} | row for row in rows])

    return planted
