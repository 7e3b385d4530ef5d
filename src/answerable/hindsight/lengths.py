"""What lists of every length would have caught, of a forecast and of baselines on the same periods: the counts behind curves of capture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from answerable.hindsight import arrays
from answerable.hindsight.arrays import Floats, Ints
from answerable.hindsight.baselines import Baseline, Past
from answerable.wording import count, plural

__all__ = ["Lengths", "lengths"]


@dataclass(frozen=True, slots=True, eq=False)
class Lengths:
    """What lists of several lengths caught in the periods that are compared. No area is named.

    Attributes:
        places: How many areas each list has, of shape (lists,).
        forecast: Events in the areas with the highest scores, of shape (lists, periods); areas that tie for the last places at
            their expected number.
        baselines: The same of each baseline, by its label, in the order given.
        events: All events, of shape (periods,).
        set_apart: In how many of the periods that were asked for no earlier outcome is known.
    """

    places: Ints
    forecast: Floats
    baselines: Mapping[str, Floats]
    events: Ints
    set_apart: int


def lengths(
    scores: ArrayLike,
    outcomes: ArrayLike,
    places: Sequence[int] | Ints,
    baselines: Sequence[Baseline] = (),
    *,
    history: ArrayLike | None = None,
    only: ArrayLike | None = None,
) -> Lengths:
    """Count what the first areas of a forecast and of baselines held, for lists of several lengths, on the same periods.

    Lists are of numbers of areas, whatever their sizes. Where a baseline is made of outcomes, the periods before which none is known
    are left out for all alike, as `compare` does.

    Args:
        scores: Of shape (areas, periods); what stands in a period that is not compared is not looked at.
        outcomes: Events of all periods, of the same shape, periods in order.
        places: How many areas each list has, from 1 to all.
        baselines: Rules of thumb beside the forecast.
        history: Outcomes of the periods right before the first, of shape (areas, periods before).
        only: Which periods are compared, of shape (periods,); all where left out.

    Raises:
        ValueError: As `arrays` says of each array, a list has no area or more than there are, or no period is left.
    """
    events = arrays.counted(outcomes)
    areas, periods = events.shape
    given = np.asarray(scores, dtype=np.float64)
    arrays.same_shape(given, events, "scores and outcomes")
    wanted = np.ones(periods, dtype=bool) if only is None else np.asarray(only, dtype=bool)
    if wanted.shape != (periods,):
        raise ValueError(f"which of {plural(periods, 'period')} are compared is true or false for each")
    past = Past(events, None if history is None else arrays.counted(history, "earlier outcomes"))
    needed = any(one.kind != "fixed" for one in baselines)
    known = past.known(periods) > 0 if needed else np.ones(periods, dtype=bool)
    kept = np.flatnonzero(wanted & known)
    if not len(kept):
        raise ValueError("before none of the periods any outcome is known: there is nothing to compare")
    arrays.scored(given[:, kept])
    lists = np.asarray(places, dtype=np.int64)
    if lists.ndim != 1 or not len(lists) or lists.min() < 1 or lists.max() > areas:
        raise ValueError(f"each list has from 1 area to all of them, {count(areas)}")
    forecast = np.zeros((len(lists), len(kept)))
    held = {one.label: np.zeros_like(forecast) for one in baselines}
    for some in arrays.chunks(areas, len(kept)):
        at = kept[some]
        happened = np.ascontiguousarray(events[:, at].T)
        forecast[:, some] = _held(np.ascontiguousarray(given[:, at].T), happened, lists)
        for one in baselines:
            held[one.label][:, some] = _held(past.scores(one, at), happened, lists)
    total = events[:, kept].sum(axis=0, dtype=np.int64)
    return Lengths(lists, forecast, held, total, int(wanted.sum()) - len(kept))


def _held(
    scores: NDArray[np.floating] | NDArray[np.integer], events: NDArray[np.int32], lists: Ints
) -> Floats:
    """Count what the first areas of each period held, of shape (lists, periods), by one sort of each period.

    Of areas with the score of a list's last place, the places that are left hold their part: what random order gives on average. In
    which order the sort leaves them does not matter.
    """
    periods, areas = events.shape
    if (scores == scores[:, :1]).all():
        return np.asarray(lists[:, None] / areas * events.sum(axis=1))
    order = np.argsort(-scores, axis=1)
    ranked = np.take_along_axis(scores, order, axis=1)
    upto = np.zeros((periods, areas + 1))
    np.cumsum(np.take_along_axis(events, order, axis=1), axis=1, out=upto[:, 1:])
    rows = np.arange(periods)
    found = np.zeros((len(lists), periods))
    for row, places in enumerate(lists):
        edge = ranked[:, places - 1, None]
        begin, end = (ranked > edge).sum(axis=1), (ranked >= edge).sum(axis=1)
        sure = upto[rows, begin]
        found[row] = sure + (upto[rows, end] - sure) * (places - begin) / (end - begin)
    return found
