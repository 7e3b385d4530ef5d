"""Curves, areas and equal error rates agree with trying every threshold, and from bins their bounds hold the exact values."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from answerable.biometrics import Bounds, auc, binned, curve, equal_error, rates_at, tally, thinned
from answerable.biometrics.hull import hulls
from score_truths import PAIRS, Normal, Whole, told

EDGES = st.lists(st.integers(0, 16).map(float), min_size=1, max_size=6, unique=True).map(sorted)
ROUNDING = 1e-12


def every_threshold(pair):
    """Give every threshold at which rates can change, from below every score to above."""
    return [-np.inf, *sorted({*pair[0], *pair[1]}), np.inf]


def rates(pair, threshold):
    """Compute FMR and FNMR at a threshold, one score at a time."""
    return np.mean([score >= threshold for score in pair[1]]), np.mean(
        [score < threshold for score in pair[0]]
    )


def in_bins(pair, edges):
    """Count both kinds in bins."""
    return told(binned(pair[0], edges), binned(pair[1], edges))


@given(PAIRS)
def test_the_curve_has_every_corner_and_no_other_point(pair):
    """The points are those at which trying every threshold finds the curve to turn, each at a threshold that has its rates."""
    made = curve(told(*pair))
    assert (np.diff(made.thresholds) > 0).all()
    for point, threshold in enumerate(made.thresholds):
        assert (made.fmr[point], made.fnmr[point]) == rates(pair, threshold)
    tried = [
        key for key, _ in itertools.groupby(rates(pair, threshold) for threshold in every_threshold(pair))
    ]
    corners = [
        each
        for before, each, after in zip([None, *tried], tried, [*tried[1:], None], strict=False)
        if before is None
        or after is None
        or not (before[0] == each[0] == after[0] or before[1] == each[1] == after[1])
    ]
    assert list(zip(made.fmr, made.fnmr, strict=True)) == corners
    assert made.exact
    assert made.tmr.tolist() == pytest.approx((1 - made.fnmr).tolist())


@given(PAIRS, EDGES)
def test_a_curve_from_bins_has_exact_points_at_the_edges(pair, edges):
    """Each point from bins is that of the exact scores at the edge, and the ends are there."""
    made = curve(in_bins(pair, edges))
    assert made.thresholds.tolist() == [-np.inf, *edges, np.inf]
    for point, threshold in enumerate(made.thresholds):
        assert (made.fmr[point], made.fnmr[point]) == rates(pair, threshold)


@given(PAIRS)
def test_the_area_counts_ties_half(pair):
    """The area under the ROC is the share of pairs in which the mated score is higher, and half of those in which it is equal."""
    wins = np.mean([(mated > other) + (mated == other) / 2 for mated, other in itertools.product(*pair)])
    assert auc(told(*pair)).value == pytest.approx(wins, abs=ROUNDING)
    made = curve(told(*pair))
    assert auc(told(*pair)).value == pytest.approx(-np.trapezoid(made.tmr, made.fmr), abs=ROUNDING)


@given(PAIRS, EDGES)
def test_the_area_from_bins_has_bounds_that_hold_it(pair, edges):
    """The exact area lies between the bounds that bins leave."""
    bounds = auc(in_bins(pair, edges))
    assert bounds.low - ROUNDING <= auc(told(*pair)).value <= bounds.high + ROUNDING


def test_an_area_of_more_pairs_than_a_machine_word_counts():
    """Counts by value may stand for more pairs than 64 bits hold; the area is still exact."""
    billions = 4 * 10**9
    both = told([1.0], [0.0])
    many = type(both.mated)(np.array([1.0, 2.0]), np.array([0, billions, 2 * billions]), 0, exact=True)
    assert auc(tally(many, many)).value == 1 / 2


@given(PAIRS)
def test_the_equal_error_rate_is_that_of_each_rule(pair):
    """The rules' values are those of trying every threshold by their published words, in fractions."""
    found = equal_error(told(*pair))
    tried = [
        (
            Fraction(sum(score >= threshold for score in pair[1]), len(pair[1])),
            Fraction(sum(score < threshold for score in pair[0]), len(pair[0])),
        )
        for threshold in every_threshold(pair)
    ]
    before = [(fmr, fnmr) for fmr, fnmr in tried if fnmr <= fmr][-1]
    after = next((fmr, fnmr) for fmr, fnmr in tried if fnmr >= fmr)
    interval = before[::-1] if sum(before) <= sum(after) else after
    assert (found.interval.low, found.interval.high) == tuple(map(float, interval))
    assert found.fvc2000.value == pytest.approx(float(sum(interval) / 2), abs=ROUNDING)
    closest = min(
        tried, key=lambda point: abs(point[0] - point[1])
    )  # of several the first: the lowest threshold
    assert found.closest.value == float(sum(closest) / 2)
    last, first = found.thresholds
    assert rates(pair, last) == tuple(map(float, before))
    assert rates(pair, first) == tuple(map(float, after))


@given(PAIRS)
def test_the_hull_is_the_lowest_of_all_lines_between_points(pair):
    """The corners of the hull are points of the curve, and no point of the curve lies below a line between two of them."""
    _, hull = hulls(told(*pair))
    points = [rates(pair, threshold) for threshold in every_threshold(pair)]
    for fmr, fnmr in zip(hull.fmr, hull.fnmr, strict=True):
        assert any(abs(fmr - x) + abs(fnmr - y) < ROUNDING for x, y in points)
    for fmr, fnmr in points:
        assert fnmr >= np.interp(fmr, hull.fmr[::-1], hull.fnmr[::-1]) - ROUNDING


@given(PAIRS)
def test_the_equal_error_rate_of_the_hull_is_its_greatest_mean_error(pair):
    """Where the hull meets FMR = FNMR is the greatest, over weights of the two rates, of the least weighted mean of them."""
    points = np.array([rates(pair, threshold) for threshold in every_threshold(pair)])
    # Between two weights at which two points cost the same, the least cost is a line: the greatest is at one of those.
    weights = {0.0, 1.0}
    for (x, y), (u, v) in itertools.combinations(points.tolist(), 2):
        if (slope := (x - u) + (v - y)) and 0 <= (weight := (v - y) / slope) <= 1:
            weights.add(weight)
    greatest = max((weight * points[:, 0] + (1 - weight) * points[:, 1]).min() for weight in weights)
    assert equal_error(told(*pair)).rocch.value == pytest.approx(greatest, abs=1e-9)


@given(PAIRS, EDGES)
def test_equal_error_rates_from_bins_have_bounds_that_hold_them(pair, edges):
    """Under each rule the exact value lies between the bounds that bins leave, and so does the interval."""
    exact, bounds = equal_error(told(*pair)), equal_error(in_bins(pair, edges))
    for rule in ("fvc2000", "closest", "rocch"):
        value, around = getattr(exact, rule).value, getattr(bounds, rule)
        assert around.low - ROUNDING <= value <= around.high + ROUNDING, rule
    assert bounds.interval.low - ROUNDING <= exact.interval.low
    assert exact.interval.high <= bounds.interval.high + ROUNDING
    assert bounds.span.low <= exact.span.low + ROUNDING
    assert bounds.notes == ("The scores were counted in bins: the values are known by their bounds.",)


def test_fine_bins_narrow_the_bounds():
    """From 2,000 bins the bounds of the equal error rate and of the area lie within 0.002 of each other, about the exact values."""
    mated, non_mated = Normal(2).draw(np.random.default_rng(4), 20_000, 20_000)
    edges = np.linspace(-6, 8, 2001)
    exact, bounds = tally(mated, non_mated), tally(binned(mated, edges), binned(non_mated, edges))
    for found, true in (
        (equal_error(bounds).fvc2000, equal_error(exact).fvc2000),
        (equal_error(bounds).rocch, equal_error(exact).rocch),
        (auc(bounds), auc(exact)),
    ):
        assert found.high - found.low < 0.004
        assert found.low <= true.value <= found.high


def test_scores_that_are_kept_apart_have_no_error():
    """Where every mated score lies above every other, the curve has three points and the equal error rate is 0 under each rule."""
    scores = tally([5.0, 6.0], [1.0, 2.0, 3.0])
    made = curve(scores)
    assert list(zip(made.thresholds, made.fmr, made.fnmr, strict=True)) == [
        (1, 1, 0),
        (5, 0, 0),
        (np.inf, 0, 1),
    ]
    assert equal_error(scores).span == Bounds(0.0, 0.0)


def test_equal_scores_are_said_to_tell_nothing():
    """Where all scores are equal, the area is one half, the interval is everything, and a note says why."""
    scores = tally([3.0, 3.0], [3.0])
    found = equal_error(scores)
    assert auc(scores).value == 1 / 2
    assert (found.interval.low, found.interval.high, found.fvc2000.value, found.rocch.value) == (
        0,
        1,
        0.5,
        0.5,
    )
    assert found.notes == (
        "All scores are equal: they tell mated from non-mated comparisons no better than chance.",
    )


def test_equal_error_rate_and_area_of_a_known_system():
    """Of a million drawn scores the equal error rate under each rule and the area are the true ones, within 5 standard errors."""
    truth = Normal(2.5)
    scores = tally(*truth.draw(np.random.default_rng(6), 500_000, 500_000))
    found = equal_error(scores)
    error = np.sqrt(truth.equal_error * (1 - truth.equal_error) / 500_000)
    for value in (found.fvc2000, found.closest, found.rocch):
        assert abs(value.value - truth.equal_error) < 5 * error
    assert auc(scores).value == pytest.approx(truth.auc, abs=5e-4)


@pytest.mark.parametrize("sizes", [(3_000, 60_000), (60_000, 3_000)])
@pytest.mark.parametrize("truth", [Normal(2), Whole()])
def test_the_smaller_kind_is_walked_through(truth, sizes):
    """Whichever kind has fewer distinct scores, the curve passes through the rates at every one of its thresholds."""
    scores = tally(*truth.draw(np.random.default_rng(9), *sizes))
    made = curve(scores)
    there = rates_at(scores, made.thresholds)
    assert (there.fmr.value == made.fmr).all()
    assert (there.fnmr.value == made.fnmr).all()
    assert len(made.thresholds) <= 2 * min(len(scores.mated.marks), len(scores.non_mated.marks)) + 2
    # At any other threshold one of the two rates is that of a neighbouring corner, and the other lies between two.
    asked = np.random.default_rng(1).uniform(*np.quantile(scores.non_mated.marks, [0.2, 0.9999]), 500)
    at, after = rates_at(scores, asked), np.searchsorted(made.thresholds, asked)
    still = (at.fmr.value == made.fmr[after]) | (at.fnmr.value == made.fnmr[after])
    assert still.all()
    assert ((made.fmr[after] <= at.fmr.value) & (at.fmr.value <= made.fmr[after - 1])).all()


@pytest.mark.parametrize("points", [2, 10, 300])
def test_a_thinned_curve_keeps_its_shape(points):
    """No corner lies further from a kept point than the gap, in the coordinates of the drawing; the ends are kept."""
    whole = curve(tally(*Normal(2).draw(np.random.default_rng(2), 5_000, 20_000)))
    few = thinned(whole, points)
    assert len(few.thresholds) <= points
    assert [few.thresholds[0], few.thresholds[-1]] == [whole.thresholds[0], whole.thresholds[-1]]
    assert set(few.thresholds) <= set(whole.thresholds)
    kept, every = np.array(few.probits()), np.array(whole.probits())
    place = np.minimum(np.searchsorted(few.thresholds, whole.thresholds), len(few.thresholds) - 1)
    ways = [np.abs(every - kept[:, np.maximum(place - back, 0)]).sum(axis=0) for back in (0, 1)]
    assert np.minimum(*ways).max() <= few.gap + ROUNDING
    even = np.abs(every[:, -1] - every[:, 0]).sum() / (points // 2)
    assert few.gap <= even / 2 + ROUNDING
    # What is drawn in one stroke and is longer than that is a step of the curve itself.
    long = np.flatnonzero(np.abs(np.diff(kept)).sum(axis=0) > even + ROUNDING)
    for start in long:
        place = np.searchsorted(whole.thresholds, few.thresholds[start])
        assert whole.thresholds[place + 1] == few.thresholds[start + 1]


def test_a_curve_of_few_points_is_left_as_it_is():
    """A curve that has no more points than were asked for is not thinned, and one of fewer than 2 is refused."""
    whole = curve(tally([1.0, 3.0], [0.0, 2.0]))
    assert thinned(whole, 50) is whole
    assert whole.gap is None
    with pytest.raises(ValueError, match="at least 2 points; 1 were asked for"):
        thinned(whole, 1)


def test_probits_are_the_normal_quantiles_and_end_at_half_an_error():
    """A rate of 0 or 1 is drawn at half an error from the end; others at their quantile."""
    across, up = curve(tally([1.0, 3.0], [0.0, 0.5, 0.7, 2.0])).probits()
    assert across[0] == pytest.approx(special.ndtri(1 - 1 / 8))
    assert up[0] == pytest.approx(special.ndtri(1 / 4))
    assert up[-1] == pytest.approx(-special.ndtri(1 / 4))
    assert special.ndtri(1 / 4) in across
    assert np.isfinite([across, up]).all()


@pytest.mark.parametrize("ask", [curve, equal_error, auc, hulls])
@pytest.mark.parametrize(
    ("mated", "non_mated", "kind"), [([], [1.0], "mated"), ([1.0], [np.nan], "non-mated")]
)
def test_a_curve_needs_both_kinds(ask, mated, non_mated, kind):
    """Without scores of one kind the error says which."""
    with pytest.raises(ValueError, match=f"^no {kind} comparison has a score: .* is not measurable"):
        ask(tally(mated, non_mated))
