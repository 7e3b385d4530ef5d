"""Sets FMR and FNMR of eight groups at ten thresholds beside fairlearn's MetricFrame: the same answer, and how fast.

    .venv/bin/python bench/group_rates.py
    .venv/bin/python bench/group_rates.py --small
    .venv/bin/python bench/group_rates.py --write    the figures into docs/method/error-rates.md too

fairlearn takes answers, not scores, so that each threshold is a MetricFrame of its own with two metrics; the comparison with the
threshold is made before its clock starts. It lives in the environment of bench/subjects.py, which the first run of either makes. The
times are those within each process, from arrays in memory to rates, alternately; the run stops where a rate differs.
"""

from __future__ import annotations

import json
import statistics
import sys
from pathlib import Path

import marked
from machine import load, stated
from peers import FOLDER, environment
from tables import table
from timing import Contender, Taken, alternate, run

_HERE = Path(__file__).resolve().parent
_PYTHON = Path(sys.executable)
_ROWS, _SMALL = 1_000_000, 50_000
_GROUPS, _THRESHOLDS = 8, 10
_AT_LEAST = 100  # times faster
_CLOSE = 1e-12
_OURS, _THEIRS = "rates_by_group", "fairlearn 0.14.0, MetricFrame"


def _inner(taken: Taken) -> list[float]:
    return sorted(float(json.loads(one.printed)["seconds"]) for one in taken.runs)


def _farthest(ours: dict[str, list[list[float]]], theirs: dict[str, list[list[float]]]) -> float:
    """Give the largest difference between two sets of rates."""
    return max(
        abs(mine - other)
        for kind in ("fmr", "fnmr")
        for one, two in zip(ours[kind], theirs[kind], strict=True)
        for mine, other in zip(one, two, strict=True)
    )


def main(rows: int, rounds: int, *, write: bool) -> None:
    """Make the scores, time both, hold their rates against each other and print.

    Raises:
        SystemExit: A rate differs, or ours is not as many times faster as is asked for.
    """
    began_with = load()
    print(f"Load average: {began_with:.1f}. Above 0.5, other work disturbs the times.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"group-rates-{rows}.npz"
    run((_PYTHON, _HERE / "group_rates_script.py", "make", path, *map(str, (rows, _GROUPS, _THRESHOLDS))))
    peer = environment("subjects")
    taken = alternate(
        (
            Contender(_OURS, (_PYTHON, _HERE / "group_rates_script.py", "rates", path)),
            Contender(_THEIRS, (peer, "-W", "ignore", _HERE / "group_rates_fairlearn.py", path)),
        ),
        rounds,
        path,
    )
    ours, theirs = (json.loads(taken[name].runs[0].printed) for name in (_OURS, _THEIRS))
    apart = _farthest(ours, theirs)
    times = {name: _inner(one) for name, one in taken.items()}
    ratio = statistics.median(times[_THEIRS]) / statistics.median(times[_OURS])
    lines = [
        stated(began_with),
        f"{rows:,} comparisons, {_GROUPS} groups, {_THRESHOLDS} thresholds, FMR and FNMR; no rate differs by more than {apart:.2g}.",
        "",
        *table(
            ("", "time", "÷ ours", "whole process", "peak memory"),
            [
                (
                    name,
                    f"{statistics.median(inner):.3f} s ({inner[0]:.3f} to {inner[-1]:.3f})",
                    f"{statistics.median(inner) / statistics.median(times[_OURS]):,.0f}",
                    f"{taken[name].seconds:.2f} s",
                    f"{taken[name].peak / 1e6:,.0f} MB",
                )
                for name, inner in times.items()
            ],
        ),
        f"fairlearn takes {ratio:,.0f} times as long (asked, at {_ROWS:,} rows: at least {_AT_LEAST}).",
    ]
    print("\n".join(lines))
    if apart > _CLOSE:
        raise SystemExit("the rates should be the same")
    if rows == _ROWS and ratio < _AT_LEAST:
        raise SystemExit(f"fairlearn took {ratio:.1f} times as long, not {_AT_LEAST}")
    if write:
        marked.write("method/error-rates.md", "bench/group_rates.py", "\n".join(lines) + "\n", "speed")


if __name__ == "__main__":
    small = "--small" in sys.argv[1:]
    main(_SMALL if small else _ROWS, 1 if small else 3, write="--write" in sys.argv[1:])
