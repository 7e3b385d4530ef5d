"""What came of a request, told by the words of its outcome.

An outcome that no list knows is left open: it counts on neither side. Each list is an RE2 pattern for the whole answer in
lower case with single spaces.
"""

from __future__ import annotations

from answerable.programmes.answers import whole_sql

__all__ = ["OUTCOMES", "outcome_sql"]

_WRONG = ".*\\b(wrong person|mistaken identity|misidentif\\w+|wrongful\\w*|false arrest|exonerated|cleared|not the person)\\b.*"
_NOTHING = "(no|none|nil)\\b.*|.*\\b(no match|not identified|not found|inconclusive|unable to|insufficient|no candidate\\w*|closed without)\\b.*"
_ACTED = ".*\\b(arrest\\w*|charged|convicted|warrant|cited|summons\\w*)\\b.*"
_IDENTIFIED = ".*\\b(identified|identification|confirmed|match\\w*|lead|located|victim found|recovered)\\b.*"

OUTCOMES = ("wrong person", "arrest or charge", "identified", "nothing found")
"""The classes of outcomes; the first of them whose words an outcome has is its class."""


def outcome_sql(column: str) -> str:
    """Give SQL for the class of an outcome, NULL where its words are not known."""
    branches = zip((_WRONG, _NOTHING, _ACTED, _IDENTIFIED), (0, 3, 1, 2), strict=True)
    written = " ".join(
        f"WHEN {whole_sql(column, words)} THEN '{OUTCOMES[place]}'" for words, place in branches
    )
    return f"CASE {written} END"
