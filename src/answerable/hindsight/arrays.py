"""What every function of this package asks of its arrays, each refusal a sentence.

Arrays are laid out by area and period, of shape (areas, periods); periods follow each other in time and are of the same length.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from answerable.wording import count, plural

__all__ = ["Floats", "Ints", "chunks", "counted", "flagged", "in_order", "same_shape", "scored", "sized"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_AT_ONCE = 1 << 21  # cells held at a time: 16 MiB of each kind
_LARGEST = 2**31 - 1


def counted(outcomes: ArrayLike, what: str = "outcomes") -> NDArray[np.int32]:
    """Check counts of outcomes, of shape (areas, periods).

    Args:
        outcomes: How many events each area had in each period.
        what: What they are called in the sentence of a refusal.

    Raises:
        ValueError: There is no area or no period, a count is missing, negative or no whole number, or all of them together are
            2^31 or more.
    """
    given = np.asarray(outcomes)
    if given.ndim != 2 or not given.size:  # noqa: PLR2004 - areas and periods
        raise ValueError(
            f"{what} have the shape (areas, periods), at least one of each; this is {given.shape}"
        )
    if given.dtype.kind == "b":
        return given.astype(np.int32)
    if given.dtype.kind not in "iuf":
        raise ValueError(f"{what} are counts; these are of the type {given.dtype}")
    if given.dtype.kind == "f":
        missing = int(np.isnan(given).sum())
        if missing:
            raise ValueError(
                f"{count(missing)} of {count(given.size)} {what} are missing: a period is judged once its outcomes are known"
            )
        if (given != np.floor(given)).any():
            raise ValueError(f"{what} are whole numbers of events")
    if given.min() < 0:
        raise ValueError(f"{what} are counts, and none is negative")
    if given.sum(dtype=np.float64) > _LARGEST:
        raise ValueError(f"{what} come to more than {count(_LARGEST)} events")
    return given.astype(np.int32)


def scored(scores: ArrayLike) -> Floats:
    """Check scores, of shape (areas, periods), where a higher one means that more is expected.

    Raises:
        ValueError: A score is missing, infinite or negative, or in every period all areas have the same.
    """
    given = np.asarray(scores)
    if given.dtype.kind not in "iuf" or given.ndim != 2 or not given.size:  # noqa: PLR2004 - areas and periods
        raise ValueError(
            f"scores are numbers of the shape (areas, periods); this is {given.dtype} of {given.shape}"
        )
    numbers = given.astype(np.float64, copy=False)
    bad = int((~np.isfinite(numbers)).sum())
    if bad:
        raise ValueError(
            f"{count(bad)} of {count(numbers.size)} scores are missing or infinite: leave out their periods"
        )
    if numbers.min() < 0:
        raise ValueError(
            "a score is negative; take the exponential of a logarithm first, which keeps the order"
        )
    if (numbers == numbers[:1]).all():
        raise ValueError(
            "in every period all areas have the same score: the scores tell no area from another"
        )
    return numbers


def flagged(flags: ArrayLike) -> NDArray[np.bool_]:
    """Check flags, of shape (areas, periods): true where an area was on the list.

    Raises:
        ValueError: A flag is neither true nor false, or no area was ever flagged.
    """
    given = np.asarray(flags)
    if given.ndim != 2 or not given.size:  # noqa: PLR2004 - areas and periods
        raise ValueError(
            f"flags have the shape (areas, periods), at least one of each; this is {given.shape}"
        )
    if given.dtype.kind != "b":
        if given.dtype.kind not in "iuf" or not ((given == 0) | (given == 1)).all():
            raise ValueError("a flag is true or false, 1 or 0")
        given = given.astype(np.bool_)
    if not given.any():
        raise ValueError("no area was flagged in any period")
    return np.asarray(given, dtype=np.bool_)


def same_shape(one: NDArray[np.generic], other: NDArray[np.generic], what: str) -> None:
    """Check that two arrays are of the same areas and periods.

    Raises:
        ValueError: They are not; the sentence gives both shapes.
    """
    if one.shape != other.shape:
        raise ValueError(
            f"{what} are of the same areas and periods; these are of {one.shape} and {other.shape}"
        )


def sized(sizes: ArrayLike | None, areas: int) -> Floats:
    """Check the areas' sizes; without them all are 1.

    Raises:
        ValueError: There is not one size for each area, or a size is missing, 0 or negative.
    """
    if sizes is None:
        return np.ones(areas)
    given = np.asarray(sizes, dtype=np.float64)
    if given.shape != (areas,):
        raise ValueError(
            f"each of {plural(areas, 'area')} has one size; these are of the shape {given.shape}"
        )
    bad = int((~(np.isfinite(given) & (given > 0))).sum())
    if bad:
        raise ValueError(
            f"{plural(bad, 'area')} of {count(areas)} have no size above 0: leave them out, and say how many"
        )
    return given


def in_order(periods: ArrayLike | None, number: int) -> None:
    """Check that periods follow each other in time without a gap, by their labels: dates or whole numbers.

    Raises:
        ValueError: There is not one label for each period, one comes before or with the one before it, or the steps differ.
    """
    if periods is None:
        return
    given = np.asarray(periods)
    if given.dtype.kind not in "iuM" or given.shape != (number,):
        raise ValueError(
            f"each of {plural(number, 'period')} has one label, a date (datetime64) or a whole number"
        )
    steps = np.diff(given.astype(np.int64))
    if (steps <= 0).any():
        raise ValueError(
            f"periods are out of order: the one in place {int(np.argmax(steps <= 0)) + 2} does not come after the one before it"
        )
    if len(steps) and (steps != steps[0]).any():
        raise ValueError(
            f"periods do not follow each other in equal steps (first in place {int(np.argmax(steps != steps[0])) + 2}): "
            "give a missing period its outcomes, or judge each stretch by itself"
        )


def chunks(areas: int, periods: int) -> Iterator[slice]:
    """Yield slices of periods of which each has a bounded number of cells."""
    width = max(_AT_ONCE // areas, 1)
    for begin in range(0, periods, width):
        yield slice(begin, min(begin + width, periods))
