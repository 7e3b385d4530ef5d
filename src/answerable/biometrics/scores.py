"""The scores of one kind of comparison, counted: how many lie below any threshold, exactly or by their bins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from answerable.biometrics.bounds import Counts

__all__ = [
    "Scores",
    "binned",
    "counted",
    "from_bins",
    "number_array",
    "refuse_infinite",
    "scored",
    "whole_numbers",
]

Values = NDArray[np.float64]

_BLOCK = 1 << 16  # scores sorted at once where they are counted in bins: they stay in the processor's cache
_EXACT_IN_FLOAT = 2**53  # whole numbers up to here are floating-point numbers of their own


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """The scores of mated or of non-mated comparisons, as cumulative counts; made by the functions beside it.

    Attributes:
        marks: Ascending and distinct. Where ``exact``: every score that occurs. Else: the edges of bins, each of which holds
            its lower edge and not its upper; the bins below the first edge and from the last one on are open.
        cumulative: How many scores lie below each mark, and in the end how many there are; one more than the marks.
        failures: How many comparisons have no score, because a sample was not acquired or no template was made of it.
        exact: Whether each score is known, not only its bin.
    """

    marks: Values
    cumulative: Counts
    failures: int
    exact: bool

    def __post_init__(self) -> None:
        self.marks.flags.writeable = False
        self.cumulative.flags.writeable = False

    @property
    def total(self) -> int:
        """How many comparisons have a score."""
        return int(self.cumulative[-1])

    @property
    def counts(self) -> Counts:
        """How many scores each mark has, where ``exact``; else how many each bin has, with the open ones at both ends."""
        counts = np.diff(self.cumulative)
        return counts if self.exact else np.concatenate([self.cumulative[:1], counts])

    def below(self, thresholds: ArrayLike) -> tuple[Counts, Counts]:
        """Count the scores below thresholds.

        Args:
            thresholds: Numbers of any shape; infinite ones are allowed.

        Returns:
            The least and the greatest that each count can be, in the thresholds' shape. They differ where a threshold lies
            within a bin; where they are equal for want of bins, they are the same array.

        Raises:
            ValueError: A threshold is NaN.
        """
        at = np.asarray(thresholds, dtype=np.float64)
        if np.isnan(at).any():
            raise ValueError("a threshold is a number; NaN was given")
        place = np.searchsorted(self.marks, at, side="left")
        high = np.asarray(self.cumulative[place])
        if self.exact:
            return high, high
        before = np.where(place > 0, self.cumulative[np.maximum(place - 1, 0)], 0)
        on_edge = (place < len(self.marks)) & (self.marks[np.minimum(place, len(self.marks) - 1)] == at)
        low = np.where(on_edge, high, before)
        # Every score is finite: none lies below minus infinity, and all lie below infinity.
        return np.where(np.isposinf(at), high, low), np.where(np.isneginf(at), 0, high)

    def next_above(self, values: ArrayLike) -> Values:
        """Give the lowest mark above each value; infinity where there is none."""
        place = np.searchsorted(self.marks, np.asarray(values, dtype=np.float64), side="right")
        return np.asarray(np.append(self.marks, np.inf)[place])

    def into(self, edges: ArrayLike) -> Scores:
        """Give the same scores counted in bins. Those that are in bins already must be in the same ones.

        Raises:
            ValueError: They are in other bins.
        """
        marks = _edges(edges)
        if self.exact:
            below, _ = self.below(marks)
            return Scores(marks, np.append(below, self.total), self.failures, exact=False)
        if not np.array_equal(marks, self.marks):
            raise ValueError(
                "scores counted in different bins cannot be put together; count both kinds, and every part, with "
                "the same edges"
            )
        return self

    def negated(self) -> Scores:
        """Give the scores with their signs changed, as distances are turned into scores."""
        marks = -self.marks[::-1]
        if not self.exact:
            # A bin that held its lower edge would hold its upper one: its edges move to the next number above.
            marks = np.nextafter(marks, np.inf)
        counts = self.counts[::-1]
        cumulative = np.cumsum(counts)
        cumulative = np.concatenate([[0], cumulative]) if self.exact else cumulative
        return Scores(np.ascontiguousarray(marks), cumulative, self.failures, self.exact)

    def __add__(self, other: Scores) -> Scores:
        failures = self.failures + other.failures
        if not self.exact:
            # In the same bins, so that the counts add up: with many parts, looking edges up would take longer than counting.
            added = self.cumulative + other.into(self.marks).cumulative
            return Scores(self.marks, added, failures, exact=False)
        if not other.exact:
            return self.into(other.marks) + other
        marks = np.union1d(self.marks, other.marks)
        below = self.below(marks)[1] + other.below(marks)[1]
        return Scores(marks, np.append(below, self.total + other.total), failures, exact=True)


def scored(scores: ArrayLike) -> Scores:
    """Count scores exactly.

    They are sorted in their own type on a copy; then each distinct score is kept once. Scores of single precision
    are compared with thresholds as the numbers they are: 0.7 in single precision is a little less than 0.7.

    Args:
        scores: One dimension of floating-point or whole numbers; NaN where a comparison has no score.

    Raises:
        TypeError: They are not numbers, or are more precise than double precision.
        ValueError: They are not one-dimensional, some are infinite, or are whole numbers too large to be exact.
    """
    ordered = number_array(scores, "scores").copy()
    ordered.sort()
    ordered, failures = _finite(ordered)
    if not len(ordered):
        return Scores(np.empty(0), np.zeros(1, dtype=np.int64), failures, exact=True)
    fresh = np.empty(len(ordered), dtype=np.bool_)
    fresh[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    distinct = np.count_nonzero(fresh)
    if distinct == len(ordered):
        cumulative = np.arange(len(ordered) + 1, dtype=np.int64)
        return Scores(ordered.astype(np.float64, copy=False), cumulative, failures, exact=True)
    cumulative = np.empty(distinct + 1, dtype=np.int64)
    cumulative[:-1] = np.flatnonzero(fresh)
    cumulative[-1] = len(ordered)
    return Scores(ordered[fresh].astype(np.float64, copy=False), cumulative, failures, exact=True)


def counted(values: ArrayLike, counts: ArrayLike, failures: int = 0) -> Scores:
    """Take scores that were counted by value.

    Args:
        values: The scores that occur, in any order; one that comes twice has its counts added, and NaN stands for failures.
        counts: How many comparisons have each, whole numbers of at least 0.
        failures: How many comparisons have no score, beside those under NaN.

    Raises:
        TypeError: Values are not numbers, or counts are not whole.
        ValueError: The two are not of one length, a count is negative, or a value is infinite.
    """
    given = number_array(values, "values")
    numbers = whole_numbers(counts, "counts")
    if given.shape != numbers.shape:
        raise ValueError(f"each value has one count; there are {len(given):,} and {len(numbers):,}")
    refuse_infinite(int(numbers[np.isinf(given)].sum()), int(numbers.sum()))
    missing = np.isnan(given)
    failures = _failures(failures) + int(numbers[missing].sum())
    kept = ~missing & (numbers > 0)
    marks, which = np.unique(given[kept].astype(np.float64), return_inverse=True)
    totals = np.zeros(len(marks), dtype=np.int64)
    np.add.at(totals, which, numbers[kept])
    return Scores(marks, np.concatenate([[0], np.cumsum(totals)]), failures, exact=True)


def from_bins(
    edges: ArrayLike,
    counts: ArrayLike,
    *,
    below: int = 0,
    above: int = 0,
    failures: int = 0,
    last_closed: bool = True,
) -> Scores:
    """Take scores that were counted in bins.

    Args:
        edges: The edges of the bins, ascending; one more than there are counts. A bin holds its lower edge, not its upper.
        counts: How many comparisons fall into each bin, whole numbers of at least 0.
        below: How many lie below the first edge.
        above: How many lie at or above the last edge, or above it where ``last_closed``.
        failures: How many comparisons have no score.
        last_closed: Whether the last bin holds its upper edge too, as those of NumPy's ``histogram`` do.

    Raises:
        TypeError: Counts are not whole numbers.
        ValueError: Edges do not ascend or are not finite, a count is negative, or their numbers do not fit.
    """
    marks = _edges(edges)
    numbers = whole_numbers(counts, "counts")
    if len(numbers) != len(marks) - 1:
        raise ValueError(
            f"{len(marks):,} edges bound {len(marks) - 1:,} bins; {len(numbers):,} counts were given"
        )
    if last_closed:
        # The last bin then ends, without its end, at the next number above its edge.
        marks[-1] = np.nextafter(marks[-1], np.inf)
    parts = np.concatenate([whole_numbers([below], "below"), numbers, whole_numbers([above], "above")])
    return Scores(marks, np.cumsum(parts), _failures(failures), exact=False)


def binned(scores: ArrayLike, edges: ArrayLike) -> Scores:
    """Count scores in bins, in one pass and in memory for the bins alone.

    Chunks of a larger set are counted one after another and added: ``binned(first, edges) + binned(second, edges)``.
    A bin holds its lower edge, not its upper; scores beyond the edges are counted in two open bins.

    Args:
        scores: As in `scored`.
        edges: The edges of the bins, ascending and finite; at least one.

    Raises:
        TypeError: As in `scored`.
        ValueError: As in `scored`, or edges do not ascend or are not finite.
    """
    marks = _edges(edges)
    given = number_array(scores, "scores")
    below, total = np.zeros(len(marks), dtype=np.int64), 0
    infinite = 0
    block = max(_BLOCK, 4 * len(marks))
    for start in range(0, len(given), block):
        ordered = np.sort(given[start : start + block])
        present = _present(ordered)
        infinite += _infinite(present)
        below += np.searchsorted(present, marks, side="left")
        total += len(present)
    refuse_infinite(infinite, len(given))
    return Scores(marks, np.append(below, total), len(given) - total, exact=False)


def number_array(values: ArrayLike, what: str) -> NDArray[Any]:
    """Check that values are one dimension of numbers that double precision holds.

    Raises:
        TypeError: They are not numbers, or are more precise than double precision.
        ValueError: They have another dimension, or are whole numbers too large to be exact.
    """
    given = np.asarray(values)
    if given.ndim != 1:
        raise ValueError(f"{what} are an array of one dimension; one of {given.ndim} was given")
    if not given.size:
        return given.astype(np.float64)
    if given.dtype == np.float16:
        return given.astype(np.float32)
    if given.dtype.kind == "f" and given.dtype.itemsize <= np.dtype(np.float64).itemsize:
        return given
    if given.dtype.kind not in "iu":
        raise TypeError(
            f"{what} are whole numbers or numbers of half, single or double precision; an array of {given.dtype} was given"
        )
    if given.dtype.itemsize > np.dtype(np.int32).itemsize and (
        int(given.max()) > _EXACT_IN_FLOAT or int(given.min()) < -_EXACT_IN_FLOAT
    ):
        raise ValueError(
            f"{what} beyond {_EXACT_IN_FLOAT:,} in size are not exact in double precision; divide them first"
        )
    return given


def _present(ordered: NDArray[Any]) -> NDArray[Any]:
    """Leave out the NaN of sorted numbers, which stand at their end."""
    if ordered.dtype.kind != "f":
        return ordered
    # In the numbers' own type, for another would have them all copied.
    return ordered[: np.searchsorted(ordered, ordered.dtype.type(np.nan), side="left")]


def _infinite(present: NDArray[Any]) -> int:
    """Count the infinite among sorted numbers without NaN."""
    if present.dtype.kind != "f":
        return 0
    infinity = present.dtype.type(np.inf)
    low = np.searchsorted(present, -infinity, side="right")
    return int(low + len(present) - np.searchsorted(present, infinity, side="left"))


def _finite(ordered: NDArray[Any]) -> tuple[NDArray[Any], int]:
    """Leave out the NaN of sorted numbers, and count them.

    Raises:
        ValueError: Some are infinite.
    """
    present = _present(ordered)
    refuse_infinite(_infinite(present), len(ordered))
    return present, len(ordered) - len(present)


def refuse_infinite(infinite: int, among: int) -> None:
    """Say that scores are infinite, if any are.

    Args:
        infinite: How many are.
        among: How many scores there are.

    Raises:
        ValueError: Some are.
    """
    if infinite:
        raise ValueError(
            f"{infinite:,} of {among:,} scores are infinite; give NaN where one stands for a missing score, and a "
            "number where it stands for a score at the end of the scale"
        )


def _edges(edges: ArrayLike) -> Values:
    marks = np.array(edges, dtype=np.float64)
    if marks.ndim != 1 or not len(marks) or not np.isfinite(marks).all() or (np.diff(marks) <= 0).any():
        raise ValueError("the edges of bins are finite numbers in ascending order, at least one")
    return marks


def whole_numbers(numbers: ArrayLike, what: str) -> Counts:
    """Check that numbers are one dimension of whole numbers of at least 0.

    Raises:
        TypeError: They are not whole.
        ValueError: They have another dimension, or one is negative.
    """
    given = np.asarray(numbers)
    if given.size and given.dtype.kind not in "iu":
        raise TypeError(f"{what} are whole numbers")
    if given.ndim != 1 or (given.size and given.min() < 0):
        raise ValueError(f"{what} are an array of one dimension of numbers of at least 0")
    return given.astype(np.int64)


def _failures(failures: int) -> int:
    return int(whole_numbers([failures], "failures")[0])
