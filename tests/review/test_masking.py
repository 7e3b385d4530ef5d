"""Masking: words that name nobody are shown, every other is told by its form."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.programmes.plates.lexicon import LEXICON
from answerable.review.masking import masked

PLAIN = LEXICON.plain


@pytest.mark.parametrize(
    ("typed", "shown", "count"),
    [
        ("stolen vehicle", "stolen vehicle", 0),
        ("Stolen Vehicle, investigation", "Stolen Vehicle, investigation", 0),
        ("locate SMITH re burglary", "locate [word of 5 letters] [word of 2 letters] burglary", 2),
        ("taylor", "[word of 6 letters]", 1),
        ("7ABC123", "[letters and digits, 7]", 1),
        ("abc-1234 burglary", "[letters and digits, 8] burglary", 1),
        ("call 541-555-0123", "call [letters and digits, 12]", 1),
        ("case 24", "case [number of 2 digits]", 1),
        ("o'brien", "[word of 7 letters]", 1),
        ("", "", 0),
    ],
)
def test_what_is_shown_of_a_reason(typed, shown, count):
    """Plates, names, telephone and case numbers are told by their form alone."""
    assert masked(typed, PLAIN) == (shown, count)


def test_without_a_list_nothing_is_shown():
    """Where a programme has no list of plain words, every word is masked."""
    assert masked("stolen car", "") == ("[word of 6 letters] [word of 3 letters]", 2)


@given(st.text(max_size=80))
def test_no_word_gets_through_that_is_not_on_the_list(typed):
    """Whatever is typed: each word left standing is plain, or says the form of one that was masked."""
    shown, _ = masked(typed, PLAIN)
    rest = re.sub(
        r"\[(word of \d+ letters?|number of \d+ digits?|letters and digits, \d+|U\+[0-9A-F]+)\]", " ", shown
    )
    for word in re.findall(r"[^\W_]+", rest):
        assert re.fullmatch(PLAIN, word), (typed, shown)
