"""The measures of predictive deployment, one module for each group of questions."""

from __future__ import annotations

from answerable.programmes.forecasts.measures import (
    accounting,
    baselines,
    calibration,
    discovery,
    exposure,
    feedback,
    lengths,
    often,
    places,
    quality,
    series,
    worth,
)
from answerable.programmes.forecasts.section import SECTIONS
from answerable.programmes.measure import Measure

__all__ = ["MEASURES"]

_MODULES = (
    worth,
    lengths,
    calibration,
    baselines,
    exposure,
    discovery,
    often,
    feedback,
    accounting,
    series,
    quality,
    places,
)
_KNOWN = {measure.name: measure for module in _MODULES for measure in module.MEASURES}

MEASURES: tuple[Measure, ...] = tuple(_KNOWN[name] for section in SECTIONS for name in section.measures)
"""Every measure, in the order of the report's sections."""
