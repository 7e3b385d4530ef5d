"""Intervals for rates of comparisons that share people: they agree with brute force and hold a planted truth as often as they say."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from answerable.biometrics import count_pairs, rate_intervals, replicates, without_subjects
from answerable.biometrics.contributions import contributions
from answerable.biometrics.limits import few_bounds, few_limit
from answerable.intervals import clopper_pearson
from biometrics.drawing import draw, error_of


@st.composite
def tables(draw_, most=8, mated=None):
    """Draw counts of comparisons of a few people, every one of whom has some."""
    people = draw_(st.integers(4, most))
    own = draw_(st.booleans()) if mated is None else mated
    first, second = (np.arange(people),) * 2 if own else np.triu_indices(people, 1)
    made = np.array(draw_(st.lists(st.integers(1, 9), min_size=len(first), max_size=len(first))))
    wrong = np.array([draw_(st.integers(0, int(one))) for one in made])
    return first, second, made, wrong


def without(subject, first, second, made, wrong):
    """The rate without one subject, by leaving its rows out."""
    kept = (first != subject) & (second != subject)
    return wrong[kept].sum() / made[kept].sum()


@given(tables())
def test_leaving_a_subject_out_moves_the_rate_as_reckoned(table):
    """The moves are those of the rates computed anew without each subject."""
    first, second, made, wrong = table
    found = contributions(count_pairs(first, second, made, wrong))
    for subject, move in enumerate(found.moves.toarray()[0]):
        assert move == pytest.approx(found.rate[0] - without(subject, *table), abs=1e-12)


def test_the_variance_is_that_of_a_u_statistic():
    """On a full table it is the unbiased variance of a U-statistic, S/(S - 4) (sum of r^2 - sum of a^2)/M^2, but for its factor."""
    people = 12
    first, second = np.triu_indices(people, 1)
    wrong = (first % 3 == 0) * 2 + (second % 3 == 0) * 2 + np.random.default_rng(1).integers(0, 2, len(first))
    found = contributions(count_pairs(first, second, np.full(len(first), 5), wrong))
    surplus = np.zeros((people, people))
    surplus[first, second] = wrong - found.rate[0] * 5
    surplus += surplus.T
    made = 5 * len(first)
    unbiased = people / (people - 4) * ((surplus.sum(axis=1) ** 2).sum() - (surplus**2).sum() / 2) / made**2
    assert found.variance[0] == pytest.approx(unbiased * (1 - 4 / (people - 2) ** 2))


@pytest.mark.parametrize("width", [0.3, 1.0])
@pytest.mark.parametrize("mated", [False, True])
def test_the_variance_is_that_of_other_samples(width, mated):
    """Its mean over many files is the variance of their rates, whether people differ much or little."""
    found = contributions(draw(np.random.default_rng(2), 3_000, 30, 0.2, width=width, each=2, mated=mated))
    assert found.variance.mean() == pytest.approx(found.rate.var(), rel=0.12)


def test_cells_that_share_people_depend_on_each_other():
    """The covariance of two cells is the sum over shared people, less what pairs that are in both have between them."""
    generator = np.random.default_rng(3)
    first, second = np.triu_indices(10, 1)
    keep = generator.random((2, len(first))) < 0.7
    rows = [np.flatnonzero(one) for one in keep]
    made = generator.integers(1, 5, (2, len(first)))
    wrong = generator.binomial(made, 0.3)
    counts = count_pairs(
        np.concatenate([first[one] for one in rows]),
        np.concatenate([second[one] for one in rows]),
        np.concatenate([made[cell][one] for cell, one in enumerate(rows)]),
        np.concatenate([wrong[cell][one] for cell, one in enumerate(rows)]),
        cell=np.repeat([0, 1], [len(one) for one in rows]),
    )
    found = contributions(counts)
    moves, shared = found.moves.toarray(), 0.0
    for at in np.flatnonzero(keep.all(axis=0)):
        part = 1.0
        for cell, one in enumerate(rows):
            total = made[cell][one].sum()
            surplus = wrong[cell][at] - wrong[cell][one].sum() / total * made[cell][at]
            left = [
                total - made[cell][one][(first[one] == who) | (second[one] == who)].sum()
                for who in (first[at], second[at])
            ]
            part *= surplus / np.sqrt(left[0] * left[1])
        shared += part
    assert found.covariance()[0, 1] == pytest.approx((moves[0] * moves[1]).sum() - shared)
    assert found.covariance()[0, 0] == found.variance[0]


@given(tables(), st.randoms(use_true_random=False))
def test_neither_order_nor_names_matter(table, random):
    """Shuffled rows, people with other numbers and pairs named the other way round give the same interval."""
    first, second, made, wrong = table
    plain = rate_intervals(count_pairs(*table))
    names = random.sample(range(50), int(max(first.max(), second.max())) + 1)
    order = random.sample(range(len(first)), len(first))
    one, other = np.array(names)[first][order], np.array(names)[second][order]
    turned = np.array([random.random() < 0.5 for _ in order])
    again = rate_intervals(
        count_pairs(np.where(turned, one, other), np.where(turned, other, one), made[order], wrong[order])
    )
    assert (again.low[0], again.high[0]) == pytest.approx((plain.low[0], plain.high[0]))


@given(tables())
def test_rows_of_one_pair_are_added_up(table):
    """Counts that come in two rows for the same people are those of one row."""
    first, second, made, wrong = table
    twice = count_pairs(
        *(np.concatenate([a, b]) for a, b in zip(table, (second, first, made, wrong), strict=True))
    )
    once = count_pairs(first, second, 2 * made, 2 * wrong)
    assert [part.tolist() for part in (twice.comparisons, twice.errors)] == [
        part.tolist() for part in (once.comparisons, once.errors)
    ]


@given(tables())
@settings(max_examples=60)
def test_exchanging_errors_and_the_rest_exchanges_the_limits(table):
    """The interval of the comparisons without an error is that of the errors, turned about one half."""
    first, second, made, wrong = table
    plain, turned = (
        rate_intervals(count_pairs(*table)),
        rate_intervals(count_pairs(first, second, made, made - wrong)),
    )
    assert plain.low[0] == pytest.approx(1 - turned.high[0], abs=1e-9)
    assert plain.high[0] == pytest.approx(1 - turned.low[0], abs=1e-9)


@given(tables(most=12), st.sampled_from([(0.5, 0.8), (0.8, 0.95), (0.95, 0.99)]))
def test_a_higher_level_is_wider_and_the_rate_is_inside(table, levels):
    """The interval holds its rate, lies from 0 to 1, and holds that of a lower level."""
    narrow, wide = (rate_intervals(count_pairs(*table), level) for level in levels)
    assert 0 <= wide.low[0] <= narrow.low[0] + 1e-12
    assert narrow.low[0] - 1e-12 <= narrow.rate[0] <= narrow.high[0] + 1e-12
    assert narrow.high[0] <= wide.high[0] + 1e-12 <= 1 + 2e-12


@pytest.mark.parametrize("shape", [0.7, 5.0, 60.0])
def test_the_bounds_for_few_errors_are_those_of_a_negative_binomial(shape):
    """At the upper bound as few errors have the tail's probability, at the lower as many."""
    for errors in (0, 1, 4, 9):
        low, high = (float(one) for one in few_bounds(errors, shape, 0.025))
        assert stats.nbinom.cdf(errors, shape, shape / (shape + high)) == pytest.approx(0.025)
        if errors:
            assert stats.nbinom.sf(errors - 1, shape, shape / (shape + low)) == pytest.approx(0.025)
        else:
            assert low == 0


def test_without_spread_the_bounds_are_poissons():
    """With an infinite shape they are Garwood's for a Poisson number: 3.69 without an error, 1.09 and 10.24 with four."""
    assert float(few_bounds(0, np.inf, 0.025)[1]) == pytest.approx(-np.log(0.025))
    assert [float(one) for one in few_bounds(4, np.inf, 0.025)] == pytest.approx([1.0899, 10.2416], abs=1e-4)
    assert float(few_limit(np.inf)) == pytest.approx(-np.log(0.05))
    assert few_bounds(3, 1e7, 0.025)[1] == pytest.approx(few_bounds(3, np.inf, 0.025)[1], rel=1e-5)


def full(people, wrong=0, each=1):
    """Every pair compared, with errors spread over the first pairs, one on each."""
    first, second = np.triu_indices(people, 1)
    errors = (np.arange(len(first)) < wrong).astype(int)
    return count_pairs(first, second, np.full(len(first), each), errors)


def test_no_error_has_an_honest_bound():
    """Without an error the lower limit is 0 and the upper more than that of independent comparisons, by less with more people."""
    over = []
    for people in (10, 40, 400):
        found = rate_intervals(full(people))
        number = people * (people - 1) // 2
        plain = clopper_pearson(0, number).high
        assert found.low[0] == 0
        over.append(found.high[0] / plain)
        assert rate_intervals(full(people), spread=0).high[0] == pytest.approx(plain, rel=0.1)
    assert over[0] > over[1] > over[2] > 1
    assert over[1] == pytest.approx(5.2 / 3.69, abs=0.02)
    assert "few errors" in rate_intervals(full(40)).interval().method


def test_a_larger_spread_widens_few_errors():
    """With three errors the interval grows with the spread that is taken for granted."""
    widths = [
        np.ptp([found.low[0], found.high[0]])
        for found in (rate_intervals(full(30, 3), spread=s) for s in (0, 0.5, 1, 1.5))
    ]
    assert widths == sorted(widths)
    assert widths[0] < widths[-1]


def test_errors_of_one_pair_count_once():
    """Five hundred errors of the same two people say as little of others as one does."""
    first, second = np.triu_indices(30, 1)
    made = np.where(np.arange(len(first)) == 0, 1_000, 1)
    wrong = np.where(np.arange(len(first)) == 0, 500, 0)
    found = rate_intervals(count_pairs(first, second, made, wrong))
    assert found.found.apart[0] == pytest.approx(1)
    assert found.high[0] > 0.95
    assert found.low[0] < 0.05


def test_one_person_in_every_comparison_shows_nothing():
    """Where all comparisons are with one person the limits are 0 and 1, and the method says why."""
    found = rate_intervals(count_pairs([0] * 9, range(1, 10), [5] * 9, [1] * 9))
    assert (found.low[0], found.high[0]) == (0, 1)
    assert "one person takes part in every comparison" in found.methods[0]


def test_people_who_happen_to_agree_show_no_certainty():
    """Where every person has the same share of errors the interval is no narrower than that of independent comparisons."""
    people = np.arange(40)
    found = rate_intervals(count_pairs(people, people, [50] * 40, [5] * 40))
    plain = clopper_pearson(200, 2_000)
    assert found.high[0] - found.low[0] > 0.95 * (plain.high - plain.low)
    two = rate_intervals(count_pairs([0, 1], [0, 1], [1_000] * 2, [100] * 2))
    assert two.high[0] - two.low[0] > 5 * (plain.high - plain.low)


def test_an_empty_cell_has_no_rate():
    """A cell without comparisons has neither rate nor interval, and says so."""
    found = rate_intervals(count_pairs([0, 1], [1, 2], [5, 0], [1, 0], cell=[0, 1], cells=3))
    assert np.isnan(found.rate[1:]).all()
    assert np.isnan(found.high[1:]).all()
    assert found.methods[1] == found.methods[2] == "none: no comparison was made"
    with pytest.raises(ValueError, match="no comparison"):
        found.interval(1)


@pytest.mark.parametrize(("people", "warned"), [(39, True), (40, False)])
def test_few_people_are_warned_of(people, warned):
    """Under 40 people the interval carries a warning with their number."""
    found = rate_intervals(full(people, 30))
    assert bool(found.warnings[0]) == warned
    if warned:
        assert "are of 39 people" in found.warnings[0][0]


def test_people_who_have_most_comparisons_weigh_as_few():
    """A hundred people, of whom two are in most comparisons, are warned of as being like few."""
    first, second = np.triu_indices(100, 1)
    made = np.where(first < 2, 500, 1)
    found = rate_intervals(count_pairs(first, second, made, np.zeros_like(made)))
    assert found.people[0] == 100
    assert "weigh like those of 2." in found.warnings[0][0]


SETTINGS = [
    pytest.param(40, 0.01, 1.0, 10, False, id="strong"),
    pytest.param(40, 0.01, 0.3, 10, False, id="weak"),
    pytest.param(40, 0.1, 1.0, 10, False, id="strong-common"),
    pytest.param(40, 0.001, 1.0, 2, False, id="strong-few-errors"),
    pytest.param(40, 0.1, 1.0, 10, True, id="mated"),
    pytest.param(40, 0.005, 1.0, 10, True, id="mated-few-errors"),
    pytest.param(40, 0.9, 1.0, 10, True, id="mated-mostly-errors"),
    pytest.param(100, 0.01, 1.0, 1, False, id="hundred-strong"),
]


@pytest.mark.parametrize(("people", "rate", "width", "each", "mated"), SETTINGS)
def test_the_interval_covers(people, rate, width, each, mated):
    """Of 1,000 files of people who differ, 95 % of the intervals hold the rate, within three Monte Carlo errors."""
    counts = draw(np.random.default_rng(20240702), 1_000, people, rate, width=width, each=each, mated=mated)
    found = rate_intervals(counts)
    covered = float(np.mean((found.low <= rate) & (rate <= found.high)))
    assert covered + 3 * error_of(covered, 1_000) >= 0.95


def test_rows_and_the_bootstrap_cover_less():
    """Of the same files with a strong effect the row-level interval holds the rate in under 60 %, the bootstrap in under 94 %."""
    counts = draw(np.random.default_rng(5), 300, 40, 0.01)
    wrong, made = counts.totals()
    rows = [without_subjects(int(e), int(m)).interval for e, m in zip(wrong, made, strict=True)]
    assert np.mean([one.low <= 0.01 <= one.high for one in rows]) < 0.6
    low, high = replicates(counts, 200, 1, strata=np.repeat(np.arange(300), 40)).percentiles()
    assert np.mean((low <= 0.01) & (high >= 0.01)) < 0.94


def test_without_subjects_the_interval_says_that_it_is_too_narrow():
    """It is Clopper and Pearson's, with the sentence that comparisons share people."""
    found = without_subjects(3, 1_000)
    assert found.interval == clopper_pearson(3, 1_000)
    assert found.rate == 0.003
    assert "is too narrow" in found.warning
    assert "do not depend on each other" in found.warning


@pytest.mark.parametrize(
    ("arguments", "options", "match"),
    [
        (([0], [1], [1], [2]), {}, "more errors"),
        (([0, 0], [1, 0], [1, 1], [0, 0]), {}, "not both"),
        (([0], [5], [1], [0]), {"subjects": 3}, "one has the number 5"),
        (([-1], [1], [1], [0]), {}, "at least 0"),
        (([0, 1], [1], [1], [0]), {}, "one length"),
        (([0], [1], [1], [0]), {"cell": [4], "cells": 2}, "one has the number 4"),
    ],
)
def test_impossible_counts_are_errors(arguments, options, match):
    """Counts that no comparisons can have are refused."""
    with pytest.raises(ValueError, match=match):
        count_pairs(*arguments, **options)


def test_fractional_counts_are_errors():
    """A number of comparisons is whole."""
    with pytest.raises(TypeError, match="whole number"):
        count_pairs([0], [1], [1.5], [0])


@pytest.mark.parametrize("level", [0, 1, float("nan")])
def test_impossible_levels_are_errors(level):
    """The level lies between 0 and 1, the spread is at least 0."""
    with pytest.raises(ValueError, match="the level lies"):
        rate_intervals(full(5), level)
    with pytest.raises(ValueError, match="spread"):
        rate_intervals(full(5), spread=-1)
