r"""Patterns of RE2, which measures are written in, rewritten so that Java's engine reads them the same.

The two differ in what looks alike: in Java ``$`` also stands before a last line break, a dot stops at more than a
line feed, ``\b`` and ``\s`` know other characters, ``(?i)`` takes other letters for the same, and a bracket within
brackets begins a second class. What has no meaning in both, and what RE2 would refuse, is refused here.
"""

from __future__ import annotations

import re

__all__ = ["java_pattern"]

_SPACE = r"\t\n\f\r "  # RE2's \s: without the vertical tab
_WORD = "[0-9A-Za-z_]"
_CHARACTER = r"\\x\{[0-9A-Fa-f]{1,6}\}|\\x[0-9A-Fa-f]{2}|\\[pP](?:[A-Z]|\{[A-Za-z_]+\})|\\.|."
_OUTSIDE = re.compile(rf"\(\?[^:)]*[:)]|\[\^?\]?|{_CHARACTER}", re.DOTALL)
_INSIDE = re.compile(rf"\[:\^?[a-z]+:\]|[A-Za-z0-9]-[A-Za-z0-9]|{_CHARACTER}", re.DOTALL)
_GROUPS = {"(": False, "(?:": False, "(?i:": True}  # whether what they hold is read without case
_ALIKE = frozenset([r"\d", r"\D", r"\w", r"\W", r"\n", r"\r", r"\t", r"\f"])
_CASELESS = frozenset(
    [*_ALIKE, r"\pL", r"\pN", r"\b", r"\s", r"\S", r"\A", r"\z"]
)  # alike for capitals and others
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
    "(?i:": "(?:",
    "(?:": "(?:",
    "(?i)": "",
}
_REWRITTEN_INSIDE = {r"\s": _SPACE, "[": r"\[", "&": r"\&"}
_OTHER_FORMS = {
    "k": "\u212a",
    "s": "\u017f",
}  # the kelvin sign and the long s, which RE2 takes for the letters


def java_pattern(pattern: str) -> str:
    """Rewrite a pattern of RE2 for Java.

    Raises:
        ValueError: It holds something that is not known to mean the same in both.
    """
    written: list[str] = []
    at, inside = 0, False
    caseless = [False]  # for each group that is open, whether case counts in it
    while at < len(pattern):
        found = (_INSIDE if inside else _OUTSIDE).match(pattern, at)
        piece = found[0] if found else pattern[at:]
        at += len(piece)
        if not inside and piece in _GROUPS:
            caseless.append(caseless[-1] or _GROUPS[piece])
        elif not inside and piece == ")" and len(caseless) > 1:
            caseless.pop()
        elif piece == "(?i)":
            caseless[-1] = True
        if caseless[-1] and _lettered(piece):
            both = _both_cases(piece, pattern)
            written.append(both if inside else f"[{both}]")
        else:
            written.append(_rewritten(piece, _REWRITTEN_INSIDE if inside else _REWRITTEN_OUTSIDE, pattern))
        inside = piece != "]" if inside else piece.startswith("[")
    if inside:
        raise _unknown("a class that does not end", pattern)
    return "".join(written)


def _lettered(piece: str) -> bool:
    """Say whether a piece is a letter or a range, or may stand for letters otherwise."""
    if piece.startswith("\\"):
        return piece[1:2].isalnum() and piece not in _CASELESS
    return len(piece) in (1, 3) and not piece.startswith("(") and (piece[0].isalpha() or piece[-1].isalpha())


def _both_cases(piece: str, pattern: str) -> str:
    """Write a letter of ASCII, or a range of them, in both cases, as the inside of a class."""
    low, high = piece[0].lower(), piece[-1].lower()
    if (
        not piece.isascii()
        or "\\" in piece
        or not (piece[0].islower() == piece[-1].islower() and low.isalpha() and high.isalpha())
    ):
        raise _unknown(f"{piece} without regard to case", pattern)
    span = low if low == high else f"{low}-{high}"
    others = "".join(form for letter, form in _OTHER_FORMS.items() if low <= letter <= high)
    return span + span.upper() + others


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
