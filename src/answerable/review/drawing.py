"""Drawing: a sample that anyone who holds the case can make again.

Every unit (a record, or a cluster by its first record) has a ticket: the SHA-256 of ``seed:source:place`` in UTF-8, where
``source`` is the SHA-256 of the file that the record was read from, in hexadecimal, and ``place`` its position among that
file's records in the case, from 0. In each stratum the units with the least tickets are drawn, read as hexadecimal text.

Whoever knows the seed before the files are fixed could choose it so that some records are drawn, and whoever knows the
files could try seeds: a seed that is rolled with dice in front of witnesses, after the case is made, rules out both. The
rule is that of M. Lindeman & P. B. Stark, A Gentle Introduction to Risk-limiting Audits, IEEE Security & Privacy 10 (2012)
42-49, with SHA-256 as its source of numbers. A longer sample of the same seed begins with the shorter one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answerable import wording
from answerable.errors import UsageError
from answerable.review.frame import Frame

__all__ = ["RULE", "Drawn", "draw", "ticket"]

RULE = (
    "in each stratum, the units with the least SHA-256 of 'seed:SHA-256 of the source:position among its records in the case, "
    "from 0'; a cluster has the ticket of its first record"
)
"""The rule, as it is kept with each sample."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The records that were drawn.

    Attributes:
        places: Their places in the frame, in the order of their strata and tickets.
        tickets: The ticket of each, or of its cluster.
        units: How many units each stratum holds: records, or clusters.
        taken: How many of them were drawn.
    """

    places: NDArray[np.int64]
    tickets: tuple[str, ...]
    units: tuple[int, ...]
    taken: tuple[int, ...]


def ticket(seed: str, source: str, position: int) -> str:
    """Give the ticket of a unit: 64 hexadecimal digits."""
    return hashlib.sha256(f"{seed}:{source}:{position}".encode()).hexdigest()


def draw(frame: Frame, hashes: Mapping[int, str], seed: str, sizes: Sequence[int]) -> Drawn:
    """Draw a sample without replacement.

    Args:
        frame: What it is drawn from.
        hashes: The SHA-256 of each source, by its number.
        seed: The seed.
        sizes: How many units are drawn of each stratum, in the frame's order.

    Raises:
        UsageError: The seed is empty, or more is asked for than there is.
    """
    if not seed.strip():
        raise UsageError(
            "the seed is empty",
            expected="digits that nobody could choose, such as twenty rolls of a die",
            do="Roll them in front of witnesses, after the case is made, and give them with --seed.",
        )
    firsts = _firsts(frame)
    units = np.bincount(frame.stratum[firsts], minlength=len(frame.strata))
    for label, size, asked in zip(frame.strata, units, sizes, strict=True):
        if not 0 <= asked <= size:
            raise UsageError(
                f"{wording.count(asked)} are to be drawn of {wording.count(int(size))} ({label})",
                expected="no more than there are",
                do="Draw fewer, or the whole stratum.",
            )
    tickets = [ticket(seed, hashes[int(frame.source[at])], int(frame.position[at])) for at in firsts.tolist()]
    chosen: list[int] = []
    for stratum, size in enumerate(sizes):
        inside = (
            [place for place in range(len(firsts)) if frame.stratum[firsts[place]] == stratum]
            if len(frame.strata) > 1
            else range(len(firsts))
        )
        chosen += sorted(inside, key=tickets.__getitem__)[:size]
    if frame.cluster is None:
        places, drawn = firsts[chosen], [tickets[at] for at in chosen]
    else:
        places, drawn = _members(frame, chosen, tickets)
    return Drawn(places, tuple(drawn), tuple(units.tolist()), tuple(sizes))


def _firsts(frame: Frame) -> NDArray[np.int64]:
    """Give the place of each unit's first record."""
    if frame.cluster is None:
        return np.arange(len(frame))
    return np.unique(frame.cluster, return_index=True)[1].astype(np.int64)


def _members(
    frame: Frame, chosen: Sequence[int], tickets: Sequence[str]
) -> tuple[NDArray[np.int64], list[str]]:
    """Give every record of the clusters that were drawn, with its cluster's ticket."""
    places: list[int] = []
    drawn: list[str] = []
    for at in chosen:
        members = np.flatnonzero(frame.cluster == at)
        places += members.tolist()
        drawn += [tickets[at]] * len(members)
    return np.asarray(places, np.int64), drawn
