"""Files without a header: read where their layout is named, by place, and never guessed."""

import gzip

import pytest
import xlsxwriter

from answerable.errors import LayoutError
from answerable.intake.inspect import inspect
from comparing import COMPARISONS

FOUR = 'header = false\nwidth = 4\n[columns]\nprobe = ["1"]\nreference = ["2"]\nscore = ["4"]\n'
SPACED = FOUR.replace("width", 'delimiter = "space"\nwidth')
PAIR = 'header = false\nwidth = 2\n[columns]\nmated = ["1"]\nscore = ["2"]\n'
ROWS = [("a", "b", "x", "0.5"), ("a", "c", "x", "0.25"), ("b", "c", "x", "-1")]
SCORES = [(0.5,), (0.25,), (-1.0,)]


def text(between=",", rows=ROWS, end="\n"):
    """Write rows without a header."""
    return "".join(between.join(row) + end for row in rows)


@pytest.mark.parametrize("between", [",", "\t", ";", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_columns_are_known_by_their_place(compare, between, end, mark):
    """The first row is a record like the others, however cells and lines are separated."""
    taken = compare(FOUR, mark + text(between, end=end), name="scores.txt")
    assert (taken.source.rows_in, taken.source.kept, taken.source.layout) == (3, 3, "mine-0")
    assert taken.rows("score") == SCORES
    assert taken.rows("count(DISTINCT probe), count(DISTINCT reference)") == [(2, 2)]


@pytest.mark.parametrize("between", [" ", "\t", "   ", " \t "])
@pytest.mark.parametrize("end", ["\n", "\r\n", " \n", "\t\r\n"])
def test_runs_of_blanks_separate_cells(compare, between, end):
    """One blank or many, spaces or tabs, before the first cell and behind the last: the cells are the same."""
    taken = compare(SPACED, "  " + text(between, end=end), name="scores.txt")
    assert taken.source.kept == 3
    assert taken.rows("score") == SCORES


def test_a_quote_is_a_mark_like_any_other_between_blanks(compare):
    """Tools for scores quote nothing: a stray quote swallows no row."""
    layout = 'header = false\nwidth = 2\ndelimiter = "space"\n[columns]\nmated = ["1"]\nscore = ["2"]\n'
    taken = compare(layout, 'a" 1\n"b 2\n"c" 3\n', name="scores.txt")
    assert taken.rows("mated, score") == [('a"', 1.0), ('"b', 2.0), ('"c"', 3.0)]


@pytest.mark.parametrize("between", [",", " "])
def test_rows_of_another_width_are_set_aside_by_line(compare, between):
    """A row with a cell too few or too many, or cut off, is listed with its own line, counted from the first."""
    layout = SPACED if between == " " else FOUR
    rows = [ROWS[0], ("a", "b"), ROWS[1], ("a", "b", "x", "1", "2"), ROWS[2], ("c", "d", "x", "7")]
    taken = compare(layout, text(between, rows) + between.join(["a", "b", "x"]), name="scores.txt")
    assert (taken.source.rows_in, taken.source.kept, taken.source.quarantined) == (7, 4, 3)
    assert taken.rows("score") == [*SCORES, (7.0,)]
    said = taken.quarantine()
    assert "scores.txt,2,has 2 cells where the layout has 4," in said
    assert "scores.txt,4,has 5 cells where the layout has 4," in said
    assert "scores.txt,7,has 3 cells where the layout has 4 (the file may be cut here)," in said


def test_odd_lines_between_blanks_cost_one_row_each(compare):
    """A line of blanks holds nothing, one with a NUL byte is set aside, and an empty one is no row."""
    rows = text(" ").splitlines(keepends=True)
    taken = compare(SPACED, rows[0] + "   \n\n" + rows[1] + "a b x 1\0\n" + rows[2], name="scores.txt")
    assert taken.rows("score") == SCORES
    assert taken.source.reasons == {"holds a NUL byte": 1, "holds nothing": 1}
    assert "scores.txt,2,holds nothing" in taken.quarantine()
    assert "scores.txt,5,holds a NUL byte" in taken.quarantine()


def test_a_cell_that_cannot_be_read_is_listed_by_line(compare):
    """The line of a score that is no number is the line in the file."""
    rows = [*ROWS[:2], ("b", "d", "x", "failed"), ROWS[2]]
    taken = compare(SPACED, text(" ", rows), name="scores.txt")
    assert [(one["line"], one["raw text"]) for one in taken.bad_cells()] == [("3", "failed")]
    assert taken.rows("score, score_state") == [
        (0.5, "present"),
        (0.25, "present"),
        (None, "present"),
        (-1.0, "present"),
    ]


def test_a_compressed_file_and_a_sheet_are_read_too(compare, tmp_path):
    """What holds the rows does not matter."""
    with xlsxwriter.Workbook(tmp_path / "scores.xlsx") as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(ROWS):
            sheet.write_row(at, 0, [*row[:3], float(row[3])])
    packed = tmp_path / "scores.csv.gz"
    packed.write_bytes(gzip.compress(text().encode()))
    taken = compare(FOUR, packed, tmp_path / "scores.xlsx")
    assert [(source.rows_in, source.kept, source.duplicates) for source in taken.sources] == [
        (3, 3, 0),
        (3, 0, 3),
    ]


def test_a_sheet_of_another_width_is_refused(compare, tmp_path):
    """A sheet with a column too few would else be filled with blank scores."""
    with xlsxwriter.Workbook(tmp_path / "scores.xlsx") as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(ROWS):
            sheet.write_row(at, 0, row[:3])
    with pytest.raises(LayoutError, match="the first row has 3 cells"):
        compare(FOUR, tmp_path / "scores.xlsx")


def test_a_time_in_two_columns_is_joined_by_place(compare):
    """A join names two places."""
    layout = 'kind = "trial"\nheader = false\nwidth = 3\n[columns]\ntried_at = ["1 + 2"]\nscore = ["3"]\n'
    taken = compare(layout, "2025-06-18,10:00:00,0.5\n2025-06-19,11:00:00,0.6\n")
    assert taken.rows("CAST(tried_at AS VARCHAR), score") == [
        ("2025-06-18 10:00:00", 0.5),
        ("2025-06-19 11:00:00", 0.6),
    ]


# --- never guessed ------------------------------------------------------------------------------------------------


def test_a_layout_that_was_not_named_is_not_asked(compare):
    """However well its width fits, it is not taken; the error says that it may be named."""
    with pytest.raises(LayoutError, match="no layout fits this header") as caught:
        compare(FOUR, text(), own=False)
    assert "If its first row is a record, the file has no header" in caught.value.do
    assert "name a layout without one with --layout; of 4 columns there is mine-0" in caught.value.do
    assert caught.value.where == "log.csv, line 1"


@pytest.mark.parametrize(("between", "width"), [(",", 4), (" ", 4)])
def test_where_none_has_the_width_the_error_says_so(compare, between, width):
    """The width that a layout would need is told, with the page that shows one."""
    with pytest.raises(LayoutError) as caught:
        compare(PAIR, text(between), own=False, name="scores.txt")
    assert f"none that is shipped has {width} columns, and docs/how-to/new-layout.md shows" in caught.value.do


def test_an_unknown_header_is_not_taken_for_a_record(compare):
    """Where the first row holds no number, nothing is said of files without a header."""
    with pytest.raises(LayoutError) as caught:
        compare(FOUR, "one,two,three,four\na,b,x,0.5\n", own=False)
    assert "record" not in caught.value.do


def test_a_file_whose_header_is_known_is_read_by_it(compare):
    """A named layout without a header takes no file that a header says more of."""
    headed = '[columns]\nprobe = ["p"]\nreference = ["r"]\nmated = ["m"]\nscore = ["s"]\n'
    taken = compare([FOUR, headed], text(), "p,r,m,s\n" + text())
    assert [source.layout for source in taken.sources] == ["mine-0", "mine-1"]
    assert [source.rows_in for source in taken.sources] == [3, 3]


def test_a_header_under_a_layout_without_one_is_refused(compare):
    """A row that names columns would be taken in as a comparison without a score."""
    with pytest.raises(LayoutError, match="the first row names columns") as caught:
        compare(FOUR, "who,whom,mated,score\n" + text())
    assert caught.value.where == "log.csv, line 1"
    assert caught.value.expected == "a record in the first row, as in the others"


def test_a_first_record_without_a_score_is_a_record(compare):
    """A mark that stands in other rows too is a cell of the records, and so is a blank."""
    rows = [("a", "d", "x", "FTA"), *ROWS, ("c", "d", "x", "FTA")]
    assert compare(FOUR, text(",", rows)).source.kept == 5


def test_a_first_record_with_a_blank_score_is_a_record(compare):
    """Nothing stands where the score would: that is no name of a column."""
    assert compare(FOUR, text(",", [("a", "d", "x", ""), *ROWS])).source.kept == 4


@pytest.mark.parametrize("between", [",", " "])
def test_a_named_layout_of_another_width_is_refused(compare, between):
    """What was found and what the layout takes are both told."""
    with pytest.raises(LayoutError, match="the first row has 4 cells between") as caught:
        compare(PAIR, text(between), name="scores.txt")
    assert caught.value.expected == "rows of mine-0 (2 cells)"
    assert caught.value.where == "scores.txt"


def test_two_named_layouts_of_one_width_are_not_chosen_between(compare):
    """Nothing in the file says which is meant."""
    with pytest.raises(LayoutError, match="the rows fit 2 layouts without a header: mine-0 and mine-1"):
        compare([FOUR, FOUR], text())


def test_the_delimiter_tells_two_layouts_of_one_width_apart(compare):
    """One of runs of blanks does not fit text between commas."""
    assert compare([FOUR, SPACED], text()).source.layout == "mine-0"


# --- layout files ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('header = false\n[columns]\nscore = ["1"]', "width is missing"),
        ('header = false\nwidth = 0\n[columns]\nscore = ["1"]', "width is 0"),
        ('header = false\nwidth = true\n[columns]\nscore = ["1"]', "width is True"),
        ('header = false\nwidth = 2000\n[columns]\nscore = ["1"]', "width is 2000"),
        ('header = "no"\n[columns]\nscore = ["1"]', "header is 'no'"),
        ('header = false\nwidth = 2\n[columns]\nscore = ["3"]', "columns.score names '3'"),
        ('header = false\nwidth = 2\n[columns]\nscore = ["0"]', "columns.score names '0'"),
        ('header = false\nwidth = 2\n[columns]\nscore = ["Score"]', "columns.score names 'Score'"),
        ('header = false\nwidth = 2\n[columns]\nscore = ["1", "2"]', "columns.score names '1 and 2'"),
        ("header = false\nwidth = 2\n[columns]\nscore = [1]", "columns.score is \\[1\\]"),
        ('header = false\nwidth = 2\ndelimiter = ","\n[columns]\nscore = ["1"]', "delimiter is ','"),
        (
            'header = false\nwidth = 2\noptional = ["score"]\n[columns]\nscore = ["1"]',
            "optional is given beside",
        ),
        ('header = false\nwidth = 2\nignored = ["2"]\n[columns]\nscore = ["1"]', "ignored is given beside"),
        ('header = false\nwidth = 2\nothers = true\n[columns]\nscore = ["1"]', "others is given beside"),
        ('width = 2\n[columns]\nscore = ["s"]', "width is given, and the export has a header"),
        ('delimiter = "space"\n[columns]\nscore = ["s"]', "delimiter is given, and the export has a header"),
    ],
)
def test_a_wrong_layout_without_a_header_says_what_is_wrong(written_layout, text, words):
    """Each mistake in a layout of files without a header is named."""
    with pytest.raises(LayoutError, match=words):
        written_layout(text + "\n")


# --- inspect -----------------------------------------------------------------------------------------------------


def seen(tmp_path, layouts, content, name="scores.txt"):
    """Inspect a text."""
    (tmp_path / name).write_text(content, encoding="utf-8")
    (view,) = inspect([tmp_path / name], layouts, COMPARISONS)
    return view


def test_inspect_shows_columns_by_place(tmp_path, written_layout):
    """Each column is named by its place, and blanks are said to stand between."""
    view = seen(tmp_path, [written_layout(SPACED)], text("  "))
    assert (view.layout, view.delimiter, view.sampled) == ("mine", " ", 3)
    shown = {column.field: column for column in view.columns}
    assert (shown["score"].header, shown["score"].values) == ("4", ("0.5", "0.25", "-1"))
    assert shown["probe"].values == ("(masked)",)


def test_inspect_says_that_a_layout_can_be_named(tmp_path, written_layout):
    """Where the first row reads as a record, the layouts of its width are told, beside the draft for a header."""
    view = seen(tmp_path, [written_layout(SPACED, own=False)], text(" "))
    assert "name a layout without one with --layout; of 4 columns there is mine" in view.do
    assert view.layout == ""


def test_inspect_drafts_a_layout_where_the_named_one_does_not_fit(tmp_path, written_layout):
    """The error of an audit is what `inspect` says too."""
    view = seen(tmp_path, [written_layout(PAIR)], text(" "))
    assert "the first row has 4 cells between blanks" in view.problem
    assert "width" in view.do


def test_inspect_says_where_a_header_stands_in_the_place_of_a_record(tmp_path, written_layout):
    """What an audit refuses is told."""
    view = seen(tmp_path, [written_layout(FOUR)], "who,whom,mated,score\n" + text())
    assert any("an audit refuses the file" in notice for notice in view.notices)
