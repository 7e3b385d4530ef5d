"""Spark, the engine for records that outgrow one machine: the same SQL, on a cluster or on every core of this machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from answerable.engine.macros import expand, requote
from answerable.engine.reading import MACROS
from answerable.engine.session import how_it_ended, start
from answerable.engine.steps import shared_once
from answerable.errors import EngineError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["RowsRefused", "Spark", "in_our_words", "plain", "quoted"]


_FEW = 20_000  # rows: what one core reads at once
_KILLED = -9  # the status of a process that was ended with SIGKILL
_PATIENCE = 2.0  # seconds: what Java may take to end once its connection is lost


class RowsRefused(EngineError):  # noqa: N818 - said of the rows: the caller reads them otherwise
    """A row of a source that Spark reads has another number of cells than the header, or its quotes do not close."""


class Spark:
    """One session of Spark with the shared vocabulary defined.

    Args:
        master: Spark's master: ``local[*]``, ``spark://HOST:PORT``, ``yarn``, ``k8s://ADDRESS``. By default every
            core of this machine, or the Spark that this process already runs.

    Raises:
        UsageError: pyspark or Java is missing or too old, or another master is in use.
        EngineError: Spark could not start.
    """

    name = "spark"

    def __init__(self, master: str = "") -> None:
        self._session = start(master)
        self._kept: dict[str, list[DataFrame]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def view(self, name: str, sql: str) -> None:
        """Name a query, so that later queries can read it."""
        with in_our_words():
            self._session.sql(quoted(expand(sql, MACROS))).createOrReplaceTempView(name)

    def table(self, name: str, sql: str) -> None:
        """Run a query once and keep its rows under a name."""
        kept: list[DataFrame] = []
        with self._frame(sql) as frame:
            self._held(frame, kept).createOrReplaceTempView(name)
        for replaced in self._kept.pop(name, ()):
            replaced.unpersist()
        self._kept[name] = kept

    def parquet(self, name: str, paths: Sequence[Path]) -> None:
        """Name the rows of some Parquet files. Every worker must see them under the same paths."""
        found = [f"file://{plain(str(path.resolve()))}" for path in paths]
        with in_our_words():
            read = self._session.read.option("mergeSchema", value=len(found) > 1)
            read.parquet(*found).createOrReplaceTempView(name)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Run a query and return its rows."""
        with self._frame(sql) as frame:
            return [tuple(row) for row in frame.collect()]

    def columns(self, sql: str) -> dict[str, Any]:
        """Run a query and return a NumPy (masked where NULL) array per column."""
        with self._frame(sql) as frame:
            table = frame.toArrow()
        return {name: _masked(table[name].combine_chunks()) for name in table.column_names}

    def close(self) -> None:
        """Let go of what was kept. Spark itself ends with this process."""
        with in_our_words():
            for kept in self._kept.values():
                for frame in kept:
                    frame.unpersist()
        self._kept.clear()

    def _held(self, frame: DataFrame, kept: list[DataFrame]) -> DataFrame:
        """Work a frame out once: few rows are brought together, so that what reads them need not move them about.

        Args:
            frame: The frame.
            kept: Where it is noted if Spark keeps its rows until they are let go.
        """
        if frame.storageLevel.useMemory:
            return frame  # it is what a table keeps, and is let go with that
        held = frame.persist()
        if held.count() > _FEW:
            kept.append(held)
            return held
        inside = held._jdf  # noqa: SLF001 - the rows stay in Spark's own process, which the public interface cannot ask for
        few = self._session._jsparkSession.createDataFrame(inside.collectAsList(), inside.schema())  # noqa: SLF001 - as above
        held.unpersist()
        return type(held)(few, self._session).coalesce(1)

    @contextmanager
    def _frame(self, sql: str) -> Iterator[DataFrame]:
        """Give a query as a frame; each of its steps that is read more than once is worked out once."""
        shared: list[DataFrame] = []
        names = (f"step_{place}" for place in count())

        def keep(query: str) -> str:
            name = next(names)
            self._held(self._session.sql(quoted(query)), shared).createOrReplaceTempView(name)
            return name

        with in_our_words():
            try:
                yield self._session.sql(quoted(shared_once(expand(sql, MACROS), keep)))
            finally:
                for frame in shared:
                    frame.unpersist()


def quoted(sql: str) -> str:
    """Quote texts and names as Spark reads them: in a text, a backslash says that what follows stands for itself."""
    return requote(sql, _quoted_text, lambda name: "`" + name.replace("`", "``") + "`")


def _quoted_text(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def plain(path: str) -> str:
    """Write a path so that Spark reads no pattern of names in it."""
    return "".join(f"\\{each}" if each in "\\*?[]{}" else each for each in path)


def _masked(column: Any) -> Any:  # noqa: ANN401 - Arrow and NumPy arrays of any type
    """Give an Arrow column as NumPy's, with what stands for NULL hidden."""
    missing = np.asarray(column.is_null())
    if column.null_count == len(column):
        values = np.zeros(len(column), dtype=object)
    else:
        filler = column.drop_null()[0]
        values = column.fill_null(filler).to_numpy(zero_copy_only=False)
    return np.ma.array(values, mask=missing) if column.null_count else values


@contextmanager
def in_our_words() -> Iterator[None]:
    """Raise what Spark raises as an error that quotes nothing: its own words may hold a cell.

    Raises:
        EngineError: The disk, the memory, a worker or the Java process was lost, a file could not be read, or a query failed.
    """
    from py4j.protocol import Py4JError, Py4JNetworkError  # noqa: PLC0415 - an extra, imported where it is asked for
    from pyspark.errors import PySparkException  # noqa: PLC0415 - as above

    try:
        yield
    except (PySparkException, Py4JError) as error:
        lost = isinstance(error, Py4JNetworkError)
        raise (_ended(_PATIENCE if lost else 0) or _said(error)) from None
    except OSError as error:  # the connection to its Java process
        raise (
            _ended(_PATIENCE)
            or EngineError(
                f"the connection to Spark was lost ({type(error).__name__})", do="Run the command again."
            )
        ) from None


def _ended(patience: float) -> EngineError | None:
    """Say how Spark's Java process ended, where it did: what it was asked then is no cause."""
    status = how_it_ended(patience)
    if status is None:
        return None
    if status == _KILLED:
        return EngineError(
            "Spark's Java process was ended from outside, as a machine does whose memory runs out",
            do="Give it less (SPARK_DRIVER_MEMORY) or end what else runs, then run the command again; the case is as it was.",
        )
    return EngineError(
        f"Spark's Java process ended by itself (status {status})",
        do="Run the command again; the case is as it was. If it happens twice, report this line and Java's version.",
    )


def _said(error: Exception) -> EngineError:
    """Say what went wrong by the kind of an error, never by its words."""
    text = str(error).lower()
    if "malformed_record" in text or "textparsingexception" in text:
        return RowsRefused("a row is not regular")
    again = "then run the command again; the case is as it was."
    if "outofmemory" in text or "out of memory" in text or "memory limit" in text:
        return EngineError(
            "Spark's memory ran out", do=f"Give it more (SPARK_DRIVER_MEMORY, spark.executor.memory), {again}"
        )
    if "no space left" in text:
        return EngineError(
            "a disk that Spark writes to is full",
            do=f"Make room, or set SPARK_LOCAL_DIRS to a larger disk, {again}",
        )
    if "filenotfound" in text or "file_not_exist" in text or "path_not_found" in text:
        return EngineError(
            "Spark cannot see a file of the case",
            expected="the case in a folder that every worker sees under the same path",
            do=f"Put the case on a disk that all the machines share, or leave out --master, {again}",
        )
    condition = getattr(error, "getCondition", lambda: None)()
    named = condition or type(error).__name__
    return EngineError(
        f"Spark could not run a query ({named})", do="Please report this line, and never the records."
    )
