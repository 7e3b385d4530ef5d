"""What the commands of the review desk print."""

from __future__ import annotations

from pathlib import Path

from answerable import auditing, wording
from answerable.auditing.planning import Planned
from answerable.review import Conclusion, Desk
from answerable.review.sheets_written import Shown
from answerable.showing.printing import as_text, say

__all__ = ["concluded", "drawn", "exported", "imported", "item", "planned", "standing"]


def planned(found: Planned, *, as_json: bool) -> None:
    """Show a plan."""
    if as_json:
        as_text(found.details)
        return
    for sentence in found.sentences:
        say(sentence)


def drawn(desk: Desk, *, as_json: bool) -> None:
    """Show what was drawn, and what comes next."""
    sample = desk.sample
    if as_json:
        as_text(
            {
                "review": desk.name,
                "sample": sample.sha256,
                "seed": sample.request.seed,
                "records": sample.population,
                "strata": sample.strata,
                "items": len(sample.items),
                "reviewers": {
                    who: sum(who in one.reviewers for one in sample.items) for who in sample.request.reviewers
                },
                "file": str(desk.folder / "sample.json"),
            }
        )
        return
    for stratum in sample.strata:
        units = "groups" if sample.request.clusters else sample.records
        say(
            f"{stratum.label}: {wording.count(stratum.taken)} of {wording.count(stratum.units)} {units} drawn"
        )
    for who in sample.request.reviewers:
        say(f"{who} judges {wording.plural(sum(who in one.reviewers for one in sample.items), 'item')}")
    say(f"The sample is {desk.folder / 'sample.json'}, SHA-256 {sample.sha256[:16]}…")
    say("Next: answerable review export, or judge in the browser with answerable serve.")


def standing(desk: Desk, *, as_json: bool) -> None:
    """Show how far each reviewer is, and which items are in dispute."""
    found = desk.judgements()
    progress = {
        who: (len(found.of_reviewer(who)) - len(found.to_do(who)), len(found.of_reviewer(who)))
        for who in desk.sample.request.reviewers
    }
    conflicts = [one.number for one in found.conflicts()]
    if as_json:
        as_text(
            {
                "review": desk.name,
                "judged": {who: {"done": done, "of": of} for who, (done, of) in progress.items()},
                "in dispute": conflicts,
                "settled": sorted(found.settled),
                "changes": found.changes,
            }
        )
        return
    for who, (done, of) in progress.items():
        say(f"{who}: {wording.count(done)} of {wording.plural(of, 'item')} judged")
    if conflicts:
        say(
            f"In dispute, to be settled with answerable review adjudicate: {wording.listing([str(one) for one in conflicts], most=40)}"
        )
    elif all(done == of for done, of in progress.values()):
        say("Nothing is in dispute. Next: answerable review conclude.")


def exported(written: int, reviewer: str, path: Path, *, as_json: bool) -> None:
    """Show what was exported."""
    if as_json:
        as_text({"items": written, "reviewer": reviewer, "file": str(path)})
        return
    say(f"{wording.plural(written, 'item')} of {reviewer}: {path}")


def imported(fresh: int, left: int, reviewer: str, *, as_json: bool) -> None:
    """Show what was taken over."""
    if as_json:
        as_text({"taken over": fresh, "left": left, "reviewer": reviewer})
        return
    say(f"{wording.plural(fresh, 'item')} of {reviewer} taken over; {wording.count(left)} still to judge.")


def item(desk: Desk, shown: Shown, reviewer: str, *, as_json: bool) -> None:
    """Show one item, its questions, and the reviewer's own answers."""
    answers = dict(desk.judgements().of(shown.item.number, reviewer))
    place = {"line": shown.place.line, "row": shown.place.row} if shown.place else None
    if as_json:
        as_text(
            {
                "item": shown.item.number,
                "file": shown.file,
                "place": place,
                "cells": {cell.label: cell.text for cell in shown.cells},
                "answers": answers,
            }
        )
        return
    where = f"row {shown.place.row} (line {shown.place.line})" if shown.place else "at a row that is not told"
    say(f"Item {shown.item.number}, {shown.file}, {where}")
    width = max(len(cell.label) for cell in shown.cells)
    for cell in shown.cells:
        say(f"  {cell.label:<{width}}  {cell.text}")
    for question in desk.sample.form.questions:
        if answers and not question.is_asked(answers):
            continue
        say(f"{question.id}: {question.text}")
        for choice in question.choices:
            mark = "×" if answers.get(question.id) == choice.id else " "
            say(f"  [{mark}] {choice.id}: {choice.text}")


def concluded(case: auditing.Case, found: Conclusion, *, quiet: bool, as_json: bool) -> None:
    """Show what a review came to."""
    if as_json:
        as_text(found)
        return
    if quiet:
        return
    say(found.drawn)
    say(found.judged)
    for each in found.answered:
        status = f" {each.status.capitalize()}: {each.threshold}." if each.status else ""
        say(f"{each.question}: {each.estimate.sentence}{status}")
        for sentence in each.further:
            say(f"  {sentence}")
    say(f"Report: {case.report}")
