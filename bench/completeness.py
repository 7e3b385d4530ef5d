"""Measures how long two logs take to be matched, beside a plain DuckDB equi-join of them, and prints the ratios.

    .venv/bin/python bench/completeness.py
    .venv/bin/python bench/completeness.py --rows 1000000

Matched is: everything that the measures across logs read. That is the clocks' difference, the pairs and what differs within
them, what is left over, and the rule tried at clocks that cannot be right. Nothing here is a test: times differ from machine
to machine and from run to run.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

from machine import described, load
from tables import table
from timing import Contender, Taken, alternate, run

_HERE = Path(__file__).parent
_FOLDER = _HERE.parent / "build" / "bench" / "completeness"
_PYTHON = Path(sys.executable)
_MOST = 10
_KINDS = {"ids": "by ID", "none": "by the rule"}
_NEAR = 1e-4  # of the pairs that the rule makes: so few are by chance


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Match two logs; print the time beside a plain DuckDB equi-join."
    )
    parser.add_argument("--rows", type=int, default=10_000_000, help="searches in each log")
    parser.add_argument("--rounds", type=int, default=3, help="how often each contender runs")
    parser.add_argument("--keep", action="store_true", help="keep the logs under build/bench")
    return parser.parse_args()


def _contenders(folder: Path) -> dict[tuple[str, str], Contender]:
    script = _HERE / "completeness_script.py"
    named = {"join": "plain DuckDB equi-join", "match": "Answerable, matched"}
    return {
        (what, kind): Contender(f"{name}, {said}", (_PYTHON, script, what, kind, folder))
        for kind, said in _KINDS.items()
        for what, name in named.items()
    }


def _agree(planted: list[int], contenders: dict[tuple[str, str], Contender], taken: dict[str, Taken]) -> None:
    """Hold what every contender found against what was planted; the rule may find a few pairs by chance.

    Raises:
        SystemExit: One of them found something else.
    """
    for (what, kind), contender in contenders.items():
        found = json.loads(taken[contender.name].runs[-1].printed)
        exact = what == "match" and kind == "ids"
        for number, truth in zip(found, planted, strict=False):
            if abs(number - truth) > (0 if exact else _NEAR * planted[0]):
                raise SystemExit(f"{contender.name} found {found}; planted were {planted}")


def main() -> None:
    """Measure and print."""
    options = _options()
    began_with = load()
    folder = _FOLDER / str(options.rows)
    shutil.rmtree(folder, ignore_errors=True)
    print(f"Making two logs of {options.rows:,} searches.", flush=True)
    planted = json.loads(run((_PYTHON, _HERE / "completeness_making.py", str(options.rows), folder)).printed)
    contenders = _contenders(folder)
    taken = alternate(contenders.values(), options.rounds)
    _agree(planted, contenders, taken)
    if not options.keep:
        shutil.rmtree(folder)
    rows = []
    for kind, said in _KINDS.items():
        join, match = (taken[contenders[what, kind].name] for what in ("join", "match"))
        ratio = match.seconds / join.seconds
        verdict = "met" if ratio < _MOST else "**missed**"
        rows.append(
            (
                said,
                f"{join.seconds:.1f} s",
                f"{match.seconds:.1f} s",
                f"{match.peak / 1e9:.2f} GB",
                f"{ratio:.1f}",
                verdict,
            )
        )
    print(f"\n{described()}; load at the start {began_with:.1f}.\n")
    head = ("two logs", "plain join", "matched", "peak memory", "ratio", f"under {_MOST} times")
    print("\n".join(table(head, rows)))


if __name__ == "__main__":
    main()
