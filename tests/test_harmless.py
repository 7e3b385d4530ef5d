"""One helper makes every text of a source harmless."""

import json

import pytest

from answerable.harmless import cell, encodable, escape_hidden, number, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "a[U+202E]b"),
        ("nul\x00", "nul[U+0000]"),
        ("\ufeffstart", "[U+FEFF]start"),
        ("\U000e0041", "[U+E0041]"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("3 of 41 (7\u202f%)", "3 of 41 (7\u202f%)"),
    ],
)
def test_hidden_characters_are_shown_by_their_code_points(text, shown):
    """What cannot be seen is written out; line breaks, tabs and our own narrow spaces stay."""
    assert visible(text) == shown


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "  =", " \t@", "\u200b="])
def test_a_cell_never_starts_as_a_formula(start):
    """Every beginning that a spreadsheet may run gets an apostrophe, spaces and hidden marks before it or not."""
    made = cell(f"{start}1+1")
    assert made.startswith(("'", "[U+200B]"))
    assert made.endswith("1+1")


@pytest.mark.parametrize("text", ["Riverton", "5-2", "a=b", "", "'quoted"])
def test_a_harmless_cell_is_left_as_it_is(text):
    """Text that no spreadsheet would run is not touched."""
    assert cell(text) == text


def test_numbers_lose_the_digits_that_differ_between_runs():
    """A sum in two orders gives one number, whole numbers stay whole and exact, and no NaN comes out."""
    assert number(0.1 + 0.2) == number(0.3) == 0.3
    assert number(9_007_199_254_740_991.0) == 9_007_199_254_740_991
    assert [number(each) for each in (2.0, float("nan"), float("inf"), None)] == [2, None, None, None]
    assert isinstance(number(2.0), int)


def test_json_escapes_mean_what_they_replace():
    """A reader of JSON gets the hidden characters back, those beyond the basic plane too."""
    text = json.dumps("a\u202eb\U000e0041\x7f", ensure_ascii=False)
    escaped = escape_hidden(text)
    assert json.loads(escaped) == "a\u202eb\U000e0041\x7f"
    assert "\u202e" not in escaped
    assert "\\u202e" in escaped


def test_half_a_surrogate_pair_is_shown():
    """A file name that is not UTF-8 can still be written."""
    assert encodable("a\udcffb").encode() == b"a[U+DCFF]b"
