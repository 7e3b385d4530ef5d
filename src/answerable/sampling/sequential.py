"""Plans that look at a sample several times and may stop at each look, with an error that is computed exactly."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from answerable.sampling.paths import Paths, walk
from answerable.sampling.sizes import rounded_up, shares

__all__ = ["Characteristics", "SequentialPlan", "Spending", "sequential"]

Spending = Literal["pocock", "obrien-fleming"]

NEVER = -1
"""The acceptance number of a look at which the plan cannot accept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SequentialPlan:
    """Looks at a growing sample, each with the numbers of cases at which the review stops.

    Attributes:
        looks: Records drawn by each look, all told; increasing.
        accept: At each look, the most cases at which the rate is shown to be below the tolerable one; -1 where none does.
        reject: At each look, the fewest cases at which the review stops without that; ``accept`` + 1 at the last.
        error: The probability of ever accepting where the true rate is the tolerable one, were no rejection line kept.
        spent: The same by each look.
        tolerable: The tolerable rate.
        confidence: 1 less the error that was allowed.
        population: How many records the log holds; None where it was taken to have no end.
        cases: How many would be cases at the tolerable rate, rounded up; None where it has no end.
    """

    looks: tuple[int, ...]
    accept: tuple[int, ...]
    reject: tuple[int, ...]
    error: float
    spent: tuple[float, ...]
    tolerable: float
    confidence: float
    population: int | None
    cases: int | None

    def without_rejection(self) -> SequentialPlan:
        """Give the plan for a review that goes on after a rejection line was reached, up to the last look."""
        open_ended = (*(size + 1 for size in self.looks[:-1]), self.accept[-1] + 1)
        return replace(self, reject=open_ended)

    def paths(self) -> Paths:
        """Give the plan as lines for a walk over numbers of cases."""
        return Paths(self.looks, self.accept, self.reject, self.population)

    def characteristics(self, rates: ArrayLike) -> tuple[Characteristics, ...]:
        """Give how often the plan accepts, and how many records it takes, where the true rate is each of some.

        Args:
            rates: True rates, shares from 0 to 1. In a log of known size a rate times it is rounded to a whole number of cases.

        Raises:
            ValueError: A rate is not in 0 to 1.
        """
        given = np.atleast_1d(np.asarray(rates, dtype=np.float64))
        if ((given < 0) | (given > 1)).any():
            raise ValueError("rates lie from 0 to 1")
        found = []
        for rate in given.tolist():
            truth = rate if self.population is None else round(rate * self.population)
            walked = walk(self.paths(), truth)
            stopped = walked.accepted + walked.rejected
            found.append(
                Characteristics(
                    rate=rate if self.population is None else truth / self.population,
                    accepts=float(walked.accepted.sum()),
                    expected_size=float(stopped @ np.array(self.looks)),
                    stops=tuple(stopped.tolist()),
                )
            )
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Characteristics:
    """What a plan does where the true rate is a given one.

    Attributes:
        rate: The true rate.
        accepts: The probability of accepting.
        expected_size: The expected number of records drawn.
        stops: The probability of stopping at each look.
    """

    rate: float
    accepts: float
    expected_size: float
    stops: tuple[float, ...]


def sequential(
    looks: Sequence[int],
    tolerable: float,
    *,
    confidence: float = 0.95,
    population: int | None = None,
    spending: Spending = "pocock",
    hoped: float | None = None,
    give_up: float = 0.05,
) -> SequentialPlan:
    """Plan looks at a growing sample so that the error of ever accepting is held, exactly.

    At each look the acceptance number is the largest at which the probability of having accepted by then, where the true rate
    is the tolerable one, is at most what a spending function allows by then; what a look leaves over is carried on. The
    probabilities are added up over every path of the count, hypergeometric steps where the size of the log is given and
    binomial ones where it is not. A larger true rate makes acceptance rarer, so the error holds for every rate of the
    tolerable one or more.

    The review also stops where no later look could accept. With a ``hoped`` rate it stops as soon as the probability of
    accepting later, were that the true rate, falls below ``give_up``. Acceptance numbers are set as if no rejection line were
    kept, so that to stop by one, or to go on in spite of it, never raises the error.

    Args:
        looks: Records drawn by each look, all told.
        tolerable: The tolerable rate, a share.
        confidence: 1 less the error that is allowed.
        population: How many records the log holds.
        spending: ``pocock`` spends about evenly over the looks, ``obrien-fleming`` little before the last.
        hoped: A rate below the tolerable one at which acceptance is worth going on for.
        give_up: The chance of accepting later below which it is not.

    Raises:
        TypeError: A look is not a whole number.
        ValueError: Looks do not increase from 1 or pass the log's end, a share is none, the hoped rate is not below the tolerable,
            or no look of these sizes could accept.

    Sources: K. K. G. Lan & D. L. DeMets, Discrete sequential boundaries for clinical trials, Biometrika 70 (1983) 659-663
    (spending); C. Jennison & B. W. Turnbull, Group Sequential Methods (2000), chapter 12 (exact binary plans); A. Wald, Sequential
    Analysis (1947).
    """
    if not all(isinstance(size, int | np.integer) for size in looks):
        raise TypeError("looks are whole numbers of records")
    sizes = tuple(int(size) for size in looks)
    shares(tolerable=tolerable, confidence=confidence, give_up=give_up)
    if not sizes or sizes[0] < 1 or any(later <= former for former, later in itertools.pairwise(sizes)):
        raise ValueError("looks are numbers of records, all told, each larger than the one before")
    if population is not None and sizes[-1] > population:
        raise ValueError(f"the last look, {sizes[-1]:,}, is larger than the log of {population:,} records")
    if hoped is not None and not 0 <= hoped < tolerable:
        raise ValueError(f"the hoped rate, {hoped}, lies from 0 to below the tolerable one, {tolerable}")
    cases = None if population is None else rounded_up(tolerable, population)
    truth = tolerable if cases is None else cases
    allowed = _allowed(sizes, float(1 - Fraction(str(confidence))), spending)
    accept = _acceptance(sizes, truth, allowed, population)
    if max(accept) < 0:
        raise ValueError(
            "no look of these sizes can accept, not even without a case: make the last look larger"
        )
    over = (max(accept) + 1,) * len(sizes)
    spent = np.cumsum(walk(Paths(sizes, accept, over, population), truth).accepted)
    reject = _rejection(sizes, accept, population, hoped, give_up)
    return SequentialPlan(
        looks=sizes,
        accept=accept,
        reject=reject,
        error=float(spent[-1]),
        spent=tuple(spent.tolist()),
        tolerable=tolerable,
        confidence=confidence,
        population=population,
        cases=cases,
    )


def _allowed(sizes: tuple[int, ...], error: float, spending: Spending) -> NDArray[np.float64]:
    """Give the error that may be spent by each look (Lan & DeMets 1983)."""
    part = np.array(sizes) / sizes[-1]
    if spending == "pocock":
        return np.asarray(error * np.log1p((math.e - 1) * part))
    if spending == "obrien-fleming":
        return np.asarray(2 * special.ndtr(special.ndtri(error / 2) / np.sqrt(part)))
    raise ValueError(f"the spending is pocock or obrien-fleming, not {spending}")


def _acceptance(
    sizes: tuple[int, ...], truth: float, allowed: NDArray[np.float64], population: int | None
) -> tuple[int, ...]:
    """Give the largest acceptance numbers whose error by each look is at most what is allowed by then."""
    accept: list[int] = []
    for at, most in enumerate(allowed.tolist()):

        def error(number: int, at: int = at) -> float:
            # What is over every line can never be accepted, and need not be followed.
            over = max(*accept, number, 0) + 1
            lines = Paths(sizes[: at + 1], (*accept, number), (over,) * (at + 1), population)
            return float(walk(lines, truth).accepted.sum())

        # A count only grows: a line below an earlier one would never be reached.
        number = max(accept, default=NEVER)
        while number < sizes[at] and error(number + 1) <= most:
            number += 1
        accept.append(number)
    return tuple(accept)


def _rejection(
    sizes: tuple[int, ...],
    accept: tuple[int, ...],
    population: int | None,
    hoped: float | None,
    give_up: float,
) -> tuple[int, ...]:
    """Give the fewest cases at each look with which acceptance is out of reach, or too far."""
    reject = [max(accept[at + 1 :]) + 1 for at in range(len(sizes) - 1)] + [accept[-1] + 1]
    if hoped is not None:
        truth = hoped if population is None else math.floor(hoped * population)
        for at in reversed(range(len(sizes) - 1)):
            for number in range(accept[at] + 1, reject[at]):
                later = Paths(sizes, accept, tuple(reject), population)
                if float(walk(later, truth, start=(at, number)).accepted.sum()) < give_up:
                    reject[at] = number
                    break
    return tuple(reject)
