"""Damages some lines of a synthetic log in the ways in which released logs are damaged."""

from __future__ import annotations

import csv
from collections import Counter

import numpy as np

from answerable.programmes.plates.simulate.rendering import Renderer

__all__ = ["CUT", "FAULTS", "cut_line", "faulty_lines"]

FAULTS = ("ragged: too few cells", "ragged: too many cells", "header repeated", "NUL byte", "time unreadable")
"""What stands near the end of each file of a town with faults: one line of each."""

CUT = "last row cut"
"""What ends the last file."""

_SPARE = (
    10  # more than there are kinds of fault: keeps the numbers of one file's damaged rows from the next one's
)


def _spare_rows(renderer: Renderer, file: int) -> list[list[str]]:
    """Write rows that are in no file otherwise, for damage: numbers past the town's last search."""
    drawer = renderer.drawer
    numbers = drawer.town.rows + _SPARE * file + np.arange(_SPARE)
    lines = renderer.lines(drawer.draw(numbers)).to_pylist()
    return list(csv.reader("".join(lines).splitlines(keepends=True)))


def faulty_lines(renderer: Renderer, file: int) -> tuple[str, Counter[str]]:
    """Give the damaged lines for one file, and how many there are of each kind."""
    short, long, nul, timeless, *_ = _spare_rows(renderer, file)
    places = list(renderer.export.columns.values())
    time = next(place for place, part in enumerate(places) if part in ("searched_at", "search_date"))
    text = next((place for place, part in enumerate(places) if part in ("reason", "search_type")), time)
    nul[text] = "stolen\0vehicle"
    timeless[time] = "not a time"
    lines = [
        renderer.line(short[:-1] if len(short) < 5 else short[:-2]),  # noqa: PLR2004 - two columns leave one
        renderer.line([*long, "surplus", "surplus"]),
        renderer.header(),
        renderer.line(nul),
        renderer.line(timeless),
    ]
    return "".join(lines), Counter(FAULTS)


def cut_line(renderer: Renderer, file: int) -> str:
    """Give the start of a row that the rest of the file is missing from, cut within its first line."""
    first, *_ = renderer.line(_spare_rows(renderer, file)[-1]).splitlines()
    return first[: max(len(first) // 2, 1)]
