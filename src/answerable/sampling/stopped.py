"""What a sample shows that was looked at several times, and at which look the review stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from answerable.estimate import Interval
from answerable.sampling.paths import Paths, reach, walk
from answerable.sampling.sequential import SequentialPlan

__all__ = ["STOPPED", "Stopped", "conclude"]

STOPPED = "exact interval after a sequential plan, by stage-wise ordering (C. Jennison & B. W. Turnbull 1983)"

_ROUNDING = 1e-9  # of a probability
_HALVINGS = 44  # of the range of a rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """What a sample shows at the look at which the review stopped.

    Attributes:
        accepted: Whether the rate is shown to be below the tolerable one.
        found: Cases in the sample.
        size: Records in the sample.
        share: Cases to records in the sample. It is biased: a plan stops early when few cases came early.
        middle: The rate midway between the bounds of confidence 0.5 each: half of the time too high, half too low.
        interval: The two-sided interval of the rate.
        upper: The one-sided upper bound at the plan's confidence; below the tolerable rate wherever the plan accepted.
        p_value: The probability of stopping so, or with still less, where the true rate is the tolerable one.
        low: The fewest cases in the log within the interval; None where it has no end.
        high: The most.
    """

    accepted: bool
    found: int
    size: int
    share: float
    middle: float
    interval: Interval
    upper: float
    p_value: float
    low: int | None
    high: int | None


def conclude(plan: SequentialPlan, size: int, found: int, level: float = 0.95) -> Stopped:
    """Give the bounds and the p-value of a rate after a sequential plan stopped.

    Outcomes are ordered by stage: accepted at an early look is less than accepted at a later one, that is less than not accepted
    at a later look, and that less than at an early one; within a look fewer cases are less. The upper bound is the
    largest rate under which an outcome as low as this, or lower, is more probable than (1 - level) / 2, and the lower bound
    likewise. They hold their level exactly, whatever the true rate: a larger rate makes every outcome greater. The interval for
    a sample of fixed size does not: it takes no account of the looks at which the review went on.

    The bounds suppose that the plan's lines were kept. Where a review goes on in spite of a rejection line, conclude by
    `SequentialPlan.without_rejection`.

    Args:
        plan: The plan, made before the first look.
        size: Records drawn by the look at which the review stopped; one of the plan's looks.
        found: Cases among them.
        level: The interval's level.

    Raises:
        ValueError: The size is none of the plan's looks, the count cannot be, the plan goes on at this look, or the level is not
            in 0 to 1.

    Sources: C. Jennison & B. W. Turnbull, Confidence intervals for a binomial parameter following a multistage test with application to
    MIL-STD 105D and medical trials, Technometrics 25 (1983) 49-58; P. Armitage, Restricted sequential procedures,
    Biometrika 44 (1957) 9-26.
    """
    if size not in plan.looks:
        raise ValueError(
            f"{size:,} records are none of the plan's looks ({', '.join(f'{look:,}' for look in plan.looks)})"
        )
    if not 0 <= found <= size:
        raise ValueError("a count lies from 0 to its sample's size")
    if not 0 < level < 1:
        raise ValueError(f"the level lies between 0 and 1; it is {level}")
    at = plan.looks.index(size)
    if plan.accept[at] < found < plan.reject[at]:
        raise ValueError(
            f"with {found:,} cases in {size:,} records the plan goes on: it stops at {plan.accept[at]:,} or fewer, and at "
            f"{plan.reject[at]:,} or more"
        )
    order = _Order(plan.paths(), at, found, accepted=found <= plan.accept[at])
    tail = (1 - level) / 2
    low, high = _lower(order, tail), _upper(order, tail)
    scale = plan.population or 1
    truth = plan.tolerable if plan.cases is None else plan.cases
    return Stopped(
        accepted=order.accepted,
        found=found,
        size=size,
        share=found / size,
        middle=(_lower(order, 0.5) + _upper(order, 0.5)) / 2 / scale,
        interval=Interval(low / scale, high / scale, level, STOPPED),
        upper=_upper(order, 1 - plan.confidence) / scale,
        p_value=order.as_low(truth),
        low=None if plan.population is None else round(low),
        high=None if plan.population is None else round(high),
    )


@dataclass(frozen=True, slots=True)
class _Order:
    """Where an outcome stands among all that a plan can come to."""

    lines: Paths
    at: int
    found: int
    accepted: bool

    def as_low(self, truth: float) -> float:
        """Give the probability of this outcome or a lesser one."""
        return self._below(truth, self.found)

    def as_high(self, truth: float) -> float:
        """Give the probability of this outcome or a greater one."""
        return 1 - self._below(truth, self.found - 1)

    def _below(self, truth: float, most: int) -> float:
        """Give the probability of lesser outcomes, and of this look's with up to ``most`` cases."""
        walked = walk(self.lines, truth)
        state = walked.before[self.at]
        here = state @ reach(self.lines, truth, self.at, most, len(state)) if most >= 0 else 0.0
        if self.accepted:
            return float(walked.accepted[: self.at].sum() + here)
        return float(1 - walked.rejected[: self.at].sum() - (state.sum() - here))


def _upper(order: _Order, tail: float) -> float:
    """Give the largest rate, or number of cases in a log of known size, that is not rejected from above."""
    population, size = order.lines.population, order.lines.looks[order.at]
    tail *= 1 - _ROUNDING
    if population is not None:
        return _last(lambda cases: order.as_low(cases) > tail, order.found, population - (size - order.found))
    return 1.0 if order.found == size else _turn(lambda rate: order.as_low(rate) > tail)


def _lower(order: _Order, tail: float) -> float:
    population, size = order.lines.population, order.lines.looks[order.at]
    tail *= 1 - _ROUNDING
    if population is not None:
        most = population - (size - order.found)
        return most - _last(lambda less: order.as_high(most - less) > tail, 0, most - order.found)
    return 0.0 if order.found == 0 else 1 - _turn(lambda less: order.as_high(1 - less) > tail)


def _last(holds: Callable[[int], bool], low: int, high: int) -> int:
    """Find the last number for which a test holds that holds for every smaller one; the first is taken to pass."""
    while low < high:
        middle = (low + high + 1) // 2
        if holds(middle):
            low = middle
        else:
            high = middle - 1
    return low


def _turn(holds: Callable[[float], bool]) -> float:
    """Find the rate up to which a test holds."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if holds(middle):
            low = middle
        else:
            high = middle
    return float(np.nextafter(high, 1.0))
