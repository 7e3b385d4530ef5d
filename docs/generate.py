"""Write the pages of docs/ that are made from the code: measures, commands, layouts and policies.

Run it with `make docs`. A test runs it into an empty folder and compares the pages with those committed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from typer import rich_utils
from typer.main import get_command
from typer.testing import CliRunner

from answerable import wording
from answerable.cli import app
from answerable.engine.dialect import FUNCTIONS
from answerable.intake.kinds import RecordKind, Role
from answerable.intake.layout_files import load_layouts
from answerable.intake.layouts import Layout
from answerable.policy import Check, Clause, Pack, one_line, shipped_packs
from answerable.policy.sentences import threshold
from answerable.programmes import PROGRAMMES
from answerable.programmes.measure import Measure, Parameter, Share
from answerable.programmes.programme import Programme
from answerable.programmes.run import measure_sql

__all__ = ["PAGES", "write"]

_MADE = "<!-- Made from the code by `make docs`. Edit the code, not this page. -->"


def _cell(text: str) -> str:
    """Write text so that it stays inside one cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Write a table, leaving out the rows whose last cell has nothing to say."""
    body = [f"| {' | '.join(map(_cell, row))} |" for row in rows if row[-1]]
    return [f"| {' | '.join(head)} |", "|" + "---|" * len(head), *body, ""]


def _page(title: str, lines: Iterable[str]) -> str:
    """Join a page's lines under its title."""
    return "\n".join([f"# {title}", "", _MADE, "", *lines]).rstrip() + "\n"


def _filled(text: str, measure: Measure) -> str:
    """Put the default of each parameter where a text names it, and a word where it names a part of the figure."""
    things = measure.unit.removeprefix("share of ")
    parts = {
        "figure": "*n* of *d*",
        "counted": f"*n* of *d* {things}",
        "n": "*n*",
        "d": "*d*",
        "value": "*value*",
    }
    return measure.words(text, parts)


def _kind(programme: Programme, measure: Measure) -> RecordKind:
    """Give the record kind that a measure reads."""
    return next(kind for kind in programme.kinds if kind.plural == measure.records)


def _needs(programme: Programme, measure: Measure) -> str:
    """Name the fields that a measure needs, an alternative as "a or b"."""
    kind = _kind(programme, measure)
    needs = [
        " or ".join(f"{kind.field(one).label} (`{one}`)" for one in need.split("|")) for need in measure.needs
    ]
    return ", ".join([*needs, *(["the local time zone"] if measure.clock else [])])


def _parameter(name: str, parameter: Parameter) -> str:
    """Say what a parameter means, its default and its bounds."""
    bounds = f"from {parameter.low:g} to {parameter.high:g}"
    return f"`{name}` = {parameter.default:g} {parameter.unit} ({bounds}): {parameter.meaning}"


def _formula(measure: Measure) -> str:
    """Say how the value is made."""
    if isinstance(measure, Share):
        among = "" if measure.among == "TRUE" else f" where `{measure.among}`"
        return f"rows where `{measure.counts}` ÷ rows{among}, of `{measure.view}`"
    return "numerator ÷ denominator of the query" if measure.kind == "share" else ""


def _measure(programme: Programme, measure: Measure) -> Iterator[str]:
    """Write one measure's entry."""
    yield f"### `{measure.name}`"
    yield from ("", f"**{_filled(measure.title, measure)}.** {_filled(measure.definition, measure)}", "")
    yield from _table(
        ("", ""),
        [
            ("Unit", measure.unit),
            ("Formula", _formula(measure)),
            ("Needs", _needs(programme, measure)),
            ("Boundary", _filled(measure.rule, measure)),
            *(("Parameter", _parameter(name, one)) for name, one in measure.parameters.items()),
            ("Neutral value", measure.neutral),
            ("In the report", _filled(measure.sentence, measure)),
            ("Source", measure.source),
        ],
    )
    if measure.caveats:
        yield from (*(f"- {caveat}" for caveat in measure.caveats), "")
    sql = measure_sql(measure, _kind(programme, measure))
    yield from ("<details><summary>SQL</summary>", "", "```sql", sql, "```", "", "</details>", "")


def measures_page() -> str:
    """Write every measure of every programme, in the order of the report."""
    lines = [
        "What each measure counts, among what, and how. [The four rules](rules.md) hold for all of them: a needed field",
        "that no source exported makes the measure *not measurable*, and rows whose needed fields were withheld are left",
        "out of the denominator and counted in a caveat. Parameters stand at their defaults. The report shows each number's",
        "SQL with its parameters filled in, and the SQL of the views that it reads.",
        "",
    ]
    for programme in PROGRAMMES:
        lines += [f"## {programme.title}", ""]
        lines += _table(("measure", "title"), [(f"`{one.name}`", one.title) for one in programme.measures])
        for measure in programme.measures:
            lines += _measure(programme, measure)
    lines += [
        "## Functions that the SQL uses",
        "",
        "What is not common to all engines has one name and is defined on each.",
        "",
    ]
    functions = [(f"`{one.signature}`", one.meaning, f"`{one.duckdb}`") for one in FUNCTIONS]
    lines += _table(("function", "meaning", "on DuckDB"), functions)
    return _page("Measures", lines)


def _commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:  # noqa: ANN401 - typer names no public type
    """List a command and every command below it."""
    yield path
    for name, child in getattr(command, "commands", {}).items():
        yield from _commands(child, (*path, name))


def cli_page() -> str:
    """Write the help of every command, at 80 columns and without colour."""
    rich_utils.MAX_WIDTH, rich_utils.FORCE_TERMINAL = 80, False
    lines = ["What `--help` prints for each command.", ""]
    for path in _commands(get_command(app)):
        shown = CliRunner().invoke(app, [*path, "--help"], prog_name="answerable", catch_exceptions=False)
        text = "\n".join(line.rstrip() for line in shown.output.strip("\n").splitlines())
        lines += [f"## `{' '.join(('answerable', *path))}`", "", "```text", text, "```", ""]
    return _page("Commands", lines)


def _unfolded(layout: Layout) -> list[tuple[str, str, str]]:
    """Name what a wide table's columns and cells fill."""
    if not layout.wide:
        return []
    return [
        (f"`{layout.wide.label}`", "the date that each other column is called by", "required"),
        (f"`{layout.wide.value}`", "the cells of those columns", "required"),
    ]


def _layout(layout: Layout) -> Iterator[str]:
    """Write one layout's entry."""
    yield from (f"### `{layout.name}`", "", f"**{layout.title}.** {layout.description}", "")
    yield from _table(
        ("field", "column", ""),
        [
            (
                f"`{field}`",
                " or ".join(f"`{name}`" for name in names),
                "may be missing" if field in layout.optional else "required",
            )
            for field, names in layout.columns.items()
        ]
        + [(f"`{field}`", f"none: `{text}`", "in every row") for field, text in layout.constants.items()]
        + _unfolded(layout),
    )
    if layout.ignored:
        yield from (f"Known and not read: {', '.join(f'`{name}`' for name in layout.ignored)}.", "")
    for told in layout.told():
        yield from (told, "")


def layouts_page() -> str:
    """Write every shipped layout, after the fields that layouts fill."""
    lines = [
        "Which export fills which field. A file is read with the one layout whose required columns it has and that",
        "knows all its columns; case, spaces, underscores, hyphens and order do not matter. A new layout is a",
        "[new file](how-to/new-layout.md). A file without a header is read with a layout of such files, and only",
        "where `--layout` names it.",
        "",
    ]
    for programme in PROGRAMMES:
        layouts = load_layouts(programme.layouts, programme.kinds)
        for kind in programme.kinds:
            lines += [f"## {programme.title}: {kind.plural}", "", f"{kind.meaning} The fields:", ""]
            fields = [(f"`{field.name}`", field.role.value, field.meaning) for field in kind.fields]
            lines += _table(("field", "role", "meaning"), fields)
            if [kind.field(name).role for name in kind.named_by] == [Role.KEY]:
                lines += ["Without an ID of its own, each row is a record: two that are alike are two.", ""]
            elif kind.named_by:
                names = wording.listing([f"`{name}`" for name in kind.named_by])
                lines += [
                    f"Without an ID of its own, a record is known by {names}: two that share them are one. Where a row",
                    "lacks one of them, it is counted as a record of its own.",
                    "",
                ]
            for layout in layouts:
                lines += _layout(layout) if layout.kind == kind.name else ()
    return _page("Export layouts", lines)


def _check(check: Check, measure: Measure) -> Iterator[tuple[str, str]]:
    """Write one check's rows."""
    parameters = ", ".join(f"`{name}` = {value:g}" for name, value in check.parameters.items())
    compared = threshold(check, measure) or "none: the number is printed beside the clause"
    yield "Measure", f"`{check.measure}`" + (f" with {parameters}" if parameters else "")
    yield "Check", compared
    yield "Judged on", f"{check.minimum_n:,} or more" if check.minimum_n > 1 else ""
    yield (
        "Can show",
        wording.listing([one.value for one in sorted(check.can_show)], joiner="or")
        or "neither met nor breached",
    )
    yield "Because", check.because


def _clause(clause: Clause, measures: Mapping[str, Measure]) -> Iterator[str]:
    """Write one clause's entry."""
    yield from (f"**{clause.id}**: {clause.citation}", "")
    yield from _table(
        ("", ""),
        [
            ("Asks for", clause.asks),
            ("Confirmed", clause.confirmed.value),
            ("Address", clause.address),
            *(row for check in clause.checks for row in _check(check, measures[check.measure])),
            ("Check", "" if clause.checks else "none: no record shows it by itself"),
            ("Document", clause.needs_document),
            ("Note", clause.note),
        ],
    )


def _pack(pack: Pack, measures: Mapping[str, Measure]) -> Iterator[str]:
    """Write one pack's entry."""
    yield from (f"## `{pack.id}`", "", f"**{pack.title}.** {pack.summary}", "")
    yield from _table(
        ("", ""),
        [
            ("Jurisdiction", pack.jurisdiction),
            ("In force from", pack.in_force_from or "not stated"),
            ("Address", pack.address),
            ("As of", pack.as_of),
            ("Confirmed", pack.confirmed.value),
        ],
    )
    for clause in pack.clauses:
        yield from _clause(clause, measures)


def policies_page() -> str:
    """Write every shipped policy pack with its clauses."""
    measures = {measure.name: measure for programme in PROGRAMMES for measure in programme.measures}
    packs = shipped_packs(measures)
    lines = [
        "Each pack is a reading of a law or a policy in our words, not legal advice. A clause says how it was",
        "*confirmed*: *official* at the authority that made the rule, *codified-mirror* in a reprint of the code,",
        "*secondary* from what others wrote about it, *practice* where it is no law at all. Secondary clauses are off",
        "unless asked for: check before relying on them. You can [write a pack](how-to/write-a-policy-pack.md).",
        "",
        *_table(("pack", "title"), [(f"[`{pack.id}`](#{pack.id})", one_line(pack)) for pack in packs]),
    ]
    for pack in packs:
        lines += _pack(pack, measures)
    return _page("Policy packs", lines)


PAGES: dict[str, Callable[[], str]] = {
    "method/measures.md": measures_page,
    "cli.md": cli_page,
    "layouts.md": layouts_page,
    "policies.md": policies_page,
}
"""Each page's path under docs/, with the function that writes it."""


def write(folder: Path) -> None:
    """Write every page under a folder."""
    for name, page in PAGES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent)
