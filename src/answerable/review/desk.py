"""The desk of one review: its sample, its journal, and what may be done at it. Command line, Python and browser all come through here.

CASE/reviews/NAME/
  sample.json     what was drawn, from what and how, with the form; never changed
  journal.jsonl   who did what and when, one line each, chained
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from answerable import wording
from answerable.case import CaseFolder, Difference
from answerable.errors import CaseError, ReviewError, StorageError, UsageError
from answerable.manifest import sync
from answerable.policy.marked import nearest
from answerable.review.conclusion import Conclusion, read_conclusions
from answerable.review.journal import Entry, Journal, read_chain
from answerable.review.judgements import JUDGED, SETTLED, WITHDREW, Judgements, judgements
from answerable.review.sample import Item, Sample, read_sample

__all__ = ["REVIEWS", "Desk", "check_reviews", "keep_sample", "names", "now", "open_desk"]

REVIEWS = "reviews"
"""The folder of a case's reviews."""

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MOST_NOTE = 4_000


def now() -> str:
    """Give the time in UTC, to the second: ``2026-01-15T09:30:00Z``."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Desk:
    """One review. Use `open_desk`."""

    def __init__(self, folder: Path, sample: Sample) -> None:
        self.folder, self.sample = folder, sample
        self.journal = Journal(folder / "journal.jsonl", sample.sha256)

    @property
    def name(self) -> str:
        """The review's name."""
        return self.sample.request.name

    def judgements(self) -> Judgements:
        """Give the answers as they stand.

        Raises:
            CaseError: The journal was changed.
        """
        return judgements(self.sample, self.journal.entries())

    def judge(
        self,
        reviewer: str,
        item: int,
        answers: Mapping[str, str],
        *,
        note: str = "",
        via: str = "command",
        at: str = "",
    ) -> Entry:
        """Give a reviewer's answers of one item. They count once this returns.

        Args:
            reviewer: Who judges.
            item: The item's number.
            answers: By question, the id of a choice.
            note: What the reviewer adds.
            via: How it came.
            at: When; by default now.

        Raises:
            ReviewError: An answer is none of its question's choices, or one is missing.
            UsageError: The item is not this reviewer's to judge.
            CaseError: The journal was changed.
            StorageError: It could not be written.
        """
        return self.judge_all(reviewer, {item: (answers, note)}, via=via, at=at)[0]

    def judge_all(
        self,
        reviewer: str,
        given: Mapping[int, tuple[Mapping[str, str], str]],
        *,
        via: str = "command",
        at: str = "",
    ) -> list[Entry]:
        """Give a reviewer's answers and notes of several items: all of them count, or none. Errors as `judge`."""
        new = []
        for item, (answers, note) in given.items():
            self._mine(reviewer, item)
            checked = self.sample.form.check(answers)
            new.append(
                Entry(
                    n=0,
                    at=at or now(),
                    who=reviewer,
                    what=JUDGED,
                    item=item,
                    answers=checked,
                    note=_note(note),
                    via=via,
                )
            )
        return self.journal.extend(new) if new else []

    def withdraw(self, reviewer: str, item: int, *, via: str = "command", at: str = "") -> Entry:
        """Take a reviewer's answers of one item back; what was answered stays in the journal. Errors as `judge`."""
        self._mine(reviewer, item)
        if not self.judgements().of(item, reviewer):
            raise UsageError(
                f"{reviewer} has not judged item {item}",
                expected="an item with answers",
                do="Check the number.",
            )
        return self.journal.append(
            Entry(n=0, at=at or now(), who=reviewer, what=WITHDREW, item=item, via=via)
        )

    def adjudicate(
        self,
        by: str,
        item: int,
        answers: Mapping[str, str],
        *,
        note: str,
        via: str = "command",
        at: str = "",
    ) -> Entry:
        """Settle an item of which two reviewers differ.

        Args:
            by: Whose word it is: somebody else than the two, or both together under a name of their own.
            item: The item's number.
            answers: The answers that count.
            note: Why; it is asked for.
            via: How it came.
            at: When; by default now.

        Raises:
            ReviewError: No reason is given, or as `judge`.
            UsageError: The two do not differ, or one of them settles it alone.
            CaseError: The journal was changed.
            StorageError: It could not be written.
        """
        found = self.sample.item(item)
        standing = self.judgements()
        if not standing.is_complete(found) or not standing.differ(found):
            raise UsageError(
                f"item {item} is not in dispute",
                expected="an item of which two reviewers differ",
                do=f"These are: {wording.listing([str(one.number) for one in standing.conflicts()]) or 'none'}.",
            )
        if by in found.reviewers:
            raise UsageError(
                f"{by} is one of the two who differ on item {item}",
                expected="somebody else, or both together under one name, such as 'ann and ben'",
                do="Give another name with --as.",
            )
        _named(by)
        if not note.strip():
            raise ReviewError(
                "no reason is given",
                expected="a sentence on why these answers count",
                do="Add it with --note.",
            )
        checked = self.sample.form.check(answers)
        return self.journal.append(
            Entry(
                n=0,
                at=at or now(),
                who=by,
                what=SETTLED,
                item=item,
                answers=checked,
                note=_note(note),
                via=via,
            )
        )

    def _mine(self, who: str, item: int) -> Item:
        found = self.sample.item(item)
        if who not in self.sample.request.reviewers:
            raise UsageError(
                f"{who!r} is no reviewer of {self.name}",
                expected=nearest(who, self.sample.request.reviewers),
                do="Use a name that the sample was drawn with.",
            )
        if who not in found.reviewers:
            raise UsageError(
                f"item {item} is not {who}'s to judge",
                expected=wording.listing(found.reviewers, joiner="or"),
                do="Judge the items that are yours: `answerable review status` counts them.",
            )
        return found


def names(case: CaseFolder) -> list[str]:
    """Give the names of a case's reviews, in alphabetical order."""
    return sorted(path.parent.name for path in (case.path / REVIEWS).glob("*/sample.json"))


def open_desk(case: CaseFolder, name: str) -> Desk:
    """Open a review.

    Raises:
        UsageError: The case has no review of that name.
        CaseError: There is no case, or the sample is damaged.
    """
    case.check()
    known = names(case)
    if name not in known:
        raise UsageError(
            f"the case has no review {name!r}",
            where=str(case.path),
            expected=nearest(name, known) if known else "a review that was drawn",
            do="Draw one with `answerable review draw`." if not known else "Use one of these names.",
        )
    folder = case.path / REVIEWS / name
    return Desk(folder, read_sample(folder / "sample.json"))


def keep_sample(case: CaseFolder, sample: Sample) -> Desk:
    """Write a sample into the case.

    Raises:
        UsageError: The name is not one, or the case has such a review already.
        StorageError: The disk is full or cannot be written; nothing is left.
    """
    name = sample.request.name
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"the review's name is {name!r}",
            expected="small letters, digits and single hyphens, such as first-quarter",
            do="Give another with --name.",
        )
    folder = case.path / REVIEWS / name
    try:
        folder.parent.mkdir(exist_ok=True)
        folder.mkdir()
    except FileExistsError:
        raise UsageError(
            f"the case has a review {name!r} already",
            where=str(folder),
            expected="a new name",
            do="Draw under another name: a sample is never changed, for what was judged of it would no longer be of it.",
        ) from None
    except OSError as error:
        raise StorageError.of(error, folder) from None
    path = folder / "sample.json"
    try:
        draft = folder / "sample.json.new"
        draft.write_bytes(sample.encoded())
        sync(draft)
        draft.replace(path)
        sync(folder)
    except OSError as error:
        for each in folder.iterdir():
            each.unlink(missing_ok=True)
        folder.rmdir()
        raise StorageError.of(error, path) from None
    return Desk(folder, read_sample(path))


def check_reviews(case: CaseFolder) -> list[Difference]:
    """Hold every review of a case against itself: samples can be read, journals follow from them line by line."""
    differences: list[Difference] = []
    for folder in sorted((case.path / REVIEWS).glob("*")):
        shown = f"{REVIEWS}/{folder.name}"
        try:
            data = (folder / "sample.json").read_bytes()
            journal = (folder / "journal.jsonl").read_bytes() if (folder / "journal.jsonl").exists() else b""
        except OSError as error:
            differences.append(Difference(shown, f"cannot be read ({error.strerror})"))
            continue
        entries, broken, _ = read_chain(journal, hashlib.sha256(data).hexdigest())
        if broken:
            differences.append(Difference(f"{shown}/journal.jsonl", f"line {len(entries) + 1}: {broken}"))
        try:
            sample = read_sample(folder / "sample.json")
        except CaseError as error:
            differences.append(Difference(f"{shown}/sample.json", error.what))
            continue
        if sample.encoded() != data:
            differences.append(Difference(f"{shown}/sample.json", "is not as it was written"))
    return differences + [
        Difference(f"{REVIEWS}/{found.review}/journal.jsonl", "is not the one that was concluded from")
        for found in read_conclusions(case.current)
        if not _holds(case.path / REVIEWS / found.review / "journal.jsonl", found)
    ]


def _holds(path: Path, found: Conclusion) -> bool:
    """Say whether a journal holds the lines that a conclusion rests on: a chain alone does not show that its end was cut off."""
    lines = path.read_bytes().splitlines(keepends=True) if path.is_file() else []
    return (
        len(lines) >= found.entries and hashlib.sha256(lines[found.entries - 1]).hexdigest() == found.journal
    )


def _named(who: str) -> None:
    if not who.strip() or len(who) > 80 or not who.isprintable():  # noqa: PLR2004 - two names and a word between them
        raise UsageError(f"the name is {who!r}", expected="up to 80 letters", do="Say who settles it.")


def _note(text: str) -> str:
    if len(text) > _MOST_NOTE:
        raise ReviewError(
            f"the note has {wording.count(len(text))} characters",
            expected=f"at most {wording.count(_MOST_NOTE)}",
            do="Shorten it.",
        )
    return text.strip()
