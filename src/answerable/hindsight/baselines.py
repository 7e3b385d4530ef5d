"""Rules of thumb that a forecast is set against, each made of outcomes strictly before the period that it is judged on.

A baseline exists inside a comparison only: nothing here gives the areas that it would name, and none is made for a period whose
outcomes are not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from answerable.hindsight.arrays import Floats
from answerable.wording import count

__all__ = ["Baseline", "Past", "last_period", "long_run", "rolling", "uniform", "weights"]


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """A rule of thumb, named with its window.

    Attributes:
        label: What it is called in a sentence: ``the count of the last 365 days``.
        kind: ``window`` (the count of so many periods before), ``past`` (of all before) or ``fixed`` (the same in all periods).
        window: How many periods its counts are of; None but for ``window``.
        values: Numbers of its own, of shape (areas,); None where it is made of outcomes, or uniform.
    """

    label: str
    kind: Literal["window", "past", "fixed"]
    window: int | None = None
    values: Floats | None = None


def last_period(unit: str = "period") -> Baseline:
    """Name the count of the period before."""
    return Baseline(f"the count of the last {unit}", "window", 1)


def rolling(window: int = 365, unit: str = "period") -> Baseline:
    """Name the count of so many periods before; 365 is a year of days.

    Raises:
        ValueError: The window has no period.
    """
    if window < 1:
        raise ValueError(f"a window has at least one period; this is {window}")
    if window == 1:
        return last_period(unit)
    return Baseline(f"the count of the last {count(window)} {unit}s", "window", window)


def long_run(unit: str = "period") -> Baseline:
    """Name the count of all periods before, as far as the outcomes go."""
    return Baseline(f"the count of all earlier {unit}s", "past")


def uniform() -> Baseline:
    """Name the list drawn by lot, on which every area is as likely as another."""
    return Baseline("a list drawn by lot", "fixed")


def weights(values: Sequence[float] | Floats, label: str) -> Baseline:
    """Name the order of a number that each area has, such as its population.

    Args:
        values: One for each area, of shape (areas,).
        label: What it is: ``the population``.

    Raises:
        ValueError: A number is missing or negative.
    """
    given = np.asarray(values, dtype=np.float64)
    if given.ndim != 1 or not np.isfinite(given).all() or (given < 0).any():
        raise ValueError(f"{label} is one number for each area, none missing and none negative")
    return Baseline(label, "fixed", values=given)


class Past:
    """The outcomes before each period, added up once.

    Args:
        outcomes: Of shape (areas, periods).
        history: Outcomes of the periods right before the first, of shape (areas, periods before); None where there are none.
    """

    def __init__(self, outcomes: NDArray[np.int32], history: NDArray[np.int32] | None) -> None:
        areas, periods = outcomes.shape
        self.areas = areas
        self._before = 0 if history is None else history.shape[1]
        self._sums = np.zeros((self._before + periods + 1, areas), dtype=np.int32)
        if history is not None:
            np.cumsum(history.T, axis=0, out=self._sums[1 : self._before + 1])
        np.cumsum(outcomes.T, axis=0, out=self._sums[self._before + 1 :])
        self._sums[self._before + 1 :] += self._sums[self._before]

    def known(self, periods: int) -> NDArray[np.int64]:
        """Give how many earlier periods are known at each period, of shape (periods,)."""
        return self._before + np.arange(periods)

    def scores(self, baseline: Baseline, periods: NDArray[np.int64]) -> NDArray[np.int32] | Floats:
        """Give a baseline's scores at some periods, of shape (periods, areas), from what came strictly before each."""
        if baseline.kind == "fixed":
            values = np.zeros(self.areas) if baseline.values is None else baseline.values
            return np.broadcast_to(values, (len(periods), self.areas))
        # Row i of the sums holds everything before period i of history and outcomes together.
        upto = periods + self._before
        if baseline.window is None:
            return np.asarray(self._sums[upto])
        return np.asarray(self._sums[upto] - self._sums[np.maximum(upto - baseline.window, 0)])
