"""One contender on two logs: a plain DuckDB equi-join, or everything that the measures across logs read."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import duckdb

_BY = {
    "ids": "one.id = other.id",
    "none": (
        "date_trunc('second', one.searched_at) = date_trunc('second', other.searched_at) AND one.agency = other.agency "
        "AND one.search_type = other.search_type AND one.networks = other.networks"
    ),
}


def _joined(kind: str, folder: Path) -> list[int]:
    """Count what a plain join of the two files finds, with DuckDB as it comes."""
    one, other = (f"read_parquet('{folder / f'{log}-{kind}.parquet'}')" for log in ("own", "network"))
    found = duckdb.execute(
        f"SELECT count(*) FROM {one} AS one JOIN {other} AS other ON {_BY[kind]}"
    ).fetchone()
    return [found[0] if found else 0]


def _matched(kind: str, folder: Path) -> list[int]:
    """Make every view across logs as an audit does, and count the pairs and those of which one reason is withheld."""
    from answerable.engine import DuckDB  # noqa: PLC0415 - the plain join must not pay for it
    from answerable.programmes.plates.matching import VIEWS  # noqa: PLC0415 - as above

    files = ", ".join(f"'{folder / f'{log}-{kind}.parquet'}'" for log in ("own", "network"))
    labels = "SELECT 1 AS source, 'own' AS log, 'search' AS kind UNION ALL SELECT 2, 'network', 'search'"
    with DuckDB([folder], scratch=folder / "scratch") as engine:
        engine.table("sources", labels)
        engine.view(
            "log_searches",
            f"SELECT records.*, sources.log FROM read_parquet([{files}]) AS records "
            "JOIN sources ON sources.source = records.source",
        )
        for view in VIEWS:
            (engine.table if view.kept else engine.view)(view.name, view.sql)
        pairs = engine.rows("SELECT sum(pairs) FROM log_figures")[0][0]
        withheld = engine.rows("SELECT coalesce(sum(pairs), 0) FROM log_verdicts WHERE reason = 2")[0][0]
    return [int(pairs), int(withheld)]


if __name__ == "__main__":
    contender = {"join": _joined, "match": _matched}[sys.argv[1]]
    print(json.dumps(contender(sys.argv[2], Path(sys.argv[3]))))
