"""Makes text from a source harmless to look at and to open: one place, used by every output.

A source may hold anything: script, template syntax, NUL bytes, marks that reverse the reading order, cells
that a spreadsheet would run as a formula. None of it is dropped; all of it is shown as what it is.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

__all__ = ["HIDDEN", "cell", "encodable", "escape_hidden", "number", "visible"]

# Characters that are not seen, or that change how their neighbours are seen: controls except tab and line
# feed, marks of zero width, bidirectional marks and overrides, blank fillers, line and paragraph separators,
# tags, non-characters and lone surrogates. Written out, not taken from unicodedata: a later Unicode version must not
# change the bytes of a report.
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_DIGITS = 12  # float sums differ in their last digits across threads; beyond this many nothing is claimed
_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def _point(character: str) -> str:
    return f"U+{ord(character):04X}"


def visible(text: str, form: str = "[{}]") -> str:
    """Show hidden characters as their code points: ``a[U+202E]b``. ``form`` says how each is set."""
    return HIDDEN.sub(lambda found: form.format(_point(found[0])), text)


@lru_cache(maxsize=65_536)
def cell(text: str) -> str:
    """Make text safe as a spreadsheet cell: hidden characters shown, and nothing that would run as a formula.

    Text that begins (after any spaces) with = + - @, a tab or a line break gets a leading apostrophe, as
    OWASP's guidance on CSV injection advises. Numbers do not come through here; they stay numbers.
    """
    shown = visible(text)
    begins = text.startswith(_STARTS) or shown.lstrip().startswith(_STARTS)
    return "'" + shown if begins else shown


def number(value: float | None) -> int | float | None:
    """Round a number to the digits that are the same on every run; whole numbers become int, NaN None."""
    if value is None or isinstance(value, int):
        return value
    if not math.isfinite(value):
        return None
    rounded = value if float(value).is_integer() else float(f"{value:.{_DIGITS}g}")
    return int(rounded) if float(rounded).is_integer() else rounded


def escape_hidden(json: str) -> str:
    r"""Write the hidden characters of a JSON text as ``\uXXXX``, which means the same and can be seen.

    Lone surrogates, which UTF-8 cannot hold, must have been shown by `visible` before.
    """
    return HIDDEN.sub(_json_escape, json)


def _json_escape(found: re.Match[str]) -> str:
    pairs = found[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{pairs[at : at + 4]}" for at in range(0, len(pairs), 4))


def encodable(text: str) -> str:
    """Show lone surrogates (from a file name that is not UTF-8, say), so that the text can be written."""
    return _SURROGATE.sub(lambda found: f"[{_point(found[0])}]", text)
