"""Settling what two reviewers differ on, under a name that is neither of the two."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from answerable.errors import ReviewError, UsageError
from answerable.review import Desk
from answerable.web.judging import Filled, answers_of, number_of, told
from answerable.web.pages import desk_of, go, hall_of, render, session_of, writing
from answerable.web.sent import fields
from answerable.web.standing import disputed, standing_of

__all__ = ["ROUTES"]

_VIA = "browser"


def _conflicts(request: Request) -> Response:
    desk = desk_of(request)
    found = desk.judgements()
    return render(
        request,
        "conflicts.html.j2",
        title=f"What reviewers of {desk.name} differ on",
        review=desk.name,
        standing=standing_of(desk),
        items=[(item.number, item.reviewers) for item in disputed(found)],
        form=desk.sample.form,
        answers=found.of,
    )


def _conflict(request: Request) -> Response:
    desk = desk_of(request)
    session = session_of(request)
    filled = Filled({}, settler=session.person.title or session.reviewers.get(_settler(desk), ""))
    return _page(request, desk, number_of(request, desk), filled)


def _settle(request: Request) -> Response:
    desk = desk_of(request)
    writing(request)
    number = number_of(request, desk)
    given = fields(request)
    answers, note, settler = (
        answers_of(given),
        given.get("note", ""),
        session_of(request).person.title or " ".join(given.get("settler", "").split()),
    )
    try:
        _check_apart(desk, number, settler)
        desk.adjudicate(settler, number, answers, note=note, via=_VIA)
    except (ReviewError, UsageError) as error:
        return _page(request, desk, number, Filled(answers, note, settler, error))
    session_of(request).reviewers[_settler(desk)] = settler
    return go(request, f"/reviews/{desk.name}/conflicts", f"Item {number} is settled.")


def _check_apart(desk: Desk, number: int, settler: str) -> None:
    """Refuse the name of one of the two in other letters, which would be the same person."""
    if settler.casefold() in {each.casefold() for each in desk.sample.item(number).reviewers}:
        raise UsageError(
            f"{settler} is one of the two who differ on item {number}",
            expected="somebody else, or both together under one name, such as 'ann and ben'",
            do="Give another name.",
        )


def _settler(desk: Desk) -> str:
    """Give the key under which a session remembers who settles a review; no review can be called so."""
    return f"{desk.name} settled"


def _page(request: Request, desk: Desk, number: int, filled: Filled) -> Response:
    found = desk.judgements()
    item = next((each for each in disputed(found) if each.number == number), None)
    if item is None:
        if filled.error:
            raise filled.error
        raise HTTPException(404)
    return render(
        request,
        "conflict.html.j2",
        422 if filled.error else 200,
        title=f"Settle item {number} of {desk.name}",
        review=desk.name,
        seen=hall_of(request).shown(desk)[number],
        number=number,
        given=[
            (each, found.of(number, each), found.notes.get((number, each), "")) for each in item.reviewers
        ],
        questions=[(question, told(question, desk)) for question in desk.sample.form.questions],
        filled=filled,
    )


ROUTES = [
    Route("/reviews/{review}/conflicts", _conflicts),
    Route("/reviews/{review}/conflicts/{number:int}", _conflict),
    Route("/reviews/{review}/conflicts/{number:int}", _settle, methods=["POST"]),
]
"""The routes of settling."""
