"""What is planted in a synthetic county is recovered from its files, within the intervals, through the whole audit."""

import csv
from collections import defaultdict
from itertools import combinations
from math import sqrt

import pytest

from answerable import audit
from answerable.programmes.plates.simulate import County, write_programme

COUNTIES = 12
LEAST = 0.95 - 3.5 * sqrt(0.95 * 0.05 / COUNTIES)  # of a dozen counties, by chance alone
AUDIT = {"timezone": "America/Los_Angeles", "as_of": "2025-01-15"}


@pytest.fixture(scope="module")
def counties(tmp_path_factory):
    """A dozen small counties, each with its truth and the audit of its reads and its verified sample."""
    made = []
    for seed in range(COUNTIES):
        folder = tmp_path_factory.mktemp(f"county-{seed}")
        truth = write_programme(
            County(reads=1500, seed=seed, days=14, verified=0.2, searches=50, raw=0), folder / "files"
        )
        case = audit(
            [folder / "files" / "reads", folder / "files" / "verified-reads"], folder / "case", **AUDIT
        )
        made.append((truth, case, folder / "files"))
    return made


def covered(counties, measure, truth_of):
    """Give the share of counties whose truth lies in the measure's interval."""
    inside = []
    for truth, case, _ in counties:
        interval = case.measures[measure].interval
        inside.append(interval.low <= truth_of(truth) <= interval.high)
    return sum(inside) / len(inside)


def test_the_rate_of_misread_plates_is_recovered(counties):
    """The interval from a sample of a fifth holds the rate of all reads, in as many counties as it should."""
    share = covered(
        counties,
        "verifications.misread_plates",
        lambda truth: truth.reads.misreads["all"]["all"].misread / truth.reads.misreads["all"]["all"].reads,
    )
    assert share >= LEAST, f"{share:.2f} of {COUNTIES} counties"


def test_the_rate_of_misread_characters_is_recovered(counties):
    """So does that of characters, with plates as clusters."""
    share = covered(
        counties,
        "verifications.misread_characters",
        lambda truth: (
            truth.reads.misreads["all"]["all"].wrong / truth.reads.misreads["all"]["all"].characters
        ),
    )
    assert share >= LEAST, f"{share:.2f} of {COUNTIES} counties"


def points(folder):
    """Read every read's point, a camera and a clock hour, with nothing but the csv module."""
    held = defaultdict(set)
    for path in sorted((folder / "reads").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                held[row["Plate"]].add((row["Camera"], row["Read Time"][:13]))
    return held


def unicity(held, number):
    """Compare every choice of so many points of every vehicle with all other vehicles."""
    owners = defaultdict(set)
    for plate, seen in held.items():
        for choice in combinations(sorted(seen), number):
            owners[choice].add(plate)
    shares = []
    for seen in held.values():
        choices = list(combinations(sorted(seen), number))
        if choices:
            shares.append(sum(len(owners[choice]) == 1 for choice in choices) / len(choices))
    return sum(shares) / len(shares), len(shares)


@pytest.mark.parametrize("number", [1, 2])
def test_unicity_is_recovered(counties, number):
    """The share of vehicles that one or two points tell from all others is that which the files give."""
    inside = []
    for _, case, files in counties:
        truth, eligible = unicity(points(files), number)
        part = next(
            part
            for part in case.measures["reads.unicity.camera_hour"].breakdowns["points"]
            if part.label == str(number)
        )
        if part.interval is None:
            assert (part.value, part.denominator) == (pytest.approx(truth), eligible)
            inside.append(True)
        else:
            inside.append(part.interval.low <= truth <= part.interval.high)
    assert sum(inside) / COUNTIES >= LEAST
