"""Which types of outcomes depend on police being there, by the word lists of presence.toml.

A word list is a word list: it says what a type is called, and not how any one outcome came to be recorded.
"""

from __future__ import annotations

import hashlib
import tomllib
from importlib import resources

from answerable.engine.dialect import literal
from answerable.programmes.programme import View

__all__ = [
    "BY_CLASS",
    "CLASSES",
    "DEPENDS",
    "NOT_CLASSED",
    "REPORTED",
    "SHA256",
    "UNTYPED",
    "VERSION",
    "VIEWS",
]

DEPENDS = "depends on police presence"
REPORTED = "mostly reported by others"
NOT_CLASSED = "not classed"
UNTYPED = "no type stated"
CLASSES = (DEPENDS, REPORTED, NOT_CLASSED, UNTYPED)
"""What a type can be, in the order of a report."""
BY_CLASS = "change, by what the word lists say of the type"
"""The breakdown by class, which the report draws."""

_DATA = resources.files(__package__).joinpath("presence.toml").read_bytes()
_RAW = tomllib.loads(_DATA.decode("utf-8"))
VERSION: str = _RAW["version"]
SHA256 = hashlib.sha256(_DATA).hexdigest()
"""Of the file's bytes, in hexadecimal."""


def _says(list_name: str) -> str:
    """Give the SQL condition that a type holds a word of a list."""
    words = "|".join(_RAW[list_name])
    return f"has_match(said, {literal(f'(^| )({words})( |$)')})"


_TYPES = f"""-- What the word lists say of each type as it was recorded; both or neither is not classed.
SELECT type_word, CASE WHEN depends AND NOT by_others THEN {literal(DEPENDS)} WHEN by_others AND NOT depends THEN {literal(REPORTED)}
  ELSE {literal(NOT_CLASSED)} END AS type_class
FROM (
  SELECT type_word, {_says("depends")} AS depends, {_says("reported")} AS by_others
  FROM (
    SELECT type AS type_word, trim(replace_all(lower(type), '[^a-z0-9]+', ' ')) AS said
    FROM (SELECT DISTINCT type FROM outcomes WHERE type IS NOT NULL) AS words
  ) AS spelled
) AS listed"""

VIEWS = (View("type_words", _TYPES, kept=True),)
"""One row per type of outcome: its class."""
