"""How far reviewers agree on the items that two of them judged, before anything was settled."""

from __future__ import annotations

import numpy as np

from answerable import wording
from answerable.agreement import FEW, cohens_kappa, fleiss_kappa, gwets_ac1, tallied
from answerable.estimate import Interval
from answerable.intervals import wilson
from answerable.review.forms import Question
from answerable.review.judgements import Judgements, tables

__all__ = ["agreement_sentences"]


def agreement_sentences(question: Question, standing: Judgements) -> list[str]:
    """Say how far reviewers agree on a question; nothing where no item was judged twice."""
    pairs = standing.pairs(question)
    if not pairs:
        return []
    choices = [choice.id for choice in question.choices]
    same = sum(one == other for one, other in pairs)
    found = wilson(same, len(pairs))
    said = (
        f"Two reviewers gave the same answer to {wording.share(same, len(pairs), 'items')[:-1]}, "
        f"{wording.interval(found.low, found.high, found.level, 'share')})"
    )
    if len(pairs) < 2 or len({answer for pair in pairs for answer in pair}) == 1:  # noqa: PLR2004 - of one item, nothing is beyond chance
        return [f"{said}; beyond chance nothing can be said where there is one item, or one answer to all."]
    places = {choice: at for at, choice in enumerate(choices)}
    tallies = tallied(np.array([[places[answer] for answer in pair] for pair in pairs]), len(choices))
    ac1 = gwets_ac1(tallies)
    beyond = [_figure("Gwet's AC1", ac1.value, ac1.interval, len(pairs))]
    table = np.array(tables(pairs, choices))
    one_sided = min((table.sum(axis=axis) > 0).sum() for axis in (0, 1)) == 1
    if len(standing.sample.request.reviewers) > 2:  # noqa: PLR2004 - pairs are then of different people
        kappa = fleiss_kappa(tallies)
        beyond.append(_figure("Fleiss' kappa", kappa.value, kappa.interval, len(pairs)))
    elif not one_sided:
        value, doubt = cohens_kappa(table)
        beyond.append(_figure("Cohen's kappa", value, doubt, len(pairs)))
    return [f"{said}; beyond chance that is {wording.listing(beyond)}."]


def _figure(name: str, value: float, interval: Interval, items: int) -> str:
    few = f", rough for under {FEW} items" if items < FEW else ""
    bounds = f"{interval.low:.2f} to {interval.high:.2f}"
    return f"{name} {value:.2f} ({100 * interval.level:g}\u202f% interval {bounds}{few})"
