"""Sums over periods with a doubt that knows that neighbouring periods are alike: blocks of periods, a bootstrap and a test of signs.

Events come in clusters, and what is flagged today was mostly flagged yesterday. Cells and days are therefore no witnesses of their
own; blocks of a week or more, each taken whole, come nearer to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import special

from answerable.estimate import Interval
from answerable.hindsight.arrays import Floats
from answerable.wording import plural

__all__ = [
    "FEWEST",
    "FEWEST_LONG",
    "METHOD",
    "POWER",
    "Blocked",
    "block_sums",
    "blocked",
    "flip_signs",
    "intervals",
    "multinomials",
]

FEWEST = 8
"""The fewest blocks from which an interval is given."""

FEWEST_LONG = 6
"""The fewest blocks of twice or four times the length that are still used."""

POWER = 0.8
"""The chance of finding the difference that is called detectable."""

METHOD = (
    "bootstrap of blocks of periods, of one, two and four times the length, widened to Student's quantile "
    "(Carlstein 1986; Künsch 1989)"
)

_AT_ONCE = 1 << 20  # weights held at a time
_LATTICE = 1 << 17  # steps of the exact distribution, at the most, on either side


@dataclass(frozen=True, slots=True)
class Blocked:
    """A sum over periods and its doubt.

    Attributes:
        total: The sum.
        error: Its standard error, from the bootstrap; the largest of the lengths.
        interval: Of the sum that is expected of as many periods of the same kind; None under `FEWEST` blocks.
        p: How often chance alone makes the sum as far from 0, by the exact test of signs; the largest of the lengths.
        detectable: The difference that would be found in 80 of 100 such records, at the interval's level; None as the interval.
        blocks: How many blocks there are.
        length: Periods in the shortest blocks; the last may be shorter.
    """

    total: float
    error: float
    interval: Interval | None
    p: float
    detectable: float | None
    blocks: int
    length: int


def block_sums(values: Floats, length: int) -> tuple[Floats, Floats]:
    """Add up neighbouring periods, the last block being what is left over.

    A last block of less than half the length is joined to the one before it.

    Args:
        values: Of shape (..., periods).
        length: Periods in a block.

    Returns:
        The sums, of shape (..., blocks), and the number of periods of each block, of shape (blocks,).

    Raises:
        ValueError: A block has no period.
    """
    if length < 1:
        raise ValueError(f"a block has at least one period; this is {length}")
    periods = values.shape[-1]
    begins = np.arange(0, periods, length)
    if len(begins) > 1 and periods - begins[-1] < length / 2:
        begins = begins[:-1]
    return np.add.reduceat(values, begins, axis=-1), np.diff(np.append(begins, periods)).astype(np.float64)


def multinomials(blocks: int, number: int, seed: int) -> Iterator[Floats]:
    """Draw how often each block is drawn, in parts of shape (replicates, blocks): as many as there are, with replacement."""
    generator = np.random.default_rng(seed)
    height = max(_AT_ONCE // max(blocks, 1), 1)
    for begin in range(0, number, height):
        rows = min(height, number - begin)
        drawn = generator.multinomial(blocks, np.full(blocks, 1 / blocks), size=rows)
        yield drawn.astype(np.float64)


def blocked(
    values: Floats, *, length: int = 7, level: float = 0.95, replicates: int = 1_000, seed: int = 0
) -> list[Blocked]:
    """Give sums over periods with interval, test and the least difference that would be found.

    Blocks are drawn anew with replacement; a replicate's sum is that of its blocks, set to as many periods as there are. The
    percentiles of the replicates are moved away from the sum by t/z √(B/(B - 1)), with B blocks and Student's quantile t of B - 1
    degrees of freedom: by themselves they cover too seldom where blocks are few.

    This is done with blocks of the length, of twice and of four times the length, as far as `FEWEST_LONG` blocks are left. The
    interval holds all that these intervals hold, and p is the largest of their tests: where clusters outlast a week, weeks by
    themselves promise too much.

    Args:
        values: One row for each sum, of shape (rows, periods); all rows share their replicates.
        length: Periods in the shortest blocks.
        level: The nominal coverage.
        replicates: How many are drawn.
        seed: Of the replicates.

    Raises:
        ValueError: The level is not in 0 to 1, a block has no period, or there are fewer than two blocks.

    Sources: H. R. Künsch, The jackknife and the bootstrap for general stationary observations, Ann. Stat. 17 (1989) 1217-1241;
    E. Carlstein, The use of subseries values for estimating the variance of a general statistic, Ann. Stat. 14 (1986) 1171-1179.
    """
    tried = _tried(values, length, level, replicates, seed)
    blocks = tried[0].sums.shape[-1]
    made = []
    for row, total in enumerate(values.sum(axis=1)):
        made.append(
            Blocked(
                float(total),
                float(max(one.error[row] for one in tried)),
                _interval(tried, row, level),
                max(flip_signs(one.sums[row]) for one in tried),
                float(max(one.detectable[row] for one in tried)) if blocks >= FEWEST else None,
                blocks,
                length,
            )
        )
    return made


def intervals(
    values: Floats, *, length: int = 7, level: float = 0.95, replicates: int = 1_000, seed: int = 0
) -> list[Interval | None]:
    """Give the intervals of `blocked` alone, without the test, which takes most of its time.

    Args and errors are those of `blocked`.
    """
    tried = _tried(values, length, level, replicates, seed)
    return [_interval(tried, row, level) for row in range(len(values))]


def _tried(values: Floats, length: int, level: float, replicates: int, seed: int) -> list[_Length]:
    """Give what blocks of one, two and four times the length give, as far as there are enough."""
    if not 0 < level < 1:
        raise ValueError(f"the level lies between 0 and 1; it is {level}")
    if block_sums(values, length)[0].shape[-1] < 2:  # noqa: PLR2004 - a spread is between two
        raise ValueError(
            f"{plural(values.shape[-1], 'period')} make fewer than two blocks of {length}: no doubt can be told"
        )
    return [
        _at_length(values, times * length, level, replicates, seed)
        for times in (1, 2, 4)
        if times == 1 or block_sums(values, times * length)[0].shape[-1] >= FEWEST_LONG
    ]


def _interval(tried: list[_Length], row: int, level: float) -> Interval | None:
    """Give the interval that holds those of all lengths; None where there are too few blocks."""
    if tried[0].sums.shape[-1] < FEWEST:
        return None
    low, high = min(one.low[row] for one in tried), max(one.high[row] for one in tried)
    return Interval(float(low), float(high), level, METHOD)


@dataclass(frozen=True, slots=True, eq=False)
class _Length:
    """What blocks of one length give, for all rows."""

    sums: Floats
    error: Floats
    low: Floats
    high: Floats
    detectable: Floats


def _at_length(values: Floats, length: int, level: float, replicates: int, seed: int) -> _Length:
    sums, lengths = block_sums(values, length)
    blocks, periods, totals = len(lengths), values.shape[-1], sums.sum(axis=1)
    drawn = np.concatenate(
        [
            weights @ sums.T * (periods / (weights @ lengths))[:, None]
            for weights in multinomials(blocks, replicates, seed)
        ]
    )
    quantile = (1 + level) / 2
    few = np.sqrt(blocks / (blocks - 1))
    student = float(special.stdtrit(blocks - 1, quantile))
    widening = few * student / float(special.ndtri(quantile))
    bounds = totals + widening * (np.quantile(drawn, [1 - quantile, quantile], axis=0) - totals)
    errors = drawn.std(axis=0) * few
    power = student + float(special.stdtrit(blocks - 1, POWER))
    return _Length(sums, errors, bounds[0], bounds[1], errors * power)


def flip_signs(sums: Floats) -> float:
    """Give the exact two-sided p-value of a sum of blocks, each of which might as well have had the other sign.

    The distribution of the sum over all 2^B choices of signs is found by convolution, no sign being drawn. Sums that are no whole
    numbers are first rounded to a step of which the whole has 131,072: the test stays exact, for a rounded difference changes its
    sign as the difference does. With B blocks p is at least 2^(1 - B).

    Args:
        sums: Of shape (blocks,).

    Source: R. A. Fisher, The Design of Experiments (1935), section 21; the convolution as in M. Pagano & D. Tritchler, On obtaining
    permutation distributions in polynomial time, J. Am. Stat. Assoc. 78 (1983) 435-440.
    """
    size = np.abs(sums).sum()
    if not size:
        return 1.0
    whole = bool((sums == np.rint(sums)).all()) and size <= _LATTICE
    steps = np.rint(sums if whole else sums * (_LATTICE / size)).astype(np.int64)
    sizes = np.abs(steps)
    sizes = sizes[sizes > 0]
    most, found = int(sizes.sum()), abs(int(steps.sum()))
    chance = np.zeros(most + 1)  # of the sum of the sizes whose sign is positive
    chance[0] = 1.0
    upto = 0
    for one in np.sort(sizes):
        chance[one : upto + one + 1] = (chance[one : upto + one + 1] + chance[: upto + 1]) / 2
        # What lies below the shift has only its own half left; what was added is already halved.
        chance[:one] /= 2
        upto += int(one)
    value = 2 * np.arange(most + 1) - most
    return float(min(chance[np.abs(value) >= found].sum(), 1.0))
