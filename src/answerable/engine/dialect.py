"""The few functions whose names differ between engines, named once and defined for each.

A measure's SQL uses these names and otherwise keeps to the common subset of DuckDB 2 and Spark 4. DuckDB
defines them as macros; a distributed engine defines temporary functions of the same names.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FUNCTIONS", "Function", "identifier", "literal"]


@dataclass(frozen=True, slots=True)
class Function:
    """One function of the shared vocabulary: its signature, meaning and definition on DuckDB."""

    signature: str
    meaning: str
    duckdb: str


FUNCTIONS: tuple[Function, ...] = (
    Function(
        "has_match(t, p)",
        "true where the RE2 pattern p occurs anywhere in text t",
        "regexp_matches(t, p)",
    ),
    Function(
        "replace_all(t, p, r)",
        "text t with every match of the RE2 pattern p replaced by the text r",
        "regexp_replace(t, p, r, 'g')",
    ),
    Function("iso_weekday(ts)", "1 for Monday to 7 for Sunday (ISO 8601)", "isodow(ts)"),
    Function("hour_of_day(ts)", "0 to 23", "hour(ts)"),
    Function(
        "seconds_between(a, b)",
        "whole elapsed seconds from a to b, truncated toward zero; negative when b is earlier",
        "(epoch_us(b) - epoch_us(a)) // 1000000",
    ),
    Function("year_month(ts)", "the calendar month as YYYY-MM", "strftime(ts, '%Y-%m')"),
    Function("iso_date(ts)", "the calendar date as YYYY-MM-DD", "strftime(ts, '%Y-%m-%d')"),
    Function("days_between(a, b)", "calendar days from date a to date b", "date_diff('day', a, b)"),
    Function(
        "fingerprint(t)",
        "the first 60 bits of the MD5 of text t, as a whole number; NULL for NULL. For long texts compared by the million",
        "CAST('0x' || substr(md5(t), 1, 15) AS BIGINT)",
    ),
)


def literal(value: str | float | None) -> str:
    """Write a value as an SQL literal; text is quoted, and a quote inside it is doubled."""
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return repr(value)


def identifier(name: str) -> str:
    """Write a column or view name as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
