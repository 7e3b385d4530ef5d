"""Completeness across logs: logs with planted losses, edits, clocks and ties, where the truth is known."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from answerable.estimate import Estimate, NotMeasurable
from answerable.programmes.plates.matching import VIEWS
from plates.logs import compare, later, made, parts, planted, without


@pytest.mark.parametrize("by_id", [True, False])
def test_a_planted_loss_is_recovered(by_id):
    """Of 500 searches one log lacks every fifth and the other every seventh: both ways are told exactly."""
    rows = made(500) if by_id else without(made(500), "id")
    one, other = (
        [row for place, row in enumerate(rows) if place % 5 != 2],
        [row for place, row in enumerate(rows) if place % 7 != 3],
    )
    both = [row for place, row in enumerate(rows) if place % 5 != 2 and place % 7 != 3]
    found = compare(Own=one, Theirs=other)
    assert parts(found["matched"], "direction") == {
        "Own, found in Theirs": (len(both), len(one)),
        "Theirs, found in Own": (len(both), len(other)),
    }
    how = (
        "by ID"
        if by_id
        else "by the rule (time to the second, organisation, search type, number of networks)"
    )
    assert parts(found["matched"], "found by") == {f"Own and Theirs: {how}": (len(both), len(both))}
    alone = len(one) + len(other) - 2 * len(both)
    assert (found["only_one"].numerator, found["only_one"].denominator) == (alone, alone + len(both))
    assert found["contradicting"].numerator == 0
    assert found["clock_shift"].value == 0


def test_the_ground_is_the_period_that_both_cover():
    """What one log shows before the other begins and after it ends counts on neither side."""
    rows = made(300)
    found = compare(First=rows[:200], Second=rows[100:])
    assert parts(found["matched"], "direction") == {
        "First, found in Second": (100, 100),
        "Second, found in First": (100, 100),
    }
    assert parts(found["matched"], "on common ground") == {
        "First, against Second": (100, 200),
        "Second, against First": (100, 200),
    }


def test_an_own_log_is_compared_with_its_organisation():
    """A log of one organisation is held against that organisation's searches; against all, in a breakdown of its own."""
    rows = made(400)
    town = [row for row in rows if row["agency"] == "Town 0 OR PD"]
    found = compare(Network=rows[1:-1], Town=[rows[0] | {"agency": "Town 0 OR PD"}, *town, rows[-1] | {"agency": "Town 0 OR PD"}])  # fmt: skip  # one call
    inside = [row for row in town if row not in (rows[0], rows[-1])]
    assert parts(found["matched"], "direction") == {
        "Network, found in Town": (len(inside), len(inside)),
        "Town, found in Network": (len(inside), len(inside)),
    }
    assert (
        parts(found["matched"], "direction, every organisation")["Network, found in Town"][1] == len(rows) - 2
    )


def test_contradictions_are_told_by_field_and_kind():
    """What one log withholds, leaves blank or edits is counted for the field, among the pairs of which it can be compared."""
    rows = made(200)
    other = [dict(row) for row in rows]
    for row in other[:10]:
        row |= {"reason": None, "reason_state": "withheld"}
    for row in other[10:17]:
        row |= {"reason": None}  # blank
    for row in other[17:20]:
        row["reason"] = "another reason"
    for row in other[20:25]:
        row["plate"] += 1_000
    for row in other[25:27]:
        row["networks"] += 1
    other[27]["agency"] = "Elsewhere OR PD"
    other[28]["search_type"] = "freeform"
    other[29]["reason"] = other[29]["reason"].upper().replace(" ", "+")  # the same reason in another spelling
    for row in rows[:2]:
        row |= {"plate": None, "plate_state": "withheld"}
    for row in rows[2:4]:
        row |= {"reason": None, "reason_state": "withheld"}  # the other withholds it too
    found = compare(One=rows, Two=[row | {"devices": 5} for row in other])["contradicting"]
    assert parts(found, "field") == {
        "search time": (0, 200),
        "reason": (18, 200),
        "plate": (7, 200),
        "user": (0, 200),
        "networks searched": (2, 200),
        "devices searched": (
            200,
            200,
        ),  # blank in the first log: its fixture exports every field that some row names
        "search type": (1, 200),
        "organisation": (1, 200),
    }
    kinds = parts(found, "field and kind")
    assert kinds["reason: withheld in one log"] == (8, 200)
    assert kinds["reason: blank in one log"] == (7, 200)
    assert kinds["reason: not the same"] == (3, 200)
    assert kinds["plate: withheld in one log"] == (2, 200)
    assert kinds["plate: not the same"] == (5, 200)
    assert kinds["devices searched: blank in one log"] == (200, 200)


def test_a_field_that_one_log_does_not_export_is_not_compared():
    """Nothing is said of a field where one log has no such column; a cell withheld against a blank one is no contradiction."""
    rows = made(100)
    two = [row | {"reason": None, "reason_state": "blank"} for row in without(rows, "plate")]
    one = [row | {"reason": None, "reason_state": "withheld"} for row in rows]
    found = compare(One=one, Two=two)["contradicting"]
    assert found.numerator == 0
    assert "plate" not in parts(found, "field")
    assert parts(found, "field")["reason"] == (0, 100)


def test_the_rule_gives_no_verdict_on_its_own_fields():
    """A pair that the rule made agrees on the rule's fields by construction, so they are not counted as agreeing."""
    found = compare(One=without(made(100), "id"), Two=without(made(100), "id"))["contradicting"]
    assert set(parts(found, "field")) == {"search time", "reason", "plate", "user"}


@pytest.mark.parametrize("by_id", [True, False])
@pytest.mark.parametrize("ahead", [25_200, -3, 3_600])
def test_a_constant_difference_of_clocks_is_taken_off(by_id, ahead):
    """A clock that is ahead throughout changes nothing but the clock that is reported."""
    rows = made(400) if by_id else without(made(400), "id")
    found = compare(One=rows[::2] + rows[1::4], Two=later(rows, ahead))
    assert parts(found["matched"], "direction")["One, found in Two"] == (300, 300)
    assert [part.value for part in found["clock_shift"].breakdowns["seconds ahead"]] == [ahead]
    assert found["clock_shift"].value == abs(ahead)
    assert (found["clock_shift"].numerator, found["clock_shift"].denominator) == (300, 300)
    assert found["contradicting"].numerator == 0


@pytest.mark.parametrize("by_id", [True, False])
@pytest.mark.parametrize("summer", [3_600, -3_600])
def test_a_part_that_is_an_hour_apart_is_found_and_said(by_id, summer):
    """Where one log changed to summer time and the other did not, pairs are found an hour apart, and counted as such."""
    rows = made(600) if by_id else without(made(600), "id")
    ahead = 18_000
    other = later(rows[:450], ahead) + later(rows[450:], ahead + summer)
    found = compare(One=rows, Two=other)
    # Within an hour of its end, what the other log holds an hour later is outside the period that both cover.
    matched, held = parts(found["matched"], "direction")["One, found in Two"]
    edge = sum(row["searched_at"] > rows[-1]["searched_at"] - timedelta(hours=1) for row in rows)
    assert held - matched <= edge
    assert matched > 590
    assert parts(found["clock_shift"], "pairs of searches") == {
        "One and Two: agree to the second": (450, matched),
        "One and Two: agree within a minute": (0, matched),
        "One and Two: differ by an hour": (matched - 450, matched),
    }
    assert parts(found["contradicting"], "field and kind")["search time: an hour apart"] == (
        matched - 450,
        matched,
    )


def test_ids_may_differ_by_seconds():
    """Searches of one ID whose times differ by some seconds are one search, and their clocks are said to differ."""
    rows = made(300)
    other = rows[:250] + later(rows[250:260], 7) + rows[260:]
    found = compare(One=rows, Two=other)
    assert parts(found["matched"], "direction")["One, found in Two"] == (300, 300)
    assert parts(found["contradicting"], "field and kind")["search time: within a minute"] == (10, 300)


def test_two_systems_that_number_from_one_are_told_by_the_rule():
    """IDs that two systems gave to different searches pair nothing; the same searches are found by the rule."""
    rows = made(300)
    one = [row | {"id": str(place)} for place, row in enumerate(rows[:250])]
    other = [row | {"id": str(place)} for place, row in enumerate(rows[50:])]
    found = compare(One=one, Two=other)
    assert parts(found["matched"], "direction") == {
        "One, found in Two": (200, 200),
        "Two, found in One": (200, 200),
    }
    assert list(parts(found["matched"], "found by")) == [
        "One and Two: by the rule (time to the second, organisation, search type, number of networks)"
    ]


def test_an_id_that_comes_again_later_pairs_nothing():
    """Where logs number alike, one ID at quite another time is another search."""
    rows = made(300)
    other = [dict(row) for row in rows]
    for place in range(10, 20):
        other[place]["id"] = rows[place + 200]["id"]
        other[place + 200]["id"] = rows[place]["id"]
    found = compare(One=rows, Two=other)
    assert parts(found["matched"], "direction")["One, found in Two"] == (280, 300)


def test_ties_are_paired_one_to_one():
    """Of searches alike in the whole rule, one log's three and the other's two make two pairs, which are not compared."""
    (alike,) = without(made(1, seed=9), "id", "reason", "plate", "user_name")
    rows = without(made(100), "id", "reason", "plate", "user_name")
    alike |= {"searched_at": rows[50]["searched_at"]}
    found = compare(One=[*rows, *[alike] * 3], Two=[*rows, *[alike] * 2])
    assert parts(found["matched"], "direction") == {
        "One, found in Two": (102, 103),
        "Two, found in One": (102, 102),
    }
    assert parts(found["contradicting"], "compared") == {"One and Two": (100, 102)}


def test_a_field_that_one_log_lacks_does_not_enter_the_rule():
    """The rule that applied is stated for each pair of logs: it holds the fields that both export."""
    rows = made(200)
    found = compare(
        A=without(rows, "id"), B=without(rows, "id", "networks"), C=without(rows, "id", "agency", "networks")
    )
    assert parts(found["matched"], "found by") == {
        "A and B: by the rule (time to the second, organisation, search type)": (200, 200),
        "A and C: by the rule (time to the second, search type)": (200, 200),
        "B and C: by the rule (time to the second, search type)": (200, 200),
    }


def test_a_mobile_form_is_its_desktop_form():
    """A type with and without its mobile form is one type to the rule."""
    rows = without(made(100), "id")
    other = [row | {"search_type": row["search_type"].removesuffix(" - Mobile").upper()} for row in rows]
    assert compare(One=rows, Two=other)["matched"].value == 1


def test_what_cannot_be_told_apart_is_left_out_and_counted():
    """A search without an ID whose organisation is withheld is in no denominator of its log."""
    rows = without(made(1_000), "id")
    other = [dict(row) for row in rows]
    for row in other[100:105]:
        row |= {"agency": None, "agency_state": "withheld"}
    found = compare(One=rows, Two=other)["matched"]
    assert parts(found, "direction") == {
        "One, found in Two": (995, 1_000),
        "Two, found in One": (995, 995),
    }
    assert parts(found, "told apart by the rule or an ID") == {"Two, found in One": (995, 1_000)}


def test_a_field_withheld_often_does_not_enter_the_rule():
    """Where a log withholds the organisation of more than one search in 100, the rule does without it."""
    rows = without(made(1_000), "id")
    other = [dict(row) for row in rows]
    for row in other[100:120]:
        row |= {"agency": None, "agency_state": "withheld"}
    found = compare(One=rows, Two=other)["matched"]
    assert found.value == 1
    assert list(parts(found, "found by")) == [
        "One and Two: by the rule (time to the second, search type, number of networks)"
    ]


def test_logs_that_number_some_searches_are_told_by_both():
    """Searches with IDs in both logs are told by them, an edit notwithstanding; the others by the rule."""
    rows = made(400)
    one = [*without(rows[:100], "id"), *rows[100:]]
    other = [*without(rows[:200], "id"), *[row | {"networks": 999} for row in rows[200:300]], *rows[300:350]]
    found = compare(One=one, Two=other)["matched"]
    assert parts(found, "direction")["Two, found in One"] == (350, 350)
    assert parts(found, "found by") == {
        "One and Two: by ID": (150, 350),
        "One and Two: by the rule (time to the second, organisation, search type, number of networks)": (
            200,
            350,
        ),
    }


def test_two_searches_with_ids_are_not_paired_by_the_rule():
    """Where logs number alike, searches that agree in all but their IDs are two searches."""
    rows = made(300)
    one, other = without(rows[:100], "id") + rows[100:], without(rows[:100], "id") + rows[100:]
    other[150] = other[150] | {"id": "quite another"}
    found = compare(One=one, Two=other)["matched"]
    assert parts(found, "direction")["One, found in Two"] == (299, 300)


def test_one_log_is_refused():
    """A case with one log says so, and what to ask for."""
    for result in compare(Own=made(50)).values():
        assert isinstance(result, NotMeasurable)
        assert result.reason == "The case holds one log of searches."
        assert "--log NAME=PATH" in result.ask_for


def test_logs_of_different_periods_are_refused():
    """Logs without a common period have nothing to agree on, which is not the same as agreeing on nothing."""
    rows = made(200)
    for name, result in compare(First=rows[:90], Second=rows[110:]).items():
        if name != "clock_shift":
            assert isinstance(result, NotMeasurable), name
            assert result.ask_for


def test_no_pair_by_the_rule_is_said():
    """Where every search is told by its ID, there is no pair that the rule could have made by chance."""
    found = compare(One=made(100), Two=made(100))["false_matches"]
    assert isinstance(found, NotMeasurable)
    assert "by ID" in found.reason


def test_the_order_of_rows_changes_nothing():
    """Shuffled logs give the same estimates, to the last digit and label."""
    rows = without(made(300), "id")
    given = {"A": rows[:250] + rows[40:60], "B": later(rows[30:], 60), "C": rows[10:290:2] + rows[11:290:3]}
    drawn = random.Random(8)  # noqa: S311 - planted data is drawn from a seed
    shuffled = {name: drawn.sample(log, len(log)) for name, log in given.items()}
    assert compare(**given) == compare(**shuffled)


def test_no_identity_is_in_a_result():
    """Results name logs and fields: no ID, reason, user, plate or case number of a search."""
    rows = [
        row | {"id": f"secret-{place}", "reason": f"secret reason {place}", "plate": 7_777_000 + place}
        for place, row in enumerate(made(200))
    ]
    found = compare(One=rows[:150], Two=rows[50:], Three=without(rows, "id"))
    for result in found.values():
        said = repr(replace(result, sql="")) if isinstance(result, Estimate) else repr(result)
        assert "secret" not in said
        assert "7777" not in said.replace(",", "")


def test_every_pair_of_many_logs_is_compared():
    """Six logs make fifteen pairs, each told both ways."""
    rows = made(120)
    found = compare(**{f"L{place}": rows[:100] + rows[100 + place :] for place in range(6)})["matched"]
    assert len(parts(found, "direction")) == 30


def test_what_is_kept_holds_no_identity():
    """The tables that are kept hold whole numbers, labels, organisations and types: no ID, reason, user or plate of a search."""
    rows = [
        row | {"reason": f"secret reason {place}", "plate": 7_777_000 + place, "user_name": 8_888_000 + place}
        for place, row in enumerate(made(200))
    ]
    with planted(One=rows[:150], Two=without(rows[:20], "id") + rows[50:], Three=rows) as engine:
        kept = {view.name: engine.rows(f"SELECT * FROM {view.name}") for view in VIEWS if view.kept}
    identities = {row[name] for row in rows for name in ("id", "reason", "plate", "user_name")}
    cells = {name: {cell for row in found for cell in row} for name, found in kept.items()}
    assert len(cells["log_told"]) > 100
    assert {name: held & identities for name, held in cells.items() if held & identities} == {}
