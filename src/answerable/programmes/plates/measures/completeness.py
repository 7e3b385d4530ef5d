"""Completeness across logs: what one log shows and another does not, and what none shows."""

from __future__ import annotations

from answerable.programmes.measure import Computed, Measure
from answerable.programmes.plates.chance import false_matches
from answerable.programmes.plates.matching import COMPARED
from answerable.programmes.plates.several_logs import counted
from answerable.programmes.plates.sql import query
from answerable.programmes.plates.unseen import coverage, unseen

__all__ = ["MEASURES"]

_OWN = (
    "Answerable's own definition: the audit of an organisation's own searches and the audit of a network should agree on the searches "
    "that both could hold."
)
_RULE = (
    "one ID, and times within a minute (or within a minute of an hour) of each other; without an ID on both sides, the same second, "
    "organisation, search type and number of networks, of these the fields that both logs show; the clocks' constant difference is "
    "taken off first"
)
_GROUND = (
    "The common ground is the period that both logs cover and, where one log names a single organisation, the organisations that both "
    "name."
)
_NETWORKS = "A network's log holds the searches that reached its cameras. Logs of two networks differ by what reached one alone; that is not a loss."
_TIES = "Where several searches of a log share all fields of the rule, as many pairs are made as the log that holds fewer of them allows."
_MISSED = (
    "A search whose organisation, type or number of networks was edited in one log has no pair by the rule."
)


def _cases() -> str:
    return " ".join(f"WHEN {place} THEN {field.column}" for place, field in enumerate(COMPARED, start=1))


_MATCHED = Computed(
    name="searches.logs.matched",
    logs=2,
    title="Searches of one log that another holds",
    definition=(
        "Searches that another log holds too, among the searches that a log holds and the other could hold, over every pair of logs "
        "and both directions. The breakdown gives each direction, how searches were found, and the other choice of common ground."
    ),
    unit="share of searches",
    needs=("searched_at",),
    sentence="Of the searches of one log that another could hold, {figure} are found in the other, counting every pair of logs both ways.",
    rule=_RULE,
    source=_OWN,
    neutral="1 for two logs of one network",
    caveats=(_GROUND, _NETWORKS, _TIES, _MISSED),
    sql=query("logs_matched"),
    finish=counted,
)

_ONLY_ONE = Computed(
    name="searches.logs.only_one",
    logs=2,
    title="Searches that one of two logs shows",
    definition="Searches that one log of a pair shows and the other does not, among the different searches that the two show, over every pair.",
    unit="share of searches",
    needs=("searched_at",),
    sentence="Of the different searches that two logs show, {figure} are shown by one of the two alone.",
    rule=_RULE,
    source=_OWN,
    neutral="0 for two logs of one network",
    caveats=(_GROUND, _NETWORKS, _TIES, _MISSED),
    sql=query("logs_only_one"),
    finish=counted,
)

_CONTRADICTING = Computed(
    name="searches.logs.contradicting",
    logs=2,
    title="Searches on which two logs contradict each other",
    definition=(
        "Pairs of searches found in two logs that contradict each other: a field is withheld or blank in one log and holds a value in the "
        "other, both hold values that are not the same, or the times differ by more than the clocks' constant difference. The "
        "breakdown gives each field, among the pairs of which it can be compared, and how the two differ."
    ),
    unit="share of pairs of searches",
    needs=("searched_at",),
    sentence="Of the searches that were found in two logs, {figure} contradict each other in some field.",
    rule=(
        "values are compared whole, a reason without regard to capitals and to plus signs for spaces, a search type without regard to its "
        "mobile form; a cell withheld in one log and blank in the other is no contradiction"
    ),
    source=_OWN,
    neutral="0",
    caveats=(
        "A pair that the rule made of one search among several alike is not compared: which search is which cannot be told.",
        "Organisation, type and number of networks are compared within pairs by ID alone: the rule asks that they agree.",
        "Names are compared as each log writes them: two spellings of one user are not the same.",
    ),
    sql=query(
        "logs_contradicting",
        fields=", ".join(f"({place}, '{field.label}')" for place, field in enumerate(COMPARED, start=1)),
        cases=_cases(),
        any=" OR ".join(f"{field.column} > 1" for field in COMPARED),
    ),
    finish=counted,
)


_FALSE = Computed(
    name="searches.logs.false_matches",
    logs=2,
    title="Pairs that the rule makes by chance",
    definition=(
        "Of the pairs of searches that the rule makes, how many are expected to be two different searches that happen to agree: the "
        "rule is tried at clocks that cannot be right, on what the right clock left over, and what it finds there is by chance."
    ),
    unit="share of pairs made by the rule",
    needs=("searched_at",),
    sentence="Of the pairs that the rule made, an expected {figure} are two different searches that happen to agree.",
    rule=(
        "the first log's clock is set wrong by 61 to 97 seconds, by 61 to 71 minutes and by a week and about two minutes, forward and "
        "back; seconds that leave the common period at one end come in at the other"
    ),
    source=(
        "Time slides, as in the search for coincidences between detectors (M. Was et al., Class. Quantum Grav. 27 (2010) 015005); "
        "the interval: F. Garwood, Biometrika 28 (1936) 437-442, and Student's t."
    ),
    neutral="0",
    caveats=(
        "The number is an expectation: as many are by chance on average, and which they are cannot be told.",
        (
            "The number is that of clocks wrong by about a minute, which keep the sessions in which users search; as it also counts a "
            "user's own next search, it errs to the high side. The interval also holds what clocks wrong by an hour and a week give."
        ),
        "Pairs by ID are not in this number.",
    ),
    sql=query("logs_chance"),
    finish=false_matches,
)

_CLOCK = Computed(
    name="searches.logs.clock_shift",
    logs=2,
    title="Difference between the clocks of two logs",
    definition=(
        "The constant difference between the clocks of two logs, in seconds: the most frequent difference between the times of searches "
        "of one ID, or, without IDs, of searches alike in the other fields of the rule, where it is evident; the largest of any "
        "pair of logs. The breakdown gives each pair's, and how many pairs of searches agree on it."
    ),
    unit="seconds",
    kind="quantity",
    needs=("searched_at",),
    sentence="The clocks of two logs differ by {value} seconds at the most; {n} of the {d} pairs of searches of those two logs agree on that to the second.",
    rule=(
        "differences of up to 15 hours are tried; one is evident where chance would put so many pairs on it less than once in e^20 times; "
        "an hour more or less is tried besides"
    ),
    source=_OWN,
    neutral="0",
    caveats=(
        "Pairs that differ by an hour are what a change to or from summer time leaves where one log was written in local time.",
        "A difference in full hours may be a time zone that one export does not state.",
    ),
    sql=query("logs_clock_shift"),
    finish=counted,
)

_CAPTURE = (
    "With three logs or more, searches of one ID are one search; one without an ID is one with those of the other logs that share the fields "
    "of the rule, of several the first with the first and so on. The ground is what all logs have in common; own logs of different "
    "organisations have nothing in common, and are then left out."
)

_UNSEEN = Computed(
    name="searches.logs.unseen",
    logs=2,
    title="Searches that no log shows",
    definition=(
        "An estimate of how many searches none of the logs shows, on the ground that all of them have in common, from how many they show in "
        "common: by Chapman's estimate for two logs, by log-linear models for three to six, and Chao's lower bound where no model can be "
        "relied on."
    ),
    unit="searches",
    kind="count",
    needs=("searched_at",),
    sentence="Besides the {d} different searches that the logs show, an estimated {figure} are shown by none of them.",
    rule=_RULE,
    source=(
        "D. G. Chapman, Univ. California Publ. Stat. 1 (1951) 131-160; S. E. Fienberg, Biometrika 59 (1972) 591-603; A. Chao, "
        "Biometrics 45 (1989) 427-438. See docs/method/recapture.md."
    ),
    neutral="0",
    caveats=(_GROUND, _CAPTURE),
    sql=query("logs_histories"),
    finish=unseen,
)

_COVERAGE = Computed(
    name="searches.logs.coverage",
    logs=2,
    title="Share of all searches that the logs hold",
    definition=(
        "The different searches that the logs show together, among all searches as estimated: those that they show and those that none "
        "shows. The breakdown gives the share that each log holds."
    ),
    unit="share of searches",
    needs=("searched_at",),
    sentence="The logs together hold {figure} of all searches, as estimated, that they could hold.",
    rule=_RULE,
    source=_UNSEEN.source,
    neutral="1",
    caveats=(_GROUND, _CAPTURE),
    sql=query("logs_histories"),
    finish=coverage,
)

MEASURES: tuple[Measure, ...] = (_MATCHED, _ONLY_ONE, _CONTRADICTING, _CLOCK, _FALSE, _UNSEEN, _COVERAGE)
"""The measures across logs, in the order of the report."""
