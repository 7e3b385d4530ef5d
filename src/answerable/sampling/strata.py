"""A rate in a whole log from a sample of each of its strata."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from answerable.estimate import Interval
from answerable.sampling.inversion import Integers, Tail, greatest, least

__all__ = ["STRATIFIED", "Whole", "stratified"]

STRATIFIED = (
    "exact stratified interval: every split of the cases over the strata under which the estimate is not too improbable "
    "(Buehler 1957; Wendell & Schmee 1996)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A rate in a whole log, estimated from a sample.

    Attributes:
        value: The rate, a share.
        number: The cases in the log that follow from it.
        interval: The interval of the rate.
        low: The fewest cases in the log within the interval, a whole number.
        high: The most.
        population: The records in the log.
    """

    value: float
    number: float
    interval: Interval
    low: int
    high: int
    population: int


def stratified(counts: ArrayLike, samples: ArrayLike, sizes: ArrayLike, level: float = 0.95) -> Whole:
    """Estimate a rate in a log from a sample drawn without replacement from each of its strata.

    The rate is the sum over strata of the sample's rate times the stratum's records, divided by all records. A stratum that
    was drawn whole is known and has no error.

    The interval holds every total of cases that can be split over the strata such that an estimate as low as the one found,
    or lower, is more probable than (1 - level) / 2, and likewise one as high or higher. The probabilities are exact: sums of
    hypergeometric numbers, put on a lattice in the direction that widens the interval. So it holds its level for every split,
    few cases, none, and strata of any size, provided that the likeliest split is found; two strata of which one can
    hold fewer than 2,048 numbers of cases are gone through, and for others a search moves cases from one stratum to
    another in ever smaller steps. Measured coverage is in docs/method/sampling.md. With one stratum it is the hypergeometric
    interval.

    Args:
        counts: Cases in each stratum's sample; whole numbers, of shape (strata,).
        samples: Records in each sample.
        sizes: Records in each stratum.
        level: The nominal coverage.

    Raises:
        TypeError: A count is not a whole number.
        ValueError: The shapes differ, a stratum with records has no sample, a count is not in 0 to its sample's size, a
            sample is larger than its stratum, or the level is not in 0 to 1.

    Sources: R. J. Buehler, Confidence intervals for the product of two binomial parameters, J. Am. Stat. Assoc. 52 (1957)
    482-493; J. Wendell & J. Schmee, Exact inference for proportions from a stratified finite population, J. Am. Stat. Assoc.
    91 (1996) 825-830.
    """
    cases, drawn, records = _checked(counts, samples, sizes, level)
    population = int(records.sum())
    value = float((records * (cases / drawn)).sum())
    known = drawn == records
    sure = int(cases[known].sum())
    low, high = _numbers(cases[~known], drawn[~known], records[~known], level)
    return Whole(
        value=value / population,
        number=value,
        interval=Interval((sure + low) / population, (sure + high) / population, level, STRATIFIED),
        low=sure + low,
        high=sure + high,
        population=population,
    )


def _numbers(cases: Integers, drawn: Integers, records: Integers, level: float) -> tuple[int, int]:
    """Give the bounds of the number of cases in the strata that were not drawn whole."""
    if not len(cases):
        return 0, 0
    # What is counted is the rarer of cases and others, so that few are added up.
    turned = float((records * (cases / drawn)).sum()) > records.sum() / 2
    counted = drawn - cases if turned else cases
    tail = (1 - level) / 2
    low = least(Tail(counted, drawn, records, upper=True), tail)
    high = greatest(Tail(counted, drawn, records, upper=False), tail)
    total = int(records.sum())
    return (total - high, total - low) if turned else (low, high)


def _checked(
    counts: ArrayLike, samples: ArrayLike, sizes: ArrayLike, level: float
) -> tuple[Integers, Integers, Integers]:
    cases, drawn, records = (np.asarray(part) for part in (counts, samples, sizes))
    if not all(np.issubdtype(part.dtype, np.integer) for part in (cases, drawn, records)):
        raise TypeError("counts, sample sizes and stratum sizes are whole numbers")
    if cases.ndim != 1 or not cases.size or cases.shape != drawn.shape or cases.shape != records.shape:
        raise ValueError("counts, samples and sizes are lists of the same length, a number for each stratum")
    if not 0 < level < 1:
        raise ValueError(f"the level lies between 0 and 1; it is {level}")
    if (records < 0).any() or (drawn > records).any() or (cases < 0).any() or (cases > drawn).any():
        raise ValueError("a count lies from 0 to its sample's size, and that from 0 to its stratum's")
    if ((drawn == 0) & (records > 0)).any():
        raise ValueError("a stratum of which nothing was drawn leaves the rate of the whole log unknown")
    some = records > 0
    if not some.any():
        raise ValueError("the strata hold no record")
    return tuple(part[some].astype(np.int64) for part in (cases, drawn, records))  # type: ignore[return-value]  # three go in
