"""A DET curve: steps on the scales of the normal distribution, with a band of doubt, and the point that a system is run at."""

import dataclasses
import itertools
import re

import pytest

from answerable.estimate import Part
from answerable.intervals import clopper_pearson
from answerable.report.canvas import BANDS, CURVES, NARROW, WIDE, text_width
from answerable.report.charts import at_marks, panels, scale_of
from answerable.report.drawing import draw
from answerable.report.probit import Axis, decade, rate_text
from answerable.report.trades import marked_parts
from charted import NORMAL, a_measure, corners, counted, det_chart

EQUAL = a_measure("equal", {"DET curve": corners()})
MISSED = a_measure(
    "missed", kind="share", value=57 / 590, numerator=57, denominator=590, parameters={"fmr": 0.001},
    interval=clopper_pearson(57, 590),
)  # fmt: skip  # a table: what stands in one line belongs together
PERFECT = tuple(
    counted(f"{across / 50:g}", missed, 50)
    for across, missed in ((50, 0), (20, 0), (1, 0), (0, 0), (0, 10), (0, 50))
)


def the_panel(*estimates):
    """The only panel of a chart."""
    (panel,) = panels(det_chart(*(each.measure for each in estimates)), estimates)
    return panel


def lines(sketch, color=CURVES[0]):
    """The rows of each curve of one colour that is drawn as steps."""
    return [
        layer["data"]["values"]
        for layer in sketch.spec["layer"]
        if layer["mark"].get("interpolate") == "step-after"
        and layer["mark"]["type"] == "line"
        and (layer["mark"]["color"], layer["mark"]["strokeWidth"]) == (color, 2)
    ]


def texts(sketch):
    """Each word of a drawing with the place where its text stands."""
    found = []
    for layer in sketch.spec["layer"]:
        if layer["mark"]["type"] == "text":
            mark = layer["mark"]
            for row in layer["data"]["values"]:
                wide = text_width(sketch.words[int(row["text"])])
                left = row["x"] - {"left": 0, "center": wide / 2, "right": wide}[mark["align"]]
                found.append((sketch.words[int(row["text"])], left, row["y"] - 8, left + wide, row["y"] + 8))
    return found


def axes(sketch):
    """The rates at which both axes begin and end."""
    grid = [layer["encoding"] for layer in sketch.spec["layer"][:2]]
    return [
        [float(f"{NORMAL.cdf(end):.4g}") for end in each[field]["scale"]["domain"]]
        for each, field in zip(grid, ("x", "y"), strict=True)
    ]


def test_both_scales_are_those_of_the_normal_distribution():
    """A rate lies at its normal deviate, so that scores that are normal lie on a straight line."""
    (rows,) = lines(the_panel(EQUAL).wide)
    part = EQUAL.breakdowns["DET curve"][30]
    assert (NORMAL.inv_cdf(float(part.label)), NORMAL.inv_cdf(part.value)) in [
        (pytest.approx(row["x"], abs=1e-5), pytest.approx(row["v"], abs=1e-5)) for row in rows
    ]
    middle = [row for row in rows if -3 < row["x"] < -0.5 and row["v"] > -2.5]
    slopes = [(two["v"] - one["v"]) / (two["x"] - one["x"]) for one, two in itertools.pairwise(middle)]
    assert all(-1.4 < slope < -0.7 for slope in slopes)


def test_the_ticks_are_powers_of_ten_named_as_percentages():
    """From the decade of the least rate to 10 %, and then 50 %."""
    sketch = the_panel(EQUAL).wide
    assert axes(sketch) == [[1e-5, 0.5], [1e-3, 0.5]]
    words = [text for text, *_ in texts(sketch)]
    assert {"0.001\u202f%", "0.1\u202f%", "1\u202f%", "10\u202f%", "50\u202f%"} <= set(words)
    assert [rate_text(tick) for tick in Axis(1e-7, 0.99, 100).ticks] == [
        f"{each}\u202f%"
        for each in ("0.00001", "0.0001", "0.001", "0.01", "0.1", "1", "10", "50", "90", "99")
    ]


@pytest.mark.parametrize(("rate", "below"), [(0.001, 0.001), (0.00099, 0.0001), (0.5, 0.1), (1e-6, 1e-6)])
def test_a_decade_holds_its_own_power_of_ten(rate, below):
    """A round rate begins its own decade, whatever binary fractions make of it."""
    assert decade(rate) == below


def test_a_curve_is_steps_and_one_row_for_each_false_match_rate():
    """Of the corners that share a rate across, the lowest is the one that holds up to the next."""
    upright = (
        counted("0.1", 5, 100),
        counted("0.1", 9, 100),
        counted("0.02", 20, 100),
        counted("0.3", 2, 100),
    )
    (rows,) = lines(the_panel(a_measure("equal", {"DET curve": upright})).wide)
    assert [round(NORMAL.cdf(row["v"]), 4) for row in rows] == [0.2, 0.05, 0.02, 0.02]
    assert [round(NORMAL.cdf(row["x"]), 4) for row in rows] == [0.02, 0.1, 0.3, 0.5]


def test_the_intervals_are_a_band_of_steps():
    """Each corner's interval holds up to the next corner; a curve without intervals has no band."""
    panel = the_panel(EQUAL)
    (band,) = [layer for layer in panel.wide.spec["layer"] if layer["mark"]["type"] == "area"]
    assert band["mark"]["interpolate"] == "step-after"
    part = EQUAL.breakdowns["DET curve"][30]
    bounds = [
        (round(NORMAL.cdf(row["low"]), 4), round(NORMAL.cdf(row["high"]), 4))
        for row in band["data"]["values"]
    ]
    assert (round(part.interval.low, 4), round(part.interval.high, 4)) in bounds
    bare = the_panel(a_measure("equal", {"DET curve": corners(sampled=False)}))
    assert "f-band" not in str(draw(bare, "c", "Title")[0])
    assert "f-band" in str(draw(panel, "c", "Title")[0])


def test_a_band_does_not_bridge_corners_without_an_interval():
    """What has no interval breaks the band in two."""
    parts = [
        dataclasses.replace(part, interval=None) if 28 <= at < 32 else part
        for at, part in enumerate(corners())
    ]
    (band,) = [
        layer
        for layer in the_panel(a_measure("e", {"DET curve": tuple(parts)})).wide.spec["layer"]
        if layer["mark"]["type"] == "area"
    ]
    assert len({row["run"] for row in band["data"]["values"]}) == 2


def test_the_threshold_of_the_target_is_marked_with_its_interval():
    """A measure taken at a false match rate is a dot there, labelled with its counts, with its own interval."""
    panel = the_panel(EQUAL, MISSED)
    (dot,) = [layer for layer in panel.wide.spec["layer"] if layer["mark"]["type"] == "circle"]
    (row,) = dot["data"]["values"]
    assert NORMAL.cdf(row["x"]) == pytest.approx(0.001, rel=1e-4)
    assert NORMAL.cdf(row["v"]) == pytest.approx(57 / 590, rel=1e-4)
    assert NORMAL.cdf(row["high"]) == pytest.approx(MISSED.interval.high, rel=1e-4)
    assert any("57 of 590" in text for text, *_ in texts(panel.wide))
    assert any("57 of 590" in text for text, *_ in texts(panel.narrow))
    assert panel.description.startswith(
        "At 0.1\u202f%: 57 of 590 (9.7\u202f%, 95\u202f% interval 7.4 to 12.3\u202f%)."
    )
    assert not [layer for layer in the_panel(EQUAL).wide.spec["layer"] if layer["mark"]["type"] == "circle"]


def test_both_rates_are_the_same_on_the_thin_line():
    """The line of equal rates runs through equal deviates, from the later beginning to the earlier end."""
    (line,) = [
        layer
        for layer in the_panel(EQUAL).wide.spec["layer"]
        if layer["mark"].get("strokeWidth") == 0.75 and layer["mark"].get("strokeDash")
    ]
    ends = line["data"]["values"]
    assert all(end["x"] == end["v"] for end in ends)
    assert [round(NORMAL.cdf(end["x"]), 6) for end in ends] == [0.001, 0.5]


def test_no_errors_at_any_threshold_still_show_their_doubt():
    """A perfect separation lies on the edge, and its band reaches as far as fifty comparisons leave open."""
    panel = the_panel(a_measure("equal", {"DET curve": PERFECT}))
    (rows,) = lines(panel.wide)
    assert {round(NORMAL.cdf(row["v"]), 6) for row in rows} == {0.01}
    (band,) = [layer for layer in panel.wide.spec["layer"] if layer["mark"]["type"] == "area"]
    assert NORMAL.cdf(band["data"]["values"][0]["high"]) == pytest.approx(
        clopper_pearson(0, 50).high, rel=1e-4
    )
    assert "0 of 50 (0\u202f%, 95\u202f% interval 0.0 to 7.1\u202f%)" in panel.description


def test_a_poor_system_has_a_scale_beyond_one_half():
    """Where most mated comparisons do not match at a low false match rate, the scale goes on to where they lie."""
    poor = a_measure("equal", {"DET curve": corners(0.6)})
    assert axes(the_panel(poor).wide)[1][1] == 0.999


def test_several_systems_share_one_plot_and_are_told_apart_without_colour():
    """Each has its own paint and dashes, and its name stands in the drawing; a fifth is said not to be drawn."""
    systems = {f"DET curve: system {name}": corners(1.2 * at + 1) for at, name in enumerate("ABCDE")}
    panel = the_panel(a_measure("equal", systems))
    for sketch in (panel.wide, panel.narrow):
        drawn = [
            layer["mark"]
            for layer in sketch.spec["layer"]
            if layer["mark"].get("interpolate") and layer["mark"]["type"] == "line"
        ]
        assert [mark["color"] for mark in drawn] == list(CURVES)
        assert len({tuple(mark.get("strokeDash", ())) for mark in drawn}) == 4
        assert {f"system {name}" for name in "ABCD"} <= set(sketch.words)
        assert {
            layer["mark"]["color"] for layer in sketch.spec["layer"] if layer["mark"]["type"] == "area"
        } == set(BANDS)
    assert panel.note == "The first 4 of 5 curves are drawn."
    assert "system A, false non-match rate at a false match rate of at most" in panel.description


def test_names_that_have_no_room_in_the_plot_stand_above_it():
    """Curves that lie close together are named above the plot, each beside a piece of its line."""
    close = a_measure(
        "equal", {f"DET curve: system {name}": corners(4.4 + at / 20) for at, name in enumerate("ABC")}
    )
    sketch = the_panel(close).wide
    apart = the_panel(
        a_measure("equal", {f"DET curve: {name}": corners(2.4 * at + 2) for at, name in enumerate("AB")})
    ).wide
    assert sketch.height == apart.height + 3 * 20
    samples = [
        layer
        for layer in sketch.spec["layer"]
        if layer["mark"]["type"] == "rule" and "strokeWidth" in layer["mark"]
    ]
    assert [layer["mark"]["color"] for layer in samples] == list(CURVES[:3])
    svg = str(draw(the_panel(close), "c", "Title")[0])
    assert svg.count('x2="28"') == 3


def test_two_measures_are_named_by_their_titles():
    """Curves of two measures are told apart by what was measured."""
    other = a_measure("other", {"DET curve": corners(2)})
    panel = the_panel(EQUAL, other)
    assert {"Title of equal", "Title of other"} <= set(panel.wide.words)


@pytest.mark.parametrize("apart", [0.6, 1.5, 2.5, 3.5, 4.5, 6.0])
@pytest.mark.parametrize("at", [0, 1])
def test_labels_stand_on_nothing_else(apart, at):
    """Whatever the curve does, no label covers another, and none leaves the drawing."""
    panel = the_panel(a_measure("equal", {"DET curve": corners(apart)}), MISSED)
    sketch = (panel.wide, panel.narrow)[at]
    found = texts(sketch)
    for (one, *a), (other, *b) in itertools.combinations(found, 2):
        assert a[0] >= b[2] or a[2] <= b[0] or a[1] >= b[3] or a[3] <= b[1], (one, other)
    left = sketch.spec["padding"]["left"]
    assert all(box[0] >= -left - 0.01 and box[2] <= sketch.width - left + 0.01 for _, *box in found)
    assert sketch.width == (WIDE, NARROW)[at]


def test_the_rates_are_tabled_at_the_powers_of_ten():
    """Each row gives the missed at the greatest false match rate that is not above it, with its interval."""
    table = at_marks(det_chart("equal"), (EQUAL,))
    assert table.across == "False match rate, at most"
    assert table.head == ("False non-match rate",)
    assert [name for name, _ in table.rows] == ["0.01\u202f%", "0.1\u202f%", "1\u202f%", "10\u202f%"]
    known = sorted(EQUAL.breakdowns["DET curve"], key=lambda part: float(part.label))
    held = [part for part in known if float(part.label) <= 0.001][-1]
    ((figure, doubt),) = dict(table.rows)["0.1\u202f%"]
    assert figure.startswith(f"{held.numerator} of 590 (")
    assert doubt.startswith("95\u202f% interval ")


def test_a_decade_below_every_comparison_is_not_tabled():
    """With fifty comparisons nothing is said of one false match in a thousand."""
    table = at_marks(det_chart("equal"), (a_measure("equal", {"DET curve": PERFECT}),))
    assert [name for name, _ in table.rows] == ["10\u202f%"]
    assert at_marks(det_chart("equal"), (a_measure("equal", {"DET curve": (Part("1", 0.0, 0, 9),)}),)) is None


def test_of_a_long_curve_the_rates_at_the_decades_are_shown():
    """The page's table shows the corners that hold at round rates, not the first sixty."""
    shown = marked_parts(corners(points=200))
    known = [float(part.label) for part in corners(points=200)]
    assert [float(part.label) for part in shown] == [
        max(rate for rate in known if rate <= least) for least in (0.1, 0.01, 0.001, 0.0001)
    ]
    assert set(shown) <= set(corners(points=200))


def test_labels_that_are_no_rates_are_left_out():
    """Words, and numbers that are no share, have no place on the axis."""
    words = ("all", "nan", "inf", "-0.1", "1.5", "")
    odd = (*(Part(label, 0.5, 1, 2) for label in words), Part("0.2", None, None, None))
    (rows,) = lines(the_panel(a_measure("equal", {"DET curve": (*odd, *corners())})).wide)
    assert rows == lines(the_panel(EQUAL).wide)[0]
    assert panels(det_chart("equal"), (a_measure("equal", {"DET curve": odd}),)) == ()


def test_the_drawing_says_how_its_scales_are_read():
    """The reader is told the scale, where zero lies, what the band is and what the thin line is."""
    said = scale_of(det_chart("equal"), 1)
    assert re.search(
        r"normal distribution.* a rate of 0 lies on the edge\. The band holds the intervals of the false non-match rate",
        said,
    )
    assert "on the dashed line both rates are equal" in said
