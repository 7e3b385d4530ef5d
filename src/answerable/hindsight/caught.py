"""What the flagged areas of each period held: the counts that every measure of a list's worth is made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from answerable.hindsight import arrays, edges
from answerable.hindsight.arrays import Floats, Ints
from answerable.wording import count, plural

__all__ = ["Caught", "Obtainable", "Range", "by_flags", "by_scores", "obtainable"]


@dataclass(frozen=True, slots=True)
class Range:
    """A number that ties at the edge of the list may move: its least, its mean under random order, and its most.

    The most is infinite where ties may leave nothing to divide by.
    """

    least: float
    expected: float
    most: float

    @property
    def settled(self) -> bool:
        """Whether ties do not move it."""
        return self.least == self.most


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Caught:
    """What the flagged areas held, period by period. All arrays have the shape (periods,); no area is named.

    Attributes:
        least: The fewest events that the flagged areas can have held; n.
        expected: The mean under random order of the areas that tie for the last places.
        most: The most.
        events: All events, N.
        area: The size of the flagged areas, a.
        study: The size of all areas, A.
        cells: How many areas were flagged.
        areas: How many areas there are.
        best: The most events that the same area could have held, n*; with areas of different sizes the last one is counted in part.
        event_cells: How many areas had an event.
        predicted: The sum of all scores; None for flags, and of no meaning where scores are not expected counts.
        predicted_caught: The sum of the scores of the flagged areas; None for flags.
        tied: In how many periods areas tied at the edge of the list.
        constant: In how many periods all areas had the same score.
        equal: Whether all areas are of the same size.
        drawn: Events under random orders of the areas that tie, of shape (draws, periods).
    """

    least: Floats
    expected: Floats
    most: Floats
    events: Ints
    area: Floats
    study: float
    cells: Ints
    areas: int
    best: Floats
    event_cells: Ints
    predicted: Floats | None
    predicted_caught: Floats | None
    tied: int
    constant: int
    equal: bool
    drawn: Floats

    @property
    def periods(self) -> int:
        """How many periods there are."""
        return len(self.events)

    @property
    def total(self) -> Range:
        """The events that the flagged areas held in all periods together, n."""
        return Range(float(self.least.sum()), float(self.expected.sum()), float(self.most.sum()))


@dataclass(frozen=True, slots=True, eq=False)
class Obtainable:
    """The most events that so many areas could have held, for each period, and the size that such a list has."""

    events: Floats
    area: Floats


def by_scores(
    scores: ArrayLike,
    outcomes: ArrayLike,
    k: int | ArrayLike,
    *,
    sizes: ArrayLike | None = None,
    draws: int = 0,
    seed: int = 0,
) -> Caught:
    """Count what the k areas with the highest scores of each period held.

    Args:
        scores: Of shape (areas, periods); higher means that more is expected.
        outcomes: Events, of the same shape.
        k: How many areas are flagged in a period: one number, or one for each period.
        sizes: The areas' sizes, of shape (areas,); equal where left out.
        draws: How many random orders of tied areas are drawn.
        seed: Of the draws.

    Raises:
        ValueError: As `arrays` says of each array, or there are fewer areas than places.
    """
    events = arrays.counted(outcomes)
    given = arrays.scored(scores)
    arrays.same_shape(given, events, "scores and outcomes")
    areas, periods = events.shape
    size = arrays.sized(sizes, areas)
    places = _places(k, areas, periods)
    generator = np.random.default_rng(seed)
    parts: list[edges.Held] = []
    best, constant = [], 0
    for some in arrays.chunks(areas, periods):
        score, held = np.ascontiguousarray(given[:, some].T), np.ascontiguousarray(events[:, some].T)
        part = edges.of_highest(score, held, places[some], size, draws=draws, generator=generator)
        parts.append(part)
        best.append(_best(held, places[some], size, part.area))
        constant += int((score == score[:, :1]).all(axis=1).sum())
    whole = edges.Held.joined(parts)
    return Caught(
        least=whole.least,
        expected=whole.expected,
        most=whole.most,
        events=events.sum(axis=0, dtype=np.int64),
        area=whole.area,
        study=float(size.sum()),
        cells=places,
        areas=areas,
        best=np.concatenate(best),
        event_cells=(events > 0).sum(axis=0),
        predicted=given.sum(axis=0),
        predicted_caught=whole.score,
        tied=int(whole.tied.sum()),
        constant=constant,
        equal=_equal(size),
        drawn=whole.drawn,
    )


def by_flags(flags: ArrayLike, outcomes: ArrayLike, *, sizes: ArrayLike | None = None) -> Caught:
    """Count what the flagged areas of each period held, from a list of flags.

    Args:
        flags: True where an area was on the list, of shape (areas, periods).
        outcomes: Events, of the same shape.
        sizes: The areas' sizes, of shape (areas,); equal where left out.

    Raises:
        ValueError: As `arrays` says of each array.
    """
    events = arrays.counted(outcomes)
    given = arrays.flagged(flags)
    arrays.same_shape(given, events, "flags and outcomes")
    areas, periods = events.shape
    size = arrays.sized(sizes, areas)
    held = np.where(given, events, 0).sum(axis=0).astype(np.float64)
    cells, area = given.sum(axis=0), size @ given
    best = [
        _best(np.ascontiguousarray(events[:, some].T), cells[some], size, area[some])
        for some in arrays.chunks(areas, periods)
    ]
    return Caught(
        least=held,
        expected=held,
        most=held,
        events=events.sum(axis=0, dtype=np.int64),
        area=area,
        study=float(size.sum()),
        cells=cells,
        areas=areas,
        best=np.concatenate(best),
        event_cells=(events > 0).sum(axis=0),
        predicted=None,
        predicted_caught=None,
        tied=0,
        constant=0,
        equal=_equal(size),
        drawn=np.zeros((0, periods)),
    )


def obtainable(outcomes: ArrayLike, cells: int | ArrayLike, *, sizes: ArrayLike | None = None) -> Obtainable:
    """Give the most events that a list of another size could have held: the optimum of the general PEI.

    With areas of different sizes, the list is of the areas with the most events.

    Args:
        outcomes: Events, of shape (areas, periods).
        cells: How many areas such a list has: one number, or one for each period.
        sizes: The areas' sizes, of shape (areas,); equal where left out.

    Raises:
        ValueError: As `arrays` says of each array, or there are fewer areas than places.
    """
    events = arrays.counted(outcomes)
    areas, periods = events.shape
    size = arrays.sized(sizes, areas)
    places = _places(cells, areas, periods)
    generator = np.random.default_rng(0)
    held = [
        edges.of_highest(each, each, places[some], size, draws=0, generator=generator)
        for some in arrays.chunks(areas, periods)
        for each in [np.ascontiguousarray(events[:, some].T)]
    ]
    return Obtainable(
        np.concatenate([part.expected for part in held]), np.concatenate([part.area for part in held])
    )


def _equal(sizes: Floats) -> bool:
    return bool((sizes == sizes[0]).all())


def _best(held: NDArray[np.int32], places: Ints, sizes: Floats, area: Floats) -> Floats:
    """Give the most events that the flagged area could have held in each period."""
    if _equal(sizes):
        return edges.top(held, places)
    return edges.fill(held / sizes, held, sizes, area)[2]


def _places(k: int | ArrayLike, areas: int, periods: int) -> Ints:
    given = np.asarray(k)
    if given.dtype.kind not in "iu" or given.shape not in {(), (periods,)}:
        raise ValueError(f"k is one whole number, or one for each of {plural(periods, 'period')}")
    places = np.broadcast_to(given, (periods,)).astype(np.int64)
    if places.min() < 0 or places.max() > areas or not places.any():
        raise ValueError(f"k lies from 1 to the number of areas, {count(areas)}")
    return places
