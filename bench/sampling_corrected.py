"""How often the interval of a measure's share holds the truth once reviewers corrected it: samples of logs whose cases are known.

    .venv/bin/python bench/sampling_corrected.py

It writes its part of docs/method/sampling.md. The draws are seeded, so that the table is the same each time.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import marked
import numpy as np
from sampling_worlds import LEVEL, error
from tables import table

from answerable.sampling import rogan_gladen, stratified

_SEED = 20_261_201
_WORLDS = 500


@dataclass(frozen=True, slots=True)
class World:
    """A log: what a measure counts, and the rest, each as cases, records drawn and records; and how many answers are open."""

    counted: tuple[int, int, int]
    rest: tuple[int, int, int]
    open_share: float = 0.0

    @property
    def rate(self) -> float:
        """The true share of cases in the log."""
        return (self.counted[0] + self.rest[0]) / (self.counted[2] + self.rest[2])


WORLDS = (
    World((240, 30, 300), (10, 60, 2_000)),
    World((90, 30, 300), (60, 60, 2_000)),
    World((120, 25, 150), (0, 25, 850)),
    World((15, 25, 150), (60, 25, 850)),
    World((120, 25, 150), (20, 25, 850), 0.05),
)


def held(world: World, worlds: int = _WORLDS) -> tuple[float, float, float]:
    """Give how often the desk's interval holds the truth, its mean width, and how often Lang and Reiczigel's would.

    The latter takes the reviewed samples for a validation from elsewhere; where it gives none, it does not hold. It has no way
    with open answers, which it leaves out.
    """
    generator = np.random.default_rng([_SEED, *world.counted, *world.rest, round(1_000 * world.open_share)])
    (_, drawn, many), (_, others, more) = world.counted, world.rest

    @cache
    def bounds(cases: int, missed: int) -> tuple[float, float]:
        found = stratified([cases, missed], [drawn, others], [many, more], LEVEL).interval
        return found.low, found.high

    within = beside = 0
    width = 0.0
    for _ in range(worlds):
        sure, unclear = np.zeros(2, int), np.zeros(2, int)
        for at, (cases, sample, size) in enumerate((world.counted, world.rest)):
            found = int(generator.hypergeometric(cases, size - cases, sample))
            hidden = generator.binomial([found, sample - found], world.open_share)
            sure[at], unclear[at] = found - hidden[0], hidden.sum()
        low, high = bounds(*sure.tolist())[0], bounds(*(sure + unclear).tolist())[1]
        within += low <= world.rate <= high
        width += high - low
        clear = np.array([drawn, others]) - unclear
        beside += _lang_reiczigel(world, sure, clear - sure)
    return within / worlds, width / worlds, beside / worlds


def _lang_reiczigel(world: World, cases: np.ndarray, spared: np.ndarray) -> bool:
    flagged = (world.counted[2], world.counted[2] + world.rest[2])
    try:
        found = rogan_gladen(
            flagged,
            (int(cases[0]), int(cases.sum())),
            (int(spared[1]), int(spared.sum())),
            complete=True,
            level=LEVEL,
        )
    except ValueError:  # no case, no other, or a measure that separates nothing
        return False
    return found.fits and found.interval.low <= world.rate <= found.interval.high


def _rows() -> Iterator[tuple[str, ...]]:
    for world in WORLDS:
        share, width, beside = held(world)
        if share < LEVEL - 3 * error(LEVEL, _WORLDS):
            raise SystemExit(f"{world} covers {share}, and promises {LEVEL}")
        (cases, drawn, many), (missed, others, more) = world.counted, world.rest
        yield (
            f"{many:,} of {many + more:,}",
            f"{100 * cases / many:.0f}",
            f"{100 * cases / (cases + missed):.0f}",
            f"{drawn} and {others}",
            f"{100 * world.open_share:.0f}",
            f"{100 * world.rate:.1f}",
            f"{math.floor(1_000 * share + 1e-6) / 10:.1f} ± {100 * error(share, _WORLDS):.1f}",
            f"{100 * width:.1f}",
            f"{math.floor(1_000 * beside + 1e-6) / 10:.1f}",
        )


def main() -> None:
    """Measure, and write the part of the page."""
    head = (
        "counted", "precision, %", "recall, %", "drawn", "open, %", "rate, %", "coverage", "width, points", "taken for a validation",
    )  # fmt: skip  # a table: what stands in one line belongs together
    text = "\n".join(table(head, list(_rows()), right=True))
    marked.write("method/sampling.md", "bench/sampling_corrected.py", text)


if __name__ == "__main__":
    main()
