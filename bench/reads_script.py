"""Answers measures of reads over Parquet files as a case holds them, and prints what they found."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from answerable.engine import Choice
from answerable.engine.dialect import literal
from answerable.programmes.measure import Query, fill
from answerable.programmes.plates import PROGRAMME
from answerable.programmes.programme import name_records

SEED = 7
_SOURCE = "SELECT 1 AS source, 'read' AS kind, '' AS log"
_STATED = "SELECT DATE '2025-08-01' AS as_of"


def query_of(name: str, **parameters: float) -> str:
    """Give the query of a measure; parameters that are not given are at their defaults.

    Raises:
        SystemExit: No measure of the programme has that name, or it is not a query.
    """
    measure = next((each for each in PROGRAMME.measures if each.name == name), None)
    if not isinstance(measure, Query):
        raise SystemExit(f"no query is called {name}")
    values = {key: each.default for key, each in measure.parameters.items()} | {"seed": SEED} | parameters
    return fill(measure.sql, {key: literal(value) for key, value in values.items()})


def _results(folder: Path, names: Sequence[str], scratch: Path) -> Iterator[list[list[object]]]:
    """Run every query on an engine as the audit sets it up."""
    with closing(Choice().open([folder], scratch=scratch)) as engine:
        for kind in PROGRAMME.kinds:
            file = folder / f"{kind.plural}.parquet"
            files = [file] if file.exists() else []
            name_records(engine, kind, files, files)
        engine.table("sources", _SOURCE)
        engine.view("stated", _STATED)
        PROGRAMME.prepare(engine, [each for each in PROGRAMME.measures if each.name in names])
        for name in names:
            yield [
                [cell if isinstance(cell, str | None) else float(cell) for cell in row]
                for row in engine.rows(query_of(name))
            ]


if __name__ == "__main__":
    print(json.dumps(list(_results(Path(sys.argv[1]), sys.argv[3:], Path(sys.argv[2])))))
