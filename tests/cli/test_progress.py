"""Progress is shown to a person who waits, and to nobody else."""

import io
import sys
import time

import pytest

from answerable import showing
from answerable.showing import printing


class Terminal(io.StringIO):
    """A standard error stream that a person looks at."""

    def isatty(self):
        """Say that it is a terminal."""
        return True


@pytest.fixture
def shown(monkeypatch):
    """Give a function that runs a job of two steps and returns what was written to the error stream."""

    def run(*, after, quiet=False, stream=Terminal):
        written = stream()
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setattr(printing, "_BAR_AFTER", after)
        monkeypatch.setattr(sys, "stderr", written)
        with showing.progress(quiet=quiet) as tell:
            tell("Reading june.csv", 1, 2)
            time.sleep(0.5)
            tell("Reading july\x1b[31m.csv", 2, 2)
            time.sleep(0.3)
        return written.getvalue()

    return run


def test_a_long_job_shows_its_steps(shown):
    """The step's name, its number and how many there are; a file's name cannot command the terminal."""
    text = shown(after=0.05)
    assert "Reading june.csv" in text
    assert "1/2" in text
    assert "july[U+001B][31m.csv" in text


def test_a_short_job_shows_nothing(shown):
    """A job that ends before the bar is due leaves no trace."""
    assert shown(after=30) == ""


def test_quiet_shows_nothing(shown):
    """--quiet and --json mean it."""
    assert shown(after=0.05, quiet=True) == ""


def test_nothing_is_shown_where_nobody_looks(shown):
    """In a pipe or a log file there is no bar."""
    assert shown(after=0.05, stream=io.StringIO) == ""
