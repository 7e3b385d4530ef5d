"""A rate in a whole log from a sample of whole clusters, such as every search of the users that were drawn."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from answerable.estimate import Interval
from answerable.sampling.strata import Whole

__all__ = ["CERTAIN", "CLUSTERS", "FEW_CLUSTERS", "clustered", "with_certain"]

CLUSTERS = "exact binomial interval on the effective sample size of the clusters, by the jackknife (E. L. Korn & B. I. Graubard 1998)"

CERTAIN = f"{CLUSTERS}; clusters that were taken for certain are known"

_ROUNDING = 1e-6  # of a record

FEW_CLUSTERS = 30
"""Clusters of equal worth below which the interval of `clustered` may cover several points less than it says."""


def clustered(
    counts: ArrayLike, sizes: ArrayLike, clusters: int, population: int, level: float = 0.95
) -> Whole:
    """Estimate a rate in a log from clusters drawn without replacement with equal chances, each judged whole.

    The rate is all cases in the drawn clusters to all their records (the ratio estimator). Its variance is that of the
    delete-one jackknife, times 1 less the share of the clusters that was drawn. The drawn records are worth as many
    independent ones as would give that variance, less the squared ratio of the normal quantile to Student's with one degree
    of freedom fewer than the clusters of equal worth, (sum of sizes)^2 / sum of squared sizes. On that number the bounds are
    Clopper and Pearson's. Where the clusters show no spread (no case, all cases), they are worth one record each. The bounds
    never contradict what was drawn.

    It is approximate. Where a few clusters hold much of the log and many of the cases, a sample without them has too small a
    spread, and the interval covers less than its level: docs/method/sampling.md says how much. Take such clusters for
    certain and add them with `with_certain`, or draw records in place of clusters.

    Args:
        counts: Cases in each drawn cluster; whole numbers, of shape (drawn,).
        sizes: Records in each drawn cluster, at least 1.
        clusters: Clusters in the log.
        population: Records in the log.
        level: The nominal coverage.

    Raises:
        TypeError: A count is not a whole number.
        ValueError: The shapes differ, no cluster was drawn, one holds no record, a count is not in 0 to its cluster's size, more
            was drawn than the log holds, one of several clusters alone was drawn, or the level is not in 0 to 1.

    Sources: W. G. Cochran, Sampling Techniques, 3rd ed. (1977), section 9A.1 (ratio to size) and 6.3; E. L. Korn & B. I. Graubard,
    Confidence intervals for proportions with small expected number of positive counts estimated from survey data, Survey
    Methodology 24 (1998) 193-201; L. Kish, Survey Sampling (1965), for clusters of equal worth.
    """
    cases, records = np.asarray(counts), np.asarray(sizes)
    if not (np.issubdtype(cases.dtype, np.integer) and np.issubdtype(records.dtype, np.integer)):
        raise TypeError("counts and cluster sizes are whole numbers")
    if cases.ndim != 1 or not cases.size or cases.shape != records.shape:
        raise ValueError("counts and sizes are lists of the same length, a number for each drawn cluster")
    if not 0 < level < 1:
        raise ValueError(f"the level lies between 0 and 1; it is {level}")
    if (records < 1).any() or (cases < 0).any() or (cases > records).any():
        raise ValueError("a count lies from 0 to its cluster's size, which is at least 1")
    drawn, found, total = len(cases), int(cases.sum()), int(records.sum())
    if drawn > clusters or total > population - (clusters - drawn):
        raise ValueError("the log holds at least what was drawn from it, and a record in every other cluster")
    if drawn == clusters and total < population:
        raise ValueError(
            f"every cluster was drawn, and they hold {total:,} of the log's {population:,} records"
        )
    if drawn == 1 < clusters:
        raise ValueError("one cluster alone does not show how far clusters differ; draw at least two")
    rate = found / total
    low, high = (rate, rate) if drawn == clusters else _bounds(cases, records, 1 - drawn / clusters, level)
    low = max(low, found / population)
    high = min(high, 1 - (total - found) / population)
    return Whole(
        value=rate,
        number=rate * population,
        interval=Interval(low, high, level, CLUSTERS),
        low=math.floor(low * population + _ROUNDING),
        high=math.ceil(high * population - _ROUNDING),
        population=population,
    )


def with_certain(found: Whole, cases: int, records: int) -> Whole:
    """Add clusters that were all taken, such as the largest, to what was found of the others.

    Their cases are known: both bounds rise by these, and the interval is as wide in records as it was without them. Which
    clusters are taken for certain must hang on what was known before the draw, such as their sizes, and on no answer.

    Args:
        found: What the drawn clusters say of those that were not taken for certain: `clustered`, with only these in its population.
        cases: Cases in the clusters taken for certain.
        records: Their records.

    Raises:
        ValueError: The cases are not in 0 to the records.

    Sources: W. G. Cochran, Sampling Techniques, 3rd ed. (1977), section 5.8 (a stratum drawn whole); L. Kish, Survey Sampling (1965),
    section 7.2 (units of their own right).
    """
    if not 0 <= cases <= records:
        raise ValueError("a count lies from 0 to the records of its clusters")
    population = found.population + records
    interval = found.interval
    return Whole(
        value=(cases + found.number) / population,
        number=cases + found.number,
        interval=Interval(
            (cases + interval.low * found.population) / population,
            (cases + interval.high * found.population) / population,
            interval.level,
            CERTAIN,
        ),
        low=cases + found.low,
        high=cases + found.high,
        population=population,
    )


def _bounds(cases: NDArray[Any], records: NDArray[Any], left: float, level: float) -> tuple[float, float]:
    """Give the bounds of the rate; ``left`` is the share of the clusters that was not drawn."""
    found, total, drawn = float(cases.sum()), float(records.sum()), len(cases)
    rate, alike = found / total, total**2 / float((records.astype(np.float64) ** 2).sum())
    without = (found - cases) / (total - records)
    variance = left * (drawn - 1) / drawn * float(((without - rate) ** 2).sum())
    worth = alike
    if variance > 0 and 0 < rate < 1:
        quantile = (1 + level) / 2
        few = float(special.ndtri(quantile) / special.stdtrit(max(alike - 1, 1.0), quantile))
        # No more than the records themselves, drawn from what was left.
        worth = min(rate * (1 - rate) / variance * few**2, total / left)
    tail, events = (1 - level) / 2, rate * worth
    low = float(special.betaincinv(events, worth - events + 1, tail)) if found else 0.0
    high = float(special.betaincinv(events + 1, worth - events, 1 - tail)) if found < total else 1.0
    return low, high
