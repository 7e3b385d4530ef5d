"""Who may do what: every address of the app with the least role that it asks for.

There is no default. A page that is added without a line here is refused to everybody, and a test names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope

from answerable.web.people import Role

__all__ = ["LEAST", "OPEN", "least_of"]

OPEN = "anybody"
"""What stands for an address that asks for no session: the door, and files that hold nothing of a case."""

_READER, _REVIEWER, _AUDITOR = Role.READER, Role.REVIEWER, Role.AUDITOR

LEAST: Mapping[tuple[str, str], Role | str] = {
    ("GET", "/login"): OPEN,
    ("POST", "/login"): OPEN,
    ("GET", "/static/{file}"): OPEN,
    ("POST", "/logout"): _READER,
    # To read is for everybody who was let in.
    ("GET", "/"): _READER,
    ("GET", "/report.html"): _READER,
    ("GET", "/findings"): _READER,
    ("GET", "/measures"): _READER,
    ("GET", "/measures/{measure}"): _READER,
    ("GET", "/sources"): _READER,
    ("GET", "/downloads"): _READER,
    ("GET", "/downloads/{output}"): _READER,
    ("GET", "/rules"): _READER,
    ("GET", "/plan"): _READER,
    ("GET", "/reviews"): _READER,
    ("GET", "/reviews/{review}"): _READER,
    ("GET", "/working"): _READER,
    ("GET", "/help"): _READER,
    # A record, even masked, is for those who judge it.
    ("POST", "/reviews/{review}/as"): _REVIEWER,
    ("GET", "/reviews/{review}/next"): _REVIEWER,
    ("GET", "/reviews/{review}/items/{number:int}"): _REVIEWER,
    ("POST", "/reviews/{review}/items/{number:int}"): _REVIEWER,
    ("GET", "/reviews/{review}/workbook"): _REVIEWER,
    ("POST", "/reviews/{review}/import"): _REVIEWER,
    # What changes the case, and what shows one reviewer's answers beside another's, is for its auditors.
    ("GET", "/draw"): _AUDITOR,
    ("POST", "/draw"): _AUDITOR,
    ("GET", "/reviews/{review}/conflicts"): _AUDITOR,
    ("GET", "/reviews/{review}/conflicts/{number:int}"): _AUDITOR,
    ("POST", "/reviews/{review}/conflicts/{number:int}"): _AUDITOR,
    ("POST", "/reviews/{review}/conclude"): _AUDITOR,
    ("POST", "/rules"): _AUDITOR,
    ("GET", "/add"): _AUDITOR,
    ("POST", "/add"): _AUDITOR,
    ("GET", "/add/look"): _AUDITOR,
    ("POST", "/add/keep"): _AUDITOR,
    ("POST", "/add/leave"): _AUDITOR,
    ("GET", "/trail"): _AUDITOR,
}
"""The least role of each method and address; HEAD is as GET."""


def least_of(routes: Iterable[BaseRoute], scope: Scope) -> Role | str:
    """Give the least role that a request asks for; of an address that there is not, a reader's."""
    for route in routes:
        if isinstance(route, Route) and route.matches(scope)[0] is Match.FULL:
            method = "GET" if scope["method"] == "HEAD" else scope["method"]
            return LEAST.get((method, route.path), Role.AUDITOR)
    return Role.READER
