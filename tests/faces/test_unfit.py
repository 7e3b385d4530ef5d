"""Scores that no threshold can be put to are refused by every measure that would put one to them."""

import csv
import re

import numpy as np
import pytest

from answerable import audit
from answerable.estimate import Estimate, NotMeasurable
from answerable.programmes.faces.measures import people

HEAD = (
    "subject_1",
    "subject_2",
    "mated",
    "score",
    "sex_1",
    "sex_2",
    "region_1",
    "region_2",
    "quality_1",
    "quality_2",
    "dataset",
)
AT_A_THRESHOLD = [
    "fnmr_at_fmr", "fnmr_over_people", "fmr_over_people", "fnmr_by_sex", "fnmr_apart_by_sex", "fmr_by_sex", "fmr_apart_by_sex",
    "errors_joined_by_sex", "transfer_by_sex", "fnmr_by_joint_group", "fmr_alike", "fnmr_by_dataset", "fnmr_by_quality",
]  # fmt: skip  # a list of words


PACK = """id: test-pack
title: A test
jurisdiction: Nobody
as_of: 2026-11
confirmed: practice
summary: A test.
clauses:
  - id: rates
    citation: A test
    asks: rates at a round target
    checks:
"""


def _case(folder, rows, head=HEAD):
    folder.mkdir(exist_ok=True)
    with (folder / "comparisons.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(rows)
    return audit([folder / "comparisons.csv"], folder / "case").measures


def _rows(mated, other, people=24):
    """Compare each person with themselves and with four others; both functions give a score."""
    chance = np.random.default_rng(1)
    for one in range(people):
        for step in range(5):
            two = (one + step) % people
            score = (mated if step == 0 else other)(chance)
            groups = ("FM"[one % 2], "FM"[two % 2], "NS"[one // 2 % 2], "NS"[two // 2 % 2])
            if score is not None:
                yield (
                    f"P{one}",
                    f"P{two}",
                    int(step == 0),
                    score,
                    *groups,
                    one,
                    two,
                    ("clear", "poor")[one % 3 == 0],
                )


@pytest.mark.parametrize("name", AT_A_THRESHOLD)
@pytest.mark.parametrize(
    ("mated", "other", "says"),
    [
        (lambda chance: chance.normal(0), lambda chance: chance.normal(4), "score lower than non-mated ones"),
        (lambda _: 1.0, lambda _: 1.0, "All scores are the same"),
        (lambda chance: chance.normal(4), lambda _: None, "no score of a non-mated comparison"),
    ],
)
def test_unfit_scores_are_refused_by_every_measure(unfit_cases, name, mated, other, says):
    """Distances, constant scores and a file without impostors give no rate: each refusal says why, and nothing is 0."""
    found = unfit_cases(says, mated, other)[f"comparisons.{name}"]
    assert isinstance(found, NotMeasurable), found
    if name == "transfer_by_sex" and "non-mated comparison" in says:
        says = "non-mated comparisons within fewer than two groups"
    assert says in found.reason


@pytest.fixture(scope="module")
def unfit_cases(tmp_path_factory):
    """Give a function that audits a kind of unfit scores once."""
    kept = {}

    def case(says, mated, other):
        if says not in kept:
            kept[says] = _case(tmp_path_factory.mktemp("unfit"), _rows(mated, other))
        return kept[says]

    return case


def test_fit_scores_give_every_one_of_them(tmp_path):
    """The same rows with scores that tell give a number for each of the measures above."""
    found = _case(tmp_path, _rows(lambda chance: chance.normal(4), lambda chance: chance.normal(0)))
    assert not [name for name in AT_A_THRESHOLD if not isinstance(found[f"comparisons.{name}"], Estimate)]


def test_every_measure_takes_one_threshold_at_round_totals(tmp_path):
    """Three false matches in 10,000 are a rate of 0.0003, whatever 0.0003 × 10,000 is in binary."""
    assert 0.0003 * 10_000 < 3
    rows = [(f"P{n}", f"P{n}", 1, n / 100, "F", "F") for n in range(100)]
    rows += [
        (f"P{n % 100}", f"P{(n + 1 + n // 100 % 98) % 100}", 0, 0.3 if n < 3 else -n, "F", "F")
        for n in range(10_000)
    ]
    pack = tmp_path / "pack.yaml"
    names = ("fnmr_at_fmr", "fnmr_over_people", "fnmr_by_sex", "transfer_by_sex")
    checks = "".join(
        f"      - measure: comparisons.{name}\n        can_show: []\n        because: A test.\n        parameters: {{fmr: 0.0003}}\n"
        for name in names
    )
    pack.write_text(PACK + checks + "    needs_document: a test\n", "utf-8")
    folder = tmp_path / "records"
    _case(folder, rows, HEAD[:6])
    findings = audit([folder / "comparisons.csv"], tmp_path / "other", policy=[pack]).findings
    (finding,) = findings
    said = [finding.sentence, *(one.sentence for one in finding.also)]
    # Three may match: the threshold is the least mated score, 0. If only two might, it would lie above 0.3, and miss 31.
    assert sum(bool(re.search(r"\b0 of 100\b", text)) for text in said) == 3
    assert not any("31 of 100" in text for text in said)


def test_the_curve_over_people_needs_no_row_for_each_target(tmp_path):
    """The query gives one row for a person and place among the thresholds: never more than there are comparisons."""
    sql = people.MEASURES[0].sql
    assert "CROSS JOIN targets" not in sql
    assert "GROUP BY 1, 2, 3" in sql
    rows = [*_rows(lambda chance: chance.normal(4), lambda chance: chance.normal(0))]
    found = _case(tmp_path, rows)["comparisons.fnmr_over_people"]
    labels = [float(part.label) for part in found.breakdowns["DET curve"]]
    assert labels == sorted(set(labels), reverse=True)
    scores = np.array([row[3] for row in rows])
    mated, others = scores[[row[2] == 1 for row in rows]], scores[[row[2] == 0 for row in rows]]
    for part in found.breakdowns["DET curve"]:
        allowed = round(float(part.label) * len(others))
        edges = np.unique(scores)
        lowest = min((edge for edge in edges if (others >= edge).sum() <= allowed), default=np.inf)
        assert part.numerator == (mated < lowest).sum()


def test_bars_that_overlap_are_refused_by_groups_too(tmp_path):
    """Bars of one group that lie across those of another have no common threshold; those that a sum of decimals parts do."""
    rows = [
        (place / 10, place / 10 + 0.1, 1 + place * mated + (9 - place) * (1 - mated), mated, sex, sex)
        for place in range(10)
        for mated in (0, 1)
        for sex in "FM"
    ]
    found = audit_bars(tmp_path / "sound", rows)
    assert isinstance(found["score_counts.fmr_by_sex"], Estimate)
    assert isinstance(found["score_counts.fnmr_at_fmr"], Estimate)
    shifted = [
        (low + 0.05 * (one == "M"), high + 0.05 * (one == "M"), *rest, one, two)
        for low, high, *rest, one, two in rows
    ]
    refused = audit_bars(tmp_path / "shifted", shifted)
    for name in ("fnmr_at_fmr", "fmr_by_sex", "fnmr_by_sex", "errors_joined_by_sex"):
        assert "overlap" in refused[f"score_counts.{name}"].reason


def audit_bars(folder, rows):
    """Audit a histogram by sex."""
    folder.mkdir()
    with (folder / "histogram.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("low", "high", "count", "mated", "sex_1", "sex_2"))
        writer.writerows(rows)
    return audit([folder / "histogram.csv"], folder / "case").measures


def _tell(chance):
    return chance.normal(4)


def _other(chance):
    return chance.normal(0)


def test_a_blank_subject_is_somebody_else(tmp_path):
    """One comparison of many that leaves out a subject does not make the rest independent, and is counted in a caveat."""
    rows = [*_rows(_tell, _other)]
    rows[1] = (rows[1][0], "", *rows[1][2:])
    found = _case(tmp_path, rows)["comparisons.fmr_by_sex"]
    assert any("1 of 96 comparisons do not say who was compared" in caveat for caveat in found.caveats)
    assert not any("too narrow" in caveat and "no subject" in caveat for caveat in found.caveats)


def test_a_person_of_two_groups_is_left_out_and_counted(tmp_path):
    """A mated comparison under two groups is in no rate of groups, and the caveat says how many there are."""
    rows = [*_rows(_tell, _other)]
    rows[0] = (*rows[0][:4], "F", "M", *rows[0][6:])
    found = _case(tmp_path, rows)
    rate = found["comparisons.fnmr_by_sex"]
    assert rate.denominator == 23
    assert any("1 comparison of one person under two groups is left out" in caveat for caveat in rate.caveats)


def test_rows_that_leave_out_the_system_are_counted(tmp_path):
    """Where others name one system, those that name none are taken to be of it, and the reader is told."""
    rows = [(*row, "A" if place % 2 else "") for place, row in enumerate(_rows(_tell, _other))]
    found = _case(tmp_path, rows, (*HEAD, "system"))
    for name in ("fnmr_at_fmr", "fnmr_by_sex", "fnmr_over_people"):
        assert any(
            "do not say which system gave the score" in caveat
            for caveat in found[f"comparisons.{name}"].caveats
        )


def test_the_hypothesis_is_said_to_be_one(tmp_path):
    """What a permutation test supposes is not printed as what it found."""
    found = _case(tmp_path, _rows(_tell, _other))["comparisons.fnmr_apart_by_sex"]
    (said,) = [caveat for caveat in found.caveats if "random exchanges" in caveat]
    assert "The hypothesis that is tested: each person's group has nothing to do" in said
