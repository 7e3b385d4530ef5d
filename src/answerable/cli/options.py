"""Options that several commands share, and the app that they belong to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "Case",
    "Engine",
    "FailOn",
    "Json",
    "LayoutOption",
    "Master",
    "Policy",
    "Quiet",
    "Secondary",
    "app",
]

app = typer.Typer(
    name="answerable",
    help="Audit surveillance programmes from the records they leave behind.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog="Exit codes: 0 done; 1 a clause is breached (with --fail-on) or rows are at risk (with --fail-on-risk); 2 usage; 3 bad input, or a disk that is full or "
    "cannot be written; 4 case damaged or in use; 130 interrupted.",
)

# Whether a path can be read is for the rooms below to say (`readable=False`): they know what to do about it.
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
Policy = Annotated[
    list[str] | None,
    typer.Option("--policy", help="A shipped policy pack's id, or the path of your own. May be repeated."),
]
LayoutOption = Annotated[
    list[str] | None,
    typer.Option(
        "--layout", help="A layout to ask first: a shipped name or the path of your own. May be repeated."
    ),
]
Case = Annotated[Path, typer.Argument(metavar="CASE", readable=False, help="The case's folder.")]
Secondary = Annotated[
    bool,
    typer.Option(
        "--secondary",
        help="Also use clauses that rest on secondary sources; check those before relying on them.",
    ),
]
FailOn = Annotated[
    str,
    typer.Option(
        "--fail-on",
        help="Exit with 1 when a finding has this status: breached, or 'not shown' (which includes breached).",
    ),
]

Engine = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="ENGINE",
        help="What measures: duckdb, or spark for more than one machine. The results are the same.",
    ),
]
Master = Annotated[
    str,
    typer.Option(
        "--master",
        help="Spark's master, such as spark://host:7077 or yarn; by default every core of this machine.",
    ),
]
