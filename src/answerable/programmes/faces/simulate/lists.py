"""Synthetic searches of galleries as the columns that measures read, with every rate known, for tests and benches of intervals.

The false match rate at the lists' own threshold varies over the people searched for as a beta distribution, and falls by a factor of e for each
unit that the threshold rises; given the person, candidates match independently. Mates have normal scores about a mean of the person's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from answerable.biometrics import galleries
from answerable.programmes.faces.records import GROUPS

__all__ = ["Lists"]

_NODES = 400  # of the integral over people


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """What searches are made of.

    Attributes:
        clusters: How many subjects probes are of, without a mate and with one; they differ between the two.
        each: How many searches there are of each in each gallery.
        sizes: The galleries' sizes; each has the same probes' subjects.
        mean: The mean false match rate at the lists' own threshold.
        deviation: Its standard deviation over subjects of probes; 0 where all have the mean.
        floor: The lists' own threshold.
        apart: The mean score of mates.
        between: The standard deviation of a subject's own mean; that of scores about it is 1.
    """

    clusters: int = 300
    each: int = 2
    sizes: tuple[int, ...] = (1_000, 10_000)
    mean: float = 1e-4
    deviation: float = 0.0
    floor: float = 3.0
    apart: float = 6.0
    between: float = 0.7

    def _over(self) -> NDArray[np.float64]:
        """Give rates that stand for all people, each for as many."""
        if not self.deviation:
            return np.array([self.mean])
        return np.asarray(stats.beta.ppf((np.arange(_NODES) + 0.5) / _NODES, *self._beta()))

    def _beta(self) -> tuple[float, float]:
        both = self.mean * (1 - self.mean) / self.deviation**2 - 1
        return self.mean * both, (1 - self.mean) * both

    def fpir(self, size: int, threshold: float) -> float:
        """Give the share of searches without a mate that return a candidate at a threshold, at least the lists' own."""
        if self.deviation and threshold == self.floor:
            return float(galleries.beta_probes(self.mean, self.deviation, size).value)
        return float(galleries.probes(self._over() * np.exp(self.floor - threshold), size).value)

    def selectivity(self, size: int, threshold: float) -> float:
        """Give the mean number of candidates that a search without a mate returns at a threshold."""
        return float(size * self.mean * np.exp(self.floor - threshold))

    def fnir(self, threshold: float) -> float:
        """Give the share of mates that score below a threshold."""
        return float(special.ndtr((threshold - self.apart) / np.hypot(1, self.between)))

    def columns(self, seed: int, threshold: float | None = None) -> dict[str, Any]:
        """Draw searches; ``returned`` counts candidates at the threshold given, or at the lists' own.

        Args:
            seed: The same seed gives the same searches.
            threshold: From which score on a candidate is counted.
        """
        chance = np.random.default_rng(seed)
        persons = np.arange(self.clusters)
        own = (
            chance.beta(*self._beta(), self.clusters) if self.deviation else np.full(self.clusters, self.mean)
        )
        one = np.tile(np.repeat(persons, self.each), len(self.sizes))
        size = np.repeat(self.sizes, self.clusters * self.each)
        counts = chance.binomial(size, own[one])
        excess = chance.exponential(size=int(counts.sum()))
        at = self.floor if threshold is None else threshold
        which = np.repeat(np.arange(len(one)), counts)
        top = np.full(len(one), -np.inf)
        np.maximum.at(top, which, self.floor + excess)
        returned = np.bincount(which[self.floor + excess >= at], minlength=len(one))
        means = chance.normal(self.apart, self.between, self.clusters)
        mate = chance.normal(means[one], 1)
        listed = mate >= self.floor
        number, nothing = 2 * len(one), np.full(len(one), np.nan)
        mated = np.arange(number) >= len(one)
        made: dict[str, Any] = {
            "probe": np.ma.array(np.concatenate([one, one + self.clusters])),
            "gallery_size": np.concatenate([size, size]),
            "threshold": np.full(number, self.floor),
            "has_mate": np.ma.array(mated),
            "mate_rank": _masked(nothing, np.where(listed, 1.0, np.nan)),
            "mate_score": _masked(nothing, np.where(listed, mate, np.nan)),
            "top_score": _masked(np.where(counts, top, np.nan), np.where(listed, mate, np.nan)),
            "candidates": np.concatenate([counts, listed]),
            "returned": np.concatenate([returned, listed]),
        }
        absent = np.ma.array(np.full(number, "", dtype=object), mask=True)
        made |= dict.fromkeys(("without_score", "not_judged"), np.zeros(number))
        made |= dict.fromkeys(("contradicts",), np.ma.array(np.zeros(number, dtype=bool)))
        return made | dict.fromkeys(("system", "gallery", *GROUPS), absent)


def _masked(*parts: NDArray[np.float64]) -> Any:  # noqa: ANN401 - NumPy's masked arrays have no types of their own
    return np.ma.masked_invalid(np.concatenate(parts))
