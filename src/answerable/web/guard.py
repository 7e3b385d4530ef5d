"""What stands before every page: checks of the request, and headers on every answer.

Each rule is there for an attack. A page elsewhere cannot reach the server under another name (DNS rebinding): the Host must
be this server's own. It cannot make the browser send a form, nor read an answer: Sec-Fetch-Site and Origin are held against
it, and the cookie is SameSite=Strict. Script that came in with a record cannot run: the content security policy allows files
of the app's own and nothing inline. An error tells nothing of a record: it has no traceback and none of the error's words.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from answerable.errors import CaseError
from answerable.web.doors import Doors
from answerable.web.people import Role

__all__ = ["BODY", "HEADERS", "SESSION", "Guard"]

SESSION, BODY = "answerable.session", "answerable.body"
"""Where a request's scope holds its session and its body."""

HEADERS: Mapping[str, str] = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
"""The headers of every answer; the report has a content security policy of its own, which is stricter."""

_SAFE, _UNSAFE = frozenset({"GET", "HEAD"}), frozenset({"POST"})
_SEVERAL = {Role.READER: "readers", Role.REVIEWER: "reviewers", Role.AUDITOR: "auditors"}
_MOST_FORM, _MOST_SHEET = (
    64 * 1024,
    10_000_000,
)  # bytes: a note has 4,000 characters; a workbook of 5,000 items is 2 MB
_MOST_TARGET = 4_096  # characters of a path and its query
_PATIENCE = 30.0  # seconds that a body may take to arrive

Refuse = Callable[[Request, int, str], Awaitable[Response]]
Least = Callable[[Scope], Role | str]
Files = Callable[[Request], Awaitable[tuple[int, str] | None]]


class Guard:
    """The checks, around an app.

    Args:
        app: What answers the requests that pass.
        doors: Whose sessions and hosts they are held against.
        refuse: Makes the page that says why a request is refused.
        least: Gives the least role that a request asks for.
        files: Takes the files that a request brings.
    """

    def __init__(self, app: ASGIApp, doors: Doors, refuse: Refuse, least: Least, files: Files) -> None:
        self._app, self._doors, self._refuse, self._least, self._files = app, doors, refuse, least, files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            return
        answer = _Answer(send)
        try:
            await self._answer(scope, receive, answer)
        except Exception:  # noqa: BLE001 - the app has sent its page; whoever raised must not print a traceback
            if not answer.begun:
                response = await self._refuse(Request(scope), 500, "Something went wrong.")
                await response(scope, receive, answer)

    async def _answer(self, scope: Scope, receive: Receive, answer: Send) -> None:
        request = Request(scope, receive)
        scope[SESSION], scope[BODY] = None, b""
        fault = self._fault(scope) or self._stranger(request)
        if fault is None and scope["method"] in _UNSAFE:
            # Only of those who may send something is anything read.
            fault = await (self._files(request) if _brings_files(scope) else self._body(request))
        if fault is None:
            await self._app(scope, receive, answer)
        else:
            response = await self._refuse(request, *fault)
            await response(scope, receive, answer)

    def _fault(self, scope: Scope) -> tuple[int, str] | None:
        """Say what is wrong with a request before its body is read."""
        headers = Headers(scope=scope)
        if len(headers.getlist("host")) != 1 or headers["host"].lower() not in self._doors.hosts:
            return 400, "The request was sent to another name than this server's."
        if len(scope.get("raw_path", b"")) + len(scope.get("query_string", b"")) > _MOST_TARGET:
            return 414, "The address is too long."
        if scope["method"] not in _SAFE | _UNSAFE:
            return 405, "This is not done here."
        if _foreign(scope["method"], headers, self._doors):
            return 403, "The request came from another site."
        return None

    def _stranger(self, request: Request) -> tuple[int, str] | None:
        """Say what is wrong with who asks."""
        scope = request.scope
        try:
            session = self._doors.session(request.cookies.get(self._doors.cookie, ""))
        except CaseError as error:  # of a list of people that cannot be read nobody is let in
            return 409, error.what
        scope[SESSION] = session
        least = self._least(scope)
        if not isinstance(least, Role):
            return None
        if session is None:
            return 401 if self._doors.people else 403, "This browser has not been let in."
        if not session.person.role.covers(least):
            return (
                403,
                f"This is for {_SEVERAL[least]}, and {session.person.title} is here as {session.person.role}.",
            )
        return None

    async def _body(self, request: Request) -> tuple[int, str] | None:
        """Read the body, no more of it than is allowed."""
        sheet = request.headers.get("content-type", "").startswith("multipart/form-data")
        most = _MOST_SHEET if sheet and request.url.path.endswith("/import") else _MOST_FORM
        told = request.headers.get("content-length", "0")
        if not told.isdecimal() or len(told) > len(str(most)) or int(told) > most:
            return 413, "What was sent is too large."
        parts: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(_PATIENCE):
                async for part in request.stream():
                    size += len(part)
                    if size > most:
                        return 413, "What was sent is too large."
                    parts.append(part)
        except TimeoutError:
            return 408, "What was sent took too long to arrive."
        request.scope[BODY] = b"".join(parts)
        return None


def _brings_files(scope: Scope) -> bool:
    """Say whether a request brings files for the case, which go to the disk and not to the memory."""
    return bool(scope["path"] == "/add")


def _foreign(method: str, headers: Headers, doors: Doors) -> bool:
    """Say whether another site made the browser send this.

    A browser tells where a request comes from in Sec-Fetch-Site. It sends ``Origin: null`` with our own forms, since their
    pages ask that no referrer be sent; what has no Sec-Fetch-Site must therefore name its origin.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if method in _SAFE:
        # A link from elsewhere may lead here (to the page that says who is let in); nothing may be fetched or embedded.
        return site in ("cross-site", "same-site") and headers.get("sec-fetch-mode") != "navigate"
    if site is None:
        return origin not in doors.origins
    return site != "same-origin" or not (origin is None or origin == "null" or origin in doors.origins)


class _Answer:
    """Sends an answer with the headers of all answers, unless it brings its own."""

    def __init__(self, send: Send) -> None:
        self._send, self.begun = send, False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)
