"""Layouts: which header of which export fills which field, as declarative TOML files.

A layout fits a file when every column that it requires is in the header and every column in the header is
known to it. Names are compared without case, spaces, underscores, hyphens or order. Exactly one layout must
fit; two that fit are refused, never guessed between. A layout of exports without a header names its columns by their
place, fits no header, and is asked only where the user names it: see `headless`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from pathlib import Path

from answerable import wording
from answerable.errors import LayoutError
from answerable.intake.clocks import dated

__all__ = ["CELL", "JOIN", "LABEL", "Layout", "Near", "Wide", "choose", "nearest", "normal", "twice"]

JOIN = " + "
"""What joins the names of two columns that together fill one field."""

LABEL, CELL = "(column's name)", "(cell)"
"""What the two columns are called that a wide table is unfolded to, beside those that its layout names."""


def normal(header: str) -> str:
    """Reduce a header cell to what is compared: no case, spaces, underscores, hyphens or byte-order mark."""
    return re.sub(r"[\s_\-\ufeff]+", "", header).casefold()


@dataclass(frozen=True, slots=True)
class Wide:
    """How a wide table is unfolded: each cell under a column that is called by a date is a record.

    Attributes:
        label: The TIME field that the column's name fills.
        value: The field that the cell fills.
    """

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Layout:
    """One shape of export.

    Attributes:
        name: The file's name without ``.toml``.
        title: What it is, for lists.
        description: Where it is met, in a sentence or two.
        kind: The record kind that it gives.
        columns: Field -> accepted header names, the first being the vendor's own. ``"A + B"`` takes two
            columns: a date and a time, or the start and the end of a range.
        optional: Fields whose column may be missing; every other field is required.
        ignored: Header names that are known and not read.
        order: ``MDY`` or ``DMY`` where the vendor's slash dates are known to be so, else empty.
        zone: ``UTC`` where the vendor's times without a zone are known to be in UTC, else empty.
        others: True where the export may hold further columns, which are not read.
        path: Where the layout was read from.
        own: True where the user named this layout: it is then asked before the others.
        constants: Field -> the text that stands for its cell in every row; the export itself does not say it.
        negated: NUMBER fields whose numbers are distances: they are stored with the sign turned, so that of all
            exports a higher number is more alike.
        header: False where the export has no header; ``columns`` then names places, from 1: ``"4"``.
        width: The number of columns of an export without a header.
        delimiter: ``space`` where runs of blanks separate the cells of an export without a header, else empty.
        wide: Where each cell of a row is a record, dated by its column's name; None where a row is one.
    """

    name: str
    title: str
    description: str
    kind: str
    columns: dict[str, tuple[str, ...]]
    optional: frozenset[str]
    ignored: tuple[str, ...]
    order: str
    zone: str
    path: Path
    others: bool = False
    own: bool = False
    constants: Mapping[str, str] = attribute(default_factory=dict)
    negated: frozenset[str] = frozenset()
    header: bool = True
    width: int = 0
    delimiter: str = ""
    wide: Wide | None = None

    @property
    def places(self) -> tuple[str, ...]:
        """Give what the columns of an export without a header are called: their places, from 1."""
        return tuple(map(str, range(1, self.width + 1)))

    def told(self) -> Iterator[str]:
        """Say, one sentence each, what a list of the columns does not show."""
        if not self.header:
            between = ", separated by runs of blanks" if self.delimiter else ""
            yield f"The export has no header: columns are named by their place, of {self.width}{between}. The layout is asked only where --layout names it."
        if self.wide:
            yield f"A record a cell: every column that is called by a date holds {self.wide.value}, and the date is {self.wide.label}. Blank cells are records without a value."
        if self.negated:
            yield f"A lower number is more alike, so the sign is turned: {', '.join(sorted(self.negated))}."
        if self.order:
            yield f"Dates with slashes are {'month' if self.order == 'MDY' else 'day'} first."
        if self.zone:
            yield f"Times that state no zone are in {self.zone}."

    def find(self, header: Sequence[str]) -> dict[str, tuple[int, ...]]:
        """Give, for each field that the header carries, the positions of its column or columns."""
        places = {normal(name): position for position, name in reversed(list(enumerate(header)))}
        found: dict[str, tuple[int, ...]] = {}
        if self.wide and tuple(header[-2:]) == (LABEL, CELL):
            found = {self.wide.label: (len(header) - 2,), self.wide.value: (len(header) - 1,)}
        for field, names in self.columns.items():
            for name in names:
                parts = [normal(part) for part in name.split(JOIN)]
                if all(part in places for part in parts):
                    found[field] = tuple(places[part] for part in parts)
                    break
        return found

    def known(self) -> set[str]:
        """Give every header name, reduced by `normal`, that the layout knows."""
        names = [part for accepted in self.columns.values() for name in accepted for part in name.split(JOIN)]
        return {normal(name) for name in [*names, *self.ignored]}

    def labels(self, header: Sequence[str]) -> list[int]:
        """Give the positions of a wide table's columns that are called by a date; none of any other layout."""
        if not self.wide:
            return []
        known = self.known()
        return [at for at, name in enumerate(header) if dated(name) and normal(name) not in known]

    def compare(self, header: Sequence[str]) -> Near:
        """Say how far the header is from this layout."""
        found = self.find(header)
        missing = [field for field in self.columns if field not in found and field not in self.optional]
        known, labels = self.known(), self.labels(header)
        held = set(labels)
        unknown = [
            name
            for at, name in enumerate(header)
            if name.strip() and at not in held and normal(name) not in known
        ]
        if self.wide and not labels:
            missing.append(self.wide.label)
        return Near(self, tuple(missing), tuple(unknown), len(found) + bool(labels))

    def fits(self, header: Sequence[str]) -> bool:
        """Say whether the header is of this layout; no header is of one that has none."""
        near = self.compare(header)
        return self.header and not near.missing and (self.others or not near.unknown)


@dataclass(frozen=True, slots=True)
class Near:
    """A layout beside a header: fields whose column is missing, columns that the layout does not know."""

    layout: Layout
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    found: int

    @property
    def distance(self) -> tuple[int, int]:
        """Order by what does not match, then by what does."""
        return (len(self.missing) + len(self.unknown), -self.found)

    def __str__(self) -> str:
        columns = self.layout.columns
        lacks = [
            repr(columns[field][0]) if field in columns else "columns called by dates"
            for field in self.missing
        ]
        parts = []
        if lacks:
            parts.append(f"lacks {wording.listing(lacks)}")
        if self.unknown and not self.layout.others:
            parts.append(f"does not know {wording.listing([repr(name) for name in self.unknown])}")
        return f"{self.layout.name}: {'; '.join(parts) or 'fits'}"


def nearest(header: Sequence[str], layouts: Iterable[Layout], most: int = 3) -> list[Near]:
    """Give the layouts that come nearest to a header, the nearest first."""
    return sorted(
        (layout.compare(header) for layout in layouts if layout.header),
        key=lambda near: (*near.distance, near.layout.name),
    )[:most]


def twice(header: Sequence[str]) -> list[str]:
    """Give the names, reduced by `normal`, that a header holds more than once."""
    named = [normal(name) for name in header if name.strip()]
    return sorted({name for name in named if named.count(name) > 1})


def choose(header: Sequence[str], layouts: Sequence[Layout], *, where: str) -> Layout:
    """Give the one layout that fits a header.

    Raises:
        LayoutError: None fits, more than one does, or the header names a column twice.
    """
    if repeated := twice(header):
        raise LayoutError(
            f"the header names {wording.listing([repr(name) for name in repeated])} more than once",
            where=where,
            expected="each column once",
            do="Rename or remove the repeated column; it is not guessed which one is meant.",
        )
    every = [layout for layout in layouts if layout.fits(header)]
    fitting = [layout for layout in every if layout.own] or every
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise LayoutError(
            f"the header fits {len(fitting)} layouts: {wording.listing([layout.name for layout in fitting])}",
            where=where,
            expected="exactly one layout that fits",
            do="Name the one that is meant with --layout NAME.",
        )
    near = nearest(header, layouts)
    raise LayoutError(
        "no layout fits this header. Nearest: " + "; ".join(str(one) for one in near),
        where=where,
        expected="a header that one layout knows (`answerable layouts` lists them)",
        do="Run `answerable inspect` on the file: it prints a layout to edit and pass with --layout.",
    )
