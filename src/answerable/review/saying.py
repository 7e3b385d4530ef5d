"""What a review comes to, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from answerable import wording
from answerable.intake.kinds import RecordKind
from answerable.intervals import clopper_pearson
from answerable.review.agreeing import agreement_sentences
from answerable.review.counting import Counted, simple
from answerable.review.forms import Question
from answerable.review.judgements import Judgements
from answerable.review.sample import Sample
from answerable.review.word_lists import measure_sentences
from answerable.sampling.doubt import Doubtful, most_consistent

__all__ = ["choices", "drawn", "further", "judged", "sentence"]


def sentence(question: Question, counted: Counted, doubt: Doubtful, sample: Sample, kind: RecordKind) -> str:
    """Say what was found among the drawn records, and what that says of the whole log."""
    found, judged = sum(counted.found), sum(counted.judged)
    drawn = f"drawn {kind.name if judged == 1 else kind.things}"
    counts = (
        wording.share(found, judged, drawn)
        if simple(sample)
        else f"{wording.count(found)} of {wording.count(judged)} {drawn}"
    )
    unclear = f", and of {wording.count(doubt.unclear)} more could not tell" if doubt.unclear else ""
    interval = doubt.interval
    bounds = wording.interval(interval.low, interval.high, interval.level, "share")
    best, worst = (wording.percent(each.value, judged) for each in (doubt.best, doubt.worst))
    share = f"between {best} and {worst}" if doubt.unclear and best != worst else best
    return (
        f"Reviewers judged that {counts} {question.finding}{unclear}. Of all {wording.plural(sample.population, kind.name, kind.things)} "
        f"that is {share} ({bounds})."
    )


def further(
    question: Question, counted: Counted, doubt: Doubtful, standing: Judgements, kind: RecordKind
) -> list[str]:
    """Say what else follows: numbers in the whole log, what could not be told, how reviewers agree."""
    sample, level = standing.sample, standing.sample.request.confidence
    population, judged = sample.population, sum(counted.judged)
    said = [
        f"In the whole log of {wording.plural(population, kind.name, kind.things)} that is "
        f"{_between(doubt)} ({100 * level:g}\u202f% interval {wording.count(doubt.low)} to {wording.count(doubt.high)})."
    ]
    unclear = sum(counted.unclear)
    if unclear:
        said.append(
            f"It could not be told of {wording.share(unclear, judged, 'items')}; the bounds count all of these one way, and then the other."
        )
    elif not sum(counted.found) and simple(sample) and not sample.request.looks:
        most = most_consistent(judged, population, confidence=level)
        said.append(
            f"None was found. The most that is consistent with that is {wording.count(most.number)} of "
            f"{wording.plural(population, kind.name, kind.things)} ({wording.percent(most.rate, population)}), with {100 * level:g}\u202f% confidence, one-sided."
        )
    if counted.unsettled:
        verb = "is" if counted.unsettled == 1 else "are"
        said.append(
            f"{wording.plural(counted.unsettled, 'answer')} on which two reviewers differ {verb} not settled, and counted with what could not be told."
        )
    if question.asked_when and counted.asked < judged:
        figure = wording.share(sum(counted.found), counted.asked)
        if simple(sample) and counted.asked:
            among = clopper_pearson(sum(counted.found), counted.asked, level)
            doubts = wording.interval(among.low, among.high, level, "share")
            figure = f"{figure[:-1]}, {doubts} as if drawn by themselves)"
        said.append(
            f"It was asked of {wording.share(counted.asked, judged, 'items')}, those whose earlier answers lead to it; among these it is {figure}."
        )
    return [
        *said,
        *measure_sentences(question, counted, sample, kind, doubt),
        *agreement_sentences(question, standing),
    ]


def _between(doubt: Doubtful) -> str:
    best, worst = wording.count(round(doubt.best.number)), wording.count(round(doubt.worst.number))
    return f"{best} to {worst}" if doubt.unclear and best != worst else best


def choices(question: Question, ids: Sequence[str]) -> str:
    """Write choices by their texts."""
    texts = {choice.id: choice.text for choice in question.choices}
    return wording.listing([f"“{texts[each]}”" for each in ids])


def drawn(sample: Sample, kind: RecordKind) -> str:
    """Say how the sample was drawn."""
    request = sample.request
    items = wording.plural(len(sample.items), kind.name, kind.things)
    text = f"{items} of {wording.count(sample.population)} were drawn at random, without replacement, by the seed {request.seed!r}"
    if request.clusters:
        taken, units = sample.strata[-1].taken, sample.strata[-1].units
        others = "other groups" if sample.certain else "groups"
        text = f"{wording.count(taken)} of {wording.count(units)} {others}, each the {kind.things} of {sample.clusters_are}, were drawn at random by the seed {request.seed!r}: {items} of {wording.count(sample.population)}"
        if sample.certain:
            every = f"All {wording.count(sample.certain.units)} {sample.certain.label}"
            if sample.certain.units == 1:
                every = f"The 1 group{sample.certain.label.removeprefix('groups')}"
            text = f"{every} {'was' if sample.certain.units == 1 else 'were'} taken, and {text} in all"
        elif request.whole_above:
            text += (
                f". No group holds more than {wording.plural(request.whole_above, kind.name, kind.things)}"
            )
    elif len(sample.strata) > 1:
        parts = [
            f"{wording.count(stratum.taken)} of {wording.count(stratum.records)} ({stratum.label})"
            for stratum in sample.strata
        ]
        text += f", apart by {sample.by}: {wording.listing(parts, most=12)}"
    if request.among:
        text += f". The log here is the {kind.things} that the measure {request.among} counts"
    return f"{text}."


def judged(standing: Judgements) -> str:
    """Say who judged, how often twice, and what was settled."""
    sample = standing.sample
    reviewers = wording.plural(len(sample.request.reviewers), "reviewer")
    text = f"{reviewers} judged {wording.plural(len(sample.items), 'item')}"
    if sample.request.twice:
        differ = sum(standing.differ(item) for item in sample.items)
        text += (
            f", {wording.count(sample.request.twice)} of them two reviewers each without seeing the other's answers; these differ on "
            f"{wording.count(differ)}, of which {wording.count(len(standing.settled))} {'was' if len(standing.settled) == 1 else 'were'} settled"
        )
    if standing.changes:
        text += (
            f"; answers were changed {wording.plural(standing.changes, 'time')}, and the journal keeps each"
        )
    return f"{text}."
