"""Sets tracking power beside scikit-mobility's privacy attacks and a plain pandas script: the same answer, and how fast.

    .venv/bin/python bench/unicity.py

scikit-mobility 1.3.1 wants older pandas and NumPy than this project, so it lives in an environment of its own under
build/bench, which the first run makes. docs/method/tracking-power.md explains where the definitions differ.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from machine import load
from peers import FOLDER, environment
from timing import Run, run

_HERE = Path(__file__).resolve().parent
_PYTHON = Path(sys.executable)
_SMALL, _LARGE = (80, 12, 3), (50_000, 2_000, 20)  # reads, vehicles, cameras
_TARGETS, _PLAIN = 3, 50  # vehicles that scikit-mobility and plain pandas are given
_CHOICES = 1_000_000  # to compare, as the measure does by default; with 0 it draws a sample whatever the size
_AT_LEAST = 100  # times faster
_CLOSE = 1e-5  # of a sum over vehicles that is printed with six decimals


def _made(name: str, shape: tuple[int, int, int]) -> Path:
    path = FOLDER / name
    run((_PYTHON, _HERE / "small_reads.py", *map(str, shape), path))
    return path


def _ours(
    path: Path, grain: str, choices: int = _CHOICES
) -> tuple[Run, dict[tuple[str, str], tuple[float, float]]]:
    done = run((_PYTHON, _HERE / "unicity_script.py", path, f"reads.unicity.{grain}", str(choices)))
    return done, {
        (breakdown, label): (over, under) for breakdown, label, over, under in json.loads(done.printed)
    }


def _theirs(path: Path, attack: str, points: int, targets: int = 0) -> dict[str, float]:
    command = (
        environment("skmob"),
        "-W",
        "ignore",
        _HERE / "skmob_script.py",
        path,
        attack,
        str(points),
        str(targets),
    )
    found: dict[str, float] = json.loads(run(command).printed)
    return found


def same_answer() -> None:
    """Hold the exact share of a small file against scikit-mobility's over all instances.

    Raises:
        SystemExit: They differ where the definitions coincide.
    """
    path = _made("small.csv", _SMALL)
    for attack, grain, coincides in (
        ("cells", "camera_hour", True),
        ("Day", "camera_day", True),
        ("Hour", "camera_hour", False),
    ):
        over, under = _ours(path, grain)[1]["every choice", "2"]
        theirs = _theirs(path, attack, 2)
        print(
            f"  2 points, {grain}: ours {over:.6f} of {under:.0f}; scikit-mobility, {attack}: {theirs['sum']:.6f} of "
            f"{theirs['vehicles']:.0f} ({theirs['instances']} instances, {theirs['seconds']:.1f} s)",
            flush=True,
        )
        if coincides and (abs(over - theirs["sum"]) > _CLOSE or under != theirs["vehicles"]):
            raise SystemExit(f"{attack} and {grain} should give the same")


def how_fast() -> None:
    """Time all three on 50,000 reads.

    Raises:
        SystemExit: pandas counted something else.
    """
    path = _made("large.csv", _LARGE)
    done, _ = _ours(path, "camera_hour")
    _, found = _ours(path, "camera_hour", choices=0)
    pandas = run((_PYTHON, _HERE / "pandas_unicity.py", path, "0"))
    counts, _ = json.loads(pandas.printed)
    ours = [[*map(int, found["points", str(p)])] for p in range(1, 7)]
    if ours != counts:
        raise SystemExit(f"pandas counted {counts}, we {ours}")
    alone, sampled = counts[3]
    plain = json.loads(run((_PYTHON, _HERE / "pandas_unicity.py", path, str(_PLAIN))).printed)[1]
    plain *= sum(drawn for _, drawn in counts) / (6 * _PLAIN)
    theirs = _theirs(path, "cells", 4, _TARGETS)
    each = theirs["seconds"] / theirs["instances"]
    print(
        f"  {_LARGE[0]:,} reads, with 4 points {alone:,} of {sampled:,} vehicles:\n"
        f"  ours, 1 to 6 points, sample and every choice, from start to end: {done.seconds:.2f} s, {done.peak / 1e6:.0f} MB\n"
        f"  pandas, 1 to 6 points, looking up the cells first, the same counts: {pandas.seconds:.1f} s, "
        f"{pandas.seconds / done.seconds:.1f} times as long\n"
        f"  pandas, 1 to 6 points, asking every vehicle's group: {plain:.0f} s, judged by {_PLAIN} vehicles, "
        f"{plain / done.seconds:.0f} times as long\n"
        f"  scikit-mobility, {_TARGETS} vehicles with {theirs['instances']} choices of 4 points in all: "
        f"{theirs['seconds']:.1f} s, {theirs['seconds'] / done.seconds:.0f} times as long as ours on all vehicles;\n"
        f"  one choice for each of {sampled:,} vehicles would take it {each * sampled / 3600:.1f} h, "
        f"{each * sampled / done.seconds:,.0f} times as long (asked: at least {_AT_LEAST})",
        flush=True,
    )


def main() -> None:
    """Compare and print."""
    print(f"Load average: {load():.1f}. Above 0.5, other work disturbs the times.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    same_answer()
    how_fast()


if __name__ == "__main__":
    main()
