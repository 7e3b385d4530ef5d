"""A sample shared out over strata: whole numbers that add up, within what each stratum holds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.sampling import allocate

SIZES = st.lists(st.integers(1, 5_000), min_size=1, max_size=8)


@given(SIZES, st.data(), st.sampled_from(["proportional", "neyman", "equal"]))
def test_shares_add_up_and_stay_within_their_strata(sizes, data, method):
    """They add up to the total, none exceeds its stratum, whole strata are whole, and each has its least where that can be."""
    whole = data.draw(st.lists(st.booleans(), min_size=len(sizes), max_size=len(sizes)))
    rates = (
        data.draw(st.lists(st.floats(0, 1), min_size=len(sizes), max_size=len(sizes)))
        if method == "neyman"
        else None
    )
    certain = sum(size for size, all_of_it in zip(sizes, whole, strict=True) if all_of_it)
    open_strata = sum(not all_of_it for all_of_it in whole)
    total = data.draw(st.integers(certain + open_strata, sum(sizes)))
    found = allocate(sizes, total, method=method, rates=rates, whole=whole)
    assert found.sum() == total
    assert (found <= sizes).all()
    assert all(drawn == size for drawn, size, every in zip(found, sizes, whole, strict=True) if every)
    least = sum(min(size, 2) for size, every in zip(sizes, whole, strict=True) if not every)
    each = 2 if total - certain >= least else 1
    assert (found >= np.minimum(sizes, each)).all()
    assert (allocate(sizes, total, method=method, rates=rates, whole=whole) == found).all()


def test_proportional_by_largest_remainder():
    """7 of 10, 20 and 40: exact shares are 1, 2 and 4; of 8 the largest remainder, 0.57 of the third, gets the odd one."""
    assert allocate([10, 20, 40], 7, least=1).tolist() == [1, 2, 4]
    assert allocate([10, 20, 40], 8, least=1).tolist() == [1, 2, 5]


def test_equal_remainders_go_to_the_earlier():
    """Ten of three equal strata: the first gets the odd record, always."""
    assert allocate([50, 50, 50], 10).tolist() == [4, 3, 3]


def test_neyman_weighs_by_spread():
    """Cochran 1977, equation 5.26, for shares: in proportion to N sqrt(p(1 - p)); 0.1, 0.5 and 0.9 weigh 3 : 5 : 3."""
    assert allocate([1000, 1000, 1000], 110, method="neyman", rates=[0.1, 0.5, 0.9]).tolist() == [30, 50, 30]


def test_what_a_full_stratum_cannot_take_goes_to_the_others():
    """A stratum of 5 is drawn whole before its share is reached, and the others share the rest in proportion."""
    found = allocate([5, 100, 200], 65, method="equal")
    assert found.tolist() == [5, 30, 30]


def test_strata_without_expected_spread_get_the_least_first():
    """They get two each, and more once the others are exhausted."""
    assert allocate([100, 100, 10], 30, method="neyman", rates=[0, 0.5, 1]).tolist() == [2, 26, 2]
    assert allocate([100, 10], 30, method="neyman", rates=[0, 0.5]).tolist() == [20, 10]


@pytest.mark.parametrize(
    ("arguments", "error", "match"),
    [
        (((10.5, 3), 4, {}), TypeError, "whole numbers"),
        (((), 4, {}), ValueError, "list"),
        (((10, 10), 30, {}), ValueError, "cannot be drawn"),
        (((10, 10, 10), 2, {}), ValueError, "without one"),
        (((10, 10), 5, {"whole": [True, False]}), ValueError, "cannot be drawn"),
        (((10, 10), 5, {"whole": [True]}), ValueError, "each stratum"),
        (((10, 10), 5, {"method": "neyman"}), ValueError, "needs the rate"),
        (((10, 10), 5, {"method": "neyman", "rates": [0.1, 2]}), ValueError, "expected rate"),
        (((10, 10), 5, {"rates": [0.1, 0.2]}), ValueError, "neyman alone"),
        (((10, 10), 5, {"method": "optimal"}), ValueError, "method"),
    ],
)
def test_what_cannot_be_shared_out_is_refused(arguments, error, match):
    """Too much, too little, and settings that do not fit are said."""
    sizes, total, options = arguments
    with pytest.raises(error, match=match):
        allocate(sizes, total, **options)
