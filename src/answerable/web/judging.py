"""Judging: one item at a time, as its reviewer sees it.

A page is made from the item's own cells and from what this reviewer said of it. Nobody else's answers, no stratum, no measure
and no flag are handed to the template, so that none can be in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from answerable.errors import AnswerableError, ReviewError, UsageError
from answerable.review import Desk
from answerable.review.forms import Question
from answerable.review.located import Place
from answerable.review.shown import Cell
from answerable.web.pages import desk_of, go, hall_of, render, reviewer_of, session_of, writing
from answerable.web.sent import fields

__all__ = ["ROUTES", "Filled", "answers_of", "number_of", "told"]

_VIA = "browser"
_FIELD = "q-"


@dataclass(frozen=True, slots=True)
class _Seen:
    """All that the judging page knows of an item."""

    number: int
    file: str
    place: Place | None
    cells: tuple[Cell, ...]
    before: int
    after: int
    at: int
    of: int
    done: int
    is_judged: bool


@dataclass(frozen=True, slots=True)
class Filled:
    """What a form is filled in with when it is shown: answers, note, who settles it, and what was wrong with what was sent."""

    answers: Mapping[str, str]
    note: str = ""
    settler: str = ""
    error: AnswerableError | None = None


def number_of(request: Request, desk: Desk) -> int:
    """Give the item that an address names.

    Raises:
        HTTPException: There is none.
    """
    number: int = request.path_params["number"]
    if not 1 <= number <= len(desk.sample.items):
        raise HTTPException(404)
    return number


def answers_of(given: Mapping[str, str]) -> dict[str, str]:
    """Give the answers that a form brings, by question; what was left open is none."""
    return {
        label.removeprefix(_FIELD): value
        for label, value in given.items()
        if label.startswith(_FIELD) and value
    }


def told(question: Question, desk: Desk) -> str:
    """Say after which answers a question is asked; nothing where it always is."""
    parts = []
    for earlier, chosen in question.asked_when.items():
        before = desk.sample.form.question(earlier)
        texts = [f"“{choice.text}”" for choice in before.choices if choice.id in chosen]
        parts.append(f"{before.text} {' or '.join(texts)}")
    return "; ".join(parts)


def _next(request: Request) -> Response:
    desk = desk_of(request)
    reviewer = reviewer_of(request, desk)
    if not reviewer:
        return go(request, f"/reviews/{desk.name}", "Choose who you are first.")
    to_do = desk.judgements().to_do(reviewer)
    if not to_do:
        return go(request, f"/reviews/{desk.name}", "You have judged all of your items.")
    return go(request, f"/reviews/{desk.name}/items/{to_do[0].number}", session_of(request).told())


def _item(request: Request) -> Response:
    desk = desk_of(request)
    number, reviewer = number_of(request, desk), reviewer_of(request, desk)
    if not reviewer:
        return go(request, f"/reviews/{desk.name}", "Choose who you are first.")
    found = desk.judgements()
    note = found.notes.get((number, reviewer), "")
    return _page(request, desk, (number, reviewer), Filled(dict(found.of(number, reviewer)), note))


def _judge(request: Request) -> Response:
    desk = desk_of(request)
    writing(request)
    number, reviewer = number_of(request, desk), reviewer_of(request, desk)
    given = fields(request)
    if not reviewer or given.get("reviewer") != reviewer:
        raise UsageError(
            "this page was opened under another name than the one that this browser works under now",
            expected="the same name",
            do="Go back to the review and choose who you are.",
        )
    answers, note = answers_of(given), given.get("note", "")
    try:
        if given.get("do") == "withdraw":
            desk.withdraw(reviewer, number, via=_VIA)
            return go(
                request,
                f"/reviews/{desk.name}/items/{number}",
                f"The answers of item {number} were taken back.",
            )
        desk.judge(reviewer, number, answers, note=note, via=_VIA)
    except ReviewError as error:
        return _page(request, desk, (number, reviewer), Filled(answers, note, error=error))
    return _onward(request, desk, reviewer, number)


def _onward(request: Request, desk: Desk, reviewer: str, number: int) -> Response:
    """Go to the next item that is still to judge, from this one on and then from the first."""
    left = [item.number for item in desk.judgements().to_do(reviewer)]
    following = next((each for each in left if each > number), left[0] if left else 0)
    page = f"/reviews/{desk.name}/items/{following}" if following else f"/reviews/{desk.name}"
    said = (
        f"Item {number} is saved."
        if following
        else f"Item {number} is saved. You have judged all of your items."
    )
    return go(request, page, said)


def _page(request: Request, desk: Desk, of: tuple[int, str], filled: Filled) -> Response:
    number, reviewer = of
    found = desk.judgements()
    mine = [item.number for item in found.of_reviewer(reviewer)]
    if number not in mine:
        raise HTTPException(404)
    shown = hall_of(request).shown(desk)[number]
    at = mine.index(number)
    seen = _Seen(
        number=number,
        file=shown.file,
        place=shown.place,
        cells=shown.cells,
        before=mine[at - 1] if at else 0,
        after=mine[at + 1] if at + 1 < len(mine) else 0,
        at=at + 1,
        of=len(mine),
        done=len(mine) - len(found.to_do(reviewer)),
        is_judged=bool(found.of(number, reviewer)),
    )
    return render(
        request,
        "judge.html.j2",
        422 if filled.error else 200,
        title=f"Item {number} of {desk.name}",
        review=desk.name,
        me=reviewer,
        seen=seen,
        questions=[(question, told(question, desk)) for question in desk.sample.form.questions],
        filled=filled,
    )


ROUTES = [
    Route("/reviews/{review}/next", _next),
    Route("/reviews/{review}/items/{number:int}", _item),
    Route("/reviews/{review}/items/{number:int}", _judge, methods=["POST"]),
]
"""The routes of judging."""
