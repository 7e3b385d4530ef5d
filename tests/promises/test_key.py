"""The key stays in its file: no other file, output, message, argument or environment holds it."""

import os
import shutil
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from answerable.intake.kinds import Role
from answerable.programmes import PROGRAMMES
from promises.conftest import AUDIT
from promises.seeking import COMMAND, anywhere, command_here, files, found

PRIVATE = {"key", "quarantine", "set-aside"}
PROC = Path("/proc/self/environ")
COLUMNS = sorted(
    field.name
    for programme in PROGRAMMES
    for kind in programme.kinds
    for field in kind.fields
    if field.role is Role.IDENTIFIER
)


def tokens_of(case):
    """Give the key as it is, and as the two blocks that HMAC pads it to: either is as good as the key."""
    key = (case / "key").read_bytes()
    assert len(key) == 32
    return [key, *(bytes(byte ^ pad for byte in key) for pad in (0x36, 0x5C))]


def values(case):
    """Give a case's pseudonyms in the order of its records, and all that is not one."""
    tables = [pq.read_table(path) for path in sorted((case / "current" / "records").glob("*.parquet"))]
    names = [
        table.select([name for name in COLUMNS if name in table.column_names]).to_pydict() for table in tables
    ]
    others = [[name for name in table.column_names if name not in COLUMNS] for table in tables]
    return names, [table.select(kept).to_pydict() for table, kept in zip(tables, others, strict=True)]


class Watch:
    """Reads, as long as a process runs, what any user of the machine may learn of it and its children."""

    def __init__(self, arguments, **options):
        self.seen = set()
        self.process = subprocess.Popen(
            arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options
        )
        self.thread = threading.Thread(target=self._look)
        self.thread.start()

    def _look(self):
        while self.process.poll() is None:
            for number in self._family(self.process.pid):
                for name in ("cmdline", "environ"):
                    try:
                        self.seen.add(Path("/proc", str(number), name).read_bytes())
                    except OSError:
                        continue  # it has ended since
            threading.Event().wait(0.02)

    def _family(self, parent):
        try:
            children = Path("/proc", str(parent), "task", str(parent), "children").read_text().split()
        except OSError:
            children = []
        return [parent, *(each for child in children for each in self._family(int(child)))]

    def ended(self):
        """Wait for the end and give the exit code."""
        self.thread.join()
        return self.process.returncode


def test_the_search_finds_a_key_in_each_writing(audited):
    """The key is found in its own file and wherever it would be written, so the tests below can fail."""
    key = tokens_of(audited.case)[0]
    assert anywhere([audited.case / "key"], [key])
    sql = "".join(f"\\x{byte:02X}" for byte in key).encode()
    for written in (key, key.hex().encode(), key.hex().upper().encode(), sql):
        assert found("x", b"SET " + written + b";", [key])
    assert not found("x", b"SET " + key[:-1] + b";", [key])


def test_the_key_is_in_no_other_file_and_in_no_message(audited):
    """Not in the records, the quarantine, the state, the manifest, the outputs, nor in what the audit printed."""
    key = tokens_of(audited.case)
    assert anywhere([path for path in files(audited.case) if path.name != "key"], key) == []
    assert found("printed", audited.said["audit"].both, key) == []


def test_what_names_people_is_readable_by_its_owner_alone(audited, tmp_path):
    """The key and the rows that were set aside have mode 0600, and keep it when the report is made anew."""
    case = shutil.copytree(audited.case, tmp_path / "case", symlinks=True)
    assert command_here("report", case).code == 0
    private = [path for path in files(case) if {path.name, path.parent.name} & PRIVATE]
    assert {name for path in private for name in (path.name, path.parent.name)} >= PRIVATE
    assert {str(path): stat.S_IMODE(path.stat().st_mode) for path in private} == dict.fromkeys(
        map(str, private), 0o600
    )


def test_a_wide_umask_changes_nothing(audited, tmp_path):
    """Modes are set when files are made, not left to the user's settings."""
    before = os.umask(0)
    try:
        assert command_here("audit", audited.logs, "--case", tmp_path / "case", *AUDIT).code == 0
    finally:
        os.umask(before)
    private = [path for path in files(tmp_path / "case") if {path.name, path.parent.name} & PRIVATE]
    assert {stat.S_IMODE(path.stat().st_mode) for path in private} == {0o600}


@pytest.mark.parametrize("spoilt", ["readable by all", "cut", "gone"])
def test_a_message_about_the_key_does_not_show_it(audited, tmp_path, spoilt):
    """What is wrong with a key is said without a byte of it."""
    case = shutil.copytree(audited.case, tmp_path / "case", symlinks=True)
    key = tokens_of(case)
    if spoilt == "readable by all":
        (case / "key").chmod(0o644)
    elif spoilt == "cut":
        (case / "key").write_bytes(key[0][:20])
        key = [one[:20] for one in key]
    else:
        (case / "key").unlink()
    (tmp_path / "more.csv").write_text("Reason,DateTime\ntheft,2025-06-18 00:02:04\n")
    said = [
        command_here("verify", case),
        command_here("audit", tmp_path / "more.csv", "--case", case, "--timezone", "America/Los_Angeles"),
    ]
    assert [one.code for one in said] == [4, 4]
    assert all(b"key" in one.both for one in said)
    assert found("printed", b"".join(one.both for one in said), key) == []


@pytest.mark.skipif(not PROC.exists(), reason="the system does not show processes as files")
def test_no_process_carries_the_key(audited, tmp_path):
    """Neither an argument nor the environment of the audit, or of a process that it starts, holds the key."""
    watch = Watch([*COMMAND, "audit", str(audited.logs), "--case", str(tmp_path / "case"), "--quiet"])
    assert watch.ended() == 0
    assert any(b"audit" in one for one in watch.seen)
    assert found("seen", b"\n".join(watch.seen), tokens_of(tmp_path / "case")) == []


@pytest.mark.skipif(not PROC.exists(), reason="the system does not show processes as files")
def test_the_watch_sees_arguments_and_environments():
    """A token in a process's argument, or in its child's environment, is seen, so the test above can fail."""
    child = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(1)'], env={'A': 'in-it'})"
    watch = Watch([sys.executable, "-c", child, "as-argument"])
    assert watch.ended() == 0
    assert found("seen", b"\n".join(watch.seen), [b"in-it"])
    assert found("seen", b"\n".join(watch.seen), [b"as-argument"])


def test_two_cases_of_the_same_files_share_no_pseudonym(audited, tmp_path):
    """Each case has a key of its own, so that two publications of one log cannot be joined on it."""
    assert command_here("audit", audited.logs, "--case", tmp_path / "case", *AUDIT).code == 0
    (first, first_rest), (second, second_rest) = values(audited.case), values(tmp_path / "case")
    assert first_rest == second_rest
    for name in ("user_name", "plate", "case_number"):
        here, there = ([cell for table in tables for cell in table[name]] for tables in (first, second))
        assert [cell is None for cell in here] == [cell is None for cell in there]
        assert {cell for cell in here if cell is not None}
        assert not {cell for cell in here if cell is not None} & set(there)
    assert tokens_of(audited.case)[0] != tokens_of(tmp_path / "case")[0]
