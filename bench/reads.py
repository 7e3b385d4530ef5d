"""Measures what measures of reads cost from one million reads to a hundred million, beside plain DuckDB on the same columns.

    .venv/bin/python bench/reads.py
    .venv/bin/python bench/reads.py --millions 1 3 10 --rounds 1

Each kind of work stands beside its floor: DuckDB's own scan of the same columns, grouped as the measures group them. For
tracking power that is plate, camera and hour: what anything that looks at each vehicle's distinct points does first.
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
_SCRATCH = _FOLDER / "scratch"
_PYTHON = Path(sys.executable)
_MILLIONS = (1, 3, 10, 30, 100)

WORK: dict[str, tuple[str, tuple[str, ...]]] = {
    "yield": ("yield", ("hits.per_read",)),
    "retention": (
        "retention",
        ("reads.oldest", "reads.older_than", "reads.deleted_late", "hits.cost_of_retention"),
    ),
    "tracking power": ("points", ("reads.unicity.camera_hour",)),
    "tracking power by retention": ("points", ("reads.tracking_by_retention",)),
}
"""What is measured, by the words of the table: the plain grouping beside it, and its measures."""


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured on the reads of one city."""

    rows: int
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
    made = int(_made(rows))
    floors = sorted({floor for floor, _ in WORK.values()})
    contenders = [
        Contender(_floor(each), (_PYTHON, _HERE / "reads_floor.py", _FOLDER, each)) for each in floors
    ]
    contenders += [
        Contender(words, (_PYTHON, _HERE / "reads_script.py", _FOLDER, _SCRATCH, *names), _SCRATCH)
        for words, (_, names) in WORK.items()
    ]
    taken = alternate(contenders, rounds, _FOLDER / "reads.parquet")
    for words in WORK:
        print(f"  {words}: {_said(taken[words])}", flush=True)
    size = Size(made, taken)
    if not keep:
        shutil.rmtree(_FOLDER)
    return size


def _made(rows: int) -> str:
    print(f"Making about {rows:,} reads.", flush=True)
    return run((_PYTHON, _HERE / "making_reads.py", str(rows), _FOLDER)).printed


def _floor(name: str) -> str:
    return f"plain DuckDB, for {name}"


def _said(taken: Taken) -> str:
    """Give what was found, as label: numerator of denominator; of a curve, its breakdown that matters."""
    shown = [
        row for rows in json.loads(taken.runs[-1].printed) for row in rows if row[0] in ("all", "points")
    ]
    return ", ".join(f"{label}: {over or 0:,.0f} of {under or 0:,.0f}" for _, label, _, over, under in shown)


def lines(sizes: Sequence[Size]) -> list[str]:
    """Write the table: seconds, times the floor, memory, and what a further million reads cost."""
    rows = []
    for words, (floor, _) in WORK.items():
        before: Size | None = None
        for size in sizes:
            taken, plain = size.taken[words], size.taken[_floor(floor)]
            further = ""
            if before:
                more = taken.seconds - before.taken[words].seconds
                further = f"{more / (size.rows - before.rows) * 1e6:.2f}"
            rows.append(
                (
                    words,
                    f"{size.rows:,}",
                    f"{plain.seconds:.1f} s",
                    f"{taken.seconds:.1f} s",
                    f"{taken.seconds / plain.seconds:.2f}",
                    f"{taken.peak / 1e9:.2f} GB",
                    f"{taken.seconds / size.rows * 1e6:.2f}",
                    further,
                )
            )
            before = size
    head = (
        "",
        "reads",
        "floor",
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
