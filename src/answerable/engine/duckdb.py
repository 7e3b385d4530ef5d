"""DuckDB, the default engine: embedded, in this process, with nothing installed or fetched."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from answerable.engine.dialect import FUNCTIONS, READING, identifier, literal
from answerable.errors import EngineError

__all__ = ["DuckDB"]

_SETTINGS = {
    # Untrusted files are read here: nothing may be installed, loaded or fetched.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "TimeZone": "'UTC'",
    # Row order is part of "same input, same bytes".
    "preserve_insertion_order": "true",
    # What spills to disk is encrypted with a key that is never stored. The engine's built-in cipher has a weaker source
    # of randomness than the one that it would have to download: see docs/decisions/0008.
    "force_mbedtls_unsafe": "'true'",
    "temp_file_encryption": "true",
}


def _cores() -> int:
    """Count the cores that this process may use (macOS cannot say; there it is every core)."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class DuckDB:
    """One in-memory DuckDB database with the shared vocabulary defined.

    Args:
        folders: The only folders (and files) that SQL may read or write.
        scratch: Where DuckDB may spill when memory runs short; it is encrypted with a key that is
            never stored.
        memory: The memory limit in DuckDB's notation.
        threads: Worker threads; by default every core that this process may use.
        joins_as_written: Keep the right side of each join in memory and the left side in its order. Intake needs
            the order of a file's rows, and knows that the right side is small. A list after IN is not made a join.
    """

    name = "duckdb"

    def __init__(
        self,
        folders: Sequence[Path] = (),
        *,
        scratch: Path | None = None,
        memory: str = "1500MB",
        threads: int | None = None,
        joins_as_written: bool = False,
    ) -> None:
        self._connection = duckdb.connect(":memory:")
        run = self._connection.execute
        for setting, value in _SETTINGS.items():
            run(f"SET {setting} = {value}")
        run(f"SET threads = {threads or _cores()}")
        if joins_as_written:
            run("SET disabled_optimizers = 'join_order,build_side_probe_side,in_clause'")
        run(f"SET memory_limit = {literal(memory)}")
        run(f"SET temp_directory = {literal(str(scratch)) if scratch else literal('')}")
        allowed = [str(Path(folder).resolve()) for folder in folders]
        if allowed:
            as_folders = ", ".join(literal(path + "/") for path in allowed if Path(path).is_dir())
            as_files = ", ".join(literal(path) for path in allowed if not Path(path).is_dir())
            run(f"SET allowed_directories = [{as_folders}]")
            run(f"SET allowed_paths = [{as_files}]")
        for function in (*FUNCTIONS, *READING):
            run(f"CREATE MACRO {function.signature} AS {function.duckdb}")
        run("SET enable_external_access = false")
        run("SET lock_configuration = true")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def view(self, name: str, sql: str) -> None:
        """Name a query, so that later queries can read it."""
        self.execute(f"CREATE OR REPLACE VIEW {identifier(name)} AS {sql}")

    def table(self, name: str, sql: str) -> None:
        """Run a query once and keep its rows under a name."""
        self.execute(f"CREATE OR REPLACE TABLE {identifier(name)} AS {sql}")

    def parquet(self, name: str, paths: Sequence[Path]) -> None:
        """Name the rows of some Parquet files, in the order given."""
        listed = ", ".join(literal(str(path.resolve())) for path in paths)
        self.view(name, f"SELECT * FROM read_parquet([{listed}], union_by_name = true)")

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Run a query and return its rows."""
        return self.execute(sql).fetchall()

    def columns(self, sql: str) -> dict[str, Any]:
        """Run a query and return a NumPy (masked where NULL) array per column."""
        return dict(self.execute(sql).fetchnumpy())

    def execute(self, sql: str) -> duckdb.DuckDBPyConnection:
        """Run a statement of DuckDB's own dialect: intake uses this, measures do not.

        Raises:
            EngineError: The disk or the memory ran out. DuckDB's own words may quote a cell, so they are not
                passed on.
        """
        try:
            return self._connection.execute(sql)
        except duckdb.OutOfMemoryException:
            raise EngineError(
                "the engine's memory ran out",
                do="Close other programs, make room on the disk that holds the case, and run the command again.",
            ) from None
        except duckdb.IOException as error:
            said = (
                str(error).partition('"')[0].lower()
            )  # what comes after it is a path, which may hold any word
            full = "no space left" in str(error).lower() or "write" in said
            what = (
                "the disk that holds the case is full or cannot be written"
                if full
                else "a file could not be read"
            )
            raise EngineError(
                what,
                do="Make room or mend the permissions, then run the command again; the case is as it was.",
            ) from None

    def register(self, name: str, relation: object) -> None:
        """Name an Arrow reader or table, so that a query can consume it."""
        self._connection.register(name, relation)

    def unregister(self, name: str) -> None:
        """Forget a registered Arrow reader or table."""
        self._connection.unregister(name)

    def close(self) -> None:
        """Release the engine's memory and temporary files."""
        self._connection.close()
