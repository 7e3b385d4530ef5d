"""A case's folder: what may become one, who may change it, and that a failure leaves no trace."""

import errno
import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from answerable import auditing
from answerable.auditing import run
from answerable.case import CaseFolder
from answerable.errors import AnswerableError, CaseError, ClockError, LayoutError, StorageError
from cases import ZONE, everything, months, tiny

# Audits under a limit on the size of any file that is written, as on a disk that fills up.
LIMITED = """
import resource, signal, sys
from answerable.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
main()
"""


@pytest.fixture
def log(tmp_path) -> Path:
    """A log of two searches."""
    return tiny(tmp_path / "log.csv")


def test_a_case_is_made_with_its_parents(tmp_path, log):
    """The case's folder is made, and the folders above it."""
    case = auditing.audit(log, tmp_path / "a" / "b" / "case")
    assert case.report.is_file()
    assert (case.path / "key").stat().st_mode & 0o777 == 0o600


def test_a_second_run_is_refused(a_case):
    """While one run uses a case, another is refused and changes nothing."""
    before = everything(a_case)
    with (a_case / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(CaseError, match="another run is using this case"):
            auditing.rebuild(a_case)
    assert everything(a_case) == before


def test_a_second_run_is_refused_before_it_reads(tmp_path, log):
    """A case is held from the start, so that nothing read of it is out of date when it is written."""
    taken = []

    def meddle(what, _step, _of):
        if what.startswith("Opening"):
            with pytest.raises(CaseError, match="another run is using this case"):
                auditing.audit(log, tmp_path / "case")
            taken.append(what)

    auditing.audit(log, tmp_path / "case", progress=meddle)
    assert taken


def test_a_lock_that_was_removed_meanwhile_locks_nobody_out(tmp_path, monkeypatch):
    """A run that got hold of a lock file just as another removed it takes the new one instead."""
    folder, real, tries = CaseFolder(tmp_path / "case"), fcntl.flock, []

    def flock(file, how):
        real(file, how)
        tries.append(os.fstat(file.fileno()).st_ino)
        if len(tries) == 1:
            folder.lock_path.unlink()

    monkeypatch.setattr(fcntl, "flock", flock)
    with folder.change() as draft:
        assert folder.lock_path.stat().st_ino == tries[-1]
        draft.write_state(run.State())
    assert len(tries) == 2


@pytest.mark.parametrize("name", ["notes.txt", "versions/mine.txt", "current", ".hidden"])
def test_a_folder_with_other_files_is_refused(tmp_path, log, name):
    """A folder that holds anything else is no place for a case, even under a name that a case uses."""
    path = tmp_path / "folder" / name
    path.parent.mkdir(parents=True)
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(CaseError, match="the folder holds other files") as caught:
        auditing.audit(log, tmp_path / "folder")
    assert Path(name).parts[0] in caught.value.what
    assert everything(tmp_path / "folder") == {name: (path.stat().st_mode, b"mine")}


@pytest.mark.parametrize("below", ["", "case", "a/case"])
def test_a_file_is_no_case(log, below):
    """A file, or a folder said to be inside one, is refused; the file stays."""
    with pytest.raises(CaseError, match="this is not a folder"):
        auditing.audit(log, log / below)
    assert log.read_text("utf-8").startswith("Reason")


def test_an_empty_folder_becomes_a_case(tmp_path, log):
    """An empty folder that is there already may be named; it is not removed by a failure."""
    (tmp_path / "case").mkdir()
    with pytest.raises(AnswerableError):
        auditing.audit(tmp_path / "nowhere.csv", tmp_path / "case")
    assert list((tmp_path / "case").iterdir()) == []
    assert auditing.verify(auditing.audit(log, tmp_path / "case").path) == []


def unknown_header(path: Path) -> Path:
    """Write a table that no layout fits."""
    path.write_text("who,what\na,b\n", encoding="utf-8")
    return path


def no_times(path: Path) -> Path:
    """Write a table whose header fits and whose times are none: it fails once reading has begun."""
    path.write_text("Reason,DateTime\nburglary,yes\ntheft,no\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(("write", "error"), [(unknown_header, LayoutError), (no_times, ClockError)])
def test_a_bad_input_leaves_no_case(tmp_path, write, error):
    """A file that cannot be read as records leaves neither a case nor the folders made for one."""
    bad = write(tmp_path / "bad.csv")
    with pytest.raises(error):
        auditing.audit(bad, tmp_path / "a" / "case")
    assert [path.name for path in tmp_path.iterdir()] == ["bad.csv"]


@pytest.mark.parametrize(("write", "error"), [(unknown_header, LayoutError), (no_times, ClockError)])
def test_a_bad_input_leaves_the_case_as_it_was(tmp_path, a_case, write, error):
    """A file that cannot be read as records changes nothing in a case that it was to be added to."""
    before = everything(a_case)
    with pytest.raises(error):
        auditing.audit(write(tmp_path / "bad.csv"), a_case, timezone=ZONE)
    assert everything(a_case) == before
    assert auditing.rebuild(a_case).notices == ()  # nothing was left to be swept away


def test_a_key_that_was_put_there_survives_a_failure(tmp_path, audited):
    """A key that the user laid in a new case's folder is never removed."""
    (tmp_path / "case").mkdir()
    key = (audited / "key").read_bytes()
    (tmp_path / "case" / "key").write_bytes(key)
    (tmp_path / "case" / "key").chmod(0o600)
    with pytest.raises(ClockError):
        auditing.audit(no_times(tmp_path / "bad.csv"), tmp_path / "case")
    assert everything(tmp_path / "case") == {"key": (0o100600, key)}


def test_a_key_that_others_can_read_is_not_used(a_case, town):
    """A case whose key is open to others takes no files until that is mended, and nothing stray is left."""
    (a_case / "key").chmod(0o644)
    before = everything(a_case)
    with pytest.raises(CaseError, match="can be read by others"):
        auditing.audit(months(town)[2], a_case, timezone=ZONE)
    assert everything(a_case) == before


def test_a_missing_key_is_not_made_anew(a_case, town):
    """A case without its key takes no files: a second key would part its records from the new ones."""
    (a_case / "key").unlink()
    with pytest.raises(CaseError, match="the case's key cannot be read"):
        auditing.audit(months(town)[2], a_case, timezone=ZONE)
    assert not (a_case / "key").exists()


@pytest.mark.parametrize(
    "step",
    [
        "answerable.case.write_manifest",
        "answerable.auditing.run.take_in",
        "answerable.auditing.answering.write_outputs",
        "pathlib.Path.symlink_to",
    ],
)
@pytest.mark.parametrize("raised", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_at_any_step_leaves_the_case_as_it_was(a_case, town, monkeypatch, step, raised):
    """A full disk or Ctrl-C at any step leaves the case's bytes as they were, and nothing beside them."""

    def fail(*_args, **_named):
        raise raised

    before = everything(a_case)
    monkeypatch.setattr(step, fail)
    with pytest.raises((StorageError, KeyboardInterrupt)):
        auditing.audit(months(town)[2], a_case, timezone=ZONE)
    assert everything(a_case) == before
    assert sorted(entry.name for entry in (a_case / "versions").iterdir()) == ["1"]


def test_a_failure_after_the_last_step_keeps_the_new_version(a_case, monkeypatch):
    """Ctrl-C once the new version counts does not take it away."""

    def fail(path):
        if path == a_case:
            raise KeyboardInterrupt

    monkeypatch.setattr("answerable.case.sync", fail)
    with pytest.raises(KeyboardInterrupt):
        auditing.rebuild(a_case)
    assert (a_case / "current").readlink() == Path("versions/2")
    assert auditing.verify(a_case) == []


def test_a_full_disk_says_what_and_where(a_case, monkeypatch):
    """A full disk is told in words, with the case's name and what to do."""

    def fail(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("answerable.auditing.answering.write_outputs", fail)
    with pytest.raises(StorageError) as caught:
        auditing.rebuild(a_case)
    assert str(caught.value) == (
        f"{a_case}: no space left on device\nWhat to do: Make room on the disk, then run the command again; "
        "a case that was to be changed is as it was."
    )


@pytest.mark.parametrize("most", [20, 600, 5_000, 20_000, 100_000])
def test_a_disk_that_fills_up_ends_with_3(a_case, town, most):
    """Whichever file it is that no longer fits, the command ends with 3 and one message; the case is as it was."""
    before = everything(a_case)
    command = [sys.executable, "-c", LIMITED, str(most), "audit", months(town)[2], "--case", a_case]
    ran = subprocess.run([*command, "--timezone", ZONE], capture_output=True, text=True, check=False)
    assert ran.returncode == 3, ran.stderr
    assert ran.stderr.startswith("answerable: ")
    assert "What to do: Make room" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert everything(a_case) == before


@pytest.mark.parametrize("step", ["mkdir", "open"])
def test_a_place_that_cannot_be_written_is_told(tmp_path, log, monkeypatch, step):
    """Where the folder cannot be made, or not written to, that is said with the place and what to do."""
    real = getattr(Path, step)

    def refuse(self, *args, **named):
        if self.name in {"case", ".lock"}:
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return real(self, *args, **named)

    monkeypatch.setattr(Path, step, refuse)
    with pytest.raises(StorageError, match="permission denied\nWhat to do: Mend the permissions") as caught:
        auditing.audit(log, tmp_path / "case")
    assert str(tmp_path / "case") in caught.value.where
    assert caught.value.exit_code == 3


@pytest.mark.skipif(
    not Path("/proc/self").is_dir(), reason="needs a file system in which no one can make a folder"
)
def test_a_file_system_that_takes_no_folder_is_told(log):
    """Nobody, not even root, can make a folder there; that is one clear error."""
    with pytest.raises(StorageError):
        auditing.audit(log, "/proc/answerable-case")


def test_the_state_is_read_back_as_written(audited):
    """What a case knows of its sources survives the disk."""
    case = auditing.open_case(audited)
    raw = json.loads((audited / "current" / "case.json").read_bytes())
    assert [source.sha256 for source in case.sources] == [one["sha256"] for one in raw["sources"]]
    assert case.settings.timezone == ZONE
    assert case.settings.policies == ("us-ca",)
