"""What a policy pack is: a law or a policy as clauses, each with a citation and, where records can speak to it, checks.

The format is documented, key by key, in docs/policy-format.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from answerable.estimate import Status

__all__ = ["Check", "Clause", "Comparator", "Confirmed", "Pack", "Shows"]

Shows = Literal[Status.MET, Status.BREACHED]
"""An outcome that the evidence of a check can support."""


class Confirmed(StrEnum):
    """How a clause was confirmed, the firmest first.

    OFFICIAL: read at the authority that made the rule.
    CODIFIED_MIRROR: read in a reprint of the code by somebody else.
    SECONDARY: known from what others wrote about it; off unless asked for, "check before relying on this".
    PRACTICE: not a law at all, but what audits of such programmes look for.
    MIXED: of a pack whose clauses differ; never of a clause.
    """

    OFFICIAL = "official"
    CODIFIED_MIRROR = "codified-mirror"
    SECONDARY = "secondary"
    PRACTICE = "practice"
    MIXED = "mixed"

    @property
    def rank(self) -> int:
        """The place in the order of findings, the firmest at 0."""
        return list(Confirmed).index(self)


class Comparator(StrEnum):
    """How a number is set against a threshold."""

    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    EQUALS = "equals"

    @property
    def words(self) -> str:
        """The comparison in words: ``at most``."""
        return {"equals": "exactly"}.get(self.value, self.value.replace("_", " "))

    def holds(self, number: float, threshold: float) -> bool:
        """Say whether the number passes."""
        return {
            Comparator.AT_MOST: number <= threshold,
            Comparator.LESS_THAN: number < threshold,
            Comparator.AT_LEAST: number >= threshold,
            Comparator.MORE_THAN: number > threshold,
            Comparator.EQUALS: number == threshold,
        }[self]

    def decide(self, low: float, high: float, threshold: float) -> bool | None:
        """Say whether every number from ``low`` to ``high`` passes, none does (False), or some do (None)."""
        if self is Comparator.EQUALS:
            if low <= threshold <= high:
                return True if low == high else None
            return False
        # The other comparators are monotone: the two ends speak for everything between them.
        ends = {self.holds(low, threshold), self.holds(high, threshold)}
        return ends.pop() if len(ends) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A number, with a comparison and a threshold where it has one; and which outcomes the evidence can support.

    Attributes:
        measure: The measure's name, such as ``searches.no_purpose``.
        parameters: The measure's parameters that the clause sets; the others keep their defaults.
        comparator: How the number is compared; None where the rule names no number, and this one is printed beside it.
        threshold: With what. A share is written from 0 to 1. None where nothing is compared.
        of: What is compared: the measure's ``value``, or its ``numerator`` (how many were counted).
        minimum_n: The least denominator on which the clause is judged.
        can_show: The outcomes that the number can establish, met before breached. An outcome that is not listed becomes
            "not shown", with the number still printed.
        because: Why an outcome is left out of ``can_show``, in one or two sentences for the reader.
    """

    measure: str
    comparator: Comparator | None = None
    threshold: float | None = None
    parameters: Mapping[str, float] = field(default_factory=dict)
    of: Literal["value", "numerator"] = "value"
    minimum_n: int = 1
    can_show: tuple[Shows, ...] = (Status.MET, Status.BREACHED)
    because: str = ""

    @property
    def decides(self) -> bool:
        """Whether the number can establish both outcomes."""
        return {Status.MET, Status.BREACHED} <= set(self.can_show)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One thing that a rule asks.

    Attributes:
        id: The clause's id within its pack.
        citation: The provision, as it is cited.
        asks: What it asks, in our words, so that it completes the sentence "The clause asks for ...".
        address: Where the provision can be read; may be empty.
        confirmed: How the clause was confirmed.
        checks: What the records can say of it, the most telling first; empty where no number bears on it. Each bears on the
            clause as a whole: what one of them establishes is established.
        needs_document: The document or file that would show it where the records cannot, as a noun phrase.
        note: What somebody who relies on the clause has to know.
    """

    id: str
    citation: str
    asks: str
    confirmed: Confirmed
    address: str = ""
    checks: tuple[Check, ...] = ()
    needs_document: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A law or a policy, as clauses.

    Attributes:
        id: ``us-ca``.
        title: What it is, for lists.
        jurisdiction: Whom it binds, or who made it.
        in_force_from: The first day on which it binds, ``YYYY-MM-DD``; empty where it is not known.
        address: Where the rule can be read; may be empty.
        as_of: When its text was last looked at: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
        confirmed: How its clauses were confirmed; ``mixed`` where they differ.
        summary: The rule in a few sentences.
        clauses: The clauses in order.
        sha256: Of the pack file's bytes, in hexadecimal, so that a report can name the text it was judged by.
    """

    id: str
    title: str
    jurisdiction: str
    as_of: str
    confirmed: Confirmed
    summary: str
    clauses: tuple[Clause, ...]
    in_force_from: str = ""
    address: str = ""
    sha256: str = ""

    @property
    def secondary(self) -> tuple[Clause, ...]:
        """The clauses that are off unless asked for."""
        return tuple(clause for clause in self.clauses if clause.confirmed is Confirmed.SECONDARY)
