"""The case as Python values: what a notebook sees."""

from dataclasses import replace

import answerable
from answerable import Estimate, NotMeasurable, open_case
from answerable.auditing.opened import RESULTS
from answerable.auditing.stored import write_results
from answerable.estimate import Interval, Part


def test_the_table_holds_every_measure_and_every_part(audited):
    """One row for each measure, and one for each part of its breakdowns; what is not measurable has no number."""
    case = open_case(audited)
    rows = case.table().to_pylist()
    headlines = {row["measure"]: row for row in rows if row["breakdown"] == "all"}
    assert list(headlines) == list(case.measures)
    for name, result in case.measures.items():
        assert headlines[name]["value"] == (result.value if isinstance(result, Estimate) else None)
    parts = sum(
        len(parts)
        for one in case.measures.values()
        if isinstance(one, Estimate)
        for parts in one.breakdowns.values()
    )
    assert len(rows) == len(headlines) + parts
    assert [name for name, one in case.measures.items() if isinstance(one, NotMeasurable)]


def test_the_table_holds_intervals(a_case):
    """A sampled measure and a sampled part have their bounds and level; what was counted whole has none."""
    case = open_case(a_case)
    name, one = next((name, one) for name, one in case.measures.items() if isinstance(one, Estimate))
    whole, parted = Interval(0.1, 0.2, 0.95, "Wilson"), Interval(0.3, 0.4, 0.9, "Wilson")
    sampled = replace(
        one,
        interval=whole,
        breakdowns={"days": (Part("30", 0.35, 35, 100, parted), Part("60", 0.1, 10, 100))},
    )
    write_results(case.folder.current / RESULTS, {name: sampled}, ())
    rows = open_case(a_case).table().select(["label", "low", "high", "level"]).to_pylist()
    assert [tuple(row.values()) for row in rows] == [
        ("", 0.1, 0.2, 0.95), ("30", 0.3, 0.4, 0.9), ("60", None, None, None),
    ]  # fmt: skip  # a table: what stands in one line belongs together


def test_an_estimate_is_its_sentence(audited):
    """Printed, an estimate is its sentence; in a notebook the same with its doubt, as text that is harmless."""
    estimate = open_case(audited).measures["searches.no_reason"]
    assert str(estimate) == estimate.sentence
    assert estimate.sentence in estimate._repr_html_()
    assert "complete count: no sampling interval" in estimate._repr_html_()


def test_a_case_shows_its_findings(audited):
    """In a notebook a case lists its findings with their status."""
    case = open_case(audited)
    assert case._repr_html_().count("<li>") == len(case.findings)
    assert "records from 2 sources" in repr(case)


def test_the_public_face_is_what_it_lists():
    """Every public name is there, documented, and nothing else is found by accident."""
    assert set(answerable.__all__) <= set(dir(answerable))
    for name in answerable.__all__:
        assert getattr(answerable, name).__doc__
    assert not hasattr(answerable, "find")
