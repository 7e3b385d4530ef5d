"""What a programme brings: its record kinds, layouts, measures, prepared views and report sections."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from answerable.engine import Engine
from answerable.intake.kinds import RecordKind
from answerable.programmes.measure import Measure
from answerable.programmes.section import Section

__all__ = ["Programme"]


@dataclass(frozen=True, slots=True)
class Programme:
    """One technology that can be audited.

    Attributes:
        name: The folder's name: ``plates``.
        title: How the report names it.
        kinds: The record kinds.
        layouts: The folder of layout files.
        measures: Every measure, in the order of the report.
        sections: The report's questions.
        prepare: Makes the views and tables that the measures read, from the views named after the record
            kinds (``searches``). It returns what the report must state about how they were made
            (the lexicon's version and hash, say), as label -> text.
    """

    name: str
    title: str
    kinds: tuple[RecordKind, ...]
    layouts: Path
    measures: tuple[Measure, ...]
    sections: tuple[Section, ...]
    prepare: Callable[[Engine], Mapping[str, str]]
