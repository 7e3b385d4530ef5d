"""Our contender of bench/group_rates.py: makes the scores, or gives the rates of all groups at all thresholds and the seconds."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np

_SEED, _MATED, _APART = 20_251, 0.1, 2.5


def make(path: Path, rows: int, groups: int, thresholds: int) -> None:
    """Write scores, normal about 2.5 and about 0, with groups that differ a little, and thresholds across the overlap."""
    generator = np.random.default_rng(_SEED)
    mated, group = generator.random(rows) < _MATED, generator.integers(0, groups, rows)
    scores = generator.normal(_APART * mated + 0.1 * group, 1)
    np.savez(path, scores=scores, mated=mated, group=group, thresholds=np.linspace(0.5, 3.5, thresholds))


def rates(path: Path) -> None:
    """Print the rates, group by group, and the seconds from arrays to rates."""
    from answerable.biometrics import rates_by_group  # noqa: PLC0415 - what makes the scores need not load it

    file = np.load(path)
    given = [file[name] for name in ("scores", "mated", "group", "thresholds")]
    start = time.perf_counter()
    found = rates_by_group(*given)
    fmr, fnmr = found.fmr, found.fnmr
    seconds = time.perf_counter() - start
    print(json.dumps({"fmr": fmr.tolist(), "fnmr": fnmr.tolist(), "seconds": seconds}))


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]), *map(int, sys.argv[3:]))
    else:
        rates(Path(sys.argv[2]))
