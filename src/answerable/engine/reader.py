"""Spark as a reader of sources: cells of files on any path that Hadoop reads, turned into records by the workers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from answerable.engine.hadoop import RemoteFile, list_files
from answerable.engine.macros import expand
from answerable.engine.reading import READING_MACROS
from answerable.engine.spark import Spark, in_our_words, plain, quoted

__all__ = ["SparkReader"]


class SparkReader(Spark):
    """A session of Spark that reads sources; its SQL may also use what `READING_MACROS` knows.

    Args:
        master: As of `Spark`.
    """

    def files(self, url: str) -> list[RemoteFile]:
        """List the files of a URL, which may name a file, a folder or a pattern.

        Raises:
            UsageError: The URL holds a password.
            InputError: There is nothing, or it cannot be listed.
        """
        return list_files(self._session, url)

    def one_row(self, name: str, values: Mapping[str, bytes]) -> None:
        """Name a relation of one row of bytes. They are in no query's text: neither a plan nor a log shows them."""
        with in_our_words():
            jvm: Any = self._session._jvm  # noqa: SLF001 - the public interface would write the bytes to a file
            inside = self._session._jsparkSession  # noqa: SLF001 - as above
            cells = jvm.java.util.ArrayList()
            for value in values.values():
                cells.add(value)
            rows = jvm.java.util.ArrayList()
            rows.add(jvm.org.apache.spark.sql.RowFactory.create(cells.toArray()))
            columns = ", ".join(f"{each} BINARY" for each in values)
            frame = inside.createDataFrame(rows, jvm.org.apache.spark.sql.types.StructType.fromDDL(columns))
            frame.createOrReplaceTempView(name)

    def text(
        self,
        name: str,
        file: RemoteFile,
        columns: Sequence[str],
        *,
        delimiter: str,
        many_lines: bool,
        header: bool = True,
    ) -> None:
        """Name the cells of a delimited text file, all as text, in the order of its rows.

        A row that has another number of cells than there are columns ends the query that reads it.

        Args:
            name: What to call them.
            file: The file.
            columns: What to call its columns.
            delimiter: What stands between two cells.
            many_lines: True where a cell may hold a line break; the file is then read by one worker.
            header: False where the first row is a record.
        """
        options = {
            "header": str(header).lower(),
            "enforceSchema": "true",
            "mode": "FAILFAST",
            "sep": delimiter,
            "quote": '"',
            "escape": '"',
            "encoding": "UTF-8",
            "multiLine": str(many_lines).lower(),
            "ignoreLeadingWhiteSpace": "false",
            "ignoreTrailingWhiteSpace": "false",
            "unescapedQuoteHandling": "RAISE_ERROR",
            "maxCharsPerColumn": "-1",
        }
        schema = ", ".join(f"{each} STRING" for each in columns)
        with in_our_words():
            read = self._session.read.options(**options).schema(schema)
            read.csv(plain(file.url)).createOrReplaceTempView(name)

    def columnar(self, name: str, file: RemoteFile) -> None:
        """Name the rows of a Parquet file, in their order."""
        with in_our_words():
            self._session.read.parquet(plain(file.url)).createOrReplaceTempView(name)

    def export(self, sql: str, folder: Path) -> list[Path]:
        """Run a query and write its rows to a folder that every worker sees, as Parquet files in the order of the rows.

        Args:
            sql: A query that keeps the order of one file's rows: no join, grouping or sorting.
            folder: A folder that is not there yet.

        Raises:
            EngineError: The query failed, or the folder cannot be written.
        """
        with in_our_words():
            frame = self._session.sql(quoted(expand(sql, READING_MACROS)))
            frame.write.option("compression", "snappy").parquet(f"file://{folder.resolve()}")
        return sorted(folder.glob("part-*.parquet"))
