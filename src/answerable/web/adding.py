"""Adding files to the case: sent, looked at, and only then kept, or left."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from answerable import wording
from answerable.auditing import audit, inspect
from answerable.errors import AnswerableError, CaseError, UsageError
from answerable.intake.preflight import file_sha256
from answerable.intake.take import Progress
from answerable.web.arriving import FIELD, Batch
from answerable.web.hall import Hall
from answerable.web.pages import go, hall_of, note, render, writing
from answerable.web.sent import fields

__all__ = ["ROUTES"]

_ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "Europe/London",
    "Europe/Berlin",
    "UTC",
)
_LONGEST = 100  # letters of a time zone, a date or a log's name
_LOOKED = "/add/look"


def _page(request: Request) -> Response:
    hall = hall_of(request)
    if hall.arrivals.batch:
        return go(request, _LOOKED)
    return render(request, "add.html.j2", title="Add files", is_new=hall.is_new(), field=FIELD)


def _sent(request: Request) -> Response:
    """Look at what the guard has let in (`answerable.web.arriving`)."""
    hall = hall_of(request)
    batch = hall.arrivals.batch
    if batch is None:
        raise CaseError("the files were removed again", do="Send them once more.")
    try:
        writing(request)
        hall.work.begin("Looking at the files", _LOOKED, lambda progress: _look(hall, batch, progress))
    except AnswerableError:
        hall.arrivals.leave()
        raise
    for path in batch.paths:
        note(request, "sent", f"{path.name}, {wording.plural(path.stat().st_size, 'byte')}")
    return go(request, "/working")


def _look(hall: Hall, batch: Batch, progress: Progress) -> None:
    progress("Reading headers and a sample of each file", 1, 1)
    try:
        hall.arrivals.seen(batch, inspect(batch.paths))
    except AnswerableError:
        hall.arrivals.leave()  # what cannot be read at all is not kept for another look
        raise


def _looked(request: Request) -> Response:
    return _shown(request, {"timezone": "", "as_of": "", "log": ""})


def _shown(request: Request, given: dict[str, str], error: AnswerableError | None = None) -> Response:
    hall = hall_of(request)
    batch = hall.arrivals.batch
    if batch is None or batch.views is None:
        return go(request, "/add")
    settings = None if hall.is_new() else hall.case().settings
    return render(
        request,
        "look.html.j2",
        422 if error else 200,
        title="What was sent",
        views=batch.views,
        fits=sum(bool(view.layout) for view in batch.views),
        stuck=[view.name for view in batch.views if view.near or view.do],
        files=len(batch.paths),
        is_new=settings is None,
        settings=settings,
        zones=_ZONES,
        given=given,
        error=error,
        between={",": "comma", "\t": "tab", ";": "semicolon", "|": "pipe", " ": "blanks"},
    )


def _keep(request: Request) -> Response:
    writing(request)
    hall, sent = hall_of(request), fields(request)
    batch = hall.arrivals.batch
    if batch is None:
        return go(request, "/add", "The files are no longer there. Send them again.")
    given = {name: sent.get(name, "").strip()[:_LONGEST] for name in ("timezone", "as_of", "log")}
    try:
        zone = given["timezone"] if hall.is_new() else hall.case().settings.timezone
        hall.work.begin(
            "Adding the files to the case",
            "/",
            lambda progress: _add(hall, batch, given | {"timezone": zone}, progress),
        )
    except UsageError as error:
        return _shown(request, given, error)
    for path in batch.paths:
        note(request, "added", f"{path.name}, SHA-256 {file_sha256(path)}")
    return go(request, "/working")


def _add(hall: Hall, batch: Batch, given: dict[str, str], progress: Progress) -> None:
    paths: tuple[Path, ...] = batch.paths
    log = given["log"]
    audit(
        () if log else paths,
        hall.path,
        logs={log: paths} if log else None,
        timezone=given["timezone"],
        as_of=given["as_of"],
        progress=progress,
    )
    hall.arrivals.leave()


def _leave(request: Request) -> Response:
    writing(request)
    hall = hall_of(request)
    batch = hall.arrivals.batch
    if hall.work.step and not hall.work.step.over:
        raise CaseError("other work on this case is not over yet", do="Wait for it to end.")
    if batch:
        note(request, "left", wording.listing([path.name for path in batch.paths], most=5))
    hall.arrivals.leave()
    return go(request, "/add", "Nothing was kept, and the files that were sent are removed.")


ROUTES = [
    Route("/add", _page),
    Route("/add", _sent, methods=["POST"]),
    Route("/add/look", _looked),
    Route("/add/keep", _keep, methods=["POST"]),
    Route("/add/leave", _leave, methods=["POST"]),
]
"""The routes of adding files."""
