"""Spreading: a regular file on a path that Hadoop reads, turned into records by Spark's workers.

It is the third reader beside the two of `staging`, and is held to them: the same SELECT, written out for Spark, gives
the same records in the same order, and the count of its rows is held against the count made from the bytes alone.
Whatever is not regular goes through the careful reader, which gives each row its line and its fault.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from answerable.engine import DuckDB
from answerable.engine.dialect import literal
from answerable.engine.reader import SparkReader
from answerable.engine.spark import RowsRefused
from answerable.errors import EngineError
from answerable.intake.columnar import ColumnarTable
from answerable.intake.columns import Plan, select_sql
from answerable.intake.kinds import CellState
from answerable.intake.opening import Opened
from answerable.intake.pseudonyms import padded
from answerable.intake.states import STATE_TYPE, state_literal

__all__ = ["install_on_spark", "spread"]

_CELLS, _PADS = "source_cells", "pads"


def install_on_spark(spark: SparkReader, key: bytes) -> None:
    """Give Spark the two padded keys, as a relation of one row, so that no query's text, plan or log holds them."""
    spark.one_row(_PADS, padded(key))


def spread(engine: DuckDB, spark: SparkReader, opened: Opened, plan: Plan, path: Path, *, form: str) -> bool:
    """Let Spark's workers read one file, and write its records as one Parquet file, as DuckDB writes them.

    Args:
        engine: Where the workers' parts are put together.
        spark: Where the file is read, with the case's key installed.
        opened: The file.
        plan: How its cells become columns.
        path: The Parquet file to write, in a folder that every worker sees.
        form: How it is written, as DuckDB says it.

    Returns:
        False where a row is irregular, or the rows are not as many as the bytes show: nothing is written then.

    Raises:
        EngineError: Spark failed otherwise, or a worker does not see the folder.
    """
    folder = path.with_suffix("")
    sql = select_sql(plan, f"(SELECT * FROM {_relation(spark, opened)} AS cells CROSS JOIN {_PADS})")
    try:
        parts = spark.export(sql.replace(STATE_TYPE, "STRING").replace("AS VARCHAR)", "AS STRING)"), folder)
    except RowsRefused:
        parts = []
    else:
        if not parts:
            raise EngineError(
                "Spark's workers did not write where the case is",
                where=str(folder.parent),
                expected="the case in a folder that every worker sees under the same path",
                do="Put the case on a disk that all the machines share, or leave out --master.",
            )
    if parts:
        columns = ", ".join(
            f"{_as_written(name, kind)} AS {name}" for name, kind in plan.kind.columns().items()
        )
        listed = ", ".join(literal(str(part)) for part in parts)
        engine.execute(
            f"COPY (SELECT {columns} FROM read_parquet([{listed}])) TO {literal(str(path))} ({form})"
        )
    shutil.rmtree(folder, ignore_errors=True)
    if not parts:
        return False
    written = engine.rows(f"SELECT count(*) FROM read_parquet({literal(str(path))})")[0][0]
    return bool(written == opened.counted)


def _as_written(name: str, kind: str) -> str:
    """Give SQL for a column of the workers' parts as the other readers write it.

    They know of a state that it is always there, and of a value that it may not be; a part's own statistics say
    otherwise of a column that happens to hold no NULL, and the file would not have the same bytes.
    """
    if name in ("source", "clock"):
        return f"CAST({name} AS {kind})"
    if name.endswith("_state"):
        branches = " ".join(f"WHEN {literal(each.value)} THEN {state_literal(each)}" for each in CellState)
        return f"CASE {name} {branches} ELSE {state_literal(CellState.NOT_EXPORTED)} END"
    return f"CASE WHEN source < 0 THEN NULL ELSE CAST({name} AS {kind}) END"


def _relation(spark: SparkReader, opened: Opened) -> str:
    """Name the file's cells on Spark, and give the relation that has them as text, in columns c0, c1 ..."""
    if opened.remote is None:
        raise TypeError(f"{opened.name} is on this machine")
    if isinstance(opened.table, ColumnarTable):
        spark.columnar(_CELLS, opened.remote)
        return opened.table.relation_on_spark(_CELLS)
    names = [f"c{place}" for place in range(len(opened.header))]
    look = opened.look
    many_lines = look is None or look.lines != look.records
    spark.text(
        _CELLS,
        opened.remote,
        names,
        delimiter=opened.delimiter,
        many_lines=many_lines,
        header=opened.layout.header,
    )
    if look and look.newline == "\r\n":  # inside a cell a line break is \n, as the careful reader gives it
        cells = ", ".join(f"replace({each}, chr(13), '') AS {each}" for each in names)
        return f"(SELECT {cells} FROM {_CELLS})"
    return _CELLS
