"""How a programme reads in the report: the questions in order, and the charts that answer them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from answerable.estimate import Estimate

__all__ = ["Chart", "Reference", "Section", "sentence"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A place on the axis of a curve to compare with: where it stands, and what it is (``30 days: limit of the policy``)."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart drawn from one measure's breakdown, or from the headlines of several measures.

    Attributes:
        form: ``bars`` (one bar per part), ``months`` (a line over months), ``measures`` (one bar per
            measure's headline) or ``curve`` (values over a number that the parts' labels state: one panel per
            measure, stacked over the same axis).
        measures: The measures drawn.
        breakdown: The breakdown drawn, for ``bars``, ``months`` and ``curve``.
        title: Makes the title from the estimates drawn: a sentence that states what the chart shows.
        axis: What the value axis shows, with its unit.
        across: What the labels of a ``curve`` count, in the singular: ``day``.
        marks: Where a ``curve`` is marked, labelled and tabled, in order of importance: where there is no room for
            every label, the first have it.
        references: What to compare a ``curve`` with: a limit of retention, say. One beyond the values is not drawn.
    """

    form: Literal["bars", "months", "measures", "curve"]
    measures: tuple[str, ...]
    title: Callable[[tuple[Estimate, ...]], str]
    axis: str
    breakdown: str = ""
    across: str = "day"
    marks: tuple[float, ...] = (30, 365, 90, 180, 7, 60)
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One question of the report, with the measures that answer it in order."""

    id: str
    title: str
    question: str
    measures: tuple[str, ...]
    charts: tuple[Chart, ...] = ()
    notes: tuple[str, ...] = ()


def sentence(estimates: tuple[Estimate, ...]) -> str:
    """Say what the measure says of itself, without the full stop."""
    return estimates[0].sentence.rstrip(".")
