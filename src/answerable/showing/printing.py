"""Printing: one way for people, one for programs, one for errors, and a bar for what takes long."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from answerable.errors import AnswerableError
from answerable.harmless import escape_hidden, visible
from answerable.intake.take import Progress

__all__ = ["as_text", "error", "progress", "say"]

_BAR_AFTER = 1.0  # seconds; a shorter job shows no bar


def error(problem: AnswerableError) -> None:
    """Print an error to the standard error stream."""
    print(visible(f"answerable: {problem}"), file=sys.stderr)  # noqa: T201 - the command line prints through here alone


def say(text: str = "", *, now: bool = False) -> None:
    """Print a line; ``now`` does not leave it in a buffer, where the command goes on running."""
    # A file's name may hold anything that a file system takes, terminal commands among it.
    print(visible(text), flush=now)  # noqa: T201 - the command line prints through here alone


def as_text(value: object) -> None:
    """Print a value as JSON."""
    say(escape_hidden(json.dumps(msgspec.to_builtins(value), indent=1, ensure_ascii=False)))


@contextmanager
def progress(*, quiet: bool) -> Iterator[Progress]:
    """Show the steps of a job on a terminal once it has run for a second; nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console  # noqa: PLC0415 - a tenth of a second is saved where no bar is shown
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - a tenth of a second is saved where no bar is shown
    from rich.progress import Progress as Bar  # noqa: PLC0415 - a tenth of a second is saved where no bar is shown

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(24),
        MofNCompleteColumn(),
    )
    bar = Bar(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True)
    task = bar.add_task("", total=None)

    def tell(what: str, step: int, of: int) -> None:
        bar.update(task, description=visible(what), completed=step - 1, total=of)

    late = threading.Timer(_BAR_AFTER, bar.start)
    late.daemon = True
    late.start()
    try:
        yield tell
    finally:
        late.cancel()
        late.join()  # a bar that is just being shown is taken down again
        bar.stop()
