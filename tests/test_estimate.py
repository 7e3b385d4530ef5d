"""A number is written with all that it rests on: denominator, interval and level."""

import pytest

from answerable.estimate import Estimate, Interval, Part

WILSON = Interval(0.0153, 0.1988, 0.95, "Wilson")


def an_estimate(kind="share", unit="share of confirmed hits", **more):
    """An estimate of some kind, 3 of 41 unless told."""
    fields = {"value": 3 / 41, "numerator": 3, "denominator": 41} | more
    return Estimate(
        measure="hits.x", title="Hits", kind=kind, unit=unit, rule="", sql="", sentence="", **fields
    )


def test_a_share_is_written_in_full():
    """The count, its denominator, the percentage and the interval with its level."""
    assert an_estimate().figure == "3 of 41 (7\u202f%)"
    assert an_estimate(interval=WILSON).figure == "3 of 41 (7\u202f%, 95\u202f% interval 1.5 to 19.9\u202f%)"
    assert (
        an_estimate(interval=WILSON).counted
        == "3 of 41 confirmed hits (7\u202f%, 95\u202f% interval 1.5 to 19.9\u202f%)"
    )


def test_a_part_is_written_as_the_whole_is():
    """A part's interval is its own, not the estimate's."""
    whole = an_estimate(interval=WILSON)
    assert whole.part_figure(Part("30", 3 / 41, 3, 41)) == "3 of 41 (7\u202f%)"
    part = Part("30", None, 12, 40, Interval(0.18, 0.45, 0.9, "Wilson"))
    assert whole.part_figure(part) == "12 of 40 (30\u202f%, 90\u202f% interval 18.0 to 45.0\u202f%)"
    assert whole.part_counted(part).startswith("12 of 40 confirmed hits (30\u202f%")


def test_a_share_that_was_not_counted_keeps_its_denominator():
    """Where there is a share and no count behind it, the percentage says among how many."""
    part = Part("30", 0.31, None, 200, WILSON)
    assert an_estimate().part_figure(part) == "31.0\u202f% of 200 (95\u202f% interval 1.5 to 19.9\u202f%)"


@pytest.mark.parametrize(
    ("kind", "said"),
    [("count", "1,205 (95\u202f% interval 1,100 to 1,400)"), ("quantity", "1,204.56 (95\u202f% interval 1,100.21 to 1,400.49)")],
)  # fmt: skip  # a table: what stands in one line belongs together
def test_an_estimated_count_has_bounds_that_are_whole(kind, said):
    """Nobody made half a search; a quantity keeps its decimals."""
    found = Interval(1100.21, 1400.49, 0.95, "Chapman")
    made = an_estimate(kind, "searches", value=1204.56, numerator=None, denominator=None, interval=found)
    assert made.figure == said


def test_what_is_among_nothing_is_no_percentage():
    """A part without a denominator is a plain number, and so are its bounds; one without a value is 0 of 0."""
    found = Interval(2, 6, 0.95, "bootstrap")
    assert an_estimate().part_figure(Part("pairs", 4, None, None, found)) == "4 (95\u202f% interval 2 to 6)"
    assert an_estimate().part_figure(Part("none", None, 0, 0)) == "0 of 0"
