"""From cells to columns: the one SELECT that turns text under a layout into the columns of a record kind."""

from __future__ import annotations

import math
import re
import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute

from answerable.engine.dialect import literal
from answerable.errors import UsageError
from answerable.intake.clocks import Clock
from answerable.intake.kinds import CellState, Field, RecordKind, Role
from answerable.intake.pseudonyms import plate_sql, pseudonym_sql
from answerable.intake.states import DECIMALS, DURATION, GROUPED, STATE_TYPE, state_literal, state_sql

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
        constants: Field -> the text that stands for its cell in every row.
        negated: NUMBER fields that are stored with the sign turned.
    """

    number: int
    kind: RecordKind
    places: Mapping[str, Sequence[int]]
    clocks: Mapping[str, Clock]
    timezone: str
    range_mark: str = "\n"
    frequent: Mapping[str, str] = attribute(default_factory=dict)
    constants: Mapping[str, str] = attribute(default_factory=dict)
    negated: frozenset[str] = frozenset()

    @property
    def filled(self) -> tuple[str, ...]:
        """The fields that have a cell in each row, from a column or by the layout, in the order of the kind."""
        return tuple(each.name for each in self.kind.fields if each.name in {*self.places, *self.constants})

    def cells(self, name: str) -> list[str]:
        """Give SQL for the cell, or the two, that fill a field."""
        if name in self.constants:
            return [literal(self.constants[name])]
        return [f"c{place}" for place in self.places[name]]

    @property
    def clock(self) -> str:
        """The clock of the records: ``local``, ``utc`` or ``unknown``."""
        if self.timezone:
            return "local"
        if not self.kind.time:
            return "unknown"
        return "utc" if self.clocks[self.kind.time].utc else "unknown"

    def comparable(self, name: str) -> bool:
        """Say whether a field holds no time, or times by a clock that can be set against that of the records."""
        if self.kind.field(name).role not in (Role.TIME, Role.TIME_RANGE):
            return True
        clock, time = self.clocks.get(name), self.kind.time
        return clock is not None and bool(self.timezone or not time or clock.utc == self.clocks[time].utc)


def _instant(plan: Plan, clock: Clock, cell: str) -> tuple[str, str]:
    """Give SQL for an instant in UTC (or as written) and in local time."""
    written = clock.parse_sql(f"trim({cell})")
    if not plan.timezone:
        return written, "CAST(NULL AS TIMESTAMP)"
    zone = literal(plan.timezone)
    if clock.utc:
        return written, f"utc_to_local({written}, {zone})"
    return f"local_to_utc({written}, {zone})", written


def _joined(cells: Sequence[str]) -> str:
    # An empty cell is NULL to the engine's reader, and NULL joined to anything is NULL.
    whole = [f"coalesce({cell}, '')" for cell in cells] if len(cells) > 1 else cells
    return " || ' ' || ".join(whole)


def _ungrouped(text: str, grouped: str) -> str:
    """Give SQL for a text without the commas that group its thousands; any other comma stays, and makes it no number.

    A comma may as well stand before the decimals: 0,25 is not 25.
    """
    return f"CASE WHEN regexp_full_match({text}, {literal(grouped)}) THEN replace({text}, ',', '') ELSE {text} END"


def _count(cell: str) -> str:
    """Give SQL for a whole number; NULL where it is none."""
    return f"TRY_CAST({_ungrouped(f'trim({cell})', GROUPED)} AS BIGINT)"


def _number(field: Field, cell: str, *, negated: bool) -> str:
    """Give SQL for a number with its unit taken off; NULL where it is no number or out of its bounds.

    Where the sign is turned, the bounds are of the number as it is stored.
    """
    bare = f"trim({cell})"
    if field.unit:
        bare = f"regexp_replace({bare}, {literal(f'(?i)[ ]*{re.escape(field.unit)}$')}, '')"
    bare = _ungrouped(bare, GROUPED + DECIMALS)
    # What is a number as it stands, as nearly every cell is, is the same number once its outer spaces are off.
    number = f"coalesce(TRY_CAST({cell} AS DOUBLE), TRY_CAST({bare} AS DOUBLE))"
    if negated:
        number = f"(0e0 - {number})"  # taken from nought, so that no nought has a sign
    bounds = [f"isfinite({number})"]
    bounds += [f"{number} >= {field.low!r}"] if math.isfinite(field.low) else []
    bounds += [f"{number} <= {field.high!r}"] if math.isfinite(field.high) else []
    return f"CASE WHEN {' AND '.join(bounds)} THEN {number} END"


def _seconds(cell: str) -> str:
    """Give SQL for a duration, written 0:00:24 or as a number of seconds, in seconds."""
    whole = " + ".join(
        f"{size} * coalesce(TRY_CAST(split_part(trim({cell}), ':', -{place}) AS BIGINT), 0)"
        for place, size in enumerate((1, 60, 3600), start=1)
    )
    return f"CASE WHEN regexp_full_match(trim({cell}), {literal(DURATION)}) THEN {whole} END"


def _state(plan: Plan, field: Field) -> str:
    """Give SQL for the state of a field's cell; of two texts that are set against each other both must be present."""
    cells = plan.cells(field.name)
    if field.role is Role.DIFFERENCE:
        first, second = (state_sql(cell, field) for cell in cells)
        whole = state_literal(CellState.PRESENT)
        return f"CASE WHEN ({first}) <> {whole} THEN ({first}) ELSE ({second}) END"
    cell = _joined(cells)
    return state_sql(f"({cell})" if len(cells) > 1 else cell, field)


def _values(plan: Plan, field: Field) -> dict[str, str]:
    """Give SQL for each column that a field is stored in, from its cell or cells and its state."""
    present = f"{field.name}_state = {state_literal(CellState.PRESENT)}"
    if field.role in (Role.TIME, Role.TIME_RANGE):
        return _times(plan, field)
    if field.role is Role.DIFFERENCE:
        read, true = map(plate_sql, plan.cells(field.name))
        return {
            f"{field.name}_length": f"CASE WHEN {present} THEN length({true}) END",
            f"{field.name}_wrong": f"CASE WHEN {present} THEN levenshtein({read}, {true}) END",
        }
    cell = _joined(plan.cells(field.name))
    if field.role is Role.IDENTIFIER:
        return {field.name: _pseudonym(plan, field, cell, present)}
    value = {
        Role.COUNT: _count(cell),
        Role.NUMBER: _number(field, cell, negated=field.name in plan.negated),
        Role.DURATION: _seconds(cell),
    }.get(field.role, f"trim({cell})")
    return {field.name: f"CASE WHEN {present} THEN {value} END"}


def _pseudonym(plan: Plan, field: Field, cell: str, present: str) -> str:
    also = f" OR {field.name}_state = {state_literal(CellState.WILDCARD)}" if field.wildcards else ""
    table = plan.frequent.get(field.name)
    ahead = f"WHEN {table}.cell IS NOT NULL THEN {table}.pseudonym " if table else ""
    return f"CASE WHEN NOT ({present}{also}) THEN NULL {ahead}ELSE {pseudonym_sql(cell, field)} END"


def _times(plan: Plan, field: Field) -> dict[str, str]:
    names = [name for name, kind in field.columns().items() if kind == "TIMESTAMP"]
    if not plan.comparable(field.name):
        return dict.fromkeys(names, "CAST(NULL AS TIMESTAMP)")
    clock, cells = plan.clocks[field.name], plan.cells(field.name)
    cell = _joined(cells)
    if field.role is Role.TIME:
        return dict(zip(names, _instant(plan, clock, cell), strict=True))
    mark = literal(plan.range_mark)
    halves = cells if len(cells) > 1 else [f"split_part({cell}, {mark}, {part})" for part in (1, 2)]
    return {name: _instant(plan, clock, half)[0] for name, half in zip(names, halves, strict=True)}


def select_sql(plan: Plan, relation: str) -> str:
    """Write the SELECT that gives the record kind's columns from a relation with columns c0, c1 ...

    States are computed first, beside the cells, so that each value can rest on its own state.
    """
    states, values = [], {"source": str(plan.number), "clock": literal(plan.clock)}
    for field in plan.kind.fields:
        state = f"{field.name}_state"
        if field.name in plan.filled:
            states.append(f"{_state(plan, field)} AS {state}")
            values |= _values(plan, field) | {state: state}
        else:
            values |= dict.fromkeys(field.columns(), "NULL") | {state: state_literal(CellState.NOT_EXPORTED)}
    time = plan.kind.time
    dated = values.get(f"{time}_local" if plan.timezone else time, "NULL")
    values["month"] = f"year_month({dated})" if time else "NULL"
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
