"""What a programme brings: its record kinds, layouts, measures, prepared views and report sections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from answerable.engine import Engine
from answerable.intake.kinds import RecordKind
from answerable.programmes.measure import Measure, Share
from answerable.programmes.section import Section

__all__ = ["Programme", "Simulate", "View", "name_records"]


_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class View:
    """One query that measures read by name.

    ``kept`` says that it is run once and its rows held: for small results that are dear to make.
    """

    name: str
    sql: str
    kept: bool = False


def name_records(
    engine: Engine, kind: RecordKind, own: Sequence[Path] = (), of_logs: Sequence[Path] = ()
) -> None:
    """Name the records of a kind: each once, and as each log holds them; none where there is no file.

    Args:
        engine: Where they are named.
        kind: Their kind.
        own: The Parquet files that together hold each record once.
        of_logs: Those that together hold each record as often as there are logs that hold it.
    """
    if own:
        engine.parquet(kind.plural, own)
        engine.parquet(f"{kind.plural}_of_logs", of_logs)
        return
    types = {
        name: "STRING" if sql_type == "VARCHAR" else sql_type for name, sql_type in kind.columns().items()
    }
    columns = ", ".join(f"CAST(NULL AS {sql_type}) AS {name}" for name, sql_type in types.items())
    for name in (kind.plural, f"{kind.plural}_of_logs"):
        engine.view(name, f"SELECT {columns} WHERE FALSE")


def _by_log(kind: RecordKind) -> str:
    return f"""-- Every {kind.name} as each log holds it, with the log's label: one that two logs hold stands here twice.
SELECT records.*, labels.log
FROM {kind.plural}_of_logs AS records
JOIN (SELECT source AS number, max(log) AS log FROM sources GROUP BY source) AS labels ON labels.number = records.source"""


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
            (``searches``; ``log_searches`` for each log by itself).
        stated: What the report must state about how the records were prepared (the lexicon's version and hash,
            say), as label -> text.
        simulate: Writes synthetic records with a planted truth to a folder, and returns that truth.
        forms: The folder of review forms; None where there are none.
        plain: A pattern for words of free text that name nobody, in whatever case; a reviewer sees no others.
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
    forms: Path | None = None
    plain: str = ""

    def prepare(self, engine: Engine, measures: Iterable[Measure] | None = None) -> None:
        """Make the views on an engine that has the table ``sources``, the view ``stated`` and those of `name_records`.

        Args:
            engine: The engine.
            measures: The measures that will be run; views that none of them reads are not made. By default all.
        """
        for kind in self.kinds:
            engine.view(f"log_{kind.plural}", _by_log(kind))
        read = self._read(self.measures if measures is None else measures)
        for view in self.views:
            if view.name in read:
                (engine.table if view.kept else engine.view)(view.name, view.sql)

    def _read(self, measures: Iterable[Measure]) -> set[str]:
        """Give the names of the views that some measures read, and of those that these are made from."""
        texts = " ".join(
            {
                one.view
                if isinstance(one, Share)
                else f"{getattr(one, 'sql', '')} {getattr(one, 'beside', '')}"
                for one in measures
            }
        )
        read: set[str] = set()
        words = set(_WORD.findall(texts))
        for view in reversed(self.views):  # a view reads only those before it
            if view.name in words:
                read.add(view.name)
                words |= set(_WORD.findall(view.sql))
        return read
