"""Areas, who lives there, their borders and patrols: what is impossible or missing in them."""

from __future__ import annotations

from answerable.programmes.forecasts.sql import query
from answerable.programmes.measure import Measure, Parameter, Query, Share

__all__ = ["MEASURES"]

_PRACTICE = "Practice of evaluations of forecasts."
_ACS = "The American Community Survey publishes every estimate with its margin at 90 %."

_ZERO = Share(
    name="areas.zero_size",
    title="Areas of zero size",
    definition="Rows of areas whose size is zero or below, among those that state a size.",
    unit="share of areas",
    needs=("size_km2",),
    sentence="Of the areas that state a size, {figure} have one of zero or below.",
    rule="size ≤ 0",
    source="Arithmetic: a rate for each square kilometre cannot be made of them.",
    neutral="0",
    view="areas",
    counts="size_km2 <= 0",
    among="size_km2 IS NOT NULL",
    by=(),
)
_NO_PEOPLE = Share(
    name="areas.nobody_lives",
    title="Areas where nobody lives",
    definition="Rows of areas whose population is zero, among those that state a population.",
    unit="share of areas",
    needs=("population",),
    sentence="Of the areas that state a population, in {figure} nobody lives.",
    source=_PRACTICE,
    caveats=("A number for each resident cannot be made of them: parks, ports and shopping streets.",),
    view="areas",
    counts="population = 0",
    among="population IS NOT NULL",
    by=(),
)
_NO_MARGIN_OF_PEOPLE = Share(
    name="areas.without_margin",
    title="Populations without a margin of error",
    definition="Rows of areas whose population states no margin of error, among those that state a population.",
    unit="share of areas",
    needs=("population", "population_margin"),
    sentence="Of the areas that state a population, {figure} state no margin of error of it.",
    source=_ACS,
    neutral="0",
    caveats=(
        "Without a margin a population is taken as exact. A census that counts everybody states none; a survey does.",
    ),
    view="areas",
    counts="population_margin IS NULL",
    among="population IS NOT NULL",
    by=(),
)
_DISAGREE = Query(
    name="areas.contradicting",
    title="Areas whose figures contradict each other",
    definition="Areas for which two rows state different sizes, populations or households, among areas that some row states figures of.",
    unit="share of areas",
    needs=("area",),
    sentence="For {counted} two rows state different figures.",
    source=_PRACTICE,
    neutral="0",
    caveats=("Borders may have changed between two editions of a census. The higher figure is taken.",),
    sql=query("areas_contradicting"),
)
_OVER = Query(
    name="compositions.over_whole",
    title="Areas whose groups make more than the whole",
    definition=(
        "Areas whose groups' shares make more than 100 % and {points} points, among areas with shares. Where people alone are stated, "
        "shares are of the stated population, or of all groups."
    ),
    unit="share of areas",
    needs=("area", "population_group", "share|people"),
    sentence="In {counted} the groups make more than 100 % of the people.",
    rule="the sum of the shares is more than 1 + {points} ÷ 100",
    source="Arithmetic.",
    neutral="0",
    parameters={"points": Parameter(1.0, "percentage points", "What rounding may add to 100 %.", 0, 100)},
    caveats=(
        "Groups that are not exclusive (Hispanic beside race) make more than 100 % by design.",
        "Shares of a file in which one is above 1.5 are read as per cent.",
    ),
    sql=query("over_whole"),
)
_NO_MARGIN = Share(
    name="compositions.without_margin",
    title="Shares of populations without a margin of error",
    definition="Rows of groups that state no margin of error, among all rows of groups.",
    unit="share of rows",
    needs=("margin",),
    sentence="{counted} state no margin of error.",
    source=_ACS,
    neutral="0",
    caveats=("Without a margin a share is taken as exact, which a survey's is not.",),
    view="compositions",
    counts="margin IS NULL",
    by=("population_group",),
)
_FLAT = Query(
    name="boundaries.zero_size",
    title="Areas whose border encloses nothing",
    definition="Areas whose border encloses less than one square metre, among areas with a border.",
    unit="share of areas",
    needs=("area", "x", "y"),
    sentence="Of the areas with a border, {figure} enclose nothing.",
    rule="less than 0.000001 km², on the ellipsoid WGS 84 where corners are in degrees",
    source="J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395 (1987), equation 3-12.",
    neutral="0",
    caveats=(
        "An area across the meridian of 180 degrees that comes from a table of corners is measured wrongly; in a map it is set aside.",
    ),
    sql=query("flat_areas"),
)
_OVERLAP = Query(
    name="boundaries.overlapping",
    title="Areas that overlap another",
    definition="Areas that overlap another, or whose own polygons overlap, or whose border two files give, among areas with a border.",
    unit="share of areas",
    needs=("area", "x", "y"),
    sentence="Of the areas with a border, {figure} overlap another or themselves.",
    rule="an edge of one crosses an edge of the other between its ends, or a point inside one lies in the other; a shared border is no overlap, and a polygon that repeats another of its area counts once",
    source=_PRACTICE,
    neutral="0",
    caveats=(
        "Borders that were drawn twice cross in slivers of a few metres: what matters is how many outcomes lie in several areas.",
        "Give the borders of one edition, of one kind of area, alone: of an area in two files the border of the first is taken.",
    ),
    sql=query("overlapping_areas"),
)
_PATROL_AREA = Share(
    name="patrols.without_area",
    title="Patrols without an area",
    definition="Patrols whose area is blank, among all patrols whose area was exported and not withheld.",
    unit="share of patrols",
    needs=("area",),
    sentence="{counted} name no area.",
    source=_PRACTICE,
    neutral="0",
    view="base_patrols",
    counts="area IS NULL",
    by=("sent_for", "month"),
)
_BACKWARDS = Share(
    name="patrols.end_before_start",
    title="Patrols that end before they begin",
    definition="Patrols whose end is before their beginning, among patrols that state both.",
    unit="share of patrols",
    needs=("started_at", "ended_at"),
    sentence="Of the patrols that state both, {figure} end before they begin.",
    source=_PRACTICE,
    neutral="0",
    view="base_patrols",
    counts="ends_before",
    among="ends_before IS NOT NULL",
    by=("sent_for", "month"),
)

MEASURES: tuple[Measure, ...] = (
    _ZERO, _NO_PEOPLE, _NO_MARGIN_OF_PEOPLE, _DISAGREE, _OVER, _NO_MARGIN, _FLAT, _OVERLAP, _PATROL_AREA, _BACKWARDS,
)  # fmt: skip  # a list of words
"""The measures of areas, people, borders and patrols, in the order of the report."""
