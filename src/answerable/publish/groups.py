"""Groups: rows that are the same in some columns, counted exactly by their size.

The measure is k-anonymity's (Samarati and Sweeney, Protecting privacy when disclosing information, 1998; Sweeney,
k-anonymity: a model for protecting privacy, 2002): a row is told apart by some columns as far as few rows hold the same
values in them. Everything works on codes, one whole number for each distinct value, so that a million rows take a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["BANDS", "Groups", "combined", "group"]

_MOST = 1 << 62
BANDS = ((1, 1), (2, 2), (3, 4), (5, 9), (10, 99), (100, None))
"""Sizes of groups as they are shown: from, to."""


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of a table's rows.

    Attributes:
        sizes: How many rows each group has, in no order.
        apart: Rows that hold no value in any of the columns: they are in no group.
    """

    sizes: NDArray[np.int64]
    apart: int

    @property
    def rows(self) -> int:
        """The rows that are in a group."""
        return int(self.sizes.sum())

    @property
    def alone(self) -> int:
        """The rows that are the only one of their group."""
        return self.under(2)

    def under(self, k: int) -> int:
        """Count the rows in groups of fewer than ``k`` rows."""
        return int(self.sizes[self.sizes < k].sum())

    def bands(self) -> tuple[tuple[str, int], ...]:
        """Count the rows by the size of their group, in the bands of `BANDS`."""
        found = []
        for low, high in BANDS:
            within = (self.sizes >= low) & (self.sizes <= (high or _MOST))
            label = f"{low}" if low == high else f"{low} to {high}" if high else f"{low} or more"
            found.append((label, int(self.sizes[within].sum())))
        return tuple(found)


def combined(parts: Sequence[tuple[NDArray[np.int64], int]], rows: int) -> NDArray[np.int64]:
    """Give one code for each row's combination of codes; two rows have the same one exactly where every part is the same.

    Args:
        parts: For each column its codes, from 0, and a number that they are all below.
        rows: How many rows there are, for a table without columns.
    """
    codes, size = np.zeros(rows, np.int64), 1
    for part, below in parts:
        if size * below > _MOST:  # numbered anew, so that the product stays a whole number of 64 bits
            codes = np.unique(codes, return_inverse=True)[1].astype(np.int64)
            size = int(codes.max(initial=0)) + 1
        codes = codes * below + part
        size *= below
    return codes


def group(codes: NDArray[np.int64], held: NDArray[np.bool_] | None = None) -> Groups:
    """Group rows by their codes.

    Args:
        codes: One for each row.
        held: Which rows hold a value in any column; None where all do.
    """
    within = codes if held is None else codes[held]
    ordered = np.sort(within)
    ends = (
        np.flatnonzero(np.append(ordered[1:] != ordered[:-1], True))
        if ordered.size
        else np.zeros(0, np.int64)
    )
    return Groups(np.diff(ends, prepend=-1), int(codes.size - within.size))
