"""Groups taken together, both error rates taken together, people who are alike, and samples that are poor."""

import csv
from collections import Counter

import numpy as np
import pytest

from answerable import audit
from answerable.estimate import NotMeasurable
from answerable.programmes.faces.measures import groups
from answerable.programmes.faces.pairing import MOST
from answerable.programmes.faces.simulate import Evaluation, write_evaluation


@pytest.fixture(scope="module")
def evaluated(tmp_path_factory):
    """Audit an evaluation, and give its rows with its measures."""
    folder = tmp_path_factory.mktemp("joined")
    write_evaluation(Evaluation(people=160, impostors=79, failures=0.0, seed=9), folder / "comparisons.csv")
    with (folder / "comparisons.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    return rows, audit([folder / "comparisons.csv"], folder / "case").measures


def _threshold(found):
    return found["comparisons.fnmr_at_fmr"].breakdowns["threshold"][0].value


def test_groups_are_taken_together(evaluated):
    """Sex and region make six joint groups, whose comparisons are those of the file."""
    rows, found = evaluated
    counted = Counter(f"{row['sex_1']}, {row['region_1']}" for row in rows if row["mated"] == "1")
    parts = found["comparisons.fnmr_by_joint_group"].breakdowns["group"]
    assert {part.label: part.denominator for part in parts} == dict(counted)
    within = Counter(
        f"{row['sex_1']}, {row['region_1']}"
        for row in rows
        if row["mated"] == "0" and (row["sex_1"], row["region_1"]) == (row["sex_2"], row["region_2"])
    )
    cells = found["comparisons.fmr_by_joint_group"].breakdowns["within one group"]
    assert {part.label.split(" × ")[0]: part.denominator for part in cells} == dict(within)


def test_people_alike_are_set_apart(evaluated):
    """Comparisons are told by what both people are alike in, and people alike in both match most often."""
    rows, found = evaluated
    estimate = found["comparisons.fmr_alike"]
    counted = Counter()
    for row in rows:
        if row["mated"] == "0":
            alike = [name for name in ("sex", "region") if row[f"{name}_1"] == row[f"{name}_2"]]
            counted[", ".join(alike) or "nothing that is recorded"] += 1
    parts = {part.label: part for part in estimate.breakdowns["what both are alike in"]}
    assert {label: part.denominator for label, part in parts.items()} == dict(counted)
    assert max(parts.values(), key=lambda part: part.value).label == "sex, region"


def test_both_rates_together_are_what_their_definitions_give(evaluated):
    """GARBE, FDR and IR from the counts of the two tables, by their formulas."""
    found = evaluated[1]
    missed = {part.label: part.value for part in found["comparisons.fnmr_by_region"].breakdowns["group"]}
    wrong = {
        part.label.split(" × ")[0]: part.value
        for part in found["comparisons.fmr_by_region"].breakdowns["within one group"]
    }
    estimate = found["comparisons.errors_joined_by_region"]
    shown = {part.label: part.value for part in estimate.breakdowns["measure of difference"]}
    fnmr, fmr = (np.array([each[name] for name in sorted(missed)]) for each in (missed, wrong))

    def g(rates):
        n = len(rates)
        return n / (n - 1) * np.abs(rates[:, None] - rates[None]).sum() / (2 * n**2 * rates.mean())

    assert estimate.value == pytest.approx((g(fmr) + g(fnmr)) / 2)
    assert shown["FDR, α = 0.5"] == pytest.approx(1 - (np.ptp(fmr) + np.ptp(fnmr)) / 2)
    assert shown["IR, α = 0.5"] == pytest.approx(np.sqrt(fmr.max() / fmr.min() * fnmr.max() / fnmr.min()))


def test_one_attribute_is_no_joint_group(tmp_path):
    """Where only the sex is recorded, nothing is taken together."""
    rows = [("P1", "P2", "F", "M", 0.1), ("P1", "P1", "F", "F", 0.9), ("P2", "P2", "M", "M", 0.8)]
    with (tmp_path / "comparisons.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("subject_1", "subject_2", "sex_1", "sex_2", "score"))
        writer.writerows(rows)
    found = audit([tmp_path / "comparisons.csv"], tmp_path / "case").measures
    assert isinstance(found["comparisons.fnmr_by_joint_group"], NotMeasurable)
    assert "two or more of sex" in found["comparisons.fnmr_by_joint_group"].reason


def test_poor_samples_are_missed_more_often(tmp_path):
    """Quarters by the lesser quality hold as many comparisons each, and the planted errors of the lowest."""
    rows = [(f"P{n}", f"P{n}", 1, 0.2 if n < 10 else 0.9, n % 40, 99) for n in range(40)] + [
        (f"P{n}", f"P{n + 1}", 0, 0.3, 50, 50) for n in range(40)
    ]
    with (tmp_path / "comparisons.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("subject_1", "subject_2", "mated", "score", "quality_1", "quality_2"))
        writer.writerows(rows)
    found = audit([tmp_path / "comparisons.csv"], tmp_path / "case").measures
    parts = found["comparisons.fnmr_by_quality"].breakdowns["quality"]
    assert [(part.numerator, part.denominator) for part in parts] == [(10, 10), (0, 10), (0, 10), (0, 10)]
    assert parts[0].label == "1: lowest quarter"


def test_histograms_by_group_give_the_rates_of_their_scores(evaluated, tmp_path):
    """Bars of 0.01 with both people's groups give the counts that the scores give at the same threshold."""
    rows, _ = evaluated
    bars = Counter()
    for row in rows:
        place = int(np.floor(float(row["score"]) * 100))
        bars[place, row["mated"], row["region_1"], row["region_2"]] += 1
    with (tmp_path / "histogram.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("low", "high", "count", "mated", "region_1", "region_2"))
        writer.writerows(
            (place / 100, (place + 1) / 100, number, mated, one, other)
            for (place, mated, one, other), number in sorted(bars.items())
        )
    found = audit([tmp_path / "histogram.csv"], tmp_path / "case").measures
    at = found["score_counts.fnmr_at_fmr"].breakdowns["threshold"][0].value
    within = found["score_counts.fmr_by_region"].breakdowns["within one group"]
    for part in within:
        region = part.label.split(" × ")[0]
        scores = [
            float(row["score"])
            for row in rows
            if row["mated"] == "0" and row["region_1"] == row["region_2"] == region
        ]
        assert (part.numerator, part.denominator) == (sum(score >= at for score in scores), len(scores))
    for part in found["score_counts.fnmr_by_region"].breakdowns["group"]:
        scores = [
            float(row["score"]) for row in rows if row["mated"] == "1" and row["region_1"] == part.label
        ]
        assert (part.numerator, part.denominator) == (sum(score < at for score in scores), len(scores))
    assert any("too narrow" in caveat for caveat in found["score_counts.fmr_by_region"].caveats)


def test_beyond_so_many_comparisons_people_are_not_told_apart(monkeypatch, tmp_path):
    """The counts stay, the intervals are those of independent comparisons, and say why."""
    write_evaluation(Evaluation(people=60, impostors=20, seed=1), tmp_path / "comparisons.csv")
    few = audit([tmp_path / "comparisons.csv"], tmp_path / "few").measures["comparisons.fmr_by_region"]
    measure = next(one for one in groups.MEASURES if one.name == "comparisons.fmr_by_region")
    monkeypatch.setitem(measure.__dict__, "sql", measure.sql.replace(f"> {MOST}", "> 100"))
    many = audit([tmp_path / "comparisons.csv"], tmp_path / "many").measures["comparisons.fmr_by_region"]
    assert (many.numerator, many.denominator) == (few.numerator, few.denominator)
    assert any("so many comparisons" in caveat for caveat in many.caveats)
    assert not any("so many comparisons" in caveat for caveat in few.caveats)


def test_a_group_with_one_kind_of_comparison_is_named(tmp_path):
    """Groups that lack mated or non-mated comparisons are in no joined measure, and both are said to be left out."""
    chance = np.random.default_rng(2)
    rows = []
    for group, mated, others in (("East", 6, 6), ("North", 6, 6), ("South", 6, 0), ("West", 0, 6)):
        rows += [(f"{group}{n}", f"{group}{n}", group, group, 1, 4 + chance.normal()) for n in range(mated)]
        rows += [
            (f"{group}{n}", f"{group}{(n + 1) % 6}", group, group, 0, chance.normal()) for n in range(others)
        ]
    with (tmp_path / "comparisons.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("subject_1", "subject_2", "region_1", "region_2", "mated", "score"))
        writer.writerows(rows)
    found = audit([tmp_path / "comparisons.csv"], tmp_path / "case").measures
    caveats = found["comparisons.errors_joined_by_region"].caveats
    assert any("South and West" in caveat for caveat in caveats)


def test_both_directions_are_counted(tmp_path):
    """Comparisons that stand both ways are counted among those that name both samples; without samples it is not measurable."""
    rows = [
        ("a", "b", 0, 0.1),
        ("b", "a", 0, 0.1),
        ("a", "c", 0, 0.2),
        ("d", "d2", 1, 0.9),
        ("d2", "d", 1, 0.9),
    ]
    with (tmp_path / "comparisons.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("subject_1", "subject_2", "sample_1", "sample_2", "mated", "score"))
        writer.writerows((one[0], two[0], one, two, mated, score) for one, two, mated, score in rows)
    found = audit([tmp_path / "comparisons.csv"], tmp_path / "case").measures["comparisons.both_ways"]
    assert (found.numerator, found.denominator) == (4, 5)
