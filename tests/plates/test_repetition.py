"""The same plate searched for again, on small tables where the truth is known."""

from datetime import datetime, timedelta

import pytest

from answerable.programmes.plates.measures.repetition import MEASURES

(REPEATED,) = MEASURES
START = datetime.fromisoformat("2025-03-03T08:00")
DAY = timedelta(days=1)


def _searched(account, plate, *afters, state="present"):
    return [
        {"user_name": account, "plate": plate, "plate_state": state, "searched_at": START + after}
        for after in afters
    ]


def _counts(estimate, breakdown):
    return {part.label: (part.numerator, part.denominator) for part in estimate.breakdowns[breakdown]}


def test_three_searches_over_fourteen_days_are_repeated(searches):
    """The pair's three searches count; another account's single search for the plate does not."""
    rows = _searched(1, 7, 0 * DAY, 5 * DAY, 14 * DAY) + _searched(2, 7, 0 * DAY)
    estimate = searches(rows).run(REPEATED)
    assert (estimate.numerator, estimate.denominator) == (3, 4)
    assert _counts(estimate, "accounts") == {"accounts with such a pair": (1, 2)}
    assert estimate.breakdowns["pairs"][0].value == 1


@pytest.mark.parametrize(
    "afters",
    [
        (0 * DAY, 5 * DAY, 14 * DAY - timedelta(seconds=1)),
        (0 * DAY, 20 * DAY),
        (0 * DAY, 0 * DAY, 0 * DAY),
    ],
)
def test_too_few_or_too_close_searches_are_not_repeated(searches, afters):
    """A second short of fourteen days, or two searches only, do not make a pair."""
    assert searches(_searched(1, 7, *afters)).run(REPEATED).numerator == 0


def test_three_accounts_that_search_for_one_plate_once_are_not_a_pair(searches):
    """The same plate by different accounts is not repetition by one account."""
    rows = [row for account in (1, 2, 3) for row in _searched(account, 7, account * 10 * DAY)]
    assert searches(rows).run(REPEATED).numerator == 0


def test_wildcards_are_on_neither_side(searches):
    """A pattern with a wildcard is not a plate."""
    rows = _searched(1, 7, 0 * DAY, 9 * DAY, 20 * DAY, state="wildcard") + _searched(1, 8, 0 * DAY)
    estimate = searches(rows).run(REPEATED)
    assert (estimate.numerator, estimate.denominator) == (0, 1)


def test_the_number_and_the_days_can_be_set(searches):
    """Two searches over two days are a pair where a policy says so."""
    rows = _searched(1, 7, 0 * DAY, 2 * DAY)
    assert searches(rows).run(REPEATED, times=2, days=2).numerator == 2


def test_pairs_are_sorted_by_their_number_of_searches(searches):
    """Pairs of four, of five and of twelve fall in three sizes."""
    rows = [
        *_searched(1, 7, *(7 * day * DAY for day in range(4))),
        *_searched(3, 9, *(7 * day * DAY for day in range(5))),
        *_searched(2, 8, *(2 * day * DAY for day in range(12))),
    ]
    sizes = {
        label: count for label, (count, _) in _counts(searches(rows).run(REPEATED), "size of pairs").items()
    }
    assert sizes == {"under 5 searches": 1, "5 to 9 searches": 1, "10 to 19 searches": 1}
