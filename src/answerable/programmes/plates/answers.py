"""What the short answers in a log of hits say: confirmed or not, stopped or not, and whether anything came of it.

Systems write them in many ways. An answer that none of the lists knows is left open: it counts on neither side.
Each list is an RE2 pattern for the whole answer in lower case with single spaces.
"""

from __future__ import annotations

from answerable.engine.dialect import literal

__all__ = ["came_of_it_sql", "yes_no_sql"]

_YES = "y|yes|t|true|1|confirmed|confirm|match|matched|verified|valid|correct|accepted|accept|positive|stopped|stop|stop made"
_NO = (
    "n|no|f|false|0|not confirmed|unconfirmed|rejected|reject|no match|mismatch|misread|false|false alert|false hit"
    "|invalid|incorrect|not verified|negative|not stopped|no stop|none|declined"
)
_SOMETHING = ".*\\b(arrest(ed)?|recover(ed|y)?|cited|citation|located|returned|identified|seized|charged|rescued|found)\\b.*"
_NOTHING = (
    "(no|none|nil|nothing)\\b.*|.*\\b(not (found|located|stopped)|unable to locate|utl|goa|gone on arrival|released"
    "|no action|false|misread|unfounded|warning|closed without).*"
)


def _text(column: str) -> str:
    return f"trim(replace_all(lower({column}), '[\\s_-]+', ' '))"


def _whole(column: str, pattern: str) -> str:
    return f"has_match({_text(column)}, {literal(f'^({pattern})$')})"


def yes_no_sql(column: str) -> str:
    """Give SQL that is TRUE for a yes, FALSE for a no, and NULL for any other answer and for none."""
    return f"CASE WHEN {_whole(column, _NO)} THEN FALSE WHEN {_whole(column, _YES)} THEN TRUE END"


def came_of_it_sql(column: str) -> str:
    """Give SQL that is TRUE where an outcome names a result, FALSE where it names none, and NULL where it is not known."""
    return f"CASE WHEN {_whole(column, _NOTHING)} THEN FALSE WHEN {_whole(column, _SOMETHING)} THEN TRUE END"
