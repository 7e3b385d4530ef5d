"""Our contender of bench/exposure_groups.py: makes the residents, or gives rates and ratios by group and the seconds."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np

_SEED, _FLAGGED = 20_261, 0.1
_MARGIN = 0.1 * 1.645  # of a count of residents: a standard error of a tenth, at 90 %


def make(path: Path, rows: int, areas: int, groups: int) -> None:
    """Write residents of areas with different mixtures of groups; an area is flagged more often where the later groups live."""
    generator = np.random.default_rng(_SEED)
    mixture = generator.dirichlet(np.linspace(2, 0.5, groups), areas)
    area = generator.integers(0, areas, rows)
    upto = np.cumsum(mixture, axis=1)
    group = (generator.random(rows)[:, None] > upto[area, :-1]).sum(axis=1)
    order = mixture @ np.arange(groups) + generator.normal(0, 1, areas)
    flagged = order >= np.quantile(order, 1 - _FLAGGED)
    np.savez(path, area=area, group=group, flagged=flagged[area].astype(np.int64))


def rates(path: Path, *, doubt: bool) -> None:
    """Print selection rates, their ratios to that of the largest group, its place, and the seconds from the table of residents to them.

    Each group is set beside the largest: the residents of the two are everybody, and the others are left out.
    """
    from answerable.hindsight import exposure  # noqa: PLC0415 - what makes the residents need not load it

    file = np.load(path)
    area, group, flagged = (file[name] for name in ("area", "group", "flagged"))
    start = time.process_time()
    areas, groups = int(area.max()) + 1, int(group.max()) + 1
    people = np.bincount(area * groups + group, minlength=areas * groups).reshape(areas, groups)
    flags = np.zeros(areas)
    flags[area] = flagged
    largest = int(people.sum(axis=0).argmax())
    found = []
    for one in range(groups):
        if one == largest:
            found.append(None)
            continue
        both = people[:, one] + people[:, largest]
        share = np.divide(people[:, one], both, out=np.zeros(areas), where=both > 0)
        margins = {}
        if doubt:
            error = _MARGIN * people
            whole = np.hypot(error[:, one], error[:, largest])
            inside = np.maximum(error[:, one] ** 2 - (share * whole) ** 2, 0)
            margins = {
                "population_margin": whole,
                "shares_margin": np.sqrt(inside) / np.maximum(both, 1),
            }
        found.append(exposure(flags, both, share, **margins))
    of_largest = next(one for one in found if one is not None).mean_flags_others
    result = {
        "rates": [of_largest if one is None else one.mean_flags for one in found],
        "ratios": [1.0 if one is None else one.residence for one in found],
        "intervals": [
            None
            if one is None or one.residence_interval is None
            else (one.residence_interval.low, one.residence_interval.high)
            for one in found
        ],
    }
    print(json.dumps({**result, "seconds": time.process_time() - start}))


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]), *map(int, sys.argv[3:]))
    else:
        rates(Path(sys.argv[2]), doubt=sys.argv[1] == "doubt")
