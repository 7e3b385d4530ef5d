"""The commands of the review desk: plan, draw, judge, conclude."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from answerable import auditing, showing
from answerable.auditing import planning, reviewing
from answerable.cli.options import Case, Engine, FailOn, Json, Master, Quiet, app
from answerable.errors import ReviewError, UsageError
from answerable.review import Request

__all__ = ["group"]

group = typer.Typer(
    name="review",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Draw a sample of a case's records, judge it, and conclude what the whole log holds.",
)
app.add_typer(group)

_Name = Annotated[str, typer.Argument(metavar="NAME", help="The review's name.")]
_Reviewer = Annotated[str, typer.Option("--reviewer", help="The name that the reviewer works under.")]
_Strata = Annotated[
    str,
    typer.Option(
        "--strata",
        help="Draw apart by: month, a field such as agency, or a measure's name (what it counts, and the rest).",
    ),
]
_Among = Annotated[
    str, typer.Option("--among", metavar="MEASURE", help="Draw among the records that this measure counts.")
]
_Clusters = Annotated[
    str,
    typer.Option(
        "--clusters",
        metavar="FIELD",
        help="Draw values of a field, such as user_name, each with all of its records.",
    ),
]
_WholeAbove = Annotated[
    int,
    typer.Option(
        "--whole-above",
        metavar="N",
        min=0,
        help="With --clusters: take every value of more than N records, and draw --size of the others. 0: none.",
    ),
]
_Form = Annotated[str, typer.Option("--form", help="A shipped form's id, or the path of your own YAML file.")]
_Confidence = Annotated[
    float, typer.Option("--confidence", min=0.5, max=0.9999, help="The confidence: 0.95 is 95 %.")
]
_Tolerable = Annotated[
    float,
    typer.Option(
        "--tolerable", min=0, max=1, help="The greatest share that may pass: 0.05 is 5 %. 0: estimate only."
    ),
]


_Look = Annotated[
    list[int] | None,
    typer.Option(
        "--look",
        min=1,
        help="A number of items, all told, after which a sequential plan may stop. May be repeated.",
    ),
]


@group.command(epilog="Example: answerable review plan --tolerable 0.05 --expected 0.01 --population 5000")
def plan(
    *,
    tolerable: _Tolerable = 0,
    margin: Annotated[
        float,
        typer.Option(
            "--margin", min=0, max=0.5, help="Instead: how far the estimate may be off, 0.05 is 5 points."
        ),
    ] = 0,
    expected: Annotated[
        float, typer.Option("--expected", min=0, max=1, help="The share that is expected.")
    ] = 0,
    confidence: _Confidence = 0.95,
    population: Annotated[
        int, typer.Option("--population", min=0, help="How many records there are; 0: very many.")
    ] = 0,
    look: _Look = None,
    as_json: Json = False,
) -> None:
    """Say how many records to draw: for a test against a tolerable share, or for an estimate within a margin."""
    showing.planned(
        planning.plan(
            tolerable=tolerable,
            margin=margin,
            expected=expected,
            confidence=confidence,
            population=population,
            looks=look or (),
        ),
        as_json=as_json,
    )


@group.command(epilog="Example: answerable review forms")
def forms(*, as_json: Json = False) -> None:
    """List the shipped review forms."""
    listed = [(name, reviewing.form_of(name).title) for name in reviewing.shipped_forms()]
    showing.catalogue(listed, as_json=as_json)


@group.command(
    epilog="Example: answerable review draw november --name first --size 60 --seed 51326143265412635412 --reviewer ann"
)
def draw(
    case: Case,
    *,
    name: Annotated[str, typer.Option("--name", help="The review's name, such as first-quarter.")],
    seed: Annotated[
        str, typer.Option("--seed", help="Digits that nobody could choose: roll dice in front of witnesses.")
    ],
    reviewer: Annotated[list[str], typer.Option("--reviewer", help="Who judges. May be repeated.")],
    size: Annotated[int, typer.Option("--size", min=0, help="How many records (or clusters) to draw.")] = 0,
    strata: _Strata = "",
    allocation: Annotated[
        str,
        typer.Option(
            "--allocation",
            help="How a stratified sample is shared out: proportional, equal, neyman, or LABEL=N and LABEL=all, with commas.",
        ),
    ] = "proportional",
    among: _Among = "",
    clusters: _Clusters = "",
    whole_above: _WholeAbove = 0,
    twice: Annotated[
        int,
        typer.Option(
            "--twice", min=0, help="How many items two reviewers judge, each without the other's answers."
        ),
    ] = 0,
    form: _Form = "searches",
    tolerable: _Tolerable = 0,
    confidence: _Confidence = 0.95,
    look: _Look = None,
    question: Annotated[
        str, typer.Option("--question", help="With --look: the question that decides whether to stop.")
    ] = "",
    expect: Annotated[
        list[str] | None,
        typer.Option(
            "--expect",
            metavar="LABEL=SHARE",
            help="With --allocation neyman: the share expected in a stratum.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Draw a sample by a seed, so that anybody who holds the case can draw it again, and give it to reviewers."""
    asked = reviewing.form_of(form)
    frame = reviewing.frame_of(
        case, asked.records, strata=strata, among=among, clusters=clusters, whole_above=whole_above
    )
    request = Request(
        name=name,
        seed=seed,
        sizes=planning.sizes(frame, max(look) if look else size, allocation, _shares(expect or [])),
        reviewers=tuple(reviewer),
        twice=twice,
        strata=strata,
        among=among,
        clusters=clusters,
        whole_above=whole_above,
        tolerable=tolerable,
        confidence=confidence,
        looks=tuple(look or ()),
        question=question if question or not look else asked.questions[0].id,
    )
    desk = reviewing.draw_review(case, request, form=form, frame=frame)
    showing.drawn(desk, as_json=as_json)


@group.command(epilog="Example: answerable review status november first")
def status(case: Case, name: _Name, *, as_json: Json = False) -> None:
    """Say how far each reviewer is, and which items are in dispute."""
    showing.standing(reviewing.review_of(case, name), as_json=as_json)


@group.command(epilog="Example: answerable review export november first --reviewer ann --to ann.xlsx")
def export(
    case: Case,
    name: _Name,
    *,
    reviewer: _Reviewer,
    to: Annotated[Path, typer.Option("--to", readable=False, help="The workbook, which is made.")],
    sources: Annotated[
        list[Path] | None,
        typer.Option("--sources", readable=False, help="Where the sources lie now, if they were moved."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Write a reviewer's items as a workbook to fill in with Excel."""
    written = reviewing.export_items(case, name, reviewer, to, sources=sources or ())
    showing.exported(written, reviewer, to, as_json=as_json)


@group.command("import", epilog="Example: answerable review import november first ann.xlsx --reviewer ann")
def take(
    case: Case,
    name: _Name,
    file: Annotated[Path, typer.Argument(metavar="FILE", readable=False, help="The workbook, filled in.")],
    *,
    reviewer: _Reviewer,
    as_json: Json = False,
) -> None:
    """Take a reviewer's answers over from a workbook: all of them, or none where anything is wrong."""
    fresh, left = reviewing.import_items(case, name, reviewer, file)
    showing.imported(fresh, left, reviewer, as_json=as_json)


@group.command(
    epilog="Example: answerable review judge november first 7 --reviewer ann --answer purpose=fits --answer support=supported"
)
def judge(
    case: Case,
    name: _Name,
    item: Annotated[int, typer.Argument(metavar="ITEM", help="The item's number.")],
    *,
    reviewer: _Reviewer,
    answer: Annotated[
        list[str] | None,
        typer.Option(
            "--answer", metavar="QUESTION=CHOICE", help="An answer; one for each question that is asked."
        ),
    ] = None,
    note: Annotated[str, typer.Option("--note", help="What you add.")] = "",
    as_json: Json = False,
) -> None:
    """Show one item and, with --answer, judge it."""
    desk = reviewing.review_of(case, name)
    if answer:
        desk.judge(reviewer, item, _answers(answer), note=note)
    mine = reviewing.shown_items(case, desk, reviewer)
    shown = next((one for one in mine if one.item.number == item), None)
    if shown is None:
        raise UsageError(
            f"item {item} is not {reviewer}'s to judge",
            expected="an item of this reviewer",
            do="See the status.",
        )
    showing.item(desk, shown, reviewer, as_json=as_json)


@group.command(
    epilog="Example: answerable review adjudicate november first 7 --as 'ann and ben' --answer purpose=fits --note 'the call sheet names it'"
)
def adjudicate(
    case: Case,
    name: _Name,
    item: Annotated[int, typer.Argument(metavar="ITEM", help="The item's number.")],
    *,
    by: Annotated[str, typer.Option("--as", help="Whose word it is: neither of the two alone.")],
    answer: Annotated[
        list[str],
        typer.Option(
            "--answer", metavar="QUESTION=CHOICE", help="An answer; one for each question that is asked."
        ),
    ],
    note: Annotated[str, typer.Option("--note", help="Why these answers count.")],
    as_json: Json = False,
) -> None:
    """Settle an item on which two reviewers differ."""
    desk = reviewing.review_of(case, name)
    desk.adjudicate(by, item, _answers(answer), note=note)
    showing.standing(desk, as_json=as_json)


@group.command(epilog="Example: answerable review conclude november first")
def conclude(
    case: Case,
    name: _Name,
    *,
    engine: Engine = "duckdb",
    master: Master = "",
    fail_on: FailOn = "",
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Conclude from a review that is judged, and write the case's report anew with what reviewers found."""
    with showing.progress(quiet=quiet or as_json) as tell:
        made, found = auditing.conclude_review(case, name, engine=engine, master=master, progress=tell)
    showing.concluded(made, found, quiet=quiet, as_json=as_json)
    if fail_on and any(each.status and each.status.value in (fail_on, "breached") for each in found.answered):
        raise typer.Exit(1)


def _shares(given: list[str]) -> dict[str, float]:
    """Read LABEL=SHARE."""
    found: dict[str, float] = {}
    for each in given:
        label, mark, share = each.rpartition("=")
        try:
            found[label] = float(share)
        except ValueError:
            mark = ""
        if not mark:
            raise UsageError(
                f"--expect is {each!r}", expected="LABEL=SHARE, such as counted=0.6", do="Write it so."
            )
    return found


def _answers(given: list[str]) -> dict[str, str]:
    """Read QUESTION=CHOICE, each question once."""
    answers: dict[str, str] = {}
    for each in given:
        question, mark, choice = each.partition("=")
        if not mark or question in answers:
            raise ReviewError(
                f"--answer is {each!r}",
                expected="QUESTION=CHOICE, each question once",
                do="Use the ids that the form gives; `answerable review judge` without --answer shows them.",
            )
        answers[question] = choice
    return answers
