"""The door: the address that lets a browser in once, leaving, and the files that every page asks for."""

from __future__ import annotations

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from answerable.web.doors import Doors
from answerable.web.guard import SESSION

__all__ = ["ROUTES"]

_STATIC = Path(__file__).with_name("static")
_FILES = {
    "app.css": "text/css; charset=utf-8",
    "judge.js": "text/javascript; charset=utf-8",
    "mark.svg": "image/svg+xml",
}


def _login(request: Request) -> Response:
    doors: Doors = request.app.state.doors
    answer = RedirectResponse("/", 303)
    if request.scope[SESSION] is not None:
        return answer  # it is in already; the token stays unused
    key = doors.enter(request.query_params.get("token", ""))
    if not key:
        raise HTTPException(403)
    answer.set_cookie(doors.cookie, key, httponly=True, samesite="strict", path="/")
    return answer


def _logout(request: Request) -> Response:
    doors: Doors = request.app.state.doors
    doors.leave(request.cookies.get(doors.cookie, ""))
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(doors.cookie, path="/", httponly=True, samesite="strict")
    return answer


def _static(request: Request) -> Response:
    kind = _FILES.get(request.path_params["file"])
    if kind is None:
        raise HTTPException(404)
    return Response((_STATIC / request.path_params["file"]).read_bytes(), media_type=kind)


ROUTES = [
    Route("/login", _login),
    Route("/logout", _logout, methods=["POST"]),
    Route("/static/{file}", _static),
]
"""The routes of the door."""
