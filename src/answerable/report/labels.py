"""Finds places for the labels of a curve: beside their points, and over nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from answerable.report.canvas import text_width

__all__ = ["Box", "Placed", "place"]

_BESIDE, _OVER = 8, 14  # px from a point to the side of its label, and to the middle of one above or below it
_HALF = 8  # px, half of a label's height
_AIR = 2  # px between a label and what is beside it


class Box(NamedTuple):
    """A rectangle in px; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Tell whether two boxes overlap."""
        return (
            self.left < other.right
            and self.right > other.left
            and self.top < other.bottom
            and self.bottom > other.top
        )

    def holds(self, other: Box) -> bool:
        """Tell whether another box lies within this one."""
        return (
            self.left <= other.left
            and self.right >= other.right
            and self.top <= other.top
            and self.bottom >= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Placed:
    """A label with its place in px: that of its middle, or of the point that it belongs to."""

    text: str
    x: float
    y: float

    @property
    def box(self) -> Box:
        """What it covers, with a little air to its sides."""
        half = text_width(self.text) / 2 + _AIR
        return Box(self.x - half, self.y - _HALF, self.x + half, self.y + _HALF)


def place(wish: Placed, hard: Sequence[Box], soft: Sequence[Box], within: Box) -> Iterator[Placed]:
    """Give the best place of a label, if there is one.

    Args:
        wish: The label at the point that it belongs to.
        hard: What it may not stand on.
        soft: What it stands on only where it has no other place.
        within: Where it may stand.
    """
    free = [each for each in _around(wish) if within.holds(each.box) and not _any(each.box, hard)]
    clear = [each for each in free if not _any(each.box, soft)]
    yield from (clear or free)[:1]


def _around(point: Placed) -> Iterator[Placed]:
    x, y, text = point.x, point.y, point.text
    half = text_width(text) / 2
    for up in (-1, 1):
        yield Placed(text, x + half + _BESIDE, y + up * (_OVER - 3))
        yield Placed(text, x - half - _BESIDE, y + up * (_OVER - 3))
        yield Placed(text, x, y + up * (_OVER + 1))
    for down in (0, 8, -8):
        yield Placed(text, x + half + _BESIDE + _AIR, y + down)
        yield Placed(text, x - half - _BESIDE - _AIR, y + down)


def _any(box: Box, others: Iterable[Box]) -> bool:
    return any(box.meets(other) for other in others)
