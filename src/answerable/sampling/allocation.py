"""How a sample is shared out over strata."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Allocation", "allocate"]

Allocation = Literal["proportional", "neyman", "equal"]

_WHOLE = 1e-9  # of a record: a share this near to a whole number is one
_SPREADLESS = (
    1e-9  # of the weight of a record: what one weighs where its stratum is expected to hold no spread
)
_HALVINGS = 200


def allocate(
    sizes: ArrayLike,
    total: int,
    *,
    method: Allocation = "proportional",
    rates: ArrayLike | None = None,
    whole: ArrayLike | None = None,
    least: int = 2,
) -> NDArray[np.int64]:
    """Share out a sample over strata, in whole records that add up to it exactly.

    ``proportional`` gives each stratum its part of the log; ``equal`` the same to each; ``neyman`` its records times the
    spread that is expected in it, the square root of rate times 1 less the rate, which makes the variance of the estimated rate
    smallest. No stratum gets more than it holds, and none fewer than ``least`` where the sample has as many for each, else 1.
    What is left of whole numbers goes to the largest remainders, and among equal ones to the earlier stratum.

    Strata to be drawn whole come first, out of the same total. A stratum that is expected to hold no spread gets the least, and
    more once the others are drawn whole.

    Args:
        sizes: Records in each stratum; whole numbers, of shape (strata,).
        total: Records to draw, those of whole strata among them.
        method: ``proportional``, ``neyman`` or ``equal``.
        rates: The rate expected in each stratum, for ``neyman``.
        whole: Which strata are drawn whole; none unless said.
        least: The least from a stratum, where the sample is large enough.

    Returns:
        Records to draw from each stratum, of shape (strata,).

    Raises:
        TypeError: Sizes or the total are not whole numbers.
        ValueError: Shapes differ, a stratum is negative in size, the total is more than the log holds, or does not give a record to
            every stratum after those that are drawn whole, rates are missing, given in vain or not in 0 to 1, or the method
            is unknown.

    Sources: J. Neyman, On the two different aspects of the representative method, J. R. Stat. Soc. 97 (1934) 558-625; W. G.
    Cochran, Sampling Techniques, 3rd ed. (1977), sections 5.5 to 5.8.
    """
    records, chosen = np.asarray(sizes), np.asarray(total)
    if records.ndim != 1 or not records.size:
        raise ValueError("sizes are a list of a number for each stratum")
    if not (np.issubdtype(records.dtype, np.integer) and np.issubdtype(chosen.dtype, np.integer)):
        raise TypeError("stratum sizes and the total are whole numbers")
    if (records < 0).any():
        raise ValueError("no stratum holds fewer than 0 records")
    if method not in {"proportional", "neyman", "equal"}:
        raise ValueError(f"the method is proportional, neyman or equal, not {method}")
    certain = np.zeros(records.shape, dtype=np.bool_) if whole is None else np.asarray(whole, dtype=np.bool_)
    if certain.shape != records.shape:
        raise ValueError("which strata are drawn whole is said of each stratum")
    weights = _weights(records.astype(np.float64), method, rates)
    given = np.where(certain, records, 0).astype(np.int64)
    left, room = int(total) - int(given.sum()), np.where(certain, 0, records).astype(np.int64)
    some = room > 0
    if not 0 <= left <= room.sum():
        raise ValueError(
            f"{total:,} records cannot be drawn: the log holds {records.sum():,}, and strata to be drawn whole {given.sum():,}"
        )
    lowest = np.minimum(room, max(least, 1))
    if lowest.sum() > left:
        lowest = np.minimum(room, 1)
    if lowest.sum() > left:
        raise ValueError(
            f"{left:,} records for {int(some.sum()):,} strata leave some without one, and the rate of the whole log unknown"
        )
    return given + _rounded(_shared(weights, lowest, room, left), left)


def _weights(
    records: NDArray[np.float64], method: Allocation, rates: ArrayLike | None
) -> NDArray[np.float64]:
    if method != "neyman":
        if rates is not None:
            raise ValueError("expected rates are for the method neyman alone")
        return records if method == "proportional" else np.ones(records.shape)
    if rates is None:
        raise ValueError("the method neyman needs the rate that is expected in each stratum")
    expected = np.asarray(rates, dtype=np.float64)
    if expected.shape != records.shape or not ((expected >= 0) & (expected <= 1)).all():
        raise ValueError("an expected rate from 0 to 1 is needed for each stratum")
    return np.asarray(records * np.maximum(np.sqrt(expected * (1 - expected)), _SPREADLESS))


def _shared(
    weights: NDArray[np.float64], lowest: NDArray[np.int64], room: NDArray[np.int64], left: int
) -> NDArray[np.float64]:
    """Give what is in proportion to the weights, as far as the least and the most of each stratum allow."""
    if left == room.sum():
        return room.astype(np.float64)
    # Records to a unit of weight: the total rises with it, so that the one that gives the sample is found by bisection.
    low, high = 0.0, float((room[room > 0] / weights[room > 0]).max(initial=0.0)) + 1
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if np.clip(middle * weights, lowest, room).sum() < left:
            low = middle
        else:
            high = middle
    return np.asarray(np.clip(high * weights, lowest, room))


def _rounded(exact: NDArray[np.float64], left: int) -> NDArray[np.int64]:
    """Round to whole numbers that add up, by the largest remainders."""
    floors = np.floor(exact + _WHOLE)
    # Equal remainders may differ in their last digits: those of the earlier stratum come first.
    remainders = np.round(np.maximum(exact - floors, 0), 9)
    over = left - int(floors.sum())
    floors[np.argsort(-remainders, kind="stable")[:over]] += 1
    return floors.astype(np.int64)
