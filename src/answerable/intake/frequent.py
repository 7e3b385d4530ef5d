"""Identifiers that stand in many rows: their pseudonyms are computed once, not once a row.

A log of millions of searches has some thousand users, and an HMAC costs more than all else that is done with a cell.
The users met in the first rows of a file get their pseudonyms ahead; rows that name another get theirs as usual, so
that this changes no record (a test holds it). The table of names lives in the engine's memory while one file is read.
"""

from __future__ import annotations

from dataclasses import replace

from answerable.engine import DuckDB
from answerable.engine.dialect import identifier
from answerable.intake.columns import Plan
from answerable.intake.kinds import Role
from answerable.intake.pseudonyms import pseudonym_sql

__all__ = ["forget", "learn"]

_LOOKED_AT = 200_000  # rows; a file of fewer is read as fast without this
_MOST = 50_000  # names held at a time


def learn(engine: DuckDB, plan: Plan, relation: str, rows: int) -> Plan:
    """Compute the pseudonyms of names that come again and again in the first rows, and note it in the plan.

    Args:
        engine: Where the relation is, with the case's key installed.
        plan: How the source's cells become columns.
        relation: The source's cells, as columns c0, c1 ...
        rows: How many rows it has.
    """
    if rows <= _LOOKED_AT:
        return plan
    frequent: dict[str, str] = {}
    for field in plan.kind.fields:
        # A plate or a case number seldom comes again; an account does.
        if field.role is not Role.IDENTIFIER or not field.recurs or field.name not in plan.places:
            continue
        (place,) = plan.places[field.name]
        table = f"frequent_{field.name}"
        engine.table(
            table,
            f"SELECT cell, {pseudonym_sql('cell', field)} AS pseudonym FROM ("
            f"SELECT c{place} AS cell FROM (SELECT c{place} FROM {relation} LIMIT {_LOOKED_AT}) AS first_rows "
            f"WHERE c{place} IS NOT NULL GROUP BY c{place} HAVING count(*) > 1 LIMIT {_MOST}) AS recurring",
        )
        frequent[field.name] = table
    return replace(plan, frequent=frequent)


def forget(engine: DuckDB, plan: Plan) -> None:
    """Drop the tables of names."""
    for table in plan.frequent.values():
        engine.execute(f"DROP TABLE {identifier(table)}")
