"""Paired differences from baselines: their counts, the exact test, and how often the interval holds the truth."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable import hindsight
from answerable.hindsight import (
    blocked,
    by_flags,
    by_scores,
    compare,
    flip_signs,
    last_period,
    long_run,
    rolling,
    uniform,
    weights,
)
from answerable.hindsight.blocks import block_sums
from hindsight.drawing import days, error_of

SIGNS = st.lists(st.integers(-9, 9), min_size=1, max_size=9)


def town(seed=0, areas=30, periods=140):
    """Scores that know the rates, and events."""
    generator = np.random.default_rng(seed)
    rates = generator.gamma(0.3, size=(areas, 1))
    return np.broadcast_to(rates, (areas, periods)).copy(), generator.poisson(rates, (areas, periods))


@given(SIGNS)
def test_the_test_of_signs_by_enumeration(sums):
    """The p-value is the share of all choices of signs that give a sum as far from 0."""
    all_sums = [
        sum(sign * one for sign, one in zip(signs, sums, strict=True))
        for signs in itertools.product((-1, 1), repeat=len(sums))
    ]
    expected = np.mean([abs(one) >= abs(sum(sums)) for one in all_sums])
    assert flip_signs(np.array(sums, dtype=float)) == pytest.approx(expected)


@given(SIGNS, st.floats(0.1, 7))
def test_the_test_does_not_mind_the_unit(sums, unit):
    """Sums in another unit have the same p-value, but for ties that rounding to the lattice parts."""
    whole, scaled = (flip_signs(np.array(sums) * by) for by in (1.0, unit))
    counted = {
        abs(sum(s * one for s, one in zip(signs, sums, strict=True)))
        for signs in itertools.product((-1, 1), repeat=len(sums))
    }
    if len(counted) == 2 ** (len(sums) - 1):
        assert scaled == pytest.approx(whole)
    assert 2.0 ** (1 - len(sums)) - 1e-12 <= scaled <= 1


def test_a_short_last_block_is_joined():
    """A last block of less than half the length is part of the one before it."""
    sums, lengths = block_sums(np.arange(10.0)[None], 4)
    assert lengths.tolist() == [4, 4, 2]
    assert block_sums(np.arange(9.0)[None], 4)[1].tolist() == [4, 5]
    assert sums.sum() == 45


@pytest.mark.parametrize(
    "baseline", [last_period(), rolling(5), long_run(), uniform(), weights(np.arange(30.0), "the population")]
)
@pytest.mark.parametrize("past", [0, 9])
def test_baselines_by_a_plain_loop(baseline, past):
    """Each baseline catches what a loop over periods finds, from outcomes strictly before each."""
    scores, events = town()
    history = np.random.default_rng(3).poisson(0.3, (30, past)) if past else None
    found = compare(by_scores(scores, events, 3), events, [baseline, long_run()], history=history, draws=0)[0]
    whole = events if history is None else np.concatenate([history, events], axis=1)
    caught, begin = 0.0, 0 if past else 1
    for period in range(begin, events.shape[1]):
        at = period + past
        if baseline.kind == "fixed":
            score = np.zeros(30) if baseline.values is None else baseline.values
        else:
            score = whole[:, max(0, at - (baseline.window or at)) : at].sum(axis=1)
        edge = np.sort(score)[-3]
        above, tied = score > edge, score == edge
        caught += events[above, period].sum() + (3 - above.sum()) / tied.sum() * events[tied, period].sum()
    assert found.caught.expected == pytest.approx(caught)
    assert found.set_apart == begin
    assert found.periods == events.shape[1] - begin
    assert found.short == (min(5 - 1, 140) if baseline.window == 5 and not past else 0)


def test_the_future_does_not_matter():
    """What happens in a period and after it moves no baseline's list of that period."""
    scores, events = town()
    later = events.copy()
    later[:, 100:] = np.random.default_rng(1).poisson(2, later[:, 100:].shape)
    kept = [rolling(30), long_run(), last_period()]
    whole = compare(by_scores(scores, events, 3), events, kept, draws=0)
    early = compare(by_scores(scores[:, :100], events[:, :100], 3), events[:, :100], kept, draws=0)
    other = compare(by_scores(scores[:, :100], later[:, :100], 3), later[:, :100], kept, draws=0)
    assert [one.caught for one in early] == [one.caught for one in other]
    assert [one.caught for one in whole] != [one.caught for one in early]


def test_areas_of_different_sizes_fill_the_same_area():
    """A baseline fills exactly the forecast's area: with everything flagged it catches everything, with equal density a part."""
    generator = np.random.default_rng(2)
    sizes = generator.uniform(0.5, 3, 30)
    scores, events = town()
    some = by_scores(scores, events, 4, sizes=sizes)
    by_lot = compare(some, events, [uniform()], sizes=sizes)[0]
    share = some.area / some.study
    assert by_lot.caught.expected == pytest.approx((events.sum(axis=0) * share).sum())
    assert by_lot.caught.least < by_lot.caught.expected < by_lot.caught.most
    everything = by_flags(np.ones((30, 140), bool), events, sizes=sizes)
    assert compare(everything, events, [rolling(7)], sizes=sizes)[0].caught.expected == pytest.approx(
        events[:, 1:].sum()
    )


def test_the_sentence_goes_both_ways():
    """A forecast that knows the rates beats a list by lot, its opposite is beaten, and a forecast like the baseline is neither."""
    scores, events = town()
    best, worst = (by_scores(each, events, 5) for each in (scores, scores.max() - scores))
    found = compare(best, events, [uniform()])[0]
    assert found.verdict == "forecast"
    assert f"The forecast caught {found.forecast.expected:g} of {found.events:,} events" in found.sentence
    assert "it beats a list drawn by lot (difference" in found.sentence
    assert "95\u202f% interval" in found.sentence
    found = compare(worst, events, [rolling(30, "day")])[0]
    assert found.verdict == "baseline"
    assert "the count of the last 30 days beats it (difference \N{MINUS SIGN}" in found.sentence
    found = compare(best, events, [weights(scores[:, 0], "the known rate")])[0]
    assert found.verdict == "none"
    assert found.difference.total == 0
    assert found.difference.p == 1
    assert "no detectable difference" in found.sentence


def test_ties_are_ranged():
    """Where areas tie, random orders give a range of difference, interval and p within the extremes, and the sentence says so."""
    scores, events = town()
    found = compare(by_scores(scores, events, 3), events, [last_period("day")], seed=4)[0]
    low, high = found.ties.difference
    assert found.ties.extremes[0] <= low < found.difference.total < high <= found.ties.extremes[1]
    assert (
        found.ties.interval[0]
        < found.difference.interval.low
        < found.difference.interval.high
        < found.ties.interval[1]
    )
    assert found.ties.p[0] <= found.difference.p <= found.ties.p[1]
    assert "over 100 random orders" in found.sentence
    assert found.tied > 100


def test_the_same_seed_gives_the_same_numbers():
    """Intervals and ranges depend on the seed and nothing else."""
    scores, events = town()
    forecast = by_scores(scores, events, 3)
    one, two, other = (compare(forecast, events, [last_period()], seed=seed) for seed in (1, 1, 2))
    assert one == two
    assert one != other


def test_only_some_periods_are_compared():
    """Periods that are not wanted are in no count, and what happened in them is known the period after."""
    scores, events = town()
    only = np.arange(140) % 2 == 1
    found = compare(by_scores(scores, events, 3), events, [last_period()], only=only)[0]
    assert (found.periods, found.set_apart, found.events) == (70, 0, events[:, only].sum())
    caught = by_scores(np.roll(events, 1, axis=1).astype(float), events, 3)
    assert found.counts[1] == pytest.approx(caught.expected[only])
    with pytest.raises(ValueError, match="true for one at least"):
        compare(by_scores(scores, events, 3), events, [last_period()], only=np.zeros(140, bool))


def test_ties_of_areas_of_different_sizes_are_said():
    """No order is drawn where an area is filled in part: the two ends are given instead."""
    scores, events = town()
    sizes = np.linspace(1, 3, 30)
    found = compare(by_scores(scores, events, 3, sizes=sizes), events, [uniform()], sizes=sizes)[0]
    assert found.ties.extremes[0] < found.ties.extremes[1]
    assert "if every tie falls against it" in found.sentence
    with pytest.raises(ValueError, match="other sizes"):
        compare(by_scores(scores, events, 3), events, [uniform()], sizes=sizes / sizes.mean())


def test_few_blocks_have_no_interval():
    """Under eight blocks there is a difference and a test, and no interval; the sentence says why."""
    scores, events = town(periods=35)
    found = compare(by_scores(scores, events, 3), events, [uniform()])[0]
    assert found.difference.interval is None
    assert found.verdict == "none"
    assert "too few for an interval" in found.sentence
    with pytest.raises(ValueError, match="fewer than two blocks"):
        compare(by_scores(scores[:, :6], events[:, :6], 3), events[:, :6], [uniform()])


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"baselines": []}, "at least one baseline"),
        ({"baselines": [weights([1.0], "the population")]}, "30 areas has one number"),
        ({"outcomes": np.zeros((30, 140), int)}, "other outcomes"),
        ({"sizes": np.full(30, 2.0)}, "other sizes"),
        ({"periods": np.arange(140)[::-1]}, "out of order"),
        ({"periods": np.r_[np.arange(70), np.arange(71, 141)]}, "equal steps"),
        ({"periods": np.arange("2011-01-01", "2011-01-05", dtype="M8[D]")}, "one label"),
        ({"history": np.zeros((2, 3), int)}, "same 30 areas"),
        ({"level": 1.0}, "level"),
        ({"block": 0}, "at least one period"),
    ],
)
def test_bad_comparisons_are_refused(change, match):
    """Other outcomes, sizes or areas, and periods out of order or with gaps, are refused."""
    scores, events = town()
    given = {"forecast": by_scores(scores, events, 3), "outcomes": events, "baselines": [uniform()]} | change
    with pytest.raises(ValueError, match=match):
        compare(**given)
    for bad in (lambda: rolling(0), lambda: weights([np.nan], "the population")):
        with pytest.raises(ValueError, match=r"at least one period|none missing"):
            bad()


@pytest.mark.parametrize("weeks", [26, 52])
def test_the_interval_holds_the_mean_of_all_worlds(weeks):
    """With clusters that last days, the interval of a forecast with skill holds the expected difference as often as it says."""
    drawn = days(1, 400, weeks, skill=True)
    truth = days(2, 3_000, weeks, skill=True).sum(axis=1).mean()
    found = blocked(drawn, replicates=500)
    held = np.mean([one.interval.low <= truth <= one.interval.high for one in found])
    assert held >= 0.95 - 3 * error_of(0.95, 400)


@pytest.mark.parametrize("weeks", [26, 52])
def test_false_alarms_where_there_is_no_skill(weeks):
    """Two lists of areas that are alike are told apart no more often than the level says, by the interval and by the test."""
    found = blocked(days(3, 400, weeks, skill=False), replicates=500)
    most = 0.05 + 3 * error_of(0.05, 400)
    assert np.mean([one.p <= 0.05 for one in found]) <= most
    assert np.mean([not one.interval.low <= 0 <= one.interval.high for one in found]) <= most


def test_the_detectable_difference_is_found_in_four_of_five():
    """Differences as large as the one called detectable are found about as often as promised, or more often."""
    drawn = days(4, 300, 52, skill=False)
    detectable = np.median([one.detectable for one in blocked(drawn, replicates=300)])
    found = blocked(drawn + detectable / drawn.shape[1], replicates=300)
    power = np.mean([one.interval.low > 0 and one.p <= 0.05 for one in found])
    assert 0.7 <= power <= 0.95


def test_nothing_gives_areas_for_a_period_to_come():
    """No baseline has a public way to its areas, and what is public asks for outcomes wherever scores are taken."""
    for baseline in (last_period(), rolling(3), long_run(), uniform()):
        assert {name for name in dir(baseline) if not name.startswith("_")} == {
            "kind",
            "label",
            "values",
            "window",
        }
    assert "Past" not in hindsight.__all__
    with pytest.raises(ValueError, match="after the fact"):
        hindsight.times_flagged(scores=np.eye(3), k=1)
