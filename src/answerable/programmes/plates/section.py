"""How licence-plate searches read in a report: the questions in an auditor's order, and their charts."""

from __future__ import annotations

from collections.abc import Callable

from answerable import wording
from answerable.estimate import Estimate, Part
from answerable.programmes.plates.lexicon import LEXICON
from answerable.programmes.section import Chart, Section

__all__ = ["SECTIONS"]

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

_Title = Callable[[tuple[Estimate, ...]], str]


def _month(label: str) -> str:
    """Write ``2025-07`` as ``July 2025``; any other label as it is."""
    year, _, number = label.partition("-")
    return (
        f"{_MONTHS[int(number) - 1]} {year}"
        if number.isdigit() and 1 <= int(number) <= len(_MONTHS)
        else label
    )


def _part(estimate: Estimate, breakdown: str, label: str = "") -> Part | None:
    """Find one part of a breakdown by its label, or the first."""
    parts = estimate.breakdowns.get(breakdown, ())
    return next((part for part in parts if label in ("", part.label)), None)


def _largest(estimate: Estimate, breakdown: str) -> Part | None:
    """Find the part with the largest value, the first of equals; None where there is no difference to speak of."""
    parts = [part for part in estimate.breakdowns.get(breakdown, ()) if part.value is not None]
    if len({part.value for part in parts}) < 2:  # noqa: PLR2004 - a highest needs something lower
        return None
    return max(parts, key=lambda part: part.value or 0)


def _ratio(part: Part) -> str:
    return wording.share(part.numerator or 0, part.denominator or 0, "searches")


def _by_month(what: str) -> _Title:
    """Say how many searches ``what``, and in which month the share was highest."""

    def title(estimates: tuple[Estimate, ...]) -> str:
        (estimate,) = estimates
        top = _largest(estimate, "month")
        highest = f"; the share was highest in {_month(top.label)}, {_ratio(top)}" if top else ""
        return f"{estimate.counted} {what}{highest}"

    return title


def _quantity_by_month(what: str) -> _Title:
    """Say the median, and in which month it was highest."""

    def title(estimates: tuple[Estimate, ...]) -> str:
        (estimate,) = estimates
        top = _largest(estimate, "month")
        text = f"The median {what} was {estimate.figure} {estimate.unit}"
        if top is None or top.value is None:
            return text
        return f"{text}; it was highest in {_month(top.label)}, at {wording.quantity(top.value)}"

    return title


def _count_by_month(estimates: tuple[Estimate, ...]) -> str:
    (estimate,) = estimates
    top = _largest(estimate, "month")
    text = f"The records hold {wording.plural(estimate.value, 'search', 'searches')}"
    if top is None or top.value is None:
        return text
    return f"{text}; the month with the most is {_month(top.label)}, with {wording.count(top.value)}"


def _accounts_by_month(estimates: tuple[Estimate, ...]) -> str:
    (estimate,) = estimates
    top = _largest(estimate, "month")
    text = f"The records show {wording.plural(estimate.value, 'account')}"
    if top is None or top.value is None:
        return text
    return f"{text}; the month with the most is {_month(top.label)}, with {wording.count(top.value)}"


def _most_frequent(breakdown: str, lead: str) -> _Title:
    """Name the part of a breakdown that most searches fall into."""

    def title(estimates: tuple[Estimate, ...]) -> str:
        (estimate,) = estimates
        top = _largest(estimate, breakdown) or _part(estimate, breakdown)
        return f"{lead} “{top.label}”: {_ratio(top)}" if top else _sentence(estimates)

    return title


def _sentence(estimates: tuple[Estimate, ...]) -> str:
    """Say what the measure says of itself, without the full stop."""
    return estimates[0].sentence.rstrip(".")


def _of_several(lead: str) -> _Title:
    """Name the largest of several measures that are drawn together."""

    def title(estimates: tuple[Estimate, ...]) -> str:
        top = max(estimates, key=lambda estimate: estimate.value)
        return f"{lead} “{top.title}”: {top.counted}"

    return title


def _largest_topic(estimates: tuple[Estimate, ...]) -> str:
    top = max(estimates, key=lambda estimate: estimate.value)
    return f"{top.sentence.rstrip('.')}, more than of any other list"


def _boundary(estimates: tuple[Estimate, ...]) -> str:
    (estimate,) = estimates
    counts = [part.numerator or 0 for part in estimate.breakdowns.get("rule", ())]
    text = _sentence(estimates)
    if not counts or min(counts) == max(counts):
        return text
    return f"{text}; other ways of counting days give {wording.count(min(counts))} to {wording.count(max(counts))}"


_TOPICS = tuple(f"searches.topic.{topic.id}" for topic in LEXICON.topics)

SECTIONS: tuple[Section, ...] = (
    Section(
        id="purpose",
        title="Purpose",
        question="Does each search say why it was made?",
        measures=(
            "searches.no_reason",
            "searches.no_purpose",
            "searches.vague_reason",
            "searches.number_only_reason",
            "searches.keyboard_mash",
            "searches.no_case_number",
        ),
        charts=(
            Chart(
                form="measures",
                measures=(
                    "searches.no_reason",
                    "searches.no_purpose",
                    "searches.vague_reason",
                    "searches.number_only_reason",
                    "searches.keyboard_mash",
                    "searches.no_case_number",
                ),
                title=_of_several("Of these, the largest share is"),
                axis="share of searches, each among those that it can be told of",
            ),
            Chart(
                form="months",
                measures=("searches.no_reason",),
                breakdown="month",
                title=_by_month("state no reason"),
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
                title=_largest_topic,
                axis="share of searches that state a reason",
            ),
            Chart(
                form="bars",
                measures=("searches.shared_reasons",),
                breakdown="shared reason",
                title=_most_frequent("shared reason", "The plain reason most often stated is"),
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
                title=_sentence,
                axis="share of searches made by the busiest accounts",
            ),
            Chart(
                form="months",
                measures=("searches.users",),
                breakdown="month",
                title=_accounts_by_month,
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
                title=_quantity_by_month("reach of a search"),
                axis="networks covered by the median search",
            ),
            Chart(
                form="bars",
                measures=("searches.out_of_state",),
                breakdown="state in the name",
                title=_sentence,
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
                title=_boundary,
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
                title=_most_frequent("type", "The search type most often used is"),
                axis="share of searches, by type",
            ),
            Chart(
                form="bars",
                measures=("searches.moderated",),
                breakdown="outcome",
                title=_sentence,
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
                title=_sentence,
                axis="share of searches, by local hour of the day",
            ),
            Chart(
                form="bars",
                measures=("searches.weekend",),
                breakdown="weekday",
                title=_sentence,
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
                title=_sentence,
                axis="share of the pairs of an account and a plate, by searches per pair",
            ),
        ),
    ),
    Section(
        id="traces",
        title="Traces in reasons",
        question="Is something that identifies people left in the reasons?",
        measures=(
            "searches.identifying_reason",
            "searches.plate_in_reason",
            "searches.name_in_reason",
            "searches.phone_in_reason",
        ),
        charts=(
            Chart(
                form="measures",
                measures=("searches.plate_in_reason", "searches.name_in_reason", "searches.phone_in_reason"),
                title=_of_several("Of these, the most frequent is"),
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
            "searches.redacted",
            "searches.blank_cells",
        ),
        charts=(
            Chart(
                form="months",
                measures=("searches.records",),
                breakdown="month",
                title=_count_by_month,
                axis="searches in the month",
            ),
            Chart(
                form="bars",
                measures=("searches.redacted",),
                breakdown="field",
                title=_sentence,
                axis="share of the field's cells that were withheld",
            ),
        ),
    ),
)
"""The questions of the report. Every measure of the programme belongs to exactly one."""
