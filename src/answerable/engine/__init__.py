"""Where SQL runs: the engine protocol, the engines, and the functions that differ between them."""

from answerable.engine.choice import ENGINES, Choice
from answerable.engine.duckdb import DuckDB
from answerable.engine.protocol import Engine

__all__ = ["ENGINES", "Choice", "DuckDB", "Engine"]
