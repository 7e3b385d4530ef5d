"""The command that serves a case to a browser on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from answerable import showing, web
from answerable.cli.options import Case, app

__all__ = ["serve"]


@app.command(epilog="Example: answerable serve november")
def serve(
    case: Case,
    *,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65_535, help="The port; 0: any that is free.")
    ] = 0,
    host: Annotated[
        str, typer.Option("--host", help="The address to listen on: 127.0.0.1 or ::1, this machine alone.")
    ] = "127.0.0.1",
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Print the address, and open no browser.")
    ] = False,
) -> None:
    """Serve a case to a browser on this machine: its findings, measures and sources, and the review desk."""
    web.serve(case, showing.served, host=host, port=port, browser=not no_browser)
