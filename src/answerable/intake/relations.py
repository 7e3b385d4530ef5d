"""Relations: a source's cells as the engine may read them by itself, as text in columns c0, c1 ...

Each form of file has its own: delimited text, text between blanks, Parquet, arrays. None is used before the bytes
showed that the file is regular, and what it gives is held against the careful reader of `tables` by tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import duckdb
import pyarrow as pa

from answerable.engine import DuckDB
from answerable.engine.dialect import identifier, literal
from answerable.errors import AnswerableError, EngineError
from answerable.intake.arrays import ArrayTable
from answerable.intake.columnar import ColumnarTable
from answerable.intake.opening import Opened
from answerable.intake.spaced import SpacedTable
from answerable.intake.wide import WideTable

__all__ = ["relation", "streamed"]

_STREAM = "array_cells"
_LONGEST_LINE = "max_line_size = 16777216"
_NO_DELIMITER = "chr(0)"  # a file that holds one is not regular; another mark at a line's end would be let go


@contextmanager
def relation(engine: DuckDB, opened: Opened) -> Iterator[str]:
    """Give the SQL relation of a source's cells, for one query while the block runs."""
    table = opened.table
    if isinstance(table, WideTable):
        with relation(engine, replace(opened, table=table.inner, header=table.header)) as cells:
            yield table.relation(cells)
    elif isinstance(table, ArrayTable):
        with streamed(engine, _STREAM, table.schema, table.batches()):
            yield table.relation(identifier(_STREAM))
    elif isinstance(table, ColumnarTable):
        yield table.relation()
    elif isinstance(table, SpacedTable):
        yield _spaced(opened)
    else:
        yield _delimited(opened)


@contextmanager
def streamed(
    engine: DuckDB, name: str, schema: pa.Schema, batches: Iterable[pa.RecordBatch]
) -> Iterator[None]:
    """Name batches that are made as the engine asks for them, for one query while the block runs.

    Raises:
        AnswerableError: Whatever ended the making of the batches; the engine would put words of its own in its place.
    """
    ended: list[AnswerableError] = []

    def made() -> Iterator[pa.RecordBatch]:
        try:
            yield from batches
        except AnswerableError as error:
            ended.append(error)
            raise

    engine.register(name, pa.RecordBatchReader.from_batches(schema, made()))
    try:
        yield
    except (duckdb.Error, EngineError):
        if ended:
            raise ended[0] from None
        raise
    finally:
        engine.unregister(name)


def _delimited(opened: Opened) -> str:
    width = len(opened.header)
    names = ", ".join(f"{literal(f'c{at}')}: 'VARCHAR'" for at in range(width))
    delimiter = {"\t": "'\\t'"}.get(opened.delimiter, literal(opened.delimiter))
    read = (
        f"read_csv({literal(str(opened.path.resolve()))}, columns = {{{names}}}, "
        f"header = {str(opened.layout.header).lower()}, auto_detect = false, "
        f"delim = {delimiter}, quote = '\"', escape = '\"', null_padding = false, "
        f"ignore_errors = false, strict_mode = true, {_LONGEST_LINE})"
    )
    if (
        opened.look and opened.look.newline == "\r\n"
    ):  # inside a cell a line break is \n, as the careful reader gives it
        cells = ", ".join(f"replace(c{at}, chr(13), '') AS c{at}" for at in range(width))
        read = f"(SELECT {cells} FROM {read})"
    return read


def _spaced(opened: Opened) -> str:
    """Read whole lines and split them: the engine's own splitting would take each blank for a border of cells.

    A line with another number of cells ends the query.
    """
    width = len(opened.header)
    lines = (
        f"read_csv({literal(str(opened.path.resolve()))}, columns = {{'line': 'VARCHAR'}}, header = false, "
        f"auto_detect = false, delim = {_NO_DELIMITER}, quote = '', escape = '', null_padding = false, "
        f"ignore_errors = false, strict_mode = true, {_LONGEST_LINE})"
    )
    parts = "list_filter(string_split(replace(line, chr(9), ' '), ' '), lambda part: part <> '')"
    whole = f"SELECT {parts} AS parts FROM {lines} WHERE line <> ''"
    sound = (
        f"SELECT CASE WHEN len(parts) = {width} THEN parts ELSE error('ragged') END AS parts FROM ({whole})"
    )
    return f"(SELECT {', '.join(f'parts[{at + 1}] AS c{at}' for at in range(width))} FROM ({sound}))"
