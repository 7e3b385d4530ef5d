"""Ratios about 1 are dots with their intervals on a logarithmic scale; one without an interval is open and says so."""

import math

import pytest

from answerable.report.canvas import BAR, LINE, NARROW, PAPER, WIDE
from answerable.report.charts import panels, scale_of
from answerable.report.dots import Ratio, span
from answerable.report.drawing import draw
from charted import a_measure, dots_chart, ratio

RATIOS = (ratio("East", 2.0, 1.25, 3.2), ratio("North", 0.5, 0.3, 0.9), ratio("South", 1.0))


def the_panels(*several):
    """A panel for each group of ratios."""
    estimates = tuple(a_measure(f"m{at}", {"ratio": parts}) for at, parts in enumerate(several))
    return panels(dots_chart(*(each.measure for each in estimates)), estimates)


def marks(sketch, **wanted):
    """The rows of the layers whose marks are such."""
    return [
        row
        for layer in sketch.spec["layer"]
        if all(layer["mark"].get(key) == value for key, value in wanted.items())
        for row in layer["data"]["values"]
    ]


def test_half_lies_as_far_from_one_as_twice():
    """The scale is the logarithm, and 1 stands in its middle."""
    (panel,) = the_panels(RATIOS)
    east, north = marks(panel.wide, shape="circle", fill=BAR)
    assert east["x"] == -north["x"] == pytest.approx(math.log10(2), abs=1e-6)
    low, high = panel.wide.spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert low == -high


def test_the_line_at_one_is_drawn_and_named():
    """What all ratios are compared with is a strong line with its name."""
    (panel,) = the_panels(RATIOS)
    (line,) = marks(panel.wide, type="rule", color=LINE, y=-6)
    assert line["x"] == 0
    assert "as the mean of all" in panel.wide.words
    assert "as the mean of all" in panel.narrow.words


def test_each_interval_is_drawn_with_both_ends():
    """A rule from bound to bound, with a tick at each."""
    (panel,) = the_panels(RATIOS)
    held = [row for row in marks(panel.wide, type="rule", color=LINE) if "high" in row]
    assert [round(10 ** row["x"], 3) for row in held] == [1.25, 0.3]
    assert [round(10 ** row["high"], 3) for row in held] == [3.2, 0.9]
    assert len(marks(panel.wide, type="tick")) == 4


def test_a_ratio_without_an_interval_is_open_and_says_so():
    """An open dot is no dot with an interval of nothing."""
    (panel,) = the_panels(RATIOS)
    (south,) = marks(panel.wide, shape="circle", fill=PAPER)
    assert south["x"] == 0
    assert "1, no interval" in panel.wide.words
    assert "South: 1, no interval" in panel.description
    assert 'class="f-paper s-bar"' in str(draw(panel, "c", "Title")[0])


def test_what_has_no_ratio_has_a_row_and_no_dot():
    """Absent is not zero and not one: the group is named, and it is said that there is no ratio."""
    (panel,) = the_panels((*RATIOS, ratio("West", None)))
    assert len(marks(panel.wide, shape="circle")) == 3
    assert {"West", "no ratio can be told"} <= set(panel.wide.words)
    assert the_panels((ratio("West", None),)) == ()


def test_a_ratio_of_zero_is_written_and_not_drawn():
    """Zero has no logarithm: its row gives the number and its interval, which runs from the edge."""
    (panel,) = the_panels((ratio("East", 0.0, 0.0, 1.4), ratio("North", 1.2, 0.8, 1.7)))
    assert len(marks(panel.wide, shape="circle")) == 1
    assert len(marks(panel.wide, shape="triangle-left")) == 1
    assert "0 (0 to 1.40)" in panel.wide.words


def test_an_interval_beyond_the_scale_goes_on():
    """The scale ends at a thousand times either way; an interval that does not end there has the head of an arrow."""
    (panel,) = the_panels((ratio("East", 1.0, 1e-5, 1e6),))
    low, high = panel.wide.spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert 3 < high < 3.2
    assert [row["x"] for row in marks(panel.wide, shape="triangle-left")] == [low]
    assert [row["x"] for row in marks(panel.wide, shape="triangle-right")] == [high]
    assert not marks(panel.wide, type="tick")


@pytest.mark.parametrize(
    ("ends", "reach"), [((1.0,), 1.25), ((1.2,), 1.25), ((0.55,), 2), ((0.2, 3), 5), ((14,), 20), ((0.002,), 1000), ((), 1.25)]
)  # fmt: skip  # a table: what stands in one line belongs together
def test_the_scale_is_the_least_that_holds_all(ends, reach):
    """It reaches as far on one side of 1 as on the other, and names 1."""
    made = span([Ratio("", end, "") for end in ends])
    assert made.reach == reach
    assert 1.0 in made.ticks
    assert all(made.holds(tick) for tick in made.ticks)
    assert made.ticks == pytest.approx([1 / tick for tick in reversed(made.ticks)])


def test_several_measures_share_one_scale():
    """Two measures are two panels that can be compared with each other."""
    first, second = the_panels(RATIOS, (ratio("East", 1.1, 0.1, 9.0),))
    domains = [each.wide.spec["layer"][0]["encoding"]["x"]["scale"]["domain"] for each in (first, second)]
    assert domains[0] == domains[1]
    assert (first.subtitle, second.subtitle) == ("Title of m0", "Title of m1")


def test_constant_ratios_are_drawn():
    """Where all groups have one rate every dot stands on the line."""
    (panel,) = the_panels(tuple(ratio(name, 1.0, 1.0, 1.0) for name in "abc"))
    assert [row["x"] for row in marks(panel.wide, shape="circle")] == [0, 0, 0]


def test_both_widths_have_their_words():
    """A wide page has labels and figures beside the dots, a narrow one above them; none leaves the drawing."""
    (panel,) = the_panels(
        (ratio("A person whose region of birth is not in the list", 1.0, 0.9, 1.1), *RATIOS)
    )
    assert (panel.wide.width, panel.narrow.width) == (WIDE, NARROW)
    assert "2 (1.25 to 3.20)" in panel.wide.words
    assert any(word.endswith("…") for word in panel.narrow.words)


def test_more_than_a_days_hours_are_counted():
    """Of thirty parts the first twenty-four are drawn, and the drawing says so."""
    (panel,) = the_panels(tuple(ratio(f"g{at}", 1.1, 0.9, 1.3) for at in range(30)))
    assert len(marks(panel.wide, shape="circle")) == 24
    assert panel.note == "The first 24 of 30 are drawn."


def test_the_drawing_says_how_its_scale_is_read():
    """The reader is told that the scale is logarithmic, and what an open dot is."""
    assert "half lies as far from 1 as twice" in scale_of(dots_chart("m"), 1)
    assert "an open one has none" in scale_of(dots_chart("m"), 1)
