"""Concluding: from the answers of a sample to what they say of the whole log.

"Cannot tell" is neither yes nor no: the share is bounded by counting every such answer one way and then the other, and the
interval covers both. A question that two reviewers answer differently and nobody settled is taken as one that could not be
told. The statistics are `answerable.sampling`'s.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from answerable import wording
from answerable.errors import UsageError
from answerable.estimate import Estimate, Part, Status
from answerable.intake.kinds import RecordKind
from answerable.intervals import hypergeometric
from answerable.review.conclusion import Answered, Conclusion
from answerable.review.counting import Counted, count, estimate, simple
from answerable.review.desk import Desk
from answerable.review.forms import Question
from answerable.review.judgements import Judgements
from answerable.review.sample import Sample
from answerable.review.saying import choices, drawn, further, judged, sentence
from answerable.review.stopping import Stop, goes_on, sequential_plan, stop_at
from answerable.review.word_lists import is_by_measure, measure_parts
from answerable.sampling.doubt import Doubtful, most_consistent

__all__ = ["conclude"]


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
    standing, stop = _where_it_stands(desk.judgements())
    sample = desk.sample
    lines = desk.journal.path.read_bytes().splitlines(keepends=True)[: len(entries)]
    return Conclusion(
        review=desk.name,
        title=sample.form.title,
        drawn=drawn(sample, kind),
        judged=judged(standing),
        answered=tuple(_answered(question, standing, kind, stop) for question in sample.form.questions),
        sample=sample.sha256,
        journal=hashlib.sha256(lines[-1]).hexdigest(),
        entries=len(entries),
    )


def _where_it_stands(standing: Judgements) -> tuple[Judgements, Stop | None]:
    """Give the items that are concluded from: all of them, or those up to the look at which a sequential plan stops.

    Raises:
        UsageError: Items are not judged yet, or the plan goes on.
    """
    sample = standing.sample
    request = sample.request
    if not request.looks:
        _check_complete(standing)
        return standing, None
    plan = sequential_plan(request.looks, request.tolerable, request.confidence, sample.population)
    question = sample.form.question(request.question)
    counts: list[tuple[int, int]] = []
    for size in plan.looks:
        until = replace(standing, sample=replace(sample, items=sample.items[:size]))
        if not all(standing.is_complete(item) for item in until.sample.items) and size > plan.looks[0]:
            raise goes_on(plan, max(look for look in plan.looks if look < size))
        _check_complete(until)
        counted = count(question, until)
        counts.append((sum(counted.found), sum(counted.found) + sum(counted.unclear)))
        if stop := stop_at(plan, counts, request.confidence):
            return until, stop
    raise AssertionError("the last look always stops")


def _check_complete(standing: Judgements) -> None:
    to_do = {who: len(standing.to_do(who)) for who in standing.sample.request.reviewers}
    if any(to_do.values()):
        listed = wording.listing([f"{wording.count(left)} by {who}" for who, left in to_do.items() if left])
        raise UsageError(
            f"not every item is judged yet: {listed} to go",
            expected="every item of the sample judged: what is left out is seldom like the rest",
            do="Judge them, with 'cannot tell' where it cannot be told.",
        )


def _answered(question: Question, standing: Judgements, kind: RecordKind, stop: Stop | None) -> Answered:
    sample = standing.sample
    counted = count(question, standing)
    level = sample.request.confidence
    doubt = estimate(counted, sample, level)
    one_by_one = simple(sample)
    status, threshold = _status(doubt, counted, sample, kind)
    if stop and question.id == sample.request.question:
        doubt = replace(doubt, interval=stop.interval, low=stop.low, high=stop.high)
        above = stop.interval.low > sample.request.tolerable
        status = Status.MET if stop.accepted else Status.BREACHED if above else Status.NOT_SHOWN
    elif stop:
        status, threshold = None, ""  # the plan is about another question
    return Answered(
        question=question.id,
        text=question.text,
        estimate=Estimate(
            measure=f"review.{sample.request.name}.{question.id}",
            title=question.text,
            kind="share",
            value=doubt.best.value,
            numerator=sum(counted.found) if one_by_one else None,
            denominator=sum(counted.judged) if one_by_one else sample.population,
            unit=f"share of {kind.things}",
            rule=f"answers counted: {choices(question, question.counts)}",
            sql="",
            sentence=sentence(question, counted, doubt, sample, kind),
            interval=doubt.interval,
            method=doubt.interval.method,
            breakdowns=_parts(sample, counted, doubt),
        ),
        further=(*further(question, counted, doubt, standing, kind), *_stopped(question, standing, stop)),
        status=status,
        threshold=threshold,
    )


def _stopped(question: Question, standing: Judgements, stop: Stop | None) -> tuple[str, ...]:
    """Say at which look a sequential plan stopped, and for which questions its interval allows for that."""
    if not stop:
        return ()
    request = standing.sample.request
    looks = wording.listing([wording.count(look) for look in request.looks], joiner="or")
    if question.id == request.question:
        return (
            f"The plan was to stop after {looks} items; it stopped after {wording.count(stop.size)}, and the interval allows for that.",
        )
    return (
        f"Whether to stop was decided on another question ({request.question}); the interval takes {wording.count(stop.size)} items as if planned so.",
    )


def _parts(sample: Sample, counted: Counted, doubt: Doubtful) -> dict[str, tuple[Part, ...]]:
    """Give the share in each stratum, from its own sample; and what the measure that made the strata counts, as it is and corrected."""
    if len(sample.strata) == 1 or sample.certain:
        return {}  # of large groups no share is given: it might be that of a single user
    level = sample.request.confidence
    parts = []
    for stratum, items, found, unclear in zip(
        sample.strata, counted.judged, counted.found, counted.unclear, strict=True
    ):
        low = hypergeometric(found, items, stratum.records, level) if items else None
        high = hypergeometric(found + unclear, items, stratum.records, level) if items else None
        interval = None
        if low and high:
            interval = replace(low, high=high.high)
        value = found / items if items else None
        parts.append(Part(stratum.label, value, found, items, interval))
    made = {"stratum": tuple(parts)}
    return made | ({"measure": measure_parts(sample, counted, doubt)} if is_by_measure(sample) else {})


def _status(doubt: Doubtful, counted: Counted, sample: Sample, kind: RecordKind) -> tuple[Status | None, str]:
    """Set the share against what the plan tolerates."""
    tolerable = sample.request.tolerable
    if not tolerable:
        return None, ""
    threshold = f"at most {wording.rate(tolerable)} of {kind.things}"
    high = doubt.interval.high
    if simple(sample):
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
