"""A rate that a word list gives, corrected by what reviewers found: by two phases, or by sensitivity and specificity."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import special

from answerable.estimate import Interval
from answerable.sampling.doubt import simple
from answerable.sampling.strata import Whole, stratified

__all__ = ["RECALL", "ROGAN_GLADEN", "Corrected", "TwoPhase", "rogan_gladen", "two_phase"]

RECALL = "interval of a ratio from the exact hypergeometric bounds of its two numbers (MOVER; A. Donner & G. Y. Zou 2012)"
ROGAN_GLADEN = (
    "interval for a rate corrected by estimated sensitivity and specificity (Z. Lang & J. Reiczigel 2014)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoPhase:
    """A rate from reviewed samples of the records that a word list flagged and of those that it did not.

    Attributes:
        rate: The rate in the log.
        precision: The share of flagged records that are cases.
        missed: The share of unflagged records that are cases (the false omission rate).
        recall: The share of the cases that are flagged; None where neither sample held one.
        recall_interval: Its interval; from 0 to 1 where neither sample held one.
        flagged: Records flagged in the log; the rate that the word list gives is this to all records.
    """

    rate: Whole
    precision: Whole
    missed: Whole
    recall: float | None
    recall_interval: Interval
    flagged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A rate corrected by sensitivity and specificity.

    Attributes:
        value: The corrected rate, cut to 0 to 1.
        interval: Its interval, cut to 0 to 1.
        raw: The corrected rate before it was cut; outside 0 to 1 where the flagged share does not fit the validation.
        truncated: Whether the rate was cut.
        interval_truncated: Whether a bound was.
        fits: Whether any part of the interval lay in 0 to 1. Where none did, this log's records are not flagged as the
            validation's were, and neither rate nor interval can be used.
        flagged: The share that was flagged, uncorrected.
        sensitivity: The share of cases that are flagged, in the validation.
        specificity: The share of other records that are not.
    """

    value: float
    interval: Interval
    raw: float
    truncated: bool
    interval_truncated: bool
    fits: bool
    flagged: float
    sensitivity: float
    specificity: float


def two_phase(
    flagged: tuple[int, int, int], unflagged: tuple[int, int, int], level: float = 0.95
) -> TwoPhase:
    """Estimate a rate, and a word list's precision and recall, from samples of flagged and of unflagged records.

    The word list has read the whole log, so that how many records it flags is known, and reviewers have judged a sample of
    either kind (double sampling). The rate is the flagged share times the precision plus the unflagged share times the share of
    cases among those; its interval is the exact stratified one. Recall is flagged cases to all cases: the number of flagged cases
    to that of unflagged ones, each with its exact bounds, by the method of variance estimates recovery, which needs
    no variance. It is close to exact and not proven so; measured coverage is in docs/method/sampling.md.

    A case is what reviewers called one.

    Args:
        flagged: Cases in the sample of flagged records, records in it, and flagged records in the log.
        unflagged: The same of unflagged records.
        level: The nominal coverage, of each interval by itself.

    Raises:
        TypeError: A count is not a whole number.
        ValueError: A sample is empty, larger than what it was drawn from, or smaller than its count, or the level is not in 0 to 1.

    Sources: A. Tenenbein, A double sampling scheme for estimating from binomial data with misclassifications, J. Am. Stat. Assoc.
    65 (1970) 1350-1361; A. Donner & G. Y. Zou, Closed-form confidence intervals for functions of the normal mean and standard
    deviation, Stat. Methods Med. Res. 21 (2012) 347-359, for a ratio from separate bounds.
    """
    precision, missed = simple(*flagged, level), simple(*unflagged, level)
    parts = list(zip(flagged, unflagged, strict=True))
    cases = precision.number + missed.number
    low, high = _recall(precision, missed) if cases else (0.0, 1.0)
    return TwoPhase(
        rate=stratified(parts[0], parts[1], parts[2], level),
        precision=precision,
        missed=missed,
        recall=precision.number / cases if cases else None,
        recall_interval=Interval(low, high, level, RECALL),
        flagged=flagged[2],
    )


def _recall(flagged: Whole, unflagged: Whole) -> tuple[float, float]:
    """Give the bounds of flagged cases to all cases.

    Odds o are within the bounds where a - o b is no further from 0 than the distances of a and b from their own bounds, put
    together as variances are.
    """
    found, below, above = flagged.number, flagged.number - flagged.low, flagged.high - flagged.number
    missed, fewer, more = (
        unflagged.number,
        unflagged.number - unflagged.low,
        unflagged.high - unflagged.number,
    )
    low, high = 0.0, math.inf
    if found:
        square, constant = missed**2 - more**2, found**2 - below**2
        low = _smaller(square, found * missed, constant)
    if unflagged.low:
        square, constant = missed**2 - fewer**2, found**2 - above**2
        high = _larger(square, found * missed, constant)
    return low / (1 + low), 1.0 if math.isinf(high) else high / (1 + high)


def _smaller(square: float, half: float, constant: float) -> float:
    """Give the smaller positive root of square x^2 - 2 half x + constant."""
    beside = half + math.sqrt(max(half**2 - square * constant, 0.0))
    return constant / beside if beside else math.inf


def _larger(square: float, half: float, constant: float) -> float:
    return (half + math.sqrt(max(half**2 - square * constant, 0.0))) / square


def rogan_gladen(
    flagged: tuple[int, int],
    sensitivity: tuple[int, int],
    specificity: tuple[int, int],
    *,
    complete: bool = False,
    level: float = 0.95,
) -> Corrected:
    """Correct the share that a word list flags by its sensitivity and specificity, as a separate validation gave them.

    The corrected rate is (flagged share + specificity - 1) / (sensitivity + specificity - 1). Its interval takes all three as
    estimates, with pseudo-observations and a shift (Lang and Reiczigel's). Where the word list read the whole log, the flagged
    share has no sampling error.

    It supposes that the validation's cases, and its others, are flagged as often as those of this log are. Where
    reviewers judged samples of this log, `two_phase` supposes nothing of the kind, and is the one to use.

    Args:
        flagged: Flagged records, and the records that they are among: of a sample, or of the whole log.
        sensitivity: Flagged among the validation's cases, and how many those were.
        specificity: Unflagged among its other records, and how many those were.
        complete: Whether the flagged records were counted among all of the log, and their share has no sampling error.
        level: The nominal coverage.

    Raises:
        ValueError: A count is not in 0 to its sample's size, a sample is empty, the level is not in 0 to 1, or sensitivity and
            specificity together are not over 1: such a list separates nothing.

    Sources: W. J. Rogan & B. Gladen, Estimating prevalence from the results of a screening test, Am. J. Epidemiol. 107 (1978)
    71-76; Z. Lang & J. Reiczigel, Confidence limits for prevalence of disease adjusted for estimated sensitivity and specificity,
    Prev. Vet. Med. 113 (2014) 13-22.
    """
    if any(among < 1 or not 0 <= number <= among for number, among in (flagged, sensitivity, specificity)):
        raise ValueError("a count lies from 0 to its sample's size, which is at least 1")
    if not 0 < level < 1:
        raise ValueError(f"the level lies between 0 and 1; it is {level}")
    seen = flagged[0] / flagged[1]
    found, spared = sensitivity[0] / sensitivity[1], specificity[0] / specificity[1]
    if found + spared <= 1:
        raise ValueError(
            f"sensitivity {found:.3g} and specificity {spared:.3g} are together not over 1: the list flags cases no more "
            "often than others, and no rate follows"
        )
    raw = (seen + spared - 1) / (found + spared - 1)
    low, high = _lang_reiczigel(seen, None if complete else flagged[1], sensitivity, specificity, level)
    return Corrected(
        value=min(max(raw, 0.0), 1.0),
        interval=Interval(min(max(low, 0.0), 1.0), min(max(high, 0.0), 1.0), level, ROGAN_GLADEN),
        raw=raw,
        truncated=not 0 <= raw <= 1,
        interval_truncated=low < 0 or high > 1,
        fits=low <= 1 and high >= 0,
        flagged=seen,
        sensitivity=found,
        specificity=spared,
    )


def _lang_reiczigel(
    seen: float, size: int | None, sensitivity: tuple[int, int], specificity: tuple[int, int], level: float
) -> tuple[float, float]:
    """Give Lang and Reiczigel's bounds before they are cut to 0 to 1."""
    quantile = float(special.ndtri((1 + level) / 2))
    square = quantile**2
    of_share = 0.0
    if size is not None:
        seen = (seen * size + square / 2) / (size + square)
        of_share = seen * (1 - seen) / (size + square)
    found, spared = ((number + 1) / (among + 2) for number, among in (sensitivity, specificity))
    of_found, of_spared = (
        found * (1 - found) / (sensitivity[1] + 2),
        spared * (1 - spared) / (specificity[1] + 2),
    )
    gain = found + spared - 1
    rate = (seen + spared - 1) / gain
    shift = 2 * square * (rate * of_found - (1 - rate) * of_spared)
    error = math.sqrt(of_share + of_found * rate**2 + of_spared * (1 - rate) ** 2) / abs(gain)
    return rate + shift - quantile * error, rate + shift + quantile * error
