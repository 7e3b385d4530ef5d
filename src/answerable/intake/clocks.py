"""Clocks: how a column of times is read, in one way for the whole column or not at all.

A form that states UTC gives instants. A form without a zone gives instants only where the user names the zone
(``--timezone``); otherwise the time is stored as written and its clock is ``unknown``. A date such as
03/04/2025 is read by the evidence of the whole column, or by the order that the layout declares, or refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from answerable.engine.dialect import literal
from answerable.errors import ClockError

__all__ = ["FORMS", "Clock", "Form", "dated", "detect", "ends", "forms_seen", "settle_order", "shape"]

_MONTHS = 12  # a number above it is a day


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing an instant: a pattern that recognises it, and its strptime format.

    In the format, ``{d}`` stands for the day-month order and is empty of it where the year comes first.
    ``utc`` is True where the form itself states UTC, ``short`` where the year has two digits: 69 to 99 are of the last
    century, as POSIX reads them.
    """

    pattern: str
    format: str
    utc: bool
    short: bool = False

    @property
    def seconds(self) -> bool:
        """Say whether the form is written to the second, or finer."""
        return "%S" in self.format

    @property
    def slashed(self) -> bool:
        """Say whether the form could be read with the day or the month first."""
        return "{d}" in self.format

    def ordered(self, order: str) -> str:
        """Give the format with the day and the month in an order: ``MDY``, ``DMY`` or, where it has no slashes, none."""
        written = _ORDERS.get(order, "")
        return self.format.replace("{d}", written.replace("%Y", "%y") if self.short else written)


_DATE, _SLASH = r"\d{4}-\d{1,2}-\d{1,2}", r"\d{1,2}/\d{1,2}/\d{4}"
_HM, _HMS, _AMPM = r"\d{1,2}:\d{2}", r"\d{1,2}:\d{2}:\d{2}", "[AaPp][Mm]"
_PARTS = ((r"\.\d{1,6}", ".%f"), ("", ""))
_GAPS = (" ", "\u202f")  # between the time and AM or PM: browsers write a narrow no-break space
FORMS: tuple[Form, ...] = (
    *(Form(rf"{_SLASH}, {_HMS}{gap}{_AMPM} UTC", f"{{d}}, %I:%M:%S{gap}%p UTC", True) for gap in _GAPS),
    *(Form(rf"{_SLASH}{comma} {_HMS} UTC", f"{{d}}{comma} %H:%M:%S UTC", True) for comma in ("", ",")),
    *(
        Form(
            rf"{_DATE}{between}{_HMS}{part}{re.escape(zone)}", f"%Y-%m-%d{between}%H:%M:%S{read}{zone}", True
        )
        for zone in ("Z", "+00:00", "+0000", " UTC", "UTC", " Z")
        for between in ("T", " ")
        for part, read in _PARTS
    ),
    Form(rf"{_DATE} {_HMS}\.\d{{1,6}}", "%Y-%m-%d %H:%M:%S.%f", False),
    Form(rf"{_DATE} {_HMS}", "%Y-%m-%d %H:%M:%S", False),
    Form(rf"{_DATE}T{_HMS}\.\d{{1,6}}", "%Y-%m-%dT%H:%M:%S.%f", False),
    Form(rf"{_DATE}T{_HMS}", "%Y-%m-%dT%H:%M:%S", False),
    Form(rf"{_DATE} {_HM}", "%Y-%m-%d %H:%M", False),
    Form(_DATE, "%Y-%m-%d", False),
    *(
        Form(rf"{_SLASH}{comma} {_HMS}{gap}{_AMPM}", f"{{d}}{comma} %I:%M:%S{gap}%p", False)
        for gap in _GAPS
        for comma in (",", "")
    ),
    Form(rf"{_SLASH} - {_HMS}", "{d} - %H:%M:%S", False),
    Form(rf"{_SLASH} {_HMS}", "{d} %H:%M:%S", False),
    *(Form(rf"{_SLASH} {_HM}{gap}{_AMPM}", f"{{d}} %I:%M{gap}%p", False) for gap in _GAPS),
    Form(rf"{_SLASH} {_HM}", "{d} %H:%M", False),
    Form(_SLASH, "{d}", False),
    Form(r"\d{1,2}/\d{1,2}/\d{2}", "{d}", False, short=True),
)
_ORDERS = {"MDY": "%m/%d/%Y", "DMY": "%d/%m/%Y"}


@dataclass(frozen=True, slots=True)
class Clock:
    """How one column of times is read.

    Attributes:
        forms: The forms met in the column, all of them with UTC stated or all without.
        order: ``MDY`` or ``DMY`` where a form has slashes, else empty.
        declared_utc: True where the layout declares that times without a zone are in UTC.
    """

    forms: tuple[Form, ...]
    order: str = ""
    declared_utc: bool = False

    @property
    def utc(self) -> bool:
        """Say whether the column's times are in UTC: as they state, or as the layout declares."""
        return bool(self.forms) and (self.forms[0].utc or self.declared_utc)

    def parse_sql(self, cell: str) -> str:
        """Give the SQL expression that reads a cell as written, NULL where it cannot be read."""
        formats = [form.ordered(self.order) for form in self.forms]
        listed = ", ".join(literal(one) for one in formats)
        read = f"try_strptime({cell}, {listed if len(formats) == 1 else f'[{listed}]'})"
        return f"CAST({read} AS TIMESTAMP)"


def ends(cell: str) -> list[str]:
    """Give the two times of a time range that one cell holds, or the one time of any other cell."""
    return cell.replace(" to ", "\n").split("\n")


def shape(cell: str, most: int = 40) -> str:
    """Show the shape of a cell without its contents: digits become 9, letters A, and what is not ASCII a ?."""
    shown = re.sub(r"[^\W\d_]", "A", re.sub(r"\d", "9", cell[:most]))
    return re.sub(r"[^ -~\n]", "?", shown)


@lru_cache(1 << 16)
def dated(heading: str) -> str:
    """Give the date or time that a column is called by, as a cell would hold it; empty where it is called otherwise.

    R writes a column called 2011-01-31 as ``X2011.01.31``.
    """
    text = re.sub(r"X(\d{4})\.(\d{1,2})\.(\d{1,2})", r"\1-\2-\3", heading.strip().strip("\ufeff"))
    if not text[:1].isdigit():
        return ""
    return text if any(re.fullmatch(form.pattern, text) for form in FORMS) else ""


def forms_seen(cells: Iterable[str]) -> tuple[dict[Form, int], list[str]]:
    """Count the forms that cells are written in, and list the shapes that no form recognises."""
    seen: dict[Form, int] = {}
    strange: list[str] = []
    for cell in cells:
        text = cell.strip()
        # The forms met so far come first: nearly every cell of a column is in one of them.
        form = next((form for form in (*seen, *FORMS) if re.fullmatch(form.pattern, text)), None)
        if form is None:
            strange.append(shape(text))
        else:
            seen[form] = seen.get(form, 0) + 1
    return seen, strange


def detect(cells: Sequence[str], *, column: str, where: str) -> tuple[Form, ...]:
    """Find the forms of a column from a sample of its non-blank cells.

    Raises:
        ClockError: Most cells are in no known form (a header shifted by hand is the usual cause).
    """
    seen, strange = forms_seen(cells)
    if cells and len(strange) * 2 > len(cells):
        raise ClockError(
            f"column {column!r} does not hold times: cells look like {strange[0]!r}",
            where=where,
            expected="a time in one of the forms that docs/how-to/new-layout.md lists",
            do="Check that the header stands over its own columns (some releases have it shifted by hand).",
        )
    if not seen:
        return ()
    utc = max(seen, key=lambda form: seen[form]).utc
    # Every form of the same kind is tried, so that a form met only later in the file is still read; but not a
    # coarser one, as which the cut end of a file could be read.
    ranked = sorted((form for form in seen if form.utc == utc), key=lambda form: -seen[form])
    slashed = any(form.slashed for form in ranked)
    seconds = all(form.seconds for form in ranked)
    rest = [
        form
        for form in FORMS
        if form.utc == utc
        and form not in ranked
        and form.slashed == slashed
        and (form.seconds or not seconds)
    ]
    return (*ranked, *rest)


def settle_order(first: int | None, second: int | None, *, declared: str, column: str, where: str) -> str:
    """Settle the day-month order of a column from the largest first and second number in it.

    Raises:
        ClockError: The column holds both orders, contradicts the declared one, or could be either.
    """
    evidence = {
        "DMY": (first or 0) > _MONTHS,
        "MDY": (second or 0) > _MONTHS,
    }
    orders = [order for order, shown in evidence.items() if shown]
    if len(orders) == 1 and declared in ("", orders[0]):
        return orders[0]
    if not orders and declared:
        return declared
    found = {
        0: "every date in the column could be read with the day or the month first",
        1: f"the dates are {''.join(orders)}, and the layout declares {declared}",
        2: "some dates can only have the month first and others only the day",
    }[len(orders)]
    raise ClockError(
        f"column {column!r}: {found}",
        where=where,
        expected="one order of day and month over the whole column",
        do='State it in a layout file under [times] (order = "MDY" or "DMY") and pass it with --layout; a mixed column has to be corrected at its source.',
    )
