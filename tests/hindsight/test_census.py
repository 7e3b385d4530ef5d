"""Margins of error of populations: what they make of a number for each resident, and of a ratio, beside a computation by hand."""

import numpy as np
import pytest

from answerable.hindsight import exposure, per_resident

NORMAL = 1.959964


def test_a_rate_by_hand():
    """30 flags on 900 ± 90 and 1,100 ± 120 residents: the margin of 2,000 is 150, which is 178.72 at 95 %."""
    found = per_resident(30, [900, 1_100], [90, 120])
    half = NORMAL * 150 / 1.645
    assert half == pytest.approx(178.72, abs=0.01)
    assert (found.low, found.high) == pytest.approx((30 / (2_000 + half), 30 / (2_000 - half)), rel=1e-6)
    assert found.low < 30 / 2_000 < found.high


def test_a_rate_over_what_may_be_nobody_has_no_interval():
    """Where the population's lower bound is 0 or below there is no upper bound; without margins there is no doubt to tell."""
    assert per_resident(5, [100], [90]) is None
    assert per_resident(5, [100], [0]) is None
    assert per_resident(0, [100], [10]).low == 0


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ((1, [10, 20], [1]), "one number for each area"),
        ((1, [10, -1], [1, 1]), "missing or negative"),
        ((1, [10, 20], [1, np.nan]), "missing or negative"),
        ((-1, [10, 20], [1, 1]), "missing or negative"),
    ],
)
def test_bad_numbers_are_refused(given, match):
    """Shapes that differ, and what is missing or negative."""
    with pytest.raises(ValueError, match=match):
        per_resident(*given)
    with pytest.raises(ValueError, match="level"):
        per_resident(1, [10], [1], level=1)


def by_hand(people, shares, margins):
    """Give the standard error of the logarithm of flags per resident, group over others, by the populations' margins alone.

    Flags are divided among residents, so that what falls on each group is fixed; the ratio is that of the others' number over the
    group's, and its logarithm changes by (1 − s)/O − s/G for each resident more of an area.
    """
    people, shares, margins = (np.asarray(one, float) for one in (people, shares, margins))
    group, others = (people * shares).sum(), (people * (1 - shares)).sum()
    slope = (1 - shares) / others - shares / group
    return np.sqrt(((slope * margins / 1.645) ** 2).sum())


def test_the_ratio_per_resident_by_hand():
    """The simulation's interval is that of the linear computation, to a part in twenty, where margins are small."""
    people, shares, flags = [1_000, 2_000, 1_500, 800], [0.8, 0.3, 0.1, 0.5], [9, 4, 1, 3]
    margins = np.array([80, 150, 120, 60])
    found = exposure(flags, people, shares, population_margin=margins, draws=20_000)
    error = by_hand(people, shares, margins)
    expected = found.per_capita * np.exp(np.array([-1, 1]) * NORMAL * error)
    interval = found.per_capita_interval
    assert interval.high - interval.low == pytest.approx(expected[1] - expected[0], rel=0.05)
    assert (interval.low, interval.high) == pytest.approx(tuple(expected), rel=0.02)


def test_margins_of_both_are_wider_than_of_either():
    """The error of populations is added to that of shares."""
    people, shares, flags = np.full(40, 900), np.linspace(0.1, 0.9, 40), np.arange(40)
    widths = []
    for given in (
        {"population_margin": np.full(40, 300)},
        {"shares_margin": np.full(40, 0.1)},
        {"population_margin": np.full(40, 300), "shares_margin": np.full(40, 0.1)},
    ):
        interval = exposure(flags, people, shares, draws=4_000, **given).per_capita_interval
        widths.append(interval.high - interval.low)
    assert widths[2] > max(widths[:2])


def test_mean_flags_are_those_of_the_ratio():
    """The ratio of residence is the quotient of the two means, each a mean over people."""
    found = exposure([6, 2, 0], [100, 200, 100], [0.8, 0.4, 0.1])
    assert found.mean_flags == pytest.approx((80 * 6 + 80 * 2) / 170)
    assert found.mean_flags_others == pytest.approx((20 * 6 + 120 * 2) / 230)
    assert found.residence == pytest.approx(found.mean_flags / found.mean_flags_others)
