"""Headers: which row names the columns, and which of its cells may be shown.

Where no layout fits, a message and a suggested layout have to say what stands in the header. But what stands there
may be a record: files are released without a header, or with a line of it lost. So a cell is shown as it stands
only where it is the name of a column, and by its place where it may be something else.
"""

from __future__ import annotations

from collections.abc import Sequence

from answerable.intake.clocks import dated
from answerable.intake.layouts import Layout, normal
from answerable.intake.tables import Row

__all__ = ["find_header", "known_names", "likeliest", "showable"]

_LONGEST_NAME = 40
_FEWEST_DATES = 5  # in the header of a wide table
_SHORTEST_VALUE = 4  # a shorter cell may stand within a column's name by chance


def find_header(rows: Sequence[Row], layouts: Sequence[Layout]) -> int | None:
    """Find the first row that some layout fits: titles and blank lines may stand above it."""
    return next(
        (at for at, row in enumerate(rows) if any(layout.fits(row.cells) for layout in layouts)), None
    )


def known_names(layouts: Sequence[Layout]) -> set[str]:
    """Give every name, reduced by `normal`, that a header of some layout may hold.

    One letter is left out: it stands in a record as readily (``x`` is a placeholder) as in a header.
    """
    return {name for layout in layouts if layout.header for name in layout.known() if len(name) > 1}


def likeliest(rows: Sequence[Row], layouts: Sequence[Layout]) -> int:
    """Give the row that holds most names of columns that some layout knows: the nearest to a header there is."""
    known = known_names(layouts)
    return max(range(len(rows)), key=lambda at: (sum(normal(cell) in known for cell in rows[at].cells), -at))


def showable(rows: Sequence[Row], at: int, layouts: Sequence[Layout]) -> tuple[str, ...]:
    """Give the cells of a row that no layout fits, each that may be no column's name as ``(column 3)``.

    A name that some layout knows is shown. Another is shown where the row reads as a header above its records (they
    hold digits and its own names hold none), it is short, and it holds none of the cells below it. Dates are shown where
    they are the names of a wide table's columns; beside them no other name is shown that no layout knows, for a record
    may be a person and five dates.
    """
    known, cells = known_names(layouts), rows[at].cells
    below = [row.cells for row in rows[at + 1 :] if row.cells != cells]
    strange = [cell for cell in cells if normal(cell) not in known]
    reads_as_header = any(map(_digits, below)) and not _digits(strange)
    if _names_dates(cells, below, known):  # the header of a wide table: its dates are nobody's
        known |= {normal(cell) for cell in cells if dated(cell)}
    values = {text for row in below for cell in row if len(text := cell.strip()) >= _SHORTEST_VALUE}

    def is_name(cell: str) -> bool:
        return not cell.strip() or (
            reads_as_header
            and len(cell) <= _LONGEST_NAME
            and cell.isprintable()
            and not any(value in cell for value in values)
        )

    return tuple(
        cell if normal(cell) in known or is_name(cell) else f"(column {place})"
        for place, cell in enumerate(cells, start=1)
    )


def _names_dates(cells: Sequence[str], below: Sequence[Sequence[str]], known: set[str]) -> bool:
    """Say whether a row is the header of a wide table: dates in most places, beside a known name or above no dates.

    A person's dates (born, arrested, released ...) are as many and as different; but other dates stand below them.
    """
    if not _dates(cells):
        return False
    if any(normal(cell) in known and not dated(cell) for cell in cells):
        return True
    places = [at for at, cell in enumerate(cells) if dated(cell)]
    return bool(below) and not any(
        dated(cell) for row in below for at, cell in enumerate(row) if at in places
    )


def _dates(cells: Sequence[str]) -> bool:
    """Say whether most of a row is dates, each other than the last."""
    dates = [dated(cell) for cell in cells if dated(cell)]
    return len(dates) >= _FEWEST_DATES and len(dates) * 2 > len(cells) and len({*dates}) == len(dates)


def _digits(cells: Sequence[str]) -> bool:
    return any(character.isdigit() for cell in cells for character in cell)
