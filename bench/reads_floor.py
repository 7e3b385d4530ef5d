"""Groups the columns that measures of reads look at with DuckDB as it comes, each as often as they do, and prints how many groups there are."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

FLOORS: dict[str, tuple[str, ...]] = {
    "points": (
        "SELECT plate, camera, date_trunc('hour', read_at) AS hour, count(*) AS reads FROM reads GROUP BY ALL",
    ),
    "yield": (
        "SELECT month, camera, count(*) AS reads FROM reads GROUP BY ALL",
        "SELECT month, camera, hotlist, count(*) AS hits FROM hits GROUP BY ALL",
    ),
    "retention": (
        "SELECT source, agency, min(read_at) AS oldest, max(deleted_at) AS deleted FROM reads GROUP BY ALL",
        "SELECT month, agency, CAST(read_at AS DATE) AS day, max(deleted_at) AS deleted, count(*) AS reads "
        "FROM reads GROUP BY ALL",
        "SELECT month, agency, max(deleted_at - read_at) AS kept, count(*) AS reads FROM reads GROUP BY ALL",
        "SELECT confirmed, max(alerted_at - read_at) AS age, count(*) AS hits FROM hits GROUP BY ALL",
    ),
}
"""The plain groupings, by name: of the columns that the measures beside them read, each as often as they read it."""


if __name__ == "__main__":
    with duckdb.connect() as plain:
        for kind in ("reads", "hits"):
            plain.execute(f"CREATE VIEW {kind} AS FROM read_parquet('{Path(sys.argv[1]) / kind}.parquet')")
        for sql in FLOORS[sys.argv[2]]:
            print(plain.execute(f"SELECT count(*) FROM ({sql})").fetchone())
