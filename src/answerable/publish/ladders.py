"""Ladders: the ways in which a column can be made coarser before it is published, from as it stands to left out.

Each rung says what happens to every distinct value. How much is given up is Sweeney's precision metric (Achieving
k-anonymity privacy protection using generalization and suppression, 2002): the part of the ladder that was climbed, so
that a column left out counts 1 whatever its ladder. A rung on which no two values have become one is not on the ladder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from answerable.intake import Role
from answerable.publish.groups import combined
from answerable.publish.table import ABSENT, Cells
from answerable.publish.times import GRAINS, NONE, SECOND, coarser

__all__ = ["AS_IT_STANDS", "FINER", "LEFT_OUT", "TO_THE_SECOND", "Column", "Rung", "column"]

AS_IT_STANDS, LEFT_OUT = "as it stands", "left out"
FINER, TO_THE_SECOND = "finer than a second", "to the second"
_DAY = 86_400 * SECOND
_CATEGORY = re.compile(r"(\S.*?) - \S")  # `Category - Detail`, as a drop-down list gives it
_DROPPED = ABSENT.index("withheld")
_DIGITS = {2: "to two significant digits", 1: "to one significant digit", 0: "its number of digits"}
_PLACES = {2: "to two decimals", 1: "to one decimal", 0: "to whole numbers"}


@dataclass(frozen=True, slots=True)
class Rung:
    """One way of publishing a column.

    Attributes:
        label: What is done to it: ``to the day``.
        loss: The part of the ladder that was climbed: 0 as it stands, 1 left out.
        codes: For each distinct value, and then for each place of `ABSENT`, its code; codes of values come first.
        values: How many values are left. Codes from here on are absences.
    """

    label: str
    loss: float
    codes: NDArray[np.int64]
    values: int

    @property
    def below(self) -> int:
        """A number that every code is below."""
        return self.values + len(ABSENT)


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its ladder.

    Attributes:
        field: The field's name.
        label: How the outputs call it.
        role: The part that it plays.
        index: For each row the place of its value or of its absence in a rung's codes.
        ladder: The rungs, the first being as it stands.
    """

    field: str
    label: str
    role: Role
    index: NDArray[np.int64]
    ladder: tuple[Rung, ...]

    def codes(self, rung: int) -> NDArray[np.int64]:
        """Give each row's code on a rung."""
        return self.ladder[rung].codes[self.index]

    def held(self, rung: int) -> NDArray[np.bool_]:
        """Say which rows hold a value on a rung."""
        return self.codes(rung) < self.ladder[rung].values

    @property
    def to_the_second(self) -> int:
        """The place of the rung on which a time is to the second: the lowest where it is no finer."""
        return next((at for at, rung in enumerate(self.ladder) if rung.label == TO_THE_SECOND), 0)


_Values = Callable[
    [], NDArray[np.int64]
]  # a number for each distinct value: equal where the values have become one


def column(cells: Cells, k: int) -> Column:
    """Make a column and its ladder.

    Args:
        cells: The cells.
        k: How many rows must share a text for it to be kept on the rung where rare ones are left out.
    """
    index, distinct = _distinct(cells)
    size = len(distinct[0])
    counts = np.bincount(index[index < size], minlength=size)
    planned = list(_rungs(cells, distinct, counts, k))
    ladder: list[Rung] = []
    for at, (label, values) in enumerate(planned):
        rung = _rung(label, at / len(planned), values())
        if not ladder or (rung.values and not _same(rung, ladder[-1])):
            ladder.append(rung)
    # A column that is left out tells no blank cell from a withheld one.
    ladder.append(Rung(LEFT_OUT, 1.0, np.full(size + len(ABSENT), _DROPPED), 0))
    return Column(cells.field.name, cells.field.label, cells.field.role, index, tuple(ladder))


def _rung(label: str, loss: float, values: NDArray[np.int64]) -> Rung:
    """Number the values; `NONE` is a value that is left out, which then reads as withheld."""
    left, codes = np.unique(values, return_inverse=True)
    dropped = bool(left.size) and left[0] == NONE
    codes = codes.astype(np.int64) - int(dropped)
    count = left.size - int(dropped)
    codes[codes < 0] = count + _DROPPED
    return Rung(label, loss, np.append(codes, count + np.arange(len(ABSENT))), count)


def _same(one: Rung, other: Rung) -> bool:
    """Say whether two rungs part the values alike."""
    pairs = np.unique(one.codes * other.below + other.codes).size
    return pairs == np.unique(one.codes).size == np.unique(other.codes).size


def _distinct(cells: Cells) -> tuple[NDArray[np.int64], tuple[pa.Array, ...]]:
    """Give each row's place among the distinct values (or after them, by its absence), and the distinct values."""
    if len(cells.parts) == 1:
        (part,) = cells.parts
        index, distinct = part.index.astype(np.int64), (part.distinct,)
    else:
        pairs = combined(
            [(part.index.astype(np.int64) + 1, len(part.distinct) + 1) for part in cells.parts],
            len(cells.states),
        )
        _, first, index = np.unique(pairs, return_index=True, return_inverse=True)
        index = index.astype(np.int64)
        distinct = tuple(
            part.distinct.take(pa.array(part.index[first], mask=part.index[first] < 0))
            for part in cells.parts
        )
    return np.where(cells.valued, index, len(distinct[0]) + cells.absent), distinct


def _rungs(
    cells: Cells, distinct: tuple[pa.Array, ...], counts: NDArray[np.int64], k: int
) -> Iterator[tuple[str, _Values]]:
    """Give the rungs below the last, each with what becomes of the values."""
    first, role = distinct[0], cells.field.role
    as_it_is = partial(np.arange, len(first))
    if pa.types.is_timestamp(first.type):
        yield from _of_times([_numbers(each) for each in distinct])
    elif role in (Role.KEY, Role.IDENTIFIER) or len(distinct) > 1:
        yield AS_IT_STANDS, as_it_is
    elif pa.types.is_integer(first.type):
        yield AS_IT_STANDS, as_it_is
        yield from ((label, partial(_cut, _numbers(first), digits)) for digits, label in _DIGITS.items())
    elif pa.types.is_floating(first.type):
        yield AS_IT_STANDS, as_it_is
        yield from ((label, partial(_decimals, first, digits)) for digits, label in _PLACES.items())
    else:
        yield AS_IT_STANDS, as_it_is
        yield f"kept where {k} rows share it", lambda: np.where(counts >= k, np.arange(counts.size), NONE)
        if (categories := _categories(first, counts)) is not None:
            yield f"its category, where {k} rows share it", partial(_shared, categories, counts, k)


def _of_times(ends: list[NDArray[np.int64]]) -> Iterator[tuple[str, _Values]]:
    """Give the rungs of a time from the grain that it is written in, or of the two ends of a time range."""
    parts = np.concatenate(ends)
    parts = parts[parts != NONE]
    at = 0
    if np.array_equal(coarser(parts, "second"), parts):
        whole = [
            place for place, unit in enumerate(GRAINS[:4]) if np.array_equal(coarser(parts, unit), parts)
        ]
        at = whole[-1] if parts.size else 0
    else:
        yield FINER, partial(_floored, ends, "")
    is_range = len(ends) > 1
    for unit in GRAINS[at : 4 if is_range else None]:
        yield f"to the {unit}", partial(_floored, ends, unit)
    if is_range:
        yield (
            "its length in days",
            lambda: np.where((ends[0] == NONE) | (ends[1] == NONE), NONE, (ends[1] - ends[0]) // _DAY),
        )


def _floored(ends: list[NDArray[np.int64]], unit: str) -> NDArray[np.int64]:
    coded = [
        np.unique(coarser(end, unit) if unit else end, return_inverse=True)[1].astype(np.int64)
        for end in ends
    ]
    return combined([(codes, int(codes.max(initial=0)) + 1) for codes in coded], ends[0].size)


def _numbers(distinct: pa.Array) -> NDArray[np.int64]:
    plain = distinct.cast(pa.timestamp("us")) if pa.types.is_timestamp(distinct.type) else distinct
    return np.asarray(plain.cast(pa.int64()).fill_null(int(NONE)).to_numpy(zero_copy_only=False), np.int64)


def _cut(numbers: NDArray[np.int64], digits: int) -> NDArray[np.int64]:
    """Cut whole numbers to their first digits, or to how many digits they have; nothing is rounded up."""
    size = np.abs(numbers)
    length = np.ones(size.size, np.int64)
    for power in range(1, 19):
        length += size >= 10**power
    if not digits:
        return np.where(numbers < 0, -length, length)
    unit = 10 ** np.maximum(length - digits, 0)
    cut: NDArray[np.int64] = np.sign(numbers) * (size // unit * unit)
    return cut


def _decimals(distinct: pa.Array, places: int) -> NDArray[np.int64]:
    """Round numbers to decimals, and number the results."""
    rounded = np.round(np.asarray(distinct.to_numpy(zero_copy_only=False), float), places)
    return np.unique(rounded, return_inverse=True)[1].astype(np.int64)


def _categories(distinct: pa.Array, counts: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """Number the parts before `` - ``, `NONE` where a text is not of that form; nothing where most rows are not."""
    numbered: dict[str, int] = {}
    found = np.full(counts.size, NONE)
    for at, text in enumerate(distinct.to_pylist()):
        if match := _CATEGORY.match(text):
            found[at] = numbered.setdefault(match[1], len(numbered))
    return found if 2 * counts[found != NONE].sum() > counts.sum() else None


def _shared(categories: NDArray[np.int64], counts: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    """Keep the categories that at least ``k`` rows share."""
    of_form = categories != NONE
    rows = np.bincount(categories[of_form], weights=counts[of_form])
    kept = of_form.copy()
    kept[of_form] = rows[categories[of_form]] >= k
    return np.where(kept, categories, NONE)
