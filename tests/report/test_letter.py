"""The first screen's sentences agree with what they count."""

import pytest

from answerable.report.letter import answer, gaps


def test_one_clause_is_said_in_the_singular(contents, contents_with):
    """Grammar follows number."""
    one = contents_with(findings=contents.findings[:1])
    assert answer(one).headline == "Of 1 clause, 1 is breached."


def test_the_tally_has_every_status_even_at_zero(contents, contents_with):
    """Four statuses are always counted, in one order."""
    tally = answer(contents_with(findings=contents.findings[3:4])).tally
    assert [(status.value, number) for status, number in tally] == [
        ("breached", 0), ("not shown", 0), ("met", 1), ("not applicable", 0),
    ]  # fmt: skip  # a table: what stands in one line belongs together


@pytest.mark.parametrize(("kept", "said"), [(1, "1 search from 1 source"), (2, "2 searches from 1 source")])
def test_records_are_named_by_their_kind(contents, contents_with, kept, said):
    """One search, two searches."""
    first = contents.sources[0]
    source = type(first)(**{name: getattr(first, name) for name in first.__slots__} | {"kept": kept})
    assert said in answer(contents_with(sources=(source,))).basis


def test_records_of_no_known_kind_are_records(contents_with):
    """Without a programme that knows the kind, they are records."""
    assert "18,490 records from 8 sources" in answer(contents_with(programmes=())).basis


def test_an_unknown_clock_is_stated(contents, contents_with):
    """Times without a zone are said to have none."""
    assert (
        "times as written: no source states their zone"
        in answer(contents_with(sources=contents.sources[6:7])).basis
    )


def test_clauses_come_before_measures_that_nobody_waits_for(contents):
    """What a clause needs is asked for first."""
    found = gaps(contents)
    assert [gap.finding is not None for gap in found] == [True] * 2 + [False] * 6
    assert found[-1].title == "Records that are not in this case"
    assert all(gap.ask_for for gap in found)


def test_a_number_that_a_clause_waits_for_is_not_asked_for_again(contents):
    """What one of a clause's other measures lacks is asked for with the clause, and not a second time."""
    (finding,) = [each for each in contents.findings if each.also]
    waited_for = {finding.measure, *(one.measure for one in finding.also)}
    titles = {contents.estimates[name].title for name in waited_for}
    assert titles.isdisjoint(gap.title for gap in gaps(contents) if gap.finding is None)
