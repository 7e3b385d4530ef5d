"""Predictive deployment: forecasts, outcomes, areas and who lives there, borders, patrols.

Forecasts are judged after the fact. Nothing here makes one, and areas are text that a file holds: never people.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from answerable.programmes.forecasts import presence
from answerable.programmes.forecasts.measures import MEASURES
from answerable.programmes.forecasts.records import KINDS
from answerable.programmes.forecasts.section import SECTIONS
from answerable.programmes.forecasts.views import VIEWS
from answerable.programmes.programme import Programme

__all__ = ["PROGRAMME"]


def _simulate(
    folder: Path, *, rows: int, seed: int, layout: str, faults: bool, whole: bool
) -> Mapping[str, Any]:
    from answerable.programmes.forecasts.simulate import simulate  # noqa: PLC0415 - an audit needs none of it

    return simulate(folder, rows=rows, seed=seed, layout=layout, faults=faults, whole=whole)


PROGRAMME = Programme(
    name="forecasts",
    title="Predictive deployment",
    kinds=KINDS,
    layouts=Path(__file__).with_name("layouts"),
    measures=MEASURES,
    sections=SECTIONS,
    views=VIEWS,
    stated={
        "Which period an outcome falls in": "the one that began at its time or before and had not ended; without a stated end, a "
        "period ends where the next begins, or after the commonest step where that is sooner or there is no next",
        "Which types depend on police presence": f"by word lists, version {presence.VERSION}, SHA-256 {presence.SHA256}; a type that both "
        "lists know, or neither, is not classed",
        "Where an outcome was": "in the area that its record states; without one, in the polygon that holds its point",
    },
    simulate=_simulate,
)
