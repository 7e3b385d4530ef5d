"""The views that the measures of searches read, made from the records.

    searches  ->  agencies          one row per organisation: its state, whether it is federal or inactive
              ->  reasons           one row per distinct reason: which lists it is in
              ->  tools             one row per search type: which tool, mobile or not
              ->  base_searches     one row per search: its account, its times, its tool
              ->  marked_searches   the same with what its organisation's name and its reason say

Organisations, reasons and types are few beside searches, so what their text says is read once for each. They are joined
by a key that the query itself makes unique, so that an engine leaves the join out where a measure does not need it; a
measure that needs neither reads `base_searches`.
"""

from __future__ import annotations

from answerable.engine.dialect import literal
from answerable.programmes.plates.agencies import agencies_sql
from answerable.programmes.plates.lexicon import LEXICON
from answerable.programmes.plates.matching import VIEWS as MATCHING_VIEWS
from answerable.programmes.plates.other_views import OTHER_VIEWS
from answerable.programmes.programme import View

__all__ = ["FLAGS", "VIEWS"]

_TOPICS = tuple(f"topic_{topic.id}" for topic in LEXICON.topics)
FLAGS = (
    "is_vague",
    "is_number",
    "is_mash",
    *_TOPICS,
    "no_topic",
    "has_plate",
    "has_name",
    "has_phone",
    "is_plain",
)
"""What is marked of a reason; each is TRUE or FALSE, and NULL where there is none to read."""


def _without(text: str, words: str) -> str:
    """Take words out of a text, twice: of two in a row the first takes the space that the second begins with."""
    pattern = literal(words)
    return f"replace_all(replace_all({text}, {pattern}, ' ~ '), {pattern}, ' ~ ')"


def _topics_sql() -> str:
    lines = []
    for topic in LEXICON.topics:
        text = _without("text", topic.unless) if topic.unless else "text"
        lines.append(f"has_match({text}, {literal(topic.words)}) AS topic_{topic.id}")
    return ",\n    ".join(lines)


def _reasons_sql() -> str:
    """Give the SELECT that reads each distinct reason once."""
    capitals = _without("upper(reason)", LEXICON.not_plates)
    return f"""-- Each distinct reason, and which lists it is in. `text` is the reason in lower case with single spaces,
-- `rest` what is left of it when plain words are taken out.
WITH texts AS (
  SELECT reason, trim(replace_all(lower(reason), '[+_\\s]+', ' ')) AS text,
    replace_all(reason, {literal(LEXICON.plain)}, '~') AS rest
  FROM (SELECT DISTINCT reason FROM searches WHERE reason IS NOT NULL) AS distinct_reasons
),
marked AS (
  SELECT reason,
    has_match(trim(replace_all(text, '[.*,;:!?]+$', '')), {literal(LEXICON.vague)}) AS is_vague,
    has_match(text, '^[0-9 ./#:,()-]*[0-9][0-9 ./#:,()-]*$') AS is_number,
    has_match(text, {literal(LEXICON.mash)}) AS is_mash,
    {_topics_sql()},
    has_match({capitals}, {literal(LEXICON.plates)}) AS has_plate,
    has_match(rest, {literal(LEXICON.names)}) AS has_name,
    has_match(reason, {literal(LEXICON.phones)}) AS has_phone,
    NOT has_match(rest, '[\\pL\\pN]') AS is_plain
  FROM texts
)
SELECT *, NOT ({" OR ".join(_TOPICS)}) AS no_topic
FROM marked"""


_BASE = """-- One row per search. An account is told by the name, else by the number, that the export gives; `clock_time` is local
-- where the zone is known, else as the export writes it; `local_time` is empty where the export states UTC and nobody
-- has named the zone.
SELECT searches.*,
  coalesce(user_name, user_id) AS account,
  CASE
    WHEN 'present' IN (user_name_state, user_id_state) THEN 'present'
    WHEN 'withheld' IN (user_name_state, user_id_state) THEN 'withheld'
    WHEN 'blank' IN (user_name_state, user_id_state) THEN 'blank'
    ELSE 'not exported'
  END AS account_state,
  coalesce(searched_at_local, searched_at) AS clock_time,
  CASE WHEN clock <> 'utc' THEN coalesce(searched_at_local, searched_at) END AS local_time,
  tools.tool, tools.is_mobile
FROM searches
LEFT JOIN (
  SELECT search_type AS type_name, max(tool) AS tool, max(is_mobile) AS is_mobile FROM tools GROUP BY search_type
) AS tools ON tools.type_name = searches.search_type"""

_KNOWN_TYPES = (
    "lookup", "search", "convoy", "visual", "freeform", "multigeo", "apilookup", "apiv1", "apiv2", "searchsummary",
    "mostseenocrvalues",
)  # fmt: skip  # a list of words

_TOOLS = f"""-- Each distinct search type: the tool, a mobile form with its desktop form, and whether it is mobile. A type that is not
-- known is never named: in a shifted export its column may hold anything.
SELECT search_type, CASE WHEN desktop IN ({", ".join(map(literal, _KNOWN_TYPES))}) THEN desktop ELSE 'another type' END
    AS tool, is_mobile
FROM (
  SELECT search_type, is_mobile, CASE WHEN is_mobile THEN trim(substring(kind, 1, length(kind) - 8)) ELSE kind END AS desktop
  FROM (
    SELECT DISTINCT search_type, lower(search_type) AS kind, lower(search_type) LIKE '%- mobile' AS is_mobile
    FROM searches WHERE search_type IS NOT NULL
  ) AS types
) AS named"""


def _marked_sql() -> str:
    flags = ", ".join(f"reasons.{flag}" for flag in FLAGS)
    unique = ",\n    ".join(f"max({flag}) AS {flag}" for flag in FLAGS)
    return f"""-- Each search with what its organisation's name and its reason say.
SELECT base_searches.*, agencies.home_state, agencies.is_federal, agencies.is_inactive,
  {flags}
FROM base_searches
LEFT JOIN (
  SELECT agency AS agency_name, max(home_state) AS home_state, max(is_federal) AS is_federal,
    max(is_inactive) AS is_inactive
  FROM agencies GROUP BY agency
) AS agencies ON agencies.agency_name = base_searches.agency
LEFT JOIN (
  SELECT reason AS reason_text,
    {unique}
  FROM reasons GROUP BY reason
) AS reasons ON reasons.reason_text = base_searches.reason"""


VIEWS = (
    View("agencies", agencies_sql(), kept=True),
    View("reasons", _reasons_sql(), kept=True),
    View("tools", _TOOLS, kept=True),
    View("base_searches", _BASE),
    View("marked_searches", _marked_sql()),
    *OTHER_VIEWS,
    *MATCHING_VIEWS,
)
