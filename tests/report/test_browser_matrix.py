"""A matrix in a real browser: what stands in its cells can be read, and its names stay in sight where it scrolls."""

import os
import re
import shutil

import pytest
from playwright.sync_api import sync_playwright

from answerable.programmes.section import Section
from answerable.report.page import page
from charted import GROUPS, a_measure, matrix_chart, pairs

pytestmark = pytest.mark.browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CELLS = """() => [...document.querySelectorAll('svg[role=img]')].filter(svg => svg.getBoundingClientRect().height).flatMap(svg => {
    const boxes = [...svg.querySelectorAll('[class*="f-heat"], [class*="f-paper"]')]
      .map(each => [each.getBoundingClientRect(), getComputedStyle(each).fill])
    return [...svg.querySelectorAll('[class*="f-on-"]')].map(each => {
      const text = each.getBoundingClientRect(), x = (text.left + text.right) / 2, y = (text.top + text.bottom) / 2
      const found = boxes.find(([box]) => box.left < x && x < box.right && box.top < y && y < box.bottom)
      return [each.textContent, getComputedStyle(each).fill, found[1], text.width <= found[0].width]
    })
  })"""
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1440, "height": 900}


@pytest.fixture(scope="module")
def browser():
    """A real Chromium."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.fail("No browser was found on the PATH: apt-get install chromium on Debian.")
    root = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--disable-gpu", *root])
        yield started
        started.close()


@pytest.fixture(scope="module")
def file(contents, contents_with, tmp_path_factory):
    """A page of three matrices: twelve groups, every shade, and none."""
    errors = {
        "twelve": (GROUPS, lambda one, other: 3 ** ((one + other) % 8)),
        "shades": (("F", "M", "X"), lambda one, other: 9 ** (one + other)),
        "none": (("F", "M"), lambda *_: 0),
    }
    measures = {
        name: a_measure(name, {"pair of groups": pairs(groups, made)}, kind="share")
        for name, (groups, made) in errors.items()
    }
    section = Section("pairs", "Pairs", "Who?", tuple(measures), tuple(map(matrix_chart, measures)))
    (programme,) = contents.programmes
    audited = type(programme)(programme.name, programme.title, (section,), (), {}, {})
    made = tmp_path_factory.mktemp("matrix") / "report.html"
    made.write_text(
        page(contents_with(estimates=measures, programmes=(audited,), findings=())), encoding="utf-8"
    )
    return made


def luminance(colour):
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    shares = [int(each) / 255 for each in re.findall(r"\d+", colour)[:3]]
    red, green, blue = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in shares
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("size", [PHONE, DESK])
@pytest.mark.parametrize(("scheme", "media"), [("light", "screen"), ("dark", "screen"), ("dark", "print")])
def test_every_cell_can_be_read(browser, file, size, scheme, media):
    """On every shade text has a contrast of 4.5 to 1 or more, in light, in dark and on paper, and fits its cell."""
    with browser.new_context(viewport=size, color_scheme=scheme) as context:
        tab = context.new_page()
        tab.goto(file.as_uri())
        tab.emulate_media(media=media)
        cells = tab.evaluate(CELLS)
    assert len(cells) > 144
    assert len({fill for _, _, fill, _ in cells}) == 7
    for text, ink, fill, fits in cells:
        darker, lighter = sorted((luminance(ink), luminance(fill)))
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (text, ink, fill)
        assert fits, text


def test_names_stay_in_sight_while_the_cells_scroll(browser, file):
    """On a telephone the matrix scrolls by keyboard within its own box, and not the page; the rows keep their names."""
    with browser.new_context(viewport=PHONE) as context:
        tab = context.new_page()
        tab.goto(file.as_uri())
        box = tab.locator("figure .narrow.scroll").first
        names = box.locator("svg.stays")
        before = names.bounding_box()
        box.focus()
        for _ in range(50):  # a busy browser may let a key go by
            tab.keyboard.press("ArrowRight")
            tab.wait_for_timeout(50)
            if box.evaluate("each => each.scrollLeft") > 100:
                break
        assert box.evaluate("each => each.scrollLeft") > 100
        assert names.bounding_box()["x"] == before["x"]
        assert tab.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"]
        assert names.locator("text").first.text_content() == "East Africa"
