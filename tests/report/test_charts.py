"""Charts are drawn from numbers, say what they show, and take their colours from the page."""

import dataclasses
import re

import pytest

from answerable.estimate import Estimate, Interval, Part
from answerable.programmes.section import Chart
from answerable.report.bars import bars
from answerable.report.canvas import NARROW, WIDE, Mark, text_width
from answerable.report.charts import panels
from answerable.report.drawing import draw
from answerable.report.lines import lines


def an_estimate(**more):
    """One share with nothing to break down."""
    fields = {
        "measure": "searches.x", "title": "Searches of a kind", "kind": "share", "value": 0.07, "numerator": 7,
        "denominator": 100, "unit": "share of searches", "rule": "", "sql": "", "sentence": "",
    }  # fmt: skip  # a table: what stands in one line belongs together
    return Estimate(**(fields | more))


def a_chart(form, breakdown=""):
    """A chart of that one estimate."""
    return Chart(form, ("searches.x",), lambda _: "Title", "Axis", breakdown)


def drawn(chart, *estimates):
    """The only panel of a chart, wide."""
    (panel,) = panels(chart, estimates)
    return str(draw(panel, "c", "Title")[0])


def widths(svg):
    """The lengths of the bars in pixels."""
    return [float(each) for each in re.findall(r"M0,[\d.]+h([\d.]+)v13", svg)]


def test_bars_are_as_long_as_their_values_from_zero():
    """Twice the value is twice the length."""
    parts = (Part("a", None, 20, 100), Part("b", None, 10, 100), Part("c", None, 5, 100))
    svg = drawn(a_chart("bars", "agency"), an_estimate(breakdowns={"agency": parts}))
    first, second, third = widths(svg)
    assert second == pytest.approx(first / 2, abs=0.02)
    assert third == pytest.approx(first / 4, abs=0.02)


def test_bars_carry_their_figures():
    """Each bar is labelled with its number and denominator, never a bare percentage."""
    svg = drawn(a_chart("bars", "agency"), an_estimate(breakdowns={"agency": (Part("Hale", None, 3, 41),)}))
    assert ">3 of 41 (7\u202f%)</text>" in svg
    assert ">Hale</text>" in svg


def test_an_interval_is_always_drawn():
    """A sampled estimate shows its interval; a complete count has none to show."""
    sampled = an_estimate(interval=Interval(0.03, 0.14, 0.95, "Wilson"))
    assert drawn(a_chart("measures"), sampled).count("f-line") == 2
    assert "f-line" not in drawn(a_chart("measures"), an_estimate())


def test_a_parts_interval_is_drawn_and_said():
    """Each bar that was sampled has its own interval, and who cannot see it is told it in full."""
    parts = (Part("a", None, 7, 100, Interval(0.03, 0.14, 0.95, "Wilson")), Part("b", None, 2, 100))
    (panel,) = panels(a_chart("bars", "agency"), (an_estimate(breakdowns={"agency": parts}),))
    assert str(draw(panel, "c", "Title")[0]).count("f-line") == 2
    assert (
        panel.description
        == "a: 7 of 100 (7.0\u202f%, 95\u202f% interval 3.0 to 14.0\u202f%); b: 2 of 100 (2.0\u202f%)."
    )


def test_months_have_whiskers_where_they_have_intervals():
    """The scale reaches the highest bound, and the label of the highest month stands above the bounds beneath it."""
    bounds = Interval(0.03, 0.38, 0.95, "Wilson")
    parts = (
        Part("2025-01", None, 5, 100),
        Part("2025-02", None, 9, 100, bounds),
        Part("2025-03", None, 1, 100),
    )
    (panel,) = panels(a_chart("months", "month"), (an_estimate(breakdowns={"month": parts}),))
    svg = str(draw(panel, "c", "Title")[0])
    assert svg.count("f-line") == 2
    assert "40\u202f%" in svg
    (label,) = [layer for layer in panel.wide.spec["layer"] if layer["mark"].get("dy") == -14]
    assert label["data"]["values"][0]["v"] == pytest.approx(0.38)
    assert "Feb 2025: 9 of 100 (9.0\u202f%, 95\u202f% interval 3.0 to 38.0\u202f%)" in panel.description


def test_up_to_a_days_hours_are_all_drawn_and_more_are_counted():
    """Twenty-four bars are drawn; of twenty-five the first twelve, and the chart says so."""
    parts = tuple(Part(str(at), None, at, 100) for at in range(25))
    (all_hours,) = panels(a_chart("bars", "hour"), (an_estimate(breakdowns={"hour": parts[:24]}),))
    (too_many,) = panels(a_chart("bars", "hour"), (an_estimate(breakdowns={"hour": parts}),))
    assert len(all_hours.wide.spec["data"]["values"]) == 24
    assert all_hours.note == ""
    assert len(too_many.wide.spec["data"]["values"]) == 12
    assert too_many.note == "The first 12 of 25 are drawn."


def test_a_month_without_records_is_a_gap():
    """The line is broken over a missing month, which is not drawn as zero."""
    parts = tuple(Part(month, None, 5, 100) for month in ("2025-01", "2025-02", "2025-04", "2025-05"))
    (panel,) = panels(a_chart("months", "month"), (an_estimate(breakdowns={"month": parts}),))
    rows = panel.wide.spec["data"]["values"]
    assert [(row["x"], row["run"]) for row in rows] == [(0.5, 0), (1.5, 0), (3.5, 1), (4.5, 1)]


def test_the_highest_month_is_labelled():
    """The reader need not measure the line: its top is named with its figure."""
    parts = (Part("2025-01", None, 5, 100), Part("2025-02", None, 9, 100), Part("2025-03", None, 1, 100))
    svg = drawn(a_chart("months", "month"), an_estimate(breakdowns={"month": parts}))
    assert ">Feb 2025: 9 of 100 (9.0\u202f%)</text>" in svg


@pytest.mark.parametrize("highest", [0, 5, 11])
def test_the_label_of_the_highest_month_clears_the_axis_and_the_edge(highest):
    """On a narrow page a long label begins right of the axis, and ends before the edge."""
    figures = [900_000 if month == highest else 100_000 for month in range(12)]
    points = tuple(Part(f"2025-{at + 1:02d}", None, each, 1_000_000) for at, each in enumerate(figures))
    (panel,) = panels(a_chart("months", "month"), (an_estimate(breakdowns={"month": points}),))
    svg = str(draw(panel, "c", "Title")[1])
    middle, text = re.search(
        r"translate\(([\d.]+),[\d.-]+\)\"[^>]*>(\w+ 2025: 900,000 of [^<]*)</text>", svg
    ).groups()
    left, half = int(re.search(r"translate\((\d+),26\)", svg)[1]), text_width(text) / 2
    assert float(middle) - half >= -0.01
    assert left + float(middle) + half <= NARROW + 0.01


def test_a_mistyped_year_makes_no_endless_chart():
    """Months a thousand years apart are cut to a hundred years."""
    parts = (Part("1025-01", None, 50, 100), Part("2025-02", None, 9, 100))
    svg = drawn(a_chart("months", "month"), an_estimate(breakdowns={"month": parts}))
    assert len(svg) < 20_000
    assert "9 of 100" in svg


@pytest.mark.parametrize("top", [1e-9, 0.0017, 0.03, 0.2, 0.99, 1.0, 7, 24, 1470, 3.2e7])
def test_ticks_start_at_zero_and_reach_the_top(top):
    """Two to four round steps, whatever the size of the numbers."""
    sketch = lines({"2025-01": Mark("2025-01", top, "x")}, ["2025-01"], "quantity", WIDE)
    ticks = [each["v"] for each in sketch.spec["layer"][0]["data"]["values"]]
    assert ticks[0] == 0
    assert ticks[-1] >= top * (1 - 1e-9)
    assert 3 <= len(ticks) <= 5


def test_nothing_to_draw_is_no_chart():
    """A breakdown that the records could not fill gives no empty axes."""
    empty = an_estimate(breakdowns={"agency": (Part("a", None, None, None),)})
    assert panels(a_chart("bars", "agency"), (empty,)) == ()
    assert panels(a_chart("months", "month"), (empty,)) == ()
    assert panels(a_chart("measures"), ()) == ()


def test_all_zero_values_are_drawn_as_nothing_and_still_labelled():
    """Zero is a finding: it has a row and a figure."""
    svg = drawn(a_chart("bars", "agency"), an_estimate(breakdowns={"agency": (Part("Hale", None, 0, 41),)}))
    assert ">0 of 41 (0\u202f%)</text>" in svg


def test_no_text_from_a_source_reaches_the_renderer():
    """A specification holds tokens where words will stand."""
    sketch = bars([Mark("<b>Hale</b> \u202e", 1, "3 of 41 (7 %)")], NARROW)
    assert "Hale" not in repr(sketch.spec)
    assert "3 of 41" not in repr(sketch.spec)
    assert "<b>Hale</b> [U+202E]" in sketch.words


def test_a_drawing_has_no_colour_and_no_font_of_its_own():
    """Paint is a class and type is the page's, so that light, dark and print each have theirs."""
    parts = (Part("a", None, 20, 100), Part("b", None, 10, 100))
    svg = drawn(a_chart("bars", "agency"), an_estimate(breakdowns={"agency": parts}))
    assert "#" not in svg
    assert "font-family" not in svg
    assert 'class="f-bar"' in svg


def test_a_drawing_has_a_text_alternative():
    """It is one image to a screen reader, with the title and every value."""
    parts = (Part("Hale <PD>", None, 20, 100),)
    (panel,) = panels(a_chart("bars", "agency"), (an_estimate(breakdowns={"agency": parts}),))
    for svg, name in zip(draw(panel, "c", "Some & title"), ("c-wide", "c-narrow"), strict=True):
        assert f'role="img" class="{name[2:]}" aria-labelledby="{name}-t {name}-d"' in svg
        assert f'<title id="{name}-t">Some &amp; title</title>' in svg
        assert f'<desc id="{name}-d">Hale &lt;PD&gt;: 20 of 100 (20.0\u202f%).</desc>' in svg


def test_several_measures_by_month_share_their_months():
    """Two measures are two panels over the same months, with their names; never two axes."""
    one = an_estimate(breakdowns={"month": (Part("2025-01", None, 1, 10), Part("2025-03", None, 1, 10))})
    two = dataclasses.replace(one, title="Others", breakdowns={"month": (Part("2025-02", None, 1, 10),)})
    first, second = panels(a_chart("months", "month"), (one, two))
    assert (first.subtitle, second.subtitle) == ("Searches of a kind", "Others")
    domains = [panel.wide.spec["layer"][2]["encoding"]["x"]["scale"]["domain"] for panel in (first, second)]
    assert domains == [[0, 3], [0, 3]]
