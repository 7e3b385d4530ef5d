"""How many of the pairs that a rule makes are made by chance, from the pairs that it makes at clocks that cannot be right.

Physics knows the method as time slides: two records of events are shifted against each other by more than any true
coincidence allows, and what still coincides does so by chance (M. Was et al., On the background estimation by time slides in a
network of gravitational wave detectors, Class. Quantum Grav. 27 (2010) 015005). As there, events that coincide at the right clock
are taken out first: they are true for the most part, and would be counted again as chances that were never there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from answerable.estimate import Interval, Part
from answerable.programmes.measure import Computation, Refusal
from answerable.programmes.plates.matching import WRONG_CLOCKS
from answerable.programmes.plates.several_logs import Breakdowns

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
        tried: Of the first log's, how many were tried at each wrong clock, by the family of the clocks.
        found: How many pairs each wrong clock made of them and the second log's, by the family of the clocks.
    """

    matched: int
    an_hour: int
    ones: int
    twos: int
    tried: Mapping[str, Sequence[int]]
    found: Mapping[str, Sequence[int]]

    @property
    def pairs(self) -> int:
        """Pairs that the rule made."""
        return self.matched + self.an_hour

    def expected(self, mean: float, tried: float) -> float:
        """Give how many pairs are by chance if of so many tried at a wrong clock so many met another on average."""
        chance = mean / tried / self.twos
        number = _solved(chance, self.ones, self.twos, self.matched)
        if self.an_hour:
            number += _solved(chance, self.ones - self.an_hour, self.twos - self.an_hour, self.an_hour)
        return number


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

    The chance c that one search left over in the first log meets one left over in the second is found at wrong clocks. Of pairs
    at the right clock F = c (A + F)(B + F) are then by chance: those that were paired by chance were there to be met as well. What
    is paired an hour apart has a chance of the same size, among what is then left.

    The number is that of the first family of wrong clocks, which keeps the sessions in which users search. It errs to the high
    side: it also counts a user's own next search. The interval reaches from the least lower bound of the families to the greatest upper
    one: where searches come in bursts, clocks that are wrong by an hour or a week find too few.

    Args:
        slides: What the rule made of the two logs.
        level: The nominal coverage.

    Returns:
        The expected number and its interval; None where no wrong clock could be tried.
    """
    if not slides.ones or not slides.twos:
        return 0.0, Interval(0.0, 0.0, level, METHOD)
    families = []
    for family, counts in slides.found.items():
        tried = sum(slides.tried[family]) / len(slides.tried[family])
        families.append([slides.expected(each, tried) for each in mean_count(counts, level)])
    if not families:
        return None
    lows, highs = [low for _, low, _ in families], [high for *_, high in families]
    return families[0][0], Interval(min(lows), max(highs), level, METHOD)


def _read(breakdowns: Breakdowns) -> dict[str, Slides]:
    """Read what the rule made of each pair of logs, by the pair's label."""

    def of(label: str, breakdown: str) -> list[int]:
        return [round(part.value or 0) for part in breakdowns.get(breakdown, ()) if part.label == label]

    def by_family(label: str, lead: str) -> dict[str, list[int]]:
        each = {family: of(label, f"{lead} at a clock wrong by {family}") for family in WRONG_CLOCKS}
        return {family: counts for family, counts in each.items() if counts}

    return {
        part.label: Slides(
            matched=sum(of(part.label, "pairs at the right clock")),
            an_hour=sum(of(part.label, "pairs an hour apart")),
            ones=sum(of(part.label, "left over in the first log")),
            twos=sum(of(part.label, "left over in the second log")),
            tried=by_family(part.label, "tried"),
            found=by_family(part.label, "pairs"),
        )
        for part in breakdowns.get("pairs at the right clock", ())
    }


def _families(label: str, slides: Slides) -> Iterator[Part]:
    """Say what share of the searches left over found a pair at each family of wrong clocks."""
    for family, counts in slides.found.items():
        found, tried = sum(counts), sum(slides.tried[family])
        yield Part(f"{label}: clocks wrong by {family}", found / tried, found, tried)


def false_matches(
    headline: Part | None, breakdowns: Breakdowns, parameters: Mapping[str, float]
) -> Computation | Refusal:
    """Estimate how many of the rule's pairs are by chance; `answerable.programmes.measure.Finish` says what is given."""
    del headline, parameters
    read = _read(breakdowns)
    if not read:
        return Refusal(
            "The rule made no pair: what was found in two logs was found by ID, or nothing is on common ground.",
            "An ID leaves nothing to chance; where nothing is on common ground, ask for logs of one period.",
        )
    parts: list[Part] = []
    families: list[Part] = []
    low = high = 0.0
    for label, slides in read.items():
        made = by_chance(slides)
        if made is None:
            return Refusal(
                f"The period that two logs have in common is too short to try the rule at a wrong clock: {label}.",
                "Ask for logs that have more than an hour in common.",
            )
        number, around = made
        low, high = low + around.low, high + around.high
        of_pairs = replace(around, low=around.low / slides.pairs, high=around.high / slides.pairs)
        parts.append(Part(label, number / slides.pairs, number, slides.pairs, of_pairs))
        families += _families(label, slides)
    expected, pairs = sum(part.numerator or 0 for part in parts), sum(each.pairs for each in read.values())
    return Computation(
        value=expected / pairs,
        numerator=expected,
        denominator=pairs,
        interval=replace(around, low=low / pairs, high=high / pairs),
        method=METHOD,
        breakdowns={"pair of logs": tuple(parts), "left over, and paired at a wrong clock": tuple(families)},
    )
