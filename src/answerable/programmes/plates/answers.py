"""What the short answers in a log of hits say: confirmed or not, stopped or not, and whether anything came of it."""

from __future__ import annotations

from answerable.programmes.answers import answer_sql, whole_sql

__all__ = ["came_of_it_sql", "yes_no_sql"]

_YES = (
    "confirmed|confirm|match|matched|verified|valid|correct|accepted|accept|positive|stopped|stop|stop made"
)
_NO = (
    "not confirmed|unconfirmed|rejected|reject|no match|mismatch|misread|false alert|false hit"
    "|invalid|incorrect|not verified|negative|not stopped|no stop|declined"
)
_SOMETHING = ".*\\b(arrest(ed)?|recover(ed|y)?|cited|citation|located|returned|identified|seized|charged|rescued|found)\\b.*"
_NOTHING = (
    "(no|none|nil|nothing)\\b.*|.*\\b(not (found|located|stopped)|unable to locate|utl|goa|gone on arrival|released"
    "|no action|false|misread|unfounded|warning|closed without).*"
)


def yes_no_sql(column: str) -> str:
    """Give SQL that is TRUE for a yes, FALSE for a no, and NULL for any other answer and for none."""
    return answer_sql(column, _YES, _NO)


def came_of_it_sql(column: str) -> str:
    """Give SQL that is TRUE where an outcome names a result, FALSE where it names none, and NULL where it is not known."""
    return f"CASE WHEN {whole_sql(column, _NOTHING)} THEN FALSE WHEN {whole_sql(column, _SOMETHING)} THEN TRUE END"
