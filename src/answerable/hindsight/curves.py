"""How far scores tell areas with events from the others, for lists of every length: capture curve and area under the ROC."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from answerable.hindsight import arrays
from answerable.hindsight.arrays import Floats, Ints

__all__ = ["Area", "Capture", "auc", "capture"]


@dataclass(frozen=True, slots=True, eq=False)
class Capture:
    """The share of the events that lists of every length caught, all periods together.

    Attributes:
        area: Shares of the area, from 0 to 1, of shape (areas + 1,).
        events: The share of all events in the areas with the highest scores that make up so much of the area in each period;
            areas that tie are taken in part, all alike.
        total: How many events there were.
    """

    area: Floats
    events: Floats
    total: int


def capture(scores: ArrayLike, outcomes: ArrayLike, *, sizes: ArrayLike | None = None) -> Capture:
    """Give the share of events against the share of the area, pooled over the periods, for lists of all lengths.

    Args:
        scores: Of shape (areas, periods); with areas of different sizes the order is that of the scores.
        outcomes: Events, of the same shape.
        sizes: The areas' sizes, of shape (areas,); equal where left out.

    Raises:
        ValueError: As `arrays` says of each array, or there is no event.
    """
    given, events = arrays.scored(scores), arrays.counted(outcomes)
    arrays.same_shape(given, events, "scores and outcomes")
    areas, periods = events.shape
    size = arrays.sized(sizes, areas)
    total = int(events.sum())
    if not total:
        raise ValueError("there is no event: a share of events is not defined")
    grid = np.arange(areas + 1) / areas
    held = np.zeros(areas + 1)
    for some in arrays.chunks(areas, periods):
        score, counts = given[:, some].T, events[:, some].T
        order = np.argsort(-score, axis=1, kind="stable")
        sorted_scores = np.take_along_axis(score, order, axis=1)
        caught = np.cumsum(np.take_along_axis(counts, order, axis=1), axis=1)
        covered = np.cumsum(size[order], axis=1) / size.sum()
        # Only where a group of tied areas ends is it known what a list held; between, all of the group are taken in part.
        ends = np.concatenate([np.diff(sorted_scores, axis=1) != 0, np.ones((len(score), 1), bool)], axis=1)
        for row, end in enumerate(ends):
            held += np.interp(grid, np.append(0.0, covered[row, end]), np.append(0.0, caught[row, end]))
    return Capture(grid, held / total, total)


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """The chance that an area with an event has a higher score than one without, ties counted half.

    Attributes:
        pooled: Over all areas and periods together; scores of different periods are compared with each other.
        mean: The mean over the periods in which it is defined; None where there is none.
        by_period: Of shape (periods,); nan where no area, or every area, had an event.
        undefined: In how many periods it is not defined.
    """

    pooled: float
    mean: float | None
    by_period: Floats
    undefined: int


def auc(scores: ArrayLike, outcomes: ArrayLike) -> Area:
    """Give the area under the ROC of areas with an event against areas without, pooled and by period.

    An area with several events in a period counts once. The pooled area also rewards scores that follow the number of events
    from one period to the next.

    Args:
        scores: Of shape (areas, periods).
        outcomes: Events, of the same shape.

    Raises:
        ValueError: As `arrays` says of each array, or no area, or every area, had an event in every period.

    Source: D. Bamber, The area above the ordinal dominance graph and the area below the receiver operating characteristic
    graph, J. Math. Psychol. 12 (1975) 387-415.
    """
    given, events = arrays.scored(scores), arrays.counted(outcomes)
    arrays.same_shape(given, events, "scores and outcomes")
    some = events > 0
    with_event = int(some.sum())
    if not 0 < with_event < some.size:
        raise ValueError("areas with an event are compared with areas without: there are none of one kind")
    by_period = np.full(events.shape[1], np.nan)
    for part in arrays.chunks(*events.shape):
        ranks = stats.rankdata(given[:, part].T, axis=1)
        by_period[part] = _areas(ranks, some[:, part].T)
    pooled = _pooled(given.ravel(), some.ravel())
    known = ~np.isnan(by_period)
    mean = float(by_period[known].mean()) if known.any() else None
    return Area(pooled, mean, by_period, int((~known).sum()))


def _areas(ranks: Floats, some: NDArray[np.bool_]) -> Floats:
    positives = some.sum(axis=1)
    pairs = positives * (some.shape[1] - positives)
    won = np.where(some, ranks, 0).sum(axis=1) - positives * (positives + 1) / 2
    return np.asarray(np.divide(won, pairs, out=np.full(len(pairs), np.nan), where=pairs > 0))


def _pooled(scores: Floats, some: NDArray[np.bool_]) -> float:
    """Count the pairs that stand right, in the sorted scores of the areas without an event."""
    positive, negative = scores[some], np.sort(scores[~some])
    below: Ints = np.searchsorted(negative, positive, side="left")
    upto: Ints = np.searchsorted(negative, positive, side="right")
    return float((below.sum() + upto.sum()) / 2 / (len(positive) * len(negative)))
