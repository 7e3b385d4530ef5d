"""What the shipped packs say of records whose truth the test planted."""

from datetime import datetime, timedelta

import pytest

from answerable.engine import DuckDB
from answerable.estimate import Estimate, Status
from answerable.policy import evaluate, load_pack, shipped_packs
from answerable.programmes import PROGRAMMES
from answerable.programmes.plates import PROGRAMME
from answerable.programmes.run import Runner
from planting import plant, table

AUDIT = datetime.fromisoformat("2025-07-01T00:00")
MEASURES = {measure.name: measure for measure in PROGRAMME.measures}
# The packs that rest on records of this programme alone.
OWN_PACKS = [
    pack
    for pack in shipped_packs({measure.name: measure for each in PROGRAMMES for measure in each.measures})
    if all(check.measure in MEASURES for clause in pack.clauses for check in clause.checks)
]
OREGON, BIRCH, CALIFORNIA = "Alder OR PD", "Birch OR PD", "Cedar CA PD"
FEDERAL, INACTIVE = "FBI [Federal]", "Elm OR PD [Inactive]"


@pytest.fixture
def judge():
    """Give a function that plants records and judges a pack by them: the findings by clause, in their order."""
    engines = []

    def judged(name, as_of="2025-07-01", **rows):
        engine = DuckDB()
        engines.append(engine)
        kinds = {kind.plural: kind for kind in PROGRAMME.kinds}
        plant(engine, PROGRAMME, {key: table(kinds[key], given) for key, given in rows.items()}, as_of=as_of)
        runner = Runner(engine, PROGRAMME.kinds, dated=as_of is not None)
        packs = OWN_PACKS if name == "all" else [load_pack(name, MEASURES)]
        return {
            (one.pack, one.clause) if name == "all" else one.clause: one
            for one in evaluate(packs, runner.run, MEASURES, include_secondary=True)
        }

    yield judged
    for engine in engines:
        engine.close()


def read(days, **cells):
    """Give one read that was so many days old at the date of the audit."""
    return {
        "read_at": AUDIT - timedelta(days=days) + timedelta(hours=12),
        "plate": 1,
        "camera": "bridge",
    } | cells


def search(days):
    """Give one search that looked back so many days."""
    return {"searched_at": AUDIT, "frame_start": AUDIT - timedelta(days=days), "frame_end": AUDIT}


def hit(**cells):
    """Give one hit."""
    return {"alerted_at": AUDIT - timedelta(days=1), "plate": 1} | cells


def test_reads_speak_first_to_retention(judge):
    """Of three reads that are held two are older than 90 days; the other records stand beside, and nothing is decided."""
    reads = [read(1), read(91), read(200), read(300, deleted_at=AUDIT - timedelta(days=200))]
    portals = [{"agency": OREGON, "retention": 30.0}, {"agency": BIRCH, "retention": 365.0}]
    finding = judge("us-tn", reads=reads, portals=portals, searches=[search(30), search(100)])["retention"]
    assert (finding.status, finding.measure) == (Status.NOT_SHOWN, "reads.older_than")
    assert (finding.estimate.numerator, finding.estimate.denominator) == (2, 3)
    assert "2 of 3 (67\u202f%) were older than 90 days" in finding.sentence
    assert "may be one that the law lets be kept" in finding.sentence
    beside = {one.measure: (one.estimate.numerator, one.estimate.denominator) for one in finding.also}
    assert beside == {
        "reads.deleted_late": (1, 1), "portals.retention_beyond": (1, 2), "searches.lookback_beyond": (1, 2),
    }  # fmt: skip  # a table: what stands in one line belongs together
    assert finding.ask_for.startswith("Ask for the system's retention setting")
    assert "Add a file" not in finding.ask_for


def test_reads_within_the_limit_do_not_show_that_it_is_kept(judge):
    """An export in which no read is older leaves the clause not shown: another copy may be kept."""
    finding = judge("us-tn", reads=[read(1), read(90)])["retention"]
    assert (finding.status, finding.estimate.numerator) == (Status.NOT_SHOWN, 0)
    assert "another copy may be" in finding.sentence


def test_searches_alone_still_speak_to_retention(judge):
    """With a search log alone the look-backs lead as before, in one finding, and it names the records to ask for."""
    found = judge("us-tn", searches=[search(30), search(100)])
    assert list(found) == ["retention"]
    finding = found["retention"]
    assert (finding.measure, finding.estimate.numerator) == ("searches.lookback_beyond", 1)
    assert finding.ask_for.endswith("Add a file of reads. Add a file of published figures.")


def test_age_without_a_date_of_the_audit_is_asked_for(judge):
    """Reads without --as-of give way to the deletions, and the finding says which option would give their age."""
    late = read(300, deleted_at=AUDIT - timedelta(days=100))
    finding = judge("us-tn", as_of=None, reads=[read(1), late])["retention"]
    assert (finding.measure, finding.estimate.numerator) == ("reads.deleted_late", 1)
    assert "--as-of" in finding.ask_for


@pytest.mark.parametrize(("days", "older"), [(276, 0), (277, 1)])
def test_nine_months_favour_the_programme(judge, days, older):
    """A read of 276 days is within nine months, and the sentence says both."""
    finding = judge("us-ut", reads=[read(days)])["retention"]
    assert finding.estimate.numerator == older
    assert "nine months, which are at most 276 days" in finding.sentence


@pytest.mark.parametrize(("days", "older"), [(0, 0), (1, 1)])
def test_three_minutes_are_beyond_on_another_day(judge, days, older):
    """A read of the day before is past three minutes; one of the same day is not counted."""
    finding = judge("us-nh", reads=[read(days)])["retention"]
    assert (finding.status, finding.estimate.numerator) == (Status.NOT_SHOWN, older)


def test_edges_speak_first_to_sharing(judge):
    """Access given in another state and to a federal body is counted, and decides nothing by itself."""
    shares = [{"giver": OREGON, "receiver": receiver} for receiver in (BIRCH, CALIFORNIA, FEDERAL)]
    partners = [
        {"agency": CALIFORNIA, "shared_by_me": "1"},
        {"agency": OREGON, "shared_by_me": "1"},
        {"agency": BIRCH, "shared_by_me": "1"},
    ]
    found = judge("us-va", shares=shares, partners=partners)
    out, federal = found["sharing-out-of-state"], found["sharing-federal"]
    assert (out.measure, out.estimate.numerator, out.estimate.denominator) == ("shares.out_of_state", 1, 2)
    assert (federal.measure, federal.estimate.numerator, federal.estimate.denominator) == (
        "shares.federal",
        1,
        3,
    )
    assert out.status is federal.status is Status.NOT_SHOWN
    assert "not under which agreement or exception" in out.sentence
    assert "Check before relying on this" in out.sentence
    (listed, searched) = out.also
    assert (listed.measure, listed.estimate.numerator) == ("partners.out_of_state", 1)
    assert searched.sentence == "There are no searches in this case."


def test_california_is_told_who_receives_and_passes_no_verdict(judge):
    """The clause on sharing has the number of receivers first, and is compared with nothing."""
    shares = [{"giver": CALIFORNIA, "receiver": receiver} for receiver in (OREGON, FEDERAL)]
    finding = judge("us-ca", shares=shares)["sharing"]
    assert (finding.status, finding.measure, finding.estimate.value) == (
        Status.NOT_SHOWN,
        "shares.receivers",
        2,
    )
    assert finding.threshold == ""
    assert {one.threshold for one in finding.also} == {""}


def test_the_statistics_can_be_made_from_the_records(judge):
    """Plates scanned, lists and confirmed matches have their numbers; arrests lack the outcome, which is asked for."""
    found = judge(
        "us-ar",
        reads=[read(1), read(2)],
        hits=[hit(confirmed="yes"), hit(confirmed="no"), hit(confirmed="yes")],
        hotlists=[{"hotlist": "stolen", "period": AUDIT - timedelta(days=30), "alerts": 10, "confirmed": 4}],
    )
    finding = found["statistics"]
    assert (finding.status, finding.measure, finding.estimate.value) == (Status.NOT_SHOWN, "reads.records", 2)
    numbers = {
        one.measure: one.estimate.numerator for one in finding.also if isinstance(one.estimate, Estimate)
    }
    assert numbers == {"hotlists.records": 1, "hits.confirmed": 2, "hotlists.confirmed": 4}
    assert finding.ask_for.startswith("Ask for the statistics for each six months of the period.")
    assert "outcome" in finding.ask_for


GOOD = [
    ("confirmation-record", Status.MET, {"hits": [hit(confirmed="yes"), hit(confirmed="no")]}),
    ("confirmation-record", Status.BREACHED, {"hits": [hit(confirmed="yes"), hit(confirmed="perhaps")]}),
    ("confirmed-before-stop", Status.NOT_SHOWN, {"hits": [hit(confirmed="yes", stop="yes")]}),
    ("confirmed-before-stop", Status.BREACHED, {"hits": [hit(confirmed="no", stop="yes")]}),
    ("clocks", Status.MET, {"reads": [read(1)]}),
    ("clocks", Status.BREACHED, {"reads": [read(1), read(-2)]}),
    ("camera-places", Status.MET, {"reads": [read(1, address="1 Main Street"), read(2, address="1 Main Street")]}),
    ("camera-places", Status.NOT_SHOWN, {"reads": [read(1, address="1 Main Street"), read(2, address="2 Main Street")]}),
    ("inactive-partners", Status.MET, {"shares": [{"giver": OREGON, "receiver": BIRCH}]}),
    ("inactive-partners", Status.BREACHED, {"shares": [{"giver": OREGON, "receiver": INACTIVE}]}),
    ("stated-retention", Status.NOT_SHOWN, {"reads": [read(40)], "portals": [{"agency": OREGON, "retention": 30.0}]}),
]  # fmt: skip  # a table: what stands in one line belongs together


@pytest.mark.parametrize(("clause", "status", "rows"), GOOD)
def test_good_practice_is_even_handed(judge, clause, status, rows):
    """Each clause of practice is met, breached or not shown as the planted records are."""
    assert judge("good-practice", **rows)[clause].status is status


def test_what_is_stated_and_what_is_held_stand_side_by_side(judge):
    """The oldest read and the portal's number are printed together, with no verdict."""
    finding = judge("good-practice", reads=[read(40)], portals=[{"agency": OREGON, "retention": 30.0}])[
        "stated-retention"
    ]
    assert (finding.measure, finding.estimate.value) == ("reads.oldest", 40)
    (stated,) = finding.also
    assert (stated.measure, stated.estimate.value) == ("portals.retention", 30)


def test_a_case_of_searches_reads_as_before(judge):
    """What a search log speaks to stands before what rests on records that are not in the case."""
    found = judge("good-practice", searches=[search(1)])
    names = list(found)
    searched = [name for name, one in found.items() if one.measure.startswith("searches.")]
    others = [
        "confirmation-record",
        "confirmed-before-stop",
        "clocks",
        "camera-places",
        "inactive-partners",
        "stated-retention",
    ]
    assert names == [*searched, *others]
    assert all(found[name].ask_for and "Add a file of" in found[name].ask_for for name in others)


def test_without_any_records_every_clause_says_what_to_ask_for(judge):
    """An empty case breaches nothing and meets nothing, and no clause is silent."""
    found = judge("all")
    assert {one.status for one in found.values()} == {Status.NOT_SHOWN}
    assert [key for key, one in found.items() if not one.ask_for] == []
    assert "retention" not in {
        clause for (_, clause), one in found.items() if isinstance(one.estimate, Estimate)
    }
