"""A real browser, and judging in it with the keyboard alone."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from review.conftest import answers

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DIGITS = {"fits": "1", "does-not-fit": "2", "none-stated": "3", "cannot-tell": "4"}


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


def press(tab, given):
    """Answer the item that is shown with digits, and save it with Enter."""
    tab.keyboard.press(DIGITS[given["purpose"]])
    tab.keyboard.press({"supported": "1", "not-supported": "2", "cannot-tell": "3"}[given["support"]])
    if "reach" in given:
        tab.keyboard.press(
            {"proportionate": "1", "not-proportionate": "2", "cannot-tell": "3"}[given["reach"]]
        )


def judge_by_keyboard(tab, home, reviewer, desk, *, differ):
    """Judge a reviewer's items with the keyboard alone; on some of them two reviewers differ."""
    tab.goto(f"{home}/reviews/{desk.name}")
    tab.get_by_role("button", name=f"Judge as {reviewer}").press("Enter")
    numbers = [item.number for item in desk.sample.items if reviewer in item.reviewers]
    for number in numbers:
        tab.wait_for_url(f"**/items/{number}")
        press(tab, answers(number, reviewer, differ=differ))
        tab.keyboard.press("Enter")
    tab.wait_for_url(f"**/reviews/{desk.name}")
