"""Margins of error as the U.S. Census Bureau publishes them, and what they make of a number for each resident."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from answerable.estimate import Interval
from answerable.wording import count, plural

__all__ = ["MARGIN", "PER_RESIDENT", "per_resident"]

MARGIN = 1.645
"""Standard errors in a margin of error at 90 %."""

PER_RESIDENT = "the census's margins of error, added in squares; what was counted is taken whole"


def per_resident(
    number: float, population: ArrayLike, margins: ArrayLike, *, level: float = 0.95
) -> Interval | None:
    """Give the interval of a number for each resident of some areas together, by the error of their population.

    The margin of a sum is the root of the sum of the squares of its parts' margins. What is counted stays: the bounds are the number
    over the bounds of the population. Where the population's lower bound is not above 0 there is no upper bound, and no interval.

    Args:
        number: What fell on the areas, such as flags.
        population: Residents of each area, of shape (areas,).
        margins: Their margins of error at 90 %, in residents, of the same shape.
        level: Of the interval.

    Returns:
        The interval; None where no margin is above 0, or where the population may be 0.

    Raises:
        ValueError: The arrays are of different shapes, a number is missing or negative, or the level is not between 0 and 1.

    Source: U.S. Census Bureau, Understanding and Using American Community Survey Data (2020), chapter 8.
    """
    people, given = (np.asarray(one, dtype=np.float64) for one in (population, margins))
    if people.ndim != 1 or people.shape != given.shape:
        raise ValueError(
            f"populations and margins are one number for each area; these are of {people.shape} and {given.shape}"
        )
    bad = int(sum((~np.isfinite(one) | (one < 0)).sum() for one in (people, given)))
    if bad or not number >= 0:
        raise ValueError(
            f"{count(bad)} of the numbers of {plural(len(people), 'area')} are missing or negative"
        )
    if not 0 < level < 1:
        raise ValueError(f"the level lies between 0 and 1; it is {level}")
    half = float(special.ndtri((1 + level) / 2)) * float(np.sqrt((given**2).sum())) / MARGIN
    whole = float(people.sum())
    if not half or whole <= half:
        return None
    return Interval(number / (whole + half), number / (whole - half), level, PER_RESIDENT)
