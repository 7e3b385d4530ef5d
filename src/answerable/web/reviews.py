"""The list of reviews, the page of one, who works at it, and concluding from it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from answerable.auditing import conclude_review
from answerable.errors import UsageError
from answerable.policy.marked import nearest
from answerable.web.pages import desk_of, go, hall_of, note, problem, render, reviewer_of, session_of, writing
from answerable.web.sent import fields
from answerable.web.standing import standing_of

__all__ = ["ROUTES"]


def _reviews(request: Request) -> Response:
    hall = hall_of(request)
    conclusions = hall.conclusions()
    return render(
        request,
        "reviews.html.j2",
        title="Reviews",
        reviews=[standing_of(hall.desk(review), conclusions) for review in hall.reviews()],
    )


def _review(request: Request) -> Response:
    hall, desk = hall_of(request), desk_of(request)
    conclusions = hall.conclusions()
    return render(
        request,
        "review.html.j2",
        title=f"Review {desk.name}",
        standing=standing_of(desk, conclusions),
        me=reviewer_of(request, desk),
        sample=desk.sample,
        conclusion=next((each for each in conclusions if each.review == desk.name), None),
    )


def _work_as(request: Request) -> Response:
    """Take the reviewer as whom this browser works at a review; whoever signed in by name works as nobody else."""
    desk = desk_of(request)
    reviewer = fields(request).get("reviewer", "")
    person = session_of(request).person.title
    known = [each for each in desk.sample.request.reviewers if person in ("", each)]
    if reviewer not in known:
        raise UsageError(
            "this is no reviewer of the review",
            expected=nearest(reviewer[:80], known) if known else "one of its reviewers, as whom one signs in",
            do="Choose one of them.",
        )
    session_of(request).reviewers[desk.name] = reviewer
    return go(request, f"/reviews/{desk.name}/next")


def _conclude(request: Request) -> Response:
    writing(request)
    hall, desk = hall_of(request), desk_of(request)
    note(request, "concluded", f"the review {desk.name}")
    hall.work.begin(
        f"Concluding from the review {desk.name}",
        "/report.html#reviewed",
        lambda progress: conclude_review(hall.path, desk.name, progress=progress),
    )
    return go(request, "/working")


def _working(request: Request) -> Response:
    step = hall_of(request).work.step
    if step is None:
        return go(request, "/")
    if step.problem:
        return problem(request, step.problem)
    if step.over:
        return go(request, step.then)
    return render(request, "working.html.j2", title=step.title, step=step)


ROUTES = [
    Route("/reviews", _reviews),
    Route("/reviews/{review}", _review),
    Route("/reviews/{review}/as", _work_as, methods=["POST"]),
    Route("/reviews/{review}/conclude", _conclude, methods=["POST"]),
    Route("/working", _working),
]
"""The routes of reviews."""
