"""Work that takes longer than a page may: one piece at a time, in a thread of its own, with its steps told as it goes.

A seam for later: taking files in with live progress is another such piece.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from answerable.errors import AnswerableError, CaseError
from answerable.intake.take import Progress

__all__ = ["Step", "Work"]


@dataclass(frozen=True, slots=True)
class Step:
    """How far the work is: what it is, its step of how many, whether it is over, where to go then, and what went wrong."""

    title: str
    what: str = ""
    step: int = 0
    of: int = 0
    over: bool = False
    then: str = "/"
    problem: AnswerableError | None = None


class Work:
    """The work in progress, if any."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._step: Step | None = None

    @property
    def step(self) -> Step | None:
        """How far the work is; None where none was begun."""
        return self._step

    def begin(self, title: str, then: str, do: Callable[[Progress], object]) -> None:
        """Begin a piece of work.

        Args:
            title: What it is, for the page that is shown meanwhile.
            then: Where to go once it is done.
            do: The work; it is given what to tell its steps to.

        Raises:
            CaseError: Other work is not over yet.
        """
        with self._lock:
            if self._step and not self._step.over:
                raise CaseError(
                    "other work on this case is not over yet",
                    expected="one piece of work at a time",
                    do="Wait for it to end.",
                )
            self._step = Step(title, then=then)
        threading.Thread(target=self._do, args=(title, then, do), daemon=True).start()

    def _do(self, title: str, then: str, do: Callable[[Progress], object]) -> None:
        def tell(what: str, step: int, of: int) -> None:
            self._step = Step(title, what, step, of, then=then)

        try:
            do(tell)
        except AnswerableError as problem:
            self._step = Step(title, over=True, then=then, problem=problem)
        except Exception as error:  # noqa: BLE001 - the error's own words may quote a record: only its kind is told
            fault = AnswerableError(
                f"Answerable met something that it does not know how to handle ({type(error).__name__})",
                do="The case is as it was. Please report this, and never the records.",
            )
            self._step = Step(title, over=True, then=then, problem=fault)
        else:
            self._step = Step(title, over=True, then=then)
