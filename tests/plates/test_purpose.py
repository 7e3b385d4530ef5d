"""Whether a search says why it was made, on small tables where the truth is known."""

import pytest

from answerable.estimate import NotMeasurable
from answerable.programmes.plates.measures.purpose import MEASURES

BY_NAME = {measure.name.removeprefix("searches."): measure for measure in MEASURES}


def reasons(*texts):
    """Plant one search for each reason; None is blank."""
    return [{"reason": text} for text in texts]


def counted(estimate):
    """Give a share's numerator and denominator."""
    return estimate.numerator, estimate.denominator


def test_a_blank_reason_is_counted_among_those_not_withheld(searches):
    """One blank of two; the withheld one is on neither side, and could have gone either way."""
    rows = [*reasons("burglary", None), {"reason": None, "reason_state": "withheld"}]
    estimate = searches(rows).run(BY_NAME["no_reason"])
    assert counted(estimate) == (1, 2)
    assert estimate.left_out == 1


def test_any_field_that_states_a_purpose_is_a_purpose(searches):
    """A reason, a case number or an offence type: one of them is enough."""
    rows = [
        {"reason": "burglary", "case_number": None, "offense_type": None},
        {"reason": None, "case_number": 7, "offense_type": None},
        {"reason": None, "case_number": None, "offense_type": "Burglary"},
        {"reason": None, "case_number": None, "offense_type": None},
    ]
    assert counted(searches(rows).run(BY_NAME["no_purpose"])) == (1, 4)


def test_a_withheld_field_settles_nothing_by_itself(searches):
    """Where one field is withheld and the others are blank it cannot be told; where another states a purpose it can."""
    withheld = {"reason": None, "reason_state": "withheld"}
    rows = [
        withheld | {"case_number": None, "offense_type": None},
        withheld | {"case_number": 7, "offense_type": None},
        {"reason": None, "case_number": None, "offense_type": None},
    ]
    estimate = searches(rows).run(BY_NAME["no_purpose"])
    assert counted(estimate) == (1, 2)
    assert estimate.left_out == 1
    assert (
        "1 search of which a cell that was withheld or not exported leaves it open is left out."
        in estimate.caveats
    )


def test_a_field_that_was_not_exported_may_hold_the_purpose(searches):
    """An export without the offence type cannot show that a search has no purpose, only that one has."""
    estimate = searches([{"reason": None, "case_number": None}, {"reason": None, "case_number": 7}]).run(
        BY_NAME["no_purpose"]
    )
    assert counted(estimate) == (0, 1)
    assert estimate.left_out == 1


def test_a_case_number_is_missing_only_where_it_is_exported(searches):
    """Without the column there is no number, and none of none is not a zero."""
    assert counted(searches([{"case_number": 1}, {"case_number": None}]).run(BY_NAME["no_case_number"])) == (
        1,
        2,
    )
    assert isinstance(searches(reasons("burglary")).run(BY_NAME["no_case_number"]), NotMeasurable)


@pytest.mark.parametrize(
    "reason",
    ["investigation", "INV", "Inv.", "invest", "investigations", "investigaton", "criminal+investigation", "intel",
     "suspicious", "investigation*", "Other - Not Applicable", "police"],
)  # fmt: skip  # a table: what stands in one line belongs together
def test_a_vague_reason_is_one_that_says_nothing_more(searches, reason):
    """The words for police work, however they are spelt, spaced and cased, alone."""
    assert counted(searches(reasons(reason, None)).run(BY_NAME["vague_reason"])) == (1, 1)


@pytest.mark.parametrize(
    "reason",
    ["investigation burglary", "homicide investigation", "suspicious vehicle", "inventory theft", "invasion", "intelligence leak",
     "hit and run", "warrant"],
)  # fmt: skip  # a table: what stands in one line belongs together
def test_a_reason_that_says_more_is_not_vague(searches, reason):
    """A vague word beside a subject is a reason."""
    assert counted(searches(reasons(reason)).run(BY_NAME["vague_reason"])) == (0, 1)


@pytest.mark.parametrize(
    ("reason", "number"),
    [
        ("2510494", 1),
        ("24-12345", 1),
        ("#25/104", 1),
        ("25-104 theft", 0),
        ("-", 0),
        ("459 PC", 0),
        ("St2", 0),
    ],
)
def test_a_number_alone(searches, reason, number):
    """Digits and separators; a statute or a word beside it is more than a number."""
    assert searches(reasons(reason)).run(BY_NAME["number_only_reason"]).numerator == number


@pytest.mark.parametrize(
    "reason", ["asdf", "asdfgh", "ASDASD", "jkljkl", "zzzz", "qwerty", "fghj", "uuvwwwwwwwww", "sdfsdf"]
)
def test_a_run_of_keys(searches, reason):
    """Neighbouring or repeated keys that are no word."""
    assert searches(reasons(reason)).run(BY_NAME["keyboard_mash"]).numerator == 1


@pytest.mark.parametrize(
    "reason",
    [
        "uuv",
        "cfs",
        "vro",
        "dui",
        "gta",
        "btr",
        "property",
        "power theft",
        "flash",
        "gas",
        "lcso",
        "theft",
        "xxx",
        "dwls",
        "psp",
    ],
)
def test_an_abbreviation_is_no_run_of_keys(searches, reason):
    """Short forms and ordinary words are left alone."""
    assert searches(reasons(reason)).run(BY_NAME["keyboard_mash"]).numerator == 0


def test_reasons_are_broken_down_by_organisation_and_month(searches):
    """The parts add up to the whole."""
    rows = [
        {"reason": text, "agency": agency}
        for text, agency in ((None, "A OR PD"), ("theft", "A OR PD"), (None, "B OR PD"))
    ]
    estimate = searches(rows).run(BY_NAME["no_reason"])
    assert {part.label: (part.numerator, part.denominator) for part in estimate.breakdowns["agency"]} == {
        "A OR PD": (1, 2),
        "B OR PD": (1, 1),
    }
