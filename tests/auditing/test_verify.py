"""`verify` names every way in which a case and its sources differ from its manifest, and nothing else."""

import json
import shutil

import pytest

from answerable import auditing
from answerable.errors import CaseError, InputError
from cases import flipped, hashes, manifest, months, tiny


def said(case, *sources) -> list[str]:
    """Verify a case, and give what differs as sentences."""
    return [str(one) for one in auditing.verify(case, sources)]


def test_a_clean_case_has_no_difference(audited):
    """A case that nobody touched is as its manifest says."""
    assert said(audited) == []


def test_the_manifest_names_every_file(audited):
    """Each file of the version stands in the manifest with its hash and size, and nothing else does."""
    files = manifest(audited)["files"]
    there = hashes(audited)
    del there["MANIFEST.json"]
    assert {name: entry["sha256"] for name, entry in files.items()} == there
    assert all((audited / "current" / name).stat().st_size == entry["size"] for name, entry in files.items())


@pytest.mark.parametrize(
    "name",
    [
        "records/0002.parquet",
        "quarantine/0001.csv",
        "report.html",
        "findings.json",
        "findings.xlsx",
        "measures.csv",
        "results.json",
    ],
)
def test_a_changed_byte_is_named(a_case, name):
    """One byte changed in a file is found, by the file's name and both hashes."""
    flipped(a_case / "current" / name)
    actual, listed = hashes(a_case)[name], manifest(a_case)["files"][name]["sha256"]
    assert said(a_case) == [f"{name}: has SHA-256 {actual[:16]}…; the manifest says {listed[:16]}…"]


def test_a_file_that_grew_is_named(a_case):
    """A file with a byte too many is found, with both sizes."""
    with (a_case / "current" / "measures.csv").open("ab") as file:
        file.write(b"\n")
    size = manifest(a_case)["files"]["measures.csv"]["size"]
    assert said(a_case) == [f"measures.csv: has {size + 1:,} bytes; the manifest says {size:,}"]


def test_a_missing_file_is_named(a_case):
    """A file that is gone is found."""
    (a_case / "current" / "records" / "0001.parquet").unlink()
    assert said(a_case) == ["records/0001.parquet: is missing"]


def test_an_extra_file_is_named(a_case):
    """A file that no audit wrote is found, in whatever folder; so is a link that leads nowhere."""
    (a_case / "current" / "records" / "0009.parquet").write_bytes(b"x")
    (a_case / "current" / "note.txt").symlink_to("nowhere")
    assert said(a_case) == [
        "note.txt: is not in the manifest",
        "records/0009.parquet: is not in the manifest",
    ]


def test_a_file_that_cannot_be_read_is_named(a_case):
    """Where a file has become something that cannot be read, that is said of it."""
    path = a_case / "current" / "report.html"
    path.unlink()
    path.symlink_to(path.name)  # a link to itself
    assert said(a_case) == ["report.html: cannot be read (Too many levels of symbolic links)"]


def test_every_difference_is_named_at_once(a_case):
    """Several differences are all told in one go."""
    flipped(a_case / "current" / "report.html")
    (a_case / "current" / "measures.csv").unlink()
    (a_case / "current" / "extra.csv").write_text("x", encoding="utf-8")
    (a_case / "key").chmod(0o640)
    assert [line.partition(":")[0] for line in said(a_case)] == [
        "extra.csv",
        "measures.csv",
        "report.html",
        "key",
    ]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_key_that_others_can_read_is_named(a_case, mode):
    """The key is for its owner alone."""
    (a_case / "key").chmod(mode)
    assert said(a_case) == ["key: the case's key can be read by others"]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda key: key.unlink(), "cannot be read (No such file or directory)"),
        (lambda key: key.write_bytes(b"short"), "has 5 bytes"),
    ],
)
def test_a_key_that_is_gone_or_cut_is_named(a_case, change, what):
    """Without its key a case cannot be added to, so that is said."""
    change(a_case / "key")
    assert said(a_case) == [f"key: the case's key {what}"]


@pytest.fixture
def moved(tmp_path):
    """A case of one file, with its source."""
    log = tiny(tmp_path / "log.csv")
    auditing.audit(log, tmp_path / "case")
    return tmp_path


def test_a_changed_source_is_named(moved):
    """A source whose bytes changed is found by its hash, though its size is the same."""
    flipped(moved / "log.csv")
    (line,) = said(moved / "case")
    assert line.startswith("log.csv: the source has SHA-256 ")
    assert "; the case was made from " in line


def test_a_missing_source_is_named(moved):
    """A source that is no longer where it was read from is named with that place and what to do."""
    (moved / "log.csv").unlink()
    place = moved / "log.csv"
    assert said(moved / "case") == [
        f"log.csv: the source is no longer at {place}; say where it is with --sources"
    ]


def test_a_source_is_found_elsewhere(moved):
    """A source that was moved is found where --sources says, in a folder below it or by its own name."""
    (moved / "archive" / "2025").mkdir(parents=True)
    shutil.move(moved / "log.csv", moved / "archive" / "2025")
    assert said(moved / "case", moved / "archive") == []
    assert said(moved / "case", moved / "archive" / "2025" / "log.csv") == []


def test_one_of_several_files_of_a_name_may_be_the_source(moved):
    """Where several files have a source's name, it is enough that one is the source."""
    for name in ("a", "b", "c"):
        (moved / "archive" / name).mkdir(parents=True)
        tiny(moved / "archive" / name / "log.csv", day=2)
    (moved / "log.csv").replace(moved / "archive" / "b" / "log.csv")
    assert said(moved / "case", moved / "archive") == []


def test_a_changed_source_elsewhere_is_named(moved):
    """What lies where --sources says is held to account, even where the first place still has the source."""
    (moved / "archive").mkdir()
    tiny(moved / "archive" / "log.csv", day=2)
    (line,) = said(moved / "case", moved / "archive")
    assert line.startswith("log.csv: the source has SHA-256 ")


def test_sources_that_are_nowhere_are_an_error(moved):
    """A path after --sources where nothing is would otherwise pass for a search that found nothing."""
    with pytest.raises(InputError, match="there is no such file or folder"):
        auditing.verify(moved / "case", [moved / "archive"])


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"7",
        b'"files"',
        b"{}",
        b'{"format": "1", "files": {}}',
        b'{"format": 1}',
        b'{"format": 1, "files": []}',
        b'{"format": 1, "files": {"case.json": 7}}',
        b'{"format": 1, "files": {"case.json": {"sha256": 7, "size": "x"}}}',
        b"\xff\xfe{",
        b"[" * 100_000,
    ],
)
def test_a_damaged_manifest_is_a_case_error(a_case, text):
    """A manifest that is not one is said to be damaged, by every way in, and no traceback is shown."""
    (a_case / "current" / "MANIFEST.json").write_bytes(text)
    for way_in in (auditing.verify, auditing.open_case, auditing.rebuild):
        with pytest.raises(CaseError, match="the case's manifest is damaged"):
            way_in(a_case)


def test_a_missing_manifest_is_no_missing_case(a_case, town):
    """A case whose manifest is gone is damaged; it is never taken for an empty folder and cleared."""
    (a_case / "current" / "MANIFEST.json").unlink()
    before = sorted((a_case / "current").rglob("*"))
    for way_in in (auditing.verify, auditing.open_case, lambda case: auditing.audit(months(town)[2], case)):
        with pytest.raises(CaseError, match="the case's manifest cannot be read"):
            way_in(a_case)
    assert sorted((a_case / "current").rglob("*")) == before


def test_a_later_format_is_not_guessed_at(a_case):
    """A case of a later version is left alone, whatever else its manifest holds."""
    (a_case / "current" / "MANIFEST.json").write_text('{"format": 2, "parts": []}', encoding="utf-8")
    with pytest.raises(CaseError, match="made by a later version"):
        auditing.verify(a_case)


@pytest.mark.parametrize("text", [b"", b"[]", b'{"sources": 7}', b"\xff", b"[" * 100_000])
def test_a_damaged_account_is_named(a_case, text):
    """Where the accounts cannot be read, `verify` names the file and says what it could not do."""
    (a_case / "current" / "case.json").write_bytes(text)
    first, last = said(a_case)
    assert first.startswith("case.json: has ")
    assert last == "case.json: cannot be read, so no source was held against it"
    with pytest.raises(CaseError, match="the case's own file is damaged"):
        auditing.open_case(a_case)


@pytest.mark.parametrize(
    "text", [b"", b"[]", b'{"order": ["x"], "measured": {}, "not_measurable": {}, "findings": []}']
)
def test_damaged_results_are_a_case_error(a_case, text):
    """Results that cannot be read are said to be so, with what makes them again."""
    (a_case / "current" / "results.json").write_bytes(text)
    with pytest.raises(CaseError, match="Run `answerable report`"):
        _ = auditing.open_case(a_case).measures


def test_damaged_places_are_named(a_case):
    """Where the places of the sources cannot be read, each source is said to be wanting."""
    (a_case / "current" / "origins.json").write_text(json.dumps([1]), encoding="utf-8")
    lines = said(a_case)
    assert lines[0].startswith("origins.json: has ")
    assert len(lines) == 3
    assert all("say where it is with --sources" in line for line in lines[1:])


def test_a_case_copied_without_its_links_is_told(a_case):
    """A copy in which the link became a folder is whole, but takes no new version until the link is back."""
    version = (a_case / "current").resolve()
    (a_case / "current").unlink()
    shutil.copytree(version, a_case / "current")
    (line,) = said(a_case)
    assert line.startswith("current: `current` is not a link to a version")
    with pytest.raises(CaseError, match=r"ln -s versions/N current"):
        auditing.rebuild(a_case)
    shutil.rmtree(a_case / "current")
    (a_case / "current").symlink_to("versions/1")
    assert said(a_case) == []
