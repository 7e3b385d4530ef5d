"""Synthetic live deployments: alerts of a watchlist, as an agency would publish them, with planted counts."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

__all__ = ["Street", "write_deployments"]

_HEAD = (
    "date", "location", "watchlist_size", "total_alerts", "false_alerts", "false_alert_engagements", "true_alerts",
    "true_alert_engagements", "arrests", "faces_seen", "false_alert_rate_pub",
)  # fmt: skip  # a list of words
_START = dt.date(2025, 2, 14)
_PLACES = ("Market Square", "Station Road", "Harbour Street")


@dataclass(frozen=True, slots=True, kw_only=True)
class Street:
    """What deployments are made of.

    Attributes:
        deployments: How many.
        faces: The mean number of faces seen at each.
        counted_anew: From which deployment on the number of faces is counted in another way, and three times as high; 0 for
            none.
        false_alerts: The chance of a false alert for each face.
        true_alerts: The chance of a true alert for each face.
        wrong_sums: Deployments whose total is not what its parts make.
        seed: The same seed gives the same bytes.
    """

    deployments: int = 12
    faces: int = 8_000
    counted_anew: int = 6
    false_alerts: float = 2e-4
    true_alerts: float = 4e-4
    wrong_sums: int = 1
    seed: int = 0


def write_deployments(street: Street, path: Path) -> Mapping[str, tuple[int, int]]:
    """Write deployments as CSV, in the layout ``live-deployments``, and give what was planted by the measures' names."""
    chance = np.random.default_rng(street.seed)
    false_sum = alert_sum = 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(_HEAD)
        for number in range(street.deployments):
            seen = int(street.faces * (0.8 + 0.4 * chance.random()))
            false, true = (
                int(chance.poisson(seen * rate)) for rate in (street.false_alerts, street.true_alerts)
            )
            stated = seen * 3 if street.counted_anew and number >= street.counted_anew else seen
            total = false + true + (number < street.wrong_sums)
            false_sum, alert_sum = false_sum + false, alert_sum + total
            day = _START + dt.timedelta(days=14 * number)
            writer.writerow(
                (
                    f"{day:%d/%m/%y}", _PLACES[number % len(_PLACES)], 6_000 + 50 * number, total, false, false // 2, true, true * 3 // 4,
                    true // 2, stated, f"{100 * false / stated:.3f}%",
                )
            )  # fmt: skip  # a table: what stands in one line belongs together
    return {
        "deployments.false_per_alert": (false_sum, alert_sum),
        "deployments.do_not_add_up": (street.wrong_sums, street.deployments),
    }
