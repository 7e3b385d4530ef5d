"""Writes findings.xlsx: five sheets, and one of reviews where there are any, with filters on, in which no text can run as a formula or open a link."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from answerable import wording
from answerable.estimate import COMPLETE_COUNT, Estimate, Interval, NotMeasurable
from answerable.harmless import cell, number
from answerable.report.contents import Contents
from answerable.report.figures import breakdown_title, doubt, part_value
from answerable.report.letter import CONFIRMED, beside

__all__ = ["MOST_ROWS", "workbook"]

MOST_ROWS = 400
"""How many parts of one breakdown the workbook holds, the days of a year among them; measures.csv has them all."""

_LONGEST = 32_000  # Excel holds 32,767 characters in a cell
_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # fixed: the clock must not reach the bytes
_Cell = str | float | None


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    width: int
    form: str = "text"


def workbook(contents: Contents) -> bytes:
    """Give the workbook's bytes; the same contents give the same bytes."""
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties(
        {
            "title": cell(f"Audit of {contents.case}")[:250],
            "author": f"Answerable {contents.version}",
            "created": _CREATED,
        }
    )
    formats = {
        "head": book.add_format(
            {"bold": True, "bg_color": "#1A1C1E", "font_color": "#FFFFFF", "valign": "top"}
        ),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "whole": book.add_format({"num_format": "#,##0", "valign": "top"}),
        "number": book.add_format({"num_format": "#,##0.00", "valign": "top"}),
        "percent": book.add_format({"num_format": "0.00%", "valign": "top"}),
    }
    for name, columns, rows in (
        ("Findings", _FINDINGS, _findings(contents)),
        ("Measures", _MEASURES, _measures(contents)),
        ("Breakdowns", _BREAKDOWNS, _breakdowns(contents)),
        ("Sources", _SOURCES, _sources(contents)),
        ("Not measurable", _MISSING, _missing(contents)),
        *((("Reviews", _REVIEWS, _reviews(contents)),) if contents.conclusions else ()),
    ):
        _sheet(book.add_worksheet(name), formats, columns, rows)
    book.close()
    return buffer.getvalue()


def _sheet(
    sheet: Any,  # noqa: ANN401 - xlsxwriter ships no types
    formats: Mapping[str, Any],
    columns: Sequence[_Column],
    rows: Iterable[Sequence[_Cell]],
) -> None:
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.name, formats["head"])
    kind = next((at for at, column in enumerate(columns) if column.name == "Kind"), None)
    last = 0
    for last, row in enumerate(rows, start=1):
        shares = kind is not None and row[kind] == "share"
        for at, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(last, at, cell(value)[:_LONGEST], formats["text"])
            elif (figure := number(value)) is not None:
                form = columns[at].form
                if form == "value":
                    form = "percent" if shares else "whole" if isinstance(figure, int) else "number"
                sheet.write_number(last, at, figure, formats["whole" if form == "text" else form])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


_FINDINGS = (
    _Column("Status", 14), _Column("Finding", 70), _Column("Citation", 30), _Column("What the clause asks", 50),
    _Column("Compared with", 24), _Column("Other numbers that bear on it", 60), _Column("Ask for", 40),
    _Column("Policy pack", 32), _Column("Clause", 14),
    _Column("Confirmed", 26), _Column("Address", 40), _Column("Measure", 26),
)  # fmt: skip  # a table: what stands in one line belongs together


def _findings(contents: Contents) -> Iterable[Sequence[_Cell]]:
    for each in contents.findings:
        yield (
            each.status.value, each.sentence, each.citation, each.asks, each.threshold,
            " ".join(one.sentence for one in beside(each)), each.ask_for, each.pack_title, each.clause, CONFIRMED.get(each.confirmed, each.confirmed), each.address, each.measure,
        )  # fmt: skip  # a table: what stands in one line belongs together


_MEASURES = (
    _Column("Measure", 28), _Column("Title", 44), _Column("Value", 12, "value"), _Column("Numerator", 12, "whole"),
    _Column("Denominator", 12, "whole"), _Column("Unit", 24), _Column("Kind", 10), _Column("Low", 10, "value"),
    _Column("High", 10, "value"), _Column("Doubt", 40), _Column("Boundary", 40), _Column("Sentence", 70),
    _Column("Caveats", 60),
)  # fmt: skip  # a table: what stands in one line belongs together


def _measures(contents: Contents) -> Iterable[Sequence[_Cell]]:
    for each in _measured(contents):
        low, high, *_ = _bounds(each.interval)
        yield (
            each.measure, each.title, each.value, each.numerator, each.denominator, each.unit, each.kind, low, high,
            doubt(each), each.rule, each.sentence, " ".join(each.caveats),
        )  # fmt: skip  # a table: what stands in one line belongs together


_BREAKDOWNS = (
    _Column("Measure", 28), _Column("Title", 44), _Column("Breakdown", 16), _Column("Label", 40),
    _Column("Value", 12, "value"), _Column("Numerator", 12, "whole"), _Column("Denominator", 12, "whole"),
    _Column("Unit", 24), _Column("Kind", 10), _Column("Low", 10, "value"), _Column("High", 10, "value"),
    _Column("Level", 10, "percent"), _Column("Interval", 40),
)  # fmt: skip  # a table: what stands in one line belongs together


def _breakdowns(contents: Contents) -> Iterable[Sequence[_Cell]]:
    for each in _measured(contents):
        for name, parts in each.breakdowns.items():
            title = breakdown_title(name)
            for part in parts[:MOST_ROWS]:
                yield (
                    each.measure, each.title, title, part.label, part_value(part), part.numerator, part.denominator,
                    each.unit, each.kind, *_bounds(part.interval),
                )  # fmt: skip  # a table: what stands in one line belongs together
            if len(parts) > MOST_ROWS:
                more = f"{len(parts) - MOST_ROWS:,} more in measures.csv"
                yield (
                    each.measure,
                    each.title,
                    title,
                    more,
                    None,
                    None,
                    None,
                    each.unit,
                    each.kind,
                    *_bounds(None),
                )


def _bounds(interval: Interval | None) -> tuple[_Cell, _Cell, _Cell, _Cell]:
    """Give an interval's bounds, level and method."""
    return (
        (interval.low, interval.high, interval.level, interval.method)
        if interval
        else (None, None, None, None)
    )


_SOURCES = (
    _Column("Source", 44), _Column("SHA-256", 68), _Column("Layout", 20), _Column("Rows in", 12, "whole"),
    _Column("Kept", 12, "whole"), _Column("Duplicates", 12, "whole"), _Column("Quarantined", 12, "whole"),
    _Column("First", 20), _Column("Last", 20), _Column("Clock", 10), _Column("Size in bytes", 14, "whole"),
    _Column("Reasons for quarantine", 50), _Column("Notices", 50),
)  # fmt: skip  # a table: what stands in one line belongs together


def _sources(contents: Contents) -> Iterable[Sequence[_Cell]]:
    for each in contents.sources:
        reasons = "; ".join(f"{reason}: {number:,}" for reason, number in each.reasons.items())
        yield (
            each.name, each.sha256, each.layout, each.rows_in, each.kept, each.duplicates, each.quarantined,
            each.first, each.last, each.clock, each.size, reasons, " ".join(each.notices),
        )  # fmt: skip  # a table: what stands in one line belongs together


_MISSING = (
    _Column("Measure", 28), _Column("Title", 44), _Column("Why not", 60), _Column("Ask for", 60),
    _Column("Fields not exported", 30),
)  # fmt: skip  # a table: what stands in one line belongs together


def _missing(contents: Contents) -> Iterable[Sequence[_Cell]]:
    for each in contents.estimates.values():
        if isinstance(each, NotMeasurable):
            yield each.measure, each.title, each.reason, each.ask_for, ", ".join(each.missing)
    for name, many in contents.absent_kinds:
        yield (
            name,
            wording.plural(many, "measure"),
            f"There are no {name} in this case.",
            f"Add a file of {name}.",
            "",
        )


def _measured(contents: Contents) -> Iterable[Estimate]:
    return (each for each in contents.estimates.values() if isinstance(each, Estimate))


_REVIEWS = (
    _Column("Review", 24), _Column("Question", 50), _Column("Breakdown", 16), _Column("Label", 40),
    _Column("Value", 12, "percent"), _Column("Numerator", 12, "whole"), _Column("Denominator", 12, "whole"),
    _Column("Unit", 24), _Column("Low", 10, "percent"), _Column("High", 10, "percent"), _Column("Level", 10, "percent"),
    _Column("Interval", 40), _Column("Sentence", 70), _Column("What else follows", 70), _Column("Status", 14),
    _Column("Compared with", 24), _Column("How it was drawn", 50), _Column("Who judged", 50),
)  # fmt: skip  # a table: what stands in one line belongs together


def _reviews(contents: Contents) -> Iterable[Sequence[_Cell]]:
    """Give a row for each question, and one for each part: a stratum, or what a measure counts beside its correction."""
    for review in contents.conclusions:
        for each in review.answered:
            made = each.estimate
            yield (
                review.review, each.text, "all", "", made.value, made.numerator, made.denominator, made.unit,
                *_bounds(made.interval), made.sentence, " ".join(each.further), each.status.value if each.status else "",
                each.threshold, review.drawn, review.judged,
            )  # fmt: skip  # a table: what stands in one line belongs together
            for name, parts in made.breakdowns.items():
                for part in parts:
                    *bounds, how = _bounds(part.interval)
                    counted = part.interval is None and part.value is not None
                    yield (
                        review.review, each.text, breakdown_title(name), part.label, part.value, part.numerator,
                        part.denominator, made.unit, *bounds, COMPLETE_COUNT if counted else how, "", "", "", "", "", "",
                    )  # fmt: skip  # a table: what stands in one line belongs together
