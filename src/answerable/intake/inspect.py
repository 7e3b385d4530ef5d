"""Inspecting: what each file is, what each column became, what is missing, and a few parsed values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from answerable.errors import ClockError
from answerable.intake.clocks import detect, ends, forms_seen
from answerable.intake.containers import expand, no_table
from answerable.intake.drafts import suggest, suggest_headless
from answerable.intake.headless import named_columns
from answerable.intake.kinds import CellState, Field, RecordKind, Role
from answerable.intake.layouts import Layout, nearest, twice
from answerable.intake.opening import Opened, Unmatched, open_item
from answerable.intake.states import like_value, misgrouped, state_of
from answerable.intake.tables import Row

__all__ = ["ColumnView", "FileView", "inspect"]

_SHOWN = 3
_LONGEST = 60  # characters of a value that are shown
_MASKED = "(masked)"
_UNSHOWN = (Role.IDENTIFIER, Role.FREE_TEXT, Role.KEY, Role.DIFFERENCE)


@dataclass(frozen=True, slots=True)
class ColumnView:
    """What one field of the record kind is filled from.

    ``header`` is empty where the field was not exported; it is then filled all the same where ``constant`` is True: the
    layout says what it is in every row. ``states`` counts the sample's cells; ``values``
    shows a few of them, masked where the field is an identifier or free text. Where a row's time or count cannot be
    read, its cells may stand under other columns than their own, and none of them is shown.
    """

    field: str
    label: str
    header: str
    states: dict[str, int]
    values: tuple[str, ...]
    note: str = ""
    constant: bool = False


@dataclass(frozen=True, slots=True)
class FileView:
    """What one table is.

    ``layout`` is empty where none fits, or more than one; then ``problem`` says why, ``near`` names the nearest
    layouts with what does not match, ``suggestion`` is a layout to edit, and ``do`` says what else would help.
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
    do: str = ""
    near: tuple[str, ...] = ()
    suggestion: str = ""


def inspect(
    paths: Iterable[Path], layouts: Sequence[Layout], kinds: Sequence[RecordKind]
) -> tuple[FileView, ...]:
    """Look at files without reading them into a case.

    Raises:
        InputError: A file cannot be read at all, or there is no table.
    """
    paths = list(paths)
    items, left_out = expand(paths)
    if not items:
        raise no_table(paths)
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
    if not table.header:
        return _without_header(table, kinds)
    near = nearest(table.header, layouts)
    # What a draft is written for: the kind of which the header holds most, the first of equals.
    held = {kind.name: 0 for kind in kinds}
    for layout in (layout for layout in layouts if layout.header):
        held[layout.kind] = max(held[layout.kind], layout.compare(table.header).found)
    kind = max(kinds, key=lambda kind: held[kind.name])
    same = [layout for layout in layouts if layout.kind == kind.name]
    # A new layout helps only where none fits: not where two do, nor where a column is named twice.
    none_fits = not twice(table.header) and not any(layout.fits(table.header) for layout in layouts)
    return FileView(
        table.name,
        "",
        "",
        "",
        "",
        problem="no layout fits this header" if none_fits else table.error.what,
        do=_headless(table) if none_fits else table.error.do,
        near=tuple(map(str, near)),
        suggestion=suggest(table.header, same, kind) if none_fits else "",
    )


def _headless(table: Unmatched) -> str:
    if table.shape is None:
        return ""
    return (
        f"If its first row is a record, the file has no header: name a layout without one {table.shape.do}."
    )


def _without_header(table: Unmatched, kinds: Sequence[RecordKind]) -> FileView:
    """Explain a table whose columns have no names; the draft is for the kind of a layout of that width, if there is one."""
    shape = table.shape
    named = shape.layouts[0].kind if shape and shape.layouts else ""
    kind = next((kind for kind in kinds if kind.name == named), kinds[0])
    return FileView(
        table.name,
        "",
        "",
        "",
        "",
        problem=table.error.what,
        do=table.error.do,
        suggestion=suggest_headless(shape.width, kind, spaced=shape.spaced) if shape else "",
    )


def _matched(table: Opened, kind: RecordKind) -> FileView:
    places = table.layout.find(table.header)
    sound = [row for row in table.sample if _is_sound(row, places, kind)]
    columns = []
    for field in kind.fields:
        if field.name in table.layout.constants:
            columns.append(_constant(field, table.layout.constants[field.name], len(table.sample)))
            continue
        if field.name not in places:
            columns.append(ColumnView(field.name, field.label, "", {}, ()))
            continue
        cells = [" ".join(row.cells[place] for place in places[field.name]) for row in table.sample]
        states = Counter(state_of(cell, field) for cell in cells)
        present = [cell for cell in cells if state_of(cell, field) is CellState.PRESENT]
        of_sound = (" ".join(row.cells[place] for place in places[field.name]) for row in sound)
        values = (cell for cell in of_sound if state_of(cell, field) is CellState.PRESENT)
        shown = tuple(islice(dict.fromkeys(values), _SHOWN))
        note = ""
        if field.role in _UNSHOWN:
            shown = (_MASKED,) if present else ()
        elif field.role in (Role.TIME, Role.TIME_RANGE):
            first = places[field.name][0]
            starts = (row.cells[first] for row in table.sample) if field.role is Role.TIME_RANGE else present
            note = _clock_note(
                [ends(cell)[0] for cell in starts if state_of(cell, field) is CellState.PRESENT],
                table.header[first],
                table.name,
            )
            shown = tuple(cell.replace("\n", " / ") for cell in shown)
        elif sum(like_value(cell, field) for cell in present) * 2 < len(present):
            note = f"cannot be read: the cells are not {'durations' if field.role is Role.DURATION else 'numbers'}"
        elif sum(misgrouped(cell, field) for cell in present) * 2 > len(present):
            note = "cannot be read: commas stand elsewhere than between thousands"
        elif field.name in table.layout.negated:
            note = "stored with the sign turned: in the export a lower number is more alike"
        header = " + ".join(table.header[place].strip() for place in places[field.name])
        columns.append(
            ColumnView(
                field.name,
                field.label,
                header,
                {state.value: states[state] for state in CellState if states[state]},
                tuple(value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…" for value in shown),
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
        (*table.notices, *_of_first_row(table, kind)),
    )


def _of_first_row(table: Opened, kind: RecordKind) -> tuple[str, ...]:
    if not (table.may_hold_names and named_columns(table.sample, kind, table.layout.find(table.header))):
        return ()
    return (
        "The first row names columns, and the layout is of files without a header: an audit refuses the file.",
    )


def _constant(field: Field, text: str, rows: int) -> ColumnView:
    """Say what the layout says of every row."""
    shown = _MASKED if field.role in _UNSHOWN else text
    states = {state_of(text, field).value: rows}
    note = "the same in every row, as the layout says"
    return ColumnView(field.name, field.label, "", states, (shown,), note, constant=True)


def _is_sound(row: Row, places: Mapping[str, Sequence[int]], kind: RecordKind) -> bool:
    """Say whether every time and count that a row holds can be read: its cells then stand under their own columns."""
    for field in kind.fields:
        cell = " ".join(row.cells[place] for place in places.get(field.name, ()))
        if state_of(cell, field) is not CellState.PRESENT:
            continue
        if not like_value(cell, field):
            return False
        if field.role is Role.TIME and forms_seen([cell])[1]:
            return False
        if field.role is Role.TIME_RANGE:
            halves = (row.cells[place] for place in places[field.name])
            if forms_seen(part for half in halves for part in ends(half))[1]:
                return False
    return True


def _clock_note(cells: Sequence[str], column: str, where: str) -> str:
    """Say whether a column's times state their zone, or why they cannot be read."""
    try:
        forms = detect(cells, column=column, where=where)
    except ClockError as error:
        return f"cannot be read: {error.what}"
    if not forms:
        return ""
    return "states UTC" if forms[0].utc else "states no zone: give --timezone"
