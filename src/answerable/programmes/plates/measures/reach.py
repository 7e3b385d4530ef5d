"""How far searches reached: networks, cameras, organisations, states, and days back in time."""

from __future__ import annotations

from answerable.programmes.measure import Measure, Parameter, Query, Share
from answerable.programmes.plates.sql import query

__all__ = ["MEASURES"]

_PRACTICE = "Practice of audits of released search logs."
_QUANTILE = "A quantile is the smallest number that at least that share of searches does not exceed."
_VIEW = "marked_searches"


def _per_search(field: str, title: str, things: str, meaning: str) -> Query:
    """Make the median number of something that one search covered."""
    return Query(
        name=f"searches.{field}_per_search",
        title=title,
        definition=(
            f"The median number of {meaning} that one search covered, among searches that record a number. "
            "The breakdown gives the quantiles of the distribution and the median by month."
        ),
        unit=things,
        kind="quantity",
        needs=(field,),
        sentence=f"Half of the {{d}} searches that record a number of {things} covered {{value}} {things} or fewer.",
        rule=_QUANTILE,
        source=_PRACTICE,
        caveats=("A number of 0 in an export is a placeholder, so it is read as blank.",),
        sql=query("quantiles", size=field, least="least", most="most", value="CAST(value AS DOUBLE)"),
    )


_NETWORKS = _per_search("networks", "Networks per search", "networks", "camera networks")
_DEVICES = _per_search("devices", "Cameras per search", "cameras", "cameras (devices)")

_WIDE = Query(
    name="searches.network_wide",
    title="Searches as wide as the widest",
    definition=(
        "Searches that covered at least {percent} % of the largest number of networks that any search of the same "
        "month covered, among searches that record a number and a time. Where a search records no number of networks, its "
        "cameras are compared with the largest number of cameras of the month."
    ),
    unit="share of searches",
    needs=("networks|devices", "searched_at"),
    sentence=(
        "Of the searches that record how much they covered, {figure} covered at least {percent} % of the most that any "
        "search of the same month covered."
    ),
    rule="at least {percent} % of the largest number of networks (else cameras) in the same calendar month",
    source=_PRACTICE,
    parameters={
        "percent": Parameter(90, "per cent", "How near to the month's largest number counts as wide.", 1, 100)
    },
    caveats=(
        "The yardstick is the log's own: where no search reached beyond the agency's cameras, the widest is narrow.",
        "In a log of one network's cameras, organisations that reach other networks set the month's largest number.",
    ),
    sql=query("network_wide"),
)

_FEDERAL = Share(
    name="searches.federal",
    title="Searches by federal organisations",
    definition=(
        "Searches by an organisation whose name carries the tag [Federal] or names a federal body, among searches "
        "that name an organisation."
    ),
    unit="share of searches",
    needs=("agency",),
    sentence="{counted} were made under an organisation whose name marks it as federal.",
    rule="the tag [Federal], or a whole word or phrase of the list of federal bodies, in the organisation's name",
    source=_PRACTICE,
    caveats=(
        "A search that a local user made on a federal body's behalf carries the local organisation's name.",
        "A search that names no organisation is not counted on either side.",
    ),
    view=_VIEW,
    counts="is_federal",
    among="is_federal IS NOT NULL",
)

_INACTIVE = Share(
    name="searches.inactive",
    title="Searches by organisations marked inactive",
    definition=(
        "Searches by an organisation whose name carries the tag [Inactive], among searches that name an organisation."
    ),
    unit="share of searches",
    needs=("agency",),
    sentence="{counted} were made under an organisation whose name is marked inactive.",
    rule="the tag [Inactive], in square or round brackets, in the organisation's name",
    source=_PRACTICE,
    neutral="0",
    caveats=(
        "The tag may have been set after the search was made: an export shows the name as it was at export.",
    ),
    view=_VIEW,
    counts="is_inactive",
    among="is_inactive IS NOT NULL",
)

_OUT_OF_STATE = Query(
    name="searches.out_of_state",
    title="Searches by organisations of another state",
    definition=(
        "Searches by organisations whose name carries another state's tag than the tag seen on most searches of "
        "these records, among searches by organisations whose name shows a state. Organisations whose name shows "
        "none are counted apart."
    ),
    unit="share of searches",
    needs=("agency",),
    sentence=(
        "Of the searches by organisations whose name shows a state, {figure} were by one of another state than the one "
        "most often seen."
    ),
    rule="the state in the organisation's name differs from the state in the names of most searches",
    source=_PRACTICE,
    caveats=(
        "The home state is taken from the records: it is the state shown on most searches.",
        "In a log of searches by many states' organisations, the most frequent state may not be the producer's own.",
    ),
    sql=query("out_of_state"),
)

_BEYOND = Query(
    name="searches.lookback_beyond",
    title="Searches that looked back beyond a limit",
    definition=(
        "Searches whose time frame began more than {days} × 24 hours before the search was made, among searches "
        "that record when their time frame began. The breakdown shows what other ways of counting days would give."
    ),
    unit="share of searches",
    needs=("frame", "searched_at"),
    sentence="Of the searches that record when their time frame began, {figure} looked back more than {days} × 24 hours.",
    rule="more than {days} × 24 h between the start of the time frame and the search; exactly {days} × 24 h is within",
    source="Retention limits in state law count days; the boundary is ours and is shown beside three others.",
    parameters={"days": Parameter(30, "days", "The look-back beyond which a search is counted.", 0, 36500)},
    caveats=(
        "A time frame shows what a search asked for; it does not show that records so old were there to be found.",
    ),
    sql=query("lookback_beyond"),
)

_LOOKBACK = Query(
    name="searches.lookback",
    title="Look-back of searches",
    definition=(
        "The median time from the start of a search's time frame to the search, in days of 24 hours, among searches "
        "that record when their time frame began. The breakdown gives the quantiles and the median by month."
    ),
    unit="days",
    kind="quantity",
    needs=("frame", "searched_at"),
    sentence="Half of the {d} searches that record a time frame looked back {value} days or fewer.",
    rule="days of 24 hours, to the minute. " + _QUANTILE,
    source=_PRACTICE,
    sql=query(
        "quantiles",
        size="floor(seconds_between(frame_start, searched_at) / 60e0)",
        least="shortest",
        most="longest",
        value="round(value / 1440e0, 2)",
    ),
)

MEASURES: tuple[Measure, ...] = (
    _NETWORKS, _DEVICES, _WIDE, _FEDERAL, _INACTIVE, _OUT_OF_STATE, _LOOKBACK, _BEYOND,
)  # fmt: skip  # a table: what stands in one line belongs together
"""The measures of reach, in the order of the report."""
