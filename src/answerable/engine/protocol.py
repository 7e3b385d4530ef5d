"""What a measure may ask of an engine, whichever one runs it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

__all__ = ["Engine"]


class Engine(Protocol):
    """Somewhere that SQL runs. Views and tables live as long as the engine is open."""

    name: str

    def view(self, name: str, sql: str) -> None:
        """Name a query, so that later queries can read it."""

    def table(self, name: str, sql: str) -> None:
        """Run a query once and keep its rows under a name."""

    def parquet(self, name: str, paths: Sequence[Path]) -> None:
        """Name the rows of some Parquet files, in the order given."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Run a query and return its rows."""

    def columns(self, sql: str) -> dict[str, Any]:
        """Run a query and return a NumPy (masked where NULL) array per column."""

    def close(self) -> None:
        """Release the engine's memory and temporary files."""
