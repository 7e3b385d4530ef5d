"""Makes two logs of the same searches as Parquet files, each with losses of its own, and prints what was planted.

It runs in a process of its own: on Linux a child's peak memory is never less than what its parent held when it was
started, so the process that measures must stay small.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import duckdb

from answerable.programmes.plates.records import SEARCH

_LOGS = {"own": 0.95, "network": 0.93}  # the share of all searches that each holds
_WITHHELD = 0.03  # of the second log's reasons
_SEARCHES = """
SELECT place, concat(substr(mark, 1, 8), '-', substr(mark, 9, 4), '-', substr(mark, 13, 4), '-', substr(mark, 17, 4), '-',
    substr(mark, 21, 12)) AS id,
  make_timestamp(1735689600000000 + 1000 * CAST(floor(random() * 180 * 86400000) AS BIGINT)) AS searched_at,
  concat('Town ', CAST(floor(pow(random(), 3) * 3000) AS INTEGER), ' OR PD') AS agency,
  1 + CAST(floor(random() * 20000) AS BIGINT) AS user_name, CAST(floor(random() * 2000000) AS BIGINT) AS plate,
  CAST(floor(random() * 1000000) AS BIGINT) AS case_number, 1 + CAST(floor(pow(random(), 2) * 6000) AS BIGINT) AS networks,
  CASE WHEN random() < 0.6 THEN concat('investigation ', place % 60) ELSE concat('case 25-', place % 300007) END AS reason,
  CASE WHEN place % 4 = 0 THEN 'lookup - Mobile' WHEN place % 9 = 0 THEN 'convoy' ELSE 'lookup' END AS search_type,
  random() AS own, random() AS network, random() AS withheld
FROM (SELECT range AS place, md5(CAST(range AS VARCHAR)) AS mark FROM range({rows}))
"""
_CELLS = {
    "networks": "networks", "devices": "networks * 13", "frame_start": "searched_at - INTERVAL 30 DAY",
    "frame_end": "searched_at", "moderation": "'allow'", "clock": "'utc'", "month": "strftime(searched_at, '%Y-%m')",
}  # fmt: skip  # a table: what stands in one line belongs together
_OWN = ("id", "searched_at", "agency", "user_name", "plate", "case_number", "search_type")


def _columns(source: int, *, numbered: bool, redacted: bool) -> str:
    """Write every column of a search: those planted, and what their cells hold."""
    cells = _CELLS | {name: name for name in _OWN} | {"source": str(source)}
    hidden = f"withheld < {_WITHHELD}" if redacted else "FALSE"
    cells["reason"] = f"CASE WHEN {hidden} THEN NULL ELSE reason END"
    if not numbered:
        del cells["id"]
    written = []
    for name, kind in SEARCH.columns().items():
        field = name.removesuffix("_state")
        held = field in cells or f"{field}_start" in cells
        state = f"CASE WHEN {hidden} THEN 'withheld' ELSE 'present' END" if field == "reason" else "'present'"
        if name.endswith("_state"):
            cells[name] = state if held else "'not exported'"
        written.append(f"CAST({cells.get(name, 'NULL')} AS {kind}) AS {name}")
    return ", ".join(written)


def main(rows: int, folder: Path) -> None:
    """Write two logs of so many searches each, with and without IDs, and print how many searches both hold."""
    folder.mkdir(parents=True)
    with duckdb.connect() as engine:
        engine.execute(f"SET memory_limit = '4GB'; SET temp_directory = '{folder / 'spilled'}'")
        engine.execute("SELECT setseed(0.3)")
        engine.execute(f"CREATE TABLE searches AS {_SEARCHES.format(rows=round(rows / _LOGS['own']))}")
        for source, (log, share) in enumerate(_LOGS.items(), start=1):
            for numbered in (True, False):
                path = folder / f"{log}-{'ids' if numbered else 'none'}.parquet"
                columns = _columns(source, numbered=numbered, redacted=log == "network")
                # The second log is in another order: nothing may rest on the rows' places.
                order = "place" if log == "own" else "network"
                engine.execute(
                    f"COPY (SELECT {columns} FROM searches WHERE {log} < {share} ORDER BY {order}) "
                    f"TO '{folder / path.name}' (FORMAT parquet)"
                )
        both = " AND ".join(f"{log} < {share}" for log, share in _LOGS.items())
        counts = engine.execute(
            f"SELECT count(*), count(*) FILTER (WHERE withheld < {_WITHHELD}) FROM searches WHERE {both}"
        ).fetchone()
    print(json.dumps(counts))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
