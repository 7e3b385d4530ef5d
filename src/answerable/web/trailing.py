"""The trail: what was done through the app, by whom and when, for the case's auditors to read."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from answerable.web.pages import hall_of, render

__all__ = ["ROUTES"]

_SHOWN = 500  # of the latest lines


def _trail(request: Request) -> Response:
    entries = hall_of(request).trail.entries()
    return render(
        request,
        "trail.html.j2",
        title="Trail",
        entries=entries[: -_SHOWN - 1 : -1],
        of=len(entries),
    )


ROUTES = [Route("/trail", _trail)]
"""The routes of the trail."""
