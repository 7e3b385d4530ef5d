"""A release is checked from its files: read as an audit reads them, and nothing of it stays."""

import csv
import json
import tempfile
import zipfile
from collections import Counter
from dataclasses import replace

import msgspec
import pytest

from answerable import release_check
from answerable.auditing import releasing
from answerable.errors import ClockError, InputError, LayoutError, StorageError, UsageError
from answerable.programmes.plates.records import SEARCH
from answerable.programmes.plates.simulate import Town, write_town
from cases import months, town
from exports import log_14, row_14

__all__ = ["town"]

PORTAL = "id,userId,searchDate,networkCount,reason\n"


def portal(path, rows):
    """Write a portal's table."""
    path.write_text(PORTAL + "".join(",".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")
    return path


def searches(number, users=9):
    """Give the rows of a portal's table, a search a minute, of which two have one reason each."""
    return [
        (
            f"id-{at}",
            f"u{at % users}",
            f"2025-03-01T{at // 60:02}:{at % 60:02}:07.123Z",
            10 + at % 3,
            f"reason {at // 2}",
        )
        for at in range(number)
    ]


def under(rows, k):
    """Count rows in groups of fewer than k."""
    sizes = Counter(rows)
    return sum(size for size in sizes.values() if size < k)


def test_the_figures_are_those_of_a_csv_reader(tmp_path):
    """Of a town's log the rows told apart by each column and by the three together are what a Counter counts."""
    write_town(Town(rows=600, months=1, vague=0.2, no_reason=0.1), tmp_path, "portal-network-count")
    (path,) = tmp_path.glob("*.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    check = release_check(path, k=4)
    assert check.rows == len(rows) == 600
    assert check.headline.columns == ("search time to the second", "reason", "networks searched")
    blank = {"", "none", "n/a", "na", "-", "--", "xxx", "x", "*", ".", "0", "null"}
    reasons = [row["reason"].strip() for row in rows if row["reason"].strip().lower() not in blank]
    by_label = {each.columns[0]: each for each in check.by_column}
    assert (by_label["reason"].rows, by_label["reason"].at_risk) == (len(reasons), under(reasons, 4))
    assert by_label["reason"].apart == 600 - len(reasons)
    assert by_label["user ID"].at_risk == under([row["userId"] for row in rows], 4)
    times = [row["searchDate"][:19] for row in rows]
    assert check.headline.alone.numerator == under(list(zip(times, (row["reason"] for row in rows), (row["networkCount"] for row in rows), strict=True)), 2)  # fmt: skip  # one sum


def test_the_change_that_is_advised_keeps_the_limit_when_it_is_made(tmp_path):
    """The table rewritten as advised, and checked again, has no more rows at risk than the limit lets."""
    rows = [
        (f"id-{at}", f"u{at % 9}", f"2025-03-{1 + at // 60:02}T{at % 24:02}:{at % 60:02}:{at % 59:02}.5Z", 10 + at % 40, "theft" if at % 20 else f"for {at}")
        for at in range(600)
    ]  # fmt: skip  # a table: what stands in one line belongs together
    check = release_check(portal(tmp_path / "log.csv", rows), limit=0.05)
    changes = {change.column: change.after for change in check.coarsening.least.changes}
    assert set(changes) <= {"search time", "reason", "networks searched"}
    reasons = Counter(row[4] for row in rows)
    cut = {
        "to the hour": (13, ":00:00Z"),
        "to the day": (10, ""),
        "to the month": (7, "-01"),
        "left out": (0, "***"),
    }
    coarse = {
        "reason": lambda text: "***" if changes.get("reason") == "left out" or (changes.get("reason") and reasons[text] < 5) else text,
        "networks": lambda count: {None: count, "to two significant digits": count, "to one significant digit": count // 10 * 10, "its number of digits": 10, "left out": "***"}[changes.get("networks searched")],
        "time": lambda text: text[: cut[changes["search time"]][0]] + cut[changes["search time"]][1],
    }  # fmt: skip  # a table: what stands in one line belongs together
    made = [
        (row[0], row[1], coarse["time"](row[2]), coarse["networks"](row[3]), coarse["reason"](row[4]))
        for row in rows
    ]
    again = release_check(portal(tmp_path / "coarse.csv", made), limit=0.05)
    assert check.coarsening.before.at_risk > 30
    assert again.coarsening.before.at_risk == check.coarsening.least.after.at_risk <= 30
    assert again.coarsening.least.changes == ()


def test_a_folder_is_one_release(town):
    """The month files of a folder are one table, in which a search that two of them hold is one search."""
    check = release_check(town)
    apart = [release_check(path) for path in months(town)]
    assert (check.file, check.rows) == ("town", 400)  # as many as were simulated
    assert check.unread == sum(each.unread for each in apart)
    assert sum(each.rows + each.repeated for each in apart) == check.rows + check.repeated
    assert all(notice.startswith("town/") for notice in check.notices)


def test_an_archive_is_read(tmp_path):
    """Files in an archive are one table; what is no table is named."""
    with zipfile.ZipFile(tmp_path / "logs.zip", "w") as archive:
        archive.writestr("a.csv", log_14(*map(row_14, range(10))))
        archive.writestr("b.csv", log_14(*map(row_14, range(5, 15))))
        archive.writestr("letter.pdf", "%PDF")
    check = release_check(tmp_path / "logs.zip")
    assert (check.rows, check.repeated) == (15, 5)
    assert check.notices == ("logs.zip!letter.pdf is not a table and was left out.",)


def test_a_repeated_id_hides_nobody(tmp_path):
    """A record that stands in the file twice is one record, and not two that hide each other."""
    rows = searches(12)
    once, twice = (release_check(portal(tmp_path / f"{at}.csv", rows * at)) for at in (1, 2))
    assert twice.repeated == 12
    assert twice.headline == once.headline


def test_rows_without_an_id_that_are_alike_hide_each_other(tmp_path):
    """In a coarse release without IDs alike rows are different searches, and are counted as such."""
    path = tmp_path / "coarse.csv"
    path.write_text(
        "Reason,DateTime\n" + "theft,2025-03-01\n" * 6 + "fraud,2025-03-02\n" * 6, encoding="utf-8"
    )
    check = release_check(path)
    assert (check.rows, check.repeated, check.headline.at_risk) == (12, 0, 0)
    assert not check.over_limit
    portal(tmp_path / "withheld.csv", [("***", "***", "2025-03-01", 4, "theft")] * 6)
    assert release_check(tmp_path / "withheld.csv").headline.at_risk == 0


def test_rows_that_cannot_be_read_are_counted(tmp_path):
    """Damaged rows are counted, and in no group."""
    text = log_14(*map(row_14, range(8))) + "cut\n" + row_14(9, time="soon") + "\n"
    (tmp_path / "log.csv").write_text(text, encoding="utf-8")
    check = release_check(tmp_path / "log.csv")
    assert (check.rows, check.unread) == (8, 2)


def test_a_file_whose_times_are_withheld_is_checked_by_the_rest(tmp_path):
    """Where every time is withheld, rows are told apart by the reason and the count that are left."""
    rows = [(f"id-{at}", "u1", "***", 10, f"reason {at // 3}") for at in range(12)]
    check = release_check(portal(tmp_path / "log.csv", rows), k=3)
    assert check.headline.columns == ("reason", "networks searched")
    assert check.headline.at_risk == 0


def test_a_file_where_everything_is_withheld_has_nothing_to_join(tmp_path):
    """A table that shows nothing is not measurable, and not over the limit."""
    check = release_check(portal(tmp_path / "log.csv", [("***", "***", "***", "***", "***")] * 3))
    assert check.headline.at_risk == 0
    assert not check.over_limit
    assert str(check).startswith("Not measurable: No row holds a value in ")


def test_without_a_text_or_a_count_the_rest_stands_with_the_time(tmp_path):
    """A release that shows neither reason nor count is told apart by its time and its bodies and categories."""
    path = tmp_path / "log.csv"
    path.write_text(
        "Search Date,Search Time,Org Name,Search Type\n2025-03-01,10:00:07,A PD,lookup\n2025-03-01,10:00:08,B PD,lookup\n",
        encoding="utf-8",
    )
    assert release_check(path).headline.columns == (
        "search time to the second",
        "organisation",
        "search type",
    )


def test_two_layouts_of_one_table_undo_each_other(tmp_path):
    """A portal's table with reasons withheld, beside the export of the same searches, is undone cell by cell."""
    shape = {"rows": 300, "months": 1, "seed": 4, "no_reason": 0, "wildcard": 0}
    write_town(Town(**shape, withheld=(("reason", 0.4),)), tmp_path / "portal", "portal-network-count")
    truth = write_town(Town(**shape), tmp_path / "export", "search-audit-14")
    check = release_check(tmp_path / "portal", tmp_path / "export")
    (beside,) = check.comparisons
    withheld = sum(",***," in line or "REDACTED" in line or "###" in line or "* * *" in line for line in next((tmp_path / "portal").iterdir()).read_text("utf-8").splitlines())  # fmt: skip  # one sum
    found = {(each.column, each.how): (each.cells, each.shown) for each in beside.columns}
    cells, shown = found["reason", "withheld"]
    assert cells == shown > 90
    assert withheld <= cells
    assert found["user name", "left out"] == (300, 300)
    assert beside.rows_undone == 300
    assert check.over_limit
    assert {(link.column, link.there) for link in beside.links} >= {("user ID", "user name")}
    assert truth.fields


def test_a_zone_sets_two_clocks_beside_each_other(tmp_path):
    """Times in UTC and local ones join once the zone is named, and are set aside before."""
    rows = searches(40)
    utc = portal(tmp_path / "utc.csv", [row[:1] + row[1:] for row in rows])
    local = tmp_path / "local.csv"
    local.write_text(
        "id,userId,searchDate,cameraCount,reason\n"
        + "".join(
            f"x{at},v{at % 9},2025-02-28 {16 + at // 60}:{at % 60:02}:07.123,5,{row[4]}\n"
            for at, row in enumerate(rows)
        ),
        encoding="utf-8",
    )
    (blind,) = release_check(utc, local).comparisons
    assert "search time" not in " ".join(blind.key)
    (seen,) = release_check(utc, local, timezone="America/Los_Angeles").comparisons
    assert seen.key == ("search time to the second", "reason")
    assert seen.joined.numerator == 40


def test_nothing_stays_on_the_disk(tmp_path, monkeypatch):
    """The temporary folder, which its owner alone can read, is gone after a check and after a failed one."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    seen = []
    reader = releasing._Reader.__call__

    def watched(self, path):
        seen.append((self.folder.stat().st_mode & 0o077, self.folder.parent))
        return reader(self, path)

    monkeypatch.setattr(releasing._Reader, "__call__", watched)
    path = portal(tmp_path / "log.csv", searches(9))
    release_check(path)
    with pytest.raises(InputError):
        release_check(path, tmp_path / "gone.csv")
    assert seen == [(0, tmp_path / "temporary")] * 3
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_temporary_folder_that_cannot_be_made(tmp_path, monkeypatch):
    """A place for temporary files that is not there is told in words."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(StorageError, match="no such file or directory"):
        release_check(portal(tmp_path / "log.csv", searches(9)))


def test_two_runs_agree(tmp_path):
    """The key is thrown away each time; what is counted does not depend on it."""
    path = portal(tmp_path / "log.csv", searches(60))
    assert release_check(path, path) == release_check(path, path)


def test_the_result_is_plain_data(tmp_path):
    """What is returned can be written as JSON, and prints as its first sentence."""
    check = release_check(portal(tmp_path / "log.csv", searches(9)))
    data = json.loads(json.dumps(msgspec.to_builtins(check)))
    assert data["headline"]["alone"]["numerator"] == 9
    assert str(check).startswith(
        "9 of 9 rows (100\u202f%) are the only row with their search time to the second, "
    )


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        ({"k": 1}, UsageError, "k is 1"),
        ({"limit": 1.5}, UsageError, "the limit is 1.5"),
        ({"limit": float("nan")}, UsageError, "the limit is nan"),
        ({"timezone": "Mars"}, UsageError, "no time zone"),
        ({"layout": ["nowhere"]}, UsageError, "no layout 'nowhere'"),
    ],
)
def test_a_request_that_makes_no_sense(tmp_path, arguments, error, said):
    """What cannot be asked is refused before a file is read."""
    with pytest.raises(error, match=said):
        release_check(tmp_path / "log.csv", **arguments)


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("Reason\nburglary\n", LayoutError, "no layout fits"),
        ("Reason,DateTime\n", InputError, "no row can be read"),
        ("Reason,DateTime\nburglary,03/04/2025 10:00:00\n", ClockError, "day or the month first"),
    ],
)
def test_a_file_that_cannot_be_checked(tmp_path, text, error, said):
    """A table without a column of times, without rows, or with times that can be read in two ways is refused."""
    (tmp_path / "log.csv").write_text(text, encoding="utf-8")
    with pytest.raises(error, match=said):
        release_check(tmp_path / "log.csv")


def test_records_without_a_time_cannot_be_checked(tmp_path, monkeypatch):
    """A kind of record that states no time is refused, by its name."""
    monkeypatch.setattr(releasing, "KINDS", (replace(SEARCH, time=""),))
    with pytest.raises(InputError, match="searches have no time"):
        release_check(portal(tmp_path / "log.csv", searches(3)))
