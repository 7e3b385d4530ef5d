"""From the columns of the query ``group_pairs`` to rates of groups, with intervals that know who was compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from answerable import wording
from answerable.biometrics import Pairs, count_pairs, rate_intervals, without_subjects
from answerable.biometrics.subjects import FEWEST_SUBJECTS
from answerable.estimate import Interval, Part
from answerable.programmes.faces.ordering import numbered
from answerable.programmes.faces.tallying import several_systems, unfit, unnamed
from answerable.programmes.measure import Columns, Computation, Refusal
from answerable.programmes.section import BETWEEN

__all__ = ["LARGE", "Grouped", "grouped"]

_FEW = (
    "The comparisons of {listed} are of fewer than {least} people, or weigh as if they were: a kind of person that matters may be missing, "
    "and these intervals may be too narrow."
)
_NAMED = 6  # groups of few people that are named
LARGE = (
    "There are so many comparisons that pairs of people are not told apart, though they are recorded: the intervals assume that comparisons do "
    "not depend on each other, and are too narrow."
)


@dataclass(frozen=True, slots=True)
class Grouped:
    """Comparisons of one kind, by the groups of both people.

    Attributes:
        labels: Of each cell: the group of a mated comparison, both groups of a non-mated one.
        groups: The names of the groups, in alphabetical order.
        pairs: Comparisons and errors of each pair of people in each cell; None where people were not recorded.
        group_of: The group of each subject, by its number; -1 where one was recorded under several groups.
        errors: The errors of each cell.
        comparisons: The comparisons of each cell.
        large: Whether there were too many comparisons to tell pairs of people apart.
        said: What a reader has to know of what was counted, one sentence each.
    """

    labels: tuple[str, ...]
    groups: tuple[str, ...]
    pairs: Pairs | None
    group_of: NDArray[np.int64]
    errors: NDArray[np.int64]
    comparisons: NDArray[np.int64]
    large: bool = False
    said: tuple[str, ...] = ()

    def within(self) -> list[int]:
        """Give the cells of comparisons within one group, in the order of the groups."""
        return [place for place, label in enumerate(self.labels) if len(set(label.split(BETWEEN))) == 1]

    def parts(self, cells: Sequence[int] | None = None) -> tuple[tuple[Part, ...], tuple[str, ...]]:
        """Give a rate with its interval for each cell, and what a reader has to know of the intervals."""
        wanted = list(range(len(self.labels))) if cells is None else list(cells)
        intervals, notes = _intervals(self.pairs, self.errors, self.comparisons, self.labels)
        notes = (LARGE,) if self.large else notes
        found = tuple(
            Part(
                self.labels[cell],
                float(self.errors[cell] / self.comparisons[cell]),
                int(self.errors[cell]),
                int(self.comparisons[cell]),
                intervals[cell],
            )
            for cell in wanted
        )
        return found, notes

    def whole(self) -> tuple[Part, tuple[str, ...]]:
        """Give the rate over all cells, with its interval."""
        pairs = self.pairs
        one = pairs and count_pairs(
            pairs.first, pairs.second, pairs.comparisons, pairs.errors, subjects=pairs.subjects
        )
        errors, comparisons = int(self.errors.sum()), int(self.comparisons.sum())
        intervals, notes = _intervals(one, np.array([errors]), np.array([comparisons]), ())
        notes = (LARGE,) if self.large else notes
        return Part("all", errors / comparisons, errors, comparisons, intervals[0]), notes

    def computed(self, breakdowns: Mapping[str, tuple[Part, ...]], *caveats: str) -> Computation:
        """Give the rate over all cells as a measure's number, with its parts and what a reader has to know."""
        head, notes = self.whole()
        return Computation(
            value=head.value or 0.0,
            numerator=head.numerator,
            denominator=head.denominator,
            interval=head.interval,
            method=head.interval.method if head.interval else "",
            breakdowns=breakdowns,
            caveats=tuple(dict.fromkeys((*notes, *self.said, *caveats))),
        )


def _intervals(
    pairs: Pairs | None,
    errors: NDArray[np.int64],
    comparisons: NDArray[np.int64],
    labels: Sequence[str],
) -> tuple[list[Interval], tuple[str, ...]]:
    if pairs is None:
        rows = [without_subjects(int(e), int(c)) for e, c in zip(errors, comparisons, strict=True)]
        return [row.interval for row in rows], (rows[0].warning,)
    rates = rate_intervals(pairs)
    found = [rates.interval(cell) for cell in range(len(errors))]
    if not labels:
        return found, rates.warnings[0]
    few = sorted((int(rates.people[cell]), labels[cell]) for cell, said in enumerate(rates.warnings) if said)
    if not few:
        return found, ()
    named = [f"{label} ({wording.plural(people, 'person', 'people')})" for people, label in few[:_NAMED]]
    others = [wording.plural(len(few) - _NAMED, "other")] if len(few) > _NAMED else []
    return found, (_FEW.format(listed=wording.listing([*named, *others]), least=FEWEST_SUBJECTS),)


def grouped(columns: Columns, *, mated: bool) -> Grouped | Refusal:
    """Take the comparisons of one kind out of the query's columns.

    Args:
        columns: As ``group_pairs`` returns them.
        mated: Whether mated comparisons are wanted.
    """
    if refusal := unfit(columns) if "area" in columns else several_systems(columns):
        return refusal
    notes = list(unnamed(columns)) if "unnamed" in columns else []
    kept = np.ma.filled(columns["is_mated"], False).astype(bool) == mated
    one, two = (_texts(columns[name])[kept] for name in ("group_1", "group_2"))
    made, wrong = (
        np.ma.filled(columns[name], 0).astype(np.int64)[kept] for name in ("comparisons", "errors")
    )
    if not len(made):
        kind = "mated" if mated else "non-mated"
        return Refusal(
            reason=f"No {kind} comparison with a score says the groups of both people.",
            ask_for="Ask for the group of each sample's person, as it was recorded.",
        )
    if mated and (strange := one != two).any():
        keep = ~strange  # a person of two groups is in neither
        one, two, made, wrong = one[keep], two[keep], made[keep], wrong[keep]
        lost = int(
            np.ma.filled(columns["comparisons"], 0).astype(np.int64)[np.flatnonzero(kept)[strange]].sum()
        )
        notes.append(
            f"{wording.plural(lost, 'comparison')} of one person under two groups {'is' if lost == 1 else 'are'} left out."
        )
        kept[np.flatnonzero(kept)[strange]] = False
        if not len(made):
            return Refusal(
                reason="Every mated comparison says two groups of one person.",
                ask_for="Ask how the groups were recorded.",
            )
    groups = tuple(np.unique(np.concatenate([one, two])).tolist())
    place = {name: number for number, name in enumerate(groups)}
    first, second = (
        np.array([place[name] for name in names.tolist()], dtype=np.int64) for names in (one, two)
    )
    low, high = np.minimum(first, second), np.maximum(first, second)
    codes, cell = np.unique(low * len(groups) + high, return_inverse=True)
    labels = tuple(
        groups[code % len(groups)]
        if mated
        else f"{groups[code // len(groups)]}{BETWEEN}{groups[code % len(groups)]}"
        for code in codes.tolist()
    )
    totals = [
        np.bincount(cell, weights=numbers, minlength=len(codes)).astype(np.int64) for numbers in (wrong, made)
    ]
    large = "is_large" in columns and bool(np.ma.filled(columns["is_large"], False).any())
    who = _people(columns, kept, made)
    pairs, group_of = None, np.empty(0, dtype=np.int64)
    if who is not None:
        i, j, known, unknown = who
        anew = numbered(i, j, known, cell, made, wrong)
        i, j = anew[i], anew[j]
        pairs = count_pairs(i, j, made, wrong, cell=cell, subjects=known, cells=len(codes))
        group_of = _groups_of(known, np.concatenate([i, j]), np.concatenate([first, second]))
        if unknown:
            notes.append(
                f"{wording.count(unknown)} of {wording.plural(int(made.sum()), 'comparison')} do not say who was compared: each such person is taken for somebody else than all others."
            )
    return Grouped(labels, groups, pairs, group_of, totals[0], totals[1], large=large, said=tuple(notes))


def _people(
    columns: Columns, kept: NDArray[np.bool_], made: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], int, int] | None:
    """Number the people of each row, those who are not recorded apart from all others; None where nobody is recorded."""
    sides = [np.ma.masked_array(columns[name])[kept] for name in ("subject_1", "subject_2")]
    blank = [np.ma.getmaskarray(side) for side in sides]
    if all(each.all() for each in blank):
        return None
    row = np.arange(len(made))
    # A mated comparison is of one person: both sides of a row that are blank get one number.
    same = np.ma.filled(columns["is_mated"], False).astype(bool)[kept]
    one = np.where(blank[0], -1 - 2 * row, np.ma.filled(sides[0], 0).astype(np.int64))
    two = np.where(
        blank[1], np.where(same, -1 - 2 * row, -2 - 2 * row), np.ma.filled(sides[1], 0).astype(np.int64)
    )
    one = np.where(same & blank[0] & ~blank[1], two, one)
    two = np.where(same & blank[1] & ~blank[0], one, two)
    known, numbers = np.unique(np.concatenate([one, two]), return_inverse=True)
    return numbers[: len(row)], numbers[len(row) :], len(known), int(made[blank[0] | blank[1]].sum())


def _groups_of(people: int, who: NDArray[np.int64], group: NDArray[np.int64]) -> NDArray[np.int64]:
    least, most = np.full(people, np.iinfo(np.int64).max), np.full(people, -1)
    np.minimum.at(least, who, group)
    np.maximum.at(most, who, group)
    return np.where(least == most, most, -1)


def _texts(column: Any) -> NDArray[np.str_]:  # noqa: ANN401 - an array of the engine's texts
    return np.ma.filled(column, "").astype(str)
