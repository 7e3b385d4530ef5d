"""Costs agree with their definitions computed one score at a time, and from bins their bounds hold the exact values."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate

from answerable.biometrics import Costs, binned, cllr, dcf, min_cllr, min_dcf, tally
from answerable.biometrics.hull import hulls
from score_truths import PAIRS, Normal, told

COSTS = st.builds(Costs, st.floats(0.001, 0.999), st.floats(0.1, 10), st.floats(0.1, 10))
EDGES = st.lists(st.integers(0, 16).map(float), min_size=1, max_size=6, unique=True).map(sorted)
ROUNDING = 1e-9


def cost(pair, costs, threshold):
    """Compute the cost at a threshold from its definition, not normalised."""
    missed = np.mean([score < threshold for score in pair[0]])
    matched = np.mean([score >= threshold for score in pair[1]])
    return costs.prior * costs.miss * missed + (1 - costs.prior) * costs.false_alarm * matched


def in_bins(pair, edges):
    """Count both kinds in bins."""
    return told(binned(pair[0], edges), binned(pair[1], edges))


def pooled(pair):
    """Pool adjacent violators slowly: join neighbouring distinct scores as long as the share of mated ones falls."""
    blocks = []
    for value in sorted({*pair[0], *pair[1]}):
        blocks.append([pair[0].count(value), pair[1].count(value)])
        while len(blocks) > 1 and blocks[-2][0] * sum(blocks[-1]) >= blocks[-1][0] * sum(blocks[-2]):
            last = blocks.pop()
            blocks[-1] = [blocks[-1][0] + last[0], blocks[-1][1] + last[1]]
    return blocks


def joined(blocks):
    """Join neighbouring blocks of one share of mated comparisons, which may be two or one."""
    groups = [
        list(group) for _, group in itertools.groupby(blocks, key=lambda b: Fraction(b[0], b[0] + b[1]))
    ]
    return [(sum(b[0] for b in group), sum(b[1] for b in group)) for group in groups]


@given(PAIRS, COSTS, st.floats(-1, 17), st.booleans())
def test_the_cost_at_a_threshold_is_its_definition(pair, costs, threshold, normalised):
    """It is prior x miss x FNMR + (1 - prior) x false_alarm x FMR, divided by what no system costs where normalised."""
    blind = min(costs.prior * costs.miss, (1 - costs.prior) * costs.false_alarm)
    expected = cost(pair, costs, threshold) / (blind if normalised else 1)
    assert dcf(told(*pair), costs, threshold, normalised=normalised).value == pytest.approx(expected)


@given(PAIRS, COSTS)
def test_the_least_cost_is_that_of_the_best_threshold(pair, costs):
    """No threshold costs less, the one named costs as much, and matching everything or nothing is among them."""
    scores = told(*pair)
    found = min_dcf(scores, costs)
    tried = [
        cost(pair, costs, threshold) / costs.blind for threshold in [-np.inf, *pair[0], *pair[1], np.inf]
    ]
    assert found.cost.value == pytest.approx(min(tried))
    assert dcf(scores, costs, found.threshold).value == pytest.approx(found.cost.value)
    assert found.cost.value <= 1 + ROUNDING
    assert found.cost.value <= dcf(scores, costs).value + ROUNDING
    assert min_dcf(scores, costs, normalised=False).cost.value == pytest.approx(min(tried) * costs.blind)


@given(PAIRS, COSTS, EDGES, st.floats(-1, 17))
def test_costs_from_bins_have_bounds_that_hold_them(pair, costs, edges, threshold):
    """The exact cost at a threshold, the least cost and the least cost of ratios lie between the bounds that bins leave."""
    exact, bins = told(*pair), in_bins(pair, edges)
    for found, true in (
        (dcf(bins, costs, threshold), dcf(exact, costs, threshold)),
        (min_dcf(bins, costs).cost, min_dcf(exact, costs).cost),
        (min_cllr(bins), min_cllr(exact)),
        (cllr(bins), cllr(exact)),
    ):
        assert found.low - ROUNDING <= true.value <= found.high + ROUNDING


def test_the_actual_cost_is_taken_at_the_threshold_of_bayes():
    """Scores taken as natural logarithms of likelihood ratios match from log((1 - prior) false_alarm / (prior miss)) on."""
    costs = Costs(0.01, miss=10)
    assert costs.threshold == pytest.approx(math.log(9.9))
    pair = [2.2, 2.3, 2.4], [-1.0, 2.29, 2.295]
    assert dcf(tally(*pair), costs).value == pytest.approx(cost(pair, costs, math.log(9.9)) / costs.blind)


def test_calibrated_scores_of_a_known_system_cost_least_at_the_threshold_of_bayes():
    """Scores that are true logarithms of likelihood ratios cost hardly more than at the best threshold, whatever the costs."""
    truth = Normal(2)
    scores = tally(*map(truth.log_ratios, truth.draw(np.random.default_rng(1), 100_000, 100_000)))
    for costs in (Costs(0.5), Costs(0.1), Costs(0.5, miss=5)):
        least = min_dcf(scores, costs).cost.value
        assert least <= dcf(scores, costs).value <= 1.01 * least


@pytest.mark.parametrize("prior", [0, 1, -0.1, np.nan])
def test_a_prior_out_of_range_is_refused(prior):
    """A prior is a probability that leaves both kinds possible."""
    with pytest.raises(ValueError, match="lies between 0 and 1"):
        Costs(prior)


@pytest.mark.parametrize(
    "costs", [{"miss": 0}, {"false_alarm": -1}, {"miss": np.inf}, {"false_alarm": np.nan}]
)
def test_costs_out_of_range_are_refused(costs):
    """Costs are finite and more than 0."""
    with pytest.raises(ValueError, match="costs are finite and more than 0"):
        Costs(0.5, **costs)


@given(PAIRS, st.sampled_from([math.e, 2, 10]))
def test_the_cost_of_ratios_is_its_definition(pair, base):
    """Half the sum of the means of log2(1 + 1/ratio) over mated and log2(1 + ratio) over non-mated scores."""
    shifted = [[(score - 4) / 4 for score in scores] for scores in pair]
    expected = (
        np.mean([math.log2(1 + base**-score) for score in shifted[0]])
        + np.mean([math.log2(1 + base**score) for score in shifted[1]])
    ) / 2
    assert cllr(told(*shifted), base).value == pytest.approx(expected)


def test_scores_that_say_nothing_cost_one_bit():
    """Ratios of 1 cost 1, and so does the best function of equal scores."""
    scores = tally([0.0, 0.0], [0.0])
    assert cllr(scores).value == pytest.approx(1)
    assert min_cllr(scores).value == pytest.approx(1)


def test_extreme_scores_do_not_overflow():
    """A misleading score of 10,000 costs 10,000 / log(2) bits, and one that points the right way costs nothing."""
    scores = told([-10_000.0], [-10_000.0])
    assert cllr(scores).value == pytest.approx(10_000 / math.log(2) / 2)


def test_more_scores_than_a_block_are_all_counted():
    """The mean over 200,000 scores is that of one pass over all."""
    mated, other = Normal(1).draw(np.random.default_rng(3), 200_000, 100_001)
    expected = (np.logaddexp(0, -mated).mean() + np.logaddexp(0, other).mean()) / (2 * math.log(2))
    assert cllr(tally(mated, other)).value == pytest.approx(expected)


@pytest.mark.parametrize("base", [1, 0.5, np.inf, np.nan])
def test_a_base_that_makes_no_logarithm_is_refused(base):
    """The base of logarithms is finite and more than 1."""
    with pytest.raises(ValueError, match="the base of logarithms"):
        cllr(tally([1.0], [0.0]), base)


def test_bins_without_ends_leave_the_cost_without_limit():
    """Mated scores below every edge could be misleading without limit."""
    found = cllr(told(binned([-5.0, 1], [0, 2]), binned([1.0], [0, 2])))
    assert found.high == math.inf
    assert math.isfinite(found.low)


@given(PAIRS)
def test_the_blocks_are_those_of_pooling_adjacent_violators(pair):
    """Blocks have the shares of mated comparisons that slow pooling by whole numbers gives, with equal scores in one block."""
    _, hull = hulls(told(*pair))
    fast = list(zip(hull.mated.tolist(), hull.non_mated.tolist(), strict=True))
    assert joined(fast) == joined(pooled(pair))


@given(PAIRS)
def test_the_least_cost_of_ratios_is_that_of_the_pooled_blocks(pair):
    """Each block's ratio is its share of mated scores over its share of the others; nothing rising costs less."""
    blocks, (mated, other) = pooled(pair), map(len, pair)
    expected = sum(m / mated * math.log2(1 + n * mated / (m * other)) if m else 0 for m, n in blocks) + sum(
        n / other * math.log2(1 + m * other / (n * mated)) if n else 0 for m, n in blocks
    )
    found = min_cllr(told(*pair)).value
    assert found == pytest.approx(expected / 2, abs=ROUNDING)
    assert found <= min(1, cllr(told(*pair)).value) + ROUNDING


def test_the_cost_of_ratios_of_a_known_system():
    """True logarithms of likelihood ratios cost what the integral over the distribution says, and pooling gains nothing much."""
    truth = Normal(2)
    expected = integrate.quad(
        lambda x: math.log2(1 + math.exp(-x)) * math.exp(-((x - 2) ** 2) / 8) / math.sqrt(8 * math.pi),
        -20,
        25,
    )[0]
    scores = tally(*map(truth.log_ratios, truth.draw(np.random.default_rng(2), 300_000, 300_000)))
    assert cllr(scores).value == pytest.approx(expected, abs=0.005)
    assert 0 <= cllr(scores).value - min_cllr(scores).value < 0.001


@pytest.mark.parametrize(
    "ask",
    [cllr, min_cllr, lambda scores: dcf(scores, Costs(0.5), 0), lambda scores: min_dcf(scores, Costs(0.5))],
)
def test_costs_need_both_kinds(ask):
    """Without scores of one kind the error says which."""
    with pytest.raises(ValueError, match=r"^no non-mated comparison has a score: .* is not measurable"):
        ask(tally([1.0], []))
