"""How often each area was flagged: areas and flags by classes of the share of the judged periods, and a map of the classes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from answerable.estimate import Part
from answerable.programmes.forecasts.judging import OFTEN
from answerable.programmes.forecasts.laying import Judged, judged, refused
from answerable.programmes.forecasts.mapping import BESIDE, Classes, outlines
from answerable.programmes.forecasts.measures.worth import tabled
from answerable.programmes.measure import Columns, Computation, Measure, Refusal

__all__ = ["MEASURES"]

_LABELS = (
    "in no period",
    "in up to 5\u202f%",
    "in over 5 to 20\u202f%",
    "in over 20 to 50\u202f%",
    "in over 50\u202f%, but not in all",
    "in every period",
)
_SHARES = (0.05, 0.2, 0.5)
_ALMOST = 1e-9  # of a period: sums of parts of flags are not exact


def _finish(columns: Columns, parameters: Mapping[str, float], seed: int) -> Computation | Refusal:
    found = judged(columns, parameters, seed)
    if isinstance(found, Refusal):
        return found
    try:
        classes = _classes(found)
    except ValueError as error:
        return refused(error)
    made = _computed(found, classes)
    drawn = outlines(columns, classes, OFTEN)
    said = (f"No map is drawn. {drawn.missing}",) if drawn.missing else drawn.notes
    return replace(made, outlines=drawn, caveats=(*made.caveats, *said, *found.notes))


def _classes(found: Judged) -> Classes:
    periods = len(found.starts)
    bounds = (_ALMOST, *(share * periods + _ALMOST for share in _SHARES), periods - _ALMOST)
    return Classes(_LABELS, found.times_flagged(), periods, bounds)


def _computed(found: Judged, classes: Classes) -> Computation:
    of_areas, times = classes.of_areas, classes.times
    number = np.bincount(of_areas, minlength=len(_LABELS))
    flags = np.bincount(of_areas, weights=times, minlength=len(_LABELS))
    areas, every = len(times), float(times.sum())
    tied = int((np.abs(times - np.rint(times)) > _ALMOST).sum())
    notes = (
        ()
        if not tied
        else (
            f"In some periods areas tie for the last places of the list: each of {tied:,} areas counts there in part, by its chance of a place.",
        )
    )
    return Computation(
        value=float(number[0] / areas),
        numerator=int(number[0]),
        denominator=areas,
        breakdowns={
            OFTEN: tuple(
                Part(label, float(count / areas), int(count), areas)
                for label, count in zip(_LABELS, number, strict=True)
            ),
            f"{OFTEN}: flags": tuple(
                Part(label, float(share / every), round(float(share), 6), round(every, 6))
                for label, share in zip(_LABELS, flags, strict=True)
            ),
        },
        caveats=(
            f"The periods are the {len(found.starts):,} that are judged: those with a forecast in time and with outcomes. What was flagged for others is "
            "in no number and in no drawing.",
            *notes,
        ),
    )


MEASURES: tuple[Measure, ...] = (
    tabled(
        "never_flagged",
        "Areas that were flagged in no period",
        finish=_finish,
        kind="share",
        definition=(
            "Areas that were flagged in none of the judged periods, among all areas that are judged. The breakdowns give how many areas, and "
            "how many of the flags, lie in classes of the share of the periods; a map shows the classes where the records say where areas lie."
        ),
        unit="share of areas",
        sentence="{counted} were flagged in none of the judged periods.",
        source="Practice of evaluations of forecasts.",
        caveats=(
            "An area is as one of the records has it: an area of many streets counts as much as one of a few.",
        ),
        beside=BESIDE,
    ),
)
"""The measure of how often areas were flagged."""
