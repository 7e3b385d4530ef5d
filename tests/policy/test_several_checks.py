"""Several numbers may bear on one clause, which stays one clause with one finding."""

import pytest

from answerable.estimate import NotMeasurable, Status
from answerable.policy import Confirmed, evaluate
from policy.making import make_check, make_clause, make_estimate, make_missing, make_pack

READS, LOOK_BACK, REASONS = "reads.older_than", "searches.lookback_beyond", "searches.no_reason"
ALL = (Status.MET, Status.BREACHED)
NO_FIELD = NotMeasurable(
    measure=READS, title="A title", reason="No source exports the time of reading.",
    ask_for="Ask for an export with the time of reading.", missing=("read_at",),
)  # fmt: skip  # a table: what stands in one line belongs together


def found(name, numerator, **more):
    """Make an estimate of a measure that says which one it is."""
    return make_estimate(numerator, measure=name, sentence=f"{name} counted {numerator}.", **more)


def clause(*can_show, number=1, confirmed=Confirmed.OFFICIAL):
    """Make a clause of two checks, reads before look-backs, with what each can show."""
    checks = [
        make_check(name, can_show=shows, because="" if shows == ALL else f"{name} proves nothing.")
        for name, shows in zip((READS, LOOK_BACK), can_show, strict=True)
    ]
    return make_clause(
        number, checks=tuple(checks), needs_document="the log of deletions", confirmed=confirmed
    )


def judge(one, measures, **results):
    """Judge one clause by what reads and look-backs gave."""
    given = {READS: results["reads"], LOOK_BACK: results["look_back"]}
    (finding,) = evaluate([make_pack(one)], lambda measure, **_given: given[measure.name], measures)
    return finding


@pytest.mark.parametrize(
    ("reads", "look_back", "status", "lead"),
    [
        (0, 0, Status.MET, READS),
        (0, 5, Status.BREACHED, LOOK_BACK),
        (5, 0, Status.BREACHED, READS),
        (5, 5, Status.BREACHED, READS),
    ],
)
def test_a_breach_that_one_check_shows_stands(*, measures, reads, look_back, status, lead):
    """Where each number can decide, one breach is a breach, and the finding leads with the number that showed it."""
    finding = judge(
        clause(ALL, ALL), measures, reads=found(READS, reads), look_back=found(LOOK_BACK, look_back)
    )
    assert (finding.status, finding.measure) == (status, lead)
    assert finding.estimate.measure == lead
    assert [one.measure for one in finding.also] == [name for name in (READS, LOOK_BACK) if name != lead]


@pytest.mark.parametrize(
    ("shows", "status", "lead"),
    [
        (((), (Status.MET,)), Status.MET, LOOK_BACK),
        (((), ()), Status.NOT_SHOWN, READS),
        (((Status.BREACHED,), ()), Status.NOT_SHOWN, READS),
    ],
)
def test_what_no_number_can_establish_is_not_shown(*, measures, shows, status, lead):
    """A clause is met only by a number that can establish it; the rest leave it not shown."""
    finding = judge(clause(*shows), measures, reads=found(READS, 0), look_back=found(LOOK_BACK, 0))
    assert (finding.status, finding.measure) == (status, lead)


def test_one_number_leads_and_the_others_stand_beside_it(measures):
    """The finding is one sentence on the first number; the others are kept whole, each with its own reason."""
    finding = judge(clause((), ()), measures, reads=found(READS, 5), look_back=found(LOOK_BACK, 3))
    assert finding.sentence == (
        f"{READS} counted 5; the clause asks for a purpose on every search. {READS} proves nothing."
    )
    (other,) = finding.also
    assert (other.status, other.estimate.numerator) == (Status.NOT_SHOWN, 3)
    assert other.sentence == f"{LOOK_BACK} counted 3. {LOOK_BACK} proves nothing."
    assert (finding.threshold, other.threshold) == ("at most 0 reads", "at most 0 searches")
    assert finding.ask_for == "Ask for the log of deletions."


def test_a_check_without_records_does_not_hide_the_others(measures):
    """With no reads in the case the look-backs lead, and the reads are asked for after the document."""
    finding = judge(clause((), ()), measures, reads=make_missing(), look_back=found(LOOK_BACK, 3))
    assert finding.measure == LOOK_BACK
    assert finding.sentence.startswith(f"{LOOK_BACK} counted 3;")
    assert finding.ask_for == "Ask for the log of deletions. Add a file of reads."
    assert [one.sentence for one in finding.also] == ["There are no reads in this case."]


def test_a_field_that_is_missing_comes_before_records_that_are(measures):
    """Where there is no number, the finding says what is nearest: the field that the records lack."""
    missing = make_missing(
        LOOK_BACK, reason="There are no searches in this case.", ask_for="Add a file.", absent=("searches",)
    )
    finding = judge(clause((), ()), measures, reads=NO_FIELD, look_back=missing)
    assert finding.measure == READS
    turned = judge(
        clause((), ()), measures, reads=make_missing(), look_back=NotMeasurable(
            measure=LOOK_BACK, title="", reason="No source exports the time frame.", ask_for="Ask for it.", missing=("frame",)
        ),
    )  # fmt: skip  # a table: what stands in one line belongs together
    assert turned.measure == LOOK_BACK
    assert turned.ask_for == "Ask for the log of deletions. Ask for it. Add a file of reads."


def test_nothing_is_asked_for_twice(measures):
    """Two checks that wait for the same file ask for it once."""
    finding = judge(clause((), ()), measures, reads=make_missing(), look_back=make_missing(LOOK_BACK))
    assert finding.ask_for == "Ask for the log of deletions. Add a file of reads."


def test_a_clause_that_is_settled_asks_for_nothing(measures):
    """A breach that one number shows waits for none of the others."""
    finding = judge(clause((Status.BREACHED,), ()), measures, reads=found(READS, 5), look_back=make_missing())
    assert (finding.status, finding.ask_for) == (Status.BREACHED, "")


@pytest.mark.parametrize("numerator", [0, 5])
def test_a_number_that_is_compared_with_nothing_is_printed(measures, numerator):
    """A rule that names no number has one beside it, with no threshold and no verdict."""
    bare = make_check(REASONS, comparator=None, threshold=None, can_show=(), because="It shows no report.")
    one = make_clause(checks=(bare,), needs_document="the report")
    (finding,) = evaluate([make_pack(one)], lambda _measure, **_given: found(REASONS, numerator), measures)
    assert (finding.status, finding.threshold, finding.ask_for) == (
        Status.NOT_SHOWN, "", "Ask for the report.",
    )  # fmt: skip  # a table: what stands in one line belongs together
    assert f"counted {numerator};" in finding.sentence
    assert finding.sentence.endswith("It shows no report.")


def test_what_the_records_speak_to_comes_first(measures):
    """Of what is not shown, clauses with a number come first, then those that lack a field or a document, last absent records."""
    results = {1: make_missing(), 2: NO_FIELD, 3: found(READS, 5)}

    def run(_measure, **given):
        return results[given["days"]]

    def one(number, confirmed):
        check = make_check(READS, parameters={"days": number}, can_show=(), because="It proves nothing.")
        return make_clause(number, checks=(check,), needs_document="the log", confirmed=confirmed)

    document = make_clause(4, checks=(), needs_document="the report", confirmed=Confirmed.PRACTICE)
    clauses = [
        one(1, Confirmed.OFFICIAL), document, one(2, Confirmed.CODIFIED_MIRROR), one(3, Confirmed.PRACTICE)
    ]  # fmt: skip  # a table: what stands in one line belongs together
    order = evaluate([make_pack(*clauses)], run, measures)
    assert [finding.clause[-1] for finding in order] == ["3", "2", "4", "1"]


def test_one_check_with_records_brings_its_clause_forward(measures):
    """A clause of which one record kind is absent and the other has a number is not put last."""
    first = make_clause(1, checks=(make_check(READS, can_show=(), because="x"),), needs_document="x")
    results = {READS: make_missing(), LOOK_BACK: found(LOOK_BACK, 1)}
    order = evaluate(
        [make_pack(first, clause((), (), number=2))],
        lambda measure, **_given: results[measure.name],
        measures,
    )
    assert [finding.clause[-1] for finding in order] == ["2", "1"]
