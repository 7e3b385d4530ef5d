"""The shipped packs say what they may say, and load against the real measures."""

import datetime as dt
import re

import pytest

from answerable.errors import PackError
from answerable.policy import Confirmed, describe, evaluate, list_packs, load_pack, shipped_ids
from answerable.programmes import PROGRAMMES
from policy.making import ROOT, make_estimate

EXPECTED = {
    "good-practice", "us-ar", "us-ca", "us-ca-chp", "us-ga", "us-ia", "us-il", "us-ky", "us-me", "us-mn", "us-mt",
    "us-nc", "us-ne", "us-nh", "us-nj", "us-tn", "us-ut", "us-va", "us-vt", "us-wa",
    "face-evaluation", "us-dhs-faces", "us-fbi-faces", "us-md-faces", "us-wa-faces", "forecast-evaluation", "us-omb-ai",
}  # fmt: skip  # a table: what stands in one line belongs together
SECONDARY_ONLY = {"us-ga", "us-ia", "us-il", "us-ky", "us-me", "us-wa", "us-dhs-faces", "us-omb-ai"}
# The days of retention, or of the most that the months can have, as the facts were gathered in November 2026.
DAYS = {
    "us-ar": 150, "us-ca-chp": 60, "us-ga": 915, "us-ia": 30, "us-ky": 90, "us-me": 21, "us-mn": 60, "us-mt": 90,
    "us-nc": 90, "us-ne": 180, "us-nj": 1096, "us-tn": 90, "us-ut": 276, "us-va": 21, "us-vt": 550, "us-wa": 21,
}  # fmt: skip  # a table: what stands in one line belongs together
MONTHS = {"us-ut": 9, "us-vt": 18, "us-ga": 30, "us-nj": 36}
RETENTION = (
    "reads.older_than",
    "reads.deleted_late",
    "portals.retention_beyond",
    "searches.lookback_beyond",
)
# Three minutes, set against measures that count days: beyond it whatever is of another day.
MINUTES = {"reads.older_than": 0, "reads.deleted_late": 1, "portals.retention_beyond": 0}
FORBIDDEN = re.compile(
    r"\b(illegal|violat\w*|abuse\w*|misuse\w*|guilty|suspect user|bad actor|alarming|huge)\b", re.IGNORECASE
)


@pytest.fixture(scope="module")
def known():
    """Every measure of every programme, by name."""
    return {measure.name: measure for programme in PROGRAMMES for measure in programme.measures}


@pytest.fixture(scope="module")
def packs(known):
    """Every shipped pack, by id."""
    return {pack.id: pack for pack, _ in list_packs(known)}


def test_every_promised_pack_is_shipped():
    """There is a pack for each row of the law that a search log can speak to, and for good practice."""
    assert set(shipped_ids()) == EXPECTED


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_shipped_pack_loads_against_the_real_measures(known, name):
    """Each shipped pack is valid, carries the id of its file, and says when it was looked at."""
    pack = load_pack(name, known)
    assert (pack.id, pack.as_of) == (name, "2026-11")


def test_packs_known_from_secondary_sources_are_off(packs):
    """The packs whose every clause is secondary are those that the facts name, and no other."""
    assert {
        name for name, pack in packs.items() if len(pack.secondary) == len(pack.clauses)
    } == SECONDARY_ONLY


@pytest.fixture(scope="module")
def checks(packs):
    """Every check of every pack, as (pack, clause, check)."""
    return [
        (pack, clause, check) for pack in packs.values() for clause in pack.clauses for check in clause.checks
    ]


@pytest.mark.parametrize("measure", RETENTION)
def test_retention_is_asked_in_the_days_of_the_law(checks, measure):
    """Reads that are held, those that were deleted, what is stated and look-backs are set against the law's days."""
    found = {pack.id: int(check.parameters["days"]) for pack, _, check in checks if check.measure == measure}
    assert found == DAYS | ({"us-nh": MINUTES[measure]} if measure in MINUTES else {})


def test_retention_is_one_clause_of_several_numbers(packs):
    """A limit on retention is one clause, the most telling record first, and asks for the exceptions."""
    for name in DAYS:
        (clause,) = [clause for clause in packs[name].clauses if clause.id == "retention"]
        assert tuple(check.measure for check in clause.checks) == RETENTION
        assert "how many older reads it keeps for a hit or an open case" in clause.needs_document


@pytest.mark.parametrize(("name", "months"), MONTHS.items())
def test_months_are_the_most_days_that_so_many_can_have(packs, name, months):
    """No span of so many months is longer than the days of the pack, and one of them is as long."""
    days = [dt.date(2000, 1, 1) + dt.timedelta(days=at) for at in range(400 * 366)]
    spans = (later(day, months) - day for day in days if day.day <= 28)
    assert max(span.days for span in spans) == DAYS[name]
    (clause,) = [clause for clause in packs[name].clauses if clause.id == "retention"]
    assert f"which are at most {DAYS[name]:,} days" in clause.asks
    assert f"counted as {DAYS[name]:,} days" in clause.note
    assert "favours the programme" in clause.note


def later(day, months):
    """Give the same day so many months later."""
    at = day.month - 1 + months
    return day.replace(year=day.year + at // 12, month=at % 12 + 1)


def test_no_number_alone_decides_retention(checks):
    """Older reads may be excepted, and none older in an export, a setting or a look-back shows nothing of what is kept."""
    decided = [
        (pack.id, check.measure) for pack, _, check in checks if check.measure in RETENTION and check.can_show
    ]
    assert decided == []


def test_no_number_alone_decides_sharing_in_a_law(checks):
    """An edge shows that access was given and not under which agreement: no clause of law is decided by one."""
    sharing = [
        (pack, check)
        for pack, _, check in checks
        if check.measure.startswith(("shares.", "partners.", "searches.out_of_state", "searches.federal"))
        and pack.confirmed is not Confirmed.PRACTICE
    ]
    assert {pack.id for pack, _ in sharing} == {"us-ca", "us-il", "us-va"}
    assert [check for _, check in sharing if check.can_show] == []


def test_a_rule_without_a_number_is_compared_with_none(checks):
    """No threshold stands where the law has none: who receives data in California, declarations, and statistics."""
    bare = {(pack.id, clause.id) for pack, clause, check in checks if check.comparator is None}
    assert bare == {
        ("us-ar", "statistics"), ("us-ca", "sharing"), ("us-il", "declaration"), ("good-practice", "stated-retention"),
        ("face-evaluation", "failures-reported"), ("face-evaluation", "by-group"), ("face-evaluation", "gallery"),
        ("face-evaluation", "threshold-by-group"), ("face-evaluation", "as-run"), ("us-omb-ai", "tested"), ("us-omb-ai", "impact"),
        ("us-omb-ai", "monitored"), ("forecast-evaluation", "baselines-reported"), ("forecast-evaluation", "exposure-reported"),
        ("forecast-evaluation", "independent-outcomes"), ("forecast-evaluation", "feedback-corrected"),
        ("us-dhs-faces", "tested-for-bias"), ("us-md-faces", "offences"), ("us-md-faces", "report"),
        ("us-wa-faces", "human-review"), ("us-wa-faces", "operational-test"), ("us-wa-faces", "records"),
    }  # fmt: skip  # a table: what stands in one line belongs together
    assert [check for _, _, check in checks if check.comparator is None and check.threshold is not None] == []


def test_the_statistics_of_arkansas_rest_on_what_the_law_names(packs):
    """Plates scanned, lists, confirmed matches and arrests each have a number, and the statistics are asked for."""
    (clause,) = [clause for clause in packs["us-ar"].clauses if clause.id == "statistics"]
    assert [check.measure for check in clause.checks] == [
        "reads.records", "hotlists.records", "hits.confirmed", "hotlists.confirmed", "hits.useful",
    ]  # fmt: skip  # a table: what stands in one line belongs together
    assert clause.needs_document == "the statistics for each six months of the period"


@pytest.mark.parametrize("name", ["us-nc", "us-ne", "us-va", "us-vt"])
def test_a_report_of_which_nothing_is_stated_has_no_number(packs, name):
    """Where the facts do not say what a report holds, the clause asks for the report and invents nothing."""
    (clause,) = [clause for clause in packs[name].clauses if clause.id == "annual-report"]
    assert clause.checks == ()
    assert "not stated here" in clause.note


def test_a_word_list_never_decides_a_clause(checks):
    """A clause that is checked by a word list is neither met nor breached by it."""
    topics = [check for _, _, check in checks if ".topic." in check.measure]
    assert topics
    assert [check for check in topics if check.can_show] == []


def test_practice_is_not_passed_off_as_law(packs):
    """Practice stands in the packs of good practice, and in that of the FBI's own, and nowhere else."""
    assert {
        name for name, pack in packs.items() if any(c.confirmed is Confirmed.PRACTICE for c in pack.clauses)
    } == {"good-practice", "face-evaluation", "forecast-evaluation", "us-fbi-faces"}


def test_every_pack_of_law_has_an_address(packs):
    """Each pack of law leads to the site of whoever made it."""
    assert [name for name, pack in packs.items() if not pack.address] == ["good-practice"]


def test_every_clause_gives_a_finding_in_the_house_wording(packs, known):
    """Every clause of every pack gives one finding, and no sentence of it accuses anybody."""
    run = lambda measure, **_given: make_estimate(measure=measure.name)  # noqa: E731 - one expression, used once
    findings = evaluate(packs.values(), run, known, include_secondary=True)
    assert len(findings) == sum(len(pack.clauses) for pack in packs.values())
    texts = [f"{finding.sentence}|{finding.ask_for}|{finding.asks}" for finding in findings]
    texts += [one.sentence for finding in findings for one in finding.also]
    texts += [clause.note for pack in packs.values() for clause in pack.clauses]
    assert [text for text in texts if FORBIDDEN.search(text)] == []
    assert [text for text in texts if ".." in text or "  " in text] == []


def test_what_is_not_shown_says_what_to_ask_for(packs, known):
    """Every clause that is not shown names a document, a file or a field."""
    run = lambda measure, **_given: make_estimate(measure=measure.name)  # noqa: E731 - one expression, used once
    findings = evaluate(packs.values(), run, known, include_secondary=True)
    assert [f.clause for f in findings if f.status == "not shown" and not f.ask_for] == []


def test_a_pack_is_listed_in_one_line(known):
    """Each shipped pack has a line that says what it is and how it was confirmed."""
    lines = {pack.id: line for pack, line in list_packs(known)}
    assert lines["us-ia"] == (
        "Iowa: retention of plate-reader data (1 clause, 1 with a measure, secondary, off unless asked for)"
    )
    assert all("\n" not in line for line in lines.values())


def test_a_pack_is_shown_in_full(packs, known):
    """Everything that a pack states of a clause is in its description."""
    text = " ".join(describe(packs["us-ut"], known).split())
    for clause in packs["us-ut"].clauses:
        for part in (clause.citation, clause.asks, clause.needs_document, clause.note):
            assert part in text
        for check in clause.checks:
            assert f"{check.measure}" in text
            assert check.because in text
    assert "neither met nor breached" in text
    assert "reads.older_than (days = 276): Reads kept for longer than 276 days" in text


def test_a_number_that_is_compared_with_nothing_is_listed_so(packs, known):
    """The description says that the number is printed, and names no threshold."""
    text = " ".join(describe(packs["us-ar"], known).split())
    assert (
        "measure reads.records: Reads in the records check none: the number is printed beside the clause"
        in text
    )


@pytest.mark.parametrize("page", ["docs/policy-format.md", "docs/how-to/write-a-policy-pack.md"])
def test_the_packs_in_the_documentation_are_valid(tmp_path, known, page):
    """The pack that a page of the documentation shows loads as it stands."""
    blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / page).read_text("utf-8"), flags=re.DOTALL)
    assert len(blocks) == 1
    path = tmp_path / "page.yaml"
    path.write_text(blocks[0], encoding="utf-8")
    pack = load_pack(path, known)
    assert len(pack.clauses) >= 3
    assert describe(pack, known).startswith(f"{pack.id}: ")


@pytest.mark.parametrize(
    ("page", "name", "right", "wrong"),
    [
        ("docs/policy-format.md", "my-county.yaml", "no_case_number", "no_case_nummer"),
        ("docs/how-to/write-a-policy-pack.md", "riverton.yaml", "at_most", "atmost"),
    ],
)
def test_the_errors_in_the_documentation_are_real(*, tmp_path, monkeypatch, known, page, name, right, wrong):
    """The error that a page of the documentation shows is the one that its own pack gives with that slip."""
    text = (ROOT / page).read_text("utf-8")
    block = re.findall(r"```yaml\n(.*?)```", text, flags=re.DOTALL)[0]
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_text(block.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_pack(name, known)
    shown = "\n".join(line[4:] for line in text.splitlines() if line.startswith("    "))
    assert str(caught.value) in shown


def test_every_key_and_word_of_the_format_is_documented():
    """The page on the format names every key, comparator and confirmation that a pack may hold."""
    page = (ROOT / "docs" / "policy-format.md").read_text("utf-8")
    folder = ROOT / "src" / "answerable" / "policy"
    source = "".join((folder / name).read_text("utf-8") for name in ("load.py", "checks.py"))
    keys = {
        key
        for group in re.findall(r"(?:required|optional)=\(([^)]*)\)", source)
        for key in re.findall(r'"(\w+)"', group)
    }
    words = (
        keys
        | {confirmed.value for confirmed in Confirmed}
        | {"at_most", "less_than", "at_least", "more_than", "equals"}
    )
    assert len(keys) > 15
    assert sorted(word for word in words if f"`{word}`" not in page) == []
