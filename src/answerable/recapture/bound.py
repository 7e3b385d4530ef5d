"""Chao's lower bound: how many records are missed at the least, where some are likelier to be listed than others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import SupportsIndex

import numpy as np
from scipy import optimize, special

from answerable.recapture.results import (
    CLOSED_OF_MANY,
    LEAST_SHARED,
    MATCHED,
    SAME_SET_OF_MANY,
    NotEstimable,
    Recapture,
    holding,
    level_checked,
    shifted,
    whole,
)

__all__ = ["chao"]

EQUAL = "lower bound from lists of equal coverage: (t - 1)/t f1(f1 - 1)/(2(f2 + 1)) missed (Chao 1987, bias-corrected)"
UNEQUAL = "lower bound from lists of unequal coverage: (f1^2 - sum of a_j^2)/(2(f2 + 1)) missed (Chao 1989)"
LOG_NORMAL = "log-normal interval (Chao 1987) with halves added (Sadinle 2009), and the chance of the number missed itself"

ALIKE_LISTS = (
    "Every list holds the same share of the records. Where the lists' shares differ, the bound lies too high, and may lie "
    "above the truth."
)
APART = (
    "No two lists avoid each other: among the records on no other list, one that is on the first is no less likely to be "
    "on the second. Where it is less likely, the bound may lie above the truth; where likelier, it stays below."
)
AT_LEAST = (
    "It is a lower bound: where some records are likelier to be listed than others, more are missed than it says. Only the "
    "lower end of its interval limits the number missed; the upper end limits the bound."
)

_ROUNDING = 1e-3  # of a record: more than the search for a quantile loses, and nothing that could be seen
_NODES = special.ndtri(
    (np.arange(2_000) + 0.5) / 2_000
)  # of the normal distribution of the logarithm of the rate


def chao(
    frequencies: Sequence[SupportsIndex],
    alone: Sequence[SupportsIndex] | None = None,
    level: float = 0.95,
) -> Recapture | NotEstimable:
    """Estimate a lower bound of the number of records on none of t lists.

    By the inequality of Cauchy and Schwarz the number missed is expected to be at least (t - 1)/t f1^2/(2 f2), whatever
    the chances of the single records, if all lists hold the same share of them: f1 records are on one list, f2 on two.
    (t - 1)/t is what a record that can be listed t times at most has in place of one that can be listed without end.
    The estimate is the bias-corrected form, (t - 1)/t f1(f1 - 1)/(2(f2 + 1)).

    Lists of unequal coverage raise that number: it can lie far above the truth. With the numbers ``alone`` that each list
    holds by itself, a_1 to a_t, the bound is (f1^2 - a_1^2 - ... - a_t^2)/(2 f2) instead: the sum of a_j a_k over the pairs
    of lists, divided by the records on just two. It is one wherever no two lists avoid each other among the records on no
    other list, because the number missed is then at least a_j a_k divided by the records on just j and k, for each pair.
    It is the same where the lists are equal, and for two lists its estimate is Chapman's.

    The interval is log-normal about the rate at which records are missed, by the delta method, with 1/t added to each
    list's number and 1/2 to f2 (halves, for two lists), so that it exists where no record is on one list only. The
    number missed varies about that rate as a Poisson number does; the bounds are quantiles of the mixture, whole numbers.
    Chosen by measured coverage (docs/method/recapture.md): the log-normal interval as first given covers
    25 % in place of 95 % where the lists hold nearly every record.

    Args:
        frequencies: How many records are on exactly 1, 2 ... t lists; as many numbers as there are lists.
        alone: How many records each list alone holds; they add up to the first of ``frequencies``.
        level: The nominal coverage.

    Returns:
        The estimated bound, or a refusal: fewer than two lists, or fewer than 7 records on two lists or more.

    Raises:
        TypeError: A count is not a whole number.
        ValueError: A count is negative, ``alone`` does not add up, or the level is not in 0 to 1.

    Sources: A. Chao, Estimating the population size for capture-recapture data with unequal catchability, Biometrics 43
    (1987) 783-791; A. Chao, Estimating population size for sparse data in capture-recapture experiments, Biometrics 45
    (1989) 427-438; M. Sadinle, Transformed logit confidence intervals for small populations in single capture-recapture
    estimation, Commun. Stat. Simul. Comput. 38 (2009) 1909-1924.
    """
    level_checked(level)
    counts = [whole(number, "a frequency") for number in frequencies]
    singles = (
        None if alone is None else [whole(number, "a list's number of records alone") for number in alone]
    )
    if singles is not None and (len(singles) != len(counts) or sum(singles) != sum(counts[:1])):
        raise ValueError("the records that each list alone holds add up to those on one list")
    lists, seen = len(counts), sum(counts)
    if lists < 2:  # noqa: PLR2004 - a bound needs a record that could have been seen twice
        return NotEstimable(
            reason="A lower bound needs at least two lists.",
            ask_for="Ask for a second list of the same period that was made without the first.",
        )
    if seen - counts[0] < LEAST_SHARED:
        return NotEstimable(
            reason=f"Of {seen:,} records {seen - counts[0]:,} are on two lists or more; the bound needs at least "
            f"{LEAST_SHARED}.",
            ask_for="Ask for lists of a longer period, or with a field by which the same record can be found in several.",
        )
    once, twice = counts[0], counts[1]
    if singles is None:
        pairs = (lists - 1) / lists * once * (once - 1) / 2
    else:
        pairs = (once**2 - sum(single**2 for single in singles)) / 2
    missed = pairs / (twice + 1)
    low, high = _bounds(singles or [once / lists] * lists, twice, (1 - level) / 2)
    around = holding(missed, low, high, level, LOG_NORMAL)
    return Recapture(
        total=seen + missed,
        total_interval=shifted(around, seen),
        seen=seen,
        missed=missed,
        missed_interval=around,
        method=EQUAL if singles is None else UNEQUAL,
        assumptions=(
            CLOSED_OF_MANY,
            SAME_SET_OF_MANY,
            *((ALIKE_LISTS,) if singles is None else ()),
            APART,
            MATCHED,
        ),
        notes=(AT_LEAST,),
        lower_bound=True,
    )


def _bounds(alone: Sequence[float], twice: int, tail: float) -> tuple[int, int]:
    """Give the quantiles of the number missed: Poisson about a rate whose logarithm is normal."""
    singles = np.asarray(alone, dtype=np.float64) + 1 / len(alone)
    once = singles.sum()
    pairs = (once**2 - (singles**2).sum()) / 2
    rate = pairs / (twice + 0.5)
    variance = (singles * (once - singles) ** 2).sum() / pairs**2 + 1 / (twice + 0.5)
    rates = rate * np.exp(np.sqrt(variance) * _NODES)

    def quantile(chance: float) -> int:
        def short(number: float) -> float:
            # P(X <= number), continued between the whole numbers.
            return float(special.gammaincc(number + 1, rates).mean()) - chance

        if short(0.0) >= 0:
            return 0
        most = 2 * rate + 1
        while short(most) < 0:
            most *= 2
        return math.ceil(float(optimize.brentq(short, 0.0, most, xtol=_ROUNDING / 2)) - _ROUNDING)

    return quantile(tail), quantile(1 - tail)
