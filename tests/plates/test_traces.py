"""What is left in reasons that can point at somebody: found by its shape, counted, and never printed."""

import pytest

from answerable.programmes.plates.measures.traces import MEASURES

BY_NAME = {measure.name.removeprefix("searches."): measure for measure in MEASURES}


def found(searches, name, reason):
    """Say whether one reason holds a kind of trace."""
    return searches([{"reason": reason}]).run(BY_NAME[name]).numerator == 1


@pytest.mark.parametrize(
    "reason",
    [
        "ABC123",
        "7ABC123",
        "stolen 972fuc",
        "plate ABC-1234 seen",
        "b040793",
        "88YK237",
        "looking for SY1A2B7",
    ],
)
def test_a_plate_is_found(searches, reason):
    """Letters and digits together, five to eight of them, or in two groups."""
    assert found(searches, "plate_in_reason", reason)


@pytest.mark.parametrize(
    "reason",
    ["459 PC", "10851VC", "burglary 2nd st", "CASE25104", "25-10494", "covid19", "hwy 101", "8:30pm", "2025-06-22T17:41", "5150", "F150 truck",
     "investigation", "10-8", "ST2"],
)  # fmt: skip  # a table: what stands in one line belongs together
def test_what_is_no_plate_is_left_alone(searches, reason):
    """Statutes, case numbers, roads, times and models have other shapes, or are named as exceptions."""
    assert not found(searches, "plate_in_reason", reason)


@pytest.mark.parametrize(
    "reason",
    ["for Mr. Sample", "see Ms Example", "John Kowalski", "Kowalski, John", "welfare check Jane Roe"],
)
def test_a_name_is_found(searches, reason):
    """A form of address before a capital, or two words with capitals that are no plain words."""
    assert found(searches, "name_in_reason", reason)


@pytest.mark.parametrize(
    "reason",
    [
        "Stolen Vehicle",
        "Missing Person",
        "Administrative Test",
        "HIT AND RUN",
        "welfare check",
        "Officer Safety",
    ],
)
def test_what_is_no_name_is_left_alone(searches, reason):
    """Plain words in capitals are no name."""
    assert not found(searches, "name_in_reason", reason)


@pytest.mark.parametrize(
    ("reason", "phone"),
    [
        ("call 555-555-0142", True),
        ("(541) 555-0142", True),
        ("5415550142", True),
        ("25-10494", False),
        ("2510494", False),
    ],
)
def test_a_telephone_number_is_found(searches, reason, phone):
    """Ten digits, grouped or in one run; a case number is shorter."""
    assert found(searches, "phone_in_reason", reason) is phone


def test_any_trace_counts_once(searches):
    """A reason with a plate and a name is one search."""
    runner = searches(
        [{"reason": text} for text in ("ABC123 for Mr. Sample", "burglary", "call 555-555-0142")]
    )
    estimate = runner.run(BY_NAME["identifying_reason"])
    assert (estimate.numerator, estimate.denominator) == (2, 3)


def test_nothing_that_was_found_is_in_the_estimate(searches):
    """The number goes out, what it was made of does not."""
    runner = searches(
        [{"reason": text, "agency": "A OR PD"} for text in ("ABC123 for Mr. Sample", "call 555-555-0142")]
    )
    for measure in MEASURES:
        estimate = runner.run(measure)
        assert not [
            word for word in ("ABC123", "Sample", "0142") if word in repr(estimate).replace(estimate.sql, "")
        ]


@pytest.mark.parametrize("reason", ["459PC", "459PC 211PC", "459PC 211PC 245PC 187PC"])
def test_codes_in_a_row_are_no_plates(searches, reason):
    """Of two sections of a penal code side by side, neither is like a plate."""
    assert not found(searches, "plate_in_reason", reason)
