"""Whom flags fall on: flags of areas set against the composition of their residents, with the error of the census.

Residents are not those who were stopped: an exposure says where flags fell and who lives there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special, stats

from answerable.estimate import Interval
from answerable.hindsight.arrays import Floats
from answerable.hindsight.census import MARGIN
from answerable.wording import count, plural

__all__ = ["CENSUS", "CORRELATION", "Exposure", "exposure"]

CENSUS = "simulation of the census's margins of error"
CORRELATION = (
    "Fisher's z with the variance of Bonett & Wright (2000), and the census's margins of error by simulation"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """How flags fall on a group of residents against the others.

    Each interval holds the census's error; it is None where no margin of error was given, but for the correlation's.

    Attributes:
        areas: How many areas were looked at.
        left_out: How many were not, having no residents.
        flags_left_out: The flags of those.
        most_flagged: How many areas the most flagged tenth has, of areas that were flagged at all; those that tie at its edge count in part.
        share_most_flagged: The group's mean share in the most flagged areas, each area counting as one.
        share_most_flagged_residents: The group's share of the residents of these areas.
        share_all: The group's share of all residents.
        share_most_flagged_interval: Of the mean share in the most flagged areas.
        difference: The mean share in the most flagged areas less the share of all residents.
        difference_interval: Of the difference.
        per_capita: The exposure ratio: flags for each resident of the group over flags for each other resident, an area's flags being
            divided among its residents.
        per_capita_interval: Of the ratio.
        mean_flags: How often the area of residence was flagged, on average over residents of the group.
        mean_flags_others: The same of the other residents.
        residence: The ratio of the mean number of flags of the area of residence, of the group over the others.
        residence_interval: Of that ratio.
        correlation: Spearman's rank correlation of flags for each resident with the group's share, over areas.
        correlation_interval: Of the correlation; None under ten areas.
        notes: What a careful reader has to know, one sentence each.
    """

    areas: int
    left_out: int
    flags_left_out: float
    most_flagged: int
    share_most_flagged: float
    share_most_flagged_residents: float
    share_all: float
    share_most_flagged_interval: Interval | None
    difference: float
    difference_interval: Interval | None
    per_capita: float | None
    per_capita_interval: Interval | None
    mean_flags: float | None
    mean_flags_others: float | None
    residence: float | None
    residence_interval: Interval | None
    correlation: float | None
    correlation_interval: Interval | None
    notes: tuple[str, ...]


def exposure(
    flags: ArrayLike,
    population: ArrayLike,
    shares: ArrayLike,
    *,
    population_margin: ArrayLike | None = None,
    shares_margin: ArrayLike | None = None,
    most: float = 0.1,
    level: float = 0.95,
    draws: int = 1_000,
    seed: int = 0,
) -> Exposure:
    """Set flags of areas against the share that a group has of their residents.

    Margins of error are those at 90 %, as the census publishes them; a standard error is a margin over 1.645. Populations and
    shares are drawn anew about their estimates, cut off at 0 and 1, and everything is computed again; flags are counted whole and
    stay. The intervals are of the quantities by themselves: none is of a largest less a smallest, which a bootstrap would inflate.

    Args:
        flags: How often each area was flagged, of shape (areas,).
        population: Residents of each area.
        shares: The group's share of them, from 0 to 1.
        population_margin: The populations' margins of error, in residents.
        shares_margin: The shares' margins of error.
        most: The part of the areas that counts as most flagged; areas that were never flagged are not among them.
        level: Of the intervals.
        draws: Of the simulation.
        seed: Of the simulation.

    Raises:
        ValueError: An array is of another shape, a number is missing or negative, a share is over 1, nothing was flagged in an area
            with residents, or fewer than three areas have residents.

    Sources: U.S. Census Bureau, Understanding and Using American Community Survey Data (2020), chapter 7; D. G. Bonett & T. A. Wright,
    Sample size requirements for estimating Pearson, Kendall and Spearman correlations, Psychometrika 65 (2000) 23-28.
    """
    if not 0 < level < 1 or not 0 < most < 1 or draws < 1:
        raise ValueError(
            "the level and the part that is most flagged lie between 0 and 1, and there is at least one draw"
        )
    listed = _column(flags, "flags", None)
    people, part = (
        _column(one, name, len(listed)) for one, name in ((population, "population"), (shares, "shares"))
    )
    if (part > 1).any():
        raise ValueError(
            f"{plural(int((part > 1).sum()), 'share')} of {count(len(part))} lie over 1: a share is of 1, not of 100"
        )
    margins = [
        np.zeros(len(listed)) if one is None else _column(one, "margins of error", len(listed))
        for one in (population_margin, shares_margin)
    ]
    lived = people > 0
    if lived.sum() < 3 or not listed[lived].any():  # noqa: PLR2004 - a rank correlation is of three areas or more
        raise ValueError("at least three areas have residents, and one of them was flagged")
    kept = listed[lived], people[lived], part[lived]
    errors = [one[lived] / MARGIN for one in margins]
    wanted, ever = max(round(most * len(kept[0])), 1), int((kept[0] > 0).sum())
    number = min(wanted, ever)
    tenth = _most(kept[0], number)
    found = _figures(kept[0], kept[1][None], kept[2][None], tenth)
    known = any(one.any() for one in errors)
    replicas = _replicas(kept, errors, tenth, draws, seed) if known else None
    left_out = int((~lived).sum())
    notes = [] if known else ["No margin of error was given: the census's figures are taken as they stand."]
    if left_out:
        notes.append(
            f"{plural(left_out, 'area')} without residents, with {count(listed[~lived].sum())} flags, are left out."
        )
    if number < wanted:
        notes.append(
            f"{plural(number, 'area')} {'was' if number == 1 else 'were'} ever flagged, fewer than the {count(wanted)} that were to count as most flagged: the most flagged areas are those."
        )
    notes.append(
        "Neighbouring areas are alike, which the interval of the correlation does not know; it is then too narrow."
    )
    one = {name: float(values[0]) for name, values in found.items()}
    return Exposure(
        areas=int(lived.sum()),
        left_out=left_out,
        flags_left_out=float(listed[~lived].sum()),
        most_flagged=number,
        share_most_flagged=one["share"],
        share_most_flagged_residents=one["residents"],
        share_all=one["all"],
        share_most_flagged_interval=_interval("share", replicas, level),
        difference=one["share"] - one["all"],
        difference_interval=_interval("difference", replicas, level),
        per_capita=_known(one["per_capita"]),
        per_capita_interval=_interval("per_capita", replicas, level),
        mean_flags=_known(one["mean_flags"]),
        mean_flags_others=_known(one["mean_flags_others"]),
        residence=_known(one["residence"]),
        residence_interval=_interval("residence", replicas, level),
        correlation=_known(one["correlation"]),
        correlation_interval=_correlated(one["correlation"], int(lived.sum()), replicas, level),
        notes=tuple(notes),
    )


def _column(given: ArrayLike, name: str, areas: int | None) -> Floats:
    numbers = np.asarray(given, dtype=np.float64)
    if numbers.ndim != 1 or (areas is not None and len(numbers) != areas):
        raise ValueError(f"{name} are one number for each area; these are of the shape {numbers.shape}")
    bad = int((~np.isfinite(numbers) | (numbers < 0)).sum())
    if bad:
        raise ValueError(f"{name}: {count(bad)} of {plural(len(numbers), 'number')} are missing or negative")
    return numbers


def _most(flags: Floats, number: int) -> Floats:
    """Give the weight of each area among so many that are the most flagged: 1, 0, or a part where areas tie at the edge."""
    edge = np.partition(flags, len(flags) - number)[len(flags) - number]
    above, tied = flags > edge, flags == edge
    return np.asarray(above + (number - above.sum()) / tied.sum() * tied)


def _figures(flags: Floats, people: Floats, shares: Floats, tenth: Floats) -> dict[str, Floats]:
    """Compute everything for rows of populations and shares, of shape (rows, areas)."""
    group, others = people * shares, people * (1 - shares)
    with np.errstate(divide="ignore", invalid="ignore"):
        each = np.where(people > 0, flags / people, 0.0)
        groups, rest = group.sum(axis=1), others.sum(axis=1)
        share = shares @ tenth / tenth.sum()
        everybody = groups / people.sum(axis=1)
        per_capita = ((each * group).sum(axis=1) / groups) / ((each * others).sum(axis=1) / rest)
        here, there = group @ flags / groups, others @ flags / rest
        residence = here / there
    return {
        "share": share,
        "residents": (group @ tenth) / (people @ tenth),
        "all": everybody,
        "difference": share - everybody,
        "per_capita": per_capita,
        "mean_flags": here,
        "mean_flags_others": there,
        "residence": residence,
        "correlation": _spearman(each, shares),
    }


def _spearman(one: Floats, other: Floats) -> Floats:
    ranks = [stats.rankdata(part, axis=1) for part in (one, other)]
    centred = [part - part.mean(axis=1, keepdims=True) for part in ranks]
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt((centred[0] ** 2).sum(axis=1) * (centred[1] ** 2).sum(axis=1))
        return np.asarray((centred[0] * centred[1]).sum(axis=1) / spread)


def _replicas(
    kept: tuple[Floats, Floats, Floats], errors: list[Floats], tenth: Floats, draws: int, seed: int
) -> dict[str, Floats]:
    generator = np.random.default_rng(seed)
    parts: list[dict[str, Floats]] = []
    height = max((1 << 20) // len(kept[0]), 1)
    for begin in range(0, draws, height):
        shape = (min(height, draws - begin), len(kept[0]))
        people = np.maximum(kept[1] + errors[0] * generator.standard_normal(shape), 0)
        shares = np.clip(kept[2] + errors[1] * generator.standard_normal(shape), 0, 1)
        # An area whose drawn population is 0 keeps one resident, so that its flags fall on somebody.
        parts.append(_figures(kept[0], np.maximum(people, 1.0), shares, tenth))
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _interval(name: str, replicas: dict[str, Floats] | None, level: float) -> Interval | None:
    if replicas is None or not np.isfinite(replicas[name]).all():
        return None
    low, high = np.quantile(replicas[name], [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(low), float(high), level, CENSUS)


def _correlated(
    found: float, areas: int, replicas: dict[str, Floats] | None, level: float
) -> Interval | None:
    """Join the variance over areas with that of the census, on Fisher's scale."""
    if not np.isfinite(found) or areas < 10:  # noqa: PLR2004 - the variance is an approximation for ten and more
        return None
    inside = min(max(found, -1 + 1e-9), 1 - 1e-9)
    variance = (1 + inside**2 / 2) / (areas - 3)
    if replicas is not None:
        drawn: NDArray[np.float64] = replicas["correlation"]
        variance += float(np.arctanh(np.clip(drawn[np.isfinite(drawn)], -1 + 1e-9, 1 - 1e-9)).var())
    half = float(special.ndtri((1 + level) / 2)) * np.sqrt(variance)
    low, high = np.tanh(np.arctanh(inside) + np.array([-half, half]))
    return Interval(float(low), float(high), level, CORRELATION)


def _known(value: float) -> float | None:
    return value if np.isfinite(value) else None
