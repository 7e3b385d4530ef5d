"""One process of the bench of streamed scores: makes the file, counts it in bins by functions or by DuckDB, or says what an audit found."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

_SEED, _MATED, _APART = 20_252, 0.01, 3.0
_CHUNK = 1_000_000
_BINS = 1 << 16  # as many as the audit has
_DECIMALS = 6  # as systems write their scores


def make(path: Path, rows: int) -> None:
    """Write scores, normal about 3 and about 0, one in a hundred mated."""
    import numpy as np  # noqa: PLC0415 - each process loads what it needs, for its memory is measured
    import pyarrow as pa  # noqa: PLC0415 - as above
    from pyarrow import parquet  # noqa: PLC0415 - as above

    generator = np.random.default_rng(_SEED)
    schema = pa.schema([("score", pa.float64()), ("mated", pa.bool_())])
    with parquet.ParquetWriter(path, schema, use_dictionary=False) as writer:
        for start in range(0, rows, _CHUNK):
            mated = generator.random(min(_CHUNK, rows - start)) < _MATED
            scores = generator.normal(_APART * mated, 1).round(_DECIMALS)
            writer.write_table(pa.table({"score": scores, "mated": mated}, schema=schema))


def by_functions(path: Path) -> None:
    """Count row groups in bins between the least and the greatest score, which the file states, and print rates and their bounds."""
    import numpy as np  # noqa: PLC0415 - as above
    from pyarrow import parquet  # noqa: PLC0415 - as above

    from answerable.biometrics import Tally, binned, equal_error, rates_at  # noqa: PLC0415 - as above

    with parquet.ParquetFile(path) as file:
        groups = [
            file.metadata.row_group(at).column(0).statistics for at in range(file.metadata.num_row_groups)
        ]
        edges = np.linspace(min(one.min for one in groups), max(one.max for one in groups), _BINS + 1)
        sides = {True: binned([], edges), False: binned([], edges)}
        # By row group: with pyarrow 26 each batch of iter_batches whose columns are looked at stays in memory.
        for at in range(file.metadata.num_row_groups):
            scores, mated = (column.to_numpy() for column in file.read_row_group(at).columns)
            for kind in sides:
                sides[kind] += binned(scores[mated == kind], edges)
    counted = Tally(sides[True], sides[False])
    equal = equal_error(counted).fvc2000
    # Between two edges a rate is known as far as the bin's comparisons reach.
    within = rates_at(counted, (edges[:-1] + edges[1:]) / 2)
    total = counted.mated.total + counted.non_mated.total
    said = {"rows": total, "mated": counted.mated.total, "low": equal.low, "high": equal.high}
    widths = {kind: float((rate.high - rate.low).max()) for kind, rate in (("fmr", within.fmr), ("fnmr", within.fnmr))}  # fmt: skip  # a table: what stands in one line belongs together
    print(json.dumps(said | widths))


def by_duckdb(path: Path) -> None:
    """Count the same bins with plain DuckDB, in one query, as it is installed."""
    import duckdb  # noqa: PLC0415 - as above

    counted = duckdb.execute(
        "WITH ends AS (SELECT min(score) AS least, max(score) AS most FROM read_parquet($1)) "
        f"SELECT mated, least({_BINS - 1}, floor((score - least) / (most - least) * {_BINS})) AS bin, count(*) "
        "FROM read_parquet($1) CROSS JOIN ends GROUP BY ALL",
        [str(path)],
    ).fetchall()
    print(
        json.dumps(
            {"rows": sum(row[2] for row in counted), "mated": sum(row[2] for row in counted if row[0])}
        )
    )


def said(case: Path) -> None:
    """Print what an audited case says: the comparisons of either kind, and the equal error rate."""
    from answerable import Estimate, open_case  # noqa: PLC0415 - as above

    measures = open_case(case).measures
    records, missed, equal = (
        measures[f"comparisons.{name}"] for name in ("records", "fnmr_at_fmr", "equal_error_rate")
    )
    if not all(isinstance(one, Estimate) for one in (records, missed, equal)):
        raise SystemExit("the audit found a measure not measurable")
    print(
        json.dumps(
            {"rows": int(records.value), "mated": int(missed.denominator or 0), "equal": float(equal.value)}
        )
    )


_MODES: dict[str, Callable[[Path], None]] = {"binned": by_functions, "duckdb": by_duckdb, "said": said}

if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        _MODES[sys.argv[1]](Path(sys.argv[2]))
