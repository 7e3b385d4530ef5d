"""Scores are counted as they are: exactly or with the bounds of their bins, failures apart, and nothing else is let in."""

import functools
import math
import operator
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.biometrics import (
    PolarityError,
    auc,
    binned,
    counted,
    from_bins,
    rates_at,
    scored,
    tally,
    threshold_for,
)
from score_truths import PAIRS, Normal, few_scores, told

ANY = st.lists(st.one_of(st.floats(-100, 100, width=32), st.just(float("nan"))), max_size=40)
EDGES = st.lists(st.integers(-2, 10).map(float), min_size=1, max_size=6, unique=True).map(sorted)
ASKED = st.lists(st.one_of(st.floats(-110, 110), st.just(-np.inf), st.just(np.inf)), min_size=1, max_size=8)


def under(scores, threshold):
    """Count the scores below a threshold, one by one."""
    return sum(score < threshold for score in scores)


@given(ANY, ASKED)
def test_scores_below_a_threshold_are_counted_exactly(scores, thresholds):
    """As many lie below as counting them one by one gives, also at a score itself; NaN is a failure and lies nowhere."""
    made = scored(scores)
    asked = thresholds + [score for score in scores if not math.isnan(score)]
    low, high = made.below(asked)
    assert low.tolist() == high.tolist() == [under(scores, threshold) for threshold in asked]
    assert made.failures == sum(map(math.isnan, scores))
    assert made.total + made.failures == len(scores)


@given(few_scores(), EDGES, ASKED)
def test_the_bounds_of_bins_hold_the_exact_count(scores, edges, thresholds):
    """Scores counted in bins lie between the bounds, which meet at every edge."""
    made = binned(scores, edges)
    low, high = made.below(thresholds)
    exact = [under(scores, threshold) for threshold in thresholds]
    assert (low <= exact).all()
    assert (exact <= high).all()
    at_edges = made.below(edges)
    assert at_edges[0].tolist() == at_edges[1].tolist() == [under(scores, edge) for edge in edges]


@given(st.lists(ANY, min_size=1, max_size=4), EDGES)
def test_parts_add_up_to_the_whole(parts, edges):
    """Chunks that are counted one after another and added give what the whole gives, exactly and in bins."""
    whole = [score for part in parts for score in part]
    for count in (scored, lambda part: binned(part, edges)):
        added = functools.reduce(operator.add, map(count, parts))
        together = count(whole)
        assert added.marks.tolist() == together.marks.tolist()
        assert added.cumulative.tolist() == together.cumulative.tolist()
        assert added.failures == together.failures


@given(few_scores(), EDGES)
def test_an_exact_part_is_put_into_the_bins_of_the_other(scores, edges):
    """Adding scores that are known exactly to scores in bins gives bins, from either side."""
    twice = binned(scores + scores, edges)
    for added in (scored(scores) + binned(scores, edges), binned(scores, edges) + scored(scores)):
        assert added.cumulative.tolist() == twice.cumulative.tolist()
        assert not added.exact


@given(PAIRS)
def test_counts_by_value_are_the_same_scores(pair):
    """Scores given as values with their counts are the scores themselves."""
    for scores in pair:
        values, counts = np.unique(scores, return_counts=True)
        shuffled = np.arange(len(values))[::-1]
        made = counted(np.append(values[shuffled], np.nan), np.append(counts[shuffled], 3), failures=2)
        assert made.cumulative.tolist() == scored(scores).cumulative.tolist()
        assert made.failures == 5


def test_a_value_that_comes_twice_has_its_counts_added():
    """Two rows of one value are one mark, and a value without a comparison is none."""
    made = counted([2, 1, 2, 5], [3, 4, 5, 0])
    assert (made.marks.tolist(), made.counts.tolist()) == ([1, 2], [4, 8])


@given(few_scores(), st.booleans())
def test_bins_are_taken_as_numpy_makes_them(scores, failures):
    """Counts of NumPy's histogram, whose last bin holds its upper edge, bound every count and are exact at the inner edges."""
    edges = np.array([0.0, 2, 3, 8])
    counts, _ = np.histogram(scores, edges)
    made = from_bins(edges, counts, failures=int(failures))
    assert made.total == len(scores)
    assert made.failures == int(failures)
    for threshold in (0, 1, 2, 2.5, 3, 7.5, 8, 8.5):
        low, high = made.below(threshold)
        assert low <= under(scores, threshold) <= high
        assert low == high or threshold not in {0, 2, 3, 8.5}
    assert made.below(8)[0] == under(scores, 3)  # the upper edge lies within the last bin


@given(few_scores(), EDGES, st.floats(-12, 12))
def test_negated_bins_hold_the_negated_scores(scores, edges, threshold):
    """The bins of distances, turned round, bound the counts of the negated distances."""
    turned = binned(scores, edges).negated()
    exact = under([-score for score in scores], threshold)
    low, high = turned.below(threshold)
    assert low <= exact <= high
    assert scored(scores).negated().below(threshold)[0] == exact


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64, np.int8, np.uint8, np.int64, np.uint64])
def test_scores_of_every_type_are_counted(kind):
    """Whole numbers and numbers of half, single and double precision give the same counts."""
    values = np.array([3, 1, 2, 2, 100, 0], dtype=kind)
    made = scored(values)
    assert made.marks.tolist() == [0, 1, 2, 3, 100]
    assert made.counts.tolist() == [1, 1, 2, 1, 1]
    assert scored(values).negated().marks.tolist() == [-100, -3, -2, -1, 0]
    assert binned(values, [2, 100]).cumulative.tolist() == [2, 5, 6]


def test_single_precision_is_compared_as_it_is():
    """0.7 in single precision is a little less than 0.7, and does not match at 0.7."""
    made = scored(np.array([0.7], dtype=np.float32))
    assert made.below(0.7)[0] == 1
    assert made.below(np.float32(0.7))[0] == 0


def test_the_scores_that_were_given_are_left_as_they_were():
    """Neither the caller's scores nor the caller's edges are sorted, changed or locked."""
    scores, edges = np.array([3.0, 1.0, np.nan, 2.0]), np.array([0.0, 2.0])
    scored(scores)
    from_bins(edges, [1])
    binned(scores, edges)
    scores[0], edges[0] = 7, -1
    assert np.array_equal(scores, [7, 1, np.nan, 2], equal_nan=True)
    assert edges.tolist() == [-1, 2]


def test_counts_cannot_be_changed():
    """What was counted is locked."""
    made = scored([1, 2])
    for part in (made.marks, made.cumulative):
        with pytest.raises(ValueError, match="read-only"):
            part[0] = 5


@pytest.mark.parametrize(
    "count", [scored, lambda scores: binned(scores, [0.0]), lambda scores: counted(scores, [1] * len(scores))]
)
@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_infinite_scores_are_refused_with_their_number(count, kind):
    """An infinite score is no score, whichever its sign: the error says how many there are."""
    with pytest.raises(ValueError, match=r"^3 of 6 scores are infinite; give NaN where"):
        count(np.array([1, np.inf, -np.inf, np.inf, 2, np.nan], dtype=kind))


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        (["0.5"], TypeError, "scores are whole numbers or numbers of half, single or double precision"),
        ([True, False], TypeError, "array of bool"),
        ([1j], TypeError, "array of complex128"),
        ([[1.0, 2.0]], ValueError, "one dimension; one of 2 was given"),
        ([2**53 + 1], ValueError, "beyond 9,007,199,254,740,992 in size are not exact"),
        (np.array([2**63 + 5], dtype=np.uint64), ValueError, "divide them first"),
        ([-(2**60)], ValueError, "divide them first"),
    ],
)
def test_what_is_no_score_is_refused(given, error, said):
    """Texts, truth values, tables and whole numbers that double precision does not hold are refused."""
    with pytest.raises(error, match=said):
        scored(given)


@pytest.mark.parametrize(
    ("make", "error", "said"),
    [
        (lambda: binned([1.0], [2, 1]), ValueError, "finite numbers in ascending order"),
        (lambda: binned([1.0], [1, 1]), ValueError, "finite numbers in ascending order"),
        (lambda: binned([1.0], [np.nan]), ValueError, "finite numbers in ascending order"),
        (lambda: binned([1.0], []), ValueError, "at least one"),
        (lambda: from_bins([1, 2, 3], [1]), ValueError, "3 edges bound 2 bins; 1 counts were given"),
        (lambda: from_bins([1, 2], [1.5]), TypeError, "counts are whole numbers"),
        (lambda: from_bins([1, 2], [-1]), ValueError, "at least 0"),
        (lambda: from_bins([1, 2], [1], failures=-1), ValueError, "at least 0"),
        (lambda: counted([1, 2], [1]), ValueError, "each value has one count; there are 2 and 1"),
        (lambda: binned([1.0], [1, 2]) + binned([1.0], [1, 3]), ValueError, "with the same edges"),
        (lambda: scored([1.0]).below(np.nan), ValueError, "NaN was given"),
    ],
)
def test_counts_that_do_not_fit_are_refused(make, error, said):
    """Edges that do not ascend, counts that are not whole or do not fit, and bins of different edges are refused."""
    with pytest.raises(error, match=said):
        make()


def test_one_kind_in_bins_puts_the_other_into_them():
    """Mated scores known exactly are counted in the bins of the non-mated ones, and bins of different edges are refused."""
    made = tally([5.0, 6.0], binned([1.0, 5.5], [2, 5.2]))
    assert not made.exact
    assert made.mated.cumulative.tolist() == [0, 1, 2]
    with pytest.raises(ValueError, match="with the same edges"):
        tally(binned([5.0], [2]), binned([1.0], [3]))


def test_reversed_scores_are_refused_with_advice():
    """Distances given as scores are refused, with the area and what to do; they are never turned round unasked."""
    mated, non_mated = Normal(2).draw(np.random.default_rng(5), 200, 300)
    with pytest.raises(
        PolarityError, match=r"area under the ROC 0\.0\d+, less than a half.*negate=True"
    ) as caught:
        tally(-mated, -non_mated)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301 - it was pickled on this line
    turned = tally(-mated, -non_mated, negate=True)
    assert auc(turned) == auc(tally(mated, non_mated))
    assert auc(told(-mated, -non_mated)).value == pytest.approx(1 - auc(turned).value)


def test_reversed_bins_are_refused_too():
    """The test of polarity looks at bins, and at the sum of two tallies."""
    edges = np.linspace(-3, 5, 30)
    mated, non_mated = Normal(2).draw(np.random.default_rng(5), 200, 300)
    with pytest.raises(PolarityError):
        tally(binned(-mated, edges), binned(-non_mated, edges))
    part = told(-mated, -non_mated)
    with pytest.raises(PolarityError):
        part + tally([3.0], [2.0])
    assert (part + part).polarity_stated


def test_scores_that_tell_nothing_are_not_reversed():
    """An area of exactly one half, as equal scores give, is accepted."""
    assert auc(tally([1.0, 1.0], [1.0])).value == 1 / 2


@pytest.mark.parametrize("empty", [[], [np.nan, np.nan]])
def test_a_kind_without_scores_is_said(empty):
    """Without scores of one kind its rate is not measurable, and that of the other still is."""
    only_mated, only_non_mated = tally([1.0, 2.0], empty), tally(empty, [1.0, 2.0])
    assert rates_at(only_mated, 1.5).fnmr.value == 1 / 2
    assert rates_at(only_non_mated, 1.5).fmr.value == 1 / 2
    with pytest.raises(ValueError, match="there are no non-mated comparisons: FMR is not measurable"):
        _ = rates_at(only_mated, 1.5).fmr.value
    with pytest.raises(ValueError, match="there are no mated comparisons: FNMR is not measurable"):
        _ = rates_at(only_non_mated, 1.5).fnmr.value
    with pytest.raises(ValueError, match="no mated comparison has a score"):
        auc(only_non_mated)
    with pytest.raises(ValueError, match="no non-mated comparison has a score: no threshold can be chosen"):
        threshold_for(only_mated, 0.1)


def test_many_scores_take_one_pass_and_little_memory():
    """Ten blocks of scores, of which some are missing, are counted as NumPy counts them."""
    generator = np.random.default_rng(11)
    scores = generator.normal(size=700_000).astype(np.float32)
    scores[::1000] = np.nan
    edges = np.linspace(-2, 2, 101)
    made = binned(scores, edges)
    present = scores[~np.isnan(scores)].astype(np.float64)
    assert made.cumulative.tolist() == [*(int((present < edge).sum()) for edge in edges), len(present)]
    assert made.failures == 700
