"""Whether discovery follows deployment: what is recorded in areas before and after they were first flagged, or first patrolled.

Some kinds of events are mostly recorded where police are (drug offences, stops), others mostly where residents call (burglary). If
the first kind rises after an area's first flag, against areas not yet flagged and against the second kind in the same area, the
records follow where police are rather than where events are. The comparison is of differences in differences.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from answerable.estimate import Interval
from answerable.hindsight import arrays
from answerable.hindsight.arrays import Floats, Ints
from answerable.hindsight.blocks import multinomials
from answerable.wording import plural

__all__ = ["FEWEST_FLAGGED", "Followed", "following"]

FEWEST_FLAGGED = 8
"""The fewest first-flagged areas from which an interval is given."""

METHOD = "bootstrap of areas, {deed} and not {deed} apart, widened to Student's quantile"

LIMITS = (
    "Areas are often {deed} because their counts were high, and such counts fall afterwards by themselves. The second kind of events "
    "takes this off where it was as high as the first; leaving out periods before that changes it and does not remove it.",
    "Areas are taken to be independent of each other; if neighbours were {deed} together, the interval is too narrow.",
)


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """How counts changed after areas were first flagged, against areas not yet flagged, in events for each area and period.

    Attributes:
        dependent: The change of events whose record depends on police presence, the mean of the periods after the flag.
        independent: The change of the others; None where there are none.
        effect: The first less the second; the first alone where there is no second.
        interval: Of the effect; None under `FEWEST_FLAGGED` areas.
        by_period: The effect in each period about the flag, period 0 being that of the flag; of shape (before + after,).
        low, high: Bounds for each period by itself, of the same shape; nan where there is no interval.
        periods: The periods about the flag, from -before to after - 1.
        flagged: How many areas were first flagged late enough and early enough to be looked at.
        left_out: How many others were ever flagged.
        never: How many areas were never flagged.
        limits: What a careful reader has to know, one sentence each.
    """

    dependent: float
    independent: float | None
    effect: float
    interval: Interval | None
    by_period: Floats
    low: Floats
    high: Floats
    periods: Ints
    flagged: int
    left_out: int
    never: int
    limits: tuple[str, ...]


def following(
    flags: ArrayLike,
    dependent: ArrayLike,
    independent: ArrayLike | None = None,
    *,
    before: int = 8,
    after: int = 8,
    skipped: int = 0,
    periods: ArrayLike | None = None,
    level: float = 0.95,
    replicates: int = 1_000,
    seed: int = 0,
    deed: str = "flagged",
) -> Followed:
    """Compare events before and after each area's first flag with areas not flagged until then or soon after.

    For an area first flagged in period t its change is the count of each period about t, less the mean of the ``before`` periods
    before it (without the last ``skipped``). From it is taken the mean change, over the same periods, of the areas that were not
    flagged until the last of them. With a second kind of events, its change so found is taken off as well.

    Args:
        flags: True where an area was on the list, of shape (areas, periods).
        dependent: Events whose record depends on police presence, of the same shape.
        independent: Events whose record does not.
        before: Periods before the flag.
        after: Periods from the flag on.
        skipped: How many periods right before the flag are not counted among those before.
        periods: Labels of the periods, which are then checked to be in order and without gaps.
        level: Of the interval.
        replicates: Of the bootstrap.
        seed: Of the replicates.
        deed: What was done to areas, as the sentences call it: flagged, or patrolled where ``flags`` are patrols.

    Raises:
        ValueError: An array is refused, windows have no period, or no area has both windows and areas to be compared with.

    Sources: J. D. Angrist & J.-S. Pischke, Mostly Harmless Econometrics (2009), chapter 5; comparison with areas not yet treated as in
    B. Callaway & P. H. C. Sant'Anna, Difference-in-differences with multiple time periods, J. Econom. 225 (2021) 200-230.
    """
    listed, first_kind = arrays.flagged(flags), arrays.counted(dependent)
    arrays.same_shape(listed, first_kind, "flags and events")
    areas, number = listed.shape
    arrays.in_order(periods, number)
    if not 0 < level < 1:
        raise ValueError(f"the level lies between 0 and 1; it is {level}")
    if before <= skipped or skipped < 0 or after < 1:
        raise ValueError(
            "there is at least one period before the flag that is not skipped, and one from it on"
        )
    kinds = [first_kind.astype(np.float64)]
    if independent is not None:
        second = arrays.counted(independent)
        arrays.same_shape(listed, second, "flags and events of the second kind")
        kinds.append(second.astype(np.float64))
    first = np.where(listed.any(axis=1), listed.argmax(axis=1), number)
    order = np.argsort(first, kind="stable")  # areas that are compared then lie side by side
    sorted_kinds, sorted_first = [kind[order] for kind in kinds], first[order]
    cohorts = [
        one
        for time in np.unique(first[first < number])
        if before <= time <= number - after
        and (
            one := _Cohort(sorted_kinds, sorted_first, int(time), before=before, after=after, skipped=skipped)
        ).compared
    ]
    looked_at = sum(one.own.stop - one.own.start for one in cohorts)
    if not looked_at:
        raise ValueError(
            f"no area was first {deed} with {plural(before, 'period')} before it and {after} from it on "
            f"while others were not yet {deed}"
        )
    ever = int((first < number).sum())
    by_kind = _means(cohorts, np.ones((1, areas)))[:, 0]
    effect = by_kind[0] - by_kind[1] if len(by_kind) > 1 else by_kind[0]
    later = slice(before, before + after)
    low = high = np.full(before + after, np.nan)
    interval = None
    if looked_at >= FEWEST_FLAGGED:
        bounds = _bounds(
            cohorts,
            effect,
            first < number,
            order,
            later,
            looked_at=looked_at,
            level=level,
            replicates=replicates,
            seed=seed,
        )
        low, high = bounds[0][:-1], bounds[1][:-1]
        interval = Interval(float(bounds[0][-1]), float(bounds[1][-1]), level, METHOD.format(deed=deed))
    return Followed(
        dependent=float(by_kind[0, later].mean()),
        independent=float(by_kind[1, later].mean()) if len(by_kind) > 1 else None,
        effect=float(effect[later].mean()),
        interval=interval,
        by_period=effect,
        low=low,
        high=high,
        periods=np.arange(-before, after),
        flagged=looked_at,
        left_out=ever - looked_at,
        never=areas - ever,
        limits=tuple(text.format(deed=deed) for text in LIMITS),
    )


class _Cohort:
    """The areas first flagged in one period, those not flagged until the last period after it, and their changes.

    Areas are in the order of their first flags, so that each is a slice of them.
    """

    def __init__(
        self, kinds: list[Floats], first: Ints, time: int, *, before: int, after: int, skipped: int
    ) -> None:
        begin, end, late = np.searchsorted(first, [time, time + 1, time + after])
        self.own, self.others = slice(int(begin), int(end)), slice(int(late), len(first))
        self.compared = late < len(first)
        window = slice(time - before, time + after)
        changes = [
            kind[:, window] - kind[:, time - before : time - skipped].mean(axis=1)[:, None] for kind in kinds
        ]
        self.of_own = [change[self.own] for change in changes]
        self.of_others = [change[self.others] for change in changes]


def _means(cohorts: list[_Cohort], weights: Floats) -> Floats:
    """Give the mean difference of changes, of shape (kinds, replicates, periods about the flag)."""
    kinds, width = len(cohorts[0].of_own), cohorts[0].of_own[0].shape[1]
    total, counted = np.zeros((kinds, len(weights), width)), np.zeros(len(weights))
    for one in cohorts:
        own, others = weights[:, one.own], weights[:, one.others]
        heavy, among = own.sum(axis=1), others.sum(axis=1)
        usable = among > 0
        counted += np.where(usable, heavy, 0)
        for kind in range(kinds):
            compared = (others @ one.of_others[kind]) / np.where(usable, among, 1)[:, None]
            change = own @ one.of_own[kind] - heavy[:, None] * compared
            total[kind] += np.where(usable[:, None], change, 0)
    return np.asarray(total / np.maximum(counted, 1)[:, None])


def _bounds(
    cohorts: list[_Cohort],
    effect: Floats,
    ever: NDArray[np.bool_],
    order: Ints,
    later: slice,
    *,
    looked_at: int,
    level: float,
    replicates: int,
    seed: int,
) -> tuple[Floats, Floats]:
    """Give bounds of the effect in each period and, last, of its mean after the flag."""
    drawn = []
    some, none = np.flatnonzero(ever), np.flatnonzero(~ever)
    flagged = np.concatenate(list(multinomials(len(some), replicates, seed)))
    others = np.concatenate(list(multinomials(max(len(none), 1), replicates, seed + 1)))
    for begin in range(0, replicates, 256):
        weights = np.zeros((len(flagged[begin : begin + 256]), len(ever)))
        weights[:, some] = flagged[begin : begin + 256]
        if len(none):
            weights[:, none] = others[begin : begin + 256]
        found = _means(cohorts, weights[:, order])
        drawn.append(found[0] - found[1] if len(found) > 1 else found[0])
    replicas = np.concatenate(drawn)
    replicas = np.concatenate([replicas, replicas[:, later].mean(axis=1, keepdims=True)], axis=1)
    centre = np.append(effect, effect[later].mean())
    quantile = (1 + level) / 2
    student = float(special.stdtrit(looked_at - 1, quantile))
    widening = np.sqrt(looked_at / (looked_at - 1)) * student / float(special.ndtri(quantile))
    low, high = np.quantile(replicas, [1 - quantile, quantile], axis=0)
    return centre + widening * (low - centre), centre + widening * (high - centre)
