"""An open case: its measures, findings and accounts, as Python values."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from answerable import wording
from answerable.auditing.stored import read_results
from answerable.auditing.verifying import verify
from answerable.case import CaseFolder, Difference, Settings
from answerable.estimate import Estimate, Finding, NotMeasurable, Part, Status
from answerable.intake.accounting import Overlap, Source
from answerable.report.figures import part_value

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["RESULTS", "Case", "open_case"]

RESULTS = "results.json"


class Case:
    """A case that has been audited. Everything is read from its folder; nothing is computed again.

    ``case.measures["searches.no_reason"]`` is an `Estimate`, or a `NotMeasurable` with the reason.
    """

    def __init__(self, path: Path, notices: tuple[str, ...] = ()) -> None:
        self.folder = CaseFolder(path)
        self.notices = notices
        self._state = self.folder.open()

    @property
    def path(self) -> Path:
        """The case's folder."""
        return self.folder.path

    @property
    def report(self) -> Path:
        """The report, one HTML file."""
        return self.folder.current / "report.html"

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources, each with its account: rows in = kept + duplicates + quarantined."""
        return self._state.sources

    @property
    def overlaps(self) -> tuple[Overlap, ...]:
        """Pairs of sources that share records."""
        return self._state.overlaps

    @property
    def repeated(self) -> tuple[str, ...]:
        """Names of files that were given again and read once."""
        return self._state.repeated

    @property
    def left_out(self) -> tuple[str, ...]:
        """Names of files that are not tables."""
        return self._state.left_out

    @property
    def settings(self) -> Settings:
        """What the audit was asked to do."""
        return self._state.settings

    @cached_property
    def _results(self) -> tuple[Mapping[str, Estimate | NotMeasurable], tuple[Finding, ...]]:
        return read_results(self.folder.current / RESULTS)

    @property
    def measures(self) -> Mapping[str, Estimate | NotMeasurable]:
        """Every measure's result by its name, in the order of the report."""
        return self._results[0]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings in order of weight."""
        return self._results[1]

    def table(self) -> pa.Table:
        """Give every measure and every part of its breakdowns as one Arrow table.

        One row per measure (its ``breakdown`` is ``all``) and per part: ``measure``, ``breakdown``, ``label``,
        ``value``, ``numerator``, ``denominator`` and ``unit``; ``low``, ``high`` and ``level`` where it has an interval.
        A measure that is not measurable has one row without numbers. Where pandas or Polars is installed,
        ``.to_pandas()`` and ``polars.from_arrow`` take it over.
        """
        import pyarrow as pa  # noqa: PLC0415 - most uses of a case need no table

        names = (
            "measure",
            "breakdown",
            "label",
            "value",
            "numerator",
            "denominator",
            "unit",
            "low",
            "high",
            "level",
        )
        rows = [row for one in self.measures.values() for row in _rows(one)]
        columns = zip(*rows, strict=True) if rows else [()] * len(names)
        numbers = {"value", "numerator", "denominator", "low", "high", "level"}
        kinds = [pa.float64() if name in numbers else pa.string() for name in names]
        arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
        return pa.table(dict(zip(names, arrays, strict=True)))

    def verify(self, sources: Iterable[Path] = ()) -> list[Difference]:
        """Hold every record file and output against the manifest, and every source against its SHA-256.

        Args:
            sources: Where the sources lie now, if not where they were read from.

        Raises:
            InputError: Nothing is there.
        """
        return verify(self.path, sources)

    def __repr__(self) -> str:
        kept = sum(source.kept for source in self.sources)
        return f"<Case {str(self.path)!r}: {wording.plural(kept, 'record')} from {wording.plural(len(self.sources), 'source')}>"

    def _repr_html_(self) -> str:
        items = "".join(
            f"<li><strong>{html.escape(one.status)}</strong>: {html.escape(one.sentence)}</li>"
            for one in self.findings
        )
        return f"<p>{html.escape(repr(self))}</p><ul>{items}</ul>"

    def tally(self) -> dict[Status, int]:
        """Count the findings by status."""
        return {status: sum(one.status is status for one in self.findings) for status in Status}


def _rows(result: Estimate | NotMeasurable) -> Iterator[tuple[str | float | None, ...]]:
    """Give the rows of one measure: its headline, then its parts."""
    if isinstance(result, NotMeasurable):
        yield result.measure, "all", "", None, None, None, "", None, None, None
        return
    whole = Part("", result.value, result.numerator, result.denominator, result.interval)
    for name, parts in {"all": (whole,), **result.breakdowns}.items():
        for part in parts:
            value, found = part_value(part), part.interval
            doubt = (found.low, found.high, found.level) if found else (None, None, None)
            yield (
                result.measure,
                name,
                part.label,
                value,
                part.numerator,
                part.denominator,
                result.unit,
                *doubt,
            )


def open_case(path: str | Path) -> Case:
    """Open a case that `audit` made.

    Args:
        path: The case's folder.

    Raises:
        CaseError: There is no case, or it is damaged.
    """
    return Case(Path(path))
