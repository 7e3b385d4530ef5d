"""How good forecasts are as rates, which are expected counts: Poisson deviance, log score and calibration by bins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from answerable.estimate import Interval
from answerable.hindsight import arrays
from answerable.hindsight.arrays import Floats
from answerable.hindsight.probabilities import Bin, as_numbers, slices

__all__ = ["RATIO", "Rated", "rated"]

RATIO = (
    "exact Poisson interval on the effective number of events, from the spread over periods (Garwood 1936)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """How good expected counts were.

    Attributes:
        number: How many forecasts, areas times periods.
        events: All events.
        predicted: The sum of the forecasts.
        deviance: The mean Poisson deviance; 0 at best, None where an event came where none was expected.
        deviance_of_mean: The mean deviance of one rate for all, the mean count.
        explained: 1 less the quotient of the two; None as the deviance.
        log_score: The mean negative logarithm of the Poisson probability of what came; None as the deviance.
        impossible: Events that came where the forecast was 0.
        bins: Bins of about as many expected events each; ``observed`` is events for each forecast.
    """

    number: int
    events: int
    predicted: float
    deviance: float | None
    deviance_of_mean: float
    explained: float | None
    log_score: float | None
    impossible: int
    bins: tuple[Bin, ...]


def rated(forecasts: ArrayLike, outcomes: ArrayLike, *, bins: int = 10, level: float = 0.95) -> Rated:
    """Judge expected counts of events.

    Args:
        forecasts: Expected counts, of shape (areas, periods).
        outcomes: Events, of the same shape.
        bins: How many bins the table of calibration has at the most, besides that of forecasts of 0.
        level: Of its intervals.

    Raises:
        ValueError: Forecasts are flags or are refused as scores are, outcomes are refused, or there is no bin.

    Sources: P. McCullagh & J. A. Nelder, Generalized Linear Models, 2nd ed. (1989), section 2.3 (deviance); C. Czado, T. Gneiting &
    L. Held, Predictive model assessment for count data, Biometrics 65 (2009) 1254-1261 (log score).
    """
    mean = as_numbers(forecasts, "rate")
    came = arrays.counted(outcomes)
    arrays.same_shape(mean, came, "forecasts and outcomes")
    impossible = int(came[mean == 0].sum())
    deviance = 2 * float(
        (special.xlogy(came, came) - special.xlogy(came, np.where(mean > 0, mean, 1)) - came + mean).mean()
    )
    overall = float(came.mean())
    of_mean = 2 * float(
        (special.xlogy(came, came) - special.xlogy(came, overall or 1.0) - came + overall).mean()
    )
    log_score = float(
        (mean - special.xlogy(came, np.where(mean > 0, mean, 1)) + special.gammaln(came + 1.0)).mean()
    )
    table = [
        Bin(
            float(mean[some].min()),
            float(mean[some].max()),
            int(some.sum()),
            float(mean[some].mean()),
            float(came[some].mean()),
            _interval(came, some, level),
        )
        for some in slices(mean, bins)
    ]
    return Rated(
        number=mean.size,
        events=int(came.sum()),
        predicted=float(mean.sum()),
        deviance=None if impossible else deviance,
        deviance_of_mean=of_mean,
        explained=None if impossible or not of_mean else 1 - deviance / of_mean,
        log_score=None if impossible else log_score,
        impossible=impossible,
        bins=tuple(table),
    )


def _interval(came: NDArray[np.int32], some: NDArray[np.bool_], level: float) -> Interval:
    """Give an interval for events per forecast in a bin: that of a Poisson number of as many independent events as they are worth."""
    by_period: Floats = np.where(some, came, 0).sum(axis=0).astype(np.float64)
    cases = some.sum(axis=0)
    events, number, periods = by_period.sum(), cases.sum(), len(cases)
    worth = 1.0  # events to one independent event
    if events and periods > 1:
        spread = periods / (periods - 1) * ((by_period - events / number * cases) ** 2).sum()
        worth = max(spread / events, 1.0)
    tail, effective = (1 - level) / 2, events / worth
    low = special.gammaincinv(effective, tail) if events else 0.0
    high = special.gammaincinv(effective + 1, 1 - tail)
    return Interval(float(low * worth / number), float(high * worth / number), level, RATIO)
