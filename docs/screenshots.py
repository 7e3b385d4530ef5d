"""Take the pictures of the web app that the documentation shows, of a synthetic town.

    .venv/bin/python docs/screenshots.py

It needs Chromium, and what `make test` installs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from answerable.auditing import audit, draw_review, simulate
from answerable.auditing.reviewing import frame_of
from answerable.review import Request

__all__ = ["main"]

_HERE = Path(__file__).resolve().parent
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_SIZE = {"width": 1280, "height": 800}
_SEED = "41652336145263415262"


def main() -> None:
    """Make a town, audit it, draw a review, and take the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        town, case = Path(folder) / "town", Path(folder) / "november"
        simulate(town, rows=5_000, seed=7, faults=True)
        audit(
            town, case, policy=["us-ca", "good-practice"], timezone="America/Los_Angeles", as_of="2026-01-15"
        )
        frame = frame_of(case, "searches")
        asked = Request(name="first-quarter", seed=_SEED, sizes=(60,), reviewers=("ann", "ben"), twice=20)
        draw_review(case, asked, frame=frame)
        with _served(case) as link, _opened(link) as page:
            _take(page)


def _take(page: Page) -> None:
    home = page.url.rstrip("/")
    page.screenshot(path=_HERE / "web-overview.png")
    page.goto(f"{home}/reviews/first-quarter")
    page.get_by_role("button", name="Judge as ann").click()
    for item in range(3):
        page.wait_for_selector("fieldset.question")
        for key in ("1", "1", "1") if item else ("4", "3"):
            page.keyboard.press(key)
        before = page.url
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url, before=before: url != before)
    page.keyboard.press("1")
    page.screenshot(path=_HERE / "web-judging.png")


@contextmanager
def _served(case: Path) -> Iterator[str]:
    """Serve a case, and give the link that lets one browser in."""
    program = "import sys; from answerable.cli import main; sys.argv[0] = 'answerable'; main()"
    command = [sys.executable, "-c", program, "serve", str(case), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - our own command
        try:
            lines = iter(server.stdout or ())
            yield next(line.strip() for line in lines if "token=" in line)
        finally:
            server.terminate()


@contextmanager
def _opened(link: str) -> Iterator[Page]:
    """Open a link in Chromium."""
    found = next(filter(None, map(shutil.which, _BROWSERS)))
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--disable-gpu", *root])
        page = browser.new_page(viewport=_SIZE, color_scheme="light")
        page.goto(link)
        yield page
        browser.close()


if __name__ == "__main__":
    main()
