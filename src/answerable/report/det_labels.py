"""Finds places for the words within a DET plot: the figures of its points, and the names of its lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from answerable.report.canvas import text_width
from answerable.report.labels import Box, Placed, place
from answerable.report.probit import Axis

__all__ = ["EQUAL", "Plot", "Row", "Spot", "name_curves", "name_equal", "place_figures"]

EQUAL = "equal rates"
"""The name of the line on which both rates are the same."""

Row = Mapping[str, float | None]
"""A corner of a curve as it is drawn: normal deviates ``x``, ``v``, ``low`` and ``high``."""

_DOT, _WHISKER = 5, 4  # px that a dot and a whisker reach
_NEAR = 12  # px from a curve within which a name would be read as that curve's
_PIECE = 6  # px of a slanting line that are one box
_ALONG = (0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9)  # where along a curve its name is tried


@dataclass(frozen=True, slots=True)
class Spot:
    """A point with the texts that it may be labelled with, the best first; numbers are normal deviates."""

    x: float
    v: float
    low: float | None
    high: float | None
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """Where things lie in px: x from the left, y from the top."""

    x: Axis
    y: Axis

    def spot(self, across: float, up: float) -> tuple[float, float]:
        """Place a pair of normal deviates."""
        return self.x.px(across), self.y.length - self.y.px(up)

    @property
    def within(self) -> Box:
        """Where labels may stand."""
        return Box(2, 2, self.x.length + 10, self.y.length - 2)

    def dot(self, spot: Spot) -> Iterator[Box]:
        """Cover a point and its whisker."""
        x, y = self.spot(spot.x, spot.v)
        yield Box(x - _DOT, y - _DOT, x + _DOT, y + _DOT)
        if spot.low is not None and spot.high is not None:
            yield Box(
                x - _WHISKER, self.spot(spot.x, spot.high)[1], x + _WHISKER, self.spot(spot.x, spot.low)[1]
            )

    def steps(self, rows: Sequence[Row]) -> Iterator[Box]:
        """Cover the steps of a curve."""
        for one, two in pairwise(rows):
            (left, y), (right, below) = self._corner(one, "v"), self._corner(two, "v")
            yield Box(left, y - 1, right, y + 1)
            yield Box(right - 1, min(y, below), right + 1, max(y, below))

    def band(self, rows: Sequence[Row]) -> Iterator[Box]:
        """Cover the band of a curve's intervals."""
        for one, two in pairwise(rows):
            if one["high"] is not None:
                left, top = self._corner(one, "high")
                yield Box(left, top, self._corner(two, "v")[0], self._corner(one, "low")[1])

    def _corner(self, row: Row, field: str) -> tuple[float, float]:
        return self.spot(row["x"] or 0.0, row[field] or 0.0)

    def along(self, rows: Sequence[Row]) -> Iterator[tuple[float, float]]:
        """Give places along a curve at which its name may stand."""
        for share in _ALONG:
            yield self._corner(rows[round(share * (len(rows) - 1))], "v")

    def equal(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Give the ends of the line of equal rates, in normal deviates: the lower, then the upper."""
        low = max(self.x.at(self.x.low), self.y.at(self.y.low))
        high = min(self.x.at(self.x.high), self.y.at(self.y.high))
        return (low, low), (high, high)


def place_figures(spots: Sequence[Spot], curves: Sequence[Sequence[Row]], plot: Plot) -> list[Placed]:
    """Place the label of each point: the longest of its texts that has room."""
    hard = [box for rows in curves for box in plot.steps(rows)] + [
        box for spot in spots for box in plot.dot(spot)
    ]
    soft = [box for rows in curves for box in plot.band(rows)] + list(_slant(plot))
    placed: list[Placed] = []
    for spot in spots:
        x, y = plot.spot(spot.x, spot.v)
        taken = [*hard, *(each.box for each in placed)]
        tried = (
            found for text in spot.texts for found in place(Placed(text, x, y), taken, soft, plot.within)
        )
        placed += [found] if (found := next(tried, None)) else []
    return placed


def name_curves(
    names: Sequence[str], curves: Sequence[Sequence[Row]], plot: Plot, taken: Sequence[Box]
) -> list[Placed]:
    """Place the name of each curve beside it and away from every other; none where not all of them have room."""
    lines = [list(plot.steps(rows)) for rows in curves]
    soft = [box for rows in curves for box in plot.band(rows)] + list(_slant(plot))
    placed: list[Placed] = []
    for number, name in enumerate(names):
        others = [_wider(box) for other, boxes in enumerate(lines) if other != number for box in boxes]
        hard = [*lines[number], *others, *taken, *(each.box for each in placed)]
        tried = (
            found
            for x, y in plot.along(curves[number])
            for found in place(Placed(name, x, y), hard, soft, plot.within)
        )
        found = next(tried, None)
        if found is None:
            return []
        placed.append(found)
    return placed


def name_equal(plot: Plot, taken: Sequence[Box]) -> Iterator[Placed]:
    """Name the line of equal rates to the left of its upper end, where there is room."""
    (_, _), (high, _) = plot.equal()
    for down in (0.0, 0.3, 0.6):
        x, y = plot.spot(high - down, high - down)
        made = Placed(EQUAL, x - text_width(EQUAL) / 2 - 26, y + 12)
        if plot.within.holds(made.box) and not any(made.box.meets(box) for box in taken):
            yield made
            return


def _wider(box: Box) -> Box:
    return Box(box.left - _NEAR, box.top - _NEAR, box.right + _NEAR, box.bottom + _NEAR)


def _slant(plot: Plot) -> Iterator[Box]:
    """Cover the line of equal rates with small boxes."""
    (left, bottom), (right, top) = (plot.spot(*end) for end in plot.equal())
    pieces = max(1, round((right - left) / _PIECE))
    wide, high = (right - left) / pieces, (bottom - top) / pieces
    for piece in range(pieces):
        yield Box(
            left + wide * piece, bottom - high * (piece + 1), left + wide * (piece + 1), bottom - high * piece
        )
