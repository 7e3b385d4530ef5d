"""Worlds for the interval of a quotient, such as a forecast's catch over a baseline's: few outcomes, ties, clusters, near 1 and far from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from hindsight_truths import WORLDS, both
from numpy.typing import NDArray
from scipy import special

from answerable.hindsight import by_flags, by_scores, rated, rri_hit_rate_ratio
from answerable.hindsight.blocks import FEWEST_LONG, block_sums
from answerable.programmes.forecasts.judging import ratio

__all__ = ["Held", "bins", "quotients", "tied"]

Floats = NDArray[np.float64]
_Drawn = tuple[Floats, Floats, float]
_Draw = Callable[[np.random.Generator, int, int], _Drawn]

_LEVEL, _WEEK, _LARGE = 0.95, 7, 4_000
_AREAS, _LIST = 60, 6


@dataclass(frozen=True, slots=True)
class Held:
    """What became of the intervals of one kind of world.

    Attributes:
        name: In words.
        weeks: How long each record is.
        truth: The quotient of the expected sums.
        draws: How many worlds.
        none: In how many no interval is given.
        held: Of the others, in how many the interval holds the truth.
        below: In how many the whole interval lies below it, and ``above``: above it.
        cut: In how many the lower bound was cut off at 0.
        unbounded: In how many the upper bound is infinite.
        fieller: In how many Fieller's set on the same blocks holds the truth, of all worlds with something to divide by.
        open: In how many of these that set has no upper bound.
    """

    name: str
    weeks: int
    truth: float
    draws: int
    none: int
    held: int
    below: int
    above: int
    cut: int
    unbounded: int
    fieller: int
    open: int


def _share(daily: float, share: float, shock: float = 0.0) -> _Draw:
    """Give worlds of a hit rate: so many events a day, of which a share is caught; both may swing from week to week."""

    def draw(chance: np.random.Generator, worlds: int, weeks: int) -> _Drawn:
        swing = _swing(chance, worlds, weeks, shock)
        under = chance.poisson(daily * swing)
        over = chance.binomial(under, np.minimum(share * _swing(chance, worlds, weeks, shock / 4), 1))
        return over.astype(np.float64), under.astype(np.float64), share

    return draw


def _apart(over: float, under: float, shock: float = 0.0) -> _Draw:
    """Give worlds of two lists without an area in common, which catch so many events a day; both swing with the week."""

    def draw(chance: np.random.Generator, worlds: int, weeks: int) -> _Drawn:
        swing = _swing(chance, worlds, weeks, shock)
        one, other = (chance.poisson(daily * swing).astype(np.float64) for daily in (over, under))
        return one, other, over / under

    return draw


def _swing(chance: np.random.Generator, worlds: int, weeks: int, shock: float) -> Floats:
    """Draw factors of days with mean 1, the same within a week, of the variance given."""
    if not shock:
        return np.ones((worlds, _WEEK * weeks))
    return np.repeat(chance.gamma(1 / shock, shock, (worlds, weeks)), _WEEK, axis=1)


def _world(name: str) -> _Draw:
    """Give the worlds of the table of differences, in which near repeats cluster."""
    (world,) = (one for one in WORLDS if one.name == name)

    def draw(chance: np.random.Generator, worlds: int, weeks: int) -> _Drawn:
        over, under = both(world, worlds, weeks, int(chance.integers(1 << 31)))
        if world.lists != "skill":
            return over, under, 1.0
        sums = np.zeros(2)
        for part in range(_LARGE // 1_000):
            sums += [each.sum() for each in both(world, 1_000, weeks, 900 + part)]
        return over, under, float(sums[0] / sums[1])

    return draw


def _events(chance: np.random.Generator, weeks: int, daily: float) -> tuple[Floats, NDArray[np.int64]]:
    """Draw a small town: the same unequal rates each time, and events of areas × days, with a day before the first."""
    rates = np.random.default_rng(7).gamma(0.5, size=_AREAS)
    rates = rates * daily / rates.sum()
    return rates, chance.poisson(rates[:, None], (_AREAS, _WEEK * weeks + 1))


def _by_ties(daily: float) -> _Draw:
    """Give worlds in which a fixed list is set against the count of the last day, whose ties stand at their expected number."""

    def some(chance: np.random.Generator, worlds: int, weeks: int) -> tuple[Floats, Floats]:
        over, under = [], []
        for _ in range(worlds):
            rates, events = _events(chance, weeks, daily)
            mine = np.argsort(-rates)[:_LIST]
            over.append(events[mine, 1:].sum(axis=0))
            # A town without an event is ordered by nothing: every list then catches its part.
            seen = events[:, :-1].astype(np.float64)
            caught = (
                by_scores(seen, events[:, 1:], _LIST).expected
                if (seen != seen[:1]).any()
                else events[:, 1:].sum(axis=0) * _LIST / _AREAS
            )
            under.append(caught)
        return np.array(over, dtype=np.float64), np.array(under, dtype=np.float64)

    def draw(chance: np.random.Generator, worlds: int, weeks: int) -> _Drawn:
        large = some(np.random.default_rng(900), _LARGE // 4, 52)
        return *some(chance, worlds, weeks), float(large[0].sum() / large[1].sum())

    return draw


_QUOTIENTS: tuple[tuple[str, _Draw], ...] = (
    ("share of 0.3, 8 events a day", _share(8.0, 0.3)),
    ("share of 0.3, 8 a day, weeks that swing", _share(8.0, 0.3, 0.25)),
    ("share of 0.3, 1 event in 3 days", _share(0.33, 0.3)),
    ("share of 0.3, 1 event in 10 days", _share(0.1, 0.3)),
    ("share of 0.03, 1 event in 3 days", _share(0.33, 0.03)),
    ("share of 0.95, 1 event in 3 days", _share(0.33, 0.95)),
    ("two lists, 1 to 1, 1 event a day each", _apart(1.0, 1.0)),
    ("two lists, 1 to 1, 1 in 10 days each", _apart(0.1, 0.1)),
    ("two lists, 10 to 1, 1 a day over 1 in 10 days", _apart(1.0, 0.1)),
    ("two lists, 10 to 1, 1 in 3 days over 1 in 30", _apart(0.33, 0.033)),
    ("two lists, 10 to 1, 1 a day over 1 in 10, weeks that swing", _apart(1.0, 0.1, 0.5)),
    ("list over the count of the last day, ties, 3 events a day", _by_ties(3.0)),
    ("list over the count of the last day, ties, 1 event in 3 days", _by_ties(0.33)),
    *((world.name, _world(world.name)) for world in WORLDS),
)


def quotients(draws: int, weeks: tuple[int, ...]) -> Iterator[Held]:
    """Yield what became of the intervals of `ratio` in each kind of world, as long as each is."""
    for name, draw in _QUOTIENTS:
        for long in weeks:
            over, under, truth = draw(np.random.default_rng((12, long)), draws, long)
            yield _counted(name, long, truth, over, under)


def _counted(name: str, weeks: int, truth: float, over: Floats, under: Floats) -> Held:
    none = held = below = above = cut = unbounded = fieller = open_ = 0
    for seed, (one, other) in enumerate(zip(over, under, strict=True)):
        interval = ratio(one, other, _WEEK, seed)
        if other.sum() > 0:
            holds, without = _fieller(one, other, truth)
            fieller, open_ = fieller + holds, open_ + without
        if interval is None:
            none += 1
            continue
        held += interval.low <= truth <= interval.high
        below, above = below + (interval.high < truth), above + (interval.low > truth)
        cut += interval.low == 0 and one.sum() > 0
        unbounded += not np.isfinite(interval.high)
    return Held(name, weeks, truth, len(over), none, held, below, above, cut, unbounded, fieller, open_)


def _fieller(over: Floats, under: Floats, truth: float) -> tuple[bool, bool]:
    """Tell whether Fieller's set of some length of blocks holds the truth, and whether one of them has no upper bound.

    Source: E. C. Fieller, Some problems in interval estimation, J. R. Stat. Soc. B 16 (1954) 175-185.
    """
    holds = without = False
    for times in (1, 2, 4):
        sums, _ = block_sums(np.array([over, under]), times * _WEEK)
        blocks = sums.shape[1]
        if times > 1 and blocks < FEWEST_LONG:
            continue
        t = float(special.stdtrit(blocks - 1, (1 + _LEVEL) / 2))
        spread = np.cov(sums) * blocks * t**2
        whole = sums.sum(axis=1)
        a, b, c = (
            whole[1] ** 2 - spread[1, 1],
            -2 * (whole[0] * whole[1] - spread[0, 1]),
            whole[0] ** 2 - spread[0, 0],
        )
        holds |= bool(a * truth**2 + b * truth + c <= 0)
        without |= bool(a <= 0)
    return holds, without


def tied(draws: int, weeks: tuple[int, ...]) -> Iterator[tuple[str, int, int, float, float]]:
    """Yield how often the range that ties leave of a quotient of two hit rates has no upper bound, and how often it is not defined."""
    for daily, name in ((3.0, "3 events a day"), (0.33, "1 event in 3 days"), (0.1, "1 event in 10 days")):
        for long in weeks:
            chance = np.random.default_rng((13, long))
            without = undefined = 0
            for _ in range(draws):
                rates, events = _events(chance, long, daily)
                seen, come = events[:, :-1].astype(np.float64), events[:, 1:]
                if not come.any() or not (seen != seen[:1]).any():
                    undefined += 1
                    continue
                flags = np.zeros(come.shape, dtype=bool)
                flags[np.argsort(-rates)[:_LIST]] = True
                found = rri_hit_rate_ratio(by_flags(flags, come), by_scores(seen, come, _LIST)).pooled
                if found is None:
                    undefined += 1
                else:
                    without += not np.isfinite(found.most)
            yield name, long, draws, without / draws, undefined / draws


def bins(draws: int, weeks: tuple[int, ...]) -> Iterator[tuple[str, int, int, float, float]]:
    """Yield how often the interval of events for each forecast holds the rate that was planted, and how often nothing came."""
    for daily, shock, name in (
        (4.0, 0.0, "4 events a day"),
        (4.0, 0.25, "4 events a day, days that swing"),
        (0.33, 0.0, "1 event in 3 days"),
        (0.05, 0.0, "1 event in 20 days"),
    ):
        for long in weeks:
            chance = np.random.default_rng((14, long))
            rates = np.linspace(0.5, 1.5, 20)[:, None] * np.full(_WEEK * long, daily / 20)
            held = nothing = 0
            for _ in range(draws):
                swing = chance.gamma(1 / shock, shock, _WEEK * long) if shock else 1.0
                came = chance.poisson(rates * swing)
                (one,) = rated(rates, came, bins=1).bins
                held += one.interval.low <= rates.mean() <= one.interval.high
                nothing += not came.any()
            yield name, long, draws, held / draws, nothing / draws
