"""The report's questions: every measure has its place, and chart titles state what the charts show."""

import re
from collections import Counter
from pathlib import Path

import pytest

from answerable.estimate import Estimate, Interval, Part
from answerable.programmes.plates import PROGRAMME
from answerable.programmes.plates.section import SECTIONS
from answerable.programmes.plates.titles import cost_of_retention

CHARTS = [(section.id, chart) for section in SECTIONS for chart in section.charts]
WORDING = Path(__file__).resolve().parents[2] / "docs" / "wording.md"


def _estimate(name, breakdown="", parts=(), *, kind="share", value=0.25, numerator=1, denominator=4):
    measure = next(measure for measure in PROGRAMME.measures if measure.name == name)
    return Estimate(
        measure=name,
        title=measure.title,
        kind=kind,
        value=value,
        numerator=numerator,
        denominator=denominator,
        unit=measure.unit,
        rule="",
        sql="",
        sentence="1 of 4 (25 %) searches did this.",
        breakdowns={breakdown: tuple(parts)} if breakdown else {},
    )


def _chart(section, measure):
    return next(
        chart
        for at, chart in CHARTS
        if at == section and measure in chart.measures and chart.form != "measures"
    )


def test_every_measure_belongs_to_exactly_one_section():
    """No measure is left out of the report, and none is shown twice."""
    placed = Counter(name for section in SECTIONS for name in section.measures)
    assert set(placed) == {measure.name for measure in PROGRAMME.measures}
    assert set(placed.values()) == {1}


def test_measures_come_in_the_order_of_the_report():
    """The programme lists its measures as its sections do."""
    assert [measure.name for measure in PROGRAMME.measures] == [
        name for section in SECTIONS for name in section.measures
    ]


def test_sections_are_questions():
    """Each section asks something, under a name of its own."""
    assert all(section.question.endswith("?") for section in SECTIONS)
    assert len({section.id for section in SECTIONS}) == len(SECTIONS)
    assert all(len(section.charts) <= 2 for section in SECTIONS)


@pytest.mark.parametrize(("section", "chart"), CHARTS, ids=lambda part: part if isinstance(part, str) else "")
def test_charts_draw_measures_of_their_own_section(section, chart):
    """A chart stands beside the measures that it draws."""
    (own,) = (other for other in SECTIONS if other.id == section)
    assert set(chart.measures) <= set(own.measures)
    assert chart.form == "measures" or chart.breakdown
    assert chart.form in ("measures", "curve") or len(chart.measures) == 1


@pytest.mark.parametrize(("section", "chart"), CHARTS, ids=lambda part: part if isinstance(part, str) else "")
def test_titles_are_whole_with_and_without_a_breakdown(section, chart):
    """A title never fails, never holds a blank, and never ends in a full stop, whatever was measured."""
    for parts in (
        (),
        (Part("2025-07", 0.5, 1, 2),),
        (Part("2025-07", 0.5, 1, 2), Part("2025-08", 0.0, 0, 2)),
    ):
        title = chart.title(tuple(_estimate(name, chart.breakdown, parts) for name in chart.measures))
        assert title.strip(), section
        assert not title.endswith(".")
        assert "None" not in title


def test_a_title_names_the_month_with_the_highest_share():
    """The title gives the number, its denominator and the month."""
    parts = (Part("2025-06", 0.001, 1, 1000), Part("2025-07", 0.004, 4, 1000), Part("2025-08", 0.0, 0, 2294))
    estimate = _estimate("searches.no_reason", "month", parts, value=5 / 4294, numerator=5, denominator=4294)
    title = _chart("purpose", "searches.no_reason").title((estimate,))
    assert title.startswith("5 of 4,294 searches (0.1\u202f%) state no reason")
    assert "July 2025, 4 of 1,000 searches (0.4\u202f%)" in title


def test_a_title_claims_no_highest_month_where_all_are_alike():
    """Months with the same share have no highest."""
    parts = (Part("2025-06", 0.0, 0, 10), Part("2025-07", 0.0, 0, 10))
    estimate = _estimate("searches.no_reason", "month", parts, value=0.0, numerator=0, denominator=20)
    assert "highest" not in _chart("purpose", "searches.no_reason").title((estimate,))


def test_the_look_back_title_shows_what_other_rules_would_give():
    """The range over the ways of counting days stands in the title."""
    parts = [Part(label, None, count, 10) for label, count in (("a", 4), ("b", 3), ("c", 2), ("d", 3))]
    estimate = _estimate("searches.lookback_beyond", "rule", parts)
    assert _chart("lookback", "searches.lookback_beyond").title((estimate,)).endswith("give 2 to 4")


def _curve(name, noun, *parts):
    """A measure with parts by days of retention."""
    return Estimate(
        measure=name,
        title=name,
        kind="share",
        value=0.5,
        numerator=1,
        denominator=2,
        unit=f"share of {noun}",
        rule="",
        sql="",
        sentence=f"{name} was measured.",
        breakdowns={"days": tuple(Part(str(day), n / d, n, d, doubt) for day, n, d, doubt in parts)},
    )


HITS = _curve("hits.cost_of_retention", "confirmed hits", (30, 3, 41, None), (365, 0, 41, None))
LOOKS = _curve("searches.cost_of_retention", "searches", (30, 120, 900, None), (365, 0, 900, None))
TRACKED = _curve(
    "reads.tracking_by_retention", "vehicles", (30, 812, 900, Interval(0.88, 0.92, 0.95, "Wilson"))
)


def test_the_title_of_a_retention_states_what_it_would_have_cost_and_how_far_it_tracks():
    """What was lost stands with its denominator, beside the vehicles that the same reads single out, with their interval."""
    assert cost_of_retention()((HITS, LOOKS, TRACKED)) == (
        "Keeping reads 30 days instead of 365 would have cost 3 of 41 confirmed hits (7\u202f%) and 120 of 900 searches "
        "(13.3\u202f%); 30 days of reads single out 812 of 900 vehicles (90.2\u202f%, 95\u202f% interval 88.0 to 92.0\u202f%)"
    )


def test_the_title_of_a_retention_says_what_was_measured_of_it():
    """A measure that could not be taken is left out; without any, the first measure's sentence stands."""
    title = cost_of_retention()
    assert (
        title((HITS,))
        == "Keeping reads 30 days instead of 365 would have cost 3 of 41 confirmed hits (7\u202f%)"
    )
    assert title((TRACKED,)).startswith("30 days of reads single out 812 of 900 vehicles (90.2\u202f%, ")
    assert cost_of_retention(60)((HITS, TRACKED)) == "hits.cost_of_retention was measured"


def test_no_retention_is_said_to_cost_nothing_where_older_reads_were_used():
    """Where the curve does not come down to zero, it is not compared with the longest retention drawn."""
    older = _curve("hits.cost_of_retention", "confirmed hits", (30, 3, 41, None), (365, 1, 41, None))
    assert (
        cost_of_retention()((older,))
        == "Keeping reads 30 days would have cost 3 of 41 confirmed hits (7\u202f%)"
    )


def test_sections_keep_to_the_wording_rules():
    """No question, note, axis or title holds a word that is not used."""
    forbidden = re.findall(r"\*([a-z ]+)\*", WORDING.read_text(encoding="utf-8").split("6. **")[0])
    texts = [text for section in SECTIONS for text in (section.title, section.question, *section.notes)]
    texts += [chart.axis for _, chart in CHARTS]
    assert "illegal" in forbidden
    for text in texts:
        for word in forbidden:
            assert not re.search(rf"\b{word}\b", text, re.IGNORECASE), text
