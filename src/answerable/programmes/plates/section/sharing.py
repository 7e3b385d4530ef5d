"""How sharing reads in a report: who has access to whose cameras, and what changed."""

from __future__ import annotations

from answerable.programmes.plates.titles import sentence
from answerable.programmes.section import Chart, Section

__all__ = ["SECTIONS"]

SECTIONS: tuple[Section, ...] = (
    Section(
        id="logs",
        title="Completeness across logs",
        question="Do the logs of the same searches agree, and what does no log show?",
        measures=(
            "searches.logs.matched",
            "searches.logs.only_one",
            "searches.logs.contradicting",
            "searches.logs.clock_shift",
            "searches.logs.false_matches",
            "searches.logs.unseen",
            "searches.logs.coverage",
        ),
        charts=(
            Chart(
                form="bars",
                measures=("searches.logs.matched",),
                breakdown="direction",
                title=sentence,
                axis="share of the searches that a log could hold and that another log holds too",
            ),
        ),
        notes=(
            "Logs are named as the user named them. What a log lacks may never have been its to hold: the common ground says what is compared.",
        ),
    ),
    Section(
        id="sharing",
        title="Sharing",
        question="With whom are cameras shared?",
        measures=(
            "shares.records",
            "shares.givers",
            "shares.receivers",
            "shares.out_of_state",
            "shares.federal",
            "shares.inactive",
            "shares.one_way",
            "shares.two_steps",
            "shares.added",
            "shares.removed",
            "partners.records",
            "partners.given_to",
            "partners.not_returned",
            "partners.out_of_state",
            "partners.federal",
        ),
        charts=(
            Chart(
                form="bars",
                measures=("shares.out_of_state",),
                breakdown="state in the receiver's name",
                title=sentence,
                axis="share of edges that lead to another state, by the state in the receiver's name",
            ),
            Chart(
                form="bars",
                measures=("shares.two_steps",),
                breakdown="in one or two steps",
                title=sentence,
                axis="organisations reached in one or two steps, over giving organisations",
            ),
        ),
        notes=(
            "Organisations are public bodies and are named. An edge shows access that was given, not a use of it.",
        ),
    ),
)
"""The questions put to sharing."""
