"""The app: which address leads to which page."""

from __future__ import annotations

import logging
import traceback
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from answerable.errors import AnswerableError, CaseError
from answerable.web import (
    adding,
    choosing,
    entering,
    judging,
    measuring,
    planning,
    reading,
    reviews,
    settling,
    sheets,
    trailing,
)
from answerable.web.doors import Doors
from answerable.web.guard import SESSION, Guard
from answerable.web.hall import Hall
from answerable.web.pages import go, problem, render
from answerable.web.roles import least_of

__all__ = ["make_app"]

_SAID = {
    400: "The request cannot be read.",
    403: "This browser has not been let in.",
    404: "There is no such page.",
    405: "This is not done here.",
    413: "What was sent is too large.",
    415: "This form takes something else.",
}
_WITHOUT_CASE = ("/add", "/static/", "/login", "/logout", "/working", "/help")
_TRY = {
    403: "Open the address that `answerable serve` printed: it lets one browser in, once. If you just did, open the start page "
    "again. If the address was used before, stop the server and start it again.",
}


def make_app(hall: Hall, doors: Doors) -> ASGIApp:
    """Make the app that serves a case, with the guard before it.

    Args:
        hall: The case.
        doors: Who is let in.
    """
    app = Starlette(
        routes=[
            *entering.ROUTES,
            *adding.ROUTES,
            *reading.ROUTES,
            *choosing.ROUTES,
            *measuring.ROUTES,
            *planning.ROUTES,
            *reviews.ROUTES,
            *judging.ROUTES,
            *settling.ROUTES,
            *sheets.ROUTES,
            *trailing.ROUTES,
        ],
        exception_handlers={
            HTTPException: _http,
            AnswerableError: _answerable,
            Exception: _fault,
        },
    )
    app.router.redirect_slashes = False
    logging.getLogger("python_multipart").setLevel(logging.CRITICAL)  # it would print what it cannot read
    app.state.hall, app.state.doors = hall, doors
    return Guard(_Begun(app, hall), doors, _refusal(app), partial(least_of, app.routes), hall.arrivals.take)


class _Begun:
    """Leads to the page that adds files for as long as there is no case: no other page has anything to show."""

    def __init__(self, app: ASGIApp, hall: Hall) -> None:
        self._app, self._hall = app, hall

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._hall.is_new() and not scope["path"].startswith(_WITHOUT_CASE):
            await RedirectResponse("/add", 303)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _page(request: Request, status: int, what: str) -> Response:
    title = "Not let in" if status == HTTPStatus.FORBIDDEN else "This page cannot be shown"
    return render(
        request,
        "problem.html.j2",
        status,
        title=title,
        what=what,
        where="",
        expected="",
        do="" if request.scope.get(SESSION) else _TRY.get(status, ""),
    )


def _refusal(app: Starlette) -> Any:  # noqa: ANN401 - what the guard calls to refuse
    async def refuse(request: Request, status: int, what: str) -> Response:
        request.scope["app"] = app
        if status == HTTPStatus.UNAUTHORIZED:
            return go(request, "/login")
        return _page(request, status, what)

    return refuse


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _page(request, status, _SAID.get(status, "The request cannot be answered."))


def _answerable(request: Request, error: Exception) -> Response:
    return problem(
        request, error if isinstance(error, AnswerableError) else CaseError("the case cannot be read")
    )


def _fault(request: Request, error: Exception) -> Response:
    # Not the error's own words, which may quote a record: only what kind it is, and where in the code.
    *_, last = traceback.extract_tb(error.__traceback__)
    place = Path(last.filename)
    what = (
        f"Answerable met something that it does not know how to handle ({type(error).__name__} in {place.parent.name}/{place.name}, "
        f"line {last.lineno}). Please report this line, and never the records."
    )
    return _page(request, 500, what)
