"""Headers: a column's name is shown, and a record that stands in a header's place is not."""

from pathlib import Path

import pytest

from answerable.errors import InputError, LayoutError
from answerable.intake.clocks import shape
from answerable.intake.containers import expand
from answerable.intake.drafts import suggest
from answerable.intake.headers import likeliest, showable
from answerable.intake.inspect import inspect
from answerable.intake.opening import open_item
from answerable.intake.tables import Row
from answerable.programmes.plates.records import KINDS, SEARCH
from exports import HEADER_14, log_14, row_14

RECORD = ["id-1", "J. Doe", "Springfield OR PD", "12", "ABC123", "burglary", "2025-06-18 00:02:04"]
NAMES = ["ID", "Name", "Org Name", "Total Networks Searched", "License Plate", "Reason", "Search Time"]


def rows(*tables):
    """Make rows of cells."""
    return [Row(line, list(cells), ",".join(cells)) for line, cells in enumerate(tables, start=1)]


@pytest.mark.parametrize("extra", ["Officer Badge", "Kommentar", "理由", "Unité"])
def test_the_name_of_an_unknown_column_is_shown(layouts, extra):
    """A word above the records is the name of a column, in whatever language."""
    assert showable(rows([*NAMES, extra], [*RECORD, "77"]), 0, layouts)[-1] == extra


@pytest.mark.parametrize(
    ("extra", "below"),
    [
        ("unit 12", "x"),  # a digit
        ("J. Doe", "x"),  # a cell of the records
        ("for J. Doe", "x"),
        ("n" * 41, "x"),  # longer than a name
        ("hidden\u202e", "x"),
    ],
)
def test_what_may_be_a_cell_is_shown_by_its_place(layouts, extra, below):
    """A digit, a cell of the rows below, a long text or a hidden mark is no column's name."""
    assert showable(rows([*NAMES, extra], [*RECORD, below]), 0, layouts) == (*NAMES, "(column 8)")


def test_a_record_in_the_headers_place_is_not_shown(layouts):
    """Where the first row is a record, none of its cells is shown."""
    shown = showable(rows(RECORD, ["id-2", *RECORD[1:]]), 0, layouts)
    assert shown == tuple(f"(column {place})" for place in range(1, 8))


def test_names_alone_are_not_told_from_a_record(layouts):
    """A single row could be either, so what no layout knows in it is not shown."""
    assert showable(rows(["Name", "Jane Doe"]), 0, layouts) == ("Name", "(column 2)")


def test_a_repeated_header_does_not_hide_its_names(layouts):
    """The header's own names, repeated in mid-file, are not cells of the records."""
    header = [*NAMES, "Badge"]
    assert showable(rows(header, [*RECORD, "77"], header), 0, layouts) == tuple(header)


def test_the_likeliest_row_is_the_header_below_a_title(layouts):
    """A title names nobody's column: the row with most known names is what a message speaks of."""
    assert likeliest(rows(["Searches of J. Doe"], [*NAMES, "Badge"], [*RECORD, "77"]), layouts) == 1
    assert likeliest(rows(RECORD, RECORD), layouts) == 0


def test_the_error_names_the_line_of_the_likely_header(take):
    """The message points at the header, below its title."""
    with pytest.raises(LayoutError, match="does not know 'Badge'") as caught:
        take("Searches of J. Doe\n" + ",".join([*NAMES, "Badge"]) + "\n" + ",".join([*RECORD, "77"]) + "\n")
    assert caught.value.where == "log.csv, line 2"
    assert "Doe" not in str(caught.value)


def test_the_suggested_layout_says_what_a_place_stands_for(layouts):
    """A column given by its place is explained in the layout to edit; other suggestions have no such line."""
    assert "may be a record and no header" in suggest(["Reason", "(column 2)"], layouts, SEARCH)
    assert "may be a record and no header" not in suggest(["Reason", "Badge"], layouts, SEARCH)


PERSON = ["Jane Kanary", "1980-01-02", "2024-03-04", "2024-03-09", "2024-04-01", "2024-05-06"]
OTHER = ["Ann Tolliver", "1991-07-08", "2023-03-04", "2023-03-09", "2023-04-01", "2023-05-06"]


def test_a_person_and_their_dates_are_not_the_header_of_a_wide_table(tmp_path, layouts):
    """Five dates of a person are as many as five columns: neither the name nor a date reaches a message or a draft."""
    path = tmp_path / "people.csv"
    path.write_text("\n".join(map(",".join, [PERSON, OTHER])) + "\n")
    (view,) = inspect([path], layouts, KINDS)
    _, (unmatched,) = open_item(expand([path])[0][0], layouts)
    told = f"{view} {unmatched.error} {unmatched.header}"
    assert not [cell for cell in (*PERSON, *OTHER) if cell in told]
    assert unmatched.header == tuple(f"(column {place})" for place in range(1, 7))


@pytest.mark.parametrize(
    "below", [[], [["Ann Tolliver", *"12345"]], [["Ann Tolliver", "x", "", "", "", "7"]]]
)
def test_dates_make_no_other_cell_a_name(layouts, below):
    """Whatever stands below, a cell beside dates that no layout knows is given by its place; dates above none may be shown."""
    shown = showable(rows(PERSON, *below), 0, layouts)
    assert shown[0] == "(column 1)"
    assert (shown[1:] == tuple(PERSON[1:])) is bool(below)


def test_the_dates_beside_a_known_name_are_names(layouts):
    """Where a layout knows a name of the row, its dates are columns, also above a column of dates."""
    table = [["Reason", *PERSON[1:]], ["burglary", *OTHER[1:]]]
    assert showable(rows(*table), 0, layouts) == tuple(table[0])


@pytest.mark.parametrize(
    "moved", ["Org Name,Total Networks Searched,Name", "Total Networks Searched,Name,Org Name"]
)
def test_a_count_column_that_holds_words_is_refused(take, moved):
    """Where a header was shifted by hand, names would stand as organisations; the counts that hold words show it."""
    header = HEADER_14.replace("Name,Org Name,Total Networks Searched", moved)
    with pytest.raises(InputError, match="does not hold numbers: cells look like 'A") as caught:
        take(log_14().replace(HEADER_14, header))
    assert "Doe" not in str(caught.value)
    assert "Springfield" not in str(caught.value)


def test_a_count_column_with_some_words_is_read(take):
    """A few cells that are no numbers are named in the account, and the file is taken."""
    text = log_14(row_14(1), row_14(2), row_14(3).replace(",12,", ",unknown,"))
    assert "1 cell of networks searched cannot be read" in " ".join(take(text).source.notices)


def shown(tmp_path: Path, layouts, text):
    """Inspect a text, and give what is shown of each field."""
    (tmp_path / "log.csv").write_text(text, encoding="utf-8")
    (view,) = inspect([tmp_path / "log.csv"], layouts, KINDS)
    return {column.field: (column.values, column.note) for column in view.columns}


def test_inspect_shows_values_and_masks_identifiers(tmp_path, layouts):
    """Organisations, counts and times are shown; what names somebody, or was typed by somebody, is not."""
    values = shown(tmp_path, layouts, log_14())
    assert values["agency"] == (("Springfield OR PD",), "")
    assert values["networks"] == (("12",), "")
    assert values["user_name"] == values["plate"] == values["reason"] == values["id"] == (("(masked)",), "")


def test_inspect_shows_nothing_of_rows_whose_cells_are_misplaced(tmp_path, layouts):
    """A row whose count or time cannot be read may hold a name under any column: none of its cells is shown."""
    misplaced = row_14(1).replace(",J. Doe,Springfield OR PD,12,", ",Springfield OR PD,J. Doe,many,")
    late = row_14(2, time="J. Doe").replace("Springfield", "Shelbyville")
    values = shown(tmp_path, layouts, log_14(misplaced, late, row_14(3), row_14(4), row_14(5)))
    assert values["agency"][0] == ("Springfield OR PD",)
    assert values["networks"][0] == ("12",)
    assert values["searched_at"][0][0].startswith("06/25/2025")


def test_inspect_shows_nothing_of_a_shifted_header(tmp_path, layouts):
    """Where no row reads, no value is shown, and the notes say which columns do not hold what they should."""
    header = HEADER_14.replace(
        "Name,Org Name,Total Networks Searched", "Org Name,Total Networks Searched,Name"
    )
    values = shown(tmp_path, layouts, log_14().replace(HEADER_14, header))
    assert values["agency"] == ((), "")
    assert values["networks"] == ((), "cannot be read: the cells are not numbers")


@pytest.mark.parametrize(
    ("cell", "masked"), [("J. Doe 12", "A. AAA 99"), ("٣-é", "9-A"), ("a\u202eb", "A?A"), ("a\nb", "A\nA")]
)
def test_a_shape_holds_no_letter_and_no_digit(cell, masked):
    """What cells look like is told without a letter or digit of any script."""
    assert shape(cell) == masked
