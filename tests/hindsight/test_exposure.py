"""Concentration of flags, and whom they fall on: by hand, and intervals that hold the truth under the census's error."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.hindsight import concentration, exposure, gini, times_flagged
from hindsight.drawing import error_of

VALUES = st.lists(st.integers(0, 20), min_size=2, max_size=9).filter(any)


@given(VALUES)
def test_gini_is_half_the_relative_mean_difference(values):
    """The coefficient is the mean of all differences over twice the mean."""
    given_values = np.array(values, dtype=float)
    differences = np.abs(given_values[:, None] - given_values).mean()
    assert gini(values) == pytest.approx(differences / (2 * given_values.mean()))
    assert gini([3, 3, 3]) == pytest.approx(0)
    with pytest.raises(ValueError, match="above 0"):
        gini([0, 0])


def test_concentration_by_hand():
    """Ten areas over four periods: one flagged always, one twice, eight never."""
    flags = np.zeros((10, 4), bool)
    flags[3], flags[7, :2] = True, True
    found = concentration(flags=flags)
    assert (found.ever, found.always, found.flags) == ((2, 2), (1, 1), 6)
    assert found.top_areas == 1
    assert found.top_share == pytest.approx(4 / 6)
    assert times_flagged(flags=flags).tolist() == [0, 0, 0, 4, 0, 0, 0, 2, 0, 0]


def test_ties_leave_a_range():
    """Areas that tie at the edge may have been flagged or not; the flags expected of them add up to the list."""
    scores = np.array([[3.0, 3], [1, 1], [1, 1], [1, 0]])
    found = concentration(scores=scores, k=2)
    assert found.ever == (1, 4)
    assert found.always == (1, 3)
    assert found.flags == pytest.approx(4)
    counted = times_flagged(scores=scores, k=2, outcomes=np.zeros((4, 2), int))
    assert counted == pytest.approx([2, 1 / 3 + 1 / 2, 1 / 3 + 1 / 2, 1 / 3])


def test_concentration_asks_for_one_kind():
    """Flags or scores with k, and a share between 0 and 1."""
    for given_arrays in ({}, {"scores": np.eye(2)}, {"flags": np.eye(2), "scores": np.eye(2), "k": 1}):
        with pytest.raises(ValueError, match="either flags"):
            concentration(**given_arrays)
    with pytest.raises(ValueError, match="share of the areas"):
        concentration(flags=np.eye(2), share=0)
    with pytest.raises(ValueError, match="number of areas"):
        concentration(scores=np.eye(2), k=3)


def test_exposure_by_hand():
    """Three areas of 100, 200 and 100 people: shares, ratios and the correlation worked out on paper."""
    found = exposure([6, 2, 0, 5], [100, 200, 100, 0], [0.8, 0.4, 0.1, 0.5])
    assert (found.areas, found.left_out, found.flags_left_out, found.most_flagged) == (3, 1, 5, 1)
    assert found.share_all == pytest.approx(170 / 400)
    assert found.share_most_flagged == pytest.approx(0.8)
    assert found.difference == pytest.approx(0.8 - 170 / 400)
    assert found.per_capita == pytest.approx(((6 * 0.8 + 2 * 0.4) / 170) / ((6 * 0.2 + 2 * 0.6) / 230))
    assert found.residence == pytest.approx(((6 * 80 + 2 * 80) / 170) / ((6 * 20 + 2 * 120) / 230))
    assert found.correlation == pytest.approx(1)
    assert found.per_capita_interval is None
    assert found.correlation_interval is None
    assert any("1 area without residents, with 5 flags" in note for note in found.notes)
    assert any("No margin of error" in note for note in found.notes)


@pytest.mark.parametrize(("flagged", "number", "share"), [(1, 1, 0.9), (2, 2, 0.85), (4, 4, 0.75)])
def test_an_area_that_was_never_flagged_is_not_among_the_most_flagged(flagged, number, share):
    """Of 60 areas a tenth is six; where fewer were ever flagged the figures are of those, and a note says so."""
    flags, shares = np.zeros(60), np.full(60, 0.1)
    flags[:flagged] = [5, 3, 2, 1][:flagged]
    shares[:4] = [0.9, 0.8, 0.7, 0.6]
    found = exposure(flags, np.full(60, 100), shares)
    assert found.most_flagged == number
    assert found.share_most_flagged == pytest.approx(share)
    assert found.share_most_flagged_residents == pytest.approx(share)
    assert any(
        f"{number} area{'s were' if number > 1 else ' was'} ever flagged, fewer than the 6" in note
        for note in found.notes
    )
    flags[:10] = 1
    whole = exposure(flags, np.full(60, 100), shares)
    assert whole.most_flagged == 6
    assert not any("ever flagged" in note for note in whole.notes)


@given(st.integers(0, 50))
def test_flags_that_know_nothing_of_residents_fall_on_all_alike(seed):
    """Where every resident has as many flags the ratio per person is 1, and where every area has as many that of residence is 1."""
    generator = np.random.default_rng(seed)
    people, shares = generator.integers(1, 1_000, 30), generator.random(30)
    assert exposure(people / 10, people, shares).per_capita == pytest.approx(1)
    assert exposure(np.ones(30), people, shares).residence == pytest.approx(1)


def test_intervals_hold_the_truth_under_the_census_s_error():
    """With shares and populations misjudged as their margins say, the intervals hold the true ratio and share near their level."""
    generator = np.random.default_rng(1)
    people, shares = generator.integers(400, 3_000, 80), generator.beta(3, 3, 80)
    flags = generator.poisson(5 * np.exp(1.5 * shares))
    errors = 0.08 * people, np.full(80, 0.06)
    truth = exposure(flags, people, shares)
    held = []
    for seed in range(300):
        seen = (
            np.maximum(people + errors[0] * generator.standard_normal(80), 1),
            np.clip(shares + errors[1] * generator.standard_normal(80), 0, 1),
        )
        found = exposure(
            flags,
            *seen,
            population_margin=1.645 * errors[0],
            shares_margin=1.645 * errors[1],
            draws=300,
            seed=seed,
        )
        held.append(
            [
                one.low <= true <= one.high
                for one, true in (
                    (found.per_capita_interval, truth.per_capita),
                    (found.residence_interval, truth.residence),
                    (found.share_most_flagged_interval, truth.share_most_flagged),
                    (found.difference_interval, truth.difference),
                )
            ]
        )
    assert (np.mean(held, axis=0) >= 0.95 - 3 * error_of(0.95, 300)).all()


def test_the_interval_of_the_correlation_holds_the_truth():
    """Over towns drawn anew the interval holds the correlation of all towns, near its level."""
    generator = np.random.default_rng(2)

    def town(areas):
        normal = generator.multivariate_normal([0, 0], [[1, 0.5], [0.5, 1]], areas)
        return exposure(np.exp(normal[:, 0]), np.full(areas, 1_000), 1 / (1 + np.exp(-normal[:, 1])))

    truth = 6 / np.pi * np.arcsin(0.25)
    found = [town(60).correlation_interval for _ in range(500)]
    assert np.mean([one.low <= truth <= one.high for one in found]) >= 0.95 - 3 * error_of(0.95, 500)


def test_margins_widen_the_correlation():
    """The census's error makes the interval of the correlation wider."""
    generator = np.random.default_rng(3)
    flags, people, shares = generator.poisson(5, 40), np.full(40, 900), generator.random(40)
    one, other = (
        exposure(flags, people, shares),
        exposure(flags, people, shares, shares_margin=np.full(40, 0.2)),
    )
    width = [each.correlation_interval.high - each.correlation_interval.low for each in (one, other)]
    assert width[0] < width[1]
    assert one.correlation == other.correlation


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"shares": [80, 40, 10, 5]}, "4 shares of 4 lie over 1"),
        ({"population": [1, 2, 3]}, "one number for each area"),
        ({"flags": [1, -1, 0, 0]}, "missing or negative"),
        ({"shares": [0.1, np.nan, 0.1, 0.1]}, "missing or negative"),
        ({"population": [0, 0, 1, 1]}, "at least three areas"),
        ({"flags": [0, 0, 0, 0]}, "one of them was flagged"),
        ({"shares_margin": [0.1, -0.1, 0, 0]}, "margins of error"),
        ({"level": 0}, "level"),
    ],
)
def test_bad_exposures_are_refused(change, match):
    """Shares of 100, shapes that differ, negative or missing numbers, and no residents are refused."""
    given_arrays = {
        "flags": [1, 2, 3, 4],
        "population": [10, 10, 10, 10],
        "shares": [0.1, 0.2, 0.3, 0.4],
    } | change
    with pytest.raises(ValueError, match=match):
        exposure(**given_arrays)


def test_a_group_that_is_everybody_has_no_ratio():
    """Without anybody else a ratio is not defined, and is None."""
    found = exposure([1, 2, 3], [10, 10, 10], [1, 1, 1], shares_margin=[0, 0, 0])
    assert found.per_capita is None
    assert found.correlation is None
