"""Coverage from drawn samples beside the computed one: a check of the computation by other means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import covering
import numpy as np
from intervals_tried import LEVEL, Make, exact, finite, rule, score

__all__ = ["DRAWS", "MOST_ERRORS", "POPULATION", "SHARES", "SIZES", "Compared", "compare"]

SIZES, SHARES, POPULATION = (30, 100, 300, 1_000), (0.002, 0.01, 0.05, 0.2, 0.5), 2_000
DRAWS = 100_000
MOST_ERRORS = 5  # how far a drawn coverage may lie from the computed one, in Monte Carlo errors
_SEED = 20_240_701


@dataclass(frozen=True, slots=True)
class Compared:
    """One interval's coverage, drawn and computed, over all pairs of a size and a true share.

    ``mean_error`` is the Monte Carlo error of the drawn mean, ``most_error`` the largest of a pair, and ``distance``
    the largest distance between drawn and computed coverage of a pair, in Monte Carlo errors of that pair.
    """

    name: str
    drawn: tuple[float, float]
    computed: tuple[float, float]
    mean_error: float
    most_error: float
    distance: float


def compare() -> Iterator[Compared]:
    """Compare every interval at the usual level.

    Raises:
        SystemExit: A drawn coverage lies farther from the computed one than chance puts it.
    """
    generator = np.random.default_rng(_SEED)
    makes: dict[str, tuple[Make, int | None]] = {
        "Wilson": (score, None),
        "exact binomial": (exact, None),
        "hypergeometric": (lambda size: finite(size, POPULATION, LEVEL), POPULATION),
        "rule of three by itself": (rule, None),
    }
    for name, (make, population) in makes.items():
        compared = _compare(name, make, population, generator)
        if compared.distance > MOST_ERRORS:
            raise SystemExit(
                f"{name}: a drawn coverage is {compared.distance:.1f} Monte Carlo errors from the computed one"
            )
        yield compared


def _compare(name: str, make: Make, population: int | None, generator: np.random.Generator) -> Compared:
    pairs = [
        (
            _draw(make(size), size, share, population, generator),
            covering.at(make(size), size, share, population),
        )
        for size in SIZES
        for share in SHARES
    ]
    drawn, computed = np.array(pairs).T
    # The error is that of the computed coverage: a drawn one of 100 % would have none.
    errors = np.sqrt(np.maximum(computed * (1 - computed), 0) / DRAWS)
    apart = np.abs(drawn - computed)
    return Compared(
        name,
        (float(drawn.min()), float(drawn.mean())),
        (float(computed.min()), float(computed.mean())),
        float(np.sqrt((errors**2).sum())) / len(pairs),
        float(errors.max()),
        # Where coverage is complete but for rounding there is no error to measure a distance by.
        float(np.divide(apart, errors, out=np.zeros_like(apart), where=errors > 1e-6).max()),
    )


def _draw(
    bounds: covering.Bounds, size: int, share: float, population: int | None, generator: np.random.Generator
) -> float:
    """Draw samples, and give the share of them whose interval holds the truth."""
    if population is None:
        counts = generator.binomial(size, share, DRAWS)
    else:
        cases = round(share * population)
        counts = generator.hypergeometric(cases, population - cases, size, DRAWS)
    low, high = bounds
    return float(((low[counts] <= share) & (share <= high[counts])).mean())
