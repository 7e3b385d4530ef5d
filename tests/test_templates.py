"""Comparing every template with every other: the counts are those of comparing them one by one, and nothing else is kept."""

import importlib.util

import numpy as np
import pytest

from answerable.biometrics import templates as module
from answerable.biometrics.templates import compare_all


def made(count=60, dimensions=8, seed=1):
    """Draw templates of length one, three for each label, in three groups of people."""
    chance = np.random.default_rng(seed)
    drawn = chance.normal(size=(count, dimensions)).astype(np.float32)
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    labels = np.arange(count) // 3
    return drawn, labels, labels % 3


def one_by_one(given, labels, groups, *, low, high, bins):
    """Count every pair with a loop, in double precision."""
    number = groups.max() + 1
    mated, other = np.zeros((number, bins + 2), int), np.zeros((number, number, bins + 2), int)
    for i in range(len(given)):
        for j in range(i):
            score = float(given[i].astype(float) @ given[j].astype(float))
            place = int(np.clip(np.floor((score - low) / (high - low) * bins) + 1, 0, bins + 1))
            if labels[i] == labels[j]:
                mated[groups[i], place] += 1
            else:
                other[min(groups[i], groups[j]), max(groups[i], groups[j]), place] += 1
    return mated, other


@pytest.mark.parametrize("block", [1, 7, 60, 4096])
def test_every_pair_is_counted_once(block):
    """Whatever the blocks, the counts are those of a loop over pairs; ten bins keep scores away from edges."""
    given, labels, groups = made()
    found = compare_all(given, labels, groups, low=-0.77, high=0.77, bins=10, block=block)
    mated, other = one_by_one(given, labels, groups, low=-0.77, high=0.77, bins=10)
    assert (found.mated == mated).all()
    assert (found.non_mated == other).all()
    assert found.mated.sum() + found.non_mated.sum() == 60 * 59 // 2


def test_strips_and_slabs_play_no_part(monkeypatch):
    """Cut into strips, slabs and triangles that do not divide its size, a block gives the same counts."""
    given, labels, groups = made(count=90)
    one = compare_all(given, labels, groups, low=-0.77, high=0.77, bins=10)
    for name, size in (("_STRIP", 13), ("_TRIANGLE", 4), ("_SLAB", 50)):
        monkeypatch.setattr(module, name, size)
    other = compare_all(given, labels, groups, low=-0.77, high=0.77, bins=10)
    assert (one.mated == other.mated).all()
    assert (one.non_mated == other.non_mated).all()


def test_the_order_of_the_templates_plays_no_part():
    """Shuffled, they give the same counts."""
    given, labels, groups = made()
    order = np.random.default_rng(2).permutation(len(given))
    one = compare_all(given, labels, groups, bins=11)
    other = compare_all(given[order], labels[order], groups[order], bins=11)
    assert (one.mated == other.mated).all()
    assert (one.non_mated == other.non_mated).all()


def test_a_score_at_an_edge_is_never_counted_twice():
    """Where a mated score falls into another bin by itself than in its block, the bin beside it gives way; no count is negative."""
    given = np.ones((6, 4), dtype=np.float32) / 2
    found = compare_all(
        given, np.array([0, 0, 1, 1, 2, 2]), np.zeros(6, dtype=int), low=-1, high=1, bins=2_000
    )
    assert (found.mated.sum(), found.non_mated.sum()) == (3, 12)
    assert found.non_mated.min() == 0
    counts = np.array([0, 2, -1, 0])
    module._settle(counts, 2)
    assert counts.tolist() == [0, 1, 0, 0]


def test_histograms_become_scores():
    """The counts go on to error rates as any histogram does, those beyond the edges included."""
    given, labels, groups = made(count=90)
    found = compare_all(given, labels, groups, low=-0.2, high=0.2, bins=8)
    scores = found.scores(0, 2)
    assert scores.total == found.non_mated[0, 2].sum() == found.scores(2, 0).total
    assert found.scores(1).total == found.mated[1].sum()
    below, above = scores.below(-0.2)
    assert below == above == found.non_mated[0, 2, 0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"templates": np.ones((1, 4))}, "two rows"),
        ({"labels": np.zeros(3, dtype=int)}, "one label and one group"),
        (
            {"templates": np.array([[1.0, np.nan], [1.0, 2.0]]), "labels": [0, 1], "groups": [0, 0]},
            "1 templates hold NaN",
        ),
        ({"low": 1.0}, "edges ascend"),
        ({"bins": 0}, "bins"),
    ],
)
def test_what_does_not_fit_is_refused(change, said):
    """One template alone, labels that do not fit, numbers that are none and bins that are none have each a sentence."""
    given, labels, groups = made(count=6)
    arguments = {"templates": given, "labels": labels, "groups": groups} | change
    with pytest.raises(ValueError, match=said):
        compare_all(**arguments)


def test_nothing_but_counts_is_kept():
    """What comes back has edges and counts, and no way to a pair."""
    assert set(module.GroupHistograms.__dataclass_fields__) == {"edges", "mated", "non_mated"}


@pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="torch is not installed")
def test_a_device_gives_the_same_counts():
    """The path of torch, here on the CPU, counts as the path without it does."""
    given, labels, groups = made()
    one, other = (
        compare_all(given, labels, groups, bins=10, low=-0.77, high=0.77, device=device)
        for device in ("cpu", "cpu:0")
    )
    assert (one.mated == other.mated).all()
    assert (one.non_mated == other.non_mated).all()


@pytest.mark.skipif(importlib.util.find_spec("torch") is not None, reason="torch is installed")
def test_a_device_without_torch_is_one_sentence():
    """The missing extra is named with the command that installs it."""
    given, labels, groups = made(count=6)
    with pytest.raises(ImportError, match="answerable\\[torch\\]"):
        compare_all(given, labels, groups, device="cuda")
