"""How many people and comparisons it takes to say something of a group: to see a ratio, or to come under a limit."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import special

from answerable.biometrics.limits import few_limit, relative_variance
from answerable.biometrics.subjects import STRONG

__all__ = ["Needed", "for_limit", "for_ratio"]

_MATED, _NON_MATED = 1, 2
_MOST = 10_000_000  # people: a group that would need more is not a question of size


@dataclass(frozen=True, slots=True)
class Needed:
    """How many people and comparisons a group would need, beside how many it has.

    Attributes:
        people: The people needed; infinite where no number is enough.
        comparisons: The comparisons needed, each person or pair having as many as now.
        enough: Whether there are as many now.
        sentence: The same in words.
    """

    people: float
    comparisons: float
    enough: bool
    sentence: str


def for_ratio(
    rate: float,
    people: int,
    comparisons: int,
    *,
    mated: bool,
    ratio: float = 2.0,
    power: float = 0.8,
    level: float = 0.95,
    spread: float = STRONG,
) -> Needed:
    """Give how many people a group needs, so that a rate of its own ``ratio`` times that of another group is seen.

    Seen: the interval of the ratio of the two rates, as `compare` gives it, leaves out 1 with probability ``power``. The other group
    is taken to be as large. People differ by ``spread``; the comparisons of each person, or pair, stay as many as they are, so
    that twice the people have twice the mated comparisons and four times the non-mated ones.

    It is a plan from the formulas of the interval with the variances that are expected, and not from a sample; the table in
    docs/method/groups-and-subjects.md has the power that was measured at the numbers it gives.

    Args:
        rate: The rate of the other group.
        people: The people of the group.
        comparisons: Its comparisons.
        mated: Whether comparisons are of people with themselves.
        ratio: The ratio of the rates to be seen, over 1.
        power: The probability of seeing it.
        level: The level of the interval; for one of several groups that of each, as in `Simultaneous.each`.
        spread: The standard deviation of the logarithm of the people's rates.

    Raises:
        ValueError: A number is out of its range.
    """
    if not (
        0 < rate < 1
        and 0 < rate * ratio < 1
        and ratio > 1
        and 0 < power < 1
        and 0 < level < 1
        and spread >= 0
    ):
        raise ValueError(
            "rates, power and level lie between 0 and 1, the ratio over 1 and the spread is at least 0"
        )
    density = _density(people, comparisons, mated=mated)
    low, high = 2, 4

    def shown(number: int) -> bool:
        return _power_reached(
            rate, ratio, number, density, mated=mated, power=power, level=level, spread=spread
        )

    while not shown(high) and high < _MOST:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if shown(middle) else (middle, high)
    wanted = math.ceil(density * _units(high, mated=mated))
    return Needed(
        high,
        wanted,
        people >= high,
        f"To see a rate {ratio:g} times that of another group with a probability of {100 * power:g} %, a group like this needs about "
        f"{high:,} people and {wanted:,} comparisons; it has {people:,} and {comparisons:,}.",
    )


def _units(people: int, *, mated: bool) -> float:
    """Give how many different people, or pairs of people, can be compared."""
    return people if mated else people * (people - 1) / 2


def _density(people: int, comparisons: int, *, mated: bool) -> float:
    least = _MATED if mated else _NON_MATED
    if people < least or comparisons < 1:
        raise ValueError("a group has people and comparisons of them")
    return comparisons / _units(people, mated=mated)


def _power_reached(
    rate: float,
    ratio: float,
    people: int,
    density: float,
    *,
    mated: bool,
    power: float,
    level: float,
    spread: float,
) -> bool:
    """Tell whether the interval of the ratio leaves out 1 often enough, for two groups of so many people."""
    order = _MATED if mated else _NON_MATED
    relative = relative_variance(spread)
    between = relative * order**2 / people
    made = density * _units(people, mated=mated)
    noises = [(1 - one) / (one * made) for one in (rate, rate * ratio)]
    # What two people share stands twice in the sum of squares, and adds to its own doubt.
    freedoms = [(people - 1) * ((between + noise) / (between + order * noise)) ** 2 for noise in noises]
    quantiles = [float(special.stdtrit(max(freedom, 1.0), (1 + level) / 2)) for freedom in freedoms]
    skewness = (relative**1.5 + 3 * relative**0.5) / people**0.5
    moved = skewness * (2 * quantiles[0] ** 2 + 1) / 6 - between**0.5 / order * quantiles[0] ** 2 / 2
    # The upper limit of the smaller rate is the longer one, the lower limit of the larger rate is not.
    longer = quantiles[0] * math.sqrt(between + noises[0]) + max(moved, 0.0) * between**0.5
    reach = math.hypot(longer, quantiles[1] * math.sqrt(between + noises[1]))
    variances = [between + noise for noise in noises]
    return math.log(ratio) >= reach + float(special.ndtri(power)) * math.sqrt(sum(variances))


def for_limit(
    limit: float,
    people: int,
    comparisons: int,
    *,
    mated: bool,
    level: float = 0.95,
    spread: float = STRONG,
) -> Needed:
    """Give how many comparisons without an error bring a rate's upper bound down to a limit.

    The rule of three, with people who differ: without an error the one-sided upper bound lies at so many expected errors, divided by
    the comparisons, that none has probability 1 - level. That is 3.0 errors where comparisons do not depend on each
    other, and more where few people differ: at 40 people and the spread that is taken for granted 3.9 of non-mated ones, 3.2 of
    mated ones.

    Args:
        limit: The limit of the rate, between 0 and 1.
        people: The people of the group, who stay as many.
        comparisons: Its comparisons.
        mated: Whether comparisons are of people with themselves.
        level: The level of the bound.
        spread: The standard deviation of the logarithm of the people's rates; 0 is the rule of three itself.

    Raises:
        ValueError: A number is out of its range.

    Source: J. A. Hanley & A. Lippman-Hand, If nothing goes wrong, is everything all right?, JAMA 249 (1983) 1743-1745.
    """
    if not (0 < limit < 1 and 0 < level < 1 and spread >= 0):
        raise ValueError("the limit and the level lie between 0 and 1, and the spread is at least 0")
    _density(people, comparisons, mated=mated)
    order = _MATED if mated else _NON_MATED
    weight = order**2 / people + (0 if mated else 1 / _units(people, mated=mated))
    shape = 1 / (relative_variance(spread) * weight) if spread else math.inf
    expected = float(few_limit(shape, level))
    wanted = math.ceil(expected / limit)
    return Needed(
        people,
        wanted,
        comparisons >= wanted,
        f"For the upper bound of the rate to come under {limit:g} at {100 * level:g} %, {wanted:,} comparisons of these {people:,} people "
        f"without an error are needed; there are {comparisons:,}.",
    )
