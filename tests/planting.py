"""Plants records of any kind in an engine, so that measures can be held to a truth that a test wrote down."""

import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from answerable.engine import DuckDB
from answerable.intake.kinds import CellState
from answerable.programmes.programme import name_records
from answerable.programmes.run import Runner

ARROW = {
    "INTEGER": pa.int32(), "BIGINT": pa.int64(), "DOUBLE": pa.float64(), "VARCHAR": pa.string(),
    "TIMESTAMP": pa.timestamp("us"),
}  # fmt: skip  # a table: what stands in one line belongs together
ACCOUNT = {
    "source": 1, "kind": "search", "log": "", "rows_in": 1, "kept": 1, "shared": 0, "duplicates": 0,
    "duplicates_differing": 0, "quarantined": 0, "folded": 0, "skipped": 0, "bad_cells": 0,
}  # fmt: skip  # a table: what stands in one line belongs together

FILES = tempfile.TemporaryDirectory(prefix="planted-")  # removed when the tests end


def accounts(*rows):
    """Write the query of the sources' accounts; what a row does not say is as in ACCOUNT."""
    filled = [ACCOUNT | row for row in rows]
    selects = (", ".join(f"{value!r} AS {name}" for name, value in row.items()) for row in filled)
    return " UNION ALL ".join(f"SELECT {columns}" for columns in selects)


def record(kind, row, exported):
    """Fill one planted row: a field that some row names is exported, and blank where this one gives no value."""
    whole = {"source": 1, "clock": "local"} | row
    time = whole.get(f"{kind.time}_local") or whole.get(kind.time)
    whole["month"] = time and f"{time:%Y-%m}"
    for field in kind.fields:
        columns = [name for name in field.columns() if not name.endswith("_state")]
        values = [whole.get(name) for name in columns]
        if field.name not in exported:
            state = CellState.NOT_EXPORTED
        else:
            state = CellState.BLANK if all(value is None for value in values) else CellState.PRESENT
        whole.setdefault(f"{field.name}_state", str(state))
    return whole


def table(kind, rows):
    """Make the Arrow table of some planted rows."""
    named = {name for row in rows for name in row} | {kind.time}
    exported = {field.name for field in kind.fields if named & set(field.columns())}
    return arrow(kind, [record(kind, row, exported) for row in rows])


def arrow(kind, rows):
    """Make the Arrow table of rows that say every column."""
    return pa.table(
        {
            name: pa.array([row.get(name) for row in rows], ARROW[sql_type])
            for name, sql_type in kind.columns().items()
        }
    )


def name_table(engine, name, rows):
    """Name an Arrow table on an engine; one that does not read it where it lies reads it from a file."""
    if engine.name == DuckDB.name:
        engine.register(name, rows)
        return
    path = Path(tempfile.mkdtemp(dir=FILES.name), f"{name}.parquet")
    pq.write_table(rows, path)
    engine.parquet(name, [path])


def plant(engine, programme, tables, sources="", as_of=None, *, of_logs=None, measures=None):
    """Name planted tables by the plural of their kind, leave the other kinds empty, and prepare the programme.

    What each log holds is the same table, unless ``of_logs`` gives another. Views are made for ``measures``, or for all.
    """
    for kind in programme.kinds:
        if kind.plural in tables:
            own = tables[kind.plural]
            name_table(engine, kind.plural, own)
            name_table(engine, f"{kind.plural}_of_logs", (of_logs or {}).get(kind.plural, own))
        else:
            name_records(engine, kind)
    engine.table("sources", sources or accounts({}))
    engine.table("stated", f"SELECT CAST({repr(as_of) if as_of else 'NULL'} AS DATE) AS as_of")
    programme.prepare(engine, measures)


class AsNeeded(Runner):
    """A runner that makes the views of a measure when it is first asked for: most tests ask for one or two of all."""

    def __init__(self, engine, programme, **more):
        super().__init__(engine, programme.kinds, **more)
        self._of, self._programme, self._ready = engine, programme, set()

    def run_all(self, measures, **more):
        """Run measures."""
        measures = list(measures)
        self.make(measures)
        return super().run_all(measures, **more)

    def make(self, measures):
        """Make the views of measures."""
        fresh = [one for one in measures if one.name not in self._ready]
        if fresh:
            self._programme.prepare(self._of, fresh)
            self._ready |= {one.name for one in fresh}
