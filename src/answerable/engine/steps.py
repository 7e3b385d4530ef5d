"""Steps: the named queries that a query begins with, and how often each is read.

An engine that works a step out anew wherever it is read scans the records as often. Where a step is read more than
once, such an engine can be given it as a relation of its own, worked out once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from answerable.engine.macros import pieces

__all__ = ["Step", "shared_once", "steps"]

_READS = frozenset({"from", "join"})


@dataclass(frozen=True, slots=True)
class Step:
    """One ``name (columns) AS (query)`` after WITH.

    Attributes:
        name: What later steps call it.
        columns: The names of its columns in brackets, or empty.
        body: The query that it is.
    """

    name: str
    columns: str
    body: str

    @property
    def sql(self) -> str:
        """The step as it is written."""
        return f"{self.name} {self.columns} AS ({self.body})"


def steps(sql: str) -> tuple[list[Step], str]:
    """Split a query into the steps that it begins with and what follows them.

    Args:
        sql: A query without comments.
    """
    written = pieces(sql.strip())
    if not written or written[0].lower() != "with":
        return [], sql
    found: list[Step] = []
    at = _after(written, 0)
    while True:
        name, at = written[at], _after(written, at)
        columns = ""
        if written[at] == "(":
            columns, at = _bracket(written, at)
        at = _after(written, at)  # past AS
        query, at = _bracket(written, at)
        found.append(Step(name, columns, query[1:-1]))
        if at >= len(written) or written[at] != ",":
            return found, "".join(written[at:])
        at = _after(written, at)


def _after(written: list[str], at: int) -> int:
    """Give the place of the next piece that is not space."""
    at += 1
    while at < len(written) and not written[at].strip():
        at += 1
    return at


def _bracket(written: list[str], at: int) -> tuple[str, int]:
    """Give what stands in brackets that open at a place, and the place of the next piece that is not space."""
    depth, start = 0, at
    while True:
        depth += (written[at] == "(") - (written[at] == ")")
        if not depth:
            return "".join(written[start : at + 1]), _after(written, at)
        at += 1


def _reads(sql: str, name: str) -> int:
    """Count how often a query reads a relation."""
    words = [piece.lower() for piece in pieces(sql) if piece.strip()]
    return sum(word == name.lower() and before in _READS for before, word in pairwise(words))


def shared_once(sql: str, keep: Callable[[str], str]) -> str:
    """Rewrite a query so that each step that is read more than once is a relation that an engine has kept.

    A step may begin with steps of its own, and they with theirs.

    Args:
        sql: A query without comments.
        keep: Keeps the rows of a query and gives the name under which they can be read.
    """
    return _rewritten(sql, [], keep)


def _rewritten(sql: str, around: Sequence[Step], keep: Callable[[str], str]) -> str:
    """Rewrite a query that may read the steps around it."""
    found, rest = steps(sql)
    written: list[Step] = []
    for place, step in enumerate(found):
        within = [*around, *written]
        body = _rewritten(step.body, within, keep)
        later = [*(each.body for each in found[place + 1 :]), rest]
        values = re.match(r"\s*VALUES\b", body, re.IGNORECASE)
        if not values and sum(_reads(each, step.name) for each in later) > 1:
            body = f"SELECT * FROM {keep(_after_steps(within, body))}"
        written.append(Step(step.name, step.columns, body))
    return _after_steps(written, rest) if written else sql


def _after_steps(before: Sequence[Step], sql: str) -> str:
    """Write a query with the steps that it may read before it."""
    if not before:
        return sql
    begins = re.match(r"\s*WITH\b", sql, re.IGNORECASE)
    return f"WITH {', '.join(each.sql for each in before)} {f'SELECT * FROM ({sql}) AS whole' if begins else sql}"
