"""How many raters put each item into each category."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["checked", "tallied"]

_PAIR = (
    2  # ratings that can agree, categories that can differ, items that show a spread, and the axes of a table
)


def tallied(decisions: ArrayLike, categories: int) -> NDArray[np.int64]:
    """Count how many raters put each item into each category.

    Args:
        decisions: The category of each item by each rater, 0 to ``categories`` - 1, or -1 where there is no decision; whole
            numbers, of shape (items, raters).
        categories: How many categories there are, those that nobody chose among them.

    Returns:
        Counts, of shape (items, categories).

    Raises:
        TypeError: A decision is not a whole number.
        ValueError: Decisions are no table, or one is no category.
    """
    codes = np.asarray(decisions)
    if not np.issubdtype(codes.dtype, np.integer):
        raise TypeError("decisions are whole numbers: a category's place, or -1 where there is none")
    if codes.ndim != _PAIR or categories < _PAIR:
        raise ValueError("decisions are a table of items by raters, on two categories or more")
    if ((codes < -1) | (codes >= categories)).any():
        raise ValueError(f"a decision lies from 0 to {categories - 1}, or is -1 where there is none")
    return np.asarray((codes[:, :, None] == np.arange(categories)).sum(axis=1), dtype=np.int64)


def checked(tallies: ArrayLike) -> NDArray[np.float64]:
    """Give the tallies of the items that anybody rated.

    Raises:
        TypeError: A tally is not a whole number.
        ValueError: They are no table of counts, or fewer than two items have two ratings or more.
    """
    counts = np.asarray(tallies)
    if not np.issubdtype(counts.dtype, np.integer):
        raise TypeError("tallies are whole numbers of raters")
    if counts.ndim != _PAIR or counts.shape[1] < _PAIR or (counts < 0).any():
        raise ValueError("tallies are a table of items by two categories or more, with no count below 0")
    ratings = counts.sum(axis=1)
    if (ratings >= _PAIR).sum() < _PAIR:
        raise ValueError("at least two items need two ratings or more: fewer show nothing of agreement")
    return np.asarray(counts[ratings > 0], dtype=np.float64)
