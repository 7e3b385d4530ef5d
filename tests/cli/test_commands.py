"""The commands: their exit codes, what they print, and the same as JSON."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from answerable import auditing
from answerable.estimate import Status
from cases import OUTPUTS, ZONE, flipped, months, tiny

RUN = (sys.executable, "-m", "answerable")


def test_an_audit_ends_in_one_line_that_says_what_was_made(answerable, town, tmp_path):
    """An audit prints each source's account and ends with the report's place."""
    ran = answerable("audit", months(town)[0], "--case", tmp_path / "case", "--timezone", ZONE)
    assert (ran.code, ran.err) == (0, "")
    case = auditing.open_case(tmp_path / "case")
    (source,) = case.sources
    assert ran.out.splitlines()[0] == (
        f"{source.name}: {source.rows_in} rows in = {source.kept} kept + 0 duplicates + {source.quarantined} quarantined"
    )
    assert ran.out.splitlines()[-1] == f"Report: {case.report}"
    assert all((case.folder.current / name).is_file() for name in OUTPUTS)


def test_a_breach_ends_with_1_only_when_asked(answerable, a_case):
    """--fail-on breached ends with 1 where a clause is breached; without it the command ends with 0."""
    assert answerable("report", a_case, "--policy", "good-practice").code == 0
    assert any(one.status is Status.BREACHED for one in auditing.open_case(a_case).findings)
    assert answerable("report", a_case).code == 0
    assert answerable("report", a_case, "--fail-on", "breached").code == 1
    assert answerable("report", a_case, "--fail-on", "not shown").code == 1


def test_what_is_not_shown_ends_with_1_only_when_asked(answerable, tmp_path):
    """Where nothing is breached but something is not shown, only --fail-on 'not shown' ends with 1."""
    log = tiny(tmp_path / "log.csv")
    asked = ("audit", log, "--case", tmp_path / "case", "--policy", "us-ca")
    assert answerable(*asked, "--fail-on", "breached").code == 0
    tally = auditing.open_case(tmp_path / "case").tally()
    assert tally[Status.NOT_SHOWN]
    assert not tally[Status.BREACHED]
    assert answerable(*asked, "--fail-on", "not shown").code == 1


def test_a_measure_without_rules_never_ends_with_1(answerable, tmp_path):
    """Without a policy there are no findings, so --fail-on has nothing to find."""
    log = tiny(tmp_path / "log.csv")
    ran = answerable("audit", log, "--case", tmp_path / "case", "--fail-on", "not shown")
    assert ran.code == 0
    assert "Findings:" not in ran.out


def test_verify_ends_with_0_or_4(answerable, a_case):
    """A clean case ends with 0 and one line; a difference ends with 4, named first and counted last."""
    ran = answerable("verify", a_case)
    assert ran.code == 0
    assert ran.out == f"{a_case}: every source, record file and output is as the manifest says (2 sources).\n"
    flipped(a_case / "current" / "report.html")
    (a_case / "current" / "measures.csv").unlink()
    ran = answerable("verify", a_case)
    assert ran.code == 4
    first, second, last = ran.out.splitlines()
    assert first == "measures.csv: is missing"
    assert second.startswith("report.html: has SHA-256 ")
    assert last == f"2 differences from the manifest of {a_case}."


def test_verify_looks_elsewhere(answerable, tmp_path):
    """--sources says where the sources lie now."""
    log = tiny(tmp_path / "log.csv")
    auditing.audit(log, tmp_path / "case")
    (tmp_path / "archive").mkdir()
    log.replace(tmp_path / "archive" / "log.csv")
    assert answerable("verify", tmp_path / "case").code == 4
    assert answerable("verify", tmp_path / "case", "--sources", tmp_path / "archive").code == 0
    ran = answerable("verify", tmp_path / "case", "--sources", tmp_path / "attic")
    assert ran.code == 3
    assert "attic: there is no such file or folder" in ran.err


@pytest.mark.parametrize("command", ["verify", "report"])
def test_a_damaged_case_ends_with_4(answerable, a_case, command):
    """A manifest that cannot be read is a damaged case."""
    (a_case / "current" / "MANIFEST.json").write_text("[]", encoding="utf-8")
    ran = answerable(command, a_case)
    assert ran.code == 4
    assert ran.err.startswith(
        f"answerable: {a_case / 'current' / 'MANIFEST.json'}: the case's manifest is damaged"
    )
    assert "What to do: Restore the case" in ran.err


def test_verify_names_damaged_accounts(answerable, a_case):
    """`verify` says what is wrong with a case whose accounts cannot be read, rather than to run `verify`."""
    (a_case / "current" / "case.json").write_text("{", encoding="utf-8")
    ran = answerable("verify", a_case)
    assert ran.code == 4
    assert ran.out.startswith("case.json: has 1 byte; the manifest says ")
    assert ran.err == ""


def test_a_case_in_use_ends_with_4(answerable, a_case):
    """A second run on a case in use is refused."""
    with (a_case / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        ran = answerable("report", a_case)
    assert ran.code == 4
    assert "another run is using this case" in ran.err


def every_command(a_case, town, tmp_path) -> dict[str, tuple]:
    """Give one call of every command that ends well."""
    return {
        "inspect": ("inspect", months(town)[0]),
        "audit": ("audit", months(town)[0], "--case", tmp_path / "new", "--timezone", ZONE),
        "report": ("report", a_case),
        "verify": ("verify", a_case),
        "simulate": ("simulate", tmp_path / "town", "--rows", "20"),
        "measures": ("measures",),
        "policies": ("policies",),
        "layouts": ("layouts",),
        "measures show": ("measures", "show", "searches.no_reason"),
        "policies show": ("policies", "show", "us-ca"),
        "layouts show": ("layouts", "show", "split-date"),
    }


def test_every_command_gives_json(answerable, a_case, town, tmp_path):
    """With --json each command prints one JSON value and nothing else."""
    for name, call in every_command(a_case, town, tmp_path).items():
        ran = answerable(*call, "--json")
        assert (ran.code, ran.err) == (0, ""), name
        assert ran.json, name


@pytest.mark.parametrize("name", ["audit", "report", "verify", "simulate"])
def test_quiet_prints_nothing(answerable, a_case, town, tmp_path, name):
    """With --quiet a command that ends well prints nothing."""
    ran = answerable(*every_command(a_case, town, tmp_path)[name], "--quiet")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_quiet_still_prints_what_differs(answerable, a_case):
    """--quiet hides no difference."""
    (a_case / "current" / "measures.csv").unlink()
    ran = answerable("verify", a_case, "--quiet")
    assert ran.code == 4
    assert "measures.csv: is missing" in ran.out


def test_json_says_what_differs(answerable, a_case):
    """The differences are a list of paths and words, and the exit code is the same."""
    (a_case / "current" / "measures.csv").unlink()
    ran = answerable("verify", a_case, "--json")
    assert ran.code == 4
    assert ran.json == {"case": str(a_case), "differences": [{"path": "measures.csv", "what": "is missing"}]}


def test_json_of_an_audit_says_what_was_made(answerable, a_case):
    """The accounts, the tally of findings and the report's place are there for scripts."""
    found = answerable("report", a_case, "--json").json
    assert Path(found["report"]).is_file()
    assert [source["number"] for source in found["sources"]] == [1, 2]
    assert sum(found["findings"].values()) == len(auditing.open_case(a_case).findings)


def test_an_audit_cut_off_is_told_on_the_command_line(answerable, a_case):
    """The notice of a run that was cut off comes first."""
    (a_case / "versions" / "2").mkdir()
    ran = answerable("report", a_case)
    assert ran.out.splitlines()[0] == (
        "An earlier run was cut off and the case is as it was before that run; what it left unfinished was removed."
    )


def test_ctrl_c_is_no_breach_and_leaves_no_case(tmp_path, town):
    """Ctrl-C ends with 130, never with the 1 of a breach or a traceback, and leaves nothing behind."""
    folder = tmp_path / "case"
    process = subprocess.Popen(
        [*RUN, "audit", town, "--case", folder], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    while not (folder / "versions" / "1").is_dir() and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    assert not folder.exists()


def test_a_closed_pipe_is_no_traceback():
    """`answerable measures | head -1` ends quietly when the reader goes away."""
    read, write = os.pipe()
    os.close(read)
    ran = subprocess.run([*RUN, "measures"], stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert "Traceback" not in ran.stderr


def test_help_has_an_example(answerable):
    """Each command's help ends with an example of its use, and the whole with the exit codes."""
    for name in ("inspect", "audit", "report", "verify", "simulate"):
        ran = answerable(name, "--help")
        assert ran.code == 0
        assert f"Example: answerable {name} " in ran.out
    assert "Exit codes: 0 done" in answerable("--help").out


def test_a_file_name_cannot_command_the_terminal(answerable, tmp_path):
    """Control characters and marks that turn the reading order are shown, not obeyed."""
    path = tmp_path / "log\x1b[31m\u202egnp.csv"
    path.write_text("Reason,DateTime\nburglary,2025-06-01 10:00:00\n", encoding="utf-8")
    for command in (("inspect", path), ("audit", path, "--case", tmp_path / "case")):
        ran = answerable(*command)
        assert ran.code == 0
        assert "\x1b" not in ran.out + ran.err
        assert "\u202e" not in ran.out + ran.err
        assert "log[U+001B][31m[U+202E]gnp.csv" in ran.out
    ran = answerable("audit", path, "--case", tmp_path / "case", "--json")
    assert "\x1b" not in ran.out
    assert json.loads(ran.out)["sources"][0]["name"].startswith("log\x1b[31m")
