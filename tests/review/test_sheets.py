"""Workbooks: what a reviewer gets, and what is caught when it comes back."""

import openpyxl
import pytest

from answerable.auditing import export_items, import_items
from answerable.errors import ReviewError, UsageError
from review.conftest import answers

PURPOSE = "Does the stated purpose fit the policy?"
SUPPORT = "Is there a case, call or report that supports it?"
REACH = "Is the reach in proportion to the purpose?"


@pytest.fixture
def exported(a_case, desk, tmp_path):
    """Ann's items as a workbook."""
    path = tmp_path / "ann.xlsx"
    assert desk.name == "first"
    assert export_items(a_case, "first", "ann", path) == 25
    return path


def edited(path, change):
    """Change a workbook's first sheet as Excel would, and give the new file."""
    book = openpyxl.load_workbook(path)
    change(book["Items"], book)
    changed = path.with_name("changed.xlsx")
    book.save(changed)
    return changed


def columns(sheet):
    """Give the columns by their headers."""
    return {cell.value: cell.column for cell in sheet[1]}


def fill(sheet, only=None):
    """Answer every row, or those of some items, with the texts of the choices."""
    texts = {
        "fits": "It fits", "does-not-fit": "It does not fit", "none-stated": "No purpose is stated", "cannot-tell": "Cannot tell",
        "supported": "There is, and it fits", "not-supported": "There is none, or it does not fit",
        "proportionate": "It is", "not-proportionate": "It is not",
    }  # fmt: skip  # a table of words
    at = columns(sheet)
    for row in range(2, sheet.max_row + 1):
        item = sheet.cell(row, at["Item"]).value
        if only is None or item in only:
            found = answers(item)
            for question, text in (("purpose", PURPOSE), ("support", SUPPORT), ("reach", REACH)):
                sheet.cell(row, at[text]).value = texts.get(found.get(question, ""))


def test_a_filled_workbook_is_taken_over(a_case, desk, exported):
    """Every answer comes over as it was chosen, and says which sheet it came from."""
    path = edited(exported, lambda sheet, _: fill(sheet))
    assert import_items(a_case, "first", "ann", path) == (25, 0)
    standing = desk.judgements()
    for item in standing.of_reviewer("ann"):
        assert standing.of(item.number, "ann") == answers(item.number)
    assert {entry.via for entry in desk.journal.entries()} == {"sheet changed.xlsx"}
    assert import_items(a_case, "first", "ann", path) == (0, 0)  # nothing is new the second time


def test_rows_may_be_sorted_columns_moved_and_some_left_for_later(a_case, desk, exported):
    """A workbook in another order is read by its headers and item numbers; rows without answers are still to judge."""

    def change(sheet, _):
        fill(sheet, only={1, 3, 5})
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        for number, row in enumerate([rows[0], *reversed(rows[1:])], 1):
            for place, value in enumerate(reversed(row), 1):
                sheet.cell(number, place).value = value

    assert import_items(a_case, "first", "ann", edited(exported, change)) == (3, 22)
    assert {entry.item for entry in desk.journal.entries()} == {1, 3, 5}


def change_header(sheet, _):
    """Reword a question."""
    sheet.cell(1, columns(sheet)[PURPOSE]).value = "Does it fit the policy?"


def delete_rows(sheet, _):
    """Delete two rows."""
    fill(sheet)
    sheet.delete_rows(3, 2)


def repeat_row(sheet, _):
    """Copy a row to the end."""
    fill(sheet)
    for cell in list(sheet[2]):
        sheet.cell(sheet.max_row if cell.column > 1 else sheet.max_row + 1, cell.column).value = cell.value


def bad_values(sheet, _):
    """Type answers of one's own."""
    fill(sheet)
    at = columns(sheet)
    sheet.cell(2, at[PURPOSE]).value = "Yes!"
    sheet.cell(5, at[SUPPORT]).value = 3


def half_answered(sheet, _):
    """Leave a question out."""
    fill(sheet)
    sheet.cell(2, columns(sheet)[SUPPORT]).value = None


def another_item(sheet, _):
    """Renumber an item."""
    fill(sheet)
    sheet.cell(2, 1).value = 4_000


CHANGED = {
    "an edited header": (change_header, ["header 'Does the stated purpose fit the policy?' is missing", "'Does it fit the policy?' stands there instead"]),
    "deleted rows": (delete_rows, ["rows were deleted: there is none of items "]),
    "a row twice": (repeat_row, ["item 1 stands in row 2 already"]),
    "bad values": (bad_values, ["2: 'Yes!' is none of the answers", "5: '3"]),
    "half an answer": (half_answered, ["row 2: support has no answer"]),
    "an item that is not there": (another_item, ["row 2: Item is item 4000, which is not ann's", "there is none of item 1"]),
    "a missing sheet": (lambda _, book: book.remove(book["About"]), ["no sheet 'About'"]),
}  # fmt: skip  # a table of words


@pytest.mark.parametrize(("change", "said"), CHANGED.values(), ids=CHANGED)
def test_what_was_changed_is_named_and_nothing_taken_over(a_case, desk, exported, change, said):
    """Each fault is said with its cell or row, and no answer of the workbook counts."""
    with pytest.raises(ReviewError) as error:
        import_items(a_case, "first", "ann", edited(exported, change))
    for words in said:
        assert words in str(error.value)
    assert desk.journal.entries() == []


def test_a_workbook_of_another_is_refused(a_case, exported):
    """Ann's workbook is not taken for Ben's, nor for another sample."""
    with pytest.raises(ReviewError, match="reviewer is 'ann'"):
        import_items(a_case, "first", "ben", exported)


@pytest.mark.usefixtures("desk")
def test_a_file_that_is_no_workbook_is_refused(a_case, tmp_path):
    """Text under the name of a workbook is said to be none."""
    path = tmp_path / "text.xlsx"
    path.write_text("Item,Answer\n1,yes\n")
    with pytest.raises(ReviewError, match="no workbook that can be read"):
        import_items(a_case, "first", "ann", path)
    with pytest.raises(ReviewError, match="cannot be read"):
        import_items(a_case, "first", "ann", tmp_path / "absent.xlsx")


def test_a_workbook_is_never_written_over(a_case, exported):
    """A file that is there may hold answers."""
    with pytest.raises(UsageError, match="is there already"):
        export_items(a_case, "first", "ann", exported)


def test_a_workbook_shows_nobody_elses_answers(a_case, desk, tmp_path):
    """Ann's workbook has her own answers filled in, and Ben's not even where both judge the item."""
    desk.judge("ben", 1, {"purpose": "none-stated", "support": "not-supported"}, note="ben's note")
    desk.judge("ann", 3, {"purpose": "cannot-tell", "support": "cannot-tell"}, note="=1+1")
    path = tmp_path / "ann.xlsx"
    export_items(a_case, "first", "ann", path)
    sheet = openpyxl.load_workbook(path)["Items"]
    at = columns(sheet)
    by_item = {row[0].value: row for row in sheet.iter_rows(min_row=2)}
    assert by_item[1][at[PURPOSE] - 1].value == ""
    assert by_item[3][at[PURPOSE] - 1].value == "Cannot tell"
    assert by_item[3][at["Note"] - 1].value == "'=1+1"
    assert "ben's note" not in str([[cell.value for cell in row] for row in sheet.iter_rows()])
