"""The few functions whose names or meanings differ between engines, named once and defined for each.

A measure's SQL uses these names and otherwise keeps to the common subset of DuckDB 2 and Spark 4. DuckDB defines
them as macros; for Spark each call is written out in the query before it runs (`answerable.engine.macros`).
A parameter called ``p`` takes a pattern of RE2, and one called ``r`` a text to put in, both as literals.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FUNCTIONS", "READING", "STANDARD", "Function", "identifier", "literal"]


@dataclass(frozen=True, slots=True)
class Function:
    """One function of the shared vocabulary: its signature, meaning and definition on each engine.

    ``duckdb`` is empty where DuckDB's own function of this name has this meaning.
    """

    signature: str
    meaning: str
    duckdb: str
    spark: str

    @property
    def name(self) -> str:
        """The function's name."""
        return self.signature.partition("(")[0]

    @property
    def parameters(self) -> tuple[str, ...]:
        """What its arguments are called in the definitions."""
        return tuple(self.signature.partition("(")[2].rstrip(")").split(", "))


FUNCTIONS: tuple[Function, ...] = (
    Function(
        "has_match(t, p)",
        "true where the RE2 pattern p occurs anywhere in text t",
        "regexp_matches(t, p)",
        "rlike(t, p)",
    ),
    Function(
        "replace_all(t, p, r)",
        "text t with every match of the RE2 pattern p replaced by the text r",
        "regexp_replace(t, p, r, 'g')",
        "regexp_replace(t, p, r)",
    ),
    Function("iso_weekday(ts)", "1 for Monday to 7 for Sunday (ISO 8601)", "isodow(ts)", "weekday(ts) + 1"),
    Function("hour_of_day(ts)", "0 to 23", "hour(ts)", "hour(ts)"),
    Function(
        "seconds_between(a, b)",
        "whole elapsed seconds from a to b, truncated toward zero; negative when b is earlier",
        "(epoch_us(b) - epoch_us(a)) // 1000000",
        "(unix_micros(CAST(b AS TIMESTAMP_LTZ)) - unix_micros(CAST(a AS TIMESTAMP_LTZ))) DIV 1000000",
    ),
    Function(
        "year_month(ts)",
        "the calendar month as YYYY-MM",
        "strftime(ts, '%Y-%m')",
        "date_format(ts, 'yyyy-MM')",
    ),
    Function(
        "iso_date(ts)",
        "the calendar date as YYYY-MM-DD",
        "strftime(ts, '%Y-%m-%d')",
        "date_format(ts, 'yyyy-MM-dd')",
    ),
    Function(
        "days_between(a, b)",
        "calendar days from date a to date b",
        "date_diff('day', a, b)",
        "datediff(b, a)",
    ),
    Function(
        "fingerprint(t)",
        "the first 60 bits of the MD5 of text t, as a whole number; NULL for NULL. For long texts compared by the million",
        "CAST('0x' || substr(md5(t), 1, 15) AS BIGINT)",
        "CAST(conv(substr(md5(t), 1, 15), 16, 10) AS BIGINT)",
    ),
)
"""The functions that each engine is given."""

_SPACES = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
# Letters that Spark writes in capitals as several (ß as SS), which DuckDB writes as one (ẞ) or leaves as they are, and four
# whose capitals are newer than the Unicode that DuckDB knows. They are put aside, as characters that no text holds,
# while the others change.
_SPELT_OUT = "".join(chr(code) for code in range(0x10000) if len(chr(code).upper()) > 1) + "ƛɤꟓꟕ"
_ASIDE = "".join(chr(0xF0000 + place) for place in range(len(_SPELT_OUT)))
_IOTAS = range(0x1F80, 0x1FB0)
_CAPITALS = "".join(
    {"ß": "ẞ", "ᾳ": "ᾼ", "ῃ": "ῌ", "ῳ": "ῼ"}.get(
        letter, chr(ord(letter) | 8) if ord(letter) in _IOTAS else letter
    )
    for letter in _SPELT_OUT
)

STANDARD: tuple[Function, ...] = (
    Function(
        "lower(t)",
        "each letter of text t in lower case, whatever stands beside it",
        "",
        "lower(translate(t, 'İΣ', 'iσ'))",
    ),
    Function(
        "upper(t)",
        "each letter of text t in upper case, one for one",
        "",
        f"translate(upper(translate(t, '{_SPELT_OUT}', '{_ASIDE}')), '{_ASIDE}', '{_CAPITALS}')",
    ),
    Function("trim(t)", "text t without Unicode's spaces at its ends", "", f"trim(BOTH '{_SPACES}' FROM t)"),
    Function(
        "regexp_extract(t, p, g)",
        "group g of the first match of the RE2 pattern p in text t; empty where there is none",
        "",
        "regexp_extract(t, p, g)",
    ),
    Function("round(x)", "the nearest whole number, a half away from zero", "", "round(x)"),
    Function(
        "round(x, n)",
        "x times a power of ten, rounded, and divided by it again",
        "",
        "round((x) * power(10e0, n)) / power(10e0, n)",
    ),
    Function(
        "levenshtein(a, b)",
        "how many bytes must be put in, taken out or changed to make text b of text a: of ASCII, characters",
        "",
        "levenshtein(decode(encode(a, 'UTF-8'), 'ISO-8859-1'), decode(encode(b, 'UTF-8'), 'ISO-8859-1'))",
    ),
)
"""Functions that every engine has, and that Spark defines otherwise than DuckDB, whose meaning counts."""


def _again(minutes: int) -> str:
    """Give the branch for a local time that comes again after so many minutes, as clocks were set back by them."""
    later = f"convert_timezone(z, 'UTC', ts) + INTERVAL '{minutes}' MINUTE"
    return f"WHEN convert_timezone('UTC', z, {later}) = ts THEN {later}"


READING: tuple[Function, ...] = (
    Function(
        "utc_to_local(ts, z)",
        "the local time in zone z of an instant that is written in UTC",
        "timezone(z, timezone('UTC', ts))",
        "convert_timezone('UTC', z, ts)",
    ),
    Function(
        "local_to_utc(ts, z)",
        "the instant, in UTC, of a local time in zone z; of an hour that came twice, the second",
        "timezone('UTC', timezone(z, ts))",
        f"CASE {_again(60)} {_again(30)} ELSE convert_timezone(z, 'UTC', ts) END",
    ),
)
"""Functions that the reading of sources uses beside these, and no measure."""


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
