"""A number that can be defended: its value, denominator, doubt, boundary rule and the query that made it.

The four rules for every number are stated in docs/method/rules.md. These classes carry the first two: an
`Estimate` is never a bare float, and what was not exported is a `NotMeasurable`, never a zero. A `Finding`
sets an estimate against one clause of a rule.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from answerable import wording
from answerable.outlines import Outlines

__all__ = [
    "COMPLETE_COUNT",
    "Estimate",
    "Evidence",
    "Finding",
    "Interval",
    "NotMeasurable",
    "Part",
    "Status",
]

COMPLETE_COUNT = "complete count: no sampling interval"
"""The method of a measure that counts every record it was given. A complete count has no sampling error."""


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval around a value, in the value's own unit.

    ``level`` is the nominal coverage (0.95), ``method`` the name and source of the construction.
    """

    low: float
    high: float
    level: float
    method: str


@dataclass(frozen=True, slots=True)
class Part:
    """One row of a breakdown: a label (an agency, a month, a category) with its value and denominator.

    ``interval`` is None where the part was counted whole.
    """

    label: str
    value: float | None
    numerator: float | None
    denominator: float | None
    interval: Interval | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One measured number with everything that is needed to defend or repeat it.

    Attributes:
        measure: The measure's name, such as ``searches.no_reason``.
        title: What was measured, as a short noun phrase.
        kind: ``share`` (value in 0 to 1, numerator of denominator), ``count`` (a whole number) or
            ``quantity`` (anything else, in ``unit``).
        value: The number.
        numerator: What was counted, or None for a quantity.
        denominator: Among how many.
        interval: The interval, or None where the log was counted whole.
        method: How the value and interval were made; `COMPLETE_COUNT` for a full count.
        unit: The unit of the value: ``share of searches``, ``days``.
        rule: The boundary rule in words: ``more than 30 x 24 h before the search``.
        sql: The query that made the number; it runs against the case's records as it stands.
        sentence: The finding in words, with its number and denominator.
        parameters: The parameters that the measure was run with.
        caveats: What a careful reader has to know, one sentence each.
        breakdowns: Parts by ``agency``, ``month`` and so on, in the order to show them.
        left_out: How many records are not in the denominator because a field that the measure needs was
            withheld, or not exported by their source. They could have gone either way.
        outlines: Where what a breakdown counts lies, for a drawing in the report; it stands in no table and no other file.
    """

    measure: str
    title: str
    kind: Literal["share", "count", "quantity"]
    value: float
    numerator: float | None
    denominator: float | None
    unit: str
    rule: str
    sql: str
    sentence: str
    interval: Interval | None = None
    method: str = COMPLETE_COUNT
    parameters: Mapping[str, float | str] = field(default_factory=dict)
    caveats: tuple[str, ...] = ()
    breakdowns: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)
    left_out: int = 0
    outlines: Outlines | None = field(default=None, repr=False)

    @property
    def figure(self) -> str:
        """The number in full: ``3 of 41 (7 %, 95 % interval 1.5 to 19.9 %)``."""
        return self.part_figure(self._whole)

    @property
    def counted(self) -> str:
        """The number in full, with what was counted: ``3 of 41 searches (7 %)``; as `figure` where it is no share."""
        return self.part_counted(self._whole)

    def part_figure(self, part: Part) -> str:
        """A part's number in full, as `figure` writes the whole: ``3 of 41 (7 %, 95 % interval 1.5 to 19.9 %)``."""
        return self._written(part, "")

    def part_counted(self, part: Part) -> str:
        """A part's number in full, with what was counted, as `counted` writes the whole."""
        return self._written(part, self.unit.removeprefix("share of "))

    @property
    def _whole(self) -> Part:
        return Part("", self.value, self.numerator, self.denominator, self.interval)

    def _written(self, part: Part, noun: str) -> str:
        """Write a number and its interval; ``noun`` says what was counted."""
        # A part of a share that is among nothing is a plain number (so many pairs, say), never a percentage.
        kind = "quantity" if self.kind == "share" and not part.denominator else self.kind
        found = part.interval
        doubt = wording.interval(found.low, found.high, found.level, kind) if found else ""
        if kind == "share" and part.numerator is not None:
            text = wording.share(part.numerator, part.denominator or 0, noun)
            return f"{text[:-1]}, {doubt})" if doubt else text
        if part.value is None:
            return f"{wording.count(part.numerator or 0)} of 0" if self.kind == "share" else "not measurable"
        if kind == "share":
            among = f"{wording.count(part.denominator or 0)} {noun}".strip()
            text = f"{wording.percent(part.value, part.denominator or 0)} of {among}"
        else:
            text = wording.count(part.value) if kind == "count" else wording.quantity(part.value)
        return f"{text} ({doubt})" if doubt else text

    def __str__(self) -> str:
        return self.sentence

    def _repr_html_(self) -> str:
        doubt = self.method if self.interval is None else self.interval.method
        return (
            f"<p><strong>{html.escape(self.sentence)}</strong><br>"
            f"<small>{html.escape(self.measure)} · {html.escape(doubt)}</small></p>"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NotMeasurable:
    """A measure that these records cannot support, with the reason and what to ask for. It is never a zero.

    Attributes:
        measure: The measure's name.
        title: What would have been measured.
        reason: Why not, as a sentence.
        ask_for: Which field or file would make it measurable.
        missing: The names of the fields that were not exported.
        absent: The plurals of the record kinds that it needs and of which the case holds no record.
    """

    measure: str
    title: str
    reason: str
    ask_for: str
    missing: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"Not measurable: {self.reason} {self.ask_for}".strip()


class Status(StrEnum):
    """What the records show of a clause."""

    BREACHED = "breached"
    NOT_SHOWN = "not shown"
    MET = "met"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Another number that bears on a clause, beside the one that its finding leads with.

    Attributes:
        measure: The measure that was consulted.
        status: What this number establishes of the clause by itself.
        sentence: The number in words, and why it decides nothing where it does not.
        estimate: The estimate, or why there is none.
        threshold: The comparison in words; empty where the number is compared with nothing.
    """

    measure: str
    status: Status
    sentence: str
    estimate: Estimate | NotMeasurable
    threshold: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One clause of a rule, set against what the records show of it.

    Attributes:
        pack: The policy pack's id, such as ``us-ca``.
        pack_title: Its title.
        clause: The clause's id within the pack.
        citation: The provision, as it is cited.
        asks: What the clause asks, in our words.
        address: Where the provision can be read.
        confirmed: ``official``, ``codified-mirror``, ``secondary`` or ``practice``.
        status: What the records show.
        sentence: The finding in words, with its number and denominator.
        measure: The measure that decides, or that comes nearest; empty where the clause needs a document, not a log.
        estimate: The estimate, or why there is none.
        threshold: The comparison in words: ``at most 0 searches``; empty where the number is compared with nothing.
        ask_for: What would show it, when it is not shown.
        also: What the clause's other measures gave, in the order of the clause.
    """

    pack: str
    pack_title: str
    clause: str
    citation: str
    asks: str
    address: str
    confirmed: str
    status: Status
    sentence: str
    measure: str = ""
    estimate: Estimate | NotMeasurable | None = None
    threshold: str = ""
    ask_for: str = ""
    also: tuple[Evidence, ...] = ()
