"""What is printed while a case is served."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from answerable.showing.printing import say

__all__ = ["served"]


class _Served(Protocol):
    """What the server says of itself."""

    @property
    def link(self) -> str:
        """The web page to open."""
        ...

    @property
    def case(self) -> Path:
        """The case's folder."""
        ...

    @property
    def writes(self) -> bool:
        """Whether it may change the case."""
        ...


def served(what: _Served) -> None:
    """Say where a case is served; the output is not held back, for the command goes on running."""
    if not what.writes:
        say(f"Another server has {what.case}, so this one only reads.")
    say(f"Serving {what.case} on this machine. Open this address, which lets one browser in, once:")
    say(f"  {what.link}", now=True)
