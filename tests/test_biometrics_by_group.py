"""Rates by group are those of each group by itself, failures apart, whatever the order of the thresholds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.biometrics import rates_at, rates_by_group, tally

SCORES = st.one_of(st.sampled_from([0.0, 0.5, 1.0, -2.0, np.nan]), st.floats(-3, 3))
ROWS = st.lists(st.tuples(SCORES, st.booleans(), st.integers(0, 3)), max_size=40)
THRESHOLDS = st.lists(st.one_of(st.sampled_from([0.0, 0.5, -np.inf, np.inf]), st.floats(-3, 3)), max_size=6)


def columns(rows):
    """Give three arrays of rows, also of none."""
    scores, mated, group = zip(*rows, strict=True) if rows else ((), (), ())
    return np.array(scores, float), np.array(mated, bool), np.array(group, int)


@given(ROWS, THRESHOLDS)
def test_each_group_has_the_rates_that_it_has_by_itself(rows, thresholds):
    """The counts are those of `rates_at` on the scores of the group alone, at thresholds in any order, with ties and failures."""
    scores, mated, group = columns(rows)
    found = rates_by_group(scores, mated, group, thresholds, groups=4)
    for one in range(4):
        own, its = scores[group == one], mated[group == one]
        alone = rates_at(tally(own[its], own[~its], polarity_stated=True), thresholds)
        there = found.of(one)
        for kind in ("fmr", "fnmr", "far", "frr"):
            mine, theirs = getattr(there, kind), getattr(alone, kind)
            assert mine.errors.tolist() == theirs.errors.tolist()
            assert (mine.comparisons, mine.kind) == (theirs.comparisons, theirs.kind)
        assert (there.fta.errors, there.fta.comparisons) == (alone.fta.errors, alone.fta.comparisons)


def test_rates_by_hand():
    """Of two groups, one has no mated comparison with a score: its FNMR is not a number, and its failure is counted."""
    found = rates_by_group(
        [1, 3, 2, np.nan, 4, 2],
        np.array([True, True, False, True, False, False]),
        [0, 0, 0, 1, 1, 1],
        [2, 4],
    )
    assert found.fmr.tolist() == [[1, 0], [1, 0.5]]
    assert found.fnmr[0].tolist() == [0.5, 1]
    assert np.isnan(found.fnmr[1]).all()
    assert found.mated_failures.tolist() == [0, 1]
    with pytest.raises(ValueError, match="no mated comparisons: FNMR is not measurable"):
        _ = found.of(1).fnmr.value


def test_blocks_play_no_part():
    """More comparisons than one block holds are counted as all at once, of single precision too."""
    generator = np.random.default_rng(5)
    scores = generator.normal(size=150_000).astype(np.float32)
    mated, group = generator.random(150_000) < 0.3, generator.integers(0, 8, 150_000)
    thresholds = np.linspace(2, -2, 10)
    found = rates_by_group(scores, mated, group, thresholds)
    for one in range(8):
        own = scores[(group == one) & ~mated]
        assert found.false_matches[one].tolist() == [int((own >= each).sum()) for each in thresholds]
    assert found.non_mated.sum() + found.mated.sum() == 150_000


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        ({"mated": [1, 0]}, TypeError, "true or false"),
        ({"mated": np.array([True])}, ValueError, "one length"),
        ({"group": [0.5, 1.0]}, TypeError, "groups are whole"),
        ({"group": [0, -1]}, ValueError, "at least 0"),
        ({"groups": 1}, ValueError, "there are 1 groups"),
        ({"thresholds": [np.nan]}, ValueError, "none of them NaN"),
        ({"scores": [1.0, np.inf]}, ValueError, "1 of 2 scores are infinite"),
        ({"scores": ["a", "b"]}, TypeError, "scores are whole numbers or"),
    ],
)
def test_what_does_not_fit_is_refused(change, error, said):
    """Each argument that cannot be meant has a sentence."""
    arguments = {"scores": [1.0, 2.0], "mated": np.array([True, False]), "group": [0, 1], "thresholds": [1.0]}
    with pytest.raises(error, match=said):
        rates_by_group(**(arguments | change))
