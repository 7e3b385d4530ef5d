"""A case with reviews to draw, and a way to judge them."""

import random
from pathlib import Path

import pytest

from answerable.auditing.planning import sizes
from answerable.auditing.reviewing import draw_review, frame_of
from answerable.review import Request
from cases import a_case, audited, town

__all__ = ["a_case", "audited", "town"]

SEED = "51326143265412635412"


def drawn(
    case: Path,
    name="first",
    size=40,
    *,
    twice=0,
    reviewers=("ann", "ben"),
    allocation="proportional",
    **asked,
):
    """Draw a review of a case and give its desk."""
    laid = {key: asked.pop(key) for key in ("strata", "among", "clusters", "whole_above") if key in asked}
    frame = frame_of(case, "searches", **laid)
    request = Request(
        name=name,
        seed=asked.pop("seed", SEED),
        sizes=sizes(frame, size, allocation),
        reviewers=tuple(reviewers),
        twice=twice,
        **laid,
        **asked,
    )
    return draw_review(case, request, frame=frame)


def answers(number, who="", *, differ=()):
    """Give answers of an item, the same for everybody but where they are to differ."""
    chance = random.Random(f"{number}{who if number in differ else ''}")  # noqa: S311 - answers to test with
    purpose = chance.choices(["fits", "does-not-fit", "none-stated", "cannot-tell"], [75, 10, 8, 7])[0]
    found = {
        "purpose": purpose,
        "support": chance.choices(["supported", "not-supported", "cannot-tell"], [8, 1, 1])[0],
    }
    if purpose == "fits":
        found["reach"] = chance.choices(["proportionate", "not-proportionate"], [9, 1])[0]
    return found


def judge_all(desk, *, differ=()):
    """Let every reviewer judge every item of theirs."""
    for who in desk.sample.request.reviewers:
        mine = [item.number for item in desk.sample.items if who in item.reviewers]
        desk.judge_all(who, {number: (answers(number, who, differ=differ), "") for number in mine})


@pytest.fixture
def desk(a_case):
    """A desk with 40 items of two reviewers, ten of them judged by both."""
    return drawn(a_case, twice=10)
