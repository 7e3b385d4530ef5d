"""What exists: measures, policy packs and layouts, as lists and in full."""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from answerable.auditing.known import all_layouts, all_measures
from answerable.errors import UsageError
from answerable.intake.layouts import Layout
from answerable.policy import describe, list_packs, load_pack, shipped_ids
from answerable.programmes import PROGRAMMES
from answerable.programmes.measure import Measure
from answerable.programmes.run import measure_sql

__all__ = ["layout", "layouts", "measure", "measures", "policies", "policy"]

_WIDTH = 88
Entry = tuple[str, dict[str, Any]]


def _unknown(what: str, name: str, known: Iterable[str]) -> UsageError:
    names = list(known)
    close = difflib.get_close_matches(name, names, 3, cutoff=0.4)
    return UsageError(
        f"there is no {what} {name!r}",
        expected=f"{' or '.join(close)}?" if close else f"one of the {len(names)} that the list shows",
        do="List them with the command without a name.",
    )


def _rows(rows: dict[str, str]) -> str:
    """Write names and values side by side, the values wrapped."""
    width = max(len(name) for name, value in rows.items() if value) + 2
    lines = [
        textwrap.fill(
            value,
            _WIDTH,
            initial_indent=f"{name:<{width}}",
            subsequent_indent=" " * width,
            break_long_words=False,
        )
        for name, value in rows.items()
        if value
    ]
    return "\n".join(lines)


def measures() -> list[tuple[str, str]]:
    """List the measures: name and title."""
    return [(name, one.title) for name, one in all_measures().items()]


def measure(name: str) -> Entry:
    """Show one measure: definition, unit, needs, rule, source, parameters and SQL.

    Raises:
        UsageError: There is no such measure.
    """
    known = all_measures()
    if name not in known:
        raise _unknown("measure", name, known)
    one: Measure = known[name]
    kind = next(kind for programme in PROGRAMMES for kind in programme.kinds if kind.plural == one.records)
    data: dict[str, Any] = {
        "name": one.name,
        "title": one.words(one.title),
        "definition": one.words(one.definition),
        "kind": one.kind,
        "unit": one.unit,
        "needs": list(one.needs),
        "local clock": one.clock,
        "rule": one.words(one.rule),
        "neutral": one.neutral,
        "source": one.source,
        "parameters": {
            key: f"{each.default:g} {each.unit} ({each.low:g} to {each.high:g}): {each.meaning}"
            for key, each in one.parameters.items()
        },
        "caveats": [one.words(text) for text in one.caveats],
        "sql": measure_sql(one, kind),
    }
    rows = {
        key: str(value)
        for key, value in data.items()
        if isinstance(value, str) and key not in ("name", "title", "sql")
    }
    rows["needs"] = ", ".join(one.needs).replace("|", " or ") or "no field in particular"
    rows |= {f"parameter {key}": value for key, value in data["parameters"].items()}
    rows |= {f"caveat {at}": text for at, text in enumerate(data["caveats"], start=1)}
    return f"{one.name}: {data['title']}\n\n{_rows(rows)}\n\nSQL:\n\n{data['sql']}", data


def policies() -> list[tuple[str, str]]:
    """List the shipped policy packs: id and one line."""
    return [(pack.id, line.removeprefix(pack.id).lstrip(" :")) for pack, line in list_packs(all_measures())]


def policy(name: str) -> Entry:
    """Show one policy pack in full, shipped or by its path.

    Raises:
        UsageError: There is no such pack.
        PackError: The file is not a valid pack.
    """
    import msgspec  # noqa: PLC0415 - no other command needs it, and each would wait for it

    if name not in shipped_ids() and not Path(name).exists():
        raise _unknown("policy pack", name, shipped_ids())
    pack = load_pack(name, all_measures())
    return describe(pack, all_measures()), cast("dict[str, Any]", msgspec.to_builtins(pack))


def layouts() -> list[tuple[str, str]]:
    """List the shipped layouts: name and title."""
    return [(one.name, one.title) for one in all_layouts()]


def layout(name: str) -> Entry:
    """Show one layout in full, shipped or by its path: what it is and which header fills which field.

    Raises:
        UsageError: There is no such layout.
        LayoutError: The file is not a valid layout.
    """
    known = {one.name: one for one in all_layouts()}
    if name not in known and not Path(name).exists():
        raise _unknown("layout", name, known)
    one: Layout = known[name] if name in known else next(each for each in all_layouts([name]) if each.own)
    place = "" if one.header else "column "
    columns = {
        field: place + " or ".join(headers) + (" (may be missing)" if field in one.optional else "")
        for field, headers in one.columns.items()
    }
    data: dict[str, Any] = {
        "name": one.name,
        "title": one.title,
        "description": one.description,
        "kind": one.kind,
        "columns": columns,
        "ignored": list(one.ignored),
        "order": one.order,
        "zone": one.zone,
        "constants": dict(one.constants),
        "negated": sorted(one.negated),
        "header": one.header,
        "width": one.width,
        "delimiter": one.delimiter,
    }
    constants = {field: f"{text!r} in every row" for field, text in one.constants.items()}
    lines = [f"{one.name}: {one.title}", "", one.description, "", _rows(columns | constants)]
    lines += [line for told in one.told() for line in ("", told)]
    return "\n".join(lines), data
