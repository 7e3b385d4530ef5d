"""Who searched, and how much: small tables where the truth is known, and a real release."""

from datetime import datetime, timedelta

import duckdb
import pytest

from answerable.programmes.plates.measures.accounts import MEASURES

BY_NAME = {measure.name.removeprefix("searches."): measure for measure in MEASURES}
NINE = datetime.fromisoformat("2025-03-03T09:00")


def _made(*counts):
    """Plant an account for each count, with that many searches."""
    return [{"user_name": account} for account, count in enumerate(counts, 1) for _ in range(count)]


def _sessions(*searches):
    """Plant searches of one account: minutes after nine, organisation, type."""
    return [
        {
            "user_name": 1,
            "searched_at": NINE + timedelta(minutes=after),
            "agency": agency,
            "search_type": kind,
        }
        for after, agency, kind in searches
    ]


def _parts(estimate, breakdown):
    return {part.label: part for part in estimate.breakdowns[breakdown]}


def test_accounts_are_counted_once(searches):
    """Three accounts made six searches; a search without an account adds none."""
    estimate = searches([*_made(1, 2, 3), {"user_name": None}]).run(BY_NAME["users"])
    assert estimate.value == 3


def test_accounts_are_counted_by_organisation_and_month(searches):
    """An account that searched in two months counts in each, and once in all."""
    rows = [
        {"user_name": 1, "agency": "A OR PD", "searched_at": datetime.fromisoformat(f"2025-{month:02}-03")}
        for month in (3, 4)
    ] + [{"user_name": 2, "agency": "A OR PD", "searched_at": datetime.fromisoformat("2025-04-03")}]
    estimate = searches(rows).run(BY_NAME["users"])
    assert estimate.value == 2
    assert {label: part.value for label, part in _parts(estimate, "month").items()} == {
        "2025-03": 1,
        "2025-04": 2,
    }
    assert _parts(estimate, "agency")["A OR PD"].value == 2


def test_the_median_account(searches):
    """Of accounts with 1, 2, 3, 4 and 90 searches the median made 3."""
    estimate = searches(_made(90, 1, 3, 2, 4)).run(BY_NAME["per_user"])
    assert (estimate.value, estimate.denominator) == (3, 5)
    assert _parts(estimate, "distribution")["busiest account"].value == 90
    assert _parts(estimate, "distribution")["quietest account"].value == 1


def test_the_busiest_accounts_share(searches):
    """The two busiest of four accounts made 8 of 10 searches, whichever of the tied ones is taken."""
    estimate = searches(_made(5, 1, 1, 3)).run(BY_NAME["top_users"], users=2)
    assert (estimate.numerator, estimate.denominator) == (8, 10)
    assert _parts(estimate, "busiest accounts")["the busiest account"].numerator == 5


def test_fewer_accounts_than_asked_for_made_everything(searches):
    """The ten busiest of three accounts made all searches."""
    estimate = searches(_made(1, 2, 3)).run(BY_NAME["top_users"])
    assert (estimate.numerator, estimate.denominator) == (6, 6)


@pytest.mark.parametrize(
    ("counts", "gini"),
    [((4, 4, 4, 4), 0), ((1, 3), 0.25), ((1, 1, 1, 97), 0.72), ((5,), 0)],
)
def test_gini_by_hand(searches, counts, gini):
    """Equal accounts give 0; one of four with 97 of 100 searches gives 0.72."""
    assert searches(_made(*counts)).run(BY_NAME["gini"]).value == pytest.approx(gini)


def test_the_busiest_tenth_is_the_busiest(searches):
    """Of ten accounts, one with 91 of 100 searches is the busiest tenth."""
    parts = _parts(searches(_made(91, *[1] * 9)).run(BY_NAME["gini"]), "tenths of the accounts")
    assert parts["busiest tenth"].numerator == 91


def test_interleaved_devices_overlap(searches):
    """A mobile search between two desktop searches of one slot is a session inside another."""
    rows = _sessions((0, "A OR PD", "lookup"), (5, "A OR PD", "lookup - Mobile"), (9, "A OR PD", "lookup"))
    estimate = searches([*rows, {"user_name": 2}]).run(BY_NAME["overlapping_sessions"])
    assert (estimate.numerator, estimate.denominator) == (1, 2)
    assert _parts(estimate, "overlap")["on a mobile and another device"].numerator == 1
    assert _parts(estimate, "overlap")["under two organisations"].numerator == 0


def test_interleaved_organisations_overlap(searches):
    """A search under another organisation between two of the first is a session inside another."""
    rows = _sessions((0, "A OR PD", "lookup"), (5, "B OR PD", "lookup"), (9, "A OR PD", "lookup"))
    estimate = searches(rows).run(BY_NAME["overlapping_sessions"])
    assert estimate.numerator == 1
    assert _parts(estimate, "overlap")["under two organisations"].numerator == 1


def test_moving_from_one_device_to_another_is_no_overlap(searches):
    """A session that ended before the other began does not overlap it."""
    rows = _sessions((0, "A OR PD", "lookup"), (5, "A OR PD", "lookup"), (9, "A OR PD", "lookup - Mobile"))
    assert searches(rows).run(BY_NAME["overlapping_sessions"]).numerator == 0


def test_moving_from_one_organisation_to_another_is_no_overlap(searches):
    """Nor does one under another organisation that began after it."""
    rows = _sessions((0, "A OR PD", "lookup"), (5, "A OR PD", "lookup"), (9, "B OR PD", "lookup"))
    assert searches(rows).run(BY_NAME["overlapping_sessions"]).numerator == 0


def test_another_slot_is_another_session(searches):
    """Searches of different slots do not interleave, though their order would."""
    rows = _sessions((0, "A OR PD", "lookup"), (35, "A OR PD", "lookup - Mobile"), (65, "A OR PD", "lookup"))
    runner = searches(rows)
    assert runner.run(BY_NAME["overlapping_sessions"]).numerator == 0
    assert runner.run(BY_NAME["overlapping_sessions"], minutes=720).numerator == 1


def test_accounts_under_several_organisations(searches):
    """One of two accounts appears under two organisations."""
    rows = [
        {"user_name": account, "agency": agency}
        for account, agency in ((1, "A OR PD"), (1, "B OR PD"), (2, "A OR PD"), (2, "A OR PD"), (3, None))
    ]
    estimate = searches(rows).run(BY_NAME["accounts_of_several_agencies"])
    assert (estimate.numerator, estimate.denominator) == (1, 2)


def test_no_label_holds_a_pseudonym(searches):
    """The accounts' numbers appear in no part of any measure of accounts."""
    rows = [
        {"user_name": 987650000 + account, "agency": "A OR PD", "search_type": "lookup"}
        for account in range(12)
        for _ in range(account + 1)
    ]
    runner = searches(rows)
    for measure in MEASURES:
        assert "98765" not in str(runner.run(measure).breakdowns)


def test_a_real_release_gives_the_figures_of_an_independent_count(searches, shared_data):
    """Eugene, 2025: 147 accounts, and the ten busiest made 33.0 % of the 4,294 searches."""
    path = shared_data / "search-logs" / "eugene-or-2025.csv"
    with duckdb.connect() as connection:
        found = connection.execute(
            "SELECT dense_rank() OVER (ORDER BY userId), searchDate FROM read_csv(?, all_varchar = true)",
            [str(path)],
        ).fetchall()
    runner = searches(
        [{"user_id": user, "searched_at": datetime.fromisoformat(date)} for user, date in found]
    )
    assert runner.run(BY_NAME["users"]).value == 147
    top = runner.run(BY_NAME["top_users"])
    assert top.denominator == 4294
    assert f"{100 * top.value:.1f}" == "33.0"
