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
_BATCH = 4_000


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
    found = np.abs(_gaps(series[None, :]))[0]
    clearest = found.max()
    if len(series) <= _EXACT:
        orders = np.array(list(permutations(range(len(series)))))
        p = _share(series[orders], clearest)
        return Change(int(found.argmax()) + 1, p, exact=True)
    chance = np.random.default_rng(1979)
    hits = 1
    for _ in range(_DRAWN // _BATCH):
        orders = chance.permuted(np.tile(series, (_BATCH, 1)), axis=1)
        hits += round(_share(orders, clearest) * _BATCH)
    return Change(int(found.argmax()) + 1, hits / (_DRAWN + 1), exact=False)


def _share(orders: NDArray[np.float64], clearest: float) -> float:
    return float((np.abs(_gaps(orders)).max(axis=1) >= clearest).mean())


def _gaps(orders: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give Pettitt's U after each value but the last, for each row: how often a later value is larger, less how often smaller."""
    signs = np.sign(orders[:, None, :] - orders[:, :, None]).sum(axis=2)  # of each value, against all others
    return np.cumsum(signs, axis=1)[:, :-1]
