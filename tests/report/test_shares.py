"""A curve of one share by another: both from 0 to 100 %, both named in the drawing, its marks labelled in words."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.estimate import Part
from answerable.report.across import share_text
from answerable.report.charts import at_marks, panels, scale_of
from answerable.report.drawing import draw
from charted import a_measure, chances, shares_chart

WRONG = a_measure("wrong", {"prevalence": chances()})


def a_panel(parts):
    """The only panel of a curve of such parts."""
    (panel,) = panels(shares_chart("wrong"), (a_measure("wrong", {"prevalence": tuple(parts)}),))
    return panel


def curve(sketch):
    """The layer of the curve itself."""
    return next(
        layer
        for layer in sketch.spec["layer"]
        if layer["mark"] == {"type": "line", "color": "#030303", "strokeWidth": 2}
    )


def test_both_scales_run_from_nothing_to_all():
    """The axis and the values are shares: neither scale is cut to what the curve needs."""
    for parts in (chances(), chances(false=1e-4)):
        for sketch in (a_panel(parts).wide, a_panel(parts).narrow):
            encoding = curve(sketch)["encoding"]
            assert encoding["x"]["scale"]["domain"] == [0, 1]
            assert encoding["y"]["scale"]["domain"] == [0, 1]
            assert {"0\u202f%", "50\u202f%", "100\u202f%"} <= set(sketch.words)


def test_a_curve_of_many_shares_is_one_line_with_dots_at_its_marks():
    """Ninety-nine values are a line, and four of them are marked."""
    svg = str(draw(a_panel(chances()), "c", "Title")[0])
    assert len(re.findall(r'<path [^>]*class="f-bar"', svg)) == 4


def test_marks_are_labelled_in_words():
    """A wide page says what is in the gallery and what is wrong; a narrow one at least both numbers."""
    panel = a_panel(chances())
    assert {
        "1\u202f% in gallery: 88\u202f% wrong",
        "10\u202f% in gallery: 40\u202f% wrong",
        "50\u202f% in gallery: 7\u202f% wrong",
    } <= set(panel.wide.words)
    for sketch in (panel.wide, panel.narrow):
        for value in ("88", "40", "7", "1.1"):
            assert any(re.search(rf"\b{value}\u202f%", word) for word in sketch.words), value


def test_both_axes_are_named_in_the_drawing():
    """The words that it is a model stand in the drawing, above the values; the shares are named below."""
    for sketch in (a_panel(chances()).wide, a_panel(chances()).narrow):
        assert any(word.startswith("Chance that a lead is wrong, by a model") for word in sketch.words)
        assert any(word.startswith("Share of searches whose person is in the") for word in sketch.words)


@pytest.mark.parametrize(
    "parts",
    [
        chances(false=0.0),
        [Part(f"{at / 100:g}", 1.0, None, None) for at in range(1, 100)],
        [Part("0.5", 0.5, None, None)],
    ],
)
def test_constant_and_lone_values_are_drawn(parts):
    """No error, nothing but error, or one value: the scales stay, and a value is labelled."""
    panel = a_panel(parts)
    for sketch, svg in zip((panel.wide, panel.narrow), draw(panel, "c", "Title"), strict=True):
        assert "f-bar" in svg
        assert any(word.endswith(("wrong", "\u202f%")) for word in sketch.words)


def test_the_table_gives_both_shares():
    """A row per mark in order, headed by what is across; a share that a model gives is among nothing and has no count."""
    table = at_marks(shares_chart("wrong"), (WRONG,))
    assert table.across == "share of searches whose person is in the gallery"
    assert [name for name, _ in table.rows] == ["1\u202f%", "10\u202f%", "50\u202f%", "90\u202f%"]
    assert table.rows[0][1] == (("88\u202f%", ""),)


def test_who_cannot_see_it_is_told_the_marks():
    """The description gives the span and every mark as percentages."""
    said = a_panel(chances()).description
    assert said.startswith(
        "99 values from 1\u202f% to 99\u202f%. 1\u202f%: 88\u202f%; 10\u202f%: 40\u202f%; 50\u202f%: 7\u202f%; 90\u202f%: 1.1\u202f%."
    )
    assert "Both scales run from 0 to 100\u202f%" in scale_of(shares_chart("wrong"), 1)


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0"), (1, "100"), (0.5, "50"), (0.0078, "0.78"), (0.986, "99"), (0.996, "99.6"), (0.99996, "99.996"), (0.999991, "over 99.999"), (1e-7, "under 0.001")],
)  # fmt: skip  # a table: what stands in one line belongs together
def test_shares_have_two_digits(share, text):
    """A chance by a model is not written finer than it can be read, and never as 0 % or 100 % where it is neither."""
    assert share_text(share) == f"{text}\u202f%"


@given(st.floats(0, 1) | st.floats(0.99, 1) | st.floats(0, 1e-4))
def test_only_nothing_is_written_as_nothing_and_only_all_as_all(share):
    """Whatever a model gives, 0 % and 100 % are said of 0 and 1 alone."""
    assert (share_text(share) == "0\u202f%") is (share == 0)
    assert (share_text(share) == "100\u202f%") is (share == 1)


@given(st.lists(st.floats(0, 1) | st.floats(0.99, 1) | st.floats(0, 1e-4), min_size=2, max_size=6))
def test_higher_shares_are_never_written_lower(shares):
    """The order of shares is the order of what is written of them."""
    written = [float(re.sub(r"[^\d.]", "", share_text(share))) for share in sorted(shares)]
    assert all(one <= two for one, two in itertools.pairwise(written))
