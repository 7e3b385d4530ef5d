"""Every path that the number of cases can take through the looks of a plan, with its probability."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from answerable.sampling.counting import chances

__all__ = ["Paths", "Walked", "walk"]

Floats = NDArray[np.float64]


class Paths(NamedTuple):
    """Lines for the number of cases.

    Attributes:
        looks: Records drawn by each look, all told.
        accept: At each look, the most cases that stop it as accepted.
        reject: At each look, the fewest that stop it as not accepted; more than ``accept``.
        population: How many records the log holds; None where it has no end.
    """

    looks: tuple[int, ...]
    accept: tuple[int, ...]
    reject: tuple[int, ...]
    population: int | None


@dataclass(frozen=True, slots=True)
class Walked:
    """The probabilities of stopping.

    Attributes:
        accepted: At each look, as accepted; of shape (looks,).
        rejected: At each look, as not accepted; what goes on at the last look is among them.
        before: For each look, the probabilities of 0, 1 ... cases at the look before it among paths that go on.
    """

    accepted: Floats
    rejected: Floats
    before: tuple[Floats, ...]


def walk(lines: Paths, truth: float, start: tuple[int, int] | None = None) -> Walked:
    """Add up the probabilities of every path.

    Args:
        lines: The plan.
        truth: The true rate, or in a log of known size the number of cases in it.
        start: A look and the cases found by it, from which on to walk; from the beginning where it is None.
    """
    looks = len(lines.looks)
    accepted, rejected = np.zeros(looks), np.zeros(looks)
    state = np.ones(1)
    before: list[Floats] = []
    first = 0
    if start is not None:
        state = np.zeros(start[1] + 1)
        state[start[1]] = 1.0
        first = start[0] + 1
    for at in range(first, looks):
        before.append(state)
        accepted[at] = state @ reach(lines, truth, at, lines.accept[at], len(state))
        go_on = np.zeros(0)
        low, high = lines.accept[at] + 1, lines.reject[at] - 1
        if at < looks - 1 and high >= low:
            go_on = np.concatenate(
                [np.zeros(low), state @ _steps(lines, truth, at, len(state), range(low, high + 1))]
            )
        rejected[at] = max(float(state.sum() - accepted[at] - go_on.sum()), 0.0)
        state = go_on
        if not state.size:
            state = np.zeros(1)
    return Walked(accepted, rejected, tuple(before))


def reach(lines: Paths, truth: float, at: int, most: int, states: int) -> Floats:
    """Give the probability of ``most`` cases or fewer by a look, for each number of cases 0 to ``states`` - 1 at the one before."""
    if lines.population is None:
        drawn = lines.looks[at] - (lines.looks[at - 1] if at else 0)
        return np.asarray(stats.binom.cdf(most - np.arange(states), drawn, truth))
    return np.asarray(_steps(lines, truth, at, states, range(most + 1)).sum(axis=1))


def _steps(lines: Paths, truth: float, at: int, states: int, numbers: range) -> Floats:
    """Give the probabilities of numbers of cases by a look, for each number of cases at the one before."""
    earlier, later = np.arange(states)[:, None], np.array(numbers, dtype=np.int64)[None, :]
    before = lines.looks[at - 1] if at else 0
    drawn = lines.looks[at] - before
    if lines.population is None:
        return np.asarray(stats.binom.pmf(later - earlier, drawn, truth))
    left = lines.population - before
    # More cases before than there are, or fewer than must have been, have no probability and so no part.
    return chances(later - earlier, drawn, left, np.clip(truth - earlier, 0, left))
