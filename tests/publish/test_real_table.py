"""A real release, checked: every figure is counted again with nothing but the csv module, and compared."""

import csv
import random
from collections import Counter

import pytest

from answerable import release_check
from answerable.publish import told

BLANK = {"", "none", "n/a", "na", "-", "--", "xxx", "x", "*", ".", "0", "null"}


@pytest.fixture(scope="module")
def release(shared_data):
    """The path of Eugene's released log of 2025."""
    return shared_data / "search-logs" / "eugene-or-2025.csv"


@pytest.fixture(scope="module")
def rows(release):
    """Its rows, read with the csv module alone; a placeholder is an empty cell."""
    with release.open(encoding="utf-8", newline="") as file:
        return [
            {name: "" if cell.strip().lower() in BLANK else cell.strip() for name, cell in row.items()}
            for row in csv.DictReader(file)
        ]


@pytest.fixture(scope="module")
def check(release):
    """The check of it."""
    return release_check(release)


def small(rows, columns, k):
    """Count the rows in groups of fewer than k, of those that hold anything in the columns."""
    sizes = Counter(held for row in rows if any(held := tuple(column(row) for column in columns)))
    return sum(size for size in sizes.values() if size < k)


def test_rows_told_apart_by_time_reason_and_cameras(check, rows):
    """4,285 of 4,294 rows are the only one with their time to the second, reason and number of cameras."""
    three = [lambda row: row["searchDate"][:19], lambda row: row["reason"], lambda row: row["cameraCount"]]
    assert check.headline.columns == ("search time to the second", "reason", "devices searched")
    assert (check.headline.alone.numerator, check.headline.alone.denominator) == (small(rows, three, 2), 4294)
    assert (check.headline.alone.numerator, check.headline.at_risk) == (4285, small(rows, three, 5))
    assert (check.rows, check.repeated, check.unread) == (4294, 0, 0)
    assert check.over_limit


@pytest.mark.parametrize(
    ("label", "name"),
    [("search ID", "id"), ("user ID", "userId"), ("devices searched", "cameraCount"), ("reason", "reason"), ("search time finer than a second", "searchDate")],
)  # fmt: skip  # a table: what stands in one line belongs together
def test_rows_told_apart_by_each_column(check, rows, label, name):
    """Of each column, the rows alone and the rows in groups under five are what a Counter says."""
    found = next(each for each in check.by_column if each.columns == (label,))
    assert found.alone.numerator == small(rows, [lambda row: row[name]], 2)
    assert found.at_risk == small(rows, [lambda row: row[name]], 5)
    assert found.apart == sum(not row[name] for row in rows)


@pytest.mark.parametrize(
    ("label", "length"), [("to the second", 19), ("to the minute", 16), ("to the hour", 13), ("to the day", 10), ("to the month", 7)]
)  # fmt: skip  # a table: what stands in one line belongs together
def test_a_coarser_time_alone(check, rows, label, length):
    """What a coarser time alone would do is what cutting the text of the times does."""
    found = next(one for one in check.coarsening.single if one.change.after == label)
    columns = [
        lambda row: row["searchDate"][:length],
        lambda row: row["reason"],
        lambda row: row["cameraCount"],
    ]
    assert found.at_risk == small(rows, columns, 5)


def test_two_halves_of_the_release_undo_each_other(release, rows, tmp_path):
    """Reasons withheld from 1,000 rows of one copy are all shown by another; of the users, every one could be linked."""
    with release.open(encoding="utf-8", newline="") as file:
        header, *cells = csv.reader(file)
    drawn = random.Random(1)  # noqa: S311 - which rows are hidden is no secret
    hidden = set(drawn.sample(range(len(cells)), 1_000))
    users = {row[1]: f"pseudonym-{number}" for number, row in enumerate(cells)}
    for name, withheld, renamed in (("first.csv", hidden, {}), ("second.csv", set(), users)):
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(header)
            table.writerows(
                [f"{name}-{at}", renamed.get(row[1], row[1]), *row[2:4], "***" if at in withheld else row[4]]
                for at, row in enumerate(cells)
            )
    (beside,) = release_check(tmp_path / "first.csv", tmp_path / "second.csv").comparisons
    times = Counter((row["searchDate"][:19], row["cameraCount"]) for row in rows)
    once = [times[row["searchDate"][:19], row["cameraCount"]] == 1 for row in rows]
    assert beside.joined.numerator == sum(once) > 4_200
    found = {each.column: each for each in beside.columns}
    assert (found["reason"].cells, found["reason"].shown) == (
        1_000,
        sum(once[at] and bool(rows[at]["reason"]) for at in hidden),
    )
    (link,) = beside.links
    assert (link.share.numerator, link.share.denominator) == (147, 147)
    assert beside.in_order


def test_nothing_of_the_file_is_told(check, rows):
    """No user, ID, time or reason of the file stands in what is printed."""
    text = "\n".join(told(check)).lower()
    cells = {row[name].lower() for row in rows for name in ("id", "userId", "searchDate")}
    cells |= {row["reason"].lower() for row in rows if len(row["reason"]) > 8}
    assert not [cell for cell in cells if cell in text]
