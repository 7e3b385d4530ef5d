"""Which tools searches used, on small tables where the truth is known."""

import pytest

from answerable.programmes.plates.measures.tools import MEASURES

BY_NAME = {measure.name.removeprefix("searches."): measure for measure in MEASURES}
TYPES = (
    "lookup",
    "Lookup - Mobile",
    "search",
    "apiLookup",
    "convoy",
    "Convoy",
    "freeform",
    "visual",
    "multiGeo",
    None,
)


def _counts(estimate, breakdown):
    return {part.label: (part.numerator, part.denominator) for part in estimate.breakdowns[breakdown]}


def test_other_tools_are_all_but_the_plate_look_ups(searches):
    """Five of nine typed searches used another tool, whatever the case, and mobile goes with desktop."""
    estimate = searches([{"search_type": kind} for kind in TYPES]).run(BY_NAME["search_types"])
    assert (estimate.numerator, estimate.denominator) == (5, 9)
    assert _counts(estimate, "type")["lookup"] == (2, 9)
    assert _counts(estimate, "type")["convoy"] == (2, 9)
    assert sum(part.numerator for part in estimate.breakdowns["type"]) == 9


@pytest.mark.parametrize(("tool", "count"), [("convoy", 2), ("freeform", 1), ("visual", 1)])
def test_each_tool_is_counted_among_the_typed_searches(searches, tool, count):
    """A search without a type is on neither side."""
    estimate = searches([{"search_type": kind} for kind in TYPES]).run(BY_NAME[tool])
    assert (estimate.numerator, estimate.denominator) == (count, 9)


def test_moderation_outcomes_are_counted_apart(searches):
    """Warnings and blocks are two measures, and both are outcomes other than allow."""
    outcomes = ("allow", "Allow", "allowed", "warn", "warned", "block", "blocked", None)
    runner = searches([{"moderation": outcome} for outcome in outcomes])
    moderated, warned, blocked = (
        runner.run(BY_NAME[name]) for name in ("moderated", "moderation_warned", "moderation_blocked")
    )
    assert (moderated.numerator, moderated.denominator) == (4, 7)
    assert (warned.numerator, warned.denominator) == (2, 7)
    assert (blocked.numerator, blocked.denominator) == (2, 7)
    assert _counts(moderated, "outcome") == {
        "allow": (2, 7),
        "allowed": (1, 7),
        "block": (1, 7),
        "blocked": (1, 7),
        "warn": (1, 7),
        "warned": (1, 7),
    }


def test_a_type_that_is_not_known_is_counted_and_not_named(searches):
    """What stands in the column of a shifted export may be a name."""
    estimate = searches([{"search_type": kind} for kind in ("lookup", "J. Doe", "Jane Roe - Mobile")]).run(
        BY_NAME["search_types"]
    )
    assert _counts(estimate, "type") == {"another type": (2, 3), "lookup": (1, 3)}


def test_an_answer_that_is_not_known_is_counted_and_not_named(searches):
    """The same of moderation."""
    estimate = searches([{"moderation": answer} for answer in ("allow", "J. Doe", None)]).run(
        BY_NAME["moderated"]
    )
    assert _counts(estimate, "outcome") == {"allow": (1, 2), "another answer": (1, 2)}
