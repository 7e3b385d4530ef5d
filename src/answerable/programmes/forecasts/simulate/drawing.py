"""Drawing a synthetic jurisdiction: rates, incidents that follow others, scores, flags, reports and what patrols find."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answerable.programmes.forecasts.simulate.jurisdiction import Jurisdiction

__all__ = ["Drawn", "draw"]

_WEEK = 7
_SAME, _BESIDE = (
    0.6,
    0.1,
)  # where an incident that follows another is: in its square, or in each of the four beside it
_FADING = np.exp(-np.arange(_WEEK) / 2.0)
_FADING /= _FADING.sum()


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn; squares are numbered by rows, and days from 0.

    Attributes:
        residents: Of each square.
        of_group: The share of its residents who are of group B.
        expected: Day by square: how many incidents were to be expected, with what had happened before.
        happened: Day by square: how many did.
        scores: Day by square.
        flags: Day by square: whether it was flagged.
        reported: Day by square: incidents that the public reported.
        found: Day by square: offences that police found.
    """

    residents: NDArray[np.int64]
    of_group: NDArray[np.float64]
    expected: NDArray[np.float64]
    happened: NDArray[np.int64]
    scores: NDArray[np.float64]
    flags: NDArray[np.bool_]
    reported: NDArray[np.int64]
    found: NDArray[np.int64]


def draw(planted: Jurisdiction) -> Drawn:
    """Draw a jurisdiction; the same seed gives the same.

    Incidents are a self-exciting process in days and squares: each makes others likelier in the week after, nearby. Source: G. O.
    Mohler et al., Self-exciting point process modeling of crime, JASA 106 (2011). Police find more where they look: K. Lum and W.
    Isaac, To predict and serve?, Significance 13 (2016).
    """
    chance = np.random.default_rng(planted.seed)
    squares = planted.side**2
    residents = np.round(np.exp(chance.normal(6.0, 0.5, squares))).astype(np.int64)
    across = np.tile(np.linspace(0, 1, planted.side), planted.side)
    of_group = np.clip(across + chance.normal(0, 0.1, squares), 0.02, 0.98)
    level = np.exp(planted.spread * chance.normal(size=squares))
    level *= planted.incidents / level.sum()
    week = 1 + planted.weekly * np.array([-0.4, -0.4, -0.4, -0.4, -0.4, 1.0, 1.0])
    expected, happened = _happen(planted, level, week, chance)
    noise = chance.normal(size=expected.shape)
    known = np.log(np.maximum(expected, 1e-9))
    known = (known - known.mean()) / max(float(known.std()), 1e-9)
    scores = np.exp(planted.skill * known + (1 - planted.skill) * noise)
    order = np.argsort(-scores, axis=1, kind="stable")
    flags = np.zeros(expected.shape, dtype=bool)
    np.put_along_axis(flags, order[:, : planted.flagged], values=True, axis=1)
    share = np.clip(planted.reported * (1 + planted.bias * (2 * of_group - 1)), 0, 1)
    reported = chance.binomial(happened, share[None, :])
    found = chance.poisson(np.where(flags, planted.feedback, planted.elsewhere))
    return Drawn(residents, of_group, expected, happened, scores, flags, reported, found)


def _happen(
    planted: Jurisdiction,
    level: NDArray[np.float64],
    week: NDArray[np.float64],
    chance: np.random.Generator,
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Draw incidents day by day, each with what the days before it add."""
    side, days = planted.side, planted.days
    added = np.zeros((days + _WEEK, side, side))
    expected, happened = np.zeros((days, side**2)), np.zeros((days, side**2), dtype=np.int64)
    for day in range(days):
        expected[day] = level * week[day % _WEEK] + added[day].ravel()
        happened[day] = chance.poisson(expected[day])
        here = happened[day].reshape(side, side).astype(np.float64)
        near = np.pad(here, 1)
        follow = _SAME * here + _BESIDE * (
            near[:-2, 1:-1] + near[2:, 1:-1] + near[1:-1, :-2] + near[1:-1, 2:]
        )
        added[day + 1 : day + 1 + _WEEK] += (
            planted.repeats * follow * _FADING[: added.shape[0] - day - 1, None, None]
        )
    return expected, happened
