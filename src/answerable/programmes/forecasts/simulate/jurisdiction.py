"""What a synthetic jurisdiction is made of, and what is true of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Jurisdiction", "Truth"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdiction:
    """A grid of squares, what happens in it, what is recorded, and a system that flags squares.

    Attributes:
        side: Squares along each side.
        days: Days that are forecast.
        incidents: The mean number of incidents a day in the whole of it, before those that follow others.
        spread: The standard deviation of the logarithm of the squares' rates: 0 is a flat town.
        repeats: How many incidents follow from one in the week after, in the same square or beside it; below 1.
        weekly: How far the weekend is above the mean, as a share of it.
        skill: 0 is a score that has nothing to do with what happens, 1 one that knows the rate of every square and day.
        flagged: Squares that are flagged each day.
        reported: The share of incidents that the public reports, where nothing is planted.
        bias: By how much that share is higher where all residents are of group B, and lower where none is: 0 to 1.
        feedback: How many offences each patrol finds, of the kind that depends on looking.
        elsewhere: How many of that kind are found in a square and day without a patrol.
        faults: Whether faults are planted that the measures of quality count.
        seed: The same seed gives the same bytes.
    """

    side: int = 10
    days: int = 60
    incidents: float = 12.0
    spread: float = 1.0
    repeats: float = 0.25
    weekly: float = 0.3
    skill: float = 0.7
    flagged: int = 5
    reported: float = 0.6
    bias: float = 0.3
    feedback: float = 0.8
    elsewhere: float = 0.005
    faults: bool = False
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What was planted and drawn.

    Attributes:
        areas: Squares.
        days: Days.
        flags: Flags in all.
        happened: Incidents that happened.
        happened_in_flagged: Of those, the ones in a square and day that was flagged.
        expected_in_flagged: The share of all expected incidents that lies in flagged squares and days: what the hit rate is
            an estimate of where everything is recorded.
        reported: Incidents that the public reported.
        reported_in_flagged: Of those, the ones in a square and day that was flagged.
        found: Offences that police found.
        found_in_flagged: Of those, the ones in a square and day that was flagged.
        reported_share: The share of incidents that was reported, in the half of squares with fewer residents of group B and in the
            other half.
        measures: By the names of measures, the counts that they have to give.
    """

    areas: int
    days: int
    flags: int
    happened: int
    happened_in_flagged: int
    expected_in_flagged: float
    reported: int
    reported_in_flagged: int
    found: int
    found_in_flagged: int
    reported_share: tuple[float, float]
    measures: Mapping[str, tuple[int, int]]
