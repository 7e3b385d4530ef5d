"""The trail of a served case: what each person did through the web app and when, one line each, chained as a journal is.

It tells what was done, never what a record says nor how an item was judged: a review has its own journal. What is done at the
command line is not in it. Each version of the case notes how long the trail was and its last line's SHA-256 when the version was
made, so that `answerable verify` also finds an end that was cut off since.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from answerable.case import CaseFolder, Difference, Draft
from answerable.review.journal import Journal, read_chain

__all__ = ["ACTS", "check_acts", "pin_acts", "trail_of"]

ACTS = "acts.jsonl"
"""The trail's file, in the case's folder."""

_PIN = "acts.json"
_ROOT = hashlib.sha256(b"the trail of a served case").hexdigest()


@dataclass(frozen=True, slots=True)
class _Pin:
    """How long the trail was, and the SHA-256 of its last line."""

    entries: int
    last: str


def trail_of(case: CaseFolder) -> Journal:
    """Give the trail of a case; its file is made with the first line."""
    return Journal(case.path / ACTS, _ROOT)


def pin_acts(draft: Draft) -> None:
    """Note in a version of the case how far the trail has come; nothing where the case was never served."""
    lines = _lines(draft.case.path)
    if lines:
        pin = _Pin(len(lines), hashlib.sha256(lines[-1]).hexdigest())
        (draft.folder / _PIN).write_bytes(msgspec.json.encode(pin) + b"\n")


def check_acts(case: CaseFolder) -> list[Difference]:
    """Hold the trail against itself, and against how far it had come when the case's version was made."""
    lines = _lines(case.path)
    entries, broken, _ = read_chain(b"".join(lines), _ROOT)
    if broken:
        return [Difference(ACTS, f"line {len(entries) + 1}: {broken}")]
    try:
        pin = msgspec.json.decode((case.current / _PIN).read_bytes(), type=_Pin)
    except FileNotFoundError:
        return []
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return []  # the manifest tells that the note was changed
    if len(lines) < pin.entries or hashlib.sha256(lines[pin.entries - 1]).hexdigest() != pin.last:
        return [
            Difference(
                ACTS,
                "is not the trail that there was when this version was made: lines were cut off or replaced",
            )
        ]
    return []


def _lines(case: Path) -> list[bytes]:
    """Give the lines that count; one that was cut off while it was written never did."""
    try:
        data = (case / ACTS).read_bytes()
    except FileNotFoundError:
        return []
    return data[: data.rfind(b"\n") + 1].splitlines(keepends=True)
