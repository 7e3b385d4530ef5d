"""Who searched, and how much: counts over accounts, never an account."""

from __future__ import annotations

from answerable.programmes.measure import Measure, Parameter, Query
from answerable.programmes.plates.sql import query

__all__ = ["MEASURES"]

_USER = "user_name|user_id"
_PRACTICE = "Practice of audits of access logs."
_ACCOUNT = "An account is not a person: several people may share one, and one person may hold several."
_NAMESAKES = (
    "An account is told by the name or number that the export gives; where it is a name, namesakes are one."
)

_USERS = Query(
    name="searches.users",
    title="Accounts that searched",
    definition="The number of distinct accounts among searches that record one, by organisation and by month.",
    unit="accounts",
    kind="count",
    needs=(_USER,),
    sentence="The records show searches by {value} distinct accounts.",
    source=_PRACTICE,
    caveats=(_ACCOUNT, _NAMESAKES),
    sql=query("users"),
)

_PER_USER = Query(
    name="searches.per_user",
    title="Searches per account",
    definition=(
        "The median number of searches per account, among accounts with at least one search. "
        "The breakdown gives the quantiles of the distribution."
    ),
    unit="searches per account",
    kind="quantity",
    needs=(_USER,),
    sentence="Half of the {d} accounts made {value} searches or fewer.",
    rule="A quantile is the smallest number that at least that share of accounts does not exceed.",
    source=_PRACTICE,
    caveats=(_ACCOUNT, _NAMESAKES, "Accounts that never searched are not in the records."),
    sql=query("per_user"),
)

_TOP = Query(
    name="searches.top_users",
    title="Searches by the busiest accounts",
    definition=(
        "Searches made by the {users} accounts with the most searches, among searches that record an account."
    ),
    unit="share of searches",
    needs=(_USER,),
    sentence="The {users} accounts with the most searches made {counted}.",
    rule="the {users} largest counts of searches per account; equal counts need no rule, for only counts are added",
    source=_PRACTICE,
    parameters={"users": Parameter(10, "accounts", "How many of the busiest accounts are counted.", 1, 1e6)},
    caveats=(_ACCOUNT, _NAMESAKES, "Some accounts belong to analysts or dispatchers who search for others."),
    sql=query("top_users"),
)

_GINI = Query(
    name="searches.gini",
    title="Inequality of searches between accounts",
    definition=(
        "The Gini coefficient of searches per account, among accounts with at least one search: the sum of "
        "(2i − n − 1) × x(i), divided by n times the sum of x, where x(i) is the i-th smallest of n counts. "
        "It is 0 where all accounts searched equally often and nears 1 where one account made all searches."
    ),
    unit="Gini coefficient, 0 to 1",
    kind="quantity",
    needs=(_USER,),
    sentence="The Gini coefficient of searches per account is {value}, over {d} accounts.",
    source=(
        "C. Gini, Variabilità e mutabilità (1912); the form for sorted counts as in A. Sen, On Economic Inequality "
        "(1973). No small-sample correction."
    ),
    neutral="0",
    caveats=(
        _ACCOUNT,
        _NAMESAKES,
        "Accounts that never searched are not in the records; they would raise it.",
    ),
    sql=query("gini"),
)

_OVERLAPPING = Query(
    name="searches.overlapping_sessions",
    title="Accounts with overlapping sessions",
    definition=(
        "Accounts with two sessions at the same time, among accounts that searched. A session is an account's "
        "searches under one organisation and on one kind of device (mobile or not) within one slot of {minutes} "
        "minutes by the clock. Two sessions overlap where neither ended before the other began, so that their "
        "searches interleave or fall on the same instant."
    ),
    unit="share of accounts",
    needs=(_USER, "searched_at", "agency|search_type"),
    sentence="{counted} had two sessions at the same time, under two organisations or on two kinds of device.",
    rule="two sessions of one account in one slot of {minutes} minutes, each beginning no later than the other ends",
    source=(
        "Answerable's own definition, from the fields that an export holds. It looks for what the shared-account rule "
        "of access control (one account, one person) would make rare."
    ),
    neutral="0",
    parameters={"minutes": Parameter(30, "minutes", "The length of a slot.", 1, 1440)},
    caveats=(
        "The records hold no network address and no device number: that an account is shared cannot be proved by them.",
        _NAMESAKES,
        "One person with a desktop and a telephone can also overlap.",
        "Sessions that meet only across the edge of a slot, or on the same kind of device, are not seen.",
    ),
    sql=query("overlapping_sessions"),
)

_SEVERAL = Query(
    name="searches.accounts_of_several_agencies",
    title="Accounts seen under several organisations",
    definition=(
        "Accounts whose searches name two organisations or more, among accounts with a search that names one."
    ),
    unit="share of accounts",
    needs=(_USER, "agency"),
    sentence="{counted} appear under two organisations or more.",
    rule="two or more distinct organisation names, as written",
    source=_PRACTICE,
    neutral="0",
    caveats=(
        "A user who moved, an organisation that was renamed and two users of one name all look alike here.",
        _NAMESAKES,
    ),
    sql=query("several_agencies"),
)

MEASURES: tuple[Measure, ...] = (_USERS, _PER_USER, _TOP, _GINI, _OVERLAPPING, _SEVERAL)
"""The measures of accounts, in the order of the report."""
