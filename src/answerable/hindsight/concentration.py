"""How far flags gather in the same areas, as numbers: no area is named or put in order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from answerable.hindsight import arrays, edges
from answerable.hindsight.arrays import Floats

__all__ = ["Concentration", "concentration", "gini", "times_flagged"]


@dataclass(frozen=True, slots=True)
class Concentration:
    """How flags are spread over areas.

    Attributes:
        areas: How many areas there are.
        periods: How many periods.
        flags: All flags, areas times periods.
        ever: Areas that were flagged at least once: for certain, and possibly where areas tie for the last places.
        always: Areas that were flagged in every period, for certain and possibly.
        top_areas: How many areas the share is of: a tenth of all, at least one.
        top_share: The share of all flags that fell on the areas flagged most often, as many as ``top_areas``.
        gini: The Gini coefficient of flags over all areas: 0 where all were flagged as often, near 1 where one had all flags.
    """

    areas: int
    periods: int
    flags: float
    ever: tuple[int, int]
    always: tuple[int, int]
    top_areas: int
    top_share: float
    gini: float


def gini(values: ArrayLike) -> float:
    """Give the Gini coefficient: the mean difference of two values over twice their mean.

    Raises:
        ValueError: A value is missing or negative, or all are 0.

    Source: C. Gini, Variabilità e mutabilità (1912).
    """
    given = np.sort(np.asarray(values, dtype=np.float64))
    if given.ndim != 1 or not np.isfinite(given).all() or (given < 0).any() or not given.any():
        raise ValueError(
            "a Gini coefficient is of numbers of which none is missing or negative and some are above 0"
        )
    number = len(given)
    return float((2 * np.arange(1, number + 1) - number - 1) @ given / (number * given.sum()))


def times_flagged(
    *,
    flags: ArrayLike | None = None,
    scores: ArrayLike | None = None,
    k: int | None = None,
    outcomes: ArrayLike | None = None,
) -> Floats:
    """Count how often each area was flagged, in the order in which the areas came; of shape (areas,).

    It is an account of flags that were given out, for `exposure` and `proxies`. From scores it is made for periods whose outcomes are
    known, and for these alone; areas that tie for the last places count in part.

    Args:
        flags: True where an area was on the list, of shape (areas, periods); or
        scores: Of the same shape, with
        k: How many areas were flagged in each period, and
        outcomes: Events, of the same shape.

    Raises:
        ValueError: Not one of flags and scores is given, scores come without k or outcomes, or an array is refused.
    """
    if scores is not None and outcomes is None:
        raise ValueError("scores are looked at after the fact: the outcomes of their periods are needed")
    _one_kind(flags, scores, k)
    if flags is not None:
        return np.asarray(arrays.flagged(flags).sum(axis=1).astype(np.float64))
    given = arrays.scored(np.asarray(scores))
    arrays.same_shape(given, arrays.counted(np.asarray(outcomes)), "scores and outcomes")
    return _by_scores(given, k or 0)[2]


def _one_kind(flags: ArrayLike | None, scores: ArrayLike | None, k: int | None) -> None:
    if (flags is None) == (scores is None) or (scores is None) != (k is None):
        raise ValueError(
            "either flags are given, or scores with k, how many areas are flagged in each period"
        )


def concentration(
    *,
    flags: ArrayLike | None = None,
    scores: ArrayLike | None = None,
    k: int | None = None,
    share: float = 0.1,
) -> Concentration:
    """Say how far flags gather in the same areas.

    Args:
        flags: True where an area was on the list, of shape (areas, periods); or
        scores: Of the same shape, with
        k: How many areas with the highest scores were flagged in each period. Areas that tie for the last places count in part.
        share: The share of the areas whose part of the flags is given, those flagged most often.

    Raises:
        ValueError: Not one of flags and scores is given, scores come without k, the share is not above 0 and at most 1, or an array
            is refused.
    """
    _one_kind(flags, scores, k)
    if not 0 < share <= 1:
        raise ValueError(f"a share of the areas lies above 0 and is at most 1; this is {share}")
    if flags is not None:
        listed = arrays.flagged(flags)
        sure, possible, weight = listed.sum(axis=1), listed.sum(axis=1), listed.sum(axis=1).astype(np.float64)
        periods = listed.shape[1]
    else:
        sure, possible, weight, periods = _by_scores(arrays.scored(np.asarray(scores)), k or 0)
    areas = len(weight)
    number = max(round(share * areas), 1)
    return Concentration(
        areas=areas,
        periods=periods,
        flags=float(weight.sum()),
        ever=(int((sure > 0).sum()), int((possible > 0).sum())),
        always=(int((sure == periods).sum()), int((possible == periods).sum())),
        top_areas=number,
        top_share=float(np.sort(weight)[-number:].sum() / weight.sum()),
        gini=gini(weight),
    )


def _by_scores(scores: Floats, k: int) -> tuple[arrays.Ints, arrays.Ints, Floats, int]:
    """Count how often each area was flagged for certain, may have been flagged, and is expected to have been."""
    areas, periods = scores.shape
    if not 0 < k <= areas:
        raise ValueError(f"k lies from 1 to the number of areas, {areas}; it is {k}")
    sure, possible, weight = np.zeros(areas, np.int64), np.zeros(areas, np.int64), np.zeros(areas)
    for some in arrays.chunks(areas, periods):
        score = np.ascontiguousarray(scores[:, some].T)
        edge = edges.edges_of(score, np.full(len(score), k))[:, None]
        above, tied = score > edge, score == edge
        left = k - above.sum(axis=1)
        whole = tied & (left == tied.sum(axis=1))[:, None]
        sure += (above | whole).sum(axis=0)
        possible += (above | tied).sum(axis=0)
        weight += (above + (left / tied.sum(axis=1))[:, None] * tied).sum(axis=0)
    return sure, possible, weight, periods
