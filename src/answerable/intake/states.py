"""Cell states in SQL: what a cell holds when it holds no value.

Absent is not zero (rule 2), and a blank, a redaction and a wildcard are three different things. The word
lists are those seen in real releases. Tests hold `state_sql` against `state_of`, its plain-Python reading.
"""

from __future__ import annotations

import re
from functools import cache

from answerable.engine.dialect import literal
from answerable.intake.kinds import CellState, Field, Role

__all__ = [
    "BLANKS",
    "DECIMALS",
    "DURATION",
    "GROUPED",
    "SPACES",
    "STATE_TYPE",
    "WITHHELD",
    "has_a_shape",
    "like_value",
    "misgrouped",
    "state_literal",
    "state_of",
    "state_sql",
]

STATE_TYPE = f"ENUM({', '.join(literal(state.value) for state in CellState)})"
"""The states' SQL type while they are computed: a byte each. Parquet stores them as text from a dictionary."""

BLANKS = ("", "none", "n/a", "na", "-", "--", "xxx", "x", "*", ".", "0", "test", "null", "——")
"""Placeholders that say nothing, compared in lower case without outer spaces."""

WITHHELD = (
    r"[*](\s*[*]){1,}",  # *** and * * *
    r"#{2,}",
    r"[\[(]?\s*(redacted|withheld)\b.{0,80}",
    # A statute cited in place of the value: 7923.600 GC, CPRA 7923.600, Gov. Code § 7923.600, RCW 42.56.240
    r"([a-z.]+\s+){0,3}§{0,2}\s*[0-9]{2,5}(\.[0-9]{2,4}){1,2}(\([a-z0-9]+\))*\s*(gc|gov\.?\s*code|cpra|foia|rcw|pc)?",
    r"[\x{2580}-\x{259F}\x{25A0}\x{25AA}\x{25AC}\x{25FC}\x{FFFD}]([\s\x{2580}-\x{259F}\x{25A0}\x{25AA}\x{25AC}\x{25FC}\x{FFFD}])*",
)
"""Redactions, each an RE2 pattern for the whole cell in lower case."""

SPACES = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""What counts as outer space: Unicode's space separators, which is what the engine's trim() removes."""

DURATION = "([0-9]+:)?[0-9]{1,2}:[0-9]{2}|[0-9]+"
"""A duration as it is written: 0:00:24, or a whole number of seconds."""

GROUPED = r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+"
"""A whole number whose thousands are grouped by commas; a comma that stands otherwise is not taken off."""

DECIMALS = r"(\.[0-9]+)?"
"""What may follow it in a column of numbers."""

_WHOLE = "|".join(f"(?:{pattern})" for pattern in WITHHELD)
_LONGEST_BLANK = 6  # the longest placeholder, with room for a space on either side
_LONGEST_REDACTION = 120


_READ = re.compile(re.sub(r"\\x\{(\w{4})\}", r"\\u\1", _WHOLE), re.ASCII)


@cache  # asked for every cell of a sample
def _blanks(field: Field) -> tuple[str, ...]:
    """Give the placeholders of a field: in a reason, the word "test" is an answer, and 0 hits are a figure."""
    answers = {"test": field.test_is_blank, "0": field.zero_is_blank}
    return (*(blank for blank in BLANKS if answers.get(blank, True)), *field.also_blank)


def state_literal(state: CellState) -> str:
    """Give the SQL literal of a state."""
    return f"CAST({literal(state.value)} AS {STATE_TYPE})"


def state_sql(cell: str, field: Field) -> str:
    """Give the SQL expression for the state of a text cell.

    Nearly every cell holds a value, so cheap tests on length and first character come before patterns: what
    they let through as present cannot be a placeholder (too long) or a redaction (it would begin otherwise).
    """
    text = f"lower(trim({cell}))"
    blanks = ", ".join(literal(blank) for blank in _blanks(field))
    letters = sorted({blank[0] for blank in _blanks(field) if blank[:1].isalpha()})
    longest = max(_LONGEST_BLANK, *(len(blank) + 2 for blank in field.also_blank), 0)
    starts = " OR ".join(
        f"({cell} >= '{each}' AND {cell} < '{chr(ord(each) + 1)}')"
        for letter in letters
        for each in (letter.upper(), letter)
    )
    blank_start = f"{cell} < '1' OR {cell} >= '{{' OR {starts}"
    odd_start = f"{cell} < '0' OR {cell} >= '{{' OR ({cell} >= '[' AND {cell} < 'a')"
    redact_word = " OR ".join(f"({cell} >= '{a}' AND {cell} < '{b}')" for a, b in ("RS", "WX", "rs", "wx"))
    wildcard = (
        f"WHEN contains({cell}, '*') OR contains({cell}, '?') OR contains({cell}, '%') THEN {state_literal(CellState.WILDCARD)} "
        if field.wildcards
        else ""
    )
    # A statute's number, which releases write in place of a value, is a number: in a column of numbers it is the value.
    # Nearly every cell there is one as it stands, and outer spaces are dear to take off.
    number = f"coalesce(TRY_CAST({cell} AS DOUBLE), TRY_CAST({text} AS DOUBLE))"
    no_number = f"{number} IS NULL AND " if field.role is Role.NUMBER else ""
    return (
        f"CASE WHEN {cell} IS NULL OR {cell} = '' THEN {state_literal(CellState.BLANK)} "
        f"WHEN (length({cell}) <= {longest} OR {cell} < '!') AND ({blank_start}) AND {text} IN ({blanks}) THEN {state_literal(CellState.BLANK)} "
        f"WHEN ({odd_start} OR {redact_word} OR contains({cell}, '.')) AND length({cell}) <= {_LONGEST_REDACTION} "
        f"AND {no_number}regexp_full_match({text}, {literal(_WHOLE)}) THEN {state_literal(CellState.WITHHELD)} "
        f"{wildcard}ELSE {state_literal(CellState.PRESENT)} END"
    )


def like_number(cell: str) -> bool:
    """Say whether a cell that holds a value is written in digits, as a count is."""
    return re.fullmatch(r"[-+]?[0-9.,\s]*[0-9][0-9.,\s]*", cell) is not None


def misgrouped(cell: str, field: Field) -> bool:
    """Say whether commas make a cell no number of its field: they are taken off between thousands and nowhere else."""
    if "," not in cell or field.role not in (Role.COUNT, Role.NUMBER):
        return False
    bare = (
        re.sub(rf"(?i)\s*{re.escape(field.unit)}\s*$", "", cell).strip(SPACES)
        if field.unit
        else cell.strip(SPACES)
    )
    return re.fullmatch(GROUPED + (DECIMALS if field.role is Role.NUMBER else ""), bare) is None


def has_a_shape(field: Field) -> bool:
    """Say whether values of a field are written in one way: of others every cell is like a value."""
    return field.role in (Role.DURATION, Role.NUMBER, Role.COUNT)


def like_value(cell: str, field: Field) -> bool:
    """Say whether a cell that holds a value is written as values of its field are: always so for text."""
    if field.role is Role.DURATION:
        return re.fullmatch(DURATION, cell.strip(SPACES)) is not None
    if field.role is Role.NUMBER:
        # "-Infinity days" has the shape of a number of days; that it is none is said cell by cell.
        bare = re.sub(rf"(?i)\s*{re.escape(field.unit)}\s*$", "", cell) if field.unit else cell
        return (
            like_number(bare)
            or re.fullmatch(r"(?i)\s*[-+]?(inf(inity)?|nan|[0-9.]+e[-+]?[0-9]+)\s*", bare) is not None
        )
    return field.role is not Role.COUNT or like_number(cell)


def state_of(cell: str | None, field: Field) -> CellState:
    """Read one cell's state in plain Python: for samples, and as the reference for `state_sql`."""
    text = (cell or "").strip(SPACES).lower()
    if text in _blanks(field):
        return CellState.BLANK
    a_number = field.role is Role.NUMBER and re.fullmatch(r"[0-9]+\.[0-9]+", text)
    if len(cell or "") <= _LONGEST_REDACTION and not a_number and _READ.fullmatch(text):
        return CellState.WITHHELD
    if field.wildcards and any(mark in text for mark in "*?%"):
        return CellState.WILDCARD
    return CellState.PRESENT
