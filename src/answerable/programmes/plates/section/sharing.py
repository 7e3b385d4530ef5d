"""How sharing reads in a report: who has access to whose cameras, and what changed."""

from __future__ import annotations

from answerable.programmes.section import Chart, Section, sentence

__all__ = ["SECTIONS"]

SECTIONS: tuple[Section, ...] = (
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
