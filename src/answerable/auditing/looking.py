"""Looking at files before an audit, and making files to try one on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from answerable.auditing.known import KINDS, all_layouts
from answerable.errors import UsageError
from answerable.intake.inspect import FileView
from answerable.intake.inspect import inspect as look
from answerable.programmes import PROGRAMMES

__all__ = ["inspect", "simulate"]


def inspect(paths: Iterable[str | Path], layout: Sequence[str | Path] = ()) -> tuple[FileView, ...]:
    """Say what each file is, which layout fits it and what each column became.

    Args:
        paths: Files and folders.
        layout: Layouts to ask first; see `audit`.

    Raises:
        InputError: A file cannot be read at all.
    """
    return look([Path(path) for path in paths], all_layouts(layout), KINDS)


def simulate(
    folder: str | Path,
    *,
    rows: int = 5_000,
    seed: int = 0,
    layout: str = "search-audit-14",
    faults: bool = False,
    whole: bool = False,
) -> Mapping[str, Any]:
    """Write synthetic records whose truth is known, and return that truth.

    Args:
        folder: Where to.
        rows: How many records: searches, or reads where the whole programme is written.
        seed: The same seed gives the same bytes.
        layout: The layout to write, or any one of the programme that is to be written whole.
        faults: Plant faults too.
        whole: Write everything that such a programme leaves, each kind of record in a layout of its own.

    Raises:
        UsageError: There is no such layout.
    """
    for programme in PROGRAMMES:
        if (programme.layouts / f"{layout}.toml").is_file():
            return programme.simulate(
                Path(folder), rows=rows, seed=seed, layout=layout, faults=faults, whole=whole
            )
    known = ", ".join(sorted(one.name for one in all_layouts()))
    raise UsageError(
        f"there is no layout {layout!r} to write", expected=f"one of {known}", do="Run `answerable layouts`."
    )
