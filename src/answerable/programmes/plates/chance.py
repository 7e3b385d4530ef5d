"""How many of the pairs that a rule makes are made by chance, from the pairs that it makes at clocks that cannot be right.

Physics knows the method as time slides: two records of events are shifted against each other by more than any true
coincidence allows, and what still coincides does so by chance (M. Was et al., On the background estimation by time slides in a
network of gravitational wave detectors, Class. Quantum Grav. 27 (2010) 015005). As there, events that coincide at the right clock
are taken out first: they are true for the most part, and would be counted again as chances that were never there.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from answerable import wording
from answerable.estimate import Interval, Part
from answerable.programmes.measure import Computation, Refusal
from answerable.programmes.plates.several_logs import Breakdowns, lacking

__all__ = ["METHOD", "Slides", "by_chance", "false_matches", "mean_count"]

METHOD = (
    "wrong-clock matching (time slides): the mean over the wrong clocks, with the wider of the exact Poisson interval "
    "(Garwood 1936) and Student's t interval"
)


def mean_count(counts: Sequence[int], level: float = 0.95) -> tuple[float, float, float]:
    """Give the mean of counts made alike, with bounds for what it estimates.

    The bounds are the farther of Garwood's, exact where the counts are Poisson, and Student's t over the counts, which also holds
    where they vary more than that. The lower is never below 0.

    Args:
        counts: At least one count.
        level: The nominal coverage.

    Returns:
        The mean, the lower and the upper bound.

    Raises:
        ValueError: There is no count, or one is negative.

    Source: F. Garwood, Fiducial limits for the Poisson distribution, Biometrika 28 (1936) 437-442.
    """
    if not counts or min(counts) < 0:
        raise ValueError("at least one count is needed, and none is below 0")
    number, total = len(counts), sum(counts)
    mean, tail = total / number, (1 - level) / 2
    low = float(stats.chi2.ppf(tail, 2 * total)) / 2 / number if total else 0.0
    high = float(stats.chi2.ppf(1 - tail, 2 * total + 2)) / 2 / number
    if number > 1:
        half = float(stats.t.ppf(1 - tail, number - 1)) * float(np.std(counts, ddof=1)) / math.sqrt(number)
        low, high = min(low, max(mean - half, 0.0)), max(high, mean + half)
    return mean, low, high


@dataclass(frozen=True, slots=True, kw_only=True)
class Slides:
    """What the rule made of one pair of logs.

    Attributes:
        matched: Pairs at the right clock.
        an_hour: Pairs made of the rest an hour apart.
        ones: Searches of the first log that the right clock left over.
        twos: Those of the second.
        tried: Of the first log's, how many were tried at each wrong clock.
        found: How many pairs each wrong clock made of them and the second log's.
    """

    matched: int
    an_hour: int
    ones: int
    twos: int
    tried: Sequence[int]
    found: Sequence[int]


def _solved(chance: float, ones: float, twos: float, most: float) -> float:
    """Find how many pairs are by chance: F = c (A + F)(B + F).

    Every pair by chance took a search out of each log that is left over no more; A and B are what is left. ``most`` is what was
    found in all: so many are by chance where there is no smaller solution.
    """
    if not chance or not ones or not twos:
        return 0.0
    linear = 1 - chance * (ones + twos)
    under = linear**2 - 4 * chance**2 * ones * twos
    if linear <= 0 or under < 0:
        return float(most)
    # The smaller root, in the form that does not take the difference of two near numbers.
    return min(2 * chance * ones * twos / (linear + math.sqrt(under)), float(most))


def by_chance(slides: Slides, level: float = 0.95) -> tuple[float, Interval] | None:
    """Estimate how many of the pairs that the rule made are made by chance, on average.

    The chance c that a search left over in the first log meets one of those left over in the second is the mean over the wrong
    clocks. Of pairs at the right clock F = c (A + F)(B + F)/B are then by chance: those that were paired by chance were there to
    be met as well. What is paired an hour apart has a chance of the same size, among what is then left.

    Args:
        slides: What the rule made of the two logs.
        level: The nominal coverage.

    Returns:
        The expected number and its interval; None where no wrong clock could be tried.
    """
    if not slides.ones or not slides.twos:
        return 0.0, Interval(0.0, 0.0, level, METHOD)
    if not slides.found or not sum(slides.tried):
        return None
    tried = sum(slides.tried) / len(slides.tried)

    def expected(mean: float) -> float:
        chance = mean / tried / slides.twos
        first = _solved(chance, slides.ones, slides.twos, slides.matched)
        ones, twos = slides.ones - slides.an_hour, slides.twos - slides.an_hour
        return first + (_solved(chance, ones, twos, slides.an_hour) if slides.an_hour else 0.0)

    mean, low, high = mean_count(slides.found, level)
    return expected(mean), Interval(expected(low), expected(high), level, METHOD)


def _slides(breakdowns: Breakdowns) -> dict[str, Slides]:
    """Read what the rule made of each pair of logs, by the pair's label."""

    def one(breakdown: str, label: str) -> int:
        return sum(round(part.value or 0) for part in breakdowns.get(breakdown, ()) if part.label == label)

    def several(breakdown: str, label: str) -> list[int]:
        return [round(part.value or 0) for part in breakdowns.get(breakdown, ()) if part.label == label]

    return {
        part.label: Slides(
            matched=one("pairs at the right clock", part.label),
            an_hour=one("pairs an hour apart", part.label),
            ones=one("left over in the first log", part.label),
            twos=one("left over in the second log", part.label),
            tried=several("tried at a wrong clock", part.label),
            found=several("pairs at a wrong clock", part.label),
        )
        for part in breakdowns.get("pairs at the right clock", ())
    }


def false_matches(
    headline: Part | None, breakdowns: Breakdowns, parameters: Mapping[str, float]
) -> Computation | Refusal:
    """Estimate how many of the rule's pairs are by chance; `answerable.programmes.measure.Finish` says what is given."""
    del headline, parameters
    refused = lacking(breakdowns)
    if refused:
        return refused
    slides = _slides(breakdowns)
    if not slides:
        return Refusal(
            "The rule made no pair: what was found in two logs was found by ID, or there is nothing on common ground.",
            "An ID leaves nothing to chance; where there is no common ground, ask for logs of one period.",
        )
    parts, caveats = [], []
    low = high = expected = 0.0
    for label, each in slides.items():
        made = by_chance(each)
        if made is None:
            return Refusal(
                f"The period that two logs have in common is too short to try the rule at a wrong clock: {label}.",
                "Ask for logs that have more than three hours in common.",
            )
        number, interval = made
        pairs = each.matched + each.an_hour
        expected, low, high = expected + number, low + interval.low, high + interval.high
        around = Interval(interval.low / pairs, interval.high / pairs, interval.level, interval.method)
        parts.append(Part(label, number / pairs, number, pairs, around))
        if each.found:
            caveats.append(
                f"{label}: of {wording.count(sum(each.tried) / len(each.tried))} searches that were left over and tried at "
                f"{wording.plural(len(each.found), 'wrong clock')}, {wording.quantity(sum(each.found) / len(each.found))} found a pair "
                "at each, on average."
            )
    whole = sum(part.denominator or 0 for part in parts)
    level = parts[0].interval.level if parts[0].interval else 0.95
    return Computation(
        value=expected / whole,
        numerator=expected,
        denominator=whole,
        interval=Interval(low / whole, high / whole, level, METHOD),
        method=METHOD,
        breakdowns={"pair of logs": tuple(parts)},
        caveats=tuple(caveats),
    )
