"""How a programme reads in the report: the questions in order, and the charts that answer them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from answerable.estimate import Estimate

__all__ = ["Chart", "Section"]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart drawn from one measure's breakdown, or from the headlines of several measures.

    Attributes:
        form: ``bars`` (one bar per part), ``months`` (a line over months) or ``measures`` (one bar per
            measure's headline).
        measures: The measures drawn.
        breakdown: The breakdown drawn, for ``bars`` and ``months``.
        title: Makes the title from the estimates drawn: a sentence that states what the chart shows.
        axis: What the value axis shows, with its unit.
    """

    form: Literal["bars", "months", "measures"]
    measures: tuple[str, ...]
    title: Callable[[tuple[Estimate, ...]], str]
    axis: str
    breakdown: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One question of the report, with the measures that answer it in order."""

    id: str
    title: str
    question: str
    measures: tuple[str, ...]
    charts: tuple[Chart, ...] = ()
    notes: tuple[str, ...] = ()
