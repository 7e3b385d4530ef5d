"""Ratios between groups, one by one and all together: they hold a planted truth, and seldom find what is not there."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.biometrics import (
    compare,
    count_pairs,
    gap,
    holm,
    log_ratio,
    permutation,
    permutation_test,
    rate_intervals,
    simultaneous,
)
from answerable.biometrics.ratios import contrasts, log_limits, p_values
from biometrics.drawing import error_of, groups


def few(*errors, people=30, each=4):
    """Groups of people of whom each pair is compared a few times, with one error each on some of the pairs."""
    first, second = np.triu_indices(people, 1)
    order = np.random.default_rng(0).permutation(len(first))
    first, second = first[order], second[order]
    number = len(first)
    return count_pairs(
        np.concatenate([first + at * people for at in range(len(errors))]),
        np.concatenate([second + at * people for at in range(len(errors))]),
        np.full(number * len(errors), each),
        np.concatenate([(np.arange(number) < wrong).astype(int) for wrong in errors]),
        cell=np.repeat(np.arange(len(errors)), number),
    )


def drawn(seed=1, rates=(0.02, 0.04, 0.03), sizes=(40, 50, 60), **more):
    """Draw groups and take their rates."""
    counts, group = groups(np.random.default_rng(seed), sizes, rates, **more)
    return rate_intervals(counts), counts, group


def test_exchanging_two_groups_turns_their_ratio_over():
    """The ratio of the second to the first is one over that of the first to the second, and so are its limits."""
    rates, _, _ = drawn(rates=(0.02, 0.04), sizes=(40, 50))
    one, other = compare(rates, 0), compare(rates, 1)
    assert one.cell.tolist() == [1]
    assert one.ratio[0] == pytest.approx(rates.rate[1] / rates.rate[0])
    assert (one.ratio[0], one.low[0], one.high[0]) == pytest.approx(
        (1 / other.ratio[0], 1 / other.high[0], 1 / other.low[0])
    )


def test_ratios_to_the_geometric_mean_multiply_to_one():
    """Every group is compared, and the logarithms of the ratios add up to nothing."""
    rates, _, _ = drawn()
    found = compare(rates)
    assert found.cell.tolist() == [0, 1, 2]
    assert np.log(found.ratio).sum() == pytest.approx(0, abs=1e-12)
    assert (found.low < found.ratio).all()
    assert (found.ratio < found.high).all()
    assert set(found.notes) == {""}


def test_shared_people_make_a_ratio_surer():
    """The ratio of two kinds of comparisons of the same people has a narrower interval than that of two groups of strangers."""
    generator = np.random.default_rng(2)
    counts, _ = groups(generator, (40,), (0.05,), each=20)
    first, second, half = counts.first, counts.second, counts.comparisons // 2
    errors = generator.hypergeometric(counts.errors, counts.comparisons - counts.errors, half)
    widths = []
    for apart in (0, 40):
        both = count_pairs(
            np.concatenate([first, first + apart]),
            np.concatenate([second, second + apart]),
            np.concatenate([half, half]),
            np.concatenate([errors, counts.errors - errors]),
            cell=np.repeat([0, 1], len(first)),
        )
        found = compare(rate_intervals(both), 0)
        widths.append(float(np.log(found.high[0] / found.low[0])))
    assert widths[0] < widths[1] / 2


def test_a_group_without_an_error_is_said():
    """Ratios that are 0, infinite or not defined say why, and are bounded on the side that is known."""
    rates = rate_intervals(few(0, 40, 0))
    one = compare(rates, 1)
    assert one.ratio.tolist() == [0, 0]
    assert one.low.tolist() == [0, 0]
    assert (one.high < 1).all()
    assert "upper limit only" in one.notes[0]
    other = compare(rates, 0)
    assert np.isinf(other.ratio[0])
    assert np.isnan(other.ratio[1])
    assert other.low[0] > 1
    assert other.low[1] == 0
    assert np.isinf(other.high).all()
    assert "lower limit only" in other.notes[0]
    assert "not defined" in other.notes[1]
    mean = compare(rates)
    assert mean.low[1] > 1
    assert mean.notes[1].startswith("Another group has no error")


def test_a_p_value_is_where_the_interval_reaches_one():
    """At the level of 1 less the p-value one limit is 1."""
    rates, _, _ = drawn(rates=(0.02, 0.06, 0.03))
    _, weights = contrasts(rates, None)
    p = p_values(rates, weights)
    low, high = log_limits(rates, weights, 1 - p)
    assert np.minimum(np.abs(low), np.abs(high)) == pytest.approx(np.zeros(3), abs=1e-5)


def test_what_cannot_be_compared_is_an_error():
    """A reference without comparisons, or one group alone, is refused."""
    alone = rate_intervals(count_pairs([0], [1], [4], [1], cells=2))
    with pytest.raises(ValueError, match="two cells"):
        compare(alone)
    some = rate_intervals(count_pairs([0, 2], [1, 3], [4, 4], [1, 1], cell=[0, 1], cells=3))
    with pytest.raises(ValueError, match="cell 2 has no comparison"):
        compare(some, 2)


@pytest.mark.parametrize("ratio", [1.0, 3.0])
def test_a_ratio_is_covered(ratio):
    """Of 300 files with a planted ratio 95 % of the intervals hold it, within three Monte Carlo errors."""
    generator, held = np.random.default_rng(3), []
    for _ in range(300):
        counts, _ = groups(generator, (40, 40), (0.02, 0.02 * ratio), each=5)
        found = compare(rate_intervals(counts), 0)
        held.append(found.low[0] <= ratio <= found.high[0])
    covered = float(np.mean(held))
    assert covered + 3 * error_of(covered, 300) >= 0.95


def test_a_family_of_groups_that_do_not_differ_seldom_differs():
    """Of 100 files of five equal groups with a strong effect at most 5 % show some difference, within three errors."""
    generator, found = np.random.default_rng(4), []
    for number in range(100):
        counts, group = groups(generator, (30, 40, 40, 50, 60), (0.02,) * 5, each=5)
        family = simultaneous(counts, number=300, seed=number, strata=group)
        found.append((family.survives.any(), family.survives_stepwise.any()))
    for share in np.mean(found, axis=0):
        assert share - 3 * error_of(float(share), 100) <= 0.05


def test_a_planted_difference_survives():
    """A group with twelve times the rate of five others is found, and the others are not told apart."""
    _, counts, group = drawn(5, rates=(0.01,) * 5 + (0.12,), sizes=(60,) * 6, width=0.4)
    found = simultaneous(counts, 0, number=500, strata=group)
    assert found.survives.tolist() == [False] * 4 + [True]
    assert found.survives_stepwise.tolist() == [False] * 4 + [True]
    assert (found.adjusted <= 0.05).tolist() == [False] * 4 + [True]
    span = found.largest_over_smallest()
    assert 1 < span.low < 12 < span.high
    assert not span.note


def test_simultaneous_intervals_hold_the_single_ones():
    """Each is wider than by itself and no wider than by Bonferroni's level, and p-values only grow."""
    rates, counts, group = drawn(6)
    found = simultaneous(counts, number=400, strata=group)
    single, widest = compare(rates), compare(rates, level=1 - 0.05 / 3)
    assert 0.95 < found.each <= 1 - 0.05 / 3
    assert (found.ratios.low <= single.low).all()
    assert (found.ratios.high >= single.high).all()
    assert (found.ratios.low >= widest.low - 1e-12).all()
    assert (found.adjusted >= found.p).all()
    assert (found.stepped >= found.p).all()
    assert (found.adjusted <= 3 * found.p + 1e-12).all()


def test_a_span_without_a_difference_starts_at_one():
    """Where nothing survives the bounds of largest over smallest and over the mean start at 1, and hold the truth."""
    _, counts, group = drawn(7, rates=(0.02,) * 3)
    found = simultaneous(counts, number=400, strata=group)
    assert not found.survives.any()
    for span in (found.largest_over_smallest(), found.largest_over_mean()):
        assert span.low == 1
        assert 1 < span.high < np.inf
    with pytest.raises(ValueError, match="geometric mean"):
        simultaneous(counts, 0, number=100).largest_over_mean()


def test_a_group_without_an_error_keeps_the_family_together():
    """Its ratios get Bonferroni's level, the others stay finite, and the span says what bounds nothing."""
    found = simultaneous(few(0, 40, 44), number=300)
    assert found.each == pytest.approx(1 - 0.05 / 3)
    assert np.isnan(found.ratios.ratio).sum() == 0
    assert found.ratios.low[0] == 0
    assert np.isinf(found.largest_over_smallest().high)
    assert "no error" in found.largest_over_smallest().note


def test_holm_by_hand():
    """0.01, 0.04, 0.03 and 0.005 become 0.03, 0.06, 0.06 and 0.02."""
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    with pytest.raises(ValueError, match="from 0 to 1"):
        holm([0.5, 1.5])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_holm_rejects_what_bonferroni_does(p):
    """Each adjusted value lies from the p-value to Bonferroni's, and smaller ones stay smaller."""
    found, given_ = holm(p), np.array(p)
    assert (found >= given_ - 1e-12).all()
    assert (found <= np.minimum(1, len(p) * given_) + 1e-12).all()
    assert (np.diff(found[np.argsort(given_, kind="stable")]) >= 0).all()


def mated(groups_, errors, each=10):
    """People compared with themselves."""
    people = np.arange(len(groups_))
    return count_pairs(people, people, np.full(len(people), each), errors)


def test_a_permutation_p_value_is_that_of_every_permutation():
    """Three of six people have all errors: 2 of the 20 ways to choose three are as extreme."""
    group = np.array([0, 0, 0, 1, 1, 1])
    found = permutation_test(mated(group, [5, 5, 5, 0, 0, 0]), group, number=4_000, seed=1)
    assert found.p == pytest.approx(0.1, abs=0.015)
    assert found.p == (found.as_large + 1) / 4_001
    assert found.rates.tolist() == [0.5, 0.0]
    assert "Each person's group" in found.null


def test_a_permutation_p_value_is_exact():
    """Where groups do not differ, p is at most 10 % in no more than 10 % of 400 files, within three Monte Carlo errors."""
    generator, group = np.random.default_rng(8), np.repeat([0, 1, 2], 8)
    small = []
    for number in range(400):
        errors = generator.binomial(10, generator.beta(0.3, 2, len(group)))
        small.append(permutation_test(mated(group, errors), group, number=59, seed=number).p <= 0.1)
    share = float(np.mean(small))
    assert share <= 0.1 + 3 * error_of(0.1, 400)
    assert share >= 0.04


def test_permutations_of_pairs_agree_with_counting():
    """What lies within groups after an exchange is counted as by hand, in a sparse table and in a full one."""
    generator = np.random.default_rng(9)
    counts, group = groups(generator, (10, 12, 8), (0.1, 0.1, 0.1), across=True)
    label = generator.permutation(group)
    same = label[counts.first] == label[counts.second]
    by_hand = np.bincount(label[counts.first][same], weights=counts.errors[same], minlength=3)
    table = permutation._table(counts, counts.errors, mated=False)
    assert isinstance(table, np.ndarray)
    assert permutation._within(table, label[None, :], 3)[0].tolist() == by_hand.tolist()
    thin = count_pairs(
        counts.first[::40], counts.second[::40], counts.comparisons[::40], counts.errors[::40], subjects=30
    )
    keep = label[thin.first] == label[thin.second]
    expected = np.bincount(label[thin.first][keep], weights=thin.errors[keep], minlength=3)
    laid = permutation._table(thin, thin.errors, mated=False)
    assert not isinstance(laid, np.ndarray)
    assert permutation._within(laid, label[None, :], 3)[0].tolist() == expected.tolist()


def test_a_planted_difference_is_found_by_permutation():
    """Where one group has far more errors no permutation is as extreme, and p is the smallest that it can be."""
    counts, group = groups(np.random.default_rng(10), (25, 25, 25), (0.02, 0.02, 0.4), width=0.3, across=True)
    for measure in (log_ratio, gap):
        assert permutation_test(counts, group, measure=measure, number=199).p == 1 / 200


def test_groups_that_never_meet_cannot_be_exchanged():
    """Non-mated comparisons within groups alone are refused, with what to use in their place."""
    counts, group = groups(np.random.default_rng(11), (10, 10), (0.1, 0.1))
    one = count_pairs(counts.first, counts.second, counts.comparisons, counts.errors)
    with pytest.raises(ValueError, match="use `simultaneous`"):
        permutation_test(one, group)
    with pytest.raises(ValueError, match="in one cell"):
        permutation_test(counts, group)
    with pytest.raises(ValueError, match="two groups"):
        permutation_test(one, group * 0)


def test_a_group_without_comparisons_is_left_out():
    """The measures of a difference look past a group that has no comparison."""
    errors, made = np.array([[2.0, 0.0, 5.0]]), np.array([[10.0, 0.0, 10.0]])
    assert gap(errors, made)[0] == pytest.approx(0.3)
    assert log_ratio(errors, made)[0] == pytest.approx(np.log(5.5 / 2.5))


@pytest.mark.parametrize("measure", [log_ratio, gap])
def test_a_difference_is_none_where_nothing_is_compared(measure):
    """An exchange that leaves comparisons in no group shows no difference; one group alone likewise."""
    errors, comparisons = np.array([[0.0, 0.0], [2.0, 0.0], [2.0, 1.0]]), np.array([[0, 0], [4, 0], [4, 8.0]])
    found = measure(errors, comparisons)
    assert found[:2].tolist() == [0, 0]
    assert found[2] > 0
