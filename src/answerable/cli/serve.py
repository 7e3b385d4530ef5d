"""The commands that serve a case to a browser, and that say who may work on it."""

from __future__ import annotations

from typing import Annotated

import typer

from answerable import showing, web
from answerable.cli.options import Case, Json, app

__all__ = ["add", "everyone", "remove", "serve"]

people = typer.Typer(
    help="Say who may work on a case in a browser: names, roles and passwords.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(people, name="people")

Title = Annotated[str, typer.Argument(metavar="NAME", help="Their name, under which they also judge.")]


@app.command(epilog="Example: answerable serve november")
def serve(
    case: Case,
    *,
    new: Annotated[
        bool,
        typer.Option("--new", help="Make the case from the first files that are sent, where there is none."),
    ] = False,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65_535, help="The port; 0: any that is free.")
    ] = 0,
    host: Annotated[
        str,
        typer.Option(
            "--host",
            help="The address to listen on; by default this machine alone. Others are let in by password and HTTPS only.",
        ),
    ] = "127.0.0.1",
    called: Annotated[
        list[str] | None,
        typer.Option(
            "--called",
            metavar="HOST",
            help="A name or address under which others reach the server. May be repeated.",
        ),
    ] = None,
    certificate: Annotated[
        str,
        typer.Option("--certificate", metavar="FILE", help="The server's certificate, in PEM, for HTTPS."),
    ] = "",
    private_key: Annotated[
        str, typer.Option("--private-key", metavar="FILE", help="The certificate's key, in PEM.")
    ] = "",
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Print the address, and open no browser.")
    ] = False,
) -> None:
    """Serve a case to a browser: its findings, measures and sources, adding files, rules, and the review desk."""
    at = web.Listening(
        host=host,
        port=port,
        called=tuple(called or ()),
        certificate=certificate,
        private_key=private_key,
    )
    web.serve(case, showing.served, at=at, browser=not no_browser, new=new)


@people.command("add", epilog="Example: answerable people add november 'Ann Lee' --role reviewer")
def add(
    case: Case,
    title: Title,
    *,
    role: Annotated[
        str, typer.Option("--role", help="reader, reviewer or auditor; each may do what those before it may.")
    ] = "reviewer",
    password_file: Annotated[
        typer.FileText | None,
        typer.Option(
            "--password-file", help="Read the password from a file, - for the input, and ask nobody."
        ),
    ] = None,
) -> None:
    """Add somebody, or give them another role and password; the password is asked for."""
    web.check_extra()
    if password_file is None:
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    else:
        password = password_file.readline().rstrip("\r\n")
    showing.added(web.add_person(case, title, role, password), case)


@people.command("list", epilog="Example: answerable people list november")
def everyone(case: Case, *, as_json: Json = False) -> None:
    """List who may work on a case, and as what."""
    showing.people(web.everyone(case), as_json=as_json)


@people.command("remove", epilog="Example: answerable people remove november 'Ann Lee'")
def remove(case: Case, title: Title) -> None:
    """Take somebody off the list; what they did stays, and their browsers are let in no more."""
    web.remove_person(case, title)
    showing.removed(title, case)
