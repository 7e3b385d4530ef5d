"""Concluding: from the answers of a sample to what they say of the whole log.

"Cannot tell" is neither yes nor no: the share is bounded by counting every such answer one way and then the other, and the
interval covers both. A question that two reviewers answer differently and nobody settled is taken as one that could not be
told. The statistics are `answerable.sampling`'s.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from answerable import wording
from answerable.errors import UsageError
from answerable.estimate import Estimate, Part, Status
from answerable.intake.kinds import RecordKind
from answerable.intervals import clopper_pearson, hypergeometric
from answerable.review.agreeing import agreement_sentences
from answerable.review.conclusion import Answered, Conclusion
from answerable.review.desk import Desk
from answerable.review.forms import Question
from answerable.review.judgements import OPEN, Judgements
from answerable.review.sample import Sample
from answerable.sampling import Doubtful, either, most_consistent, stratified

__all__ = ["conclude"]


@dataclass(frozen=True, slots=True)
class _Counted:
    """The answers to one question by stratum: items judged, counted answers, and answers that leave it open."""

    judged: tuple[int, ...]
    found: tuple[int, ...]
    unclear: tuple[int, ...]
    unsettled: int
    asked: int


def conclude(desk: Desk, kind: RecordKind) -> Conclusion:
    """Conclude from a review.

    Args:
        desk: The review.
        kind: The kind of its records.

    Raises:
        UsageError: Some items are not judged yet.
        CaseError: The journal was changed.
    """
    entries = desk.journal.entries()
    standing = desk.judgements()
    sample = desk.sample
    _check_complete(standing)
    lines = desk.journal.path.read_bytes().splitlines(keepends=True)[: len(entries)]
    return Conclusion(
        review=desk.name,
        title=sample.form.title,
        drawn=_drawn(sample, kind),
        judged=_judged(standing),
        answered=tuple(_answered(question, standing, kind) for question in sample.form.questions),
        sample=sample.sha256,
        journal=hashlib.sha256(lines[-1]).hexdigest(),
        entries=len(entries),
    )


def _check_complete(standing: Judgements) -> None:
    to_do = {who: len(standing.to_do(who)) for who in standing.sample.request.reviewers}
    if any(to_do.values()):
        listed = wording.listing([f"{wording.count(left)} by {who}" for who, left in to_do.items() if left])
        raise UsageError(
            f"not every item is judged yet: {listed} to go",
            expected="every item of the sample judged: what is left out is seldom like the rest",
            do="Judge them, with 'cannot tell' where it cannot be told.",
        )


def _answered(question: Question, standing: Judgements, kind: RecordKind) -> Answered:
    sample = standing.sample
    counted = _count(question, standing)
    level = sample.request.confidence
    doubt = _estimate(counted, sample, level)
    found, unclear, judged = sum(counted.found), sum(counted.unclear), sum(counted.judged)
    simple = len(sample.strata) == 1 and not sample.request.clusters
    estimate = Estimate(
        measure=f"review.{sample.request.name}.{question.id}",
        title=question.text,
        kind="share",
        value=doubt.best.value,
        numerator=found if simple else None,
        denominator=judged if simple else sample.population,
        unit=f"share of {kind.things}",
        rule=f"answers counted: {_choices(question, question.counts)}",
        sql="",
        sentence="",
        interval=doubt.interval,
        method=doubt.interval.method,
        caveats=(),
        breakdowns=_parts(sample, counted, level),
    )
    status, threshold = _status(doubt, counted, sample, kind)
    sentence = f"Of {wording.count(sample.population)} {kind.things}, {_share(estimate, doubt)} {question.finding}, as reviewers judged {wording.plural(judged, 'drawn ' + kind.name, 'drawn ' + kind.things)}."
    return Answered(
        question=question.id,
        text=question.text,
        estimate=_with_sentence(estimate, sentence),
        further=tuple(_further(question, counted, doubt, standing, kind)),
        status=status,
        threshold=threshold,
    )


def _with_sentence(estimate: Estimate, sentence: str) -> Estimate:
    from dataclasses import replace  # noqa: PLC0415 - placeholder

    return replace(estimate, sentence=sentence)


def _share(estimate: Estimate, doubt: Doubtful) -> str:
    """Write the share with its interval; from the best to the worst where some could not be told."""
    figure = wording.percent(estimate.value, estimate.denominator or 0)
    if doubt.unclear:
        worst = wording.percent(doubt.worst.value, estimate.denominator or 0)
        figure = f"between {figure} and {worst}"
    interval = estimate.interval
    bounds = wording.interval(interval.low, interval.high, interval.level, "share") if interval else ""
    return f"{figure} ({bounds})"


def _count(question: Question, standing: Judgements) -> _Counted:
    sample = standing.sample
    judged, found, unclear = (np.zeros(len(sample.strata), np.int64) for _ in range(3))
    unsettled = asked = 0
    for item in sample.items:
        answer = standing.answer(item, question)
        judged[item.stratum] += 1
        asked += answer is not None
        unsettled += answer == OPEN
        found[item.stratum] += answer in question.counts
        unclear[item.stratum] += answer == OPEN or answer in question.unsure
    return _Counted(
        tuple(judged.tolist()), tuple(found.tolist()), tuple(unclear.tolist()), unsettled, asked
    )


def _estimate(counted: _Counted, sample: Sample, level: float) -> Doubtful:
    sizes = [stratum.records for stratum in sample.strata]
    found, unclear = np.array(counted.found), np.array(counted.unclear)
    best = stratified(found, counted.judged, sizes, level)
    worst = stratified(found + unclear, counted.judged, sizes, level) if unclear.any() else best
    return either(best, worst, int(unclear.sum()))


def _parts(sample: Sample, counted: _Counted, level: float) -> dict[str, tuple[Part, ...]]:
    """Give the share in each stratum, from its own sample."""
    if len(sample.strata) == 1:
        return {}
    parts = []
    for stratum, judged, found, unclear in zip(
        sample.strata, counted.judged, counted.found, counted.unclear, strict=True
    ):
        low = hypergeometric(found, judged, stratum.records, level) if judged else None
        high = hypergeometric(found + unclear, judged, stratum.records, level) if judged else None
        interval = None
        if low and high:
            from dataclasses import replace  # noqa: PLC0415 - placeholder

            interval = replace(low, high=high.high)
        value = found / judged if judged else None
        parts.append(Part(stratum.label, value, found, judged, interval))
    return {"stratum": tuple(parts)}


def _status(
    doubt: Doubtful, counted: _Counted, sample: Sample, kind: RecordKind
) -> tuple[Status | None, str]:
    """Set the share against what the plan tolerates."""
    tolerable = sample.request.tolerable
    if not tolerable:
        return None, ""
    threshold = f"at most {wording.percent(tolerable, 1_000)} of {kind.things}"
    high = doubt.interval.high
    if len(sample.strata) == 1 and not sample.request.clusters:
        # The plan's own test is one-sided: it asks whether the share could be as large as the tolerable one.
        most = most_consistent(
            sum(counted.judged),
            sample.population,
            found=sum(counted.found) + sum(counted.unclear),
            confidence=sample.request.confidence,
        )
        high = min(high, most.rate)
    if high <= tolerable:
        return Status.MET, threshold
    return (Status.BREACHED if doubt.interval.low > tolerable else Status.NOT_SHOWN), threshold


def _further(
    question: Question, counted: _Counted, doubt: Doubtful, standing: Judgements, kind: RecordKind
) -> list[str]:
    sample, level = standing.sample, standing.sample.request.confidence
    population, judged = sample.population, sum(counted.judged)
    said = [
        f"In the whole log of {wording.plural(population, kind.name, kind.things)} that is "
        f"{_between(doubt)} ({100 * level:g}\u202f% interval {wording.count(doubt.low)} to {wording.count(doubt.high)})."
    ]
    if not sum(counted.found) and len(sample.strata) == 1 and not sample.request.clusters:
        most = most_consistent(judged, population, found=0, confidence=level)
        said.append(
            f"None was found. The most that is consistent with that is {wording.count(most.number)} of "
            f"{wording.plural(population, kind.name, kind.things)} ({wording.percent(most.rate, population)}), with {100 * level:g}\u202f% confidence, one-sided."
        )
    unclear = sum(counted.unclear)
    if unclear:
        named = f", {wording.count(counted.unsettled)} of them because two reviewers differ and nobody settled it" if counted.unsettled else ""
        said.append(
            f"Of {wording.share(unclear, judged, 'items')} it could not be told{named}; the bounds count all of these one way, and then the other."
        )
    if question.asked_when and counted.asked < judged:
        among = clopper_pearson(sum(counted.found), counted.asked, level) if counted.asked else None
        figure = wording.share(sum(counted.found), counted.asked)
        doubts = f"; {wording.interval(among.low, among.high, level, 'share')}, as if drawn by themselves" if among else ""
        said.append(
            f"It was asked of {wording.share(counted.asked, judged, 'items')}, those whose earlier answers lead to it; among these it is {figure}{doubts}."
        )
    return [*said, *agreement_sentences(question, standing)]


def _between(doubt: Doubtful) -> str:
    best, worst = wording.count(round(doubt.best.number)), wording.count(round(doubt.worst.number))
    return f"{best} to {worst}" if doubt.unclear and best != worst else best


def _choices(question: Question, ids: Sequence[str]) -> str:
    texts = {choice.id: choice.text for choice in question.choices}
    return wording.listing([f"“{texts[each]}”" for each in ids])


def _drawn(sample: Sample, kind: RecordKind) -> str:
    """Say how the sample was drawn."""
    request = sample.request
    items = wording.plural(len(sample.items), kind.name, kind.things)
    text = f"{items} of {wording.count(sample.population)} were drawn at random, without replacement, by the seed {request.seed!r}"
    if request.clusters:
        taken, units = sample.strata[0].taken, sample.strata[0].units
        text = f"{wording.count(taken)} of {wording.count(units)} groups, each the {kind.things} of {sample.clusters_are}, were drawn at random by the seed {request.seed!r}: {items} of {wording.count(sample.population)}"
    elif len(sample.strata) > 1:
        parts = [
            f"{wording.count(stratum.taken)} of {wording.count(stratum.records)} {stratum.label}"
            for stratum in sample.strata
        ]
        text += f", apart by {sample.by}: {wording.listing(parts, most=12)}"
    if request.among:
        text += f". The log here is the {kind.things} that the measure {request.among} counts"
    return f"{text}."


def _judged(standing: Judgements) -> str:
    """Say who judged, how often twice, and what was settled."""
    sample = standing.sample
    reviewers = wording.plural(len(sample.request.reviewers), "reviewer")
    text = f"{reviewers} judged {wording.plural(len(sample.items), 'item')}"
    if sample.request.twice:
        differ = sum(standing.differ(item) for item in sample.items)
        text += (
            f", {wording.count(sample.request.twice)} of them two reviewers each without seeing the other's answers; these differ on "
            f"{wording.count(differ)}, of which {wording.count(len(standing.settled))} were settled"
        )
    if standing.changes:
        text += f"; answers were changed {wording.plural(standing.changes, 'time')}, and the journal keeps each"
    return f"{text}."
