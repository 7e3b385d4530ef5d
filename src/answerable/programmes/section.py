"""How a programme reads in the report: the questions in order, and the charts that answer them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from answerable.estimate import Estimate

__all__ = ["BETWEEN", "Chart", "Reference", "Section", "sentence"]

BETWEEN = " × "
"""What stands between two groups in the label of a pair of them."""


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
            measure's headline), ``curve`` (values over a number that the parts' labels state: one panel per
            measure, stacked over the same axis), ``det`` (one rate against another that the labels state, on the scales of the
            normal distribution, all curves in one plot), ``areas`` (a map of the shapes that the measure has for the parts of the
            breakdown), ``curves`` (shares over a share that the labels state, all curves in one
            plot, the first with its intervals), ``matrix`` (a rate for each pair of groups, from labels such as
            ``F × M``) or ``dots`` (ratios with their intervals about 1, on a logarithmic scale).
        measures: The measures drawn.
        breakdown: The breakdown drawn, for all forms but ``measures``. In the table beside ``areas`` a breakdown whose name goes on from
            it after a colon is a column. A ``det`` and ``curves`` also draw the breakdowns whose names
            go on from it after a colon, each as a curve of its own: ``DET curve: system A``.
        title: Makes the title from the estimates drawn: a sentence that states what the chart shows.
        axis: What the value axis shows, with its unit.
        across: What the labels of a ``curve`` count, in the singular: ``day``. Of a ``det``, of ``curves``, and of a ``curve`` of ``shares``,
            what the axis across shows. Of ``areas``, what a part counts.
        marks: Where a ``curve`` is marked, labelled and tabled, in order of importance: where there is no room for
            every label, the first have it.
        references: What to compare a ``curve`` with: a limit of retention, say. One beyond the values is not drawn. Of ``dots``
            the first says what the line at 1 is.
        shares: Whether the labels and the values of a ``curve`` are both shares: both scales then run from 0 to 100 %.
        signed: Whether values of ``bars`` may lie below zero: the bars then go either way from it.
        label: How a mark of a ``curve`` of ``shares``, or of the first of ``curves``, is labelled, with ``{at}`` and ``{value}``.
        even: Of ``curves``, the name of the one that holds its share by definition: it is drawn as a straight dashed line.
        instead: Of a ``det``, measures whose curve and point are drawn in place of all others where one of them has a curve.
        target: Of a ``det``, the parameter that a measure without a curve was taken at: it is a point, the parameter across and
            the measure up.
    """

    form: Literal["bars", "months", "measures", "curve", "det", "curves", "areas", "matrix", "dots"]
    measures: tuple[str, ...]
    title: Callable[[tuple[Estimate, ...]], str]
    axis: str
    breakdown: str = ""
    across: str = "day"
    marks: tuple[float, ...] = (30, 365, 90, 180, 7, 60)
    references: tuple[Reference, ...] = ()
    shares: bool = False
    signed: bool = False
    label: str = "{at}: {value}"
    even: str = ""
    target: str = ""
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One question of the report, with the measures that answer it in order.

    ``answers`` are those of them that answer it in one sentence, the best first: where no clause is judged, the first screen
    shows the first that could be taken. Where none is named or taken, it shows the first of ``measures`` that is more than a
    count of records.
    """

    id: str
    title: str
    question: str
    measures: tuple[str, ...]
    charts: tuple[Chart, ...] = ()
    notes: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()


def sentence(estimates: tuple[Estimate, ...]) -> str:
    """Say what the measure says of itself, without the full stop."""
    return estimates[0].sentence.rstrip(".")
