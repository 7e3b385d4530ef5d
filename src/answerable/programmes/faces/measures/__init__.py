"""The measures of face recognition, one module for each group of questions."""

from __future__ import annotations

from answerable.programmes.faces.measures import (
    accounting,
    deployments,
    galleries,
    groups,
    growth,
    identification,
    leads,
    outcomes,
    people,
    requests,
    verification,
)
from answerable.programmes.faces.section import SECTIONS
from answerable.programmes.measure import Measure

__all__ = ["MEASURES"]

_KNOWN = {
    measure.name: measure
    for module in (
        accounting,
        verification,
        people,
        groups,
        galleries,
        identification,
        growth,
        leads,
        requests,
        outcomes,
        deployments,
    )
    for measure in module.MEASURES
}

MEASURES: tuple[Measure, ...] = tuple(_KNOWN[name] for section in SECTIONS for name in section.measures)
"""Every measure, in the order of the report's sections."""
