"""Sequential plans: when a review may stop before every item is judged, and what it then shows.

Items are numbered in an order of chance, so that the first of them are a random sample of their own. Whether to stop is decided
on one question; an item of which it cannot be told is held against stopping either way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from answerable import wording
from answerable.errors import UsageError
from answerable.estimate import Interval
from answerable.sampling.sequential import SequentialPlan, sequential
from answerable.sampling.stopped import Stopped, conclude

__all__ = ["Stop", "goes_on", "sequential_plan", "stop_at"]


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a review stopped.

    Attributes:
        size: The items judged.
        accepted: Whether the share is shown to be below the tolerable one.
        interval: The interval of the share, which allows for the looks before.
        low: The fewest cases in the log within it.
        high: The most.
    """

    size: int
    accepted: bool
    interval: Interval
    low: int
    high: int


def sequential_plan(
    looks: Sequence[int], tolerable: float, confidence: float, population: int
) -> SequentialPlan:
    """Make the plan of some looks; it is made again from the sample whenever it is asked for.

    Raises:
        UsageError: The looks are none, or no look of these sizes could accept.
    """
    try:
        return sequential(looks, tolerable, confidence=confidence, population=population)
    except ValueError as error:
        raise UsageError(
            str(error), expected="looks such as 30, 60 and 90", do="Give others with --look."
        ) from None


def stop_at(plan: SequentialPlan, counts: Sequence[tuple[int, int]], level: float) -> Stop | None:
    """Say whether the plan stops at the last of some looks, and what that shows; None where it goes on.

    The bounds are those of the least and of the most that the open answers can come to: the lower is that of the outcome with none
    of them a case, which may be to have stopped at an earlier look, and the upper that with each of them one.

    Args:
        plan: The plan.
        counts: At each look so far, the cases found, and these with the open answers.
        level: The level of the interval.
    """
    at = len(counts) - 1
    best, worst = counts[at]
    accepted = worst <= plan.accept[at]
    if not (accepted or best >= plan.reject[at]) and at < len(plan.looks) - 1:
        return None
    lower = _outcome(plan, [least for least, _ in counts], level)
    upper = _outcome(plan, [most for _, most in counts], level)
    interval = Interval(lower.interval.low, upper.interval.high, level, upper.interval.method)
    return Stop(plan.looks[at], accepted, interval, lower.low or 0, upper.high or 0)


def _outcome(plan: SequentialPlan, counts: Sequence[int], level: float) -> Stopped:
    """Give what the plan shows at the first of some looks at which it stops."""
    for at, found in enumerate(counts):
        if not plan.accept[at] < found < plan.reject[at]:
            return conclude(plan, plan.looks[at], found, level)
    raise ValueError("the plan goes on")


def goes_on(plan: SequentialPlan, size: int) -> UsageError:
    """Make the error that says that the plan goes on after a look."""
    following = next(look for look in plan.looks if look > size)
    return UsageError(
        f"after {wording.count(size)} items the plan goes on",
        expected=f"the first {wording.count(following)} items judged",
        do="Judge on, in the order of the items' numbers, and conclude again.",
    )
