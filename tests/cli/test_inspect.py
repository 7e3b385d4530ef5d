"""`inspect` says what a file is, shows no identifier, and helps with a header that no layout fits."""

import re
import tomllib

import pytest

from answerable import auditing
from answerable.auditing import catalogue
from exports import HEADER_14, log_14, row_14

ODD = "Officer,When It Was,Why,Lic Plate,Org Name\nJ. Doe,2025-06-01 10:00:00,burglary,ABC123,Springfield OR PD\n"
TWIN = 'name = "twin"\ntitle = "Twin"\nkind = "search"\n[columns]\nreason = ["Reason"]\nsearched_at = ["DateTime"]\n'


@pytest.fixture
def odd(tmp_path):
    """A log that no layout fits."""
    path = tmp_path / "odd.csv"
    path.write_text(ODD, encoding="utf-8")
    return path


def suggested(printed: str) -> str:
    """Take the layout out of what `inspect` printed, as a user would copy it."""
    block = printed.partition("pass it with --layout:\n\n")[2]
    return "\n".join(line[4:] for line in block.splitlines() if line.startswith("    "))


def test_a_known_file_is_explained(answerable, tmp_path):
    """Each field is shown with its column and the states of its cells; a column that is missing is said to be so."""
    (tmp_path / "log.csv").write_text(log_14(row_14(1), row_14(2, case="")), encoding="utf-8")
    ran = answerable("inspect", tmp_path / "log.csv")
    assert ran.code == 0
    assert "  layout: search-audit-14 (Search audit, 14 columns); utf-8, comma" in ran.out
    assert re.search(r"case number +'Case #': 1 present, 1 blank; e\.g\. \(masked\)", ran.out)
    assert re.search(r"user ID +not exported", ran.out)
    assert re.search(r"search time +'Search Time': 2 present; states UTC; e\.g\. 06/25/2025", ran.out)


@pytest.mark.parametrize("layout", ["search-audit-14", "search-audit-pdf"])
def test_a_time_frame_is_read_in_one_column_or_in_two(answerable, tmp_path, layout):
    """Whether its ends share a cell or have a column each, a time frame is told as the times that it holds."""
    auditing.simulate(tmp_path / "town", rows=30, layout=layout)
    said = answerable("inspect", next((tmp_path / "town").glob("*.csv"))).out
    assert re.search(r"time frame .* present; states UTC; e\.g\. \d", said)
    assert "cannot be read" not in said


@pytest.mark.parametrize("mode", [(), ("--json",)])
def test_identifiers_are_masked(answerable, tmp_path, mode):
    """No name, plate, case number, search ID or reason is shown, as text or as JSON."""
    rows = [row_14(1, plate="PLT9876", reason="because of Roe", case="CASE-77")]
    (tmp_path / "log.csv").write_text(log_14(*rows), encoding="utf-8")
    ran = answerable("inspect", tmp_path / "log.csv", *mode)
    assert ran.code == 0
    assert "Springfield OR PD" in ran.out  # what may be shown is
    for secret in ("J. Doe", "PLT9876", "because of Roe", "CASE-77", "id-1"):
        assert secret not in ran.out


def test_an_unknown_header_is_compared_with_the_nearest(answerable, odd):
    """The nearest layouts are named, each with the columns that it lacks and those it does not know."""
    ran = answerable("inspect", odd)
    assert ran.code == 3
    near = [line.removeprefix("  nearest: ") for line in ran.out.splitlines() if "nearest: " in line]
    assert len(near) == 3
    known = {name for name, _ in catalogue.layouts()}
    for line in near:
        name, _, what = line.partition(": ")
        assert name in known
        assert "lacks '" in what
        assert "does not know 'Officer'" in what
    assert "J. Doe" not in ran.out
    assert "ABC123" not in ran.out


def test_the_suggested_layout_works_once_edited(answerable, odd, tmp_path):
    """Saved, with its time column named, the suggested layout audits the file."""
    layout = suggested(answerable("inspect", odd).out)
    assert tomllib.loads(layout)["columns"]["plate"] == ["Lic Plate"]
    assert tomllib.loads(layout)["columns"]["agency"] == ["Org Name"]
    own = tmp_path / "own.toml"
    own.write_text(layout, encoding="utf-8")
    ran = answerable("audit", odd, "--case", tmp_path / "case", "--layout", own)
    assert ran.code == 3  # as printed it still asks for the time
    assert "lacks 'WHICH COLUMN HOLDS THE TIME?'" in answerable("inspect", odd, "--layout", own).out
    own.write_text(layout.replace("WHICH COLUMN HOLDS THE TIME?", "When It Was"), encoding="utf-8")
    ran = answerable("audit", odd, "--case", tmp_path / "case", "--layout", own)
    assert ran.code == 0, ran.err
    (source,) = auditing.open_case(tmp_path / "case").sources
    assert (source.layout, source.kept) == ("my-export", 1)


@pytest.mark.parametrize(
    "header", ['Say ""it""', "Back\\slash", "Tab\tbed", "Ünïcödé", "Hash # mark", "It's", "'quoted'", "a + b"]
)
def test_the_suggested_layout_survives_odd_names(answerable, tmp_path, header):
    """Whatever a column is called, the suggested layout is TOML, and works once the time is named."""
    log, own = tmp_path / "odd.csv", tmp_path / "own.toml"
    log.write_text(f'"{header}",When It Was,Why,Lic Plate\nx,2025-06-01 10:00:00,y,ABC\n', encoding="utf-8")
    layout = suggested(answerable("inspect", log).out)
    tomllib.loads(layout)
    own.write_text(layout.replace("WHICH COLUMN HOLDS THE TIME?", "When It Was"), encoding="utf-8")
    assert answerable("inspect", log, "--layout", own).code == 0


def test_json_has_the_suggestion_too(answerable, odd):
    """A script gets the problem, the nearest layouts and the suggestion as JSON, and the same exit code."""
    ran = answerable("inspect", odd, "--json")
    assert ran.code == 3
    (view,) = ran.json
    assert view["problem"] == "no layout fits this header"
    assert len(view["near"]) == 3
    assert tomllib.loads(view["suggestion"])["kind"] == "search"


@pytest.fixture
def ambiguous(tmp_path, monkeypatch):
    """A log whose header fits two layouts, both of which the user names."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "log.csv").write_text("Reason,DateTime\nburglary,2025-06-01 10:00:00\n", encoding="utf-8")
    (tmp_path / "twin.toml").write_text(TWIN, encoding="utf-8")
    return ("--layout", "twin.toml", "--layout", "reason-and-time")


def test_an_ambiguous_layout_is_refused(answerable, ambiguous, tmp_path):
    """Where two layouts fit, neither is guessed: both are named."""
    ran = answerable("audit", "log.csv", "--case", "case", *ambiguous)
    assert ran.code == 3
    assert "log.csv, line 1: the header fits 2 layouts: reason-and-time and twin" in ran.err
    assert "What to do: Name the one that is meant with --layout NAME." in ran.err
    assert not (tmp_path / "case").exists()


def test_inspect_explains_an_ambiguous_layout(answerable, ambiguous):
    """`inspect` says which layouts fit and how to choose, and suggests no third."""
    ran = answerable("inspect", "log.csv", *ambiguous)
    assert ran.code == 3
    assert "the header fits 2 layouts: reason-and-time and twin" in ran.out
    assert "  What to do: Name the one that is meant with --layout NAME." in ran.out
    assert "A layout to edit" not in ran.out


@pytest.mark.parametrize(("named", "used"), [("twin.toml", "twin"), ("reason-and-time", "reason-and-time")])
@pytest.mark.usefixtures("ambiguous")
def test_naming_a_layout_settles_it(answerable, tmp_path, named, used):
    """--layout with one of them, shipped or one's own, is asked first and alone."""
    assert answerable("audit", "log.csv", "--case", "case", "--layout", named).code == 0
    (source,) = auditing.open_case(tmp_path / "case").sources
    assert source.layout == used


def test_a_column_that_stands_twice_is_told(answerable, tmp_path):
    """No layout helps where a column is named twice, so none is suggested; what helps is said."""
    log = tmp_path / "log.csv"
    log.write_text(HEADER_14.replace("Filters", "Reason") + "\n", encoding="utf-8")
    ran = answerable("inspect", log)
    assert ran.code == 3
    assert "the header names 'reason' more than once" in ran.out
    assert "  What to do: Rename or remove the repeated column" in ran.out
    assert "A layout to edit" not in ran.out


def test_every_unknown_table_is_named_at_once(answerable, odd, tmp_path):
    """An audit of several files names each that no layout fits, and reads none of them."""
    (tmp_path / "also.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    ran = answerable("audit", odd, tmp_path / "also.csv", "--case", tmp_path / "case")
    assert ran.code == 3
    assert "2 tables fit no layout" in ran.err
    assert "odd.csv, line 1: " in ran.err
    assert "also.csv, line 1: " in ran.err
    assert not (tmp_path / "case").exists()
