"""The command line: one thin command per verb. Exit codes are in docs/cli.md."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

from answerable import showing
from answerable.cli import commands, review, serve
from answerable.cli.options import app
from answerable.errors import AnswerableError, StorageError

__all__ = ["app", "commands", "main", "review", "serve"]


def main() -> None:
    """Run the command line; an error is one clear message and an exit code, never a traceback."""
    try:
        app()
    except AnswerableError as error:
        showing.error(error)
        sys.exit(error.exit_code)
    except MemoryError:
        showing.error(
            AnswerableError(
                "the machine's memory ran out", do="Close other programs, or audit fewer files at once."
            )
        )
        sys.exit(3)
    except OSError as error:
        showing.error(StorageError.of(error))
        sys.exit(StorageError.exit_code)
    except Exception as error:  # noqa: BLE001 - a traceback may quote a cell of the records, so none is printed
        if str(error) == "Query interrupted":  # what the engine makes of Ctrl-C
            sys.exit(130)
        showing.error(_fault(error))
        sys.exit(3)


def _fault(error: Exception) -> AnswerableError:
    """Say where Answerable itself failed, without the error's own words, which may quote a record."""
    *_, last = traceback.extract_tb(error.__traceback__)
    place = Path(last.filename)
    return AnswerableError(
        f"Answerable met something that it does not know how to handle ({type(error).__name__} "
        f"in {place.parent.name}/{place.name}, line {last.lineno})",
        do="A case that was to be changed is as it was. Please report this line, and never the records.",
    )
