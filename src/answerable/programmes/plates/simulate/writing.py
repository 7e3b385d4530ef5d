"""Writes a synthetic town's search logs to a folder, and tells what was planted in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import numpy as np

from answerable.programmes.plates.simulate.drawing import Drawer
from answerable.programmes.plates.simulate.exports import export
from answerable.programmes.plates.simulate.faults import CUT, cut_line, faulty_lines
from answerable.programmes.plates.simulate.rendering import Renderer
from answerable.programmes.plates.simulate.text import write_lines
from answerable.programmes.plates.simulate.town import Town
from answerable.programmes.plates.simulate.truth import Tally, Truth

__all__ = ["write_town"]

_CHUNK = 200_000  # searches held in memory at a time


@dataclass
class _Account:
    """What has been written so far."""

    files: dict[str, int] = field(default_factory=dict)
    overlaps: list[tuple[int, int, int]] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    within: int = 0
    differing: int = 0


def write_town(town: Town, folder: Path, layout: str = "search-audit-14") -> Truth:
    """Write a town's logs as CSV files, one for each month or one for all, and return what they hold.

    The same town and layout always give the same bytes. Memory is bounded but for 16 bytes per search.

    Args:
        town: The town.
        folder: Where the files go; it is made if need be. Files of the same names are replaced.
        layout: The name of one of `EXPORTS`.

    Raises:
        ValueError: No layout has that name, a topic has no phrases, or two searches
            would fall on one second in a layout without a search ID, so that they could not be told apart.
    """
    form, drawer = export(layout), Drawer(town)
    if "id" not in form.fields and drawer.schedule.crowded:
        raise ValueError(
            f"{layout} has no search ID and the town more searches than seconds: give it more months"
        )
    renderer, tally, account = Renderer(drawer, form), Tally(drawer, form), _Account()
    folder.mkdir(parents=True, exist_ok=True)
    months = [(0, town.rows)] if town.one_file else drawer.schedule.months
    starts = town.month_starts()
    for place, (first, end) in enumerate(months):
        name = f"{layout}.csv" if town.one_file else f"{layout}-{starts[place]:%Y-%m}.csv"
        with (folder / name).open("wb") as file:
            file.write(renderer.header().encode())
            rows = 0
            if place and town.overlap:
                before = months[place - 1]
                repeated = np.arange(max(before[0], before[1] - town.overlap), before[1])
                if len(repeated):
                    account.overlaps.append((place, place + 1, len(repeated)))
                    rows += write_lines(file, renderer.lines(drawer.draw(repeated)))
            rows += sum(_month(file, renderer, tally, account, range(first, end)))
            if town.faults:
                rows += _faults(file, renderer, account, place, last=place + 1 == len(months))
        account.files[name] = rows
    return Truth(
        layout=layout,
        fields=tuple(sorted(form.fields)),
        files=account.files,
        rows=town.rows,
        written=sum(account.files.values()),
        duplicates_within=account.within,
        duplicates_differing=account.differing,
        duplicates_across=sum(rows for _, _, rows in account.overlaps),
        overlaps=tuple(account.overlaps),
        faults=dict(account.faults),
        states=tally.states(),
        measures=tally.measures(),
    )


def _month(
    file: IO[bytes], renderer: Renderer, tally: Tally, account: _Account, searches_of: range
) -> Iterator[int]:
    """Write one file's searches and their copies, and give the number of rows of each part."""
    drawer = renderer.drawer
    for start in searches_of[::_CHUNK]:
        numbers = np.arange(start, min(start + _CHUNK, searches_of.stop))
        searches = drawer.draw(numbers)
        tally.add(searches)
        yield write_lines(file, renderer.lines(searches))
        twice, changed = drawer.duplicated(numbers)
        if twice.any():
            copies = drawer.draw(numbers[twice])
            differing = changed[twice] & ("id" in renderer.export.fields)
            for counted in ("networks", "devices"):
                # A cell that is redacted would hide the change, and a blank one would cease to be blank.
                if counted in renderer.export.fields:
                    differing &= (copies.networks > 0) & ~copies.withheld.get(
                        counted, np.zeros(len(copies.number), np.bool_)
                    )
            account.within += len(copies.number)
            account.differing += int(differing.sum())
            yield write_lines(file, renderer.lines(copies, differing))


def _faults(file: IO[bytes], renderer: Renderer, account: _Account, place: int, *, last: bool) -> int:
    """Write one file's damaged rows, and give their number."""
    lines, kinds = faulty_lines(renderer, place)
    file.write(lines.encode())
    if last:
        file.write(cut_line(renderer, place).encode())
        kinds[CUT] += 1
    account.faults.update(kinds)
    return kinds.total()
