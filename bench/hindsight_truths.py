"""Worlds with a known truth, in which events come in clusters: what intervals and tests of forecasts are tried on.

Each area has a rate of its own, the same in all worlds. Weekends have half as many events again, and each event raises its area's
rate for some days after it (near repeats), so that neighbouring days are alike. The difference that is expected is the mean over
the worlds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["WORLDS", "World", "both", "days"]

Floats = NDArray[np.float64]

_AREAS, _FLAGS, _BEFORE = 200, 10, 120


@dataclass(frozen=True, slots=True)
class World:
    """How events come.

    Attributes:
        name: In words.
        daily: Events expected in a day, without near repeats.
        repeats: Further events that each event brings in its area, on average.
        lag: The mean number of days until they come.
        spread: How unequal the areas are: the shape of their rates, gamma; None for areas that are alike.
        lists: ``skill``: a forecast that follows recent events against the count of 28 days; ``alike``: two fixed lists of areas with the
            same rates; ``lots``: a list drawn each day by lot against the same.
    """

    name: str
    daily: float
    repeats: float
    lag: float
    spread: float | None
    lists: str


WORLDS = (
    World("forecast with skill, few repeats", 4.0, 0.2, 4.0, 0.3, "skill"),
    World("forecast with skill, many repeats", 4.0, 0.5, 7.0, 0.3, "skill"),
    World("forecast with skill, few events", 0.7, 0.3, 7.0, 0.3, "skill"),
    World("two fixed lists alike, few repeats", 4.0, 0.2, 4.0, 0.3, "alike"),
    World("two fixed lists alike, many repeats", 4.0, 0.5, 7.0, 0.3, "alike"),
    World("two fixed lists alike, long clusters", 4.0, 0.7, 21.0, 0.3, "alike"),
    World("two fixed lists alike, few events", 0.7, 0.3, 7.0, 0.3, "alike"),
    World("lists by lot", 4.0, 0.5, 7.0, 0.3, "lots"),
)


def days(world: World, worlds: int, weeks: int, seed: int) -> Floats:
    """Draw the daily differences, forecast less baseline, of shape (worlds, days)."""
    forecast, baseline = both(world, worlds, weeks, seed)
    return forecast - baseline


def both(world: World, worlds: int, weeks: int, seed: int) -> tuple[Floats, Floats]:
    """Draw what the forecast and the baseline caught each day, both of shape (worlds, days)."""
    generator = np.random.default_rng(seed)
    half = _AREAS // 2
    rates = np.repeat(np.random.default_rng(7).gamma(world.spread or 1.0, size=half), 2)
    rates = rates * world.daily / rates.sum()
    mine, theirs = np.sort(np.argsort(-rates)[: 2 * _FLAGS]).reshape(-1, 2).T
    forecast, baseline = [], []
    for day, (events, past, recent) in enumerate(_events(world, rates, worlds, weeks, generator)):
        if day < _BEFORE:
            continue
        if world.lists == "skill":
            caught = [_caught(score, events, generator) for score in (recent, past)]
        elif world.lists == "lots":
            caught = [_caught(np.zeros(events.shape), events, generator) for _ in range(2)]
        else:
            caught = [events[:, some].sum(axis=1) for some in (mine, theirs)]
        forecast.append(caught[0])
        baseline.append(caught[1])
    return np.array(forecast, dtype=np.float64).T, np.array(baseline, dtype=np.float64).T


def _events(
    world: World, rates: Floats, worlds: int, weeks: int, generator: np.random.Generator
) -> Iterator[tuple[Floats, Floats, Floats]]:
    """Yield each day's events, the count of the 28 days before, and a sum that fades, all of shape (worlds, areas)."""
    shape = (worlds, _AREAS)
    raised, recent, past = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    window = np.zeros((28, *shape), dtype=np.int8)
    stays = 1 - 1 / world.lag
    for day in range(_BEFORE + 7 * weeks):
        week = 1.5 if day % 7 > 4 else 1.0
        events = generator.poisson(rates * week + raised).astype(np.float64)
        yield events, past.copy(), recent.copy()
        raised = raised * stays + world.repeats * (1 - stays) * events
        recent = recent * 0.98 + events
        past += events - window[day % 28]
        window[day % 28] = events


def _caught(scores: Floats, events: Floats, generator: np.random.Generator) -> Floats:
    """Count what the first areas held, ties broken by lot."""
    order = scores + 1e-6 * generator.random(scores.shape)
    edge = np.partition(order, _AREAS - _FLAGS, axis=1)[:, _AREAS - _FLAGS]
    return np.where(order >= edge[:, None], events, 0).sum(axis=1)
