"""How many rows are told apart, held against a loop over the rows."""

import shutil

from hypothesis import given
from hypothesis import strategies as st

from answerable import auditing
from answerable.engine import DuckDB
from answerable.estimate import NotMeasurable
from answerable.programmes.plates.records import SEARCH
from answerable.publish import column, exposure
from publish.tables import WITHHELD, at, counted, table

CELL = st.sampled_from([None, WITHHELD, "a", "b", "c"])
ROWS = st.lists(
    st.tuples(CELL, CELL, st.sampled_from([None, 1, 2]), st.sampled_from([at("06-18"), at("06-19"), None])),
    min_size=1,
    max_size=40,
)
FIELDS = ("agency", "reason", "networks", "searched_at")


def chosen(rows, fields=FIELDS, k=3):
    """Give columns, as they stand, of a table with some rows."""
    cells = table(**dict(zip(FIELDS, map(list, zip(*rows, strict=True)), strict=True))).cells
    return [(column(cells[field], k), 0) for field in fields]


@given(ROWS, st.integers(2, 6), st.sets(st.sampled_from(FIELDS), min_size=1))
def test_rows_at_risk_are_those_that_a_loop_counts(rows, k, fields):
    """Of any columns of any table, the rows alone, under k and without a value are what brute force counts."""
    fields = [field for field in FIELDS if field in fields]
    places = [FIELDS.index(field) for field in fields]
    alone, under, apart = counted([tuple(row[place] for place in places) for row in rows], k)
    found = exposure(SEARCH, chosen(rows, fields), k)
    assert (found.apart, found.at_risk, found.rows) == (apart, under, len(rows) - apart)
    if found.rows:
        assert (found.alone.numerator, found.alone.denominator) == (alone, len(rows) - apart)
        assert found.under.value == under / found.rows
        assert sum(part.numerator for part in found.under.breakdowns["size of group"]) == found.rows


def test_blank_is_blank_and_withheld_is_withheld():
    """Two rows that differ in that one is blank and one withheld are not the same."""
    rows = [("a", None, 1, None), ("a", WITHHELD, 1, None), ("a", None, 1, None)]
    found = exposure(SEARCH, chosen(rows), 2)
    assert found.alone.numerator == 1


def test_where_nothing_stands_nothing_is_measured():
    """A column without any value is not measurable: never nought, never all."""
    found = exposure(SEARCH, chosen([(None, WITHHELD, None, None)] * 3, ["agency", "reason"]), 5)
    assert isinstance(found.alone, NotMeasurable)
    assert isinstance(found.under, NotMeasurable)
    assert (found.at_risk, found.rows, found.apart) == (0, 0, 3)
    assert found.under.missing == ("agency", "reason")


def test_the_sentence_says_what_was_counted():
    """The sentence gives the number, its denominator and the columns."""
    rows = [
        ("a", "x", 1, at("06-18 00:00:01")),
        ("a", "x", 1, at("06-18 00:00:02")),
        ("a", "x", 1, at("06-18 00:00:02")),
    ]
    time, reason = chosen(rows, ["searched_at", "reason"])
    found = exposure(SEARCH, [time, reason], 5, to_the_second=True)
    assert found.columns == ("search time to the second", "reason")
    assert str(found.alone) == (
        "1 of 3 rows (33 %) is the only row with their search time to the second and reason: "
        "whoever holds another log of these searches could join them.".replace(" %", "\u202f%")
    )
    assert str(found.under).endswith(
        "share their search time to the second and reason with fewer than 4 others."
    )


def test_the_query_counts_the_same(tmp_path):
    """The SQL beside the number, run on the records of a case, gives the same numbers."""
    town = tmp_path / "town"
    auditing.simulate(town, rows=400, seed=5, faults=False)
    case = auditing.audit(town, tmp_path / "case")
    check = auditing.release_check(town)
    measured = [each for each in (check.headline, check.together, *check.by_column) if each.rows]
    assert len(measured) > 10
    with DuckDB([case.path]) as engine:
        engine.parquet("searches", sorted((case.path / "current" / "records").glob("*.parquet")))
        for each in measured:
            assert engine.rows(each.under.sql) == [(each.alone.numerator, each.at_risk, each.rows)], (
                each.columns
            )
    shutil.rmtree(town)
