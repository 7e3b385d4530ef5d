"""A synthetic evaluation: people of several groups, samples of each, and the score of every comparison.

A score is a normal deviate about a level that two people and their groups set. Of people drawn at random it is normal
too, so the rate of each group at any threshold is known exactly, before a sample of people is drawn.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import stats

__all__ = ["Evaluation", "EvaluationTruth", "write_evaluation"]

_HEAD = (
    "comparison_id", "subject_1", "subject_2", "sample_1", "sample_2", "sex_1", "sex_2", "region_1", "region_2", "mated", "score",
)  # fmt: skip  # a list of words
_SEXES = ("F", "M")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What an evaluation is made of.

    Attributes:
        people: How many people.
        samples: Samples of each.
        impostors: Non-mated comparisons for each person, at most those that there are.
        regions: Regions of birth, and the share of people from each.
        spread: The standard deviation of people's own effect on non-mated scores: 0 where no person is liked to others
            more than anybody else.
        goats: The standard deviation of people's own effect on mated scores.
        apart: How far a mated score lies above a non-mated one, in standard deviations of a score.
        alike: How much higher a non-mated score is within one sex and region, by region.
        failures: The share of samples that give no score.
        seed: The same seed gives the same bytes.
    """

    people: int = 200
    samples: int = 3
    impostors: int = 60
    regions: Mapping[str, float] = field(default_factory=lambda: {"North": 0.5, "South": 0.3, "East": 0.2})
    spread: float = 0.4
    goats: float = 0.4
    apart: float = 5.0
    alike: Mapping[str, float] = field(default_factory=lambda: {"North": 0.3, "South": 0.6, "East": 1.0})
    failures: float = 0.01
    seed: int = 0

    def fmr(self, region: str, threshold: float, *, alike: bool = True) -> float:
        """Give the false match rate of two people drawn at random: of one sex and region, or of others."""
        level = self.alike[region] if alike else 0.0
        return float(stats.norm.sf(threshold, level, math.sqrt(1 + 2 * self.spread**2)))

    def fnmr(self, threshold: float) -> float:
        """Give the false non-match rate of a person drawn at random."""
        return float(stats.norm.cdf(threshold, self.apart, math.hypot(1, self.goats)))


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationTruth:
    """What was drawn: comparisons of each kind, those without a score, and the people of each group."""

    mated: int
    non_mated: int
    mated_failures: int
    non_mated_failures: int
    people: Mapping[str, int]


def write_evaluation(evaluation: Evaluation, path: Path) -> EvaluationTruth:
    """Write an evaluation's comparisons as CSV, in the layout ``comparisons``."""
    chance = np.random.default_rng(evaluation.seed)
    count = evaluation.people
    names = list(evaluation.regions)
    region = chance.choice(len(names), count, p=list(evaluation.regions.values()))
    sex = chance.integers(0, 2, count)
    lamb = chance.normal(0, evaluation.spread, count)
    goat = chance.normal(0, evaluation.goats, count)
    failed = chance.random((count, evaluation.samples)) < evaluation.failures
    pairs = [(one, other) for one in range(evaluation.samples) for other in range(one)]
    who = np.repeat(np.arange(count), len(pairs))
    first, second = (np.tile([pair[side] for pair in pairs], count) for side in (0, 1))
    mated = evaluation.apart + goat[who] + chance.normal(0, 1, len(who))
    one, other = _others(chance, count, evaluation.impostors)
    level = np.array([evaluation.alike[name] for name in names])[region[one]]
    same = (region[one] == region[other]) & (sex[one] == sex[other])
    scores = lamb[one] + lamb[other] + np.where(same, level, 0) + chance.normal(0, 1, len(one))
    sample = chance.integers(0, evaluation.samples, (2, len(one)))
    lost = [failed[who, first] | failed[who, second], failed[one, sample[0]] | failed[other, sample[1]]]
    written = 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(_HEAD)
        for mark, a, b, i, j, values, without in (
            ("1", who, who, first, second, mated, lost[0]),
            ("0", one, other, sample[0], sample[1], scores, lost[1]),
        ):
            for each in zip(
                a.tolist(), b.tolist(), i.tolist(), j.tolist(), values.tolist(), without.tolist(), strict=True
            ):
                written += 1
                left, right, at, to, score, is_lost = each
                writer.writerow(
                    (
                        written, f"P{left:05d}", f"P{right:05d}", f"P{left:05d}-{at}", f"P{right:05d}-{to}",
                        _SEXES[sex[left]], _SEXES[sex[right]], names[region[left]], names[region[right]],
                        mark, "" if is_lost else f"{score:.6f}",
                    )
                )  # fmt: skip  # a table: what stands in one line belongs together
    return EvaluationTruth(
        mated=len(who),
        non_mated=len(one),
        mated_failures=int(lost[0].sum()),
        non_mated_failures=int(lost[1].sum()),
        people={name: int((region == place).sum()) for place, name in enumerate(names)},
    )


def _others(
    chance: np.random.Generator, count: int, each: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Draw pairs of different people, none twice: each person is first with up to so many others, at set distances."""
    steps = chance.permutation(np.arange(1, (count - 1) // 2 + 1))[:each]
    one = np.tile(np.arange(count), len(steps))
    return one, (one + np.repeat(steps, count)) % count
