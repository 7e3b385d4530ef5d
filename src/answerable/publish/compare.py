"""Comparing: what two releases, laid side by side, show of what each of them hides.

Of the rows that join (see `joining`), the cells are counted that one table withholds, leaves blank or leaves out and the
other shows. Each count is of cells; no cell is ever looked at but for whether it holds anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from answerable import wording
from answerable.estimate import Estimate, NotMeasurable
from answerable.intake import Role
from answerable.publish.joining import Joined, join
from answerable.publish.pairing import joint, shared
from answerable.publish.table import Table
from answerable.publish.times import GRAINS

__all__ = ["Comparison", "Linked", "Undone", "comparison"]

_HALF = 0.5
_NOT_ADDED = ("blank", "different")  # as the user left them, or edited: not plainly redactions
_PUBLISHED = "Released logs of the same searches have been joined so; see docs/method/release-risk.md."
_NO_KEY = "The two tables share no column that both show and that is written alike."
_SAME_ROWS = "another log of the same records, with its times"


@dataclass(frozen=True, slots=True)
class Undone:
    """The cells of one column that one table hides and the other shows.

    Attributes:
        column: The column as it is called.
        how: What the first table does with them: ``withheld``, ``blank``, ``left out`` (it has no such column) or
            ``coarser`` (its times are coarser than the other's); ``different`` is said of values that are not the same.
        cells: How many cells it hides so; of different values, how many it shows.
        shown: How many of them stand in a row that joins one of the other table, which shows a value, a finer one or
            another there.
    """

    column: str
    how: str
    cells: int
    shown: int


_Hidden = tuple[Undone, NDArray[np.int64]]  # with the places of the rows


@dataclass(frozen=True, slots=True)
class Linked:
    """How many values of a column that stands for accounts, people or things the other table would explain.

    Attributes:
        column: The column as it is called.
        there: The column of the other table.
        share: The values that could be linked, of all there are.
    """

    column: str
    there: str
    share: Estimate


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two tables side by side.

    Attributes:
        other: How the outputs call the other table.
        rows: How many rows it has.
        key: The columns by which the rows were joined.
        aside: Columns that both have and that were no part of the key, each with the reason.
        joined: The rows of the first table that match exactly one row of the other.
        by_chance: How many would by chance; None where that cannot be told.
        beyond_chance: False where so many would by chance that nothing is made of the rows that join.
        undone: The redactions of the first table that the other undoes: cells withheld, and cells of columns left out.
        undone_there: The redactions of the other that the first undoes.
        columns: The first table's hidden cells, by column, and what differs.
        columns_there: The other's.
        rows_undone: The rows of the first table of which at least one redaction is undone.
        links: What the other would say of columns that hold one and the same value for one user throughout.
        in_order: True where both have as many rows, and the same times in the same order.
    """

    other: str
    rows: int
    key: tuple[str, ...]
    aside: tuple[str, ...]
    joined: Estimate | NotMeasurable
    by_chance: float | None
    beyond_chance: bool
    undone: Estimate | None
    undone_there: Estimate | None
    columns: tuple[Undone, ...]
    columns_there: tuple[Undone, ...]
    rows_undone: int
    links: tuple[Linked, ...]
    in_order: bool


def comparison(one: Table, other: Table) -> Comparison:
    """Lay two tables side by side."""
    found = join(one, other)
    here: list[_Hidden] = []
    there: list[_Hidden] = []
    different: tuple[Undone, ...] = ()
    links: tuple[Linked, ...] = _alike(one, other)
    if found.beyond_chance:
        turned = replace(found, here=found.there, there=found.here, grains=found.grains[::-1])
        here, there = _hidden(one, other, found), _hidden(other, one, turned)
        different = tuple(_different(one, other, found))
        links += _links(one, other, found)
    return Comparison(
        other=other.label,
        rows=other.rows,
        key=found.key,
        aside=found.aside,
        joined=_joined(one, other, found),
        by_chance=found.by_chance,
        beyond_chance=found.beyond_chance,
        undone=_total(one, other, [each for each, _ in here]),
        undone_there=_total(other, one, [each for each, _ in there]),
        columns=(*(each for each, _ in here), *different),
        columns_there=tuple(each for each, _ in there),
        rows_undone=_rows_undone(one, here),
        links=links,
        in_order=found.in_order,
    )


def _joined(one: Table, other: Table, found: Joined) -> Estimate | NotMeasurable:
    title = "Rows that match exactly one row of the other table"
    if not found.key or not one.rows:
        return NotMeasurable(
            measure="release.joined", title=title, reason=_NO_KEY, ask_for=f"It would take {_SAME_ROWS}."
        )
    key = wording.listing(list(found.key), most=len(found.key))
    caveats: tuple[str, ...] = (_PUBLISHED,)
    if found.by_chance is not None:
        chance = f"By chance about {wording.quantity(found.by_chance, 1)} would: as many do when the other table's clock is moved."
        caveats = (chance, *caveats)
    return _share(
        measure="release.joined",
        title=title,
        counted=found.here.size,
        among=one.rows,
        noun="rows",
        rule=f"the same {key}, which no other row of either table holds",
        ends=f"{one.label} match exactly one row of {other.label} on {key}.",
        caveats=caveats,
    )


def _share(
    *,
    measure: str,
    title: str,
    counted: int,
    among: int,
    noun: str,
    rule: str,
    ends: str,
    begins: str = "",
    caveats: tuple[str, ...] = (),
) -> Estimate:
    return Estimate(
        measure=measure,
        title=title,
        kind="share",
        value=counted / among,
        numerator=counted,
        denominator=among,
        unit=f"share of {noun}",
        rule=rule,
        sql="",
        sentence=f"{begins}{wording.share(counted, among, noun)} of {ends}",
        caveats=caveats,
    )


def _hidden(one: Table, other: Table, found: Joined) -> list[_Hidden]:
    """Count what one table hides and the other shows, by column, with the rows in which it does."""
    hidden: list[_Hidden] = []
    here, there = found.here, found.there
    for name, cells in other.cells.items():
        if name == other.kind.time:
            continue
        shown, label = cells.shown[there], cells.field.label
        if name not in one.cells:
            hidden.append((Undone(label, "left out", one.rows, int(shown.sum())), here[shown]))
            continue
        mine = one.cells[name]
        for how, which in (("withheld", mine.withheld), ("blank", mine.blank)):
            both = which[here] & shown
            if both.any() or (how == "withheld" and which.any()):
                hidden.append((Undone(label, how, int(which.sum()), int(both.sum())), here[both]))
    first, second = found.grains
    if first and GRAINS.index(first) > GRAINS.index(second):
        label = one.kind.field(one.kind.time).label
        hidden.append((Undone(label, "coarser", one.rows, here.size), here))
    return hidden


def _different(one: Table, other: Table, found: Joined) -> Iterator[Undone]:
    """Count the cells of joined rows that show one value in one table and another in the other."""
    for mine, theirs in shared(one, other):
        here, there = joint(mine, theirs)
        both = mine.valued[found.here] & theirs.valued[found.there]
        unlike = int((both & (here[found.here] != there[found.there])).sum())
        if unlike:
            yield Undone(mine.field.label, "different", int(mine.valued.sum()), unlike)


def _total(one: Table, other: Table, hidden: Sequence[Undone]) -> Estimate | None:
    """Add up the redactions that the other table undoes; what is `_NOT_ADDED` stands beside it alone."""
    counted = [each for each in hidden if each.how not in _NOT_ADDED]
    cells = sum(each.cells for each in counted)
    if not cells:
        return None
    return _share(
        measure="release.undone",
        title="Redactions that the other table undoes",
        counted=sum(each.shown for each in counted),
        among=cells,
        noun="redactions",
        rule="a cell withheld, made coarser, or of a column left out that the other table exports, in a row that joins one that shows it",
        begins="Together they undo ",
        ends=f"{one.label}: {other.label} shows what stood there.",
    )


def _rows_undone(one: Table, hidden: Sequence[_Hidden]) -> int:
    rows = np.zeros(one.rows, bool)
    for each, places in hidden:
        rows[places] |= each.how not in _NOT_ADDED
    return int(rows.sum())


def _alike(one: Table, other: Table) -> tuple[Linked, ...]:
    """Count the values of a pseudonymous column that stand in the other table as they are."""
    found = []
    for name, cells in one.cells.items():
        if cells.field.role is not Role.IDENTIFIER or name not in other.cells:
            continue
        here, there = joint(cells, other.cells[name])
        values = np.unique(here[cells.valued])
        same = np.intersect1d(values, there[other.cells[name].valued]).size
        if values.size and same:
            label = cells.field.label
            share = _share(
                measure="release.same_value",
                title=f"Values of {label} that the other table holds too",
                counted=same,
                among=values.size,
                noun=f"values of {label}",
                rule="the same value in both tables, case and outer spaces aside",
                ends=f"{one.label} stand in {other.label} as they are: they join the two without any other column.",
            )
            found.append(Linked(label, label, share))
    return tuple(found)


def _links(one: Table, other: Table, found: Joined) -> tuple[Linked, ...]:
    """Count the values of each account's column that the rows which join would link to a value of the other table."""
    links = []
    for cells in one.cells.values():
        if not (cells.field.role is Role.IDENTIFIER and cells.field.recurs):
            continue
        values = np.unique(cells.parts[0].index[cells.valued])
        for theirs in other.cells.values():
            if not (theirs.field.role is Role.IDENTIFIER and theirs.field.recurs):
                continue
            both = cells.valued[found.here] & theirs.valued[found.there]
            if cells.field.name == theirs.field.name:
                here, there = joint(cells, theirs)
                both &= here[found.here] != there[found.there]
            mine = cells.parts[0].index[found.here][both]
            linked = _mostly_one(mine, theirs.parts[0].index[found.there][both])
            if values.size and linked:
                label, there_label = cells.field.label, theirs.field.label
                share = _share(
                    measure="release.linked",
                    title=f"Values of {label} that the other table would explain",
                    counted=linked,
                    among=values.size,
                    noun=f"values of {label}",
                    rule=f"more than half of the value's rows that join stand beside one and the same {there_label}",
                    ends=f"{one.label} could be linked to a {there_label} of {other.label} through rows that join.",
                    caveats=(_PUBLISHED,),
                )
                links.append(Linked(label, there_label, share))
    return tuple(links)


def _mostly_one(mine: NDArray[np.int32], theirs: NDArray[np.int32]) -> int:
    """Count the values of which more than half of the rows stand beside one value of the other."""
    if not mine.size:
        return 0
    pairs, counts = np.unique(np.stack([mine, theirs], axis=1), axis=0, return_counts=True)
    totals = np.bincount(mine)
    return int((counts > _HALF * totals[pairs[:, 0]]).sum())
