"""Judging: each sees their own, two that differ are settled by somebody else."""

import pytest

from answerable.errors import ReviewError, UsageError
from review.conftest import answers, judge_all


def test_items_are_shared_out_and_some_judged_twice(desk):
    """Forty items of two reviewers, ten of them both: each has 25, and no one judges what is not theirs."""
    standing = desk.judgements()
    assert [len(standing.of_reviewer(who)) for who in ("ann", "ben")] == [25, 25]
    not_anns = next(item.number for item in desk.sample.items if "ann" not in item.reviewers)
    with pytest.raises(UsageError, match=f"item {not_anns} is not ann's to judge"):
        desk.judge("ann", not_anns, answers(not_anns))
    with pytest.raises(UsageError, match="no reviewer of first"):
        desk.judge("eve", 1, answers(1))
    with pytest.raises(UsageError, match="there is no item 41"):
        desk.judge("ann", 41, answers(1))
    assert desk.journal.entries() == []


def test_a_wrong_answer_is_kept_nowhere(desk):
    """One answer that is none of its choices, and none of the batch counts."""
    with pytest.raises(ReviewError, match="purpose is 'fitz'"):
        desk.judge_all("ann", {1: (answers(1), ""), 3: ({"purpose": "fitz"}, "")})
    assert desk.journal.entries() == []


def test_where_two_differ_it_is_in_dispute_until_settled(desk):
    """An item of two unlike answers is listed, is open, and is closed by a third with a reason."""
    judge_all(desk, differ=range(1, 11))
    standing = desk.judgements()
    conflicts = standing.conflicts()
    assert conflicts
    first, purpose = conflicts[0], desk.sample.form.questions[0]
    settled = {"purpose": "none-stated", "support": "not-supported"}
    with pytest.raises(UsageError, match="one of the two who differ"):
        desk.adjudicate("ann", first.number, settled, note="I say so")
    with pytest.raises(ReviewError, match="no reason is given"):
        desk.adjudicate("ann and ben", first.number, settled, note=" ")
    desk.adjudicate("ann and ben", first.number, settled, note="read together")
    after = desk.judgements()
    assert after.answer(first, purpose) == "none-stated"
    assert [item.number for item in after.conflicts()] == [item.number for item in conflicts[1:]]


def test_what_is_not_in_dispute_is_not_settled(desk):
    """An item of one reviewer, or of two who agree, cannot be adjudicated."""
    judge_all(desk)
    for number in (1, 40):
        with pytest.raises(UsageError, match="is not in dispute"):
            desk.adjudicate("eve", number, answers(number), note="why")


def test_a_change_after_the_settlement_opens_it_again(desk):
    """Whoever changes an answer takes the settlement back with it, and the journal holds all of it."""
    judge_all(desk, differ=range(1, 11))
    (first, *_) = desk.judgements().conflicts()
    desk.adjudicate("eve", first.number, {"purpose": "cannot-tell", "support": "cannot-tell"}, note="open")
    desk.judge(first.reviewers[0], first.number, {"purpose": "none-stated", "support": "cannot-tell"})
    assert first.number not in desk.judgements().settled


def test_a_judgement_can_be_taken_back(desk):
    """What is withdrawn is to do again; the line that said it stays."""
    desk.judge("ann", 1, answers(1))
    desk.withdraw("ann", 1)
    assert not desk.judgements().of(1, "ann")
    assert len(desk.journal.entries()) == 2
    with pytest.raises(UsageError, match="has not judged item 1"):
        desk.withdraw("ann", 1)
