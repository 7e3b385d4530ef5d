"""Forecasts of where events will be, judged after the fact: pure functions on arrays of areas and periods.

Nothing here makes a forecast, names an area or puts areas in order. Outcomes are asked for by everything that looks at scores, and
baselines exist inside a comparison only.

A list's worth:

- `by_scores`, `by_flags`, `obtainable`: what the flagged areas held, with the range that ties at the edge of the list leave.
- `hit_rate`, `pai`, `pei_star`, `pei_general`, `ser`, `predicted_over_observed` and the five kinds of RRI; `named`
  finds one by its name.
- `capture`, `auc`: lists of all lengths; `lengths`: the same beside baselines.
- `probable`, `rated`: probabilities and expected counts.
- `compare` with `last_period`, `rolling`, `long_run`, `weights`, `uniform`: paired differences from baselines.

What a list does:

- `concentration`, `times_flagged`: how far flags gather in the same areas.
- `exposure`, `per_resident`: whom they fall on, with the error of the census.
- `proxies`: what explains them.
- `following`: whether discovery follows deployment.
- `simulate_urns`: what a rule of deployment does from given counts, simulated.

Definitions, what is refused, measured coverage and speed are in docs/method/forecasts.md.
"""

from __future__ import annotations

from answerable.hindsight.baselines import Baseline, last_period, long_run, rolling, uniform, weights
from answerable.hindsight.blocks import Blocked, blocked, flip_signs
from answerable.hindsight.caught import Caught, Obtainable, Range, by_flags, by_scores, obtainable
from answerable.hindsight.census import per_resident
from answerable.hindsight.comparison import Compared, Spread, compare
from answerable.hindsight.concentration import Concentration, concentration, gini, times_flagged
from answerable.hindsight.curves import Area, Capture, auc, capture
from answerable.hindsight.exposure import Exposure, exposure
from answerable.hindsight.following import Followed, following
from answerable.hindsight.lengths import Lengths, lengths
from answerable.hindsight.probabilities import Bin, Probable, probable
from answerable.hindsight.proxies import Proxies, proxies
from answerable.hindsight.rates import Rated, rated
from answerable.hindsight.urns import Urns, simulate_urns
from answerable.hindsight.worth import (
    Measured,
    hit_rate,
    named,
    pai,
    pei_general,
    pei_star,
    predicted_over_observed,
    rri_hit_rate_ratio,
    rri_levine,
    rri_pai_equal_cells,
    rri_predicted_over_observed,
    rri_share_recaptured,
    ser,
)

__all__ = [
    "Area",
    "Baseline",
    "Bin",
    "Blocked",
    "Capture",
    "Caught",
    "Compared",
    "Concentration",
    "Exposure",
    "Followed",
    "Lengths",
    "Measured",
    "Obtainable",
    "Probable",
    "Proxies",
    "Range",
    "Rated",
    "Spread",
    "Urns",
    "auc",
    "blocked",
    "by_flags",
    "by_scores",
    "capture",
    "compare",
    "concentration",
    "exposure",
    "flip_signs",
    "following",
    "gini",
    "hit_rate",
    "last_period",
    "lengths",
    "long_run",
    "named",
    "obtainable",
    "pai",
    "pei_general",
    "pei_star",
    "per_resident",
    "predicted_over_observed",
    "probable",
    "proxies",
    "rated",
    "rolling",
    "rri_hit_rate_ratio",
    "rri_levine",
    "rri_pai_equal_cells",
    "rri_predicted_over_observed",
    "rri_share_recaptured",
    "ser",
    "simulate_urns",
    "times_flagged",
    "uniform",
    "weights",
]
