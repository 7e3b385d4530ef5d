"""What an estimate of the unseen is: a number that states its assumptions, or a refusal that says why there is none."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import SupportsIndex

from answerable.estimate import Interval

__all__ = [
    "ALIKE",
    "CLOSED",
    "CLOSED_OF_MANY",
    "LEAST_SHARED",
    "MATCHED",
    "SAME_SET",
    "SAME_SET_OF_MANY",
    "NotEstimable",
    "Recapture",
    "holding",
    "level_checked",
    "shifted",
    "whole",
]

LEAST_SHARED = 7
"""Records that have to be on two lists or more. From so many on one can be 95 % sure that the bias of a two-list
estimate is under 2 % of the total (D. S. Robson & H. A. Regier, Sample size in Petersen mark-recapture experiments,
Trans. Am. Fish. Soc. 93 (1964) 215-226)."""

_PERIOD = "The set is closed: the lists speak of the same period, and no record came or went between them."
_REACH = "The lists cover the same set: every record could have entered each of them."
CLOSED = f"{_PERIOD} Where each list holds records that the other could not, the estimate is too high."
SAME_SET = (
    f"{_REACH} Where each leaves out other records by rule, the estimate is too high; records that both leave out by rule "
    "are not in it."
)
CLOSED_OF_MANY = (
    f"{_PERIOD} Where some lists hold records that others could not, the estimate may be too low or too high."
)
SAME_SET_OF_MANY = (
    f"{_REACH} Where some leave out records by rule, the estimate may be too low or too high; records that all leave out by "
    "rule are not in it."
)
MATCHED = (
    "Records are matched without error, and none is in one list twice. A match that was missed makes the estimate too "
    "high; a false match makes it too low."
)
ALIKE = (
    "On one list at least, every record is equally likely to be. Where the same records are the likelier ones on all "
    "lists, the estimate is too low."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recapture:
    """How many records there are in all, of which some are on no list.

    Attributes:
        total: The estimated number of records, those on no list included. It need not be whole.
        total_interval: Its interval, in records.
        seen: How many different records the lists hold together.
        missed: The estimated number of records on no list: ``total`` less ``seen``.
        missed_interval: Its interval, in records. Its bounds are whole numbers unless the estimate lies beyond them.
        method: How the estimate was made, with its source.
        assumptions: What has to hold for it, one sentence each, with the direction in which a failure moves it.
        notes: What else a careful reader has to know, one sentence each.
        lower_bound: Whether the estimate is one of a lower bound: at least so many records are expected to be missed.
    """

    total: float
    total_interval: Interval
    seen: int
    missed: float
    missed_interval: Interval
    method: str
    assumptions: tuple[str, ...]
    notes: tuple[str, ...] = ()
    lower_bound: bool = False

    @property
    def completeness(self) -> float:
        """The share of all records that the lists hold together."""
        return self.seen / self.total

    @property
    def completeness_interval(self) -> Interval:
        """The interval of `completeness`: ``seen`` divided by the bounds of the total."""
        bounds = self.total_interval
        return Interval(self.seen / bounds.high, self.seen / bounds.low, bounds.level, bounds.method)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotEstimable:
    """Lists from which the number missed cannot be told, because an assumption plainly fails. It is never a zero.

    Attributes:
        reason: Why not, as a sentence.
        ask_for: What would make it estimable, as a sentence.
        bound: The lower bound that still stands, where there is one.
    """

    reason: str
    ask_for: str
    bound: Recapture | None = None

    def __str__(self) -> str:
        return f"Not estimable: {self.reason} {self.ask_for}"


def holding(missed: float, low: float, high: float, level: float, method: str) -> Interval:
    """Make the interval of the number missed, widened where need be so that it holds the estimate itself."""
    return Interval(float(min(low, missed)), float(max(high, missed)), level, method)


def shifted(around: Interval, seen: int) -> Interval:
    """Give the interval of the total from that of the number missed."""
    return Interval(seen + around.low, seen + around.high, around.level, around.method)


def level_checked(level: float) -> None:
    """Check a nominal coverage.

    Raises:
        ValueError: It does not lie between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"the level lies between 0 and 1; it is {level}")


def whole(number: SupportsIndex, what: str) -> int:
    """Check that a count is a whole number of at least 0, of Python or NumPy.

    Raises:
        TypeError: It is not whole.
        ValueError: It is negative.
    """
    try:
        value = operator.index(number)
    except TypeError:
        raise TypeError(f"{what} is a whole number") from None
    if value < 0:
        raise ValueError(f"{what} is at least 0; it is {value}")
    return value
