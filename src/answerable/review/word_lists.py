"""What a review says of the measure that its strata were made by: how often what it counts is so, and how much it misses."""

from __future__ import annotations

from dataclasses import dataclass

from answerable import wording
from answerable.estimate import Interval, Part
from answerable.intake.kinds import RecordKind
from answerable.review.counting import Counted
from answerable.review.forms import Question
from answerable.review.frame import COUNTED, REST
from answerable.review.sample import Sample
from answerable.sampling.correction import RECALL, TwoPhase, two_phase
from answerable.sampling.doubt import Doubtful

__all__ = ["is_by_measure", "measure_parts", "measure_sentences"]


def is_by_measure(sample: Sample) -> bool:
    """Say whether the two strata are what a measure counts, and the rest."""
    labels = [stratum.label for stratum in sample.strata]
    return "." in sample.request.strata and labels == [COUNTED, REST]


@dataclass(frozen=True, slots=True)
class _Ends:
    """The two phases with open answers counted one way and then the other: for the rate, and for recall, which go apart."""

    none: TwoPhase
    every: TwoPhase
    least: TwoPhase
    most: TwoPhase

    def recall(self, level: float) -> Interval:
        """Give the interval of recall that holds both ends."""
        return Interval(self.least.recall_interval.low, self.most.recall_interval.high, level, RECALL)


def _ends(counted: Counted, sample: Sample) -> _Ends:
    (cases, others), (open_cases, open_others) = counted.found, counted.unclear
    sizes, level = [stratum.records for stratum in sample.strata], sample.request.confidence

    def phases(flagged: int, rest: int) -> TwoPhase:
        return two_phase((flagged, counted.judged[0], sizes[0]), (rest, counted.judged[1], sizes[1]), level)

    return _Ends(
        none=phases(cases, others),
        every=phases(cases + open_cases, others + open_others),
        least=phases(cases, others + open_others),
        most=phases(cases + open_cases, others),
    )


def measure_parts(sample: Sample, counted: Counted, doubt: Doubtful) -> tuple[Part, ...]:
    """Give the share that the measure counts, that share corrected by what reviewers found, and the measure's recall.

    At the precision and recall that reviewers found this is the correction of Rogan and Gladen, Am. J. Epidemiol. 107 (1978) 71-76.
    The interval is that of two phases, which supposes nothing of another log: see `two_phase`. Sensitivity and specificity
    of such a sample are no shares of what was drawn, so that the interval of `rogan_gladen` is not that of this design.
    """
    measure, counts = sample.request.strata, sample.strata[0].records
    parts = [
        Part(f"as {measure} counts", counts / sample.population, counts, sample.population),
        Part("corrected by what reviewers found", doubt.best.value, None, sample.population, doubt.interval),
    ]
    if all(counted.judged):
        ends = _ends(counted, sample)
        if ends.none.recall is not None:
            label = f"recall: of all that would be judged so, the share that {measure} counts"
            cases = round(ends.none.rate.number)  # in the whole log, estimated as well
            parts.append(Part(label, ends.none.recall, None, cases, ends.recall(sample.request.confidence)))
    return tuple(parts)


def _corrected(question: Question, sample: Sample, kind: RecordKind, doubt: Doubtful, judged: int) -> str:
    counts = sample.strata[0].records
    bounds = wording.interval(doubt.interval.low, doubt.interval.high, doubt.interval.level, "share")
    best, worst = (wording.percent(each.value, judged) for each in (doubt.best, doubt.worst))
    share = f"{best} to {worst}" if doubt.unclear and best != worst else best
    return (
        f"{sample.request.strata} counts {wording.share(counts, sample.population)} of all; as a count of {kind.things} that "
        f"{question.finding}, corrected for what it counts wrongly and what it misses (Rogan and Gladen), that is {share} ({bounds})."
    )


def measure_sentences(
    question: Question, counted: Counted, sample: Sample, kind: RecordKind, doubt: Doubtful
) -> list[str]:
    """Say what reviewers found among the records that a measure counts, and among the rest, or why that cannot be said.

    Nothing is said where the sample was drawn by no measure. Open answers are counted one way and then the other, each so that the bounds are as far apart as they can be.
    """
    if not is_by_measure(sample) or not all(counted.judged):
        return _why_not(sample, kind)
    level = sample.request.confidence
    (cases, others), (open_cases, open_others) = counted.found, counted.unclear
    sizes = [stratum.records for stratum in sample.strata]
    ends = _ends(counted, sample)
    none, every = ends.none, ends.every
    measure = sample.request.strata
    of_counted = _part(counted.judged[0], cases, open_cases, question.finding)
    of_rest = _part(counted.judged[1], others, open_others, "do")
    bounds = [
        (none.precision.interval.low, every.precision.interval.high),
        (none.missed.interval.low, every.missed.interval.high),
    ]
    spans = [
        "all of them were drawn" if size == judged else wording.interval(*bound, level, "share")
        for size, judged, bound in zip(sizes, counted.judged, bounds, strict=True)
    ]
    sentences = [
        _corrected(question, sample, kind, doubt, sum(counted.judged)),
        f"Of the {wording.count(sizes[0])} {kind.things} that {measure} counts, {of_counted} ({spans[0]}); "
        f"of the {wording.count(sizes[1])} that it does not count, {of_rest} ({spans[1]}).",
    ]
    shares = [
        wording.percent(one.recall, sum(counted.found))
        for one in (ends.least, ends.most)
        if one.recall is not None
    ]
    if ends.most.recall is None:
        sentences.append(
            f"None that was drawn is surely so: how much {measure} counts of all that would be judged so, cannot be told."
        )
        return sentences
    share, recall = " to ".join(dict.fromkeys(shares)), ends.recall(level)
    sentences.append(
        f"Of all {kind.things} that would be judged so, {measure} counts {share} ({wording.interval(recall.low, recall.high, level, 'share')})."
    )
    return sentences


def _why_not(sample: Sample, kind: RecordKind) -> list[str]:
    """Say why a measure's share is not corrected; nothing where the sample has to do with no measure."""
    request = sample.request
    if "." in request.strata and len(sample.strata) == 1:
        which = "all" if sample.strata[0].label == COUNTED else "none"
        return [
            f"{request.strata} counts {which} of the {wording.count(sample.population)} {kind.things}; its share is not corrected, "
            "since that needs some that it counts and some that it does not."
        ]
    if request.among:
        return [
            f"{request.among} cannot be corrected by this review: what it does not count was not drawn from, and so it is not known how much it misses."
        ]
    return []


def _part(judged: int, cases: int, unclear: int, finding: str) -> str:
    more = f", and of {wording.count(unclear)} more it could not be told" if unclear else ""
    return f"{wording.count(cases)} of {wording.count(judged)} drawn {finding}{more}"
