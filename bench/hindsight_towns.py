"""Towns and logs in which the truth is planted: for exposure, proxies and the event study."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from answerable.hindsight import exposure, following, proxies

__all__ = ["after_flags", "census", "ranked"]

Floats = NDArray[np.float64]

_SIDE = 10  # areas along a side of the square
_DISTRICTS = np.add.outer(np.arange(_SIDE) // 5 * 2, np.arange(_SIDE) // 5).ravel()


def census(draws: int) -> Iterator[tuple[str, int, float]]:
    """Yield how often intervals of exposure hold the truth of a town that is seen with the census's error."""
    for areas in (40, 200):
        generator = np.random.default_rng(areas)
        held = []
        for seed in range(draws):
            people, shares = generator.integers(400, 3_000, areas), generator.beta(3, 3, areas)
            flags = generator.poisson(5 * np.exp(1.5 * shares))
            errors = 0.08 * people, np.full(areas, 0.06)
            seen = (
                np.maximum(people + errors[0] * generator.standard_normal(areas), 1),
                np.clip(shares + errors[1] * generator.standard_normal(areas), 0, 1),
            )
            truth = exposure(flags, people, shares)
            found = exposure(
                flags,
                *seen,
                population_margin=1.645 * errors[0],
                shares_margin=1.645 * errors[1],
                draws=300,
                seed=seed,
            )
            held.append(
                [
                    one is not None and one.low <= true <= one.high
                    for one, true in (
                        (found.per_capita_interval, truth.per_capita or 0),
                        (found.residence_interval, truth.residence or 0),
                        (found.share_most_flagged_interval, truth.share_most_flagged),
                    )
                ]
            )
        for name, share in zip(
            ("flags per person", "flags of the area of residence", "share in the most flagged tenth"),
            np.mean(held, axis=0),
            strict=True,
        ):
            yield f"{name}, {areas} areas", draws, float(share)
        correlated = [_correlated(generator, areas) for _ in range(draws)]
        yield f"rank correlation, {areas} areas, no margin", draws, float(np.mean(correlated))


def _correlated(generator: np.random.Generator, areas: int) -> bool:
    normal = generator.multivariate_normal([0, 0], [[1, 0.5], [0.5, 1]], areas)
    found = exposure(
        np.exp(normal[:, 0]), np.full(areas, 1_000), 1 / (1 + np.exp(-normal[:, 1]))
    ).correlation_interval
    return found is not None and found.low <= 6 / np.pi * np.arcsin(0.25) <= found.high


def _smooth(generator: np.random.Generator) -> Floats:
    """Draw numbers over the square that vary slowly, with mean 0 and variance about 1."""
    place = np.arange(_SIDE)
    waves = sum(
        generator.standard_normal()
        * np.outer(np.cos(np.pi * a * (place + 0.5) / _SIDE), np.cos(np.pi * b * (place + 0.5) / _SIDE))
        for a in range(3)
        for b in range(3)
        if a + b
    )
    flat = np.asarray(waves).ravel()
    return np.asarray(flat / flat.std())


def ranked(draws: int) -> Iterator[tuple[str, int, float]]:
    """Yield how often the test of proxies raises a false alarm."""
    for name, smooth, districts in (
        ("areas by themselves", False, False),
        ("areas by themselves, within districts", False, True),
        ("smooth", True, False),
        ("smooth, within districts", True, True),
    ):
        generator = np.random.default_rng(3)
        alarms = 0
        for seed in range(draws):
            share = _smooth(generator) if smooth else generator.standard_normal(_SIDE**2)
            rest = _smooth(generator) if smooth else generator.standard_normal(_SIDE**2)
            past = generator.poisson(20 * np.exp(0.4 * share))
            flags = generator.poisson(np.exp(0.05 * past + 0.3 * rest))
            found = proxies(
                flags, past, share, districts=_DISTRICTS if districts else None, permutations=199, seed=seed
            )
            alarms += found.p <= 0.05
        yield name, draws, alarms / draws


def after_flags(draws: int) -> Iterator[tuple[str, int, float, float]]:
    """Yield how often the event study finds an effect that is not there."""
    for name, areas, chosen, second, skipped in (
        ("10 of 40 areas, first flags at random", 40, False, True, 0),
        ("25 of 100 areas, first flags at random", 100, False, True, 0),
        ("25 of 100 areas, at random, one kind of events", 100, False, False, 0),
        ("flagged after the highest counts", 100, True, True, 0),
        ("flagged after the highest counts, 4 periods skipped", 100, True, True, 4),
    ):
        generator = np.random.default_rng(4)
        alarms, effects = 0, []
        for seed in range(draws):
            rates = generator.gamma(2, 1, (areas, 1)) * generator.gamma(20, 1 / 20, 60)
            first, other = generator.poisson(rates), generator.poisson(rates)
            flags = _after_peaks(first) if chosen else _at_random(generator, areas)
            found = following(
                flags, first, other if second else None, skipped=skipped, replicates=200, seed=seed
            )
            effects.append(found.effect)
            alarms += found.interval is not None and not found.interval.low <= 0 <= found.interval.high
        yield name, draws, alarms / draws, float(np.mean(effects))


def _at_random(generator: np.random.Generator, areas: int) -> NDArray[np.bool_]:
    flags = np.zeros((areas, 60), dtype=np.bool_)
    for area, time in enumerate(generator.integers(8, 53, areas // 4)):
        flags[area, time:] = generator.random(60 - time) < 0.5
        flags[area, time] = True
    return flags


def _after_peaks(counts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Flag, every other period from the eighth on, the area not yet flagged that had the highest count in the four periods before."""
    flags = np.zeros(counts.shape, dtype=np.bool_)
    for time in range(8, 53, 2):
        recent = np.where(flags.any(axis=1), -1, counts[:, time - 4 : time].sum(axis=1))
        flags[np.argmax(recent), time] = True
    return flags
