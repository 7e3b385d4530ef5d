"""The log-linear models that a table of lists is tried with: which pairs of lists depend on each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

import numpy as np
from scipy import special, stats

from answerable.estimate import Interval
from answerable.recapture.fitting import Floats, Pair, design, exists, fit, profile
from answerable.recapture.results import holding
from answerable.recapture.tables import Table
from answerable.wording import listing

__all__ = ["Model", "bounded", "candidates"]

_EVERY = 4  # lists: up to so many, every set of pairs is tried (64 for four lists)

PROFILE = "profile likelihood (Cormack 1992)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One log-linear model, fitted.

    Attributes:
        interactions: The pairs of lists that the model lets depend on each other, by name; none for independence.
        missed: The number of records on no list, by this model: the exponential of its constant.
        deviance: Twice the log-likelihood by which the observed table lies above the fitted one.
        freedom: Degrees of freedom: observed cells less coefficients.
        fit: The probability of a deviance at least as large, if the model held; None without a degree of freedom.
        aic: Akaike's criterion, with the Poisson likelihood in full.
        aicc: The same with the correction for small samples, the records seen being the sample.
        pairs: The same pairs, by the lists' numbers from 0 on.
        interval: The profile-likelihood interval of the number missed, for models near the best; otherwise None.
    """

    interactions: tuple[tuple[str, str], ...]
    missed: float
    deviance: float
    freedom: int
    fit: float | None
    aic: float
    aicc: float
    pairs: tuple[Pair, ...] = field(repr=False)
    interval: Interval | None = None

    @property
    def name(self) -> str:
        """The model in words: ``independence``, or its pairs of lists."""
        return listing([f"{one} × {other}" for one, other in self.interactions], most=99) or "independence"


def candidates(lists: Table) -> dict[frozenset[Pair], Model | None]:
    """Fit the models to choose from, by the pairs of lists that each lets depend on each other.

    Up to four lists that is every set of pairs. With more, pairs are added to independence or dropped again one at a
    time, always the one that makes AICc least, until none makes it less; all models met on the way are given. A model whose
    estimates do not exist, or that has as many coefficients as there are records, is None.
    """
    pairs = list(combinations(range(len(lists.names)), 2))
    tried: dict[frozenset[Pair], Model | None] = {}

    def criterion(chosen: frozenset[Pair]) -> float:
        if chosen not in tried:
            tried[chosen] = _fitted(sorted(chosen), lists)
        model = tried[chosen]
        return math.inf if model is None else model.aicc

    if len(lists.names) <= _EVERY:
        for number in range(len(pairs) + 1):
            for some in combinations(pairs, number):
                criterion(frozenset(some))
        return tried
    best: frozenset[Pair] = frozenset()
    while True:
        # Adding a pair that the model lacks, or dropping one that it has, is the same operation.
        beside = min((best ^ {pair} for pair in pairs), key=criterion)
        if criterion(beside) >= criterion(best):
            return tried
        best = beside


def _fitted(pairs: Sequence[Pair], lists: Table) -> Model | None:
    counts, matrix = _observed(lists), design(len(lists.names), pairs)
    coefficients = matrix.shape[1]
    spare = lists.seen - coefficients - 1
    if spare < 1 or not exists(counts, matrix[1:]):
        return None
    beta, deviance = fit(counts, matrix[1:])
    freedom = len(counts) - coefficients
    saturated = float((special.xlogy(counts, counts) - counts - special.gammaln(counts + 1)).sum())
    aic = deviance - 2 * saturated + 2 * coefficients
    return Model(
        interactions=tuple((lists.names[one], lists.names[other]) for one, other in pairs),
        missed=float(np.exp(beta[0])),
        deviance=deviance,
        freedom=freedom,
        fit=float(stats.chi2.sf(deviance, freedom)) if freedom else None,
        aic=aic,
        aicc=aic + 2 * coefficients * (coefficients + 1) / spare,
        pairs=tuple(pairs),
    )


def _observed(lists: Table) -> Floats:
    return lists.counts[1:].astype(np.float64)


def bounded(model: Model, lists: Table, level: float) -> Model:
    """Give a model with the profile-likelihood interval of its number missed."""
    matrix = design(len(lists.names), model.pairs)
    low, high = profile(_observed(lists), matrix, model.missed, level)
    return replace(model, interval=holding(model.missed, low, high, level, PROFILE))
