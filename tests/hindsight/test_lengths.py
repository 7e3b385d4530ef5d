"""Lists of several lengths, of a forecast and of baselines, are counted as a single list is, and on the same periods."""

import numpy as np
import pytest

from answerable.hindsight import by_scores, compare, last_period, lengths, long_run, rolling, uniform, weights

AREAS, PERIODS, BEFORE = 60, 40, 10
PLACES = (1, 3, 7, 30, 60)


@pytest.fixture
def town():
    """Scores that tie often, outcomes, a history, and which periods are compared."""
    chance = np.random.default_rng(1)
    return (
        chance.integers(0, 5, (AREAS, PERIODS)).astype(float),
        chance.poisson(0.4, (AREAS, PERIODS)),
        chance.poisson(0.4, (AREAS, BEFORE)),
        chance.random(PERIODS) < 0.7,
    )


def test_every_length_is_counted_as_a_list_by_itself(town):
    """Forecast and baselines hold what `by_scores` and `compare` say of lists of that length, ties at their expected number."""
    scores, outcomes, history, only = town
    rivals = [
        last_period(),
        rolling(7),
        long_run(),
        uniform(),
        weights(np.arange(AREAS) % 9, "the population"),
    ]
    found = lengths(scores, outcomes, PLACES, rivals, history=history, only=only)
    assert found.set_apart == 0
    assert (found.events == outcomes[:, only].sum(axis=0)).all()
    for row, places in enumerate(PLACES):
        alone = by_scores(scores, outcomes, places)
        np.testing.assert_allclose(found.forecast[row], alone.expected[only])
        for one, beside in zip(
            rivals, compare(alone, outcomes, rivals, history=history, only=only), strict=True
        ):
            np.testing.assert_allclose(found.baselines[one.label][row], beside.counts[1])


def test_a_list_drawn_by_lot_holds_its_share(town):
    """By lot a list holds as much of the events as it is of the areas."""
    scores, outcomes, *_ = town
    found = lengths(scores, outcomes, PLACES, [uniform()])
    shares = found.baselines["a list drawn by lot"].sum(axis=1) / found.events.sum()
    np.testing.assert_allclose(shares, np.array(PLACES) / AREAS)


def test_periods_before_which_nothing_is_known_are_left_out_for_all(town):
    """Without a history the first period is in no curve, neither of the forecast nor of a baseline."""
    scores, outcomes, *_ = town
    found = lengths(scores, outcomes, PLACES, [last_period(), uniform()])
    assert found.set_apart == 1
    assert found.forecast.shape == (len(PLACES), PERIODS - 1)
    assert {held.shape for held in found.baselines.values()} == {found.forecast.shape}


def test_what_is_not_compared_is_not_looked_at(town):
    """Scores that are missing in another period change nothing."""
    scores, outcomes, history, only = town
    whole = lengths(scores, outcomes, PLACES, history=history, only=only)
    scores[:, ~only] = np.nan
    assert (lengths(scores, outcomes, PLACES, history=history, only=only).forecast == whole.forecast).all()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"places": (0,)}, "each list has from 1 area to all of them, 60"),
        ({"places": (61,)}, "each list has from 1 area"),
        ({"only": [True]}, "is true or false for each"),
        ({"only": [True] + [False] * (PERIODS - 1)}, "before none of the periods any outcome is known"),
        ({"scores": np.ones((AREAS, PERIODS))}, "the scores tell no area from another"),
        ({"scores": np.ones((2, PERIODS))}, "of the same areas and periods"),
    ],
)
def test_what_cannot_be_counted_is_refused(town, change, said):
    """Each refusal is a sentence that says what is asked."""
    scores, outcomes, *_ = town
    given = {"scores": scores, "outcomes": outcomes, "places": PLACES, "baselines": [last_period()]} | change
    with pytest.raises(ValueError, match=said):
        lengths(**given)
