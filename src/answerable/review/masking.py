"""Masking: what a reviewer sees of a text is the words that name nobody.

A word is shown where it is on a list of plain words; every other is told by its form, so that a plate, a name, a telephone
or a case number is not repeated into a sheet that leaves the case. A pattern for names would not do: in a real log a family
name stood alone, in small letters (docs/decisions/0007). The words themselves stand in the source, at the row that is named.
"""

from __future__ import annotations

import re

from answerable.harmless import visible

__all__ = ["masked"]

_WORD = re.compile(r"[^\W_]+(?:['’.@-][^\W_]+)*")


def masked(text: str, plain: str) -> tuple[str, int]:
    """Mask every word of a text that is not on a list.

    Args:
        text: The text, as it was typed.
        plain: A pattern for a plain word; empty: every word is masked.

    Returns:
        The text with ``[word of 6 letters]``, ``[number of 4 digits]`` or ``[letters and digits, 7]`` in place of what is not
        plain, and how many words were masked.
    """
    pattern = re.compile(plain) if plain else None
    count = 0

    def told(found: re.Match[str]) -> str:
        nonlocal count
        word = found[0]
        if pattern and pattern.fullmatch(word):
            return word
        parts = re.split(r"['’.@-]", word)
        if pattern and len(parts) > 1 and all(pattern.fullmatch(part) for part in parts):
            return word
        count += 1
        return _form(word)

    return visible(_WORD.sub(told, text)), count


def _form(word: str) -> str:
    length = len(word)
    if word.isdecimal():
        return f"[number of {length} digit{'s' * (length != 1)}]"
    if any(character.isdecimal() for character in word):
        return f"[letters and digits, {length}]"
    return f"[word of {length} letter{'s' * (length != 1)}]"
