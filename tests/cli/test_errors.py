"""Errors of the command line say what, where, what was expected and what to do; none is a traceback."""

from pathlib import Path

import pytest

from cases import ZONE, months, tiny

PACK = "id: own\ntitle: Own\nclauses: [\n"


@pytest.fixture
def log(tmp_path) -> Path:
    """A log of two searches."""
    return tiny(tmp_path / "log.csv")


def wrong(ran, code: int, *parts: str) -> None:
    """Hold an error against what every error has: its code, nothing on the output, three lines, and some words."""
    assert ran.code == code, ran.err
    assert ran.out == ""
    assert ran.err.startswith("answerable: ")
    for part in (*parts, "\nExpected: ", "\nWhat to do: "):
        assert part in ran.err, (part, ran.err)
    assert ran.err.rstrip("\n").count("\n") == 2, ran.err


def test_an_unknown_policy(answerable, log, tmp_path):
    """A policy that does not exist is a usage error, with the nearest one that does."""
    ran = answerable("audit", log, "--case", tmp_path / "case", "--policy", "us-cal")
    wrong(ran, 2, "no policy pack is called 'us-cal'", "Expected: 'us-ca'?", "`answerable policies`")
    assert not (tmp_path / "case").exists()


def test_a_policy_file_that_is_not_there(answerable, log, tmp_path):
    """A path of a pack where nothing is names that path."""
    ran = answerable("audit", log, "--case", tmp_path / "case", "--policy", tmp_path / "own.yaml")
    wrong(ran, 3, "own.yaml")


@pytest.mark.parametrize("text", [PACK, "", "[]", "id: own\n", "a: &x [*x, *x]\n", "\x00", "- " * 500])
def test_a_wrong_policy_file(answerable, log, tmp_path, text):
    """A file that is no pack is bad input, named with its line."""
    (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
    ran = answerable("audit", log, "--case", tmp_path / "case", "--policy", tmp_path / "own.yaml")
    wrong(ran, 3, "own.yaml")
    assert not (tmp_path / "case").exists()


def test_an_unknown_layout(answerable, log, tmp_path):
    """A layout that does not exist is a usage error, with the nearest one that does."""
    ran = answerable("audit", log, "--case", tmp_path / "case", "--layout", "reason-and-tim")
    wrong(ran, 2, "there is no layout 'reason-and-tim'", "Expected: reason-and-time?")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = [", "not a TOML file"),
        ("\ufeffkind = 7", "not a TOML file"),
        ("kind = 7", "kind is 7"),
        ("", "kind is ''"),
        ('kind = "search"\n', "no column fills 'searched_at'"),
        ('kind = "searches"\n', "kind is 'searches'"),
        ('kind = "search"\n[columns]\nsearch_at = ["x"]\n', "there is no field 'search_at'"),
        ('kind = "search"\n[columns]\nsearched_at = 7\n', "columns.searched_at is 7"),
        ('kind = "search"\ncolour = "red"\n', "unknown key 'colour'"),
        ('kind = "search"\n[columns]\nsearched_at = ["x"]\n[times]\norder = "YMD"\n', "times.order is 'YMD'"),
    ],
)
def test_a_wrong_layout_file(answerable, log, tmp_path, text, said):
    """A file that is no layout is bad input, named with what is wrong in it."""
    own = tmp_path / "own.toml"
    own.write_text(text, encoding="utf-8")
    ran = answerable("audit", log, "--case", tmp_path / "case", "--layout", own)
    wrong(ran, 3, "own.toml", said)


@pytest.mark.parametrize(
    "date", ["yesterday", "2026-13-01", "2026-02-30", "20260115", "2026-W03-4", "15/01/2026"]
)
def test_a_wrong_date(answerable, log, tmp_path, date):
    """A date in any other form than YYYY-MM-DD is a usage error, even one that Python would read."""
    ran = answerable("audit", log, "--case", tmp_path / "case", "--as-of", date)
    wrong(ran, 2, f"--as-of is {date!r}", "Expected: a date such as 2026-01-15")


def test_a_wrong_time_zone(answerable, log, tmp_path):
    """A time zone that does not exist is a usage error."""
    ran = answerable("audit", log, "--case", tmp_path / "case", "--timezone", "California")
    wrong(ran, 2, "there is no time zone 'California'", "America/Los_Angeles")


def test_another_time_zone(answerable, a_case, town):
    """A second time zone for one case is a usage error that names both."""
    ran = answerable("audit", months(town)[2], "--case", a_case, "--timezone", "America/Denver")
    wrong(ran, 2, str(a_case), ZONE, "America/Denver")


def test_a_missing_path(answerable, tmp_path):
    """A path where nothing is names it, for both commands that read files."""
    for command in (
        ("inspect", tmp_path / "gone.csv"),
        ("audit", tmp_path / "gone.csv", "--case", tmp_path / "c"),
    ):
        ran = answerable(*command)
        assert ran.code == 3
        assert (
            f"{tmp_path / 'gone.csv'}: there is no such file or folder\nWhat to do: Check the name."
            in ran.err
        )


def test_a_name_that_is_too_long(answerable, tmp_path):
    """A name that no disk takes is told in words."""
    ran = answerable("inspect", tmp_path / ("x" * 300 + ".csv"))
    assert ran.code == 3
    assert "file name too long\nWhat to do: Check the name" in ran.err


def test_a_file_that_may_not_be_read(answerable, log, tmp_path, monkeypatch):
    """A file without permission to read it is bad input (the answer is put in place: root may read anything)."""
    monkeypatch.setattr("os.access", lambda path, _how: Path(path) != log)
    wrong(answerable("audit", log, "--case", tmp_path / "case"), 3, "log.csv: there is no permission to read")


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that opens and cannot be read")
def test_a_file_that_fails_while_it_is_read(answerable, tmp_path):
    """A disk that fails in the middle of a file is told in words; nobody, not even root, can read this one."""
    (tmp_path / "log.csv").symlink_to("/proc/self/mem")
    ran = answerable("audit", tmp_path / "log.csv", "--case", tmp_path / "case")
    assert ran.code == 3
    assert "log.csv: the file cannot be read" in ran.err


@pytest.mark.parametrize("data", [b"", b"\n\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file(answerable, tmp_path, data):
    """A file without any row is bad input for both commands that read files."""
    (tmp_path / "empty.csv").write_bytes(data)
    for command in (
        ("inspect", tmp_path / "empty.csv"),
        ("audit", tmp_path / "empty.csv", "--case", tmp_path / "c"),
    ):
        wrong(answerable(*command), 3, "empty.csv: the file holds no rows")


def test_a_folder_without_tables(answerable, tmp_path):
    """A folder that holds no table is bad input for both commands that read files."""
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "letter.pdf").write_bytes(b"%PDF")
    for command in ("inspect", tmp_path / "logs"), ("audit", tmp_path / "logs", "--case", tmp_path / "c"):
        wrong(answerable(*command), 3, f"{tmp_path / 'logs'}: no table was found")


def test_a_file_of_another_type(answerable, tmp_path):
    """A file that is named and is no table is bad input."""
    (tmp_path / "letter.pdf").write_bytes(b"%PDF")
    wrong(answerable("inspect", tmp_path / "letter.pdf"), 3, "letter.pdf: files of type .pdf are not read")


def test_a_name_that_is_not_text(answerable, tmp_path):
    """A file whose name is not UTF-8 is refused in words, with the bytes that are not text as question marks."""
    path = Path(str(tmp_path / "caf") + "\udce9.csv")
    try:
        tiny(path)
    except (OSError, UnicodeEncodeError):
        pytest.skip("this disk takes no name that is not UTF-8")
    wrong(answerable("audit", path, "--case", tmp_path / "case"), 3, "caf?.csv: the name of the file")


def test_a_header_without_records(answerable, tmp_path):
    """A log of nobody's searches is audited: nothing is measurable, and nothing fails."""
    (tmp_path / "log.csv").write_text("Reason,DateTime\n", encoding="utf-8")
    ran = answerable("audit", tmp_path / "log.csv", "--case", tmp_path / "case", "--policy", "us-ca")
    assert (ran.code, ran.err) == (0, "")
    assert "log.csv: 0 rows in = 0 kept + 0 duplicates + 0 quarantined" in ran.out


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("audit",),
        ("audit", "x.csv"),
        ("audit", "x.csv", "--case", "c", "--seed", "one"),
        ("audit", "x.csv", "--case", "c", "--fail-on", "met"),
        ("report", "c", "--fail-on", "met"),
        ("find", "a plate"),
        ("verify", "c", "--nowhere"),
        ("simulate", "town", "--rows", "0"),
        ("measures", "show"),
    ],
)
def test_a_wrong_call_ends_with_2(answerable, arguments, tmp_path, monkeypatch):
    """What the command line cannot make sense of ends with 2, before anything is done."""
    monkeypatch.chdir(tmp_path)
    assert answerable(*arguments).code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_layout_that_cannot_be_written(answerable, tmp_path):
    """A layout that the simulator does not write is a usage error that lists those it does."""
    ran = answerable("simulate", tmp_path / "town", "--layout", "split-dat")
    assert ran.code == 2
    assert "there is no layout 'split-dat' to write\nExpected: one of areas, bob-4-columns, " in ran.err


@pytest.mark.parametrize("command", ["report", "verify"])
def test_no_case(answerable, tmp_path, command):
    """A folder that is no case ends with 4 and says how one is made."""
    wrong(answerable(command, tmp_path / "nowhere"), 4, f"{tmp_path / 'nowhere'}: there is no case here")


def test_a_place_that_cannot_be_written(answerable, log, tmp_path):
    """A case cannot be made below a file."""
    wrong(answerable("audit", log, "--case", log / "case"), 4, f"{log / 'case'}: this is not a folder")
    assert answerable("simulate", log / "town").code == 3
    assert list(tmp_path.iterdir()) == [log]


def test_an_unforeseen_fault_quotes_no_record(answerable, a_case, monkeypatch):
    """What Answerable did not foresee ends with 3 and the place in the code; the error's own words are not shown."""

    def fail(*_):
        raise KeyError("J. Doe, ABC123")

    monkeypatch.setattr("answerable.auditing.answering.write_outputs", fail)
    ran = answerable("report", a_case)
    assert ran.code == 3
    assert "KeyError in cli/test_errors.py, line " in ran.err
    assert "Doe" not in ran.err + ran.out


def test_memory_that_runs_out(answerable, a_case, monkeypatch):
    """A machine without memory ends with 3 and says what helps."""

    def fail(*_):
        raise MemoryError

    monkeypatch.setattr("answerable.auditing.answering.write_outputs", fail)
    ran = answerable("report", a_case)
    assert ran.code == 3
    assert ran.err.startswith("answerable: the machine's memory ran out\nWhat to do: Close other programs")
