"""Running measures: from a definition and the records to an estimate, or to the reason why there is none.

A `Runner` knows no programme: it is given the record kinds, and reads the views that the programme prepared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import SupportsFloat

from answerable import wording
from answerable.engine import Engine
from answerable.engine.dialect import literal
from answerable.errors import UsageError
from answerable.estimate import Estimate, NotMeasurable, Part
from answerable.intake.kinds import RecordKind
from answerable.programmes.availability import Availability
from answerable.programmes.measure import Measure, Query, Share, fill
from answerable.programmes.shares import Counted, CountedShare, count_together, standalone_sql

__all__ = ["Runner", "measure_sql", "run_measure", "run_measures"]

_Result = Estimate | NotMeasurable
_Cell = SupportsFloat | None  # of the standard table's columns of numbers, whichever the engine's type
_HEADLINE = "all"


class Runner:
    """Runs the measures of one programme on one engine, and keeps what it has found.

    Args:
        engine: Where the records and the prepared views are. Nothing in it may change while this is used.
        kinds: The record kinds of the programme.
    """

    def __init__(self, engine: Engine, kinds: Sequence[RecordKind]) -> None:
        self._engine = engine
        self._kinds = {kind.plural: kind for kind in kinds}
        self._availability = {kind.plural: Availability(engine, kind) for kind in kinds}
        self._found: dict[tuple[str, tuple[tuple[str, float], ...]], _Result] = {}

    def run(self, measure: Measure, **parameters: float) -> Estimate | NotMeasurable:
        """Run one measure.

        Args:
            measure: The measure.
            parameters: Values for its parameters; the others keep their defaults.

        Raises:
            UsageError: The measure has no such parameter, or the value is out of bounds.
        """
        return self.run_all([measure], parameters={measure.name: parameters})[measure.name]

    def run_all(
        self, measures: Iterable[Measure], *, parameters: Mapping[str, Mapping[str, float]] | None = None
    ) -> dict[str, Estimate | NotMeasurable]:
        """Run measures, counting shares over one view in one scan.

        Args:
            measures: The measures.
            parameters: Per measure's name, values for its parameters.

        Returns:
            The results by the measure's name, in the order given.

        Raises:
            UsageError: As `run`.
        """
        asked = [_asked(measure, (parameters or {}).get(measure.name, {})) for measure in measures]
        new = [each for each in asked if each.key not in self._found]
        by_kind: dict[str, list[Measure]] = {}
        for each in new:
            by_kind.setdefault(each.measure.records, []).append(each.measure)
        for records, of_kind in by_kind.items():
            self._availability[records].count(of_kind)
        shares: dict[str, list[_Asked]] = {}
        for each in new:
            obstacle = self._availability[each.measure.records].obstacle(each.measure, each.title)
            if obstacle is not None:
                self._found[each.key] = obstacle
            elif isinstance(each.measure, Share):
                shares.setdefault(each.measure.view, []).append(each)
            else:
                self._found[each.key] = self._query(each)
        for view, over_view in shares.items():
            ready = [_counted_share(each, self._kinds[each.measure.records]) for each in over_view]
            for each, share, counted in zip(
                over_view, ready, count_together(self._engine, view, ready), strict=True
            ):
                self._found[each.key] = self._estimate(
                    each,
                    standalone_sql(view, share),
                    _from_counts(counted),
                    counted.breakdowns,
                    counted.settled,
                )
        return {each.measure.name: self._found[each.key] for each in asked}

    def _query(self, asked: _Asked) -> _Result:
        """Run a measure that has a query of its own."""
        sql = asked.sql(self._kinds[asked.measure.records])
        breakdowns: dict[str, list[Part]] = {}
        headline = None
        for breakdown, label, value, numerator, denominator in self._engine.rows(sql):
            part = _part(str(label), value, numerator, denominator)
            if breakdown == _HEADLINE:
                headline = part
            else:
                breakdowns.setdefault(str(breakdown), []).append(part)
        usable = self._availability[asked.measure.records].usable(asked.measure)
        return self._estimate(
            asked, sql, headline, {name: tuple(parts) for name, parts in breakdowns.items()}, usable
        )

    def _estimate(
        self,
        asked: _Asked,
        sql: str,
        headline: Part | None,
        breakdowns: Mapping[str, tuple[Part, ...]],
        settled: int,
    ) -> _Result:
        """Put a result together with its sentence and caveats; nothing to count among is not a zero.

        ``settled`` is the number of records of which it can be told whether they count.
        """
        measure, availability = asked.measure, self._availability[asked.measure.records]
        value = headline.value if headline else None
        if headline is not None and measure.kind == "count" and value is None:
            value = headline.numerator
        if headline is None or value is None or headline.denominator == 0:
            return availability.nothing_left(measure, asked.title)
        estimate = Estimate(
            measure=measure.name,
            title=asked.title,
            kind=measure.kind,
            value=value,
            numerator=headline.numerator,
            denominator=headline.denominator,
            unit=measure.unit,
            rule=asked.words(measure.rule),
            sql=sql,
            sentence="",
            parameters=dict(asked.parameters),
            caveats=(
                *availability.caveats(measure, settled),
                *(asked.words(text) for text in measure.caveats),
            ),
            left_out=availability.total - settled,
            breakdowns={
                name: parts
                for name, parts in breakdowns.items()
                if not _says_nothing(name, parts, self._kinds[measure.records])
            },
        )
        return replace(estimate, sentence=asked.words(measure.sentence, _figures(estimate)))


def run_measures(
    engine: Engine,
    kinds: Sequence[RecordKind],
    measures: Iterable[Measure],
    *,
    parameters: Mapping[str, Mapping[str, float]] | None = None,
) -> dict[str, Estimate | NotMeasurable]:
    """Run measures once; see `Runner.run_all`, which also keeps what it has found."""
    return Runner(engine, kinds).run_all(measures, parameters=parameters)


def run_measure(
    engine: Engine, kinds: Sequence[RecordKind], measure: Measure, **parameters: float
) -> Estimate | NotMeasurable:
    """Run one measure once; see `Runner.run`."""
    return Runner(engine, kinds).run(measure, **parameters)


def measure_sql(measure: Measure, kind: RecordKind, **parameters: float) -> str:
    """Give the query of a measure as it is shown: it returns the standard table and stands by itself.

    Args:
        measure: The measure.
        kind: The record kind that it measures.
        parameters: Values for its parameters; the others keep their defaults.

    Raises:
        UsageError: As `Runner.run`.
    """
    return _asked(measure, parameters).sql(kind)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A measure with checked parameters."""

    measure: Measure
    parameters: Mapping[str, float]

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
            return standalone_sql(self.measure.view, _counted_share(self, kind))
        if isinstance(self.measure, Query):
            return self.code(self.measure.sql)
        raise TypeError(f"{self.measure.name} is neither a Share nor a Query")

    def code(self, sql: str) -> str:
        """Fill the parameters into SQL, as literals."""
        return fill(sql, {name: literal(value) for name, value in self.parameters.items()})

    def words(self, text: str, figures: Mapping[str, str] | None = None) -> str:
        """Fill the parameters, and the figures where there are any, into a sentence."""
        return self.measure.words(text, dict(self.parameters) | dict(figures or {}))


def _asked(measure: Measure, parameters: Mapping[str, float]) -> _Asked:
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
    return _Asked(measure, checked)


def _counted_share(asked: _Asked, kind: RecordKind) -> CountedShare:
    """Make a share ready to count: parameters filled in, rows without the needed fields left out."""
    share = asked.measure
    if not isinstance(share, Share):
        raise TypeError(f"{share.name} is not a Share")
    settled = tuple(
        each for each in (Availability.condition(share), asked.code(share.known)) if each not in ("", "TRUE")
    )
    among = asked.code(share.among)
    by = {column: _not_stated(column, kind) for column in share.by}
    return CountedShare(
        counts=asked.code(share.counts),
        among=settled if among == "TRUE" else (among, *settled),
        settled=settled,
        by=by,
    )


def _not_stated(column: str, kind: RecordKind) -> str:
    """Name the part of a breakdown that has no value: ``(organisation not stated)``."""
    labels = {field.name: field.label for field in kind.fields}
    return f"({labels.get(column, column.replace('_', ' '))} not stated)"


def _says_nothing(breakdown: str, parts: tuple[Part, ...], kind: RecordKind) -> bool:
    """Tell whether a breakdown has one part, which is that nothing was stated."""
    return [part.label for part in parts] == [_not_stated(breakdown, kind)]


def _from_counts(counted: Counted) -> Part:
    return _part(_HEADLINE, None, counted.numerator, counted.denominator)


def _part(label: str, value: _Cell, numerator: _Cell, denominator: _Cell) -> Part:
    """Make one row of the standard table into a part; a missing value is numerator / denominator."""
    over, under = _number(numerator), _number(denominator)
    shown = None if value is None else float(value)
    if shown is None and over is not None and under:
        shown = over / under
    return Part(label, shown, over, under)


def _number(value: _Cell) -> float | None:
    """Read a number of any engine's type (int, Decimal, float); a whole one is an int."""
    if value is None:
        return None
    number = float(value)
    return int(number) if number.is_integer() else number


def _figures(estimate: Estimate) -> dict[str, str]:
    """Write an estimate's numbers for its sentence."""
    figures = {"figure": estimate.figure, "counted": estimate.counted}
    if estimate.kind == "share" and estimate.denominator:
        figures["value"] = wording.percent(estimate.value, estimate.denominator)
    else:
        figures["value"] = (wording.count if estimate.kind == "count" else wording.quantity)(estimate.value)
    for name, number in (("n", estimate.numerator), ("d", estimate.denominator)):
        figures[name] = "" if number is None else wording.quantity(number)
    return figures
