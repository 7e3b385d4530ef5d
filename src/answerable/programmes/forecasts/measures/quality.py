"""Outcomes, and how far they can be held against forecasts: time, place, number and type."""

from __future__ import annotations

from answerable.programmes.forecasts.sql import query
from answerable.programmes.measure import Measure, Parameter, Query, Share

__all__ = ["MEASURES"]

_PRACTICE = "Practice of evaluations of forecasts."
_VIEW = "base_outcomes"
_BY = ("type", "recorded_how", "month")
_AGREEMENT = "What the police recorded is compared: agreement with records, not with what happened."

_INCIDENTS = Query(
    name="outcomes.incidents",
    title="Incidents in the records",
    definition="The sum of the numbers of all outcomes; where no number is exported, each outcome is one incident.",
    unit="incidents",
    kind="count",
    needs=(),
    sentence="The outcomes stand for {value} incidents.",
    source=_PRACTICE,
    caveats=(
        "In a table with a column a day most cells are noughts: they are records, and stand for no incident.",
    ),
    sql=query("incidents"),
)
_NO_TIME = Share(
    name="outcomes.without_time",
    title="Outcomes without a time",
    definition="Outcomes whose time is blank, among all outcomes whose time was exported and not withheld.",
    unit="share of outcomes",
    needs=("occurred_at",),
    sentence="{counted} have no time, and fall in no period.",
    source=_PRACTICE,
    neutral="0",
    view=_VIEW,
    counts="occurred_time IS NULL",
    by=("type", "recorded_how"),
)
_NO_AREA = Share(
    name="outcomes.without_area",
    title="Outcomes without an area or a point",
    definition="Outcomes that state neither an area nor a point, among all outcomes.",
    unit="share of outcomes",
    needs=("area|latitude|longitude|x|y",),
    sentence="{counted} state neither an area nor a point.",
    source=_PRACTICE,
    neutral="0",
    caveats=(
        "A place that could not be geocoded is often left blank: such outcomes are not spread evenly over a town.",
    ),
    view=_VIEW,
    counts="area_known = 'not stated'",
    by=_BY,
)
_OUTSIDE = Share(
    name="outcomes.outside_areas",
    title="Outcomes whose point lies outside every area",
    definition=(
        "Outcomes that state no area and whose point lies in no polygon, among outcomes that state no area, have a point, and for which "
        "borders in the same coordinates are given."
    ),
    unit="share of outcomes",
    needs=(),
    sentence="Of the outcomes that have a point and no area, {figure} lie outside every area.",
    rule="the even-odd rule: a ray from the point crosses a polygon's rings an odd number of times where it is inside",
    source="M. Shimrat, Algorithm 112, Communications of the ACM 5 (1962).",
    neutral="0",
    caveats=("They are in no cell. A point at 0, 0, or on one default corner, is a failure of geocoding.",),
    also=("boundaries",),
    view=_VIEW,
    counts="area_known = 'outside every area'",
    among="area_known IN ('by point', 'in several areas', 'outside every area')",
    by=_BY,
)
_SEVERAL = Share(
    name="outcomes.in_several_areas",
    title="Outcomes whose point lies in several areas",
    definition="Outcomes that state no area and whose point lies in polygons of two or more areas, among those whose point lies in some.",
    unit="share of outcomes",
    needs=(),
    sentence="Of the outcomes whose point lies in some area, {figure} lie in several at once.",
    source=_PRACTICE,
    neutral="0",
    caveats=("They are in no cell: `boundaries.overlapping` counts the areas that overlap.",),
    also=("boundaries",),
    view=_VIEW,
    counts="area_known = 'in several areas'",
    among="area_known IN ('by point', 'in several areas')",
    by=_BY,
)
_NUMBER = Share(
    name="outcomes.without_number",
    title="Outcomes that do not say how many",
    definition="Outcomes whose number is blank, no whole number or below zero, among outcomes whose number was exported and not withheld.",
    unit="share of outcomes",
    needs=("number",),
    sentence="{counted} do not say how many incidents they stand for.",
    rule="0 is a number",
    source=_PRACTICE,
    neutral="0",
    caveats=("Where no number is exported, each outcome is one incident.",),
    view=_VIEW,
    counts="incidents IS NULL",
    by=_BY,
)
_NOT_COVERED = Query(
    name="outcomes.in_areas_without_forecast",
    title="Incidents in areas without a forecast",
    definition="Incidents in areas that no forecast names, among incidents whose area is known.",
    unit="share of incidents",
    needs=(),
    sentence="{counted} are in areas that no forecast names.",
    source=_PRACTICE,
    neutral="0",
    caveats=(
        _AGREEMENT,
        "A list of flags names flagged areas alone: what is elsewhere is then in areas without a forecast.",
    ),
    also=("forecasts",),
    sql=query("in_areas_without_forecast"),
)
_NO_PERIOD = Query(
    name="outcomes.in_no_period",
    title="Incidents in no period of the forecasts",
    definition="Incidents whose time falls in no period of any forecast, among incidents whose time is known.",
    unit="share of incidents",
    needs=("occurred_at",),
    sentence="{counted} fall in no period that was forecast.",
    rule="a period holds its beginning and not its end",
    source=_PRACTICE,
    caveats=(
        "A published total may be of another span of time than the file: the two then have different denominators.",
        "Times are held against each other as both files write them: name the local zone with --timezone where one of them is in UTC.",
    ),
    also=("forecasts",),
    sql=query("in_no_period"),
)
_ALIKE = Query(
    name="outcomes.alike",
    title="Outcomes that are like another in time, place and type",
    definition=(
        "Outcomes beyond the first of those that have the same time, area or point, type and number, among all outcomes that have a time "
        "and an area or point."
    ),
    unit="share of outcomes",
    needs=("occurred_at", "area|latitude|x"),
    sentence="{counted} are like another in time, place and type; each was counted.",
    source=_PRACTICE,
    caveats=(
        "Two incidents may well be alike. A file that was given twice in two forms shows here as half of all.",
    ),
    sql=query("alike"),
)
_RECODED = Query(
    name="outcomes.recoded_types",
    title="Types of outcomes that are not there throughout",
    definition=(
        "Types with {least} or more outcomes of which none is in the first, or none in the last, {days} days of all outcomes, among types "
        "with {least} or more outcomes."
    ),
    unit="share of types",
    needs=("occurred_at", "type"),
    sentence="{counted} appear or vanish in mid-series: they may have been coded otherwise.",
    rule="more than {days} × 24 h from the first outcome to the type's first, or from the type's last to the last outcome",
    source=_PRACTICE,
    neutral="0",
    parameters={
        "days": Parameter(60, "days", "How long a type must be absent at an end of the series.", 1),
        "least": Parameter(30, "outcomes", "How many outcomes a type must have to be looked at.", 1),
    },
    caveats=(
        "A type of season is absent for a while too. At an even rate, one of 30 outcomes is absent from 60 given days of a year once in "
        "two hundred times.",
    ),
    sql=query("recoded_types"),
)

MEASURES: tuple[Measure, ...] = (
    _INCIDENTS, _NO_TIME, _NO_AREA, _OUTSIDE, _SEVERAL, _NUMBER, _NO_PERIOD, _NOT_COVERED, _ALIKE, _RECODED,
)  # fmt: skip  # a list of words
"""The measures of outcomes, in the order of the report."""
