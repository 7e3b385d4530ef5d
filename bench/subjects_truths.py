"""Known truths from which comparisons of people are drawn: how people differ, and what rate follows from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from answerable.biometrics import Pairs

__all__ = ["EFFECTS", "Design", "Effect", "Floats", "Generator", "centre", "drawn_together"]

Floats = NDArray[np.float64]
Generator = np.random.Generator

_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(80)
_SHAPE, _REST = 0.8, 7.2  # of a beta distribution whose standard deviation equals its mean
_OFTEN, _TIMES = 0.1, 5.0  # one in ten has five times the rate of the others
_LOOSE = (
    0.5  # the correlation of what a person does as a probe and as a reference, where the two are not the same
)


@dataclass(frozen=True, slots=True)
class Effect:
    """How people differ: a name, a kind of distribution and its width.

    Every person multiplies the rate, or its odds, by one factor as a probe and by one as a reference: a wolf and a lamb. They
    are the same factor unless ``loose``. ``pair`` is the standard deviation of the logarithm of a further factor of each pair.
    """

    name: str
    kind: str
    width: float = 0.0
    pair: float = 0.0
    loose: bool = False


EFFECTS = (
    Effect("none", "logit", 0.0),
    Effect("weak: logit-normal, 0.3", "logit", 0.3),
    Effect("strong: logit-normal, 1", "logit", 1.0),
    Effect("strong: log-normal, 1", "log", 1.0),
    Effect("strong: beta, sd = mean", "beta"),
    Effect("strong: logit-normal, 1, pairs too", "logit", 1.0, pair=1.0),
    Effect("strong: logit-normal, 1, two factors", "logit", 1.0, loose=True),
    Effect("one in ten has five times the rate", "lambs"),
)


@cache
def centre(rate: float, width: float) -> float:
    """Find the logit about which normal logits of this width have a mean rate."""
    weights = _WEIGHTS / _WEIGHTS.sum()
    return float(
        optimize.brentq(lambda at: float(weights @ special.expit(at + width * _NODES)) - rate, -40, 40)
    )


def _normal_pair(people: int, generator: Generator, *, loose: bool) -> tuple[Floats, Floats]:
    one = generator.standard_normal(people)
    if not loose:
        return one, one
    return one, _LOOSE * one + np.sqrt(1 - _LOOSE**2) * generator.standard_normal(people)


def _factors(kind: str, width: float, people: int, generator: Generator) -> Floats:
    """Draw factors of mean 1."""
    if kind == "log":
        return np.exp(width * generator.standard_normal(people) - width**2 / 2)
    if kind == "beta":
        return generator.beta(_SHAPE, _REST, people) * (_SHAPE + _REST) / _SHAPE
    often = generator.random(people) < _OFTEN
    return np.where(often, _TIMES, 1.0) / (1 - _OFTEN + _OFTEN * _TIMES)


@dataclass(frozen=True, slots=True)
class Design:
    """Comparisons of so many people at a rate: every pair equally often, or every person with itself."""

    effect: Effect
    rate: float
    people: int
    each: int
    mated: bool = False

    @property
    def true_rate(self) -> float:
        """The mean rate; below ``rate`` where factors would carry some pairs over 1, by a large sample."""
        if self.effect.kind == "logit":
            return self.rate
        return _cut(self.effect.kind, self.effect.width, self.rate, mated=self.mated)

    def chances(self, generator: Generator) -> Floats:
        """Draw the chance of an error of each person, or of each pair in the order of `numpy.triu_indices`."""
        effect, sides = self.effect, 1 if self.mated else 2
        if effect.kind == "logit":
            middle = centre(
                self.rate, float(np.hypot(effect.width * np.sqrt(sides), effect.pair * (not self.mated)))
            )
            one, other = _normal_pair(self.people, generator, loose=effect.loose)
            if self.mated:
                return np.asarray(special.expit(middle + effect.width * one))
            first, second = np.triu_indices(self.people, 1)
            # Either of the two is the probe in half of the comparisons.
            logits = middle + effect.pair * generator.standard_normal(len(first))
            ways = [
                logits + effect.width * (one[a] + other[b]) for a, b in ((first, second), (second, first))
            ]
            return np.asarray((special.expit(ways[0]) + special.expit(ways[1])) / 2)
        factors = _factors(effect.kind, effect.width, self.people, generator)
        if self.mated:
            return np.minimum(self.rate * factors, 1.0)
        first, second = np.triu_indices(self.people, 1)
        return np.minimum(self.rate * factors[first] * factors[second], 1.0)

    def draw(self, generator: Generator) -> NDArray[np.int64]:
        """Draw the errors of each person or pair."""
        return generator.binomial(self.each, self.chances(generator))

    def ends(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give the two people of each entry."""
        if self.mated:
            return np.arange(self.people), np.arange(self.people)
        first, second = np.triu_indices(self.people, 1)
        return first, second


@cache
def _cut(kind: str, width: float, rate: float, *, mated: bool) -> float:
    generator = np.random.default_rng(1)
    make: Callable[[], Floats] = lambda: _factors(kind, width, 4_000_000, generator)  # noqa: E731 - said twice below
    return float(np.minimum(rate * (make() if mated else make() * make()), 1.0).mean())


def drawn_together(designs: list[Design], generator: Generator) -> Pairs:
    """Draw one file of each design, as one cell each, so that all are reckoned at once. People are not shared between cells."""
    parts, start = [], 0
    for cell, design in enumerate(designs):
        first, second = design.ends()
        errors = design.draw(generator)
        parts.append(
            (
                first + start,
                second + start,
                errors,
                np.full(len(first), cell),
                np.full(len(first), design.each),
            )
        )
        start += design.people
    first, second, errors, cell, made = (np.concatenate(part) for part in zip(*parts, strict=True))
    return Pairs(first, second, made, errors, cell, start, len(designs))
