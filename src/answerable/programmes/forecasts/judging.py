"""What the measures of forecasts beside outcomes share: their parameters, their function, and quotients with their doubt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from answerable.estimate import Interval, Part
from answerable.hindsight.blocks import intervals
from answerable.programmes.forecasts.laying import Judged, judged, refused
from answerable.programmes.measure import Columns, Computation, FinishTable, Parameter, Refusal

__all__ = [
    "BLOCK",
    "CURVE",
    "FORECAST",
    "NAMES",
    "OFTEN",
    "RECORDED",
    "SHARE",
    "finished",
    "ratio",
    "ratio_part",
]

SHARE = Parameter(
    0.03,
    "share of areas",
    "How many areas are on the list of a period where scores are given and no flags.",
    1e-6,
    0.999999,
)
BLOCK = Parameter(7, "periods", "How many periods are taken together as one block: a week of days.", 1, 366)
RECORDED = "Outcomes are what was recorded: this is agreement with records, and not with what happened."

CURVE, FORECAST = "share of events caught, by share of areas", "the forecast"
"""What the breakdowns of curves are called before the colon, and the forecast's own after it."""

OFTEN = "share of the judged periods in which an area was flagged"
"""What the breakdown of areas by how often they were flagged is called; that of flags goes on after a colon."""

NAMES = {
    "last_period": "the count of the last period",
    "year": "the count of the last year",
    "long_run": "the count of all earlier periods",
    "population": "the population",
    "uniform": "a list drawn by lot",
}
"""The baselines, by what stands after ``against_`` in a measure's name."""

_Floats = NDArray[np.float64]


def finished(make: Callable[[Judged, Mapping[str, float], int], Computation | Refusal]) -> FinishTable:
    """Make a measure's function of one on forecasts beside outcomes; what the statistics refuse is a refusal."""

    def finish(columns: Columns, parameters: Mapping[str, float], seed: int) -> Computation | Refusal:
        found = judged(columns, parameters, seed)
        if isinstance(found, Refusal):
            return found
        try:
            made = make(found, parameters, seed)
        except ValueError as error:
            return refused(error)
        return made if isinstance(made, Refusal) else replace(made, caveats=(*made.caveats, *found.notes))

    return finish


def ratio(over: _Floats, under: _Floats, length: int, seed: int) -> Interval | None:
    """Give the interval of a quotient of two sums over periods, by blocks of periods.

    The doubt of over/under is that of the sum of what each period has over more than the quotient gives it, divided by under: the
    usual linear approximation of a quotient (W. G. Cochran, Sampling Techniques, 1977, chapter 6), with the blocks of `blocked`.

    Args:
        over: The numerator of each period, of shape (periods,).
        under: The denominator, likewise.
        length: Periods in a block.
        seed: Of the replicates.

    Returns:
        The interval; None where there are too few blocks, nothing to divide by, or no spread: where nothing was caught, or all of it,
        periods do not show how far the quotient may be from 0 or from 1.
    """
    whole = float(under.sum())
    if whole <= 0 or len(over) < 2 * length:
        return None
    quotient = float(over.sum()) / whole
    apart = over - quotient * under
    if np.allclose(apart, 0, rtol=0, atol=1e-9 * float(np.abs(over).max() or 1)):
        return None
    (interval,) = intervals(apart[None], length=length, seed=seed)
    if interval is None:
        return None
    low, high = quotient + interval.low / whole, quotient + interval.high / whole
    return Interval(max(low, 0.0), high, interval.level, f"quotient, {interval.method}")


def ratio_part(label: str, over: _Floats, under: _Floats, length: int, seed: int) -> Part:
    """Give a share of events with its interval as a part."""
    n, d = float(over.sum()), float(under.sum())
    interval = ratio(over, under, length, seed)
    if interval is not None:
        interval = replace(interval, high=min(interval.high, 1.0))
    whole = int(n) if n.is_integer() else n
    return Part(label, n / d if d else None, whole, int(d), interval)
