"""Measures what the intake of scores costs as arrays, beside the same scores as text.

    .venv/bin/python bench/arrays.py
    .venv/bin/python bench/arrays.py --rows 1000000 --rounds 1

The same numbers are written as one column of text, as .npy, as .npz (stored and compressed) and, where h5py is
installed, as HDF5. Each is taken in by a process of its own, whose time and peak memory are kept, and all have to
give the same records: the bench stops where one does not.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import sys
from pathlib import Path

from machine import load
from tables import table
from timing import Contender, Taken, alternate, run, touch

_HERE = Path(__file__).resolve().parent
_FOLDER = _HERE.parent / "build" / "bench" / "arrays"
_PYTHON = Path(sys.executable)
_SCRIPT = _HERE / "arrays_script.py"
FORMS = ("scores.csv", "scores.npy", "stored.npz", "packed.npz", "scores.h5")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the intake of arrays beside that of text.")
    parser.add_argument("--rows", type=int, default=10_000_000, help="how many scores")
    parser.add_argument("--rounds", type=int, default=3, help="how often each form is read")
    return parser.parse_args()


def main() -> None:
    """Write the scores, take each form in, and print what it cost."""
    options = _options()
    shutil.rmtree(_FOLDER, ignore_errors=True)
    _FOLDER.mkdir(parents=True)
    print(f"Load average: {load():.1f}.")
    run((_PYTHON, _SCRIPT, "write", _FOLDER, str(options.rows)))
    forms = [form for form in FORMS if (_FOLDER / form).exists()]
    case = _FOLDER / "case"
    for form in forms:
        touch(_FOLDER / form)
    taken = alternate(
        [Contender(form, (_PYTHON, _SCRIPT, "take", _FOLDER / form, case), case) for form in forms],
        options.rounds,
    )
    said = {each.printed for one in taken.values() for each in one.runs}
    if len(said) != 1:
        raise SystemExit(f"the forms give different records: {sorted(said)}")
    print()
    for line in table(
        ("form", "file", "intake", "÷ text", "peak memory"), [_row(form, taken) for form in forms]
    ):
        print(line)
    if importlib.util.find_spec("h5py") is None:
        print("HDF5 was left out: h5py is not installed.")
    shutil.rmtree(_FOLDER)


def _row(form: str, taken: dict[str, Taken]) -> tuple[str, ...]:
    one, text = taken[form], taken[FORMS[0]]
    low, high = one.spread
    return (
        f"`{form}`",
        f"{(_FOLDER / form).stat().st_size / 1e6:,.0f} MB",
        f"{one.seconds:.2f} s ({low:.2f} to {high:.2f})",
        f"{one.seconds / text.seconds:.2f}",
        f"{one.peak / 1e6:,.0f} MB",
    )


if __name__ == "__main__":
    main()
