"""Files that come later are added to a case, and each record is counted once."""

import pytest

from answerable import auditing
from answerable.errors import CaseError, UsageError
from cases import ZONE, copied, everything, flipped, hashes, months, tiny


def both(town, folder):
    """Audit two months at once."""
    return auditing.audit(months(town)[:2], folder, policy=["us-ca"], timezone=ZONE)


@pytest.fixture(scope="module")
def one_by_one(tmp_path_factory, town):
    """A case of two months that came one after the other."""
    folder = tmp_path_factory.mktemp("one-by-one") / "case"
    for month in months(town)[:2]:
        case = auditing.audit(month, folder, policy=["us-ca"], timezone=ZONE)
    return case


def test_months_added_one_by_one_give_the_same_measures(one_by_one, audited):
    """An audit of one month and then of the next gives the measures and findings of both at once."""
    at_once = auditing.open_case(audited)
    assert len(at_once.measures) > 40
    assert one_by_one.measures == at_once.measures
    assert one_by_one.findings == at_once.findings


def test_months_added_one_by_one_give_the_same_accounts(one_by_one, audited):
    """Each source has the same account whether its neighbours came with it or before it."""
    assert one_by_one.sources == auditing.open_case(audited).sources


def test_what_was_there_is_not_read_again(one_by_one, town, tmp_path):
    """The first month's records are the same bytes after the second month was added."""
    first = auditing.audit(months(town)[0], tmp_path / "case", policy=["us-ca"], timezone=ZONE)
    (tmp_path / "case" / "key").write_bytes((one_by_one.path / "key").read_bytes())
    assert hashes(one_by_one.path)["case.json"] != hashes(first.path)["case.json"]
    before = (first.folder.current / "records" / "0001.parquet").stat().st_ino
    auditing.audit(months(town)[1], tmp_path / "case", policy=["us-ca"], timezone=ZONE)
    assert (first.folder.current / "records" / "0001.parquet").stat().st_ino == before


def test_a_file_given_again_is_read_once(a_case, town):
    """A file that the case holds already is not read again, and that is told by name."""
    before = hashes(a_case)
    case = auditing.audit(months(town)[:2], a_case, policy=["us-ca"], timezone=ZONE)
    assert case.repeated == tuple(month.name for month in months(town)[:2])
    assert len(case.sources) == 2
    after = hashes(a_case)
    assert {name for name in before if before[name] != after[name]} <= {
        "MANIFEST.json",
        "case.json",
        "report.html",
        "findings.json",
        "findings.xlsx",
    }


def test_one_file_under_two_names_is_read_once(tmp_path):
    """A copy of a file under another name is the same source."""
    log, copy = tiny(tmp_path / "log.csv"), tiny(tmp_path / "copy.csv")
    case = auditing.audit([log, copy], tmp_path / "case")
    assert [source.name for source in case.sources] == ["log.csv"]
    assert case.repeated == ("copy.csv",)


def test_months_that_overlap_are_counted_once(tmp_path, town):
    """Records that a later file shares with an earlier one count once, in one run as in two."""
    first, second, *_ = months(town)
    head, *rows = second.read_text("utf-8").splitlines(keepends=True)
    overlapping = tmp_path / "again.csv"
    overlapping.write_text(first.read_text("utf-8") + "".join(rows), encoding="utf-8")
    assert head == first.read_text("utf-8").splitlines(keepends=True)[0]
    once = auditing.audit([first, overlapping], tmp_path / "once", timezone=ZONE)
    auditing.audit(first, tmp_path / "twice", timezone=ZONE)
    twice = auditing.audit(overlapping, tmp_path / "twice", timezone=ZONE)
    (shared,) = twice.overlaps
    assert (shared.earlier, shared.later) == (1, 2)
    earlier, later = twice.sources
    (by_itself,) = auditing.audit([first, second], tmp_path / "by itself", timezone=ZONE).overlaps
    assert shared.shared == earlier.kept + by_itself.shared
    assert later.rows_in - later.quarantined == later.kept + later.duplicates
    assert twice.overlaps == once.overlaps
    assert twice.measures == once.measures


def test_every_row_is_accounted_for_across_runs(one_by_one):
    """In each source rows in = kept + duplicates + quarantined, and some were quarantined."""
    for source in one_by_one.sources:
        assert source.rows_in == source.kept + source.duplicates + source.quarantined
        assert source.quarantined


def test_another_time_zone_is_refused(a_case, town):
    """The records of one case are read by one clock; the case stays as it was."""
    before = everything(a_case)
    with pytest.raises(UsageError, match="time zone America/Los_Angeles, and none is asked for now"):
        auditing.audit(months(town)[2], a_case)
    assert everything(a_case) == before


@pytest.mark.parametrize("name", ["records/0001.parquet", "quarantine/0002.csv", "case.json", "origins.json"])
@pytest.mark.parametrize(
    "again",
    [lambda case, month: auditing.audit(month, case, timezone=ZONE), lambda case, _: auditing.rebuild(case)],
    ids=["audit", "report"],
)
def test_damage_is_never_carried_into_a_new_version(a_case, town, name, again):
    """A case whose records or accounts were changed takes no new version, which would have a clean manifest."""
    path = a_case / "current" / name
    path.write_bytes(path.read_bytes().replace(b"0", b"1", 1) if name.endswith("json") else b"other")
    before = everything(a_case)
    with pytest.raises(CaseError, match=name.replace(".", r"\.")):
        again(a_case, months(town)[2])
    assert everything(a_case) == before


def test_a_stray_file_is_never_carried_into_a_new_version(a_case):
    """A file among the records that no audit wrote is named, not adopted."""
    (a_case / "current" / "records" / "0009.parquet").write_bytes(b"x")
    with pytest.raises(CaseError, match=r"records/0009\.parquet: is not in the manifest"):
        auditing.rebuild(a_case)


def test_a_file_system_without_links_is_served_by_copies(a_case, monkeypatch):
    """Where files cannot be linked the records are copied, with the same bytes and modes."""

    def refuse(self, target):
        raise PermissionError(1, "Operation not permitted", str(self), None, str(target))

    before = everything(a_case / "current" / "quarantine")
    monkeypatch.setattr("pathlib.Path.hardlink_to", refuse)
    auditing.rebuild(a_case)
    assert auditing.verify(a_case) == []
    assert everything(a_case / "current" / "quarantine") == before


def test_the_case_inside_the_sources_is_not_read(tmp_path):
    """A case that lies in the folder of its own sources is not taken for one of them, now or later."""
    (tmp_path / "logs").mkdir()
    tiny(tmp_path / "logs" / "log.csv")
    for _ in range(2):
        case = auditing.audit(tmp_path / "logs", tmp_path / "logs" / "case")
    assert [source.name for source in case.sources] == ["logs/log.csv"]
    assert case.left_out == ("logs/case",)


def test_outputs_that_were_changed_are_made_again(a_case):
    """`report` mends an output, since outputs are made from the records alone."""
    before = hashes(a_case)
    flipped(a_case / "current" / "report.html")
    (a_case / "current" / "measures.csv").unlink()
    auditing.rebuild(a_case)
    assert hashes(a_case) == before


def test_a_copied_case_is_added_to_and_the_first_is_not(tmp_path, audited, town):
    """A copy of a case is a case of its own."""
    before = everything(audited)
    copy = copied(audited, tmp_path / "copy")
    assert len(auditing.audit(months(town)[2], copy, timezone=ZONE).sources) == 3
    assert everything(audited) == before


def test_rules_and_date_stay_where_none_are_given(tmp_path):
    """A file that is added later is judged by the rules and the date of the audit before."""
    auditing.audit(tiny(tmp_path / "1.csv"), tmp_path / "case", policy=["good-practice"], as_of="2025-07-01")
    case = auditing.audit(tiny(tmp_path / "2.csv", day=2), tmp_path / "case")
    assert case.findings
    assert b"2025-07-01" in (tmp_path / "case" / "current" / "findings.json").read_bytes()


def test_two_equal_files_are_one_whatever_they_are_called(tmp_path):
    """An exclamation mark in a name says nothing of an archive."""
    case = auditing.audit([tiny(tmp_path / "a.csv"), tiny(tmp_path / "b!c.csv")], tmp_path / "case")
    assert len(case.sources) == 1
    assert len(case.repeated) == 1


def test_a_file_that_a_file_manager_leaves_is_no_harm(a_case):
    """A stray file beside the versions neither stops a run nor is removed."""
    stray = a_case / "versions" / ".DS_Store"
    stray.touch()
    auditing.rebuild(a_case)
    assert stray.exists()


def test_what_is_no_table_is_named_in_the_outputs(tmp_path):
    """A reader of the report is told of the files that were not read."""
    folder = tmp_path / "release"
    folder.mkdir()
    tiny(folder / "1.csv")
    (folder / "letter.pdf").write_bytes(b"%PDF-1.4")
    auditing.audit(folder, tmp_path / "case")
    for name in ("report.html", "findings.json"):
        assert b"letter.pdf" in (tmp_path / "case" / "current" / name).read_bytes()
