"""Answers one measure of reads over a Parquet file, or does the floor's plain grouping, and prints what it found."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from answerable.engine import DuckDB
from answerable.engine.dialect import literal
from answerable.programmes.measure import Query, fill
from answerable.programmes.plates.measures import tracking
from answerable.programmes.plates.points import POINT_VIEWS

FLOOR = "floor"
SEED = 7
_GROUPED = """SELECT count(*) FROM (
  SELECT plate, camera, date_trunc('hour', clock_time) AS clock_hour, count(*) AS reads
  FROM base_reads GROUP BY plate, camera, date_trunc('hour', clock_time)
)"""


def query_of(name: str, **parameters: float) -> str:
    """Give the query of a measure; parameters that are not given are at their defaults.

    Raises:
        SystemExit: No measure of reads has that name.
    """
    measure = next((each for each in tracking.MEASURES if each.name == name), None)
    if not isinstance(measure, Query):
        raise SystemExit(f"no measure is called {name}")
    values = {key: each.default for key, each in measure.parameters.items()} | {"seed": SEED} | parameters
    return fill(measure.sql, {key: literal(value) for key, value in values.items()})


def main(parquet: Path, name: str, scratch: Path) -> None:
    """Run the query on an engine as the audit sets it up, and print its rows."""
    with DuckDB([parquet.parent], scratch=scratch) as engine:
        engine.parquet("base_reads", [parquet])
        for view in POINT_VIEWS:
            engine.view(view.name, view.sql)
        rows = engine.rows(_GROUPED if name == FLOOR else query_of(name))
    print(
        json.dumps(
            [
                [None if cell is None else cell if isinstance(cell, str) else float(cell) for cell in row]
                for row in rows
            ]
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
