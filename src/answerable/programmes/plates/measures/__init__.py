"""The measures of plate readers, one module for each group of questions."""

from __future__ import annotations

from answerable.programmes.measure import Measure
from answerable.programmes.plates.measures import (
    accounting,
    accounts,
    cameras,
    completeness,
    misreads,
    published,
    purpose,
    quality,
    reach,
    repetition,
    retention,
    rhythm,
    sharing,
    systems,
    tools,
    topics,
    traces,
    tracking,
    yields,
)
from answerable.programmes.plates.section import SECTIONS

__all__ = ["MEASURES"]

_KNOWN = {
    measure.name: measure
    for module in (
        purpose,
        topics,
        accounts,
        reach,
        tools,
        rhythm,
        repetition,
        traces,
        quality,
        yields,
        misreads,
        retention,
        tracking,
        cameras,
        sharing,
        published,
        systems,
        accounting,
        completeness,
    )
    for measure in module.MEASURES
}

MEASURES: tuple[Measure, ...] = tuple(_KNOWN[name] for section in SECTIONS for name in section.measures)
"""Every measure, in the order of the report's sections."""
