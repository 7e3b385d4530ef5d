"""Verification: error rates at a false match rate that is asked for, the equal error rate, and what scores are worth as evidence."""

from __future__ import annotations

from collections.abc import Callable
from string import Template
from typing import Any

from answerable.biometrics import Tally
from answerable.programmes.faces.sql import query
from answerable.programmes.faces.tallying import QUERY
from answerable.programmes.faces.verifying import (
    Made,
    Parameters,
    area,
    at_target,
    equal,
    evidence,
    finished,
    least_cost,
)
from answerable.programmes.measure import (
    Measure,
    Parameter,
    Query,
    Share,
    Tabled,
)

__all__ = ["MEASURES"]

_ISO = "ISO/IEC 19795-1, Biometric performance testing and reporting."
_CONSERVATIVE = "the lowest threshold at which the false match rate is at most the target; a comparison matches if its score is at least the threshold"


def _tabled(
    name: str, title: str, make: Callable[[Tally, Parameters], Made], **texts: object
) -> tuple[Tabled, Tabled]:
    """Make a measure of scores, and the same of a histogram of scores."""

    def one(records: str, view: str, needs: tuple[str, ...]) -> Tabled:
        settings: dict[str, Any] = {
            "kind": "quantity",
            "needs": needs,
            "source": _ISO,
            "sql": Template(QUERY).substitute(tallied=view),
            "finish": finished(make, bars=records != "comparisons"),
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
    at_target,
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
    equal,
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
    area,
    definition="The chance that a mated comparison scores higher than a non-mated one, each drawn at random, ties counted half.",
    unit="probability",
    sentence="A mated comparison scores higher than a non-mated one with a chance of {value}.",
    neutral="0.5",
    source="D. Bamber, J. Math. Psychol. 12 (1975) 387-415.",
)
_COST = _tabled(
    "min_dcf",
    "Least detection cost",
    least_cost,
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
    evidence,
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
