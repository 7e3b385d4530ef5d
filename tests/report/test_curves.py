"""A curve shows values over a number: one panel per measure over one axis, doubt drawn, marks labelled."""

import itertools
import math
import re

import pytest

from answerable.estimate import Estimate, Interval, Part
from answerable.programmes.section import Chart, Reference
from answerable.report.canvas import NARROW, WIDE, text_width
from answerable.report.charts import at_marks, panels
from answerable.report.drawing import draw

YEAR, FEW = tuple(range(1, 366)), (1, 7, 14, 21, 30, 60, 90, 120, 180, 270, 365)
SHAPES = {
    "falling": lambda day: math.exp(-day / 20),
    "rising": lambda day: 1 - math.exp(-day / 20),
    "straight": lambda day: day / 365,
    "flat at nothing": lambda _: 0.0,
    "flat at half": lambda _: 0.5,
    "high": lambda day: 1 - day / 4000,
}


def an_estimate(days=YEAR, share=SHAPES["falling"], half=0.0, title="Hits that used older reads", among=4100):
    """A share by days of retention; ``half`` is how far its intervals reach."""

    def part(day):
        counted = round(share(day) * among)
        value = counted / among
        interval = Interval(max(0, value - half), min(1, value + half), 0.95, "Wilson") if half else None
        return Part(str(day), value, counted, among, interval)

    return Estimate(
        measure="hits.cost", title=title, kind="share", value=0.1, numerator=1, denominator=10, unit="share of hits", rule="",
        sql="", sentence="", breakdowns={"days": tuple(map(part, days))},
    )  # fmt: skip  # a table: what stands in one line belongs together


def a_chart(**more):
    """A curve by days."""
    return Chart("curve", ("hits.cost",), lambda _: "Title", "Axis", "days", **more)


def drawn(chart, *estimates):
    """The first panel of a chart, wide and narrow."""
    return tuple(map(str, draw(panels(chart, estimates)[0], "c", "Title")))


def domain(sketch):
    """Where the axis of a sketch begins and ends."""
    return sketch.spec["layer"][0]["encoding"]["x"]["scale"]["domain"]


def texts(svg):
    """Each text of a drawing with its anchor and place, moved into the drawing."""
    left, top = map(float, re.search(r"translate\((\d+),(\d+)\)", svg).groups())
    found = re.findall(
        r"<text (?=[^>]*text-anchor=\"(\w+)\")[^>]*translate\(([\d.-]+),([\d.-]+)\)[^>]*>([^<]*)<", svg
    )
    return [(anchor, left + float(x), top + float(y), text) for anchor, x, y, text in found]


def boxes(svg):
    """What each text of a drawing covers, as far as can be told without its font: text, left, top, right, bottom."""
    made = []
    for anchor, x, y, text in texts(svg):
        wide = text_width(text)
        left = x - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
        made.append((text, left, y - 10, left + wide, y + 2))  # y is the line that the letters stand on
    return made


def dots(svg):
    """The middles of the dots of a drawing."""
    left, top = map(float, re.search(r"translate\((\d+),(\d+)\)", svg).groups())
    found = re.findall(r"<path (?=[^>]*class=\"f-bar\")[^>]*translate\(([\d.-]+),([\d.-]+)\)", svg)
    return [(left + float(x), top + float(y)) for x, y in found]


def test_each_measure_has_a_panel_over_the_same_axis():
    """Two measures of different length are two panels, one above the other, never two scales in one."""
    chart = Chart("curve", ("a", "b"), lambda _: "Title", "Axis", "days")
    first, second = panels(chart, (an_estimate(), an_estimate(FEW[:5], title="Vehicles singled out")))
    assert (first.subtitle, second.subtitle) == ("Hits that used older reads", "Vehicles singled out")
    assert {tuple(domain(panel.wide)) for panel in (first, second)} == {(0, 365)}
    assert first.wide.width == second.wide.width == WIDE
    assert first.narrow.width == second.narrow.width == NARROW


def test_a_years_days_are_a_line_with_a_band():
    """Many values are one line; their intervals are a band about it."""
    svg, _ = drawn(a_chart(), an_estimate(half=0.05))
    assert svg.count("f-band") == 1
    assert len(dots(svg)) == 6
    assert "f-line" not in svg


def test_few_values_are_dots_with_whiskers():
    """Eleven values are eleven dots, each with its interval."""
    svg, _ = drawn(a_chart(), an_estimate(FEW, half=0.05))
    assert len(dots(svg)) == len(FEW)
    assert svg.count("f-line") == 2 * len(FEW)
    assert "f-band" not in svg


@pytest.mark.parametrize("days", [YEAR, FEW])
def test_a_complete_count_has_no_interval_to_draw(days):
    """Without sampling there is neither band nor whisker."""
    svg, _ = drawn(a_chart(), an_estimate(days))
    assert "f-band" not in svg
    assert "f-line" not in svg


def test_the_scale_reaches_the_highest_bound():
    """No whisker runs out of the plot."""
    (panel,) = panels(a_chart(), (an_estimate(FEW, SHAPES["flat at half"], half=0.4),))
    (values,) = [layer for layer in panel.wide.spec["layer"] if layer["mark"].get("strokeWidth") == 1.25]
    assert values["encoding"]["y"]["scale"]["domain"] == [0, 1]


def test_the_marks_are_labelled_with_number_and_denominator():
    """Every mark that has room says how many of how many."""
    wide, narrow = drawn(a_chart(), an_estimate())
    for svg in (wide, narrow):
        assert ">915 of 4,100 (22.3\u202f%)</text>" in svg
    for label in ("2,889 of 4,100", "46 of 4,100", "1 of 4,100", "0 of 4,100"):
        assert f">{label} (" in wide


def test_the_first_mark_has_the_first_place():
    """Where there is no room for all, the marks that come first are labelled."""
    crowd = an_estimate((1, 2, 3, 4), SHAPES["flat at half"])
    svg = drawn(a_chart(marks=(3, 1, 2, 4)), crowd)[1]
    assert [x for _, x, _, text in texts(svg) if "4,100" in text]
    close = an_estimate((50, 51, 52, 100), SHAPES["flat at half"])
    labelled = [
        text for *_, text in texts(drawn(a_chart(marks=(100, 51, 50, 52)), close)[1]) if "day" in text
    ]
    assert labelled[0] == "100 days"
    assert "51 days" in labelled
    assert "50 days" not in labelled


@pytest.mark.parametrize("days", [YEAR, FEW])
@pytest.mark.parametrize("half", [0.0, 0.04])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("at", [0, 1])
def test_labels_stand_on_nothing_else(shape, half, days, at):
    """Whatever the curve does, no label covers a dot or another label, and none leaves the drawing."""
    chart = a_chart(
        references=(Reference(21, "21 days: limit of the policy"), Reference(300, "300 days: kept now"))
    )
    svg = drawn(chart, an_estimate(days, SHAPES[shape], half))[at]
    found = boxes(svg)
    assert any("of 4,100" in text for text, *_ in found)
    for (one, *a), (other, *b) in itertools.combinations(found, 2):
        assert a[0] >= b[2] or a[2] <= b[0] or a[1] >= b[3] or a[3] <= b[1], (one, other)
    for text, left, top, right, bottom in found:
        assert left >= -3, text
        assert right <= (WIDE, NARROW)[at] + 0.01, text
        for x, y in dots(svg):
            assert not (left < x + 3 and right > x - 3 and top < y + 3 and bottom > y - 3), text


def test_a_label_is_nearest_to_its_own_dot():
    """Nobody reads a label as another dot's: it stands closer to the dot that has its value."""
    svg, _ = drawn(a_chart(), an_estimate(FEW, SHAPES["rising"]))
    heights = {y for _, y in dots(svg)}
    for text, left, top, right, bottom in boxes(svg):
        if "of 4,100" in text:
            near = sorted(
                (math.hypot(max(left - x, 0, x - right), max(top - y, 0, y - bottom)), y)
                for x, y in dots(svg)
            )
            share = float(text.split(" of ")[0].replace(",", "")) / 4100
            lowest, highest = max(heights), min(heights)
            own = lowest - (lowest - highest) * (share - SHAPES["rising"](1)) / (
                SHAPES["rising"](365) - SHAPES["rising"](1)
            )
            assert near[0][1] == pytest.approx(own, abs=1.5), text


def test_the_axis_is_named_with_its_unit():
    """Marks are named as people name them, in the singular where there is one."""
    svg, narrow = drawn(a_chart(marks=(30, 365, 90)), an_estimate())
    assert {">30 days</text>", ">365 days</text>"} <= set(re.findall(r">\d+ days</text>", svg))
    assert ">365 days</text>" in narrow
    points = an_estimate(range(1, 7))
    chart = a_chart(across="point", marks=(1, 2, 3, 4, 5, 6))
    svg, _ = drawn(chart, points)
    assert ">1 point</text>" in svg
    assert ">6 points</text>" in svg


def test_the_axis_begins_at_zero_where_the_values_begin_near_it():
    """Days of retention begin at none; one to six points do not."""
    (year,) = panels(a_chart(), (an_estimate(),))
    (points,) = panels(a_chart(across="point", marks=(1, 6)), (an_estimate(range(1, 7)),))
    assert domain(year.wide) == [0, 365]
    assert domain(points.wide) == [0.75, 6.25]


def test_what_is_no_number_is_not_drawn():
    """Labels that are words, endless or not a number have no place on the axis."""
    made = an_estimate((1, 30))
    odd = tuple(Part(label, 0.5, 1, 2) for label in ("all", "inf", "nan", "-1", "1e9", "", "2025-01"))
    spoilt = Estimate(
        **{name: getattr(made, name) for name in made.__slots__}
        | {"breakdowns": {"days": (*odd, *made.breakdowns["days"])}}
    )
    (panel,) = panels(a_chart(), (spoilt,))
    assert [row["x"] for row in panel.wide.spec["data"]["values"]] == [1, 30]


def test_a_missing_value_breaks_the_line():
    """What could not be measured is a gap, not a zero and not a bridge."""
    made = an_estimate((1, 2, 3, 4))
    parts = list(made.breakdowns["days"])
    parts[2] = Part("3", None, None, None)
    holed = Estimate(
        **{name: getattr(made, name) for name in made.__slots__} | {"breakdowns": {"days": tuple(parts)}}
    )
    (panel,) = panels(a_chart(), (holed,))
    assert [(row["x"], row["run"]) for row in panel.wide.spec["data"]["values"]] == [(1, 0), (2, 0), (4, 1)]


@pytest.mark.parametrize("at", [0, 1])
def test_a_reference_is_a_dashed_rule_with_its_label(at):
    """A limit stands where it is on the axis, is named in full at both widths, and one beyond the values is not drawn."""
    chart = a_chart(
        references=(Reference(180, "180 days: limit of the policy"), Reference(1095, "three years"))
    )
    svg = drawn(chart, an_estimate())[at]
    assert svg.count("stroke-dasharray") == 1
    assert ">180 days: limit of the policy</text>" in svg
    assert "three years" not in svg


def test_a_curve_is_described_by_its_marks():
    """Who cannot see the curve is told its span, and every mark in full, in the order of the axis."""
    (panel,) = panels(a_chart(), (an_estimate(half=0.05),))
    assert panel.description.startswith(
        "365 values from 1 day to 365 days. 7 days: 2,889 of 4,100 (70.5\u202f%, 95\u202f% interval 65.5 to 75.5\u202f%); 30 days: 915"
    )
    assert panel.description.count("days: ") == 6


def test_the_marks_are_tabled_side_by_side():
    """One row per mark in order, one column per measure; a dash where a measure has no value there."""
    chart = Chart("curve", ("a", "b"), lambda _: "Title", "Axis", "days")
    table = at_marks(chart, (an_estimate(), an_estimate((1, 30), half=0.05, title="Vehicles singled out")))
    assert table.head == ("Hits that used older reads", "Vehicles singled out")
    assert [name for name, _ in table.rows] == [
        "7 days",
        "30 days",
        "60 days",
        "90 days",
        "180 days",
        "365 days",
    ]
    assert table.rows[1][1] == (
        ("915 of 4,100 (22.3\u202f%)", ""), ("915 of 4,100 (22.3\u202f%)", "95\u202f% interval 17.3 to 27.3\u202f%"),
    )  # fmt: skip  # a table: what stands in one line belongs together
    assert table.rows[0][1][1] == ("–", "")


def test_a_curve_that_holds_no_mark_is_marked_where_it_has_values():
    """Few values are all marked, of many the first and the last."""
    few = at_marks(a_chart(marks=(1000,)), (an_estimate((2, 4)),))
    many = at_marks(a_chart(marks=(1000,)), (an_estimate(range(2, 50)),))
    assert [name for name, _ in few.rows] == ["2 days", "4 days"]
    assert [name for name, _ in many.rows] == ["2 days", "49 days"]


def test_nothing_to_draw_is_no_curve():
    """A breakdown without numbers gives neither panel nor table."""
    empty = an_estimate(())
    assert panels(a_chart(), (empty,)) == ()
    assert at_marks(a_chart(), (empty,)) is None


def test_one_value_is_drawn():
    """A curve of one day has an axis about it."""
    svg, _ = drawn(a_chart(), an_estimate((30,), half=0.1))
    assert len(dots(svg)) == 1
    assert ">915 of 4,100 (22.3\u202f%)</text>" in svg
