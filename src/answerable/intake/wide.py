"""Wide tables: a row a place, a column a day, and each cell a record of its own.

Forecasts and counts are published so. Such a table is unfolded by rows, and within a row by columns, so that records stand
in the order in which the file has them. The cell is what is counted: a row that cannot be read is as many records as it
has columns that are called by a date.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from answerable.engine.dialect import literal
from answerable.intake.clocks import dated
from answerable.intake.layouts import CELL, LABEL, Layout, normal
from answerable.intake.tables import Row, Table

__all__ = ["WideTable", "unfold"]

_BLANK = r"\s\x{0B}\x{1C}-\x{1F}\x{85}\p{Z}"  # what str.isspace() takes, as RE2 writes it
_MARK = r"\x{FEFF}"  # that of byte order


@dataclass(frozen=True, slots=True)
class WideTable:
    """A table whose cells under dates are the records.

    Attributes:
        inner: The table as the file has it.
        header: Its header.
        before: Rows of it before the first that holds records.
        named: Positions of the columns that each record of a row has in common.
        labels: Positions of the columns that are called by a date.
    """

    inner: Table
    header: tuple[str, ...]
    before: int
    named: tuple[int, ...]
    labels: tuple[int, ...]

    @property
    def periods(self) -> int:
        """How many records a row holds."""
        return len(self.labels)

    @property
    def unfolded(self) -> tuple[str, ...]:
        """The header of the records."""
        return (*(self.header[at] for at in self.named), LABEL, CELL)

    def rows(self, width: int = 0) -> Iterator[Row]:
        """Give a header for the records, then one row a record.

        A row at fault is one row that stands for all its records, and so is one that holds nothing or the header again.
        """
        del width
        yield Row(0, list(self.unfolded), "")
        dates = [(at, self.header[at].strip(), dated(self.header[at])) for at in self.labels]
        again = [normal(name) for name in self.header]
        for row in islice(self.inner.rows(len(self.header)), self.before, None):
            fault = row.fault or _fault(row.cells, again)
            if fault:
                yield Row(row.line, [], row.raw, fault, self.periods)
                continue
            common = [row.cells[at] for at in self.named]
            for at, name, date in dates:
                cell = row.cells[at]
                yield Row(row.line, [*common, date, cell], cell, column=name)

    def relation(self, cells: str) -> str:
        """Give the SQL relation of the records from that of the table's cells; the query ends where a row holds no records.

        Args:
            cells: A relation with the columns c0, c1 ...
        """
        dates = ", ".join(literal(dated(self.header[at])) for at in self.labels)
        values = ", ".join(f"c{at}" for at in self.labels)
        every = ", ".join(f"c{at}" for at in range(len(self.header)))
        first = self.labels[0]
        # What the careful reader may find at fault, by its own idea of a blank: that of Python, of which a tab is one.
        nothing = f"regexp_full_match(concat({every}), {literal(f'[{_BLANK}]*')})"
        bare = f"lower(regexp_replace(c{first}, {literal(f'[{_BLANK}_{_MARK}-]+')}, '', 'g'))"
        strange = f"{nothing} OR {bare} = {literal(normal(self.header[first]))}"
        kept = "".join(f"c{at} AS k{at}, " for at in self.named)
        names = "".join(f"k{at} AS c{place}, " for place, at in enumerate(self.named))
        return (
            f"(SELECT {names}date AS c{len(self.named)}, value AS c{len(self.named) + 1} FROM ("
            f"SELECT {kept}unnest([{dates}]) AS date, "
            f"unnest(CASE WHEN {strange} THEN error('no records') ELSE [{values}] END) AS value FROM {cells}))"
        )


def _fault(cells: Sequence[str], header: Sequence[str]) -> str:
    if not any(cell.strip() for cell in cells):
        return "holds nothing"
    return "repeats the header" if [normal(cell) for cell in cells] == header else ""


def unfold(table: Table, header: tuple[str, ...], layout: Layout, before: int) -> WideTable:
    """Give the records of a wide table.

    Args:
        table: The table as the file has it.
        header: Its header, which the layout fits.
        layout: A layout of wide tables.
        before: Rows before the first that holds records: the header, and what stands above it.
    """
    labels = tuple(layout.labels(header))
    named = tuple(at for at in range(len(header)) if at not in set(labels))
    return WideTable(table, header, before, named, labels)
