"""The same input, key and version give the same bytes; a report needs no sources."""

import shutil

import pytest

from answerable import auditing
from answerable.errors import CaseError
from cases import OUTPUTS, ZONE, copied, everything, hashes, months


def audit(sources, folder, key=None):
    """Audit two months; with a key of one's own the case's folder holds it beforehand."""
    if key:
        folder.mkdir(parents=True)
        shutil.copy2(key, folder / "key")
    return auditing.audit(sources, folder, policy=["us-ca"], timezone=ZONE)


@pytest.fixture(scope="module")
def again(tmp_path_factory, town, audited):
    """A second case made from the same files with the same key."""
    folder = tmp_path_factory.mktemp("again") / "case"
    audit(months(town)[:2], folder, key=audited / "key")
    return folder


def test_the_same_input_and_key_give_the_same_bytes(audited, again):
    """Two audits of the same files with the same key are the same in every file, the manifest included."""
    assert hashes(again) == hashes(audited)
    assert set(hashes(again)) >= {*OUTPUTS, "records/0001.parquet", "records/0002.parquet", "case.json"}


def test_where_the_sources_lie_changes_no_result(tmp_path, town, audited):
    """Sources in another folder change what is remembered of their place, and nothing else."""
    (tmp_path / "elsewhere").mkdir()
    moved = [shutil.copy(month, tmp_path / "elsewhere") for month in months(town)[:2]]
    audit(moved, tmp_path / "case", key=audited / "key")
    before, after = hashes(audited), hashes(tmp_path / "case")
    assert {name for name in before if before[name] != after[name]} == {"origins.json", "MANIFEST.json"}


def test_another_key_changes_the_records_and_no_output(tmp_path, town, audited):
    """No output depends on the key: nothing that is published holds a pseudonym."""
    audit(months(town)[:2], tmp_path / "case")
    before, after = hashes(audited), hashes(tmp_path / "case")
    assert (tmp_path / "case" / "key").read_bytes() != (audited / "key").read_bytes()
    assert before["records/0001.parquet"] != after["records/0001.parquet"]
    assert {name: after[name] for name in (*OUTPUTS, "case.json")} == {
        name: before[name] for name in (*OUTPUTS, "case.json")
    }


def test_a_report_is_made_again_without_the_sources(tmp_path, town, monkeypatch):
    """With its sources gone, a case is measured again and gives the same bytes, from any folder."""
    shutil.copytree(town, tmp_path / "town")
    audit(months(tmp_path / "town")[:2], tmp_path / "case")
    before = hashes(tmp_path / "case")
    shutil.rmtree(tmp_path / "town")
    (tmp_path / "away").mkdir()
    monkeypatch.chdir(tmp_path / "away")
    rebuilt = auditing.rebuild("../case")
    assert hashes(tmp_path / "case") == before
    assert rebuilt.notices == ()
    assert sorted(path.name for path in (tmp_path / "case" / "versions").iterdir()) == ["2"]


def test_a_report_with_other_rules_keeps_the_records(a_case):
    """`report` with another pack gives other findings of the same measures and records."""
    before = auditing.open_case(a_case)
    packs = {one.pack for one in before.findings}
    records = hashes(a_case)["records/0001.parquet"]
    measures = dict(before.measures)
    case = auditing.rebuild(a_case, policy=["good-practice"])
    assert {one.pack for one in case.findings} == {"good-practice"} != packs
    assert case.settings.policies == ("good-practice",)
    assert dict(case.measures) == measures
    assert hashes(a_case)["records/0001.parquet"] == records


def test_a_moved_case_gives_the_same_records_and_measures(tmp_path, audited):
    """A case may be renamed and moved; its records and measures stay as they were."""
    moved = copied(audited, tmp_path / "under" / "another name [1] *")
    auditing.rebuild(moved)
    before, after = hashes(audited), hashes(moved)
    assert {name for name in before if before[name] != after[name]} <= {
        "MANIFEST.json",
        "report.html",
        "findings.json",
        "findings.xlsx",
    }
    assert auditing.verify(moved) == []


def test_a_report_of_no_case_makes_none(tmp_path):
    """`report` on a folder that is no case says so and makes nothing."""
    with pytest.raises(CaseError, match="there is no case here"):
        auditing.rebuild(tmp_path / "nowhere")
    assert everything(tmp_path) == {}
    assert not (tmp_path / "nowhere").exists()
