"""A reviewer's items as a workbook, out and back again, for those who judge in Excel."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from answerable import wording
from answerable.auditing.reviewing import import_items
from answerable.errors import UsageError
from answerable.review import Desk
from answerable.review.sheets_written import sheet_bytes
from answerable.web.pages import desk_of, go, hall_of, reviewer_of, writing
from answerable.web.sent import upload

__all__ = ["ROUTES"]

_SENT = Path("workbook.xlsx")  # what errors call it: the name that a browser sends is used for nothing
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _reviewer(request: Request, desk: Desk) -> str:
    reviewer = reviewer_of(request, desk)
    if not reviewer:
        raise UsageError(
            "nobody works in this browser yet",
            expected="one of the reviewers",
            do="Choose who you are on the review's page.",
        )
    return reviewer


def _workbook(request: Request) -> Response:
    desk = desk_of(request)
    reviewer = _reviewer(request, desk)
    shown = hall_of(request).shown(desk)
    mine = [shown[item.number] for item in desk.sample.items if reviewer in item.reviewers]
    data = sheet_bytes(desk.sample, reviewer, mine, desk.judgements())
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in reviewer)
    return Response(
        data,
        media_type=_XLSX,
        headers={"content-disposition": f'attachment; filename="{desk.name}-{plain}.xlsx"'},
    )


def _import(request: Request) -> Response:
    desk = desk_of(request)
    writing(request)
    reviewer = _reviewer(request, desk)
    _, file = upload(request, "file")
    fresh, left = import_items(hall_of(request).path, desk.name, reviewer, _SENT, data=file.data)
    said = (
        f"{wording.plural(fresh, 'item')} taken over from the workbook; {wording.count(left)} still to judge."
    )
    return go(request, f"/reviews/{desk.name}", said)


ROUTES = [
    Route("/reviews/{review}/workbook", _workbook),
    Route("/reviews/{review}/import", _import, methods=["POST"]),
]
"""The routes of workbooks."""
