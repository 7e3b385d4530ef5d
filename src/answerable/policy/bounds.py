"""What a number could be at least and at most, given the records that were not seen.

Records that were left out (a needed field withheld, or not exported) could each have been counted or not: for a
share of records that bounds the number from both sides. These are worst-case bounds, after C. F. Manski, Partial
Identification of Probability Distributions (2003), chapter 1.
"""

from __future__ import annotations

import math

from answerable.estimate import COMPLETE_COUNT, Estimate
from answerable.policy.pack import Check

__all__ = ["bounds", "enough"]


def enough(check: Check, estimate: Estimate) -> bool:
    """Say whether there is a number at all, and a denominator of the size that the check asks for."""
    if math.isnan(estimate.value):
        return False
    if estimate.denominator is None:
        return check.minimum_n <= 1
    return estimate.denominator >= check.minimum_n


def bounds(check: Check, estimate: Estimate) -> tuple[float, float]:
    """Give the least and the greatest number, in the unit of the check's threshold, that fits what was seen.

    The two are equal for a complete count without records left out. An interval from sampling bounds the value
    as it stands. Infinities say that nothing bounds it, as for an estimate that is no complete count and has no interval.
    """
    return _numerator(estimate) if check.of == "numerator" else _value(estimate)


def _numerator(estimate: Estimate) -> tuple[float, float]:
    counted = estimate.value if estimate.numerator is None else estimate.numerator
    if estimate.interval is not None:
        return counted, math.inf  # a sample holds at most what the whole holds
    if not estimate.left_out:
        return counted, counted
    # Where the count is of something else than records (accounts, say), more records can only add to it.
    return counted, counted + estimate.left_out if _of_records(estimate) else math.inf


def _value(estimate: Estimate) -> tuple[float, float]:
    n, d, out = estimate.numerator, estimate.denominator, estimate.left_out
    if estimate.interval is not None:
        return (-math.inf, math.inf) if out else (estimate.interval.low, estimate.interval.high)
    if estimate.kind == "quantity" and estimate.method != COMPLETE_COUNT:
        return -math.inf, math.inf  # an estimate whose doubt could not be told decides nothing
    if estimate.kind != "share" or n is None or not d:
        return (-math.inf, math.inf) if out else (estimate.value, estimate.value)
    if not out or _of_records(estimate):
        return n / (d + out), (n + out) / (d + out)
    return (math.nextafter(0, 1) if n else 0), 1


def _of_records(estimate: Estimate) -> bool:
    """Say whether the denominator counts the records that ``left_out`` counts, and not accounts or days."""
    return estimate.unit == f"share of {estimate.measure.split('.', 1)[0]}"
