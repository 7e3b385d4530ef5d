"""Synthetic searches of a gallery: candidate lists whose rates are known.

Scores of non-mates are independent, so the chance that a search without a mate returns anybody at a threshold is
1 - (1 - FMR) to the power of the gallery's size, exactly: the independence model holds here because it was put in.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import stats

__all__ = ["Gallery", "GalleryTruth", "write_searches"]

_HEAD = (
    "search_id",
    "probe_subject",
    "rank",
    "score",
    "is_mate",
    "in_gallery",
    "gallery_size",
    "threshold",
    "sex",
    "region",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gallery:
    """What searches are made of.

    Attributes:
        searches: How many.
        sizes: The galleries' sizes; each search is of one of them.
        mated: The share of searches whose mate is in the gallery.
        returned: How many candidates a search returns at most.
        threshold: The score from which on a candidate is returned.
        apart: The mean score of a mate; of others it is 0, and the standard deviation is 1.
        seed: The same seed gives the same bytes.
    """

    searches: int = 1_000
    sizes: tuple[int, ...] = (1_000, 10_000)
    mated: float = 0.5
    returned: int = 20
    threshold: float = 4.2
    apart: float = 6.0
    seed: int = 0

    def fpir(self, size: int, threshold: float) -> float:
        """Give the share of searches without a mate that return a candidate at a threshold."""
        return float(-np.expm1(size * np.log1p(-stats.norm.sf(threshold))))

    def mate_below(self, threshold: float) -> float:
        """Give the share of searches whose mate scores less than a threshold."""
        return float(stats.norm.cdf(threshold, self.apart))


@dataclass(frozen=True, slots=True, kw_only=True)
class GalleryTruth:
    """What was drawn: searches with a mate and without, and those that returned nobody."""

    mated: int
    non_mated: int
    empty: int


def write_searches(gallery: Gallery, path: Path) -> GalleryTruth:
    """Write candidate lists as CSV, in the layout ``candidates``."""
    chance = np.random.default_rng(gallery.seed)
    mated = chance.random(gallery.searches) < gallery.mated
    sizes = chance.choice(gallery.sizes, gallery.searches)
    empty = 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(_HEAD)
        for number, (has_mate, size) in enumerate(zip(mated.tolist(), sizes.tolist(), strict=True)):
            others = size - has_mate
            # The highest of so many uniform numbers, one below the other.
            highest = np.cumsum(
                np.log(chance.random(gallery.returned)) / np.arange(others, others - gallery.returned, -1)
            )
            listed = [(float(score), False) for score in stats.norm.isf(-np.expm1(highest))]
            if has_mate:
                listed.append((float(chance.normal(gallery.apart, 1)), True))
            listed = sorted((each for each in listed if each[0] >= gallery.threshold), reverse=True)[
                : gallery.returned
            ]
            sex, region = "FM"[number % 2], ("North", "South", "East")[number % 3]
            common = ("yes" if has_mate else "no", size, gallery.threshold, sex, region)
            empty += not listed
            for rank, (score, is_mate) in enumerate(listed, start=1):
                writer.writerow(
                    (
                        f"S{number:06d}",
                        f"P{number:05d}",
                        rank,
                        f"{score:.6f}",
                        "yes" if is_mate else "no",
                        *common,
                    )
                )
            if not listed:
                writer.writerow((f"S{number:06d}", f"P{number:05d}", "", "", "", *common))
    return GalleryTruth(mated=int(mated.sum()), non_mated=int((~mated).sum()), empty=empty)
