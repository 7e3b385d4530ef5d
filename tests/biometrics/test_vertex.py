"""The vertex bootstrap: a replicate is what its weights say, and the same seed gives the same people."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.biometrics import Pairs, contributions, count_pairs, replicates, vertex
from answerable.biometrics.vertex import drawn_weights
from biometrics.drawing import draw


def shuffled(seed, people, entries, cells, mated=()):
    """Draw counts of comparisons at random, in some cells of people with themselves."""
    generator = np.random.default_rng(seed)
    first, cell = generator.integers(0, people, entries), generator.integers(0, cells, entries)
    second = (first + generator.integers(1, people, entries)) % people
    second = np.where(np.isin(cell, mated), first, second)
    made = generator.integers(1, 6, entries)
    return count_pairs(
        first, second, made, generator.binomial(made, 0.3), cell=cell, subjects=people, cells=cells
    )


@given(st.integers(0, 10**6), st.sampled_from([5, 40]), st.sampled_from([30, 400]))
@settings(max_examples=30)
def test_a_replicate_is_the_weighted_sum(seed, people, entries):
    """Errors and comparisons count w_i w_j times, and w_i times where people are compared with themselves."""
    counts = shuffled(seed, people, entries, 3, mated=(2,))
    weights = np.concatenate(list(drawn_weights(people, 7, seed)))
    found = replicates(counts, 7, seed)
    both = weights[:, counts.first] * np.where(counts.first == counts.second, 1, weights[:, counts.second])
    for cell in range(3):
        here = counts.cell == cell
        assert found.errors[:, cell] == pytest.approx(both[:, here] @ counts.errors[here])
        assert found.comparisons[:, cell] == pytest.approx(both[:, here] @ counts.comparisons[here])


def test_full_and_sparse_tables_give_the_same(monkeypatch):
    """Whether all cells of a table are multiplied or those that are filled changes no replicate."""
    counts = shuffled(1, 60, 900, 2)
    plain = replicates(counts, 20, 3)
    for dense in (0.0, 1.0):
        monkeypatch.setattr(vertex, "_DENSE", dense)
        assert np.array_equal(replicates(counts, 20, 3).errors, plain.errors)


def test_blocks_change_nothing(monkeypatch):
    """The weights do not depend on how many are held at a time."""
    plain = np.concatenate(list(drawn_weights(30, 50, 4, np.arange(30) % 3)))
    monkeypatch.setattr(vertex, "_BLOCK", 100)
    assert np.array_equal(np.concatenate(list(drawn_weights(30, 50, 4, np.arange(30) % 3))), plain)


def test_the_seed_decides():
    """The same seed gives the same replicates, another one others, and two files of the same people share their weights."""
    counts = shuffled(2, 30, 300, 2)
    assert np.array_equal(replicates(counts, 10, 1).errors, replicates(counts, 10, 1).errors)
    assert not np.array_equal(replicates(counts, 10, 1).errors, replicates(counts, 10, 2).errors)
    other = Pairs(counts.first, counts.second, counts.comparisons, counts.errors * 0, counts.cell, 30, 2)
    assert np.array_equal(replicates(other, 10, 1).comparisons, replicates(counts, 10, 1).comparisons)


def test_as_many_are_drawn_as_there_are():
    """The weights of each stratum add up to its people, whatever the order of the strata."""
    strata = np.array([7, 2, 2, 7, 7, 0, 2, 7])
    weights = np.concatenate(list(drawn_weights(8, 200, 5, strata)))
    for stratum, people in ((7, 4), (2, 3), (0, 1)):
        assert (weights[:, strata == stratum].sum(axis=1) == people).all()
    assert weights.mean(axis=0) == pytest.approx(np.ones(8), abs=0.3)


def test_the_weights_are_multinomial():
    """Each weight has mean 1 and variance 1 - 1/S, and two of them the covariance -1/S."""
    weights = np.concatenate(list(drawn_weights(5, 40_000, 6)))
    expected = np.eye(5) - 1 / 5
    assert np.cov(weights.T) == pytest.approx(expected, abs=0.03)


def test_the_bootstrap_counts_what_two_people_share_three_times():
    """Of people who do not differ its variance is three times that of the rate, as Owen (2007) shows."""
    counts = draw(np.random.default_rng(7), 20, 60, 0.1, width=0.0, each=1)
    rates = replicates(counts, 400, 8, strata=np.repeat(np.arange(20), 60)).rates
    true = contributions.contributions(counts)
    assert (rates.var(axis=0) / (true.rate * (1 - true.rate) / true.comparisons)).mean() == pytest.approx(
        3, abs=0.35
    )


def test_percentiles_leave_empty_replicates_out():
    """A replicate without a comparison has no rate, and is not counted as one of 0."""
    counts = count_pairs([0], [1], [10], [5], subjects=4)
    found = replicates(counts, 200, 1)
    assert np.isnan(found.rates).any()
    assert [float(one[0]) for one in found.percentiles()] == [0.5, 0.5]


def test_impossible_replicates_are_errors():
    """Each subject has a stratum, at least one replicate is drawn, the level lies between 0 and 1."""
    counts = shuffled(3, 10, 50, 1)
    with pytest.raises(ValueError, match="one stratum"):
        replicates(counts, 5, strata=[0, 1])
    with pytest.raises(ValueError, match="at least one replicate"):
        replicates(counts, 0)
    with pytest.raises(ValueError, match="the level lies"):
        replicates(counts, 5).percentiles(1.0)
