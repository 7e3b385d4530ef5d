"""Detection cost: what errors cost at a threshold, and at the best one in hindsight."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from answerable.biometrics.bounds import Bounds
from answerable.biometrics.curves import curve
from answerable.biometrics.rates import rates_at
from answerable.biometrics.tallies import Tally

__all__ = ["AS_LOG_RATIOS", "Costs", "LeastCost", "dcf", "min_dcf"]

AS_LOG_RATIOS = (
    "The scores are taken as natural logarithms of likelihood ratios: the probability of the score if the two "
    "samples are of one person, divided by that if they are of two. Scores of most face recognition systems are "
    "not, unless they were calibrated."
)


@dataclass(frozen=True, slots=True)
class Costs:
    """What the detection cost weighs: how often a comparison is mated in use, and what each kind of error costs.

    They describe an application, not the test: the share of mated comparisons in a test is not ``prior``.

    Args:
        prior: The probability that a comparison is mated, more than 0 and less than 1.
        miss: The cost of a false non-match, more than 0.
        false_alarm: The cost of a false match, more than 0.

    Raises:
        ValueError: One of them is out of range.

    Source: G. R. Doddington, M. A. Przybocki, A. F. Martin & D. A. Reynolds, The NIST speaker recognition
    evaluation, Speech Commun. 31 (2000) 225-254.
    """

    prior: float
    miss: float = 1.0
    false_alarm: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < self.prior < 1:
            raise ValueError(
                f"the prior probability of a mated comparison lies between 0 and 1; it is {self.prior}"
            )
        if not (0 < self.miss < math.inf and 0 < self.false_alarm < math.inf):
            raise ValueError(f"costs are finite and more than 0; they are {self.miss} and {self.false_alarm}")

    @property
    def weights(self) -> tuple[float, float]:
        """What FNMR and FMR are multiplied by."""
        return self.prior * self.miss, (1 - self.prior) * self.false_alarm

    @property
    def blind(self) -> float:
        """The cost of the better of matching everything and matching nothing, by which a cost is normalised."""
        return min(self.weights)

    @property
    def threshold(self) -> float:
        """The threshold that costs least if scores are natural logarithms of likelihood ratios (Bayes)."""
        missed, matched = self.weights
        return math.log(matched / missed)


def dcf(scores: Tally, costs: Costs, threshold: float | None = None, *, normalised: bool = True) -> Bounds:
    """Give the detection cost at a threshold: prior x miss x FNMR + (1 - prior) x false_alarm x FMR.

    Failures to acquire are in neither rate.

    Args:
        scores: The scores, counted.
        costs: The costs and the prior.
        threshold: Where a comparison becomes a match. Where none is given, it is `Costs.threshold`, and the result
            is the actual cost of scores that are taken as natural logarithms of likelihood ratios (`AS_LOG_RATIOS`).
        normalised: Divide by `Costs.blind`, as evaluations of NIST do, so that 1 is what no system at all would cost.

    Returns:
        The cost; from bins with bounds.

    Raises:
        ValueError: There are no scores of one kind.

    Source: as in `Costs`.
    """
    scores.need_both("the detection cost")
    rates = rates_at(scores, costs.threshold if threshold is None else threshold)
    missed, matched = costs.weights
    scale = costs.blind if normalised else 1.0
    low = missed * rates.fnmr.low + matched * rates.fmr.low
    high = missed * rates.fnmr.high + matched * rates.fmr.high
    return Bounds(float(low) / scale, float(high) / scale)


@dataclass(frozen=True, slots=True)
class LeastCost:
    """The least detection cost over all thresholds, and the lowest threshold with that cost.

    ``threshold`` is infinity where nothing should match. From bins it is the edge with the least cost.
    """

    cost: Bounds
    threshold: float


def min_dcf(scores: Tally, costs: Costs, *, normalised: bool = True) -> LeastCost:
    """Give the least detection cost that any threshold has, chosen in hindsight on the same scores.

    It needs no assumption about scores but their order, and no actual cost falls below it.

    Args:
        scores: The scores, counted.
        costs: The costs and the prior.
        normalised: As in `dcf`.

    Raises:
        ValueError: There are no scores of one kind.

    Source: as in `Costs`.
    """
    scores.need_both("the detection cost")
    whole = curve(scores)
    missed, matched = costs.weights
    scale = costs.blind if normalised else 1.0
    cost = (missed * whole.fnmr + matched * whole.fmr) / scale
    best = int(np.argmin(cost))
    high = float(cost[best])
    low = high
    if not whole.exact:
        # Within a bin FNMR is at least that at its lower edge, and FMR at least that at its upper.
        low = min(high, float((missed * whole.fnmr[:-1] + matched * whole.fmr[1:]).min()) / scale)
    return LeastCost(Bounds(low, high), float(whole.thresholds[best]))
