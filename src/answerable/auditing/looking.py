"""Looking at files before an audit, and making files to try one on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from answerable.auditing.run import all_layouts
from answerable.errors import UsageError
from answerable.intake.inspect import FileView
from answerable.intake.inspect import inspect as look
from answerable.programmes import PROGRAMMES
from answerable.programmes.plates.simulate import EXPORTS, Town, write_town

__all__ = ["inspect", "simulate"]


def inspect(paths: Iterable[str | Path], layout: Sequence[str | Path] = ()) -> tuple[FileView, ...]:
    """Say what each file is, which layout fits it and what each column became.

    Args:
        paths: Files and folders.
        layout: Layouts to ask first; see `audit`.

    Raises:
        InputError: A file cannot be read at all.
    """
    kinds = tuple(kind for programme in PROGRAMMES for kind in programme.kinds)
    return look([Path(path) for path in paths], all_layouts(layout), kinds)


def simulate(
    folder: str | Path,
    *,
    rows: int = 5_000,
    seed: int = 0,
    layout: str = "search-audit-14",
    faults: bool = False,
) -> dict[str, Any]:
    """Write the search logs of a synthetic town whose truth is known, and return that truth.

    Raises:
        UsageError: There is no such layout.
    """
    if layout not in EXPORTS:
        raise UsageError(f"there is no layout {layout!r} to write", expected=f"one of {', '.join(EXPORTS)}")
    truth = write_town(Town(rows=rows, seed=seed, faults=faults), Path(folder), layout=layout)
    data: dict[str, Any] = msgspec.to_builtins(truth)
    return data
