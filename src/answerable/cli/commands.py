"""The commands that make a case, hold it to its word, and list what there is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from answerable import auditing, showing
from answerable.auditing import catalogue
from answerable.cli.options import (
    Case,
    Engine,
    FailOn,
    Json,
    LayoutOption,
    Master,
    Policy,
    Quiet,
    Secondary,
    app,
)
from answerable.errors import InputError
from answerable.estimate import Status

__all__ = ["audit", "inspect", "release_check", "report", "simulate", "verify"]


@app.command(epilog="Example: answerable inspect logs/june.csv")
def inspect(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILES", readable=False, help="Files or folders to look at.")
    ],
    layout: LayoutOption = None,
    as_json: Json = False,
) -> None:
    """Say what each file is, which layout fits, what each column became and what is missing."""
    views = auditing.inspect(files, layout or ())
    showing.inspection(views, as_json=as_json)
    if any(view.near or view.do for view in views):
        raise typer.Exit(InputError.exit_code)


@app.command(
    epilog="Example: answerable audit logs/ --case november --policy us-ca --timezone America/Los_Angeles"
)
def audit(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATHS",
            help="Files and folders of records; with --engine spark also URLs such as s3a://bucket/logs.",
        ),
    ] = None,
    *,
    case: Annotated[
        Path, typer.Option("--case", readable=False, help="The case's folder; it is made, or added to.")
    ],
    log: Annotated[
        list[str] | None,
        typer.Option(
            "--log",
            metavar="NAME=PATH",
            help="A file or folder of one log among several: one producer's, or a list as of one date. May be repeated.",
        ),
    ] = None,
    policy: Policy = None,
    secondary: Secondary = False,
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DATE", help="The date of the audit, YYYY-MM-DD.")
    ] = "",
    layout: LayoutOption = None,
    timezone: Annotated[
        str,
        typer.Option("--timezone", help="The local time zone of the records, such as America/Los_Angeles."),
    ] = "",
    seed: Annotated[int, typer.Option("--seed", help="The seed of anything random.")] = 0,
    engine: Engine = "duckdb",
    master: Master = "",
    fail_on: FailOn = "",
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Read records into a case, measure them, set the measures against rules and write the report."""
    least = _statuses(fail_on)
    logs = _logs(log or ())
    if not paths and not logs:
        raise typer.BadParameter("name files or folders of records, or logs with --log NAME=PATH")
    with showing.progress(quiet=quiet or as_json) as tell:
        made = auditing.audit(
            paths or (),
            case,
            logs=logs,
            policy=policy or (),
            secondary=secondary,
            as_of=as_of,
            timezone=timezone,
            seed=seed,
            layout=layout or (),
            engine=engine,
            master=master,
            progress=tell,
        )
    showing.audited(made, quiet=quiet, as_json=as_json)
    _fail(made, least)


@app.command(epilog="Example: answerable report november --policy good-practice")
def report(
    case: Case,
    policy: Policy = None,
    secondary: Annotated[
        bool | None,
        typer.Option(
            "--secondary/--no-secondary",
            help="Use clauses that rest on secondary sources, or not; by default as audited.",
        ),
    ] = None,
    engine: Engine = "duckdb",
    master: Master = "",
    fail_on: FailOn = "",
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Measure a case's records again and write its outputs anew, without reading the sources."""
    least = _statuses(fail_on)
    with showing.progress(quiet=quiet or as_json) as tell:
        made = auditing.rebuild(
            case, policy=policy, secondary=secondary, engine=engine, master=master, progress=tell
        )
    showing.audited(made, quiet=quiet, as_json=as_json)
    _fail(made, least)


@app.command(epilog="Example: answerable verify november --sources logs/")
def verify(
    case: Case,
    sources: Annotated[
        list[Path] | None,
        typer.Option(
            "--sources",
            readable=False,
            help="Where the sources lie now, if they were moved. May be repeated.",
        ),
    ] = None,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Hold every source, record file and output against the manifest and say exactly what differs."""
    differences = auditing.verify(case, sources or ())
    held = 0 if differences else len(auditing.open_case(case).sources)
    unseen = 0 if differences else auditing.unseen_sources(case, sources or ())
    showing.verified(case, differences, (held, unseen), quiet=quiet, as_json=as_json)
    if differences:
        raise typer.Exit(4)


def _logs(given: Iterable[str]) -> dict[str, list[str]]:
    """Read NAME=PATH, as often as it is given: files of one name are one log."""
    logs: dict[str, list[str]] = {}
    for each in given:
        name, mark, path = each.partition("=")
        if not (name.strip() and mark and path):
            raise typer.BadParameter(
                f"--log takes NAME=PATH, such as --log Springfield=logs/springfield; it was {each!r}"
            )
        logs.setdefault(name.strip(), []).append(path)
    return logs


def _statuses(fail_on: str) -> tuple[Status, ...]:
    if fail_on not in ("", "breached", "not shown"):
        raise typer.BadParameter("--fail-on takes breached or 'not shown'")
    return {"": (), "breached": (Status.BREACHED,), "not shown": (Status.BREACHED, Status.NOT_SHOWN)}[fail_on]


def _fail(case: auditing.Case, statuses: tuple[Status, ...]) -> None:
    if any(finding.status in statuses for finding in case.findings):
        raise typer.Exit(1)


def _catalogue(name: str, one: str, lister: Any, shower: Any) -> None:  # noqa: ANN401 - two small functions
    """Add a command that lists what exists, with a subcommand that shows one in full."""
    group = typer.Typer(
        invoke_without_command=True,
        rich_markup_mode=None,
        help=f"List the {name}, one line each; `show NAME` gives one in full.",
    )

    @group.callback()
    def everything(context: typer.Context, as_json: Json = False) -> None:
        if context.invoked_subcommand is None:
            showing.catalogue(lister(), as_json=as_json)

    @group.command("show", help=f"Show one {one} in full.", epilog=f"Example: answerable {name} show NAME")
    def show(
        name: Annotated[str, typer.Argument(metavar="NAME", help="The name, as the list shows it.")],
        as_json: Json = False,
    ) -> None:
        showing.entry(shower(name), as_json=as_json)

    app.add_typer(group, name=name)


_catalogue("measures", "measure", catalogue.measures, catalogue.measure)
_catalogue("policies", "policy pack", catalogue.policies, catalogue.policy)
_catalogue("layouts", "layout", catalogue.layouts, catalogue.layout)


@app.command(epilog="Example: answerable simulate town --rows 5000 --seed 7 --faults")
def simulate(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", readable=False, help="The folder to write; it is made.")
    ],
    rows: Annotated[
        int, typer.Option("--rows", min=1, help="How many searches, or reads with --whole.")
    ] = 5_000,
    seed: Annotated[int, typer.Option("--seed", help="The seed: the same seed gives the same bytes.")] = 0,
    layout: Annotated[str, typer.Option("--layout", help="The layout to write.")] = "search-audit-14",
    faults: Annotated[
        bool, typer.Option("--faults", help="Also plant faults: damaged, repeated and withheld rows.")
    ] = False,
    whole: Annotated[
        bool,
        typer.Option(
            "--whole",
            help="Write the whole programme, in layouts of its own: reads, hits, hotlists, a verified sample, sharing, "
            "portals, events, a video log and the search logs of several producers.",
        ),
    ] = False,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Write the search logs of a synthetic town, or all that a programme leaves, with planted and known truth."""
    showing.simulated(
        auditing.simulate(folder, rows=rows, seed=seed, layout=layout, faults=faults, whole=whole),
        folder,
        quiet=quiet,
        as_json=as_json,
    )


@app.command(epilog="Example: answerable release-check release.csv published-before.csv")
def release_check(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            readable=False,
            help="The table that is to be published: a file, or a folder or archive of files of one kind.",
        ),
    ],
    others: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="OTHER",
            readable=False,
            help="Tables already published, or held by others, to lay beside it one by one.",
        ),
    ] = None,
    k: Annotated[
        int, typer.Option("--k", min=2, help="How many rows must be the same to hide one of them.")
    ] = 5,
    limit: Annotated[
        float,
        typer.Option(
            "--limit", min=0, max=1, help="The share of the rows that may be at risk: 0.001 is 1 in 1,000."
        ),
    ] = 0.001,
    layout: LayoutOption = None,
    timezone: Annotated[
        str,
        typer.Option("--timezone", help="The zone of times that state none, such as America/Los_Angeles."),
    ] = "",
    fail_on_risk: Annotated[
        bool,
        typer.Option("--fail-on-risk", help="Exit with 1 when more rows are at risk than the limit lets."),
    ] = False,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Say how many rows of a log could be joined to another before it is published, and what would prevent it."""
    with showing.progress(quiet=quiet or as_json) as tell:
        check = auditing.release_check(
            file, *(others or ()), k=k, limit=limit, layout=layout or (), timezone=timezone, progress=tell
        )
    showing.released(check, quiet=quiet, as_json=as_json)
    if fail_on_risk and check.over_limit:
        raise typer.Exit(1)
