"""Each column's ladder: what becomes of its values on the way from as it stands to left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.publish.ladders import LEFT_OUT, column
from publish.tables import WITHHELD, at, table


def ladder(k=2, **cells):
    """Give the ladder of one column: each rung's label, with letters that are the same for rows that are."""
    ((field, values),) = cells.items()
    made = column(table(**{field: values}).cells[field], k)
    return {rung.label: parted(made.codes(place).tolist()) for place, rung in enumerate(made.ladder)}


def parted(codes):
    """Give codes as letters in the order in which they first come."""
    letters = {}
    return "".join(letters.setdefault(code, chr(ord("a") + len(letters))) for code in codes)


def test_a_time_goes_from_the_second_to_the_month():
    """A time is made coarser as a calendar does it; a rung on which nothing more becomes the same is left out."""
    times = ["06-18 00:02:04", "06-18 00:02:05", "06-18 00:40:00", "06-19 00:40:00", "07-01 00:00:00"]
    assert ladder(searched_at=[at(time) for time in times]) == {
        "to the second": "abcde",
        "to the minute": "aabcd",
        "to the hour": "aaabc",
        "to the week": "aaaab",
        LEFT_OUT: "aaaaa",
    }
    apart = ladder(searched_at=[at("06-18 00:02:04.5"), at("06-18 00:02:04.7"), at("07-18 00:00:00")])
    assert list(apart.items())[:2] == [("finer than a second", "abc"), ("to the second", "aab")]


def test_a_time_that_is_coarse_already_begins_there():
    """A column of dates begins with the day, of which nothing finer could be published."""
    assert next(iter(ladder(searched_at=[at("06-18"), at("06-19")]))) == "to the day"


def test_a_time_frame_keeps_its_length():
    """A time frame loses the seconds of both its ends, then its place, and keeps its length in days before it goes."""
    frames = [
        (at("06-01 10:00:01"), at("07-01 10:00:01")),
        (at("06-01 10:00:02"), at("07-01 10:00:02")),
        (at("06-11 10:00:02"), at("07-11 10:00:02")),
        (at("06-01 10:00:02"), at("07-11 10:00:02")),
    ]
    assert ladder(frame=frames) == {
        "to the second": "abcd",
        "to the minute": "aabc",
        "its length in days": "aaab",
        LEFT_OUT: "aaaa",
    }


def test_a_count_is_cut_and_not_rounded():
    """A count loses digits from its end: 199 is 190 and then 100, never 200."""
    assert ladder(networks=[199, 191, 200, 100, 20, 7]) == {
        "as it stands": "abcdef",
        "to two significant digits": "aabcde",
        "to one significant digit": "aabacd",
        "its number of digits": "aaaabc",
        LEFT_OUT: "aaaaaa",
    }


@given(st.lists(st.integers(0, 10**17), min_size=1, max_size=20), st.sampled_from([1, 2]))
def test_a_cut_count_begins_with_the_same_digits(counts, digits):
    """Two counts are the same after a cut exactly where they have the same first digits and as many of them."""
    label = {1: "to one significant digit", 2: "to two significant digits"}[digits]
    found = ladder(networks=counts)
    expected = parted([(len(str(number)), str(number)[:digits]) for number in counts])
    # A rung that is missing parted the rows as the one before it.
    assert found.get(label, found.get("to two significant digits", found["as it stands"])) == expected


def test_rare_texts_are_left_out():
    """A text that fewer than k rows share becomes a withheld one; the others stay as they are."""
    reasons = ["theft", "theft", "for Ana", "arson", "arson", WITHHELD, None]
    assert ladder(reason=reasons) == {
        "as it stands": "aabccde",
        "kept where 2 rows share it": "aabccbd",
        LEFT_OUT: "aaaaaaa",
    }


def test_a_category_stands_before_its_detail():
    """Where most reasons are of the form of a drop-down list, the category alone may be kept."""
    reasons = ["Theft - Vehicle", "Theft - Bicycle", "Theft - Vehicle", "Fraud - Card", "typed"]
    assert ladder(reason=reasons)["its category, where 2 rows share it"] == "aaabb"
    assert "its category, where 2 rows share it" not in ladder(reason=["a", "b - c", "b - d", "e", "f"])


@pytest.mark.parametrize("field", ["id", "user_id", "plate"])
def test_what_stands_for_somebody_is_kept_or_left_out(field):
    """An ID or a pseudonym has no coarser form."""
    values = ["x", "y", "x"] if field == "id" else [4, 7, 4]
    assert ladder(**{field: values}) == {"as it stands": "aba", LEFT_OUT: "aaa"}


def test_blank_and_withheld_are_told_apart_until_the_column_is_left_out():
    """A blank cell is the same as another blank one, and not as a withheld one; without the column it is."""
    found = ladder(reason=[None, None, WITHHELD, "theft"])
    assert found["as it stands"] == "aabc"
    assert found[LEFT_OUT] == "aaaa"


def test_the_loss_grows_to_one():
    """Each rung gives up more than the one below it; as it stands costs nothing, left out one."""
    cells = {
        "searched_at": [at("06-18 00:02:04"), at("06-18 00:03:05"), at("09-18 00:03:05")],
        "networks": [199, 191, 20],
    }
    for field, values in cells.items():
        losses = [rung.loss for rung in column(table(**{field: values}).cells[field], 2).ladder]
        assert losses == sorted(set(losses))
        assert (losses[0], losses[-1]) == (0, 1)


def test_a_column_without_values_has_nothing_to_lose():
    """A column that is withheld throughout is as it stands, or left out."""
    assert ladder(reason=[WITHHELD, WITHHELD]) == {"as it stands": "aa", LEFT_OUT: "aa"}
