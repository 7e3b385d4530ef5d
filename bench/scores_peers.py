"""Makes DET and equal error rate of the scores in a folder with a named peer, in the peer's own environment.

What a peer needs beside the two arrays of scores (labels, scores in one array, code compiled at its first call) is made before the clock
starts.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

_POINTS = 100  # of bob.measure's DET: its plots have 2,000, which takes it several times as long
Found = tuple[dict[str, Any], float]


def _scores(folder: Path) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    return np.load(folder / "mated.npy"), np.load(folder / "non-mated.npy")


def _labelled(folder: Path) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    mated, non_mated = _scores(folder)
    labels = np.concatenate([np.ones(len(mated), dtype=np.int8), np.zeros(len(non_mated), dtype=np.int8)])
    return labels, np.concatenate([mated, non_mated])


def _closest(fmr: np.ndarray[Any, Any], fnmr: np.ndarray[Any, Any]) -> float:
    at = int(np.argmin(np.abs(fmr - fnmr)))
    return float((fmr[at] + fnmr[at]) / 2)


def _sklearn(folder: Path) -> Found:
    metrics = importlib.import_module("sklearn.metrics")
    labels, scores = _labelled(folder)
    start = time.perf_counter()
    fmr, fnmr, _ = metrics.det_curve(labels, scores)
    closest = _closest(fmr, fnmr)
    return {"closest": closest, "points": len(fmr)}, time.perf_counter() - start


def _sklearn_points(folder: Path) -> Found:
    """Write the points at which FNMR changes before or after, with their thresholds."""
    metrics = importlib.import_module("sklearn.metrics")
    start = time.perf_counter()
    fmr, fnmr, thresholds = metrics.det_curve(*_labelled(folder), drop_intermediate=True)
    np.savez(folder / "points.npz", fmr=fmr, fnmr=fnmr, thresholds=thresholds)
    return {"points": len(fmr)}, time.perf_counter() - start


def _bob(folder: Path) -> Found:
    measure = importlib.import_module("bob.measure")
    mated, non_mated = _scores(folder)
    measure.det(non_mated[:100], mated[:100], _POINTS)
    measure.eer(non_mated[:100], mated[:100])
    start = time.perf_counter()
    measure.det(non_mated, mated, _POINTS)
    between = time.perf_counter()
    closest = measure.eer(non_mated, mated)
    end = time.perf_counter()
    return {
        "closest": float(closest),
        "points": _POINTS,
        "det": between - start,
        "eer": end - between,
    }, end - start


def _llreval(folder: Path) -> Found:
    evaluation = importlib.import_module("llreval.quick_eval")
    mated, non_mated = _scores(folder)
    start = time.perf_counter()
    rocch, cllr, least = evaluation.tarnon_2_eer_cllr_mincllr(mated, non_mated)
    found = {"rocch": float(rocch), "cllr": float(cllr), "min_cllr": float(least)}
    return found, time.perf_counter() - start


def _pyeer(folder: Path) -> Found:
    stats = importlib.import_module("pyeer.eer_stats")
    mated, non_mated = _scores(folder)
    start = time.perf_counter()
    _, fmr, fnmr = stats.calculate_roc(mated, non_mated)
    _, _, _, fvc2000 = stats.get_eer_values(fmr, fnmr)
    return {"fvc2000": float(fvc2000), "points": len(fmr)}, time.perf_counter() - start


_PEERS: dict[str, Callable[[Path], Found]] = {
    "scikit-learn": _sklearn,
    "scikit-learn-points": _sklearn_points,
    "bob.measure": _bob,
    "llreval": _llreval,
    "pyeer": _pyeer,
}

if __name__ == "__main__":
    said, taken = _PEERS[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps({**said, "seconds": taken}))
