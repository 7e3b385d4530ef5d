"""Error rates as the system was run: its own decisions count, and those that its threshold does not give are shown."""

import csv

import numpy as np
import pytest

from answerable import audit
from answerable.estimate import Estimate, NotMeasurable


def _case(tmp_path, head, rows):
    with (tmp_path / "comparisons.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(rows)
    return audit([tmp_path / "comparisons.csv"], tmp_path / "case").measures


def _rows(seed=2, people=60):
    """Score people against themselves and the next ten; a failure is decided to be no match."""
    chance = np.random.default_rng(seed)
    for one in range(people):
        for step in range(11):
            other = (one + step) % people
            score = chance.normal(4 if one == other else 0)
            yield one, other, "FM"[one % 2], "FM"[other % 2], score


def test_decisions_count_failures_to_acquire(tmp_path):
    """What was decided without a score is an error of the system as it was run."""
    rows = []
    errors = {True: 0, False: 0}
    for place, (one, other, *sexes, score) in enumerate(_rows()):
        failed = place % 97 == 0
        match = not failed and score >= 2
        errors[one == other] += (one == other) != match
        rows.append(
            (f"P{one}", f"P{other}", *sexes, "" if failed else score, "match" if match else "no match")
        )
    found = _case(tmp_path, ("subject_1", "subject_2", "sex_1", "sex_2", "score", "decision"), rows)
    missed, wrong = found["comparisons.fnmr_as_decided"], found["comparisons.fmr_as_decided"]
    assert (missed.numerator, missed.denominator) == (errors[True], 60)
    assert (wrong.numerator, wrong.denominator) == (errors[False], 600)
    assert sum(part.denominator for part in missed.breakdowns["sex"]) == 60
    assert {part.label for part in wrong.breakdowns["sex"]} == {"F × F", "F × M", "M × M"}
    assert isinstance(found["comparisons.decided_otherwise"], NotMeasurable)


def test_a_stated_threshold_decides_where_no_decision_is_stated(tmp_path):
    """A column of thresholds stands for the decision; one that is stated goes before it, and is shown to differ."""
    rows = []
    for place, (one, other, *sexes, score) in enumerate(_rows()):
        said = "match" if place in {5, 7} else ""
        rows.append((f"P{one}", f"P{other}", *sexes, score, 2.0, said))
    found = _case(
        tmp_path, ("subject_1", "subject_2", "sex_1", "sex_2", "score", "threshold", "decision"), rows
    )
    planned = [(one == other, score >= 2) for one, other, *_, score in _rows()]
    for place in (5, 7):
        planned[place] = (planned[place][0], True)
    wrong = found["comparisons.fmr_as_decided"]
    assert wrong.numerator == sum(match for mated, match in planned if not mated)
    otherwise = found["comparisons.decided_otherwise"]
    differing = sum(score < 2 for place, (*_, score) in enumerate(_rows()) if place in {5, 7})
    assert differing
    assert (otherwise.numerator, otherwise.denominator) == (differing, 2)


@pytest.mark.parametrize("column", ["decision", "threshold"])
def test_without_either_it_is_not_measurable(tmp_path, column):
    """A file of scores alone says nothing of how the system was run, and the reason names what to ask for."""
    rows = [(f"P{one}", f"P{other}", *sexes, score) for one, other, *sexes, score in _rows()]
    found = _case(tmp_path, ("subject_1", "subject_2", "sex_1", "sex_2", "score"), rows)
    estimate = found["comparisons.fmr_as_decided"]
    assert isinstance(estimate, NotMeasurable)
    assert column in estimate.ask_for
    assert isinstance(found["comparisons.fmr_over_people"], Estimate)


def test_a_failure_does_not_reach_a_stated_threshold(tmp_path):
    """Where the file states the threshold and no decision, a comparison without a score is no match."""
    rows = [(f"P{n}", f"P{n}", "F", "F", "" if n < 12 else 3.0, 2.0) for n in range(60)]
    rows += [(f"P{n}", f"P{(n + 1) % 60}", "F", "F", "" if n < 6 else 1.0, 2.0) for n in range(60)]
    found = _case(tmp_path, ("subject_1", "subject_2", "sex_1", "sex_2", "score", "threshold"), rows)
    missed, wrong = found["comparisons.fnmr_as_decided"], found["comparisons.fmr_as_decided"]
    assert (missed.numerator, missed.denominator) == (12, 60)
    assert (wrong.numerator, wrong.denominator) == (0, 60)
