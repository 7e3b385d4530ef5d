"""What the records hold of the fields that a measure needs: the rows left out, why, and what to ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from answerable import wording
from answerable.engine import Engine
from answerable.engine.dialect import identifier
from answerable.estimate import NotMeasurable
from answerable.intake.kinds import CellState, RecordKind
from answerable.programmes.measure import Measure

__all__ = ["Availability"]

_ABSENT = frozenset({CellState.NOT_EXPORTED, CellState.WITHHELD})
_CLOCK = "clock"
_UNUSABLE = f"('{CellState.NOT_EXPORTED}', '{CellState.WITHHELD}')"


@dataclass(frozen=True, slots=True)
class _Need:
    """How many records cannot answer for one need, and why."""

    not_exported: int
    withheld: int


class Availability:
    """Which records of one kind hold what measures need.

    A need is a field, or several joined by ``|`` of which one is enough. A record whose needed field was not
    exported or was withheld is not in any denominator: absent is not zero, and a redaction is not a blank.

    Records with the same cell states throughout are counted together, in one scan: there are few such patterns.

    Args:
        engine: Where the records are.
        kind: Their kind; its plural is the view that is counted.
    """

    def __init__(self, engine: Engine, kind: RecordKind) -> None:
        self._engine, self._kind = engine, kind
        self._counted = False
        self._fields: dict[str, None] = {}
        self._patterns: list[tuple[dict[str, str], int]] = []
        self._needs: dict[str, _Need] = {}

    @staticmethod
    def condition(measure: Measure) -> str:
        """Write the SQL condition for the rows that hold what a measure needs; empty where it needs nothing."""
        parts = []
        for need in measure.needs:
            usable = [f"{identifier(f'{name}_state')} NOT IN {_UNUSABLE}" for name in need.split("|")]
            parts.append(usable[0] if len(usable) == 1 else f"({' OR '.join(usable)})")
        if measure.clock:
            parts.append("clock <> 'utc'")
        return " AND ".join(parts)

    def count(self, measures: Iterable[Measure]) -> None:
        """Count, in one scan, the patterns of every field that some measures need."""
        wanted = {
            self._kind.field(name).name
            for measure in measures
            for need in measure.needs
            for name in need.split("|")
        }
        if self._counted and wanted <= set(self._fields):
            return
        self._fields |= dict.fromkeys(field.name for field in self._kind.fields if field.name in wanted)
        columns = ", ".join(["clock", *(identifier(f"{name}_state") for name in self._fields)])
        rows = self._engine.rows(
            f"SELECT {columns}, count(*) FROM {identifier(self._kind.plural)} GROUP BY {columns}"
        )
        names = (_CLOCK, *self._fields)
        self._patterns = [(dict(zip(names, states, strict=True)), number) for *states, number in rows]
        self._needs, self._counted = {}, True

    @property
    def total(self) -> int:
        """Count the records; 0 before `count`."""
        return sum(number for _, number in self._patterns)

    def usable(self, measure: Measure) -> int:
        """Count the records that hold all that a measure needs."""
        self.count([measure])
        return sum(number for states, number in self._patterns if _holds(states, measure))

    def _need(self, need: str) -> _Need:
        """Count the records that cannot answer for one need."""
        if need not in self._needs:
            names = need.split("|")
            absent = unusable = 0
            for states, number in self._patterns:
                absent += number * all(states[name] == CellState.NOT_EXPORTED for name in names)
                unusable += number * all(states[name] in _ABSENT for name in names)
            self._needs[need] = _Need(absent, unusable - absent)
        return self._needs[need]

    def obstacle(self, measure: Measure, title: str) -> NotMeasurable | None:
        """Say why a measure cannot be made at all, or None where some record holds all that it needs."""
        self.count([measure])

        def cannot(reason: str, ask_for: str, **more: tuple[str, ...]) -> NotMeasurable:
            return NotMeasurable(measure=measure.name, title=title, reason=reason, ask_for=ask_for, **more)

        if not self.total:
            return cannot(
                f"There are no {self._kind.things} in this case.",
                f"Add a file of {self._kind.things}.",
                absent=(self._kind.plural,),
            )
        absent = [need for need in measure.needs if self._need(need).not_exported == self.total]
        if absent:
            labels = [self._label(need) for need in absent]
            return cannot(
                f"No source exports the {wording.listing(labels, joiner='or')}.",
                f"Ask for an export with {wording.listing([self._columns(need) for need in absent])}.",
                missing=tuple(name for need in absent for name in need.split("|")),
            )
        for need in measure.needs:
            held = self._need(need)
            if held.not_exported + held.withheld == self.total:
                seen = wording.plural(held.withheld, self._kind.name, self._kind.things)
                return cannot(
                    f"The {self._label(need)} is withheld in every source that exports it ({seen}).",
                    f"Ask for an export in which the {self._label(need)} is not withheld.",
                )
        if measure.clock and self._known("utc") == self.total:
            return cannot(
                f"The times of the {self._kind.things} are in UTC, and the local time zone is not stated.",
                "Run the audit with --timezone, naming the local zone, such as America/Los_Angeles.",
            )
        return None

    def nothing_left(self, measure: Measure, title: str) -> NotMeasurable:
        """Say that no record is in a measure's denominator, though the fields that it needs were exported."""
        self.count([measure])
        return NotMeasurable(
            measure=measure.name,
            title=title,
            reason=f"None of the {wording.plural(self.total, self._kind.name, self._kind.things)} "
            "is one that this measure counts among.",
            ask_for=f"See the definition: {measure.words(measure.definition)}",
        )

    def caveats(self, measure: Measure, settled: int) -> tuple[str, ...]:
        """State how many records were left out and why, and which hours are as written.

        Args:
            measure: The measure.
            settled: How many records it can be told of whether they count.
        """
        self.count([measure])
        said = []
        for need in measure.needs:
            held, label = self._need(need), self._label(need)
            if held.not_exported:
                said.append(self._left_out(held.not_exported, f"from sources that do not export the {label}"))
            if held.withheld:
                said.append(self._left_out(held.withheld, f"in which the {label} was withheld"))
        if open_to_doubt := self.usable(measure) - settled:
            said.append(
                self._left_out(
                    open_to_doubt, "of which a cell that was withheld or not exported leaves it open"
                )
            )
        if measure.clock:
            if self._known("utc"):
                said.append(self._left_out(self._known("utc"), "whose local time is not known"))
            if self._known("unknown"):
                seen = wording.plural(self._known("unknown"), self._kind.name, self._kind.things)
                said.append(f"The hours of {seen} are as written, in a zone that the export does not state.")
        return tuple(said)

    def _known(self, clock: str) -> int:
        return sum(number for states, number in self._patterns if states[_CLOCK] == clock)

    def _left_out(self, number: int, which: str) -> str:
        seen = wording.plural(number, self._kind.name, self._kind.things)
        return f"{seen} {which} {'is' if number == 1 else 'are'} left out."

    def _label(self, need: str) -> str:
        return wording.listing([self._kind.field(name).label for name in need.split("|")], joiner="or")

    def _columns(self, need: str) -> str:
        """Name the columns to ask for, each with what it holds: ``the column reason (the reason that ...)``."""
        fields = [self._kind.field(name) for name in need.split("|")]
        named = [
            f"{field.label} ({field.meaning[:1].lower()}{field.meaning[1:].rstrip('.')})" for field in fields
        ]
        return f"the column {wording.listing(named, joiner='or')}"


def _holds(states: dict[str, str], measure: Measure) -> bool:
    """Say whether records in these states hold what a measure needs; `Availability.condition` says it in SQL."""
    if measure.clock and states[_CLOCK] == "utc":
        return False
    return all(any(states[name] not in _ABSENT for name in need.split("|")) for need in measure.needs)
