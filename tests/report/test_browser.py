"""The report, opened in a real browser: what a reader sees, on a telephone, on a desk, on paper and by keyboard."""

import dataclasses
import os
import re
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from answerable.estimate import Estimate
from answerable.report.outputs import write_outputs
from answerable.report.page import page

pytestmark = pytest.mark.browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
QUIET = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip  # a table: what stands in one line belongs together
PHONE, DESK = (360, 740), (1440, 900)
WIDTHS = (320, 360, 680, 1000, 1440)
EVERY_VIEW = [(size, scheme) for size in (PHONE, DESK) for scheme in ("light", "dark")]

UNFOLD = "document.querySelectorAll('details').forEach(each => { each.open = true })"
OVERRUN = """() => [...document.querySelectorAll('p, h1, h2, h3, li, dt, dd, th, td, caption, summary, figcaption')]
    .filter(each => each.clientWidth && each.scrollWidth > each.clientWidth + 1)
    .map(each => each.textContent.trim().slice(0, 60))"""
CUT_OFF = """() => [...document.querySelectorAll('svg[role=img] text')].filter(each => {
    const text = each.getBoundingClientRect(), chart = each.closest('svg').getBoundingClientRect()
    return text.left < chart.left - 1 || text.right > chart.right + 1
  }).map(each => each.textContent)"""
COVERED = """() => [...document.querySelectorAll('svg[role=img]')].flatMap(svg => {
    const marks = [...svg.querySelectorAll('text, path.f-bar')].map(each => [each, each.getBoundingClientRect()])
    return [...svg.querySelectorAll('text')].filter(each => {
      const text = each.getBoundingClientRect()
      return marks.some(([mark, box]) => mark !== each && box.width && text.left < box.right - 1
        && text.right > box.left + 1 && text.top + 3 < box.bottom - 3 && text.bottom - 3 > box.top + 3)
    }).map(each => each.textContent)
  })"""
SCROLLABLE = """() => [...document.querySelectorAll('body *')].filter(each => {
    const style = getComputedStyle(each)
    return (/auto|scroll/.test(style.overflowX) && each.scrollWidth > each.clientWidth + 1)
      || (/auto|scroll/.test(style.overflowY) && each.scrollHeight > each.clientHeight + 1)
  }).map(each => ({ stop: each.tabIndex, role: each.getAttribute('role'), label: each.getAttribute('aria-label') }))"""
CHARTS = """() => [...document.querySelectorAll('svg[role=img]')].map(svg => ({
    title: svg.querySelector(':scope > title')?.textContent ?? '',
    description: svg.querySelector(':scope > desc')?.textContent ?? '',
    named: svg.getAttribute('aria-labelledby').split(' ').every(id => svg.contains(document.getElementById(id))),
    form: svg.getAttribute('class'),
    seen: svg.getBoundingClientRect().height > 0,
  }))"""
FOLDED = """() => [...document.querySelectorAll('details:not(.query) > :not(summary)')]
    .filter(each => !each.checkVisibility({ contentVisibilityAuto: true }) || each.getBoundingClientRect().height === 0)
    .map(each => each.textContent.trim().slice(0, 60))"""


@pytest.fixture(scope="module")
def browser():
    """A real Chromium, which must be there: what a reader sees cannot be tested without it."""
    found = next(filter(None, map(shutil.which, (*NAMES, *PLACES))), None)
    if not found:
        pytest.fail(
            f"No browser was found, looking for {', '.join(NAMES)} on the PATH. Install Chromium: "
            "apt-get install chromium on Debian, brew install --cask chromium on macOS."
        )
    root = ("--no-sandbox",) if getattr(os, "geteuid", lambda: 1)() == 0 else ()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=[*QUIET, *root])
        yield started
        started.close()


@pytest.fixture(scope="module")
def report(contents, tmp_path_factory):
    """The sample's report.html, as an audit writes it."""
    return write_outputs(contents, tmp_path_factory.mktemp("report"))[0]


@pytest.fixture
def opened(browser, report):
    """Open the report, or another file, in a window of its own; ``heard`` is what the browser said meanwhile."""
    contexts = []

    def open_it(size=DESK, file: Path = report, **options):
        context = browser.new_context(viewport=dict(zip(("width", "height"), size, strict=True)), **options)
        contexts.append(context)
        tab = context.new_page()
        tab.heard = []
        tab.on("console", lambda message: tab.heard.append(f"console: {message.text}"))
        tab.on("pageerror", lambda error: tab.heard.append(f"error: {error}"))
        tab.on("dialog", lambda dialog: (tab.heard.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        tab.on("request", lambda request: tab.heard.append(f"request: {request.url}"))
        tab.goto(file.as_uri())
        return tab

    yield open_it
    for context in contexts:
        context.close()


def rgb(colour):
    """Read a computed colour such as ``rgb(20, 23, 26)``."""
    return [int(each) for each in re.findall(r"\d+", colour)[:3]]


def luminance(colour):
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    shares = [value / 255 for value in rgb(colour)]
    red, green, blue = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in shares
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Contrast ratio of two colours (WCAG 2.2): 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def pages(pdf):
    """Count the pages of a PDF."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def crowded(contents, contents_with):
    """Make the sample with millions of searches, and with agencies in capitals and in wide characters."""

    def label(text):
        return "監視記録検索部門" * 9 if text == "Hale County Sheriff" else text.upper()

    def enlarge(each, **more):
        return dataclasses.replace(
            each, numerator=5678 * each.numerator, denominator=5678 * each.denominator, **more
        )

    def crowd(each):
        if not isinstance(each, Estimate) or each.kind != "share":
            return each
        rows = {
            name: tuple(enlarge(part, label=label(part.label)) for part in parts)
            for name, parts in each.breakdowns.items()
        }
        return enlarge(each, breakdowns=rows)

    return contents_with(estimates={name: crowd(each) for name, each in contents.estimates.items()})


@pytest.mark.parametrize(("size", "scheme"), EVERY_VIEW)
def test_nothing_stands_in_the_way_of_a_screen_reader(opened, size, scheme):
    """Unfolded, the page has no serious or critical fault that axe knows of, in light and in dark."""
    tab = opened(size, color_scheme=scheme)
    tab.evaluate(UNFOLD)
    found = Axe().run(tab)
    worst = [each["id"] for each in found.response["violations"] if each["impact"] in {"serious", "critical"}]
    assert worst == [], found.generate_report()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_never_scrolls_sideways(opened, width):
    """Folded or not, the page is as wide as the window: what is wider scrolls within it."""
    tab = opened((width, 800))
    assert tab.evaluate("document.scrollingElement.scrollWidth") <= width
    tab.evaluate(UNFOLD)
    assert tab.evaluate("document.scrollingElement.scrollWidth") <= width


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_the_first_screen_holds_the_answer(opened, size):
    """The headline is seen whole before anybody scrolls, and so is the count of each status on a desk."""
    tab = opened(size)
    for selector in ("h1", ".tally") if size == DESK else ("h1", ".basis"):
        box = tab.locator(selector).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size[0]
        assert 0 < box["y"] < box["y"] + box["height"] <= size[1], selector
    assert tab.locator("h1").inner_text().startswith("Of 8 clauses, 3 are breached")


@pytest.mark.parametrize("script", [True, False])
def test_the_page_asks_for_nothing_and_needs_no_script(opened, report, script):
    """With script or without, the only request is for the file itself, and the browser has nothing to say."""
    tab = opened(java_script_enabled=script)
    tab.locator("summary", has_text="The query").first.click()
    assert tab.locator("details[open] pre.sql").first.is_visible()
    tab.locator("nav a").last.click()
    assert tab.url.endswith("#reading")
    assert tab.locator("#reading").is_visible()
    assert set(tab.heard) == {f"request: {report.as_uri()}"}


def test_the_page_breaks_no_rule_of_its_own_policy(browser, report):
    """The content security policy in the page's head is never set off."""
    with browser.new_context() as context:
        context.add_init_script(
            "window.broken = []; addEventListener('securitypolicyviolation', event => broken.push(event.violatedDirective))"
        )
        tab = context.new_page()
        tab.goto(report.as_uri())
        assert tab.evaluate("broken") == []
        tab.evaluate(
            "document.head.append(Object.assign(document.createElement('script'), { textContent: '1' }))"
        )
        tab.wait_for_function("broken.length", timeout=5000)
        assert tab.evaluate("broken") == ["script-src-elem"]


def test_the_first_stop_skips_to_the_contents(opened):
    """The first Tab shows the skip link, and Enter on it leads to the contents."""
    tab = opened()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    box = tab.locator(".skip").bounding_box()
    assert box["x"] >= 0
    assert box["y"] >= 0
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "contents"
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.getAttribute('href')") == "#findings"


def test_a_fold_opens_by_keyboard(opened):
    """Tab reaches a folded passage, Enter opens it and Space closes it again."""
    tab = opened()
    for _ in range(100):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    opens = "document.activeElement.parentElement.open"
    assert tab.evaluate(opens) is False
    tab.keyboard.press("Enter")
    assert tab.evaluate(opens) is True
    tab.keyboard.press("Space")
    assert tab.evaluate(opens) is False


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_what_scrolls_can_be_reached_by_keyboard(opened, size):
    """Each region that scrolls is a stop of the Tab key, with a name."""
    tab = opened(size)
    tab.evaluate(UNFOLD)
    found = tab.evaluate(SCROLLABLE)
    assert size == DESK or found
    assert [each for each in found if each["stop"] < 0 or each["role"] != "region" or not each["label"]] == []


def test_a_wide_table_scrolls_by_keyboard(opened):
    """An arrow key moves a table that is wider than a telephone."""
    tab = opened(PHONE)
    table = tab.get_by_role("region", name="The accounting, table")
    table.focus()
    for _ in range(50):  # a busy browser may let a key go by
        tab.keyboard.press("ArrowRight")
        tab.wait_for_timeout(50)
        if moved := table.evaluate("each => each.scrollLeft"):
            break
    assert moved > 0


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_each_chart_is_described_and_drawn_once(opened, size):
    """Each chart has a title and a description, and one of its two drawings is seen."""
    charts = opened(size).evaluate(CHARTS)
    assert charts
    assert all(each["title"] and each["description"] and each["named"] for each in charts)
    assert [each["form"] for each in charts] == ["wide", "narrow"] * (len(charts) // 2)
    seen = [each["form"] for each in charts if each["seen"]]
    assert seen == ["narrow" if size == PHONE else "wide"] * (len(charts) // 2)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_text_runs_out_of_its_place(opened, width):
    """No sentence, cell or label is wider than its box, nor set over a bar or another label."""
    tab = opened((width, 800))
    tab.evaluate(UNFOLD)
    assert tab.evaluate(OVERRUN) == []
    assert tab.evaluate(CUT_OFF) == []
    assert tab.evaluate(COVERED) == []


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_charts_have_room_for_millions_and_for_capitals(opened, contents, contents_with, tmp_path, size):
    """Long figures and wide names stay within their charts, and beside the bars."""
    file = tmp_path / "crowded.html"
    file.write_text(page(crowded(contents, contents_with)), encoding="utf-8")
    tab = opened(size, file)
    assert tab.locator("svg text", has_text="of 10,220,400").count()
    assert tab.evaluate(CUT_OFF) == []
    assert tab.evaluate(COVERED) == []
    assert tab.evaluate("document.scrollingElement.scrollWidth") <= size[0]


def test_paper_shows_what_is_folded(opened):
    """In print the folded passages are open but for the queries; the contents and the skip link are left out."""
    tab = opened()
    assert tab.evaluate(FOLDED) != []
    tab.emulate_media(media="print")
    tab.wait_for_function(f"({FOLDED})().length === 0", timeout=5000)
    assert tab.evaluate(OVERRUN) == []
    assert tab.locator("nav").is_hidden()
    assert tab.locator(".skip").is_hidden()
    assert tab.locator("pre.sql:visible").count() == 0
    assert {each["form"] for each in tab.evaluate(CHARTS) if each["seen"]} == {"wide"}


def test_paper_says_where_the_queries_are(opened):
    """Each measure's query is named where it can be read, on paper alone; one that a reader has unfolded is printed."""
    tab = opened()
    where = tab.locator("#m-searches-no-reason .on-paper")
    assert where.is_hidden()
    tab.locator("#m-searches-no-reason summary", has_text="The query").click()
    tab.emulate_media(media="print")
    assert where.is_visible()
    assert "answerable measures show searches.no_reason" in where.inner_text()
    assert tab.locator("pre.sql:visible").count() == 1
    assert tab.locator("p.on-paper").is_visible()


def test_nothing_is_wider_than_the_paper(opened):
    """A browser shrinks a print that is wider than its paper: nothing here makes it."""
    tab = opened((672, 900))  # A4 within its margins, in CSS pixels
    tab.emulate_media(media="print")
    tab.wait_for_function(f"({FOLDED})().length === 0", timeout=5000)
    assert tab.evaluate("document.scrollingElement.scrollWidth") <= 672


def test_the_printed_report_is_whole_and_short(opened):
    """The PDF has as many pages as if every passage but the queries had been unfolded by hand, and far fewer than with them."""
    tab = opened()
    folded = pages(tab.pdf(format="A4"))
    tab.evaluate(UNFOLD)
    with_queries = pages(tab.pdf(format="A4"))
    tab.evaluate("document.querySelectorAll('details.query').forEach(each => { each.open = false })")
    assert folded > 1
    assert folded == pages(tab.pdf(format="A4"))
    assert folded < with_queries


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
def test_dark_is_dark_and_can_be_read(opened, scheme, dark):
    """The page follows the reader's scheme, and its text stands out from its ground."""
    tab = opened(color_scheme=scheme)
    ground, ink = tab.evaluate(
        "(({ backgroundColor, color }) => [backgroundColor, color])(getComputedStyle(document.body))"
    )
    assert (luminance(ground) < 0.05) is dark
    assert contrast(ground, ink) >= 4.5


def test_hostile_cells_are_read_as_text(opened):
    """Script, markup, template syntax and hidden characters from a source are words on the page, and do nothing."""
    tab = opened()
    tab.evaluate(UNFOLD)
    assert tab.locator("script, img, iframe, object, embed, form, link, base").count() == 0
    assert not [each for each in tab.heard if not each.startswith("request: file:")]
    text = tab.locator("body").inner_text()
    for shown in (
        "<script>alert(1)</script>",
        "{{ 7 * 7 }}{% for x in y %}",
        '"><img src=x onerror=alert(1)>',
        "U+202Egnp.exeU+202C",
        "nulU+0000 bellU+0007 escU+001B[31m",
        '=HYPERLINK("http://example.test","x")',
    ):
        assert shown in text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", text)
    assert tab.locator("a[href^='javascript' i]").count() == 0
