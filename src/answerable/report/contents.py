"""Everything that the outputs are made from: one frozen value, so that the same audit gives the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from answerable.estimate import Estimate, Finding, NotMeasurable
from answerable.intake.accounting import Overlap, Source
from answerable.intake.kinds import RecordKind
from answerable.programmes.measure import Measure
from answerable.programmes.programme import Programme
from answerable.programmes.section import Section
from answerable.review import Conclusion

__all__ = ["Audited", "Contents"]


@dataclass(frozen=True, slots=True)
class Audited:
    """One programme as the report shows it: its questions, its measures, and how its records were prepared.

    ``prepared`` is `Programme.stated`, ``views`` the SQL of the prepared views by name, and
    ``kinds`` the record kinds, from which the report takes the words for records and fields.
    """

    name: str
    title: str
    sections: tuple[Section, ...]
    measures: tuple[Measure, ...]
    prepared: Mapping[str, str]
    views: Mapping[str, str]
    kinds: tuple[RecordKind, ...] = ()

    @classmethod
    def of(cls, programme: Programme) -> Self:
        """Take from a programme what the report shows."""
        return cls(
            name=programme.name,
            title=programme.title,
            sections=programme.sections,
            measures=programme.measures,
            prepared=programme.stated,
            views={view.name: view.sql for view in programme.views},
            kinds=programme.kinds,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The contents of one report.

    Attributes:
        case: The case folder's name (not its path).
        version: The version of Answerable.
        as_of: The date of the audit, ISO 8601, as given; empty where none was given.
        seed: The random seed, as given.
        timezone: The local time zone given, or empty.
        policies: The ids of the policy packs consulted.
        sources: The sources with their accounts.
        overlaps: Which sources share records.
        repeated: Names of files that were given twice (same SHA-256) and read once.
        left_out: Names of files that were given and are no tables; nothing of them was read.
        absent_kinds: The record kinds that the case does not hold, by their plural, each with how many measures were
            therefore not taken: ``("reads", 23)``. Such a measure is in no estimate.
        estimates: Every measure's result by name, in the programme's order.
        findings: The findings in order of weight.
        conclusions: What reviewers found, by the reviews' names.
        programmes: The programmes audited. ``views`` of each holds the SQL of the prepared views by name.
    """

    case: str
    version: str
    as_of: str
    seed: int
    timezone: str
    policies: tuple[str, ...]
    sources: tuple[Source, ...]
    overlaps: tuple[Overlap, ...]
    repeated: tuple[str, ...]
    left_out: tuple[str, ...]
    estimates: Mapping[str, Estimate | NotMeasurable]
    findings: tuple[Finding, ...]
    programmes: tuple[Audited, ...]
    absent_kinds: tuple[tuple[str, int], ...] = ()
    conclusions: tuple[Conclusion, ...] = ()
