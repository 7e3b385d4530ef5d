"""What short answers in a log say: yes, no, or neither.

Systems write them in many ways. An answer that no list of words knows is left open: it counts on neither side. Each list
is an RE2 pattern for the whole answer, in lower case with single spaces.
"""

from __future__ import annotations

from answerable.engine.dialect import literal

__all__ = ["answer_sql", "whole_sql"]

_YES = "y|yes|t|true|1"
_NO = "n|no|f|false|0|none"


def whole_sql(column: str, pattern: str) -> str:
    """Give the SQL condition that the whole of an answer, in lower case with single spaces, is of a pattern."""
    text = f"trim(replace_all(lower({column}), '[\\s_-]+', ' '))"
    return f"has_match({text}, {literal(f'^({pattern})$')})"


def answer_sql(column: str, yes: str = "", no: str = "") -> str:
    """Give SQL that is TRUE for a yes, FALSE for a no, and NULL for any other answer and for none.

    Args:
        column: The column.
        yes: What else says yes, as alternatives of a pattern: ``match|confirmed``.
        no: What else says no.
    """
    says_no, says_yes = (whole_sql(column, "|".join(filter(None, each))) for each in ((_NO, no), (_YES, yes)))
    return f"CASE WHEN {says_no} THEN FALSE WHEN {says_yes} THEN TRUE END"
