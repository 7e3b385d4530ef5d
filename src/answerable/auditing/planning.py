"""Planning a sample: how many records to draw, and how they are shared out over strata, in words that a plan can be held to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from answerable import wording
from answerable.errors import UsageError
from answerable.review.frame import Frame
from answerable.sampling.allocation import proportional
from answerable.sampling.margins import estimation
from answerable.sampling.sizes import attribute

__all__ = ["Planned", "plan", "sizes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A plan: how many to draw, what it is based on, and what it says, in sentences."""

    size: int
    accept: int | None
    sentences: tuple[str, ...]
    details: dict[str, Any]


def plan(
    *,
    tolerable: float = 0,
    margin: float = 0,
    expected: float = 0,
    confidence: float = 0.95,
    population: int = 0,
) -> Planned:
    """Plan the size of a sample.

    Args:
        tolerable: The greatest share that may pass; the plan is then a test against it.
        margin: Or how far the estimate may be off, as a share.
        expected: The share that is expected.
        confidence: The confidence.
        population: How many records there are; 0: very many.

    Raises:
        UsageError: Neither or both of ``tolerable`` and ``margin`` are given, or no sample of any size can do it.
    """
    if bool(tolerable) == bool(margin):
        raise UsageError(
            "a plan is for a test or for an estimate",
            expected="--tolerable or --margin, and not both",
            do="Give the greatest share that may pass, or how far the estimate may be off.",
        )
    try:
        return (
            _test(tolerable, expected, confidence, population)
            if tolerable
            else _estimate(margin, expected, confidence, population)
        )
    except ValueError as error:
        raise UsageError(
            str(error),
            expected="a share that a sample can show",
            do="Change what is expected, tolerated or asked for.",
        ) from None


def _test(tolerable: float, expected: float, confidence: float, population: int) -> Planned:
    found = attribute(tolerable, expected_rate=expected, confidence=confidence, population=population or None)
    among = f"of {wording.count(population)} records" if population else "of very many records"
    share = wording.rate(tolerable)
    return Planned(
        size=found.size,
        accept=int(found.accept),
        sentences=(
            f"Draw {wording.count(found.size)} {among}.",
            f"If at most {wording.count(found.accept)} of them {'is a case' if found.accept == 1 else 'are cases'}, the share in the log is shown to be under "
            f"{share} with {100 * confidence:g}\u202f% confidence: were it {share}, so few would be found with a probability of "
            f"{found.risk:.3f}.",
        ),
        details={
            "size": found.size,
            "accept": int(found.accept),
            "risk": found.risk,
            "tolerable": tolerable,
            "expected": expected,
            "confidence": confidence,
            "population": population or None,
            "likelihood": found.likelihood,
        },
    )


def _estimate(margin: float, expected: float, confidence: float, population: int) -> Planned:
    found = estimation(expected or 0.5, margin, level=confidence, population=population or None)
    among = f"of {wording.count(population)} records" if population else "of very many records"
    worst = "" if expected else " (the share that asks for the largest sample, since none was named)"
    return Planned(
        size=found.size,
        accept=None,
        sentences=(
            f"Draw {wording.count(found.size)} {among}.",
            f"If the share in the sample is {wording.rate(expected or 0.5)}{worst}, its {100 * confidence:g}\u202f% interval is "
            f"{wording.span(found.low, found.high, 'share')}: no bound is further off than {wording.rate(margin)}.",
        ),
        details={
            "size": found.size,
            "margin": margin,
            "expected": expected or 0.5,
            "confidence": confidence,
            "population": population or None,
            "interval": found.interval,
        },
    )


def sizes(frame: Frame, size: int, allocation: str = "proportional") -> tuple[int, ...]:
    """Share a sample out over the strata of a frame.

    Args:
        frame: The frame.
        size: How many units are drawn in all.
        allocation: ``proportional``, ``equal``, or sizes by label: ``LABEL=N`` and ``LABEL=all``, with commas; strata that are not named
            share what is left of ``size`` in proportion.

    Raises:
        UsageError: Nothing would be drawn, a label is unknown, or more is asked for than there is.
    """
    firsts = (
        np.arange(len(frame)) if frame.cluster is None else np.unique(frame.cluster, return_index=True)[1]
    )
    units = np.bincount(frame.stratum[firsts], minlength=len(frame.strata))
    if len(units) == 1 and allocation in ("proportional", "equal"):
        found = [size]
    elif allocation == "proportional":
        found = list(proportional(size, units))
    elif allocation == "equal":
        found = _equal(size, units.tolist())
    else:
        found = _named(frame, size, allocation, units.tolist())
    if not sum(found):
        raise UsageError(
            "nothing would be drawn", expected="a size of at least 1", do="Give one with --size."
        )
    if any(asked > held for asked, held in zip(found, units.tolist(), strict=True)):
        raise UsageError(
            f"{wording.count(sum(found))} are to be drawn, and there are {wording.count(int(units.sum()))}",
            expected="no more than there are in any stratum",
            do="Draw fewer, or take a stratum whole with LABEL=all.",
        )
    return tuple(int(each) for each in found)


def _equal(size: int, units: list[int]) -> list[int]:
    """Share a size out evenly; a stratum that is smaller than its share is taken whole, and the others share the rest."""
    found = [0] * len(units)
    left = min(size, sum(units))
    while left:
        free = [at for at, held in enumerate(units) if found[at] < held]
        each, over = divmod(left, len(free))
        for place, at in enumerate(free):
            found[at] += min(each + (place < over), units[at] - found[at])
        left = min(size, sum(units)) - sum(found)
    return found


def _named(frame: Frame, size: int, allocation: str, units: list[int]) -> list[int]:
    found: dict[int, int] = {}
    for each in allocation.split(","):
        label, mark, number = (part.strip() for part in each.rpartition("="))
        places = [at for at, name in enumerate(frame.strata) if label and name.startswith(label)]
        if not mark or len(places) != 1 or not (number == "all" or number.isdecimal()):
            raise UsageError(
                f"--allocation has {each.strip()!r}",
                expected=f"LABEL=N or LABEL=all, a label of {wording.listing(list(frame.strata), joiner='or')} or the beginning of one",
                do="Write each stratum's label as it is shown.",
            )
        found[places[0]] = units[places[0]] if number == "all" else int(number)
    others = [at for at in range(len(units)) if at not in found]
    left = size - sum(found.values())
    if others and left > 0:
        shared = proportional(left, np.array([units[at] for at in others]))
        found |= dict(zip(others, (int(each) for each in shared), strict=True))
    return [found.get(at, 0) for at in range(len(units))]
