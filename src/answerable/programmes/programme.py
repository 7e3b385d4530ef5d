"""What a programme brings: its record kinds, layouts, measures, prepared views and report sections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from answerable.engine import Engine
from answerable.intake.kinds import RecordKind
from answerable.programmes.measure import Measure
from answerable.programmes.section import Section

__all__ = ["Programme", "Simulate", "View"]


@dataclass(frozen=True, slots=True)
class View:
    """One query that measures read by name.

    ``kept`` says that it is run once and its rows held: for small results that are dear to make.
    """

    name: str
    sql: str
    kept: bool = False


class Simulate(Protocol):
    """Writes synthetic records whose truth is known."""

    def __call__(
        self, folder: Path, *, rows: int, seed: int, layout: str, faults: bool, whole: bool
    ) -> Mapping[str, Any]:
        """Write ``rows`` records in a layout, the same for the same seed, with damaged rows if asked for.

        The whole of a programme is written in the layouts of all that it leaves.
        """
        ...


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
        views: What the measures read, made in this order from the views named after the record kinds
            (``searches``).
        stated: What the report must state about how the records were prepared (the lexicon's version and hash,
            say), as label -> text.
        simulate: Writes synthetic records with a planted truth to a folder, and returns that truth.
    """

    name: str
    title: str
    kinds: tuple[RecordKind, ...]
    layouts: Path
    measures: tuple[Measure, ...]
    sections: tuple[Section, ...]
    views: tuple[View, ...]
    stated: Mapping[str, str]
    simulate: Simulate

    def prepare(self, engine: Engine) -> None:
        """Make the views on an engine that has a view of each record kind."""
        for view in self.views:
            (engine.table if view.kept else engine.view)(view.name, view.sql)
