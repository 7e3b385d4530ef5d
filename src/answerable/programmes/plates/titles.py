"""The sentences above the charts of licence-plate readers: each states what its chart shows, in figures."""

from __future__ import annotations

from collections.abc import Callable

from answerable import wording
from answerable.estimate import Estimate, Part
from answerable.months import month_name
from answerable.programmes.section import sentence

__all__ = [
    "boundary",
    "by_month",
    "cost_of_retention",
    "count_by_month",
    "largest_topic",
    "most_frequent",
    "of_several",
    "quantity_by_month",
]

Title = Callable[[tuple[Estimate, ...]], str]


def _part(estimate: Estimate, breakdown: str, label: str = "") -> Part | None:
    """Find one part of a breakdown by its label, or the first."""
    parts = estimate.breakdowns.get(breakdown, ())
    return next((part for part in parts if label in ("", part.label)), None)


def _largest(estimate: Estimate, breakdown: str) -> Part | None:
    """Find the part with the largest value, the first of equals; None where there is no difference to speak of."""
    parts = [part for part in estimate.breakdowns.get(breakdown, ()) if part.value is not None]
    if len({part.value for part in parts}) <= 1:
        return None
    return max(parts, key=lambda part: part.value or 0)


def _ratio(part: Part, things: str = "searches") -> str:
    return wording.share(part.numerator or 0, part.denominator or 0, things)


def by_month(what: str) -> Title:
    """Say how many searches ``what``, and in which month the share was highest."""

    def title(estimates: tuple[Estimate, ...]) -> str:
        (estimate,) = estimates
        top = _largest(estimate, "month")
        highest = f"; the share was highest in {month_name(top.label)}, {_ratio(top)}" if top else ""
        return f"{estimate.counted} {what}{highest}"

    return title


def quantity_by_month(what: str) -> Title:
    """Say the median, and in which month it was highest."""

    def title(estimates: tuple[Estimate, ...]) -> str:
        (estimate,) = estimates
        top = _largest(estimate, "month")
        text = f"The median {what} was {estimate.figure} {estimate.unit}"
        if top is None or top.value is None:
            return text
        return f"{text}; it was highest in {month_name(top.label)}, at {wording.quantity(top.value)}"

    return title


def count_by_month(lead: str, singular: str, plural: str = "") -> Title:
    """Say how many there are, and which month has the most."""

    def title(estimates: tuple[Estimate, ...]) -> str:
        (estimate,) = estimates
        top = _largest(estimate, "month")
        text = f"{lead} {wording.plural(estimate.value, singular, plural)}"
        if top is None or top.value is None:
            return text
        return f"{text}; the month with the most is {month_name(top.label)}, with {wording.count(top.value)}"

    return title


def most_frequent(breakdown: str, lead: str, things: str = "searches") -> Title:
    """Name the part of a breakdown that most searches, or other things, fall into."""

    def title(estimates: tuple[Estimate, ...]) -> str:
        (estimate,) = estimates
        top = _largest(estimate, breakdown) or _part(estimate, breakdown)
        return f"{lead} “{top.label}”: {_ratio(top, things)}" if top else sentence(estimates)

    return title


def of_several(lead: str) -> Title:
    """Name the largest of several measures that are drawn together."""

    def title(estimates: tuple[Estimate, ...]) -> str:
        top = max(estimates, key=lambda estimate: estimate.value)
        return f"{lead} “{top.title}”: {top.counted}"

    return title


def largest_topic(estimates: tuple[Estimate, ...]) -> str:
    """Name the list that the largest share of searches met."""
    top = max(estimates, key=lambda estimate: estimate.value)
    return f"{top.sentence.rstrip('.')}, more than of any other list"


def boundary(estimates: tuple[Estimate, ...]) -> str:
    """Say what the measure says, and how far other ways of counting days would move it."""
    (estimate,) = estimates
    counts = [part.numerator or 0 for part in estimate.breakdowns.get("rule", ())]
    text = sentence(estimates)
    if not counts or min(counts) == max(counts):
        return text
    return f"{text}; other ways of counting days give {wording.count(min(counts))} to {wording.count(max(counts))}"


def cost_of_retention(
    days: int = 30,
    *,
    costs: tuple[str, ...] = ("hits.cost_of_retention", "searches.cost_of_retention"),
    beside: str = "reads.tracking_by_retention",
) -> Title:
    """Say what keeping reads for ``days`` would have cost, and how far such reads track: whichever of the two was measured.

    Args:
        days: The retention spoken of; where no measure has a part for it, the first measure's sentence stands.
        costs: The measures whose breakdown ``days`` gives what used reads older than its label.
        beside: The measure whose breakdown ``days`` gives what that many days of reads single out.
    """

    def title(estimates: tuple[Estimate, ...]) -> str:
        found = [
            (estimate, part)
            for estimate in estimates
            if (part := _part(estimate, "days", str(days))) and part.value is not None
        ]
        lost = [(estimate, part) for estimate, part in found if estimate.measure in costs]
        span = wording.plural(days, "day")
        said = []
        if lost:
            counted = wording.listing([estimate.part_counted(part) for estimate, part in lost])
            longest = _without_cost([estimate for estimate, _ in lost])
            instead = f" instead of {longest}" if longest > days else ""
            said.append(f"keeping reads {span}{instead} would have cost {counted}")
        said += [
            f"{span} of reads single out {estimate.part_counted(part)}"
            for estimate, part in found
            if estimate.measure == beside
        ]
        text = "; ".join(said)
        return text[:1].upper() + text[1:] if text else sentence(estimates)

    return title


def _without_cost(estimates: list[Estimate]) -> int:
    """Give the longest retention drawn, where it would have cost nothing; 0 where what was used is older still."""
    free = (
        {
            int(part.label)
            for part in estimate.breakdowns["days"]
            if part.label.isdecimal() and part.value == 0
        }
        for estimate in estimates
    )
    return max(set.intersection(*free), default=0)
