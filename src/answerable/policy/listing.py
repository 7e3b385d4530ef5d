"""How packs are listed and shown: one line each, or in full."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping

from answerable import wording
from answerable.policy.load import shipped_packs
from answerable.policy.pack import Check, Clause, Confirmed, Pack
from answerable.policy.sentences import threshold
from answerable.programmes.measure import Measure

__all__ = ["describe", "list_packs", "one_line"]

_WIDTH = 88


def list_packs(measures: Mapping[str, Measure]) -> tuple[tuple[Pack, str], ...]:
    """Give every shipped pack with its line, in alphabetical order of id."""
    return tuple((pack, one_line(pack)) for pack in shipped_packs(measures))


def one_line(pack: Pack) -> str:
    """Say what a pack is in one line, without its id."""
    checked = sum(bool(clause.checks) for clause in pack.clauses)
    parts = [wording.plural(len(pack.clauses), "clause"), f"{checked} with a measure", pack.confirmed.value]
    if pack.secondary:
        parts.append(
            "off unless asked for"
            if len(pack.secondary) == len(pack.clauses)
            else f"{len(pack.secondary)} off unless asked for"
        )
    return f"{pack.title} ({', '.join(parts)})"


def describe(pack: Pack, measures: Mapping[str, Measure]) -> str:
    """Write a pack in full, as plain text: what it asks, how each clause is checked, and what to ask for."""
    lines = [
        f"{pack.id}: {pack.title}",
        "",
        *textwrap.wrap(pack.summary, _WIDTH),
        "",
        *_rows(
            [
                ("jurisdiction", pack.jurisdiction),
                ("in force from", pack.in_force_from or "not stated"),
                ("address", pack.address),
                ("as of", pack.as_of),
                ("confirmed", pack.confirmed.value),
            ]
        ),
    ]
    for clause in pack.clauses:
        lines += ["", *_clause(pack, clause, measures)]
    lines += ["", *textwrap.wrap("This is a reading of the rule in our words, not legal advice.", _WIDTH)]
    return "\n".join(lines) + "\n"


def _clause(pack: Pack, clause: Clause, measures: Mapping[str, Measure]) -> list[str]:
    off = (
        "; off unless asked for: check before relying on this"
        if clause.confirmed is Confirmed.SECONDARY
        else ""
    )
    rows = [
        ("asks for", clause.asks),
        ("confirmed", clause.confirmed.value + off),
        ("address", clause.address if clause.address != pack.address else ""),
        *(row for check in clause.checks for row in _check(check, measures)),
        *([] if clause.checks else [("check", "none: no number from the records shows it")]),
        ("document", clause.needs_document),
        ("note", clause.note),
    ]
    return [f"{clause.id} ({clause.citation})", *_rows(rows)]


def _check(check: Check, measures: Mapping[str, Measure]) -> list[tuple[str, str]]:
    measure = measures[check.measure]
    given = ", ".join(f"{name} = {value:g}" for name, value in check.parameters.items())
    least = f", on {wording.count(check.minimum_n)} or more" if check.minimum_n > 1 else ""
    compared = threshold(check, measure)
    shows = [status.value for status in check.can_show]
    return [
        (
            "measure",
            f"{check.measure}{f' ({given})' if given else ''}: {measure.words(measure.title, check.parameters)}",
        ),
        ("check", compared + least if compared else "none: the number is printed beside the clause"),
        ("can show", wording.listing(shows, joiner="or") or "neither met nor breached"),
        ("because", check.because),
    ]


def _rows(rows: Iterable[tuple[str, str]]) -> list[str]:
    lines: list[str] = []
    for label, text in rows:
        if text:
            start = f"  {label:<14} "
            lines += textwrap.wrap(
                text, _WIDTH, initial_indent=start, subsequent_indent=" " * len(start), break_long_words=False
            )
    return lines
