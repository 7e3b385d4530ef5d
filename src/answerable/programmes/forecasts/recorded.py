"""How outcomes came to be recorded: by police who were there, or by residents who called."""

from __future__ import annotations

from answerable.programmes.answers import answer_sql
from answerable.programmes.programme import View

__all__ = ["VIEWS"]

_POLICE = (
    "police|police initiated|officer|officer initiated|self initiated|patrol|on patrol|proactive|onview|on view|stop|found by police"
    "|discovered|discovered by police"
)
_PUBLIC = (
    "public|reported|reported by the public|report of the public|citizen|resident|call|call for service|911|999|112|dispatch|dispatched"
    "|victim|witness|reported by phone|online report"
)

VIEWS = (
    View(
        "recorded_words",
        f"""-- What each word for how an outcome came to be recorded says: police found it, or the public reported it.
SELECT how_word, {answer_sql("how_word", _POLICE, _PUBLIC)} AS is_by_police
FROM (SELECT DISTINCT recorded_how AS how_word FROM outcomes WHERE recorded_how IS NOT NULL) AS words""",
        kept=True,
    ),
)
"""One row per word for how an outcome came to be recorded."""
