"""A number that may be known only to lie between two bounds, and a rate with the counts behind it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Bounds", "Counts", "Rate"]

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bounds:
    """A number between two bounds, which are equal where it is known exactly.

    The bounds come from scores that are known by their bin only. They are no interval of sampling: that is made from the
    counts behind a `Rate`.
    """

    low: float
    high: float

    @property
    def exact(self) -> bool:
        """Whether the number is known exactly."""
        return self.low == self.high

    @property
    def value(self) -> float:
        """The number where it is exact, else the middle of its bounds."""
        return self.low if self.exact else (self.low + self.high) / 2


@dataclass(frozen=True, slots=True, eq=False)
class Rate:
    """Error rates at thresholds, as counts: errors of comparisons.

    Attributes:
        symbol: Its short form, such as ``FMR``.
        errors_low: The least number of errors at each threshold; whole numbers in the thresholds' shape.
        errors_high: The greatest; equal to ``errors_low`` where the count is exact.
        comparisons: How many comparisons could have been errors.
        kind: What they are, for the sentences: ``non-mated comparisons``.
    """

    symbol: str
    errors_low: Counts
    errors_high: Counts
    comparisons: int
    kind: str

    @property
    def exact(self) -> bool:
        """Whether every count is exact."""
        return bool((self.errors_low == self.errors_high).all())

    @property
    def errors(self) -> Counts:
        """The number of errors at each threshold.

        Raises:
            ValueError: It is known by its bounds only, because scores were counted in bins.
        """
        if not self.exact:
            raise ValueError(
                f"the errors behind this {self.symbol} are known by their bounds only: the scores were counted in "
                "bins, and a threshold lies within one; ask at an edge, or use errors_low and errors_high"
            )
        return self.errors_low

    @property
    def low(self) -> NDArray[np.float64]:
        """The least that the rate can be at each threshold, from 0 to 1."""
        return self._share(self.errors_low)

    @property
    def high(self) -> NDArray[np.float64]:
        """The most that the rate can be at each threshold, from 0 to 1."""
        return self._share(self.errors_high)

    @property
    def value(self) -> NDArray[np.float64]:
        """The rate at each threshold where it is exact, else the middle of its bounds."""
        if self.errors_low is self.errors_high:
            return self.low
        return np.asarray((self.low + self.high) / 2)

    def _share(self, errors: Counts) -> NDArray[np.float64]:
        if not self.comparisons:
            raise ValueError(f"there are no {self.kind}: {self.symbol} is not measurable")
        return np.asarray(errors / self.comparisons)
