"""The views of points: each read as a vehicle's pseudonym and a place x time cell, at nine grains.

    base_reads  ->  camera_codes, zip_codes                     one row per place: a number for it
                ->  points_camera_hour ... points_zip_week      one row per read: plate, cell, day

A point is a place together with a time. How coarse both are is the grain: a camera, a square of 0.01 degree or a ZIP
code, and a clock hour, a day or an ISO week. A cell is one whole number, so that millions of them can be compared; it
means nothing outside its view. Reads without a plate, a place or a time have no point.
"""

from __future__ import annotations

from dataclasses import dataclass

from answerable.programmes.programme import View

__all__ = ["GRAINS", "POINT_VIEWS", "Grain"]

_DAY = "days_between(DATE '1970-01-05', CAST(clock_time AS DATE))"  # that day was a Monday
_ROOM = 1 << 24  # for the time within a cell: hours since 1970 stay below it for another 1,900 years
_SQUARE = "floor(round({} * 100e0, 6))"  # rounded, for 0.29 * 100 falls short of 29 in binary fractions


@dataclass(frozen=True, slots=True)
class Grain:
    """One grain of points.

    Attributes:
        id: ``camera_hour``.
        title: Place and time in words: ``camera and clock hour``.
        point: The same with articles: ``a camera and a clock hour``.
        needs: The fields of a read that it needs.
        sql: The query of its points, one row per read that has one: ``cell`` is a BIGINT and not negative, ``day`` counts
            from Monday, 5 January 1970.
    """

    id: str
    title: str
    point: str
    needs: tuple[str, ...]
    sql: str

    @property
    def view(self) -> str:
        """The name of the view of its points."""
        return f"points_{self.id}"


_PLACES = {
    "camera": ("camera", ("camera",)),
    "square": ("square of 0.01 degree", ("longitude", "latitude")),
    "zip": ("ZIP code", ("zip",)),
}
_TIMES = {
    "hour": ("a", "clock hour", f"{_DAY} * 24 + hour_of_day(clock_time)"),
    "day": ("a", "day", _DAY),
    "week": ("an", "ISO week", f"CAST(floor({_DAY} / 7e0) AS BIGINT)"),
}


def _sql(place: str, time: str) -> str:
    fields = _PLACES[place][1]
    if place == "square":
        code = f"(({_SQUARE.format('latitude')} + 9000) * 36001 + {_SQUARE.format('longitude')} + 18001)"
        source = "base_reads"
    else:
        code = "code"
        source = f"base_reads JOIN {place}_codes AS codes ON coded = {place}"
    known = " AND ".join(f"{field} IS NOT NULL" for field in (*fields, "clock_time"))
    return f"""-- One row per read with a plate, a place and a time: its point as a number, and its day.
SELECT plate, CAST({code} AS BIGINT) * {_ROOM} + {_TIMES[time][2]} AS cell, {_DAY} AS day
FROM {source}
WHERE plate IS NOT NULL AND plate_state = 'present' AND {known}"""


def _codes(place: str) -> View:
    # Kept, so that an engine knows how few they are and does not build its join from the reads.
    return View(
        f"{place}_codes",
        f"""-- A whole number for each {_PLACES[place][0]} with a read, in the order of their names.
SELECT {place} AS coded, row_number() OVER (ORDER BY {place}) AS code
FROM (SELECT DISTINCT {place} FROM base_reads WHERE {place} IS NOT NULL) AS places""",
        kept=True,
    )


GRAINS: tuple[Grain, ...] = tuple(
    Grain(
        id=f"{place}_{time}",
        title=f"{where} and {when}",
        point=f"a {where} and {article} {when}",
        needs=("plate", *fields, "read_at"),
        sql=_sql(place, time),
    )
    for place, (where, fields) in _PLACES.items()
    for time, (article, when, _) in _TIMES.items()
)
"""The nine grains, the finest first within each kind of place."""

POINT_VIEWS: tuple[View, ...] = (
    _codes("camera"),
    _codes("zip"),
    *(View(grain.view, grain.sql) for grain in GRAINS),
)
"""The views of points, and of the codes of their places; they read ``base_reads``, and keep nothing else."""
