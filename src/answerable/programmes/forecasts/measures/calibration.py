"""How good scores are as numbers: as probabilities that something is recorded, and as expected counts."""

from __future__ import annotations

from collections.abc import Mapping

from answerable.estimate import Part
from answerable.hindsight import Bin, probable, rated
from answerable.programmes.forecasts.judging import RECORDED
from answerable.programmes.forecasts.laying import Judged
from answerable.programmes.forecasts.measures.worth import tabled
from answerable.programmes.measure import Computation, Measure, Refusal

__all__ = ["MEASURES"]

_Parameters = Mapping[str, float]
_FLAGS = Refusal(
    reason="The forecasts are flags: a flag is no probability and no count, and cannot be calibrated.",
    ask_for="Ask for the scores behind the flags.",
)
_NOTHING = Refusal(
    reason="Nothing was recorded in any period that was forecast: scores cannot be held against it.",
    ask_for="Ask for outcomes of the periods that were forecast.",
)
_MEANT = "Whether the scores are meant as such is not in the records."


def _binned(bins: tuple[Bin, ...]) -> tuple[Part, ...]:
    return tuple(
        Part(
            f"{one.predicted:.4g} predicted ({one.number:,} forecasts)",
            one.observed,
            None,
            None,
            one.interval,
        )
        for one in bins
    )


def _brier(found: Judged, parameters: _Parameters, seed: int) -> Computation | Refusal:
    del parameters, seed
    if found.scores is None:
        return _FLAGS
    scores, outcomes, left = found.scored()
    if not outcomes.any():
        return _NOTHING
    if (scores > 1).any():
        return Refusal(
            reason="Some scores are over 1: they are no probabilities.",
            ask_for="Look at the measure of scores as expected counts.",
        )
    made = probable(scores, outcomes)
    terms = [
        ("Brier score", made.brier),
        ("Brier score of the share with an event, for every area alike", made.brier_of_share),
        ("skill: 1 less the quotient of both", made.brier_skill),
        ("reliability, the part that is want of calibration", made.reliability),
        ("resolution, the part that telling areas apart takes off", made.resolution),
        ("mean log score", made.log_score),
        ("calibration intercept, 0 where calibrated", made.intercept),
        ("calibration slope, 1 where calibrated", made.slope),
    ]
    said = (
        (f"{made.impossible:,} forecasts of 0 were of areas with an event: the log score is not defined.",)
        if made.impossible
        else ()
    )
    return Computation(
        value=made.brier,
        breakdowns={
            "term": tuple(Part(label, value, None, None) for label, value in terms),
            "share with an event, by forecast": _binned(made.bins),
        },
        caveats=(*said, _MEANT, *left),
    )


def _rates(found: Judged, parameters: _Parameters, seed: int) -> Computation | Refusal:
    del parameters, seed
    if found.scores is None:
        return _FLAGS
    scores, outcomes, left = found.scored()
    if not outcomes.any():
        return _NOTHING
    made = rated(scores, outcomes)
    terms = [
        ("mean Poisson deviance", made.deviance),
        ("the same of one rate for every area", made.deviance_of_mean),
        ("mean log score", made.log_score),
    ]
    if made.explained is None:
        return Refusal(
            reason=f"{made.impossible:,} events were recorded where the score was 0: as an expected count that is impossible, and the deviance is not defined.",
            ask_for="Ask whether the scores are expected counts, and for more of their digits.",
        )
    return Computation(
        value=made.explained,
        breakdowns={
            "term": tuple(Part(label, value, None, None) for label, value in terms),
            "events for each forecast, by forecast": _binned(made.bins),
        },
        caveats=(_MEANT, *left),
    )


MEASURES: tuple[Measure, ...] = (
    tabled(
        "brier",
        "Brier score of scores as probabilities",
        _brier,
        definition="The mean squared difference between the score, taken as the probability that an area has an event in the period, and whether one was recorded.",
        unit="Brier score",
        needs=("area", "score"),
        sentence="Taken as probabilities, the scores have a Brier score of {value}.",
        neutral="0",
        source="G. W. Brier, Mon. Weather Rev. 78 (1950) 1-3; A. H. Murphy, J. Appl. Meteorol. 12 (1973) 595-600, for its terms.",
        caveats=(RECORDED,),
    ),
    tabled(
        "deviance_explained",
        "How much of the deviance scores explain as expected counts",
        _rates,
        definition="1 less the Poisson deviance of the scores, taken as expected counts, over that of one rate for every area and period. 0 is what the one rate does, below 0 is worse.",
        unit="share of the deviance",
        needs=("area", "score"),
        sentence="Taken as expected counts, the scores explain {value} of the deviance that one rate for every area leaves.",
        neutral="0",
        source="P. McCullagh & J. A. Nelder, Generalized Linear Models (1989), for the deviance.",
        caveats=(RECORDED,),
    ),
)
"""The measures of scores as numbers, in the order of the report."""
