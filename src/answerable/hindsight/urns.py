"""What rules of deployment do from given starting counts, if only what a patrol finds is added to the counts: an urn, simulated.

It is a simulation of a rule, with rates that somebody supposed, and says nothing of what happened in any place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from answerable.hindsight.arrays import Floats, Ints
from answerable.wording import plural

__all__ = ["SIMULATION", "Urns", "simulate_urns"]

SIMULATION = (
    "A simulation: what this rule of deployment does from these starting counts at the rates that were supposed. "
    "It is no measurement."
)


@dataclass(frozen=True, slots=True, eq=False)
class Urns:
    """Each area's share of the counts, over many runs of an urn.

    Attributes:
        label: That this is a simulation.
        times: After how many draws the shares are given, of shape (times,).
        mean: The mean share of each area, of shape (times, areas).
        bands: Its quantiles over the runs, of shape (quantiles, times, areas).
        quantiles: Which quantiles, of shape (quantiles,).
        error: The Monte Carlo error of the last mean, of shape (areas,).
        deployed: The share of all draws that sent the patrol to each area, of shape (areas,).
        true: The share of each area in the supposed rates, of shape (areas,).
        runs: How many runs.
    """

    label: str
    times: Ints
    mean: Floats
    bands: Floats
    quantiles: Floats
    error: Floats
    deployed: Floats
    true: Floats
    runs: int


def simulate_urns(
    prior: ArrayLike,
    rates: ArrayLike,
    *,
    draws: int = 1_000,
    runs: int = 200,
    decay: float = 0.0,
    poisson: bool = True,
    reported: ArrayLike | None = None,
    corrected: bool = False,
    quantiles: ArrayLike = (0.05, 0.5, 0.95),
    times: int = 100,
    seed: int = 0,
) -> Urns:
    """Simulate an urn of areas: the patrol goes where a ball is drawn, and what it finds there is added.

    At each draw an area is chosen with a probability of its share of the counts; the counts fade by ``decay``; the events that the
    patrol finds there are added to that area's count, and to every area what its residents report.

    With the correction each event that a patrol finds is added with a probability of 1 less the area's share, so that the more a
    patrol was to be expected the less its finds count. With two areas, counts then settle where the rates are, as far as old counts
    fade.

    Args:
        prior: The counts at the start, of shape (areas,).
        rates: Events that a patrol finds on average in each area, at a draw; of shape (areas,).
        draws: How often the patrol is sent out.
        runs: How many runs.
        decay: The share of all counts that is lost at each draw.
        poisson: Whether the events found vary as Poisson numbers; otherwise the rate itself is added.
        reported: Events that residents of each area report on average at a draw, wherever the patrol is; of shape (areas,).
        corrected: Whether the correction of Ensign and others is made.
        quantiles: Of the bands.
        times: At how many times, evenly over the draws, shares are given; the start is one more.
        seed: Of the runs.

    Raises:
        ValueError: There are fewer than two areas, a number is missing or negative, the counts or the rates are all 0, the decay is
            not from 0 to under 1, or there is no draw, run or time.

    Sources: K. Lum & W. Isaac, To predict and serve?, Significance 13 (2016) 14-19; D. Ensign, S. A. Friedler, S. Neville, C.
    Scheidegger & S. Venkatasubramanian, Runaway feedback loops in predictive policing, Proc. Mach. Learn. Res. 81 (2018) 160-171.
    """
    start, found = _numbers(prior, "starting counts"), _numbers(rates, "rates")
    areas = len(start)
    known = np.zeros(areas) if reported is None else np.asarray(reported, dtype=np.float64)
    if (
        found.shape != start.shape
        or known.shape != start.shape
        or not np.isfinite(known).all()
        or (known < 0).any()
    ):
        raise ValueError(
            f"each of {plural(areas, 'area')} has a starting count, a rate and, if any are given, a number reported"
        )
    if not 0 <= decay < 1:
        raise ValueError(f"the decay lies from 0 to under 1; it is {decay}")
    if draws < 1 or runs < 1 or times < 1:
        raise ValueError("there is at least one draw, one run and one time")
    generator = np.random.default_rng(seed)
    at = np.unique(np.rint(np.linspace(0, draws, min(times, draws) + 1)).astype(np.int64))
    shares = np.empty((len(at), areas, runs))
    shares[0] = (start / start.sum())[:, None]
    urn = np.repeat(start[:, None], runs, axis=1)
    visits = np.zeros(areas, dtype=np.int64)
    run, keep, place = np.arange(runs), 1 - decay, 1
    for draw in range(1, draws + 1):
        upto = np.cumsum(urn, axis=0)
        chosen = (upto[:-1] <= generator.random(runs) * upto[-1]).sum(axis=0)
        visits += np.bincount(chosen, minlength=areas)
        more = generator.poisson(found[chosen]) if poisson else found[chosen]
        if corrected:
            share = urn[chosen, run] / upto[-1]
            # A rate that is added whole is thinned by its mean.
            more = generator.binomial(more, 1 - share) if poisson else more * (1 - share)
        if decay:
            urn *= keep
        urn[chosen, run] += more
        if known.any():
            urn += generator.poisson(known[:, None], size=(areas, runs)) if poisson else known[:, None]
        if draw == at[place]:
            shares[place] = urn / urn.sum(axis=0)
            place += 1
            if place == len(at):
                break
    return Urns(
        SIMULATION,
        at,
        shares.mean(axis=2),
        np.quantile(shares, np.asarray(quantiles, dtype=np.float64), axis=2),
        np.asarray(quantiles, dtype=np.float64),
        shares[-1].std(axis=1, ddof=1 if runs > 1 else 0) / np.sqrt(runs),
        visits / visits.sum(),
        (found + known) / (found + known).sum(),
        runs,
    )


def _numbers(given: ArrayLike, what: str) -> Floats:
    numbers = np.asarray(given, dtype=np.float64)
    if numbers.ndim != 1 or len(numbers) < 2:  # noqa: PLR2004 - an urn of one area has no share to give
        raise ValueError(f"{what} are of two areas or more, of the shape (areas,)")
    if not np.isfinite(numbers).all() or (numbers < 0).any() or not numbers.any():
        raise ValueError(f"{what} are numbers of which none is missing or negative, and not all are 0")
    return numbers
