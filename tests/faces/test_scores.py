"""Error rates through the whole of an audit: published values on real scores, and what cannot be measured."""

import csv
import random

import pytest

from answerable import audit
from answerable.estimate import Estimate, NotMeasurable


@pytest.fixture(scope="module")
def real(shared_data, tmp_path_factory):
    """Give a function that audits one of the real files of scores."""
    made = {}

    def measures(name):
        if name not in made:
            folder = tmp_path_factory.mktemp(name)
            made[name] = audit([shared_data / "faces" / f"scores-{name}.csv"], folder / "case").measures
        return made[name]

    return measures


def measured(folder, rows, head=("mated", "score")):
    """Audit scores that a test wrote down."""
    path = folder / "scores.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return audit([path], folder / "case").measures


def parts(estimate, breakdown):
    """Give the values of a breakdown by label."""
    return {part.label: part.value for part in estimate.breakdowns[breakdown]}


def test_all_rows_are_comparisons(real):
    """Two comparisons with equal scores are two: nothing tells them to be one."""
    for name, rows in (("linsep", 100), ("nonsep", 100), ("with-failures", 1_000)):
        assert real(name)["comparisons.records"].value == rows
        assert real(name)["comparisons.duplicates"].numerator == 0


def test_scores_that_do_not_overlap(real):
    """Where every mated score is higher than every other, the equal error rate is 0."""
    assert real("linsep")["comparisons.equal_error_rate"].value == 0
    assert real("linsep")["comparisons.auc"].value == 1


def test_scores_that_overlap(real):
    """The published values: AUC 0.9326, Cllr 3.61833, minCllr 0.40306, ROCCH-EER 0.116364."""
    found = real("nonsep")
    assert found["comparisons.auc"].value == pytest.approx(0.9326)
    assert found["comparisons.cllr"].value == pytest.approx(3.61833, abs=1e-5)
    least = parts(found["comparisons.cllr"], "calibration")["after the best calibration"]
    assert least == pytest.approx(0.40306, abs=1e-5)
    rules = parts(found["comparisons.equal_error_rate"], "rule")
    assert rules["convex hull of the curve (ROCCH)"] == pytest.approx(0.116364, abs=1e-6)


@pytest.mark.parametrize(("target", "missed"), [("0.1", 6)])
def test_the_threshold_keeps_its_target(real, target, missed):
    """The published false non-match rates at targets: 0.12 at 0.1."""
    found = real("nonsep")["comparisons.fnmr_at_fmr"].breakdowns["target false match rate"]
    (part,) = [part for part in found if part.label == target]
    assert (part.numerator, part.denominator) == (missed, 50)


def test_failures_are_set_aside_and_counted(real):
    """54 of 1,000 comparisons have no score; the equal error rate of the others is 0.062355 by the least difference."""
    found = real("with-failures")
    failed = found["comparisons.failures_to_acquire"]
    assert (failed.numerator, failed.denominator) == (54, 1_000)
    rules = parts(found["comparisons.equal_error_rate"], "rule")
    assert rules["least |FMR - FNMR|"] == pytest.approx(0.062355, abs=1e-6)
    rates = {
        part.label: part for part in found["comparisons.fnmr_at_fmr"].breakdowns["rates at the threshold"]
    }
    assert rates["FRR"].denominator > rates["FNMR"].denominator


def test_distances_are_refused_with_advice(tmp_path):
    """Mated scores that are lower than others are not turned round in silence."""
    found = measured(tmp_path, [(number < 20, 1 + number) for number in range(60)])
    refused = found["comparisons.equal_error_rate"]
    assert isinstance(refused, NotMeasurable)
    assert "area under the ROC" in refused.reason
    assert "negated" in refused.ask_for


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("1", 2.0)] * 3, "no score of a non-mated comparison"),
        ([("0", 2.0)] * 3, "no score of a mated comparison"),
        ([("1", ""), ("1", "nan"), ("0", 2.0)], "2 failures to acquire aside"),
        ([("1", 2.0), ("0", 2.0), ("0", 2.0)], "All scores are the same"),
    ],
)
def test_what_gives_no_rate_says_why(tmp_path, rows, said):
    """One kind alone, failures alone and constant scores each have a sentence."""
    refused = measured(tmp_path, rows)["comparisons.auc"]
    assert isinstance(refused, NotMeasurable)
    assert said in refused.reason


@pytest.mark.parametrize(
    "words",
    [("genuine", "impostor"), ("TRUE", "FALSE"), ("Mated", "Non-mated"), ("1", "-1"), ("same", "different")],
)
def test_marks_may_be_words(tmp_path, words):
    """Labels as strings say what 1 and 0 say."""
    rows = [(words[number % 2], 5 - number % 2 + number / 100) for number in range(20)]
    assert measured(tmp_path, rows)["comparisons.auc"].value == 1


def test_an_infinite_score_is_in_no_rate(tmp_path):
    """It is listed with its line, and counted as a cell without a value; neither FMR nor a failure holds it."""
    rows = [("1", 5.0), ("1", "inf"), ("0", "-inf"), ("0", 1.0), ("0", "nan")]
    found = measured(tmp_path, rows)
    assert found["comparisons.bad_cells"].numerator == 2
    failed = found["comparisons.failures_to_acquire"]
    assert (failed.numerator, failed.denominator) == (1, 3)
    cells = (tmp_path / "case" / "current" / "quarantine" / "0001-cells.csv").read_text()
    assert "inf" in cells


SUBJECTS = ("subject_1", "subject_2", "sample_1", "sample_2", "mated", "score")


def test_comparisons_that_contradict_themselves_are_in_no_rate(tmp_path):
    """A mated pair of two people, a non-mated pair of one, and a sample with itself are counted and left out."""
    rows = [(f"P{n}", f"P{n}", f"P{n}-1", f"P{n}-2", 1, 5 + n / 10) for n in range(6)]
    rows += [(f"P{n}", f"P{n + 1}", f"P{n}-1", f"P{n + 1}-1", 0, n / 10) for n in range(6)]
    rows += [
        ("P1", "P2", "P1-3", "P2-3", 1, 0.1),
        ("P3", "P3", "P3-3", "P3-4", 0, 9.0),
        ("P4", "P4", "P4-1", "P4-1", 1, 9.9),
    ]
    found = measured(tmp_path, rows, SUBJECTS)
    faults = found["comparisons.at_fault"]
    assert (faults.numerator, faults.denominator) == (3, 15)
    assert found["comparisons.auc"].value == 1


def test_whether_a_comparison_is_mated_follows_from_the_people(tmp_path):
    """Without a mark, two samples of one subject are mated."""
    rows = [(f"P{n}", f"P{n}", 5 + n) for n in range(5)] + [(f"P{n}", f"P{n + 1}", n / 10) for n in range(5)]
    found = measured(tmp_path, rows, ("subject_1", "subject_2", "score"))
    assert found["comparisons.auc"].value == 1


def test_a_histogram_gives_bounds(tmp_path):
    """Bars give every number between two bounds, which hold what the scores themselves give."""
    chance = random.Random(3)  # noqa: S311 - a draw for a test, not for a secret
    scores = [(kind, chance.gauss(1.5 * kind, 1)) for kind in (0, 1) for _ in range(400)]
    exact = measured(tmp_path, scores)["comparisons.equal_error_rate"].value
    bars = {}
    for kind, score in scores:
        low = score // 0.5 * 0.5
        bars[low, kind] = bars.get((low, kind), 0) + 1
    (tmp_path / "bars").mkdir()
    rows = [(low, low + 0.5, number, kind) for (low, kind), number in bars.items()]
    found = measured(tmp_path / "bars", rows, ("low", "high", "count", "mated"))[
        "score_counts.equal_error_rate"
    ]
    assert isinstance(found, Estimate)
    rule = parts(found, "rule")
    assert rule["lower end of the interval"] <= exact <= rule["upper end of the interval"]


def test_bars_that_overlap_are_refused(tmp_path):
    """Bars of other ends for mated than for non-mated comparisons say nothing between them."""
    rows = [(0, 1, 5, 0), (1, 2, 5, 0), (0, 2, 5, 1), (2, 3, 5, 1)]
    found = measured(tmp_path, rows, ("low", "high", "count", "mated"))["score_counts.auc"]
    assert isinstance(found, NotMeasurable)
    assert "overlap" in found.reason


def test_scores_of_two_systems_are_not_pooled(tmp_path):
    """A threshold on the scores of two systems says nothing of either; a case of one system is measured."""
    rows = [(number % 2, number % 2 + number / 100, "A") for number in range(20)]
    rows += [(number % 2, 50 * (number % 2) + number, "B") for number in range(20)]
    pooled = measured(tmp_path, rows, ("mated", "score", "system"))["comparisons.auc"]
    assert isinstance(pooled, NotMeasurable)
    assert "2 systems" in pooled.reason
    (tmp_path / "one").mkdir()
    alone = measured(tmp_path / "one", rows[:20], ("mated", "score", "system"))["comparisons.auc"]
    assert isinstance(alone, Estimate)
