"""A reviewer's items as a workbook, for those who judge in Excel.

The first sheet has a row per item: its number, where the original stands, what may be shown, a column per question with its
choices as a list, and a note. The second says what the workbook is of.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from answerable.errors import StorageError
from answerable.harmless import cell
from answerable.review.judgements import Judgements
from answerable.review.located import Place
from answerable.review.sample import Item, Sample
from answerable.review.shown import Cell

__all__ = [
    "ABOUT",
    "ITEM",
    "ITEMS",
    "NOTE",
    "REVIEW",
    "REVIEWER",
    "SAMPLE",
    "Shown",
    "sheet_bytes",
    "write_sheet",
]

ITEMS, ABOUT, _CHOICES = "Items", "About", "Choices"
"""The sheets."""

ITEM, NOTE = "Item", "Note"
"""The columns that are read back beside those of the questions."""

REVIEW, REVIEWER, SAMPLE = "Review", "Reviewer", "SHA-256 of the sample"
"""What the second sheet says that the workbook is of."""

_FILE, _ROW = "Source file", "Row in the source"
_WIDTHS = {ITEM: 7, _FILE: 28, _ROW: 10, NOTE: 40}
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False}


@dataclass(frozen=True, slots=True)
class Shown:
    """One item as its reviewer sees it: the item, its source's name, where it stands in it (None where that is not told), its cells."""

    item: Item
    file: str
    place: Place | None
    cells: tuple[Cell, ...]


def write_sheet(
    path: Path, sample: Sample, reviewer: str, shown: Sequence[Shown], standing: Judgements
) -> None:
    """Write a reviewer's items.

    Args:
        path: The workbook, which is made.
        sample: The sample.
        reviewer: Whose items these are.
        shown: The items as they are shown, in order.
        standing: The answers so far: the reviewer's own are filled in, and nobody else's.

    Raises:
        StorageError: The file cannot be written.
    """
    try:
        with xlsxwriter.Workbook(str(path), _OPTIONS) as book:
            _fill(book, sample, reviewer, shown, standing)
    except OSError as error:
        raise StorageError.of(error, path) from None
    except xlsxwriter.exceptions.FileCreateError as error:
        cause = error.args[0] if error.args and isinstance(error.args[0], OSError) else OSError(str(error))
        raise StorageError.of(cause, path) from None


def sheet_bytes(sample: Sample, reviewer: str, shown: Sequence[Shown], standing: Judgements) -> bytes:
    """Give a reviewer's workbook as bytes, made in the memory. Arguments are as in `write_sheet`."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {**_OPTIONS, "in_memory": True}) as book:
        _fill(book, sample, reviewer, shown, standing)
    return made.getvalue()


def _fill(book: Any, sample: Sample, reviewer: str, shown: Sequence[Shown], standing: Judgements) -> None:  # noqa: ANN401 - xlsxwriter states no types
    heads = [ITEM, _FILE, _ROW, *(each.label for each in (shown[0].cells if shown else ()))]
    questions = [question.text for question in sample.form.questions]
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    asked = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FFF4D6", "border": 1})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    sheet = book.add_worksheet(ITEMS)
    for at, head in enumerate([*heads, *questions, NOTE]):
        sheet.set_column(at, at, _WIDTHS.get(head, 24))
        sheet.write_string(0, at, cell(head), bold)
    sheet.freeze_panes(1, 1)
    for number, each in enumerate(shown, 1):
        _write_row(sheet, number, each, plain)
        _write_answers(sheet, number, each.item.number, len(heads), (sample, reviewer, standing, asked))
    _offer_choices(book, sheet, sample, len(heads), max(len(shown), 1))
    _write_about(book.add_worksheet(ABOUT), sample, reviewer, bold, plain)


def _write_row(sheet: Any, number: int, shown: Shown, plain: Any) -> None:  # noqa: ANN401 - xlsxwriter states no types
    sheet.write_number(number, 0, shown.item.number, plain)
    sheet.write_string(number, 1, cell(shown.file), plain)
    if shown.place:
        sheet.write_number(number, 2, shown.place.row, plain)
    else:
        sheet.write_string(number, 2, "not told", plain)
    for at, each in enumerate(shown.cells, 3):
        sheet.write_string(number, at, cell(each.text), plain)


def _write_answers(
    sheet: Any,  # noqa: ANN401 - as above
    number: int,
    item: int,
    first: int,
    of: tuple[Sample, str, Judgements, Any],
) -> None:
    """Write the reviewer's own answers of an item into its row, from a column on."""
    sample, reviewer, standing, asked = of
    answers = standing.of(item, reviewer)
    for at, question in enumerate(sample.form.questions, first):
        texts = {choice.id: choice.text for choice in question.choices}
        sheet.write_string(number, at, texts.get(answers.get(question.id, ""), ""), asked)
    note = standing.notes.get((item, reviewer), "") if answers else ""
    sheet.write_string(number, first + len(sample.form.questions), cell(note), asked)


def _offer_choices(book: Any, sheet: Any, sample: Sample, first: int, last_row: int) -> None:  # noqa: ANN401 - as above
    """Offer each question's choices as a list; they stand on a sheet of their own, for a list in place holds 255 characters."""
    choices = book.add_worksheet(_CHOICES)
    for at, question in enumerate(sample.form.questions):
        for row, choice in enumerate(question.choices):
            choices.write_string(row, at, cell(choice.text))
        ends = [
            xl_rowcol_to_cell(row, at, row_abs=True, col_abs=True) for row in (0, len(question.choices) - 1)
        ]
        offered = {
            "validate": "list",
            "source": f"={_CHOICES}!{':'.join(ends)}",
            "error_title": "Not one of the answers",
            "error_message": "Choose from the list.",
        }
        sheet.data_validation(1, first + at, last_row, first + at, offered)


def _write_about(sheet: Any, sample: Sample, reviewer: str, bold: Any, plain: Any) -> None:  # noqa: ANN401 - as above
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 80)
    lines = [
        (REVIEW, sample.request.name),
        (REVIEWER, reviewer),
        (SAMPLE, sample.sha256),
        ("What this is", sample.form.title),
        ("How to fill it in", "Answer on the sheet Items, in the coloured columns. Leave a row empty to judge it later. Rows may be "
         "sorted; none may be deleted, and no header changed."),
        ("What is not shown", "Accounts, plates and case numbers are not in this file, and words that might name somebody are masked. "
         "The original stands in the source, at the row that is named."),
        *((question.text, question.help) for question in sample.form.questions),
    ]  # fmt: skip  # what belongs together stands together
    for number, (name, text) in enumerate(lines):
        sheet.write_string(number, 0, cell(name), bold)
        sheet.write_string(number, 1, cell(text), plain)
