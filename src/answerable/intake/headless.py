"""Files without a header: their columns are known by their place, and by nothing that stands in the file.

Nothing in such a file says what a column holds, so no layout of one is guessed: it is asked where the user names it.
What can be held against it is the number of cells of the rows, and that the first of them is no header after all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from answerable import wording
from answerable.errors import LayoutError
from answerable.intake.arrays import ArrayTable
from answerable.intake.headers import known_names
from answerable.intake.kinds import CellState, RecordKind, Role
from answerable.intake.layouts import Layout, normal
from answerable.intake.spaced import SpacedTable
from answerable.intake.states import like_value, state_of
from answerable.intake.tables import BookTable, Row, Table, TextTable

__all__ = ["DELIMITERS", "Headless", "Shape", "choose_headless", "named_columns", "shape_of", "unnamed"]

DELIMITERS = (",", "\t", ";", "|")
_LOOKED_AT = 20  # rows
_GUIDE = "docs/how-to/new-layout.md"


@dataclass(frozen=True, slots=True)
class Headless:
    """A file without a header: the layout that the user named for it, and its rows as that layout takes them apart."""

    layout: Layout
    table: Table

    @property
    def before(self) -> int:
        """Rows before the first record: an array's own name is no record."""
        return int(isinstance(self.table, ArrayTable) and bool(self.table.names))


@dataclass(frozen=True, slots=True)
class Shape:
    """What a file would be if it had no header: how many cells a row has, and which layouts are of that width."""

    width: int
    spaced: bool
    layouts: tuple[Layout, ...]

    @property
    def do(self) -> str:
        """Say which layouts may be named, in the words that stand after "name one"."""
        if self.layouts:
            names = wording.listing([layout.name for layout in self.layouts], joiner="or")
            widths = wording.listing(
                [str(width) for width in sorted({one.width for one in self.layouts})], joiner="or"
            )
            things = "column" if widths == "1" else "columns"
            return f"with --layout; of {widths} {things} there {'is' if len(self.layouts) == 1 else 'are'} {names}"
        return f"with --layout; none that is shipped has {wording.plural(self.width, 'column')}, and {_GUIDE} shows how to write one"


def _ways(table: Table) -> Iterator[Table]:
    """Give the ways in which a table's rows may be taken apart: text by each delimiter, a sheet or array as it is.

    What names its columns itself (JSON, Parquet, an array of named fields) is not read by place.
    """
    if isinstance(table, TextTable):
        for delimiter in DELIMITERS:
            yield TextTable(table.open, table.encoding, delimiter, "layout")
        yield SpacedTable(table.open, table.encoding)
    elif isinstance(table, BookTable) or (isinstance(table, ArrayTable) and len(table.names) <= 1):
        yield table


def _first_rows(table: Table, width: int = 0) -> list[Row]:
    rows = table.rows(width)
    if isinstance(table, ArrayTable) and table.names:
        next(rows, None)  # the array's own name
    return list(islice(rows, _LOOKED_AT))


def _width(table: BookTable | ArrayTable) -> int:
    """Give the number of columns; a sheet's blank ones at the right are none, and its reader would fill what is missing."""
    if isinstance(table, ArrayTable):
        return table.width
    rows = [row.cells for row in _first_rows(table)]
    return max(
        (place for cells in rows for place, cell in enumerate(cells, start=1) if cell.strip()), default=0
    )


def _match(layout: Layout, table: Table) -> Headless | None:
    """Take a table's rows apart as a layout says; None where no way gives most of them its number of cells."""
    best: tuple[int, Table | None] = (0, None)
    for way in _ways(table):
        if isinstance(way, SpacedTable) != (layout.delimiter == "space") and isinstance(table, TextTable):
            continue
        if isinstance(way, BookTable | ArrayTable) and _width(way) != layout.width:
            continue
        rows = _first_rows(way, layout.width)
        sound = sum(not row.fault for row in rows)
        if sound * 2 > len(rows) and sound > best[0]:
            best = (sound, way)
    return Headless(layout, best[1]) if best[1] is not None else None


def choose_headless(table: Table, layouts: Sequence[Layout], *, where: str) -> Headless | None:
    """Give the layout without a header that the user named and that has as many columns as the table.

    Returns:
        None where the user named no such layout.

    Raises:
        LayoutError: Those that the user named have another number of columns, or two have the table's.
    """
    named = [layout for layout in layouts if layout.own and not layout.header]
    if not named or not any(True for _ in _ways(table)):
        return None
    fitting = [found for layout in named if (found := _match(layout, table))]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise LayoutError(
            f"the rows fit {len(fitting)} layouts without a header: {wording.listing([one.layout.name for one in fitting])}",
            where=where,
            expected="exactly one layout that fits",
            do="Name the one that is meant with --layout NAME.",
        )
    widths = wording.listing([f"{layout.name} ({_cells(layout)})" for layout in named], joiner="or")
    raise LayoutError(
        f"no layout's header fits, and most of the first rows are not as wide as the layouts without a header that were named: {_found(table)}",
        where=where,
        expected=f"rows of {widths}",
        do="Correct width and delimiter in the layout file, or name another layout.",
    )


def _cells(layout: Layout) -> str:
    between = " between blanks" if layout.delimiter == "space" else ""
    return f"{wording.plural(layout.width, 'cell')}{between}"


def _found(table: Table) -> str:
    """Say how many cells the first row has, by each way of taking it apart that gives more than one."""
    counts: dict[str, int] = {}
    names = {",": "commas", "\t": "tabs", ";": "semicolons", "|": "pipes", " ": "blanks"}
    for way in _ways(table):
        rows = _first_rows(way)
        between = names.get(way.delimiter, "") if isinstance(way, TextTable | SpacedTable) else ""
        counts[between] = len(rows[0].cells) if rows else 0
    told = {between: count for between, count in counts.items() if count > 1} or dict(
        list(counts.items())[:1]
    )
    each = [
        f"{wording.plural(count, 'cell')}{f' between {between}' if between else ''}"
        for between, count in told.items()
    ]
    return f"the first row has {wording.listing(each, joiner='or')}"


def shape_of(table: Table, layouts: Sequence[Layout]) -> Shape | None:
    """Say what a file would be without a header, where its first row reads as a record; None where it does not.

    A row reads as one where a cell of it is a number and none is the name of a column that some layout knows.
    """
    known, best = known_names(layouts), None
    for way in _ways(table):
        rows = [row.cells for row in _first_rows(way)]
        if not rows or not any(map(_is_number, rows[0])) or any(normal(cell) in known for cell in rows[0]):
            continue
        width = len(rows[0])
        if all(len(cells) == width for cells in rows) and (best is None or width > best[0]):
            best = (width, isinstance(way, SpacedTable))
    if best is None:
        return None
    fitting = [layout for layout in layouts if not layout.header and _match(layout, table)]
    return Shape(*best, tuple(fitting))


def unnamed(table: ArrayTable, shape: Shape | None, *, where: str) -> LayoutError:
    """Make the error for an array of two dimensions, whose columns have no names, where no layout was named."""
    return LayoutError(
        f"the array has {wording.plural(table.width, 'column')} without names",
        where=where,
        expected="a layout that says by their places what they are: one with header = false",
        do=f"Name one {shape.do}." if shape else "Check that the array holds numbers.",
    )


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return any(character.isdigit() for character in cell)


def named_columns(sample: Sequence[Row], kind: RecordKind, places: Mapping[str, Sequence[int]]) -> bool:
    """Say whether the first row names the columns: where numbers stand below, it holds words that stand nowhere else."""
    numbers = (Role.NUMBER, Role.COUNT, Role.DURATION)
    found = False
    for field in kind.fields:
        if field.role not in numbers or field.name not in places:
            continue
        cells = [" ".join(row.cells[place] for place in places[field.name]) for row in sample]
        if not cells or state_of(cells[0], field) is not CellState.PRESENT:
            continue
        if like_value(cells[0], field) or cells[0] in cells[1:]:
            return False
        found = True
    return found
