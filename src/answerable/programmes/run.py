"""Running measures: from a definition and the records to an estimate, or to the reason why there is none.

A `Runner` knows no programme: it is given the record kinds, and reads the views that the programme prepared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import SupportsFloat

from answerable import wording
from answerable.engine import Engine
from answerable.engine.dialect import literal
from answerable.estimate import Estimate, NotMeasurable, Part
from answerable.intake.kinds import RecordKind
from answerable.programmes.asked import Asked, ask, counted_share, measure_sql, not_stated
from answerable.programmes.availability import Availability
from answerable.programmes.measure import Columns, Computation, Computed, Measure, Refusal, Share, Tabled
from answerable.programmes.shares import Counted, count_together, standalone_sql

__all__ = ["Runner", "measure_sql", "run_measure", "run_measures"]

_Result = Estimate | NotMeasurable
_Cell = SupportsFloat | None  # of the standard table's columns of numbers, whichever the engine's type
_HEADLINE = "all"


class Runner:
    """Runs the measures of one programme on one engine, and keeps what it has found.

    Args:
        engine: Where the records and the prepared views are. Nothing in it may change while this is used.
        kinds: The record kinds of the programme.
        seed: The seed of the audit, from which queries draw anything random.
        dated: True where the date of the audit was stated.
    """

    def __init__(
        self, engine: Engine, kinds: Sequence[RecordKind], *, seed: int = 0, dated: bool = False
    ) -> None:
        self._engine, self._seed, self._dated = engine, seed, dated
        self._kinds = {kind.plural: kind for kind in kinds}
        self._availability = {kind.plural: Availability(engine, kind) for kind in kinds}
        self._found: dict[tuple[str, tuple[tuple[str, float], ...]], _Result] = {}
        self._last: tuple[str, Columns] = ("", {})  # measures of one section often share a query

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
        asked = [ask(measure, (parameters or {}).get(measure.name, {}), self._seed) for measure in measures]
        new = [each for each in asked if each.key not in self._found]
        by_kind: dict[str, list[Measure]] = {}
        for each in new:
            by_kind.setdefault(each.measure.records, []).append(each.measure)
        for records, of_kind in by_kind.items():
            self._availability[records].count(of_kind)
        shares: dict[str, list[Asked]] = {}
        for each in new:
            obstacle = self._obstacle(each)
            if obstacle is not None:
                self._found[each.key] = obstacle
            elif isinstance(each.measure, Share):
                shares.setdefault(each.measure.view, []).append(each)
            else:
                self._found[each.key] = self._query(each)
        for view, over_view in shares.items():
            ready = [counted_share(each, self._kinds[each.measure.records]) for each in over_view]
            for each, share, counted in zip(
                over_view, ready, count_together(self._engine, view, ready), strict=True
            ):
                self._found[each.key] = self._estimate(
                    each,
                    standalone_sql(view, share),
                    _computation(each, _from_counts(counted), counted.breakdowns),
                    counted.settled,
                )
        return {each.measure.name: self._found[each.key] for each in asked}

    def _obstacle(self, asked: Asked) -> NotMeasurable | None:
        """Say why a measure cannot be made with these records at all."""
        measure = asked.measure
        obstacle = self._availability[measure.records].obstacle(measure, asked.title)
        if obstacle is not None:
            return obstacle
        for other in measure.also:
            self._availability[other].count([])
            if not self._availability[other].total:
                return NotMeasurable(
                    measure=measure.name,
                    title=asked.title,
                    reason=f"There are no {self._kinds[other].things} in this case.",
                    ask_for=f"Add a file of {self._kinds[other].things}.",
                    absent=(other,),
                )
        if measure.logs > 1 and self._logs(measure) < measure.logs:
            things = self._kinds[measure.records].things
            return NotMeasurable(
                measure=measure.name,
                title=asked.title,
                reason=f"The case holds one log of {things}.",
                ask_for="Add another producer's log, or the list of another date, each with its name: --log NAME=PATH.",
            )
        if measure.dated and not self._dated:
            return NotMeasurable(
                measure=measure.name,
                title=asked.title,
                reason="The date of the audit is not stated.",
                ask_for="Run the audit with --as-of, naming the date at which the records were exported.",
            )
        return None

    def _logs(self, measure: Measure) -> int:
        """Count the logs that hold records of a measure's kind."""
        kind = literal(self._kinds[measure.records].name)
        ((logs,),) = self._engine.rows(f"SELECT count(DISTINCT log) FROM sources WHERE kind = {kind}")
        return int(logs)

    def _query(self, asked: Asked) -> _Result:
        """Run a measure that has a query of its own."""
        sql = asked.sql(self._kinds[asked.measure.records])
        usable = self._availability[asked.measure.records].usable(asked.measure)
        if isinstance(asked.measure, Tabled):
            columns = self._columns(sql)
            if asked.measure.beside:
                drawn = self._engine.columns(asked.measure.beside)
                columns = {**columns, **{f"beside.{name}": column for name, column in drawn.items()}}
            finished = asked.measure.finish(columns, asked.parameters, self._seed)
            return self._finished(asked, sql, finished, usable)
        breakdowns: dict[str, list[Part]] = {}
        headline = None
        for breakdown, label, value, numerator, denominator in self._engine.rows(sql):
            part = _part(str(label), value, numerator, denominator)
            if breakdown == _HEADLINE:
                headline = part
            else:
                breakdowns.setdefault(str(breakdown), []).append(part)
        parts = {name: tuple(each) for name, each in breakdowns.items()}
        if isinstance(asked.measure, Computed):
            made = asked.measure.finish(headline, parts, asked.parameters)
            return self._finished(asked, sql, made, usable)
        return self._estimate(asked, sql, _computation(asked, headline, parts), usable)

    def _columns(self, sql: str) -> Columns:
        """Give a query's columns, from the last time where it is the same query again."""
        if self._last[0] != sql:
            self._last = ("", {})  # two tables are never held at once
            self._last = (sql, self._engine.columns(sql))
        return self._last[1]

    def _finished(self, asked: Asked, sql: str, made: Computation | Refusal, usable: int) -> _Result:
        """Take what a measure's own function made of its query's rows."""
        if isinstance(made, Refusal):
            return NotMeasurable(
                measure=asked.measure.name, title=asked.title, reason=made.reason, ask_for=made.ask_for
            )
        return self._estimate(asked, sql, made, usable)

    def _estimate(self, asked: Asked, sql: str, made: Computation | None, settled: int) -> _Result:
        """Put a result together with its sentence and caveats; nothing to count among is not a zero.

        ``settled`` is the number of records of which it can be told whether they count.
        """
        measure, availability = asked.measure, self._availability[asked.measure.records]
        if made is None:
            return availability.nothing_left(measure, asked.title)
        estimate = Estimate(
            measure=measure.name,
            title=asked.title,
            kind=measure.kind,
            value=made.value,
            numerator=made.numerator,
            denominator=made.denominator,
            unit=measure.unit,
            rule=asked.words(measure.rule),
            sql=sql,
            sentence="",
            interval=made.interval,
            method=made.method,
            parameters=dict(asked.parameters),
            caveats=(
                *availability.caveats(measure, settled),
                *made.caveats,
                *(asked.words(text) for text in measure.caveats),
            ),
            left_out=availability.total - settled,
            outlines=made.outlines,
            breakdowns={
                name: parts
                for name, parts in made.breakdowns.items()
                if not _says_nothing(name, parts, self._kinds[measure.records])
            },
        )
        said = made.sentence or asked.words(measure.sentence, _figures(estimate))
        return replace(estimate, sentence=said)


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


def _says_nothing(breakdown: str, parts: tuple[Part, ...], kind: RecordKind) -> bool:
    """Tell whether a breakdown has one part, which is that nothing was stated."""
    return [part.label for part in parts] == [not_stated(breakdown, kind)]


def _from_counts(counted: Counted) -> Part:
    return _part(_HEADLINE, None, counted.numerator, counted.denominator)


def _computation(
    asked: Asked, headline: Part | None, breakdowns: Mapping[str, tuple[Part, ...]]
) -> Computation | None:
    """Take a complete count as it is; None where there is nothing to count among."""
    value = headline.value if headline else None
    if headline is not None and asked.measure.kind == "count" and value is None:
        value = headline.numerator
    if headline is None or value is None or headline.denominator == 0:
        return None
    return Computation(
        value=value,
        numerator=headline.numerator,
        denominator=headline.denominator,
        breakdowns=breakdowns,
    )


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
