"""Error rates by group: of mated comparisons, of every group with every other, and how far they lie apart."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from answerable import wording
from answerable.biometrics import (
    GroupRates,
    Simultaneous,
    differentials,
    for_ratio,
    group_rates,
    groups_of,
    permutation_test,
    rate_intervals,
    simultaneous,
)
from answerable.biometrics.pairs import Pairs, count_pairs
from answerable.estimate import Interval, Part
from answerable.programmes.faces.grouping import Grouped, grouped
from answerable.programmes.faces.records import GROUPS
from answerable.programmes.faces.sql import query
from answerable.programmes.measure import (
    Columns,
    Computation,
    FinishTable,
    Measure,
    Parameter,
    Refusal,
    Tabled,
)

__all__ = ["FMR", "MEASURES", "RULE", "rates_of"]

_Parameters = Mapping[str, float]
FMR = Parameter(
    0.001, "false match rate", "The target over all non-mated comparisons, which sets the threshold.", 1e-9, 1
)
RULE = "the lowest threshold at which the false match rate of all non-mated comparisons is at most {fmr}; a match if the score is at least the threshold"
_IR8429 = "P. Grother, Face Recognition Vendor Test part 8: Summarizing demographic differentials, NIST IR 8429 (2022); ISO/IEC 19795-10."
_RECORDED = "A group is what was recorded of a person, by whoever recorded it; how is not in the records."
_FIXED = "The threshold is taken as given: that it was chosen on these scores is not in the intervals."
_SMALL = 30  # people of a group below which it is said to be small


def rates_of(*, mated: bool) -> FinishTable:
    """Make the function of a measure of rates by group, from the columns of ``group_pairs``."""

    def finish(columns: Columns, parameters: _Parameters, seed: int) -> Computation | Refusal:
        del parameters, seed  # the threshold is in the query
        found = grouped(columns, mated=mated)
        if isinstance(found, Refusal):
            return found
        head, notes = found.whole()
        parts, more = found.parts()
        several = len(found.groups) > 1  # of one group the part would be the whole again
        breakdowns = {"group" if mated else "pair of groups": parts} if several else {}
        if several and not mated and found.within():
            breakdowns["within one group"] = found.parts(found.within())[0]
        return Computation(
            value=head.value or 0.0,
            numerator=head.numerator,
            denominator=head.denominator,
            interval=head.interval,
            method=head.interval.method if head.interval else "",
            breakdowns=breakdowns,
            caveats=tuple(dict.fromkeys((*notes, *more, _FIXED))),
        )

    return finish


def _apart(*, mated: bool) -> FinishTable:
    """Make the function of a measure of how far groups lie apart."""

    def finish(columns: Columns, parameters: _Parameters, seed: int) -> Computation | Refusal:
        del parameters  # the threshold is in the query
        found = grouped(columns, mated=mated)
        if isinstance(found, Refusal):
            return found
        cells = list(range(len(found.labels))) if mated else found.within()
        if len(cells) < 2:  # noqa: PLR2004 - a difference is between two
            return Refusal(
                reason="There are comparisons of fewer than two groups, so that nothing can differ.",
                ask_for="Ask for comparisons within every group.",
            )
        return _differences(found, cells, seed, mated=mated)

    return finish


def _differences(found: Grouped, cells: list[int], seed: int, *, mated: bool) -> Computation:
    own = _only(found.pairs, cells)
    groups = (
        groups_of(rate_intervals(own)) if own else group_rates(found.errors[cells], found.comparisons[cells])
    )
    measured = differentials(groups)
    head = next(one for one in measured if one.name == "max/geometric mean")
    listed = tuple(
        Part(
            one.name + (f" ({one.note})" if one.note else ""),
            None if one.value is None else float(one.value),
            None,
            None,
        )
        for one in measured
    )
    breakdowns: dict[str, tuple[Part, ...]] = {"measure of difference": listed}
    caveats = [_FIXED]
    if own is None:
        caveats.append(
            "No subject is recorded, so that no interval of a difference can be given: comparisons share people."
        )
    else:
        together = simultaneous(own, seed=seed)
        names = [found.labels[cell].split(" × ", 1)[0] for cell in cells]
        breakdowns["ratio to the geometric mean"] = _ratios(together, names)
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


def _only(pairs: Pairs | None, cells: list[int]) -> Pairs | None:
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


def _ratios(together: Simultaneous, names: list[str]) -> tuple[Part, ...]:
    found = together.ratios
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
                Interval(low, high, found.level, together.method) if bounded else None,
            )
        )
    return tuple(parts)


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
    if pairs is None or (found.group_of < 0).any():
        return []
    one = count_pairs(pairs.first, pairs.second, pairs.comparisons, pairs.errors, subjects=pairs.subjects)
    try:
        test = permutation_test(one, found.group_of, seed=seed)
    except ValueError:
        return []
    kind = "mated" if mated else "within-group non-mated"
    return [
        f"If groups were exchanged among people, {kind} rates as far apart would come in {test.as_large:,} of {test.permutations:,} random "
        f"exchanges (p = {test.p:.3g}). {test.null}"
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


def _measures(group: str) -> tuple[Measure, ...]:
    label = GROUPS[group]
    sql = query("group_pairs", group_1=f"{group}_1", group_2=f"{group}_2")
    needs = ("score", f"{group}_1", f"{group}_2")
    parameters = {"fmr": FMR}

    def rates(name: str, title: str, *, mated: bool, definition: str, unit: str, sentence: str) -> Tabled:
        return Tabled(
            name=f"comparisons.{name}",
            title=title,
            definition=definition,
            unit=unit,
            sentence=sentence,
            caveats=(_RECORDED,),
            finish=rates_of(mated=mated),
            needs=needs,
            rule=RULE,
            source=_IR8429,
            parameters=parameters,
            sql=sql,
        )

    def apart(name: str, title: str, *, mated: bool, which: str) -> Tabled:
        return Tabled(
            name=f"comparisons.{name}",
            title=title,
            kind="quantity",
            definition=(
                f"The largest {which} of a {label} divided by the geometric mean of all. The breakdowns give the other measures in use, and each "
                "group's ratio with an interval that holds together with the others."
            ),
            unit="times the geometric mean",
            sentence=f"The largest {which} by {label} is {{value}} times the geometric mean of all.",
            neutral="1",
            caveats=(
                _RECORDED,
                "A largest ratio is over 1 by chance alone where groups do not differ: whether they differ is said by the simultaneous test.",
            ),
            finish=_apart(mated=mated),
            needs=needs,
            rule=RULE,
            source=_IR8429,
            parameters=parameters,
            sql=sql,
        )

    return (
        rates(
            f"fnmr_by_{group}",
            f"False non-match rate by {label}",
            mated=True,
            definition=f"Mated comparisons below the threshold, among mated comparisons with a score of people whose {label} is recorded. The breakdown gives each {label}.",
            unit="share of mated comparisons",
            sentence=f"Of the mated comparisons whose {label} is recorded, {{figure}} do not match.",
        ),
        apart(
            f"fnmr_apart_by_{group}",
            f"How far false non-match rates lie apart by {label}",
            mated=True,
            which="false non-match rate",
        ),
        rates(
            f"fmr_by_{group}",
            f"False match rate by both people's {label}",
            mated=False,
            definition=(
                f"Non-mated comparisons at or above the threshold, among non-mated comparisons with a score of people whose {label} is recorded. "
                "The breakdown gives every group with every other: people of one group are the demanding case."
            ),
            unit="share of non-mated comparisons",
            sentence=f"Of the non-mated comparisons whose {label} is recorded on both sides, {{figure}} match.",
        ),
        apart(
            f"fmr_apart_by_{group}",
            f"How far false match rates lie apart by {label}",
            mated=False,
            which="false match rate within one group",
        ),
    )


MEASURES: tuple[Measure, ...] = tuple(measure for group in GROUPS for measure in _measures(group))
"""The measures of groups, four for each thing that people are grouped by."""
