"""Making pages: the templates, what they may use, and the pages that say what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from answerable import months, wording
from answerable.errors import AnswerableError, CaseError, StorageError
from answerable.estimate import Estimate
from answerable.harmless import HIDDEN, visible
from answerable.report import figures
from answerable.report.letter import CONFIRMED
from answerable.report.page import anchor
from answerable.review import Desk
from answerable.web.doors import Session
from answerable.web.guard import SESSION
from answerable.web.hall import Hall
from answerable.web.people import Role
from answerable.web.roles import LEAST

__all__ = [
    "ONE",
    "desk_of",
    "go",
    "hall_of",
    "note",
    "problem",
    "render",
    "reviewer_of",
    "session_of",
    "writing",
]

ONE = "whoever has the link"
"""What the trail calls somebody who came in by the link, in a case without people."""

_TEMPLATES = Path(__file__).with_name("templates")
_LONGEST = 1_200  # characters of one value on a page
_TABS = (
    ("/", "Overview"),
    ("/findings", "Findings"),
    ("/measures", "Measures"),
    ("/sources", "Sources"),
    ("/rules", "Rules"),
    ("/reviews", "Reviews"),
    ("/plan", "Sample size"),
    ("/downloads", "Downloads"),
    ("/trail", "Trail"),
    ("/help", "Help"),
)
_UNDER = {"/draw": "/reviews", "/add": "/sources", "/add/look": "/sources"}


def hall_of(request: Request) -> Hall:
    """Give what the server holds of the case."""
    found: Hall = request.app.state.hall
    return found


def session_of(request: Request) -> Session:
    """Give the session of a request that was let in."""
    found: Session = request.scope[SESSION]
    return found


def desk_of(request: Request) -> Desk:
    """Give the review that an address names.

    Raises:
        HTTPException: There is none: its name is held against the list, and no path is made from it.
    """
    hall, review = hall_of(request), request.path_params["review"]
    if review not in hall.reviews():
        raise HTTPException(404)
    return hall.desk(review)


def note(request: Request, what: str, about: str = "") -> None:
    """Write into the case's trail what somebody did."""
    hall_of(request).note(session_of(request).person.title or ONE, what, about)


def reviewer_of(request: Request, desk: Desk) -> str:
    """Give the reviewer as whom this browser works at a review; nothing where it is none.

    In a case with people everybody works under their own name.
    """
    session = session_of(request)
    reviewer = session.person.title or session.reviewers.get(desk.name, "")
    return reviewer if reviewer in desk.sample.request.reviewers else ""


def writing(request: Request) -> None:
    """Make sure that the case may be changed from here.

    Raises:
        CaseError: Another server has it.
    """
    if not hall_of(request).may_write():
        raise CaseError(
            "another server has this case, so this one only reads",
            expected="one server on a case",
            do="Go to the other, or stop it.",
        )


def render(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401 - whatever a template prints
    """Make a page of the app from its template."""
    hall = hall_of(request)
    session: Session | None = request.scope.get(SESSION)
    role = session.person.role if session else Role.READER
    text = _PAGES.get_template(template).render(
        case_title=hall.title,
        may_write=hall.may_write(),
        tabs=_tabs(hall, role),
        here=_UNDER.get(request.url.path, request.url.path),
        person=session.person.title if session else "",
        is_auditor=bool(session) and role.covers(Role.AUDITOR),
        is_reviewer=bool(session) and role.covers(Role.REVIEWER),
        said=session.told() if session else "",
        inside=session is not None,
        **values,
    )
    return HTMLResponse(text, status)


def _tabs(hall: Hall, role: Role) -> list[tuple[str, str]]:
    """Give the pages that somebody of a role may open."""
    if hall.is_new():
        return [("/add", "Add files"), ("/help", "Help")]
    return [(page, name) for page, name in _TABS if role.covers(Role(LEAST["GET", page]))]


def go(request: Request, to: str, said: str = "") -> RedirectResponse:
    """Send the browser to another page of the app, which says what was done."""
    session: Session | None = request.scope.get(SESSION)
    if session and said:
        session.said = said
    return RedirectResponse(to, 303)


def problem(request: Request, error: AnswerableError) -> HTMLResponse:
    """Make the page of an error that the user can act on."""
    place = error.where.replace(str(hall_of(request).path.resolve()), "").replace(
        str(hall_of(request).path), ""
    )
    return render(
        request,
        "problem.html.j2",
        _status(error),
        title="This cannot be done",
        what=error.what,
        where=place.lstrip("/"),
        expected=error.expected,
        do=error.do,
    )


def _status(error: AnswerableError) -> int:
    if isinstance(error, CaseError):
        return 409
    if isinstance(error, StorageError):
        return 507
    return 422


def _finalize(value: Any) -> Any:  # noqa: ANN401 - the renderer hands over whatever a template prints
    """Set every hidden character of every printed text in a small tag; jinja2 escapes the rest."""
    if isinstance(value, Markup) or not isinstance(value, str) or not HIDDEN.search(value):
        return value
    return Markup().join(_tagged(value))


def _tagged(text: str) -> Iterator[Markup | str]:
    at = 0
    for found in HIDDEN.finditer(text):
        yield text[at : found.start()]
        yield Markup('<span class="hidden-mark">{}</span>').format(visible(found[0], "{}"))
        at = found.end()
    yield text[at:]


def _short(text: str) -> str:
    """Cut a very long value, saying how much longer it is."""
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST]} … and {wording.plural(len(text) - _LONGEST, 'more character')}"


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    made.filters |= {
        "anchor": anchor,
        "attribute": visible,
        "begin": lambda text: text[:1].upper() + text[1:],
        "count": wording.count,
        "confirmed": lambda each: CONFIRMED.get(each, each),
        "day": months.day,
        "ended": lambda text: text if text.endswith((".", "?", "!")) else f"{text}.",
        "month": months.month_short,
        "short": _short,
    }
    made.globals |= {
        "breakdown_title": figures.breakdown_title,
        "counted": figures.counted,
        "doubt": figures.doubt,
        "interval_head": figures.interval_head,
        "interval_text": figures.interval_text,
        "is_measured": lambda each: isinstance(each, Estimate),
        "is_web": lambda address: address.startswith(("https://", "http://")),
        "listing": wording.listing,
        "part_value": figures.part_value,
        "plural": wording.plural,
        "share": wording.share,
        "short_figure": figures.short_figure,
        "value_text": figures.value_text,
    }
    return made


_PAGES = _environment()
