"""How live deployments read in a report."""

from __future__ import annotations

from answerable.programmes.section import Chart, Section, sentence

__all__ = ["SECTIONS"]

SECTIONS: tuple[Section, ...] = (
    Section(
        id="live",
        title="Live deployments",
        question="How often was an alert false, and do the published figures add up?",
        measures=(
            "deployments.records",
            "deployments.false_per_face",
            "deployments.false_per_alert",
            "deployments.engaged_after_false",
            "deployments.arrests_per_alert",
            "deployments.without_figures",
            "deployments.do_not_add_up",
            "deployments.published_rates",
        ),
        charts=(
            Chart(
                form="bars",
                measures=("deployments.false_per_alert",),
                breakdown="deployment",
                title=sentence,
                axis="share of alerts that were false, by deployment, with 95 % intervals",
            ),
        ),
        notes=(
            "The two rates have two denominators: a false alert for each face seen is about everybody who passed, a false alert for each "
            "alert about those whom the system pointed to.",
        ),
    ),
)
"""The questions put to live deployments."""
