"""The door: the address that lets a browser in once, signing in by name, leaving, and the files that every page asks for."""

from __future__ import annotations

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from answerable.web.doors import Doors
from answerable.web.guard import SESSION
from answerable.web.pages import ONE, hall_of, render, session_of
from answerable.web.sent import fields

__all__ = ["ROUTES"]

_STATIC = Path(__file__).with_name("static")
_LONGEST = 80  # letters of a name
_FILES = {
    "add.js": "text/javascript; charset=utf-8",
    "app.css": "text/css; charset=utf-8",
    "judge.js": "text/javascript; charset=utf-8",
    "mark.svg": "image/svg+xml",
}


def _login(request: Request) -> Response:
    doors: Doors = request.app.state.doors
    if request.scope[SESSION] is not None:
        return RedirectResponse("/", 303)  # it is in already; the token stays unused
    if doors.people:
        return _asked(request)
    key = doors.enter(request.query_params.get("token", ""))
    if not key:
        raise HTTPException(403)
    hall_of(request).note(ONE, "came in")
    return _let_in(doors, key)


def _sign_in(request: Request) -> Response:
    doors: Doors = request.app.state.doors
    if not doors.people:
        raise HTTPException(405)
    hall, given = hall_of(request), fields(request)
    title = " ".join(given.get("title", "").split())[:_LONGEST]
    if not doors.may_try(title):  # nothing is written down: strangers could fill the disk with it
        return _asked(request, title, 429, "Too many wrong passwords came. Wait a quarter of an hour.")
    person = doors.people.admit(title, given.get("password", ""))
    if person is None:
        doors.failed(title)
        hall.note(_known(doors, title), "was refused", "a wrong name or password")
        return _asked(request, title, 403, "There is nobody of that name with that password.")
    hall.note(person.title, "signed in", str(person.role))
    return _let_in(doors, doors.admit(person))


def _known(doors: Doors, title: str) -> str:
    """Give a name that is on the list; what else was typed may be a password, and is not written down."""
    return title if doors.people and title in doors.people.everyone() else "a name that is not on the list"


def _asked(request: Request, title: str = "", status: int = 200, fault: str = "") -> Response:
    return render(request, "sign_in.html.j2", status, title="Sign in", given=title, fault=fault)


def _let_in(doors: Doors, key: str) -> Response:
    answer = RedirectResponse("/", 303)
    answer.set_cookie(doors.cookie, key, httponly=True, samesite="strict", secure=doors.secure, path="/")
    return answer


def _logout(request: Request) -> Response:
    doors: Doors = request.app.state.doors
    hall_of(request).note(session_of(request).person.title or ONE, "signed out")
    doors.leave(request.cookies.get(doors.cookie, ""))
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(doors.cookie, path="/", httponly=True, samesite="strict", secure=doors.secure)
    return answer


def _static(request: Request) -> Response:
    kind = _FILES.get(request.path_params["file"])
    if kind is None:
        raise HTTPException(404)
    return Response((_STATIC / request.path_params["file"]).read_bytes(), media_type=kind)


ROUTES = [
    Route("/login", _login),
    Route("/login", _sign_in, methods=["POST"]),
    Route("/logout", _logout, methods=["POST"]),
    Route("/static/{file}", _static),
]
"""The routes of the door."""
