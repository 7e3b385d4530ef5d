"""Measures what a hundred million scores from a Parquet file cost: memory, time, and how both grow, beside plain DuckDB.

    .venv/bin/python bench/scores_streamed.py
    .venv/bin/python bench/scores_streamed.py --rows 10000000 --rounds 1
    .venv/bin/python bench/scores_streamed.py --small

The file has a score and whether it is mated. Three contenders, each in a process of its own, alternately, at a tenth, three tenths and the
whole of the rows: `answerable audit`, as a user types it, with its report; the functions of `answerable.biometrics`, which are given
row groups by pyarrow and count them in 65,536 bins; and plain DuckDB, which counts the same bins and does nothing else. All have to count
the same comparisons, and the equal error rate that the audit gives has to lie within the bounds of the bins: the bench stops where not.

Files and cases lie under build/bench and are removed: 100,000,000 rows take about 3 GB.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import marked
from machine import load, stated
from peers import FOLDER
from tables import table
from timing import Contender, Taken, alternate, run

_HERE = Path(__file__).resolve().parent
_PYTHON = Path(sys.executable)
_SCRIPT = _HERE / "scores_streamed_script.py"
_FOLDER = FOLDER / "scores-streamed"
_SHARES = (10, 30, 100)  # of the largest size, in per cent
_FULL, _SMALL = 100_000_000, 200_000
_AUDIT, _BINNED, _DUCKDB = "`answerable audit`", "pyarrow and `binned`", "plain DuckDB, the same bins"
_LINEAR = (
    1.2  # times what a further row may cost among many rows of what it costs among fewer; the bound is ours
)
_BOUNDED = 1.2  # times the memory of the size before
_ROUNDING = 1e-9  # of a rate that is written with twelve digits


@dataclass(frozen=True, slots=True)
class _Size:
    """One size: its rows, its file's bytes, the runs, and what the contenders counted."""

    rows: int
    bytes: int
    taken: dict[str, Taken]
    said: dict[str, dict[str, float]]

    def further(self, name: str, smaller: _Size) -> float:
        """Give the seconds for each million rows that this size has more than a smaller one."""
        more = self.taken[name].seconds - smaller.taken[name].seconds
        return more / (self.rows - smaller.rows) * 1e6


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure scores that are streamed from a Parquet file.")
    parser.add_argument("--rows", type=int, default=_FULL, help="the largest file, at least 1,000 rows")
    parser.add_argument("--rounds", type=int, default=2, help="how often each contender runs")
    parser.add_argument("--small", action="store_true", help=f"{_SMALL:,} rows, once")
    parser.add_argument(
        "--write", action="store_true", help="write the figures into docs/method/error-rates.md"
    )
    options = parser.parse_args()
    if options.small:
        options.rows, options.rounds = _SMALL, 1
    return options


def _measured(rows: int, rounds: int) -> _Size:
    """Run every contender on a file of so many rows, and hold their answers against each other.

    Raises:
        SystemExit: They counted different comparisons, or a rate lies outside its bounds.
    """
    shutil.rmtree(_FOLDER, ignore_errors=True)
    _FOLDER.mkdir(parents=True)
    path, case = _FOLDER / "scores.parquet", _FOLDER / "case"
    print(f"Making a file of {rows:,} scores.", flush=True)
    run((_PYTHON, _SCRIPT, "make", path, str(rows)))
    audit = (_PYTHON, "-m", "answerable", "audit", path, "--case", case, "--quiet", "--as-of", "2026-01-15")
    taken = alternate(
        (
            Contender(_AUDIT, audit, case),
            Contender(_BINNED, (_PYTHON, _SCRIPT, "binned", path)),
            Contender(_DUCKDB, (_PYTHON, _SCRIPT, "duckdb", path)),
        ),
        rounds,
        path,
    )
    said = {name: json.loads(taken[name].runs[-1].printed) for name in (_BINNED, _DUCKDB)}
    said[_AUDIT] = json.loads(run((_PYTHON, _SCRIPT, "said", case)).printed)
    size = _Size(rows, path.stat().st_size, taken, said)
    shutil.rmtree(_FOLDER)
    for name, one in said.items():
        if (one["rows"], one["mated"]) != (rows, said[_BINNED]["mated"]):
            raise SystemExit(
                f"{name} counted {one['mated']:,} of {one['rows']:,}, and not what the others did"
            )
    bins = said[_BINNED]
    if not bins["low"] - _ROUNDING <= said[_AUDIT]["equal"] <= bins["high"] + _ROUNDING:
        raise SystemExit(f"the audit's {said[_AUDIT]['equal']} lies outside {bins['low']} to {bins['high']}")
    print(f"  {_bounds(size)}", flush=True)
    return size


def _bounds(size: _Size) -> str:
    """Say what all counted, and how far rates are known from bins."""
    bins = size.said[_BINNED]
    return (
        f"The same {size.rows:,} comparisons, {bins['mated']:,} of them mated. In bins the FMR is known within {bins['fmr']:.2g} and the FNMR "
        f"within {bins['fnmr']:.2g} at any threshold, and exactly at an edge; the equal error rate lies between {bins['low']:.6f} and "
        f"{bins['high']:.6f}, and the audit says {size.said[_AUDIT]['equal']:.6f}."
    )


def _rows(sizes: list[_Size]) -> list[tuple[str, ...]]:
    found = []
    for place, size in enumerate(sizes):
        for name, one in size.taken.items():
            low, high = one.spread
            found.append(
                (
                    f"{size.rows:,}",
                    f"{size.bytes / 1e6:,.0f} MB",
                    name,
                    f"{one.seconds:.2f} s ({low:.2f} to {high:.2f})",
                    f"{one.seconds / size.taken[_DUCKDB].seconds:.1f}",
                    f"{size.further(name, sizes[place - 1]):.3f} s" if place else "",
                    f"{one.peak / 1e6:,.0f} MB",
                )
            )
    return found


def _judged(sizes: list[_Size]) -> tuple[list[str], list[str]]:
    """Say how time and memory grow, and what is broken."""
    first, middle, last = sizes
    said, broken = [], []
    for name in (_AUDIT, _BINNED):
        # Where the first step is shorter than chance makes it, nothing can be said of growth.
        step = middle.further(name, first)
        grown = last.further(name, middle) / step if step > 0 else 0.0
        memory = last.taken[name].peak / middle.taken[name].peak
        said.append(
            f"- {name}: a further row costs {grown:.2f} times as much from {middle.rows:,} to {last.rows:,} as from {first.rows:,} to "
            f"{middle.rows:,} (asked: at most {_LINEAR:g}), and memory is {memory:.2f} times as much (asked: at most {_BOUNDED:g})."
        )
        if grown > _LINEAR:
            broken.append(f"{name} does not grow linearly")
        if memory > _BOUNDED:
            broken.append(f"the memory of {name} is not bounded")
    return said, broken


def main() -> None:
    """Measure and print.

    Raises:
        SystemExit: Growth or memory at the full size is not what is asked for.
    """
    options = _options()
    began_with = load()
    print(f"Load average: {began_with:.1f}. Above 0.5, other work disturbs the times.")
    sizes = [_measured(options.rows * share // 100, options.rounds) for share in _SHARES]
    head = ("rows", "file", "", "whole process", "÷ DuckDB", "for each further million", "peak memory")
    grown, broken = _judged(sizes)
    lines = [stated(began_with), "", *table(head, _rows(sizes)), *grown, "", _bounds(sizes[-1])]
    print("\n" + "\n".join(lines))
    if options.write:  # a target that is missed is written down too
        marked.write("method/error-rates.md", "bench/scores_streamed.py", "\n".join(lines) + "\n", "speed")
    if broken and options.rows == _FULL:
        raise SystemExit("; ".join(broken))


if __name__ == "__main__":
    main()
