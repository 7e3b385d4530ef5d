"""What a list of flagged areas was worth: worked out by hand, by brute force over ties, and refused where it means nothing."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats

from answerable.hindsight import (
    auc,
    by_flags,
    by_scores,
    capture,
    hit_rate,
    named,
    obtainable,
    pai,
    pei_general,
    pei_star,
    predicted_over_observed,
    rri_hit_rate_ratio,
    rri_levine,
    rri_pai_equal_cells,
    rri_predicted_over_observed,
    rri_share_recaptured,
    ser,
)

OBSERVED, PREDICTED = np.array([[6], [3], [0]]), np.array([[3.0], [2.0], [1.0]])
SMALL = arrays.arrays(np.int64, (5, 3), elements=st.integers(0, 3))


@pytest.mark.parametrize(
    ("k", "accuracy", "efficiency", "ratio"), [(1, 2, 1, 0.5), (2, 1.5, 1, 5 / 9), (3, 1, 1, 2 / 3)]
)
def test_the_published_example(k, accuracy, efficiency, ratio):
    """Observed 6, 3 and 0, predicted 3, 2 and 1: PAI, PEI* and predicted over observed for one, two and three areas."""
    found = by_scores(PREDICTED, OBSERVED, k)
    assert pai(found).pooled.expected == pytest.approx(accuracy)
    assert pei_star(found).pooled.expected == pytest.approx(efficiency)
    assert rri_predicted_over_observed(found).pooled.expected == pytest.approx(ratio)
    assert predicted_over_observed(found).pooled.expected == pytest.approx(6 / 9)
    assert rri_pai_equal_cells(found).pooled == pai(found).pooled
    assert found.total.settled


@given(SMALL, SMALL, st.integers(1, 5))
def test_ties_by_brute_force(scores, events, k):
    """The least, the expected and the most are those over every list that the scores allow."""
    if (scores == scores[:1]).all():
        scores[0] += 1
    found = by_scores(scores, events, k)
    for period in range(3):
        score, held = scores[:, period], events[:, period]
        best = max(sum(score[list(some)]) for some in itertools.combinations(range(5), k))
        lists = [some for some in itertools.combinations(range(5), k) if sum(score[list(some)]) == best]
        caught = [held[list(some)].sum() for some in lists]
        assert found.least[period] == min(caught)
        assert found.most[period] == max(caught)
        assert found.expected[period] == pytest.approx(np.mean(caught))
        assert found.predicted_caught[period] == pytest.approx(best)
        assert found.best[period] == np.sort(held)[-k:].sum()


def test_random_orders_lie_about_the_expected_number():
    """Events under random orders of tied areas have the expected number as their mean, and reach the least and the most."""
    scores, events = (
        np.array([[1, 0]] + [[0, 0]] * 4 + [[0, 1]]),
        np.array([[2], [0], [1], [1], [5], [0]] * np.ones((1, 2), int)),
    )
    found = by_scores(scores, events, 3, draws=4_000)
    assert np.abs(found.drawn.mean(axis=0) - found.expected).max() < 0.1
    assert (found.drawn.min(axis=0) == found.least).all()
    assert (found.drawn.max(axis=0) == found.most).all()
    assert found.tied == 2
    assert "tied" in hit_rate(found).notes[0]


@given(SMALL, arrays.arrays(np.bool_, (5, 3)))
def test_flags_and_scores_of_the_same_list_agree(events, flags):
    """A list given as flags holds what the same list given as scores does."""
    flags[0] = True
    flags[4] = False
    one, other = by_flags(flags, events), by_scores(flags.astype(float), events, flags.sum(axis=0))
    assert np.array_equal(one.expected, other.expected)
    assert np.array_equal(one.best, other.best)
    assert np.array_equal(one.area, other.area)
    assert one.total.settled
    assert other.total.settled


def test_pooled_and_mean_differ_and_undefined_periods_are_counted():
    """A period without events is in the pooled hit rate by its flags alone; the mean leaves it out and says so."""
    flags = np.array([[1, 1, 1], [0, 0, 0]])
    found = hit_rate(by_flags(flags, [[1, 0, 1], [0, 0, 9]]))
    assert found.pooled.expected == pytest.approx(2 / 11)
    assert found.mean.expected == pytest.approx((1 + 0.1) / 2)
    assert found.undefined == 1
    assert "In 1 of 3 periods" in found.notes[0]
    assert np.isnan(found.by_period[1])


def test_no_event_at_all_has_no_value():
    """Without any event a hit rate is not defined, and is not 0."""
    found = hit_rate(by_flags([[1], [0]], [[0], [0]]))
    assert found.pooled is None
    assert found.mean is None


def test_pei_star_is_the_hit_rate_where_flags_are_plenty():
    """Where no period has more areas with an event than flags, PEI* equals the hit rate, and a note says so."""
    events = np.array([[1, 0], [0, 2], [0, 0], [1, 0]])
    plenty, scarce = (
        by_flags([[1, 1], [1, 1], [0, 0], [0, 0]], events),
        by_flags([[1, 1], [0, 0], [0, 0], [0, 0]], events),
    )
    assert pei_star(plenty).pooled == hit_rate(plenty).pooled
    assert any("equals the hit rate" in note for note in pei_star(plenty).notes)
    assert pei_star(scarce).pooled.expected > hit_rate(scarce).pooled.expected
    assert not any("equals the hit rate" in note for note in pei_star(scarce).notes)


def test_sizes_count():
    """PAI and SER divide by the flagged area, and the optimum fills no more than that, its last area in part."""
    events, flags = np.array([[4], [3], [1]]), np.array([[0], [1], [0]])
    found = by_flags(flags, events, sizes=[1, 2, 7])
    assert pai(found).pooled.expected == pytest.approx((3 / 8) / (2 / 10))
    assert ser(found).pooled.expected == pytest.approx(1.5)
    assert pei_star(found).pooled.expected == pytest.approx(3 / (4 + 3 / 2))
    with pytest.raises(ValueError, match="use pai"):
        rri_pai_equal_cells(found)


def test_the_general_pei_takes_another_area():
    """The general PEI divides each side by its own area."""
    events = np.array([[6], [3], [0]])
    found = by_flags([[0], [1], [1]], events)
    assert pei_general(found, obtainable(events, 1)).pooled.expected == pytest.approx((3 / 2) / (6 / 1))
    assert pei_general(found, obtainable(events, 2)).pooled == pei_star(found).pooled


def test_each_rri_by_hand():
    """Each of the five definitions gives its own number on the same list."""
    now, before = np.array([[4], [2], [2]]), np.array([[2], [2], [0]])
    flags = np.array([[1], [0], [0]])
    found, earlier = by_flags(flags, now), by_flags(flags, before)
    baseline = by_flags([[0], [1], [0]], now)
    assert rri_hit_rate_ratio(found, baseline).pooled.expected == pytest.approx(2)
    assert rri_levine(found, earlier).pooled.expected == pytest.approx((4 / 8) / (2 / 4))
    assert rri_share_recaptured(found, earlier).pooled.expected == pytest.approx(2)
    assert rri_pai_equal_cells(found).pooled.expected == pytest.approx(1.5)
    with pytest.raises(ValueError, match="list of flags has none"):
        rri_predicted_over_observed(found)
    with pytest.raises(ValueError, match="same events"):
        rri_hit_rate_ratio(found, earlier)


def test_a_divisor_that_ties_may_make_nought_has_a_value_and_no_upper_bound():
    """One of two tied areas had the only event: half of it is expected, so the quotient is defined; the other order divides by nothing."""
    scores, flags, events = np.array([[1.0], [1], [0]]), np.array([[1], [0], [0]]), np.array([[1], [0], [0]])
    found = rri_hit_rate_ratio(by_flags(flags, events), by_scores(scores, events, 1))
    assert found.undefined == 0
    assert found.by_period.tolist() == [2.0]
    assert (found.pooled.least, found.pooled.expected, found.pooled.most) == (1.0, 2.0, np.inf)
    assert found.mean == found.pooled
    predicted = rri_predicted_over_observed(by_scores(scores, events, 1))
    assert (predicted.pooled.least, predicted.pooled.expected, predicted.pooled.most) == (1.0, 2.0, np.inf)


def test_a_period_in_which_nothing_can_be_divided_by_stays_undefined():
    """Where no order of the tied areas holds an event, there is no value; the other period gives the pooled one, whose sums are bounded."""
    scores, events = np.array([[1.0, 1], [1, 0], [0, 0]]), np.array([[0, 2], [0, 0], [3, 0]])
    found = rri_predicted_over_observed(by_scores(scores, events, 1))
    assert found.undefined == 1
    assert np.isnan(found.by_period[0])
    assert (found.pooled.least, found.pooled.most) == (1.0, 1.0)
    assert (found.mean.least, found.mean.most) == (0.5, 0.5)


@pytest.mark.parametrize(
    ("name", "variant"), [("PEI", "pei_general"), ("rri", "rri_levine"), ("Rri", "rri_share_recaptured")]
)
def test_a_bare_name_is_refused(name, variant):
    """PEI and RRI have several definitions; the refusal names them."""
    with pytest.raises(ValueError, match=variant):
        named(name)
    assert named("PEI*") is pei_star
    with pytest.raises(ValueError, match="no measure"):
        named("accuracy")


@given(SMALL, SMALL)
def test_the_capture_curve_holds_every_list(scores, events):
    """At each length the curve is the expected hit rate of the list of that length, and it ends with all events."""
    if (scores == scores[:1]).all():
        scores[0] += 1
    events[0, 0] += 1
    curve = capture(scores, events)
    assert curve.events[0] == 0
    assert curve.events[-1] == pytest.approx(1)
    for k in range(1, 6):
        assert curve.events[k] == pytest.approx(hit_rate(by_scores(scores, events, k)).pooled.expected)


@given(SMALL, SMALL)
def test_the_area_under_the_roc_counts_pairs(scores, events):
    """The pooled area and that of each period are those of Mann and Whitney, ties counted half."""
    if (scores == scores[:1]).all():
        scores[0] += 1
    events[0, 0], events[1, 0] = 1, 0
    found = auc(scores, events)
    some = events > 0
    wins = stats.mannwhitneyu(scores[some], scores[~some]).statistic
    assert found.pooled == pytest.approx(wins / (some.sum() * (~some).sum()))
    for period in range(3):
        have = some[:, period]
        if have.all() or not have.any():
            assert np.isnan(found.by_period[period])
        else:
            wins = stats.mannwhitneyu(scores[have, period], scores[~have, period]).statistic
            assert found.by_period[period] == pytest.approx(wins / (have.sum() * (~have).sum()))


@pytest.mark.parametrize(
    ("scores", "outcomes", "k", "sizes", "match"),
    [
        ([[1.0], [1.0]], [[1], [0]], 1, None, "no area from another"),
        ([[-1.0], [1.0]], [[1], [0]], 1, None, "exponential"),
        ([[np.nan], [1.0]], [[1], [0]], 1, None, "1 of 2 scores are missing"),
        ([[2.0], [1.0]], [[1], [0], [0]], 1, None, "same areas and periods"),
        ([[2.0], [1.0]], [[1], [-1]], 1, None, "none is negative"),
        ([[2.0], [1.0]], [[1], [np.nan]], 1, None, "judged once its outcomes are known"),
        ([[2.0], [1.0]], [[1], [0.5]], 1, None, "whole numbers"),
        ([[2.0], [1.0]], [[1], [0]], 3, None, "number of areas"),
        ([[2.0], [1.0]], [[1], [0]], 0, None, "number of areas"),
        ([[2.0], [1.0]], [[1], [0]], 1.5, None, "whole number"),
        ([[2.0], [1.0]], [[1], [0]], 1, [1, 0], "1 area of 2 have no size"),
        ([[2.0], [1.0]], [[1], [0]], 1, [1], "one size"),
        ([2.0, 1.0], [[1], [0]], 1, None, "shape"),
        (np.zeros((0, 3)), np.zeros((0, 3)), 1, None, "at least one of each"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(scores, outcomes, k, sizes, match):
    """Constant, negative and missing scores, areas without size and shapes that differ are refused, each by its own sentence."""
    with pytest.raises(ValueError, match=match):
        by_scores(scores, outcomes, k, sizes=sizes)


@pytest.mark.parametrize(
    ("flags", "match"),
    [([[0], [0]], "no area was flagged"), ([[2], [0]], "true or false"), ([1, 0], "shape")],
)
def test_bad_flags_are_refused(flags, match):
    """A list without an area, a number that is no flag, and a list without periods are refused."""
    with pytest.raises(ValueError, match=match):
        by_flags(flags, [[1], [0]])


def test_constant_periods_are_counted():
    """A period in which all scores are the same is kept, drawn by lot, and counted."""
    found = by_scores([[1, 1], [0, 1]], [[1, 3], [0, 1]], 1)
    assert found.constant == 1
    assert (found.least[1], found.expected[1], found.most[1]) == (1, 2, 3)
