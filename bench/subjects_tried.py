"""Intervals for a rate of comparisons that share people: those that were tried beside the one that is shipped.

Each takes tables of errors and comparisons of every two people (the diagonal for mated comparisons), symmetric, and gives
bounds of the rate. Where no error was seen none of them has anything to say, and the tables of coverage leave such files out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

__all__ = ["LEVEL", "REPLICATES", "TRIED", "Bounds", "Seen", "see"]

Floats = NDArray[np.float64]
Bounds = tuple[float, float]

LEVEL, REPLICATES = 0.95, 399
_TAIL = (1 - LEVEL) / 2
_Z = float(special.ndtri(1 - _TAIL))


@dataclass(frozen=True, slots=True)
class Seen:
    """What the intervals are made from: the totals, what leaving each person out does, and replicates.

    ``pivots`` are the logarithms of the replicates' rates over the rate, each divided by the standard error that the replicate
    itself would give.
    """

    errors: float
    comparisons: float
    moves: Floats
    variance: float
    replicates: Floats
    pivots: Floats

    @property
    def rate(self) -> float:
        """Errors over comparisons."""
        return self.errors / self.comparisons

    @property
    def people(self) -> int:
        """How many people there are."""
        return len(self.moves)

    @property
    def student(self) -> float:
        """Student's quantile with one degree of freedom less than people."""
        return float(special.stdtrit(self.people - 1, 1 - _TAIL))


def see(errors: Floats, comparisons: Floats, generator: np.random.Generator) -> Seen:
    """Sum up one file of non-mated comparisons, tables of both with an empty diagonal, and draw its replicates."""
    people = len(errors)
    wrong, made = errors.sum() / 2, comparisons.sum() / 2
    surplus = errors - wrong / made * comparisons
    own = comparisons.sum(axis=1)
    moves = surplus.sum(axis=1) / (made - own)
    shared = (surplus**2 / np.outer(made - own, made - own)).sum() / 2
    variance = max(float((moves**2).sum() - shared), float((surplus**2).sum()) / 2 / made**2)
    drawn = generator.integers(0, people, (REPLICATES, people))
    weights = np.stack([np.bincount(row, minlength=people) for row in drawn]).astype(np.float64)
    rates, errors_of = _replicated(weights, errors, comparisons)
    with np.errstate(divide="ignore", invalid="ignore"):
        pivots = np.where(rates > 0, np.log(rates / (wrong / made)) / (errors_of / rates), -np.inf)
    return Seen(float(wrong), float(made), moves, variance, rates, pivots)


def _replicated(weights: Floats, errors: Floats, comparisons: Floats) -> tuple[Floats, Floats]:
    """Give each replicate's rate, and the standard error that its own contributions give it."""
    both = [(weights @ table, table) for table in (errors, comparisons)]
    wrong, made = ((weights * sums).sum(axis=1) / 2 for sums, _ in both)
    rates = wrong / made
    left = made[:, None] - both[1][0]
    moves = (both[0][0] - rates[:, None] * both[1][0]) / left
    squares = [
        (weights * (weights @ table)).sum(axis=1) / 2
        for table in (errors**2, errors * comparisons, comparisons**2)
    ]
    noise = (squares[0] - 2 * rates * squares[1] + rates**2 * squares[2]) / made**2
    variance = np.maximum((weights * moves**2).sum(axis=1) - noise * (1 + 4 / len(errors)), noise)
    return rates, np.sqrt(variance)


def _about(seen: Seen, reach: float) -> Bounds:
    """Give bounds on the logarithmic scale, this many standard errors away."""
    factor = float(np.exp(min(reach * np.sqrt(seen.variance) / seen.rate, 700)))
    return seen.rate / factor, seen.rate * factor


def rows(seen: Seen) -> Bounds:
    """Clopper and Pearson's interval, as if each comparison were by itself."""
    wrong, right = seen.errors, seen.comparisons - seen.errors
    return (
        float(special.betaincinv(wrong, right + 1, _TAIL)),
        float(special.betaincinv(wrong + 1, right, 1 - _TAIL)),
    )


def _wilson(rate: float, size: float) -> Bounds:
    middle = (rate + _Z**2 / 2 / size) / (1 + _Z**2 / size)
    half = _Z * float(np.sqrt((rate * (1 - rate) + _Z**2 / 4 / size) / size)) / (1 + _Z**2 / size)
    return middle - half, middle + half


def wilson(seen: Seen) -> Bounds:
    """Wilson's interval on the sample that would have this variance if comparisons were by themselves."""
    return _wilson(seen.rate, seen.rate * (1 - seen.rate) / seen.variance)


def korn_graubard(seen: Seen) -> Bounds:
    """The exact interval on that sample, made smaller by Student's quantile over the normal one, squared."""
    size = seen.rate * (1 - seen.rate) / seen.variance * (_Z / seen.student) ** 2
    wrong, right = seen.rate * size, (1 - seen.rate) * size
    return (
        float(special.betaincinv(wrong, right + 1, _TAIL)),
        float(special.betaincinv(wrong + 1, right, 1 - _TAIL)),
    )


def normal(seen: Seen) -> Bounds:
    """The normal interval of the logarithm, with the variance of the shipped one."""
    return _about(seen, _Z)


def student(seen: Seen) -> Bounds:
    """Student's interval of the logarithm, with one degree of freedom less than people."""
    return _about(seen, seen.student)


def jackknife(seen: Seen) -> Bounds:
    """The same with the jackknife's variance, which counts what two people share twice."""
    return _about(seen, seen.student * float(np.sqrt((seen.moves**2).sum() / seen.variance)))


def satterthwaite(seen: Seen) -> Bounds:
    """The shipped interval without the lengthening of its upper limit."""
    fourth, square = float((seen.moves**4).sum()), float((seen.moves**2).sum())
    spread = (fourth - square**2 / seen.people) * seen.people / (seen.people - 1)
    freedom = np.clip(2 * seen.variance**2 / spread, 1, seen.people - 1)
    return _about(seen, float(special.stdtrit(freedom, 1 - _TAIL)))


def _percentiles(seen: Seen, low: float, high: float) -> Bounds:
    found = np.quantile(seen.replicates, [low, high])
    return float(found[0]), float(found[1])


def percentile(seen: Seen) -> Bounds:
    """Percentiles of the vertex bootstrap."""
    return _percentiles(seen, _TAIL, 1 - _TAIL)


def expanded(seen: Seen) -> Bounds:
    """Percentiles taken further out, so that they are as wide as Student's interval with n - 1 in place of n (Hesterberg)."""
    tail = float(special.ndtr(-np.sqrt(seen.people / (seen.people - 1)) * seen.student))
    return _percentiles(seen, tail, 1 - tail)


def accelerated(seen: Seen) -> Bounds:
    """Bias-corrected and accelerated percentiles (BCa), the acceleration from leaving people out."""
    below = np.mean(seen.replicates < seen.rate) + np.mean(seen.replicates == seen.rate) / 2
    bias = float(special.ndtri(np.clip(below, 0.5 / REPLICATES, 1 - 0.5 / REPLICATES)))
    skewness = float((seen.moves**3).sum() / 6 / (seen.moves**2).sum() ** 1.5)

    def at(quantile: float) -> float:
        return float(special.ndtr(bias + (bias + quantile) / (1 - skewness * (bias + quantile))))

    return _percentiles(seen, at(-_Z), at(_Z))


def studentised(seen: Seen) -> Bounds:
    """The studentised vertex bootstrap (bootstrap-t) of the logarithm."""
    ranked = np.sort(seen.pivots)
    low = ranked[int(np.floor(_TAIL * (REPLICATES + 1))) - 1]
    high = ranked[int(np.ceil((1 - _TAIL) * (REPLICATES + 1))) - 1]
    error = np.sqrt(seen.variance) / seen.rate
    return seen.rate * float(np.exp(-high * error)), seen.rate * float(np.exp(min(-low * error, 700)))


TRIED: Mapping[str, Callable[[Seen], Bounds]] = {
    "rows: Clopper-Pearson": rows,
    "Wilson, adjusted": wilson,
    "exact, adjusted, with t": korn_graubard,
    "vertex bootstrap: percentile": percentile,
    "vertex bootstrap: expanded percentile": expanded,
    "vertex bootstrap: BCa": accelerated,
    "vertex bootstrap: studentised": studentised,
    "log, normal": normal,
    "log, t(S − 1)": student,
    "log, t(S − 1), jackknife": jackknife,
    "log, Satterthwaite's t": satterthwaite,
}
"""The intervals that were tried, in the order of the table."""
