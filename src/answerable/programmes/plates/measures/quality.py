"""How good the record itself is: what it holds, what was withheld or left blank, and the audit trail it makes."""

from __future__ import annotations

from answerable.engine.dialect import literal
from answerable.intake.kinds import CellState
from answerable.programmes.measure import Measure, Query, Share
from answerable.programmes.plates.records import SEARCH
from answerable.programmes.plates.sql import query
from answerable.programmes.sql import query as shared

__all__ = ["MEASURES"]

_PRACTICE = "Practice of audits of released records."
_ACCOUNT = "Every row is accounted for: rows in = kept + duplicates + quarantined."
_VIEW = "marked_searches"


def _census(state: CellState) -> str:
    """Write the census of one cell state over every field and source; it is made from the record kind's fields."""
    states = ", ".join(f"{field.name}_state" for field in SEARCH.fields)
    counted = ",\n    ".join(
        f"sum(CASE WHEN {field.name}_state = {literal(state.value)} THEN records END) AS {field.name}_n, "
        f"sum(CASE WHEN {field.name}_state <> 'not exported' THEN records END) AS {field.name}_d"
        for field in SEARCH.fields
    )
    cells = "\n  UNION ALL\n  ".join(
        f"SELECT source, {place} AS place, {literal(field.label)} AS field, "
        f"coalesce({field.name}_n, 0) AS numerator, coalesce({field.name}_d, 0) AS denominator FROM counted"
        for place, field in enumerate(SEARCH.fields)
    )
    return f"""-- The census of cells whose state is "{state.value}", among cells that were exported.
-- Records with the same states throughout are counted first: there are few such patterns, so one scan is enough.
WITH patterns AS (
  SELECT source, {states}, count(*) AS records
  FROM base_searches
  GROUP BY source, {states}
),
counted AS (
  SELECT source,
    {counted}
  FROM patterns
  GROUP BY source
),
cells AS (
  {cells}
),
parts AS (
  SELECT -1 AS place, 0 AS source, 'all' AS breakdown, 'all' AS label,
    coalesce(sum(numerator), 0) AS numerator, coalesce(sum(denominator), 0) AS denominator
  FROM cells
  UNION ALL
  SELECT place, 0, 'field', field, sum(numerator), sum(denominator)
  FROM cells GROUP BY place, field HAVING sum(denominator) > 0
  UNION ALL
  SELECT place, source, 'source and field', concat('Source ', source, ': ', field), numerator, denominator
  FROM cells WHERE denominator > 0
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY breakdown, source, place"""


_RECORDS = Query(
    name="searches.records",
    title="Searches in the records",
    definition="The number of searches that the records hold after duplicates and quarantined rows were set aside.",
    unit="searches",
    kind="count",
    needs=(),
    sentence="The records hold {value} searches.",
    source=_ACCOUNT,
    sql=query("records"),
)

_DAYS = Query(
    name="searches.days_covered",
    title="Days that the records cover",
    definition="Calendar days from the first search to the last, both counted, by the clock of the records.",
    unit="days",
    kind="count",
    needs=("searched_at",),
    sentence="The records run over {value} calendar days, from the first search to the last.",
    rule="calendar days by the clock of the records, the first and the last both counted",
    source=_PRACTICE,
    caveats=("Covered is not complete: days without a search are a measure of their own.",),
    sql=query("days_covered"),
)

_TRAIL = Share(
    name="searches.audit_trail_complete",
    title="Searches with a complete audit trail",
    definition=(
        "Searches that show all four of a time, a user, what was searched for (a plate, also one with wildcards, or "
        "a typed prompt) and a reason, among searches in which none of these was withheld."
    ),
    unit="share of searches",
    needs=("searched_at", "user_name|user_id", "plate|text_prompt", "reason"),
    sentence="Of the searches in which none of the four was withheld, {figure} show a time, a user, what was searched for and a reason.",
    rule="all four cells hold a value; a blank or a placeholder is not a value",
    source="The elements of a record of access in Cal. Civ. Code 1798.90.52.",
    neutral="1",
    caveats=("The log shows what a cell holds; it does not show that what was written is true.",),
    view=_VIEW,
    counts=(
        "searched_at_state = 'present' AND account_state = 'present' "
        "AND (plate_state IN ('present', 'wildcard') OR text_prompt_state = 'present') "
        "AND reason_state = 'present'"
    ),
    among=(
        "searched_at_state <> 'withheld' AND account_state <> 'withheld' AND reason_state <> 'withheld' "
        "AND (plate_state IN ('present', 'wildcard') OR text_prompt_state = 'present' "
        "OR (plate_state <> 'withheld' AND text_prompt_state <> 'withheld'))"
    ),
)

_USER_STATED = Share(
    name="searches.user_stated",
    title="Searches that name their user",
    definition=(
        "Searches whose user-name cell holds a value, among searches whose user name was exported and not withheld. An "
        "account number alone is not a user name."
    ),
    unit="share of searches",
    needs=("user_name",),
    sentence="{counted} hold the name of the user who made them.",
    rule="the cell holds a value; a blank or a placeholder is not a value",
    source="The username element of a record of access in Cal. Civ. Code 1798.90.52.",
    neutral="1",
    view=_VIEW,
    counts="user_name_state = 'present'",
)

_ORGANISATION_STATED = Share(
    name="searches.organisation_stated",
    title="Searches that name their organisation",
    definition=(
        "Searches whose organisation cell holds a value, among searches whose organisation was exported and not "
        "withheld."
    ),
    unit="share of searches",
    needs=("agency",),
    sentence="{counted} hold the name of the organisation under which they were made.",
    rule="the cell holds a value; a blank or a placeholder is not a value",
    source="The organisation element of a record of access in Cal. Civ. Code 1798.90.52.",
    neutral="1",
    view=_VIEW,
    counts="agency_state = 'present'",
)

_REDACTED = Query(
    name="searches.redacted",
    title="Cells withheld",
    definition=(
        "Cells that hold a redaction mark, among all cells of the fields that were exported. "
        "The breakdown gives each field, and each source and field."
    ),
    unit="share of cells",
    needs=(),
    sentence="{counted} were withheld by a redaction mark.",
    rule="a cell that holds nothing but a redaction mark; a star inside a plate is a wildcard",
    source=_PRACTICE,
    neutral="0",
    caveats=(
        "A column that was dropped from an export is not in this count: it is reported as not exported.",
        "Where a producer redacts with an empty cell, the cell is counted as blank.",
    ),
    sql=_census(CellState.WITHHELD),
)

_BLANK = Query(
    name="searches.blank_cells",
    title="Cells left blank",
    definition=(
        "Cells that are empty or hold a placeholder (none, n/a, -, x ...), among all cells of the fields that were "
        "exported. The breakdown gives each field, and each source and field."
    ),
    unit="share of cells",
    needs=(),
    sentence="{counted} are blank.",
    rule="an empty cell or one of the placeholders of the layout",
    source=_PRACTICE,
    caveats=("Some fields are blank by design: a search by plate has no typed prompt.",),
    sql=_census(CellState.BLANK),
)

_DUPLICATES = Query(
    name="searches.duplicates",
    title="Rows that repeat another",
    definition=(
        "Rows of the sources that repeat another row of the same or an earlier source, by the record's own ID and minute or, "
        "where it has no ID, by every column that is read, among all rows that were given. The breakdown gives each source, and the repeats "
        "whose other cells differ."
    ),
    unit="share of rows",
    needs=(),
    sentence="{counted} of the sources repeat another row; each record was counted once.",
    rule="the same ID and minute; without an ID, the same in every column that is read",
    source=_ACCOUNT,
    neutral="0 within one source; neighbouring month files overlap",
    sql=shared("duplicates", kind="search"),
)

_QUARANTINED = Query(
    name="searches.quarantined",
    title="Rows that could not be read",
    definition=(
        "Rows of the sources that could not be read as a search (too few or too many cells, a repeated header, an "
        "unreadable time ...), among all rows that were given. The breakdown gives each source."
    ),
    unit="share of rows",
    needs=(),
    sentence="{counted} of the sources could not be read, and were set aside with their line and reason.",
    rule="a row whose time cannot be read, or that cannot be split into the header's cells",
    source=_ACCOUNT,
    neutral="0",
    sql=shared("quarantined", kind="search"),
)

MEASURES: tuple[Measure, ...] = (
    _RECORDS, _DUPLICATES, _QUARANTINED, _DAYS, _TRAIL, _USER_STATED, _ORGANISATION_STATED, _REDACTED, _BLANK,
)  # fmt: skip  # a table: what stands in one line belongs together
"""The measures of the record itself, in the order of the report."""
