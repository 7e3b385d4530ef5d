"""What there is to choose from: the record kinds, measures and layouts of every programme."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from answerable.errors import UsageError
from answerable.intake import Layout, load_layout, load_layouts
from answerable.programmes import PROGRAMMES
from answerable.programmes.measure import Measure

__all__ = ["KINDS", "all_layouts", "all_measures"]

KINDS = tuple(kind for programme in PROGRAMMES for kind in programme.kinds)
"""Every record kind that a layout may give."""


def all_measures() -> dict[str, Measure]:
    """Give every measure of every programme by its name."""
    return {measure.name: measure for programme in PROGRAMMES for measure in programme.measures}


def all_layouts(own: Iterable[str | Path] = ()) -> tuple[Layout, ...]:
    """Give the layouts to choose from: the shipped ones, and before them those that the user names.

    Args:
        own: Names of shipped layouts, or paths of the user's own files. Where one of these fits a header, the
            others are not asked.

    Raises:
        LayoutError: A file is not a layout.
        UsageError: There is no such layout.
    """
    shipped = {
        layout.name: layout for programme in PROGRAMMES for layout in load_layouts(programme.layouts, KINDS)
    }
    for each in own:
        if str(each) in shipped:
            shipped[str(each)] = replace(shipped[str(each)], own=True)
        elif Path(each).exists():
            shipped[str(each)] = replace(load_layout(Path(each), KINDS), own=True)
        else:
            close = difflib.get_close_matches(str(each), shipped, 1)
            raise UsageError(
                f"there is no layout {str(each)!r}",
                expected=f"{close[0]}?"
                if close
                else "the name of a shipped layout or the path of a layout file",
                do="Run `answerable layouts`.",
            )
    return tuple(shipped.values())
