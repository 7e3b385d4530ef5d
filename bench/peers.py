"""Gives peers an environment of their own under build/bench, for what they want fits neither this project nor each other."""

from __future__ import annotations

import venv
from pathlib import Path

from timing import run

__all__ = ["FOLDER", "environment"]

FOLDER = Path(__file__).resolve().parent.parent / "build" / "bench"
_WANTS = {
    "score-bob": ("bob.measure==6.1.1", "setuptools<81"),
    "score-sklearn": ("scikit-learn==1.9.1", "pyeer==0.5.6", "llreval==0.0.3"),
    "skmob": ("scikit-mobility==1.3.1", "numpy<2", "shapely<2.1"),  # pandas 1.5 was built for NumPy 1
    # aequitas 1.0 and later load frameworks of deep learning to count a table; this is the last version before them.
    "aequitas": ("aequitas==0.42.0", "pandas<2", "numpy<2", "scipy<1.12"),
    "subjects": ("fairlearn==0.14.0", "cimat==0.1.2", "pandas<3", "numpy<2"),  # cimat was built for NumPy 1
}


def environment(name: str) -> Path:
    """Give the interpreter of the environment of this name, and make that first if need be."""
    folder = FOLDER / name
    python = folder / "bin" / "python"
    if not (folder / "made").exists():
        print(f"Making an environment with {', '.join(_WANTS[name])}.", flush=True)
        venv.create(folder, with_pip=True, clear=True)
        run((python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *_WANTS[name]))
        (folder / "made").touch()
    return python
