"""How much of flags past counts explain, how much demographics alone do, and whether demographics add anything after past counts.

That demographics add nothing does not clear a forecast: past counts may themselves follow where police were. That they add
something does not show that they were used: anything that goes with them may have been.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from answerable.hindsight.arrays import Floats
from answerable.wording import count

__all__ = ["LIMIT", "Proxies", "proxies"]

LIMIT = (
    "Areas are taken to be exchangeable once past counts are known. Neighbouring areas are alike, and where flags and demographics both "
    "vary slowly over the map the test finds a connection more often than it should; exchange within districts lessens this."
)

_AT_ONCE = 1 << 22  # numbers held at a time


@dataclass(frozen=True, slots=True)
class Proxies:
    """What explains the ranks of flags over areas. Shares of variance are of ranks, from 0 to 1.

    Attributes:
        past: The share explained by past counts.
        demographics: The share explained by demographics alone.
        both: The share explained by both.
        added: What demographics add after past counts: both less past.
        statistic: The F statistic of what they add.
        p: How often an exchange of what past counts leave unexplained makes F as large: (b + 1)/(B + 1).
        permutations: How many were drawn, B.
        areas: How many areas there are.
        limit: What a careful reader has to know.
    """

    past: float
    demographics: float
    both: float
    added: float
    statistic: float
    p: float
    permutations: int
    areas: int
    limit: str


def proxies(
    flags: ArrayLike,
    past: ArrayLike,
    demographics: ArrayLike,
    *,
    districts: ArrayLike | None = None,
    permutations: int = 1_999,
    seed: int = 0,
) -> Proxies:
    """Say how much of the ranks of flags past counts and demographics explain, and test what the second add to the first.

    All numbers are replaced by their ranks over areas (ties by their mean rank), so that one area with a hundred flags does not decide;
    past counts enter with the square of their ranks as well, for the connection may be bent. What past counts leave unexplained is
    exchanged among areas and added again, as Freedman and Lane do it, and demographics are fitted to the result.

    Args:
        flags: How often each area was flagged, of shape (areas,).
        past: The count of earlier events of each area, or several such, of shape (areas,) or (areas, counts).
        demographics: Shares or other numbers of each area's residents, of shape (areas,) or (areas, kinds).
        districts: The district of each area, of shape (areas,); areas are then exchanged within their district.
        permutations: How many are drawn.
        seed: Of the permutations.

    Raises:
        ValueError: An array is of another shape or has a number missing, flags or past counts are the same everywhere, no
            permutation is asked for, or there are fewer than five areas more than numbers that explain them.

    Sources: D. Freedman & D. Lane, A nonstochastic interpretation of reported significance levels, J. Bus. Econ. Stat. 1 (1983)
    292-298; A. M. Winkler and others, Permutation inference for the general linear model, NeuroImage 92 (2014) 381-397; B. Phipson
    & G. K. Smyth, Permutation p-values should never be zero, Stat. Appl. Genet. Mol. Biol. 9 (2010) 39.
    """
    if np.ndim(flags) != 1:  # a table of flags has periods: its first column would be taken for all of it
        raise ValueError(
            f"flags are one number for each area, of the shape (areas,); these are of {np.shape(flags)}"
        )
    listed = _ranks(flags, "flags", None)
    areas = len(listed)
    before, people = _ranks(past, "past counts", areas), _ranks(demographics, "demographics", areas)
    if permutations < 1:
        raise ValueError("at least one permutation is drawn")
    if not listed.any() or not before.any():
        raise ValueError(
            "flags, or past counts, are the same in all areas: there is nothing to explain, or nothing to explain it by"
        )
    bent = before**2
    ones = np.ones((areas, 1))
    reduced = _basis(np.concatenate([ones, before, bent], axis=1))
    full = _basis(np.concatenate([reduced, people], axis=1))
    alone = _basis(np.concatenate([ones, people], axis=1))
    if areas < full.shape[1] + 5:
        raise ValueError(
            f"{count(areas)} areas are too few for {count(full.shape[1])} numbers that explain them"
        )
    more, free = full.shape[1] - reduced.shape[1], areas - full.shape[1]
    response = listed[:, 0]
    total = float(response @ response)
    fitted = reduced @ (reduced.T @ response)
    left = response - fitted
    observed = float(_f(left[None], reduced, full, more, free)[0]) if more else 0.0
    groups = (
        np.zeros(areas, np.int64)
        if districts is None
        else np.unique(np.asarray(districts), return_inverse=True)[1]
    )
    if groups.shape != (areas,):
        raise ValueError("each area has one district")
    generator = np.random.default_rng(seed)
    as_large, height = 0, max(_AT_ONCE // areas, 1)
    for begin in range(0, permutations, height):
        rows = min(height, permutations - begin)
        # Sorted by district, and by lot within it: an exchange within each district.
        order = np.lexsort((generator.random((rows, areas)), np.broadcast_to(groups, (rows, areas))), axis=1)
        drawn = np.empty((rows, areas))
        drawn[:, np.argsort(groups, kind="stable")] = left[order]
        as_large += (
            int((_f(drawn, reduced, full, more, free) >= observed * (1 - 1e-9)).sum()) if more else rows
        )
    explained = [float(((basis.T @ response) ** 2).sum()) / total for basis in (reduced, alone, full)]
    return Proxies(
        past=explained[0],
        demographics=explained[1],
        both=explained[2],
        added=explained[2] - explained[0],
        statistic=observed,
        p=(as_large + 1) / (permutations + 1),
        permutations=permutations,
        areas=areas,
        limit=LIMIT,
    )


def _ranks(given: ArrayLike, name: str, areas: int | None) -> Floats:
    """Give ranks about their mean, from -1 to 1, of shape (areas, columns)."""
    numbers = np.asarray(given, dtype=np.float64)
    if numbers.ndim == 1:
        numbers = numbers[:, None]
    if numbers.ndim != 2 or not numbers.size or (areas is not None and len(numbers) != areas):  # noqa: PLR2004 - areas and columns
        raise ValueError(
            f"{name} are of the same areas, of the shape (areas,) or (areas, kinds); these are of {numbers.shape}"
        )
    if not np.isfinite(numbers).all():
        raise ValueError(
            f"{name}: {count((~np.isfinite(numbers)).sum())} numbers are missing; leave out their areas, and say how many"
        )
    ranks = stats.rankdata(numbers, axis=0)
    return np.asarray((2 * ranks - len(numbers) - 1) / max(len(numbers) - 1, 1))


def _basis(columns: Floats) -> Floats:
    """Give an orthonormal basis of the columns, those that others already give left out."""
    left, sizes, _ = np.linalg.svd(columns, full_matrices=False)
    return np.asarray(left[:, sizes > sizes[0] * 1e-9])


def _f(responses: Floats, reduced: Floats, full: Floats, more: int, free: int) -> Floats:
    """Give the F statistic of the full fit over the reduced one for rows of responses.

    What the reduced fit holds of a response drops out, so that residuals stand for the responses that Freedman and Lane add up.
    """
    whole = (responses**2).sum(axis=1)
    in_reduced, in_full = (((responses @ basis) ** 2).sum(axis=1) for basis in (reduced, full))
    return np.asarray(((in_full - in_reduced) / more) / np.maximum((whole - in_full) / free, 1e-300))
