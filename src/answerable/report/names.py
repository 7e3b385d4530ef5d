"""Finds places for the names of several curves in one plot: beside its curve where no other is as near, else at the end of a thin rule."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from answerable.report.canvas import text_width, wrap
from answerable.report.labels import Box
from answerable.report.texts import Text

__all__ = ["Leader", "Name", "Named", "Point", "Room", "pieces", "place_far", "place_names"]

_Floats = NDArray[np.float64]
Point = tuple[float, float]
"""A place in px: from the left, and from the top."""

Leader = tuple[Point, Point, str]
"""A rule from a curve to its name, and its paint."""

_PIECE = 5  # px of a line that are one box
_NEAR = 11  # px within which a name would be read as that curve's
_AIR = 3  # px between a name and what is beside it
_LINE = 15  # px from line to line of a name
_HALF = 8  # px, half of a line's height
_STEP = 8  # px between places at which a name is tried away from its curve
_SAMPLES = 16  # places along a rule that are looked at
_LEAST = 14  # px of a rule: a shorter one is not seen
_DOUBTFUL = 120  # px by which a rule may be longer to begin where no other line is near
_CROSSED = 90  # px by which a rule may be longer to cross one line less
_ALONG = tuple(at / 24 for at in range(1, 23))  # where along a curve its name is tried, by its length
_NARROW = 0.45  # of the plot's width: a longer name is tried on two lines


@dataclass(frozen=True, slots=True)
class Name:
    """A curve to be named: its name, its corners in px, and its paint."""

    text: str
    path: Sequence[Point]
    color: str


@dataclass(frozen=True, slots=True)
class Named:
    """A name in its place: its lines, one above the other about a middle in px."""

    lines: tuple[str, ...]
    x: float
    y: float
    color: str

    @property
    def box(self) -> Box:
        """What it covers."""
        half = max(map(text_width, self.lines)) / 2
        tall = _HALF + _LINE * (len(self.lines) - 1) / 2
        return Box(self.x - half, self.y - tall, self.x + half, self.y + tall)

    @property
    def texts(self) -> Iterator[Text]:
        """Its lines as they are written."""
        for at, line in enumerate(self.lines):
            yield Text(line, self.x, self.y + _LINE * (at - (len(self.lines) - 1) / 2), "center", self.color)


def place_names(
    names: Sequence[Name], taken: Sequence[Box], within: Box
) -> tuple[dict[int, Named], list[Leader]]:
    """Give each curve's name a place, by the curve's number; one that has none anywhere is left out.

    Args:
        names: The curves, in the order of importance.
        taken: What stands in the plot beside them.
        within: Where names may stand.
    """
    lines = [list(pieces(name.path)) for name in names]
    placed: dict[int, Named] = {}
    for number, name in enumerate(names):
        others = [_wider(box, _NEAR) for other, boxes in enumerate(lines) if other != number for box in boxes]
        hard = [*lines[number], *others, *(_wider(box, _AIR) for box in taken)]
        if found := _beside(name, [*hard, *(each.box for each in placed.values())], within):
            placed[number] = found
    leaders: list[Leader] = []
    for number, name in enumerate(names):
        if number not in placed:
            rivals = [one.path for other, one in enumerate(names) if other != number]
            boxes = [*taken, *(each.box for each in placed.values())]
            room = Room(lines, boxes, [*rivals, *(ends for *ends, _ in leaders)], within)
            if found_far := place_far(name, room):
                placed[number], leader = found_far
                leaders.append(leader)
    return placed, leaders


def pieces(path: Sequence[Point]) -> Iterator[Box]:
    """Cover a line with small boxes."""
    for (left, one), (right, two) in pairwise(path):
        number = max(1, round(max(abs(right - left), abs(two - one)) / _PIECE))
        for piece in range(number):
            near, far = piece / number, (piece + 1) / number
            ends = (left + (right - left) * near, left + (right - left) * far)
            heights = (one + (two - one) * near, one + (two - one) * far)
            yield Box(min(ends), min(heights) - 1, max(ends), max(heights) + 1)


def _ways(name: Name, within: Box) -> Iterator[tuple[str, ...]]:
    """Give the lines that a name may be written on: one, or two where it is long."""
    room = within.right - within.left
    if text_width(name.text) <= room:
        yield (name.text,)
    if text_width(name.text) > room * _NARROW and " " in name.text:
        yield tuple(wrap(name.text, max(room * _NARROW, 0.6 * text_width(name.text))))


def _beside(name: Name, hard: Sequence[Box], within: Box) -> Named | None:
    """Place a name right beside its curve."""
    for lines in _ways(name, within):
        whole = Named(lines, 0.0, 0.0, name.color).box
        half, tall = whole.right + _AIR, whole.bottom + _AIR
        for x, y in _points(name.path):
            for right, down in ((1, 1), (-1, -1), (0, -1), (0, 1), (1, -1), (-1, 1), (1, 0)):
                made = Named(lines, x + right * (half + 3), y + down * (tall + 2 * (right == 0)), name.color)
                box = made.box
                if within.holds(box) and not any(box.meets(each) for each in hard):
                    return made
    return None


def _points(path: Sequence[Point]) -> Iterator[Point]:
    """Give places along a line, from its middle outwards: evenly by its length."""
    lengths = [math.dist(one, two) for one, two in pairwise(path)]
    whole = sum(lengths)
    for share in sorted(_ALONG, key=lambda at: abs(at - 0.5)):
        left = share * whole
        for (one, two), length in zip(pairwise(path), lengths, strict=True):
            if left <= length and length:
                yield (
                    one[0] + (two[0] - one[0]) * left / length,
                    one[1] + (two[1] - one[1]) * left / length,
                )
                break
            left -= length


class Room:
    """What is free in a plot for words that stand away from their curve.

    Args:
        lines: The boxes that cover each line.
        boxes: What stands in the plot beside the lines.
        paths: The lines that a rule should not cross.
        within: Where words may stand.
    """

    def __init__(
        self,
        lines: Sequence[Sequence[Box]],
        boxes: Sequence[Box],
        paths: Sequence[Sequence[Point]],
        within: Box,
    ) -> None:
        self.within = within
        self._boxes = [_wider(box, _AIR) for box in boxes]
        self._hard = np.array([_wider(box, _AIR) for each in lines for box in each] + self._boxes)
        self._edges = np.array([(*one, *two) for path in paths for one, two in pairwise(path)]).reshape(-1, 4)

    def doubt(self, point: Point) -> float:
        """Give what it costs that a rule begins where another line is near, and could be read as that one's."""
        if not len(self._edges):
            return 0.0
        one, two, at = self._edges[:, :2], self._edges[:, 2:], np.array(point)
        along = two - one
        share = ((at - one) * along).sum(axis=1) / np.maximum((along**2).sum(axis=1), 1e-9)
        gaps = np.hypot(*(at - one - np.clip(share, 0, 1)[:, None] * along).T)
        return _DOUBTFUL * max(0.0, 1 - float(gaps.min()) / _NEAR)

    def middles(self, whole: Box) -> _Floats:
        """Give the places of the middle of such a box at which it meets nothing, of shape (places, 2)."""
        x, y = (
            np.arange(low, high, _STEP)
            for low, high in (
                (self.within.left + whole.right, self.within.right - whole.right),
                (self.within.top + whole.bottom, self.within.bottom - whole.bottom),
            )
        )
        at = np.stack(np.meshgrid(x, y, indexing="ij"), axis=-1).reshape(-1, 1, 2)
        low, high = (
            self._hard[:, :2] - (whole.right, whole.bottom),
            self._hard[:, 2:] + (whole.right, whole.bottom),
        )
        return np.asarray(at[~((at > low) & (at < high)).all(axis=-1).any(axis=-1)][:, 0])

    def cost(self, starts: _Floats, ends: _Floats) -> _Floats:
        """Give what rules cost: their length, and more for each line that they cross; infinity where one runs through words."""
        found = np.hypot(*(ends - starts).T)
        for edge in self._edges:
            one, two = edge[:2], edge[2:]
            apart = _sides(starts, ends, one) * _sides(starts, ends, two) < 0
            found += _CROSSED * (apart & (_sides(one, two, starts) * _sides(one, two, ends) < 0))
        for box in self._boxes:
            for share in np.linspace(0, 1, _SAMPLES):
                x, y = (starts + (ends - starts) * share).T
                found[(x > box.left) & (x < box.right) & (y > box.top) & (y < box.bottom)] = np.inf
        return np.asarray(found)


def place_far(name: Name, room: Room, most: float = math.inf) -> tuple[Named, Leader] | None:
    """Place a name where the plot is free, with the rule to its curve that crosses the fewest lines and is the shortest.

    Args:
        name: The curve; or one point.
        room: Where there is room.
        most: What the rule may cost: px, and more for each line that it crosses.
    """
    best, found = most, None
    points = list(_points(name.path)) or list(name.path)
    for lines in _ways(name, room.within):
        whole = Named(lines, 0.0, 0.0, name.color).box
        middles = room.middles(whole)
        for point in points if len(middles) else ():
            ends = _ends(middles, whole, np.array(point))
            length = np.hypot(*(ends - point).T)
            doubt = room.doubt(point)
            near = np.flatnonzero((length >= _LEAST) & (length + doubt < best))
            if not len(near):
                continue
            costs = np.round(doubt + room.cost(np.broadcast_to(point, (len(near), 2)), ends[near]), 3)
            least = int(costs.argmin())
            if costs[least] < best:
                (x, y), end = middles[near[least]], ends[near[least]]
                best = float(costs[least])
                found = (
                    Named(lines, float(x), float(y), name.color),
                    (point, (float(end[0]), float(end[1])), name.color),
                )
    return found


def _ends(middles: _Floats, whole: Box, point: _Floats) -> _Floats:
    """Give the place at the edge of each box at which its rule ends: the nearest of a few to a point."""
    wide, tall = whole.right, whole.bottom
    places = (
        (-wide - 2, 0), (wide + 2, 0), (0, -tall - 1), (0, tall + 1), (12 - wide, -tall - 1), (wide - 12, -tall - 1),
    )  # fmt: skip  # a table: what stands in one line belongs together
    every = middles[:, None] + np.array(places)
    nearest = np.hypot(*np.moveaxis(every - point, -1, 0)).argmin(axis=1)
    return np.asarray(every[np.arange(len(middles)), nearest])


def _sides(one: _Floats, two: _Floats, points: _Floats) -> _Floats:
    """Tell on which side of the line through two places points lie, by the sign."""
    (x1, y1), (x2, y2), (x, y) = one.T, two.T, points.T
    return np.asarray((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1))


def _wider(box: Box, by: float) -> Box:
    return Box(box.left - by, box.top - by, box.right + by, box.bottom + by)
