"""Threshold transfer: what a threshold that was chosen on one group, or on one set of samples, does on another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from answerable import wording
from answerable.biometrics import rule_of_thirty
from answerable.estimate import Part
from answerable.programmes.faces.apart import FIXED
from answerable.programmes.faces.grouping import grouped
from answerable.programmes.faces.measures.groups import FMR
from answerable.programmes.faces.pairing import MOST
from answerable.programmes.faces.records import GROUPS
from answerable.programmes.faces.section.titles import TO
from answerable.programmes.faces.sql import query
from answerable.programmes.faces.tallying import unfit
from answerable.programmes.measure import Columns, Computation, Measure, Refusal, Tabled
from answerable.programmes.section import BETWEEN

__all__ = ["MEASURES"]

_SOURCE = "ISO/IEC 19795-10; docs/method/error-rates.md, for the transfer of a threshold."
_LARGEST = "The headline is the largest of several numbers, and is the larger by chance: the breakdown has each with its interval."


def _transfer(columns: Columns, parameters: Mapping[str, float], seed: int) -> Computation | Refusal:
    """Give what the threshold of each group does within every group."""
    del seed
    if refusal := unfit(columns):
        return refusal
    target = parameters["fmr"]
    chosen_on = np.ma.filled(columns["chosen_on"], "").astype(str)
    totals = {
        name: int(np.ma.max(np.ma.masked_array(columns["total"])[chosen_on == name]))
        for name in np.unique(chosen_on).tolist()
    }
    if len(totals) < 2:  # noqa: PLR2004 - a threshold goes from one to another
        return Refusal(
            reason="There are non-mated comparisons within fewer than two groups: a threshold has nowhere to be taken to.",
            ask_for="Ask for comparisons within every group, or set of samples.",
        )
    wrong: list[Part] = []
    missed: list[Part] = []
    notes: list[str] = []
    thresholds = []
    for name in totals:
        own = {key: np.ma.masked_array(values)[chosen_on == name] for key, values in columns.items()}
        lowest = float(own["lowest"][0])
        thresholds.append(Part(name, lowest if np.isfinite(lowest) else None, None, None))
        for kept, mated in ((wrong, False), (missed, True)):
            found = grouped(own, mated=mated)
            if not isinstance(found, Refusal):
                parts, more = found.parts()
                kept += [
                    replace(part, label=f"{name}{TO}{part.label.split(BETWEEN, 1)[0]}") for part in parts
                ]
                notes += [*found.said, *more]
    largest = max(totals, key=lambda name: totals[name])
    away = [
        part
        for part in wrong
        if part.label.startswith(f"{largest}{TO}") and part.label != f"{largest}{TO}{largest}"
    ]
    head = max((part.value or 0.0) for part in away) / target
    few = [name for name, total in totals.items() if total * target < 1]
    unsure = [
        name
        for name, total in totals.items()
        if total * target >= 1 and not rule_of_thirty(int(total * target), total).met
    ]
    return Computation(
        value=head,
        method="each rate has an interval of its own; the largest of them has none",
        breakdowns={
            "times the target": tuple(_times(part, target) for part in wrong),
            "false match rate": tuple(wrong),
            "false non-match rate": tuple(missed),
            "threshold": tuple(thresholds),
        },
        caveats=(
            f"The largest group is {largest}, by non-mated comparisons within it.",
            *(
                (
                    f"Of {wording.listing(few)} there are fewer comparisons than it takes for one false match at the target: the threshold lies above all non-mated scores.",
                )
                if few
                else ()
            ),
            *(
                (
                    f"Thresholds of {wording.listing(unsure)} rest on fewer than 30 false matches, and would differ on other samples.",
                )
                if unsure
                else ()
            ),
            *dict.fromkeys(notes),
            FIXED,
            _LARGEST,
        ),
    )


def _times(part: Part, target: float) -> Part:
    """Give a rate as a multiple of the target, with its interval."""
    interval = part.interval and replace(
        part.interval, low=part.interval.low / target, high=part.interval.high / target
    )
    return Part(part.label, None if part.value is None else part.value / target, None, None, interval)


def _measure(name: str, label: str, sides: tuple[str, str], within: str) -> Tabled:
    return Tabled(
        name=f"comparisons.transfer_by_{name}",
        title=f"A threshold of one {label} put to another",
        kind="quantity",
        definition=(
            f"The threshold is chosen for a false match rate of {{fmr}} within the {label} that has most non-mated comparisons. The largest false "
            f"match rate that it makes within another {label}, divided by {{fmr}}. The breakdowns give the threshold of every {label} put to every other, "
            "with the false non-match rates."
        ),
        unit="times the target",
        needs=("score", *dict.fromkeys(sides)),
        sentence=f"The threshold for a false match rate of {{fmr}} within the largest {label} makes up to {{value}} times that rate within another.",
        rule=f"the lowest threshold at which the false match rate within the {label} is at most {{fmr}}; a match if the score is at least the threshold",
        source=_SOURCE,
        neutral="1",
        parameters={"fmr": replace(FMR, meaning=f"The target within one {label}.")},
        caveats=(within,),
        sql=query("transfers", group_1=sides[0], group_2=sides[1], most=MOST),
        finish=_transfer,
    )


MEASURES: tuple[Measure, ...] = (
    *(
        _measure(
            name,
            label,
            (f"{name}_1", f"{name}_2"),
            "A group is what was recorded of a person, by whoever recorded it; how is not in the records.",
        )
        for name, label in GROUPS.items()
    ),
    _measure(
        "dataset",
        "set of samples",
        ("dataset", "dataset"),
        "Sets differ in people as well as in samples: what moves the rate is not told apart.",
    ),
)
"""The measures of threshold transfer, in the order of the report."""
