"""Review forms: the questions that a reviewer answers about one record, read from YAML.

The keys are described in docs/review-format.md. A form is part of a draw: its text and SHA-256 are kept with the sample.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from answerable.errors import ReviewError
from answerable.intake.kinds import RecordKind
from answerable.policy.marked import Marked, Sort, nearest, read

__all__ = ["FORM", "Choice", "Form", "Question", "load_form"]

FORM = Sort(
    "review form",
    "form, questions, choices",
    "docs/review-format.md describes every key.",
    ReviewError,
    "`answerable review forms` lists the forms that are shipped.",
)
"""What faults of a form are raised as, and where its keys are described."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MOST_QUESTIONS, _FEWEST_CHOICES, _MOST_CHOICES = 20, 2, 9  # each choice has a digit of the keyboard


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be given: its id, and its text."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question about a record.

    Attributes:
        id: The question's id, which names its measures.
        text: What is asked.
        choices: The answers that may be given, in order; at most nine.
        counts: The choices whose share is reported.
        unsure: The choices that leave it open; they are neither counted nor taken as the contrary.
        finding: What is said of records with a counted answer: they "have no stated purpose".
        help: How to decide.
        asked_when: Earlier questions, each with the choices after which this one is asked; empty: it is always asked.
    """

    id: str
    text: str
    choices: tuple[Choice, ...]
    counts: tuple[str, ...]
    unsure: tuple[str, ...] = ()
    finding: str
    help: str = ""
    asked_when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def is_asked(self, answers: Mapping[str, str]) -> bool:
        """Say whether the question is asked, given the answers to earlier ones."""
        return all(answers.get(earlier) in chosen for earlier, chosen in self.asked_when.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The questions about one kind of record.

    Attributes:
        id: The form's id.
        title: What it finds out, as a short phrase.
        records: The plural of the record kind that it is about.
        shows: The fields that a reviewer sees, in order.
        questions: The questions in order.
        sha256: Of the file.
    """

    id: str
    title: str
    records: str
    shows: tuple[str, ...]
    questions: tuple[Question, ...]
    sha256: str

    def question(self, name: str) -> Question:
        """Give a question by its id.

        Raises:
            ReviewError: There is none of that id.
        """
        for question in self.questions:
            if question.id == name:
                return question
        raise ReviewError(
            f"the form has no question {name!r}",
            expected=nearest(name, [question.id for question in self.questions]),
            do="Use a question's id, as the form writes it.",
        )

    def check(self, answers: Mapping[str, str]) -> dict[str, str]:
        """Give the answers in the form's order, once each is one of its question's choices and every question that is asked has one.

        Raises:
            ReviewError: A question is unknown, unanswered, answered though it is not asked, or the answer is none of its choices.
        """
        for name in answers:
            self.question(name)
        given: dict[str, str] = {}
        for question in self.questions:
            answer = answers.get(question.id, "")
            ids = [choice.id for choice in question.choices]
            if not question.is_asked(given):
                if answer:
                    raise ReviewError(
                        f"{question.id} is answered, and is not asked after the answers before it",
                        expected="no answer",
                        do="Leave it empty, or change the answer before it.",
                    )
                continue
            if answer not in ids:
                raise ReviewError(
                    f"{question.id} is {answer!r}" if answer else f"{question.id} has no answer",
                    expected=nearest(answer, ids),
                    do="Answer every question that is asked with one of its choices.",
                )
            given[question.id] = answer
        return given


def load_form(path: Path, kinds: Iterable[RecordKind]) -> Form:
    """Read a form.

    Args:
        path: The YAML file.
        kinds: The record kinds that a form may be about.

    Raises:
        ReviewError: The file is not a valid form; the message names the file, the line, what was found and what was expected.
    """
    root, sha256 = read(path, FORM)
    found = root.mapping("the form", ("id", "title", "records", "shows", "questions"), ())
    by_plural = {kind.plural: kind for kind in kinds if not kind.sealed}
    kind = by_plural[found["records"].choice("records", by_plural)]
    fields = [one.name for one in kind.fields]
    shows = tuple(each.choice("a field of shows", fields) for each in found["shows"].items("shows"))
    listed = found["questions"].items("questions")
    if not 1 <= len(listed) <= _MOST_QUESTIONS:
        raise root.wrong(f"the form has {len(listed)} questions", expected=f"1 to {_MOST_QUESTIONS}")
    questions: list[Question] = []
    for each in listed:
        questions.append(_question(each, questions))
    return Form(
        id=_id(found["id"], "id"),
        title=found["title"].text("title"),
        records=kind.plural,
        shows=shows,
        questions=tuple(questions),
        sha256=sha256,
    )


def _question(at: Marked, before: list[Question]) -> Question:
    found = at.mapping(
        "a question", ("id", "text", "choices", "counts", "finding"), ("unsure", "help", "asked_when")
    )
    name = _id(found["id"], "id")
    if name in {question.id for question in before}:
        raise found["id"].wrong(f"two questions have the id {name!r}", expected="an id of its own")
    choices = tuple(_choice(each) for each in found["choices"].items("choices"))
    ids = [choice.id for choice in choices]
    if not _FEWEST_CHOICES <= len(ids) <= _MOST_CHOICES:
        raise found["choices"].wrong(
            f"{name} has {len(ids)} choices", expected=f"{_FEWEST_CHOICES} to {_MOST_CHOICES}"
        )
    if len(set(ids)) < len(ids):
        raise found["choices"].wrong(f"{name} has one choice twice", expected="each choice once")
    counts = tuple(each.choice("a choice of counts", ids) for each in found["counts"].items("counts"))
    unsure = (
        tuple(each.choice("a choice of unsure", ids) for each in found["unsure"].items("unsure"))
        if "unsure" in found
        else ()
    )
    if not counts or set(counts) & set(unsure) or len({*counts, *unsure}) == len(ids):
        raise found["counts"].wrong(
            f"{name} counts {', '.join(counts) or 'nothing'}",
            expected="at least one choice that is counted, none of them unsure, and one that is neither",
        )
    when = _asked_when(found["asked_when"], before) if "asked_when" in found else {}
    return Question(
        id=name,
        text=found["text"].text("text"),
        choices=choices,
        counts=counts,
        unsure=unsure,
        finding=found["finding"].text("finding"),
        help=found["help"].text("help") if "help" in found else "",
        asked_when=when,
    )


def _asked_when(at: Marked, before: list[Question]) -> dict[str, tuple[str, ...]]:
    earlier = {question.id: question for question in before}
    when: dict[str, tuple[str, ...]] = {}
    for name, (place, value) in at.free_mapping("asked_when").items():
        if name not in earlier:
            raise place.wrong(
                f"asked_when names {name!r}", expected="the id of a question that stands before this one"
            )
        ids = [choice.id for choice in earlier[name].choices]
        when[name] = tuple(each.choice("a choice of asked_when", ids) for each in value.items(name))
    return when


def _choice(at: Marked) -> Choice:
    found = at.mapping("a choice", ("id", "text"), ())
    return Choice(_id(found["id"], "id"), found["text"].text("text"))


def _id(at: Marked, name: str) -> str:
    text = at.text(name)
    if not _ID.fullmatch(text):
        raise at.wrong(
            f"{name} is {text!r}", expected="small letters, digits and single hyphens, such as does-not-fit"
        )
    return text
