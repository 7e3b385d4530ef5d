"""Other intervals of the number missed, and another choice among models, to measure beside those that were chosen."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from scipy import optimize, special, stats

from answerable.recapture.models import LEAST_FIT
from answerable.recapture.selection import Model, bounded, candidates
from answerable.recapture.tables import table

__all__ = ["LEVEL", "by_bic", "chao_log_normal", "log_normal", "mid_p", "profile", "transformed_logit"]

LEVEL = 0.95
_Z = float(special.ndtri((1 + LEVEL) / 2))
_TAIL = (1 - LEVEL) / 2
Bounds = tuple[float, float]


def _about(missed: float, variance: float) -> Bounds:
    """Give the log-normal interval; it is a point where none is missed."""
    if not missed:
        return 0.0, 0.0
    factor = math.exp(_Z * math.sqrt(math.log1p(variance / missed**2)))
    return missed / factor, missed * factor


def log_normal(first: int, second: int, both: int) -> Bounds:
    """Chapman's estimate and its variance (Seber 1970), log-normal on the number missed (Burnham et al. 1987)."""
    alone = (first - both) * (second - both)
    variance = (first + 1) * (second + 1) * alone / ((both + 1) ** 2 * (both + 2))
    return _about(alone / (both + 1), variance)


def transformed_logit(first: int, second: int, both: int) -> Bounds:
    """Sadinle's interval (2009): a half is added to each count."""
    one, other, shared = first - both + 0.5, second - both + 0.5, both + 0.5
    rate = one * other / shared
    factor = math.exp(_Z * math.sqrt(1 / one + 1 / other + 1 / shared + 1 / rate))
    return max(rate / factor - 0.5, 0.0), rate * factor - 0.5


def mid_p(first: int, second: int, both: int) -> Bounds:
    """The same tests as those of `chapman`, with half the probability of the overlap itself left out of each tail."""
    seen = first + second - both

    def tails(missed: int) -> tuple[float, float]:
        at = float(stats.hypergeom.pmf(both, seen + missed, first, second)) / 2
        few = float(stats.hypergeom.cdf(both, seen + missed, first, second))
        many = float(stats.hypergeom.sf(both - 1, seen + missed, first, second))
        return few - at, many - at

    high = seen
    while tails(high)[1] > _TAIL:
        high *= 2
    most = _last(lambda missed: tails(missed)[1] > _TAIL, high)
    least = 0 if tails(0)[0] > _TAIL else _last(lambda missed: tails(missed)[0] <= _TAIL, most + 1) + 1
    return least, most


def _last(holds: object, high: int) -> int:
    low = 0
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)  # type: ignore[operator]  # a test of a number
    return low


def profile(first: int, second: int, both: int) -> Bounds:
    """The profile likelihood of two independent lists (Cormack 1992), not rounded."""
    seen = first + second - both

    def likelihood(missed: float) -> float:
        total = seen + missed
        parts = sum(
            special.xlogy(size, size / total) + special.xlogy(total - size, 1 - size / total)
            for size in (first, second)
        )
        return float(special.gammaln(total + 1) - special.gammaln(missed + 1) + parts)

    guess = (first - both) * (second - both) / both
    found = optimize.minimize_scalar(
        lambda missed: -likelihood(missed), bounds=(0, 2 * guess + 5), method="bounded"
    )
    least = max(-float(found.fun), likelihood(0.0)) - _Z**2 / 2
    peak = float(found.x) if -found.fun > likelihood(0.0) else 0.0
    low = 0.0 if likelihood(0.0) >= least else optimize.brentq(lambda at: likelihood(at) - least, 0, peak)
    high = 2 * peak + 5
    while likelihood(high) > least:
        high *= 2
    return float(low), float(optimize.brentq(lambda at: likelihood(at) - least, peak, high))


def chao_log_normal(alone: list[int], twice: int) -> Bounds:
    """Chao's bound for lists of unequal coverage (1989), with the log-normal interval as it was given in 1987."""
    singles = np.asarray(alone, dtype=np.float64)
    once = float(singles.sum())
    missed = float(once**2 - (singles**2).sum()) / 2 / (twice + 1)
    slopes = float((singles * (once - singles) ** 2).sum()) / (twice + 1) ** 2
    return _about(missed, missed + slopes + twice * (missed / (twice + 1)) ** 2)


def by_bic(histories: Mapping[str, int]) -> Model | None:
    """Choose the model by BIC in place of AICc, with its own interval; None where no model fits."""
    lists = table(histories)
    known = [model for model in candidates(lists).values() if model is not None]
    cells = 2 ** len(lists.names) - 1
    fitting = [model for model in known if model.fit is None or model.fit >= LEAST_FIT]
    if not fitting:
        return None
    chosen = min(fitting, key=lambda one: one.deviance + (cells - one.freedom) * math.log(lists.seen))
    return bounded(chosen, lists, LEVEL)
