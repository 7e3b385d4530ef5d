"""What every measure of every programme owes: it runs, it defends its number, and absent is never zero."""

import re
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from answerable.engine import DuckDB
from answerable.engine.spark import Spark
from answerable.estimate import Estimate, NotMeasurable
from answerable.intake.kinds import CellState, Role
from answerable.programmes import PROGRAMMES
from answerable.programmes.measure import Computed, Query, Share, Tabled
from answerable.programmes.run import Runner, measure_sql
from engines import ENGINES, Remembering, differences
from planters import PLANTERS
from planting import AsNeeded, accounts, arrow, plant

STANDARD = ["breakdown", "label", "value", "numerator", "denominator"]
START = datetime.fromisoformat("2025-03-03T07:30")
ROWS = 500  # enough for each of seven accounts to have a pattern of its own
WORDING = Path(__file__).resolve().parents[2] / "docs" / "wording.md"
LATER = {
    "alerted_at": 1,
    "deleted_at": 8,
    "trained_at": 0,
    "decided_at_1": 1,
    "decided_at_2": 1,
}  # times that come after the one that they are set against, by so many days a row
NUMBERS = (Role.IDENTIFIER, Role.COUNT, Role.NUMBER, Role.DURATION)
ANSWERS = {"confirmed": ("yes", "no"), "stop": ("yes", "no"), "outcome": ("arrest", "no action")}
AT_ONCE = 32  # engines without some fields
HELD_TWICE = {"searches"}  # by kinds whose logs are compared
KINDS = [kind for programme in PROGRAMMES for kind in programme.kinds]
SOURCES_OF = {kind.plural: 1 + 2 * place for place, kind in enumerate(KINDS)}
SOURCES = accounts(
    *(
        {
            "source": SOURCES_OF[kind.plural] + log,
            "kind": kind.name,
            "log": f"2025-0{1 + log}-01",
            "rows_in": 260,
            "kept": 250,
        }
        | {"duplicates": 6, "duplicates_differing": 2, "quarantined": 4}
        for kind in KINDS
        for log in (0, 1)
    )
)
MEASURES = [
    pytest.param(programme, measure, id=f"{programme.name}-{measure.name}")
    for programme in PROGRAMMES
    for measure in programme.measures
]
FIRST_OF_THEIR_VIEW = [
    *{
        measure.view: measure
        for programme in PROGRAMMES
        for measure in programme.measures
        if isinstance(measure, Share)
    }.values()
]


def _kind(programme, measure):
    return next(kind for kind in programme.kinds if kind.plural == measure.records)


def _cells(field, row):
    """Plant one cell of a kind of field, with a few values so that groups and repetitions come about."""
    when = START + timedelta(hours=5 * row)
    if field.role is Role.TIME_RANGE:
        return {f"{field.name}_start": when - timedelta(days=row), f"{field.name}_end": when}
    if field.role is Role.TIME:
        when += timedelta(days=row % 50 * LATER.get(field.name, 0))
        return {field.name: when, f"{field.name}_local": when}
    if field.role is Role.DIFFERENCE:
        return {f"{field.name}_length": 7, f"{field.name}_wrong": int(row % 11 == 0)}
    value = f"{field.name} {row % 5}"
    if field.role in NUMBERS:
        value = 1 + row % 7
    elif field.role is Role.ORGANISATION:
        # What gives and what receives meet in both directions for some pairs, and in one for others.
        value = f"Town {(row + len(field.name) * (row % 3)) % 5} {('OR', 'CA')[row % 2]} PD"
    elif field.role is Role.KEY:
        value = f"{field.name} {row}"
    elif field.name in ANSWERS:
        value = ANSWERS[field.name][row % 2]
    return {field.name: value}


def _special(kind, field, row):
    """Give what a kind's own planter says of a field, where it says anything."""
    own = PLANTERS.get(kind.name, lambda _: {})(row)
    return {name: own[name] for name in field.columns() if name in own}


def _table(kind, absent=frozenset()):
    """Plant records of a kind; a field in ``absent`` was not exported, and every ninth cell of the others is blank."""
    rows = []
    for row in range(ROWS):
        when = START + timedelta(hours=5 * row)
        planted = {"source": SOURCES_OF[kind.plural] + row % 2, "clock": "local"}
        planted["month"] = f"{when:%Y-%m}" if kind.time else None
        for place, field in enumerate(kind.fields):
            missing = field.name in absent
            blank = (row + place) % 9 == 8 and field.role is not Role.TIME
            state = CellState.NOT_EXPORTED if missing else CellState.BLANK if blank else CellState.PRESENT
            planted |= {f"{field.name}_state": state.value}
            planted |= {} if missing or blank else _cells(field, row) | _special(kind, field, row)
        rows.append(planted)
    return arrow(kind, rows)


def _in_two_logs(table, first):
    """Give the records as two logs hold them: each has its own, and most of the other's."""
    place = pa.array(range(len(table)))
    most = table.filter(pc.not_equal(pc.subtract(place, pc.multiply(pc.divide(place, 7), 7)), 0))
    other = pc.subtract(2 * first + 1, most["source"])
    return pa.concat_tables(
        [table, most.set_column(most.column_names.index("source"), "source", other.cast(pa.int32()))]
    )


@pytest.fixture(scope="module")
def prepared():
    """Give a function that prepares a programme on planted records on an engine, and keep what it prepared."""
    kept = {}

    def prepare(kind_of_engine, programme, absent=frozenset()):
        key = kind_of_engine.name, programme.name, frozenset(absent)
        if key not in kept:
            without = [each for each in kept if each[2]]
            if (
                len(without) >= AT_ONCE
            ):  # each holds memory and threads of its own, and is not asked for again
                kept.pop(without[0])[0].close()
            engine = Remembering(kind_of_engine())
            tables = {kind.plural: _table(kind, absent) for kind in programme.kinds}
            of_logs = {
                name: _in_two_logs(tables[name], SOURCES_OF[name]) for name in HELD_TWICE & set(tables)
            }
            needed = () if absent else None
            plant(engine, programme, tables, SOURCES, "2026-01-31", of_logs=of_logs, measures=needed)
            runner = (
                AsNeeded(engine, programme, dated=True)
                if absent
                else Runner(engine, programme.kinds, dated=True)
            )
            if not absent:
                runner.run_all(measure for measure in programme.measures if isinstance(measure, Share))
            kept[key] = engine, runner
        return kept[key]

    yield prepare
    for engine, _ in kept.values():
        engine.close()


@pytest.fixture(params=ENGINES)
def run_on(request, prepared):
    """Give a function that prepares a programme on whole records, on each engine."""
    return partial(prepared, request.param)


@pytest.fixture
def run_without(prepared):
    """Give a function that prepares a programme on records without some fields.

    What is absent is told by one query that counts cell states; tests/auditing/test_engines.py holds the engines to the same bytes.
    """
    return partial(prepared, DuckDB)


@pytest.mark.parametrize(("programme", "measure"), MEASURES)
def test_a_measure_gives_a_number_with_all_that_defends_it(run_on, programme, measure):
    """On whole records each measure is an estimate with its sentence, unit, query and denominator."""
    _, runner = run_on(programme)
    result = runner.run(measure)
    assert isinstance(result, Estimate), result
    assert result.measure == measure.name
    assert result.sentence.endswith(".")
    assert not re.search(r"\{\w+\}", result.sentence + result.rule + result.title + "".join(result.caveats))
    if result.kind == "share":
        assert 0 <= result.numerator <= result.denominator
        assert result.value == pytest.approx(result.numerator / result.denominator)
        assert result.figure in result.sentence or result.counted in result.sentence
    for breakdown, parts in result.breakdowns.items():
        if result.kind == "share" and breakdown in ("agency", "month"):
            assert sum(part.numerator for part in parts) == result.numerator, breakdown
        for part in parts:
            whole = result.kind == "share" and part.numerator is not None and part.denominator is not None
            assert not whole or part.numerator <= part.denominator


@pytest.mark.parametrize(("programme", "measure"), MEASURES)
def test_the_query_that_is_shown_gives_the_number(run_on, programme, measure):
    """Run by itself, a measure's query returns the standard table, and its headline is the estimate's; or a table of its own."""
    engine, runner = run_on(programme)
    sql = measure_sql(measure, _kind(programme, measure))
    if isinstance(measure, Tabled):
        assert len(engine.rows(sql)) > 1
        assert runner.run(measure).sql == sql
        return  # what the statistics make of the columns is held to the truth by tests of their own
    if engine.name == "spark" and measure not in FIRST_OF_THEIR_VIEW and isinstance(measure, Share):
        return  # shares of one view differ in conditions alone, which the scan that counts them together has run
    if engine.name == "duckdb":
        assert list(engine.columns(sql)) == STANDARD
    headlines = [row for row in engine.rows(sql) if row[0] == "all"]
    assert len(headlines) == 1
    result = runner.run(measure)
    assert result.sql == sql
    if isinstance(measure, Computed):
        return  # what the statistics make of these rows is held to the truth by tests of their own
    _, _, value, numerator, denominator = headlines[0]
    assert (result.numerator, result.denominator) == (numerator, denominator)
    assert value is None or float(value) == pytest.approx(result.value)


@pytest.mark.spark
@pytest.mark.parametrize(("programme", "measure"), MEASURES)
def test_the_engines_agree(prepared, programme, measure):
    """Every number of every breakdown is the same on both engines, to the last integer, and so is every word."""
    here, there = (prepared(engine, programme)[1].run(measure) for engine in (DuckDB, Spark))
    assert differences(here, there) == []
    assert here.sentence == there.sentence


@pytest.mark.parametrize(("programme", "measure"), MEASURES)
def test_a_measure_is_defined_in_words(programme, measure):
    """Name, title, definition, unit, source and sentence are all there, and the sentence shows the number."""
    assert isinstance(measure, Share | Query)
    assert measure.records in {kind.plural for kind in programme.kinds}
    for text in (measure.title, measure.definition, measure.unit, measure.source, measure.sentence):
        assert text.strip()
    assert measure.definition.endswith(".")
    shown = {
        "share": ("{figure}", "{counted}"),
        "count": ("{value}", "{figure}", "{n}"),
        "quantity": ("{value}", "{figure}"),
    }
    assert any(form in measure.sentence for form in shown[measure.kind])
    for caveat in measure.caveats:
        assert caveat.endswith(".")
    used = set(re.findall(r"\{(\w+)\}", measure.sentence + measure.rule + measure.definition))
    assert used <= {"figure", "counted", "n", "d", "value", *measure.parameters}


@pytest.mark.parametrize(("programme", "measure"), MEASURES)
def test_a_measure_keeps_to_the_wording_rules(programme, measure):
    """No word that docs/wording.md rules out stands in what a reader sees."""
    del programme
    rules = WORDING.read_text(encoding="utf-8").split("8. **")[0]
    forbidden = re.findall(r"\*([a-z][a-z ]*)\*", rules.split("6. **")[0] + rules.split("7. **")[1])
    assert {"illegal", "violation", "alarming"} <= set(forbidden)
    for text in (measure.title, measure.definition, measure.sentence, measure.rule, *measure.caveats):
        for word in forbidden:
            # "only" and "just" are ruled out beside a number, not in a definition.
            if word in ("only", "just") and text != measure.sentence:
                continue
            assert not re.search(rf"\b{word}\b", text, re.IGNORECASE), (word, text)


@pytest.mark.parametrize(("programme", "measure"), [param for param in MEASURES if param.values[1].needs])
def test_nothing_exported_is_not_measurable(run_without, programme, measure):
    """Where no field was exported, a measure that needs one gives no number, and says what to ask for."""
    every = {field.name for kind in programme.kinds for field in kind.fields}
    result = run_without(programme, every)[1].run(measure)
    assert isinstance(result, NotMeasurable)
    assert result.ask_for
    assert set(result.missing) == {name for need in measure.needs for name in need.split("|")}


@pytest.mark.parametrize(
    ("programme", "measure", "need"),
    [
        pytest.param(*param.values, need, id=f"{param.id}-{need}")
        for param in MEASURES
        for need in param.values[1].needs
    ],
)
def test_one_missing_need_is_enough(run_without, programme, measure, need):
    """Where one needed field was not exported, the measure names it and gives no number."""
    result = run_without(programme, set(need.split("|")))[1].run(measure)
    assert isinstance(result, NotMeasurable)
    assert set(result.missing) == set(need.split("|"))


@pytest.mark.parametrize(
    ("programme", "measure", "given"),
    [
        pytest.param(*param.values, name, id=f"{param.id}-{name}")
        for param in MEASURES
        for need in param.values[1].needs
        for name in need.split("|")
        if "|" in need
    ],
)
def test_either_of_two_fields_is_enough(run_without, programme, measure, given):
    """Where a need can be met by either of two fields, one of them makes the measure."""
    (need,) = (need for need in measure.needs if given in need.split("|"))
    result = run_without(programme, set(need.split("|")) - {given})[1].run(measure)
    assert isinstance(result, Estimate), result


def test_no_two_measures_share_a_name():
    """A name means one thing in every policy, page and file."""
    names = [measure.name for programme in PROGRAMMES for measure in programme.measures]
    assert len(set(names)) == len(names)
