"""Feedback: what a rule of deployment would do to its own data, simulated."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from answerable.estimate import Interval, Part
from answerable.hindsight import Urns, simulate_urns
from answerable.programmes.forecasts.laying import Judged
from answerable.programmes.forecasts.measures.worth import PARAMETERS, tabled
from answerable.programmes.measure import Computation, Measure, Parameter, Refusal

__all__ = ["MEASURES"]

_Parameters = Mapping[str, float]
_ENSIGN = "D. Ensign, S. A. Friedler, S. Neville, C. Scheidegger & S. Venkatasubramanian, Runaway feedback loops in predictive policing, Proc. Mach. Learn. Res. 81 (2018) 160-171; K. Lum & W. Isaac, To predict and serve?, Significance 13 (2016) 14-19."
_BUSY = 0.1  # of the areas: those with most events at the start
_TIMES = 50
_BAND = "90 % of the runs of the simulation"
_URN = {
    "draws": Parameter(1_000, "periods", "How many periods are simulated.", 1, 100_000),
    "decay": Parameter(0.01, "share of counts", "How much of the counts fades in each period.", 0, 0.999),
    "runs": Parameter(200, "runs", "How many runs of the simulation.", 10, 10_000),
}


def _urn(found: Judged, parameters: _Parameters, seed: int) -> Computation | Refusal:
    counts = found.outcomes.sum(axis=1).astype(np.float64)
    busy = max(1, round(_BUSY * len(counts)))
    top = np.sort(counts)[::-1]
    start = np.array([top[:busy].sum(), top[busy:].sum()])
    if not start.all():
        return Refusal(
            reason="All recorded events lie in a tenth of the areas, or none do: there is nothing to share out.",
            ask_for="Ask for outcomes of a longer time.",
        )
    rates = start / len(found.starts)
    runs = {
        name: simulate_urns(
            start,
            rates,
            draws=int(parameters["draws"]),
            runs=int(parameters["runs"]),
            decay=parameters["decay"],
            corrected=corrected,
            times=_TIMES,
            seed=seed,
        )
        for name, corrected in (("as it is", False), ("with the correction of Ensign et al.", True))
    }
    plain = runs["as it is"]
    return Computation(
        value=float(plain.mean[-1, 0]),
        method=f"simulation of {plain.runs:,} runs; Monte Carlo error {plain.error[0]:.2g}",
        breakdowns={
            "share of the counts, by period": _fan(plain),
            "the same with the correction of Ensign et al.": _fan(
                runs["with the correction of Ensign et al."]
            ),
            "rates supposed": (
                Part(
                    f"events that a {found.unit} of patrol finds in the busiest tenth",
                    float(rates[0]),
                    None,
                    None,
                ),
                Part("the same in the other areas", float(rates[1]), None, None),
                Part("share of the counts at the start", float(start[0] / start.sum()), None, None),
                Part("share that the supposed rates would give", float(rates[0] / rates.sum()), None, None),
            ),
        },
        caveats=(
            plain.label,
            f"The busiest tenth is {busy:,} areas. Each {found.unit} the patrol goes to it or to the others, as often as its share of the counts; it finds what is recorded there in a {found.unit} on average, and only that is added.",
        ),
    )


def _fan(urns: Urns) -> tuple[Part, ...]:
    """Give the share of the first part at each time, with the band of the runs."""
    low, high = urns.bands[0, :, 0], urns.bands[-1, :, 0]
    return tuple(
        Part(f"{int(at)}", float(mean), None, None, Interval(float(below), float(above), 0.9, _BAND))
        for at, mean, below, above in zip(urns.times, urns.mean[:, 0], low, high, strict=True)
    )


MEASURES: tuple[Measure, ...] = (
    tabled(
        "feedback_simulated",
        "What deployment by these counts would do to them, simulated",
        _urn,
        definition=(
            "A simulation, and no measurement: in each period a patrol goes to the busiest tenth of areas or to the others, as often as their share of "
            "the counts, and what it finds is added to them. The number is the busiest tenth's share of the counts after {draws} periods."
        ),
        unit="share of the counts, simulated",
        sentence="In a simulation from these counts, the busiest tenth of areas has {value} of the counts after {draws} periods.",
        rule="a patrol finds what the recorded rates of its areas give, as Poisson numbers; counts fade by {decay} in each period",
        source=_ENSIGN,
        parameters=PARAMETERS | _URN,
        caveats=("Nothing in it is of any one area, and nothing of it happened.",),
    ),
)
"""The measures of feedback, in the order of the report."""
