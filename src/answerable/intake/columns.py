"""From cells to columns: the one SELECT that turns text under a layout into the columns of a record kind."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute

from answerable.engine.dialect import literal
from answerable.errors import UsageError
from answerable.intake.clocks import Clock
from answerable.intake.kinds import CellState, Field, RecordKind, Role
from answerable.intake.pseudonyms import pseudonym_sql
from answerable.intake.states import STATE_TYPE, state_literal, state_sql

__all__ = ["Plan", "check_timezone", "select_sql"]


def check_timezone(name: str) -> str:
    """Return an IANA time-zone name that exists.

    Raises:
        UsageError: There is no such zone.
    """
    if name and name not in zoneinfo.available_timezones():
        raise UsageError(
            f"there is no time zone {name!r}",
            expected="an IANA name such as America/Los_Angeles",
            do="See the list of time zones of the IANA database.",
        )
    return name


@dataclass(frozen=True, slots=True)
class Plan:
    """How one source's cells become columns.

    Attributes:
        number: The source's number.
        kind: The record kind.
        places: Field -> positions of its columns.
        clocks: TIME and TIME_RANGE field -> how it is read.
        timezone: The local zone, or empty.
        range_mark: What stands between the two ends of a range in one cell.
        frequent: IDENTIFIER field -> the table of pseudonyms that were computed ahead; see `frequent`.
    """

    number: int
    kind: RecordKind
    places: Mapping[str, Sequence[int]]
    clocks: Mapping[str, Clock]
    timezone: str
    range_mark: str = "\n"
    frequent: Mapping[str, str] = attribute(default_factory=dict)

    @property
    def clock(self) -> str:
        """The clock of the records: ``local``, ``utc`` or ``unknown``."""
        if self.timezone:
            return "local"
        return "utc" if self.clocks[self.kind.time].utc else "unknown"


def _instant(plan: Plan, clock: Clock, cell: str) -> tuple[str, str]:
    """Give SQL for an instant in UTC (or as written) and in local time."""
    written = clock.parse_sql(f"trim({cell})")
    if not plan.timezone:
        return written, "CAST(NULL AS TIMESTAMP)"
    zone = literal(plan.timezone)
    if clock.utc:
        return written, f"timezone({zone}, timezone('UTC', {written}))"
    return f"timezone('UTC', timezone({zone}, {written}))", written


def _joined(places: Sequence[int]) -> str:
    # An empty cell is NULL to the engine's reader, and NULL joined to anything is NULL.
    cells = [f"coalesce(c{place}, '')" for place in places] if len(places) > 1 else [f"c{places[0]}"]
    return " || ' ' || ".join(cells)


def _values(plan: Plan, field: Field) -> dict[str, str]:
    places, state = plan.places[field.name], f"{field.name}_state"
    cell = _joined(places)
    present = f"{state} = {state_literal(CellState.PRESENT)}"
    if field.role is Role.IDENTIFIER:
        also = f" OR {state} = {state_literal(CellState.WILDCARD)}" if field.wildcards else ""
        table = plan.frequent.get(field.name)
        ahead = f"WHEN {table}.cell IS NOT NULL THEN {table}.pseudonym " if table else ""
        return {
            field.name: f"CASE WHEN NOT ({present}{also}) THEN NULL {ahead}ELSE {pseudonym_sql(cell, field)} END"
        }
    if field.role is Role.COUNT:
        return {field.name: f"CASE WHEN {present} THEN TRY_CAST(replace({cell}, ',', '') AS BIGINT) END"}
    if field.role is Role.TIME:
        instant, local = _instant(plan, plan.clocks[field.name], cell)
        return {field.name: instant, f"{field.name}_local": local}
    if field.role is Role.TIME_RANGE:
        clock = plan.clocks.get(field.name)
        same = clock is not None and (plan.timezone or clock.utc == plan.clocks[plan.kind.time].utc)
        ends = {f"{field.name}_{end}": "CAST(NULL AS TIMESTAMP)" for end in ("start", "end")}
        if clock is None or not same:
            return ends  # two clocks that cannot be set against each other
        for index, name in enumerate(ends):
            half = (
                f"c{places[index]}"
                if len(places) > 1
                else f"split_part({cell}, {literal(plan.range_mark)}, {index + 1})"
            )
            ends[name] = _instant(plan, clock, half)[0]
        return ends
    return {field.name: f"CASE WHEN {present} THEN trim({cell}) END"}


def select_sql(plan: Plan, relation: str) -> str:
    """Write the SELECT that gives the record kind's columns from a relation with columns c0, c1 ...

    States are computed first, beside the cells, so that each value can rest on its own state.
    """
    states, values = [], {"source": str(plan.number), "clock": literal(plan.clock)}
    for field in plan.kind.fields:
        state = f"{field.name}_state"
        if field.name in plan.places:
            cell = _joined(plan.places[field.name])
            states.append(
                f"{state_sql(f'({cell})' if len(plan.places[field.name]) > 1 else cell, field)} AS {state}"
            )
            values |= _values(plan, field) | {state: state}
        else:
            values |= dict.fromkeys(field.columns(), "NULL") | {state: state_literal(CellState.NOT_EXPORTED)}
    time = plan.kind.time
    values["month"] = f"year_month({values[f'{time}_local'] if plan.timezone else values[time]})"
    types = plan.kind.columns()
    listed = ",\n  ".join(
        f"CAST({values[name]} AS {STATE_TYPE if name.endswith('_state') else kind}) AS {name}"
        for name, kind in types.items()
    )
    joins = "".join(
        f"\nLEFT JOIN {table} ON {table}.cell = cells.c{plan.places[name][0]}"
        for name, table in plan.frequent.items()
    )
    return f"SELECT {listed}\nFROM (SELECT *, {', '.join(states)} FROM {relation}) AS cells{joins}"
