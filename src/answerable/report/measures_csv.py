"""Writes measures.csv: one row per measure and per part of a breakdown, for spreadsheets and scripts."""

from __future__ import annotations

import csv
import io

from answerable.estimate import Estimate, NotMeasurable, Part
from answerable.report.contents import Contents
from answerable.report.figures import part_value
from answerable.report.harmless import cell, number

__all__ = ["COLUMNS", "measures_csv"]

COLUMNS = (
    "measure", "title", "breakdown", "label", "value", "numerator", "denominator", "unit", "kind", "low", "high",
    "method", "rule", "sentence", "left_out", "status", "reason",
)  # fmt: skip  # a table: what stands in one line belongs together
"""``breakdown`` is ``all`` for a measure's headline; ``low`` and ``high`` bound its interval, where it has one."""

_Cell = str | float | None


def measures_csv(contents: Contents) -> bytes:
    """Give the rows as CSV (RFC 4180) in UTF-8; the same contents give the same bytes."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for estimate in contents.estimates.values():
        if isinstance(estimate, NotMeasurable):
            writer.writerow(_safe(_missing(estimate)))
            continue
        writer.writerow(_safe(_headline(estimate)))
        for name, parts in estimate.breakdowns.items():
            for part in parts:
                writer.writerow(_safe(_part(estimate, name, part)))
    return text.getvalue().encode("utf-8")


def _safe(row: tuple[_Cell, ...]) -> list[_Cell]:
    return [cell(each) if isinstance(each, str) else number(each) for each in row]


def _headline(estimate: Estimate) -> tuple[_Cell, ...]:
    low, high = (estimate.interval.low, estimate.interval.high) if estimate.interval else (None, None)
    method = (
        estimate.method if estimate.interval is None else f"{estimate.method}; {estimate.interval.method}"
    )
    return (
        estimate.measure, estimate.title, "all", "", estimate.value, estimate.numerator, estimate.denominator,
        estimate.unit, estimate.kind, low, high, method, estimate.rule, estimate.sentence, estimate.left_out, "measured", "",
    )  # fmt: skip  # a table: what stands in one line belongs together


def _part(estimate: Estimate, breakdown: str, part: Part) -> tuple[_Cell, ...]:
    value = part_value(part)
    status, reason = (
        ("measured", "") if value is not None else ("not measurable", "No record to measure it among.")
    )
    return (
        estimate.measure, estimate.title, breakdown, part.label, value, part.numerator, part.denominator,
        estimate.unit, estimate.kind, None, None, estimate.method, estimate.rule, "", None, status, reason,
    )  # fmt: skip  # a table: what stands in one line belongs together


def _missing(estimate: NotMeasurable) -> tuple[_Cell, ...]:
    reason = f"{estimate.reason} {estimate.ask_for}".strip()
    return (
        estimate.measure, estimate.title, "all", "", None, None, None, "", "", None, None, "", "", "",
        None, "not measurable", reason,
    )  # fmt: skip  # a table: what stands in one line belongs together
