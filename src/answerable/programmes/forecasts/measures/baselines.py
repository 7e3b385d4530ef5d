"""Whether a forecast caught more than a count that anybody can make, with the same area on the same days."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from answerable import wording
from answerable.estimate import Part
from answerable.hindsight import Compared, compare
from answerable.programmes.forecasts.baselines import BASELINES, Choose
from answerable.programmes.forecasts.judging import NAMES, RECORDED, ratio
from answerable.programmes.forecasts.laying import Judged
from answerable.programmes.forecasts.measures.worth import tabled
from answerable.programmes.measure import Computation, Measure, Refusal

__all__ = ["MEASURES"]

_Parameters = Mapping[str, float]
_FEW = "too few blocks of periods for an interval: no difference can be told from chance"
_SOURCE = "docs/method/forecasts.md; the test is of R. A. Fisher's kind, by signs of blocks of periods."


def _against(choose: Choose) -> Callable[[Judged, _Parameters, int], Computation | Refusal]:
    def make(found: Judged, parameters: _Parameters, seed: int) -> Computation | Refusal:
        baseline = choose(found)
        if baseline is None:
            return Refusal(
                reason="The population of some area is not known.",
                ask_for="Add a file of the areas' populations.",
            )
        (made,) = compare(
            found.past.caught,
            found.past.outcomes,
            [baseline],
            history=found.past.history,
            only=found.past.only,
            sizes=found.sizes,
            block=int(parameters["block"]),
            seed=seed,
        )
        return _computed(made, int(parameters["block"]), seed)

    return make


def _all(found: Judged, parameters: _Parameters, seed: int) -> Computation | Refusal:
    """Set the forecast beside every baseline that can be made, at once."""
    chosen = [baseline for choose in BASELINES.values() if (baseline := choose(found)) is not None]
    made = compare(
        found.past.caught,
        found.past.outcomes,
        chosen,
        history=found.past.history,
        only=found.past.only,
        sizes=found.sizes,
        block=int(parameters["block"]),
        seed=seed,
    )
    length = int(parameters["block"])
    beaten = sum(one.verdict == "forecast" for one in made)
    verdicts = {
        "forecast": "the forecast caught more",
        "baseline": "it caught more",
        "none": "no detectable difference",
    }
    return Computation(
        value=beaten / len(made),
        numerator=beaten,
        denominator=len(made),
        method=f"{_method(made[0])}; each comparison by itself at 95 %",
        breakdowns={
            "events caught, over the baseline's": tuple(
                _quotient(one, length, seed) for one in made if one.caught.expected > 0
            ),
            "p, by the exact test of signs": tuple(
                Part(f"{one.baseline}: {verdicts[one.verdict]}", one.difference.p, None, None) for one in made
            ),
        },
        caveats=(
            *((f"There are {_FEW}.",) if made[0].difference.interval is None else ()),
            *(one.sentence for one in made),
        ),
    )


def _method(made: Compared) -> str:
    interval = made.difference.interval
    return interval.method if interval else _FEW


def _quotient(made: Compared, length: int, seed: int) -> Part:
    """Give what the forecast caught over what the baseline caught, with the doubt of both."""
    ours, theirs = made.counts
    return Part(
        made.baseline,
        made.forecast.expected / made.caught.expected,
        None,
        None,
        ratio(ours, theirs, length, seed),
    )


def _computed(made: Compared, length: int, seed: int) -> Computation:
    difference = made.difference
    caught = (
        Part("forecast", made.forecast.expected, None, None),
        Part("baseline", made.caught.expected, None, None),
    )
    ranges = [
        Part(f"{side}, if ties fall {way} it", value, None, None)
        for side, each in (("forecast", made.forecast), ("baseline", made.caught))
        if not each.settled
        for way, value in (("against", each.least), ("for", each.most))
    ]
    breakdowns: dict[str, tuple[Part, ...]] = {
        "events caught": (*caught, *ranges),
        "doubt": (
            Part("p, by the exact test of signs", difference.p, None, None),
            *(
                (
                    Part(
                        "difference that 80 of 100 such records would show", difference.detectable, None, None
                    ),
                )
                if difference.detectable is not None
                else ()
            ),
        ),
    }
    if made.caught.expected > 0:
        breakdowns["events caught, over the baseline's"] = (_quotient(made, length, seed),)
    set_apart = (
        (
            f"{wording.plural(made.set_apart, 'period')} before which no outcome is known {'is' if made.set_apart == 1 else 'are'} set apart.",
        )
        if made.set_apart
        else ()
    )
    return Computation(
        value=round(difference.total, 1),
        numerator=round(made.forecast.expected),
        denominator=made.events,
        interval=difference.interval,
        method=_method(made),
        breakdowns=breakdowns,
        caveats=set_apart,
        sentence=made.sentence,
    )


_BEATEN = tabled(
    "baselines_beaten",
    "Baselines that the forecast detectably beats",
    _all,
    kind="share",
    definition=(
        "Baselines than which the forecast's list caught detectably more recorded events, with the same number of areas in the same periods, among "
        "the baselines that can be made: the counts of the last period, of the last year and of all earlier periods, the population, and a list drawn by lot."
    ),
    unit="share of baselines",
    sentence="The forecast detectably beats {figure} baselines.",
    rule="a difference is detectable if its 95 % interval leaves out 0 and the exact test gives p of 0.05 or less",
    neutral="1",
    source=_SOURCE,
    caveats=(
        RECORDED,
        "A list drawn by lot and the population are low bars: what matters is the counts of past events, which cost nothing.",
    ),
)
_EACH: tuple[Measure, ...] = tuple(
    tabled(
        f"against_{name}",
        f"Events caught beyond {label}",
        _against(BASELINES[name]),
        definition=(
            f"Recorded events that the forecast's list caught, less those that a list of as many areas by {label} would have caught in the same "
            "periods. Areas that tie for its last places are taken at their expected number; the breakdown has the range."
        ),
        unit="recorded events",
        sentence=f"The forecast caught {{n}} of {{d}} recorded events, {{value}} beyond what {label} catches with the same area.",
        neutral="0",
        source=_SOURCE,
        caveats=(
            RECORDED,
            "The baseline is made of outcomes strictly before each period, and exists in this comparison only.",
        ),
    )
    for name, label in NAMES.items()
)
MEASURES: tuple[Measure, ...] = (_BEATEN, *_EACH)
"""The comparisons, in the order of the report."""
