"""Cell states: absent is not zero, and there is more than one way to be absent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.engine import DuckDB
from answerable.intake.kinds import CellState
from answerable.intake.states import BLANKS, state_of, state_sql
from answerable.programmes.plates.records import READ, SEARCH

REASON, PLATE, USER = SEARCH.field("reason"), SEARCH.field("plate"), SEARCH.field("user_name")
LATITUDE = READ.field("latitude")
REDACTIONS = [
    "***",
    "* * *",
    "REDACTED",
    "[REDACTED]",
    "(redacted)",
    "Redacted per 7923.600",
    "###",
    "7923.600 GC",
    "Gov. Code § 7923.600",
    "██████",
    "■■■",
    "withheld",
]


def in_sql(cells, field):
    """Read states as the engine does."""
    with DuckDB() as engine:
        listed = ", ".join(
            "(NULL)" if cell is None else "('" + cell.replace("'", "''") + "')" for cell in cells
        )
        return [row[0] for row in engine.rows(f"SELECT {state_sql('c', field)} FROM (VALUES {listed}) t(c)")]


@pytest.mark.parametrize("cell", REDACTIONS)
def test_each_redaction_is_withheld(cell):
    """What was blacked out is neither blank nor present."""
    assert in_sql([cell], REASON) == ["withheld"] == [state_of(cell, REASON)]


@pytest.mark.parametrize("cell", [*BLANKS, None, " N/A ", "None"])
def test_each_placeholder_is_blank(cell):
    """What says nothing is blank, whatever it was filled with."""
    assert in_sql([cell], USER) == ["blank"] == [state_of(cell, USER)]


def test_the_word_test_is_an_answer_in_a_reason():
    """A reason of "test" states a purpose; a user called "test" is a placeholder."""
    assert (state_of("test", REASON), state_of("test", USER)) == (CellState.PRESENT, CellState.BLANK)
    assert in_sql(["test"], REASON) == ["present"]


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        ("AB*123", "wildcard"),
        ("***", "withheld"),
        ("*", "blank"),
        ("ABC123", "present"),
        ("7ABC123", "present"),
    ],
)
def test_a_star_in_a_plate_is_a_wildcard_and_not_a_redaction(cell, state):
    """Stars alone redact; a star inside a plate searches for many."""
    assert in_sql([cell], PLATE) == [state] == [state_of(cell, PLATE)]


@pytest.mark.parametrize(
    "cell",
    [
        "investigation",
        "red truck",
        "withholding evidence case",
        "459 PC burglary at 7-11",
        "2510494",
        "24.5 mph over",
        "stolen *** vehicle",
        "robbery (armed)",
    ],
)
def test_ordinary_reasons_are_present(cell):
    """A number, a code section in a sentence or a colour is no redaction."""
    assert in_sql([cell], REASON) == ["present"] == [state_of(cell, REASON)]


@pytest.mark.parametrize("cell", ["45.25", "7923.600", " 57.3412 ", "-90.25", "99.1234"])
def test_a_number_is_no_statute_in_a_column_of_numbers(cell):
    """Two digits, a point and four more are a coordinate or a score there; a statute has a word or a mark beside it."""
    assert in_sql([cell], LATITUDE) == ["present"] == [state_of(cell, LATITUDE)]


@pytest.mark.parametrize(
    "cell", ["7923.600 GC", "§ 7923.600", "7923.600(a)", "42.56.240", "***", "[redacted]"]
)
def test_a_redaction_is_one_in_a_column_of_numbers_too(cell):
    """What is no number, and cites a statute or says so, is withheld."""
    assert in_sql([cell], LATITUDE) == ["withheld"] == [state_of(cell, LATITUDE)]


@given(
    st.lists(
        st.one_of(
            st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=12),
            st.sampled_from([*BLANKS, *REDACTIONS]),
            st.text(" *#.[]()0xX-7923GC", max_size=10),
            st.from_regex(r"[ ]?[0-9]{1,6}(\.[0-9]{1,5}){0,2}[ ]?", fullmatch=True),
        ),
        min_size=1,
        max_size=40,
    )
)
def test_the_sql_and_the_plain_reading_agree(cells):
    """Whatever a cell holds, both readings of it are the same."""
    for field in (REASON, PLATE, LATITUDE):
        assert in_sql(cells, field) == [state_of(cell, field) for cell in cells]
