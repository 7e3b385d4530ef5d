"""Counting a sample's answers, and estimating from them the share in the whole log."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from answerable.review.forms import Question
from answerable.review.judgements import OPEN, Judgements
from answerable.review.sample import Sample
from answerable.sampling.clusters import clustered, with_certain
from answerable.sampling.doubt import Doubtful, either
from answerable.sampling.strata import Whole, stratified

__all__ = ["Counted", "count", "estimate", "simple"]


@dataclass(frozen=True, slots=True)
class Counted:
    """The answers to one question.

    Attributes:
        judged: Items judged, by stratum.
        found: Counted answers, by stratum.
        unclear: Answers that leave it open, by stratum.
        groups: Items, counted and open answers of each cluster that was drawn by chance; empty where records were drawn one by one.
        unsettled: Items on which two reviewers differ and nobody settled it; they are among the open.
        asked: Items of which the question was asked.
    """

    judged: tuple[int, ...]
    found: tuple[int, ...]
    unclear: tuple[int, ...]
    groups: tuple[tuple[int, int, int], ...]
    unsettled: int
    asked: int


def simple(sample: Sample) -> bool:
    """Say whether records were drawn one by one from the whole frame."""
    return len(sample.strata) == 1 and not sample.request.clusters


def count(question: Question, standing: Judgements) -> Counted:
    """Count the answers to a question that count, and those that leave it open."""
    sample = standing.sample
    strata = np.zeros((len(sample.strata), 3), np.int64)
    groups: dict[int, list[int]] = {}
    unsettled = asked = 0
    for item in sample.items:
        answer = standing.answer(item, question)
        is_open = answer == OPEN
        row = (1, int(answer in question.counts), int(is_open or answer in question.unsure))
        strata[item.stratum] += row
        if (
            item.stratum == len(sample.strata) - 1
        ):  # large clusters, all of which were taken, are a stratum before
            groups[item.cluster] = [
                a + b for a, b in zip(groups.get(item.cluster, [0, 0, 0]), row, strict=True)
            ]
        asked += answer is not None
        unsettled += is_open
    judged, found, unclear = (tuple(column.tolist()) for column in strata.T)
    by_group = tuple((each[0], each[1], each[2]) for _, each in sorted(groups.items()))
    return Counted(judged, found, unclear, by_group if sample.request.clusters else (), unsettled, asked)


def estimate(counted: Counted, sample: Sample, level: float) -> Doubtful:
    """Estimate the share in the whole log, with open answers counted one way and then the other."""
    unclear = sum(counted.unclear)
    if counted.groups:
        best = _by_clusters(counted, sample, level, opened=False)
        worst = _by_clusters(counted, sample, level, opened=True) if unclear else best
        return either(best, worst, unclear)
    records = [stratum.records for stratum in sample.strata]
    best = stratified(np.array(counted.found), counted.judged, records, level)
    all_open = np.array(counted.found) + np.array(counted.unclear)
    worst = stratified(all_open, counted.judged, records, level) if unclear else best
    return either(best, worst, unclear)


def _by_clusters(counted: Counted, sample: Sample, level: float, *, opened: bool) -> Whole:
    """Estimate from whole clusters; ``opened`` says whether open answers are counted too."""
    sizes, found, left_open = np.array(counted.groups).T
    drawn = sample.strata[-1]
    rate = clustered(found + left_open * opened, sizes, drawn.units, drawn.records, level)
    if not sample.certain:
        return rate
    known = counted.found[0] + counted.unclear[0] * opened
    return with_certain(rate, known, sample.certain.records)
