"""Makes the towns, runs the contenders on them and checks that all of them counted the same."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from machine import memory
from timing import Contender, Taken, alternate, run

__all__ = [
    "AUDIT", "BARE", "COLD_ROWS", "DUCKDB", "FACE", "FRONT", "PANDAS", "PANDAS_NEEDED", "Size", "measure_cold",
    "measure_size",
]  # fmt: skip  # a table: what stands in one line belongs together

AUDIT = "answerable audit"
DUCKDB = "plain DuckDB, text to Parquet"
PANDAS = "pandas, all 14 columns"
PANDAS_NEEDED = "pandas, the 5 columns it needs"
BARE = "python -c pass"
FRONT = "python -c 'import answerable'"
FACE = "python -c 'from answerable import audit'"
COLD_ROWS = 1_000

_HERE = Path(__file__).parent
_PYTHON = Path(sys.executable)
_OPTIONS = (
    *("--policy", "us-ca", "--policy", "good-practice", "--timezone", "America/Los_Angeles"),
    *("--as-of", "2026-01-15", "--quiet"),
)
_ROOM = 0.9  # of the machine's memory


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured on one town: its rows, its file's bytes, the runs, and who was left out for lack of memory."""

    rows: int
    bytes: int
    taken: Mapping[str, Taken]
    left_out: tuple[str, ...]

    def per_million(self, name: str) -> float:
        """Give a contender's seconds for a million rows."""
        return self.taken[name].seconds / self.rows * 1e6

    def further(self, name: str, smaller: Size) -> float:
        """Give a contender's seconds for each million rows that this log has more than a smaller one."""
        more = self.taken[name].seconds - smaller.taken[name].seconds
        return more / (self.rows - smaller.rows) * 1e6


def _script(name: str, *arguments: str | Path) -> tuple[str | Path, ...]:
    return (_PYTHON, _HERE / name, *arguments)


def _audit(csv: Path, case: Path) -> Contender:
    command = (_PYTHON.with_name("answerable"), "audit", csv, "--case", case, *_OPTIONS)
    return Contender(AUDIT, command, case)


def _town(rows: int, folder: Path) -> tuple[Path, dict[str, list[int]]]:
    """Make a town in a process of its own, and give its file and what was planted in it."""
    shutil.rmtree(folder, ignore_errors=True)
    print(f"Making a town of {rows:,} rows.", flush=True)
    planted: dict[str, list[int]] = json.loads(run(_script("making.py", str(rows), folder)).printed)
    (csv,) = folder.glob("*.csv")
    return csv, planted


def measure_size(rows: int, folder: Path, rounds: int, before: Size | None, *, keep: bool) -> Size:
    """Run every contender on a town of so many rows.

    A pandas script that by its memory on the town before would need more than the machine has is left out.

    Raises:
        SystemExit: A contender failed, or counted something else than the others.
    """
    csv, planted = _town(rows, folder / "town")
    case, parquet = folder / "case", folder / "copy.parquet"
    peers = [
        Contender(PANDAS, _script("pandas_script.py", csv)),
        Contender(PANDAS_NEEDED, _script("pandas_script.py", csv, "--needed")),
    ]
    left_out = tuple(peer.name for peer in peers if not _fits(peer.name, rows, before))
    contenders = [
        Contender(DUCKDB, _script("duckdb_script.py", csv, parquet), parquet),
        _audit(csv, case),
        *(peer for peer in peers if peer.name not in left_out),
    ]
    taken = alternate(contenders, rounds, csv)
    _agree(rows, planted, taken, run(_script("case_script.py", case)).printed)
    size = Size(rows, csv.stat().st_size, taken, left_out)
    if not keep:
        shutil.rmtree(folder)
    return size


def _fits(name: str, rows: int, before: Size | None) -> bool:
    """Say whether a script may be tried, from the memory that it needed for the town before."""
    if before is None:
        return True
    return name in before.taken and before.taken[name].peak * rows / before.rows < memory() * _ROOM


def _agree(rows: int, planted: dict[str, list[int]], taken: Mapping[str, Taken], said: str) -> None:
    """Hold every contender's answer against what was planted.

    Raises:
        SystemExit: One of them says something else.
    """
    answers = {AUDIT: json.loads(said)}
    answers |= {
        name: json.loads(taken[name].runs[-1].printed) for name in (PANDAS, PANDAS_NEEDED) if name in taken
    }
    for name, answer in answers.items():
        if answer != planted:
            raise SystemExit(f"{name} counted {answer}; planted were {planted}")
    if int(taken[DUCKDB].runs[-1].printed) != rows:
        raise SystemExit(f"{DUCKDB} copied {taken[DUCKDB].runs[-1].printed.strip()} rows of {rows}")
    print(f"  The same five numbers as planted, from {' and '.join(answers)}.", flush=True)


def measure_cold(folder: Path, rounds: int, *, keep: bool) -> Mapping[str, Taken]:
    """Time the start of the interpreter and of the package, and the audit of a small town, each in a new process."""
    csv, _ = _town(COLD_ROWS, folder / "town")
    contenders = (
        Contender(BARE, (_PYTHON, "-c", "pass")),
        Contender(FRONT, (_PYTHON, "-c", "import answerable")),
        Contender(FACE, (_PYTHON, "-c", "from answerable import audit")),
        _audit(csv, folder / "case"),
    )
    taken = alternate(contenders, rounds, csv)
    if not keep:
        shutil.rmtree(folder)
    return taken
