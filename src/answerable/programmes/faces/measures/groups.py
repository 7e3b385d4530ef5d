"""Error rates by group: of mated comparisons, of every group with every other, and how far they lie apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from answerable.programmes.faces.apart import FIXED, differences, joined
from answerable.programmes.faces.grouping import grouped
from answerable.programmes.faces.pairing import BARS, GROUPINGS, JOINT, Grouping
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
_ALPHA = Parameter(0.5, "weight", "How much the false match rate weighs; the rest is the other's.", 0, 1)
_IR8429 = "P. Grother, Face Recognition Vendor Test part 8: Summarizing demographic differentials, NIST IR 8429 (2022); ISO/IEC 19795-10."
_HOWARD = "J. J. Howard et al., Evaluating proposed fairness models for face recognition algorithms, ICPR workshops (2022); T. de Freitas Pereira & S. Marcel, IEEE Trans. Biom. Behav. Identity Sci. 4 (2022) 19-29."
_RECORDED = "A group is what was recorded of a person, by whoever recorded it; how is not in the records."
_ALL = "A joint group is all that the file records of a person, of sex, age group, region and skin tone, taken together."
_CHANCE = "A largest ratio is over 1 by chance alone where groups do not differ: whether they differ is said by the simultaneous test."
_TOO_MANY = 12  # groups of which every pair is not listed: 12 make 78 pairs


def rates_of(*, mated: bool) -> FinishTable:
    """Make the function of a measure of rates by group, from the columns of ``group_pairs``."""

    def finish(columns: Columns, parameters: _Parameters, seed: int) -> Computation | Refusal:
        del parameters, seed  # the threshold is in the query
        found = grouped(columns, mated=mated)
        if isinstance(found, Refusal):
            return found
        parts, more = found.parts()
        several = len(found.groups) > 1  # of one group the part would be the whole again
        breakdowns = {"group" if mated else "pair of groups": parts} if several else {}
        if several and not mated and found.within():
            breakdowns["within one group"] = found.parts(found.within())[0]
            if len(found.groups) > _TOO_MANY:
                del breakdowns["pair of groups"]
        return found.computed(breakdowns, *more, FIXED)

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
        return differences(found, cells, seed, mated=mated)

    return finish


def _joined(columns: Columns, parameters: _Parameters, seed: int) -> Computation | Refusal:
    """Make the measures that join both error rates."""
    del seed
    of_one, of_two = grouped(columns, mated=True), grouped(columns, mated=False)
    if isinstance(of_one, Refusal):
        return of_one
    if isinstance(of_two, Refusal):
        return of_two
    return joined(of_one, of_two, parameters["alpha"])


def _together(finish: FinishTable) -> FinishTable:
    """Refuse where the file records fewer than two things of people, so that nothing is taken together."""

    def finish_together(columns: Columns, parameters: _Parameters, seed: int) -> Computation | Refusal:
        if not len(columns["is_mated"]):
            return Refusal(
                reason="No comparison says two or more of sex, age group, region and skin tone of both people.",
                ask_for="Ask for these of each sample's person, as they were recorded.",
            )
        return finish(columns, parameters, seed)

    return finish_together


def _measures(grouping: Grouping, records: str) -> tuple[Measure, ...]:
    label = grouping.label
    recorded = (_RECORDED, _ALL) if grouping is JOINT else (_RECORDED,)

    def measure(name: str, title: str, finish: FinishTable, **texts: object) -> Tabled:
        settings: dict[str, Any] = {
            "caveats": recorded,
            "finish": _together(finish) if grouping is JOINT else finish,
            "needs": grouping.needs,
            "rule": RULE,
            "source": _IR8429,
            "parameters": {"fmr": FMR},
            "sql": grouping.sql,
        }
        return Tabled(name=f"{records}.{name}_by_{grouping.name}", title=title, **(settings | texts))

    def apart(name: str, title: str, *, mated: bool, which: str) -> Tabled:
        return measure(
            name,
            title,
            _apart(mated=mated),
            kind="quantity",
            definition=(
                f"The largest {which} of a {label} divided by the geometric mean of all. The breakdowns give the other measures in use, each "
                "group's ratio to that mean with an interval that holds together with the others, and to the largest group with one of its own."
            ),
            unit="times the geometric mean",
            sentence=f"The largest {which} by {label} is {{value}} times the geometric mean of all.",
            neutral="1",
            caveats=(*recorded, _CHANCE),
        )

    return (
        measure(
            "fnmr",
            f"False non-match rate by {label}",
            rates_of(mated=True),
            definition=f"Mated comparisons below the threshold, among mated comparisons with a score of people whose {label} is recorded. The breakdown gives each {label}.",
            unit="share of mated comparisons",
            sentence=f"Of the mated comparisons whose {label} is recorded, {{figure}} do not match.",
        ),
        apart(
            "fnmr_apart",
            f"How far false non-match rates lie apart by {label}",
            mated=True,
            which="false non-match rate",
        ),
        measure(
            "fmr",
            f"False match rate by both people's {label}",
            rates_of(mated=False),
            definition=(
                f"Non-mated comparisons at or above the threshold, among non-mated comparisons with a score of people whose {label} is recorded. "
                "The breakdown gives every group with every other, up to twelve groups: people of one group are the demanding case."
            ),
            unit="share of non-mated comparisons",
            sentence=f"Of the non-mated comparisons whose {label} is recorded on both sides, {{figure}} match.",
        ),
        apart(
            "fmr_apart",
            f"How far false match rates lie apart by {label}",
            mated=False,
            which="false match rate within one group",
        ),
        measure(
            "errors_joined",
            f"Differences of both error rates together, by {label}",
            _joined,
            kind="quantity",
            definition=(
                f"GARBE: the Gini coefficients of both error rates by {label}, each times n/(n - 1) for n groups, weighted {{alpha}} for false "
                "matches within one group. 0 is no difference, 1 all errors in one group. The breakdown gives FDR and IR beside it."
            ),
            unit="GARBE",
            sentence=f"By {label}, the differences of both error rates come to {{value}} on the scale from 0 to 1 of GARBE.",
            neutral="0",
            source=_HOWARD,
            parameters={"fmr": FMR, "alpha": _ALPHA},
            caveats=(
                *recorded,
                "With few errors the number is over 0 by chance alone; FDR is moved by the larger of the two rates nearly alone.",
            ),
        ),
    )


MEASURES: tuple[Measure, ...] = (
    *(measure for grouping in (*GROUPINGS, JOINT) for measure in _measures(grouping, "comparisons")),
    *(measure for grouping in BARS for measure in _measures(grouping, "score_counts")),
)
"""The measures of groups: five for each thing that people are grouped by, and of histograms likewise."""
