"""Lists of every length: whether scores tell areas with events from the others, and what they catch beside simple counts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from answerable import wording
from answerable.estimate import Part
from answerable.hindsight import Lengths, auc, lengths
from answerable.hindsight.arrays import Floats
from answerable.programmes.forecasts.baselines import BASELINES
from answerable.programmes.forecasts.judging import CURVE, FORECAST, RECORDED, ratio_part
from answerable.programmes.forecasts.laying import Judged
from answerable.programmes.forecasts.measures.worth import tabled
from answerable.programmes.measure import Computation, Measure, Refusal

__all__ = ["MEASURES"]

_LENGTHS = (0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_Breakdowns = dict[str, tuple[Part, ...]]


def _auc(found: Judged, parameters: Mapping[str, float], seed: int) -> Computation | Refusal:
    scores, outcomes, left = found.scored()
    area = auc(scores, outcomes)
    parts = [Part("all areas and periods together", area.pooled, None, None)]
    if area.mean is not None:
        parts.append(Part("mean over periods", area.mean, None, None))
    curves, notes = _curves(found, int(parameters["block"]), seed)
    undefined = (
        f"In {wording.plural(area.undefined, 'period')} it is not defined: no area, or every area, had an event.",
    )
    return Computation(
        value=area.pooled,
        method="complete count of pairs: no sampling interval; the intervals of the curves are of blocks of periods",
        breakdowns={"reckoning": tuple(parts), **curves},
        caveats=(*(undefined if area.undefined else ()), *notes, *left),
    )


def _curves(found: Judged, block: int, seed: int) -> tuple[_Breakdowns, tuple[str, ...]]:
    """Give what lists of many lengths caught, of the forecast and of each baseline, and what has to be known of them."""
    scores, only = found.laid_scores()
    number = len(scores)
    past = found.past
    is_first = past.history is None and not only[1:].any()
    rivals = {name: baseline for name, choose in BASELINES.items() if (baseline := choose(found)) is not None}
    kept = [one for one in rivals.values() if one.kind == "fixed" or not is_first]
    places = list(dict.fromkeys(max(1, round(share * number)) for share in _LENGTHS))
    made = lengths(scores, past.outcomes, places, kept, history=past.history, only=only)
    curves = {
        f"{CURVE}: {label}": _curve(made, caught, number, block, seed)
        for label, caught in {FORECAST: made.forecast, **made.baselines}.items()
    }
    unit = found.unit
    notes = [
        f"The curves are of {wording.plural(int(made.events.sum()), 'event')} in {wording.plural(number, 'area')} and "
        f"{wording.plural(len(made.events), unit)}; lists are shares of the number of areas, whatever their sizes."
    ]
    if made.set_apart:
        notes.append(
            f"{wording.plural(made.set_apart, unit)} before which no outcome is known "
            f"{'is' if made.set_apart == 1 else 'are'} in none of the curves."
        )
    if is_first:
        notes.append(
            "No outcome before the period is known: no curve of a count of earlier outcomes is made."
        )
    if "population" not in rivals:
        notes.append("The population of some area is not known: no curve of it is made.")
    return curves, tuple(notes)


def _curve(made: Lengths, caught: Floats, number: int, block: int, seed: int) -> tuple[Part, ...]:
    """Give the share of events caught by each list, with its interval; a label is the list's share of the areas."""
    events = made.events.astype(np.float64)
    return (
        Part("0", 0.0, 0, int(events.sum())),
        *(
            ratio_part(f"{places / number:.6g}", of_list, events, block, seed)
            for places, of_list in zip(made.places, caught, strict=True)
        ),
    )


MEASURES: tuple[Measure, ...] = (
    tabled(
        "auc",
        "Area under the ROC of areas with an event",
        _auc,
        definition=(
            "The chance that an area and period with a recorded event has a higher score than one without, ties counted half. The breakdowns "
            "give the share of events that lists of many lengths caught: by the forecast, and by each baseline in the same periods."
        ),
        unit="probability",
        needs=("area", "score"),
        sentence="An area with a recorded event had a higher score than one without with a chance of {value}.",
        neutral="0.5",
        source="D. Bamber, J. Math. Psychol. 12 (1975) 387-415.",
        caveats=(
            RECORDED,
            "Most areas are quiet most of the time: a list of the same busy areas every day reaches a high value.",
        ),
    ),
)
"""The measures of lists of every length."""
