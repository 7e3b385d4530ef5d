"""Published values of released score files are met, each under the rule that it was computed by."""

import csv

import numpy as np
import pytest

from answerable.biometrics import auc, cllr, equal_error, min_cllr, rates_at, tally, threshold_for


@pytest.fixture(scope="module")
def read(shared_data):
    """Give a reader of the mated and the non-mated scores of a file; an empty cell is a missing score."""

    def scores(name):
        with (shared_data / "faces" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return [
            np.array([float(row["score"] or "nan") for row in rows if row["mated"] == kind]) for kind in "10"
        ]

    return scores


def test_scores_that_are_kept_apart(read):
    """In the file of separable scores the equal error rate is 0 under each rule."""
    found = equal_error(tally(*read("scores-linsep")))
    assert (found.span.low, found.span.high) == (0, 0)


def test_scores_that_overlap(read):
    """FNMR at FMR 0.01, 0.1 and 1 is 0.48, 0.12 and 0; AUC 0.9326; Cllr 3.61833; minCllr 0.40306; the hull's EER 0.116364."""
    scores = tally(*read("scores-nonsep"))
    assert [float(threshold_for(scores, fmr).rates.fnmr.value) for fmr in (0.01, 0.1, 1)] == [0.48, 0.12, 0]
    assert auc(scores).value == pytest.approx(0.9326, abs=1e-12)
    assert cllr(scores).value == pytest.approx(3.61833, abs=5e-6)
    assert min_cllr(scores).value == pytest.approx(0.40306, abs=5e-6)
    found = equal_error(scores)
    assert found.rocch.value == pytest.approx(0.116364, abs=5e-7)
    assert (found.interval.low, found.interval.high) == (0.1, 0.12)
    # The hull's value lies above the middle of the interval: a rule is part of the number.
    assert found.fvc2000.value == pytest.approx(0.11)


def test_scores_with_failures(read):
    """54 of 1,000 comparisons have no score; without them the equal error rate at the least difference is 0.062355."""
    mated, non_mated = read("scores-with-failures")
    scores = tally(mated, non_mated)
    there = rates_at(scores, 0)
    assert (int(there.fta.errors), there.fta.comparisons) == (54, 1000)
    assert (scores.mated.failures, scores.non_mated.failures) == (28, 26)
    found = equal_error(scores)
    assert found.closest.value == pytest.approx(0.062355, abs=5e-7)
    without = tally(mated[~np.isnan(mated)], non_mated[~np.isnan(non_mated)])
    assert equal_error(without).closest == found.closest
