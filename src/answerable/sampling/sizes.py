"""How many records to draw for a test against a tolerable rate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

__all__ = ["Likelihood", "Plan", "attribute", "first", "risk", "rounded_up", "shares"]

Likelihood = Literal["binomial", "poisson", "hypergeometric"]

_MOST = 10_000_000  # a sample that nobody would review; a search for one ends here
_BLOCK = 512  # numbers of errors tried at once

_Integers = NDArray[np.int64]
_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A sample for a test against a tolerable rate.

    Attributes:
        size: Records to draw.
        accept: The most cases in the sample at which the rate is shown to be below the tolerable one.
        expected: The cases on which the size was planned: as many as were given, or the size times the expected rate.
        risk: The probability of ``accept`` cases or fewer where the true rate is the tolerable one.
        confidence: 1 less the risk that was allowed.
        tolerable: The tolerable rate.
        likelihood: The distribution of the cases in the sample.
        population: How many records the log holds; None where it was taken to have no end.
        cases: How many of them would be cases at the tolerable rate, rounded up; None where it has no end.
    """

    size: int
    accept: int
    expected: float
    risk: float
    confidence: float
    tolerable: float
    likelihood: Likelihood
    population: int | None
    cases: int | None


def attribute(
    tolerable: float,
    *,
    expected_rate: float = 0.0,
    expected_cases: int | None = None,
    confidence: float = 0.95,
    likelihood: Likelihood | None = None,
    population: int | None = None,
) -> Plan:
    """Give the smallest sample that can show that a rate is below the tolerable one.

    It is the smallest n for which, were the true rate the tolerable one, the expected cases or fewer would be found with
    probability 1 - confidence at the most. The expected cases are a number, or n times a rate, rounded up (as R's jfa does).
    Under the Poisson likelihood n times a rate is not rounded, as in jfa: the probability is the gamma distribution's, and
    the sample accepts the whole cases below. In a log of N records ceil(tolerable x N) are taken as cases. Rates are read
    as the decimals that they are written as: 0.035 x 400 is 14, where binary arithmetic gives a little more, and jfa 15.

    A rate that is expected near the tolerable one needs a large sample: expect too little, and a sample that finds more
    shows nothing.

    Args:
        tolerable: The tolerable rate, a share; at it the test has its risk.
        expected_rate: The rate that is expected, a share below the tolerable one.
        expected_cases: The number of cases that the sample may hold, in place of a rate.
        confidence: 1 less the risk of accepting where the true rate is the tolerable one.
        likelihood: ``hypergeometric`` where the size of the log is given and ``binomial`` where it is not, unless said.
        population: How many records the log holds; the hypergeometric likelihood alone takes one.

    Raises:
        ValueError: A rate or the confidence is no share, a rate and a number are both expected, what is expected is not
            below the tolerable, the likelihood and the population do not go together, or no sample is large enough.

    Sources: AICPA, Audit Guide: Audit Sampling, appendix A (tables A-1 and A-2); K. Derks, jfa: Statistical methods for
    auditing (R package), `planning`; E. Talens, Statistical auditing and the AOQL-method (2005), for finite logs.
    """
    model: Likelihood = likelihood or ("binomial" if population is None else "hypergeometric")
    shares(tolerable=tolerable, confidence=confidence)
    if (model == "hypergeometric") != (population is not None):
        raise ValueError("the hypergeometric likelihood needs the size of the log, and no other takes one")
    if expected_cases is not None and expected_rate:
        raise ValueError("either a rate or a number of cases is expected, not both")
    if not 0 <= expected_rate < tolerable:
        raise ValueError(
            f"the expected rate, {expected_rate}, lies from 0 to below the tolerable one, {tolerable}"
        )
    if expected_cases is not None and expected_cases < 0:
        raise ValueError("the expected number of cases is 0 or more")
    cases = None if population is None else rounded_up(tolerable, population)
    test = _Test(tolerable, model, population, cases, 1 - confidence)
    rate = Fraction(str(expected_rate))
    if expected_cases is not None or not rate:
        found, expected = _fixed(test, expected_cases or 0)
    elif model == "poisson":
        found, expected = _unrounded(test, rate)
    else:
        found, expected = _by_rate(test, rate)
    accept = int(expected)
    return Plan(
        size=found,
        accept=accept,
        expected=float(expected),
        risk=float(test.chance(np.array([accept]), np.array([found]))[0]),
        confidence=confidence,
        tolerable=tolerable,
        likelihood=model,
        population=population,
        cases=cases,
    )


def risk(
    found: int,
    sample: int,
    tolerable: float,
    *,
    likelihood: Likelihood | None = None,
    population: int | None = None,
) -> float:
    """Give the probability of as few cases as were found, or fewer, where the true rate is the tolerable one.

    It is the p-value of a sample against the tolerable rate. Arguments are as in `attribute`.

    Raises:
        ValueError: The count is not in 0 to the sample's size, the sample is larger than the log, or as in `attribute`.
    """
    model: Likelihood = likelihood or ("binomial" if population is None else "hypergeometric")
    shares(tolerable=tolerable)
    if (model == "hypergeometric") != (population is not None):
        raise ValueError("the hypergeometric likelihood needs the size of the log, and no other takes one")
    if not 0 <= found <= sample or not sample or sample > (population or sample):
        raise ValueError("a count lies from 0 to its sample's size, which is from 1 to the size of the log")
    cases = None if population is None else rounded_up(tolerable, population)
    test = _Test(tolerable, model, population, cases, 1.0)
    return float(test.chance(np.array([found]), np.array([sample]))[0])


@dataclass(frozen=True, slots=True)
class _Test:
    """A test against a tolerable rate: what `chance` gives is to be ``most`` at the most."""

    tolerable: float
    likelihood: Likelihood
    population: int | None
    cases: int | None
    most: float

    def chance(self, found: NDArray[Any], sizes: _Integers) -> _Floats:
        """Give the probability of ``found`` cases or fewer at the tolerable rate; 1 where more than the sample may be found."""
        if self.likelihood == "poisson":
            return np.asarray(special.gammaincc(1.0 + found, sizes * self.tolerable))
        if self.likelihood == "hypergeometric":
            return np.asarray(stats.hypergeom.cdf(found, self.population, self.cases, sizes))
        misses = np.maximum(sizes - found, 1)
        return np.where(found >= sizes, 1.0, special.betainc(misses, found + 1.0, 1 - self.tolerable))

    @property
    def limit(self) -> int:
        return self.population or _MOST


def _fixed(test: _Test, accept: int) -> tuple[int, Fraction]:
    """Find the smallest sample that accepts a given number of cases."""
    if test.cases is not None and accept >= test.cases:
        raise ValueError(
            f"{accept:,} cases are not fewer than the {test.cases:,} that the log may hold at the tolerable rate"
        )
    return first(partial(_passes, test, accept), accept + 1, test.limit), Fraction(accept)


def _unrounded(test: _Test, rate: Fraction) -> tuple[int, Fraction]:
    """Find the smallest sample for a rate whose product with the size is not rounded."""
    size = first(lambda size: _passes(test, float(rate * size), size), 1, test.limit)
    return size, rate * size


def _by_rate(test: _Test, rate: Fraction) -> tuple[int, Fraction]:
    """Find the smallest sample that accepts its size times a rate, rounded up.

    As long as the number accepted stays the same, a larger sample has a smaller risk. So the first number at whose largest
    sample the risk is small enough holds the smallest sample, which is found by bisection.
    """
    accept = 1
    while True:
        tried = np.arange(accept, accept + _BLOCK)
        last = np.array([min(int(number / rate), test.limit) for number in tried.tolist()], dtype=np.int64)
        passed = np.flatnonzero(test.chance(tried, last) <= test.most)
        if passed.size:
            number, most = int(tried[passed[0]]), int(last[passed[0]])
            least = max(int((number - 1) / rate), number) + 1
            return first(partial(_passes, test, number), least, most), Fraction(number)
        if last[-1] >= test.limit:
            raise ValueError(
                f"no sample of up to {test.limit:,} records is large enough: expect a lower rate, or tolerate a higher"
            )
        accept += _BLOCK


def _passes(test: _Test, accept: float, size: int) -> bool:
    return bool(test.chance(np.array([accept]), np.array([size]))[0] <= test.most)


def first(holds: Callable[[int], bool], least: int, most: int) -> int:
    """Find by bisection the first size for which a test holds that holds for every larger one."""
    high = least
    while high < most and not holds(high):
        high = min(2 * high, most)
    if not holds(high):
        raise ValueError(
            f"no sample of up to {most:,} records is large enough: expect less, or tolerate more"
        )
    low = least
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def rounded_up(rate: float, population: int) -> int:
    """Give a rate times the size of a log, rounded up; the rate is read as the decimal that it is written as.

    Raises:
        ValueError: The log holds nothing.
    """
    if population < 1:
        raise ValueError("the log holds at least one record")
    return -int(-(Fraction(str(rate)) * population) // 1)


def shares(**given: float) -> None:
    """Check that each number lies between 0 and 1, by its name.

    Raises:
        ValueError: One does not.
    """
    for name, share in given.items():
        if not 0 < share < 1:
            raise ValueError(f"the {name} lies between 0 and 1; it is {share}")
