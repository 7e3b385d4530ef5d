r"""Patterns of RE2, which measures are written in, rewritten so that Java's engine reads them the same.

The two differ in what looks alike: in Java ``$`` also stands before a last line break, a dot stops at more than a
line feed, ``\b`` and ``\s`` know other characters, ``(?i)`` knows ASCII alone, and a bracket within brackets begins a
second class. What has no meaning in both, and what RE2 would refuse, is refused here.
"""

from __future__ import annotations

import re

__all__ = ["java_pattern"]

_SPACE = r"\t\n\f\r "  # RE2's \s: without the vertical tab
_WORD = "[0-9A-Za-z_]"
_CHARACTER = r"\\x\{[0-9A-Fa-f]{1,6}\}|\\x[0-9A-Fa-f]{2}|\\[pP](?:[A-Z]|\{[A-Za-z_]+\})|\\.|."
_OUTSIDE = re.compile(rf"\(\?[^:)]*[:)]|\[\^?\]?|{_CHARACTER}", re.DOTALL)
_INSIDE = re.compile(rf"\[:\^?[a-z]+:\]|{_CHARACTER}", re.DOTALL)
_ALIKE = frozenset([r"\d", r"\D", r"\w", r"\W", r"\n", r"\r", r"\t", r"\f"])
_REWRITTEN_OUTSIDE = {
    r"\b": rf"(?:(?<={_WORD})(?!{_WORD})|(?<!{_WORD})(?={_WORD}))",
    r"\s": f"[{_SPACE}]",
    r"\S": f"[^{_SPACE}]",
    r"\A": r"\A",
    r"\z": r"\z",
    "$": r"\z",
    ".": r"[^\n]",
    "[": "[",
    "[^": "[^",
    "(?:": "(?:",
    "(?i)": "(?iu)",
    "(?i:": "(?iu:",
}
_REWRITTEN_INSIDE = {r"\s": _SPACE, "[": r"\[", "&": r"\&"}


def java_pattern(pattern: str) -> str:
    """Rewrite a pattern of RE2 for Java.

    Raises:
        ValueError: It holds something that is not known to mean the same in both.
    """
    written: list[str] = []
    at, inside = 0, False
    while at < len(pattern):
        found = (_INSIDE if inside else _OUTSIDE).match(pattern, at)
        piece = found[0] if found else pattern[at:]
        written.append(_rewritten(piece, _REWRITTEN_INSIDE if inside else _REWRITTEN_OUTSIDE, pattern))
        inside = piece != "]" if inside else piece.startswith("[")
        at += len(piece)
    if inside:
        raise _unknown("a class that does not end", pattern)
    return "".join(written)


def _rewritten(piece: str, known: dict[str, str], pattern: str) -> str:
    """Rewrite one piece: an escape, the start of a group or class, or one character."""
    if piece in known:
        return known[piece]
    escape = piece.startswith("\\") and piece not in _ALIKE and piece[1:2].isalnum()
    if (escape and piece[1] not in "xpP") or piece.startswith(("[", "(?")) or piece == "\\":
        raise _unknown(piece, pattern)
    return piece


def _unknown(what: str, pattern: str) -> ValueError:
    return ValueError(f"{what} is not known to mean the same on every engine: {pattern[:60]}")
