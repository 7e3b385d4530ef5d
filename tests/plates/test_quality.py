"""How good the record itself is, on small tables where the truth is known."""

from datetime import datetime, timedelta

from answerable.programmes.plates.measures.quality import MEASURES
from answerable.programmes.plates.records import SEARCH

BY_NAME = {measure.name.removeprefix("searches."): measure for measure in MEASURES}
MARCH = datetime.fromisoformat("2025-03-03T09:00")


def _counts(estimate, breakdown):
    return {part.label: (part.numerator, part.denominator) for part in estimate.breakdowns[breakdown]}


def test_records_are_counted_by_source_and_month(searches):
    """Three searches in two sources and two months."""
    rows = [
        {"source": source, "searched_at": MARCH + timedelta(days=days)}
        for source, days in ((1, 0), (1, 40), (2, 0))
    ]
    estimate = searches(rows).run(BY_NAME["records"])
    assert estimate.value == 3
    assert {part.label: part.value for part in estimate.breakdowns["source"]} == {
        "Source 1": 2,
        "Source 2": 1,
    }
    assert {part.label: part.value for part in estimate.breakdowns["month"]} == {"2025-03": 2, "2025-04": 1}


def test_days_are_counted_with_the_first_and_the_last(searches):
    """From 3 to 5 March is three days, however late in the day."""
    rows = [{"searched_at": MARCH}, {"searched_at": MARCH.replace(day=5, hour=23)}]
    assert searches(rows).run(BY_NAME["days_covered"]).value == 3


def test_withheld_cells_are_counted_among_exported_cells(searches):
    """Two of four reasons are withheld; a field that was not exported is in no denominator."""
    rows = [
        {"source": source, "reason": None, "reason_state": state}
        for source, state in ((1, "withheld"), (1, "withheld"), (2, "blank"))
    ] + [{"source": 2, "reason": "burglary"}]
    estimate = searches(rows).run(BY_NAME["redacted"])
    assert estimate.numerator == 2
    assert _counts(estimate, "field")["reason"] == (2, 4)
    assert "offence type" not in _counts(estimate, "field")
    assert _counts(estimate, "source and field")["Source 1: reason"] == (2, 2)
    assert _counts(estimate, "source and field")["Source 2: reason"] == (0, 2)


def test_blank_cells_are_not_withheld_cells(searches):
    """A blank is counted as blank, and not as withheld."""
    rows = [{"reason": None, "reason_state": state} for state in ("blank", "withheld")] + [
        {"reason": "burglary"}
    ]
    estimate = searches(rows).run(BY_NAME["blank_cells"])
    assert _counts(estimate, "field")["reason"] == (1, 3)


def test_the_census_covers_every_field():
    """A field that is added to the record kind is in both censuses."""
    for name in ("redacted", "blank_cells"):
        for field in SEARCH.fields:
            assert f"{field.name}_state" in BY_NAME[name].sql


def test_an_audit_trail_needs_all_four_elements(searches):
    """Time, user, what was searched for and reason: one search has all, one lacks a reason, one a user."""
    full = {
        "user_name": 1,
        "plate": 7,
        "reason": "burglary",
        "text_prompt": None,
        "text_prompt_state": "blank",
    }
    rows = [
        full,
        full | {"reason": None, "reason_state": "blank"},
        full | {"user_name": None, "user_name_state": "blank"},
        full | {"plate": None, "plate_state": "blank"},
        full
        | {"plate": None, "plate_state": "blank", "text_prompt": "red lorry", "text_prompt_state": "present"},
        full | {"plate_state": "wildcard"},
    ]
    estimate = searches(rows).run(BY_NAME["audit_trail_complete"])
    assert (estimate.numerator, estimate.denominator) == (3, 6)


def test_a_withheld_cell_is_on_neither_side_of_the_audit_trail(searches):
    """What was redacted may well have been recorded, so it is not counted as missing."""
    rows = [
        {"user_name": 1, "plate": 7, "reason": "burglary"},
        {"user_name": None, "user_name_state": "withheld", "plate": 7, "reason": "burglary"},
    ]
    estimate = searches(rows).run(BY_NAME["audit_trail_complete"])
    assert (estimate.numerator, estimate.denominator) == (1, 1)


def test_a_user_is_stated_or_blank(searches):
    """One of two users whose cell was not withheld is stated."""
    rows = [
        {"user_name": 1},
        {"user_name": None, "user_name_state": "blank"},
        {"user_name": None, "user_name_state": "withheld"},
    ]
    estimate = searches(rows).run(BY_NAME["user_stated"])
    assert (estimate.numerator, estimate.denominator) == (1, 2)


def test_an_account_number_is_no_user_name(searches):
    """An export that gives numbers in place of names cannot show that a name was recorded."""
    assert searches([{"user_id": 1}]).run(BY_NAME["user_stated"]).missing == ("user_name",)


def test_an_organisation_is_stated_or_blank(searches):
    """One of two searches whose organisation was not withheld names it."""
    rows = [{"agency": "A OR PD"}, {"agency": None}, {"agency": None, "agency_state": "withheld"}]
    estimate = searches(rows).run(BY_NAME["organisation_stated"])
    assert (estimate.numerator, estimate.denominator) == (1, 2)
