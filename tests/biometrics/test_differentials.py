"""Measures of differences between groups: the published formulas, and what they say where they are not defined."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.biometrics import (
    count_pairs,
    differentials,
    fairness_discrepancy,
    for_limit,
    for_ratio,
    garbe,
    gini,
    group_rates,
    groups_of,
    inequity,
    rate_intervals,
    rule_of_thirty,
)

COUNTS = st.lists(st.integers(1, 50), min_size=2, max_size=8)


def by_name(groups):
    """The measures, by name."""
    return {one.name: one for one in differentials(groups)}


def test_the_measures_by_hand():
    """Rates of 1, 2 and 4 %: every measure worked out on paper."""
    found = by_name(group_rates([1, 4, 4], [100, 200, 100]))
    assert found["max/min"].value == pytest.approx(4)
    assert found["max/arithmetic mean"].value == pytest.approx(4 / (7 / 3))
    assert found["max/geometric mean"].value == pytest.approx(2)
    assert found["mean log deviation"].value == pytest.approx(2 / 3 * np.log10(2))
    assert found["Gini coefficient"].value == pytest.approx(2 * (1 + 3 + 2) / (2 * 9 * 7 / 3))
    assert found["relative mean absolute difference"].value == pytest.approx(
        2 * found["Gini coefficient"].value
    )
    assert all(one.at_least == one.value for one in found.values())
    assert {one.note for one in found.values()} == {""}


@given(COUNTS)
def test_equal_rates_give_the_neutral_values(counts):
    """Where every group has the same rate each measure is at its neutral value."""
    groups = group_rates(counts, [100 * one for one in counts])
    joined = [make(groups, groups) for make in (fairness_discrepancy, inequity, garbe)]
    for one in (*differentials(groups), *joined):
        assert one.value == pytest.approx(one.neutral, abs=1e-9)


@given(COUNTS, st.integers(2, 9))
def test_ratios_do_not_mind_the_scale(counts, times):
    """With every rate divided by the same number all measures but FDR stay as they are."""
    one, other = (
        group_rates(counts, [1_000] * len(counts)),
        group_rates(counts, [1_000 * times] * len(counts)),
    )
    for plain, scaled in zip(
        (*differentials(one), inequity(one, one), garbe(one, one)),
        (*differentials(other), inequity(other, other), garbe(other, other)),
        strict=True,
    ):
        assert scaled.value == pytest.approx(plain.value)


def test_gini_at_its_end():
    """With all errors in one of n groups it is (n - 1)/n, and GARBE, which scales by n/(n - 1), is 1."""
    assert gini([0, 0, 0, 3]) == pytest.approx(3 / 4)
    groups = group_rates([0, 0, 0, 30], [1_000] * 4)
    assert garbe(groups, groups).value == pytest.approx(1)
    with pytest.raises(ValueError, match="not defined"):
        gini([0, 0])


def test_joined_measures_by_hand():
    """FMR of 1 and 3 %, FNMR of 10 and 20 %, with the weight of FMR a quarter."""
    fmr, fnmr = group_rates([1, 3], [100, 100]), group_rates([1, 2], [10, 10])
    assert fairness_discrepancy(fmr, fnmr, 0.25).value == pytest.approx(1 - 0.25 * 0.02 - 0.75 * 0.1)
    assert inequity(fmr, fnmr, 0.25).value == pytest.approx(3**0.25 * 2**0.75)
    expected = 0.25 * 2 * (0.02 / (4 * 0.02)) + 0.75 * 2 * (0.1 / (4 * 0.15))
    assert garbe(fmr, fnmr, 0.25).value == pytest.approx(expected)


def test_rates_divide_by_their_own_comparisons():
    """Dividing both kinds of errors by all comparisons would halve 1 - FDR where there are as many of each kind."""
    fmr, fnmr = group_rates([10, 40], [1_000, 1_000]), group_rates([50, 90], [1_000, 1_000])
    mistaken = fairness_discrepancy(group_rates([10, 40], [2_000] * 2), group_rates([50, 90], [2_000] * 2))
    assert 1 - fairness_discrepancy(fmr, fnmr).value == pytest.approx(2 * (1 - mistaken.value))


def test_a_rate_of_zero_is_said_and_bounded():
    """Where a group has no error three measures have no value, say why, and what they are at least; the others stand."""
    found = by_name(group_rates([0, 2, 8], [100, 100, 100], upper=[0.005, 1, 1]))
    assert found["max/min"].value is None
    assert found["max/min"].at_least == pytest.approx(0.08 / 0.005)
    assert found["max/geometric mean"].at_least == pytest.approx(0.08 / np.cbrt(0.005 * 0.02 * 0.08))
    for name in ("max/min", "max/geometric mean", "mean log deviation"):
        assert "1 of 3 groups have no error" in found[name].note
    assert found["max/arithmetic mean"].value == pytest.approx(2.4)
    assert found["Gini coefficient"].value == pytest.approx(gini([0, 2, 8]))


@given(
    st.lists(st.integers(0, 6), min_size=2, max_size=4).filter(lambda one: 0 in one and any(one)),
    st.lists(st.floats(0.001, 0.5), min_size=4, max_size=4),
)
def test_the_bound_is_the_least_that_can_be(errors, upper):
    """No rates at or under their limits, in place of those of zero, make a measure less than its bound, and some reach it."""
    groups = group_rates(errors, [100] * len(errors), upper=upper[: len(errors)])
    rates, zero = groups.rates, groups.zero
    tried = []
    choices = [
        [float(rate)]
        if not none
        else sorted(
            {min(float(limit), float(step)) for step in (*np.geomspace(1e-4, 0.5, 41), *rates[~zero], limit)}
        )
        for rate, none, limit in zip(rates, zero, groups.upper, strict=True)
    ]
    for some in itertools.islice(itertools.product(*choices), 80_000):
        one = np.array(some)
        centred = np.log10(one) - np.log10(one).mean()
        tried.append((one.max() / one.min(), 10 ** centred.max(), np.abs(centred).mean()))
    found = by_name(groups)
    for name, least in zip(
        ("max/min", "max/geometric mean", "mean log deviation"), np.min(tried, axis=0), strict=True
    ):
        assert found[name].at_least <= least + 1e-9
        if len(errors) < 4:
            assert found[name].at_least == pytest.approx(least, rel=0.1, abs=0.05)


def test_no_error_at_all_is_said():
    """Where no group has an error every measure that divides by a rate says so, and shows no difference."""
    groups = group_rates([0, 0], [100, 100])
    some = group_rates([1, 2], [10, 10])
    for one in (*differentials(groups), garbe(groups, groups), inequity(groups, groups)):
        assert one.value is None
        assert one.at_least == one.neutral
        assert "No group has" in one.note
    assert garbe(groups, some).value is None
    assert garbe(groups, some).at_least == pytest.approx(garbe(groups, some, 0).value / 2)
    assert garbe(groups, some, 0).value is not None
    assert fairness_discrepancy(groups, groups).value == 1


def test_the_inequity_rate_is_bounded_where_a_rate_is_zero():
    """Its bound is the product of the bounds of its parts, and a kind without weight does not count."""
    zero, some = group_rates([0, 8], [100, 100], upper=[0.01, 0.2]), group_rates([1, 2], [10, 10])
    found = inequity(zero, some)
    assert found.value is None
    assert found.at_least == pytest.approx((0.08 / 0.01) ** 0.5 * 2**0.5)
    assert found.note.startswith("FMR: 1 of 2 groups")
    assert inequity(zero, some, 0).value == pytest.approx(2)


def test_groups_come_from_rates():
    """The limits of subject-level intervals stand in where a group has no error, and empty groups are left out."""
    first, second = np.triu_indices(20, 1)
    counts = count_pairs(
        np.concatenate([first, first + 20]),
        np.concatenate([second, second + 20]),
        np.ones(2 * len(first), dtype=int),
        np.concatenate([np.zeros(len(first), dtype=int), (first % 5 == 0).astype(int)]),
        cell=np.repeat([0, 2], len(first)),
        cells=3,
    )
    rates = rate_intervals(counts)
    groups = groups_of(rates)
    assert groups.comparisons.tolist() == [190, 190]
    assert groups.upper[0] == rates.high[0]
    assert by_name(groups)["max/min"].at_least == pytest.approx(rates.rate[2] / rates.high[0])


@pytest.mark.parametrize(
    ("errors", "comparisons", "match"),
    [
        ([1], [10], "two groups or more"),
        ([1, 2], [10], "two groups or more"),
        ([1, 11], [10, 10], "no more errors"),
        ([0, 0], [10, 0], "at least one comparison"),
    ],
)
def test_impossible_groups_are_errors(errors, comparisons, match):
    """Groups are two or more with comparisons, and alpha lies from 0 to 1."""
    with pytest.raises(ValueError, match=match):
        group_rates(errors, comparisons)


def test_impossible_weights_are_errors():
    """Alpha weighs FMR against FNMR of the same groups."""
    two, three = group_rates([1, 2], [10, 10]), group_rates([1, 2, 3], [10, 10, 10])
    with pytest.raises(ValueError, match="alpha"):
        garbe(two, two, 1.5)
    with pytest.raises(ValueError, match="same groups"):
        inequity(two, three)


def test_the_rule_of_three_and_of_thirty():
    """Without spread a limit of 1 % takes 300 comparisons without an error; 30 errors at 0.1 % take 30,000 comparisons."""
    assert for_limit(0.01, 40, 40, mated=True, spread=0).comparisons == 300
    assert rule_of_thirty(1, 1_000).needed == 30_000


def test_people_who_differ_need_more_than_three():
    """With the spread taken for granted the limit takes more comparisons, the more the fewer people there are."""
    needed = [for_limit(0.001, people, 10, mated=False).comparisons for people in (10, 40, 400)]
    assert needed == sorted(needed, reverse=True)
    assert needed[1] == pytest.approx(3_930, abs=10)
    assert 3_000 < needed[2] < 3_100
    found = for_limit(0.001, 40, 5_000, mated=False)
    assert found.enough
    assert "come under 0.001" in found.sentence
    assert "there are 5,000" in found.sentence


def test_a_smaller_ratio_needs_more_people():
    """The people needed grow as the ratio, the rate or the comparisons fall, and as the power or the spread rises."""
    plan = {"rate": 0.01, "people": 40, "comparisons": 780, "mated": False, "spread": 0.5}
    base = for_ratio(**plan).people
    for harder in (
        {"ratio": 1.5},
        {"rate": 0.003},
        {"comparisons": 200},
        {"power": 0.9},
        {"spread": 1.0},
        {"level": 0.99},
    ):
        assert for_ratio(**(plan | harder)).people > base
    assert not for_ratio(**plan).enough
    assert for_ratio(**(plan | {"people": 2 * base, "comparisons": base * (2 * base - 1)})).enough
    assert f"about {base:,} people" in for_ratio(**plan).sentence


def test_impossible_plans_are_errors():
    """A ratio is over 1, rates lie under 1, a group has people."""
    with pytest.raises(ValueError, match="between 0 and 1"):
        for_ratio(0.6, 40, 780, mated=False)
    with pytest.raises(ValueError, match="has people"):
        for_ratio(0.1, 1, 780, mated=False)
    with pytest.raises(ValueError, match="between 0 and 1"):
        for_limit(1, 40, 780, mated=False)
