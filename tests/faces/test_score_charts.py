"""The charts of scores say what they show, and their curve agrees with the rates at the targets."""

import numpy as np
import pytest

from answerable import audit
from answerable.biometrics import Tally, counted, from_bins, threshold_for
from answerable.estimate import Estimate, Interval, Part
from answerable.intervals import clopper_pearson
from answerable.programmes.faces import verifying
from answerable.programmes.faces.measures import leads
from answerable.programmes.faces.section import SECTIONS, titles
from answerable.programmes.faces.simulate import Evaluation, Gallery, write_evaluation, write_searches

WHOLE_OUTPUTS = True  # charts are looked at
CHARTS = [(section, chart) for section in SECTIONS for chart in section.charts]


def an_estimate(measure, **more):
    """One estimate of a measure."""
    fields = {
        "measure": measure, "title": "", "kind": "share", "value": 0.5, "numerator": None, "denominator": None, "unit": "",
        "rule": "", "sql": "", "sentence": "The sentence.",
    }  # fmt: skip  # a table: what stands in one line belongs together
    return Estimate(**(fields | more))


def a_ratio(label, value, *bounds):
    """A group's ratio to the geometric mean."""
    return Part(label, value, None, None, Interval(*bounds, 0.95, "") if bounds else None)


def scores(mated=400, other=30_000, seed=5):
    """Normal scores of both kinds."""
    drawn = np.random.default_rng(seed)
    return drawn.normal(3.2, 1, mated), drawn.normal(0, 1, other)


def tally(mated, other):
    """Count scores exactly."""
    return Tally(*(counted(each, np.ones(len(each), dtype=np.int64)) for each in (mated, other)))


def test_each_point_of_the_curve_has_its_counts_and_its_exact_interval():
    """A point says how many of the mated comparisons do not match, with Clopper and Pearson's interval."""
    parts = verifying.trade_off(tally(*scores()))
    assert len(parts) <= 206
    for part in parts:
        assert part.denominator == 400
        assert part.value == part.numerator / 400
        assert part.interval == clopper_pearson(part.numerator, 400)
    rates = [float(part.label) for part in parts]
    assert rates == sorted(rates, reverse=True)


@pytest.mark.parametrize("target", [0.1, 0.01, 0.001, 0.0001])
def test_the_curve_holds_the_rates_at_the_targets(target):
    """However much the curve was thinned, at a target it gives the number that the table of targets gives."""
    found = tally(*scores(4000, 30_000))
    wanted = int(threshold_for(found, target).rates.fnmr.errors)
    parts = verifying.trade_off(found)
    reached = max(float(part.label) for part in parts if float(part.label) <= target)
    assert min(part.numerator for part in parts if float(part.label) == reached) == wanted


def test_a_curve_of_bins_has_its_points_at_edges():
    """Of a histogram the curve gives the rates at its edges, which are known."""
    edges = np.linspace(-5, 8, 53)
    binned = Tally(*(from_bins(edges, np.histogram(each, edges)[0]) for each in scores()))
    mated, other = scores()
    points = {(f"{(other >= edge).mean():.9g}", int((mated < edge).sum())) for edge in (*edges, np.inf)}
    assert {(part.label, part.numerator) for part in verifying.trade_off(binned)} <= points


def test_the_title_of_the_curve_gives_both_numbers():
    """The rate at the target with its counts, and where both rates are equal."""
    target = an_estimate("comparisons.fnmr_at_fmr", sentence="At a rate of 0.001, 51 of 590 do not match.")
    equal = an_estimate("comparisons.equal_error_rate", value=0.0119)
    assert (
        titles.trade_off((equal, target))
        == "At a rate of 0.001, 51 of 590 do not match; the equal error rate is 0.0119"
    )
    assert titles.trade_off((equal,)) == "The equal error rate is 0.0119"


def test_the_title_of_the_pairs_gives_the_span_in_counts():
    """Of several pairs without an error the largest is named; one pair has no span."""
    parts = (Part("F × F", 0.0, 0, 50), Part("F × M", 0.0, 0, 9000), Part("M × M", 0.002, 9, 4500))
    several = an_estimate("comparisons.fmr_by_sex", breakdowns={"pair of groups": parts})
    said = titles.groups_by_pair((several,)).replace("\u00a0", " ")
    assert said == "The sentence; by pair of groups from 0 of 9,000 (F × M) to 9 of 4,500 (M × M)"
    assert (
        titles.groups_by_pair((an_estimate("m", breakdowns={"pair of groups": parts[:1]}),)) == "The sentence"
    )


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ((a_ratio("F", 0.8, 0.5, 1.1), a_ratio("M", 1.3, 0.9, 1.8)), "is 1.30 times the geometric mean of all; no group's interval leaves out 1"),
        ((a_ratio("F", 0.8, 0.5, 0.9), a_ratio("M", 1.3, 0.9, 1.8)), "; the interval of F (false non-match rate) leaves out 1"),
        ((a_ratio("F", 0.8, 0.5, 0.9), a_ratio("M", 1.3, 1.1, 1.8)), "; the intervals of F (false non-match rate) and M (false non-match rate) leave out 1"),
        ((a_ratio("F", None), a_ratio("M", 1.3)), "is at least 1.30 times the geometric mean of all; no interval can be given"),
    ],
)  # fmt: skip  # a table: what stands in one line belongs together
def test_the_title_of_the_ratios_says_whose_interval_leaves_out_one(parts, said):
    """A largest ratio is over 1 by chance alone: the title says what the intervals show of it."""
    made = an_estimate(
        "comparisons.fnmr_apart_by_sex",
        kind="quantity",
        value=1.3,
        breakdowns={"ratio to the geometric mean": parts},
    )
    title = titles.apart((made,))
    assert title.startswith("By sex, the largest false non-match rate is ")
    assert title.endswith(said)


@pytest.mark.parametrize(
    ("few", "half", "said"),
    [(0.876, 0.0691, "88 of 100 leads are wrong; if 50 are, 6.9 of 100"), (0.0, 0.0, "0 of 100 leads are wrong; if 50 are, 0 of 100"),
     (1.0, 0.0001, "100 of 100 leads are wrong; if 50 are, fewer than 0.1 of 100")],
)  # fmt: skip  # a table: what stands in one line belongs together
def test_the_title_of_wrong_leads_counts_in_hundreds(few, half, said):
    """A judge reads how many of a hundred leads are wrong, and that a model says so."""
    parts = (Part("0.01", few, None, None), Part("0.5", half, None, None))
    made = an_estimate(
        "candidates.wrong_lead", breakdowns={"chance that a lead is wrong, by prevalence": parts}
    )
    title = titles.wrong_leads((made,))
    assert title.startswith("By a model: if 1 of 100 searches is of somebody in the gallery, ")
    assert title.endswith(said)
    assert titles.wrong_leads((an_estimate("candidates.wrong_lead"),)) == "The sentence"


@pytest.mark.parametrize(("section", "chart"), CHARTS, ids=lambda part: getattr(part, "id", ""))
def test_charts_draw_measures_of_their_own_section(section, chart):
    """A chart stands beside the measures that it draws."""
    assert set(chart.measures) <= set(section.measures)
    assert chart.form != "curve" or set(chart.marks) <= set(leads.PREVALENCES)


def test_an_audit_of_scores_draws_every_form(tmp_path):
    """From simulated scores and searches the report holds a curve of errors, matrices, dots and the chance of wrong leads."""
    write_evaluation(Evaluation(people=60, impostors=40, seed=3), tmp_path / "scores" / "comparisons.csv")
    write_searches(Gallery(searches=200, seed=3), tmp_path / "searches" / "candidates.csv")
    reports = [
        (tmp_path / f"case-{name}" / "current" / "report.html").read_text("utf-8")
        for name in ("scores", "searches")
        if audit([tmp_path / name], case=tmp_path / f"case-{name}")
    ]
    both = "".join(reports)
    for said in (
        ">equal rates</text>",
        "f-heat-",
        ">as the geometric mean of all</text>",
        "Chance that a lead is wrong, by a model</text>",
        "False match rate, at most</th>",
        "By false match rate",
    ):
        assert said in both, said
