"""Drafts: a layout to edit, for a file that no layout fits."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Sequence

from answerable.intake.clocks import dated
from answerable.intake.kinds import RecordKind
from answerable.intake.layouts import JOIN, Layout, normal

__all__ = ["suggest", "suggest_headless"]


def _quoted(text: str) -> str:
    """Write a text as a TOML string."""
    # JSON's escapes are TOML's too, except that TOML also wants the delete character escaped.
    return json.dumps(text.strip(), ensure_ascii=False).replace("\x7f", "\\u007f")


def suggest(header: Sequence[str], layouts: Sequence[Layout], kind: RecordKind) -> str:
    """Write a ready-to-edit layout for a header that no layout fits."""
    names = {
        normal(part): field
        for layout in layouts
        if layout.header
        for field, accepted in layout.columns.items()
        for name in accepted
        for part in name.split(JOIN)
    }
    by_field: dict[str, str] = {}
    ignored: list[str] = []
    wide = next((layout.wide for layout in layouts if layout.wide and layout.labels(header)), None)
    for name in header:
        if not name.strip() or (wide and dated(name)):
            continue
        close = difflib.get_close_matches(normal(name), names, 1, cutoff=0.8)
        field = names[close[0]] if close else ""
        if field and field not in by_field and JOIN not in name:
            by_field[field] = name
        else:
            ignored.append(name)
    lines = [
        'name = "my-export"',
        'title = "Describe this export in a few words"',
        f'kind = "{kind.name}"',
        f"# Not read. Move a name under [columns] if it fills one of: {', '.join(f.name for f in kind.fields if f.name not in by_field)}",
        *(
            [
                "# A column given by its place may be a record and no header: write its own name, or add a header."
            ]
            if any(re.fullmatch(r"\(column \d+\)", name) for name in header)
            else []
        ),
        f"ignored = [{', '.join(_quoted(name) for name in ignored)}]",
        "",
        "[columns]",
        *(f"{field} = [{_quoted(name)}]" for field, name in by_field.items()),
    ]
    if wide:
        lines += [
            "",
            "[wide]   # a record a cell: each column that is called by a date holds one of every row",
            f'label = "{wide.label}"',
            f'value = "{wide.value}"   # WHAT DO THE CELLS HOLD? The header does not say',
        ]
    elif kind.time and kind.time not in by_field:
        lines.append(f'{kind.time} = ["WHICH COLUMN HOLDS THE TIME?"]')
    lines += [
        "",
        "[times]",
        '# order = "MDY"   # or "DMY": only where dates with slashes could be read both ways',
        '# zone = "UTC"    # only where times state no zone and are known to be in UTC',
        "",
    ]
    return "\n".join(lines)


def suggest_headless(width: int, kind: RecordKind, *, spaced: bool) -> str:
    """Write a ready-to-edit layout for a file without a header, whose columns are named by their place.

    Args:
        width: How many columns it has.
        kind: The record kind that the draft names.
        spaced: True where runs of blanks separate its cells.
    """
    lines = [
        'name = "my-export"',
        'title = "Describe this export in a few words"',
        f'kind = "{kind.name}"',
        "# There is no header: columns are named by their place, from 1.",
        "header = false",
        f"width = {width}",
        *(['delimiter = "space"   # runs of blanks'] if spaced else []),
        "",
        "[columns]",
        f"# WHICH COLUMN HOLDS WHAT? The fields are {', '.join(field.name for field in kind.fields)}",
        f'# {kind.fields[-1].name} = ["{width}"]',
        "",
        "[constants]",
        "# What is the same in every row, and stands in no column:",
        f'# {kind.fields[0].name} = "yes"',
        "",
    ]
    return "\n".join(lines)
