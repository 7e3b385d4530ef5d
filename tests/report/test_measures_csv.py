"""measures.csv has one row per number, and no cell that a spreadsheet would run."""

import csv
import dataclasses
import io

import pytest

from answerable.estimate import Interval, Part
from answerable.report.measures_csv import COLUMNS, measures_csv


@pytest.fixture(scope="module")
def rows(contents):
    """The sample's rows."""
    return list(csv.DictReader(io.StringIO(measures_csv(contents).decode("utf-8"), newline="")))


def test_the_columns_are_the_documented_ones(rows):
    """Names and order stay as documented."""
    assert tuple(rows[0]) == COLUMNS


def test_one_row_per_measure_and_per_part(rows, contents):
    """Nothing is left out, and the headline comes before its parts."""
    headlines = [row["measure"] for row in rows if row["breakdown"] == "all"]
    assert headlines == list(contents.estimates)
    assert sum(row["measure"] == "searches.no_reason" and row["breakdown"] == "agency" for row in rows) == 31
    assert rows[0]["measure"] == "searches.no_reason"
    assert rows[0]["breakdown"] == "all"


def test_numbers_are_numbers(rows):
    """Values parse as numbers; intervals stand in their own columns."""
    sampled = next(row for row in rows if row["measure"] == "searches.sampled")
    assert [float(sampled[name]) for name in ("value", "numerator", "denominator", "low", "high")] == [
        0.31,
        62,
        200,
        0.25,
        0.3772,
    ]
    assert all(row["value"] == "" or float(row["value"]) >= 0 for row in rows)


def test_a_part_has_its_interval_and_level(rows):
    """The bounds of a sampled part stand in the same columns as a headline's; a part counted whole has none."""
    part = next(row for row in rows if row["measure"] == "searches.tracked_by_days" and row["label"] == "30")
    assert [float(part[name]) for name in ("low", "high", "level")] == pytest.approx(
        [1723 / 1910 - 0.025, 1723 / 1910 + 0.025, 0.95]
    )
    assert part["method"] == "simple random sample, seed 7; Wilson score, Wilson 1927"
    whole = next(
        row for row in rows if row["measure"] == "searches.no_reason" and row["breakdown"] == "agency"
    )
    assert [whole[name] for name in ("low", "high", "level")] == [""] * 3


def test_a_number_with_an_interval_is_no_complete_count(contents, contents_with):
    """A measure that was counted whole may have parts that were not: they do not claim to be complete."""
    one = contents.estimates["searches.no_reason"]
    part = Part("Hale", None, 3, 41, Interval(0.0153, 0.1988, 0.95, "Wilson score"))
    made = dataclasses.replace(one, breakdowns={"agency": (part,)})
    text = measures_csv(contents_with(estimates={one.measure: made})).decode("utf-8")
    headline, sampled = csv.DictReader(io.StringIO(text, newline=""))
    assert headline["method"] == "complete count: no sampling interval"
    assert sampled["method"] == "Wilson score"


def test_not_measurable_has_a_reason_and_no_value(rows):
    """Absent is an empty cell with a reason, never 0."""
    missing = [row for row in rows if row["status"] == "not measurable"]
    assert len(missing) == 7
    assert {row["value"] for row in missing} == {""}
    assert all("An export of the search log" in row["reason"] for row in missing)


def test_no_cell_starts_as_a_formula(rows):
    """No text begins as a formula does, and the hostile labels are all there."""
    cells = [
        value
        for row in rows
        for name, value in row.items()
        if name not in {"value", "numerator", "denominator", "low", "high"}
    ]
    assert [each for each in cells if each.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    labels = {row["label"] for row in rows}
    assert {
        '\'=HYPERLINK("http://example.test","x")',
        "'+1+1",
        "'-2",
        "'@SUM(A1)",
        "'\tTab",
        "'[U+000D]Return",
    } <= labels
    assert "[U+202E]gnp.exe[U+202C]" in labels
