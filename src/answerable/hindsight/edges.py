"""The edge of a list: how many events the first k areas of each period held, where areas tie for the last places.

Where more areas have the score of the last place than there are places left, which of them were on the list is not known, or was
left to a computer's order. What they held then has a least, an expected (under random order) and a most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answerable.hindsight.arrays import Floats, Ints

__all__ = ["Held", "edges_of", "fill", "of_highest", "top"]


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """What the first areas of each period held, one number for each period.

    Attributes:
        least: The fewest events that they can have held.
        expected: The mean under random order of the areas that tie.
        most: The most.
        area: The size of the areas, its mean under random order.
        score: The sum of their scores, which ties do not change.
        tied: Whether areas tied at the edge of the list.
        drawn: Events under random orders, of shape (draws, periods).
    """

    least: Floats
    expected: Floats
    most: Floats
    area: Floats
    score: Floats
    tied: NDArray[np.bool_]
    drawn: Floats

    @classmethod
    def joined(cls, parts: Sequence[Held]) -> Held:
        """Put parts of the periods behind each other."""
        return cls(
            np.concatenate([part.least for part in parts]),
            np.concatenate([part.expected for part in parts]),
            np.concatenate([part.most for part in parts]),
            np.concatenate([part.area for part in parts]),
            np.concatenate([part.score for part in parts]),
            np.concatenate([part.tied for part in parts]),
            np.concatenate([part.drawn for part in parts], axis=1),
        )


def of_highest(
    scores: NDArray[np.floating] | NDArray[np.integer],
    events: NDArray[np.int32],
    places: Ints,
    sizes: Floats,
    *,
    draws: int,
    generator: np.random.Generator,
) -> Held:
    """Count what the areas with the highest scores held.

    Args:
        scores: Of shape (periods, areas).
        events: Of the same shape.
        places: How many areas are on the list, of shape (periods,), each from 0 to the number of areas.
        sizes: Of shape (areas,).
        draws: How many random orders of tied areas are drawn.
        generator: For the orders.
    """
    periods = len(scores)
    edge = edges_of(scores, places)
    above = scores > edge[:, None]
    sure = above.sum(axis=1)
    left = places - sure
    at_edge = scores == edge[:, None]
    ties = at_edge.sum(axis=1)
    share = np.divide(left, ties, out=np.zeros(periods), where=ties > 0)
    weight = above + share[:, None] * at_edge
    certain = np.where(above, events, 0).sum(axis=1).astype(np.float64)
    tied_events = np.where(at_edge, events, 0).sum(axis=1)
    least, most = certain.copy(), certain.copy()
    drawn = np.broadcast_to(certain + share * tied_events, (draws, periods)).copy()
    tied = (left > 0) & (left < ties)
    for row in np.flatnonzero(tied):
        numbers = np.bincount(events[row][at_edge[row]])
        least[row] += _taken(numbers, int(left[row]))
        most[row] += _taken(numbers[::-1], int(left[row]), from_top=True)
        if draws:
            of_each = generator.multivariate_hypergeometric(numbers, int(left[row]), size=draws)
            drawn[:, row] = certain[row] + of_each @ np.arange(len(numbers))
    whole = (left > 0) & ~tied
    least[whole] += tied_events[whole]
    most[whole] += tied_events[whole]
    known = np.where(np.isfinite(edge), edge, 0.0)
    score = np.where(above, scores, 0).sum(axis=1, dtype=np.float64) + left * known
    area = places * sizes[0] if (sizes == sizes[0]).all() else weight @ sizes
    return Held(least, certain + share * tied_events, most, area, score, tied, drawn)


def edges_of(scores: NDArray[np.floating] | NDArray[np.integer], places: Ints) -> Floats:
    """Give the score of the last place of each period; infinity where there is no place."""
    areas = scores.shape[1]
    edge = np.full(len(scores), np.inf)
    for number in np.unique(places):
        if number:
            rows = places == number
            some = scores if rows.all() else scores[rows]
            edge[rows] = np.partition(some, areas - number, axis=1)[:, areas - number]
    return edge


def _taken(numbers: Ints, places: int, *, from_top: bool = False) -> float:
    """Add up the events of the first areas, where ``numbers`` says how many areas have so many events, in order."""
    before = np.concatenate([[0], np.cumsum(numbers)[:-1]])
    taken = np.clip(places - before, 0, numbers)
    value = np.arange(len(numbers))
    return float(taken @ (value[::-1] if from_top else value))


def top(events: NDArray[np.int32], places: Ints) -> Floats:
    """Give the most events that so many areas of each period can hold, of shape (periods,)."""
    areas = events.shape[1]
    found = np.zeros(len(events))
    for number in np.unique(places):
        if number:
            rows = places == number
            some = events if rows.all() else events[rows]
            found[rows] = np.partition(some, areas - number, axis=1)[:, areas - number :].sum(axis=1)
    return found


def fill(
    scores: Floats, events: NDArray[np.int32], sizes: Floats, area: Floats
) -> tuple[Floats, Floats, Floats]:
    """Count what a given area held, where areas of different sizes fill it in the order of their scores.

    The last areas, all those with the score at the edge, are taken in part, so that the areas are the same to the last digit; the
    expected number takes all of them in the same part, the least and the most fill up with those that hold the fewest or the most
    events for their size, the last of them in part.

    Args:
        scores: Of shape (periods, areas): to fill by density, a score divided by the size.
        events: Of the same shape.
        sizes: Of shape (areas,).
        area: How much is filled in each period, of shape (periods,).

    Returns:
        The least, the expected and the most events, each of shape (periods,).
    """
    least, expected, most = np.zeros(len(scores)), np.zeros(len(scores)), np.zeros(len(scores))
    for row, (score, held, room) in enumerate(zip(scores, events, area, strict=True)):
        order = np.argsort(-score, kind="stable")
        filled = np.cumsum(sizes[order])
        last = min(int(np.searchsorted(filled, room * (1 - 1e-12))), len(order) - 1)
        edge = score[order[last]]
        above, tied = score > edge, np.flatnonzero(score == edge)
        left = max(room - sizes[above].sum(), 0.0)
        certain = held[above].sum()
        expected[row] = certain + min(left / sizes[tied].sum(), 1.0) * held[tied].sum()
        density = held[tied] / sizes[tied]
        for bound, by in ((least, np.argsort(density)), (most, np.argsort(-density))):
            ends = np.cumsum(sizes[tied][by])
            part = np.clip((left - (ends - sizes[tied][by])) / sizes[tied][by], 0, 1)
            bound[row] = certain + part @ held[tied][by]
    return least, expected, most
