"""Reviewing a case: planning, drawing, judging, concluding, each as one call. Command line, browser and notebooks use these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from answerable.auditing.answering import answer
from answerable.auditing.known import KINDS, all_layouts
from answerable.auditing.opened import Case
from answerable.auditing.origins import Origins
from answerable.auditing.rules import keep_packs
from answerable.auditing.run import keep_origins
from answerable.case import CaseFolder
from answerable.engine import ENGINES, Choice
from answerable.errors import AnswerableError, UsageError
from answerable.intake import open_all
from answerable.intake.accounting import Source
from answerable.intake.kinds import RecordKind
from answerable.intake.take import Progress
from answerable.policy.marked import nearest
from answerable.programmes import PROGRAMMES
from answerable.review import (
    Conclusion,
    Desk,
    Form,
    Request,
    conclude,
    keep_sample,
    load_form,
    make_sample,
    open_desk,
    records_of,
    write_conclusion,
)
from answerable.review.frame import Frame
from answerable.review.judgements import Judgements
from answerable.review.located import Place, places_of, set_aside_of
from answerable.review.sheets_read import read_sheet
from answerable.review.sheets_written import Shown, write_sheet
from answerable.review.shown import cells

__all__ = [
    "conclude_review",
    "draw_review",
    "export_items",
    "form_of",
    "frame_of",
    "import_items",
    "review_of",
    "shipped_forms",
    "shown_items",
]


def _quiet(_what: str, _step: int, _of: int) -> None:
    """Tell nobody."""


def shipped_forms() -> dict[str, Path]:
    """Give the shipped review forms by their ids."""
    folders = [programme.forms for programme in PROGRAMMES if programme.forms]
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.yaml"))}


def form_of(name: str | Path) -> Form:
    """Load a form: a shipped one by its id, or one of the user's own by its path.

    Raises:
        ReviewError: The file is no valid form.
        UsageError: There is no such form.
    """
    shipped = shipped_forms()
    if str(name) in shipped:
        return load_form(shipped[str(name)], KINDS)
    if Path(name).exists():
        return load_form(Path(name), KINDS)
    raise UsageError(
        f"there is no review form {str(name)!r}",
        expected=nearest(str(name), shipped),
        do="Name one of these, or the path of a form of your own.",
    )


def frame_of(
    case: str | Path,
    records: str,
    *,
    strata: str = "",
    among: str = "",
    clusters: str = "",
    whole_above: int = 0,
) -> Frame:
    """Lay out what a sample of a case would be drawn from. Arguments and errors are as in `Records.frame`."""
    folder = CaseFolder(Path(case))
    state = folder.open()
    with records_of(folder, state, PROGRAMMES, records) as held:
        return held.frame(strata=strata, among=among, clusters=clusters, whole_above=whole_above)


def draw_review(
    case: str | Path, request: Request, *, form: str | Path = "searches", frame: Frame | None = None
) -> Desk:
    """Draw a sample and set the desk for it.

    Args:
        case: The case's folder.
        request: What is asked for.
        form: A shipped form's id, or the path of one of your own.
        frame: What it is drawn from, where it was laid out already.

    Raises:
        ReviewError: The form is not valid.
        UsageError: What is asked for makes no sense with this case.
        CaseError: There is no case, or it is damaged.
        StorageError: It could not be written.
    """
    asked = form_of(form)
    folder = CaseFolder(Path(case))
    state = folder.open()
    laid = frame or frame_of(
        case,
        asked.records,
        strata=request.strata,
        among=request.among,
        clusters=request.clusters,
        whole_above=request.whole_above,
    )
    return keep_sample(folder, make_sample(laid, state.sources, asked, request))


def review_of(case: str | Path, name: str) -> Desk:
    """Open a review of a case. Errors are as in `open_desk`."""
    return open_desk(CaseFolder(Path(case)), name)


def shown_items(
    case: str | Path, desk: Desk, reviewer: str = "", sources: Sequence[Path] = ()
) -> list[Shown]:
    """Give a reviewer's items as they are shown, each with its place in the source where the source can be read.

    Args:
        case: The case's folder.
        desk: The review.
        reviewer: Whose items; empty: every item.
        sources: Where the sources lie now, if not where they were read from.

    Raises:
        UsageError: There is no such reviewer.
        CaseError: The case is damaged.
    """
    folder = CaseFolder(Path(case))
    state = folder.open()
    sample = desk.sample
    items = [item for item in sample.items if not reviewer or reviewer in item.reviewers]
    if reviewer and reviewer not in sample.request.reviewers:
        raise UsageError(
            f"{reviewer!r} is no reviewer of {desk.name}",
            expected=nearest(reviewer, sample.request.reviewers),
            do="Use a name that the sample was drawn with.",
        )
    plain = next(programme.plain for programme in PROGRAMMES if _kind(sample.records) in programme.kinds)
    by_number = {source.number: source for source in state.sources}
    places = _places(folder, by_number, desk, Origins(folder, sources))
    with records_of(folder, state, PROGRAMMES, sample.records) as held:
        rows = held.rows([item.source for item in items], [item.place for item in items]) if items else []
        return [
            Shown(
                item=item,
                file=by_number[item.source].name,
                place=places.get((item.source, item.place)),
                cells=cells(held.kind, sample.form.shows, row, plain),
            )
            for item, row in zip(items, rows, strict=True)
        ]


def export_items(
    case: str | Path, name: str, reviewer: str, path: Path, *, sources: Sequence[Path] = ()
) -> int:
    """Write a reviewer's items as a workbook, and say how many they are.

    Raises:
        UsageError: There is no such review or reviewer, or the file is there already.
        CaseError: The case or the journal is damaged.
        StorageError: It could not be written.
    """
    desk = review_of(case, name)
    if path.exists():
        raise UsageError(
            "the file is there already",
            where=str(path),
            expected="a new name: it may hold answers",
            do="Give another name, or move it away.",
        )
    shown = shown_items(case, desk, reviewer, sources)
    write_sheet(path, desk.sample, reviewer, shown, desk.judgements())
    return len(shown)


def import_items(
    case: str | Path, name: str, reviewer: str, path: Path, *, data: bytes | None = None
) -> tuple[int, int]:
    """Take a reviewer's answers over from a workbook: all of them, or none.

    Args:
        case: The case's folder.
        name: The review's name.
        reviewer: Whose workbook it is.
        path: The workbook.
        data: Its bytes, where they are at hand: nothing is then read from ``path``.

    Returns:
        How many answers were new or changed, and how many of the reviewer's items are still to do.

    Raises:
        ReviewError: The workbook is not as it was written, or an answer is none; every fault is named.
        UsageError: There is no such review or reviewer.
        CaseError: The journal was changed.
        StorageError: It could not be written.
    """
    desk = review_of(case, name)
    found = read_sheet(path, desk.sample, reviewer, data)
    before: Judgements = desk.judgements()
    fresh = {
        item: (answers, note)
        for item, (answers, note) in found.items()
        if dict(before.of(item, reviewer)) != answers
        or before.notes.get((item, reviewer), "") != note.strip()
    }
    desk.judge_all(reviewer, fresh, via=f"sheet {path.name}")
    return len(fresh), len(desk.judgements().to_do(reviewer))


def conclude_review(
    case: str | Path, name: str, *, engine: str = ENGINES[0], master: str = "", progress: Progress = _quiet
) -> tuple[Case, Conclusion]:
    """Conclude from a review, keep the conclusion in the case, and write the report anew with it.

    Raises:
        UsageError: There is no such review, or items are still to be judged.
        CaseError: The case or the journal is damaged, or the case is in use.
        StorageError: It could not be written; the case is as it was.
    """
    choice = Choice(engine, master)
    choice.check()
    folder = CaseFolder(Path(case))
    desk = open_desk(folder, name)
    found = conclude(desk, _kind(desk.sample.records))
    with folder.change() as draft:
        draft.keep_records()
        state = folder.open()
        packs, names = keep_packs(draft, state.settings.policies)
        state = replace(state, settings=replace(state.settings, policies=names))
        draft.write_state(state)
        keep_origins(draft, {})
        write_conclusion(draft.folder, found)
        answer(draft, state, packs, progress, choice)
        notices = draft.notices
    return Case(folder.path, notices), found


def _kind(plural: str) -> RecordKind:
    return next(kind for kind in KINDS if kind.plural == plural)


def _places(
    folder: CaseFolder, sources: Mapping[int, Source], desk: Desk, origins: Origins
) -> dict[tuple[int, int], Place]:
    """Tell where the drawn records stand, of each source that can still be read and that is the file it was."""
    wanted: dict[int, set[int]] = {}
    for item in desk.sample.items:
        wanted.setdefault(item.source, set()).add(item.place)
    found: dict[tuple[int, int], Place] = {}
    for number, places in wanted.items():
        source = sources[number]
        path = origins.same_file(source)
        if path is None or source.shared:
            continue
        try:
            opened, _, _ = open_all([path], all_layouts(), set(), _quiet)
        except AnswerableError:
            continue  # what was read with a layout of the user's own is not told
        for table in opened:
            if table.key == source.key and table.layout.name == source.layout:
                told = places_of(table, set_aside_of(folder.current, source), places)
                found |= {(number, place): at for place, at in told.items()}
                break
    return found
