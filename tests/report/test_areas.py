"""A map: a shade for each class, a key with how many areas each has, numbers for who cannot see it, and no word of a place."""

import re
from dataclasses import replace

import pytest

from answerable.outlines import Outlines
from answerable.report.canvas import HEAT, NARROW, WIDE
from answerable.report.charts import at_marks, missing_map, panels, scale_of
from answerable.report.drawing import draw
from answerable.report.page import page
from charted import CLASSES, map_chart, mapped

CHART = map_chart("mapped")


def a_panel(estimate=None):
    """The only panel of a map."""
    (panel,) = panels(CHART, (estimate or mapped("mapped"),))
    return panel


def shapes(svg):
    """Give the path of each shade."""
    paths = re.findall(r"<path [^>]*>", svg)
    found = ((re.search(r"f-heat-(\d)", path), re.search(r' d="([^"]*L[^"]*)"', path)) for path in paths)
    return {rank[1]: path[1] for rank, path in found if rank and path}


def test_each_class_has_a_shade_and_no_more():
    """Every class that has a shape is one path in its own shade, in the order of the classes."""
    for svg in map(str, draw(a_panel(), "c", "Title")):
        assert list(shapes(svg)) == ["0", "1", "3"]
        assert svg.count("s-paper") == 3


def test_the_key_says_how_many_lie_in_each_class():
    """Six classes, one of them empty, each with its square and its number of areas."""
    for sketch in (a_panel().wide, a_panel().narrow):
        assert [word for word in sketch.words if ": " in word] == [
            "never: 6 areas", "seldom: 2 areas", "sometimes: 0 areas", "often: 1 area",
        ]  # fmt: skip  # a list of words
        swatches = [
            layer["mark"]["fill"] for layer in sketch.spec["layer"] if layer["mark"]["type"] == "rect"
        ]
        assert swatches == list(HEAT[:4])


def test_a_map_has_its_aspect_at_both_widths():
    """Wide and narrow drawings are the same map: no side of it is stretched."""
    found = {}
    for sketch in (a_panel().wide, a_panel().narrow):
        rings = [ring for layer in sketch.spec["layer"] if layer["mark"]["type"] == "geoshape"
                 for ring in layer["data"]["values"][0]["geometry"]["coordinates"]]  # fmt: skip  # one expression
        across, down = ([point[axis] for ring in rings for point in ring] for axis in (0, 1))
        found[sketch.width] = (max(across) - min(across)) / (max(down) - min(down))
        assert max(across) <= sketch.width
    assert found[WIDE] == pytest.approx(found[NARROW], rel=0.01) == pytest.approx(1.5, rel=0.01)


def test_who_cannot_see_it_has_the_numbers():
    """The description and the table give areas and flags by class, each with its denominator."""
    table = at_marks(CHART, (mapped("mapped"),))
    assert table.head == ("Areas", "Flags")
    assert table.rows[0] == ("never", (("6 of 9 (67\u202f%)", ""), ("0 of 40 (0\u202f%)", "")))
    assert table.rows[3] == ("often", (("1 of 9 (11\u202f%)", ""), ("30 of 40 (75\u202f%)", "")))
    assert "never, areas: 6 of 9 (67\u202f%); flags: 0 of 40 (0\u202f%)" in a_panel().description


def test_there_are_no_names_links_or_hints_in_it():
    """What is drawn holds paths, squares and the words of the key: no title of a shape, no link, no image and no data."""
    for svg in map(str, draw(a_panel(), "c", "Title")):
        assert set(re.findall(r"<(\w+)", svg)) == {"svg", "title", "desc", "path", "text", "g"} - (
            {"g"} if "<g" not in svg else set()
        )
        assert svg.count("<title") == svg.count("<desc") == 1
        assert not re.search(r"href|data-|<a |onclick|aria-label=", svg)


def test_squares_have_no_hair_between_them():
    """Shapes that stand for several areas are not set apart."""
    drawn = replace(mapped("mapped").outlines, square=10, notes=("Squares.",))
    panel = a_panel(replace(mapped("mapped"), outlines=drawn))
    assert "s-paper" not in str(draw(panel, "c", "Title")[0])
    assert panel.note == "Squares."
    assert panel.description.endswith("Squares.")


def test_a_shape_that_vanishes_on_a_narrow_page_stays_a_dot():
    """No area is lost where the page is small; a hole that vanishes is left out."""
    ring, hole = (4, 4, 6, 4, 6, 6, 4, 6), (500, 500, 500, 501, 501, 501, 501, 500)
    large = (0, 0, 1360, 0, 1360, 1000, 0, 1000)
    drawn = Outlines(
        breakdown="class", width=1360, height=1000, shapes={"never": (large, hole), "often": (ring,)}
    )
    narrow = a_panel(replace(mapped("mapped"), outlines=drawn)).narrow
    held = {
        layer["mark"]["fill"]: layer["data"]["values"][0]["geometry"]["coordinates"]
        for layer in narrow.spec["layer"]
        if layer["mark"]["type"] == "geoshape"
    }
    assert len(held[HEAT[0]]) == 1
    assert held[HEAT[3]] == [[[2, 2], [4, 2], [4, 4], [2, 4], [2, 2]]]


def test_without_shapes_the_reason_is_given_and_the_table_stays(contents_with):
    """A figure that cannot be drawn says why, in the page, above its numbers."""
    bare = replace(
        mapped("scores.mapped"),
        outlines=Outlines(breakdown="class", missing="These records do not say where the areas lie."),
    )
    assert panels(CHART, (bare,)) == ()
    assert missing_map(CHART, (bare,)) == "No map is drawn. These records do not say where the areas lie."
    given = contents_with()
    text = page(contents_with(estimates={**given.estimates, "scores.mapped": bare}))
    figure = next(each for each in text.split("<figure>") if "No map is drawn." in each)
    assert "<svg" not in figure.split("</figure>")[0]
    assert "6 of 9 (67\u202f%)" in figure


def test_a_measure_without_outlines_has_no_map():
    """Nothing is drawn and nothing is said of a measure that has no places."""
    plain = replace(mapped("mapped"), outlines=None)
    assert panels(CHART, (plain,)) == ()
    assert missing_map(CHART, (plain,)) == ""
    assert at_marks(CHART, (plain,)) is None


def test_the_scale_says_what_shades_are():
    """Shades are classes; nothing of the earth is drawn."""
    assert scale_of(CHART, 1).startswith("Shades stand for classes and not for a scale")
    assert CLASSES[0] == "never"
