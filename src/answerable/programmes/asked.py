"""A measure as it was asked for: its parameters checked, its texts and its query filled with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from answerable import wording
from answerable.engine.dialect import literal
from answerable.errors import UsageError
from answerable.intake.kinds import RecordKind
from answerable.programmes.availability import Availability
from answerable.programmes.measure import Measure, Query, Share, fill
from answerable.programmes.shares import CountedShare, standalone_sql

__all__ = ["Asked", "ask", "counted_share", "measure_sql", "not_stated"]


def measure_sql(measure: Measure, kind: RecordKind, **parameters: float) -> str:
    """Give the query of a measure as it is shown: it returns the standard table and stands by itself.

    Args:
        measure: The measure.
        kind: The record kind that it measures.
        parameters: Values for its parameters; the others keep their defaults.

    Raises:
        UsageError: As `Runner.run`.
    """
    return ask(measure, parameters).sql(kind)


@dataclass(frozen=True, slots=True)
class Asked:
    """A measure with checked parameters."""

    measure: Measure
    parameters: dict[str, float]
    seed: int = 0

    @property
    def key(self) -> tuple[str, tuple[tuple[str, float], ...]]:
        """What the result is kept under."""
        return self.measure.name, tuple(self.parameters.items())

    @property
    def title(self) -> str:
        """The measure's title, with its parameters."""
        return self.words(self.measure.title)

    def sql(self, kind: RecordKind) -> str:
        """Write the query that is shown."""
        if isinstance(self.measure, Share):
            return standalone_sql(self.measure.view, counted_share(self, kind))
        if isinstance(self.measure, Query):
            return self.code(self.measure.sql)
        raise TypeError(f"{self.measure.name} is neither a Share nor a Query")

    def code(self, sql: str) -> str:
        """Fill the parameters and the seed into SQL, as literals."""
        return fill(
            sql, {name: literal(value) for name, value in (self.parameters | {"seed": self.seed}).items()}
        )

    def words(self, text: str, figures: Mapping[str, str] | None = None) -> str:
        """Fill the parameters, and the figures where there are any, into a sentence."""
        return self.measure.words(text, dict(self.parameters) | dict(figures or {}))


def ask(measure: Measure, parameters: Mapping[str, float], seed: int = 0) -> Asked:
    """Check the parameters of a measure.

    Raises:
        UsageError: The measure has no such parameter, or the value is out of bounds.
    """
    for name in parameters:
        if name not in measure.parameters:
            known = wording.listing(list(measure.parameters), joiner="or")
            raise UsageError(
                f"{measure.name} has no parameter called {name!r}",
                expected=known or "no parameter: this measure has none",
            )
    checked = {}
    for name, parameter in measure.parameters.items():
        try:
            checked[name] = parameter.check(parameters.get(name, parameter.default))
        except ValueError as error:
            raise UsageError(
                f"{measure.name}: the value of {name} cannot be used: {parameters[name]!r}",
                expected=str(error),
            ) from error
    return Asked(measure, checked, seed)


def counted_share(asked: Asked, kind: RecordKind) -> CountedShare:
    """Make a share ready to count: parameters filled in, rows without the needed fields left out."""
    share = asked.measure
    if not isinstance(share, Share):
        raise TypeError(f"{share.name} is not a Share")
    settled = tuple(
        each for each in (Availability.condition(share), asked.code(share.known)) if each not in ("", "TRUE")
    )
    among = asked.code(share.among)
    by = {column: not_stated(column, kind) for column in share.by}
    return CountedShare(
        counts=asked.code(share.counts),
        among=settled if among == "TRUE" else (among, *settled),
        settled=settled,
        by=by,
    )


def not_stated(column: str, kind: RecordKind) -> str:
    """Name the part of a breakdown that has no value: ``(organisation not stated)``."""
    labels = {field.name: field.label for field in kind.fields}
    return f"({labels.get(column, column.replace('_', ' '))} not stated)"
