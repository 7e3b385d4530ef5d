"""Writes measures.csv: one row per measure, per question of a review, and per part of a breakdown, for spreadsheets and scripts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

from answerable.estimate import COMPLETE_COUNT, Estimate, Interval, NotMeasurable, Part
from answerable.harmless import cell, number
from answerable.report.contents import Contents
from answerable.report.figures import method, part_value
from answerable.review import Answered

__all__ = ["COLUMNS", "measures_csv"]

COLUMNS = (
    "measure", "title", "breakdown", "label", "value", "numerator", "denominator", "unit", "kind", "low", "high",
    "level", "method", "rule", "sentence", "left_out", "status", "reason",
)  # fmt: skip  # a table: what stands in one line belongs together
"""``breakdown`` is ``all`` for a measure's headline; ``low`` and ``high`` bound the number's interval, where
it has one, and ``level`` is its nominal coverage."""

_Cell = str | float | None
_MEASURED, _JUDGED = "measured", "judged"  # by machine; by people, from a sample


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
    for conclusion in contents.conclusions:
        for answered in conclusion.answered:
            writer.writerows(_safe(row) for row in _answered(answered))
    return text.getvalue().encode("utf-8")


def _safe(row: tuple[_Cell, ...]) -> list[_Cell]:
    return [cell(each) if isinstance(each, str) else number(each) for each in row]


def _answered(answered: Answered) -> Iterator[tuple[_Cell, ...]]:
    """Give a question's row, those of its parts, and one for each further sentence."""
    # Its method is that of its interval, and a part's that of the part's: neither is said twice.
    estimate = replace(answered.estimate, method=COMPLETE_COUNT)
    held = f"{answered.status}: {answered.threshold}" if answered.status else ""
    yield _headline(estimate, _JUDGED, held)
    for name, parts in estimate.breakdowns.items():
        for part in parts:
            if part.interval or part.value is None:
                yield _part(estimate, name, part, _JUDGED)
            else:  # what a measure counts stands beside what people judged, and is no sample
                yield _part(replace(estimate, rule=""), name, part)
    for place, sentence in enumerate(answered.further, start=1):
        yield (
            estimate.measure, estimate.title, "further", str(place), None, None, None, "", "", *_bounds(None), "", "",
            sentence, None, _JUDGED, "",
        )  # fmt: skip  # a table: what stands in one line belongs together


def _headline(estimate: Estimate, status: str = _MEASURED, reason: str = "") -> tuple[_Cell, ...]:
    return (
        estimate.measure, estimate.title, "all", "", estimate.value, estimate.numerator, estimate.denominator,
        estimate.unit, estimate.kind, *_bounds(estimate.interval), method(estimate, estimate.interval), estimate.rule,
        estimate.sentence, estimate.left_out, status, reason,
    )  # fmt: skip  # a table: what stands in one line belongs together


def _part(estimate: Estimate, breakdown: str, part: Part, measured: str = _MEASURED) -> tuple[_Cell, ...]:
    value = part_value(part)
    status, reason = (measured, "") if value is not None else ("not measurable", _without_value(part))
    return (
        estimate.measure, estimate.title, breakdown, part.label, value, part.numerator, part.denominator,
        estimate.unit, estimate.kind, *_bounds(part.interval), method(estimate, part.interval), estimate.rule, "", None,
        status, reason,
    )  # fmt: skip  # a table: what stands in one line belongs together


def _without_value(part: Part) -> str:
    """Say why a part has no number: nothing to measure it among, or a number that is not defined."""
    if part.denominator == 0:
        return "No record to measure it among."
    return "It has no value: the label, or the measure's caveats in the report, say why."


def _bounds(interval: Interval | None) -> tuple[float | None, float | None, float | None]:
    return (interval.low, interval.high, interval.level) if interval else (None, None, None)


def _missing(estimate: NotMeasurable) -> tuple[_Cell, ...]:
    reason = f"{estimate.reason} {estimate.ask_for}".strip()
    return (
        estimate.measure, estimate.title, "all", "", None, None, None, "", "", *_bounds(None), "", "", "",
        None, "not measurable", reason,
    )  # fmt: skip  # a table: what stands in one line belongs together
