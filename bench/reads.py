"""Measures what measures of reads cost from one million reads to a hundred million, beside plain DuckDB on the same columns.

    .venv/bin/python bench/reads.py
    .venv/bin/python bench/reads.py --millions 1 3 10 --rounds 1

The floor is DuckDB's own scan of plate, camera and time, grouped by plate, camera and hour: what anything that looks at
each vehicle's distinct points does first.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from machine import load
from tables import table
from timing import Contender, Taken, alternate, run

_HERE = Path(__file__).resolve().parent
_FOLDER = _HERE.parent / "build" / "bench" / "reads"
_PYTHON = Path(sys.executable)
_MILLIONS = (1, 3, 10, 30, 100)

FLOOR = "floor"
WORK: dict[str, str] = {
    "tracking power": "reads.unicity.camera_hour",
    "tracking power by retention": "reads.tracking_by_retention",
    # "yield": and "retention": the names of their measures, once they are in reads_script.query_of.
}
"""What is measured, by the words of the table."""


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured on the reads of one city."""

    rows: int
    bytes: int
    taken: dict[str, Taken]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the cost of measures of reads.")
    parser.add_argument(
        "--millions", type=int, nargs="+", default=_MILLIONS, help="how many million reads, rising"
    )
    parser.add_argument("--rounds", type=int, default=3, help="how often each contender runs")
    parser.add_argument("--keep", action="store_true", help="keep the files under build/bench/reads")
    return parser.parse_args()


def measure_size(rows: int, rounds: int, *, keep: bool) -> Size:
    """Make a city of about so many reads, and run every contender on it."""
    _FOLDER.mkdir(parents=True, exist_ok=True)
    parquet, scratch = _FOLDER / f"{rows}.parquet", _FOLDER / "scratch"
    print(f"Making about {rows:,} reads.", flush=True)
    made = int(run((_PYTHON, _HERE / "making_reads.py", str(rows), parquet)).printed)

    def script(name: str) -> Sequence[str | Path]:
        return (_PYTHON, _HERE / "reads_script.py", parquet, name, scratch)

    contenders = [Contender(FLOOR, script(FLOOR), scratch)]
    contenders += [Contender(words, script(name), scratch) for words, name in WORK.items()]
    taken = alternate(contenders, rounds, parquet)
    for words in WORK:
        print(f"  {words}: {_said(taken[words])}", flush=True)
    size = Size(made, parquet.stat().st_size, taken)
    if not keep:
        shutil.rmtree(_FOLDER)
    return size


def _said(taken: Taken) -> str:
    """Give the breakdown that matters, as label: numerator of denominator."""
    rows = json.loads(taken.runs[-1].printed)
    shown = [row for row in rows if row[0] in ("points", "days")]
    return ", ".join(f"{label}: {over:,.0f} of {under:,.0f}" for _, label, _, over, under in shown)


def lines(sizes: Sequence[Size]) -> list[str]:
    """Write the table: seconds, times the floor, memory, and what a further million reads cost."""
    rows = []
    for words in (FLOOR, *WORK):
        before: Size | None = None
        for size in sizes:
            taken, floor = size.taken[words], size.taken[FLOOR]
            further = ""
            if before:
                more = taken.seconds - before.taken[words].seconds
                further = f"{more / (size.rows - before.rows) * 1e6:.2f}"
            rows.append(
                (
                    words,
                    f"{size.rows:,}",
                    f"{taken.seconds:.1f} s",
                    f"{taken.seconds / floor.seconds:.2f}",
                    f"{taken.peak / 1e9:.2f} GB",
                    f"{taken.seconds / size.rows * 1e6:.2f}",
                    further,
                )
            )
            before = size
    head = (
        "",
        "reads",
        "median time",
        "÷ floor",
        "peak memory",
        "s per million",
        "s for each further million",
    )
    return list(table(head, rows))


def main() -> None:
    """Measure and print."""
    options = _options()
    began_with = load()
    sizes = [
        measure_size(millions * 1_000_000, options.rounds, keep=options.keep) for millions in options.millions
    ]
    print(
        f"\nLoad average when the bench began: {began_with:.1f}. Above 0.5, other work disturbed the times.\n"
    )
    print("\n".join(lines(sizes)))


if __name__ == "__main__":
    main()
