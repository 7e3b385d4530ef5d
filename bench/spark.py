"""Measures what the Spark engine costs beside DuckDB on this machine, and where it would begin to be worth it.

    .venv/bin/python bench/spark.py
    .venv/bin/python bench/spark.py --rows 1000 100000 --rounds 1

The same audit of the same synthetic log, from start to end: measured by DuckDB, measured by Spark, and both read and
measured by Spark. The bench stops unless all three give the same measures to the last digit. Nothing here is a test:
times differ from machine to machine and from run to run.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from family import peak_of
from machine import described, load
from tables import table
from timing import Contender, Taken, alternate, run

_HERE = Path(__file__).resolve().parent
_FOLDER = _HERE.parent / "build" / "bench" / "spark"
_PYTHON = Path(sys.executable)
_ROWS = (1_000, 100_000, 1_000_000, 10_000_000)
_OPTIONS = (
    *("--policy", "us-ca", "--policy", "good-practice", "--timezone", "America/Los_Angeles"),
    *("--as-of", "2026-01-15", "--quiet"),
)

DUCKDB, MEASURED, READ = "DuckDB", "Spark measures", "Spark reads and measures"


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured on one log: its rows, the runs, and each contender's peak memory with all that it started."""

    rows: int
    taken: Mapping[str, Taken]
    peaks: Mapping[str, int]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the cost of the Spark engine beside DuckDB.")
    parser.add_argument("--rows", type=int, nargs="+", default=_ROWS, help="rows of the logs, rising")
    parser.add_argument("--rounds", type=int, default=2, help="how often each contender runs")
    parser.add_argument("--master", default="", help="Spark's master; by default every core of this machine")
    return parser.parse_args()


def _contenders(csv: Path, master: str) -> list[Contender]:
    def audit(name: str, source: str | Path, *engine: str) -> Contender:
        case = _FOLDER / f"case-{len(made)}"
        command = (_PYTHON.with_name("answerable"), "audit", source, "--case", case, *_OPTIONS, *engine)
        return Contender(name, command, case)

    spark = ("--engine", "spark", *(("--master", master) if master else ()))
    made: list[Contender] = []
    made.append(audit(DUCKDB, csv))
    made.append(audit(MEASURED, csv, *spark))
    made.append(audit(READ, f"file://{csv}", *spark))
    return made


def measure_size(rows: int, rounds: int, master: str) -> Size:
    """Make a log, and audit it in each way.

    Raises:
        SystemExit: One of the ways gave other measures.
    """
    shutil.rmtree(_FOLDER, ignore_errors=True)
    print(f"Making a log of {rows:,} rows.", flush=True)
    run((_PYTHON, _HERE / "making.py", str(rows), _FOLDER / "town"))
    (csv,) = (_FOLDER / "town").glob("*.csv")
    contenders = _contenders(csv, master)
    peaks = {}
    for contender in contenders:  # apart from the timed runs, which the looking would disturb
        peaks[contender.name] = peak_of(contender.command)
        shutil.rmtree(contender.makes or _FOLDER / "none")
    taken = alternate(contenders, rounds, csv)
    said = {
        one.name: (one.makes or _FOLDER).joinpath("current", "measures.csv").read_bytes()
        for one in contenders
    }
    if len(set(said.values())) > 1:
        raise SystemExit(f"the measures differ between {', '.join(said)}")
    print(f"  The same measures from all {len(said)}.", flush=True)
    shutil.rmtree(_FOLDER)
    return Size(rows, taken, peaks)


def lines(sizes: Sequence[Size]) -> list[str]:
    """Write the table: seconds, times DuckDB, what a further million rows cost, and memory."""
    rows = []
    for name in (DUCKDB, MEASURED, READ):
        before: Size | None = None
        for size in sizes:
            seconds = size.taken[name].seconds
            further = f"{_further(name, before, size):.1f} s" if before else ""
            ratio = f"{seconds / size.taken[DUCKDB].seconds:.1f}"
            rows.append(
                (
                    name,
                    f"{size.rows:,}",
                    f"{seconds:.1f} s",
                    ratio,
                    further,
                    f"{size.peaks[name] / 1e9:.1f} GB",
                )
            )
            before = size
    head = ("", "rows", "median time", "÷ DuckDB", "each further million rows", "peak memory, all processes")
    return list(table(head, rows))


def _further(name: str, smaller: Size, larger: Size) -> float:
    """Give the seconds that each million rows more cost."""
    more = larger.taken[name].seconds - smaller.taken[name].seconds
    return more / (larger.rows - smaller.rows) * 1e6


def crossover(sizes: Sequence[Size]) -> str:
    """Say at how many rows Spark would take as long as DuckDB on this machine, if both went on as from the last size but one to the last."""
    if len(sizes) < 2:
        return "One size says nothing of a crossover."
    smaller, last = sizes[-2:]
    saved = _further(DUCKDB, smaller, last) - _further(MEASURED, smaller, last)
    behind = last.taken[MEASURED].seconds - last.taken[DUCKDB].seconds
    if saved <= 0:
        return (
            f"From {smaller.rows:,} to {last.rows:,} rows a further million costs Spark {-saved:.1f} s more than DuckDB: "
            "on this machine Spark does not catch up at any size."
        )
    return (
        f"Going on as from {smaller.rows:,} to {last.rows:,} rows, Spark would take as long as DuckDB at about "
        f"{last.rows + behind / saved * 1e6:,.0f} rows on this machine. That is a line drawn on, not a measurement."
    )


def main() -> None:
    """Measure and print."""
    options = _options()
    began_with = load()
    sizes = [measure_size(rows, options.rounds, options.master) for rows in options.rows]
    print(f"\n{described()}; load at the start {began_with:.1f}.\n")
    print("\n".join(lines(sizes)))
    print(crossover(sizes))


if __name__ == "__main__":
    main()
