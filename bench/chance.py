"""Tries the estimate of pairs by chance on planted searches, and prints how often its interval holds the truth.

    .venv/bin/python bench/chance.py

Each search is drawn into each of two logs by itself; pairs beyond those truly in both are by chance. The rule is repeated here
in a few lines of its own, on seconds and organisations alone. docs/method/completeness.md holds the table.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tables import table

from answerable.programmes.plates.chance import Slides, by_chance
from answerable.programmes.plates.matching import WRONG_CLOCKS

_DAY = 86_400
_PERIOD = 28 * _DAY
_SHARE = 0.7  # of all searches, that each log holds
_ORGANISATIONS = 1_000  # more than any of the ways of drawing has

Numbers = NDArray[np.int64]
Draw = Callable[[np.random.Generator], tuple[Numbers, Numbers]]


def _evenly(drawn: np.random.Generator) -> tuple[Numbers, Numbers]:
    return drawn.integers(0, _PERIOD, 20_000), np.zeros(20_000, np.int64)


def _daily(drawn: np.random.Generator) -> tuple[Numbers, Numbers]:
    hours = np.clip(drawn.normal(14, 3, 20_000), 0, 23.99)
    return drawn.integers(0, 28, 20_000) * _DAY + (hours * 3600).astype(np.int64), np.zeros(20_000, np.int64)


def _in_sessions(drawn: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Give 20 organisations 25 sessions each, in which three users search every 5 to 79 seconds."""
    seconds, organisations = [], []
    for organisation in range(20):
        for _ in range(25):
            begins = drawn.integers(0, 28) * _DAY + int(np.clip(drawn.normal(14, 3), 0, 22) * 3600)
            for _ in range(3):
                number = drawn.integers(5, 40)
                seconds.append(begins + np.cumsum(drawn.integers(5, 80, number)))
                organisations.append(np.full(number, organisation))
    return np.concatenate(seconds) % _PERIOD, np.concatenate(organisations)


_WAYS: dict[str, Draw] = {
    "spread evenly": _evenly,
    "daily rhythm": _daily,
    "sessions of three users": _in_sessions,
}


@dataclass(frozen=True, slots=True)
class _Tried:
    """One trial: the pairs truly by chance, the estimate and its bounds."""

    truth: int
    estimate: float
    low: float
    high: float


def _keys(seconds: Numbers, organisations: Numbers) -> Counter[int]:
    return Counter((seconds * _ORGANISATIONS + organisations).tolist())


def _moved(key: int, by: int) -> int:
    second, organisation = divmod(key, _ORGANISATIONS)
    return (second + by) % _PERIOD * _ORGANISATIONS + organisation


def _tried(draw: Draw, seed: int) -> _Tried:
    drawn = np.random.default_rng(seed)
    seconds, organisations = draw(drawn)
    in_one, in_other = drawn.random(len(seconds)) < _SHARE, drawn.random(len(seconds)) < _SHARE
    one, other = (_keys(seconds[held], organisations[held]) for held in (in_one, in_other))
    pairs = one & other
    ones, others = one - pairs, other - pairs
    found = {
        family: [
            sum(min(number, others[_moved(key, clock)]) for key, number in ones.items()) for clock in clocks
        ]
        for family, clocks in WRONG_CLOCKS.items()
    }
    made = by_chance(
        Slides(
            matched=pairs.total(),
            an_hour=0,
            ones=ones.total(),
            twos=others.total(),
            tried={family: [ones.total()] * len(counts) for family, counts in found.items()},
            found=found,
        )
    )
    if made is None:
        raise SystemExit("no wrong clock could be tried")
    estimate, around = made
    return _Tried(pairs.total() - int((in_one & in_other).sum()), estimate, around.low, around.high)


def main() -> None:
    """Try and print."""
    parser = argparse.ArgumentParser(description="Try the estimate of pairs by chance on planted searches.")
    parser.add_argument("--times", type=int, default=30, help="how often each way of drawing is tried")
    times = parser.parse_args().times
    rows = []
    for name, draw in _WAYS.items():
        trials = [_tried(draw, seed) for seed in range(times)]
        truth, estimate, low, high = (
            np.mean([getattr(each, field) for each in trials])
            for field in ("truth", "estimate", "low", "high")
        )
        # The interval is for the number on average; of a single trial's own number it is the mean that is compared.
        held = sum(each.low <= truth <= each.high for each in trials)
        rows.append(
            (name, f"{truth:.1f}", f"{estimate:.1f}", f"{low:.1f} to {high:.1f}", f"{held} of {times}")
        )
    head = ("searches", "pairs by chance, truly", "estimated", "interval, on average", "held the truth")
    print("\n".join(table(head, rows)))


if __name__ == "__main__":
    main()
