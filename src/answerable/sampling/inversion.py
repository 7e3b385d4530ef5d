"""Exact tail probabilities of an estimated total of several strata, and the split of the cases that makes one largest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from answerable.sampling.counting import chances

__all__ = ["Tail", "greatest", "least"]

_CELLS = 1_000  # of the lattice that totals are put on, up to the estimate
_ROUNDING = 1e-9  # of a cell, and of a tail probability
_DIRECT = 48  # numbers of cases in a stratum up to which adding is faster than a transform
_ALL_SPLITS = 2_048  # that are looked at where there are two strata
_FLAT, _STEEP, _HALVINGS = (
    1e-12,
    1e9,
    100,
)  # the search for a multiplier: what counts as 0, where it starts, and for how long
_STARTS = 2  # splits that a search begins from
_STRIDES = 10  # moves of one length, at the most, before shorter ones are tried
_MANY, _SOURCES = (
    9,
    4,
)  # strata from which on some moves are looked at, and how many of either kind those join

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tail:
    """How likely it is to estimate as little as was estimated, or as much, were the cases split in a given way.

    The estimate is the sum over the strata of cases in the sample times records in the stratum to a record in the sample.
    It is put on a lattice, in the direction that makes the probability larger and never smaller.

    Attributes:
        counts: Cases in each stratum's sample, of shape (strata,).
        samples: Records in each sample.
        sizes: Records in each stratum.
        upper: Whether it is the probability of as much or more; else of as little or less.
    """

    counts: Integers
    samples: Integers
    sizes: Integers
    upper: bool

    @property
    def lowest(self) -> Integers:
        """The fewest cases that each stratum can hold, after what was seen."""
        return self.counts

    @property
    def highest(self) -> Integers:
        """The most cases that each stratum can hold, after what was seen."""
        return self.sizes - (self.samples - self.counts)

    def __call__(self, splits: Integers) -> Floats:
        """Give the probability for each split of the cases: ``splits`` is of shape (splits, strata)."""
        weights = self.sizes / self.samples
        total = float(weights @ self.counts)
        cell = float(weights[0])
        if not np.allclose(weights, cell, rtol=1e-12):
            cell = max(total, float(weights.max())) / _CELLS
        slack = _ROUNDING * (len(weights) + 1)
        last = int(np.ceil(total / cell - slack)) - 1 if self.upper else int(np.floor(total / cell + slack))
        if last < 0:
            return np.ones(len(splits))
        below: Floats | None = None
        for at in range(len(weights)):
            numbers = np.arange(self.samples[at] + 1)
            exact = numbers * weights[at] / cell
            places = (np.ceil(exact - _ROUNDING) if self.upper else np.floor(exact + _ROUNDING)).astype(
                np.int64
            )
            kept = places <= last
            # Splits that are compared differ in two strata: most of their numbers are the same.
            cases, which = np.unique(splits[:, at], return_inverse=True)
            drawn = chances(numbers[kept][None, :], self.samples[at], self.sizes[at], cases[:, None])[which]
            below = _added(below, places[kept], drawn, last + 1)
        assert below is not None  # noqa: S101 - there is at least one stratum
        reached = np.clip(below.sum(axis=1), 0, 1)
        return np.asarray(1 - reached if self.upper else reached)


def _added(before: Floats | None, places: Integers, drawn: Floats, cells: int) -> Floats:
    """Add a stratum's part of the estimate to a distribution on the lattice, of which what lies beyond the cells is left out."""
    if before is None:
        return _placed(places, drawn, cells)
    if len(places) <= _DIRECT:
        after = np.zeros_like(before)
        for place, chance in zip(places.tolist(), drawn.T, strict=True):
            after[:, place:] += chance[:, None] * before[:, : cells - place]
        return after
    own = _placed(places, drawn, cells)
    length = fft.next_fast_len(2 * cells, real=True)
    product = fft.rfft(before, length, axis=1) * fft.rfft(own, length, axis=1)
    return np.asarray(np.maximum(fft.irfft(product, length, axis=1)[:, :cells], 0.0))


def _placed(places: Integers, drawn: Floats, cells: int) -> Floats:
    """Put probabilities on the lattice; several of them may share a cell."""
    own = np.zeros((len(drawn), cells))
    cell, first = np.unique(places, return_index=True)
    own[:, cell] = np.add.reduceat(drawn, first, axis=1)
    return own


def greatest(tail: Tail, most: float) -> int:
    """Find the greatest total of cases under which as little as was estimated is likelier than ``most``, for some split."""
    first, last = int(tail.lowest.sum()), int(tail.highest.sum())
    return last - _inverted(tail, most, last - first, lambda steps: last - steps)


def least(tail: Tail, most: float) -> int:
    """Find the least total of cases under which as much as was estimated is likelier than ``most``, for some split."""
    first, last = int(tail.lowest.sum()), int(tail.highest.sum())
    return first + _inverted(tail, most, last - first, lambda steps: first + steps)


def _inverted(tail: Tail, most: float, steps: int, total: Callable[[int], int]) -> int:
    """Find the first step at which the total is not rejected by any split; the last step never is.

    The probability of the likeliest split rises from step to step: a case may be taken from, or given to, whichever
    stratum. Splits that come at once give a step; the likeliest split that a search finds just outside it is then put among
    them, until there is none that is likely enough.
    """
    most *= 1 - _ROUNDING
    kept: list[Integers] = []

    def likely(step: int) -> bool:
        splits = _offhand(tail, total(step))
        if kept:
            splits = np.concatenate([splits, np.array([_scaled(tail, split, total(step)) for split in kept])])
        return bool(tail(splits).max() > most)

    found = _first(likely, 0, steps)
    while found:
        split, chance = _best(tail, total(found - 1))
        if chance <= most:
            break
        kept.append(split)
        found = _first(likely, 0, found - 1)
    return found


def _first(holds: Callable[[int], bool], low: int, high: int) -> int:
    """Find by bisection the first step for which a test holds; ``high`` where it holds for none below."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _offhand(tail: Tail, total: int) -> Integers:
    """Give splits of a total that come at once: the likeliest after what was seen, and all of the surplus in one stratum."""
    room = tail.highest - tail.lowest
    estimated = np.minimum(np.round(tail.sizes * tail.counts / tail.samples).astype(np.int64), tail.highest)
    found = [_likeliest(tail, total)]
    for base in (tail.lowest, estimated):
        for at in range(len(room)):
            order = [at, *(other for other in range(len(room)) if other != at)]
            split, left = base.copy(), total - int(base.sum())
            for stratum in order:
                moved = int(
                    np.clip(
                        left, tail.lowest[stratum] - split[stratum], tail.highest[stratum] - split[stratum]
                    )
                )
                split[stratum] += moved
                left -= moved
            found.append(split)
    return np.unique(np.array(found), axis=0)


def _likeliest(tail: Tail, total: int) -> Integers:
    """Give the split of a total under which what was seen in each stratum is likeliest, to within a case."""
    counts, sizes = tail.counts, tail.sizes.astype(np.float64)

    def shares(slope: float) -> Floats:
        # The root in 0 to 1 of: counts / p - misses / (1 - p) = slope x size.
        pull = slope * sizes
        if abs(slope) < _FLAT:
            return np.asarray(counts / tail.samples)
        spread = tail.samples + pull
        root = np.sqrt(np.maximum(spread**2 - 4 * pull * counts, 0))
        return np.asarray(np.clip((spread - root) / (2 * pull), 0, 1))

    high = float((tail.samples / sizes).max()) * _STEEP
    low = -high
    for _ in range(_HALVINGS):
        slope = (low + high) / 2
        if float(sizes @ shares(slope)) > total:
            low = slope
        else:
            high = slope
    exact = np.clip(sizes * shares(high), tail.lowest, tail.highest)
    split = np.floor(exact).astype(np.int64)
    return _settled(tail, split, total)


def _settled(tail: Tail, split: Integers, total: int) -> Integers:
    """Add or take cases, a few to a stratum in turn, until a split adds up to the total."""
    left = total - int(split.sum())
    for share in (max(1, abs(left) // len(split)), abs(left)):
        for at in np.argsort(-(tail.highest - split) * np.sign(left), kind="stable").tolist():
            bound = min(share, abs(left))
            moved = int(
                np.clip(np.sign(left) * bound, tail.lowest[at] - split[at], tail.highest[at] - split[at])
            )
            split[at] += moved
            left -= moved
    return split


def _scaled(tail: Tail, split: Integers, total: int) -> Integers:
    """Give a split of another total in which the surplus over what was seen lies in the same proportions."""
    surplus, before = split - tail.lowest, int(split.sum() - tail.lowest.sum())
    after = total - int(tail.lowest.sum())
    moved = tail.lowest + (surplus * (after / before) if before else surplus).astype(np.int64)
    return _settled(tail, np.minimum(moved, tail.highest), total)


def _best(tail: Tail, total: int) -> tuple[Integers, float]:
    """Search for the split of a total with the largest probability, and give both."""
    room = tail.highest - tail.lowest
    if len(room) == 1:
        splits = np.array([[total]])
    elif len(room) == 2 and int(room.min()) < _ALL_SPLITS:  # noqa: PLR2004 - a pair can be gone through
        fewest = max(int(tail.lowest[0]), total - int(tail.highest[1]))
        first = np.arange(fewest, min(int(tail.highest[0]), total - int(tail.lowest[1])) + 1)
        splits = np.column_stack([first, total - first])
    else:
        starts = _offhand(tail, total)
        order = np.argsort(-tail(starts), kind="stable")[:_STARTS]
        splits = np.array([_climbed(tail, start) for start in starts[order]])
    likely = tail(splits)
    return splits[np.argmax(likely)], float(likely.max())


def _climbed(tail: Tail, split: Integers) -> Integers:
    """Move cases from stratum to stratum for as long as that makes a split likelier, in ever shorter strides."""
    best, stride = float(tail(split[None])[0]), max(1, int((tail.highest - tail.lowest).max()) // 4)
    while stride:
        for _ in range(_STRIDES):
            near = _moved(tail, split, stride)
            values = tail(near) if len(near) else np.array([0.0])
            if values.max() <= best:
                break
            split, best = near[np.argmax(values)], float(values.max())
        stride //= 2
    return split


def _moved(tail: Tail, split: Integers, stride: int) -> Integers:
    """Give the splits that differ by a stride, or what room there is for of it, from one stratum to another.

    Of many strata those are taken that a stride less makes likeliest, and those that a stride more makes least unlikely.
    """
    strata = np.arange(len(split))
    out, into = np.minimum(split - tail.lowest, stride), np.minimum(tail.highest - split, stride)
    sources, targets = strata[out > 0], strata[into > 0]
    if len(split) >= _MANY:
        unit = np.eye(len(split), dtype=np.int64)
        less, more = split - out[:, None] * unit, split + into[:, None] * unit
        gained = tail(np.concatenate([less[sources], more[targets]]))
        # What is taken makes as little likelier and as much less likely, and what is given the other way round.
        order = (
            np.argsort(-gained[: len(sources)], kind="stable"),
            np.argsort(-gained[len(sources) :], kind="stable"),
        )
        sources, targets = sources[order[0]][:_SOURCES], targets[order[1]][:_SOURCES]
    found = []
    for source in sources.tolist():
        for target in targets.tolist():
            room = min(out[source], into[target])
            if source != target:
                moved = split.copy()
                moved[source] -= room
                moved[target] += room
                found.append(moved)
    return np.array(found, dtype=np.int64)
