"""The sentences of findings, by the rules of docs/wording.md."""

from __future__ import annotations

import math
from dataclasses import dataclass

from answerable import wording
from answerable.estimate import Estimate, NotMeasurable, Status
from answerable.policy.pack import Check, Clause, Confirmed
from answerable.programmes.measure import Measure

__all__ = [
    "MORE_RECORDS",
    "Force",
    "document",
    "evidence",
    "finding",
    "fuller",
    "threshold",
    "too_few",
    "undecided",
]

MORE_RECORDS = "Ask for records over a longer period."
_SECONDARY = "Check before relying on this: the clause is known from secondary sources only."
_NARROW = "\u202f"


@dataclass(frozen=True, slots=True)
class Force:
    """Why a rule that came into force on a day cannot be judged by records of a period that began before it."""

    status: Status
    day: str
    first: str
    last: str

    @property
    def sentence(self) -> str:
        """What stands against it."""
        if self.status is Status.NOT_APPLICABLE:
            return f"The records end on {self.last}, before the rule came into force on {self.day}."
        if not self.first:
            return f"The rule came into force on {self.day}, and the dates of the records are not known."
        return (
            f"The records begin on {self.first}, before the rule came into force on {self.day}, "
            "and the number covers them all."
        )

    @property
    def ask_for(self) -> str:
        """What would show it."""
        if self.status is Status.NOT_APPLICABLE:
            return ""
        return f"Audit the records from {self.day} on by themselves."


def finding(clause: Clause, estimate: Estimate | NotMeasurable | None, why: str) -> str:
    """Write the finding: what the records show, what the clause asks, and why that may not decide it."""
    asks = f"the clause asks for {clause.asks}"
    if estimate is None:
        text = f"No number from these records shows this; {asks}."
    elif isinstance(estimate, NotMeasurable):
        text = f"The records cannot show this. {estimate.reason.rstrip('. ')}; {asks}."
    else:
        text = f"{estimate.sentence.rstrip('. ')}; {asks}."
    if clause.confirmed is Confirmed.SECONDARY:
        why = f"{why} {_SECONDARY}".strip()
    return f"{text} {why}".strip()


def evidence(estimate: Estimate | NotMeasurable, why: str) -> str:
    """Write what another number of the clause shows, and why that may not decide it."""
    said = estimate.reason if isinstance(estimate, NotMeasurable) else estimate.sentence
    return f"{said} {why}".strip()


def threshold(check: Check, measure: Measure) -> str:
    """Write the comparison in words: ``at most 0 searches``, ``at least 95 % of searches``; empty where there is none."""
    if check.comparator is None or check.threshold is None:
        return ""
    words = check.comparator.words
    if measure.kind == "quantity":
        return f"{words} {wording.quantity(check.threshold)} {measure.unit}"
    things = measure.unit.removeprefix("share of ")
    # None is a number that needs no denominator.
    if measure.kind == "count" or check.of == "numerator" or check.threshold == 0:
        return f"{words} {wording.count(check.threshold)} {things}"
    # Rounding takes away what binary fractions add: 0.07 is 7 %, not 7.000000000000001 %.
    return f"{words} {round(100 * check.threshold, 9):g}{_NARROW}% of {things}"


def document(clause: Clause) -> str:
    """Say which document to ask for, if the clause names one."""
    return f"Ask for {clause.needs_document}." if clause.needs_document else ""


def too_few(check: Check, estimate: Estimate) -> str:
    """Say that there are too few records to judge by."""
    things = estimate.unit.removeprefix("share of ")
    if estimate.denominator is None and not math.isnan(estimate.value):
        return f"The pack judges this clause on {wording.count(check.minimum_n)} or more, and among how many is not known."
    if math.isnan(estimate.value) or not estimate.denominator:
        return f"The records hold none of the {things} that it would be judged by."
    return (
        f"The pack judges this clause on {wording.count(check.minimum_n)} {things} or more; "
        f"these records hold {wording.count(estimate.denominator)}."
    )


def undecided(estimate: Estimate) -> str:
    """Say what was not seen and could decide the clause either way."""
    if estimate.interval is not None:
        return "The interval lies on both sides of what the clause asks."
    were = "was" if estimate.left_out == 1 else "were"
    return (
        f"{wording.plural(estimate.left_out, 'record')} {were} left out because a field was withheld or not exported, "
        "and could decide it."
    )


def fuller(estimate: Estimate) -> str:
    """Say what would settle it."""
    if estimate.interval is not None:
        return "Ask for a larger sample, or for all of the records."
    return "Ask for the same records with the field in place, as a pseudonym where it names somebody."
