"""How good forecasts are as probabilities: Brier score, log score and calibration.

They are for probabilities that an area has an event in a period. Expected counts are judged by `rates`; a list of flags has neither.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from answerable.estimate import Interval
from answerable.hindsight import arrays
from answerable.hindsight.arrays import Floats
from answerable.intervals import clustered
from answerable.wording import count

__all__ = ["Bin", "Probable", "as_numbers", "probable", "slices"]

_CLOSE = 1e-8  # of a logit: nearer the fit need not come


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts of about the same height, and what came of them.

    Attributes:
        low, high: The least and the greatest forecast in the bin.
        number: How many forecasts are in it.
        predicted: Their mean.
        observed: The share that had an event (of probabilities), or events for each forecast (of rates).
        interval: Of what was observed; it knows that the areas of one period are no independent cases.
    """

    low: float
    high: float
    number: int
    predicted: float
    observed: float
    interval: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Probable:
    """How good probabilities were.

    Attributes:
        number: How many forecasts, areas times periods.
        with_event: How many of them had an event.
        brier: The mean squared difference of forecast and outcome; 0 at best.
        brier_of_share: The Brier score of the one probability that is the share with an event: the forecast has to be under it.
        brier_skill: 1 less the quotient of the two: 0 where the share itself does as well; below 0 where it does better.
        reliability: The part of the Brier score that is want of calibration, over the bins.
        resolution: The part that telling bins apart takes off.
        log_score: The mean negative logarithm of the probability of what came; None where something came that was said to be
            impossible.
        impossible: How many outcomes came that had a probability of 0.
        intercept: Of the logit of the outcome on the logit of the forecast; 0 where calibrated. None where it cannot be fitted.
        slope: The slope of the same: 1 where calibrated, under 1 where forecasts are too far apart. None where it cannot be fitted.
        fitted_on: How many forecasts the two were fitted on: those that are neither 0 nor 1.
        bins: Bins of about as many expected events each.
    """

    number: int
    with_event: int
    brier: float
    brier_of_share: float
    brier_skill: float | None
    reliability: float
    resolution: float
    log_score: float | None
    impossible: int
    intercept: float | None
    slope: float | None
    fitted_on: int
    bins: tuple[Bin, ...]


def as_numbers(forecasts: ArrayLike, what: str) -> Floats:
    """Check that forecasts are numbers to be judged by their height.

    Raises:
        ValueError: They are flags, or are refused as scores are.
    """
    given = np.asarray(forecasts)
    if given.dtype.kind == "b" or (given.dtype.kind in "iuf" and given.size and np.isin(given, (0, 1)).all()):
        raise ValueError(
            f"these are flags, all 0 or 1: a list of flags states no {what}, so that {what} scores and calibration are not applicable"
        )
    return arrays.scored(given)


def probable(forecasts: ArrayLike, outcomes: ArrayLike, *, bins: int = 10, level: float = 0.95) -> Probable:
    """Judge probabilities that an area has at least one event in a period.

    Args:
        forecasts: Probabilities, of shape (areas, periods).
        outcomes: Events, of the same shape; an area with several counts once.
        bins: How many bins the table of calibration has at the most.
        level: Of its intervals.

    Raises:
        ValueError: Forecasts are flags, lie over 1 or are refused as scores are, outcomes are refused, or there is no bin.

    Sources: G. W. Brier, Verification of forecasts expressed in terms of probability, Mon. Weather Rev. 78 (1950) 1-3; A. H.
    Murphy, A new vector partition of the probability score, J. Appl. Meteorol. 12 (1973) 595-600; I. J. Good, Rational decisions,
    J. R. Stat. Soc. B 14 (1952) 107-114; D. R. Cox, Two further applications of a model for binary regression, Biometrika 45 (1958)
    562-565 (intercept and slope).
    """
    chance = as_numbers(forecasts, "probability")
    if chance.max() > 1:
        raise ValueError(
            f"{count((chance > 1).sum())} forecasts lie over 1 and are no probabilities; judge expected counts with rated"
        )
    came = arrays.counted(outcomes) > 0
    arrays.same_shape(chance, came, "forecasts and outcomes")
    share = float(came.mean())
    brier, of_share = float(((chance - came) ** 2).mean()), share * (1 - share)
    table, parts = [], []
    for some in slices(chance, bins):
        number, predicted, observed = int(some.sum()), float(chance[some].mean()), float(came[some].mean())
        interval = clustered(int(came[some].sum()), number, _variance(came, some), chance.shape[1], level)
        table.append(
            Bin(float(chance[some].min()), float(chance[some].max()), number, predicted, observed, interval)
        )
        parts.append((number, predicted, observed))
    weight, predicted_, observed_ = np.array(parts).T
    likely = np.where(came, chance, 1 - chance)
    impossible = int((likely == 0).sum())
    inner = (chance > 0) & (chance < 1)
    fit = _fitted(np.log(chance[inner] / (1 - chance[inner])), came[inner])
    return Probable(
        number=chance.size,
        with_event=int(came.sum()),
        brier=brier,
        brier_of_share=of_share,
        brier_skill=1 - brier / of_share if of_share else None,
        reliability=float(weight @ (predicted_ - observed_) ** 2 / chance.size),
        resolution=float(weight @ (observed_ - share) ** 2 / chance.size),
        log_score=None if impossible else float(-np.log(likely).mean()),
        impossible=impossible,
        intercept=fit[0] if fit else None,
        slope=fit[1] if fit else None,
        fitted_on=int(inner.sum()),
        bins=tuple(table),
    )


def slices(forecasts: Floats, bins: int) -> list[NDArray[np.bool_]]:
    """Cut forecasts by height into bins of about the same sum; equal forecasts stay together, and those of 0 are a bin of their own.

    Raises:
        ValueError: There is no bin.
    """
    if bins < 1:
        raise ValueError(f"there is at least one bin; this is {bins}")
    none = forecasts == 0
    heights = np.sort(forecasts[~none])
    upto = np.cumsum(heights)
    edges = heights[np.searchsorted(upto, upto[-1] * np.arange(1, bins) / bins)]
    place = np.searchsorted(np.unique(edges), forecasts, side="left")
    found = [none] if none.any() else []
    found += [(place == one) & ~none for one in np.unique(place[~none])]
    return found


def _variance(came: NDArray[np.bool_], some: NDArray[np.bool_]) -> float | None:
    """Give the variance of a share by linearisation of the ratio over periods."""
    events, cases = (came & some).sum(axis=0), some.sum(axis=0)
    periods = len(cases)
    if periods < 2:  # noqa: PLR2004 - a spread is between two
        return None
    share = events.sum() / cases.sum()
    return float(periods / (periods - 1) * ((events - share * cases) ** 2).sum() / cases.sum() ** 2)


def _fitted(logits: Floats, came: NDArray[np.bool_]) -> tuple[float, float] | None:
    """Fit the logit of the outcome on the logit of the forecast by Newton's method, a step being halved while it leads down."""
    if not came.any() or came.all() or np.ptp(logits) == 0:
        return None
    columns = np.stack([np.ones(len(logits)), logits])

    def likelihood(at: Floats) -> float:
        fitted = at @ columns
        return float(fitted[came].sum() - np.logaddexp(0, fitted).sum())

    found = np.array([np.log(came.mean() / (1 - came.mean())), 0.0])
    reached = likelihood(found)
    for _ in range(100):
        mean = special.expit(found @ columns)
        step = np.linalg.lstsq(
            (columns * mean * (1 - mean)) @ columns.T, columns @ (came - mean), rcond=None
        )[0]
        while (further := likelihood(found + step)) < reached - 1e-9 and np.abs(step).max() > _CLOSE:
            step /= 2
        found, reached = found + step, max(further, reached)
        if np.abs(step).max() <= _CLOSE:
            return float(found[0]), float(found[1])
    return None
