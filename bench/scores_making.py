"""Writes the scores that the contenders of bench/scores.py read: mated and non-mated ones, normal about 3 and about 0."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

_SEED = 20_240_901
_APART = 3.0


def main(folder: Path, mated: int, non_mated: int, decimals: int | None) -> None:
    """Write ``mated.npy`` and ``non-mated.npy``, rounded where decimals are given, so that scores are tied."""
    generator = np.random.default_rng(_SEED)
    folder.mkdir(parents=True, exist_ok=True)
    for name, middle, number in (("mated", _APART, mated), ("non-mated", 0.0, non_mated)):
        scores = generator.normal(middle, 1, number)
        np.save(folder / f"{name}.npy", scores if decimals is None else scores.round(decimals))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]) if sys.argv[4:] else None)
