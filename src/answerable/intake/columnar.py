"""Parquet files: columns that have types already, read as the text that every layout is written for.

A large programme's reads are kept so. The engine reads the file itself; what stands here gives the header, a sample and
the place of single rows. Inside an archive a Parquet file is not read: its index stands at its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from answerable.engine.dialect import identifier, literal
from answerable.engine.hadoop import RemoteFile
from answerable.errors import InputError
from answerable.intake.tables import Row

__all__ = ["ColumnarTable"]

_BATCH = 8_192


@dataclass(frozen=True, slots=True)
class ColumnarTable:
    """One Parquet file. A row's line is its number, from 1; the header's is 0."""

    path: Path
    name: str
    remote: RemoteFile | None = None

    def _file(self) -> pq.ParquetFile:
        try:
            return pq.ParquetFile(self.remote.seekable() if self.remote else self.path)
        except (pa.ArrowException, OSError) as error:
            raise InputError(
                f"the Parquet file cannot be read ({type(error).__name__})",
                where=self.name,
                expected="a whole Parquet file",
                do="Copy or request the file again.",
            ) from None

    def rows(self, width: int = 0) -> Iterator[Row]:
        """Give the names of the columns as a row, then every row."""
        with self._file() as file:
            names = file.schema_arrow.names
            yield Row(0, list(names), "")
            number = 0
            for batch in file.iter_batches(_BATCH):
                columns = [[_cell(value) for value in column.to_pylist()] for column in batch.columns]
                for cells in zip(*columns, strict=True):
                    number += 1
                    shown = list(cells[: width or len(cells)])
                    yield Row(number, shown, "\t".join(shown))

    @property
    def records(self) -> int:
        """Count the rows, as the file's own index states them."""
        with self._file() as file:
            return int(file.metadata.num_rows)

    def relation(self) -> str:
        """Give the SQL relation of the cells as text, in columns c0, c1 ...; an instant with a zone is written in UTC."""
        with self._file() as file:
            schema = file.schema_arrow
        cells = []
        for place, field in enumerate(schema):
            cell = f"CAST({identifier(field.name)} AS VARCHAR)"
            if pa.types.is_timestamp(field.type) and field.type.tz:
                cell = f"strftime(timezone('UTC', {identifier(field.name)}), '%Y-%m-%dT%H:%M:%S.%fZ')"
            cells.append(f"{cell} AS c{place}")
        return f"(SELECT {', '.join(cells)} FROM read_parquet({literal(str(self.path.resolve()))}))"

    def relation_on_spark(self, name: str) -> str:
        """Give the SQL relation of the cells as text where Spark has the rows under a name, as `relation` gives them."""
        with self._file() as file:
            schema = file.schema_arrow
        cells = []
        for place, field in enumerate(schema):
            cell = identifier(field.name)
            if pa.types.is_timestamp(field.type) and field.type.tz:
                written = f"date_format({cell}, 'yyyy-MM-dd''T''HH:mm:ss.SSSSSS''Z''')"
            elif pa.types.is_floating(field.type):
                # A whole number is written out: Spark would write a large one with a power of ten.
                whole = f"{cell} = floor({cell}) AND abs({cell}) < 1e15"
                written = f"CASE WHEN {whole} THEN CAST(CAST({cell} AS DECIMAL(20, 1)) AS STRING) ELSE CAST({cell} AS STRING) END"
            else:
                written = f"CAST({cell} AS STRING)"
            cells.append(f"{written} AS c{place}")
        return f"(SELECT {', '.join(cells)} FROM {name})"


def _cell(value: Any) -> str:  # noqa: ANN401 - a column's values are of any type
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    return text.replace("+00:00", "Z") if hasattr(value, "tzinfo") and value.tzinfo else text
