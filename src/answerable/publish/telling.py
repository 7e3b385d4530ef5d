"""Telling: what was found of a release as lines of text, the answer first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from answerable import wording
from answerable.estimate import Estimate, NotMeasurable
from answerable.publish.check import ReleaseCheck
from answerable.publish.coarsen import Option
from answerable.publish.compare import Comparison, Undone
from answerable.publish.ladders import LEFT_OUT
from answerable.publish.risk import Exposure

__all__ = ["told"]

_ORDER = "Publish the rows in another order than that of their times: the order alone gives back a time that was made coarser."

_WIDEST = 72  # letters of a table's first column


def told(check: ReleaseCheck) -> Iterator[str]:
    """Give the lines: the answer, what tells rows apart, what to coarsen, and what other tables undo."""
    yield from _answer(check)
    yield ""
    yield from _columns(check)
    yield ""
    yield from _coarsening(check)
    for each in check.comparisons:
        yield ""
        yield from _comparison(check, each)


def _answer(check: ReleaseCheck) -> Iterator[str]:
    headline = check.headline
    if isinstance(headline.under, NotMeasurable):
        yield str(headline.under.reason)
    else:
        yield str(headline.alone)
        together = "share it" if len(headline.columns) == 1 else "share them"
        at_risk = wording.share(headline.at_risk, headline.rows, "rows")
        yield f"{at_risk} {together} with fewer than {wording.plural(check.k - 1, 'other')}: they are at risk (k = {check.k})."
        yield f"The limit is {_limit(check.limit)}: {wording.plural(check.coarsening.least.allowed, 'row')}."
    if headline.apart:
        yield f"{wording.plural(headline.apart, 'row')} hold no value in any of these columns, and nothing to be joined by."
    read = wording.listing([repr(title) for title in check.layouts])
    yield f"{check.file}: {wording.plural(check.rows, 'row')} read as {read}; {wording.count(check.unread)} could not be read; {wording.count(check.repeated)} repeat the ID of another and are left aside."
    yield from check.notices


def _columns(check: ReleaseCheck) -> Iterator[str]:
    shown = [*check.by_column, check.headline, check.together]
    names = [each.columns[0] for each in check.by_column]
    names += [_together(check.headline), "all columns together"]
    head = ("What tells rows apart", "different", "the only one", f"fewer than {check.k}")
    rows = [(name, *_figures(each)) for name, each in zip(names, shown, strict=True)]
    yield from _table(head, rows)
    if check.stable:
        is_one = len(check.stable) == 1
        yield f"{_capital(wording.listing(list(check.stable)))} {'holds' if is_one else 'hold'} the same value for the same record or user wherever {'it stands' if is_one else 'they stand'}: a table that holds {'it' if is_one else 'any of them'} too joins by that alone, whatever else is made coarser."


def _together(headline: Exposure) -> str:
    listed = f"{wording.listing(list(headline.columns), most=9)} together"
    return listed if len(listed) <= _WIDEST else "the columns of the first line together"


def _figures(each: Exposure) -> tuple[str, ...]:
    alone = int(each.alone.numerator or 0) if isinstance(each.alone, Estimate) else 0
    return tuple(map(wording.count, (each.values, alone, each.at_risk)))


def _coarsening(check: ReleaseCheck) -> Iterator[str]:
    found = check.coarsening
    if not found.least.changes and not check.coarsening_together.least.changes:
        yield "What to coarsen: nothing; the rows at risk are within the limit."
        return
    head = ("Each column alone", "from", "to", "at risk before", "after")
    before = wording.count(found.before.at_risk)
    single = [
        (one.change.column, one.change.before, one.change.after, before, wording.count(one.at_risk))
        for one in found.single
    ]
    yield from _table(head, single, texts=3)
    yield f"The smallest change{'' if found.every else ' that was found'} to these columns together, to have at risk"
    options = (found.least, *found.looser)
    for option, stricter in zip(options, (None, *options), strict=False):
        if stricter is None or option.changes != stricter.changes:
            yield f"  {_option(option, found.before)}"
    yield f"The smallest change{'' if check.coarsening_together.every else ' that was found'} to all columns, to have at risk"
    yield f"  {_option(check.coarsening_together.least, check.together)}"
    yield _ORDER


def _option(option: Option, before: Exposure) -> str:
    limit = f"{_limit(option.limit)} ({wording.count(option.allowed)})"
    if not option.changes:
        return f"{limit}: none needed"
    done = [f"{one.column} {one.after}" for one in option.changes if one.after != LEFT_OUT]
    gone = [one.column for one in option.changes if one.after == LEFT_OUT]
    done += [f"{LEFT_OUT}: {wording.listing(gone, most=len(gone))}"] if gone else []
    return f"{limit}: {'; '.join(done)} ({wording.count(before.at_risk)} at risk before, {wording.count(option.after.at_risk)} after)"


def _limit(limit: float) -> str:
    return f"at most {100 * limit:g}\u202f% of the rows"


def _comparison(check: ReleaseCheck, found: Comparison) -> Iterator[str]:
    yield f"Beside {found.other} ({wording.plural(found.rows, 'row')})"
    yield f"  {found.joined}" if isinstance(found.joined, Estimate) else f"  {found.joined.reason}"
    if found.by_chance is not None and found.key:
        yield f"  By chance about {wording.quantity(found.by_chance, 1)} would: as many do when the clock of {found.other} is moved."
    if found.key and not found.beyond_chance:
        why = (
            "Without a time to move, nothing tells these from chance"
            if found.by_chance is None
            else "That is no more than chance gives"
        )
        yield f"  {why}, so nothing is made of them: the two show no sign of holding the same rows."
    for total, columns, hides, shows in (
        (found.undone, found.columns, check.file, found.other),
        (found.undone_there, found.columns_there, found.other, check.file),
    ):
        if total:
            yield f"  {total}"
        if columns:
            yield from _undone(columns, hides, shows)
    yield from (f"  {each.share}" for each in found.links)
    if found.in_order:
        yield "  Both hold the same times in the same order: they can be laid side by side row by row, whatever the columns hold."
    if found.aside:
        yield f"  Not used to join: {'; '.join(found.aside)}."


def _undone(columns: Sequence[Undone], hides: str, shows: str) -> Iterator[str]:
    rows = [(each.column, each.how, wording.count(each.cells), wording.count(each.shown)) for each in columns]
    for line in _table((f"column of {hides}", "which is", "cells", f"shown by {shows}"), rows, texts=2):
        yield f"  {line}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], texts: int = 1) -> Iterator[str]:
    """Lay out a table: texts to the left, numbers to the right."""
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    for number, row in enumerate((head, *rows)):
        cells = [
            cell.ljust(width) if at < texts else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield ("  " if number else "") + "  ".join([cells[0] + ("" if number else "  "), *cells[1:]])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
