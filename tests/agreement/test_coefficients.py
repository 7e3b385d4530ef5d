"""Agreement of several raters: published examples, missing ratings, what is undefined, and whether intervals hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from answerable.agreement import cohens_kappa, fleiss_kappa, gwets_ac1, percent_agreement, tallied
from answerable.intervals import wilson

# J. L. Fleiss, Psychological Bulletin 76 (1971), table 1: 30 patients by 6 psychiatrists, into depression, personality
# disorder, schizophrenia, neurosis and other. Its first 15 rows are irrCAC's distrib.6raters.
PATIENTS = (
    "00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031 "
    "00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006"
)
FLEISS_1971 = [[int(number) for number in row] for row in PATIENTS.split()]

# irrCAC 1.0, cac.raw4raters: 12 units by 4 raters into 5 categories; 0 stands for a missing rating.
FOUR_RATERS = np.array(
    [[1, 1, 0, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
     [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [0, 5, 5, 5], [0, 0, 1, 1], [0, 0, 3, 0]]
) - 1  # fmt: skip  # a table: what stands in one line belongs together

# irrCAC 1.0, cont3x3abstractors: 100 pregnancies by two abstractors.
ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]


def test_fleiss_kappa_of_the_first_paper():
    """Fleiss 1971: observed agreement 0.556, by chance 0.220, kappa 0.430."""
    found = fleiss_kappa(FLEISS_1971)
    assert found.value == pytest.approx(0.430, abs=0.0005)
    assert (found.observed, found.by_chance) == pytest.approx((0.556, 0.220), abs=0.0005)
    assert (found.items, found.compared, found.ratings) == (30, 30, 180)


@pytest.mark.parametrize(
    ("measure", "value", "error", "low", "high"),
    [(gwets_ac1, 0.4448007, 0.08418757, 0.264, 0.625), (fleiss_kappa, 0.4139265, 0.08119291, 0.24, 0.588)],
)
def test_six_psychiatrists(measure, value, error, low, high):
    """IrrCAC 1.0, README: distrib.6raters, with value, standard error, and Gwet's interval from these by Student's t."""
    found = measure(FLEISS_1971[:15])
    assert (found.value, found.error) == pytest.approx((value, error), abs=1e-7)
    reach = stats.t.ppf(0.975, 14) * found.error
    assert (found.value - reach, found.value + reach) == pytest.approx((low, high), abs=0.0006)


@pytest.mark.parametrize(
    ("measure", "value", "error", "by_chance"),
    [
        (gwets_ac1, 0.77544, 0.14295, 0.1903212),
        (fleiss_kappa, 0.76117, 0.15302, 0.2387153),
        (percent_agreement, 0.8181818, 0.12561, 0.0),
    ],
)
def test_four_raters_with_missing_ratings(measure, value, error, by_chance):
    """IrrCAC 1.0, README: cac.raw4raters, in which no rater rated every unit, and one unit has a single rating."""
    found = measure(tallied(FOUR_RATERS, 5))
    assert (found.value, found.error) == pytest.approx((value, error), abs=5e-6)
    assert found.by_chance == pytest.approx(by_chance, abs=1e-7)
    assert found.observed == pytest.approx(0.8181818, abs=1e-7)
    assert (found.items, found.compared, found.ratings) == (12, 11, 41)


def pairs(table):
    """Give the tallies of two raters' table."""
    rows = []
    for first, row in enumerate(table):
        for second, number in enumerate(row):
            tally = np.zeros(len(table), dtype=int)
            tally[first] += 1
            tally[second] += 1
            rows += [tally] * number
    return np.array(rows)


def test_two_abstractors():
    """IrrCAC 1.0, README: cont3x3abstractors, Cohen's kappa 0.7964094, Scott's pi 0.7962397 (Fleiss' of two), AC1 0.8493305."""
    tallies = pairs(ABSTRACTORS)
    assert cohens_kappa(ABSTRACTORS)[0] == pytest.approx(0.7964094, abs=1e-7)
    assert fleiss_kappa(tallies).value == pytest.approx(0.7962397, abs=1e-7)
    assert gwets_ac1(tallies).value == pytest.approx(0.8493305, abs=1e-7)
    found = percent_agreement(tallies)
    assert found.value == pytest.approx(0.89)
    assert found.interval == wilson(89, 100)


def test_kappa_is_low_and_ac1_is_not_where_nearly_all_is_one():
    """Feinstein and Cicchetti's paradox (1990): 118 of 125 agree, and kappa is below 0; AC1 stays near the share of agreement."""
    table = [[118, 5], [2, 0]]
    assert cohens_kappa(table)[0] < 0
    assert gwets_ac1(pairs(table)).value == pytest.approx(0.9406, abs=0.0005)


def test_where_all_agree_the_interval_is_no_point():
    """Thirty items on which all agree leave AC1 at 1, and a lower bound below it."""
    found = gwets_ac1([[2, 0]] * 20 + [[0, 2]] * 10)
    assert found.value == found.interval.high == 1
    assert 0.6 < found.interval.low < 0.9
    assert gwets_ac1([[2, 0]] * 30).value == 1


def test_a_larger_part_of_the_items_leaves_less_doubt():
    """Drawn from few items the error is smaller, and all items leave none."""
    whole = gwets_ac1(FLEISS_1971)
    half = gwets_ac1(FLEISS_1971, population=60)
    assert half.error == pytest.approx(whole.error * 0.5**0.5)
    every = gwets_ac1(FLEISS_1971, population=30)
    assert every.interval.low == pytest.approx(every.value)
    assert every.interval.high == pytest.approx(every.value)


@given(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=12))
def test_bounds_hold_the_value(rows):
    """Whatever was rated, the value lies within its interval, which does not pass 1; the order of categories changes nothing."""
    tallies = np.array(rows)
    if (tallies.sum(axis=1) >= 2).sum() < 2:
        with pytest.raises(ValueError, match="two items"):
            gwets_ac1(tallies)
        return
    for measure in (percent_agreement, gwets_ac1):
        found = measure(tallies)
        assert found.interval.low - 1e-9 <= found.value <= found.interval.high + 1e-9
        assert found.interval.high <= 1 + 1e-12
        assert measure(tallies[:, ::-1]).value == pytest.approx(found.value)


@pytest.mark.parametrize("raters", [2, 3])
def test_ac1_holds_its_level_where_gwets_own_does_not(raters):
    """60 items of which 3 per cent are of the rare kind: Wilson's on effective items holds 93 per cent or more, t below 90."""
    generator = np.random.default_rng(1)
    kinds = np.array([[0.99, 0.01], [0.1, 0.9]])
    weights = np.array([0.97, 0.03])
    shares = weights @ kinds
    chance = (shares * (1 - shares)).sum()
    truth = (weights @ (kinds**2).sum(axis=1) - chance) / (1 - chance)
    held = own = 0
    for _ in range(2_000):
        found = gwets_ac1(generator.multinomial(raters, kinds[generator.choice(2, 60, p=weights)]))
        held += found.interval.low <= truth <= found.interval.high
        own += abs(found.value - truth) <= stats.t.ppf(0.975, 59) * found.error
    assert held / 2_000 >= 0.93
    assert own / 2_000 < 0.9


@pytest.mark.parametrize(
    ("call", "error", "match"),
    [
        (lambda: fleiss_kappa([[3, 0], [3, 0], [2, 0]]), ValueError, "one category"),
        (lambda: gwets_ac1([[1, 0], [0, 1]]), ValueError, "two items"),
        (lambda: gwets_ac1([[2], [2]]), ValueError, "two categories"),
        (lambda: gwets_ac1([[2, -1], [2, 0]]), ValueError, "below 0"),
        (lambda: gwets_ac1([[2.5, 0], [2, 0]]), TypeError, "whole numbers"),
        (lambda: gwets_ac1([[2, 0], [2, 0]], level=1), ValueError, "level"),
        (lambda: gwets_ac1([[2, 0], [2, 0]], population=1), ValueError, "more than"),
        (lambda: tallied([[0, 2], [1, 1]], 2), ValueError, "decision lies"),
        (lambda: tallied([0, 1], 2), ValueError, "table of items"),
        (lambda: tallied([[0.5, 1.0]], 2), TypeError, "whole numbers"),
    ],
)
def test_what_is_undefined_is_refused(call, error, match):
    """One category alone leaves kappa undefined, and tables that are none are said."""
    with pytest.raises(error, match=match):
        call()
