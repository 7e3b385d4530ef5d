"""The web app in a real browser: judged by keyboard alone, without script, on a telephone and on a desk."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe

from answerable.auditing import conclude_review, open_case, review_of
from cases import copied
from review.conftest import drawn, judge_all
from web.keyboard import browser, judge_by_keyboard, press
from web_apps import running

__all__ = ["browser"]

pytestmark = pytest.mark.browser

PHONE, DESK = (360, 740), (1440, 900)
SEED = "51326143265412635412"
PAGES = (
    "/", "/findings", "/measures", "/measures/searches.no_reason", "/sources", "/reviews", "/reviews/done",
    "/reviews/open/items/{item}", "/reviews/done/conflicts", "/reviews/done/conflicts/{conflict}", "/plan?aim=test&tolerable=5&expected=1",
    "/draw", "/downloads", "/help", "/nothing-here", "/rules", "/trail", "/add",
)  # fmt: skip  # a list of addresses


@pytest.fixture(scope="module")
def shown(browser, audited, tmp_path_factory):
    """A case with a review that is judged and disputed and one that is not, served, with the cookies of a browser that is in."""
    case = copied(audited, tmp_path_factory.mktemp("shown") / "case")
    done = drawn(case, "done", size=8, twice=8)
    judge_all(done, differ=range(1, 9))
    still = drawn(case, "open", size=8, twice=2)
    places = {
        "conflict": done.judgements().conflicts()[0].number,
        "item": next(item.number for item in still.sample.items if "ann" in item.reviewers),
    }
    with running(case) as (_, link, home), browser.new_context() as context:
        tab = context.new_page()
        tab.goto(link)
        tab.goto(f"{home}/reviews/open")
        tab.get_by_role("button", name="Judge as ann").click()
        yield home, context.storage_state(), places


@pytest.fixture
def opened(browser, shown):
    """Open a page of the app in a window of its own; ``heard`` is what the browser said meanwhile."""
    contexts = []
    home, state, places = shown

    def open_it(page, size=DESK, **options):
        view = dict(zip(("width", "height"), size, strict=True))
        context = browser.new_context(viewport=view, storage_state=state, **options)
        contexts.append(context)
        tab = context.new_page()
        tab.heard = []
        tab.on("console", lambda message: tab.heard.append(message.text))
        tab.on("pageerror", lambda error: tab.heard.append(str(error)))
        tab.goto(home + page.format(**places))
        return tab

    yield open_it
    for context in contexts:
        context.close()


@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing_serious(opened, page):
    """Unfolded, on a telephone in light and on a desk in dark, no page has a serious fault, scrolls sideways or breaks a policy."""
    for size, scheme in ((PHONE, "light"), (DESK, "dark")):
        tab = opened(page, size, color_scheme=scheme)
        tab.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        assert tab.evaluate("document.scrollingElement.scrollWidth") <= size[0]
        found = Axe().run(tab)
        worst = [
            each["id"] for each in found.response["violations"] if each["impact"] in {"serious", "critical"}
        ]
        assert worst == [], found.generate_report()
        assert [each for each in tab.heard if "404" not in each] == []


def test_the_skip_link_comes_first(opened):
    """The first Tab shows the skip link, and Enter on it leads past the tabs."""
    tab = opened("/findings")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    assert tab.locator(".skip").bounding_box()["x"] >= 0
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"


def test_questions_appear_as_they_are_asked(opened):
    """A question is hidden until the answers before it lead to it, and hidden again when they no longer do."""
    tab = opened("/reviews/open/items/{item}")
    reach = tab.locator("fieldset[data-question=reach]")
    assert reach.is_hidden()
    tab.keyboard.press("1")
    assert reach.is_visible()
    assert reach.get_by_text("Not asked").is_hidden()
    tab.locator("input[value=none-stated]").focus()
    tab.keyboard.press("3")
    assert reach.is_hidden()


def test_digits_do_not_choose_while_a_note_is_written(opened):
    """In the note a digit is a digit, and Enter a new line."""
    tab = opened("/reviews/open/items/{item}")
    tab.get_by_label("Note").focus()
    tab.keyboard.type("1\n2")
    assert tab.get_by_label("Note").input_value() == "1\n2"
    assert tab.locator("input:checked").count() == 0


def test_enter_saves_nothing_while_a_question_is_open(opened):
    """Enter before all is answered leaves the page as it is, and leads to what is missing."""
    tab = opened("/reviews/open/items/{item}")
    at = tab.url
    tab.keyboard.press("3")
    tab.keyboard.press("Enter")
    assert tab.url == at
    assert tab.evaluate("document.activeElement.name") == "q-support"


def test_a_whole_review_by_keyboard(browser, a_case, tmp_path):
    """Draw, judge as two, settle, conclude and download in the browser: the same numbers as from Python, to the digit."""
    with running(a_case) as (_, link, home), browser.new_context(accept_downloads=True) as context:
        tab = context.new_page()
        tab.goto(link)
        assert tab.url == f"{home}/"
        tab.goto(f"{home}/draw")
        for label, text in (
            ("The review’s name", "first"),
            ("Seed", SEED),
            ("How many searches", "12"),
            ("Items that two judge", "6"),
        ):
            tab.get_by_label(label).fill(text)
        tab.get_by_label("Who judges").fill("ann\nben")
        tab.get_by_role("button", name="Draw it").press("Enter")
        tab.wait_for_url("**/reviews/first")
        desk = review_of(a_case, "first")
        for reviewer in ("ann", "ben"):
            judge_by_keyboard(tab, home, reviewer, desk, differ=(1, 2, 3))
        disputed = [item.number for item in desk.judgements().conflicts()]
        assert disputed
        for number in disputed:
            tab.goto(f"{home}/reviews/first/conflicts/{number}")
            press(tab, {"purpose": "cannot-tell", "support": "supported"})
            tab.get_by_label("Why these answers count").fill("read together")
            tab.get_by_label("Who settles it").fill("ann and ben")
            tab.keyboard.press("Enter")
            tab.wait_for_url("**/conflicts")
        tab.goto(f"{home}/reviews/first")
        tab.get_by_role("button", name="Conclude").press("Enter")
        tab.wait_for_url("**/report.html#reviewed", timeout=120_000)
        assert tab.get_by_role("heading", name="What reviewers found").is_visible()
        tab.goto(f"{home}/downloads")
        with tab.expect_download() as waited:
            tab.get_by_role("link", name="findings.json").press("Enter")
        waited.value.save_as(tmp_path / "findings.json")
    served = json.loads((tmp_path / "findings.json").read_bytes())
    case, found = conclude_review(a_case, "first")
    assert served == json.loads((case.folder.current / "findings.json").read_bytes())
    assert all(
        each.estimate.sentence in case.report.read_text("utf-8").replace("&#39;", "'")
        for each in found.answered
    )
    assert open_case(a_case).verify() == []


def test_judging_needs_no_script(browser, a_case):
    """Without script every question is shown, the one that is not asked stays so, and the answers are saved."""
    desk = drawn(a_case, size=4)
    with running(a_case) as (_, link, home), browser.new_context(java_script_enabled=False) as context:
        tab = context.new_page()
        tab.goto(link)
        tab.goto(f"{home}/reviews/first")
        tab.get_by_role("button", name="Judge as ann").click()
        number = int(tab.url.rpartition("/")[2])
        tab.get_by_label("No purpose is stated").check()
        tab.get_by_label("There is, and it fits").check()
        assert tab.get_by_label("Not asked").is_checked()
        tab.get_by_role("button", name="Save and go on").click()
        assert f"Item {number} is saved." in tab.locator("[role=status]").inner_text()
    assert desk.judgements().of(number, "ann") == {"purpose": "none-stated", "support": "supported"}
