"""Wide tables: each cell is a record, in the order of the file, and every one of them is accounted for."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.engine import DuckDB
from answerable.errors import LayoutError
from answerable.intake.containers import expand
from answerable.intake.inspect import inspect
from answerable.intake.layout_files import load_layout
from answerable.intake.opening import open_item
from answerable.intake.relations import relation
from answerable.programmes.forecasts.records import KINDS

SMALL = "bin,2011-01-01,2011-01-02,2011-01-03\n1,0,2.5,\n2,7,0.0,1\n"


@pytest.fixture
def own(layouts):
    """Give a function that names one layout, as --layout does."""

    def name(wanted):
        return [replace(each, own=each.name == wanted) for each in layouts]

    return name


@pytest.fixture
def unfold(take, own):
    """Give a function that takes a wide table in as forecasts, or as another layout says."""

    def run(*contents, layout="forecast-matrix", **options):
        return take(*contents, own=own(layout), kinds=KINDS, **options)

    return run


def test_each_cell_is_a_record(unfold):
    """Records stand row by row and date by date; noughts are noughts, and a blank cell is a record without a value."""
    taken = unfold(SMALL)
    assert taken.rows("area, day(period), score, score_state") == [
        ("1", 1, 0.0, "present"), ("1", 2, 2.5, "present"), ("1", 3, None, "blank"),
        ("2", 1, 7.0, "present"), ("2", 2, 0.0, "present"), ("2", 3, 1.0, "present"),
    ]  # fmt: skip  # a table: what stands in one line belongs together
    assert (taken.source.rows_in, taken.source.kept, taken.source.duplicates) == (6, 6, 0)
    assert taken.source.notices[0].startswith("2 rows of 3 columns = 6 records: each cell under a column")
    assert (taken.source.first, taken.source.last) == ("2011-01-01 00:00:00", "2011-01-03 00:00:00")


def test_counts_of_nought_are_counts(unfold):
    """In a table of outcomes 0 is a number, and stands for no incident."""
    taken = unfold("bin,2011-01-01,2011-01-02\n1,0,3\n", layout="outcome-matrix")
    assert taken.rows("number, number_state") == [(0, "present"), (3, "present")]


def test_a_cell_that_cannot_be_read_is_named_by_line_and_column(unfold):
    """Its record is kept without a value; the list says where it stands."""
    taken = unfold(SMALL.replace("7,", "NaN,"))
    assert taken.source.bad_cells == {"score": 1}
    (bad,) = taken.bad_cells()
    assert (bad["line"], bad["column"], bad["raw text"]) == ("3", "2011-01-01", "NaN")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("3,1,2\n", "has 3 cells where the header has 4"),
        (",,,\n", "holds nothing"),
        ("\t,\t,\t,\t\n", "holds nothing"),
        ("\u00a0,\x1f, \t,\u2003\n", "holds nothing"),
        ("BIN,\t2011-01-01,2011_01_02,2011-01-03 \n", "repeats the header"),
        ("bin,2011-01-01,2011-01-02,2011-01-03\n", "repeats the header"),
        ('3,"1,2,3\n', "its quotes do not close (the row may be cut)"),
    ],
)
def test_a_row_that_cannot_be_read_is_as_many_records_as_it_has_dates(unfold, row, reason):
    """Rows in = kept + duplicates + quarantined, where the cell is what is counted."""
    taken = unfold(SMALL + row)
    source = taken.source
    assert (source.rows_in, source.kept, source.quarantined) == (9, 6, 3)
    (line,) = csv.DictReader(taken.quarantine().splitlines())
    assert (line["line"], line["reason"], line["records"]) == ("4", reason, "3")
    assert sum(source.reasons.values()) == 3


def test_titles_above_the_header_are_passed_over(unfold):
    """The careful reader unfolds what stands below them, and lines are those of the file."""
    taken = unfold("Forecasts of the year\n\n" + SMALL.replace("7,", "high,"))
    assert taken.source.kept == 6
    assert taken.bad_cells()[0]["line"] == "5"


@pytest.mark.parametrize(
    "header",
    ["2011-01-01,2011-1-1", "2011-01-01,X2011.01.01", "1/31/2011,01/31/2011", "2011-01-31,1/31/2011", "2011-01-01,2011-01-01 00:00:00"],
)  # fmt: skip  # a list of words
def test_a_date_that_stands_twice_is_refused(unfold, header):
    """However each is written, one cell would have two records; which of the columns is meant is not guessed."""
    with pytest.raises(LayoutError, match="columns of the same date: '") as refused:
        unfold(f"bin,{header},2011-05-06\n1,0,2,3\n")
    assert refused.value.where == "log.csv"


def test_dates_that_differ_are_taken(unfold):
    """Days and months that are written alike and mean different days are different columns."""
    assert unfold("bin,2011-01-02,2011-02-01,2011-12-01\n1,0,2,3\n").source.kept == 3


@pytest.mark.parametrize("layout", ["forecast-matrix", "outcome-matrix"])
def test_a_row_that_may_add_up_the_others_is_said(unfold, layout):
    """It is counted as an area, and the notice says how many rows there are and under what names."""
    taken = unfold(f"{SMALL}Total,7,2.5,1\n ALL ,7,2.5,1\n", layout=layout)
    assert taken.source.kept == 12
    assert taken.source.notices[-1] == (
        "2 rows have 'all' or 'total' for area and are counted as any other: take out what adds up the others."
    )


def test_names_that_hold_such_a_word_are_areas(unfold):
    """Allston and a total of none are no sums."""
    notices = unfold(SMALL + "Allston,7,2,1\nTotality,7,2,1\n").source.notices
    assert not any("adds up" in notice for notice in notices)


def test_names_as_r_writes_them_are_dates(unfold):
    """X2011.01.31 is 2011-01-31."""
    taken = unfold("cell,X2011.01.30,X2011.01.31\na,1,2\n")
    assert taken.rows("day(period), score") == [(30, 1.0), (31, 2.0)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    rows=st.lists(
        st.lists(st.sampled_from(["0", "1.5", "", "\t", " 2 ", "-1", "n/a", '"3"', "x,y", "é"]), min_size=3, max_size=3),
        min_size=1, max_size=4,
    ),
    newline=st.sampled_from(["\n", "\r\n"]),
)  # fmt: skip  # what belongs together stands together
def test_both_readers_give_the_same_records(tmp_path_factory, own, rows, newline):
    """The engine's own reading of a wide table and the careful one agree, cell for cell and in order."""
    path = tmp_path_factory.mktemp("wide") / "table.csv"
    lines = [
        ["grid", "2011-01-01", "2011-01-02", "2011-01-03"],
        *([f"g{n}", *row] for n, row in enumerate(rows)),
    ]
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator=newline).writerows(lines)
    (item,), _ = expand([path])
    (opened,), _ = open_item(item, own("forecast-matrix"))
    assert opened.fast
    engine = DuckDB([path.parent])
    with relation(engine, opened) as cells:
        fast = engine.rows(f"SELECT * FROM {cells}")
    careful = [tuple(row.cells) for row in opened.records()]
    assert [tuple(cell or "" for cell in row) for row in fast] == careful
    assert opened.counted == len(careful)
    engine.close()


def test_a_header_of_dates_fits_two_layouts_and_is_not_guessed(tmp_path, layouts):
    """Scores and counts look alike: inspect says that the layout must be named, and which there are."""
    path = tmp_path / "wide.csv"
    path.write_text(SMALL)
    (view,) = inspect([path], layouts, KINDS)
    assert view.problem == "the header fits 2 layouts: forecast-matrix and outcome-matrix"
    assert view.do == "Name the one that is meant with --layout NAME."


def test_an_unknown_wide_table_gets_a_draft_that_reads_it(tmp_path, layouts, take):
    """The dates are seen in the header, and the draft needs the area's column alone, whose name is not shown: it may be a record's."""
    text = (
        "Census place," + ",".join(f"2011-01-{day:02}" for day in range(1, 9)) + "\nnorth," + "1," * 7 + "1\n"
    )
    path = tmp_path / "wide.csv"
    path.write_text(text)
    (view,) = inspect([path], layouts, KINDS)
    assert "does not know '(column 1)'" in view.near[0]
    assert "2011-01-01" not in view.near[0]
    assert "Census place" not in view.suggestion
    assert 'label = "period"' in view.suggestion
    assert "2011-01-01" not in view.suggestion
    draft = tmp_path / "own.toml"
    draft.write_text(
        view.suggestion.replace('ignored = ["(column 1)"]', "").replace(
            "\n[columns]", '\n[columns]\narea = ["Census place"]'
        )
    )
    layout = replace(load_layout(draft, KINDS), own=True)
    assert take(path, own=[layout], kinds=KINDS).source.kept == 8


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('[wide]\nlabel = "period"\n', "[wide] does not hold exactly label and value"),
        ('[wide]\nlabel = "period"\nvalue = "speed"\n', "[wide] names 'speed', and there is no such field"),
        ('[wide]\nlabel = "model"\nvalue = "score"\n', "wide.label is 'model', which holds no time"),
        ('[wide]\nlabel = "period"\nvalue = "area"\n', "'area' is filled twice"),
        ('[wide]\nlabel = "period"\nvalue = "period"\n', "'period' is filled twice"),
    ],
)  # fmt: skip  # a table: what stands in one line belongs together
def test_a_section_that_cannot_be_meant_is_refused(tmp_path, text, what):
    """Each mistake in [wide] has its sentence."""
    path = tmp_path / "own.toml"
    path.write_text(f'kind = "forecast"\n[columns]\narea = ["bin"]\n{text}')
    with pytest.raises(LayoutError) as refused:
        load_layout(path, KINDS)
    assert what in refused.value.what


@pytest.mark.parametrize("line", ["others = true", "header = true"])
def test_what_contradicts_unfolding_is_refused(tmp_path, line):
    """Further columns could be dates or not, so others has no meaning here."""
    path = tmp_path / "own.toml"
    path.write_text(
        f'kind = "forecast"\n{line}\n[columns]\narea = ["bin"]\n[wide]\nlabel = "period"\nvalue = "score"\n'
    )
    with pytest.raises(LayoutError, match="is given beside"):
        load_layout(path, KINDS)


@pytest.mark.parametrize(
    ("name", "layout", "asked"),
    [
        ("forecasts", "forecast-matrix", ("period", "score", 2364.132613566465)),
        ("outcomes", "outcome-matrix", ("occurred_at", "number", 2323)),
    ],
)
def test_the_real_tables_are_read_whole(shared_data, unfold, name, layout, asked):
    """661 cells by 368 days, each a record, with 2,323 incidents; the sums are those of the file."""
    time, value, total = asked
    taken = unfold(Path(shared_data, "forecasts", f"oakland-2011-{name}.csv"), layout=layout)
    assert (taken.source.rows_in, taken.source.kept) == (661 * 368, 661 * 368)
    assert "661 rows of 368 columns = 243,248 records" in taken.source.notices[0]
    ((*counts, summed),) = taken.rows(
        f"count(DISTINCT area), count(DISTINCT {time}), count({value}), sum({value})"
    )
    assert counts == [661, 368, 661 * 368]
    assert summed == pytest.approx(total)
