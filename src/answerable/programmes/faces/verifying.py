"""From a tally of scores to the numbers of verification: each with its method, its parts and what a reader has to know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from answerable.biometrics import (
    Bounds,
    Costs,
    Rate,
    Tally,
    auc,
    cllr,
    curve,
    equal_error,
    min_cllr,
    min_dcf,
    thinned,
    threshold_for,
    without_subjects,
)
from answerable.estimate import Part
from answerable.programmes.faces.tallying import tally_of, unnamed
from answerable.programmes.measure import Columns, Computation, FinishTable, Refusal

__all__ = [
    "Made",
    "Parameters",
    "area",
    "at_target",
    "equal",
    "evidence",
    "finished",
    "least_cost",
    "trade_off",
]

Made = Computation | Refusal
Parameters = Mapping[str, float]
_POINTS = 200  # of a drawn curve
_BARS = 40  # of a drawn histogram
_TARGETS = (1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6)
_EXACT = "complete count of the scores: no sampling interval"
_BINNED = "counted in bins: the number lies between two bounds, and no sampling interval is given"
_BAND = (
    "The intervals of the curve are of the false non-match rate at each threshold by itself: that the false match rate beside it was measured "
    "too is not in them."
)
_KNOWN = "Where a file records the subjects, `comparisons.fnmr_over_people` has the interval that knows them."
_FIXED = "The threshold is taken as given: that it was chosen on these scores is not in the interval."


def finished(make: Callable[[Tally, Parameters], Made], *, bars: bool) -> FinishTable:
    """Make a measure's function of one on a tally."""

    def finish(columns: Columns, parameters: Parameters, seed: int) -> Made:
        del seed
        found = tally_of(columns, bars=bars)
        made = found if isinstance(found, Refusal) else make(found, parameters)
        return (
            made if isinstance(made, Refusal) else replace(made, caveats=(*made.caveats, *unnamed(columns)))
        )

    return finish


def _rate_part(label: str, rate: Rate) -> Part:
    """Give a rate at one threshold with the interval of independent comparisons; a bound is taken at its higher end."""
    errors = int(rate.errors_high)
    if not rate.comparisons:
        return Part(label, None, 0, 0)
    return Part(
        label,
        errors / rate.comparisons,
        errors,
        rate.comparisons,
        without_subjects(errors, rate.comparisons).interval,
    )


def at_target(scores: Tally, parameters: Parameters) -> Made:
    """Give FNMR at the conservative threshold for a false match rate, with every rate there and the same for other targets."""
    point = threshold_for(scores, parameters["fmr"])
    head = _rate_part("all", point.rates.fnmr)
    shown = {
        "rates at the threshold": tuple(
            _rate_part(f"{rate.symbol}{'' if rate.symbol != 'FTA' else ' of mated comparisons'}", rate)
            for rate in (
                point.rates.fmr,
                point.rates.fnmr,
                point.rates.far,
                point.rates.frr,
                point.rates.mated_fta,
            )
            if rate.comparisons
        ),
        "threshold": (
            Part(f"for a false match rate of at most {parameters['fmr']:g}", point.threshold, None, None),
        ),
    }
    targets = []
    for target in _TARGETS:
        each = threshold_for(scores, target)
        if float(each.rates.fmr.comparisons) * target >= 1:
            targets.append(_rate_part(f"{target:g}", each.rates.fnmr))
    return Computation(
        value=head.value or 0.0,
        numerator=head.numerator,
        denominator=head.denominator,
        interval=head.interval,
        method=head.interval.method if head.interval else _EXACT,
        breakdowns=shown | {"target false match rate": tuple(targets)},
        caveats=(*point.notes, without_subjects(0, 1).warning, _KNOWN, _FIXED),
    )


def equal(scores: Tally, parameters: Parameters) -> Made:
    """Give the equal error rate under each rule, and the curve of both rates."""
    del parameters
    found = equal_error(scores)
    rules = (
        ("FVC2000: middle of the interval", found.fvc2000),
        ("least |FMR - FNMR|", found.closest),
        ("convex hull of the curve (ROCCH)", found.rocch),
    )
    parts = [Part("lower end of the interval", found.interval.low, None, None)]
    parts += [Part("upper end of the interval", found.interval.high, None, None)]
    for label, bounds in rules:
        parts.append(Part(label, bounds.value, None, None))
    return Computation(
        value=found.fvc2000.value,
        method=_EXACT if scores.exact else _BINNED,
        breakdowns={"rule": tuple(parts), "DET curve": trade_off(scores)},
        caveats=(
            f"By these scores the equal error rate lies between {found.span.low:.6g} and {found.span.high:.6g}, whichever rule is taken.",
            *found.notes,
            _BAND,
            without_subjects(0, 1).warning,
        ),
    )


def trade_off(scores: Tally) -> tuple[Part, ...]:
    """Give the curve of both rates: labels are false match rates, values false non-match rates with their intervals.

    The points at the targets are among those that are kept: a curve and a table of the rates at a target give one number.
    From bins each point lies at an edge, where both rates are known.
    """
    whole = curve(scores)
    drawn = thinned(whole, _POINTS)
    points = set(zip(drawn.fmr.tolist(), drawn.rates.fnmr.errors_high.tolist(), strict=True))
    for target in _TARGETS:
        at = int(np.argmax(whole.fmr <= target))  # thresholds ascend: the lowest that keeps the target
        points.add((float(whole.fmr[at]), int(whole.rates.fnmr.errors_high[at])))
    mated = scores.mated.total
    return tuple(
        Part(f"{across:.9g}", errors / mated, errors, mated, without_subjects(errors, mated).interval)
        for across, errors in sorted(points, key=lambda point: (-point[0], point[1]))
    )


def area(scores: Tally, parameters: Parameters) -> Made:
    """Give the area under the ROC, and the scores of both kinds in bars."""
    del parameters
    found = auc(scores)
    return _bounded(
        found, scores, {f"{kind} scores": _histogram(scores, kind) for kind in ("mated", "non-mated")}
    )


def _bounded(
    number: Bounds, scores: Tally, breakdowns: Mapping[str, tuple[Part, ...]] | None = None
) -> Computation:
    caveats = (
        () if number.exact else (f"Counted in bins, it lies between {number.low:.6g} and {number.high:.6g}.",)
    )
    return Computation(
        value=number.value,
        method=_EXACT if scores.exact else _BINNED,
        breakdowns=breakdowns or {},
        caveats=caveats,
    )


def _histogram(scores: Tally, kind: str) -> tuple[Part, ...]:
    """Count the scores of one kind in bars of equal width, for a drawing."""
    own = scores.mated if kind == "mated" else scores.non_mated
    both = np.concatenate([scores.mated.marks, scores.non_mated.marks])
    edges = np.linspace(both.min(), both.max(), _BARS + 1)
    below = np.append(own.below(edges[:-1])[1], own.total)
    return tuple(
        Part(f"{edge:.6g}", int(number) / own.total, int(number), own.total)
        for edge, number in zip(edges[:-1].tolist(), np.diff(below).tolist(), strict=True)
    )


def least_cost(scores: Tally, parameters: Parameters) -> Made:
    """Give the least normalised detection cost."""
    costs = Costs(parameters["prior"], parameters["miss"], parameters["false_alarm"])
    found = min_dcf(scores, costs)
    return _bounded(found.cost, scores)


def evidence(scores: Tally, parameters: Parameters) -> Made:
    """Give the cost of the scores as log-likelihood ratios, as given and after the best calibration."""
    del parameters
    whole, least = cllr(scores), min_cllr(scores)
    parts = (
        Part("as given", whole.value, None, None),
        Part("after the best calibration", least.value, None, None),
    )
    return _bounded(whole, scores, {"calibration": parts})
