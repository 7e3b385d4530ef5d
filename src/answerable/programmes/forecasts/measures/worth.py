"""What a list of flagged areas was worth: hit rate, PAI, PEI*, area flagged, predicted over observed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from answerable.estimate import Interval, Part
from answerable.hindsight import hit_rate, pai, pei_star, ser
from answerable.hindsight.worth import Measured
from answerable.programmes.forecasts.judging import (
    BLOCK,
    RECORDED,
    SHARE,
    finished,
    ratio,
    ratio_part,
)
from answerable.programmes.forecasts.laying import Judged
from answerable.programmes.forecasts.sql import query
from answerable.programmes.measure import Computation, Measure, Refusal, Tabled

__all__ = ["MEASURES", "PARAMETERS", "tabled"]

_Parameters = Mapping[str, float]
_Floats = NDArray[Any]
_Make = Callable[[Judged, _Parameters, int], Computation | Refusal]
PARAMETERS = {"share": SHARE, "block": BLOCK}
_RULE = "flagged areas are those that the file flags; where it flags none, the {share} of the areas with the highest scores in a period"
_CHAINEY = "S. Chainey, L. Tompson & S. Uhlig, The utility of hotspot mapping for predicting spatial patterns of crime, Secur. J. 21 (2008) 4-28."
_HUNT = "J. M. Hunt, Do crime hot spots move?, dissertation, American University (2016), for PEI*."
_POOLED = "It is of all periods together; the mean over periods differs, and stands in the breakdown."


def tabled(name: str, title: str, make: _Make | None = None, **texts: object) -> Tabled:
    """Make a measure of forecasts beside outcomes, from a function of them; or with a function of its columns, given as ``finish``."""
    settings: dict[str, Any] = {
        "kind": "quantity",
        "needs": ("area", "score|flag"),
        "also": ("outcomes",),
        "rule": _RULE,
        "parameters": PARAMETERS,
        "sql": query("judged_cells"),
        "caveats": (RECORDED,),
    }
    if make is not None:
        settings["finish"] = finished(make)
    return Tabled(name=f"forecasts.{name}", title=title, **(settings | texts))


def _two_ways(found: Measured) -> dict[str, tuple[Part, ...]]:
    """Give a measure of all periods together, its mean over periods, and the range that ties leave."""
    parts = []
    for label, each in (("all periods together", found.pooled), ("mean over periods", found.mean)):
        if each is None:
            continue
        parts.append(Part(label, each.expected, None, None))
        if not each.settled:
            parts += [
                Part(f"{label}, if ties fall against it", each.least, None, None),
                Part(f"{label}, if ties fall for it", each.most, None, None),
            ]
    return {"reckoning": tuple(parts)}


def _measured(
    made: Measured,
    interval: Interval | None,
    *more: str,
    numerator: float | None = None,
    denominator: float | None = None,
) -> Computation | Refusal:
    if made.pooled is None:
        return Refusal(
            reason="It is not defined: nothing was recorded in any period, or nothing was flagged.",
            ask_for="Ask for outcomes of the periods that were forecast.",
        )
    return Computation(
        value=made.pooled.expected,
        numerator=numerator,
        denominator=denominator,
        interval=interval,
        method=interval.method
        if interval
        else "no interval: too few blocks of periods, or no spread between them",
        breakdowns=_two_ways(made),
        caveats=(*made.notes, *more),
    )


def _hit_rate(found: Judged, parameters: _Parameters, seed: int) -> Computation | Refusal:
    caught, length = found.caught, int(parameters["block"])
    whole = ratio_part("all", caught.expected, caught.events.astype(np.float64), length, seed)
    return _measured(
        hit_rate(caught), whole.interval, numerator=whole.numerator, denominator=whole.denominator
    )


def _pai(found: Judged, parameters: _Parameters, seed: int) -> Computation | Refusal:
    caught = found.caught
    # Pooled, PAI is the hit rate over a share of the area that nothing random moves.
    interval = ratio(caught.expected, caught.events.astype(np.float64), int(parameters["block"]), seed)
    share = float(caught.area.sum()) / (caught.study * caught.periods)
    scaled = interval and Interval(
        interval.low / share, interval.high / share, interval.level, interval.method
    )
    unequal = (
        () if found.sizes is not None else ("The areas' sizes are not known: they are taken to be equal.",)
    )
    return _measured(pai(caught), scaled, *unequal)


def _pei_star(found: Judged, parameters: _Parameters, seed: int) -> Computation | Refusal:
    caught = found.caught
    part = ratio_part("all", caught.expected, caught.best, int(parameters["block"]), seed)
    return _measured(pei_star(caught), part.interval)


def _ser(found: Judged, parameters: _Parameters, seed: int) -> Computation | Refusal:
    if found.sizes is None:
        return Refusal(
            reason="The size of some area is not known.",
            ask_for="Add a file of the areas' sizes, or of their borders.",
        )
    caught = found.caught
    return _measured(ser(caught), ratio(caught.expected, caught.area, int(parameters["block"]), seed))


def _flagged(found: Judged, parameters: _Parameters, seed: int) -> Computation | Refusal:
    del parameters, seed
    caught = found.caught
    area, study = float(caught.area.sum()), caught.study * caught.periods
    parts = tuple(
        Part(label, float(value), None, None)
        for label, value in (
            ("fewest areas in a period", caught.cells.min()),
            ("mean number of areas", caught.cells.mean()),
            ("most areas in a period", caught.cells.max()),
        )
    )
    return Computation(
        value=area / study,
        numerator=int(caught.cells.sum()) if found.sizes is None else area,
        denominator=int(caught.areas * caught.periods) if found.sizes is None else study,
        breakdowns={"areas on a list": parts},
        caveats=()
        if found.sizes is not None
        else ("The areas' sizes are not known: they are taken to be equal, and areas are counted.",),
    )


def _predicted(found: Judged, parameters: _Parameters, seed: int) -> Computation | Refusal:
    length = int(parameters["block"])
    scores, outcomes, left = found.scored()
    predicted, events = scores.sum(axis=0), outcomes.sum(axis=0).astype(np.float64)
    interval = ratio(predicted, events, length, seed)
    if not events.any():
        return Refusal(
            reason="Nothing was recorded in any period: there is nothing to divide by.",
            ask_for="Ask for outcomes of the periods that were forecast.",
        )
    parts = [Part("in all areas", float(predicted.sum() / events.sum()), None, None, interval)]
    caught = found.caught
    if caught.predicted_caught is not None and caught.expected.any():
        inside = ratio(caught.predicted_caught, caught.expected, length, seed)
        value = float(caught.predicted_caught.sum() / caught.expected.sum())
        parts.append(Part("in flagged areas (rri_predicted_over_observed)", value, None, None, inside))
    return Computation(
        value=float(predicted.sum() / events.sum()),
        interval=interval,
        method=interval.method
        if interval
        else "no interval: too few blocks of periods, or no spread between them",
        breakdowns={"where": tuple(parts)},
        caveats=left,
    )


MEASURES: tuple[Measure, ...] = (
    tabled(
        "area_flagged",
        "Share of the area that was flagged",
        _flagged,
        kind="share",
        definition="The flagged area of all periods, among the area of all periods; areas are counted where sizes are not known.",
        unit="share of the area",
        sentence="{figure} of the area was flagged, over all periods.",
        source=_CHAINEY,
        caveats=(),
    ),
    tabled(
        "hit_rate",
        "Hit rate: events in flagged areas",
        _hit_rate,
        kind="share",
        definition="Recorded events in flagged areas in the period of their flag, among all recorded events of the periods and areas that were forecast: n/N.",
        unit="share of recorded events",
        sentence="Of the recorded events, {figure} lay in flagged areas.",
        source="K. J. Bowers, S. D. Johnson & K. Pease, Prospective hot-spotting: the future of crime mapping?, Br. J. Criminol. 44 (2004) 641-658.",
        caveats=(RECORDED, "It rises with the area that is flagged: flag everything, and it is 1."),
    ),
    tabled(
        "pai",
        "PAI: hit rate over the share of the area that was flagged",
        _pai,
        definition="The predictive accuracy index (n/N)/(a/A): events in flagged areas among all, over flagged area among all.",
        unit="times the share of the area",
        sentence="Flagged areas held {value} times as many recorded events as their share of the area.",
        neutral="1",
        source=_CHAINEY,
        caveats=(
            RECORDED,
            _POOLED,
            "A count of past events reaches a high PAI too: see the comparisons with baselines.",
        ),
    ),
    tabled(
        "pei_star",
        "PEI*: events caught of those that the same area could have held",
        _pei_star,
        definition="n/n*: events in flagged areas over the most that as much area could have held in each period.",
        unit="share of what was obtainable",
        sentence="Flagged areas held {value} of the recorded events that as much area could have held (PEI*).",
        neutral="1",
        source=_HUNT,
        caveats=(RECORDED, _POOLED),
    ),
    tabled(
        "ser",
        "SER: events for each square kilometre flagged",
        _ser,
        definition="The search efficiency rate: events in flagged areas for each square kilometre flagged, over all periods.",
        unit="events per km²",
        sentence="Flagged areas held {value} recorded events for each square kilometre and period.",
        source=_CHAINEY,
    ),
    tabled(
        "predicted_over_observed",
        "Predicted over observed",
        _predicted,
        definition=(
            "The sum of all scores, taken as expected counts, over all recorded events. The breakdown gives the same of flagged areas, which "
            "goes by the name of RRI in places, as five other things do."
        ),
        unit="predicted for each observed",
        needs=("area", "score"),
        sentence="The scores add up to {value} times the recorded events.",
        neutral="1",
        source="Definitions in use are listed in docs/method/forecasts.md.",
        caveats=(RECORDED, "Whether the scores are meant as expected counts is not in the records."),
    ),
)
"""The measures of a list's worth, in the order of the report."""
