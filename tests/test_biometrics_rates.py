"""Rates at thresholds are errors of comparisons, failures apart, and a threshold keeps the rate that it was chosen for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from answerable.biometrics import (
    binned,
    rates_at,
    rule_of_thirty,
    rule_of_three,
    tally,
    threshold_for,
    transfer,
)
from answerable.intervals import wilson_bounds
from score_truths import PAIRS, Normal, Whole, told

RATES = st.one_of(
    st.floats(0, 1), st.tuples(st.integers(0, 30), st.integers(1, 30)).map(lambda p: min(1, p[0] / p[1]))
)


def test_rates_with_and_without_failures_by_hand():
    """Of 5 mated comparisons 1 failed and 1 of the rest is missed; of 4 non-mated ones 2 failed and 1 of the rest matches."""
    nan = np.nan
    there = rates_at(tally([1, 5, 6, nan, 7], [0, 5, nan, nan]), 5)
    for rate, errors, comparisons in (
        (there.fnmr, 1, 4),
        (there.frr, 2, 5),
        (there.fmr, 1, 2),
        (there.far, 1, 4),
        (there.fta, 3, 9),
        (there.mated_fta, 1, 5),
        (there.non_mated_fta, 2, 4),
    ):
        assert (int(rate.errors), rate.comparisons) == (errors, comparisons), rate.symbol
        assert rate.value == errors / comparisons


@given(PAIRS, st.integers(0, 5), st.integers(0, 5), st.floats(-1, 17))
def test_failures_are_in_far_and_frr_as_the_standard_has_it(pair, mated_failed, non_mated_failed, threshold):
    """FRR is FTA + FNMR (1 - FTA) and FAR is FMR (1 - FTA), each with the FTA of its own kind."""
    mated = pair[0] + [np.nan] * mated_failed
    there = rates_at(told(mated, pair[1] + [np.nan] * non_mated_failed), threshold)
    failed = there.mated_fta.value
    assert there.frr.value == pytest.approx(failed + there.fnmr.value * (1 - failed))
    assert there.far.value == pytest.approx(there.fmr.value * (1 - there.non_mated_fta.value))
    without = rates_at(told(*pair), threshold)
    assert (there.fmr.value, there.fnmr.value) == (without.fmr.value, without.fnmr.value)


@given(PAIRS)
def test_a_score_that_equals_the_threshold_matches(pair):
    """At each score and between any two, matches are the scores at or above."""
    scores = told(*pair)
    thresholds = np.unique([*pair[0], *pair[1], *(np.array(pair[1]) + 0.5), -np.inf, np.inf]).reshape(1, -1)
    there = rates_at(scores, thresholds)
    assert there.fmr.value.shape == thresholds.shape
    for place, threshold in enumerate(thresholds[0]):
        assert there.fmr.errors[0, place] == sum(score >= threshold for score in pair[1])
        assert there.fnmr.errors[0, place] == sum(score < threshold for score in pair[0])


def test_the_counts_behind_a_rate_make_an_interval():
    """Errors and comparisons are what an interval of sampling is made from."""
    there = rates_at(tally([1.0, 2, 3, 4], [0.0, 1, 1, 2]), [1, 2])
    low, high = wilson_bounds(there.fmr.errors, there.fmr.comparisons)
    assert ((low <= there.fmr.value) & (there.fmr.value <= high)).all()


def test_a_rate_within_a_bin_has_bounds_and_no_count():
    """Between two edges the errors are known by their bounds; asking for their number says so."""
    scores = tally(binned([3.0, 5, 5], [0, 4]), binned([1.0, 2, 6], [0, 4]))
    there = rates_at(scores, [2.0, 4.0])
    assert there.fmr.errors_low.tolist() == [1, 1]
    assert there.fmr.errors_high.tolist() == [3, 1]
    assert (there.fmr.low[0], there.fmr.value[0], there.fmr.high[0]) == (1 / 3, 2 / 3, 1)
    assert there.frr.errors_low.tolist() == [0, 1]
    assert not there.fmr.exact
    with pytest.raises(ValueError, match="errors behind this FMR are known by their bounds only"):
        _ = there.fmr.errors
    assert rates_at(scores, 4.0).fmr.errors == 1


@given(PAIRS, RATES)
def test_the_threshold_is_the_lowest_that_keeps_the_rate(pair, rate):
    """The rate at the threshold is at most the one asked for, and at the next lower score of either kind it is more."""
    scores = told(*pair)
    point = threshold_for(scores, rate)
    assert point.rates.fmr.value <= rate
    lower = [score for score in pair[0] + pair[1] if score < point.threshold]
    if lower:
        assert rates_at(scores, max(lower)).fmr.value > rate
    assert point.above_all == (not any(score >= point.threshold for score in pair[0] + pair[1]))


@given(PAIRS, RATES)
def test_from_bins_the_threshold_is_the_lowest_edge_that_keeps_the_rate(pair, rate):
    """From bins the rate asked for is kept for certain, at an edge, and the edge below it does not keep it."""
    edges = np.array([0.0, 2.5, 3, 6, 40])
    point = threshold_for(tally(binned(pair[0], edges), binned(pair[1], edges), polarity_stated=True), rate)
    assert np.mean([score >= point.threshold for score in pair[1]]) <= rate
    lower = edges[edges < point.threshold]
    if len(lower):
        assert np.mean([score >= lower[-1] for score in pair[1]]) > rate


def test_a_rate_that_only_a_threshold_above_every_score_keeps():
    """Where the highest score is a non-mated one and none may match, the threshold is the next number above it."""
    point = threshold_for(tally([1.0, 2.0, 3.0], [0.0, 1.0, 3.0]), 0.2)
    assert point.threshold == np.nextafter(3.0, np.inf)
    assert (point.rates.fmr.value, point.rates.fnmr.value, point.above_all) == (0, 1, True)
    assert point.notes[0].startswith(
        "No false match is allowed: 3 non-mated comparisons are fewer than the 5"
    )
    assert "may still be up to 1 (rule of 3" in point.notes[1]


def test_a_threshold_above_every_non_mated_score():
    """Where mated scores lie above, the threshold is the lowest of those."""
    point = threshold_for(tally([1.0, 4.0, 5.0], [0.0, 1.0, 3.0]), 0)
    assert (point.threshold, point.rates.fnmr.errors, point.above_all) == (4, 1, False)


@pytest.mark.parametrize(
    ("errors", "noted"),
    [(1, ["1 false match of 100: on further comparisons"]), (29, ["29 false matches"]), (30, [])],
)
def test_a_threshold_that_rests_on_few_errors_says_so(errors, noted):
    """With fewer than 30 false matches a note says what the rate is on average on further comparisons: (k + 1)/(n + 1) at most."""
    point = threshold_for(told([100.0], np.arange(100.0)), errors / 100)
    assert len(point.notes) == len(noted)
    for note, said in zip(point.notes, noted, strict=True):
        assert said in note
    if errors == 1:
        assert "up to 0.02, which is 2 times what was asked for" in point.notes[0]


@pytest.mark.parametrize(("errors", "comparisons"), [(29, 100), (57, 1000), (1, 3), (7, 10), (3, 49)])
def test_a_share_that_was_written_as_a_fraction_is_reached(errors, comparisons):
    """Asked for k/n, k of n may match, also where k/n times n is not k in floating point."""
    point = threshold_for(told([float(comparisons)], np.arange(comparisons)), errors / comparisons)
    assert point.rates.fmr.errors == errors


@pytest.mark.parametrize(("errors", "comparisons"), [(5, 6), (9, 11), (3, 13)])
def test_a_share_just_under_a_fraction_is_not_exceeded(errors, comparisons):
    """Asked for the number next below k/n, k of n may not match, also where it times n is k in floating point."""
    asked = np.nextafter(errors / comparisons, 0)
    point = threshold_for(told([float(comparisons)], np.arange(comparisons)), asked)
    assert point.rates.fmr.errors == errors - 1


@pytest.mark.parametrize("rate", [-0.1, 1.1, np.nan])
def test_a_rate_out_of_range_is_refused(rate):
    """A false match rate lies from 0 to 1."""
    with pytest.raises(ValueError, match="lies from 0 to 1"):
        threshold_for(tally([1.0], [0.0]), rate)


def test_edges_that_do_not_reach_high_enough_are_refused():
    """Where too many scores lie in the open bin at the top, the error says how many and what to do."""
    scores = tally(binned([9.0], [0, 1]), binned([0.0, 2, 3], [0, 1]))
    with pytest.raises(
        ValueError,
        match=r"2 non-mated scores lie at or above the last edge, 1, and 0 may match: count them with edges",
    ):
        threshold_for(scores, 0.1)


@pytest.mark.parametrize("truth", [Normal(2), Whole()])
def test_the_true_rate_at_a_threshold_chosen_on_scores(truth):
    """Over 400 draws the true FMR at the threshold for k of n is k/(n + 1) to (k + 1)/(n + 1) on average, as order statistics say."""
    generator = np.random.default_rng(3)
    total, rate = 200, 0.05
    true, at_most = [], []
    for _ in range(400):
        scores = tally(*truth.draw(generator, 50, total))
        point = threshold_for(scores, rate)
        true.append(truth.fmr(point.threshold))
        at_most.append((point.rates.fmr.errors + 1) / (total + 1))
        assert point.rates.fmr.value <= rate
    error = np.std(true) / np.sqrt(len(true))
    assert np.mean(true) <= np.mean(at_most) + 4 * error
    if isinstance(truth, Normal):
        assert np.mean(true) >= 10 / (total + 1) - 4 * error


@pytest.mark.parametrize("truth", [Normal(2), Whole()])
def test_measured_rates_are_the_true_ones(truth):
    """Rates of 200,000 drawn scores lie within 5 standard errors of the truth, at thresholds over the whole range."""
    mated, non_mated = truth.draw(np.random.default_rng(8), 200_000, 200_000)
    thresholds = np.quantile(np.concatenate([mated, non_mated]), np.linspace(0.01, 0.99, 25))
    there = rates_at(tally(mated, non_mated), thresholds)
    for rate, true in ((there.fmr, truth.fmr(thresholds)), (there.fnmr, truth.fnmr(thresholds))):
        error = np.sqrt(true * (1 - true) / rate.comparisons)
        assert (np.abs(rate.value - true) <= 5 * error + 1e-12).all()


def test_a_threshold_put_to_another_set_meets_its_true_rate():
    """Chosen on one population and put to another whose non-mated scores lie higher, the threshold exceeds its rate as it should."""
    generator = np.random.default_rng(12)
    here, elsewhere = Normal(3), Normal(2)
    mated, non_mated = elsewhere.draw(generator, 50_000, 200_000)
    found = transfer(tally(*here.draw(generator, 50_000, 200_000)), tally(mated + 1, non_mated + 1), 0.001)
    true = elsewhere.fmr(found.chosen.threshold - 1)
    assert found.there.fmr.value == pytest.approx(true, rel=0.08)
    assert found.ratio.value == pytest.approx(true / 0.001, rel=0.08)
    assert found.ratio.value > 10
    assert found.there.fnmr.value == pytest.approx(here.fnmr(found.chosen.threshold), rel=0.1)
    assert found.notes == ()


def test_a_transfer_to_few_comparisons_says_so():
    """Where fewer than 30 errors are expected at the rate, a note says what that means."""
    scores = tally([5.0, 6], np.arange(5.0))
    found = transfer(scores, scores, 0.2)
    assert found.ratio.value == 1
    assert found.notes[0].startswith("The threshold rests on 1 false match of 5")
    assert found.notes[1].startswith(
        "At the target 1 of the 5 non-mated comparisons of the other set would match: fewer than 30"
    )
    for given_rate, other, said in (
        (0, scores, "more than 0"),
        (0.2, tally([1.0], []), "cannot be put to it"),
    ):
        with pytest.raises(ValueError, match=said):
            transfer(scores, other, given_rate)


def test_a_transfer_between_bins_has_bounds():
    """The ratio has bounds where the threshold falls within a bin of the other set."""
    put_to = tally([5.0, 6.0], binned([0.0, 1, 2, 3], [0, 2.5, 4]))
    found = transfer(tally([5.0, 6.0], [0.0, 1, 2, 3]), put_to, 0.25)
    assert found.chosen.threshold == 3
    assert (found.ratio.low, found.ratio.high) == (0, 1)


def test_the_rule_of_three_is_near_the_exact_bound():
    """3/n lies within 6 % above the share at which no error in n has a probability of 5 %, from n = 30 on."""
    for comparisons in (30, 300, 100_000):
        exact = 1 - 0.05 ** (1 / comparisons)
        assert exact <= rule_of_three(comparisons).bound <= 1.06 * exact
    assert rule_of_three(2).bound == 1
    assert str(rule_of_three(6000)).startswith(
        "No error in 6,000 comparisons: with 95 % confidence the rate is at most 0.0005 (rule of 3)."
    )


def test_thirty_errors_tell_a_rate_to_within_thirty_per_cent():
    """Where 30 errors are expected, 30 % about the rate seen holds the truth in 87 % of samples, and in 81 % at 20."""
    held = {}
    for expected in (20, 30):
        errors = np.arange(1, 200)
        inside = np.abs(expected - errors) <= 0.3 * errors
        held[expected] = stats.poisson.pmf(errors, expected)[inside].sum()
    assert held[30] == pytest.approx(0.871, abs=0.001)
    assert held[20] == pytest.approx(0.809, abs=0.001)


def test_the_rule_of_thirty_says_what_it_would_take():
    """With too few errors it says how many comparisons would show 30; with none, that nothing follows."""
    assert rule_of_thirty(30, 100).met
    assert str(rule_of_thirty(31, 100)).startswith("31 errors in 100 comparisons: with about 90 % confidence")
    short = rule_of_thirty(4, 1000)
    assert (short.met, short.needed) == (False, 7500)
    assert "it would take 7,500 comparisons" in str(short)
    assert rule_of_thirty(0, 10).needed is None
    assert "no rate can be told" in str(rule_of_thirty(0, 10))


@pytest.mark.parametrize(
    "call", [lambda: rule_of_three(0), lambda: rule_of_thirty(2, 1), lambda: rule_of_thirty(-1, 5)]
)
def test_a_rule_needs_comparisons(call):
    """There is at least one comparison, and no more errors than comparisons."""
    with pytest.raises(ValueError, match="errors are from 0 to the number of comparisons"):
        call()
