"""The log of requests: what was planted is counted, and people are told apart across fields."""

import csv

import pytest

from answerable import audit
from answerable.agreement import cohens_kappa
from answerable.estimate import NotMeasurable
from answerable.programmes.faces.outcomes import OUTCOMES
from answerable.programmes.faces.simulate import Office, write_requests

HEAD = ["request_id", "requested_at", "requester", "supervisor", "reviewer_1", "reviewer_2", "outcome"]


def measured(folder, rows=None, office=None):
    """Audit a log of requests, planted row by row or drawn."""
    path = folder / "requests.csv"
    if rows is not None:
        with path.open("w", newline="") as file:
            csv.writer(file).writerows([HEAD, *rows])
        return audit([path], folder / "case").measures
    truth = write_requests(office, path)
    return audit([path], folder / "case").measures, truth


def test_what_was_planted_is_counted(tmp_path):
    """Denials, training, reviews, leads, corroboration and wrong persons come out as they were planted."""
    found, truth = measured(tmp_path, office=Office(requests=600, seed=5))
    assert len(truth) == 7
    for name, (numerator, denominator) in truth.items():
        assert (found[name].numerator, found[name].denominator) == (numerator, denominator), name


def test_a_wrong_person_has_an_interval(tmp_path):
    """The share of outcomes that name a wrong person carries the exact binomial interval, which holds the planted share."""
    found, _ = measured(tmp_path, office=Office(requests=900, wrong=0.06, seed=6))
    wrong = found["requests.wrong_person"]
    assert wrong.interval.low < 0.06 < wrong.interval.high
    assert "come to light later" in wrong.method


def test_one_person_is_one_in_every_field(tmp_path):
    """A requester who approves or reviews their own request is seen to, whichever column the name stands in."""
    found = measured(
        tmp_path,
        [
            ["1", "2025-01-06 08:00:00", "Ash", "Ash", "Ash", "Birch", "arrest"],
            ["2", "2025-01-07 08:00:00", "Birch", "Ash", "Cedar", "Cedar", "no match"],
            ["3", "2025-01-08 08:00:00", "Birch", "Cedar", "Ash", "birch ", "no match"],
        ],
    )
    assert found["requests.approved_by_another"].numerator == 2
    assert found["requests.reviewed_by_requester"].numerator == 1
    two = found["requests.two_reviewers"]
    assert (two.numerator, two.denominator) == (2, 3)


@pytest.mark.parametrize(
    ("outcome", "label"),
    [
        ("Wrong person arrested, charges dropped", "wrong person"),
        ("Arrested", "arrest or charge"),
        ("No match", "nothing found"),
        ("Positively identified", "identified"),
        ("pending", "(not known by its words, or blank)"),
    ],
)
def test_an_outcome_is_told_by_its_words(tmp_path, outcome, label):
    """Each class by words of its own; what no list knows is left open."""
    found = measured(tmp_path, [["1", "2025-01-06 08:00:00", "Ash", "Birch", "Cedar", "", outcome]])
    parts = found["requests.outcomes"].breakdowns["outcome"]
    assert [part.label for part in parts] == [label]


def test_outcomes_are_broken_down_by_what_is_recorded_of_the_person(tmp_path):
    """Of the requests of each group, how many ended in each class: denied ones are in no group, and a class without any is a 0."""
    head = ["request_id", "requested_at", "requester", "outcome", "sex", "age_group", "denied"]
    ended = [
        *(["wrong person arrested", "F", "18-30", "no"],) * 2,
        *(["arrest made", "F", "31-50", "no"],) * 3,
        *(["arrest made", "M", "18-30", "no"],) * 4,
        ["no match", "M", "", "no"],
        ["", "", "31-50", "no"],
        ["arrest made", "M", "18-30", "yes"],
    ]
    path = tmp_path / "requests.csv"
    with path.open("w", newline="") as file:
        rows = (
            [str(place), f"2025-01-{place:02d} 08:00:00", "Ash", *row] for place, row in enumerate(ended, 1)
        )
        csv.writer(file).writerows([head, *rows])
    found = audit([path], tmp_path / "case").measures["requests.outcomes"]
    assert (found.numerator, found.denominator) == (10, 11)
    assert [name for name in found.breakdowns if name.startswith("outcome by")] == [
        "outcome by sex",
        "outcome by age group",
    ]
    by_sex = {part.label: (part.numerator, part.denominator) for part in found.breakdowns["outcome by sex"]}
    assert by_sex == {
        f"{sex}: {outcome}": (number, of)
        for sex, of, numbers in (
            ("F", 5, (2, 3, 0, 0, 0)),
            ("M", 5, (0, 4, 0, 1, 0)),
            ("(sex not stated)", 1, (0, 0, 0, 0, 1)),
        )
        for outcome, number in zip((*OUTCOMES, "(not known by its words, or blank)"), numbers, strict=True)
    }
    by_age = {
        part.label: (part.numerator, part.denominator) for part in found.breakdowns["outcome by age group"]
    }
    assert by_age["18-30: wrong person"] == (2, 6)
    assert by_age["(age group not stated): nothing found"] == (1, 1)
    assert sum(numerator for numerator, _ in by_age.values()) == 11


def test_a_log_without_outcomes_says_so(tmp_path):
    """Outcomes that name nobody give no rate of wrong persons, and no zero."""
    found = measured(tmp_path, [["1", "2025-01-06 08:00:00", "Ash", "Birch", "Cedar", "", "no match"]])
    assert isinstance(found["requests.wrong_person"], NotMeasurable)


def test_fields_that_were_not_exported_are_listed(tmp_path):
    """Completeness counts the cells of exported fields, and names the others without a denominator."""
    found = measured(tmp_path, [["1", "2025-01-06 08:00:00", "Ash", "Birch", "n/a", "", "no match"]])
    whole = found["requests.completeness"]
    assert (whole.numerator, whole.denominator) == (4, 6)
    absent = {part.label: part.denominator for part in whole.breakdowns["not exported"]}
    assert absent["training date"] is None
    assert len(absent) > 20


def test_kappa_agrees_with_a_published_table():
    """Fleiss, Levin & Paik's worked example: 75, 1, 4; 5, 4, 1; 0, 0, 10 of 100 gives 0.68 with standard error 0.087."""
    kappa, interval = cohens_kappa([[75, 1, 4], [5, 4, 1], [0, 0, 10]])
    assert kappa == pytest.approx(0.68, abs=0.005)
    assert (interval.high - interval.low) / 2 / 1.96 == pytest.approx(0.087, abs=0.001)


def test_kappa_is_not_defined_where_all_is_one():
    """Both raters who say yes to everything agree by chance alone."""
    with pytest.raises(ValueError, match="one category"):
        cohens_kappa([[7, 0], [0, 0]])


@pytest.mark.parametrize("table", [[[1, 2, 3], [4, 5, 6]], [[0, 0], [0, 0]], [[1, -1], [0, 1]]])
def test_kappa_refuses_what_is_no_table(table):
    """A table is square, holds something and no negative count."""
    with pytest.raises(ValueError, match="square table"):
        cohens_kappa(table)


def test_both_steps_of_a_review_are_timed(tmp_path):
    """The second decision is timed from the first, and times that run backwards are counted and not averaged."""
    head = [
        "request_id",
        "requested_at",
        "requester",
        "decision_1",
        "decided_at_1",
        "decision_2",
        "decided_at_2",
    ]
    at = "2025-01-06 08:{:02d}:00"
    times = [(0, 10, 12), (0, 20, 26), (0, 30, 40), (30, 10, 14), (0, 50, 40)]
    rows = [
        [number, at.format(asked), "Ash", "match", at.format(first), "match", at.format(second)]
        for number, (asked, first, second) in enumerate(times, 1)
    ]
    path = tmp_path / "requests.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    found = audit([path], tmp_path / "case").measures
    # Of 2, 6, 10 and 4 minutes the lower median is 4; one second decision comes before its first.
    assert (found["requests.second_review_time"].value, found["requests.second_review_time"].denominator) == (
        4,
        4,
    )
    assert found["requests.review_time"].denominator == 4
    assert (
        found["requests.decided_backwards"].numerator,
        found["requests.decided_backwards"].denominator,
    ) == (2, 5)
