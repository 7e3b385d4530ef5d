"""Notices: what a reader should know of a source once its records are settled, one sentence each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from answerable import wording
from answerable.intake.arrays import ArrayTable
from answerable.intake.constants import layout_notices
from answerable.intake.duplicates import BY_CELLS, BY_NOTHING, Repeat, rule
from answerable.intake.faults import BadCell
from answerable.intake.opening import probably_cut
from answerable.intake.staging import Staged
from answerable.intake.wide import WideTable

__all__ = ["notices"]


def notices(
    staged: Staged,
    repeats: Sequence[Repeat],
    cells: Sequence[BadCell],
    *,
    broken: Mapping[str, int],
    folded: int,
    skipped: int,
) -> Iterator[str]:
    """Give a source's notices.

    Args:
        staged: The source.
        repeats: Records that repeat one of their own log.
        cells: Cells that cannot be read, of records that are kept.
        broken: How many there are, by field.
        folded: Records in an hour that came twice when clocks were set back.
        skipped: Records in an hour that never was when clocks were set forward.
    """
    opened, kind, name = staged.opened, staged.plan.kind, f"{staged.plan.number:04}"
    yield from opened.notices
    rows = staged.rows_in
    if isinstance(opened.table, WideTable):
        rows = staged.rows_in // opened.table.periods
        yield f"{wording.plural(rows, 'row')} of {wording.plural(opened.table.periods, 'column')} = {wording.plural(staged.rows_in, 'record')}: each cell under a column that is called by a date is one."
    yield from layout_notices(opened.layout, kind)
    for field, count in broken.items():
        if count:
            yield f"{wording.plural(count, 'cell')} of {kind.field(field).label} cannot be read and {'is' if count == 1 else 'are'} left out of its measures{_where(name, cells, field)}."
    # An array was never in a spreadsheet.
    if not isinstance(opened.table, ArrayTable) and (cut := probably_cut(rows, header=opened.layout.header)):
        yield cut
    yield from _of_repeats(staged, repeats)
    clock = staged.plan.clocks.get(kind.time)
    if staged.plan.timezone and clock and clock.forms and not clock.utc:
        yield f"The times state no zone and were read as {staged.plan.timezone}, as --timezone asks. If they are in another zone, every hour and weekday is wrong by the difference."
    if folded:
        yield f"{wording.plural(folded, 'record')} {'falls' if folded == 1 else 'fall'} in an hour that came twice when clocks were set back: which of the two it was is not written, so the time may be an hour off."
    if skipped:
        yield f"{wording.plural(skipped, 'record')} {'falls' if skipped == 1 else 'fall'} in an hour that never was when clocks were set forward: the zone that was named may not be that of the records."
    if differ := sum(one.differs for one in repeats):
        yield f"{wording.plural(differ, 'record')} set aside as repeated {'is' if differ == 1 else 'are'} not the same as the first in every column: see `set-aside/{name}.csv` in the case."


def _of_repeats(staged: Staged, repeats: Sequence[Repeat]) -> Iterator[str]:
    """Say what the rule by which repeats were sought cannot tell."""
    kind = staged.plan.kind
    by = rule(kind, staged.plan.filled)
    if by == BY_NOTHING:
        missing = [kind.field(each).label for each in kind.named_by if each not in staged.plan.filled]
        yield f"The export has no {wording.listing(missing, joiner='or')}: a record that repeats another cannot be told from one of its own, and each row is counted."
    elif repeats and by == BY_CELLS:
        yield (
            "The export has no ID: records that are the same in every column that is read were counted once"
            + (
                f", though two {kind.things} made alike in one instant cannot be told apart."
                if kind.time
                else "."
            )
        )


def _where(name: str, cells: Sequence[BadCell], field: str) -> str:
    """Say where the lines of a field's bad cells are listed; of a range by another clock none is."""
    return (
        f": see `quarantine/{name}-cells.csv` in the case" if any(one.field == field for one in cells) else ""
    )
