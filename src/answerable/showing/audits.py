"""What the commands on cases and catalogues print: for people on a terminal, or as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec

from answerable import auditing, wording
from answerable.case import Difference
from answerable.intake.accounting import Source
from answerable.intake.inspect import FileView
from answerable.publish import ReleaseCheck, told
from answerable.showing.printing import as_text, say

__all__ = [
    "audited",
    "catalogue",
    "entry",
    "inspection",
    "released",
    "simulated",
    "verified",
]


def audited(case: auditing.Case, *, quiet: bool, as_json: bool) -> None:
    """Say what an audit made, and where."""
    if as_json:
        as_text(
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
        say(notice)
    _accounts(case)
    tally = case.tally()
    found = ", ".join(f"{number} {status}" for status, number in tally.items() if number)
    measured = sum(1 for one in case.measures.values() if hasattr(one, "value"))
    say(
        f"{wording.plural(measured, 'measure')} taken, {len(case.measures) - measured} not measurable with these records."
    )
    if found:
        say(f"Findings: {found}.")
    say(f"Report: {case.report}")


def _accounts(case: auditing.Case) -> None:
    """Print every source's account: rows in = kept + duplicates + quarantined."""
    for source in case.sources:
        say(
            f"{source.name}{f' (log {source.log})' if source.log else ''}: {wording.plural(source.rows_in, 'row')} in = {_kept(source)} + "
            f"{wording.count(source.duplicates)} duplicates + {wording.count(source.quarantined)} quarantined"
        )
        for notice in source.notices:
            say(f"  {notice}")
    for name in case.repeated:
        say(f"{name}: given again (same SHA-256); read once.")
    for name in case.left_out:
        say(f"{name}: not a table; left out.")
    names = {source.number: source.name for source in case.sources}
    for overlap in case.overlaps:
        repeated = f"{wording.plural(overlap.shared, 'record')} of {names[overlap.earlier]}"
        say(f"{names[overlap.later]} repeats {repeated}; each was counted once.")


def _kept(source: Source) -> str:
    shared = f" ({wording.count(source.shared)} of them in another log too)" if source.shared else ""
    return f"{wording.count(source.kept)} kept{shared}"


def verified(
    case: Path,
    differences: Sequence[Difference],
    sources: tuple[int, int],
    *,
    quiet: bool,
    as_json: bool,
) -> None:
    """Say whether a case is as its manifest says; ``sources``: how many it has, and how many of them there is no file to look at."""
    held, unseen = sources
    if as_json:
        as_text(
            {"case": str(case), "differences": [asdict(one) for one in differences]}
            | ({"sources_not_looked_at": unseen} if unseen else {})
        )
    elif differences:
        for one in differences:
            say(str(one))
        say(f"{wording.plural(len(differences), 'difference')} from the manifest of {case}.")
    elif not quiet:
        say(
            f"{case}: every source, record file and output is as the manifest says ({wording.plural(held, 'source')})."
        )
        if unseen:
            say(
                f"{wording.plural(unseen, 'source')} came through the browser and {'was' if unseen == 1 else 'were'} not kept: "
                "name the files with --sources to have them compared too."
            )


def inspection(views: Sequence[FileView], *, as_json: bool) -> None:
    """Print what each file is."""
    if as_json:
        as_text([asdict(view) for view in views])
        return
    for view in views:
        say(view.name)
        if view.problem:
            say(f"  {view.problem}")
            for near in view.near:
                say(f"  nearest: {near}")
            if view.do:
                say(f"  What to do: {view.do}")
            if view.suggestion:
                say("\n  A layout to edit; save it and pass it with --layout:\n")
                say("\n".join(f"    {line}" for line in view.suggestion.splitlines()))
            say()
            continue
        between = {",": "comma", "\t": "tab", ";": "semicolon", "|": "pipe", " ": "blanks"}.get(
            view.delimiter, ""
        )
        how = ", ".join(part for part in (view.encoding, between) if part)
        say(f"  layout: {view.layout} ({view.title}){'; ' + how if how else ''}")
        for notice in view.notices:
            say(f"  {notice}")
        say(f"  from the first {wording.plural(view.sampled, 'record')}:")
        width = max(len(column.label) for column in view.columns)
        for column in view.columns:
            if not column.header and not column.constant:
                say(f"    {column.label:<{width}}  not exported")
                continue
            states = ", ".join(f"{wording.count(number)} {state}" for state, number in column.states.items())
            values = "; ".join(column.values)
            header = f"{column.header!r}" if column.header else "in no column"
            say(
                f"    {column.label:<{width}}  {header}: {states}{'; ' + column.note if column.note else ''}{'; e.g. ' + values if values else ''}"
            )
        say()


def simulated(truth: Mapping[str, Any], folder: Path, *, quiet: bool, as_json: bool) -> None:
    """Say what a simulation wrote."""
    if as_json:
        as_text(truth)
    elif not quiet:
        say(
            f"{wording.plural(truth['rows'], 'row')} in {wording.plural(len(truth['files']), 'file')} of {truth.get('what', 'a synthetic town')}: {folder}"
        )


def released(check: ReleaseCheck, *, quiet: bool, as_json: bool) -> None:
    """Say what a table would give away if it were published."""
    if as_json:
        as_text({"at_risk": check.at_risk, "over_limit": check.over_limit} | msgspec.to_builtins(check))
    elif not quiet:
        for line in told(check):
            say(line)


def catalogue(entries: Sequence[tuple[str, str]], *, as_json: bool) -> None:
    """Print names with one line each."""
    if as_json:
        as_text([{"name": name, "summary": summary} for name, summary in entries])
        return
    width = max((len(name) for name, _ in entries), default=0)
    for name, summary in entries:
        say(f"{name:<{width}}  {summary}")


def entry(found: tuple[str, object], *, as_json: bool) -> None:
    """Print one entry in full: its text, or its data as JSON."""
    text, data = found
    if as_json:
        as_text(data)
    else:
        say(text)
