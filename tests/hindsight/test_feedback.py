"""Urns, with the published figures, and whether discovery follows deployment, with the truth planted."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.hindsight import following, simulate_urns
from answerable.hindsight.urns import SIMULATION
from hindsight.drawing import error_of

PRIOR, RATES = (609, 379), (3.68511, 2.816466)


@pytest.mark.parametrize(
    ("published", "how"),
    [
        (0.701, {"poisson": False}),
        (0.701, {}),
        (0.929, {"decay": 0.01}),
        (0.570, {"decay": 0.01, "corrected": True}),
    ],
)
def test_the_published_figures_come_out(published, how):
    """The mean share after 1,000 draws is that of 200 published runs, within three of their Monte Carlo errors and ours."""
    found = simulate_urns(PRIOR, RATES, runs=2_000, seed=1, **how)
    spread = found.error[0] * np.sqrt(2_000)
    assert abs(found.mean[-1, 0] - published) <= 3 * spread * np.sqrt(1 / 200 + 1 / 2_000)
    assert found.true[0] == pytest.approx(0.5668, abs=5e-5)
    assert found.label == SIMULATION


@given(st.integers(2, 6), st.booleans(), st.booleans(), st.sampled_from([0, 0.1]))
def test_shares_are_shares(areas, poisson, corrected, decay):
    """At every time the shares of all areas add up to 1, and the bands lie in order."""
    start = np.arange(1, areas + 1)
    found = simulate_urns(
        start, start[::-1], draws=30, runs=5, times=7, decay=decay, poisson=poisson, corrected=corrected
    )
    assert found.mean.sum(axis=1) == pytest.approx(1)
    assert found.mean[0] == pytest.approx(start / start.sum())
    assert (np.diff(found.bands, axis=0) >= 0).all()
    assert found.times[[0, -1]].tolist() == [0, 30]
    assert found.deployed.sum() == pytest.approx(1)


def test_what_residents_report_holds_the_share():
    """Where residents report much more than patrols find, counts go to the true share however they start."""
    found = simulate_urns([900, 100], [0.1, 0.1], reported=[3, 3], decay=0.01, runs=100)
    assert found.mean[-1, 0] == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"prior": [1]}, "two areas or more"),
        ({"prior": [0, 0]}, "not all are 0"),
        ({"rates": [1, -1]}, "missing or negative"),
        ({"rates": [1, 1, 1]}, "each of 2 areas"),
        ({"reported": [1, np.nan]}, "each of 2 areas"),
        ({"decay": 1}, "decay"),
        ({"runs": 0}, "at least one draw"),
    ],
)
def test_bad_urns_are_refused(change, match):
    """One area, no counts, negative rates and a decay of everything are refused."""
    with pytest.raises(ValueError, match=match):
        simulate_urns(**({"prior": [1, 2], "rates": [1, 1]} | change))


def logs(generator, *, jump=0.0, areas=60, periods=60):
    """Draw flags that begin at random times in half of the areas, and two kinds of events; the first jumps with the flag."""
    rates = generator.gamma(2, 1, (areas, 1)) * generator.gamma(20, 1 / 20, periods)
    flags = np.zeros((areas, periods), bool)
    for area, time in enumerate(generator.integers(5, 55, areas // 2)):
        flags[area, time:] = generator.random(periods - time) < 0.5
        flags[area, time] = True
    since = np.cumsum(flags, axis=1) > 0
    return flags, generator.poisson(rates + jump * since), generator.poisson(rates)


def test_a_planted_jump_is_found():
    """Where the first kind of events rises by 1 with the flag, the effect is 1 and the periods before it are level."""
    found = following(*logs(np.random.default_rng(0), jump=1.0, areas=400))
    assert found.interval.low < 1 < found.interval.high
    assert found.interval.low > 0
    assert found.independent == pytest.approx(0, abs=0.2)
    assert found.by_period[found.periods < 0] == pytest.approx(0, abs=0.5)
    assert (found.by_period[found.periods >= 0] > 0.4).all()
    assert found.flagged + found.left_out == 200
    assert found.never == 200


@pytest.mark.parametrize("areas", [40, 100])
def test_false_alarms_where_nothing_follows(areas):
    """Where flags bring nothing, the interval leaves out 0 no more often than its level says, with few flagged areas and with more."""
    generator = np.random.default_rng(2)
    found = [
        following(*logs(generator, areas=areas), replicates=200, seed=seed).interval for seed in range(300)
    ]
    out = np.mean([not one.low <= 0 <= one.high for one in found])
    assert out <= 0.05 + 3 * error_of(0.05, 300)


def test_by_hand():
    """Two areas, one flagged in the third of four periods: the change of the one less the change of the other."""
    flags = np.array([[0, 0, 1, 1], [0, 0, 0, 0]], bool)
    found = following(flags, [[1, 3, 6, 8], [2, 2, 3, 3]], [[1, 1, 2, 2], [0, 0, 0, 0]], before=2, after=2)
    assert found.dependent == pytest.approx((7 - 2) - 1)
    assert found.independent == pytest.approx(1)
    assert found.effect == pytest.approx(3)
    assert found.by_period == pytest.approx([-1, 1, 2, 4])
    assert found.interval is None
    assert np.isnan(found.low).all()
    skipped = following(flags, [[1, 3, 6, 8], [2, 2, 3, 3]], before=2, after=2, skipped=1)
    assert skipped.dependent == pytest.approx((7 - 1) - 1)
    assert skipped.independent is None


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"flags": np.ones((3, 20), bool)}, "no area was first flagged"),
        ({"flags": np.zeros((3, 20), bool)}, "no area was flagged"),
        ({"dependent": np.ones((3, 19), int)}, "same areas"),
        ({"independent": np.ones((2, 20), int)}, "same areas"),
        ({"before": 0}, "at least one period before"),
        ({"skipped": 8}, "at least one period before"),
        ({"level": 2}, "level"),
        ({"periods": np.zeros(20, int)}, "out of order"),
    ],
)
def test_bad_logs_are_refused(change, match):
    """Flags of all areas at once, windows without periods and shapes that differ are refused."""
    flags = np.zeros((3, 20), bool)
    flags[0, 10:] = True
    with pytest.raises(ValueError, match=match):
        following(**({"flags": flags, "dependent": np.ones((3, 20), int)} | change))
