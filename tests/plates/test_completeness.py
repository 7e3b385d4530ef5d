"""Completeness across logs: logs with planted losses, edits, clocks and ties, where the truth is known."""

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from answerable.engine import DuckDB
from answerable.estimate import Estimate, NotMeasurable
from answerable.programmes.plates import PROGRAMME
from answerable.programmes.plates.matching import VIEWS
from answerable.programmes.plates.measures.completeness import MEASURES
from answerable.programmes.plates.records import SEARCH
from answerable.programmes.run import Runner
from planting import accounts, plant, table

BY_NAME = {measure.name.removeprefix("searches.logs."): measure for measure in MEASURES}
START = datetime.fromisoformat("2025-03-03T00:00")
DAYS = 20


def made(number, seed=1, **cells):
    """Make different searches of five organisations over some days, in the order of their times."""
    drawn = random.Random(seed)  # noqa: S311 - planted data is drawn from a seed
    seconds = sorted(drawn.sample(range(DAYS * 86_400), number))
    return [
        {
            "id": f"{seed}-{place}",
            "searched_at": START + timedelta(seconds=second),
            "agency": f"Town {drawn.randrange(5)} OR PD",
            "search_type": drawn.choice(["lookup", "lookup - Mobile", "convoy"]),
            "networks": drawn.randrange(1, 400),
            "reason": f"reason {place}",
            "user_name": 1 + drawn.randrange(9),
            "plate": 1 + place,
            **cells,
        }
        for place, second in enumerate(seconds)
    ]


def without(rows, *fields):
    """Give rows whose log does not export some fields."""
    return [
        {name: value for name, value in row.items() if name not in fields}
        | {f"{field}_state": "not exported" for field in fields}
        for row in rows
    ]


def later(rows, seconds):
    """Give rows whose clock is ahead."""
    return [row | {"searched_at": row["searched_at"] + timedelta(seconds=seconds)} for row in rows]


@pytest.fixture
def compare():
    """Give a function that plants logs by their labels and returns measures across them, by default all, by their short names."""
    engines = []

    def compared(*names, **logs):
        engine = DuckDB()
        engines.append(engine)
        rows = [
            row | {"source": source} for source, given in enumerate(logs.values(), start=1) for row in given
        ]
        sources = accounts(*({"source": source, "log": label} for source, label in enumerate(logs, start=1)))
        plant(engine, replace(PROGRAMME, views=VIEWS), {"searches": table(SEARCH, rows)}, sources)
        runner = Runner(engine, PROGRAMME.kinds)
        return {name: runner.run(BY_NAME[name]) for name in names or BY_NAME}

    yield compared
    for engine in engines:
        engine.close()


def parts(estimate, breakdown):
    """Give the numerators and denominators of a breakdown by label."""
    return {part.label: (part.numerator, part.denominator) for part in estimate.breakdowns.get(breakdown, ())}


@pytest.mark.parametrize("by_id", [True, False])
def test_a_planted_loss_is_recovered(compare, by_id):
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


def test_the_ground_is_the_period_that_both_cover(compare):
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


def test_an_own_log_is_compared_with_its_organisation(compare):
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


def test_contradictions_are_told_by_field_and_kind(compare):
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


def test_a_field_that_one_log_does_not_export_is_not_compared(compare):
    """Nothing is said of a field where one log has no such column; a cell withheld against a blank one is no contradiction."""
    rows = made(100)
    two = [row | {"reason": None, "reason_state": "blank"} for row in without(rows, "plate")]
    one = [row | {"reason": None, "reason_state": "withheld"} for row in rows]
    found = compare(One=one, Two=two)["contradicting"]
    assert found.numerator == 0
    assert "plate" not in parts(found, "field")
    assert parts(found, "field")["reason"] == (0, 100)


def test_the_rule_gives_no_verdict_on_its_own_fields(compare):
    """A pair that the rule made agrees on the rule's fields by construction, so they are not counted as agreeing."""
    found = compare(One=without(made(100), "id"), Two=without(made(100), "id"))["contradicting"]
    assert set(parts(found, "field")) == {"search time", "reason", "plate", "user"}


@pytest.mark.parametrize("by_id", [True, False])
@pytest.mark.parametrize("ahead", [25_200, -3, 3_600])
def test_a_constant_difference_of_clocks_is_taken_off(compare, by_id, ahead):
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
def test_a_part_that_is_an_hour_apart_is_found_and_said(compare, by_id, summer):
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


def test_ids_may_differ_by_seconds(compare):
    """Searches of one ID whose times differ by some seconds are one search, and their clocks are said to differ."""
    rows = made(300)
    other = rows[:250] + later(rows[250:260], 7) + rows[260:]
    found = compare(One=rows, Two=other)
    assert parts(found["matched"], "direction")["One, found in Two"] == (300, 300)
    assert parts(found["contradicting"], "field and kind")["search time: within a minute"] == (10, 300)


def test_two_systems_that_number_from_one_are_told_by_the_rule(compare):
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


def test_an_id_that_comes_again_later_pairs_nothing(compare):
    """Where logs number alike, one ID at quite another time is another search."""
    rows = made(300)
    other = [dict(row) for row in rows]
    for place in range(10, 20):
        other[place]["id"] = rows[place + 200]["id"]
        other[place + 200]["id"] = rows[place]["id"]
    found = compare(One=rows, Two=other)
    assert parts(found["matched"], "direction")["One, found in Two"] == (280, 300)


def test_ties_are_paired_one_to_one(compare):
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


def test_a_field_that_one_log_lacks_does_not_enter_the_rule(compare):
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


def test_a_mobile_form_is_its_desktop_form(compare):
    """A type with and without its mobile form is one type to the rule."""
    rows = without(made(100), "id")
    other = [row | {"search_type": row["search_type"].removesuffix(" - Mobile").upper()} for row in rows]
    assert compare(One=rows, Two=other)["matched"].value == 1


def test_what_cannot_be_told_apart_is_left_out_and_counted(compare):
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


def test_a_field_withheld_often_does_not_enter_the_rule(compare):
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


def test_logs_that_number_some_searches_are_told_by_both(compare):
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


def test_two_searches_with_ids_are_not_paired_by_the_rule(compare):
    """Where logs number alike, searches that agree in all but their IDs are two searches."""
    rows = made(300)
    one, other = without(rows[:100], "id") + rows[100:], without(rows[:100], "id") + rows[100:]
    other[150] = other[150] | {"id": "quite another"}
    found = compare(One=one, Two=other)["matched"]
    assert parts(found, "direction")["One, found in Two"] == (299, 300)


def seen_by(rows, *shares, seed=3):
    """Draw, for each log, which searches it holds: each with the log's chance."""
    drawn = random.Random(seed)  # noqa: S311 - planted data is drawn from a seed
    chosen = [[row for row in rows if drawn.random() < share] for share in shares]
    held = [{row["id"] for row in log} for log in chosen]
    begins = max(log[0]["searched_at"] for log in chosen)
    ends = min(log[-1]["searched_at"] for log in chosen)
    histories = {}
    for row in rows:
        history = "".join(str(int(row["id"] in ids)) for ids in held)
        if "1" in history and begins <= row["searched_at"] <= ends:
            histories[history] = histories.get(history, 0) + 1
    return chosen, histories


def labels(histories, names):
    """Write histories as the report does."""
    written = {}
    for history, number in histories.items():
        within = [name for name, digit in zip(names, history, strict=True) if digit == "1"]
        label = (
            " and ".join([", ".join(within[:-1]), within[-1]]) if len(within) > 1 else f"{within[0]} alone"
        )
        written[label] = number
    return written


@pytest.mark.parametrize(
    "lacking", [(), ("A", "B", "C"), ("C",), ("A",)], ids=["ids", "no ids", "third", "first"]
)
def test_capture_histories_of_three_logs_are_recovered(compare, lacking):
    """Which of three logs show a search is told by IDs, by the rule, and by both together where a log has no IDs."""
    logs, histories = seen_by(made(700), 0.8, 0.6, 0.7)
    given = {
        name: without(rows, "id") if name in lacking else rows for name, rows in zip("ABC", logs, strict=True)
    }
    given = {name: later(rows, 500 * place) for place, (name, rows) in enumerate(given.items())}
    found = compare(**given)["unseen"]
    numbers = {label: numerator for label, (numerator, _) in parts(found, "found in").items()}
    assert numbers == labels(histories, "ABC")


def test_ties_of_three_logs_are_matched_first_to_first(compare):
    """Of searches alike in the whole rule, three, two and one make one that all show, one that two show and one alone."""
    alike = without(made(100), "id", "reason")[50] | {"networks": 777}
    rows, histories = seen_by(without(made(700), "reason"), 0.8, 0.6, 0.7)
    a, b, c = ([*without(log, "id"), *[alike] * number] for log, number in zip(rows, (3, 2, 1), strict=True))
    numbers = {
        label: numerator
        for label, (numerator, _) in parts(compare(A=a, B=b, C=c)["unseen"], "found in").items()
    }
    expected = labels(histories, "ABC")
    for label in ("A, B and C", "A and B", "A alone"):
        expected[label] += 1
    assert numbers == expected


def test_two_logs_give_chapmans_estimate(compare):
    """Two logs that hold 80 and 60 % of 1,000 searches tell how many neither holds, within the interval."""
    rows = made(1_000)
    (one, other), histories = seen_by(rows, 0.8, 0.6)
    found = compare(One=one, Two=other)
    unseen, coverage = found["unseen"], found["coverage"]
    both, alone, second = (histories[history] for history in ("11", "10", "01"))
    assert unseen.value == pytest.approx(alone * second / (both + 1))
    assert unseen.interval.low <= 1_000 - sum(histories.values()) <= unseen.interval.high
    assert coverage.numerator == sum(histories.values())
    assert coverage.value == pytest.approx(coverage.numerator / (coverage.numerator + unseen.value))
    assert parts(coverage, "log")["One"] == (both + alone, pytest.approx(coverage.denominator))
    (first, _) = coverage.breakdowns["log"]
    assert first.interval.low < first.value < first.interval.high


def test_three_logs_give_a_model_and_a_bound(compare):
    """With three logs the estimate is a model's, and Chao's lower bound stands beside it."""
    logs, histories = seen_by(made(1_500), 0.6, 0.5, 0.4)
    found = compare(**dict(zip("ABC", logs, strict=True)))["unseen"]
    assert found.interval.low <= 1_500 - sum(histories.values()) <= found.interval.high
    assert "log-linear" in found.method
    assert "Chao's lower bound" in [part.label for part in found.breakdowns["estimate"]]


def test_where_no_model_can_be_relied_on_the_bound_is_given(compare):
    """More logs than models can take give Chao's lower bound, and say that it is one and why."""
    logs, histories = seen_by(made(600), *[0.35] * 7)
    found = compare(**{f"L{place}": log for place, log in enumerate(logs)})["unseen"]
    assert "lower bound" in found.method
    assert found.caveats[0].startswith(
        "The number is a lower bound, for no model of the logs can be relied on: 7 lists"
    )
    assert found.interval.low <= 600 - sum(histories.values()) <= found.interval.high


def test_one_log_is_refused(compare):
    """A case with one log says so, and what to ask for."""
    for result in compare(Own=made(50)).values():
        assert isinstance(result, NotMeasurable)
        assert result.reason == "The case holds one log."
        assert "--log NAME=PATH" in result.ask_for


def test_logs_of_different_periods_are_refused(compare):
    """Logs without a common period have nothing to agree on, which is not the same as agreeing on nothing."""
    rows = made(200)
    for name, result in compare(First=rows[:90], Second=rows[110:]).items():
        if name != "clock_shift":
            assert isinstance(result, NotMeasurable), name
            assert result.ask_for


def test_unseen_is_refused_where_organisations_cannot_be_told(compare):
    """A log without organisations against one with them gives no estimate of the unseen."""
    rows = made(300)
    found = compare(Own=without(rows[::2], "agency"), Network=rows[1:-1])
    for name in ("unseen", "coverage"):
        assert isinstance(found[name], NotMeasurable)
        assert "organisation" in found[name].ask_for
    assert isinstance(found["matched"], Estimate)


def test_unseen_is_refused_where_the_logs_share_too_little(compare):
    """Logs that share fewer than seven searches give no estimate; the refusal says why."""
    rows = made(300)
    found = compare(One=rows[:1] + rows[2:150] + rows[-2:-1], Two=rows[1:5] + rows[150:])
    assert isinstance(found["unseen"], NotMeasurable)
    assert "share" in found["unseen"].reason


def test_no_pair_by_the_rule_is_said(compare):
    """Where every search is told by its ID, there is no pair that the rule could have made by chance."""
    found = compare(One=made(100), Two=made(100))["false_matches"]
    assert isinstance(found, NotMeasurable)
    assert "by ID" in found.reason


def test_the_order_of_rows_changes_nothing(compare):
    """Shuffled logs give the same estimates, to the last digit and label."""
    rows = without(made(300), "id")
    given = {"A": rows[:250] + rows[40:60], "B": later(rows[30:], 60), "C": rows[10:290:2] + rows[11:290:3]}
    drawn = random.Random(8)  # noqa: S311 - planted data is drawn from a seed
    shuffled = {name: drawn.sample(log, len(log)) for name, log in given.items()}
    assert compare(**given) == compare(**shuffled)


def test_no_identity_is_in_a_result(compare):
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


def test_every_pair_of_many_logs_is_compared(compare):
    """Six logs make fifteen pairs, each told both ways."""
    rows = made(120)
    found = compare(**{f"L{place}": rows[:100] + rows[100 + place :] for place in range(6)})["matched"]
    assert len(parts(found, "direction")) == 30
