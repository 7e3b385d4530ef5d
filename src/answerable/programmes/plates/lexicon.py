"""The word lists of lexicon.toml, as RE2 patterns that both engines run.

A word stands between the ends of a text or characters that are neither letters nor digits. RE2 has no look-around,
so the characters on either side are part of what a pattern matches.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources

__all__ = ["LEXICON", "Lexicon", "Topic"]

_BEFORE, _AFTER = "(^|[^a-z0-9])", "($|[^a-z0-9])"


@dataclass(frozen=True, slots=True)
class Topic:
    """One list: its id, its title, a pattern for its words, and one for what is taken out of the text first."""

    id: str
    title: str
    words: str
    unless: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every list, with the version and the SHA-256 of the file that they come from.

    Attributes:
        version: The lists' version, a year and month.
        sha256: Of the file's bytes, in hexadecimal.
        vague: A pattern for a whole reason (in lower case) that says nothing beyond police work.
        mash: A pattern for a reason that is a run of keys.
        topics: The topics in the order of the report.
        plates: A pattern for what looks like a plate in a reason in capitals.
        not_plates: What is taken out before that.
        phones: A pattern for what looks like a telephone number.
        names: A pattern for what looks like a name, once plain words are out.
        plain: A pattern for a word, in whatever case, that names nobody; it matches the word alone.
    """

    version: str
    sha256: str
    vague: str
    mash: str
    topics: tuple[Topic, ...]
    plates: str
    not_plates: str
    phones: str
    names: str
    plain: str


def _any(patterns: Iterable[str]) -> str:
    return "|".join(patterns)


def _word(patterns: Iterable[str], before: str = _BEFORE, after: str = _AFTER) -> str:
    return f"{before}({_any(patterns)}){after}"


def _topic(name: str, raw: Mapping[str, object]) -> Topic:
    words, unless = raw["words"], raw.get("unless", [])
    if not isinstance(words, list) or not isinstance(unless, list):
        raise TypeError(f"topics.{name}: words and unless are lists of patterns")
    return Topic(name, str(raw["title"]), _word(words), _word(unless) if unless else "")


def _read() -> Lexicon:
    data = resources.files(__package__).joinpath("lexicon.toml").read_bytes()
    raw = tomllib.loads(data.decode("utf-8"))
    traces = raw["traces"]
    capitals = "(^|[^A-Z0-9])", "($|[^A-Z0-9])"
    plain = sorted({*raw["plain"]["words"].split()}, key=lambda word: (-len(word), word))
    return Lexicon(
        version=raw["version"],
        sha256=hashlib.sha256(data).hexdigest(),
        vague=f"^({_any(raw['vague']['whole'])})$",
        mash=f"^({_any(raw['mash']['whole'])})$|{_any(raw['mash']['within'])}",
        topics=tuple(_topic(name, one) for name, one in raw["topics"].items()),
        plates=_word(traces["plates"], *capitals),
        not_plates=_word(traces["not_plates"], *capitals),
        phones=_word(traces["phones"], "(^|[^0-9])", "($|[^0-9])"),
        names=_word(traces["names"], "(^|[^A-Za-z])", "($|[^A-Za-z])"),
        plain=rf"(?i)\b({_any(plain)})\b",
    )


LEXICON = _read()
