"""What a sample says of a whole log where some records could not be judged, and where no case was found."""

from __future__ import annotations

from dataclasses import dataclass

from answerable.estimate import Interval
from answerable.intervals import hypergeometric
from answerable.sampling.strata import Whole

__all__ = ["DOUBTFUL", "MOST", "Doubtful", "Limit", "doubtful", "either", "most_consistent", "simple"]

DOUBTFUL = (
    "from the lower bound with no unclear record a case to the upper bound with each of them one; holds both at its level "
    "(union of the two intervals: J. L. Horowitz & C. F. Manski 2000)"
)
MOST = "exact one-sided hypergeometric bound (J. P. Buonaccorsi 1987)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """A rate where some records could not be judged: it lies from best to worst, whatever they are.

    Attributes:
        best: Were none of the unclear records a case.
        worst: Were each of them one.
        interval: From the lower bound of the first to the upper bound of the second.
        low: The fewest cases in the log within it, a whole number.
        high: The most.
        unclear: Unclear records in the sample.
    """

    best: Whole
    worst: Whole
    interval: Interval
    low: int
    high: int
    unclear: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The most that is still consistent with what a sample held.

    Attributes:
        rate: The largest rate, a share of the log.
        number: The largest number of cases in the log.
        found: Cases in the sample.
        sample: Records in the sample.
        population: Records in the log.
        confidence: The one-sided confidence: were there more, as few would be found with probability 1 - confidence at most.
        method: How the bound was made.
    """

    rate: float
    number: int
    found: int
    sample: int
    population: int
    confidence: float
    method: str = MOST


def simple(found: int, sample: int, population: int, level: float = 0.95) -> Whole:
    """Estimate a rate in a log from a sample drawn from all of it without replacement, in share and number.

    The interval is the hypergeometric one of `answerable.intervals`.

    Args:
        found: Cases in the sample.
        sample: Records in the sample.
        population: Records in the log.
        level: The nominal coverage.

    Raises:
        TypeError: A count is not a whole number.
        ValueError: The count is not in 0 to the sample's size, the sample empty or larger than the log, or the level not
            in 0 to 1.
    """
    interval = hypergeometric(found, sample, population, level)
    return Whole(
        value=found / sample,
        number=found / sample * population,
        interval=interval,
        low=round(interval.low * population),
        high=round(interval.high * population),
        population=population,
    )


def doubtful(found: int, unclear: int, sample: int, population: int, level: float = 0.95) -> Doubtful:
    """Estimate a rate in a log from a sample of which some records could not be judged.

    The rate lies between two: with no unclear record a case, and with each of them one. The interval goes from the lower
    bound of the first to the upper bound of the second. It holds both of them at once at its level, and so whatever lies
    between, since either end misses with probability (1 - level) / 2 at the most. Imbens and Manski's interval is narrower: it
    holds one value between the two at its level, and not the two; it is not used, so that nothing is claimed of what the
    unclear records are.

    Leaving unclear records out of the sample would say that they are cases as often as the others are.

    Args:
        found: Cases in the sample.
        unclear: Records in the sample that could not be judged.
        sample: Records in the sample, unclear ones among them.
        population: Records in the log.
        level: The nominal coverage.

    Raises:
        TypeError: A count is not a whole number.
        ValueError: Cases and unclear records are more than the sample, or as in `simple`.

    Sources: J. L. Horowitz & C. F. Manski, Nonparametric analysis of randomized experiments with missing covariate and
    outcome data, J. Am. Stat. Assoc. 95 (2000) 77-84; G. W. Imbens & C. F. Manski, Confidence intervals for partially
    identified parameters, Econometrica 72 (2004) 1845-1857.
    """
    if unclear < 0 or found + unclear > sample:
        raise ValueError("cases and unclear records together are no more than the sample")
    return either(
        simple(found, sample, population, level), simple(found + unclear, sample, population, level), unclear
    )


def either(best: Whole, worst: Whole, unclear: int) -> Doubtful:
    """Join the estimates of one sample without and with its unclear records counted as cases, as `doubtful` does.

    It serves any design whose interval has equal tails: estimates by strata, or of clusters.

    Raises:
        ValueError: The two are not of one log or level, or the first lies above the second.
    """
    if best.population != worst.population or best.interval.level != worst.interval.level:
        raise ValueError("both estimates are of one log, at one level")
    if best.value > worst.value or unclear < 0:
        raise ValueError("counting unclear records as cases makes no rate smaller")
    low, high = min(best.low, worst.low), max(best.high, worst.high)
    interval = Interval(
        min(best.interval.low, worst.interval.low),
        max(best.interval.high, worst.interval.high),
        best.interval.level,
        f"{DOUBTFUL}; {best.interval.method}",
    )
    return Doubtful(best=best, worst=worst, interval=interval, low=low, high=high, unclear=unclear)


def most_consistent(sample: int, population: int, *, found: int = 0, confidence: float = 0.95) -> Limit:
    """Give the largest rate, and number of cases, in a log that is still consistent with what a sample held.

    Were there one case more, as few as were found, or fewer, would be drawn with probability 1 - confidence at the most. It
    is one-sided: decide on it before the sample is seen, since putting it in the place of the two-sided interval because
    nothing was found covers less (docs/method/intervals.md, rule of three).

    Args:
        sample: Records in the sample.
        population: Records in the log.
        found: Cases in the sample; 0 unless said.
        confidence: One-sided.

    Raises:
        TypeError: A count is not a whole number.
        ValueError: The confidence is not over 0.5 and under 1, or as in `simple`.

    Source: J. P. Buonaccorsi, A note on confidence intervals for proportions in finite populations, Am. Stat. 41 (1987)
    215-218.
    """
    if not 1 / 2 < confidence < 1:
        raise ValueError(f"a one-sided confidence lies over 0.5 and under 1; it is {confidence}")
    rate = hypergeometric(found, sample, population, 2 * confidence - 1).high
    return Limit(
        rate=rate,
        number=round(rate * population),
        found=found,
        sample=sample,
        population=population,
        confidence=confidence,
    )
