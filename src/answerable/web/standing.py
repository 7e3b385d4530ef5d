"""How far a review is, in counts: nothing here tells what anybody answered."""

from __future__ import annotations

from dataclasses import dataclass

from answerable.review import Conclusion, Desk, Item
from answerable.review.judgements import Judgements

__all__ = ["Progress", "Standing", "disputed", "standing_of"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one reviewer is."""

    reviewer: str
    done: int
    of: int

    @property
    def left(self) -> int:
        """Items still to judge."""
        return self.of - self.done


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a review is.

    Attributes:
        title: The review's name.
        about: What its form finds out.
        items: How many items were drawn.
        population: How many records they were drawn from.
        reviewers: How far each reviewer is.
        until: The items up to this number are judged by all who judge them, as far as the plan looks at once; 0: none.
        disputed: How many of these two reviewers differ on and nobody has settled. Of others it is not told: the number would tell
            a reviewer something of the other's answers.
        settled: How many of these were settled.
        concluded: Whether the case holds a conclusion from the journal as it stands.
    """

    title: str
    about: str
    items: int
    population: int
    reviewers: tuple[Progress, ...]
    until: int
    disputed: int
    settled: int
    concluded: bool

    @property
    def left(self) -> int:
        """Items still to judge, by all reviewers together."""
        return sum(each.left for each in self.reviewers)


def standing_of(desk: Desk, conclusions: tuple[Conclusion, ...] = ()) -> Standing:
    """Count how far a review is.

    Args:
        desk: The review.
        conclusions: Those that the case holds.

    Raises:
        CaseError: The journal was changed.
    """
    entries = desk.journal.entries()
    found = desk.judgements()
    sample = desk.sample
    reviewers = []
    for reviewer in sample.request.reviewers:
        of = len(found.of_reviewer(reviewer))
        reviewers.append(Progress(reviewer, of - len(found.to_do(reviewer)), of))
    until = _until(found)
    return Standing(
        title=desk.name,
        about=sample.form.title,
        items=len(sample.items),
        population=sample.population,
        reviewers=tuple(reviewers),
        until=until,
        disputed=len(disputed(found)),
        settled=sum(number <= until for number in found.settled),
        concluded=any(
            each.review == desk.name and each.entries == len(entries) and each.sample == sample.sha256
            for each in conclusions
        ),
    )


def disputed(found: Judgements) -> list[Item]:
    """Give the items in dispute whose answers may be seen: where everything is judged that the plan looks at with them."""
    until = _until(found)
    return [item for item in found.conflicts() if item.number <= until]


def _until(found: Judgements) -> int:
    """Give the number of items up to which all are judged: of the whole sample, or up to a look of a sequential plan."""
    items = found.sample.items
    reached = 0
    for size in dict.fromkeys((*found.sample.request.looks, len(items))):
        if not all(found.is_complete(item) for item in items[reached:size]):
            break
        reached = size
    return reached
