"""What a review comes to, as it is kept in the case and shown in the report, apart from what was counted by machine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from answerable.errors import CaseError
from answerable.estimate import Estimate, Status

__all__ = ["CONCLUSIONS", "Answered", "Conclusion", "read_conclusions", "write_conclusion"]

CONCLUSIONS = "conclusions"
"""The folder of a version that holds what reviews came to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What the answers to one question come to.

    Attributes:
        question: The question's id.
        text: What was asked.
        estimate: The share of the counted answers in the whole log, with its interval.
        further: What else follows, one sentence each: numbers in the whole log, what could not be told, how reviewers agree.
        status: Whether the log keeps within what the plan tolerates; None where the plan tolerates no share.
        threshold: What it is held against, in words.
    """

    question: str
    text: str
    estimate: Estimate
    further: tuple[str, ...] = ()
    status: Status | None = None
    threshold: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """What one review comes to.

    Attributes:
        review: The review's name.
        title: What it finds out.
        drawn: How the sample was drawn, in a sentence.
        judged: Who judged, how often twice, and what was settled, in a sentence.
        answered: The questions.
        sample: The SHA-256 of the sample.
        journal: The SHA-256 of the last line of the journal that it rests on.
        entries: How many lines that are.
    """

    review: str
    title: str
    drawn: str
    judged: str
    answered: tuple[Answered, ...]
    sample: str
    journal: str
    entries: int


def write_conclusion(folder: Path, conclusion: Conclusion) -> None:
    """Write a conclusion into a version's folder; the same conclusion gives the same bytes."""
    path = folder / CONCLUSIONS / f"{conclusion.review}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(conclusion), indent=1) + b"\n")


def read_conclusions(folder: Path) -> tuple[Conclusion, ...]:
    """Read the conclusions of a version, by the reviews' names.

    Raises:
        CaseError: One is damaged.
    """
    found = []
    for path in sorted((folder / CONCLUSIONS).glob("*.json")):
        try:
            found.append(msgspec.json.decode(path.read_bytes(), type=Conclusion))
        except (OSError, ValueError, RecursionError) as error:
            raise CaseError(
                f"the conclusion cannot be read ({type(error).__name__})",
                where=str(path),
                do="Run `answerable review conclude` on the review again.",
            ) from None
    return tuple(found)
