"""How far the error rates of groups lie apart: from the rates of `Grouped` to ratios, what survives a test, and who is too few."""

from __future__ import annotations

import numpy as np

from answerable import wording
from answerable.biometrics import (
    Differential,
    GroupRates,
    Simultaneous,
    compare,
    differentials,
    fairness_discrepancy,
    for_ratio,
    garbe,
    group_rates,
    groups_of,
    inequity,
    permutation_test,
    rate_intervals,
    simultaneous,
)
from answerable.biometrics.pairs import Pairs, count_pairs
from answerable.biometrics.ratios import Ratios
from answerable.estimate import Interval, Part
from answerable.programmes.faces.grouping import Grouped
from answerable.programmes.measure import Computation, Refusal
from answerable.programmes.section import BETWEEN

__all__ = ["FIXED", "differences", "joined"]

FIXED = "The threshold is taken as given: that it was chosen on these scores is not in the intervals."
_NOBODY = (
    "No subject is recorded, so that no interval of a difference can be given: comparisons share people."
)
_LARGE = "There are so many comparisons that pairs of people are not told apart, though they are recorded: no interval of a difference can be given."
_SEVERAL = "Whether groups differ at all was not tested by exchanging them among people: {who} recorded under several groups, as ages may be."
_SMALL = 30  # people of a group below which it is said to be small


def differences(found: Grouped, cells: list[int], seed: int, *, mated: bool) -> Computation:
    """Give how far the rates of some cells lie apart, with what survives a test of all together.

    Args:
        found: The rates.
        cells: The cells that are compared: of mated comparisons all, of others those within one group.
        seed: Of the replicates and exchanges.
        mated: Whether the comparisons are mated.
    """
    own = _own_pairs(found.pairs, cells)
    groups = _rates(found, cells)
    measured = differentials(groups)
    head = next(one for one in measured if one.name == "max/geometric mean")
    breakdowns: dict[str, tuple[Part, ...]] = {"measure of difference": _listed(measured)}
    caveats = [*found.said, FIXED]
    if own is None:
        caveats.append(_LARGE if found.large else _NOBODY)
    else:
        together = simultaneous(own, seed=seed)
        names = [found.labels[cell].split(BETWEEN, 1)[0] for cell in cells]
        breakdowns["ratio to the geometric mean"] = _ratios(together.ratios, names, together.method)
        breakdowns["ratio to the largest group"] = _to_largest(own, names)
        caveats += _survivors(together, names)
        caveats += _tested(found, seed, mated=mated)
        caveats += _too_few(own, groups, names, mated=mated)
    undefined = head.value is None
    return Computation(
        value=float(head.at_least if head.value is None else head.value),
        method="ratios to the geometric mean have simultaneous 95 % intervals by the studentised maximum; the largest of them has none of its own",
        breakdowns=breakdowns,
        caveats=tuple(
            ([f"It is at least this: {head.note[:1].lower()}{head.note[1:]}"] if undefined else []) + caveats
        ),
    )


def joined(mated: Grouped, others: Grouped, alpha: float) -> Computation | Refusal:
    """Give the measures that join both error rates, of the groups that have comparisons of both kinds.

    Args:
        mated: Rates of mated comparisons.
        others: Rates of non-mated comparisons; those within one group count.
        alpha: The weight of the false match rate.
    """
    within = {others.labels[cell].split(BETWEEN, 1)[0]: cell for cell in others.within()}
    shared = [(place, within[name]) for place, name in enumerate(mated.labels) if name in within]
    if len(shared) < 2:  # noqa: PLR2004 - a difference is between two
        return Refusal(
            reason="Fewer than two groups have both mated comparisons and non-mated ones within the group.",
            ask_for="Ask for mated and non-mated comparisons within every group.",
        )
    fnmr, fmr = (
        _rates(found, list(cells))
        for found, cells in zip((mated, others), zip(*shared, strict=True), strict=True)
    )
    measured = (garbe(fmr, fnmr, alpha), fairness_discrepancy(fmr, fnmr, alpha), inequity(fmr, fnmr, alpha))
    head = measured[0]
    both = {mated.labels[place] for place, _ in shared}
    left = sorted({*mated.labels, *within} - both)
    return Computation(
        value=head.at_least if head.value is None else head.value,
        method="computed from the rates of the groups: no sampling interval",
        breakdowns={"measure of difference": _listed(measured)},
        caveats=(
            *((head.note,) if head.value is None else ()),
            *(
                (f"Left out for want of comparisons of one of both kinds: {wording.listing(left)}.",)
                if left
                else ()
            ),
            *dict.fromkeys((*mated.said, *others.said)),
            FIXED,
            f"Errors in the group that has fewest: {_fewest(fmr)} false matches, {_fewest(fnmr)} false non-matches.",
        ),
    )


def _fewest(groups: GroupRates) -> str:
    return wording.count(int(groups.errors.min()))


def _rates(found: Grouped, cells: list[int]) -> GroupRates:
    """Take the rates of some cells, with the upper limits that people give them where they are recorded."""
    own = _own_pairs(found.pairs, cells)
    return (
        groups_of(rate_intervals(own)) if own else group_rates(found.errors[cells], found.comparisons[cells])
    )


def _listed(measured: tuple[Differential, ...]) -> tuple[Part, ...]:
    return tuple(
        Part(
            one.name + (f" ({one.note})" if one.note else ""),
            None if one.value is None else float(one.value),
            None,
            None,
        )
        for one in measured
    )


def _own_pairs(pairs: Pairs | None, cells: list[int]) -> Pairs | None:
    """Keep the cells that are compared, numbered anew."""
    if pairs is None:
        return None
    new = np.full(pairs.cells, -1)
    new[cells] = np.arange(len(cells))
    kept = new[pairs.cell] >= 0
    return count_pairs(
        pairs.first[kept],
        pairs.second[kept],
        pairs.comparisons[kept],
        pairs.errors[kept],
        cell=new[pairs.cell[kept]],
        subjects=pairs.subjects,
        cells=len(cells),
    )


def _ratios(found: Ratios, names: list[str], method: str = "") -> tuple[Part, ...]:
    parts = []
    for place, cell in enumerate(found.cell.tolist()):
        ratio, low, high = (float(each[place]) for each in (found.ratio, found.low, found.high))
        bounded = np.isfinite([ratio, low, high]).all()
        parts.append(
            Part(
                names[cell],
                ratio if np.isfinite(ratio) else None,
                None,
                None,
                Interval(low, high, found.level, method or found.methods[place]) if bounded else None,
            )
        )
    return tuple(parts)


def _to_largest(own: Pairs, names: list[str]) -> tuple[Part, ...]:
    """Give ratios to a reference that is fixed before any rate is seen: the group with most comparisons."""
    rates = rate_intervals(own)
    reference = int(np.argmax(rates.comparisons))
    found = compare(rates, reference)
    return (Part(f"{names[reference]}, the largest group", 1.0, None, None), *_ratios(found, names))


def _survivors(together: Simultaneous, names: list[str]) -> list[str]:
    apart = [
        names[cell]
        for cell, survives in zip(together.ratios.cell, together.survives, strict=True)
        if survives
    ]
    span = together.largest_over_smallest()
    if not apart:
        return [
            "No group's rate differs from the geometric mean of all beyond what a simultaneous test at 5 % allows."
        ]
    high = f"{span.high:.3g}" if np.isfinite(span.high) else "no upper bound"
    return [
        f"By a simultaneous test at 5 %, {wording.listing(apart)} {'differs' if len(apart) == 1 else 'differ'} from the geometric mean of all; "
        f"the largest true rate is {span.low:.3g} to {high} times the smallest."
    ]


def _tested(found: Grouped, seed: int, *, mated: bool) -> list[str]:
    """Say what a permutation test of no difference gives, where it can be made."""
    pairs = found.pairs
    if pairs is None:
        return []
    if several := int((found.group_of < 0).sum()):
        return [
            _SEVERAL.format(
                who=f"{wording.plural(several, 'person', 'people')} {'is' if several == 1 else 'are'}"
            )
        ]
    one = count_pairs(pairs.first, pairs.second, pairs.comparisons, pairs.errors, subjects=pairs.subjects)
    try:
        test = permutation_test(one, found.group_of, seed=seed)
    except ValueError:
        return []
    kind = "mated" if mated else "within-group non-mated"
    return [
        f"If groups were exchanged among people, {kind} rates as far apart would come in {test.as_large:,} of {test.permutations:,} random "
        f"exchanges (p = {test.p:.3g}). The hypothesis that is tested: {test.null[:1].lower()}{test.null[1:]}"
    ]


def _too_few(own: Pairs, groups: GroupRates, names: list[str], *, mated: bool) -> list[str]:
    """Say which groups are too small to show a rate twice that of all."""
    rates = rate_intervals(own)
    whole = float(groups.errors.sum() / groups.comparisons.sum())
    said = []
    for cell, name in enumerate(names):
        people = int(rates.people[cell])
        if people < _SMALL:
            said.append(
                f"{name} has {wording.plural(people, 'person', 'people')}: too few to say much of the group."
            )
        if not 0 < 2 * whole < 1:
            continue
        needed = for_ratio(whole, people, int(rates.comparisons[cell]), mated=mated)
        if not needed.enough:
            said.append(f"{name}: {needed.sentence}")
    return said
