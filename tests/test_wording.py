"""How numbers are written, whoever writes them."""

import pytest

from answerable import wording

THIN = "\u202f"


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [
        (3, 41, "7"),
        (1, 99, "1"),
        (1, 100, "1.0"),
        (17, 2_000, "0.9"),
        (575, 2_000, "28.8"),
        (1, 3_000, "under 0.1"),
        (2_999, 3_000, "over 99.9"),
        (0, 3_000, "0.0"),
        (3_000, 3_000, "100.0"),
        (1_234, 10_000, "12.34"),
        (1, 1_000_000, "0.0001"),
        (3, 121_506, "0.002"),
        (1, 30_000_000, "under 0.00001"),
        (20_000, 1_000_000, "2.00"),
    ],
)
def test_a_percentage_has_the_digits_that_its_denominator_supports(numerator, denominator, shown):
    """Halves are rounded up as a spreadsheet does, and what is neither nothing nor all is not written as either."""
    written = wording.share(numerator, denominator)
    assert written == f"{numerator:,} of {denominator:,} ({shown}{THIN}%)"


def test_none_of_none_has_no_percentage():
    """There is no share of nothing."""
    assert wording.share(0, 0, "searches") == "0 of 0 searches"


@pytest.mark.parametrize(
    ("items", "written"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (list("abcdefgh"), "a, b, c, d, e, f and 2 more"),
    ],
)
def test_a_list_is_written_as_prose(items, written):
    """Commas, one ``and``, and how many more there are."""
    assert wording.listing(items) == written
