"""How licence-plate searches read in a report: the questions in an auditor's order, and their charts."""

from __future__ import annotations

from answerable.programmes.plates.lexicon import LEXICON
from answerable.programmes.plates.titles import (
    boundary,
    by_month,
    count_by_month,
    largest_topic,
    most_frequent,
    of_several,
    quantity_by_month,
)
from answerable.programmes.section import Chart, Section, sentence

__all__ = ["SECTIONS"]

_PURPOSE = (
    "searches.no_reason",
    "searches.no_purpose",
    "searches.vague_reason",
    "searches.number_only_reason",
    "searches.keyboard_mash",
    "searches.no_case_number",
)
_TOPICS = tuple(f"searches.topic.{topic.id}" for topic in LEXICON.topics)
_TRACES = ("searches.plate_in_reason", "searches.name_in_reason", "searches.phone_in_reason")

SECTIONS: tuple[Section, ...] = (
    Section(
        id="purpose",
        title="Purpose",
        question="Does each search say why it was made?",
        measures=_PURPOSE,
        charts=(
            Chart(
                form="measures",
                measures=_PURPOSE,
                title=of_several("Of these, the largest share is"),
                axis="share of searches, each among those that it can be told of",
            ),
            Chart(
                form="months",
                measures=("searches.no_reason",),
                breakdown="month",
                title=by_month("state no reason"),
                axis="share of searches that state no reason, by month",
            ),
        ),
        notes=(
            (
                "From 2026 some exports carry a list in place of a typed reason: a fall in missing or vague reasons then "
                "says that the form changed."
            ),
        ),
    ),
    Section(
        id="topics",
        title="Topics",
        question="Which words do the reasons contain?",
        measures=(*_TOPICS, "searches.topic.none", "searches.shared_reasons"),
        charts=(
            Chart(
                form="measures",
                measures=_TOPICS,
                title=largest_topic,
                axis="share of searches that state a reason",
            ),
            Chart(
                form="bars",
                measures=("searches.shared_reasons",),
                breakdown="shared reason",
                title=most_frequent("shared reason", "The plain reason most often stated is"),
                axis="share of searches that state a reason; reasons shared by ten searches or more, in plain words alone",
            ),
        ),
        notes=(
            "A list finds words. What a search was for, and whether it was proper, takes a reader with the case file.",
        ),
    ),
    Section(
        id="accounts",
        title="Accounts",
        question="Who searched, and how much?",
        measures=(
            "searches.users",
            "searches.per_user",
            "searches.top_users",
            "searches.gini",
            "searches.overlapping_sessions",
            "searches.accounts_of_several_agencies",
        ),
        charts=(
            Chart(
                form="bars",
                measures=("searches.top_users",),
                breakdown="busiest accounts",
                title=sentence,
                axis="share of searches made by the busiest accounts",
            ),
            Chart(
                form="months",
                measures=("searches.users",),
                breakdown="month",
                title=count_by_month("The records show", "account"),
                axis="accounts that searched in the month",
            ),
        ),
        notes=(
            (
                "Accounts are counted and never shown. An account is not a person: several people may share one, and "
                "one person may hold several."
            ),
        ),
    ),
    Section(
        id="reach",
        title="Reach",
        question="How far did searches reach?",
        measures=(
            "searches.networks_per_search",
            "searches.devices_per_search",
            "searches.network_wide",
            "searches.out_of_state",
            "searches.federal",
            "searches.inactive",
        ),
        charts=(
            Chart(
                form="months",
                measures=("searches.networks_per_search",),
                breakdown="month",
                title=quantity_by_month("reach of a search"),
                axis="networks covered by the median search",
            ),
            Chart(
                form="bars",
                measures=("searches.out_of_state",),
                breakdown="state in the name",
                title=sentence,
                axis="share of searches, by the state in the organisation's name",
            ),
        ),
        notes=(
            "Organisations are public bodies and are named. What a name does not say is “unknown”, never “no”.",
        ),
    ),
    Section(
        id="lookback",
        title="Look-back",
        question="How far back did searches look?",
        measures=("searches.lookback", "searches.lookback_beyond"),
        charts=(
            Chart(
                form="bars",
                measures=("searches.lookback_beyond",),
                breakdown="rule",
                title=boundary,
                axis="share of searches, by the way of counting days",
            ),
        ),
    ),
    Section(
        id="tools",
        title="Tools",
        question="Which tools were used?",
        measures=(
            "searches.search_types",
            "searches.freeform",
            "searches.convoy",
            "searches.visual",
            "searches.moderated",
            "searches.moderation_warned",
            "searches.moderation_blocked",
        ),
        charts=(
            Chart(
                form="bars",
                measures=("searches.search_types",),
                breakdown="type",
                title=most_frequent("type", "The search type most often used is"),
                axis="share of searches, by type",
            ),
            Chart(
                form="bars",
                measures=("searches.moderated",),
                breakdown="outcome",
                title=sentence,
                axis="share of searches, by moderation outcome",
            ),
        ),
    ),
    Section(
        id="rhythm",
        title="Rhythm",
        question="When were searches made?",
        measures=(
            "searches.off_hours",
            "searches.weekend",
            "searches.outside_own_pattern",
        ),
        charts=(
            Chart(
                form="bars",
                measures=("searches.off_hours",),
                breakdown="hour",
                title=sentence,
                axis="share of searches, by local hour of the day",
            ),
            Chart(
                form="bars",
                measures=("searches.weekend",),
                breakdown="weekday",
                title=sentence,
                axis="share of searches, by local weekday",
            ),
        ),
        notes=(
            "Hours and weekdays are local. Where the time zone of a source is not known, they are not measurable.",
        ),
    ),
    Section(
        id="repetition",
        title="Repetition",
        question="Was the same plate searched for again?",
        measures=("searches.repeated_plate",),
        charts=(
            Chart(
                form="bars",
                measures=("searches.repeated_plate",),
                breakdown="size of pairs",
                title=sentence,
                axis="share of the pairs of an account and a plate, by searches per pair",
            ),
        ),
    ),
    Section(
        id="traces",
        title="Traces in reasons",
        question="Is something that identifies people left in the reasons?",
        measures=("searches.identifying_reason", *_TRACES),
        charts=(
            Chart(
                form="measures",
                measures=_TRACES,
                title=of_several("Of these, the most frequent is"),
                axis="share of searches that state a reason",
            ),
        ),
        notes=(
            "These are counted so that a release can be made with care. What was found is never printed.",
        ),
    ),
    Section(
        id="record",
        title="The record itself",
        question="How good is the record itself?",
        measures=(
            "searches.records",
            "searches.duplicates",
            "searches.quarantined",
            "searches.days_covered",
            "searches.gap_days",
            "searches.audit_trail_complete",
            "searches.user_stated",
            "searches.organisation_stated",
            "searches.redacted",
            "searches.blank_cells",
        ),
        charts=(
            Chart(
                form="months",
                measures=("searches.records",),
                breakdown="month",
                title=count_by_month("The records hold", "search", "searches"),
                axis="searches in the month",
            ),
            Chart(
                form="bars",
                measures=("searches.redacted",),
                breakdown="field",
                title=sentence,
                axis="share of the field's cells that were withheld",
            ),
        ),
    ),
)
"""The questions of the report. Every measure of the programme belongs to exactly one."""
