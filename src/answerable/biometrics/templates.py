"""Comparing every template of a benchmark with every other, straight to histograms: no score and no identity is kept.

For a laboratory that holds the templates of people who agreed to a test. What comes out are counts of scores by group and bin,
from which no person can be told; there is no way to ask which two templates were alike.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from answerable.biometrics.scores import Scores, from_bins

__all__ = ["GroupHistograms", "compare_all"]

Wholes = NDArray[np.int64]
_Count = Callable[[slice, slice, Wholes], None]  # counts the block of some rows by some columns into an array
_CORES = os.cpu_count() or 1
_BLOCK = 4_096  # templates on each side of a block: its scores fill 64 MiB
_SLAB = 1 << 17  # scores that are counted at once
_STRIP = 512  # rows of a block of templates with themselves
_TRIANGLE = 64  # rows of a slab of half a block
_PAIRS = 10_000  # pairs of one person that are compared at once
_WIDEST = 1 << 15  # bins: of more, most would be empty


@dataclass(frozen=True, slots=True, eq=False)
class GroupHistograms:
    """Scores of every template with every other, counted by group and bin.

    Attributes:
        edges: The edges of the bins, of shape (bins + 1,); a bin holds its lower edge, not its upper.
        mated: Comparisons of one person's templates, of shape (groups, bins + 2): the first and the last are those below and
            at or above all edges.
        non_mated: Comparisons of two people's, of shape (groups, groups, bins + 2); of two groups the lower number comes first.
    """

    edges: NDArray[np.float64]
    mated: Wholes
    non_mated: Wholes

    def scores(self, group: int, other: int | None = None) -> Scores:
        """Give the scores of mated comparisons of a group, or of non-mated ones of two groups, as counts in bins."""
        counts = self.mated[group] if other is None else self.non_mated[min(group, other), max(group, other)]
        return from_bins(
            self.edges, counts[1:-1], below=int(counts[0]), above=int(counts[-1]), last_closed=False
        )


def compare_all(
    templates: ArrayLike,
    labels: ArrayLike,
    groups: ArrayLike,
    *,
    low: float = -1.0,
    high: float = 1.0,
    bins: int = 2_000,
    block: int = _BLOCK,
    device: str = "cpu",
) -> GroupHistograms:
    """Compare every template with every other by the scalar product, and count the scores.

    Each pair is compared once, and no template with itself. It goes block by block in single precision; memory is that of the
    templates, three times, and of a block. The product gives the bin's number at once, for the scale of the bins is put into the templates. A
    score that lies within rounding of an edge may be counted in the bin beside it.

    Args:
        templates: Of shape (templates, dimensions): numbers of single precision. For the cosine of the angle between them, give them
            divided by their lengths.
        labels: Whose each is, as whole numbers of shape (templates,).
        groups: The group of each, from 0, of shape (templates,).
        low: The least edge.
        high: The highest edge.
        bins: How many bins, of equal width.
        block: How many templates on each side of a block.
        device: ``cpu``; else a device of torch, such as ``cuda``, where torch is installed.

    Raises:
        ImportError: A device is asked for and torch is not installed.
        ValueError: The arrays do not fit, there are no two templates, a number is not finite, or the bins are out of range.
    """
    given = np.ascontiguousarray(templates, dtype=np.float32)
    who, kind = (np.asarray(each, dtype=np.int64) for each in (labels, groups))
    if given.ndim != 2 or len(given) < 2 or who.shape != kind.shape or len(who) != len(given):  # noqa: PLR2004 - rows and columns
        raise ValueError(
            "templates are a table of two rows or more, with one label and one group for each row"
        )
    if not np.isfinite(given).all():
        raise ValueError(
            f"{int((~np.isfinite(given)).any(axis=1).sum()):,} templates hold NaN or an infinite number"
        )
    if not low < high or not 1 <= bins <= _WIDEST or block < 1 or kind.min() < 0:
        raise ValueError(f"the edges ascend, there are 1 to {_WIDEST:,} bins, and groups are numbered from 0")
    order = np.lexsort((who, kind))  # by group, so that most blocks are of two groups alone
    who, kind = who[order], kind[order]
    number = int(kind[-1]) + 1
    counts = np.zeros((number * number, bins + 2), dtype=np.int64)
    mated = np.zeros((number * number, bins + 2), dtype=np.int64)
    scale = bins / (high - low)
    right = np.ones((len(given), given.shape[1] + 1), dtype=np.float32)
    right[:, :-1] = given[order]
    left = right * np.float32(scale)
    left[:, -1] = 1 - low * scale
    with ThreadPoolExecutor(_CORES) as pool:
        count: _Count = (
            _Counter(left, right, bins, block, pool)
            if device == "cpu"
            else _on_device(left, right, bins, device)
        )
        for rows, columns in _blocks(kind, block):
            count(rows, columns, counts[int(kind[rows.start]) * number + int(kind[columns.start])])
    _take_out((left, right), who, kind, counts, mated)
    edges = np.linspace(low, high, bins + 1)
    own = mated.reshape(number, number, -1)[np.arange(number), np.arange(number)]
    return GroupHistograms(edges, own, counts.reshape(number, number, -1))


def _blocks(kind: Wholes, block: int) -> Iterator[tuple[slice, slice]]:
    """Cut the upper half of the table of all pairs into blocks, each of one group by one group.

    A block of templates with themselves comes in strips, each from its own first row on, so that little of the lower half is
    computed in vain.
    """
    ends = [0, *(np.flatnonzero(np.diff(kind)) + 1).tolist(), len(kind)]
    cuts = [cut for begin, end in pairwise(ends) for cut in _cut(begin, end, block)]
    for place, own in enumerate(cuts):
        for rows in _cut(own.start, own.stop, min(block, _STRIP)):
            yield rows, slice(rows.start, own.stop)
        for columns in cuts[place + 1 :]:
            yield own, columns


def _cut(begin: int, end: int, most: int) -> list[slice]:
    """Cut a range into parts of one size, give or take one: a narrow part at the end would slow the product down."""
    parts = -(-(end - begin) // most)
    return [
        slice(*ends) for ends in pairwise(begin + (end - begin) * part // parts for part in range(parts + 1))
    ]


class _Bins:
    """Counts scores that the product scaled: in bin 0 those below all edges, in the last those above.

    Each score is an entry of a sparse matrix of one column, which adds up its rows when it is multiplied by 1. That is a
    histogram of whole numbers of 32 bits, and it leaves the interpreter free for the other threads; `numpy.bincount` takes
    twice as long, on 64 bits, and holds the interpreter while it counts.

    Args:
        bins: How many bins, those beyond the edges included.
        most: How many scores are counted at once, at the most.
    """

    def __init__(self, bins: int, most: int) -> None:
        ones, places = np.ones(most, dtype=np.int32), np.zeros(most, dtype=np.int32)
        self._column = sparse.csc_array((ones, places, np.array([0, most], dtype=np.int32)), shape=(bins, 1))
        self._one = np.ones(1, dtype=np.int32)
        self.counts: Wholes = np.zeros(bins, dtype=np.int64)

    def add(self, scores: NDArray[np.float32]) -> None:
        """Count scores, as many as was said at the most."""
        places = self._column.indices[: scores.size].reshape(scores.shape)
        np.clip(scores, np.float32(0), np.float32(len(self.counts) - 1), out=places, casting="unsafe")
        self._column.indptr[1] = scores.size  # what lies beyond is of an earlier slab
        self.counts += self._column @ self._one


def _slabs(scores: NDArray[np.float32], *, half: bool) -> Iterator[NDArray[np.float32]]:
    """Cut a block of scores into slabs that stay in the processor's cache: read from memory again they take longer than the product.

    Of a strip of a block of templates with themselves the upper half is given, each pair once.
    """
    height, width = scores.shape
    rows = max(1, min(_SLAB // width, _TRIANGLE if half else height))
    for start in range(0, height, rows):
        end = min(start + rows, height)
        if not half:
            yield scores[start:end]
            continue
        yield scores[start:end, end:]
        yield scores[start:end, start:end][np.triu_indices(end - start, 1)]


class _Counter:
    """Counts blocks on this machine's cores: the product uses all of them, and then the counting does."""

    def __init__(
        self, left: NDArray[Any], right: NDArray[Any], bins: int, block: int, pool: Executor
    ) -> None:
        self._left, self._right = left, right
        self._room = np.empty(block * block, dtype=np.float32)
        self._pool = pool
        self._bins = [_Bins(bins + 2, max(_SLAB, block)) for _ in range(_CORES)]

    def __call__(self, rows: slice, columns: slice, into: Wholes) -> None:
        height, width = rows.stop - rows.start, columns.stop - columns.start
        scores = self._room[: height * width].reshape(height, width)
        np.matmul(self._left[rows], self._right[columns].T, out=scores)
        slabs = iter(list(_slabs(scores, half=rows.start == columns.start)))

        def work(bins: _Bins) -> None:
            # Whoever is ready takes the next: the product's own threads wait for a while without leaving their cores.
            for slab in slabs:
                bins.add(slab)

        for bins in self._bins:
            bins.counts[:] = 0
        list(self._pool.map(work, self._bins))
        for bins in self._bins:
            into += bins.counts


def _on_device(left: NDArray[Any], right: NDArray[Any], bins: int, device: str) -> _Count:
    try:
        import torch  # noqa: PLC0415 - an extra, imported where it is asked for
    except ImportError:
        raise ImportError(
            "comparing on a device needs torch: python -m pip install 'answerable[torch]', or leave device out"
        ) from None
    one, other = (torch.from_numpy(each).to(device) for each in (left, right))

    def count(rows: slice, columns: slice, into: Wholes) -> None:
        scores = one[rows] @ other[columns].T
        if rows.start == columns.start:
            at = torch.triu_indices(scores.shape[0], scores.shape[1], 1, device=scores.device)
            scores = scores[at[0], at[1]]
        found = torch.bincount(scores.clamp_(0, bins + 1).long().ravel(), minlength=bins + 2)
        into += found.cpu().numpy()

    return count


def _take_out(
    sides: tuple[NDArray[Any], NDArray[Any]], who: Wholes, kind: Wholes, counts: Wholes, mated: Wholes
) -> None:
    """Count the comparisons of one person's templates again, and move them to the mated ones."""
    number, last = int(kind[-1]) + 1, counts.shape[1] - 1
    places = np.argsort(who, kind="stable")
    sorted_who = who[places]
    for apart in range(1, int(np.bincount(np.unique(who, return_inverse=True)[1]).max())):
        same = np.flatnonzero(sorted_who[apart:] == sorted_who[:-apart])
        for start in range(0, len(same), _PAIRS):
            at = same[start : start + _PAIRS]
            first, second = places[at], places[at + apart]
            first, second = np.minimum(first, second), np.maximum(first, second)
            scores = np.einsum("ij,ij->i", sides[0][first], sides[1][second])
            cells, found = kind[first] * number + kind[second], np.clip(scores, 0, last).astype(np.intp)
            np.add.at(counts, (cells, found), -1)
            np.add.at(mated, (cells, found), 1)
    for cell, bin_ in np.argwhere(counts < 0).tolist():
        _settle(counts[cell], bin_)


def _settle(counts: Wholes, bin_: int) -> None:
    """Take what a bin lacks from the nearest that has it: one score was rounded into one bin by the block and into the next by itself."""
    while counts[bin_] < 0:
        holding = np.flatnonzero(counts > 0)
        counts[holding[np.abs(holding - bin_).argmin()]] -= 1
        counts[bin_] += 1
