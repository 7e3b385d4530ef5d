"""Sets the clauses of policy packs against estimates, and says what the records show of each.

A clause is breached or met where the records establish it, whatever the records left out may hold, and where
the check says that such evidence can establish it. Everything else is not shown, with the number and with what
to ask for. The reasoning is set out in docs/policy-format.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from answerable.errors import PackError, UsageError
from answerable.estimate import Estimate, Finding, NotMeasurable, Status
from answerable.policy import sentences
from answerable.policy.judging import Judged, judge, nearness, settle
from answerable.policy.pack import Check, Clause, Confirmed, Pack
from answerable.programmes.measure import Measure

__all__ = ["Run", "evaluate", "select"]

_WEIGHT = {Status.BREACHED: 0, Status.NOT_SHOWN: 1, Status.MET: 2, Status.NOT_APPLICABLE: 3}


class Run(Protocol):
    """Runs one measure over the records, with the parameters that a clause sets."""

    def __call__(self, measure: Measure, **parameters: float) -> Estimate | NotMeasurable:
        """Give the estimate, or why there is none."""
        ...


def select(packs: Iterable[Pack], *, include_secondary: bool = False) -> tuple[Pack, ...]:
    """Leave out the clauses that are known from secondary sources only, unless they are asked for.

    Raises:
        UsageError: A pack has no other clauses, so that asking for it would give no finding at all.
    """
    packs = tuple(packs)
    if include_secondary:
        return packs
    chosen = []
    for pack in packs:
        firm = tuple(clause for clause in pack.clauses if clause.confirmed is not Confirmed.SECONDARY)
        if not firm:
            raise UsageError(
                f"every clause of the pack {pack.id!r} is known from secondary sources only",
                expected="a pack with a clause that was read at its source",
                do="Ask for secondary clauses with --secondary (in Python: include_secondary=True), and check each "
                "before relying on it; or leave the pack out.",
            )
        chosen.append(replace(pack, clauses=firm))
    return tuple(chosen)


def evaluate(
    packs: Iterable[Pack],
    run: Run,
    measures: Mapping[str, Measure],
    *,
    include_secondary: bool = False,
    period: tuple[str, str] = ("", ""),
) -> tuple[Finding, ...]:
    """Give one finding for each clause, in order of weight.

    The order is breached, not shown, met, not applicable; within what is not shown, first the clauses that a number of
    these records bears on, then those that lack a field or need a document, last those of whose records the case holds
    none; within each, official clauses first, then codified-mirror, secondary and practice; then the order of the
    packs and of their clauses.

    Args:
        packs: The packs, in the order asked for.
        run: Runs a measure; `Runner.run` of answerable.programmes.run.
        measures: The measures by name.
        include_secondary: Also judge clauses that are known from secondary sources only.
        period: The first and last day of the records, ``YYYY-MM-DD`` (a time after it is ignored). It is
            needed by a pack that says when it came into force; without it such a pack shows nothing.

    Raises:
        UsageError: As `select`.
        PackError: A check names a measure that is not among ``measures``.
    """
    known: dict[tuple[str, tuple[tuple[str, float], ...]], Estimate | NotMeasurable] = {}

    def put(clause: Clause, check: Check) -> Judged:
        measure = measures.get(check.measure)
        if measure is None:
            raise PackError(
                f"no measure is called {check.measure!r}",
                expected="a measure of the programme that is audited",
                do="Load the pack with the measures that it is to be judged by.",
            )
        key = (check.measure, tuple(sorted(check.parameters.items())))
        if key not in known:
            known[key] = run(measure, **check.parameters)
        return judge(clause, check, measure, known[key])

    findings = []
    for pack in select(packs, include_secondary=include_secondary):
        force = _force(pack, period)
        for clause in pack.clauses:
            judged = [put(clause, check) for check in clause.checks]
            findings.append((_finding(pack, clause, judged, force), clause.confirmed.rank))
    # A stable sort keeps the order of packs and clauses within each weight.
    findings.sort(key=lambda item: (_WEIGHT[item[0].status], _distance(item[0]), item[1]))
    return tuple(finding for finding, _ in findings)


def _distance(finding: Finding) -> int:
    """Say how far the records are from showing a clause that they do not show; see `nearness`."""
    if finding.status is not Status.NOT_SHOWN:
        return 0
    return min(nearness(one) for one in (finding.estimate, *(each.estimate for each in finding.also)))


def _force(pack: Pack, period: tuple[str, str]) -> sentences.Force | None:
    """Say how the records lie to the day on which the rule came into force; None where nothing stands against it."""
    day = pack.in_force_from
    first, last = (text[:10] for text in period)
    if not day or (first and first >= day):
        return None
    if last and last < day:
        return sentences.Force(Status.NOT_APPLICABLE, day, first, last)
    return sentences.Force(Status.NOT_SHOWN, day, first, last)


def _finding(pack: Pack, clause: Clause, judged: Sequence[Judged], force: sentences.Force | None) -> Finding:
    lead, others = settle(judged) if judged else (None, ())
    estimate = lead.estimate if lead else None
    if force is not None:
        status, why, ask_for = force.status, force.sentence, force.ask_for
    elif lead is None:
        status, why, ask_for = Status.NOT_SHOWN, "", sentences.document(clause)
    else:
        status, why, ask_for = lead.status, lead.why, _asks(lead, others)
    return Finding(
        pack=pack.id,
        pack_title=pack.title,
        clause=clause.id,
        citation=clause.citation,
        asks=clause.asks,
        address=clause.address,
        confirmed=clause.confirmed.value,
        status=status,
        sentence=sentences.finding(clause, estimate, why),
        measure=lead.check.measure if lead else "",
        estimate=estimate,
        threshold=lead.threshold if lead else "",
        ask_for=ask_for,
        also=tuple(one.evidence for one in others),
    )


def _asks(lead: Judged, others: Iterable[Judged]) -> str:
    """Say what would show a clause that is not shown: each thing once, what the lead waits for first."""
    if lead.status is not Status.NOT_SHOWN:
        return ""
    return " ".join(dict.fromkeys(ask for one in (lead, *others) for ask in one.asks if ask))
