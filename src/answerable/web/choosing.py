"""The rules: every policy pack with the text of its clauses, and which of them the case is set against."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from answerable.auditing import rebuild
from answerable.auditing.known import all_measures
from answerable.case import POLICIES
from answerable.errors import UsageError
from answerable.estimate import Estimate
from answerable.policy import Pack, load_packs, shipped_ids
from answerable.web.hall import Hall
from answerable.web.pages import go, hall_of, note, render, writing
from answerable.web.sent import fields

__all__ = ["ROUTES"]


@cache
def _shipped() -> dict[str, Pack]:
    """Read every shipped pack, once for each server: they are part of the program."""
    return {name: load_packs([name], all_measures())[0] for name in shipped_ids()}


def _offered(hall: Hall) -> dict[str, Pack]:
    """Give every pack that may be chosen, by the name under which the case knows it: shipped ones, and the case's own."""
    own = [each for each in hall.case().settings.policies if each.startswith(f"{POLICIES}/")]
    return _shipped() | {name: load_packs([hall.folder.current / name], all_measures())[0] for name in own}


def _rules(request: Request) -> Response:
    hall = hall_of(request)
    case = hall.case()
    taken = {name for name, each in case.measures.items() if isinstance(each, Estimate)}
    chosen = set(case.settings.policies)
    packs = _offered(hall)
    return render(
        request,
        "rules.html.j2",
        title="Rules",
        # What is consulted stands first, then what the records have most numbers for.
        packs=sorted(
            packs.items(), key=lambda each: (each[0] not in chosen, -_told(each[1], taken), each[1].title)
        ),
        chosen=chosen,
        secondary=case.settings.secondary,
        told={name: _told(pack, taken) for name, pack in packs.items()},
        findings={(each.pack, each.clause): each for each in case.findings},
    )


def _told(pack: Pack, taken: Collection[str]) -> int:
    """Count the clauses of a pack on which a measure bears that could be taken here."""
    return sum(any(check.measure in taken for check in clause.checks) for clause in pack.clauses)


def _choose(request: Request) -> Response:
    writing(request)
    hall, given = hall_of(request), fields(request)
    offered = _offered(hall)
    chosen = [name for name in offered if given.get(f"pack-{name}")]
    if strange := [each for each in given if each.startswith("pack-") and each[5:] not in offered]:
        raise UsageError(
            f"{len(strange)} of the packs is none that is offered",
            expected="packs of the list",
            do="Choose again.",
        )
    secondary = bool(given.get("secondary"))
    note(request, "chose rules", ", ".join(chosen) or "none")
    hall.work.begin(
        "Setting the measures against the rules",
        "/findings" if chosen else "/",
        lambda progress: rebuild(hall.path, policy=chosen, secondary=secondary, progress=progress),
    )
    return go(request, "/working")


ROUTES = [
    Route("/rules", _rules),
    Route("/rules", _choose, methods=["POST"]),
]
"""The routes of the rules."""
