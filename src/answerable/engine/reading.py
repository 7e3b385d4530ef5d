"""What the reading of sources says in DuckDB's words, written out for Spark.

Measures keep to what both engines know. The reading of a source leans on DuckDB's own functions, which are quick and
exact there. Where Spark reads the source, each of them is written out so that it gives the same: tests hold the two to
each other, cell by cell.
"""

from __future__ import annotations

import re

from answerable.engine.dialect import FUNCTIONS, READING, STANDARD
from answerable.engine.macros import Macro, macros_of, texts
from answerable.engine.patterns import java_pattern

__all__ = ["MACROS", "READING_MACROS"]

MACROS = macros_of((*FUNCTIONS, *STANDARD))
"""What stands in for each call of the shared vocabulary."""

_SPACE = "[ \\t\\n\\u000b\\f\\r]"
_DIGITS = "[0-9]+(?:_[0-9]+)*"
_WHOLE = f"{_SPACE}*[-+]?{_DIGITS}{_SPACE}*"
_NUMBER = f"{_SPACE}*[-+]?(?:{_DIGITS}(?:[.](?:{_DIGITS})?)?|[.]{_DIGITS})(?:[eE][-+]?[0-9]{{1,3}})?{_SPACE}*"
_PARTS = {
    "Y": "([0-9]{1,4})",
    "y": "([0-9]{1,2})",
    "m": "([0-9]{1,2})",
    "d": "([0-9]{1,2})",
    "H": "([0-9]{1,2})",
    "I": "(1[0-2]|0?[1-9])",
    "M": "([0-9]{1,2})",
    "S": "([0-5]?[0-9])",
    "f": "([0-9]{1,6})",
    "p": "([AaPp][Mm])",
}


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _try_cast(what: str) -> str:
    """Write TRY_CAST of a text to a number: spaces around it, single underscores within it and powers of ten are taken, and in a whole number other bases."""
    found = re.fullmatch(r"(.*?)\s+AS\s+(BIGINT|DOUBLE)", what, re.DOTALL | re.IGNORECASE)
    if found is None:
        raise ValueError("TRY_CAST is known to BIGINT and to DOUBLE alone")
    text, kind = found[1], found[2].upper()
    bare = f"regexp_replace({text}, {_quoted(f'_|{_SPACE}')}, '')"
    if kind == "DOUBLE":
        return f"CASE WHEN rlike({text}, {_quoted(f'^(?:{_NUMBER})$')}) THEN TRY_CAST({bare} AS DOUBLE) END"
    return (
        f"CASE WHEN rlike({text}, {_quoted(f'^(?:{_WHOLE})$')}) THEN TRY_CAST({bare} AS BIGINT) "
        f"WHEN rlike({text}, {_quoted(f'^(?:{_NUMBER})$')}) "
        f"THEN TRY_CAST(round(TRY_CAST({bare} AS DECIMAL(38, 18))) AS BIGINT) "
        f"WHEN rlike({text}, '^0[xX][0-9A-Fa-f]{{1,15}}$') THEN CAST(conv(substr({text}, 3), 16, 10) AS BIGINT) "
        f"WHEN rlike({text}, '^0[bB][01]{{1,62}}$') THEN CAST(conv(substr({text}, 3), 2, 10) AS BIGINT) END"
    )


def _try_strptime(text: str, formats: str) -> str:
    """Write the reading of a time in the first of some formats that fits it; the text is worked out once."""
    branches = " ".join(_when("whole", each) for each in texts(formats))
    return f"element_at(transform(array({text}), whole -> CASE {branches} END), 1)"


def _when(text: str, layout: str) -> str:
    """Write the branch of one format: its parts are taken out in one go, and put together as a time."""
    pattern, names = "", []
    for piece in re.findall(r"%[A-Za-z]|.", layout, re.DOTALL):
        if piece.startswith("%"):
            names.append(piece[1])
            pattern += _PARTS[piece[1]]
        else:
            pattern += f"{_SPACE}+" if piece == " " else re.escape(piece)
    written = _quoted(f"^{_SPACE}*{pattern}{_SPACE}*" + r"\z")
    taken = _quoted("|".join(f"${place}" for place in range(1, len(names) + 1)))

    def part(name: str) -> str:
        return f"CAST(parts[{names.index(name)}] AS INT)" if name in names else "0"

    hour = part("H")
    if "I" in names:
        hour = f"{part('I')} % 12 + CASE WHEN upper(parts[{names.index('p')}]) = 'PM' THEN 12 ELSE 0 END"
    second = part("S")
    if "f" in names:
        fraction = f"rpad(parts[{names.index('f')}], 6, '0')"
        second = f"CAST(concat(parts[{names.index('S')}], '.', {fraction}) AS DECIMAL(8, 6))"
    year = part("Y")
    if "y" in names:
        year = f"{part('y')} + CASE WHEN {part('y')} < 69 THEN 2000 ELSE 1900 END"
    made = f"try_make_timestamp_ntz({year}, {part('m')}, {part('d')}, {hour}, {part('M')}, {second})"
    parts = f"split(regexp_replace({text}, {written}, {taken}), '[|]')"
    return f"WHEN rlike({text}, {written}) THEN element_at(transform(array({parts}), parts -> {made}), 1)"


_KEYED = (
    "CAST(conv(left(sha2(concat(outer_pad, unhex(sha2(concat(inner_pad, encode(t, 'UTF-8')), 256))), 256), 15), 16, 10) "
    "AS BIGINT)"
)

READING_MACROS = {
    **MACROS,
    **macros_of(READING),
    ("keyed", 1): Macro(("t",), _KEYED),
    ("try_cast", 1): Macro(write=_try_cast),
    ("try_strptime", 2): Macro(write=_try_strptime),
    ("isfinite", 1): Macro(("x",), "NOT isnan(x) AND abs(x) < CAST('Infinity' AS DOUBLE)"),
    ("regexp_full_match", 2): Macro(
        ("t", "p"), "rlike(t, p)", {"p": lambda pattern: java_pattern(f"^(?:{pattern})$")}
    ),
    ("regexp_replace", 3): Macro(("t", "p", "r"), "regexp_replace(t, p, r)", {"p": java_pattern}),
}
"""The same, and what stands in for DuckDB's own functions where a source is read."""
