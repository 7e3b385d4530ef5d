"""Error rates over all people, with intervals that know who was compared: for files that record the subjects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from answerable import wording
from answerable.biometrics import count_pairs, rate_intervals, without_subjects
from answerable.estimate import Part
from answerable.programmes.faces.apart import FIXED
from answerable.programmes.faces.grouping import LARGE
from answerable.programmes.faces.measures.groups import FMR, RULE, rates_of
from answerable.programmes.faces.pairing import EVERYBODY, MOST
from answerable.programmes.faces.sql import query
from answerable.programmes.faces.tallying import unfit, unnamed
from answerable.programmes.measure import Columns, Computation, Measure, Refusal, Tabled

__all__ = ["MEASURES"]

_SOURCE = "ISO/IEC 19795-1, for the rates; docs/method/groups-and-subjects.md, for the intervals."
_TARGETS = ("{fmr}", *(f"{step}e-{power}" for power in range(1, 7) for step in (5, 2, 1)))
_BAND = (
    "The intervals of the curve are of the false non-match rate at each threshold, over people: that the false match rate beside it was "
    "measured too is not in them."
)


def _sql() -> str:
    """Give the query of mated comparisons by how many of the thresholds their scores reach."""
    reached = [f"at_or_above / nullif(1e0 * total, 0) <= {target}" for target in _TARGETS]
    lowest = ",\n    ".join(
        f"coalesce(min(CASE WHEN {each} THEN threshold END), CAST('Infinity' AS DOUBLE)) AS at_{place}, "
        f"coalesce(max(CASE WHEN {each} THEN at_or_above END), 0) AS others_{place}"
        for place, each in enumerate(reached)
    )
    numbers = range(len(_TARGETS))
    return query(
        "det_pairs",
        first=_TARGETS[1],
        last=_TARGETS[-1],
        most=MOST,
        lowest=f"{lowest},\n    max(total) AS total",
        places="\n    + ".join(f"CASE WHEN score >= at_{place} THEN 1 ELSE 0 END" for place in numbers),
        others=", ".join(
            f"max(at_{place}) AS at_{place}, max(others_{place}) AS others_{place}" for place in numbers
        ),
    )


def _over_people(columns: Columns, parameters: Mapping[str, float], seed: int) -> Computation | Refusal:
    """Give FNMR at the target, and at the other targets as a curve, from the columns of ``det_pairs``."""
    del seed, parameters  # the target is in the query
    if refusal := unfit(columns):
        return refusal
    if not len(columns["place"]):
        return Refusal(
            reason="No mated comparison with a score says who was compared.",
            ask_for="Ask for comparisons of two samples of one person, with their scores and the subjects.",
        )
    place, made = (np.ma.filled(columns[name], 0).astype(np.int64) for name in ("place", "comparisons"))
    total, unknown = (int(np.ma.filled(columns[name], 0)[0]) for name in ("total", "unknown"))
    who = np.ma.masked_array(columns["subject_1"])
    large = bool(np.ma.getmaskarray(who).any())
    people, number = np.unique(np.ma.filled(who, 0), return_inverse=True)
    at, others = (
        np.array([float(np.ma.filled(columns[f"{name}_{each}"], 0)[0]) for each in range(len(_TARGETS))])
        for name in ("at", "others")
    )
    every = np.bincount(number, weights=made, minlength=len(people)).astype(np.int64)

    def part(target: int) -> tuple[Part, tuple[str, ...]]:
        # A score that reaches so many thresholds reaches the lowest ones.
        below = place <= int((at < at[target]).sum())
        wrong = np.bincount(number[below], weights=made[below], minlength=len(people)).astype(np.int64)
        n, d = int(wrong.sum()), int(every.sum())
        label = f"{others[target] / total:.9g}"
        if large:
            return Part(label, n / d, n, d, without_subjects(n, d).interval), (LARGE,)
        each = np.arange(len(people))
        rates = rate_intervals(count_pairs(each, each, every, wrong, subjects=len(people)))
        return Part(label, n / d, n, d, rates.interval()), rates.warnings[0]

    head, warnings = part(0)
    curve = {shown.label: shown for shown in (part(target)[0] for target in range(len(_TARGETS)))}
    left = f"{wording.plural(unknown, 'mated comparison')} that {'does' if unknown == 1 else 'do'} not say who was compared {'is' if unknown == 1 else 'are'} left out."
    return Computation(
        value=head.value or 0.0,
        numerator=head.numerator,
        denominator=head.denominator,
        interval=head.interval,
        method=head.interval.method if head.interval else "",
        breakdowns={
            "DET curve": tuple(sorted((each for each in curve.values()), key=lambda each: -float(each.label)))
        },
        caveats=(*warnings, *((left,) if unknown else ()), *unnamed(columns), _BAND, FIXED),
    )


def _measure(name: str, title: str, *, which: str, kind: str, says: str, **texts: object) -> Tabled:
    settings: dict[str, Any] = {
        "definition": (
            f"{which}, among {kind} comparisons with a score that say who was compared. The interval is over people: "
            "comparisons share them, and do not count as independent."
        ),
        "unit": f"share of {kind} comparisons",
        "needs": ("score", "subject_1", "subject_2"),
        "sentence": f"Of the {kind} comparisons, {{figure}} {says}, by an interval over people.",
        "rule": RULE,
        "source": _SOURCE,
        "parameters": {"fmr": FMR},
    }
    return Tabled(name=f"comparisons.{name}", title=title, **(settings | texts))


MEASURES: tuple[Measure, ...] = (
    _measure(
        "fnmr_over_people",
        "False non-match rate, with an interval over people",
        which="Mated comparisons below the threshold",
        kind="mated",
        says="do not match",
        sql=_sql(),
        finish=_over_people,
    ),
    _measure(
        "fmr_over_people",
        "False match rate, with an interval over people",
        which="Non-mated comparisons at or above the threshold",
        kind="non-mated",
        says="match",
        sql=EVERYBODY.sql,
        finish=rates_of(mated=False),
    ),
)
"""The rates over people, in the order of the report."""
