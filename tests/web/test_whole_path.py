"""The whole path in a browser on a real release: sent, audited, drawn, judged by two, settled, concluded, downloaded."""

import json

import pytest

from answerable import auditing
from answerable.auditing.planning import sizes
from answerable.auditing.reviewing import draw_review, frame_of
from answerable.review import Request
from review.conftest import SEED, answers
from web.keyboard import browser, judge_by_keyboard, press
from web_apps import running

__all__ = ["browser"]

pytestmark = pytest.mark.browser

ZONE, AS_OF, DIFFER = "America/Los_Angeles", "2025-12-10", range(1, 31)
SIZE, TWICE = 60, 20
SETTLED = {"purpose": "cannot-tell", "support": "supported"}


def in_the_browser(browser, case, file, folder):
    """Take the whole path in a browser, and give the findings that were downloaded."""
    with running(case, "--new") as (_, link, home), browser.new_context(accept_downloads=True) as context:
        tab = context.new_page()
        heard = []
        tab.on("console", lambda message: heard.append(message.text))
        tab.on("pageerror", lambda error: heard.append(str(error)))
        tab.goto(link)
        tab.wait_for_url("**/add")
        tab.get_by_label("Files").set_input_files(file)
        tab.get_by_role("button", name="Look at them").press("Enter")
        tab.wait_for_url("**/add/look", timeout=60_000)
        tab.get_by_label("Local time zone").fill(ZONE)
        tab.get_by_label("Date of the audit").fill(AS_OF)
        tab.get_by_role("button", name="Add it to the case").press("Enter")
        tab.wait_for_url(f"{home}/", timeout=120_000)
        tab.goto(f"{home}/rules")
        for pack in ("us-ca", "good-practice"):
            tab.locator(f"input[name=pack-{pack}]").press("Space")
        tab.get_by_role("button", name="Set the measures against these").press("Enter")
        tab.wait_for_url("**/findings", timeout=120_000)
        assert tab.locator(".finding").count() == 18
        desk = draw(tab, home, case)
        for reviewer in ("ann", "ben"):
            judge_by_keyboard(tab, home, reviewer, desk, differ=DIFFER)
        disputed = [item.number for item in desk.judgements().conflicts()]
        assert len(disputed) > 1
        for number in disputed:
            tab.goto(f"{home}/reviews/first/conflicts/{number}")
            press(tab, SETTLED)
            tab.get_by_label("Why these answers count").fill("read together")
            tab.get_by_label("Who settles it").fill("ann and ben")
            tab.keyboard.press("Enter")
            tab.wait_for_url("**/conflicts")
        tab.goto(f"{home}/reviews/first")
        tab.get_by_role("button", name="Conclude").press("Enter")
        tab.wait_for_url("**/report.html#reviewed", timeout=120_000)
        tab.goto(f"{home}/downloads")
        with tab.expect_download() as waited:
            tab.get_by_role("link", name="findings.json").press("Enter")
        waited.value.save_as(folder / "findings.json")
        assert heard == []
    return json.loads((folder / "findings.json").read_bytes())


def draw(tab, home, case):
    """Draw the sample by its form, and give its desk."""
    tab.goto(f"{home}/draw")
    given = {
        "The review’s name": "first",
        "Seed": SEED,
        "How many searches": str(SIZE),
        "Items that two judge": str(TWICE),
        "Who judges": "ann\nben",
    }
    for label, text in given.items():
        tab.get_by_label(label).fill(text)
    tab.get_by_role("button", name="Draw it").press("Enter")
    tab.wait_for_url("**/reviews/first")
    return auditing.review_of(case, "first")


def in_python(case, file):
    """Take the same path by functions alone, and give the findings."""
    auditing.audit(file, case, policy=["good-practice", "us-ca"], timezone=ZONE, as_of=AS_OF)
    frame = frame_of(case, "searches")
    asked = Request(
        name="first",
        seed=SEED,
        sizes=sizes(frame, SIZE, "proportional"),
        reviewers=("ann", "ben"),
        twice=TWICE,
    )
    desk = draw_review(case, asked, frame=frame)
    for who in asked.reviewers:
        mine = [item.number for item in desk.sample.items if who in item.reviewers]
        desk.judge_all(who, {number: (answers(number, who, differ=DIFFER), "") for number in mine})
    for item in desk.judgements().conflicts():
        desk.adjudicate("ann and ben", item.number, SETTLED, note="read together")
    made, _ = auditing.conclude_review(case, "first")
    return json.loads((made.folder.current / "findings.json").read_bytes())


def test_the_whole_path_gives_what_python_gives(browser, shared_data, tmp_path):
    """Every number of the findings and of what reviewers found is the same, to the digit, on the real release."""
    file = shared_data / "search-logs" / "eugene-or-2025.csv"
    seen = in_the_browser(browser, tmp_path / "one" / "case", file, tmp_path)
    made = in_python(tmp_path / "other" / "case", file)
    (review,) = seen["reviews"]
    assert review["drawn"].startswith("60 searches of 4,294 were drawn at random")
    for one in (seen, made):
        for review in one["reviews"]:  # its lines say when the answers were given
            review.pop("journal_sha256")
    assert seen == made
    assert auditing.verify(tmp_path / "one" / "case") == []
    assert auditing.unseen_sources(tmp_path / "one" / "case", [file]) == 0
