"""Error rates under other conditions: in each set of samples, at each quality, and of people who are alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from answerable.estimate import Part
from answerable.programmes.faces.apart import FIXED
from answerable.programmes.faces.grouping import grouped
from answerable.programmes.faces.measures.groups import FMR, RULE
from answerable.programmes.faces.pairing import ALIKE, DATASET, QUALITY, Grouping
from answerable.programmes.measure import Columns, Computation, FinishTable, Measure, Refusal, Tabled
from answerable.programmes.section import BETWEEN

__all__ = ["MEASURES"]

_ISO = "ISO/IEC 19795-1, for the rates; docs/method/groups-and-subjects.md, for the intervals."
_IR8280 = "P. Grother, M. Ngan & K. Hanaoka, Face Recognition Vendor Test part 3: Demographic effects, NIST IR 8280 (2019)."


def _by(breakdown: str, *, mated: bool) -> FinishTable:
    """Make the function of a measure whose comparisons each belong to one part."""

    def finish(columns: Columns, parameters: Mapping[str, float], seed: int) -> Computation | Refusal:
        del parameters, seed  # the threshold is in the query
        found = grouped(columns, mated=mated)
        if isinstance(found, Refusal):
            return found
        parts, more = found.parts()
        return found.computed({breakdown: tuple(_named(part) for part in parts)}, *more, FIXED)

    return finish


def _named(part: Part) -> Part:
    return replace(part, label=part.label.split(BETWEEN, 1)[0])


def _measure(name: str, title: str, grouping: Grouping, *, mated: bool, **texts: object) -> Tabled:
    settings: dict[str, Any] = {
        "needs": grouping.needs,
        "rule": RULE,
        "source": _ISO,
        "parameters": {"fmr": FMR},
        "sql": grouping.sql,
        "unit": f"share of {'mated' if mated else 'non-mated'} comparisons",
        "finish": _by(grouping.label, mated=mated),
    }
    return Tabled(name=f"comparisons.{name}", title=title, **(settings | texts))


MEASURES: tuple[Measure, ...] = (
    _measure(
        "fnmr_by_dataset",
        "False non-match rate by set of samples",
        DATASET,
        mated=True,
        definition="Mated comparisons below the threshold, among mated comparisons with a score whose set of samples is stated. The breakdown gives each set.",
        sentence="Of the mated comparisons whose set of samples is stated, {figure} do not match.",
    ),
    _measure(
        "fmr_by_dataset",
        "False match rate by set of samples",
        DATASET,
        mated=False,
        definition="Non-mated comparisons at or above the threshold, among non-mated comparisons with a score whose set of samples is stated. The breakdown gives each set.",
        sentence="Of the non-mated comparisons whose set of samples is stated, {figure} match.",
    ),
    _measure(
        "fmr_alike",
        "False match rate by what both people are alike in",
        ALIKE,
        mated=False,
        definition=(
            "Non-mated comparisons at or above the threshold, among non-mated comparisons with a score whose file says the same things of both "
            "people. The breakdown gives those of people alike in sex, in region, in both, and so on."
        ),
        sentence="Of the non-mated comparisons whose people's groups are recorded, {figure} match.",
        source=_IR8280,
        caveats=(
            "People alike in all that is recorded are the demanding case: a rate over all pairs flatters a system.",
        ),
    ),
    _measure(
        "fnmr_by_quality",
        "False non-match rate by quality of the samples",
        QUALITY,
        mated=True,
        definition=(
            "Mated comparisons below the threshold, among mated comparisons with a score and the quality of both samples. The breakdown gives "
            "quarters of these comparisons, by the lesser of the two qualities."
        ),
        sentence="Of the mated comparisons whose samples' quality is stated, {figure} do not match.",
        source="P. Grother & E. Tabassi, Performance of biometric quality measures, IEEE Trans. Pattern Anal. Mach. Intell. 29 (2007) 531-543.",
        caveats=(
            "Quality is taken to be the better the higher it is. Equal qualities share a quarter, so that quarters differ in size.",
        ),
    ),
)
"""The measures of conditions, in the order of the report."""
