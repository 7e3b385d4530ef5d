"""Text between blanks: rows whose cells are separated by runs of spaces and tabs, as tools for scores write them.

Quotes mean nothing in such a file: a line is a row, and what stands between two runs of blanks is a cell.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from answerable.intake.tables import Row, lines

__all__ = ["SpacedTable"]

_CELL = re.compile("[^ \t]+")


@dataclass(frozen=True, slots=True)
class SpacedTable:
    """Text whose cells are separated by runs of blanks; blanks at either end of a line separate nothing."""

    open: Callable[[], IO[bytes]]
    encoding: str

    @property
    def delimiter(self) -> str:
        """What stands between two cells, at least once."""
        return " "

    def rows(self, width: int = 0) -> Iterator[Row]:
        """Give every line that holds anything, blanks included."""
        with io.TextIOWrapper(self.open(), encoding=self.encoding, errors="replace", newline="") as stream:
            for number, line in enumerate(lines(stream), start=1):
                raw = line.rstrip("\r\n")
                if raw.strip("\x1a"):
                    yield _row(number, raw, width, ended=raw != line)


def _row(number: int, raw: str, width: int, *, ended: bool) -> Row:
    if "\0" in raw:
        return Row(number, [], raw, "holds a NUL byte")
    cells = _CELL.findall(raw)
    if not cells:
        return Row(number, cells, raw, "holds nothing")
    if width and len(cells) != width:
        cut = "" if ended else " (the file may be cut here)"
        return Row(number, cells, raw, f"has {len(cells)} cells where the layout has {width}{cut}")
    return Row(number, cells, raw)
