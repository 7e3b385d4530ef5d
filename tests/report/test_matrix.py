"""A matrix shows a rate for each pair of groups: shaded, written in its cell, and readable on a telephone."""

import itertools
import math
import re

import pytest

from answerable.estimate import Part
from answerable.report.canvas import HEAT, LINE, NARROW, ON_HIGH, ON_LOW, PAPER, WIDE
from answerable.report.charts import panels
from answerable.report.drawing import draw
from answerable.report.matrix import shade
from charted import GROUPS, a_measure, counted, matrix_chart, pairs


def a_panel(parts, name="pairs"):
    """The only panel of a matrix of such parts."""
    (panel,) = panels(matrix_chart(name), (a_measure(name, {"pair of groups": tuple(parts)}, kind="share"),))
    return panel


def boxes(sketch):
    """Every cell: its fill, its frame and its place."""
    return [
        (layer["mark"]["fill"], layer["mark"].get("stroke"), row)
        for layer in sketch.spec["layer"]
        if layer["mark"]["type"] == "rect"
        for row in layer["data"]["values"]
    ]


def texts(sketch):
    """Every text: what is written, with its mark and its place."""
    return [
        (sketch.words[int(row["text"])], layer["mark"], row["x"], row["y"])
        for layer in sketch.spec["layer"]
        if layer["mark"]["type"] == "text"
        for row in layer["data"]["values"]
    ]


def lines(sketch):
    """The texts that stand in cells: what is written, with its paint and place."""
    return [(text, mark["color"], x, y) for text, mark, x, y in texts(sketch) if x > 0 and y > 0]


def test_each_pair_stands_on_both_sides_of_the_diagonal():
    """Three pairs of two groups are four cells, of which the two across are the same."""
    parts = (counted("F × F", 5, 4781), counted("F × M", 11, 9798), counted("M × M", 3, 4894))
    sketch = a_panel(parts).wide
    assert len(boxes(sketch)) == 4
    written = [text for text, *_ in lines(sketch)]
    assert written.count("11 of 9,798") == 2
    assert written.count("5 of 4,781") == written.count("3 of 4,894") == 1
    across = {(x, y) for text, _, x, y in lines(sketch) if text == "11 of 9,798"}
    (one, other) = across
    assert one != other


def test_cells_of_one_group_are_framed():
    """Two people of one group are the demanding case: their cells have a frame, and the others none."""
    framed = [row for _, stroke, row in boxes(a_panel(pairs(("a", "b", "c"))).wide) if stroke == LINE]
    assert len(framed) == 3
    assert all(row["x"] < row["x2"] for row in framed)


def test_a_cell_gives_rate_counts_and_interval_where_there_is_room():
    """Two groups on a wide page have room for all three; twelve have room for the rate."""
    few = [text for text, *_ in lines(a_panel(pairs(("F", "M"))).wide)]
    assert {"0.013\u202f%", "5 of 40,000", "0.004 to 0.029\u202f%"} <= set(few)
    many = a_panel(pairs(GROUPS))
    assert {text for text, *_ in lines(many.wide)} == {"0.013", "0.022"}
    assert "in %" in many.wide.words
    assert {"0.013\u202f%", "5 of", "40,000"} <= {text for text, *_ in lines(many.narrow)}


@pytest.mark.parametrize(
    ("among", "unit"), [(400, "in %"), (40_000, "per 10,000"), (4_000_000, "per million"), (400_000_000, "per 100 million")]
)  # fmt: skip  # a table: what stands in one line belongs together
def test_small_rates_are_written_in_a_unit_that_fits(among, unit):
    """A rate of one in a million is not written with six zeros, and the drawing says what it is in."""
    sketch = a_panel(pairs(GROUPS, lambda one, other: 2 + one + other, among)).wide
    assert unit in sketch.words
    assert all(len(text) <= 5 for text, *_ in lines(sketch))


def test_no_decimal_is_finer_than_one_case():
    """One of 4,894 is 0.02 %, and three are 0.06 %: a third decimal would say more than was counted."""
    parts = (counted("F × F", 1, 4894), counted("F × M", 3, 4894), counted("M × M", 1300, 4894))
    written = {text for text, *_ in lines(a_panel(parts).wide)}
    assert {"0.02\u202f%", "0.06\u202f%", "27\u202f%"} <= written


def test_no_error_is_a_plain_cell_that_says_of_how_many():
    """Zero is written with its denominator, has a dashed edge, and no shade."""
    parts = (counted("F × F", 0, 4781), counted("F × M", 11, 9798), counted("M × M", 0, 4894))
    sketch = a_panel(parts).wide
    plain = [layer["mark"] for layer in sketch.spec["layer"] if layer["mark"].get("fill") == PAPER]
    assert plain
    assert all(mark["strokeDash"] for mark in plain)
    assert len([row for fill, _, row in boxes(sketch) if fill == PAPER]) == 2
    written = {text for text, *_ in lines(sketch)}
    assert {"0 of 4,781", "0 of 4,894", "0.000 to 0.077\u202f%"} <= written
    assert {color for text, color, *_ in lines(sketch) if text == "0 of 4,781"} == {ON_LOW}
    assert "stroke-dasharray" in str(draw(a_panel(parts), "c", "Title")[0])


def test_all_zero_rates_are_drawn():
    """Where nobody was falsely matched there is no shade at all, and nothing fails."""
    sketch = a_panel(pairs(("F", "M"), lambda *_: 0)).wide
    assert {fill for fill, *_ in boxes(sketch)} == {PAPER}


def test_a_pair_that_was_not_compared_is_a_dash():
    """Absent is not zero: where there is no rate there is no cell, and no number."""
    parts = (counted("F × F", 5, 4781), Part("F × M", None, 0, 0), counted("M × M", 3, 4894))
    panel = a_panel(parts)
    assert len(boxes(panel.wide)) == 2
    assert [text for text, *_ in lines(panel.wide)].count("–") == 2
    assert panel.note == "1 row of the table, without a rate or not of two groups, are not drawn."


def test_one_group_is_one_cell():
    """A matrix of one group has one cell."""
    panel = a_panel((counted("18 to 29 × 18 to 29", 3, 41_000),))
    assert len(boxes(panel.wide)) == 1
    assert panel.narrow.stays is None


def test_shades_lie_on_the_logarithm():
    """A rate ten times as high is as many shades darker, wherever it begins; zero has none."""
    rates = [1e-5, 1e-4, 1e-3]
    assert [shade(rate, rates) for rate in rates] == [0, 3, 5]
    assert shade(0.0, rates) is None
    assert [shade(rate, [10 * each for each in rates]) for rate in (1e-4, 1e-3, 1e-2)] == [0, 3, 5]


def test_rates_that_differ_by_little_look_alike():
    """The shades span a factor of ten at least: 10 % more is not set in the darkest against the lightest."""
    rates = [0.0010, 0.0011]
    assert abs(shade(rates[0], rates) - shade(rates[1], rates)) <= 1
    assert shade(0.001, [0.001]) == len(HEAT) // 2


def test_text_changes_its_paint_with_the_shade():
    """On the two highest shades text has the paint that stands out from them."""
    parts = (counted("F × F", 5, 100_000), counted("F × M", 50, 100_000), counted("M × M", 500, 100_000))
    colors = {text: color for text, color, *_ in lines(a_panel(parts).wide)}
    assert colors["5 of 100,000"] == ON_LOW
    assert colors["500 of 100,000"] == ON_HIGH


def test_twelve_groups_scroll_beside_their_names():
    """On a telephone the cells are wider than the page and scroll; the names of the rows stay in sight."""
    panel = a_panel(pairs(GROUPS))
    assert panel.wide.width == WIDE
    assert panel.wide.stays is None
    assert panel.narrow.width > NARROW
    assert any("North" in word for word in panel.narrow.stays.words)
    wide, narrow = draw(panel, "c", "Title")
    assert 'class="stays"' not in wide
    assert narrow.index('class="stays"') < narrow.index('class="narrow"')
    assert re.search(
        r'<svg viewBox="0 0 (\d+) (\d+)" aria-hidden="true" class="stays" width="\1" height="\2">', narrow
    )
    assert 'role="img" class="narrow"' in narrow


def test_names_that_are_too_wide_for_their_column_stand_upright():
    """Long names are turned and cut; short ones stand level."""
    upright, level = (
        [mark.get("angle") for _, mark, *_ in texts(a_panel(pairs(groups)).wide)]
        for groups in (GROUPS, ("F", "M"))
    )
    assert upright.count(270) == 12
    assert set(level) == {None}
    assert "rotate(270)" in str(draw(a_panel(pairs(GROUPS)), "c", "Title")[0])


def test_of_more_than_twelve_groups_those_with_the_most_comparisons_are_drawn():
    """The drawing says how many groups it leaves out."""
    names = [f"group {at:02}" for at in range(14)]
    parts = [
        counted(part.label, 3, 100 if "group 04" in part.label or "group 09" in part.label else 4000)
        for part in pairs(names)
    ]
    panel = a_panel(parts)
    assert panel.note == "The 12 groups with the most comparisons are drawn, of 14."
    assert len(boxes(panel.wide)) == 144
    assert "group 03" in panel.wide.words
    assert "group 04" not in panel.wide.words


def test_a_few_pairs_are_told_one_by_one_and_many_by_their_ends():
    """Who cannot see the cells is told every pair, or of many the least and the greatest."""
    few = a_panel((counted("F × F", 5, 4781), counted("F × M", 11, 9798)))
    assert few.description.startswith(
        "F × F: 5 of 4,781 (0.1\u202f%, 95\u202f% interval 0.03 to 0.24\u202f%); F × M: 11 of 9,798"
    )
    many = a_panel(pairs(GROUPS, lambda one, other: 1 + one * other))
    assert many.description.startswith(
        "78 pairs of groups, all in the table. Least, East Africa × East Africa: 1 of 40,000"
    )
    assert "greatest, Oceania × Oceania: 122 of 40,000" in many.description


def test_no_text_from_a_source_reaches_the_renderer():
    """The specification holds tokens where the names of groups will stand."""
    panel = a_panel((counted("<b>F</b> \u202e × <b>F</b> \u202e", 5, 4781),))
    assert "<b>" not in repr(panel.wide.spec)
    assert any("[U+202E]" in word for word in panel.wide.words)


def test_labels_that_name_no_two_groups_are_left_to_the_table():
    """A group whose own name holds the sign between two groups cannot be told apart, and the drawing says so."""
    panel = a_panel((counted("F × F", 5, 4781), counted("a × b × c", 5, 4781), counted("all", 9, 9999)))
    assert len(boxes(panel.wide)) == 1
    assert panel.note.startswith("2 rows of the table")
    assert panels(matrix_chart("x"), (a_measure("x", {"pair of groups": (counted("all", 1, 2),)}),)) == ()


def test_cells_do_not_overlap():
    """Between neighbouring cells lies a gap, at both widths."""
    for sketch in (a_panel(pairs(GROUPS)).wide, a_panel(pairs(GROUPS)).narrow):
        columns = sorted({(row["x"], row["x2"]) for *_, row in boxes(sketch)})
        assert len(columns) == 12
        assert all(math.isclose(two[0] - one[1], 2, abs_tol=0.02) for one, two in itertools.pairwise(columns))
