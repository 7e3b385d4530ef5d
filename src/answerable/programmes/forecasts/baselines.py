"""The baselines that a forecast is set beside: which there are, and how each is made from the records."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from answerable.hindsight import last_period, long_run, rolling, uniform, weights
from answerable.hindsight.baselines import Baseline
from answerable.programmes.forecasts.judging import NAMES
from answerable.programmes.forecasts.laying import Judged

__all__ = ["BASELINES", "Choose"]

Choose = Callable[[Judged], Baseline | None]
"""Makes a baseline from the records; None where they do not hold what it is made of."""


def _year(found: Judged) -> int:
    """Give how many periods make a year."""
    if len(found.starts) < 2:  # noqa: PLR2004 - a step is between two
        return 1
    step = float(np.median(np.diff(found.starts)).astype("timedelta64[s]").astype(np.float64))
    return max(1, round(365 * 86_400 / step))


BASELINES: Mapping[str, Choose] = {
    "last_period": lambda found: last_period(found.unit),
    "year": lambda found: rolling(_year(found), found.unit),
    "long_run": lambda found: long_run(found.unit),
    "population": lambda found: (
        None if found.population is None else weights(found.population, NAMES["population"])
    ),
    "uniform": lambda _: uniform(),
}
"""How each is made, by what stands after ``against_`` in a measure's name."""
