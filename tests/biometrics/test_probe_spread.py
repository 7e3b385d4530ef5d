"""How unevenly false matches fall on probes: what was put in comes out, and where nothing shows, nothing is said."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.biometrics import probe_spread
from answerable.biometrics.galleries import beta_probes, independence

MEAN, DEVIATION, SIZE = 2e-4, 4e-4, 2_000


def counts(seed, mean=MEAN, deviation=DEVIATION, number=20_000):
    """Numbers of candidates of searches whose probes differ as a beta distribution."""
    chance = np.random.default_rng(seed)
    both = mean * (1 - mean) / deviation**2 - 1
    return chance.binomial(SIZE, chance.beta(mean * both, (1 - mean) * both, number))


def test_mean_and_spread_that_were_put_in_come_out():
    """From 20,000 searches of one gallery, over a dozen seeds, both are within five standard errors of their means."""
    found = np.array(
        [
            (one.mean, one.deviation)
            for one in (probe_spread.from_counts(counts(seed), SIZE) for seed in range(12))
        ]
    )
    error = found.std(axis=0, ddof=1) / np.sqrt(12)
    assert (np.abs(found.mean(axis=0) - (MEAN, DEVIATION)) < 5 * error + (0, 0.01 * DEVIATION)).all()
    assert (found.std(axis=0) < 0.1 * np.array([MEAN, DEVIATION])).all()


def test_the_rate_in_a_larger_gallery_is_foretold():
    """What one gallery's counts give for a gallery ten times its size is what the distribution gives."""
    truth = float(beta_probes(MEAN, DEVIATION, 10 * SIZE).value)
    assert probe_spread.from_counts(counts(1, number=200_000), SIZE).fpir(10 * SIZE) == pytest.approx(
        truth, rel=0.02
    )


def test_probes_that_are_alike_show_no_spread():
    """Two candidates in one search of a thousand, where chance gives more, are no spread: the model is that of independence."""
    found = probe_spread.from_counts([1] * 100 + [0] * 900, 1_000)
    assert found.deviation == 0
    assert found.fpir(5_000) == float(independence(found.mean, 5_000).value)


@given(st.floats(1e-7, 1e-4), st.floats(0.3, 8), st.integers(100, 2_000), st.integers(3, 50))
def test_growth_gives_back_the_spread_that_made_it(mean, relative, size, times):
    """Of two shares that the model gives for a spread, that spread is found, and both shares again."""
    shares = [float(beta_probes(mean, relative * mean, each).value) for each in (size, times * size)]
    alone = float(independence(mean, size).value)
    if shares[0] > 0.99 * alone or shares[1] > 0.99 * float(independence(mean, times * size).value):
        return  # so little differs from independence that the digits do not hold a spread
    found = probe_spread.from_growth((size, shares[0]), (times * size, shares[1]))
    assert found.fpir(size) == pytest.approx(shares[0], rel=1e-6)
    assert found.fpir(times * size) == pytest.approx(shares[1], rel=1e-6)


def test_growth_that_no_spread_explains():
    """Where the share grows faster than the model of independence gives, there is no spread to name."""
    assert probe_spread.from_growth((1_000, 0.01), (2_000, 0.03)) is None
    assert probe_spread.from_growth((1_000, 0.5), (2_000, 0.4)) is None


@pytest.mark.parametrize(("given", "gallery"), [([], 100), ([-1.0], 100), ([101], 100), ([1], 1)])
def test_numbers_that_cannot_be(given, gallery):
    """No search, fewer candidates than none, more than the gallery holds, and a gallery without pairs are refused."""
    with pytest.raises(ValueError, match="numbers of candidates"):
        probe_spread.from_counts(given, gallery)
