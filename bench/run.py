"""Measures speed and memory beside named peers, prints the ratios and writes docs/performance.md.

    make bench
    .venv/bin/python bench/run.py --rows 200000 --keep

Nothing here is a test: times differ from machine to machine and from run to run.
"""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import sys
from pathlib import Path

from machine import described, load
from measuring import Size, measure_cold, measure_size
from pages import page
from targets import FULL, Results

_ROOT = Path(__file__).resolve().parent.parent
_FOLDER = (
    _ROOT / "build" / "bench" / "run"
)  # by itself: it is removed, and the environments of peers beside it are not
_PAGE = _ROOT / "docs" / "performance.md"
_SHARES = (10, 30, 100)  # of the largest size, in per cent


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure speed and memory; write docs/performance.md.")
    parser.add_argument("--rows", type=int, default=FULL, help="the largest log, at least 1,000 rows")
    parser.add_argument("--rounds", type=int, default=3, help="how often each contender runs, at least 2")
    parser.add_argument("--cold-rounds", type=int, default=10, help="how often the start is timed")
    parser.add_argument(
        "--date", default=dt.datetime.now(dt.UTC).date().isoformat(), help="the date to print"
    )
    parser.add_argument("--keep", action="store_true", help="keep the logs and cases under build/bench")
    options = parser.parse_args()
    if options.rows < 1_000 or options.rounds < 2 or options.cold_rounds < 2:
        parser.error("--rows is at least 1,000, --rounds and --cold-rounds at least 2")
    return options


def main() -> None:
    """Measure, print and write."""
    options = _options()
    began_with = load()
    if began_with > 0.5:
        print(
            f"Other work is running (load {began_with:.1f}): the times will not be reliable.", file=sys.stderr
        )
    shutil.rmtree(_FOLDER, ignore_errors=True)
    cold = measure_cold(_FOLDER / "cold", options.cold_rounds, keep=options.keep)
    sizes: list[Size] = []
    for share in _SHARES:
        rows = options.rows * share // 100
        before = sizes[-1] if sizes else None
        sizes.append(measure_size(rows, _FOLDER / str(rows), options.rounds, before, keep=options.keep))
    if not options.keep:
        shutil.rmtree(_FOLDER, ignore_errors=True)
    text = page(
        Results(
            date=options.date,
            machine=described(),
            load=began_with,
            rounds=options.rounds,
            cold_rounds=options.cold_rounds,
            sizes=sizes,
            cold=cold,
        )
    )
    _PAGE.write_text(text, encoding="utf-8")
    print(f"\n{text}\nWritten: {_PAGE.relative_to(_ROOT)}")


if __name__ == "__main__":
    main()
