"""Synthetic face recognition: an evaluation, searches of a gallery, an office and a street, with planted and known truth.

    truth = write_evaluation(Evaluation(people=40, spread=0.8), Path("comparisons.csv"))

Nothing in the files is anybody's: there are no faces, people are numbers, and every score is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from answerable.programmes.faces.simulate.gallery import Gallery, GalleryTruth, write_searches
from answerable.programmes.faces.simulate.laboratory import Evaluation, EvaluationTruth, write_evaluation
from answerable.programmes.faces.simulate.office import Office, write_requests
from answerable.programmes.faces.simulate.street import Street, write_deployments

__all__ = [
    "Evaluation",
    "EvaluationTruth",
    "Gallery",
    "GalleryTruth",
    "Office",
    "Street",
    "simulate",
    "write_deployments",
    "write_evaluation",
    "write_requests",
    "write_searches",
]


def simulate(
    folder: Path, *, rows: int, seed: int, layout: str, faults: bool, whole: bool
) -> Mapping[str, Any]:
    """Write the records of one layout, or of all, and give what was planted.

    An evaluation has about as many comparisons as ``rows`` says, an office a tenth as many requests. Faults are of
    deployments: totals that do not add up, and a number of faces that is counted in another way from some day on.
    """
    parts: dict[str, Any] = {
        "comparisons": lambda path: write_evaluation(
            Evaluation(people=max(20, round((2 * rows) ** 0.5)), impostors=rows, seed=seed), path
        ),
        "candidates": lambda path: write_searches(Gallery(searches=max(50, rows // 20), seed=seed), path),
        "requests": lambda path: write_requests(Office(requests=max(50, rows // 10), seed=seed), path),
        "live-deployments": lambda path: write_deployments(
            Street(seed=seed) if faults else Street(counted_anew=0, wrong_sums=0, seed=seed), path
        ),
    }
    wanted = list(parts) if whole or layout not in parts else [layout]
    truth: dict[str, Any] = {
        name: msgspec.to_builtins(parts[name](folder / f"{name}.csv")) for name in wanted
    }
    files = [f"{name}.csv" for name in wanted]
    lines = sum((folder / file).read_bytes().count(b"\n") - 1 for file in files)
    return truth | {"what": "synthetic face recognition", "files": files, "rows": lines}
