"""Answers the tracking power of a CSV of reads, by camera and hour or by camera and day, and prints the rows."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from reads_script import query_of

from answerable.engine import DuckDB
from answerable.engine.dialect import literal
from answerable.programmes.plates.points import POINT_VIEWS


def main(path: Path, measure: str, choices: int) -> None:
    """Run the measure on an engine as the audit sets it up."""
    with DuckDB([path]) as engine:
        engine.table(
            "base_reads",
            "SELECT uid AS plate, 'present' AS plate_state, camera, camera AS zip, lng AS longitude, lat AS latitude, "
            f"datetime AS clock_time FROM read_csv({literal(str(path.resolve()))})",
        )
        for view in POINT_VIEWS:
            engine.view(view.name, view.sql)
        rows = engine.rows(query_of(measure, choices=choices))
    print(
        json.dumps(
            [[breakdown, label, float(over or 0), float(under)] for breakdown, label, _, over, under in rows]
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
