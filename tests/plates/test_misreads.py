"""Misread plates and characters: what is counted, and whether the intervals cover the truth."""

from datetime import datetime, timedelta

import numpy as np
import pytest

from answerable.estimate import Part
from answerable.intervals import clustered
from answerable.programmes.plates import PROGRAMME
from answerable.programmes.plates.measures.misreads import characters

NOON = datetime.fromisoformat("2025-03-03T12:00")
MEASURES = {measure.name: measure for measure in PROGRAMME.measures}


def verified(wrong, length=7, **cells):
    """Give one verified read with so many wrong characters."""
    return {"read_at": NOON, "comparison_wrong": wrong, "comparison_length": length} | cells


def test_a_plate_is_misread_by_one_character_or_more(records):
    """Two of five plates, one wrong character in one and three in the other; by issuer, hour and camera."""
    runner = records(
        verifications=[
            verified(0, issuer="OR"), verified(1, issuer="OR"), verified(3, issuer="CA", length=6),
            verified(0, read_at=NOON + timedelta(hours=9)), verified(0, camera="bridge"),
        ]
    )  # fmt: skip  # a table: what stands in one line belongs together
    plates = runner.run(MEASURES["verifications.misread_plates"])
    assert (plates.numerator, plates.denominator) == (2, 5)
    assert plates.interval.low == pytest.approx(0.0527, abs=1e-4)
    assert plates.interval.high == pytest.approx(0.8534, abs=1e-4)
    issuers = {part.label: (part.numerator, part.denominator) for part in plates.breakdowns["plate state"]}
    assert issuers == {"OR": (1, 2), "CA": (1, 1), "(plate state not stated)": (0, 2)}
    assert [part.label for part in plates.breakdowns["hour"]] == ["12", "21"]
    assert all(part.interval for parts in plates.breakdowns.values() for part in parts)
    wrong = runner.run(MEASURES["verifications.misread_characters"])
    assert (wrong.numerator, wrong.denominator) == (4, 34)
    assert set(wrong.breakdowns) == {"plate state", "hour", "camera"}


def test_the_variance_is_that_of_a_ratio_of_clusters(records):
    """The interval is that of `clustered` on the linearised variance, worked out here by hand."""
    sample = [verified(wrong, length) for wrong, length in ((0, 7), (2, 7), (1, 6), (0, 6), (0, 7))]
    found = records(verifications=sample).run(MEASURES["verifications.misread_characters"])
    wrong, length = np.array([0, 2, 1, 0, 0]), np.array([7, 7, 6, 6, 7])
    ratio = wrong.sum() / length.sum()
    variance = ((wrong - ratio * length) ** 2).sum() * 5 / 4 / length.sum() ** 2
    expected = clustered(3, 33, variance, 5)
    assert (found.interval.low, found.interval.high) == pytest.approx((expected.low, expected.high))


def test_no_wrong_character_is_still_a_doubt(records):
    """Where none was wrong, each plate counts as one character: the upper bound is not that of all the characters."""
    found = records(verifications=[verified(0) for _ in range(30)]).run(
        MEASURES["verifications.misread_characters"]
    )
    assert found.value == 0
    assert found.interval.high == pytest.approx(clustered(0, 210, None, 30).high)
    assert found.interval.high > 0.1


def test_characters_of_one_plate_err_together():
    """On samples whose plates are read well or badly as a whole, the interval covers the truth nine times in ten or more."""
    random = np.random.default_rng(11)
    runs, plates, length, truth = 400, 300, 7, 0.03 * 0.5 + 0.97 * 0.004
    covered = 0
    for _ in range(runs):
        rate = np.where(random.random(plates) < 0.03, 0.5, 0.004)
        wrong = random.binomial(length, rate)
        ratio = wrong.sum() / (plates * length)
        variance = ((wrong - ratio * length) ** 2).sum() * plates / (plates - 1) / (plates * length) ** 2
        rows = {"plates by all": (Part("all", None, plates, None),)}
        made = characters(Part("all", variance, int(wrong.sum()), plates * length), rows, {})
        covered += made.interval.low <= truth <= made.interval.high
    error = np.sqrt(0.95 * 0.05 / runs)
    assert covered / runs > 0.95 - 4 * error, f"{covered / runs:.3f} ± {error:.3f}"


def test_an_interval_that_takes_characters_for_independent_would_not_cover():
    """The same samples, as if each character erred alone, are covered far less often: the clusters matter."""
    random = np.random.default_rng(11)
    runs, plates, length, truth = 400, 300, 7, 0.03 * 0.5 + 0.97 * 0.004
    covered = 0
    for _ in range(runs):
        wrong = int(random.binomial(length, np.where(random.random(plates) < 0.03, 0.5, 0.004)).sum())
        share = wrong / (plates * length)
        alone = clustered(wrong, plates * length, share * (1 - share) / (plates * length), plates)
        covered += alone.low <= truth <= alone.high
    assert covered / runs < 0.9
