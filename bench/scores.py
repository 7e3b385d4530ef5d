"""Sets DET and equal error rate beside scikit-learn, bob.measure, pyeer and llreval: the same answers, how fast, and in how much memory.

    .venv/bin/python bench/scores.py [rounds]
    .venv/bin/python bench/scores.py --write    the figures into docs/method/error-rates.md too

The peers live in environments of their own under build/bench, which the first run makes: bob.measure wants NumPy 1. Times are those within
each process, from scores in memory to curve and rate; what a peer needs beside them is made before its clock starts. Where a definition
coincides the answers are held against each other, and the run stops where they differ.
"""

from __future__ import annotations

import json
import statistics
import sys
from pathlib import Path
from typing import Any

import marked
from machine import load, stated
from peers import FOLDER, environment
from tables import table
from timing import Contender, Taken, alternate, run

_HERE = Path(__file__).resolve().parent
_PYTHON = Path(sys.executable)
_TIMED = ("scikit-learn", "bob.measure", "pyeer")
_WORDS = {
    "fvc2000": "equal error rate by the rule of FVC2000",
    "closest": "equal error rate at the least difference",
    "rocch": "equal error rate of the convex hull",
    "cllr": "cost of log-likelihood ratios",
    "min_cllr": "least cost of log-likelihood ratios",
}
_COINCIDE = {
    "pyeer": ("fvc2000",),
    "scikit-learn": ("closest",),
    "bob.measure": ("closest",),
    "llreval": ("rocch", "cllr", "min_cllr"),
}
_AT_LEAST = {"scikit-learn": 3, "bob.measure": 5, "pyeer": 20}  # times faster
_MOST = 400e6  # bytes beyond the input
_MATED, _NON_MATED = 100_000, 10_000_000
_CLOSE = 1e-12
_BYTES = 8 * (_MATED + _NON_MATED)


def _ours(mode: str, folder: Path) -> tuple[str | Path, ...]:
    return (_PYTHON, _HERE / "scores_ours.py", mode, folder)


def _theirs(peer: str, folder: Path, what: str = "") -> tuple[str | Path, ...]:
    name = "score-bob" if peer == "bob.measure" else "score-sklearn"
    return (
        environment(name),
        "-W",
        "ignore",
        _HERE / "scores_peers.py",
        peer + what,
        folder,
    )


def _made(name: str, mated: int, non_mated: int, *decimals: int) -> Path:
    folder = FOLDER / name
    run((_PYTHON, _HERE / "scores_making.py", folder, *map(str, (mated, non_mated, *decimals))))
    return folder


def _said(command: tuple[str | Path, ...]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(command).printed)
    return found


def _hold(what: str, ours: float, theirs: float) -> None:
    """Print two values that should be the same.

    Raises:
        SystemExit: They differ.
    """
    print(f"  {what}: ours {ours:.12g}, theirs {theirs:.12g}", flush=True)
    if abs(ours - theirs) > _CLOSE:
        raise SystemExit(f"{what}: these should be the same")


def same_answers() -> None:
    """Hold our answers against the peers' where their definitions coincide, on scores with and without ties.

    Raises:
        SystemExit: They differ.
    """
    for name, decimals in (("scores-distinct", ()), ("scores-tied", (1,))):
        folder = _made(name, 2_000, 50_000, *decimals)
        print(f"{name}: 2,000 mated and 50,000 non-mated scores")
        ours = _said(_ours("costs", folder))
        for peer, keys in _COINCIDE.items():
            theirs = _said(_theirs(peer, folder))
            for key in keys:
                _hold(f"{peer}, {_WORDS[key]}", ours[key], theirs[key])


def every_corner(folder: Path) -> None:
    """Hold every corner against scikit-learn's points, at full size.

    Raises:
        SystemExit: A point differs or a corner is missing.
    """
    _said(_theirs("scikit-learn", folder, "-points"))
    held = _said(_ours("held", folder))
    print(
        f"  scikit-learn's {held['points']:,} points at their thresholds: {held['unequal']} differ; of our {held['corners']:,} corners "
        f"with an FMR over 0 {held['corners_missing']} are not among them",
        flush=True,
    )
    if held["unequal"] or held["corners_missing"]:
        raise SystemExit("the curves should be the same")


def _inner(taken: Taken) -> float:
    return statistics.median(float(json.loads(one.printed)["seconds"]) for one in taken.runs)


def how_fast(folder: Path, rounds: int) -> list[str]:
    """Time everybody, alternately; give the lines of a page.

    Raises:
        SystemExit: An answer differs, or a promise of speed or memory is broken.
    """
    everyone = [
        Contender("read", _ours("read", folder)),
        Contender("ours", _ours("exact", folder)),
        Contender("ours, in bins", _ours("bins", folder)),
        *(Contender(peer, _theirs(peer, folder)) for peer in _TIMED),
    ]
    taken = alternate(everyone, rounds)
    said = {name: json.loads(one.runs[0].printed) for name, one in taken.items()}
    ours, floor = _inner(taken["ours"]), taken["read"].peak
    for peer in _TIMED:
        for key in _COINCIDE[peer]:
            _hold(f"{peer}, {_WORDS[key]}", said["ours"][key], said[peer][key])
    if not said["ours, in bins"]["low"] <= said["ours"]["fvc2000"] <= said["ours, in bins"]["high"]:
        raise SystemExit("the bounds from bins should hold the exact value")
    print(
        f"  reading {_BYTES / 1e6:.0f} MB of scores takes {floor / 1e6:.0f} MB with the interpreter and NumPy"
    )
    broken, rows = [], []
    for name in ("ours", "ours, in bins", *_TIMED):
        seconds, beyond = _inner(taken[name]), taken[name].peak - floor
        ratio = seconds / ours
        print(
            f"  {name}: {seconds:.3f} s ({ratio:.1f} times ours), whole process {taken[name].seconds:.2f} s "
            f"({taken[name].seconds / taken['ours'].seconds:.1f} times), {beyond / 1e6:,.0f} MB beyond reading"
            + (f"; asked: at least {_AT_LEAST[name]} times" if name in _AT_LEAST else ""),
            flush=True,
        )
        whole = taken[name].seconds / taken["ours"].seconds
        rows.append((name, f"{seconds:.3f} s", f"{ratio:.1f}", f"{whole:.1f}", f"{beyond / 1e6:,.0f} MB"))
        if ratio < _AT_LEAST.get(name, 0):
            broken.append(f"{name} took {ratio:.1f} times as long as ours, not {_AT_LEAST[name]}")
    if taken["ours"].peak - floor > _MOST:
        broken.append(f"ours took more than {_MOST / 1e6:.0f} MB beyond the input")
    bounds = said["ours, in bins"]
    print(
        f"  from bins the equal error rate lies between {bounds['low']:.6f} and {bounds['high']:.6f}; exactly {said['ours']['fvc2000']:.6f}"
    )
    if broken:
        raise SystemExit("; ".join(broken))
    head = ("", "time", "÷ ours", "whole process ÷ ours", "memory beyond reading the scores")
    return [f"{_MATED:,} mated and {_NON_MATED:,} non-mated scores.", "", *table(head, rows)]


def main(rounds: int, *, write: bool) -> None:
    """Compare and print."""
    began_with = load()
    print(f"Load average: {began_with:.1f}. Above 0.5, other work disturbs the times.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    same_answers()
    folder = _made("scores-large", _MATED, _NON_MATED)
    print(f"{_MATED:,} mated and {_NON_MATED:,} non-mated scores, DET and equal error rate")
    every_corner(folder)
    lines = [stated(began_with), *how_fast(folder, rounds)]
    if write:
        marked.write("method/error-rates.md", "bench/scores.py", "\n".join(lines), "speed")


if __name__ == "__main__":
    given = [one for one in sys.argv[1:] if one != "--write"]
    main(int(given[0]) if given else 3, write="--write" in sys.argv[1:])
