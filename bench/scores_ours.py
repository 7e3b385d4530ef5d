"""Makes DET and equal error rate of the scores in a folder, exactly or in bins, and prints what came out and how long it took."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from answerable.biometrics import (
    Tally,
    binned,
    cllr,
    curve,
    equal_error,
    min_cllr,
    rates_at,
    tally,
)

_BINS = 1_000
_CHUNK = 1_000_000


def _exact(folder: Path) -> tuple[dict[str, object], float]:
    mated, non_mated = np.load(folder / "mated.npy"), np.load(folder / "non-mated.npy")
    start = time.perf_counter()
    scores = tally(mated, non_mated)
    whole, equal = curve(scores), equal_error(scores)
    seconds = time.perf_counter() - start
    return _said(equal.fvc2000.value, equal.closest.value, equal.rocch.value, len(whole.thresholds)), seconds


def _said(fvc2000: float, closest: float, rocch: float, points: int) -> dict[str, object]:
    return {"fvc2000": fvc2000, "closest": closest, "rocch": rocch, "points": points}


def _bins(folder: Path) -> tuple[dict[str, object], float]:
    """Count in bins, a chunk at a time from files that are never in memory as a whole."""
    edges = np.linspace(-6, 9, _BINS + 1)
    start = time.perf_counter()
    sides = []
    for name in ("mated", "non-mated"):
        on_disk = np.load(folder / f"{name}.npy", mmap_mode="r")
        side = binned([], edges)
        for first in range(0, len(on_disk), _CHUNK):
            side = side + binned(on_disk[first : first + _CHUNK], edges)
        sides.append(side)
    equal = equal_error(Tally(sides[0], sides[1]))
    seconds = time.perf_counter() - start
    return {"low": equal.fvc2000.low, "high": equal.fvc2000.high}, seconds


def _read(folder: Path) -> tuple[dict[str, object], float]:
    """Read the scores and do nothing: the memory of the input."""
    start = time.perf_counter()
    number = sum(len(np.load(folder / f"{name}.npy")) for name in ("mated", "non-mated"))
    return {"points": number}, time.perf_counter() - start


def _costs(folder: Path) -> tuple[dict[str, object], float]:
    start = time.perf_counter()
    scores = tally(np.load(folder / "mated.npy"), np.load(folder / "non-mated.npy"))
    equal = equal_error(scores)
    said = _said(equal.fvc2000.value, equal.closest.value, equal.rocch.value, 0)
    return {
        **said,
        "cllr": cllr(scores).value,
        "min_cllr": min_cllr(scores).value,
    }, time.perf_counter() - start


def _held(folder: Path) -> tuple[dict[str, object], float]:
    """Hold a peer's points, in ``points.npz``, against our rates at the same thresholds, and our corners against its points."""
    start = time.perf_counter()
    scores = tally(np.load(folder / "mated.npy"), np.load(folder / "non-mated.npy"))
    theirs = np.load(folder / "points.npz")
    ours = rates_at(scores, theirs["thresholds"])
    whole = curve(scores)
    place = np.minimum(np.searchsorted(theirs["thresholds"], whole.thresholds), len(theirs["thresholds"]) - 1)
    within = (whole.thresholds >= theirs["thresholds"][0]) & (whole.fmr > 0)
    return {
        "points": len(theirs["thresholds"]),
        "unequal": int(((ours.fmr.value != theirs["fmr"]) | (ours.fnmr.value != theirs["fnmr"])).sum()),
        "corners": int(within.sum()),
        "corners_missing": int((theirs["thresholds"][place] != whole.thresholds)[within].sum()),
    }, time.perf_counter() - start


_MODES: dict[str, Callable[[Path], tuple[dict[str, object], float]]] = {
    "exact": _exact,
    "bins": _bins,
    "read": _read,
    "costs": _costs,
    "held": _held,
}

if __name__ == "__main__":
    found, taken = _MODES[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps({**found, "seconds": taken}))
