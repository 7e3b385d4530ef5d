"""From the columns of the query ``cells`` to forecasts beside their outcomes, or to the reason why there is nothing to judge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from answerable import wording
from answerable.estimate import Interval, Part
from answerable.hindsight import Caught, blocked, by_flags, by_scores, times_flagged
from answerable.programmes.measure import Columns, Computation, FinishTable, Parameter, Refusal

__all__ = ["BLOCK", "NAMES", "RECORDED", "SHARE", "Judged", "finished", "judged", "ratio", "ratio_part"]

SHARE = Parameter(
    0.03,
    "share of areas",
    "How many areas are on the list of a period where scores are given and no flags.",
    1e-6,
    0.999999,
)
BLOCK = Parameter(7, "periods", "How many periods are taken together as one block: a week of days.", 1, 366)
RECORDED = "Outcomes are what was recorded: this is agreement with records, and not with what happened."

NAMES = {
    "last_period": "the count of the last period",
    "year": "the count of the last year",
    "long_run": "the count of all earlier periods",
    "population": "the population",
    "uniform": "a list drawn by lot",
}
"""The baselines, by what stands after ``against_`` in a measure's name."""

_Floats = NDArray[np.float64]
_DRAWS = 100  # random orders of tied areas
_DAY = np.timedelta64(1, "D")


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Forecasts of all areas and periods beside what was recorded; arrays of areas × periods.

    Attributes:
        scores: The scores; nan where an area has none in a period, and None where only flags are given.
        flags: Whether each area was flagged; None where only scores are given.
        outcomes: How many events were recorded.
        history: Events of the periods right before the first, of areas × periods before; None where none are known.
        sizes: The size of each area in square kilometres; None where not all are known.
        population: How many people live in each area; None where not all are known.
        groups: Of each group of residents, its share of each area's people and the margin of error at 90 %, nan where unknown.
        hours: Hours of patrols in each area; None where no patrol is recorded.
        by_police: Events that police are said to have found, of areas × periods; None where nothing says how any was recorded.
        by_public: Events that the public is said to have reported, likewise.
        starts: When each period began.
        caught: What the flagged areas held.
        unit: What a period is called.
        notes: What a careful reader has to know, one sentence each.
    """

    scores: _Floats | None
    flags: NDArray[np.bool_] | None
    outcomes: NDArray[np.int64]
    history: NDArray[np.int64] | None
    sizes: _Floats | None
    population: _Floats | None
    groups: Mapping[str, tuple[_Floats, _Floats]]
    hours: _Floats | None
    by_police: NDArray[np.int64] | None
    by_public: NDArray[np.int64] | None
    starts: NDArray[np.datetime64]
    caught: Caught
    unit: str
    notes: tuple[str, ...]

    @property
    def cells(self) -> int:
        """The mean number of areas on a list, to the nearest whole number."""
        return round(float(self.caught.cells.mean()))

    def scored(self) -> tuple[_Floats, NDArray[np.int64]]:
        """Give scores and outcomes of the periods in which every area has a score.

        Raises:
            ValueError: The forecasts are flags, or there is no such period.
        """
        if self.scores is None:
            raise ValueError("the forecasts are flags: nothing was forecast in numbers")
        known = ~np.isnan(self.scores).any(axis=0)
        if not known.any():
            raise ValueError("in no period does every area have a score")
        return self.scores[:, known], self.outcomes[:, known]

    def times_flagged(self) -> _Floats:
        """Count how often each area was flagged, in the order of the arrays."""
        if self.flags is not None:
            return times_flagged(flags=self.flags)
        return times_flagged(scores=self.scores, k=self.cells, outcomes=self.outcomes)


def judged(columns: Columns, parameters: Mapping[str, float], seed: int) -> Judged | Refusal:
    """Lay forecasts and outcomes out by area and period.

    Args:
        columns: As the query ``cells`` returns them.
        parameters: ``share``, where scores have to be made into lists.
        seed: Of random orders of tied areas.
    """
    if _first(columns, "models") > 1:
        return Refusal(
            reason="The forecasts are of several models, or are about several types of event.",
            ask_for="Audit the forecasts of each model and type as a case of its own.",
        )
    what = np.ma.filled(columns["what"], "").astype(str)
    cell, past = what == "cell", what == "past"
    if not cell.any():
        return Refusal(
            reason="No forecast stands beside an outcome of its period.",
            ask_for="Ask for outcomes of the areas and periods that were forecast.",
        )
    area, period = (np.ma.filled(columns[name], -1).astype(np.int64) for name in ("area", "period"))
    areas, periods = int(area[what == "area"].max()) + 1, int(period[cell].max()) + 1
    place = area[cell], period[cell]

    def grid(name: str, missing: float) -> _Floats:
        laid = np.full((areas, periods), missing)
        laid[place] = np.ma.filled(np.ma.asarray(columns[name], dtype=np.float64), missing)[cell]
        return laid

    starts = np.full(periods, np.datetime64("NaT"), dtype="datetime64[us]")
    starts[period[cell]] = np.ma.filled(columns["starts"], np.datetime64("NaT")).astype("datetime64[us]")[
        cell
    ]
    outcomes = grid("events", 0).astype(np.int64)
    notes = []
    for name, text in (
        (
            "periods_apart",
            "{} that outcomes do not reach, or with a forecast that came after they began, are set apart.",
        ),
        ("areas_apart", "Outcomes of {} without a forecast are in no number here."),
    ):
        if apart := _first(columns, name):
            notes.append(text.format(wording.plural(apart, "period" if name == "periods_apart" else "area")))
    found, told = grid("by_police", 0).astype(np.int64), grid("by_public", 0).astype(np.int64)
    flags, scores = grid("flagged", 0) > 0, grid("score", np.nan)
    known = ~np.isnan(scores).any(axis=0)
    by_flag = bool(flags.any())
    if not by_flag and not known.any():
        return Refusal(
            reason="In no period does every area have a score, and nothing says which areas were flagged.",
            ask_for="Ask for the score of every area and period, or for the areas that were flagged.",
        )
    if not by_flag and not known.all():
        notes.append(
            f"{wording.plural(int((~known).sum()), 'period')} of {wording.count(periods)} in which some area has no score are left out."
        )
        scores, outcomes, starts, flags, found, told = (
            scores[:, known], outcomes[:, known], starts[known], flags[:, known], found[:, known], told[:, known],
        )  # fmt: skip  # a list of words
    sizes, population = (
        _of_areas(columns, name, area, what == "area", areas) for name in ("size_km2", "population")
    )
    try:
        if by_flag:
            caught = by_flags(flags, outcomes, sizes=sizes)
        else:
            places = max(1, round(parameters["share"] * areas))
            caught = by_scores(scores, outcomes, places, sizes=sizes, draws=_DRAWS, seed=seed)
            notes.append(
                f"No flags are stated: the {wording.plural(places, 'area')} of {wording.count(areas)} with the highest scores are taken as the list of a period."
            )
    except ValueError as error:
        return _refused(error)
    steps = np.diff(starts)
    daily = bool(len(steps)) and bool((steps == _DAY).all())
    return Judged(
        scores=scores if known.any() else None,
        flags=flags if by_flag else None,
        outcomes=outcomes,
        history=_history(columns, area, period, past, areas),
        sizes=sizes,
        population=population,
        groups=_groups(columns, area, what == "group", areas),
        hours=_hours(columns, area, what == "area", areas),
        by_police=found if found.any() or told.any() else None,
        by_public=told if told.any() else None,
        starts=starts,
        caught=caught,
        unit="day" if daily else "period",
        notes=tuple(notes),
    )


def _first(columns: Columns, name: str) -> int:
    """Give a number that every row of the query holds; 0 where there is no row."""
    return int(np.ma.filled(columns[name], 0)[0]) if len(columns[name]) else 0


def _refused(error: ValueError) -> Refusal:
    """Put what the statistics refuse into a refusal: their sentences say what is wrong and what to do."""
    text = str(error)
    return Refusal(
        reason=f"{text[:1].upper()}{text[1:]}.",
        ask_for="Look at the measures of data quality, and ask for forecasts and outcomes of the same areas and periods.",
    )


def _of_areas(
    columns: Columns, name: str, area: NDArray[np.int64], rows: NDArray[np.bool_], areas: int
) -> _Floats | None:
    """Give one number of each area, or None where one is not known or is 0."""
    laid = _filled(columns, name, area, rows, areas)
    return laid if (laid > 0).all() else None


def _filled(
    columns: Columns, name: str, area: NDArray[np.int64], rows: NDArray[np.bool_], areas: int
) -> _Floats:
    """Give one number of each area, nan where it is not known."""
    laid = np.full(areas, np.nan)
    laid[area[rows]] = np.ma.filled(np.ma.asarray(columns[name], dtype=np.float64), np.nan)[rows]
    return laid


def _hours(columns: Columns, area: NDArray[np.int64], rows: NDArray[np.bool_], areas: int) -> _Floats | None:
    """Give the hours of patrols in each area, 0 where there was none; None where there was none anywhere."""
    laid = np.nan_to_num(_filled(columns, "hours", area, rows, areas))
    return laid if laid.any() else None


def _groups(
    columns: Columns, area: NDArray[np.int64], rows: NDArray[np.bool_], areas: int
) -> Mapping[str, tuple[_Floats, _Floats]]:
    """Give each group's share of each area's people, with its margin of error."""
    labels = np.ma.filled(columns["label"], "").astype(str)
    inside = rows & (area >= 0) & (area < areas)
    return {
        str(label): (
            _filled(columns, "share", area, inside & (labels == label), areas),
            _filled(columns, "margin", area, inside & (labels == label), areas),
        )
        for label in np.unique(labels[inside])
    }


def _history(
    columns: Columns,
    area: NDArray[np.int64],
    period: NDArray[np.int64],
    past: NDArray[np.bool_],
    areas: int,
) -> NDArray[np.int64] | None:
    """Lay out what was recorded before the first forecast: period 0 is the first, and those before have numbers below 0."""
    if not past.any():
        return None
    before = -int(period[past].min())
    laid = np.zeros((areas, before), dtype=np.int64)
    events = np.ma.filled(np.ma.asarray(columns["events"], dtype=np.float64), 0).astype(np.int64)
    np.add.at(laid, (area[past], period[past] + before), events[past])
    return laid


def finished(make: Callable[[Judged, Mapping[str, float], int], Computation | Refusal]) -> FinishTable:
    """Make a measure's function of one on forecasts beside outcomes; what the statistics refuse is a refusal."""

    def finish(columns: Columns, parameters: Mapping[str, float], seed: int) -> Computation | Refusal:
        found = judged(columns, parameters, seed)
        if isinstance(found, Refusal):
            return found
        try:
            made = make(found, parameters, seed)
        except ValueError as error:
            return _refused(error)
        return made if isinstance(made, Refusal) else replace(made, caveats=(*made.caveats, *found.notes))

    return finish


def ratio(over: _Floats, under: _Floats, length: int, seed: int) -> Interval | None:
    """Give the interval of a quotient of two sums over periods, by blocks of periods.

    The doubt of over/under is that of the sum of what each period has over more than the quotient gives it, divided by under: the
    usual linear approximation of a quotient (W. G. Cochran, Sampling Techniques, 1977, chapter 6), with the blocks of `blocked`.

    Args:
        over: The numerator of each period, of shape (periods,).
        under: The denominator, likewise.
        length: Periods in a block.
        seed: Of the replicates.

    Returns:
        The interval; None where there are too few blocks, or nothing to divide by.
    """
    whole = float(under.sum())
    if whole <= 0 or len(over) < 2 * length:
        return None
    quotient = float(over.sum()) / whole
    interval = blocked((over - quotient * under)[None], length=length, seed=seed)[0].interval
    if interval is None:
        return None
    low, high = quotient + interval.low / whole, quotient + interval.high / whole
    return Interval(max(low, 0.0), high, interval.level, f"quotient, {interval.method}")


def ratio_part(label: str, over: _Floats, under: _Floats, length: int, seed: int) -> Part:
    """Give a share of events with its interval as a part."""
    n, d = float(over.sum()), float(under.sum())
    interval = ratio(over, under, length, seed)
    if interval is not None:
        interval = replace(interval, high=min(interval.high, 1.0))
    whole = int(n) if n.is_integer() else n
    return Part(label, n / d if d else None, whole, int(d), interval)
