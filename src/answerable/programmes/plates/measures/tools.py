"""Which tools searches used, and what the system's own filter did with them."""

from __future__ import annotations

from answerable.programmes.measure import Measure, Query, Share
from answerable.programmes.plates.sql import query

__all__ = ["MEASURES"]

_VENDOR = "The search types and moderation outcomes as the vendor's exports write them."
_VIEW = "marked_searches"
_TYPE_CAVEAT = "A search whose type was not recorded is not counted on either side."

_TYPES = Query(
    name="searches.search_types",
    title="Searches by other tools than a plate look-up",
    definition=(
        "Searches whose type is none of lookup, search, apiLookup, apiV1, apiV2 and searchSummary, among searches "
        "that record a type. A type ending in “- Mobile” is counted with its desktop form. "
        "The breakdown counts every type."
    ),
    unit="share of searches",
    needs=("search_type",),
    sentence="{counted} used another tool than a plate look-up.",
    rule="the search type, whatever its case, without “- Mobile”",
    source=_VENDOR,
    caveats=(_TYPE_CAVEAT, "A type that is new to this list is counted as another tool."),
    sql=query("search_types"),
)


def _tool(name: str, title: str, what: str, values: str) -> Share:
    """Make the share of searches that used one tool."""
    return Share(
        name=f"searches.{name}",
        title=title,
        definition=f"Searches whose type is {name} ({what}), among searches that record a type.",
        unit="share of searches",
        needs=("search_type",),
        sentence=f"{{counted}} were {name} searches: {what}.",
        rule=f"the search type is “{name}”, whatever its case, without “- Mobile”",
        source=_VENDOR,
        caveats=(_TYPE_CAVEAT,),
        view=_VIEW,
        counts=f"tool IN ({values})",
        among="tool IS NOT NULL",
    )


def _moderation(name: str, title: str, what: str, value: str) -> Share:
    """Make the share of searches with one moderation outcome, also where it is written as a past participle."""
    return Share(
        name=f"searches.{name}",
        title=title,
        definition=f"Searches that the system's own filter {what}, among searches that record a moderation outcome.",
        unit="share of searches",
        needs=("moderation",),
        sentence=f"The system's own filter {what} {{counted}}.",
        rule=f"the moderation outcome is “{value}” or “{value}ed”, whatever its case",
        source=_VENDOR,
        caveats=("The log does not show what the filter looks for, nor whether it was in use throughout.",),
        view=_VIEW,
        counts=f"lower(moderation) IN ('{value}', '{value}ed')",
        among="moderation IS NOT NULL",
    )


_MODERATED = Query(
    name="searches.moderated",
    title="Searches that moderation did not allow outright",
    definition=(
        "Searches whose moderation outcome is anything but “allow”, among searches that record an outcome. "
        "The breakdown counts every outcome."
    ),
    unit="share of searches",
    needs=("moderation",),
    sentence="{counted} had a moderation outcome other than “allow”.",
    rule="the moderation outcome is not “allow”, whatever its case",
    source=_VENDOR,
    caveats=("The log does not show what the filter looks for, nor whether it was in use throughout.",),
    sql=query("moderation"),
)

MEASURES: tuple[Measure, ...] = (
    _TYPES,
    _tool("freeform", "Free-form searches", "a description typed in place of a plate", "'freeform'"),
    _tool("convoy", "Convoy searches", "vehicles seen together with another", "'convoy'"),
    _tool("visual", "Visual searches", "a vehicle sought by a picture of it", "'visual'"),
    _MODERATED,
    _moderation("moderation_warned", "Searches that moderation warned of", "warned of", "warn"),
    _moderation("moderation_blocked", "Searches that moderation blocked", "blocked", "block"),
)
"""The measures of tools, in the order of the report."""
