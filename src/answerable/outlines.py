"""Where the things that a breakdown counts lie: shapes for each of its parts, on a grid of whole numbers that says nothing of the earth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Outlines", "Ring"]

Ring = tuple[int, ...]
"""The corners of a ring, one after the other, x and y of each in turn; the last is joined to the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlines:
    """Shapes for the parts of a breakdown, for a drawing beside the number.

    Which thing a shape is of is not in it, nor where on the earth it lies: shapes belong to parts, and the grid begins at the corner of
    all of them. It is no part of a measure's number and stands in no table.

    Attributes:
        breakdown: The breakdown that the shapes belong to.
        width: How many steps of the grid the drawing is wide.
        height: How many it is high; y grows downwards.
        shapes: By a part's label, the rings of its shapes: outer ones run one way and holes the other, and what has a winding
            number other than 0 is filled.
        square: Where shapes are squares that may stand for several things, how many steps their side is; else 0.
        notes: What has to be known of the drawing, one sentence each.
        missing: Why there is no shape, as a sentence; empty where there is one.
    """

    breakdown: str
    width: int = 0
    height: int = 0
    shapes: Mapping[str, tuple[Ring, ...]] = field(default_factory=dict)
    square: int = 0
    notes: tuple[str, ...] = ()
    missing: str = ""
