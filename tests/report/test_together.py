"""Several curves in one plot: each has its name beside it, one has a band, and what is not drawn is said and is in the table."""

import re
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.estimate import Interval, Part
from answerable.report.canvas import CURVES, NARROW, WIDE
from answerable.report.charts import at_marks, panels, scale_of
from answerable.report.drawing import draw
from answerable.report.labels import Box
from answerable.report.names import Name, pieces, place_names
from answerable.report.together import Curve, together
from charted import EVEN, a_measure, beside, capture, curves_chart

NAMES = (
    "the forecast",
    "the count of the last day",
    "the count of the last 365 days",
    "the count of all earlier days",
    "the population",
)
POWERS = (0.3, 0.9, 0.4, 0.55, 1.2)


def a_panel(**powers):
    """The only panel of curves of such powers."""
    (panel,) = panels(curves_chart("beside"), (beside("beside", **powers),))
    return panel


def test_all_curves_stand_in_one_plot():
    """Four curves of four paints and dashes, one band, and one straight dashed line."""
    panel = a_panel()
    for sketch, svg in zip((panel.wide, panel.narrow), map(str, draw(panel, "c", "Title")), strict=True):
        lines = [layer["mark"] for layer in sketch.spec["layer"] if layer["mark"]["type"] == "line"]
        assert {mark["color"] for mark in lines} == {*CURVES[:3], "#020202"}
        assert len({tuple(mark.get("strokeDash", ())) for mark in lines}) == 4
        assert svg.count("f-band") == 1


def test_every_curve_is_named_in_the_drawing():
    """No key: each name stands in the plot, in its curve's paint, at both widths."""
    panel = a_panel()
    for sketch in (panel.wide, panel.narrow):
        texts = {
            " ".join(sketch.words[int(row["text"])] for row in layer["data"]["values"]): layer["mark"][
                "color"
            ]
            for layer in sketch.spec["layer"]
            if layer["mark"]["type"] == "text" and layer["mark"]["color"] in CURVES
        }
        assert texts == dict(
            zip(
                ("the forecast", "the count of the last day", "the count of the last 365 days"),
                CURVES,
                strict=False,
            )
        )
        assert EVEN in sketch.words


def test_a_curve_that_lies_on_another_is_not_drawn_twice():
    """Where no eye could tell two curves apart one is drawn, and the note says which lies on which."""
    panel = a_panel(**{"the count of all earlier days": 0.4001})
    assert (
        "The curve of the count of all earlier days lies on that of the count of the last 365 days."
        in panel.note
    )
    assert "the count of all earlier days" not in panel.wide.words


def test_more_curves_than_paints_are_in_the_table_alone():
    """Of six curves that differ the first four are drawn; the note names the others, and the table has every value of all."""
    given = {"the count of all earlier days": 0.55, "the population": 1.2, "the moon": 1.6}
    panel = a_panel(**given)
    assert "Not drawn, and in the table: the population and the moon." in panel.note
    assert "the population" not in panel.wide.words
    table = at_marks(curves_chart("beside"), (beside("beside", **given),))
    assert table.head == (
        "The forecast", "The count of the last day", "The count of the last 365 days", "A list drawn by lot",
        "The count of all earlier days", "The population", "The moon",
    )  # fmt: skip  # a list of words
    assert len(table.rows) == 17
    figure, doubt = table.rows[5][1][0]
    assert re.fullmatch(r"\d+ of 2,000 \(\d+\.\d\u202f%\)", figure)
    assert doubt.startswith("95\u202f% interval ")


def test_the_band_is_the_first_curves_and_that_is_said():
    """The note says whose intervals are drawn and where the others are, what the straight line is, and how the scales run."""
    panel = a_panel()
    assert panel.note.startswith(
        "The band holds each 95\u202f% interval of the forecast; those of the others are in the table."
    )
    assert f"The straight dashed line is {EVEN}" in panel.note
    assert scale_of(curves_chart("beside"), 1).endswith("Both scales run from 0 to 100\u202f%.")


def test_who_cannot_see_it_is_told_every_curve_at_the_marks():
    """Each curve's name with its values in full, also of those that are not drawn."""
    said = a_panel(**{"the population": 1.2}).description
    for name in ("the forecast", "the count of the last day", "the population", EVEN):
        assert f"{name}: 1\u202f%: " in said
    assert "of 2,000 (" in said


def test_one_curve_alone_and_none_at_all():
    """A curve without others is drawn without a straight line; without a curve there is no figure and no table."""
    chart = curves_chart("alone")
    (panel,) = panels(chart, (a_measure("alone", {"held: the forecast": capture(0.4)}),))
    assert EVEN not in panel.wide.words
    assert panel.note == "The band holds each 95\u202f% interval of the forecast."
    assert panels(chart, (a_measure("alone", {}),)) == ()
    assert at_marks(chart, (a_measure("alone", {}),)) is None


def test_a_curve_without_intervals_has_no_band():
    """Nothing is drawn about a complete count."""
    parts = tuple(Part(each.label, each.value, None, None) for each in capture(0.4))
    (panel,) = panels(curves_chart("bare"), (a_measure("bare", {"held: a": parts}),))
    assert "f-band" not in str(draw(panel, "c", "Title")[0])
    assert "band" not in panel.note


def test_a_name_without_a_place_stands_above_the_plot():
    """A name that is longer than the plot is cut and set above it, beside a piece of its line."""
    long = "a name that goes on and on, " * 12
    curves = [Curve("short", ((0.0, 0.0), (1.0, 1.0))), Curve(long, ((0.0, 0.0), (0.5, 0.9), (1.0, 1.0)))]
    for width in (WIDE, NARROW):
        plain = together([curves[0], Curve("b", curves[1].points)], "", ("x", "y"), width)
        sketch = together(curves, "", ("x", "y"), width)
        assert sketch.height == plain.height + 20
        assert any(word.startswith("a name that goes on") and word.endswith("…") for word in sketch.words)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0.15, 2.5), min_size=2, max_size=5), st.sampled_from(((590, 320), (256, 280))))
def test_no_name_stands_on_a_line_or_on_another(powers, size):
    """However the curves run, names are within the plot, off every line and off each other."""
    room, tall = size
    paths = [
        [(round(room * at / 16, 2), round(tall * (1 - (at / 16) ** power), 2)) for at in range(17)]
        for power in powers
    ]
    within = Box(3, 3, room + 24, tall - 3)
    names = [
        Name(name, path, paint) for name, path, paint in zip(NAMES, paths, (*CURVES, "#020202"), strict=False)
    ]
    placed, leaders = place_names(names, [], within)
    boxes = [each.box for each in placed.values()]
    lines = [piece for path in paths for piece in pieces(path)]
    assert all(within.holds(box) for box in boxes)
    assert not any(one.meets(two) for one, two in combinations(boxes, 2))
    assert not any(box.meets(piece) for box in boxes for piece in lines)
    for start, _, _ in leaders:
        assert any(_near(start, path) < 1 for path in paths)


def _near(point, path):
    """How far a point lies from a line."""
    best = float("inf")
    for (x1, y1), (x2, y2) in pairwise(path):
        length = (x2 - x1) ** 2 + (y2 - y1) ** 2
        share = (
            min(max(((point[0] - x1) * (x2 - x1) + (point[1] - y1) * (y2 - y1)) / length, 0), 1)
            if length
            else 0
        )
        best = min(
            best, ((x1 + share * (x2 - x1) - point[0]) ** 2 + (y1 + share * (y2 - y1) - point[1]) ** 2) ** 0.5
        )
    return best


@pytest.mark.parametrize("bad", ["x", "-0.1", "1.5", "nan"])
def test_a_label_that_is_no_share_is_no_place(bad):
    """What is not from 0 to 1 has no place on the axis and is left out."""
    parts = (*capture(0.4), Part(bad, 0.5, None, None, Interval(0.4, 0.6, 0.95, "x")))
    (panel,) = panels(curves_chart("odd"), (a_measure("odd", {"held: the forecast": parts}),))
    (whole,) = panels(curves_chart("odd"), (a_measure("odd", {"held: the forecast": capture(0.4)}),))
    assert panel.wide.spec == whole.wide.spec
