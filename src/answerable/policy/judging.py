"""What the checks of one clause show of it: each number by itself, and then all of them together.

Each check bears on the clause as a whole, and says in ``can_show`` what its number can establish. So a breach that
one of them establishes stands, whatever the others say; where there is none, a clause that one of them shows to be
met is met. Else the clause is not shown, and leads with the first number that there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from answerable.estimate import Estimate, Evidence, NotMeasurable, Status
from answerable.policy import sentences
from answerable.policy.bounds import bounds, enough
from answerable.policy.pack import Check, Clause
from answerable.programmes.measure import Measure

__all__ = ["Judged", "judge", "nearness", "settle"]

_ORDER = (Status.BREACHED, Status.MET, Status.NOT_SHOWN)


@dataclass(frozen=True, slots=True)
class Judged:
    """What one check shows.

    Attributes:
        check: The check.
        measure: Its measure.
        estimate: What the measure gave.
        status: What the number establishes of the clause by itself.
        why: Why it decides nothing, where it does not and there is a number.
        asks: What would show it, one sentence each.
    """

    check: Check
    measure: Measure
    estimate: Estimate | NotMeasurable
    status: Status
    why: str
    asks: tuple[str, ...]

    @property
    def threshold(self) -> str:
        """The comparison in words."""
        return sentences.threshold(self.check, self.measure)

    @property
    def evidence(self) -> Evidence:
        """The number as it stands beside the one that a finding leads with."""
        return Evidence(
            measure=self.check.measure,
            status=self.status,
            sentence=sentences.evidence(self.estimate, self.why),
            estimate=self.estimate,
            threshold=self.threshold,
        )


def judge(clause: Clause, check: Check, measure: Measure, estimate: Estimate | NotMeasurable) -> Judged:
    """Set one number against a clause."""
    return Judged(check, measure, estimate, *_judge(clause, check, estimate))


def settle(judged: Sequence[Judged]) -> tuple[Judged, tuple[Judged, ...]]:
    """Give the check that a finding leads with, which also has the clause's status, and the others in their order."""
    lead = min(judged, key=lambda one: (_ORDER.index(one.status), nearness(one.estimate)))
    return lead, tuple(one for one in judged if one is not lead)


def nearness(estimate: Estimate | NotMeasurable | None) -> int:
    """Say how near the records come to a number: 0 there is one, 1 they lack a field or it needs a document, 2 there are none."""
    if isinstance(estimate, Estimate):
        return 0
    return 2 if estimate is not None and estimate.absent else 1


def _judge(
    clause: Clause, check: Check, estimate: Estimate | NotMeasurable
) -> tuple[Status, str, tuple[str, ...]]:
    """Give the status, the sentence that explains it beyond the number, and what to ask for."""
    document = sentences.document(clause)
    if isinstance(estimate, NotMeasurable):
        asks = (estimate.ask_for, document)
        # Where the number could decide nothing, the document is what matters and stands first.
        return Status.NOT_SHOWN, "", asks if check.can_show else (document, estimate.ask_for)
    if check.comparator is None or check.threshold is None:
        return Status.NOT_SHOWN, check.because, (document,)
    if not enough(check, estimate):
        return Status.NOT_SHOWN, sentences.too_few(check, estimate), (document or sentences.MORE_RECORDS,)
    passes = check.comparator.decide(*bounds(check, estimate), check.threshold)
    status: Status | None = {True: Status.MET, False: Status.BREACHED, None: None}[passes]
    if status in check.can_show:
        return status, "", ()
    # What the evidence can never establish is said first: a fuller export would not settle that clause.
    if status is None and check.can_show:
        return Status.NOT_SHOWN, sentences.undecided(estimate), (document or sentences.fuller(estimate),)
    return Status.NOT_SHOWN, check.because, (document,)
