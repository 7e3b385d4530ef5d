"""The measures of face recognition, one module for each group of questions."""

from __future__ import annotations

from answerable.programmes.faces.measures import (
    accounting,
    conditions,
    decided,
    deployments,
    galleries,
    groups,
    growth,
    identification,
    leads,
    outcomes,
    people,
    requests,
    transfers,
    verification,
)
from answerable.programmes.faces.section import SECTIONS
from answerable.programmes.measure import Measure

__all__ = ["MEASURES"]

_MODULES = (
    accounting, verification, people, decided, groups, conditions, transfers, galleries, identification, growth, leads, requests,
    outcomes, deployments,
)  # fmt: skip  # a list of words
_KNOWN = {measure.name: measure for module in _MODULES for measure in module.MEASURES}

MEASURES: tuple[Measure, ...] = tuple(_KNOWN[name] for section in SECTIONS for name in section.measures)
"""Every measure, in the order of the report's sections."""
