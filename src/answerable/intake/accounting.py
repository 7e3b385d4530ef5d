"""What became of every row of every source: rows in = kept + duplicates + quarantined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from answerable.intake.containers import table_key

__all__ = ["Overlap", "Source"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source of records (a file, a sheet of a workbook or a member of an archive) and its account.

    Attributes:
        number: The source's number in the case, from 1; it is the ``source`` column of its records.
        name: The file's name as given, with the member or sheet after ``!``: ``logs.zip!june.csv``.
        sha256: Of the whole file's bytes, in hexadecimal.
        size: The file's size in bytes.
        layout: The name of the layout that it was read with.
        kind: The record kind that it gave.
        rows_in: Records after the header, counted before anything was set aside.
        kept: Records that went into the case.
        log: The label of the log that the source is part of, as the user named it; empty where none was named.
        shared: Of the kept records, those that a source of another log holds too. They stand in the case under this
            log, and each is counted once among the records of all logs.
        duplicates: Records that repeat another, by the rule in ``duplicate_rule``.
        duplicates_differing: Of those, the ones with the same ID as another record but other contents.
        quarantined: Records that could not be read, each with its line and reason in the quarantine file.
        reasons: Quarantined records by reason.
        duplicate_rule: The rule's name, as `answerable.intake.duplicates.rule` gives it.
        first: The first record's time, as ISO 8601 text in the clock of the records.
        last: The last record's time.
        clock: ``utc``, ``local`` or ``unknown``; see `RecordKind.columns`.
        folded: Kept records whose local time falls in an hour that came twice when clocks were set back.
        skipped: Kept records whose local time falls in an hour that never was when clocks were set forward.
        bad_cells: Per field, cells of kept records that hold something which is no value of the field.
        states: Per field, how many kept records are in each cell state.
        beside: Of a shapefile, the SHA-256 of its .dbf and .prj, which are part of it; else empty.
        notices: What a reader should know of this source, one sentence each (probably cut, say).
    """

    number: int
    name: str
    sha256: str
    size: int
    layout: str
    kind: str
    rows_in: int
    kept: int
    duplicates: int
    quarantined: int
    log: str = ""
    shared: int = 0
    duplicates_differing: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    duplicate_rule: str = ""
    first: str = ""
    last: str = ""
    clock: str = "unknown"
    folded: int = 0
    skipped: int = 0
    bad_cells: Mapping[str, int] = field(default_factory=dict)
    states: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    beside: str = ""
    notices: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells the source from others, so that one given again is not read again."""
        return table_key(self.sha256, self.name, self.beside)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two sources that hold some of the same records; ``shared`` counts those set aside from ``later``."""

    earlier: int
    later: int
    shared: int
