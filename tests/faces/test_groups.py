"""Error rates by group: the planted ones lie in their intervals, and what cannot be told is not told."""

import csv

import numpy as np
import pytest

from answerable import audit
from answerable.estimate import Estimate, NotMeasurable
from answerable.programmes.faces.simulate import Evaluation, write_evaluation


@pytest.fixture(scope="module")
def evaluated(tmp_path_factory):
    """Audit an evaluation of 300 people with strong effects, and give it with its measures."""
    folder = tmp_path_factory.mktemp("laboratory")
    evaluation = Evaluation(
        people=300, impostors=200, spread=0.5, alike={"North": 0.3, "South": 0.6, "East": 1.6}, seed=11
    )
    write_evaluation(evaluation, folder / "comparisons.csv")
    return evaluation, audit([folder / "comparisons.csv"], folder / "case").measures


def threshold(measures):
    """Give the threshold that the audit chose."""
    return measures["comparisons.fnmr_at_fmr"].breakdowns["threshold"][0].value


def test_planted_rates_lie_in_their_intervals(evaluated):
    """The false match rate within each region, both sexes taken together, and the false non-match rate of each group."""
    evaluation, found = evaluated
    at = threshold(found)
    for part in found["comparisons.fnmr_by_region"].breakdowns["group"]:
        assert part.interval.low <= evaluation.fnmr(at) <= part.interval.high
    for part in found["comparisons.fmr_by_region"].breakdowns["within one group"]:
        region = part.label.split(" × ")[0]
        # Half of the pairs within a region are of one sex, and alike; the other half are not.
        planted = (evaluation.fmr(region, at) + evaluation.fmr(region, at, alike=False)) / 2
        assert part.interval.low <= planted <= part.interval.high


def test_every_pair_of_groups_has_a_cell(evaluated):
    """Three regions make six cells, and their comparisons add up."""
    rates = evaluated[1]["comparisons.fmr_by_region"]
    cells = rates.breakdowns["pair of groups"]
    assert [part.label for part in cells] == [
        "East × East", "East × North", "East × South", "North × North", "North × South", "South × South",
    ]  # fmt: skip  # a list of words
    assert sum(part.denominator for part in cells) == rates.denominator
    assert sum(part.numerator for part in cells) == rates.numerator


def test_a_planted_difference_survives(evaluated):
    """People from the East are told apart less well, and the simultaneous test says so; the sexes do not differ."""
    found = evaluated[1]
    region, sex = (found[f"comparisons.fmr_apart_by_{name}"] for name in ("region", "sex"))
    ratios = {part.label: part for part in region.breakdowns["ratio to the geometric mean"]}
    assert ratios["East"].interval.low > 1
    assert any("East" in caveat and "differ" in caveat for caveat in region.caveats)
    assert any("No group's rate differs" in caveat for caveat in sex.caveats)


def test_every_measure_of_difference_is_named(evaluated):
    """Six conventions stand beside each other, the two Gini coefficients under names of their own."""
    listed = evaluated[1]["comparisons.fmr_apart_by_region"].breakdowns["measure of difference"]
    values = {part.label: part.value for part in listed}
    assert values["relative mean absolute difference"] == pytest.approx(2 * values["Gini coefficient"])
    assert values["max/min"] >= values["max/geometric mean"] >= 1


def test_intervals_are_wider_where_people_are_known(evaluated, tmp_path):
    """Without the subjects the interval is the one for independent comparisons, and says that it is too narrow."""
    evaluation, found = evaluated
    write_evaluation(evaluation, tmp_path / "with.csv")
    with (tmp_path / "with.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    (tmp_path / "without").mkdir()
    with (tmp_path / "without" / "scores.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["mated", "score"])
        writer.writerows([row["mated"], row["score"]] for row in rows)
    alone = audit([tmp_path / "without"], tmp_path / "case").measures
    rate = alone["comparisons.fnmr_at_fmr"]
    known = found["comparisons.fnmr_by_sex"]
    assert (rate.numerator, rate.denominator) == (known.numerator, known.denominator)
    assert known.interval.high - known.interval.low > rate.interval.high - rate.interval.low
    assert any("too narrow" in caveat for caveat in rate.caveats)
    assert isinstance(alone["comparisons.fnmr_by_sex"], NotMeasurable)


def test_a_small_group_is_said_to_be_small(tmp_path):
    """A group of one person has a rate and a sentence that it is too few to say much."""
    chance = np.random.default_rng(4)
    people = [("A", "F")] + [(f"P{n}", "M") for n in range(39)]
    rows = [(a, a, sex, sex, 1, 5 + chance.normal()) for a, sex in people for _ in range(10)]
    rows += [(a, b, one, other, 0, chance.normal()) for a, one in people for b, other in people if a != b]
    with (tmp_path / "comparisons.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["subject_1", "subject_2", "sex_1", "sex_2", "mated", "score"])
        writer.writerows(rows)
    found = audit([tmp_path / "comparisons.csv"], tmp_path / "case").measures
    apart = found["comparisons.fnmr_apart_by_sex"]
    assert isinstance(apart, Estimate)
    assert any(caveat.startswith("F has 1 person") for caveat in apart.caveats)
    alone = found[
        "comparisons.fmr_apart_by_sex"
    ]  # nobody else is of that group: there is no comparison within it
    assert isinstance(alone, NotMeasurable)
    assert "fewer than two groups" in alone.reason


def test_a_rate_over_people_has_the_wider_interval(evaluated):
    """The rates of all comparisons are those of the target, with an interval that knows who was compared."""
    evaluation, found = evaluated
    target = found["comparisons.fnmr_at_fmr"]
    missed, matched = found["comparisons.fnmr_over_people"], found["comparisons.fmr_over_people"]
    assert (missed.numerator, missed.denominator) == (target.numerator, target.denominator)
    assert missed.interval.low <= evaluation.fnmr(threshold(found)) <= missed.interval.high
    assert missed.interval.high - missed.interval.low > target.interval.high - target.interval.low
    assert matched.value <= 0.001
    assert not matched.breakdowns
    assert any("comparisons.fnmr_over_people" in caveat for caveat in target.caveats)


def test_the_curve_over_people_passes_through_the_rates_at_the_targets(evaluated):
    """At each target the curve has the counts of the table of targets, and a wider interval."""
    found = evaluated[1]
    targets = {
        part.label: part for part in found["comparisons.fnmr_at_fmr"].breakdowns["target false match rate"]
    }
    curve = found["comparisons.fnmr_over_people"].breakdowns["DET curve"]
    for target, part in targets.items():
        on = max(
            (each for each in curve if float(each.label) <= float(target)), key=lambda each: float(each.label)
        )
        assert (on.numerator, on.denominator) == (part.numerator, part.denominator)
    assert {"0.1", "0.01", "0.001"} <= set(targets)
    across = [float(part.label) for part in curve]
    assert across == sorted(across, reverse=True)
