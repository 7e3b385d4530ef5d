"""What no log shows: capture histories over three logs and more, and what is estimated from them."""

import random

import pytest

from answerable.estimate import Estimate, NotMeasurable
from plates.logs import compare, later, made, parts, without


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
def test_capture_histories_of_three_logs_are_recovered(lacking):
    """Which of three logs show a search is told by IDs, by the rule, and by both together where a log has no IDs."""
    logs, histories = seen_by(made(700), 0.8, 0.6, 0.7)
    given = {
        name: without(rows, "id") if name in lacking else rows for name, rows in zip("ABC", logs, strict=True)
    }
    given = {name: later(rows, 500 * place) for place, (name, rows) in enumerate(given.items())}
    found = compare(**given)["unseen"]
    numbers = {label: numerator for label, (numerator, _) in parts(found, "found in").items()}
    assert numbers == labels(histories, "ABC")


def test_ties_of_three_logs_are_matched_first_to_first():
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


def test_two_logs_give_chapmans_estimate():
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


def test_three_logs_give_a_model_and_a_bound():
    """With three logs the estimate is a model's, and Chao's lower bound stands beside it."""
    logs, histories = seen_by(made(1_500), 0.6, 0.5, 0.4)
    found = compare(**dict(zip("ABC", logs, strict=True)))["unseen"]
    assert found.interval.low <= 1_500 - sum(histories.values()) <= found.interval.high
    assert "log-linear" in found.method
    assert "Chao's lower bound" in [part.label for part in found.breakdowns["estimate"]]


def test_where_no_model_can_be_relied_on_the_bound_is_given():
    """More logs than models can take give Chao's lower bound, and say that it is one and why."""
    logs, histories = seen_by(made(600), *[0.35] * 7)
    found = compare(**{f"L{place}": log for place, log in enumerate(logs)})["unseen"]
    assert "lower bound" in found.method
    assert found.caveats[0].startswith(
        "The number is a lower bound, for no model of the logs can be relied on: 7 lists"
    )
    assert found.interval.low <= 600 - sum(histories.values()) <= found.interval.high


def test_unseen_is_refused_where_organisations_cannot_be_told():
    """A log without organisations against one with them gives no estimate of the unseen."""
    rows = made(300)
    found = compare(Own=without(rows[::2], "agency"), Network=rows[1:-1])
    for name in ("unseen", "coverage"):
        assert isinstance(found[name], NotMeasurable)
        assert "organisation" in found[name].ask_for
    assert isinstance(found["matched"], Estimate)


def test_unseen_is_refused_where_the_logs_share_too_little():
    """Logs that share fewer than seven searches give no estimate; the refusal says why."""
    rows = made(300)
    found = compare(One=rows[:1] + rows[2:150] + rows[-2:-1], Two=rows[1:5] + rows[150:])
    assert isinstance(found["unseen"], NotMeasurable)
    assert "share" in found["unseen"].reason


@pytest.mark.parametrize("networks", [2, 3])
def test_own_logs_of_different_organisations_are_left_out(networks):
    """Two organisations' own logs have no search in common: the networks' logs are looked at without them, and that is said."""
    logs, histories = seen_by(made(900), *[0.8, 0.6, 0.7][:networks])
    names = ["Net A", "Net B", "Net C"][:networks]
    own = {
        f"Own {town}": [row for row in logs[0] if row["agency"].startswith(f"Town {town}")] for town in (0, 1)
    }
    found = compare(**dict(zip(names, logs, strict=True)), **own)["unseen"]
    numbers = {label: numerator for label, (numerator, _) in parts(found, "found in").items()}
    assert numbers == labels(histories, names)
    assert "own logs are left out, for they are of different organisations: Own 0 and Own 1" in " ".join(
        found.caveats
    )


def test_one_own_log_keeps_all_logs_to_its_organisation():
    """With one organisation's own log among them, all logs are looked at, on that organisation's searches."""
    rows = made(1_500)
    logs, _ = seen_by(rows, 0.8, 0.7, 0.75)
    own = [row for row in logs[2] if row["agency"] == "Town 3 OR PD"]
    found = compare(A=logs[0], B=logs[1], Own=own)["coverage"]
    assert [part.label for part in found.breakdowns["log"]] == ["A", "B", "Own"]
    assert found.numerator < sum(row["agency"] == "Town 3 OR PD" for row in rows)
