"""Inspecting: what each file is, what each column became, what is missing, and a few parsed values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from answerable.errors import ClockError
from answerable.intake.clocks import detect
from answerable.intake.containers import expand
from answerable.intake.kinds import CellState, RecordKind, Role
from answerable.intake.layouts import Layout, nearest, suggest
from answerable.intake.opening import Opened, Unmatched, open_item
from answerable.intake.states import state_of

__all__ = ["ColumnView", "FileView", "inspect"]

_SHOWN = 3
_MASKED = "(masked)"


@dataclass(frozen=True, slots=True)
class ColumnView:
    """What one field of the record kind is filled from.

    ``header`` is empty where the field was not exported; ``states`` counts the sample's cells; ``values``
    shows a few of them, masked where the field is an identifier or free text.
    """

    field: str
    label: str
    header: str
    states: dict[str, int]
    values: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class FileView:
    """What one table is.

    ``layout`` is empty where none fits; then ``problem`` says why, ``near`` names the nearest layouts with
    what does not match, and ``suggestion`` is a layout to edit.
    """

    name: str
    layout: str
    title: str
    encoding: str
    delimiter: str
    columns: tuple[ColumnView, ...] = ()
    sampled: int = 0
    notices: tuple[str, ...] = ()
    problem: str = ""
    near: tuple[str, ...] = ()
    suggestion: str = ""


def inspect(
    paths: Iterable[Path], layouts: Sequence[Layout], kinds: Sequence[RecordKind]
) -> tuple[FileView, ...]:
    """Look at files without reading them into a case.

    Raises:
        InputError: A file cannot be read at all.
    """
    items, left_out = expand(paths)
    views: list[FileView] = []
    for item in items:
        opened, unmatched = open_item(item, layouts)
        views += [
            _matched(table, next(kind for kind in kinds if kind.name == table.layout.kind))
            for table in opened
        ]
        views += [_unmatched(table, layouts, kinds) for table in unmatched]
    views += [
        FileView(name, "", "", "", "", problem="not a table; it would be left out") for name in left_out
    ]
    return tuple(views)


def _unmatched(table: Unmatched, layouts: Sequence[Layout], kinds: Sequence[RecordKind]) -> FileView:
    near = nearest(table.header, layouts)
    kind = next((kind for kind in kinds if near and kind.name == near[0].layout.kind), kinds[0])
    same = [layout for layout in layouts if layout.kind == kind.name]
    return FileView(
        table.name,
        "",
        "",
        "",
        "",
        problem=table.error.what,
        near=tuple(map(str, near)),
        suggestion=suggest(table.header, same, kind),
    )


def _matched(table: Opened, kind: RecordKind) -> FileView:
    places = table.layout.find(table.header)
    columns = []
    for field in kind.fields:
        if field.name not in places:
            columns.append(ColumnView(field.name, field.label, "", {}, ()))
            continue
        cells = [" ".join(row.cells[place] for place in places[field.name]) for row in table.sample]
        states = Counter(state_of(cell, field) for cell in cells)
        present = [cell for cell in cells if state_of(cell, field) is CellState.PRESENT]
        shown = tuple(islice(dict.fromkeys(present), _SHOWN))
        note = ""
        if field.role in (Role.IDENTIFIER, Role.FREE_TEXT, Role.KEY):
            shown = (_MASKED,) if shown else ()
        elif field.role in (Role.TIME, Role.TIME_RANGE):
            note = _clock_note(present, table, places[field.name])
            shown = tuple(cell.replace("\n", " / ") for cell in shown) if "cannot" not in note else ()
        header = " + ".join(table.header[place].strip() for place in places[field.name])
        columns.append(
            ColumnView(
                field.name,
                field.label,
                header,
                {state.value: states[state] for state in CellState if states[state]},
                shown,
                note,
            )
        )
    return FileView(
        table.name,
        table.layout.name,
        table.layout.title,
        table.look.encoding if table.look else "",
        table.delimiter,
        tuple(columns),
        len(table.sample),
        table.notices,
    )


def _clock_note(cells: Sequence[str], table: Opened, places: Sequence[int]) -> str:
    try:
        forms = detect(
            [part for cell in cells for part in cell.split("\n")[:1]],
            column=table.header[places[0]],
            where=table.name,
        )
    except ClockError as error:
        return f"cannot be read: {error.what}"
    if not forms:
        return ""
    return "states UTC" if forms[0].utc else "states no zone: give --timezone"
