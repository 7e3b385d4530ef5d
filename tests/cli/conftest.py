"""The command line run in this process, as a user would run it, and what to run it on."""

import json
import sys
from dataclasses import dataclass

import pytest

from answerable.cli import main
from cases import a_case, audited, town

__all__ = ["a_case", "answerable", "audited", "town"]


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        """What it printed, read as strict JSON: no NaN, no Infinity."""

        def refuse(word):
            raise AssertionError(word)

        return json.loads(self.out, parse_constant=refuse)


@pytest.fixture
def answerable(monkeypatch, capsys):
    """Give a function that runs a command; a traceback fails the test, whatever else it expects."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments) -> Ran:
        monkeypatch.setattr(sys, "argv", ["answerable", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        return Ran(int(ended.value.code or 0), printed.out, printed.err)

    return run
