"""A threshold of one group put to another: the planted rates lie in the intervals, and nothing is said of one group alone."""

import csv

import pytest

from answerable import audit
from answerable.estimate import NotMeasurable
from answerable.programmes.faces.section import titles
from answerable.programmes.faces.simulate import Evaluation, write_evaluation


@pytest.fixture(scope="module")
def transferred(tmp_path_factory):
    """Audit an evaluation in which people from the East are told apart less well than others."""
    folder = tmp_path_factory.mktemp("transfer")
    evaluation = Evaluation(
        people=300, impostors=140, spread=0.3, alike={"North": 0.2, "South": 0.2, "East": 1.4}, seed=5
    )
    write_evaluation(evaluation, folder / "comparisons.csv")
    return evaluation, audit([folder / "comparisons.csv"], folder / "case").measures


def _parts(estimate, breakdown):
    return {part.label: part for part in estimate.breakdowns[breakdown]}


def test_a_threshold_does_elsewhere_what_was_planted(transferred):
    """The rate within each region at the threshold of each other lies in its interval."""
    evaluation, found = transferred
    estimate = found["comparisons.transfer_by_region"]
    thresholds = _parts(estimate, "threshold")
    rates = _parts(estimate, "false match rate")
    assert len(rates) == 9
    for label, part in rates.items():
        chosen, used = label.split(" → ")
        at = thresholds[chosen].value
        planted = (evaluation.fmr(used, at) + evaluation.fmr(used, at, alike=False)) / 2
        assert part.interval.low <= planted <= part.interval.high
        if chosen == used:
            assert part.value <= 0.001
    for label, part in _parts(estimate, "false non-match rate").items():
        planted = evaluation.fnmr(thresholds[label.split(" → ")[0]].value)
        assert part.interval.low <= planted <= part.interval.high


def test_the_headline_is_the_largest_groups_threshold_at_its_worst(transferred):
    """North has most comparisons; its threshold lets more match within the East than the target allows."""
    estimate = transferred[1]["comparisons.transfer_by_region"]
    times = _parts(estimate, "times the target")
    assert estimate.value == max(times["North → East"].value, times["North → South"].value)
    assert estimate.value == pytest.approx(_parts(estimate, "false match rate")["North → East"].value / 0.001)
    assert times["North → East"].interval.low > 1
    assert any(caveat.startswith("The largest group is North") for caveat in estimate.caveats)


def _write(path, head, rows):
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(rows)


def test_a_threshold_goes_from_one_set_of_samples_to_another(tmp_path):
    """Two sets, of which the second scores higher: the threshold of the first makes false matches there, and misses none."""
    rows = [("clear", 0, score / 1000) for score in range(1000)] + [("clear", 1, 2.0)] * 10
    rows += [("poor", 0, 0.5 + score / 1000) for score in range(1000)] + [("poor", 1, 1.6)] * 10
    _write(tmp_path / "scores.csv", ("dataset", "mated", "score"), rows)
    found = audit([tmp_path / "scores.csv"], tmp_path / "case").measures
    estimate = found["comparisons.transfer_by_dataset"]
    rates, missed = _parts(estimate, "false match rate"), _parts(estimate, "false non-match rate")
    # One of 1,000 may match at 0.001: the highest non-mated score of each set.
    assert {name: part.value for name, part in _parts(estimate, "threshold").items()} == {
        "clear": 0.999,
        "poor": 1.499,
    }
    assert (rates["clear → poor"].numerator, rates["clear → poor"].denominator) == (501, 1000)
    assert (rates["poor → clear"].numerator, missed["poor → clear"].numerator) == (0, 0)
    assert estimate.value == 501  # both sets are as large: the first is taken
    by_set = _parts(found["comparisons.fmr_by_dataset"], "set of samples")
    assert (by_set["clear"].denominator, by_set["poor"].denominator) == (1000, 1000)


def test_the_title_names_what_the_largest_groups_threshold_does(tmp_path):
    """Other thresholds may do worse elsewhere: the title speaks of the largest group's alone."""
    rows = [("A", 0, score / 3000) for score in range(3000)] + [
        ("B", 0, 0.5 + score / 2000) for score in range(1500)
    ]
    rows += [("C", 0, -5 + score / 2000) for score in range(1400)] + [
        (name, 1, 4.0) for name in "ABC" for _ in range(5)
    ]
    _write(tmp_path / "scores.csv", ("dataset", "mated", "score"), rows)
    estimate = audit([tmp_path / "scores.csv"], tmp_path / "case").measures["comparisons.transfer_by_dataset"]
    times = _parts(estimate, "times the target")
    assert times["C → B"].value > times["A → B"].value == estimate.value
    title = titles.transferred((estimate,))
    assert title.startswith("A threshold set on A, the largest group,")
    assert "within B" in title
    assert title.endswith("the most of any at that threshold")


def test_one_set_alone_has_nothing_to_transfer_to(tmp_path):
    """A file of one set is refused with what to ask for."""
    rows = [("clear", 0, score / 100) for score in range(100)] + [("clear", 1, 2.0)] * 10
    _write(tmp_path / "scores.csv", ("dataset", "mated", "score"), rows)
    found = audit([tmp_path / "scores.csv"], tmp_path / "case").measures["comparisons.transfer_by_dataset"]
    assert isinstance(found, NotMeasurable)
    assert "fewer than two groups" in found.reason
