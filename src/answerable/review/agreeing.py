"""How far reviewers agree on the items that two of them judged, before anything was settled."""

from __future__ import annotations

import numpy as np

from answerable import wording
from answerable.agreement import FEW, cohens_kappa
from answerable.intervals import wilson
from answerable.review.forms import Question
from answerable.review.judgements import Judgements, tables

__all__ = ["agreement_sentences"]


def agreement_sentences(question: Question, standing: Judgements) -> list[str]:
    """Say how far reviewers agree on a question; nothing where no item was judged twice."""
    pairs = standing.pairs(question)
    if not pairs:
        return []
    table = np.array(tables(pairs, [choice.id for choice in question.choices]))
    same, total = int(np.trace(table)), int(table.sum())
    found = wilson(same, total)
    said = f"Two reviewers gave the same answer to {wording.share(same, total, 'items')[:-1]}, {wording.interval(found.low, found.high, found.level, 'share')})"
    if (table.sum(axis=0) > 0).sum() == 1 or (table.sum(axis=1) > 0).sum() == 1:
        return [f"{said}; beyond chance nothing can be said, for one of them gave one answer throughout."]
    kappa, doubt = cohens_kappa(table)
    few = f", too narrow for so few items (under {FEW})" if total < FEW else ""
    return [
        f"{said}; beyond chance that is a kappa of {kappa:.2f} ({wording.interval(doubt.low, doubt.high, doubt.level, 'quantity')}{few})."
    ]
