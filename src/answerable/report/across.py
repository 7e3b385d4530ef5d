"""The axis across a curve: days, points, or a share."""

from __future__ import annotations

from dataclasses import dataclass

from answerable import wording
from answerable.programmes.section import Reference

__all__ = ["Across", "share_text"]

_LEAST = 1e-5  # a share that is written with digits: 0.001 %
_ALMOST = 0.995  # from here on two digits would make 100 %


@dataclass(frozen=True, slots=True)
class Across:
    """The axis that all panels of a figure share.

    Attributes:
        low: Where it begins.
        high: Where it ends.
        unit: What it counts, in the singular: ``day``; of shares, what the axis shows.
        marks: What is marked on it, in order of importance.
        references: What to compare with.
        up: What the axis of values shows, where it is named in the drawing: of shares.
        label: How a mark is labelled where axis and values are shares, with ``{at}`` and ``{value}``; empty where they are not.
    """

    low: float
    high: float
    unit: str
    marks: tuple[float, ...]
    references: tuple[Reference, ...] = ()
    up: str = ""
    label: str = ""

    @property
    def shares(self) -> bool:
        """Whether the axis and the values are both shares, and both scales run from 0 to 100 %."""
        return bool(self.label)

    def name(self, at: float) -> str:
        """Name a place on it: ``1 day``, ``30 days``, ``10 %``."""
        if self.shares:
            return share_text(at)
        return f"{wording.quantity(at)} {self.unit if at == 1 else self.unit + 's'}"

    def labels(self, at: float, figure: str) -> tuple[str, ...]:
        """Write the label of a mark, and what is written where that has no room."""
        if not self.shares:
            return figure, figure.partition(" (")[0]
        return (
            self.label.replace("{at}", self.name(at)).replace("{value}", figure),
            f"{self.name(at)}: {figure}",
            figure,
        )


def share_text(share: float) -> str:
    """Write a share that is among nothing, as a model gives it, with two digits: ``88 %``, ``0.78 %``.

    One that is neither 0 nor 1 is never written as 0 % or 100 %.
    """
    if share in (0, 1):
        return f"{100 * share:.0f}\u202f%"
    if share < _LEAST:
        return f"under {100 * _LEAST:g}\u202f%"
    if share > 1 - _LEAST:
        return f"over {100 * (1 - _LEAST):g}\u202f%"
    return f"{100 * share:.{2 if share < _ALMOST else 5}g}\u202f%"
