"""From the columns of the query ``judged_cells`` to arrays of areas × periods, or to the reason why there is nothing to judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answerable import wording
from answerable.hindsight import Caught, by_flags, by_scores, times_flagged
from answerable.programmes.forecasts.typed import Typed
from answerable.programmes.forecasts.unfit import are, left_out, texts, unfit
from answerable.programmes.measure import Columns, Refusal

__all__ = ["Judged", "judged", "refused"]

_Floats = NDArray[np.float64]
_Flags = NDArray[np.bool_]
_Counts = NDArray[np.int64]
_DRAWS = 100  # random orders of tied areas
_DAY = np.timedelta64(1, "D")


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """What baselines know: all periods in order, judged or not.

    Attributes:
        outcomes: Events of areas × all periods from the first forecast on, in steps where the periods are steady.
        history: Events of the periods right before, of areas × periods before; None where none are known.
        only: Which of the periods are judged.
        caught: What the flagged areas held, in all periods; it is of no meaning where a period is not judged.
    """

    outcomes: _Counts
    history: _Counts | None
    only: _Flags
    caught: Caught


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Forecasts of all areas and judged periods beside what was recorded; arrays of areas × periods.

    Attributes:
        scores: The scores; nan where an area has none in a period, and None where only flags are given.
        flags: Whether each area was flagged; None where only scores are given.
        outcomes: How many events were recorded.
        past: The same of all periods, for baselines.
        sizes: The size of each area in square kilometres; None where not all are known.
        population: How many people live in each area, 0 among them; None where not all are known.
        population_margin: The margin of error at 90 % of each, nan where unknown.
        groups: Of each group of residents, its share of each area's people and the margin of error at 90 %, nan where unknown.
        hours: Hours of patrols in each area, in the time that is judged; None where no patrol is recorded.
        patrolled: Whether an area had been patrolled by the end of a period, of areas × periods; None where no patrol is recorded.
        types: Events by type as it was recorded, with the type's class.
        by_police: Events that police are said to have found, of areas × periods; None where nothing says how any was recorded.
        by_public: Events that the public is said to have reported, likewise.
        starts: When each period began.
        caught: What the flagged areas held.
        unit: What a period is called.
        notes: What a careful reader has to know, one sentence each.
    """

    scores: _Floats | None
    flags: _Flags | None
    outcomes: _Counts
    past: Past
    sizes: _Floats | None
    population: _Floats | None
    population_margin: _Floats
    groups: Mapping[str, tuple[_Floats, _Floats]]
    hours: _Floats | None
    patrolled: _Flags | None
    types: Typed
    by_police: _Counts | None
    by_public: _Counts | None
    starts: NDArray[np.datetime64]
    caught: Caught
    unit: str
    notes: tuple[str, ...]

    @property
    def cells(self) -> int:
        """The mean number of areas on a list, to the nearest whole number."""
        return round(float(self.caught.cells.mean()))

    def scored(self) -> tuple[_Floats, _Counts, tuple[str, ...]]:
        """Give scores and outcomes of the periods in which every area has a score, and how many others there are.

        Raises:
            ValueError: The forecasts are flags, or there is no such period.
        """
        if self.scores is None:
            raise ValueError("the forecasts are flags: nothing was forecast in numbers")
        known = np.asarray(~np.isnan(self.scores).any(axis=0))
        if not known.any():
            raise ValueError("in no period does every area have a score")
        left = int((~known).sum())
        note = f"{wording.plural(left, 'period')} of {wording.count(len(known))} in which some area has no score {are(left)} left out here."
        return self.scores[:, known], self.outcomes[:, known], (note,) if left else ()

    def laid_scores(self) -> tuple[_Floats, _Flags]:
        """Give the scores of all periods, nan in those that are not judged, and in which every area has one.

        Raises:
            ValueError: The forecasts are flags.
        """
        if self.scores is None:
            raise ValueError("the forecasts are flags: nothing was forecast in numbers")
        laid = np.full(self.past.outcomes.shape, np.nan)
        laid[:, self.past.only] = self.scores
        return laid, np.asarray(~np.isnan(laid).any(axis=0))

    def times_flagged(self) -> _Floats:
        """Count how often each area was flagged, in the order of the arrays."""
        if self.flags is not None:
            return times_flagged(flags=self.flags)
        return times_flagged(scores=self.scores, k=self.cells, outcomes=self.outcomes)


def judged(columns: Columns, parameters: Mapping[str, float], seed: int) -> Judged | Refusal:
    """Lay forecasts and outcomes out by area and period.

    Args:
        columns: As the query returns them.
        parameters: ``share``, where scores have to be made into lists.
        seed: Of random orders of tied areas.
    """
    if refusal := unfit(columns):
        return refusal
    table = _Table(columns)
    is_judged = table.judged()
    flags, scores = table.grid("flagged", 0) > 0, table.grid("score", np.nan)
    by_flag = bool(flags[:, is_judged].any())
    notes = [*left_out(columns)]
    if not by_flag:
        complete = ~np.isnan(scores).any(axis=0)
        if not (complete & is_judged).any():
            return Refusal(
                reason="In no period does every area have a score, and nothing says which areas were flagged.",
                ask_for="Ask for the score of every area and period, or for the areas that were flagged.",
            )
        if left := int((is_judged & ~complete).sum()):
            notes.append(
                f"{wording.plural(left, 'period')} of {wording.count(int(is_judged.sum()))} in which some area has no score {are(left)} left out."
            )
        is_judged = np.asarray(is_judged & complete)
    outcomes = table.outcomes()
    sizes, population = table.of_areas("size_km2"), table.of_areas("population")
    if sizes is not None and not (sizes > 0).all():
        sizes = None
    places = max(1, round(parameters["share"] * table.areas))

    def counted(which: _Flags) -> Caught:
        if by_flag:
            return by_flags(flags[:, which], outcomes[:, which], sizes=sizes)
        given = np.nan_to_num(scores[:, which])  # only where nothing is judged is one missing
        return by_scores(given, outcomes[:, which], places, sizes=sizes, draws=_DRAWS, seed=seed)

    try:
        caught, every = counted(is_judged), counted(np.ones_like(is_judged))
    except ValueError as error:
        return refused(error)
    if not by_flag:
        notes.append(
            f"No flags are stated: the {wording.plural(places, 'area')} of {wording.count(table.areas)} with the highest scores are taken as the list of a period."
        )
    found, told = (table.grid(name, 0).astype(np.int64)[:, is_judged] for name in ("by_police", "by_public"))
    starts = table.starts()[is_judged]
    steps = np.diff(starts)
    own = scores[:, is_judged]
    return Judged(
        scores=None if np.isnan(own).all() else own,
        flags=flags[:, is_judged] if by_flag else None,
        outcomes=outcomes[:, is_judged],
        past=Past(outcomes, table.history(), is_judged, every),
        sizes=sizes,
        population=population,
        population_margin=table.margins(),
        groups=table.groups(),
        hours=table.hours(),
        patrolled=None if (since := table.patrolled()) is None else since[:, is_judged],
        types=table.types(is_judged),
        by_police=found if found.any() or told.any() else None,
        by_public=told if told.any() else None,
        starts=starts,
        caught=caught,
        unit="day" if len(steps) and np.median(steps) == _DAY else "period",
        notes=tuple(notes),
    )


def refused(error: ValueError) -> Refusal:
    """Put what the statistics refuse into a refusal: their sentences say what is wrong and what to do."""
    text = str(error)
    return Refusal(
        reason=f"{text[:1].upper()}{text[1:]}.",
        ask_for="Look at the measures of data quality, and ask for forecasts and outcomes of the same areas and periods.",
    )


class _Table:
    """The query's rows, told apart by what they hold."""

    def __init__(self, columns: Columns) -> None:
        self._columns, self._what = columns, texts(columns, "what")
        self._area = np.ma.filled(columns["area"], -1).astype(np.int64)
        self._period = np.ma.filled(columns["period"], 0).astype(np.int64)
        self._cell = self._what == "cell"
        self.areas = int(self._area[self._what == "area"].max()) + 1
        self._periods = int(self._period[self._cell].max()) + 1

    def _numbers(self, name: str, missing: float) -> _Floats:
        return np.asarray(np.ma.filled(np.ma.asarray(self._columns[name], dtype=np.float64), missing))

    def grid(self, name: str, missing: float) -> _Floats:
        """Lay a number of each area and period out."""
        laid = np.full((self.areas, self._periods), missing)
        laid[self._area[self._cell], self._period[self._cell]] = self._numbers(name, missing)[self._cell]
        return laid

    def judged(self) -> _Flags:
        """Tell which periods are judged: those with a forecast, none of which came late."""
        laid = np.zeros(self._periods, dtype=bool)
        laid[self._period[self._cell]] = np.ma.filled(self._columns["is_judged"], False).astype(bool)[
            self._cell
        ]
        return laid

    def starts(self) -> NDArray[np.datetime64]:
        laid = np.full(self._periods, np.datetime64("NaT"), dtype="datetime64[us]")
        given = np.ma.filled(self._columns["starts"], np.datetime64("NaT")).astype("datetime64[us]")
        laid[self._period[self._cell]] = given[self._cell]
        return laid

    def outcomes(self) -> _Counts:
        """Lay events out: in periods with a forecast as these are held, and in those between from the time of each outcome."""
        laid = np.zeros((self.areas, self._periods), dtype=np.int64)
        between = (self._what == "beside") & (self._period >= 0) & (self._period < self._periods)
        self._add(laid, between, 0)
        held = np.zeros(self._periods, dtype=bool)
        held[self._period[self._cell]] = True
        laid[:, held] = self.grid("events", 0).astype(np.int64)[:, held]
        return laid

    def history(self) -> _Counts | None:
        """Lay out what was recorded before the first forecast: period 0 is the first, and those before have numbers below 0."""
        before = (self._what == "beside") & (self._period < 0)
        if not before.any():
            return None
        number = -int(self._period[before].min())
        laid = np.zeros((self.areas, number), dtype=np.int64)
        self._add(laid, before, number)
        return laid

    def _add(self, laid: _Counts, rows: _Flags, later: int) -> None:
        np.add.at(
            laid,
            (self._area[rows], self._period[rows] + later),
            self._numbers("events", 0)[rows].astype(np.int64),
        )

    def _filled(self, name: str, rows: _Flags) -> _Floats:
        laid = np.full(self.areas, np.nan)
        laid[self._area[rows]] = self._numbers(name, np.nan)[rows]
        return laid

    def of_areas(self, name: str) -> _Floats | None:
        """Give one number of each area, or None where one is not known."""
        laid = self._filled(name, self._what == "area")
        return None if np.isnan(laid).any() else laid

    def hours(self) -> _Floats | None:
        """Give the hours of patrols in each area, 0 where there was none; None where there was none anywhere."""
        laid = np.nan_to_num(self._filled("hours", self._what == "area"))
        return laid if laid.any() else None

    def margins(self) -> _Floats:
        """Give the margin of error of each area's population, nan where it is not known."""
        return self._filled("margin", self._what == "area")

    def patrolled(self) -> _Flags | None:
        """Tell in which areas a patrol had begun by the end of each period; None where there was none anywhere."""
        first = self._filled("first_patrol", self._what == "area")
        return None if np.isnan(first).all() else np.arange(self._periods) >= first[:, None]

    def types(self, is_judged: _Flags) -> Typed:
        """Give events by type in the periods that are judged."""
        rows = (self._what == "type") & (self._period >= 0) & (self._period < self._periods)
        rows[rows] = is_judged[self._period[rows]]
        place = np.cumsum(is_judged) - 1
        return Typed(
            labels=texts(self._columns, "label")[rows],
            classes=texts(self._columns, "type_class")[rows],
            area=self._area[rows],
            period=place[self._period[rows]],
            events=self._numbers("events", 0)[rows].astype(np.int64),
            shape=(self.areas, int(is_judged.sum())),
        )

    def groups(self) -> Mapping[str, tuple[_Floats, _Floats]]:
        """Give each group's share of each area's people, with its margin of error."""
        labels, rows = texts(self._columns, "label"), self._what == "group"
        return {
            str(label): (
                self._filled("share", rows & (labels == label)),
                self._filled("margin", rows & (labels == label)),
            )
            for label in np.unique(labels[rows])
        }
