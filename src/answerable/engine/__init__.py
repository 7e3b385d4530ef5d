"""Where SQL runs: the engine protocol, the default engine, and the functions that differ between engines."""

from answerable.engine.duckdb import DuckDB
from answerable.engine.protocol import Engine

__all__ = ["DuckDB", "Engine"]
