"""`release-check` from the command line: what it prints, and how it ends."""

import re

import pytest

from promises.test_wording import accusing, bare

ROWS = [f"id-{at},u{at % 9},2025-03-01T{at // 60:02}:{at % 60:02}:07.123Z,{10 + at % 3},reason {at // 6}" for at in range(60)]  # fmt: skip  # one list
HEADER = "id,userId,searchDate,networkCount,reason"


@pytest.fixture
def release(tmp_path):
    """A portal's table of 60 searches, each told apart by its time."""
    return written(tmp_path / "release.csv", ROWS)


@pytest.fixture
def hiding(tmp_path):
    """A table in which no row is told apart, and whose reasons are withheld in part."""
    rows = [f"***,***,2025-03-01,20,{'***' if at % 4 else 'theft'}" for at in range(60)]
    return written(tmp_path / "hiding.csv", rows)


def written(path, rows):
    """Write a portal's table."""
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def test_the_answer_comes_first(answerable, release):
    """The first line says how many rows are told apart; then come the columns, what to coarsen, and how it was read."""
    ran = answerable("release-check", release)
    assert (ran.code, ran.err) == (0, "")
    lines = [line.replace("\u202f", " ") for line in ran.out.splitlines()]
    assert lines[0] == (
        "60 of 60 rows (100 %) are the only row with their search time to the second, reason and networks searched: "
        "whoever holds another log of these searches could join them."
    )
    assert lines[1] == "60 of 60 rows (100 %) share them with fewer than 4 others: they are at risk (k = 5)."
    assert lines[2] == "The limit is at most 0.1 % of the rows: 0 rows."
    assert lines[3].startswith(
        "release.csv: 60 rows read as 'Portal audit with network counts'; 0 could not be read;"
    )
    assert any(re.fullmatch(r"  search ID +60 +60 +60", line) for line in lines)
    assert any(re.fullmatch(r"  search time +finer than a second +left out +60 +\d+", line) for line in lines)
    assert any(line.startswith("  at most 0.1 % of the rows (0): ") and line.endswith("(60 at risk before, 0 after)") for line in lines)  # fmt: skip  # one condition
    assert "Search ID and user ID hold the same value for the same record or user" in ran.out


def test_a_second_release_is_laid_beside_it(answerable, release, tmp_path):
    """Each other table has a part of its own: what joins, what chance gives, what is undone, and by which column."""
    hidden = [row.replace("reason", "[REDACTED] reason") if at % 3 else row for at, row in enumerate(ROWS)]
    first = written(tmp_path / "first.csv", hidden)
    ran = answerable("release-check", first, release, release)
    text = ran.out.replace("\u202f", " ")
    assert text.count("Beside release.csv (60 rows)\n") == 2
    assert (
        "  60 of 60 rows (100 %) of first.csv match exactly one row of release.csv on search time to the second, "
        in text
    )
    assert "By chance about 0 would" in text
    assert (
        "Together they undo 40 of 40 redactions (100 %) of first.csv: release.csv shows what stood there."
        in text
    )
    assert re.search(r"    reason +withheld +40 +40\n", text)
    assert "9 of 9 values of user ID (100 %) of first.csv stand in release.csv as they are" in text
    assert "Not used to join: reason: withheld in one of the two." in text


def test_json_says_the_same(answerable, release, hiding):
    """The same as JSON, with whether the limit is kept."""
    found = answerable("release-check", release, hiding, "--k", "3", "--limit", "0.05", "--json").json
    assert found["over_limit"] is True
    assert found["at_risk"] == 60
    assert (found["k"], found["limit"], found["rows"]) == (3, 0.05, 60)
    assert found["headline"]["alone"]["numerator"] == 60
    assert found["coarsening"]["least"]["allowed"] == 3
    assert [each["other"] for each in found["comparisons"]] == ["hiding.csv"]


def test_rows_at_risk_end_with_1_only_when_asked(answerable, release, hiding):
    """--fail-on-risk ends with 1 where more rows are at risk than the limit lets; without it the command ends with 0."""
    assert answerable("release-check", release).code == 0
    assert answerable("release-check", release, "--fail-on-risk").code == 1
    assert answerable("release-check", release, "--fail-on-risk", "--limit", "1").code == 0
    assert answerable("release-check", hiding, "--fail-on-risk").code == 0


def test_one_column_that_tells_rows_apart_ends_with_1(answerable, tmp_path):
    """A table whose time, reason and networks hide every row fails by a column of IDs alone."""
    path = written(tmp_path / "ids.csv", [f"id-{at},***,2025-03-01,20,theft" for at in range(60)])
    found = answerable("release-check", path, "--fail-on-risk", "--json")
    assert found.code == 1
    assert found.json["headline"]["under"]["numerator"] == 0
    assert found.json["at_risk"] == 60


def test_a_release_that_another_undoes_ends_with_1(answerable, tmp_path):
    """A table whose columns hide every row, each by itself, fails beside one that shows what it withholds."""
    header = "id,userId,searchDate,networkCount,reason,offenseType\n"
    pairs = [(day, offence) for day in range(1, 21) for offence in range(20)]
    for name, reason in (("mine.csv", "***"), ("other.csv", "theft")):
        rows = [f"***,***,2025-03-{day:02},20,{reason},offence {offence}\n" for day, offence in pairs]
        (tmp_path / name).write_text(header + "".join(rows), encoding="utf-8")
    mine, other = tmp_path / "mine.csv", tmp_path / "other.csv"
    assert answerable("release-check", mine, "--fail-on-risk").code == 0
    ran = answerable("release-check", mine, other, "--fail-on-risk")
    assert ran.code == 1
    assert "Together they undo 400 of 1,200 redactions (33.3\u202f%) of mine.csv" in ran.out


def test_quiet_prints_nothing(answerable, release):
    """--quiet prints nothing, and ends as it would."""
    ran = answerable("release-check", release, "--quiet", "--fail-on-risk")
    assert (ran.code, ran.out, ran.err) == (1, "", "")


def test_a_release_within_the_limit_needs_nothing(answerable, tmp_path):
    """Where nobody is at risk there is nothing to coarsen, and that is all that is said of it."""
    path = tmp_path / "safe.csv"
    path.write_text("Reason,DateTime\n" + "theft,2025-03-01\n" * 9, encoding="utf-8")
    ran = answerable("release-check", path)
    assert (
        "0 of 9 rows (0\u202f%) are the only row with their search time to the day and reason.\n" in ran.out
    )
    assert "What to coarsen: nothing; the rows at risk are within the limit." in ran.out


def test_no_cell_is_printed(answerable, tmp_path):
    """No reason, user, ID, count or time of either file stands in what is printed, as text or as JSON."""
    cells = ["KNRY-ID", "KNRY-USER", "KNRY reason", "98761", "2031-"]
    rows = [f"KNRY-ID-{at},KNRY-USER-{at % 3},2031-05-06T07:08:{at % 60:02}Z,98761{at},KNRY reason {at}" for at in range(50)]  # fmt: skip  # one list
    first, second = written(tmp_path / "one.csv", rows), written(tmp_path / "two.csv", rows[:-7])
    for way in ((), ("--json",)):
        ran = answerable("release-check", first, second, *way)
        assert ran.out
        assert [cell for cell in cells if cell.lower() in (ran.out + ran.err).lower()] == []


def test_what_is_printed_measures_and_does_not_accuse(answerable, release, hiding):
    """No word of the output accuses, and no percentage stands without its denominator."""
    out = answerable("release-check", release, hiding, release).out
    assert accusing(out) == []
    assert bare(out) == []


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("x.csv", "--k", "1"),
        ("x.csv", "--k", "many"),
        ("x.csv", "--limit", "2"),
        ("x.csv", "--limit", "-0.1"),
    ],
)
def test_a_wrong_call_ends_with_2(answerable, arguments, tmp_path, monkeypatch):
    """What cannot be asked ends with 2, before a file is read."""
    monkeypatch.chdir(tmp_path)
    assert answerable("release-check", *arguments).code == 2


def test_files_that_cannot_be_read_end_with_3(answerable, release, tmp_path):
    """A file that is not there, has no layout or no time is bad input, whichever of the files it is."""
    (tmp_path / "other.csv").write_text("Reason,Colour\na,b\n", encoding="utf-8")
    for bad, said in (
        (tmp_path / "gone.csv", "there is no such file or folder"),
        (tmp_path / "other.csv", "no layout fits"),
    ):
        for files in ((bad,), (release, bad)):
            ran = answerable("release-check", *files)
            assert (ran.code, ran.out) == (3, "")
            assert said in ran.err
            assert "What to do: " in ran.err


def test_an_own_layout_is_taken(answerable, tmp_path):
    """--layout names a layout of one's own, as it does for an audit."""
    own = tmp_path / "own.toml"
    own.write_text(
        'kind = "search"\ntitle = "Ours"\n[columns]\nsearched_at = ["When"]\nreason = ["Why"]\n',
        encoding="utf-8",
    )
    (tmp_path / "log.csv").write_text("When,Why\n2025-03-01 10:00:00,theft\n", encoding="utf-8")
    assert answerable("release-check", tmp_path / "log.csv").code == 3
    assert "1 row read as 'Ours'" in answerable("release-check", tmp_path / "log.csv", "--layout", own).out
