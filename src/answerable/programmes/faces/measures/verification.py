"""Verification: error rates at a false match rate that is asked for, the equal error rate, and what scores are worth as evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import Template
from typing import Any

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
from answerable.programmes.faces.sql import query
from answerable.programmes.faces.tallying import QUERY, tally_of
from answerable.programmes.measure import (
    Columns,
    Computation,
    FinishTable,
    Measure,
    Parameter,
    Query,
    Refusal,
    Share,
    Tabled,
)

__all__ = ["MEASURES"]

_Made = Computation | Refusal
_Parameters = Mapping[str, float]
_POINTS = 200  # of a drawn curve
_BARS = 40  # of a drawn histogram
_TARGETS = (1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6)
_ISO = "ISO/IEC 19795-1, Biometric performance testing and reporting."
_EXACT = "complete count of the scores: no sampling interval"
_BINNED = "counted in bins: the number lies between two bounds, and no sampling interval is given"
_BAND = (
    "The intervals of the curve are of the false non-match rate at each threshold by itself: that the false match rate beside it was measured "
    "too is not in them."
)
_FIXED = "The threshold is taken as given: that it was chosen on these scores is not in the interval."
_CONSERVATIVE = "the lowest threshold at which the false match rate is at most the target; a comparison matches if its score is at least the threshold"


def _finished(make: Callable[[Tally, _Parameters], _Made], *, bars: bool) -> FinishTable:
    """Make a measure's function of one on a tally."""

    def finish(columns: Columns, parameters: _Parameters, seed: int) -> _Made:
        del seed
        found = tally_of(columns, bars=bars)
        return found if isinstance(found, Refusal) else make(found, parameters)

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


def _at_target(scores: Tally, parameters: _Parameters) -> _Made:
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
        caveats=(*point.notes, without_subjects(0, 1).warning, _FIXED),
    )


def _equal(scores: Tally, parameters: _Parameters) -> _Made:
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
        breakdowns={"rule": tuple(parts), "DET curve": _trade_off(scores)},
        caveats=(
            f"By these scores the equal error rate lies between {found.span.low:.6g} and {found.span.high:.6g}, whichever rule is taken.",
            *found.notes,
            _BAND,
            without_subjects(0, 1).warning,
        ),
    )


def _trade_off(scores: Tally) -> tuple[Part, ...]:
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


def _area(scores: Tally, parameters: _Parameters) -> _Made:
    del parameters
    area = auc(scores)
    return _bounded(
        area, scores, {f"{kind} scores": _histogram(scores, kind) for kind in ("mated", "non-mated")}
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


def _least_cost(scores: Tally, parameters: _Parameters) -> _Made:
    costs = Costs(parameters["prior"], parameters["miss"], parameters["false_alarm"])
    found = min_dcf(scores, costs)
    return _bounded(found.cost, scores)


def _evidence(scores: Tally, parameters: _Parameters) -> _Made:
    del parameters
    whole, least = cllr(scores), min_cllr(scores)
    parts = (
        Part("as given", whole.value, None, None),
        Part("after the best calibration", least.value, None, None),
    )
    return _bounded(whole, scores, {"calibration": parts})


def _tabled(
    name: str, title: str, make: Callable[[Tally, _Parameters], _Made], **texts: object
) -> tuple[Tabled, Tabled]:
    """Make a measure of scores, and the same of a histogram of scores."""

    def one(records: str, view: str, needs: tuple[str, ...]) -> Tabled:
        settings: dict[str, Any] = {
            "kind": "quantity",
            "needs": needs,
            "source": _ISO,
            "sql": Template(QUERY).substitute(tallied=view),
            "finish": _finished(make, bars=records != "comparisons"),
        }
        return Tabled(name=f"{records}.{name}", title=title, **(settings | texts))

    return (
        one("comparisons", "tallied", ("score", "mated|subject_1")),
        one("score_counts", "tallied_bars", ("mated",)),
    )


_FAILED = Share(
    name="comparisons.failures_to_acquire",
    title="Comparisons without a score",
    definition="Comparisons whose score is blank or says that there is none, among comparisons at no fault: failures to acquire a sample, or to make a template of it.",
    unit="share of comparisons",
    needs=("score",),
    sentence="{counted} have no score.",
    rule="a blank, NaN, and words such as failed; an infinite score is no score of its column, and is in no rate",
    source=_ISO,
    neutral="0",
    caveats=(
        "A failure is in no false match and no false non-match rate; FAR and FRR count it.",
        "Over comparisons a sample that failed counts as often as it was compared.",
    ),
    view="usable_comparisons",
    counts="score IS NULL",
    by=("dataset", "system", "sex_1", "age_group_1", "region_1", "skin_tone_1"),
)
_AT_FAULT = Share(
    name="comparisons.at_fault",
    title="Comparisons that contradict themselves",
    definition=(
        "Comparisons of a sample with itself, and those whose mark says mated where the subjects say otherwise or the reverse, among all "
        "comparisons. They are in no rate. The breakdown says which."
    ),
    unit="share of comparisons",
    needs=(),
    sentence="{counted} contradict themselves, and are in no rate.",
    source=_ISO,
    neutral="0",
    view="base_comparisons",
    counts="fault IS NOT NULL",
    by=("fault", "dataset"),
)
_MIRRORED = Query(
    name="comparisons.both_ways",
    title="Comparisons that stand in both directions",
    definition="Comparisons whose two samples are compared the other way round too, among comparisons that name both samples.",
    unit="share of comparisons",
    needs=("sample_1", "sample_2"),
    sentence="Of the comparisons that name both samples, {figure} stand in both directions.",
    source=_ISO,
    neutral="0",
    caveats=(
        "Where a system gives the same score both ways, such a comparison counts twice; intervals over people take both as of one pair.",
    ),
    sql=query("both_ways"),
)
_AT_TARGET = _tabled(
    "fnmr_at_fmr",
    "False non-match rate at a false match rate of {fmr}",
    _at_target,
    definition=(
        "Mated comparisons below the threshold, among mated comparisons with a score, at the lowest threshold at which at most {fmr} of the "
        "non-mated comparisons match. The breakdowns give every rate there, and the same for other targets, as far as the scores reach."
    ),
    kind="share",
    unit="share of mated comparisons",
    sentence="At a false match rate of at most {fmr}, {counted} do not match.",
    rule=_CONSERVATIVE,
    parameters={"fmr": Parameter(0.001, "false match rate", "The target.", 1e-9, 1)},
    caveats=(
        "A target that is missed by rounding is missed: some tools take the nearest threshold, and exceed it.",
    ),
)
_EQUAL = _tabled(
    "equal_error_rate",
    "Equal error rate",
    _equal,
    definition=(
        "Where the false match rate equals the false non-match rate: the middle of the interval that the rule of FVC2000 gives. The "
        "breakdown gives the interval, and the value under the other rules in use."
    ),
    unit="equal error rate",
    sentence="The equal error rate is {value} by the rule of FVC2000.",
    rule="t1 is the highest threshold at which FNMR <= FMR, t2 the lowest at which FNMR >= FMR; of the two the one with the lesser FMR + FNMR",
    source="D. Maio et al., FVC2000, IEEE Trans. Pattern Anal. Mach. Intell. 24 (2002) 402-412.",
    caveats=("It is a summary of a curve at a threshold that no system is run at.",),
)
_AREA = _tabled(
    "auc",
    "Area under the ROC",
    _area,
    definition="The chance that a mated comparison scores higher than a non-mated one, each drawn at random, ties counted half.",
    unit="probability",
    sentence="A mated comparison scores higher than a non-mated one with a chance of {value}.",
    neutral="0.5",
    source="D. Bamber, J. Math. Psychol. 12 (1975) 387-415.",
)
_COST = _tabled(
    "min_dcf",
    "Least detection cost",
    _least_cost,
    definition=(
        "The least, over all thresholds, of prior × cost of a miss × FNMR + (1 - prior) × cost of a false match × FMR, divided by what the "
        "better of accepting all and rejecting all costs."
    ),
    unit="normalised cost",
    sentence="The least normalised detection cost is {value}.",
    rule="prior {prior}, cost of a miss {miss}, of a false match {false_alarm}",
    neutral="1",
    source="NIST Speaker Recognition Evaluation plans, for the normalised detection cost.",
    parameters={
        "prior": Parameter(
            0.01, "probability", "The share of comparisons that are mated.", 1e-9, 0.999999999
        ),
        "miss": Parameter(1.0, "cost", "What a false non-match costs.", 1e-9, 1e9),
        "false_alarm": Parameter(1.0, "cost", "What a false match costs.", 1e-9, 1e9),
    },
)
_EVIDENCE = _tabled(
    "cllr",
    "Cost of the scores as log-likelihood ratios",
    _evidence,
    definition=(
        "Cllr in bits, with the scores taken as natural log-likelihood ratios: 0 is perfect, 1 says nothing, more misleads. The breakdown "
        "gives it as it stands, and after the best calibration (pool adjacent violators, ties pooled), which a system can be no better than."
    ),
    unit="bits",
    sentence="Taken as log-likelihood ratios, the scores cost {value} bits.",
    neutral="1",
    source="N. Brümmer & J. du Preez, Application-independent evaluation of speaker detection, Comput. Speech Lang. 20 (2006) 230-275.",
    caveats=(
        "A system whose scores are no likelihood ratios is not at fault for a high value: it says only that they must not be read as such.",
    ),
)

MEASURES: tuple[Measure, ...] = (
    _FAILED,
    _AT_FAULT,
    _MIRRORED,
    *_AT_TARGET,
    *_EQUAL,
    *_AREA,
    *_COST,
    *_EVIDENCE,
)
"""The measures of verification, in the order of the report."""
