"""Sharing: edges between organisations, what comes back, two steps, and what changed between two dates."""

import pytest

from answerable.estimate import NotMeasurable
from answerable.programmes.plates import PROGRAMME
from planting import accounts

MEASURES = {measure.name: measure for measure in PROGRAMME.measures}
LISTS = accounts(
    {"source": 1, "kind": "sharing edge", "log": "2024-01-01"},
    {"source": 2, "kind": "sharing edge", "log": "2024-06-01"},
)
A, B, C = "Alder OR PD", "Birch OR PD", "Cedar CA PD"
D, FBI, OLD = "Dogwood Department", "FBI [Federal]", "Elm OR PD [Inactive]"


def edges(*pairs, source=1):
    """Give edges from giver to receiver."""
    return [{"giver": giver, "receiver": receiver, "source": source} for giver, receiver in pairs]


def run(runner, name):
    """Run a measure by its short name."""
    return runner.run(MEASURES[name])


@pytest.fixture
def county(records):
    """Seven edges: two are returned, one leads to another state, one to a federal body, one to an inactive one."""
    return records(shares=edges((A, B), (B, A), (A, C), (B, C), (C, D), (A, FBI), (B, OLD)))


def test_organisations_are_counted_once_in_each_role(county):
    """Three give and six receive."""
    assert run(county, "shares.givers").value == 3
    assert run(county, "shares.receivers").value == 6


def test_another_state_is_told_where_both_names_show_one(county):
    """Of five edges between names that show a state two lead to another; the others count on neither side."""
    found = run(county, "shares.out_of_state")
    assert (found.numerator, found.denominator) == (2, 5)


def test_federal_and_inactive_receivers(county):
    """One edge in seven each."""
    federal, inactive = run(county, "shares.federal"), run(county, "shares.inactive")
    assert (federal.numerator, federal.denominator) == (1, 7)
    assert (inactive.numerator, inactive.denominator) == (1, 7)


def test_what_is_not_returned_is_told_among_givers(county):
    """A and B share both ways; C gives too and returns to neither; of D, which gives nothing here, nothing is said."""
    found = run(county, "shares.one_way")
    assert (found.numerator, found.denominator) == (2, 4)
    assert {
        part.label: (part.numerator, part.denominator) for part in found.breakdowns["giving organisation"]
    } == {
        A: (1, 2),
        B: (1, 2),
    }


def test_two_steps_reach_what_the_first_reaches(county):
    """A reaches B, C, FBI and by them D and OLD; B reaches A, C, OLD and by them FBI and D; C reaches D."""
    found = run(county, "shares.two_steps")
    two = {part.label: part.value for part in found.breakdowns["in one or two steps"]}
    one = {part.label: part.value for part in found.breakdowns["in one step"]}
    assert (two["fewest"], two["most"], found.value, found.denominator) == (1, 5, 5, 3)
    assert (one["fewest"], one["most"]) == (1, 3)


def test_an_organisation_is_not_reached_by_itself(records):
    """A pair that shares both ways reaches one organisation each, not itself at the second step."""
    assert run(records(shares=edges((A, B), (B, A), (A, A))), "shares.two_steps").value == 1


def test_one_list_shows_no_change(county):
    """With one date there is nothing to compare, and the measure says how to give a second."""
    for name in ("shares.added", "shares.removed"):
        found = run(county, name)
        assert isinstance(found, NotMeasurable)
        assert "--log" in found.ask_for


def test_two_lists_show_what_came_and_went(records):
    """Of the later list's three edges one is new, of the earlier's three one is gone; other measures take the later."""
    both = [*edges((A, B), (A, C), (B, A)), *edges((A, B), (B, A), (C, D), source=2)]
    runner = records(sources=LISTS, shares=both)
    added, removed = run(runner, "shares.added"), run(runner, "shares.removed")
    assert (added.numerator, added.denominator) == (1, 3)
    assert (removed.numerator, removed.denominator) == (1, 3)
    kept_apart = {part.label: part.numerator for part in added.breakdowns["whose giver is in both lists"]}
    assert kept_apart == {"yes": 0, "no": 1}
    assert run(runner, "shares.receivers").value == 3


def test_the_order_of_sources_does_not_say_which_list_is_later(records):
    """Labels do: a list read first may be the later one."""
    turned = LISTS.replace("2024-01-01", "2025-01-01")
    runner = records(sources=turned, shares=[*edges((A, B), (A, C)), *edges((A, B), source=2)])
    assert run(runner, "shares.added").numerator == 1
    assert run(runner, "shares.removed").numerator == 0


def test_an_agency_reads_its_own_list(records):
    """Of three organisations it shares with, one shares nothing in return, one is federal, one of another state."""
    runner = records(
        partners=[
            {"agency": A, "shared_by_me": "Main", "shared_with_me": "Alder"},
            {"agency": B, "shared_by_me": "Main", "shared_with_me": "Birch"},
            {"agency": "Fir CA PD [Federal]", "shared_by_me": "Main"},
            {"agency": D, "shared_with_me": "Dogwood"},
        ]
    )
    shown = {
        name: (run(runner, f"partners.{name}").numerator, run(runner, f"partners.{name}").denominator)
        for name in ("given_to", "not_returned", "federal", "out_of_state")
    }
    assert shown == {"given_to": (3, 4), "not_returned": (1, 3), "federal": (1, 3), "out_of_state": (1, 3)}
