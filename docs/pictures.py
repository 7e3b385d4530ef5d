"""Takes the pictures of the README and of docs/ anew, in a real browser, of a synthetic town: `make pictures`.

It needs Chromium on the PATH and the development dependencies. Nothing in a picture is real.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from answerable.auditing import audit, draw_review, review_of, simulate
from answerable.auditing.planning import sizes
from answerable.auditing.reviewing import frame_of
from answerable.review import Request

_DOCS = Path(__file__).resolve().parent
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_SEED = "51326143265412635412"
_WIDTH, _HEIGHT = 1_280, 800


def main() -> None:
    """Make a town, audit it, draw a sample, and take the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        logs, case = Path(folder) / "logs", Path(folder) / "synthetic-town"
        simulate(logs, rows=5_000, seed=7, faults=True)
        audit(
            logs,
            case,
            policy=["us-ca", "good-practice"],
            timezone="America/Los_Angeles",
            as_of="2026-01-15",
        )
        _review(case)
        with _browser() as browser, _served(case) as link:
            tab = browser.new_page(viewport={"width": _WIDTH, "height": _HEIGHT}, device_scale_factor=1)
            tab.goto(link)
            for take in _PICTURES:
                take(tab, link.partition("/login")[0])
            report = case / "current" / "report.html"
            tab.goto(report.resolve().as_uri())
            _take(tab, "report")


def _review(case: Path) -> None:
    """Draw sixty searches, and judge the first of them as two reviewers do."""
    frame = frame_of(case, "searches")
    asked = Request(
        name="first-quarter",
        seed=_SEED,
        sizes=sizes(frame, 60, "proportional"),
        reviewers=("ann", "ben"),
        twice=12,
    )
    draw_review(case, asked, frame=frame)
    desk = review_of(case, "first-quarter")
    given = {"purpose": "fits", "support": "supported", "reach": "proportionate"}
    for reviewer, many in (("ann", 14), ("ben", 9)):
        for item in desk.judgements().to_do(reviewer)[:many]:
            desk.judge(reviewer, item.number, given)


def _overview(tab: Page, home: str) -> None:
    tab.goto(f"{home}/")
    _take(tab, "web-overview")


def _judging(tab: Page, home: str) -> None:
    tab.goto(f"{home}/reviews/first-quarter")
    tab.get_by_role("button", name="Judge as ann").click()
    tab.wait_for_url("**/items/*")
    tab.wait_for_load_state("networkidle")
    tab.keyboard.press("1")
    _take(tab, "web-judging")


def _rules(tab: Page, home: str) -> None:
    tab.goto(f"{home}/rules")
    tab.locator("details summary").first.click()
    _take(tab, "web-rules")


def _adding(tab: Page, home: str) -> None:
    tab.goto(f"{home}/add")
    with tempfile.TemporaryDirectory() as folder:
        simulate(folder, rows=200, seed=9)
        tab.get_by_label("Files").set_input_files(min(Path(folder).glob("*.csv")))
        tab.get_by_role("button", name="Look at them").click()
        tab.wait_for_url("**/add/look", timeout=60_000)
    _take(tab, "web-adding")
    tab.get_by_role("button", name="Leave").click()


_PICTURES = (_overview, _judging, _rules, _adding)


def _take(tab: Page, name: str) -> None:
    tab.screenshot(path=_DOCS / f"{name}.png")
    sys.stdout.write(f"docs/{name}.png\n")


@contextmanager
def _browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if not found:
        raise SystemExit("No browser was found on the PATH: apt-get install chromium on Debian.")
    root = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=found, args=["--disable-gpu", *root])


@contextmanager
def _served(case: Path) -> Iterator[str]:
    """Serve the case, and give the link that opens it."""
    command = [sys.executable, "-m", "answerable", "serve", str(case), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - our own command
        try:
            said = ""
            while "token=" not in said:
                said += server.stdout.readline() if server.stdout else ""
            yield re.search(r"http://\S+", said)[0]  # type: ignore[index]  # it ends with the link
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
