"""How far any number of raters agree: percent agreement, Fleiss' kappa and Gwet's AC1, each with an interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from answerable.agreement.tallies import checked
from answerable.estimate import Interval
from answerable.intervals import wilson

__all__ = ["AC1", "FLEISS", "PERCENT", "Agreement", "fleiss_kappa", "gwets_ac1", "percent_agreement"]

_ON_ITEMS = "Wilson's interval on the effective number of items, from Gwet's variance"
PERCENT = f"percent agreement; {_ON_ITEMS} (K. L. Gwet 2014)"
FLEISS = f"Fleiss' kappa; {_ON_ITEMS} (J. L. Fleiss 1971; K. L. Gwet 2014)"
AC1 = f"Gwet's AC1; {_ON_ITEMS} (K. L. Gwet 2008, 2014)"

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far raters agree.

    Attributes:
        value: The coefficient; 1 is complete agreement, 0 what chance would give. For percent agreement, the share.
        interval: Its interval.
        error: Its standard error over samples of items, by Gwet's formula.
        observed: How often two raters of an item agree, on average over items with two ratings or more; a share.
        by_chance: How often chance would have them agree, as the coefficient has it; 0 for percent agreement.
        items: Items with a rating.
        compared: Those with two ratings or more.
        ratings: All ratings.
    """

    value: float
    interval: Interval
    error: float
    observed: float
    by_chance: float
    items: int
    compared: int
    ratings: int


def percent_agreement(tallies: ArrayLike, level: float = 0.95, *, population: int | None = None) -> Agreement:
    """Give how often two raters of an item put it into the same category.

    The interval is Wilson's: on the items where each has two ratings, else on as many as would give the variance between items.

    Arguments, results and errors are as in `gwets_ac1`.
    """
    counts = checked(tallies)
    by_item, some = _agreed(counts)
    observed = float(by_item[some].mean())
    found = _coefficient(counts, (0.0, np.zeros(len(counts))), level, PERCENT, population)
    if population is None and (counts.sum(axis=1)[some] == 2).all():  # noqa: PLR2004 - each item has a pair of raters
        interval = wilson(round(observed * int(some.sum())), int(some.sum()), level)
        return Agreement(
            value=found.value, interval=interval, error=found.error, observed=observed, by_chance=0.0, items=found.items,
            compared=found.compared, ratings=found.ratings,
        )  # fmt: skip  # all but the interval as it was found
    return found


def fleiss_kappa(tallies: ArrayLike, level: float = 0.95, *, population: int | None = None) -> Agreement:
    """Give Fleiss' kappa: agreement beyond what the shares of the categories, over all raters, would give by chance.

    Chance has two raters agree as often as two ratings drawn from all would. Arguments, results and errors are as in
    `gwets_ac1`; items need not have equal numbers of ratings.

    Raises:
        TypeError: As in `gwets_ac1`.
        ValueError: As there, or every rating is of one category: agreement by chance is then certain, and kappa is not defined.

    Sources: J. L. Fleiss, Measuring nominal scale agreement among many raters, Psychological Bulletin 76 (1971) 378-382; K. L.
    Gwet, Handbook of Inter-Rater Reliability, 4th ed. (2014), for missing ratings and the variance.
    """
    counts = checked(tallies)
    parts = counts / counts.sum(axis=1, keepdims=True)
    shares = parts.mean(axis=0)
    by_chance = float(shares @ shares)
    if by_chance >= 1:
        raise ValueError("every rating is of one category")
    return _coefficient(counts, (by_chance, parts @ shares), level, FLEISS, population)


def gwets_ac1(tallies: ArrayLike, level: float = 0.95, *, population: int | None = None) -> Agreement:
    """Give Gwet's AC1: agreement beyond a chance that only items which are hard to rate leave to it.

    Chance has two raters agree as often as the sum over q categories of share times 1 less the share, divided by q - 1: never
    more than 1/q. So the coefficient is always defined, and stays near the share of agreement where nearly all items are of
    one category.

    The standard error is Gwet's, over samples of items by the same raters. The interval takes items as worth as many
    independent ones as give that error to the share of agreement, less the squared ratio of the normal quantile to Student's
    with one degree of freedom fewer than items, and is Wilson's on that number: it is not symmetric, never passes 1, and is no
    point where all agree. Gwet's own, the value and the error times Student's quantile, covers less (docs/method/sampling.md).

    Args:
        tallies: How many raters put each item into each category; whole numbers, of shape (items, categories). An item may have
            any number of ratings; one without is left out.
        level: The interval's nominal level.
        population: From how many items these were drawn without replacement; the error is then smaller.

    Raises:
        TypeError: A tally is not a whole number.
        ValueError: Tallies are no table of counts, fewer than two items have two ratings or more, the level is not in 0 to 1, or
            there are more items than they were drawn from.

    Sources: K. L. Gwet, Computing inter-rater reliability and its variance in the presence of high agreement, Br. J. Math. Stat.
    Psychol. 61 (2008) 29-48; K. L. Gwet, Handbook of Inter-Rater Reliability, 4th ed. (2014), chapters 2 and 5.
    """
    counts = checked(tallies)
    categories = counts.shape[1]
    parts = counts / counts.sum(axis=1, keepdims=True)
    others = (1 - parts.mean(axis=0)) / (categories - 1)
    return _coefficient(counts, (float(parts.mean(axis=0) @ others), parts @ others), level, AC1, population)


def _agreed(counts: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Give how often two raters of each item agree, 0 where there is one rating, and which items have more."""
    ratings = counts.sum(axis=1)
    pairs = ratings * (ratings - 1)
    agreed = (counts * (counts - 1)).sum(axis=1)
    return np.divide(agreed, pairs, out=np.zeros(len(counts)), where=pairs > 0), pairs > 0


def _coefficient(
    counts: Floats, chance: tuple[float, Floats], level: float, method: str, population: int | None
) -> Agreement:
    """Give a coefficient (observed - by chance) / (1 - by chance); ``chance`` is that by chance, and the items' parts of it."""
    by_chance, chances = chance
    items = len(counts)
    if not 0 < level < 1:
        raise ValueError(f"the level lies between 0 and 1; it is {level}")
    if population is not None and population < items:
        raise ValueError(f"{items:,} items are more than the {population:,} that they were drawn from")
    by_item, some = _agreed(counts)
    compared = int(some.sum())
    observed = float(by_item[some].mean())
    scale = 1 - by_chance
    value = (observed - by_chance) / scale
    # Gwet 2014, chapter 5: each item's part, less what it moves the chance by.
    parts = items / compared * np.where(some, by_item - by_chance, 0.0) / scale
    if by_chance:
        parts = parts - 2 * (1 - value) * (chances - by_chance) / scale
    left = 1 - items / population if population is not None else 1.0
    variance = left * float(((parts - value) ** 2).sum()) / (items * (items - 1))
    low, high = _bounds(observed, variance * scale**2, compared, left, level)
    return Agreement(
        value=value,
        interval=Interval((low - by_chance) / scale, (high - by_chance) / scale, level, method),
        error=variance**0.5,
        observed=observed,
        by_chance=by_chance,
        items=items,
        compared=compared,
        ratings=int(counts.sum()),
    )


def _bounds(share: float, variance: float, items: int, left: float, level: float) -> tuple[float, float]:
    """Give Wilson's bounds for a share on as many items as give its variance."""
    if not left:
        return share, share
    quantile = (1 + level) / 2
    normal = float(special.ndtri(quantile))
    few = normal / float(special.stdtrit(items - 1, quantile))
    worth = float(items)
    if variance > 0 and 0 < share < 1:
        worth = share * (1 - share) / variance * few**2
    square = normal**2
    centre = (share * worth + square / 2) / (worth + square)
    half = (square * (share * (1 - share) * worth + square / 4)) ** 0.5 / (worth + square)
    # At the ends the bounds are 0 and 1 exactly; rounding would leave them beside it.
    return (0.0 if share <= 0 else max(centre - half, 0.0)), (1.0 if share >= 1 else min(centre + half, 1.0))
