"""A reviewer's workbook read back.

Rows may have been sorted and columns moved. A header that was changed, a row that was deleted or stands twice, and an answer
that is none are named, all of them, and then nothing is taken over.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import python_calamine
from xlsxwriter.utility import xl_col_to_name

from answerable import wording
from answerable.errors import ReviewError
from answerable.intake.unfolding import DAMAGE, Limits, bounded
from answerable.policy.marked import nearest
from answerable.review.forms import Form
from answerable.review.sample import Sample
from answerable.review.sheets_written import ABOUT, ITEM, ITEMS, NOTE, REVIEW, REVIEWER, SAMPLE

__all__ = ["read_sheet"]

_MOST_ROWS, _MOST_BYTES = 20_000, 50_000_000
_MOST_NAMED = 12  # faults: what fits on a screen
_LONGEST_SHOWN = 60
_LIMITS = Limits(unfolded=200_000_000)


def read_sheet(
    path: Path, sample: Sample, reviewer: str, data: bytes | None = None
) -> dict[int, tuple[dict[str, str], str]]:
    """Read a reviewer's workbook back.

    Args:
        path: The workbook.
        sample: The sample.
        reviewer: Whose it should be.
        data: Its bytes, where they are at hand: nothing is then read from ``path``, which is what errors call it.

    Returns:
        By item, the answers and the note, of every row with an answer.

    Raises:
        ReviewError: It is no workbook of this reviewer and sample; a header was changed or is missing; rows were deleted, stand twice or
            are of no item; or an answer is none. Every fault is named, up to twelve of them.
    """
    rows, about = _load(path, _read(path) if data is None else data)
    _check_about(path, about, sample, reviewer)
    heads = [str(each).strip().removeprefix("'") for each in rows[0]] if rows else []
    columns = _columns(path, heads, sample.form)
    mine = {item.number for item in sample.items if reviewer in item.reviewers}
    faults: list[str] = []
    found: dict[int, tuple[dict[str, str], str]] = {}
    seen: dict[int, int] = {}
    for number, row in enumerate(rows[1:], 2):
        if not any(str(value).strip() for value in row):
            continue
        item = _item(row[columns[ITEM]])
        if item is None or item not in mine:
            what = "no number of an item" if item is None else f"item {item}, which is not {reviewer}'s"
            faults.append(f"row {number}: {ITEM} is {what}")
            continue
        if item in seen:
            faults.append(f"row {number}: item {item} stands in row {seen[item]} already")
            continue
        seen[item] = number
        answers, wrong = _answers(row, number, columns, sample.form)
        faults += wrong
        note = row[columns[NOTE]]
        if answers and not wrong:
            found[item] = answers, str(note).removeprefix("'")
    if missing := sorted(mine - set(seen)):
        listed = wording.listing([str(item) for item in missing], most=_MOST_NAMED)
        faults.append(f"rows were deleted: there is none of item{'s' * (len(missing) > 1)} {listed}")
    if faults:
        _refuse(path, faults)
    return found


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MOST_BYTES)  # what is cut off is no workbook
    except OSError as error:
        raise ReviewError(
            f"the file cannot be read ({error.strerror})", where=str(path), do="Check the name."
        ) from None


def _check_unfolded(path: Path, data: bytes) -> None:
    """Refuse a workbook that unfolds to more than a workbook would, before it is read into the memory whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                with archive.open(member) as stream:
                    unfolded = bounded(stream, member.compress_size, _LIMITS, str(path))
                    while unfolded.read(1 << 20):
                        pass
    except DAMAGE:
        return  # an older kind of workbook, or none: the reader says so


def _load(path: Path, data: bytes) -> tuple[list[list[Any]], dict[str, str]]:
    """Give the rows of the items, and what the workbook says that it is of."""
    _check_unfolded(path, data)
    sheets: dict[str, list[list[Any]]] = {}
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        for name in book.sheet_names:
            if name in (ITEMS, ABOUT):
                sheets[name] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise ReviewError(
            f"this is no workbook that can be read ({type(error).__name__})",
            where=str(path),
            expected="the .xlsx file that `answerable review export` wrote",
            do="Save it as .xlsx and try again.",
        ) from None
    if missing := [name for name in (ITEMS, ABOUT) if name not in sheets]:
        raise ReviewError(
            f"the workbook has no sheet {missing[0]!r}",
            where=str(path),
            expected=f"the sheets {ITEMS} and {ABOUT}, as they were written",
            do="Start again from an export.",
        )
    about = {str(row[0]).strip(): str(row[1]).removeprefix("'") for row in sheets[ABOUT] if len(row) > 1}
    return sheets[ITEMS][:_MOST_ROWS], about


def _check_about(path: Path, about: Mapping[str, str], sample: Sample, reviewer: str) -> None:
    for name, right in ((REVIEW, sample.request.name), (SAMPLE, sample.sha256), (REVIEWER, reviewer)):
        if about.get(name) != right:
            raise ReviewError(
                f"the sheet {ABOUT} says that {name.lower()} is {about.get(name, 'nothing')!r}",
                where=str(path),
                expected=repr(right),
                do="Import the workbook that was exported for this review and reviewer.",
            )


def _columns(path: Path, heads: Sequence[str], form: Form) -> dict[str, int]:
    """Find the columns that are read, wherever they stand now."""
    wanted = [ITEM, *(question.text for question in form.questions), NOTE]
    columns: dict[str, int] = {}
    for head in wanted:
        places = [at for at, each in enumerate(heads) if each == head]
        if len(places) != 1:
            others = [each for each in heads if each and each not in wanted]
            what = (
                f"the header {head!r} is missing"
                if not places
                else f"the header {head!r} stands {len(places)} times"
            )
            near = nearest(head, others) if others and not places else ""
            raise ReviewError(
                f"{what}{f'; {near[:-1]} stands there instead' if near.endswith('?') else ''}",
                where=f"{path}, row 1",
                expected="the headers as they were written",
                do="Write the header again as it was, and import once more.",
            )
        columns[head] = places[0]
    return columns


def _item(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return int(number) if number.is_integer() else None


def _answers(
    row: Sequence[Any], number: int, columns: Mapping[str, int], form: Form
) -> tuple[dict[str, str], list[str]]:
    """Read the answers of one row, and say what is wrong with them."""
    answers: dict[str, str] = {}
    faults: list[str] = []
    for question in form.questions:
        at = columns[question.text]
        text = str(row[at]).strip()
        if not text:
            continue
        known = {choice.text.casefold(): choice.id for choice in question.choices}
        known |= {choice.id.casefold(): choice.id for choice in question.choices}
        if text.casefold() in known:
            answers[question.id] = known[text.casefold()]
        else:
            texts = [choice.text for choice in question.choices]
            shown = text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
            faults.append(
                f"cell {xl_col_to_name(at)}{number}: {shown!r} is none of the answers ({nearest(text, texts)})"
            )
    if answers and not faults:
        try:
            form.check(answers)
        except ReviewError as error:
            faults.append(f"row {number}: {error.what}")
    return answers, faults


def _refuse(path: Path, faults: Iterable[str]) -> None:
    listed = list(faults)
    more = f"; and {len(listed) - _MOST_NAMED} more" if len(listed) > _MOST_NAMED else ""
    raise ReviewError(
        "; ".join(listed[:_MOST_NAMED]) + more,
        where=str(path),
        expected="a row for each item, each answer one of its question's choices",
        do="Correct these and import again; nothing was taken over.",
    )
