"""Writing a synthetic jurisdiction in the layouts that such a programme leaves."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from answerable.programmes.forecasts.simulate.drawing import Drawn, draw
from answerable.programmes.forecasts.simulate.jurisdiction import Jurisdiction, Truth

__all__ = ["LAYOUTS", "WHOLE", "write_jurisdiction"]

_START = dt.datetime(2025, 3, 3)  # noqa: DTZ001 - a Monday; times of such files state no zone
_WEST, _SOUTH, _STEP = -122.3, 37.75, 0.002  # degrees
_LATE, _NEGATIVE, _OUTSIDE = 40, 60, 50  # with faults, one of so many
_MISSING_DAY = 10
_ERROR = 0.08  # standard error of a population, of 1, as a survey of five years has it for small areas
WHOLE = ("forecasts-long", "outcomes-points", "areas", "composition", "boundaries", "patrols")
"""The layouts in which the whole of a programme is written; tables with a column a day are written where they are named."""


class _Town:
    """A jurisdiction with its drawn numbers, ready to be written."""

    def __init__(self, planted: Jurisdiction) -> None:
        self.planted, self.drawn = planted, draw(planted)
        self.chance = np.random.default_rng((planted.seed, 1))
        self.names = [f"S{square + 1:03d}" for square in range(planted.side**2)]
        self.days = [_START + dt.timedelta(days=day) for day in range(planted.days)]
        self.measures: dict[str, tuple[int, int]] = {}

    @property
    def kept_days(self) -> list[int]:
        """Days for which there are forecasts."""
        gone = {_MISSING_DAY} if self.planted.faults else set()
        return [day for day in range(self.planted.days) if day not in gone]

    def corner(self, square: int) -> tuple[float, float]:
        row, column = divmod(square, self.planted.side)
        return round(_WEST + _STEP * column, 6), round(_SOUTH + _STEP * row, 6)


def _table(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def _scores(town: _Town, path: Path) -> None:
    faults, late, negative = town.planted.faults, 0, 0
    rows: list[tuple[str, ...]] = []
    for day in town.kept_days:
        for square, name in enumerate(town.names):
            number = len(rows)
            is_late, below = faults and number % _LATE == 0, faults and number % _NEGATIVE == 0
            late, negative = late + is_late, negative + below
            issued = town.days[day] + dt.timedelta(hours=6 if is_late else -6)
            score = float(town.drawn.scores[day, square])
            flag = "yes" if town.drawn.flags[day, square] else "no"
            rows.append(
                (f"{town.days[day]:%Y-%m-%d}", name, f"{-score if below else score:.6f}", flag, f"{issued:%Y-%m-%d %H:%M}", "model 1")
            )  # fmt: skip  # a table: what stands in one line belongs together
    _table(path, ("period", "area", "score", "flag", "issued_at", "model"), rows)
    missing = len(town.days) - len(town.kept_days)
    town.measures |= {
        "forecasts.issued_late": (late, len(rows)),
        "forecasts.negative_scores": (negative, len(rows)),
        "forecasts.missing_periods": (missing, len(town.days)),
    }


def _flags(town: _Town, path: Path) -> None:
    rows = [
        (f"{town.days[day]:%Y-%m-%d}", town.names[square])
        for day in town.kept_days
        for square in np.flatnonzero(town.drawn.flags[day])
    ]
    _table(path, ("flagged_for", "flagged_area"), rows)


def _matrix(town: _Town, path: Path, values: np.ndarray, form: str) -> None:
    rows = ((name, *(format(value, form) for value in values[:, at])) for at, name in enumerate(town.names))
    _table(path, ("bin", *(f"{day:%Y-%m-%d}" for day in town.days)), rows)


def _recorded(town: _Town) -> list[tuple[dt.datetime, int, str, str]]:
    """Give every outcome: its time, square, type and how it came to be recorded, in the order of their times."""
    found = []
    kinds = (
        (town.drawn.reported, "burglary", "reported by the public"),
        (town.drawn.found, "possession", "found by police"),
    )
    for counts, kind, how in kinds:
        for day, square in np.argwhere(counts):
            for _ in range(int(counts[day, square])):
                at = town.days[day] + dt.timedelta(minutes=int(town.chance.integers(0, 1_440)))
                found.append((at, int(square), kind, how))
    return sorted(found)


def _points(town: _Town, path: Path) -> None:
    outside, rows = 0, []
    for number, (at, square, kind, how) in enumerate(_recorded(town)):
        away = town.planted.faults and number % _OUTSIDE == 0
        outside += away
        west, south = town.corner(square)
        east, north = 0.05 + 0.9 * town.chance.random(2)
        x, y = (
            (0.0, 0.0)
            if away
            else (round(west + _STEP * float(east), 6), round(south + _STEP * float(north), 6))
        )
        rows.append((f"I{number:06d}", f"{at:%Y-%m-%d %H:%M}", y, x, kind, how))
    _table(path, ("incident_id", "occurred_at", "latitude", "longitude", "type", "recorded_how"), rows)
    town.measures |= {"outcomes.outside_areas": (outside, len(rows))}


def _by_area(town: _Town, path: Path) -> None:
    rows = (
        (f"I{number:06d}", f"{at:%Y-%m-%d %H:%M}", town.names[square], kind, how)
        for number, (at, square, kind, how) in enumerate(_recorded(town))
    )
    _table(path, ("incident_id", "occurred_at", "area", "type", "recorded_how"), rows)


def _areas(town: _Town, path: Path) -> None:
    width = 111.32 * _STEP
    size = width * width * float(np.cos(np.radians(_SOUTH)))
    rows = [
        (
            name,
            "0" if town.planted.faults and not at else f"{size:.4f}",
            residents := int(town.drawn.residents[at]),
            round(1.645 * _ERROR * residents),
        )
        for at, name in enumerate(town.names)
    ]
    _table(path, ("area", "size_km2", "population", "population_moe"), rows)
    town.measures |= {"areas.zero_size": (int(town.planted.faults), len(rows))}


def _composition(town: _Town, path: Path) -> None:
    rows = []
    for at, name in enumerate(town.names):
        share = float(town.drawn.of_group[at])
        margin = 1.645 * float(np.sqrt(share * (1 - share) / max(int(town.drawn.residents[at]) * 0.1, 1)))
        more = 0.1 if town.planted.faults and not at else 0.0
        rows += [
            (name, "A", f"{100 * (1 - share + more):.2f}", f"{100 * margin:.2f}", "share"),
            (name, "B", f"{100 * share:.2f}", f"{100 * margin:.2f}", "share"),
        ]
    _table(path, ("area", "group", "percent", "moe", "margin_of"), rows)
    town.measures |= {"compositions.over_whole": (int(town.planted.faults), len(town.names))}


def _boundaries(town: _Town, path: Path) -> None:
    features = []
    for at, name in enumerate(town.names):
        west, south = town.corner(at)
        row, column = divmod(at, town.planted.side)
        east, north = round(_WEST + _STEP * (column + 1), 6), round(_SOUTH + _STEP * (row + 1), 6)
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        features.append(
            {"type": "Feature", "properties": {"area": name}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        )  # fmt: skip  # a table: what stands in one line belongs together
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}) + "\n", encoding="utf-8")
    town.measures |= {
        "boundaries.overlapping": (0, len(features)),
        "boundaries.zero_size": (0, len(features)),
    }


def _patrols(town: _Town, path: Path) -> None:
    rows: list[tuple[object, ...]] = []
    for day in range(town.planted.days):
        for square in np.flatnonzero(town.drawn.flags[day]):
            start = town.days[day] + dt.timedelta(hours=int(town.chance.integers(8, 20)))
            end = start + dt.timedelta(hours=2)
            rows.append(
                (f"P{len(rows):05d}", f"{start:%Y-%m-%d %H:%M}", f"{end:%Y-%m-%d %H:%M}", town.names[square], 2, "forecast")
            )  # fmt: skip  # a table: what stands in one line belongs together
    _table(path, ("patrol_id", "started_at", "ended_at", "area", "officers", "reason"), rows)
    town.measures |= {"patrols.end_before_start": (0, len(rows))}


LAYOUTS: dict[str, Callable[[_Town, Path], None]] = {
    "forecasts-long": _scores,
    "flags-list": _flags,
    "forecast-matrix": lambda town, path: _matrix(town, path, town.drawn.scores, ".6f"),
    "outcome-matrix": lambda town, path: _matrix(town, path, town.drawn.reported + town.drawn.found, "d"),
    "outcomes-points": _points,
    "outcomes-long": _by_area,
    "areas": _areas,
    "composition": _composition,
    "boundaries": _boundaries,
    "patrols": _patrols,
}
"""What is written in each layout."""


def write_jurisdiction(planted: Jurisdiction, folder: Path, layouts: Sequence[str] = WHOLE) -> Truth:
    """Write a synthetic jurisdiction, each layout as a file of its name, and give what is true of it.

    Raises:
        KeyError: A layout is not one that is written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    town = _Town(planted)
    for layout in layouts:
        LAYOUTS[layout](town, folder / f"{layout}{'.geojson' if layout == 'boundaries' else '.csv'}")
    return _truth(town.planted, town.drawn, town.measures)


def _truth(planted: Jurisdiction, drawn: Drawn, measures: dict[str, tuple[int, int]]) -> Truth:
    flags = drawn.flags
    more = drawn.of_group >= np.median(drawn.of_group)
    shares = tuple(
        float(drawn.reported[:, half].sum() / max(int(drawn.happened[:, half].sum()), 1))
        for half in (~more, more)
    )
    return Truth(
        areas=planted.side**2,
        days=planted.days,
        flags=int(flags.sum()),
        happened=int(drawn.happened.sum()),
        happened_in_flagged=int(drawn.happened[flags].sum()),
        expected_in_flagged=float(drawn.expected[flags].sum() / drawn.expected.sum()),
        reported=int(drawn.reported.sum()),
        reported_in_flagged=int(drawn.reported[flags].sum()),
        found=int(drawn.found.sum()),
        found_in_flagged=int(drawn.found[flags].sum()),
        reported_share=(shares[0], shares[1]),
        measures=measures,
    )
