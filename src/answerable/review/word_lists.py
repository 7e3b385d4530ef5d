"""What a review says of the measure that its strata were made by: how often what it counts is so, and how much it misses."""

from __future__ import annotations

from answerable import wording
from answerable.estimate import Part
from answerable.intake.kinds import RecordKind
from answerable.review.counting import Counted
from answerable.review.forms import Question
from answerable.review.frame import COUNTED, REST
from answerable.review.sample import Sample
from answerable.sampling.correction import TwoPhase, two_phase
from answerable.sampling.doubt import Doubtful

__all__ = ["is_by_measure", "measure_parts", "measure_sentences"]


def is_by_measure(sample: Sample) -> bool:
    """Say whether the two strata are what a measure counts, and the rest."""
    labels = [stratum.label for stratum in sample.strata]
    return "." in sample.request.strata and labels == [COUNTED, REST]


def measure_parts(sample: Sample, doubt: Doubtful) -> tuple[Part, ...]:
    """Give the share that the measure counts, and that share corrected by what reviewers found.

    At the precision and recall that reviewers found this is the correction of Rogan and Gladen, Am. J. Epidemiol. 107 (1978) 71-76.
    The interval is that of two phases, which supposes nothing of another log: see `two_phase`.
    """
    counts = sample.strata[0].records
    return (
        Part(f"as {sample.request.strata} counts", counts / sample.population, counts, sample.population),
        Part("corrected by what reviewers found", doubt.best.value, None, None, doubt.interval),
    )


def _corrected(sample: Sample, doubt: Doubtful, judged: int) -> str:
    counts = sample.strata[0].records
    bounds = wording.interval(doubt.interval.low, doubt.interval.high, doubt.interval.level, "share")
    best, worst = (wording.percent(each.value, judged) for each in (doubt.best, doubt.worst))
    share = f"{best} to {worst}" if doubt.unclear and best != worst else best
    return (
        f"{sample.request.strata} counts {wording.share(counts, sample.population)} of all; corrected for what it counts "
        f"wrongly and what it misses (Rogan and Gladen), that is {share} ({bounds})."
    )


def measure_sentences(
    question: Question, counted: Counted, sample: Sample, kind: RecordKind, doubt: Doubtful
) -> list[str]:
    """Say what reviewers found among the records that a measure counts, and among the rest; nothing where strata are by something else.

    Open answers are counted one way and then the other, each so that the bounds are as far apart as they can be.
    """
    if not is_by_measure(sample) or not all(counted.judged):
        return []
    level = sample.request.confidence
    (cases, others), (open_cases, open_others) = counted.found, counted.unclear
    sizes = [stratum.records for stratum in sample.strata]

    def phases(flagged: int, rest: int) -> TwoPhase:
        return two_phase((flagged, counted.judged[0], sizes[0]), (rest, counted.judged[1], sizes[1]), level)

    none, every = phases(cases, others), phases(cases + open_cases, others + open_others)
    most, least = phases(cases + open_cases, others), phases(cases, others + open_others)
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
        _corrected(sample, doubt, sum(counted.judged)),
        f"Of the {wording.count(sizes[0])} {kind.things} that {measure} counts, {of_counted} ({spans[0]}); "
        f"of the {wording.count(sizes[1])} that it does not count, {of_rest} ({spans[1]}).",
    ]
    if most.recall is None:
        return sentences
    low = least.recall_interval.low
    shares = [
        wording.percent(one.recall, sum(counted.found)) for one in (least, most) if one.recall is not None
    ]
    share = " to ".join(dict.fromkeys(shares))
    sentences.append(
        f"Of all {kind.things} that would be judged so, {measure} counts {share} ({wording.interval(low, most.recall_interval.high, level, 'share')})."
    )
    return sentences


def _part(judged: int, cases: int, unclear: int, finding: str) -> str:
    more = f", and of {wording.count(unclear)} more it could not be told" if unclear else ""
    return f"{wording.count(cases)} of {wording.count(judged)} drawn {finding}{more}"
