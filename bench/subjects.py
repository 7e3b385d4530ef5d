"""Sets intervals and replicates of comparisons that share people beside fairlearn's bootstrap of rows and beside cimat.

    .venv/bin/python bench/subjects.py
    .venv/bin/python bench/subjects.py --write    the figures into docs/method/groups-and-subjects.md too

Both peers want packages that this project does not, so they live in an environment of their own under build/bench, which the first
run makes. fairlearn draws rows, not people, so that its intervals answer another question; cimat (0.1.2, the package to R. Fogliato, P.
Patil & P. Perona, Confidence intervals for error rates in 1:1 matching tasks, 2024) knows people, but neither groups nor joint replicates.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import marked
import numpy as np
from machine import load, stated
from peers import FOLDER, environment
from timing import Run, run

_HERE = Path(__file__).resolve().parent
_PYTHON = Path(sys.executable)
_PEOPLE, _GROUPS, _REPLICATES = 2_000, 8, 1_000
_ROWS, _BOOT = 200_000, 5  # that fairlearn is given, and replicates
_FEW = 150  # people that cimat is given: its time grows as their cube
_SECONDS = 10.0  # that all groups' replicates may take
_TIMES = 100.0  # less than fairlearn's, for each replicate, at least
_RATE, _WIDTH = 0.001, 0.5


def _made(people: int, rate: float) -> Path:
    """Write every pair of so many people compared once, with people who differ."""
    path = FOLDER / f"subjects-{people}.npz"
    generator = np.random.default_rng(people)
    first, second = np.triu_indices(people, 1)
    effect = np.exp(_WIDTH * generator.standard_normal(people) - _WIDTH**2 / 2)
    errors = generator.binomial(1, np.minimum(rate * effect[first] * effect[second], 1.0))
    # In no order of people, so that the first rows are of all of them.
    order = generator.permutation(len(first))
    group = generator.integers(0, _GROUPS, people)
    np.savez(path, first=first[order], second=second[order], errors=errors[order], group=group)
    return path


def _ours(path: Path, number: int, cells: str) -> tuple[Run, dict[str, float]]:
    done = run((_PYTHON, _HERE / "subjects_script.py", path, str(number), cells))
    return done, json.loads(done.printed)


def _theirs(script: str, path: Path, *arguments: int) -> dict[str, float]:
    found: dict[str, float] = json.loads(
        run((environment("subjects"), "-W", "ignore", _HERE / script, path, *map(str, arguments))).printed
    )
    return found


def all_groups() -> str:
    """Time the replicates of all group-by-group rates, and fairlearn's of fewer rows; give the lines that say so.

    Raises:
        SystemExit: Ours took longer than they may, or not as many times less than fairlearn's as is asked for.
    """
    path = _made(_PEOPLE, _RATE)
    done, ours = _ours(path, _REPLICATES, "groups")
    _, single = _ours(path, _REPLICATES, "one")
    theirs = _theirs("subjects_fairlearn.py", path, _BOOT, _ROWS)
    comparisons = _PEOPLE * (_PEOPLE - 1) // 2
    each = ours["replicates"] / _REPLICATES / comparisons
    their_each = theirs["boot"] / _BOOT / theirs["rows"]
    said = (
        f"  {comparisons:,} comparisons of {_PEOPLE:,} people, {ours['cells']:.0f} cells of group by group:\n"
        f"  ours: counting {ours['count']:.2f} s, intervals of all cells {ours['intervals']:.2f} s, {_REPLICATES:,} joint replicates "
        f"{ours['replicates']:.2f} s (asked: under {_SECONDS:g} s), peak {done.peak / 1e6:,.0f} MB\n"
        f"  ours, one rate of all: {single['replicates'] / _REPLICATES * 1e3:.2f} ms for each replicate\n"
        f"  fairlearn 0.14.0, the first {theirs['rows']:,.0f} of these rows, {_BOOT} replicates of rows: {theirs['boot']:.1f} s\n"
        f"  for each replicate and row fairlearn takes {their_each / each:,.0f} times as long (asked: at least {_TIMES:g})"
    )
    print(said, flush=True)
    if ours["replicates"] > _SECONDS or their_each / each < _TIMES:
        raise SystemExit("the replicates of all groups took too long")
    return said


def beside_cimat() -> str:
    """Time the interval of one rate beside cimat's, on few people; give the lines that say so."""
    path = _made(_FEW, 0.02)
    _, ours = _ours(path, 100, "one")
    theirs = _theirs("subjects_cimat.py", path, 100)
    seconds = ours["count"] + ours["intervals"]
    said = (
        f"  {_FEW * (_FEW - 1) // 2:,} comparisons of {_FEW} people, FMR {100 * ours['rate']:.2f} %:\n"
        f"  ours: {seconds * 1e3:.1f} ms with counting, {100 * ours['low']:.2f} to {100 * ours['high']:.2f} %; 100 replicates {ours['replicates'] * 1e3:.1f} ms\n"
        f"  cimat 0.1.2: {theirs['plug-in'] * 1e3:,.0f} ms, {100 * theirs['low']:.2f} to {100 * theirs['high']:.2f} %, "
        f"{theirs['plug-in'] / seconds:,.0f} times as long; 100 replicates of its bootstrap {theirs['boot']:.1f} s, "
        f"{theirs['boot'] / ours['replicates']:,.0f} times as long"
    )
    print(said, flush=True)
    return said


def main(*, write: bool) -> None:
    """Compare and print."""
    began_with = load()
    print(f"Load average: {began_with:.1f}. Above 0.5, other work disturbs the times.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    found = f"{all_groups()}\n{beside_cimat()}"
    if write:
        text = f"{stated(began_with)}\n\n```text\n{found}\n```\n"
        marked.write("method/groups-and-subjects.md", "bench/subjects.py", text, "speed")


if __name__ == "__main__":
    main(write="--write" in sys.argv[1:])
