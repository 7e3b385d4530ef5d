"""Synthetic predictive deployment: a jurisdiction of squares with planted skill, bias in recording and feedback.

    truth = write_jurisdiction(Jurisdiction(skill=0.8, feedback=1.5), Path("town"))

No place is meant, nothing is anybody's, and every incident is drawn. Scores are made of the intensity that the simulator
itself drew, which no agency knows: they are of use for testing measures, and for nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from answerable.programmes.forecasts.simulate.drawing import Drawn, draw
from answerable.programmes.forecasts.simulate.jurisdiction import Jurisdiction, Truth
from answerable.programmes.forecasts.simulate.writing import LAYOUTS, WHOLE, write_jurisdiction

__all__ = ["Drawn", "Jurisdiction", "Truth", "draw", "simulate", "write_jurisdiction"]

_FEWEST_DAYS, _LEAST_SIDE, _MOST_SIDE = 21, 6, 40


def simulate(
    folder: Path, *, rows: int, seed: int, layout: str, faults: bool, whole: bool
) -> Mapping[str, Any]:
    """Write the records of one layout, or of all, and give what was planted.

    There are about as many forecasts as ``rows`` says. Faults are forecasts that came late, scores below zero, a day without
    forecasts, points outside of every area, an area of zero size and groups that make more than the whole.
    """
    side = min(max(round((rows / 60) ** 0.5), _LEAST_SIDE), _MOST_SIDE)
    planted = Jurisdiction(side=side, days=max(rows // side**2, _FEWEST_DAYS), faults=faults, seed=seed)
    wanted = WHOLE if whole or layout not in LAYOUTS else (layout,)
    truth = write_jurisdiction(planted, folder, wanted)
    files = [f"{name}{'.geojson' if name == 'boundaries' else '.csv'}" for name in wanted]
    lines = sum(
        (folder / file).read_bytes().count(b"\n") - 1 for file in files if not file.endswith(".geojson")
    )
    told: dict[str, Any] = msgspec.to_builtins(truth)
    return told | {
        "what": "synthetic predictive deployment",
        "files": files,
        "rows": lines,
    }
