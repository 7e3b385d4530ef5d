"""Whether a series changes its level: a figure that is counted in another way from some day on.

Pettitt's test looks for one change of level in a series without assuming its distribution: A. N. Pettitt, A Non-Parametric
Approach to the Change-Point Problem, Applied Statistics 28 (1979), 126-135.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

__all__ = ["Change", "change_of_level"]

_EXACT = 8  # values up to which every order is tried: 40,320 of them
_DRAWN = 20_000
_AT_ONCE = 1_000_000  # values of the orders that are held at once


@dataclass(frozen=True, slots=True)
class Change:
    """A change of level.

    Attributes:
        at: How many values come before it.
        p: The share of orders of the same values that show a change at least as clear: exact up to 8 values, else from
            20,000 orders drawn at random with a fixed seed, the order at hand counted as one of them.
        exact: True where every order was tried.
    """

    at: int
    p: float
    exact: bool


def change_of_level(values: Sequence[float]) -> Change | None:
    """Find the likeliest change of level of a series, and how clear it is.

    Args:
        values: The series in its order.

    Returns:
        The change, whatever its p; None where there are fewer than 4 values, or all are the same.
    """
    series = np.asarray(values, dtype=np.float64)
    if len(series) < 4 or (series == series[0]).all():  # noqa: PLR2004 - of three values no order is rare enough
        return None
    above = _above(series)
    found = np.abs(_gaps(above))
    clearest = found.max()
    if len(series) <= _EXACT:
        orders = np.array(list(permutations(range(len(series)))))
        p = float(_as_clear(above[orders], clearest).mean())
        return Change(int(found.argmax()) + 1, p, exact=True)
    chance = np.random.default_rng(1979)
    batch = max(1, _AT_ONCE // len(series))
    hits = 1
    for begun in range(0, _DRAWN, batch):
        rows = min(batch, _DRAWN - begun)
        orders = chance.permuted(np.tile(above, (rows, 1)), axis=1)
        hits += int(_as_clear(orders, clearest).sum())
    return Change(int(found.argmax()) + 1, hits / (_DRAWN + 1), exact=False)


def _above(series: NDArray[np.float64]) -> NDArray[np.int64]:
    """Give for each value how many values are larger, less how many are smaller: it stays with a value in any order."""
    in_order = np.sort(series)
    return (
        len(series) - np.searchsorted(in_order, series, "right") - np.searchsorted(in_order, series, "left")
    )


def _as_clear(orders: NDArray[np.int64], clearest: int) -> NDArray[np.bool_]:
    """Say of each order whether it shows a change at least as clear."""
    return np.asarray(np.abs(_gaps(orders)).max(axis=-1) >= clearest)


def _gaps(above: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give Pettitt's U after each value but the last: how often a later value is larger, less how often smaller."""
    return np.cumsum(above, axis=-1)[..., :-1]
