"""Reads a small YAML file (a policy pack, a review form) as nodes that know their line, and refuses what these have no use for.

Only plain mappings, lists and scalars are read. Aliases (from which a few bytes grow into gigabytes), tags
(which name Python types), several documents and deep nesting are refused before anything is built. A scalar
stays the text that was typed, so that ``no`` is a word and ``2026-07-01`` a date as written; see the YAML 1.1
rules on implicit types, https://yaml.org/type/, for what that avoids.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from answerable import wording
from answerable.errors import InputError, PackError

__all__ = ["FORMAT", "PACK", "Marked", "Sort", "nearest", "read"]

MOST_BYTES = 1_000_000
MOST_DEPTH = 8
_NUMBER = re.compile(r"[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_NULLS = {"", "~", "null", "Null", "NULL"}
FORMAT = "docs/policy-format.md describes every key."
"""Where somebody whose pack is refused finds the keys."""


@dataclass(frozen=True, slots=True)
class Sort:
    """What a file is: how messages call it, what nests in it, where its keys are described, and what its faults are raised as."""

    noun: str
    nests: str
    format: str
    error: type[InputError]
    listed: str = ""


PACK = Sort(
    "policy pack",
    "pack, clauses, check",
    FORMAT,
    PackError,
    "`answerable policies` lists the packs that are shipped.",
)
"""A policy pack."""


def nearest(found: str, known: Iterable[str]) -> str:
    """Name the known word that comes nearest, or all of them where none is near."""
    known = list(known)
    close = difflib.get_close_matches(found, known, 1)
    if close:
        return f"{close[0]!r}?"
    return f"one of {wording.listing([repr(one) for one in known], joiner='or', most=12)}"


@dataclass(frozen=True, slots=True)
class Marked:
    """A node of the file, with the file's name for messages."""

    node: yaml.Node
    file: str
    sort: Sort = PACK

    @property
    def where(self) -> str:
        """The file and line: ``city.yaml, line 12``."""
        return f"{self.file}, line {self.node.start_mark.line + 1}"

    def wrong(self, what: str, *, expected: str, do: str = "") -> InputError:
        """Make the error for this place."""
        return self.sort.error(
            what, where=self.where, expected=expected, do=do or f"Correct the line. {self.sort.format}"
        )

    def mapping(self, name: str, required: Iterable[str], optional: Iterable[str]) -> Mapping[str, Marked]:
        """Read keys and values, leaving out keys with nothing after the colon.

        Raises:
            PackError: It is no mapping, a key is unknown or stands twice, or a required key is missing or empty.
        """
        required = tuple(required)
        known = (*required, *optional)
        found = self._pairs(name)
        for key, (at, _) in found.items():
            if key not in known:
                raise at.wrong(f"{name} has an unknown key {key!r}", expected=nearest(key, known))
        filled = {key: value for key, (_, value) in found.items() if not value.is_empty}
        for key in required:
            if key in filled:
                continue
            at = found[key][0] if key in found else self
            what = f"{name} has nothing after {key!r}" if key in found else f"{name} has no {key!r}"
            raise at.wrong(what, expected=f"{key}: followed by a value", do=f"Add it. {self.sort.format}")
        return filled

    def free_mapping(self, name: str) -> Mapping[str, tuple[Marked, Marked]]:
        """Read a mapping whose keys the caller checks, each with the place of its key."""
        return self._pairs(name)

    def items(self, name: str) -> tuple[Marked, ...]:
        """Read a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.wrong(
                f"{name} is not a list", expected=f"a list under {name}:, each entry begun with '- '"
            )
        return tuple(Marked(node, self.file, self.sort) for node in self.node.value)

    def text(self, name: str) -> str:
        """Read text as it was typed, with runs of white space as one space."""
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.wrong(f"{name} is not a piece of text", expected=f"one value after {name}:")
        return " ".join(str(self.node.value).split())

    def number(self, name: str) -> float:
        """Read a plain decimal number, whole where it was written whole."""
        text = self.text(name)
        if text.endswith("%") and _NUMBER.fullmatch(text[:-1].strip()):
            as_share = float(text[:-1]) / 100
            raise self.wrong(f"{name} is {text!r}", expected=f"a share from 0 to 1: {as_share:g}")
        if not _NUMBER.fullmatch(text):
            raise self.wrong(f"{name} is {text!r}", expected="a number such as 0, 30 or 0.05")
        number = float(text)
        if abs(number) > 2**53:  # beyond it a float no longer holds every whole number
            raise self.wrong(f"{name} is too large", expected="a number of ordinary size")
        return int(number) if "." not in text else number

    def choice(self, name: str, known: Iterable[str]) -> str:
        """Read one of a set of words."""
        known = list(known)
        text = self.text(name)
        if text not in known:
            raise self.wrong(f"{name} is {text!r}", expected=nearest(text, known))
        return text

    @property
    def is_empty(self) -> bool:
        """Whether nothing, or an unquoted null, stands there."""
        node = self.node
        if isinstance(node, yaml.ScalarNode):
            return not str(node.value).strip() or (node.style is None and node.value in _NULLS)
        return False

    def _pairs(self, name: str) -> dict[str, tuple[Marked, Marked]]:
        if not isinstance(self.node, yaml.MappingNode):
            raise self.wrong(f"{name} is not a set of keys", expected="lines of the form 'key: value'")
        found: dict[str, tuple[Marked, Marked]] = {}
        for key_node, value_node in self.node.value:
            at = Marked(key_node, self.file, self.sort)
            key = at.text("a key")
            if key in found:
                first = found[key][0].node.start_mark.line + 1
                raise at.wrong(
                    f"{name} has {key!r} twice",
                    expected=f"each key once (it stands on line {first} already)",
                    do="Remove one of the two; it is not guessed which one is meant.",
                )
            found[key] = (at, Marked(value_node, self.file, self.sort))
        return found


def _bytes(path: Path, sort: Sort) -> bytes:
    """Read the file, but never more of it than one may hold."""
    where = str(path)
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # a NUL in the path is a ValueError
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise sort.error(
            f"the {sort.noun} cannot be read ({reason})",
            where=where,
            expected="a readable YAML file",
            do=f"Check the path. {sort.listed}".strip(),
        ) from None
    if len(raw) > MOST_BYTES:
        raise sort.error(
            f"the file holds more than {wording.count(MOST_BYTES)} bytes",
            where=where,
            expected=f"a {sort.noun}, which is a few kilobytes of YAML",
            do="Check that this is the right file.",
        )
    return raw


def _text(raw: bytes, where: str, sort: Sort) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise sort.error(
            f"byte {error.start + 1} is not UTF-8",
            where=f"{where}, line {line}",
            expected="a text file in UTF-8",
            do="Save the file again as UTF-8 without changing its words.",
        ) from None


def _refuse(events: Iterable[yaml.Event], file: str, sort: Sort) -> None:
    """Refuse what such a file has no use for, before any of it is built."""
    depth = documents = 0
    for event in events:
        at = f"{file}, line {event.start_mark.line + 1}" if event.start_mark else file
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            what, expected = "an anchor (&name) or alias (*name)", "each value written out"
        elif tag := getattr(event, "tag", None):
            what, expected = f"a tag ({tag})", "plain values without !tags"
        elif isinstance(event, yaml.DocumentStartEvent) and (documents := documents + 1) > 1:
            what, expected = "a second document ('---')", f"one {sort.noun} in one file"
        elif isinstance(event, yaml.CollectionStartEvent) and (depth := depth + 1) > MOST_DEPTH:
            what, expected = f"nesting more than {MOST_DEPTH} deep", sort.nests
        else:
            depth -= isinstance(event, yaml.CollectionEndEvent)
            continue
        raise sort.error(f"found {what}", where=at, expected=expected, do=f"Write it plainly. {sort.format}")


def read(path: Path, sort: Sort = PACK) -> tuple[Marked, str]:
    """Read a file of a sort; give its root and the SHA-256 of its bytes in hexadecimal.

    Raises:
        InputError: As the sort's ``error``: the file cannot be read, is over 1 MB, is not UTF-8 or YAML, is empty, or holds anchors,
            aliases, tags, a second document or nesting more than eight deep.
    """
    file = str(path)
    raw = _bytes(path, sort)
    text = _text(raw, file, sort)
    try:
        _refuse(yaml.parse(text, Loader=yaml.SafeLoader), file, sort)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise sort.error(
            f"this is not YAML ({error.problem or error.context})",
            where=f"{file}, line {mark.line + 1}" if mark else file,
            expected="YAML: 'key: value', indented by spaces; quote a value that holds ': ' or begins with a sign",
            do=f"Correct the line. {sort.format}",
        ) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise sort.error(
            f"a character that YAML does not allow (number {error.character:#06x})",
            where=f"{file}, line {line}",
            expected="text without control characters",
            do="Delete the character; it is often pasted in unseen.",
        ) from None
    if root is None:
        raise sort.error("the file is empty", where=file, expected=f"a {sort.noun}", do=sort.format)
    return Marked(root, file, sort), hashlib.sha256(raw).hexdigest()
