"""How far a review is, in counts: nothing here tells what anybody answered."""

from __future__ import annotations

from dataclasses import dataclass

from answerable.review import Desk

__all__ = ["Progress", "Standing", "standing_of"]


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
        disputed: How many items two reviewers differ on that nobody has settled; 0 while anybody has items left, for the number
            would tell a reviewer something of the other's answers.
        settled: How many were settled.
    """

    title: str
    about: str
    items: int
    population: int
    reviewers: tuple[Progress, ...]
    disputed: int
    settled: int

    @property
    def is_judged(self) -> bool:
        """Whether every reviewer has judged every item of theirs."""
        return not any(each.left for each in self.reviewers)


def standing_of(desk: Desk) -> Standing:
    """Count how far a review is.

    Raises:
        CaseError: The journal was changed.
    """
    found = desk.judgements()
    sample = desk.sample
    reviewers = []
    for reviewer in sample.request.reviewers:
        of = len(found.of_reviewer(reviewer))
        reviewers.append(Progress(reviewer, of - len(found.to_do(reviewer)), of))
    is_judged = not any(each.left for each in reviewers)
    return Standing(
        title=desk.name,
        about=sample.form.title,
        items=len(sample.items),
        population=sample.population,
        reviewers=tuple(reviewers),
        disputed=len(found.conflicts()) if is_judged else 0,
        settled=len(found.settled) if is_judged else 0,
    )
