"""Running measures: the fused scan, what is left out, and what cannot be measured."""

from dataclasses import replace

import pytest

from answerable.engine import DuckDB
from answerable.engine.dialect import literal
from answerable.errors import UsageError
from answerable.estimate import COMPLETE_COUNT, Estimate, NotMeasurable, Part
from answerable.intake.kinds import Field, RecordKind, Role
from answerable.programmes.measure import Parameter, Query, Share
from answerable.programmes.run import Runner, measure_sql, run_measure, run_measures

LOAN = RecordKind(
    name="loan",
    plural="loans",
    meaning="One loan of a book.",
    time="lent_at",
    fields=(
        Field("agency", Role.ORGANISATION, "The library.", "library"),
        Field("reason", Role.FREE_TEXT, "Why it was lent.", "reason"),
        Field("ticket", Role.IDENTIFIER, "The ticket's number.", "ticket"),
        Field("days", Role.COUNT, "How long it was lent for.", "days"),
    ),
)
COLUMNS = ("agency", "month", "desk", "reason", "reason_state", "ticket_state", "days", "days_state", "clock")


def loans(*rows):
    """Open an engine with a view of loans; what a row does not say is a present, ordinary value."""
    usual = {
        "agency": "North", "month": "2025-01", "desk": 1, "reason": "study", "reason_state": "present",
        "ticket_state": "present", "days": 7, "days_state": "present", "clock": "local",
    }  # fmt: skip  # a table: what stands in one line belongs together
    engine = DuckDB()
    values = [f"({', '.join(literal((usual | row)[column]) for column in COLUMNS)})" for row in rows or ({},)]
    empty = "" if rows else " WHERE FALSE"
    engine.table("loans", f"SELECT * FROM (VALUES {', '.join(values)}) AS t ({', '.join(COLUMNS)}){empty}")
    return engine


def blank(**row):
    """Give a loan whose reason was left empty."""
    return {"reason": None, "reason_state": "blank"} | row


NO_REASON = Share(
    name="loans.no_reason",
    title="Loans with no reason",
    definition="Loans whose reason is blank, among those that have a reason cell.",
    unit="share of loans",
    needs=("reason",),
    sentence="No reason is stated for {figure}: {n}, {d}, {value}.",
    source="The practice of libraries.",
    counts="reason_state = 'blank'",
    view="loans",
)
LONG = Share(
    name="loans.long",
    title="Loans of more than {days} days",
    definition="Loans of more than a number of days.",
    unit="share of loans",
    needs=("days",),
    sentence="More than {days} days: {figure}.",
    rule="more than {days} days",
    caveats=("A day is {days} of a fortnight.",),
    source="The practice of libraries.",
    parameters={"days": Parameter(14, "days", "The longest loan.", low=1, high=100)},
    counts="days > {days}",
    among="reason NOT LIKE 'x{{4}}'",
    view="loans",
    by=("desk", "month"),
)
LONGEST = Query(
    name="loans.longest",
    title="Longest loan",
    definition="The longest loan.",
    unit="days",
    kind="quantity",
    needs=("days",),
    sentence="The longest of {d} loans is {value} days.",
    source="The practice of libraries.",
    sql="SELECT 'all' AS breakdown, 'all' AS label, max(days) AS value, NULL AS numerator, count(*) AS denominator"
    " FROM loans UNION ALL SELECT 'desk', 'One', 2, NULL, NULL UNION ALL SELECT 'desk', 'Two', NULL, 1, 4",
)


def as_parts(rows):
    """Read the standard table as breakdowns."""
    found = {}
    for breakdown, label, value, numerator, denominator in rows:
        found.setdefault(breakdown, []).append(Part(label, value, numerator, denominator))
    return {name: tuple(parts) for name, parts in found.items()}


MIXED = (
    blank(agency="South", month="2025-02"),
    blank(agency=None, desk=2),
    {"agency": "South"},
    {"agency": "South", "days": 30},
    {"days": None, "days_state": "blank", "desk": 2},
    {"days": 15, "desk": None, "month": "2024-12"},
    {"reason": None, "reason_state": "withheld"},
    {"reason": None, "reason_state": "not exported", "agency": "East"},
    {"agency": "Ärmel", "days": 99, "desk": 10},
)


def test_fused_scan_equals_each_standalone_query():
    """Each share that is counted in the shared scan equals its own query, part by part and in order."""
    engine = loans(*MIXED)
    agencies_only = replace(NO_REASON, name="loans.by_agency", by=("agency",))
    found = run_measures(engine, [LOAN], [NO_REASON, LONG, agencies_only])
    for estimate in found.values():
        expected = as_parts(engine.rows(estimate.sql))
        headline = expected.pop("all")
        assert headline == (Part("all", estimate.value, estimate.numerator, estimate.denominator),)
        assert estimate.breakdowns == expected


def test_shares_alone_equal_shares_together():
    """A share counted alone gives the same estimate as one counted with others."""
    engine = loans(*MIXED)
    together = run_measures(engine, [LOAN], [NO_REASON, LONG])
    assert run_measure(engine, [LOAN], NO_REASON) == together["loans.no_reason"]
    assert run_measure(engine, [LOAN], LONG) == together["loans.long"]


def test_shares_over_one_view_take_one_scan():
    """However many shares read a view, it is scanned once for the needs and once for the counts."""
    engine = loans(*MIXED)
    scans = []
    columns = engine.columns
    engine.columns = lambda sql: scans.append(sql) or columns(sql)
    many = [replace(NO_REASON, name=f"loans.m{number}", counts=f"days > {number}") for number in range(20)]
    run_measures(engine, [LOAN], many)
    assert len(scans) == 1


def test_headline_of_a_share():
    """A share's headline is its numerator of its denominator, as a complete count."""
    found = run_measure(loans(blank(), {}, {}, {}), [LOAN], NO_REASON)
    assert (found.value, found.numerator, found.denominator) == (0.25, 1, 4)
    assert found.interval is None
    assert found.method == COMPLETE_COUNT


def test_sentence_is_filled():
    """A sentence gets the figure, its numerator, its denominator and its value."""
    found = run_measure(loans(blank(), {}, {}, {}), [LOAN], NO_REASON)
    assert found.sentence == "No reason is stated for 1 of 4 (25\u202f%): 1, 4, 25\u202f%."


def test_breakdowns_are_in_order():
    """Organisations come by size then name, those without a value are named as such, and months in order."""
    found = run_measure(loans(*MIXED), [LOAN], NO_REASON)
    assert [part.label for part in found.breakdowns["agency"]] == [
        "South", "North", "(library not stated)", "Ärmel",
    ]  # fmt: skip  # a table: what stands in one line belongs together
    assert [part.label for part in found.breakdowns["month"]] == ["2024-12", "2025-01", "2025-02"]


def test_other_columns_break_down_too():
    """A column that is neither organisation nor month is broken down with its value as text."""
    found = run_measure(loans({"desk": 2}, {"desk": 2, "days": 20}, {"desk": None}), [LOAN], LONG)
    assert found.breakdowns["desk"] == (Part("2", 0.5, 1, 2), Part("(desk not stated)", 0.0, 0, 1))


def test_breakdown_with_nothing_stated_is_not_shown():
    """Where no record names its organisation there is no breakdown by organisation."""
    found = run_measure(loans({"agency": None}, {"agency": None}), [LOAN], NO_REASON)
    assert set(found.breakdowns) == {"month"}


def test_parts_without_records_are_not_shown():
    """An organisation with nothing in the denominator is not a part with zero of zero."""
    found = run_measure(loans({}, {"agency": "East", "reason_state": "withheld"}), [LOAN], NO_REASON)
    assert [part.label for part in found.breakdowns["agency"]] == ["North"]


def test_unusable_rows_are_left_out_and_counted():
    """Rows whose field was withheld or not exported are outside the denominator, each with a caveat."""
    engine = loans(
        {},
        blank(),
        {"reason_state": "withheld"},
        {"reason_state": "not exported"},
        {"reason_state": "not exported"},
    )
    found = run_measure(engine, [LOAN], NO_REASON)
    assert (found.numerator, found.denominator) == (1, 2)
    assert found.caveats == (
        "2 loans from sources that do not export the reason are left out.",
        "1 loan in which the reason was withheld is left out.",
    )


def test_field_that_nobody_exports_is_not_measurable():
    """Where no source exports a field, the measure says so and what to ask for, and is not zero."""
    found = run_measure(loans({"reason_state": "not exported"}), [LOAN], NO_REASON)
    assert found == NotMeasurable(
        measure="loans.no_reason",
        title="Loans with no reason",
        reason="No source exports the reason.",
        ask_for="Ask for an export with the column reason (why it was lent).",
        missing=("reason",),
    )


def test_field_withheld_everywhere_is_not_measurable():
    """A field that is redacted in every row is not measurable, and is not called missing."""
    engine = loans(
        {"reason_state": "withheld"}, {"reason_state": "withheld"}, {"reason_state": "not exported"}
    )
    found = run_measure(engine, [LOAN], NO_REASON)
    assert found.reason == "The reason is withheld in every source that exports it (2 loans)."
    assert found.missing == ()


@pytest.mark.parametrize(
    ("reason", "ticket", "numbers"),
    [
        ("not exported", "present", (0, 1)),
        ("present", "not exported", (0, 1)),
        ("withheld", "blank", (0, 1)),
    ],
)
def test_alternatives_need_one_field(reason, ticket, numbers):
    """A need with alternatives is met by either field."""
    either = replace(NO_REASON, needs=("reason|ticket",))
    found = run_measure(loans({"reason_state": reason, "ticket_state": ticket}), [LOAN], either)
    assert (found.numerator, found.denominator) == numbers
    assert found.caveats == ()


def test_alternatives_that_are_all_missing():
    """A need none of whose alternatives is exported names them all."""
    either = replace(NO_REASON, needs=("reason|ticket",))
    found = run_measure(
        loans({"reason_state": "not exported", "ticket_state": "not exported"}), [LOAN], either
    )
    assert found.reason == "No source exports the reason or ticket."
    assert found.missing == ("reason", "ticket")


def test_no_records_is_not_measurable():
    """A case without records has no measures, rather than zeros."""
    found = run_measure(loans(), [LOAN], NO_REASON)
    assert isinstance(found, NotMeasurable)
    assert found.reason == "There are no loans in this case."
    assert (found.absent, found.missing) == (("loans",), ())


def test_empty_denominator_is_not_measurable():
    """A share with nothing in its denominator has no value."""
    found = run_measure(loans({}), [LOAN], replace(NO_REASON, among="days > 1000"))
    assert isinstance(found, NotMeasurable)
    assert "None of the 1 loan" in found.reason


def test_clock_leaves_out_universal_time():
    """A measure of hours leaves out rows without local time and says whose hours are as written."""
    measure = replace(NO_REASON, clock=True)
    engine = loans({"clock": "utc"}, {"clock": "unknown"}, {"clock": "unknown"}, {"clock": "local"})
    found = run_measure(engine, [LOAN], measure)
    assert found.denominator == 3
    assert found.caveats == (
        "1 loan whose local time is not known is left out.",
        "The hours of 2 loans are as written, in a zone that the export does not state.",
    )


def test_clock_in_universal_time_only_is_not_measurable():
    """Hours cannot be measured where every time is in UTC and no zone was given."""
    found = run_measure(loans({"clock": "utc"}), [LOAN], replace(NO_REASON, clock=True))
    assert isinstance(found, NotMeasurable)
    assert "--timezone" in found.ask_for


def test_parameters_reach_query_and_words():
    """A parameter is filled into the SQL, the title, the rule, the sentence and the caveats."""
    found = run_measure(loans({"days": 30}, {"days": 31}), [LOAN], LONG, days=30)
    assert found.numerator == 1
    assert found.parameters == {"days": 30}
    assert found.title == "Loans of more than 30 days"
    assert found.rule == "more than 30 days"
    assert found.sentence == "More than 30 days: 1 of 2 (50\u202f%)."
    assert found.caveats == ("A day is 30 of a fortnight.",)
    assert "days > 30" in found.sql


def test_braces_that_are_no_parameter_stay():
    """Braces of a pattern in SQL are left as they are."""
    assert "'x{{4}}'" in measure_sql(LONG, LOAN)


def test_unknown_parameter_is_refused():
    """A parameter that the measure does not have is a usage error that names those it has."""
    with pytest.raises(UsageError, match=r"no parameter called 'weeks'\nExpected: days"):
        run_measure(loans(), [LOAN], LONG, weeks=2)


@pytest.mark.parametrize("value", [0, 101, 2.5, "30", True])
def test_parameter_out_of_bounds_is_refused(value):
    """A value outside a parameter's bounds, or of another type, is a usage error."""
    with pytest.raises(UsageError, match=r"a (whole )?number of days from 1 to 100"):
        run_measure(loans(), [LOAN], LONG, days=value)


def test_query_measure():
    """A measure with its own query is read from the standard table, a missing value being a quotient."""
    found = run_measure(loans({"days": 3}, {"days": 9}), [LOAN], LONGEST)
    assert isinstance(found, Estimate)
    assert (found.value, found.numerator, found.denominator) == (9, None, 2)
    assert found.sentence == "The longest of 2 loans is 9 days."
    assert found.breakdowns == {"desk": (Part("One", 2.0, None, None), Part("Two", 0.25, 1, 4))}


def test_query_measure_is_checked_for_its_needs():
    """A query whose field nobody exports is not run."""
    found = run_measure(loans({"days_state": "not exported"}), [LOAN], replace(LONGEST, sql="SELECT nothing"))
    assert found.missing == ("days",)


def test_query_measure_states_what_is_left_out():
    """A query's estimate carries the same caveats as a share's."""
    found = run_measure(loans({}, {"days": None, "days_state": "withheld"}), [LOAN], LONGEST)
    assert found.caveats == ("1 loan in which the days was withheld is left out.",)


def test_count_measure_takes_its_numerator():
    """A count whose query gives no value is its numerator, and zero counted is a zero."""
    sql = "SELECT 'all', 'all', NULL, count(*) FILTER (WHERE days > 50), count(*) FROM loans"
    found = run_measure(
        loans({}, {}), [LOAN], replace(LONGEST, kind="count", sql=sql, sentence="{value} loans.")
    )
    assert found.value == 0
    assert found.sentence == "0 loans."


def test_runner_keeps_what_it_found():
    """A measure that was run before is not run again with the same parameters."""
    engine = loans({})
    runner = Runner(engine, [LOAN])
    first = runner.run(LONG)
    engine.table("loans", "SELECT * FROM loans WHERE FALSE")
    assert runner.run(LONG, days=14) is first


def test_results_are_in_the_order_asked():
    """Results come in the order of the measures, whichever way they were counted."""
    found = run_measures(loans({}), [LOAN], [LONGEST, NO_REASON, LONG])
    assert list(found) == ["loans.longest", "loans.no_reason", "loans.long"]


def test_run_measures_takes_parameters_by_name():
    """Parameters can be given for each measure by its name."""
    found = run_measures(
        loans({"days": 30}), [LOAN], [LONG, LONGEST], parameters={"loans.long": {"days": 29}}
    )
    assert found["loans.long"].parameters == {"days": 29}
