"""What the command line prints: for people on a terminal, or as JSON."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec

from answerable import auditing, wording
from answerable.case import Difference
from answerable.errors import AnswerableError
from answerable.harmless import escape_hidden, visible
from answerable.intake.accounting import Source
from answerable.intake.inspect import FileView
from answerable.intake.take import Progress
from answerable.publish import ReleaseCheck, told

__all__ = [
    "audited",
    "catalogue",
    "entry",
    "error",
    "inspection",
    "progress",
    "released",
    "simulated",
    "verified",
]

_BAR_AFTER = 1.0  # seconds; a shorter job shows no bar


def error(problem: AnswerableError) -> None:
    """Print an error to the standard error stream."""
    print(visible(f"answerable: {problem}"), file=sys.stderr)  # noqa: T201 - the command line prints through here alone


def _say(text: str = "") -> None:
    # A file's name may hold anything that a file system takes, terminal commands among it.
    print(visible(text))  # noqa: T201 - the command line prints through here alone


def _json(value: object) -> None:
    _say(escape_hidden(json.dumps(msgspec.to_builtins(value), indent=1, ensure_ascii=False)))


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


def audited(case: auditing.Case, *, quiet: bool, as_json: bool) -> None:
    """Say what an audit made, and where."""
    if as_json:
        _json(
            {
                "case": str(case.path),
                "report": str(case.report),
                "sources": [asdict(source) for source in case.sources],
                "findings": {str(status): number for status, number in case.tally().items()},
                "notices": list(case.notices),
            }
        )
        return
    if quiet:
        return
    for notice in case.notices:
        _say(notice)
    _accounts(case)
    tally = case.tally()
    found = ", ".join(f"{number} {status}" for status, number in tally.items() if number)
    measured = sum(1 for one in case.measures.values() if hasattr(one, "value"))
    _say(
        f"{wording.plural(measured, 'measure')} taken, {len(case.measures) - measured} not measurable with these records."
    )
    if found:
        _say(f"Findings: {found}.")
    _say(f"Report: {case.report}")


def _accounts(case: auditing.Case) -> None:
    """Print every source's account: rows in = kept + duplicates + quarantined."""
    for source in case.sources:
        _say(
            f"{source.name}{f' (log {source.log})' if source.log else ''}: {wording.plural(source.rows_in, 'row')} in = {_kept(source)} + "
            f"{wording.count(source.duplicates)} duplicates + {wording.count(source.quarantined)} quarantined"
        )
        for notice in source.notices:
            _say(f"  {notice}")
    for name in case.repeated:
        _say(f"{name}: given again (same SHA-256); read once.")
    for name in case.left_out:
        _say(f"{name}: not a table; left out.")
    names = {source.number: source.name for source in case.sources}
    for overlap in case.overlaps:
        repeated = f"{wording.plural(overlap.shared, 'record')} of {names[overlap.earlier]}"
        _say(f"{names[overlap.later]} repeats {repeated}; each was counted once.")


def _kept(source: Source) -> str:
    shared = f" ({wording.count(source.shared)} of them in another log too)" if source.shared else ""
    return f"{wording.count(source.kept)} kept{shared}"


def verified(
    case: Path, differences: Sequence[Difference], sources: int, *, quiet: bool, as_json: bool
) -> None:
    """Say whether a case is as its manifest says."""
    if as_json:
        _json({"case": str(case), "differences": [asdict(one) for one in differences]})
    elif differences:
        for one in differences:
            _say(str(one))
        _say(f"{wording.plural(len(differences), 'difference')} from the manifest of {case}.")
    elif not quiet:
        _say(
            f"{case}: every source, record file and output is as the manifest says ({wording.plural(sources, 'source')})."
        )


def inspection(views: Sequence[FileView], *, as_json: bool) -> None:
    """Print what each file is."""
    if as_json:
        _json([asdict(view) for view in views])
        return
    for view in views:
        _say(view.name)
        if view.problem:
            _say(f"  {view.problem}")
            for near in view.near:
                _say(f"  nearest: {near}")
            if view.do:
                _say(f"  What to do: {view.do}")
            if view.suggestion:
                _say("\n  A layout to edit; save it and pass it with --layout:\n")
                _say("\n".join(f"    {line}" for line in view.suggestion.splitlines()))
            _say()
            continue
        between = {",": "comma", "\t": "tab", ";": "semicolon", "|": "pipe", " ": "blanks"}.get(
            view.delimiter, ""
        )
        how = ", ".join(part for part in (view.encoding, between) if part)
        _say(f"  layout: {view.layout} ({view.title}){'; ' + how if how else ''}")
        for notice in view.notices:
            _say(f"  {notice}")
        _say(f"  from the first {wording.plural(view.sampled, 'record')}:")
        width = max(len(column.label) for column in view.columns)
        for column in view.columns:
            if not column.header and not column.constant:
                _say(f"    {column.label:<{width}}  not exported")
                continue
            states = ", ".join(f"{wording.count(number)} {state}" for state, number in column.states.items())
            values = "; ".join(column.values)
            header = f"{column.header!r}" if column.header else "in no column"
            _say(
                f"    {column.label:<{width}}  {header}: {states}{'; ' + column.note if column.note else ''}{'; e.g. ' + values if values else ''}"
            )
        _say()


def simulated(truth: Mapping[str, Any], folder: Path, *, quiet: bool, as_json: bool) -> None:
    """Say what a simulation wrote."""
    if as_json:
        _json(truth)
    elif not quiet:
        _say(
            f"{wording.plural(truth['rows'], 'row')} in {wording.plural(len(truth['files']), 'file')} of {truth.get('what', 'a synthetic town')}: {folder}"
        )


def released(check: ReleaseCheck, *, quiet: bool, as_json: bool) -> None:
    """Say what a table would give away if it were published."""
    if as_json:
        _json({"at_risk": check.at_risk, "over_limit": check.over_limit} | msgspec.to_builtins(check))
    elif not quiet:
        for line in told(check):
            _say(line)


def catalogue(entries: Sequence[tuple[str, str]], *, as_json: bool) -> None:
    """Print names with one line each."""
    if as_json:
        _json([{"name": name, "summary": summary} for name, summary in entries])
        return
    width = max((len(name) for name, _ in entries), default=0)
    for name, summary in entries:
        _say(f"{name:<{width}}  {summary}")


def entry(found: tuple[str, object], *, as_json: bool) -> None:
    """Print one entry in full: its text, or its data as JSON."""
    text, data = found
    if as_json:
        _json(data)
    else:
        _say(text)
