"""Clauses are set against estimates, and only what the records establish is called met or breached."""

import pytest

from answerable.errors import PackError, UsageError
from answerable.estimate import Interval, NotMeasurable, Status
from answerable.policy import Comparator, Confirmed, evaluate, select
from policy.making import make_clause, make_estimate, make_pack

NOT_MEASURABLE = NotMeasurable(
    measure="searches.no_reason",
    title="A title",
    reason="No source exports the reason.",
    ask_for="Ask for the reason field.",
    missing=("reason",),
)
LEFT_OUT = {"needs_document": "the log of deletions"}


def judge(clause, result, measures, **more):
    """Judge one clause of a pack by one result."""
    (finding,) = evaluate([make_pack(clause)], lambda _measure, **_given: result, measures, **more)
    return finding


def test_a_breach_is_said_in_one_sentence(measures):
    """A breached clause reads as its number, its denominator and what the clause asks."""
    finding = judge(make_clause(), make_estimate(), measures)
    assert finding.status is Status.BREACHED
    assert finding.sentence == (
        "The log shows no reason for 5 of 4,294 searches (0.1\u202f%); the clause asks for a purpose on every search."
    )
    assert (finding.threshold, finding.ask_for) == ("at most 0 searches", "")


def test_a_clause_that_is_met_reads_the_same_way(measures):
    """A clause that is met is reported in the very words of one that is not, but for the number."""
    finding = judge(make_clause(), make_estimate(0), measures)
    assert finding.status is Status.MET
    assert finding.sentence == (
        "The log shows no reason for 0 of 4,294 searches (0.1\u202f%); the clause asks for a purpose on every search."
    )


def test_a_finding_carries_its_clause(measures):
    """A finding names its pack, clause, citation, address, confirmation, measure and estimate."""
    estimate = make_estimate()
    clause = make_clause(address="https://riverton.example/9.1")
    finding = judge(clause, estimate, measures)
    assert (finding.pack, finding.pack_title, finding.clause) == ("riverton", "Riverton", "clause-1")
    assert (finding.citation, finding.address, finding.confirmed) == ("Code 1", clause.address, "official")
    assert (finding.measure, finding.estimate) == ("searches.no_reason", estimate)


def test_what_is_not_measurable_is_not_shown(measures):
    """A measure whose field was not exported leaves the clause not shown, and names the field to ask for."""
    finding = judge(make_clause(), NOT_MEASURABLE, measures)
    assert finding.status is Status.NOT_SHOWN
    assert finding.ask_for == "Ask for the reason field."
    assert finding.sentence == (
        "The records cannot show this. No source exports the reason; the clause asks for a purpose on every search."
    )


def test_the_document_is_asked_for_first_where_the_number_decides_nothing(measures):
    """Where the field would not settle the clause either, the document stands before it."""
    clause = make_clause(can_show=(), because="It proves nothing.", **LEFT_OUT)
    finding = judge(clause, NOT_MEASURABLE, measures)
    assert finding.ask_for == "Ask for the log of deletions. Ask for the reason field."


def test_a_clause_that_needs_a_document_names_it(measures):
    """A clause that no log can show is not shown, names the document, and runs no measure."""

    def never(_measure, **_given):
        raise AssertionError

    clause = make_clause(checks=(), asks="an annual report", needs_document="the annual report")
    (finding,) = evaluate([make_pack(clause)], never, measures)
    assert (finding.status, finding.measure, finding.estimate) == (Status.NOT_SHOWN, "", None)
    assert finding.ask_for == "Ask for the annual report."
    assert (
        finding.sentence == "No number from these records shows this; the clause asks for an annual report."
    )


def test_too_few_records_are_not_judged(measures):
    """A denominator under the minimum leaves the clause not shown, and says both numbers."""
    finding = judge(make_clause(minimum_n=100), make_estimate(5, 40), measures)
    assert finding.status is Status.NOT_SHOWN
    assert "on 100 searches or more; these records hold 40" in finding.sentence


def test_the_minimum_itself_is_enough(measures):
    """A denominator of exactly the minimum is judged."""
    assert judge(make_clause(minimum_n=40), make_estimate(5, 40), measures).status is Status.BREACHED


def test_none_of_none_is_not_met(measures):
    """A share of no searches is not shown: nothing was kept where there was nothing to keep."""
    finding = judge(make_clause(), make_estimate(0, 0), measures)
    assert finding.status is Status.NOT_SHOWN
    assert "none of the searches" in finding.sentence


BOUNDARY = [
    (Comparator.AT_MOST, 5, Status.MET),
    (Comparator.AT_MOST, 6, Status.BREACHED),
    (Comparator.LESS_THAN, 4, Status.MET),
    (Comparator.LESS_THAN, 5, Status.BREACHED),
    (Comparator.AT_LEAST, 5, Status.MET),
    (Comparator.AT_LEAST, 4, Status.BREACHED),
    (Comparator.MORE_THAN, 6, Status.MET),
    (Comparator.MORE_THAN, 5, Status.BREACHED),
    (Comparator.EQUALS, 5, Status.MET),
    (Comparator.EQUALS, 4, Status.BREACHED),
]


@pytest.mark.parametrize(("comparator", "numerator", "status"), BOUNDARY)
@pytest.mark.parametrize(("of", "threshold"), [("value", 0.05), ("numerator", 5)])
def test_every_comparator_holds_at_its_boundary(*, measures, comparator, numerator, status, of, threshold):
    """Each comparator decides as its name says on both sides of the threshold, of a share and of a count."""
    clause = make_clause(comparator=comparator, of=of, threshold=threshold)
    assert judge(clause, make_estimate(numerator, 100), measures).status is status


@pytest.mark.parametrize(
    ("can_show", "numerator", "status"),
    [
        ((Status.BREACHED,), 0, Status.NOT_SHOWN),
        ((Status.BREACHED,), 5, Status.BREACHED),
        ((Status.MET,), 0, Status.MET),
        ((Status.MET,), 5, Status.NOT_SHOWN),
        ((), 0, Status.NOT_SHOWN),
        ((), 5, Status.NOT_SHOWN),
    ],
)
def test_an_outcome_that_cannot_be_shown_is_not_shown(*, measures, can_show, numerator, status):
    """An outcome that the number cannot establish becomes not shown."""
    clause = make_clause(can_show=can_show, because="It proves nothing.", **LEFT_OUT)
    assert judge(clause, make_estimate(numerator), measures).status is status


def test_a_number_that_decides_nothing_is_still_printed(measures):
    """A clause that its number cannot decide has the number, the reason and the document to ask for."""
    clause = make_clause(can_show=(), because="It proves nothing.", **LEFT_OUT)
    finding = judge(clause, make_estimate(), measures)
    assert "5 of 4,294" in finding.sentence
    assert finding.sentence.endswith("It proves nothing.")
    assert finding.ask_for == "Ask for the log of deletions."


def test_records_left_out_can_take_back_a_clause_that_is_met(measures):
    """Where withheld cells could hold the exception, a clean count of the rest does not meet the clause."""
    finding = judge(make_clause(), make_estimate(0, left_out=3), measures)
    assert finding.status is Status.NOT_SHOWN
    assert "3 records were left out" in finding.sentence
    assert finding.ask_for.startswith("Ask for the same records")


def test_what_a_clause_names_is_asked_for_where_records_were_left_out(measures):
    """A clause that says which records would settle it names the fields, where the general sentence cannot."""
    clause = make_clause(needs_document="the same records with the case number in place")
    finding = judge(clause, make_estimate(0, left_out=3), measures)
    assert finding.ask_for == "Ask for the same records with the case number in place."


def test_records_left_out_cannot_take_back_a_breach(measures):
    """What was seen to fail stays so, whatever the withheld cells hold."""
    assert judge(make_clause(), make_estimate(5, left_out=3), measures).status is Status.BREACHED


@pytest.mark.parametrize(
    ("left_out", "status"), [(10, Status.MET), (40, Status.MET), (60, Status.NOT_SHOWN), (0, Status.MET)]
)
def test_a_clause_is_met_if_the_worst_case_meets_it(*, measures, left_out, status):
    """A share is met only where it would be if every record left out had been counted."""
    clause = make_clause(threshold=0.05)
    assert judge(clause, make_estimate(10, 960, left_out=left_out), measures).status is status


def test_a_share_of_accounts_is_not_bounded_by_records(measures):
    """Records left out say nothing of how many accounts there are, so that only what was seen counts."""
    estimate = {"unit": "share of accounts", "left_out": 1}
    assert (
        judge(make_clause(threshold=0.05), make_estimate(0, 100, **estimate), measures).status
        is Status.NOT_SHOWN
    )
    assert judge(make_clause(), make_estimate(1, 100, **estimate), measures).status is Status.BREACHED


@pytest.mark.parametrize(
    ("low", "high", "status"),
    [(0.01, 0.04, Status.MET), (0.06, 0.2, Status.BREACHED), (0.01, 0.2, Status.NOT_SHOWN)],
)
def test_a_sample_decides_only_with_its_whole_interval(*, measures, low, high, status):
    """A sampled share is met or breached only where its interval lies on one side of the threshold."""
    estimate = make_estimate(5, 100, interval=Interval(low, high, 0.95, "Wilson"))
    finding = judge(make_clause(threshold=0.05), estimate, measures)
    assert finding.status is status
    assert ("on both sides" in finding.sentence) is (status is Status.NOT_SHOWN)


@pytest.mark.parametrize(
    ("method", "status"),
    [("complete count: no sampling interval", Status.BREACHED), ("too few blocks", Status.NOT_SHOWN)],
)
def test_an_estimate_without_its_doubt_decides_nothing(measures, method, status):
    """A quantity that was counted whole is judged; one whose interval could not be made is not."""
    estimate = make_estimate(3, 100, kind="quantity", value=3, unit="days", method=method)
    assert judge(make_clause(threshold=0), estimate, measures).status is status


def test_a_count_without_a_denominator_is_judged(measures):
    """A count is compared by its value."""
    estimate = make_estimate(3, None, kind="count", value=3, unit="days")
    clause = make_clause(measure="searches.gap_days", of="numerator")
    finding = judge(clause, estimate, measures)
    assert (finding.status, finding.threshold) == (Status.BREACHED, "at most 0 days")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"threshold": 0.07}, "at most 7\u202f% of searches"),
        ({"threshold": 0.995, "comparator": Comparator.AT_LEAST}, "at least 99.5\u202f% of searches"),
        ({"threshold": 1200, "of": "numerator"}, "at most 1,200 searches"),
        (
            {"threshold": 1.5, "comparator": Comparator.LESS_THAN, "measure": "searches.gini"},
            "less than 1.50 Gini coefficient",
        ),
        ({"threshold": 1, "comparator": Comparator.EQUALS}, "exactly 100\u202f% of searches"),
    ],
)
def test_the_threshold_is_said_in_words(measures, changes, words):
    """A finding says what the number was compared with, in words and with its unit."""
    assert judge(make_clause(**changes), make_estimate(), measures).threshold == words


def test_secondary_clauses_are_off(measures):
    """A clause known from secondary sources only gives no finding unless asked for."""
    pack = make_pack(make_clause(1), make_clause(2, confirmed=Confirmed.SECONDARY))
    found = evaluate([pack], lambda _measure, **_given: make_estimate(), measures)
    assert [finding.clause for finding in found] == ["clause-1"]


def test_secondary_clauses_say_check_before_relying_on_this(measures):
    """A secondary clause that is asked for carries its warning in the sentence."""
    clause = make_clause(confirmed=Confirmed.SECONDARY)
    finding = judge(clause, make_estimate(), measures, include_secondary=True)
    assert finding.status is Status.BREACHED
    assert "Check before relying on this" in finding.sentence


def test_a_pack_of_secondary_clauses_alone_is_not_silent():
    """Asking for a pack whose every clause is off is an error that says how to turn them on."""
    with pytest.raises(UsageError, match="--secondary"):
        select([make_pack(make_clause(confirmed=Confirmed.SECONDARY))])


def test_findings_stand_in_order_of_weight(measures):
    """Breached comes first, then not shown, met and not applicable; the firmest clauses first within each."""
    results = {30: make_estimate(0), 31: make_estimate(5), 32: NOT_MEASURABLE}

    def clause(number, days, confirmed=Confirmed.OFFICIAL):
        check = {"measure": "searches.lookback_beyond", "parameters": {"days": days}}
        return make_clause(number, confirmed=confirmed, **check)

    first = make_pack(
        clause(1, 30), clause(2, 32), clause(3, 31, Confirmed.PRACTICE), clause(4, 31, Confirmed.SECONDARY)
    )
    second = make_pack(clause(5, 31, Confirmed.CODIFIED_MIRROR), clause(6, 31), clause(7, 31), name="b")
    late = make_pack(clause(8, 31), name="late", in_force_from="2027-01-01")
    found = evaluate(
        [late, first, second],
        lambda _measure, **given: results[given["days"]],
        measures,
        include_secondary=True,
        period=("2026-01-01", "2026-02-01"),
    )
    assert [finding.clause[-1] for finding in found] == ["6", "7", "5", "4", "3", "2", "1", "8"]


def test_each_number_is_asked_for_once(measures):
    """Clauses that share a measure and its parameters share one run of it."""
    asked = []

    def run(measure, **given):
        asked.append((measure.name, given))
        return make_estimate()

    clauses = [make_clause(1), make_clause(2, threshold=0.5)]
    clauses.append(make_clause(3, measure="searches.lookback_beyond", parameters={"days": 60}))
    evaluate([make_pack(*clauses)], run, measures)
    assert asked == [("searches.no_reason", {}), ("searches.lookback_beyond", {"days": 60})]


@pytest.mark.parametrize(
    ("period", "status", "words"),
    [
        (("2026-07-01", "2026-08-01"), Status.BREACHED, ""),
        (("2026-07-01T09:00:00", "2026-08-01T00:00:00"), Status.BREACHED, ""),
        (("2026-06-30", "2026-08-01"), Status.NOT_SHOWN, "begin on 2026-06-30, before"),
        (("2026-05-01", "2026-07-01"), Status.NOT_SHOWN, "begin on 2026-05-01, before"),
        (("2026-06-30T23:59:59", "2026-08-01"), Status.NOT_SHOWN, "begin on 2026-06-30, before"),
        (("2026-05-01", "2026-06-30"), Status.NOT_APPLICABLE, "end on 2026-06-30, before"),
        (("", ""), Status.NOT_SHOWN, "dates of the records are not known"),
    ],
)
def test_a_rule_is_not_held_against_what_came_before_it(*, measures, period, status, words):
    """A rule judges records from the day on which it came into force, and no earlier ones."""
    pack = make_pack(make_clause(), in_force_from="2026-07-01")
    (finding,) = evaluate([pack], lambda _measure, **_given: make_estimate(), measures, period=period)
    assert finding.status is status
    assert words in finding.sentence


def test_a_measure_that_is_gone_is_an_error():
    """A pack judged with other measures than it was loaded with gives an error, not a traceback."""
    with pytest.raises(PackError, match=r"searches\.no_reason"):
        evaluate([make_pack(make_clause())], lambda _measure, **_given: make_estimate(), {})
