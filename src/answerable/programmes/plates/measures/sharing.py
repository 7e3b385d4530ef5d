"""Who shares cameras with whom: edges between organisations, and one agency's own list."""

from __future__ import annotations

from collections.abc import Mapping

from answerable.estimate import Part
from answerable.programmes.measure import Computation, Computed, Measure, Query, Refusal
from answerable.programmes.plates.sql import query

__all__ = ["MEASURES"]

_PRACTICE = "Practice of audits of sharing lists."
_LAST = "Where the case holds lists of several dates, the last by its label is measured."
_NAMES = "The state, and whether an organisation is federal, is read from its name; a name that shows none is counted on neither side."
_ACCESS = "An edge shows that access was given; it does not show that it was used."


def _counted(name: str, title: str, role: str, side: str) -> Query:
    return Query(
        name=f"shares.{name}",
        title=title,
        definition=f"The number of distinct organisations that stand as {role} organisations in the list, by the state in their name.",
        unit="organisations",
        kind="count",
        needs=(side,),
        sentence=f"{{value}} organisations stand as {role} organisations in the list.",
        source=_PRACTICE,
        caveats=(_LAST, "Organisations are told by their names: two spellings of one are two."),
        sql=query("organisations_sharing", role=role, side=side, state=f"{side}_state"),
    )


def _edges(
    name: str,
    title: str,
    *,
    definition: str,
    sentence: str,
    counts: str,
    among: str,
    caveats: tuple[str, ...] = (),
) -> Query:
    return Query(
        name=f"shares.{name}",
        title=title,
        definition=definition,
        unit="share of sharing edges",
        needs=("giver", "receiver"),
        sentence=sentence,
        rule="one edge for each pair of a giving and a receiving organisation",
        source=_PRACTICE,
        caveats=(*caveats, _NAMES, _ACCESS, _LAST),
        sql=query("shares_where", what=title[0].lower() + title[1:], counts=counts, among=among),
    )


_OUT = _edges(
    "out_of_state",
    "Sharing with organisations of another state",
    definition="Edges whose receiver's name shows another state than the giver's name, among edges where both names show a state.",
    sentence="Of the edges between organisations whose names both show a state, {figure} lead to another state.",
    counts="giver_state <> receiver_state",
    among="giver_state IS NOT NULL AND receiver_state IS NOT NULL",
)
_FEDERAL = _edges(
    "federal",
    "Sharing with federal organisations",
    definition="Edges whose receiver's name marks it as federal, among all edges.",
    sentence="{counted} lead to an organisation whose name marks it as federal.",
    counts="receiver_is_federal",
    among="receiver_is_federal IS NOT NULL",
    caveats=("A federal officer who works in a local organisation's task force is not seen.",),
)
_INACTIVE = _edges(
    "inactive",
    "Sharing with organisations marked inactive",
    definition="Edges whose receiver's name carries the tag [Inactive], among all edges.",
    sentence="{counted} lead to an organisation whose name is marked inactive.",
    counts="receiver_is_inactive",
    among="receiver_is_inactive IS NOT NULL",
)

_ONE_WAY = Query(
    name="shares.one_way",
    title="Sharing that is not returned",
    definition=(
        "Edges whose reverse is not in the list, among edges between two organisations that both stand as givers in it. Of an "
        "organisation that is no giver the list does not say with whom it shares."
    ),
    unit="share of sharing edges",
    needs=("giver", "receiver"),
    sentence="Of the edges between organisations that both give, {figure} are not returned.",
    rule="one edge for each pair of a giving and a receiving organisation",
    source=_PRACTICE,
    caveats=(_ACCESS, _LAST),
    sql=query("one_way"),
)

_TWO_STEPS = Query(
    name="shares.two_steps",
    title="Organisations reached in one or two steps",
    definition=(
        "The median number of organisations that a giving organisation's cameras are open to directly, or through one of those, among "
        "giving organisations. The breakdown gives the quantiles in one step and in one or two."
    ),
    unit="organisations",
    kind="quantity",
    needs=("giver", "receiver"),
    sentence="Half of the {d} giving organisations reach {value} others or fewer in one or two steps.",
    rule="A quantile is the smallest number that at least that share of giving organisations does not exceed.",
    source=_PRACTICE,
    caveats=(
        "Only organisations that stand as givers in the list lead on to a second step: the number is a least number.",
        "A second step needs somebody to pass on what was found; the list does not show whether anybody did.",
        _LAST,
    ),
    sql=query("two_steps"),
)


def _changed(
    headline: Part | None, breakdowns: Mapping[str, tuple[Part, ...]], _parameters: Mapping[str, float]
) -> Computation | Refusal:
    """Take the count as it is; with one list there is nothing to compare."""
    if headline is None or headline.value is None:
        return Refusal(
            "The case holds the sharing list of one date.",
            "Add the list of another date, each under its date: --log 2024-06-01=OLD.csv --log 2025-06-01=NEW.csv.",
        )
    return Computation(
        value=headline.value,
        numerator=headline.numerator,
        denominator=headline.denominator,
        breakdowns=breakdowns,
    )


def _change(name: str, title: str, one: str, other: str, sentence: str) -> Computed:
    return Computed(
        name=f"shares.{name}",
        logs=2,
        title=title,
        definition=f"Edges that the {one} of two lists holds and the {other} does not, among the edges of the {one}. The lists are those of the first and the last label.",
        unit="share of sharing edges",
        needs=("giver", "receiver"),
        sentence=sentence,
        rule="the same names of giving and receiving organisation, as written",
        source=_PRACTICE,
        caveats=(
            "An organisation that changed its name is one that left and one that came.",
            "Where a giver stands in one list alone, it may not have been looked at for the other: the breakdown keeps these apart.",
        ),
        sql=query("shares_changed", one=one, other=other),
        finish=_changed,
    )


_ADDED = _change(
    "added",
    "Sharing that was added",
    "later",
    "earlier",
    "Of the edges of the later list, {figure} are not in the earlier.",
)
_REMOVED = _change(
    "removed",
    "Sharing that was ended",
    "earlier",
    "later",
    "Of the edges of the earlier list, {figure} are not in the later.",
)


def _partners(
    name: str,
    title: str,
    *,
    definition: str,
    sentence: str,
    counts: str,
    among: str,
    needs: tuple[str, ...] = (),
) -> Query:
    return Query(
        name=f"partners.{name}",
        title=title,
        definition=definition,
        unit="share of sharing partners",
        needs=("agency", *needs),
        sentence=sentence,
        rule="a cell that holds a value; a blank, a placeholder or 0 is none",
        source=_PRACTICE,
        caveats=(_NAMES, "The list does not name the agency that it is of.", _ACCESS),
        sql=query("partners_where", what=title[0].lower() + title[1:], counts=counts, among=among),
    )


_GIVEN = _partners(
    "given_to",
    "Organisations that the agency shares with",
    definition="Organisations with which the agency shares a network, among the organisations of its list.",
    sentence="The agency shares a network with {counted}.",
    counts="shared_by_me IS NOT NULL",
    among="shared_by_me_state <> 'withheld'",
    needs=("shared_by_me",),
)
_UNRETURNED = _partners(
    "not_returned",
    "Organisations that do not share in return",
    definition="Organisations that share no network with the agency, among those with which the agency shares one.",
    sentence="Of the organisations with which the agency shares, {figure} share nothing in return.",
    counts="shared_with_me IS NULL",
    among="shared_by_me IS NOT NULL AND shared_with_me_state <> 'withheld'",
    needs=(
        "shared_by_me",
        "shared_with_me",
    ),
)
_PARTNER_FEDERAL = _partners(
    "federal",
    "Federal organisations that the agency shares with",
    definition="Organisations whose name marks them as federal, among those with which the agency shares a network.",
    sentence="Of the organisations with which the agency shares, {figure} are marked as federal by their name.",
    counts="is_federal",
    among="shared_by_me IS NOT NULL AND is_federal IS NOT NULL",
    needs=("shared_by_me",),
)
_PARTNER_OUT = _partners(
    "out_of_state",
    "Organisations of other states that the agency shares with",
    definition="Organisations whose name shows another state than most names of the list, among those with which the agency shares a network and whose name shows a state.",
    sentence="Of the organisations with which the agency shares and whose name shows a state, {figure} are of another state than the one most often seen.",
    counts="home_state <> most",
    among="shared_by_me IS NOT NULL AND home_state IS NOT NULL",
    needs=("shared_by_me",),
)

MEASURES: tuple[Measure, ...] = (
    _counted("givers", "Organisations that share", "giving", "giver"),
    _counted("receivers", "Organisations with access", "receiving", "receiver"),
    _OUT, _FEDERAL, _INACTIVE, _ONE_WAY, _TWO_STEPS, _ADDED, _REMOVED,
    _GIVEN, _UNRETURNED, _PARTNER_OUT, _PARTNER_FEDERAL,
)  # fmt: skip  # a table: what stands in one line belongs together
"""The measures of sharing, in the order of the report."""
