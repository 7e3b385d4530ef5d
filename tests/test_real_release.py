"""A real release, audited: every figure is counted again with nothing but the csv module, and compared."""

import csv
import re
from collections import Counter
from datetime import datetime

import openpyxl
import pytest

from answerable import Status, audit

BLANK = {"", "none", "n/a", "na", "-", "--", "xxx", "x", "*", ".", "0", "null"}


@pytest.fixture(scope="module")
def release(shared_data):
    """The path of Eugene's released log of 2025."""
    return shared_data / "search-logs" / "eugene-or-2025.csv"


@pytest.fixture(scope="module")
def rows(release):
    """Its rows, read with the csv module alone."""
    with release.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def case(release, tmp_path_factory):
    """Its audit."""
    folder = tmp_path_factory.mktemp("eugene") / "case"
    return audit(
        [release], folder, policy=["good-practice"], timezone="America/Los_Angeles", as_of="2026-01-15"
    )


def counted(case, name):
    """Give a share's numerator and denominator."""
    found = case.measures[f"searches.{name}"]
    return found.numerator, found.denominator


def test_every_row_is_kept(case, rows):
    """4,294 rows in, 4,294 kept, none set aside."""
    (source,) = case.sources
    assert (source.rows_in, source.kept, source.duplicates, source.quarantined) == (4294, 4294, 0, 0)
    assert len(rows) == 4294
    assert len({row["id"] for row in rows}) == 4294


def test_accounts(case, rows):
    """147 accounts, of which the ten busiest made 33.0 % of the searches."""
    per_user = Counter(row["userId"] for row in rows)
    top = sum(count for _, count in per_user.most_common(10))
    assert case.measures["searches.users"].value == len(per_user) == 147
    assert counted(case, "top_users") == (top, 4294)
    assert f"{100 * top / 4294:.1f}" == "33.0"
    middle = sorted(per_user.values())[(len(per_user) - 1) // 2]
    assert case.measures["searches.per_user"].value == middle


def test_blank_reasons(case, rows):
    """Five searches state no reason, and the good-practice clause on purpose is breached by exactly those."""
    blank = sum(row["reason"].strip().lower() in BLANK for row in rows)
    assert blank == 5
    assert counted(case, "no_reason") == (5, 4294)
    (purpose,) = (finding for finding in case.findings if finding.clause == "purpose")
    assert purpose.status is Status.BREACHED
    assert purpose.estimate.numerator == 5


def test_dates(case, rows):
    """From 18 June to 2 December 2025, as written."""
    dates = sorted(row["searchDate"] for row in rows)
    (source,) = case.sources
    assert (
        (source.first[:10], source.last[:10])
        == (dates[0][:10], dates[-1][:10])
        == ("2025-06-18", "2025-12-02")
    )
    days = {row["searchDate"][:10] for row in rows}
    span = (datetime.fromisoformat(dates[-1][:10]) - datetime.fromisoformat(dates[0][:10])).days + 1
    assert case.measures["searches.days_covered"].value == span
    assert counted(case, "gap_days") == (span - len(days), span)


def test_nights_and_weekends(case, rows):
    """Hours and weekdays are those that the log writes, which are local."""
    times = [datetime.fromisoformat(row["searchDate"]) for row in rows]
    assert counted(case, "off_hours") == (sum(time.hour >= 22 or time.hour < 6 for time in times), 4294)
    assert counted(case, "weekend") == (sum(time.weekday() >= 5 for time in times), 4294)


def test_no_reason_holds_the_word_ice(case, rows):
    """Many reasons hold the letters, none holds the word: a list finds whole words."""
    letters = sum("ice" in row["reason"].lower() for row in rows)
    words = sum(bool(re.search(r"\bice\b", row["reason"], re.IGNORECASE)) for row in rows)
    assert letters > 0
    assert words == 0
    assert counted(case, "topic.immigration") == (0, 4289)


def test_cameras_per_search(case, rows):
    """The median search covered as many cameras as the sorted column says."""
    counts = sorted(int(row["cameraCount"]) for row in rows if row["cameraCount"] not in ("", "0"))
    assert case.measures["searches.devices_per_search"].value == counts[(len(counts) - 1) // 2]


def test_what_was_not_exported_is_not_measurable(case):
    """The release has no plate, case number, organisation or search type, and no number is made of them."""
    for name in ("repeated_plate", "no_case_number", "federal", "convoy", "lookback_beyond"):
        assert not hasattr(case.measures[f"searches.{name}"], "value"), name


def test_no_account_and_no_unshared_reason_is_in_any_output(case, rows):
    """No user of the log, and no reason that fewer than ten searches share, stands in an output."""
    users = {row["userId"] for row in rows}
    shared = Counter(re.sub(r"[+_\s]+", " ", row["reason"].lower()).strip() for row in rows)
    rare = {reason for reason, count in shared.items() if reason and count < 10 and not reason.isdecimal()}
    assert len(rare) > 100
    folder = case.report.parent
    for name in ("report.html", "findings.json"):
        text = (folder / name).read_text(encoding="utf-8").lower()
        assert not [user for user in users if user in text], name
        assert not [reason for reason in rare if f">{reason}<" in text or f'"{reason}"' in text], name
    with (folder / "measures.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = {cell.lower().lstrip("'") for row in csv.reader(file) for cell in row}
    book = openpyxl.load_workbook(folder / "findings.xlsx", read_only=True)
    cells |= {str(cell).lower().lstrip("'") for sheet in book for row in sheet.values for cell in row}
    assert cells
    assert cells & rare == set()
    assert not [user for user in users if any(user in cell for cell in cells)]
