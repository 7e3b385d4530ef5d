"""What each kind of record holds and what became of its rows: the same few measures for every kind of every programme."""

from __future__ import annotations

from answerable.engine.dialect import literal
from answerable.intake.kinds import RecordKind, Role
from answerable.programmes.measure import Query
from answerable.programmes.sql import query

__all__ = ["bad_cells_measure", "records_measure", "rows_measure", "turned_clock_measure"]

_ACCOUNT = "Every row is accounted for: rows in = kept + duplicates + quarantined."


def records_measure(kind: RecordKind) -> Query:
    """Make the number of records of a kind, by source and, where it has them, by month and organisation."""
    parts = ["source"]
    parts += ["month"] if kind.time else []
    parts += ["agency"] if any(field.name == "agency" for field in kind.fields) else []
    absent = {"source": "''", "month": "'(month not stated)'", "agency": "'(organisation not stated)'"}
    rows = "\n  UNION ALL\n  ".join(
        f"SELECT {place}, {literal(part)}, "
        + ("concat('Source ', source)" if part == "source" else f"coalesce({part}, {absent[part]})")
        + f", sum(records) FROM counted GROUP BY {part}"
        for place, part in enumerate(parts, start=1)
    )
    return Query(
        name=f"{kind.plural}.records",
        title=f"{kind.things[0].upper()}{kind.things[1:]} in the records",
        definition=f"The number of {kind.things} that the records hold after duplicates and quarantined rows were set aside.",
        unit=kind.things,
        kind="count",
        needs=(),
        sentence=f"The records hold {{value}} {kind.things}.",
        source=_ACCOUNT,
        sql=f"""-- How many {kind.things} the records hold.
WITH counted AS (
  SELECT {", ".join(parts)}, count(*) AS records FROM {kind.plural} GROUP BY {", ".join(parts)}
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, coalesce(sum(records), 0) AS records FROM counted
  UNION ALL
  {rows}
)
SELECT breakdown, label, CAST(records AS DOUBLE) AS value, records AS numerator, CAST(NULL AS DOUBLE) AS denominator
FROM parts
ORDER BY place, CASE WHEN breakdown = 'agency' THEN records END DESC NULLS LAST, label""",
    )


def rows_measure(kind: RecordKind, name: str) -> Query:
    """Make the share of a kind's rows that were set aside: ``duplicates`` or ``quarantined``."""
    repeats = name == "duplicates"
    return Query(
        name=f"{kind.plural}.{name}",
        title=f"Rows of {kind.things} that {'repeat another' if repeats else 'could not be read'}",
        definition=(
            f"Rows that repeat another {kind.name} of the same log, by the record's own ID and minute or, where it has no ID, by "
            "every column that is read, among all rows that were given."
            if repeats
            else f"Rows of the sources that could not be read as a {kind.name}, among all rows that were given."
        ),
        unit="share of rows",
        needs=(),
        sentence=(
            "{counted} of the sources repeat another row; each record was counted once."
            if repeats
            else "{counted} of the sources could not be read, and were set aside with their line and reason."
        ),
        rule="the same ID and minute; without an ID, the same in every column that is read"
        if repeats
        else "a row whose time cannot be read, or that cannot be split into the header's cells",
        source=_ACCOUNT,
        neutral="0",
        sql=query(name, kind=kind.name),
    )


def turned_clock_measure(kind: RecordKind) -> Query:
    """Make the share of a kind's rows whose time came twice, or never was, as clocks were set."""
    return Query(
        name=f"{kind.plural}.turned_clock",
        title=f"Rows of {kind.things} in an hour that came twice, or never was",
        definition=(
            f"{kind.things[0].upper()}{kind.things[1:]} whose local time, written without a zone, falls in the hour that came twice when clocks were "
            "set back or in the hour that never was when they were set forward, among all that were kept."
        ),
        unit=f"share of {kind.things}",
        needs=(),
        sentence="{counted} are dated in an hour that came twice, or never was, as clocks were set.",
        rule="the hours at which the zone that was named for the records changes its offset; 0 where the export states UTC",
        source="The IANA time zone database, as the engine holds it.",
        neutral="0",
        caveats=(
            "Of an hour that came twice the first is taken: such a time may be an hour off.",
            "A time that never was shows that the records are not in the zone that was named for them.",
        ),
        sql=query("turned_clock", kind=kind.name),
    )


def bad_cells_measure(kind: RecordKind) -> Query:
    """Make the share of a kind's cells of numbers and times that hold no such value."""
    fields = [field for field in kind.fields if field.parsed and field.name != kind.time]
    counted = ",\n    ".join(
        f"count(*) FILTER (WHERE {field.name}_state = 'present' AND {field.parsed} IS NULL) AS {field.name}_n, "
        f"count(*) FILTER (WHERE {field.name}_state = 'present') AS {field.name}_d"
        for field in fields
    )
    cells = "\n  UNION ALL\n  ".join(
        f"SELECT {place} AS place, {literal(field.label)} AS field, {field.name}_n AS numerator, {field.name}_d AS denominator FROM counted"
        for place, field in enumerate(fields, start=1)
    )
    bounds = [
        f"{field.label} {field.low:g} to {field.high:g}"
        for field in fields
        if field.role is Role.NUMBER and field.high < float("inf")
    ]
    return Query(
        name=f"{kind.plural}.bad_cells",
        title=f"Cells of {kind.things} that hold no value of their column",
        definition=(
            f"Cells of {kind.things} that hold something which is no number, duration or time of their column, or is out of its bounds, "
            "among cells of those columns that hold something. Their line is in the case's quarantine; the rest of their row is kept."
        ),
        unit="share of cells",
        needs=(),
        sentence="{counted} hold no value of their column, and are in no rate.",
        rule="; ".join(bounds) or "a whole number, or a time in one of the forms that are read",
        source=_ACCOUNT,
        neutral="0",
        sql=f"""-- Cells of numbers, durations and times that hold something which cannot be read as one.
WITH counted AS (
  SELECT {counted}
  FROM {kind.plural}
),
cells AS (
  {cells}
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, sum(numerator) AS numerator, sum(denominator) AS denominator
  FROM cells
  UNION ALL
  SELECT place, 'field', field, numerator, denominator FROM cells WHERE denominator > 0
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place""",
    )
