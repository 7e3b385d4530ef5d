"""What the journal comes to: each reviewer's last answers, where two differ, what was settled, and what is still open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from answerable.review.forms import Question
from answerable.review.journal import Entry
from answerable.review.sample import Item, Sample

__all__ = ["JUDGED", "OPEN", "SETTLED", "WITHDREW", "Judgements", "judgements"]

JUDGED, SETTLED, WITHDREW = "judged", "adjudicated", "withdrew"
"""What an entry says of an item."""

OPEN = ""
"""The answer to a question that nobody has answered, or that two reviewers answer differently and nobody has settled."""


@dataclass(frozen=True, slots=True)
class Judgements:
    """The answers as they stand.

    Attributes:
        sample: The sample.
        given: By item and reviewer, the answers that the reviewer last gave.
        settled: By item, the answers that were settled after two reviewers differed.
        changes: How many answers were given again after the first time.
    """

    sample: Sample
    given: Mapping[int, Mapping[str, Mapping[str, str]]]
    settled: Mapping[int, Mapping[str, str]]
    changes: int = 0
    notes: Mapping[tuple[int, str], str] = field(default_factory=dict)

    def of(self, item: int, reviewer: str) -> Mapping[str, str]:
        """Give what a reviewer answered of an item; nothing where it is not judged yet."""
        return self.given.get(item, {}).get(reviewer, {})

    def to_do(self, reviewer: str) -> list[Item]:
        """Give the items that a reviewer has not judged yet, in order."""
        return [item for item in self.of_reviewer(reviewer) if not self.of(item.number, reviewer)]

    def of_reviewer(self, reviewer: str) -> list[Item]:
        """Give the items that a reviewer judges, in order."""
        return [item for item in self.sample.items if reviewer in item.reviewers]

    def conflicts(self) -> list[Item]:
        """Give the items of which two reviewers differ and that nobody has settled, in order."""
        return [
            item
            for item in self.sample.items
            if self.is_complete(item) and item.number not in self.settled and self.differ(item)
        ]

    def is_complete(self, item: Item) -> bool:
        """Say whether everyone who judges an item has judged it."""
        return all(self.of(item.number, reviewer) for reviewer in item.reviewers)

    def differ(self, item: Item) -> bool:
        """Say whether two reviewers gave different answers of an item."""
        answers = [dict(self.of(item.number, reviewer)) for reviewer in item.reviewers]
        return any(each != answers[0] for each in answers)

    def answer(self, item: Item, question: Question) -> str | None:
        """Give the answer to a question that counts.

        Returns:
            The settled answer, else the one on which all who judge the item agree; `OPEN` where there is none yet, and None
            where the question is not asked of the item.
        """
        if not self.is_complete(item):
            return OPEN
        if item.number in self.settled:
            return self.settled[item.number].get(question.id)
        answers = {self.of(item.number, reviewer).get(question.id) for reviewer in item.reviewers}
        return answers.pop() if len(answers) == 1 else OPEN

    def pairs(self, question: Question) -> list[tuple[str, ...]]:
        """Give the answers of all who judged an item, for each that more than one judged and was asked of, before anything was settled."""
        found = []
        for item in self.sample.items:
            if len(item.reviewers) > 1 and self.is_complete(item):
                answers = [self.of(item.number, reviewer).get(question.id) for reviewer in item.reviewers]
                if all(answer is not None for answer in answers):
                    found.append(tuple(str(answer) for answer in answers))
        return found


def judgements(sample: Sample, entries: Iterable[Entry]) -> Judgements:
    """Bring a journal's entries together: the last word of each counts, and every one stays in the journal.

    An answer that a reviewer changes after it was settled opens what was settled again.
    """
    given: dict[int, dict[str, Mapping[str, str]]] = {}
    settled: dict[int, Mapping[str, str]] = {}
    notes: dict[tuple[int, str], str] = {}
    changes = 0
    for entry in entries:
        of_item = given.setdefault(entry.item, {})
        if entry.what == JUDGED:
            changes += entry.who in of_item
            of_item[entry.who] = entry.answers
            notes[entry.item, entry.who] = entry.note
            settled.pop(entry.item, None)
        elif entry.what == WITHDREW:
            changes += 1
            of_item.pop(entry.who, None)
            settled.pop(entry.item, None)
        elif entry.what == SETTLED:
            settled[entry.item] = entry.answers
            notes[entry.item, entry.who] = entry.note
    return Judgements(sample, given, settled, changes, notes)


def tables(answers: Sequence[tuple[str, ...]], choices: Sequence[str]) -> list[list[int]]:
    """Count pairs of answers: rows by the first reviewer's, columns by the second's."""
    place = {choice: at for at, choice in enumerate(choices)}
    table = [[0] * len(choices) for _ in choices]
    for pair in answers:
        table[place[pair[0]]][place[pair[1]]] += 1
    return table
