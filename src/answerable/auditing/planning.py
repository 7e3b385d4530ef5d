"""Planning a sample: how many records to draw, and how they are shared out over strata, in words that a plan can be held to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from answerable import wording
from answerable.errors import UsageError
from answerable.review.frame import Frame
from answerable.sampling.allocation import Allocation, allocate
from answerable.sampling.margins import estimation
from answerable.sampling.sequential import sequential
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
    looks: Sequence[int] = (),
) -> Planned:
    """Plan the size of a sample.

    Args:
        tolerable: The greatest share that may pass; the plan is then a test against it.
        margin: Or how far the estimate may be off, as a share.
        expected: The share that is expected.
        confidence: The confidence.
        population: How many records there are; 0: very many.
        looks: How many are judged, all told, at each look of a sequential plan; the plan is then a test against ``tolerable``.

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
        if looks:
            return _sequential(looks, tolerable, expected, confidence, population)
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
            f"If {_at_most(int(found.accept))}, the share in the log is shown to be under "
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


def _at_most(cases: int) -> str:
    if not cases:
        return "none of them is a case"
    return f"at most {wording.count(cases)} of them {'is a case' if cases == 1 else 'are cases'}"


def _sequential(
    looks: Sequence[int], tolerable: float, expected: float, confidence: float, population: int
) -> Planned:
    if not tolerable:
        raise UsageError(
            "a plan with several looks is a test against a tolerable share",
            expected="--tolerable",
            do="Give it, or leave out --look.",
        )
    found = sequential(looks, tolerable, confidence=confidence, population=population or None)
    hoped, worst = found.characteristics([expected, tolerable])
    steps = [
        f"after {wording.count(size)} if {_at_most(accept)}"
        for size, accept in zip(found.looks, found.accept, strict=True)
        if accept >= 0
    ]
    share = wording.rate(tolerable)
    return Planned(
        size=found.looks[-1],
        accept=found.accept[-1],
        sentences=(
            f"Draw {wording.count(found.looks[-1])} and judge them in the order of their numbers.",
            f"Stop {wording.listing(steps, most=20)}: the share is then shown to be under {share} with {100 * confidence:g}\u202f% confidence. "
            f"Were it {share}, the plan would ever stop so with a probability of {found.error:.3f}.",
            f"Where the share is {wording.rate(expected)}, the plan stops so with a probability of {hoped.accepts:.2f}, after "
            f"{wording.count(hoped.expected_size)} items on average; where it is {share}, after {wording.count(worst.expected_size)}.",
        ),
        details={
            "looks": list(found.looks),
            "accept": list(found.accept),
            "reject": list(found.reject),
            "error": found.error,
            "tolerable": tolerable,
            "expected": expected,
            "confidence": confidence,
            "population": population or None,
            "accepts": hoped.accepts,
            "expected_size": hoped.expected_size,
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


def sizes(
    frame: Frame, size: int, allocation: str = "proportional", expected: Mapping[str, float] | None = None
) -> tuple[int, ...]:
    """Share a sample out over the strata of a frame.

    Args:
        frame: The frame.
        size: How many units are drawn in all; where large clusters are all taken, how many of the others.
        allocation: ``proportional``, ``equal``, ``neyman``, or sizes by label: ``LABEL=N`` and ``LABEL=all``, with commas; strata that
            are not named share what is left of ``size`` in proportion.
        expected: The share expected in each stratum by its label, for ``neyman``.

    Raises:
        UsageError: Nothing would be drawn, a label is unknown, more is asked for than there is, or one cluster of several alone.
    """
    firsts = (
        np.arange(len(frame)) if frame.cluster is None else np.unique(frame.cluster, return_index=True)[1]
    )
    units = np.bincount(frame.stratum[firsts], minlength=len(frame.strata))
    if not size and "=" not in allocation:
        raise UsageError(
            "nothing would be drawn", expected="a size of at least 1", do="Give one with --size."
        )
    if frame.cluster is not None and size < min(2, units[-1]):
        raise UsageError(
            "one group alone does not show how far groups differ",
            expected="at least two that are drawn",
            do="Give a larger --size.",
        )
    try:
        if len(units) == 1:
            found = [size]
        elif frame.cluster is not None:
            found = [*units[:-1].tolist(), size]
        elif allocation == "neyman":
            rates = [_rate(label, expected or {}) for label in frame.strata]
            found = allocate(units, size, method="neyman", rates=rates).tolist()
        elif allocation in ("proportional", "equal"):
            method: Allocation = "equal" if allocation == "equal" else "proportional"
            found = allocate(units, size, method=method).tolist()
        else:
            found = _named(frame, size, allocation, units.tolist())
    except ValueError as error:
        raise UsageError(
            str(error),
            expected="a size that every stratum can give its part of",
            do="Give another with --size.",
        ) from None
    if any(asked > held for asked, held in zip(found, units.tolist(), strict=True)):
        raise UsageError(
            f"{wording.count(sum(found))} are to be drawn, and there are {wording.count(int(units.sum()))}",
            expected="no more than there are in any stratum",
            do="Draw fewer, or take a stratum whole with LABEL=all.",
        )
    return tuple(int(each) for each in found)


def _rate(label: str, expected: Mapping[str, float]) -> float:
    named = [rate for name, rate in expected.items() if name and label.startswith(name)]
    if len(named) != 1:
        raise UsageError(
            f"no share, or more than one, is expected of {label!r}",
            expected="one for each stratum",
            do="Give it with --expect LABEL=SHARE, such as --expect 'counted=0.6'.",
        )
    return named[0]


def _named(frame: Frame, size: int, allocation: str, units: list[int]) -> list[int]:
    """Read sizes by label; the strata that are not named share what is left."""
    found: dict[int, int] = {}
    for each in allocation.split(","):
        label, mark, number = (part.strip() for part in each.rpartition("="))
        exact = [at for at, name in enumerate(frame.strata) if name == label]
        places = exact or [at for at, name in enumerate(frame.strata) if label and name.startswith(label)]
        if not mark or len(places) != 1 or not (number == "all" or number.isdecimal()):
            raise UsageError(
                f"--allocation has {each.strip()!r}",
                expected=f"proportional, equal, neyman, or LABEL=N or LABEL=all with a label of {wording.listing(list(frame.strata), joiner='or')} or the beginning of one",
                do="Write each stratum's label as it is shown.",
            )
        found[places[0]] = units[places[0]] if number == "all" else int(number)
    others = [at for at in range(len(units)) if at not in found]
    left = size - sum(found.values())
    if others and left > 0:
        shared = allocate(np.array([units[at] for at in others]), left)
        found |= dict(zip(others, shared.tolist(), strict=True))
    return [found.get(at, 0) for at in range(len(units))]
