"""A server that is killed in the middle of a judgement loses nothing that it acknowledged."""

from answerable.case import CaseFolder
from answerable.review import check_reviews
from review.conftest import drawn
from web_kills import kill_often


def test_nothing_acknowledged_is_lost(a_case):
    """Ten times kill -9 while judgements are saved: each that was acknowledged is in the journal, once, and the chain holds."""
    drawn(a_case, size=20, reviewers=("ann",))
    found = kill_often(a_case, "first", 10)
    assert found.kills == 10
    assert found.acknowledged > 10
    assert found.lost == []
    assert found.unknown == 0
    assert check_reviews(CaseFolder(a_case)) == []
