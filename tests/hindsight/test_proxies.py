"""What explains flags: shares of variance, and a test that raises no more false alarms than it says."""

import numpy as np
import pytest

from answerable.hindsight import proxies
from hindsight.drawing import error_of


def town(generator, areas=80, effect=0.0):
    """Draw past counts that go with a share of residents, and flags that follow the counts and, by ``effect``, the share."""
    share = generator.random(areas)
    past = generator.poisson(20 * np.exp(share - 0.5 + 0.3 * generator.standard_normal(areas)))
    flags = generator.poisson(np.exp(0.05 * past + effect * share))
    return flags, past, share


def test_shares_of_variance_add_up():
    """Both together explain at least what either does, and what is added is the difference."""
    found = proxies(*town(np.random.default_rng(0), effect=2))
    assert 0 < found.demographics < found.both <= 1
    assert found.past < found.both
    assert found.added == pytest.approx(found.both - found.past)
    assert "Neighbouring areas" in found.limit


def test_demographics_are_found_where_they_count():
    """Where flags follow the share beyond past counts the test finds it; p is never 0."""
    found = proxies(*town(np.random.default_rng(0), effect=3), permutations=499)
    assert found.p == 1 / 500


@pytest.mark.parametrize("districts", [False, True])
def test_false_alarms_where_past_counts_say_all(districts):
    """Where demographics go with past counts and add nothing, p is at most 5 % in about 5 of 100 towns."""
    generator = np.random.default_rng(1)
    some = np.repeat(np.arange(4), 20) if districts else None
    found = [proxies(*town(generator), districts=some, permutations=199, seed=seed).p for seed in range(600)]
    assert abs(np.mean(np.array(found) <= 0.05) - 0.05) <= 3 * error_of(0.05, 600) + 0.01


def test_demographics_that_past_counts_already_tell_add_nothing():
    """A number that is past counts again adds nothing, and p is 1."""
    flags, past, _ = town(np.random.default_rng(2))
    found = proxies(flags, past, past)
    assert found.added == pytest.approx(0, abs=1e-12)
    assert found.p == 1


def test_exchange_stays_within_districts():
    """Where each district is one area nothing can be exchanged, and every permutation is as large."""
    flags, past, share = town(np.random.default_rng(3))
    assert proxies(flags, past, share, districts=np.arange(80), permutations=99).p == 1


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"flags": np.ones(80)}, "nothing to explain"),
        ({"past": np.ones(80)}, "nothing to explain"),
        ({"past": np.ones(79)}, "same areas"),
        ({"flags": np.random.default_rng(0).integers(0, 2, (80, 30))}, r"these are of \(80, 30\)"),
        ({"flags": np.arange(80)[:, None]}, r"these are of \(80, 1\)"),
        ({"flags": 3}, r"these are of \(\)"),
        ({"demographics": np.r_[np.nan, np.ones(79)]}, "1 numbers are missing"),
        ({"permutations": 0}, "at least one permutation"),
        ({"districts": np.ones(3)}, "one district"),
        ({"demographics": np.random.default_rng(0).random((80, 75))}, "too few"),
    ],
)
def test_bad_input_is_refused(change, match):
    """Constant or missing numbers, shapes that differ and too few areas are refused."""
    flags, past, share = town(np.random.default_rng(4))
    with pytest.raises(ValueError, match=match):
        proxies(**({"flags": flags, "past": past, "demographics": share} | change))
