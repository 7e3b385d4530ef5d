"""Events by type as it was recorded, of areas × periods, held as a list until the counts of some types are asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answerable.programmes.forecasts.presence import UNTYPED

__all__ = ["Type", "Typed"]

_Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Type:
    """One type as it was recorded: its class by the word lists, and how many events are of it."""

    label: str
    group: str
    events: int


@dataclass(frozen=True, slots=True, eq=False)
class Typed:
    """Events by type. All arrays but ``shape`` have one entry for each type, area and period that has an event.

    Attributes:
        labels: The type as it was recorded; empty where none was.
        classes: Its class by the word lists; empty where there is no type.
        area, period: Where and when, as places in the arrays of `laying.Judged`.
        events: How many.
        shape: Areas and periods.
    """

    labels: NDArray[np.str_]
    classes: NDArray[np.str_]
    area: _Counts
    period: _Counts
    events: _Counts
    shape: tuple[int, int]

    def types(self) -> tuple[Type, ...]:
        """Give every type, the commonest first; what has none is one of its own."""
        found, places = np.unique(self.labels, return_inverse=True)
        numbers = np.bincount(places, self.events, minlength=len(found)).astype(np.int64)
        group = dict(zip(self.labels.tolist(), self.classes.tolist(), strict=True))
        made = [
            Type(label, group[label] or UNTYPED, int(number))
            for label, number in zip(found.tolist(), numbers, strict=True)
        ]
        return tuple(sorted(made, key=lambda one: (-one.events, one.label)))

    def counts(self, types: tuple[Type, ...]) -> _Counts:
        """Lay the events of some types out, together, by area and period."""
        rows = np.isin(self.labels, [one.label for one in types])
        laid = np.zeros(self.shape, dtype=np.int64)
        np.add.at(laid, (self.area[rows], self.period[rows]), self.events[rows])
        return laid
