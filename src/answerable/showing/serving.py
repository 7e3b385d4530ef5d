"""What is printed while a case is served."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from answerable import wording
from answerable.showing.printing import as_text, say

__all__ = ["added", "people", "removed", "served"]


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

    @property
    def people(self) -> int:
        """How many may sign in by name; 0: whoever has the link."""
        ...

    @property
    def beyond(self) -> bool:
        """Whether others on the network can reach it."""
        ...


def served(what: _Served) -> None:
    """Say where a case is served; the output is not held back, for the command goes on running."""
    if not what.writes:
        say(f"Another server has {what.case}, so this one only reads.")
    where = "to the network" if what.beyond else "on this machine"
    if what.people:
        say(
            f"Serving {what.case} {where}. {wording.plural(what.people, 'person', 'people')} may sign in at this address:"
        )
    else:
        say(f"Serving {what.case} {where}. Open this address, which lets one browser in, once:")
    say(f"  {what.link}", now=True)


def added(person: tuple[str, str], case: Path) -> None:
    """Say who was added, and as what."""
    title, role = person
    say(f"{title} may work on {case} as {role}. A server that runs without people has to be started anew.")


def removed(title: str, case: Path) -> None:
    """Say who was taken off the list."""
    say(f"{title} may no longer work on {case}.")


def people(everyone: Sequence[tuple[str, str]], *, as_json: bool) -> None:
    """List who may work on a case."""
    if as_json:
        as_text([{"name": title, "role": role} for title, role in everyone])
    elif not everyone:
        say("Nobody is on the list: whoever has the link that `answerable serve` prints comes in.")
    else:
        width = max(len(title) for title, _ in everyone)
        for title, role in everyone:
            say(f"{title:<{width}}  {role}")
