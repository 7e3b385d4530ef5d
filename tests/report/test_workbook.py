"""findings.xlsx opens ready to work with, and nothing in it runs."""

import io
import re
import zipfile

import openpyxl
import pytest

from answerable.estimate import Part
from answerable.report.workbook import MOST_ROWS, workbook


@pytest.fixture(scope="module")
def data(contents):
    """The sample's workbook."""
    return workbook(contents)


@pytest.fixture(scope="module")
def book(data):
    """The sample's workbook, read by another library."""
    return openpyxl.load_workbook(io.BytesIO(data))


def test_five_sheets_with_filters_and_the_header_in_sight(book):
    """Each sheet has a bold header, a frozen pane, a filter over all its rows and widths of its own."""
    assert book.sheetnames == ["Findings", "Measures", "Breakdowns", "Sources", "Not measurable"]
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet["A1"].font.bold
        assert sheet.column_dimensions["B"].width > 13


def test_other_numbers_of_a_clause_stand_in_a_column(book, contents):
    """The measured numbers beside the one that a finding leads with are in its row."""
    head, *rows = book["Findings"].iter_rows(values_only=True)
    column = [dict(zip(head, row, strict=True))["Other numbers that bear on it"] for row in rows]
    (at,) = [at for at, each in enumerate(contents.findings) if each.also]
    assert [bool(text) for text in column] == [place == at for place in range(len(column))]
    assert column[at].count("It decides nothing here.") == 2


def test_shares_are_percentages_and_counts_are_not(book):
    """A share keeps its number and is shown as a percentage; a count is whole."""
    rows = {row[0].value: row for row in book["Measures"].iter_rows(min_row=2)}
    share, count, quantity = (rows[f"searches.{name}"][2] for name in ("no_reason", "total", "per_user"))
    assert (share.number_format, count.number_format, quantity.number_format) == (
        "0.00%",
        "#,##0",
        "#,##0.00",
    )
    assert share.value == pytest.approx(37 / 18_452)
    assert count.value == 18_452


def test_a_label_called_share_does_not_change_a_format(contents_with, contents):
    """The format follows the kind of the measure, not a word in the row."""
    total = contents.estimates["searches.total"]
    named = type(total)(
        **{name: getattr(total, name) for name in total.__slots__}
        | {"breakdowns": {"type": (Part("share", 5, 5, None),)}}
    )
    made = openpyxl.load_workbook(io.BytesIO(workbook(contents_with(estimates={"searches.total": named}))))
    assert made["Breakdowns"]["E2"].number_format == "#,##0"


def test_no_cell_is_a_formula_or_a_link(book, data):
    """Hostile cells are text with an apostrophe; the package holds no formula and no hyperlink."""
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert [
        cell.value
        for cell in cells
        if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@"))
    ] == []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = "".join(archive.read(name).decode() for name in archive.namelist() if "sheet" in name)
    assert not re.search(r"<f>|<hyperlink|externalLink", sheets)


def test_the_clock_does_not_reach_the_bytes(data):
    """The creation date is fixed, and so is every member's time."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "2000-01-01T00:00:00Z" in archive.read("docProps/core.xml").decode()


def test_a_long_breakdown_is_cut_and_says_so(contents, contents_with):
    """The workbook stays small; measures.csv has every part."""
    total = contents.estimates["searches.total"]
    parts = tuple(Part(f"agency {at}", at, at, None) for at in range(MOST_ROWS + 50))
    long = type(total)(
        **{name: getattr(total, name) for name in total.__slots__} | {"breakdowns": {"agency": parts}}
    )
    made = openpyxl.load_workbook(io.BytesIO(workbook(contents_with(estimates={"searches.total": long}))))
    assert made["Breakdowns"].max_row == MOST_ROWS + 2
    assert made["Breakdowns"].cell(MOST_ROWS + 2, 4).value == "50 more in measures.csv"


def test_a_part_has_its_interval(book):
    """Bounds are percentages as the share is, with their level and method; a part counted whole has none."""
    rows = {(row[0].value, row[3].value): row for row in book["Breakdowns"].iter_rows(min_row=2)}
    low, high, level, method = rows["searches.tracked_by_days", "30"][9:]
    assert (low.value, high.value) == (pytest.approx(1723 / 1910 - 0.025), pytest.approx(1723 / 1910 + 0.025))
    assert (low.number_format, level.value, method.value) == ("0.00%", 0.95, "Wilson score, Wilson 1927")
    assert [cell.value for cell in rows["searches.no_reason", "2025-01"][9:]] == [None] * 4


def test_a_year_of_days_is_whole(book):
    """A curve over the days of a year is not cut."""
    labels = [
        row[3] for row in book["Breakdowns"].iter_rows(values_only=True) if row[0] == "searches.cost_of_hits"
    ]
    assert labels == [str(day) for day in range(1, 366)]


def test_what_is_not_measurable_has_its_own_sheet(book):
    """Seven measures with their reasons and what to ask for, then the records that are not in the case."""
    rows = list(book["Not measurable"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == 9
    assert rows[7] == (
        "reads",
        "23 measures",
        "There are no reads in this case.",
        "Add a file of reads.",
        "",
    )
    assert rows[0][3] == "An export of the search log with the column moderation."
