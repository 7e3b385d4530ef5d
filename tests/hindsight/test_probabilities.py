"""Probabilities and expected counts: scores by hand, calibration with intervals that hold the truth, and flags refused."""

import numpy as np
import pytest
from scipy import optimize, stats

from answerable.hindsight import probable, rated
from hindsight.drawing import error_of


def calibrated(seed=0, shape=(40, 60)):
    """Probabilities that are right, with outcomes."""
    generator = np.random.default_rng(seed)
    chance = generator.beta(0.5, 4, shape)
    return chance, (generator.random(shape) < chance).astype(int)


def test_scores_by_hand():
    """Brier score, its reference and the log score of four forecasts, worked out on paper."""
    found = probable([[0.5, 0.1], [0.25, 0.2]], [[2, 0], [0, 1]], bins=2)
    assert found.brier == pytest.approx((0.25 + 0.01 + 0.0625 + 0.64) / 4)
    assert found.brier_of_share == 0.25
    assert found.brier_skill == pytest.approx(1 - found.brier / 0.25)
    assert found.log_score == pytest.approx(-np.log([0.5, 0.9, 0.75, 0.2]).mean())
    assert found.with_event == 2


def test_the_decomposition_adds_up():
    """Where all forecasts of a bin are equal, reliability less resolution plus uncertainty is the Brier score."""
    chance, _ = calibrated()
    chance = np.round(chance * 4) / 10
    came = (np.random.default_rng(1).random(chance.shape) < chance).astype(int)
    found = probable(chance, came, bins=10_000)
    assert found.reliability - found.resolution + found.brier_of_share == pytest.approx(found.brier)
    assert sum(one.number for one in found.bins) == chance.size


def test_intercept_and_slope_are_those_of_logistic_regression():
    """Intercept and slope are where the likelihood is greatest; forecasts that are too far apart have a slope under 1."""
    chance, came = calibrated()
    logits = np.log(chance / (1 - chance)).ravel()
    found = probable(1 / (1 + np.exp(-2 * logits.reshape(chance.shape))), came)

    def loss(at):
        fitted = at[0] + at[1] * 2 * logits
        return np.logaddexp(0, fitted).sum() - fitted[came.ravel() > 0].sum()

    best = optimize.minimize(loss, [0.0, 1.0]).x
    assert (found.intercept, found.slope) == pytest.approx(tuple(best), abs=1e-4)
    assert found.slope == pytest.approx(0.5, abs=0.06)


def test_what_was_impossible_and_came_is_counted():
    """An event where the probability was 0 leaves no log score, and no deviance; how many is said."""
    found = probable([[0.0, 0.5], [0.3, 1.0]], [[1, 0], [0, 1]])
    assert found.log_score is None
    assert found.impossible == 1
    assert found.fitted_on == 2
    counts = rated([[0.0, 0.5], [0.3, 1.5]], [[3, 0], [0, 1]])
    assert counts.deviance is None
    assert counts.log_score is None
    assert counts.impossible == 3
    assert counts.bins[0].predicted == 0
    assert counts.bins[0].observed == 3


def test_deviance_and_log_score_of_counts():
    """The deviance and the log score are those of Poisson numbers."""
    mean, came = np.array([[0.5, 2.0], [1.0, 3.0]]), np.array([[0, 2], [3, 1]])
    found = rated(mean, came)
    assert found.log_score == pytest.approx(-stats.poisson.logpmf(came, mean).mean())
    saturated = stats.poisson.logpmf(came, np.maximum(came, 1e-300))
    assert found.deviance == pytest.approx(2 * (saturated - stats.poisson.logpmf(came, mean)).mean())
    assert found.explained == pytest.approx(1 - found.deviance / found.deviance_of_mean)
    assert found.predicted == 6.5
    assert found.events == 6


@pytest.mark.parametrize("judge", [probable, rated])
def test_flags_have_no_probability(judge):
    """A list of flags is refused with a sentence, whether as numbers or as true and false."""
    for flags in ([[1, 0], [0, 1]], [[True, False], [False, True]], [[1.0, 0.0], [0.0, 1.0]]):
        with pytest.raises(ValueError, match="not applicable"):
            judge(flags, [[1, 0], [0, 1]])


@pytest.mark.parametrize(
    ("forecasts", "outcomes", "match"),
    [
        ([[1.5, 0.1]], [[1, 0]], "over 1"),
        ([[-0.5, 0.1]], [[1, 0]], "negative"),
        ([[0.5, np.nan]], [[1, 0]], "missing"),
        ([[0.5, 0.1], [0.1, 0.2]], [[1, 0]], "same areas"),
    ],
)
def test_bad_forecasts_are_refused(forecasts, outcomes, match):
    """Numbers over 1, negative or missing are no probabilities."""
    given = np.array(forecasts)
    if len(given) == 1:
        given, outcomes = np.r_[given, [[0.2, 0.4]]], np.r_[outcomes, [[0, 0]]]
    with pytest.raises(ValueError, match=match):
        probable(given, outcomes)
    with pytest.raises(ValueError, match="at least one bin"):
        rated([[0.5, 0.1], [0.1, 0.2]], [[1, 0], [0, 1]], bins=0)


@pytest.mark.parametrize("judge", [probable, rated])
def test_intervals_of_bins_hold_the_truth(judge):
    """With days on which more happens than on others, each bin's interval holds what is expected there near its level."""
    generator = np.random.default_rng(6)
    held = []
    for _ in range(150):
        mean = generator.choice([0.02, 0.1, 0.3], (40, 60))
        days = generator.gamma(4, 1 / 4, 60)
        came = (
            generator.poisson(mean * days)
            if judge is rated
            else generator.random(mean.shape) < np.minimum(mean * days, 1)
        )
        found = judge(mean, came.astype(int), bins=3)
        truths = [one.predicted for one in found.bins]
        held += [
            one.interval.low <= truth <= one.interval.high
            for one, truth in zip(found.bins, truths, strict=True)
        ]
    assert np.mean(held) >= 0.95 - 3 * error_of(0.95, 150) - 0.01
