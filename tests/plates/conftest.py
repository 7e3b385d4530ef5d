"""Plants searches, so that each measure can be held to a truth that the test wrote down."""

from datetime import datetime

import pyarrow as pa
import pytest

from answerable.engine import DuckDB
from answerable.intake.kinds import CellState
from answerable.programmes.plates import PROGRAMME
from answerable.programmes.plates.records import SEARCH
from answerable.programmes.run import Runner

ARROW = {"INTEGER": pa.int32(), "BIGINT": pa.int64(), "VARCHAR": pa.string(), "TIMESTAMP": pa.timestamp("us")}
NINE = datetime.fromisoformat("2025-03-03T09:00")
SOURCES = "SELECT 1 AS source, 'search' AS kind, 1 AS rows_in, 1 AS kept, 0 AS duplicates, 0 AS duplicates_differing, 0 AS quarantined"


def record(row, exported):
    """Fill one planted row: a field that some row names is exported, and blank where this one gives no value."""
    whole = {"source": 1, "clock": "local", "searched_at": NINE} | row
    time = whole.get("searched_at_local") or whole["searched_at"]
    whole["month"] = time and f"{time:%Y-%m}"
    for field in SEARCH.fields:
        columns = [name for name in field.columns() if not name.endswith("_state")]
        values = [whole.get(name) for name in columns]
        if field.name not in exported:
            state = CellState.NOT_EXPORTED
        else:
            state = CellState.BLANK if all(value is None for value in values) else CellState.PRESENT
        whole.setdefault(f"{field.name}_state", str(state))
    return whole


@pytest.fixture
def searches():
    """Give a function that plants searches and returns a runner of measures over them."""
    engines = []

    def plant(rows, sources=SOURCES):
        named = {name for row in rows for name in row} | {"searched_at"}
        exported = {field.name for field in SEARCH.fields if named & set(field.columns())}
        filled = [record(row, exported) for row in rows]
        columns = SEARCH.columns()
        table = pa.table(
            {name: pa.array([row.get(name) for row in filled], ARROW[kind]) for name, kind in columns.items()}
        )
        engine = DuckDB()
        engines.append(engine)
        engine.register("searches", table)
        engine.table("sources", sources)
        PROGRAMME.prepare(engine)
        return Runner(engine, PROGRAMME.kinds)

    yield plant
    for engine in engines:
        engine.close()
