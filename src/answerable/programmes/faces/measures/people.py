"""Error rates over all people, with intervals that know who was compared: for files that record the subjects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from answerable.biometrics import count_pairs, rate_intervals
from answerable.estimate import Part
from answerable.programmes.faces.apart import FIXED
from answerable.programmes.faces.measures.groups import FMR, RULE, rates_of
from answerable.programmes.faces.pairing import EVERYBODY
from answerable.programmes.faces.sql import query
from answerable.programmes.faces.tallying import several_systems
from answerable.programmes.measure import Columns, Computation, Measure, Refusal, Tabled

__all__ = ["MEASURES"]

_SOURCE = "ISO/IEC 19795-1, for the rates; docs/method/groups-and-subjects.md, for the intervals."
_TARGETS = [f"{step}e{power}" for power in range(-6, 0) for step in (1, 1.5, 2, 3, 5, 7)]
_BAND = (
    "The intervals of the curve are of the false non-match rate at each threshold, over people: that the false match rate beside it was "
    "measured too is not in them."
)


def _over_people(columns: Columns, parameters: Mapping[str, float], seed: int) -> Computation | Refusal:
    """Give FNMR at the target, and at the other targets as a curve, from the columns of ``det_pairs``."""
    del seed
    if refusal := several_systems(columns):
        return refusal
    if not len(columns["target"]):
        return Refusal(
            reason="No mated comparison of the file has a score.",
            ask_for="Ask for comparisons of two samples of one person, with their scores.",
        )
    number = {
        name: np.ma.filled(columns[name], 0)
        for name in ("target", "others", "total", "subject_1", "subject_2", "comparisons", "errors")
    }
    targets, cell = np.unique(number["target"], return_inverse=True)
    people, who = np.unique(np.concatenate([number["subject_1"], number["subject_2"]]), return_inverse=True)
    first, second = who[: len(cell)], who[len(cell) :]
    made, wrong = (number[name].astype(np.int64) for name in ("comparisons", "errors"))
    rates = rate_intervals(
        count_pairs(first, second, made, wrong, cell=cell, subjects=len(people), cells=len(targets))
    )
    at = int(np.flatnonzero(targets == parameters["fmr"])[0])
    others = np.array([number["others"][cell == place][0] for place in range(len(targets))], dtype=np.int64)
    total = int(number["total"].max())
    curve = tuple(
        Part(
            f"{others[place] / total:.9g}",
            float(rates.rate[place]),
            int(rates.errors[place]),
            int(rates.comparisons[place]),
            rates.interval(place),
        )
        for place in range(len(targets) - 1, -1, -1)
        if targets[place] * total >= 1
    )
    return Computation(
        value=float(rates.rate[at]),
        numerator=int(rates.errors[at]),
        denominator=int(rates.comparisons[at]),
        interval=rates.interval(at),
        method=rates.interval(at).method,
        breakdowns={"DET curve": curve},
        caveats=(*rates.warnings[at], _BAND, FIXED),
    )


def _measure(name: str, title: str, *, which: str, kind: str, says: str, **texts: object) -> Tabled:
    settings: dict[str, Any] = {
        "definition": (
            f"{which}, among {kind} comparisons with a score, of a file that records who was compared. The interval is over people: "
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
        sql=query(
            "det_pairs",
            targets="SELECT CAST({fmr} AS DOUBLE) AS target"
            + "".join(f" UNION SELECT CAST({target} AS DOUBLE)" for target in _TARGETS),
        ),
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
