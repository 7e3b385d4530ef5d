"""Leaves out corners of borders that no eye would miss, so that two areas with a border in common still have it in common.

A border is thinned from one junction to the next, where a junction is a corner at which more or fewer than two edges of all areas
together meet. Source: D. H. Douglas & T. K. Peucker, Algorithms for the reduction of the number of points required to represent a
digitized line or its caricature, Cartographica 10 (1973) 112-122.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

__all__ = ["Borders"]

_Ints = NDArray[np.int64]
_TWO = 2


class Borders:
    """Rings of areas on a grid, cut into the pieces that lie between junctions.

    Args:
        at: The corners in whole steps, of shape (corners, 2), those of a ring together and in their order.
        ring: The number of the ring of each.
    """

    def __init__(self, at: _Ints, ring: _Ints) -> None:
        starts = np.flatnonzero(np.diff(ring, prepend=-1))
        self._corners, number = np.unique(at, axis=0, return_inverse=True)
        self._rings = [_without_repeats(part) for part in np.split(number.reshape(-1), starts[1:])]
        edges = np.concatenate([np.stack([each, np.roll(each, -1)], axis=1) for each in self._rings])
        edges = np.unique(np.sort(edges[edges[:, 0] != edges[:, 1]], axis=1), axis=0)
        self._is_junction = np.bincount(edges.ravel(), minlength=len(self._corners)) != _TWO

    def thinned(self, tolerance: float) -> Iterator[_Ints]:
        """Give the corners of each ring that are left where a border may be moved by so many steps, each of shape (corners, 2)."""
        kept: dict[bytes, _Ints] = {}
        for ring in self._rings:
            pieces = [self._piece(piece, tolerance, kept)[:-1] for piece in self._pieces(ring)]
            yield self._corners[np.concatenate(pieces) if pieces else ring[:1]]

    def _pieces(self, ring: _Ints) -> Iterator[_Ints]:
        """Cut a ring at its junctions; one that has none, at the corner with the lowest number."""
        if len(ring) < _TWO:
            return
        cuts = np.flatnonzero(self._is_junction[ring])
        first = int(cuts[0]) if len(cuts) else int(ring.argmin())
        turned = np.roll(ring, -first)
        ends = [*(cuts - first).tolist(), len(ring)] if len(cuts) else [0, len(ring)]
        closed = np.append(turned, turned[0])
        for start, end in pairwise(ends):
            yield closed[start : end + 1]

    def _piece(self, piece: _Ints, tolerance: float, kept: dict[bytes, _Ints]) -> _Ints:
        """Thin a piece, the same way from whichever area it is seen."""
        turned = piece[::-1]
        forward = piece.tolist() <= turned.tolist()
        one = piece if forward else turned
        key = one.tobytes()
        if key not in kept:
            kept[key] = one[_left(self._corners[one], tolerance)]
        return kept[key] if forward else kept[key][::-1]


def _without_repeats(numbers: _Ints) -> _Ints:
    """Leave out corners that are the same as the one before, around the ring."""
    kept = numbers[numbers != np.roll(numbers, 1)]
    return kept if len(kept) else numbers[:1]


def _left(points: _Ints, tolerance: float) -> NDArray[np.bool_]:
    """Say which points of a line are left: its ends, and again and again the one that lies furthest from the line so far."""
    kept = np.zeros(len(points), dtype=bool)
    kept[[0, -1]] = True
    todo = [(0, len(points) - 1)]
    while todo:
        start, end = todo.pop()
        if end - start < _TWO:
            continue
        gaps = _gaps(points[start + 1 : end] - points[start], points[end] - points[start])
        furthest = int(gaps.argmax())
        if gaps[furthest] > tolerance:
            middle = start + 1 + furthest
            kept[middle] = True
            todo += [(start, middle), (middle, end)]
    return kept


def _gaps(points: _Ints, along: _Ints) -> NDArray[np.float64]:
    """Give how far points lie from the piece of a line that begins at 0 and ends at ``along``."""
    length = int(along @ along)
    share = np.clip(points @ along / length, 0, 1) if length else np.zeros(len(points))
    return np.asarray(np.hypot(*(points - share[:, None] * along).T))
