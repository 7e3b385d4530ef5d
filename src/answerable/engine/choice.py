"""Choosing an engine: DuckDB in this process, or Spark where one machine is not enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from answerable.engine.duckdb import DuckDB
from answerable.engine.protocol import Engine
from answerable.errors import UsageError

__all__ = ["ENGINES", "Choice"]

ENGINES = ("duckdb", "spark")
"""The engines that can be asked for; the first is the default."""

_MEMORY = "2500MB"  # at most: with 1,500 MB, DuckDB spills a grouping of 100 million reads that needs 800


@dataclass(frozen=True, slots=True)
class Choice:
    """Which engine measures. The results are the same bytes whichever it is.

    Attributes:
        engine: One of `ENGINES`.
        master: Spark's master, or empty for every core of this machine.
    """

    engine: str = ENGINES[0]
    master: str = ""

    def check(self) -> None:
        """Say whether the engine can be had, before any work is done.

        Raises:
            UsageError: There is no such engine, or something that it needs is missing.
        """
        if self.engine not in ENGINES:
            raise UsageError(
                f"--engine is {self.engine!r}", expected=" or ".join(ENGINES), do="Name one of them."
            )
        if self.engine == "spark":
            from answerable.engine.session import check_spark  # noqa: PLC0415 - only where it is asked for

            check_spark(self.master)
        elif self.master:
            raise UsageError(
                f"--master is {self.master!r}, and the engine is {self.engine}",
                do="Add --engine spark, or leave --master out.",
            )

    def open(self, folders: Sequence[Path], *, scratch: Path) -> Engine:
        """Open the engine.

        Args:
            folders: The only folders that DuckDB may read.
            scratch: Where DuckDB may spill; Spark spills where its own settings say.

        Raises:
            UsageError: Something that it needs is missing.
            EngineError: It could not start.
        """
        if self.engine == "spark":
            from answerable.engine.spark import Spark  # noqa: PLC0415 - only where it is asked for

            return Spark(self.master)
        return DuckDB(folders, scratch=scratch, memory=_MEMORY)
