"""The plain DuckDB contender: reads a CSV file as text and writes it as a Parquet file, and does nothing else."""

from __future__ import annotations

import sys

import duckdb


def main(csv: str, parquet: str) -> None:
    """Copy the file, and print how many rows were copied."""
    source, target = (path.replace("'", "''") for path in (csv, parquet))
    copied = duckdb.execute(
        f"COPY (SELECT * FROM read_csv('{source}', header = true, all_varchar = true)) TO '{target}' (FORMAT parquet)"
    ).fetchone()
    print(copied[0] if copied else 0)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
